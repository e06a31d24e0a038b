"""Checks over a whole table: repeated ids, days that cannot be, points out of place, codes that lost their zeros."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from eventcode.dataset.extents import iso3, lies_in
from eventcode.dataset.frame import plain
from eventcode.validation.run import Run
from eventcode.validation.spec import Point

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

#: Days before this one are mistakes of reading in any data set of news.
_FIRST = date(1900, 1, 1)


def repeated_ids(run: Run) -> None:
    """An id that stands in several rows."""
    name = run.spec.identity
    if name is None or name not in run.cells:
        return
    held = run.held[name]
    again = held.notna() & held.duplicated(keep=False)
    told = held[again]
    times, first = told.map(told.value_counts()), told.index.to_series().groupby(told, sort=False).transform("first")
    for row, value, count, place in zip(told.index, told.tolist(), times, first, strict=True):
        run.add("id-repeated", name, f"{value} stands in {count} rows, first in row {place}", int(row), plain(value))


def days(run: Run) -> None:
    """Days before 1900, before the series begins, and after today."""
    for name in run.spec.days:
        if name in run.cells:
            told = run.held[name]
            found = as_days(told)
            if run.spec.columns[name].kind != "date":
                _days(run, name, told, told.notna() & found.isna(), "day-unreadable", "is no day YYYYMMDD")
            text = f"lies before {_FIRST.year}"
            _days(run, name, told, found < _iso(_FIRST), "day-impossible", text)
            if run.spec.since is not None:
                early = (found >= _iso(_FIRST)) & (found < _iso(date(run.spec.since, 1, 1)))
                _days(run, name, told, early, "day-early", f"lies before {run.spec.since}, when the series begins")
            _days(run, name, told, found > _iso(run.today), "day-future", f"lies after {run.today}")


def as_days(cells: pd.Series[Any]) -> pd.Series[Any]:
    """Days as numbers YYYYMMDD (Int64), of days, ISO text or numbers of that form; missing where a cell is no day."""
    import pandas as pd
    import pandas.api.types as dtypes

    if dtypes.is_datetime64_any_dtype(cells.dtype):
        return pd.Series(cells.dt.year * 10000 + cells.dt.month * 100 + cells.dt.day, dtype="Int64")
    texts = cells.astype("string").str.slice(0, 10).str.replace("-", "")
    sound = texts.str.fullmatch(r"\d{4}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])").fillna(False)
    return pd.Series(pd.to_numeric(texts.where(sound), errors="coerce"), dtype="Int64")


def _iso(day: date) -> int:
    return day.year * 10000 + day.month * 100 + day.day


def _days(run: Run, name: str, told: pd.Series[Any], wrong: pd.Series[Any], check: str, text: str) -> None:
    rows = wrong.fillna(False).to_numpy(dtype=bool).nonzero()[0]
    for row, value in zip(rows.tolist(), map(plain, told.iloc[rows].tolist()), strict=True):
        run.add(check, name, f"{value} {text}", row, value, "warning" if check == "day-early" else "error")


def lost_zeros(run: Run) -> None:
    """Columns of codes of which none has a leading zero, though some would be codes only with one."""
    for name in run.spec.coded:
        if name not in run.cells:
            continue
        allowed = run.spec.columns[name].allowed or frozenset()
        found = [str(value).removesuffix(".0") for value in run.held[name].dropna().unique()]
        numbers = [code for code in found if code.isdigit()]
        lost = sorted(code for code in numbers if code not in allowed and f"0{code}" in allowed)
        if lost and not any(code.startswith("0") for code in numbers):
            run.add("leading-zeros", name, f"has no code with a leading zero, but {', '.join(lost[:5])}, which are "
                                           f"codes only with one: leading zeros were lost", value=lost[0])


def points(run: Run) -> None:
    """Points at 0, 0, halves of points, and points outside the country of their row."""
    import numpy as np

    for point in run.spec.points:
        if not set(point[:3]) <= set(run.cells):
            continue
        latitude, longitude = (_degrees(run.held[name]) for name in point[:2])
        half = np.isnan(latitude) != np.isnan(longitude)
        zero = (latitude == 0) & (longitude == 0)
        _points(run, point, half, "point-half", "one coordinate is empty, the other is not")
        _points(run, point, zero, "point-zero", "the point is 0, 0 in the Gulf of Guinea")
        sound = (np.abs(latitude) <= 90) & (np.abs(longitude) <= 180) & ~zero
        for country, rows in _by_country(run, point, sound):
            _outside(run, point, country, rows, latitude[rows], longitude[rows])


def _degrees(cells: pd.Series[Any]) -> np.ndarray:
    import numpy as np
    import pandas as pd

    found: np.ndarray = pd.to_numeric(cells, errors="coerce").to_numpy(dtype="float64", na_value=np.nan)
    return found


def _by_country(run: Run, point: Point, sound: np.ndarray) -> Iterable[tuple[str, np.ndarray]]:
    """(country as the table writes it, its rows with a sound point)."""
    import numpy as np
    import pandas as pd

    codes, names = pd.factorize(run.held[point.country])
    order = np.argsort(codes, kind="stable")
    ends = np.searchsorted(codes[order], np.arange(len(names) + 1))
    for number, name in enumerate(names):
        rows = order[ends[number]:ends[number + 1]]
        yield str(name), rows[sound[rows]]


def _outside(run: Run, point: Point, country: str, rows: np.ndarray, latitude: np.ndarray,
             longitude: np.ndarray) -> None:
    """Issues of the rows of one country whose point cannot lie in it, with the slip that would explain it."""
    import numpy as np

    code = iso3(country, point.scheme)
    if code is None:
        return
    out = ~lies_in(code, latitude, longitude)
    rows, latitude, longitude = rows[out], latitude[out], longitude[out]
    swapped = (np.abs(longitude) <= 90) & lies_in(code, np.clip(longitude, -90, 90), latitude)
    turned = lies_in(code, -latitude, longitude) | lies_in(code, latitude, -longitude)
    parts = (rows, latitude, longitude, swapped, turned)
    for row, north, east, exchanged, sign in zip(*(part.tolist() for part in parts), strict=True):
        check, why = (("point-exchanged", "; exchanged they would") if exchanged else
                      ("point-sign", "; with one sign turned they would") if sign else ("point-outside", ""))
        run.add(check, point.latitude, f"{north:g}, {east:g} do not lie in {country}{why}", row, north, "warning")


def _points(run: Run, point: Point, wrong: np.ndarray, check: str, text: str) -> None:
    rows = wrong.nonzero()[0]
    for row, value in zip(rows.tolist(), run.held[point.latitude].iloc[rows].tolist(), strict=True):
        run.add(check, point.latitude, text, row, plain(value))


WHOLE: tuple[Callable[[Run], None], ...] = (repeated_ids, days, points, lost_zeros)
