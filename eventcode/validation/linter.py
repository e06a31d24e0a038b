"""Checks over a whole table: repeated ids, days that cannot be, points out of place, codes that lost their zeros."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from eventcode.dataset.frame import plain
from eventcode.validation.run import Run

if TYPE_CHECKING:
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
    for value, rows in held[again].groupby(held[again], sort=False).indices.items():
        places = held.index[again][rows]
        for row in places:
            run.add("id-repeated", name, f"{value} stands in {len(places)} rows, first in row {places[0]}", int(row),
                    plain(value))


def days(run: Run) -> None:
    """Days before 1900, before the series begins, and after today."""
    for name in run.spec.days:
        if name in run.cells:
            told = run.held[name]
            found = as_days(told)
            text = f"lies before {_FIRST.year}"
            _days(run, name, told, found < _iso(_FIRST), "day-impossible", text)
            if run.spec.since is not None:
                early = (found >= _iso(_FIRST)) & (found < _iso(date(run.spec.since, 1, 1)))
                _days(run, name, told, early, "day-early", f"lies before {run.spec.since}, when the series begins")
            _days(run, name, told, found > _iso(run.today), "day-future", f"lies after {run.today}")


def as_days(cells: pd.Series[Any]) -> pd.Series[Any]:
    """Days as numbers YYYYMMDD (Int64), of days, ISO text or numbers of that form; missing where a cell is none."""
    import pandas as pd
    import pandas.api.types as dtypes

    if dtypes.is_datetime64_any_dtype(cells.dtype):
        return pd.Series(cells.dt.year * 10000 + cells.dt.month * 100 + cells.dt.day, dtype="Int64")
    texts = cells.astype("string").str.slice(0, 10).str.replace("-", "")
    return pd.to_numeric(texts.where(texts.str.fullmatch(r"\d{8}")), errors="coerce").astype("Int64")


def _iso(day: date) -> int:
    return day.year * 10000 + day.month * 100 + day.day


def _days(run: Run, name: str, told: pd.Series[Any], wrong: pd.Series[Any], check: str, text: str) -> None:
    for row in _rows(wrong):
        value = plain(told.iat[row])
        run.add(check, name, f"{value} {text}", row, value, "warning" if check == "day-early" else "error")


def _rows(wrong: pd.Series[Any]) -> Iterable[int]:
    return (int(row) for row in wrong.fillna(False).to_numpy(dtype=bool).nonzero()[0])


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


WHOLE: tuple[Callable[[Run], None], ...] = (repeated_ids, days, lost_zeros)
