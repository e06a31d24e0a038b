"""State numbers of Correlates of War and of Gleditsch and Ward, valid at a day; and since when ACLED covers a country.

`states.csv` says for the territory of each present country which state it belonged to since 1946, as the two lists have
it (Correlates of War, State System Membership v2016; Gleditsch and Ward 1999, revised list): Croatia is 345 until 1992
and 344 after. Where a present country's territory was divided (Germany, Yemen, Vietnam), the larger state stands for
all of it. Colonies belong to no state. `acled_coverage.csv` has the first year of ACLED's coverage of each country.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, Literal, NamedTuple

import numpy as np
import pandas as pd

from eventcode.rules import read_csv

Scheme = Literal["gw", "cow"]

_FOLDER = Path(__file__).parent
#: The end of a spell that goes on.
OPEN = np.datetime64("9999-12-31", "D")


class Spell(NamedTuple):
    """A time during which a country's territory belonged to a state, first and last day included."""

    iso3: str
    number: int
    start: np.datetime64
    end: np.datetime64


@cache
def spells(scheme: Scheme) -> tuple[Spell, ...]:
    """All spells of a scheme, by country and day."""
    rows = read_csv(_FOLDER / "states.csv", ("iso3", "scheme", "number", "start", "end"))
    return tuple(Spell(row["iso3"], int(row["number"]), np.datetime64(row["start"], "D"),
                       np.datetime64(row["end"], "D") if row["end"] else OPEN)
                 for _, row in rows if row["scheme"] == scheme)


@cache
def lives(scheme: Scheme) -> dict[int, list[tuple[np.datetime64, np.datetime64]]]:
    """State number to the times during which it existed (as far as its territory is anybody's of today)."""
    found: dict[int, list[tuple[np.datetime64, np.datetime64]]] = {}
    for spell in spells(scheme):
        found.setdefault(spell.number, []).append((spell.start, spell.end))
    return {number: _joined(times) for number, times in found.items()}


def _joined(times: list[tuple[np.datetime64, np.datetime64]]) -> list[tuple[np.datetime64, np.datetime64]]:
    made: list[tuple[np.datetime64, np.datetime64]] = []
    for start, end in sorted(times):
        if made and start <= made[-1][1]:
            made[-1] = (made[-1][0], max(made[-1][1], end))
        else:
            made.append((start, end))
    return made


def state_numbers(countries: pd.Series[Any], on: np.ndarray, scheme: Scheme) -> pd.Series[Any]:
    """The state number (Int64) of each country (alpha-3) on each day (datetime64[D]); missing where there is none.
    """
    codes, names = pd.factorize(countries)
    place = {name: i for i, name in enumerate(names)}
    found = np.full(len(codes), -1, dtype="int64")
    order = np.argsort(codes, kind="stable")
    ends = np.searchsorted(codes[order], np.arange(len(names) + 1))
    for spell in spells(scheme):
        number = place.get(spell.iso3)
        if number is not None:
            rows = order[ends[number]:ends[number + 1]]
            found[rows[(on[rows] >= spell.start) & (on[rows] <= spell.end)]] = spell.number
    return pd.Series(found, dtype="Int64").mask(found < 0)


@cache
def acled_since() -> dict[str, int]:
    """Country (alpha-3) to the first year of ACLED's coverage of it."""
    return {row["iso3"]: int(row["start_year"])
            for _, row in read_csv(_FOLDER / "acled_coverage.csv", ("iso3", "start_year"))}
