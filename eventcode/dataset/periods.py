"""Days, ISO weeks, months and years: first days, labels and bounds, over whole arrays."""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

import numpy as np

Period: TypeAlias = Literal["day", "week", "month", "year"]


class Span(NamedTuple):
    """A time from a first to a last day, both included."""

    start: np.datetime64
    end: np.datetime64


def starts(day: np.ndarray, period: Period, ahead: int = 0) -> np.ndarray:
    """The first day of the period that each day (datetime64[D]) lies in, or of the one so many periods ahead."""
    if period == "day":
        return day + np.timedelta64(ahead, "D")
    if period == "week":
        monday = day - ((day.astype("int64") + 3) % 7).astype("timedelta64[D]")  # 1970-01-01 was a Thursday
        return np.asarray(monday + np.timedelta64(7 * ahead, "D"))
    unit: Literal["M", "Y"] = "M" if period == "month" else "Y"
    found: np.ndarray = (day.astype(f"datetime64[{unit}]") + np.timedelta64(ahead, unit)).astype("datetime64[D]")
    return found


def bounds(span: Span, period: Period) -> np.ndarray:
    """The first days of every period that a span touches, in order."""
    first, last = starts(np.array([span.start, span.end], dtype="datetime64[D]"), period)
    if period in ("day", "week"):
        return np.arange(first, last + np.timedelta64(1, "D"), 1 if period == "day" else 7, dtype="datetime64[D]")
    unit = "M" if period == "month" else "Y"
    found: np.ndarray = np.arange(first.astype(f"datetime64[{unit}]"), last.astype(f"datetime64[{unit}]") + 1).astype(
        "datetime64[D]")
    return found


def label(start: np.ndarray, period: Period) -> list[str]:
    """2021-03-05, 2021-W09, 2021-03 or 2021 for each first day."""
    distinct, codes = np.unique(start, return_inverse=True)
    told = [_label(day, period) for day in distinct]
    return [told[code] for code in codes.tolist()]


def _label(day: np.datetime64, period: Period) -> str:
    if period == "week":
        year, week, _ = day.astype("datetime64[D]").item().isocalendar()
        return f"{year:04d}-W{week:02d}"
    return str(day)[:{"day": 10, "month": 7, "year": 4}[period]]
