"""Stretches of the calendar: what a TIMEX3 value spans, and arithmetic on days, months and years."""

from __future__ import annotations

import calendar
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from eventcode.neutral import DatePrecision

Kind = Literal["DATE", "TIME", "DURATION", "SET"]


@dataclass(frozen=True, slots=True)
class Period:
    """A resolved expression: its TIMEX3 value and, where it lies on the calendar, its first and last day."""

    value: str
    kind: Kind = "DATE"
    first: date | None = None
    last: date | None = None
    precision: DatePrecision | None = None
    relative: bool = False

    def with_part(self, letters: str) -> Period:
        """The same day narrowed to a part of it: 2018-08-01 and NI give 2018-08-01TNI."""
        return replace(self, value=f"{self.value}T{letters}", kind="TIME")

    def as_relative(self) -> Period:
        return replace(self, relative=True)


def day(when: date) -> Period:
    return Period(when.isoformat(), "DATE", when, when, "day")


def make_day(year: int, month: int, number: int) -> Period | None:
    """A day of the calendar, None for 30 February."""
    try:
        return day(date(year, month, number))
    except ValueError:
        return None


def week(when: date) -> Period:
    """The ISO week that holds this day."""
    monday = when - timedelta(when.weekday())
    year, number, _ = when.isocalendar()
    return Period(f"{year:04d}-W{number:02d}", "DATE", monday, _plus(monday, 6), "week")


def weekend(when: date) -> Period:
    """Saturday and Sunday of the ISO week that holds this day."""
    monday = when - timedelta(when.weekday())
    year, number, _ = when.isocalendar()
    return Period(f"{year:04d}-W{number:02d}-WE", "DATE", _plus(monday, 5), _plus(monday, 6), "week")


def month(year: int, number: int) -> Period:
    last = date(year, number, calendar.monthrange(year, number)[1])
    return Period(f"{year:04d}-{number:02d}", "DATE", date(year, number, 1), last, "month")


def year(number: int) -> Period:
    return Period(f"{number:04d}", "DATE", date(number, 1, 1), date(number, 12, 31), "year")


def quarter(number: int, which: int) -> Period:
    last_month = 3 * which
    last = date(number, last_month, calendar.monthrange(number, last_month)[1])
    return Period(f"{number:04d}-Q{which}", "DATE", date(number, last_month - 2, 1), last, "year")


def season(number: int, letters: str) -> Period:
    """A season spans its whole year here: which months it has depends on the hemisphere, which is not known."""
    last = date(number, 12, 31) if letters != "WI" or number >= 9999 else date(number + 1, 3, 31)
    return Period(f"{number:04d}-{letters}", "DATE", date(number, 1, 1), last, "year")


def decade(first_year: int) -> Period:
    return Period(f"{first_year // 10:03d}", "DATE", date(first_year, 1, 1), date(first_year + 9, 12, 31))


def _plus(when: date, days: int) -> date:
    return shift_days(when, days) or when


def shift_days(when: date, days: int) -> date | None:
    try:
        return when + timedelta(days)
    except OverflowError:
        return None


def shift_months(when: date, months: int) -> date | None:
    """The same day some months on, the last day of a shorter month; None outside the years 1 to 9999."""
    total = when.year * 12 + when.month - 1 + months
    number, index = divmod(total, 12)
    if not 1 <= number <= 9999:
        return None
    return date(number, index + 1, min(when.day, calendar.monthrange(number, index + 1)[1]))


def shift(when: date, amount: int, unit: str) -> Period | None:
    """The day, week, month, year or decade that lies `amount` units from `when`, as coarse as the unit."""
    months = {"M": 1, "Q": 3, "Y": 12, "DE": 120, "CE": 1200}
    if unit in months:
        moved = shift_months(when, amount * months[unit])
    else:
        moved = shift_days(when, amount * {"D": 1, "N": 1, "W": 7, "WE": 7, "F": 14}[unit])
    return of_unit(moved, unit) if moved else None


def of_unit(when: date, unit: str) -> Period:
    """The period of this unit that holds a day."""
    if unit in ("D", "N"):
        return day(when)
    if unit == "WE":
        return weekend(when)
    if unit in ("W", "F"):
        return week(when)
    if unit == "M":
        return month(when.year, when.month)
    if unit == "Q":
        return quarter(when.year, (when.month + 2) // 3)
    if unit == "DE":
        return decade(when.year // 10 * 10) if when.year >= 10 else year(when.year)
    if unit == "CE":
        return Period(f"{(when.year // 100):02d}")
    return year(when.year)


def easter(number: int) -> date:
    """Easter Sunday of the Western churches (Gregorian computus)."""
    a, (b, c) = number % 19, divmod(number, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    number_of_month, index = divmod(h + m - 7 * n + 114, 31)
    return date(number, number_of_month, index + 1)


def holiday(rule: str, number: int) -> date:
    """The day of a holiday in a year; `rule` is MM-DD, easter+N, or MM-W-N (n-th weekday W of a month)."""
    if rule.startswith("easter"):
        return easter(number) + timedelta(int(rule.removeprefix("easter")))
    parts = [int(part) for part in rule.split("-")]
    if len(parts) == 2:
        return date(number, *parts)
    first = date(number, parts[0], 1)
    return first + timedelta((parts[1] - first.isoweekday()) % 7 + 7 * (parts[2] - 1))
