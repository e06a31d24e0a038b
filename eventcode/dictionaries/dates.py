"""Date restrictions of actor codes: `[USAGOV >090120]`, `[EGYMIL 770101-120812]`, `[HOB]`.

Dates are YYMMDD (00-30 is 20YY, else 19YY) or YYYYMMDD, mixed as one likes. The systems differ at the ends: the
documentation, TABARI and PETRARCH-1 count both ends in; PETRARCH-2's program leaves out the last day and the day of
`<`. And where an undated code stands before dated ones, PETRARCH-2's program takes it at once.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

Bounds = Literal["inclusive", "exclusive"]
Default = Literal["last", "first"]
#: The code of nobody: no actor, or none that was one on that day.
NULL = "---"

_AFTER = re.compile(r"(?P<sign>[<>])\s*(?P<day>\d+)")
_BETWEEN = re.compile(r"(?P<first>\d+)\s*-\s*(?P<last>\d+)")


@dataclass(frozen=True, slots=True)
class Restriction:
    """A code and when it holds: from `first` to `last`, None where that end is open; undated where both are None."""

    code: str
    first: date | None = None
    last: date | None = None

    @property
    def dated(self) -> bool:
        return self.first is not None or self.last is not None

    def holds(self, day: date | None, bounds: Bounds = "inclusive") -> bool:
        """Does the dated code hold on that day? Never on an unknown day."""
        if day is None or not self.dated:
            return False
        if self.first is not None and day < self.first:
            return False
        if self.last is None:
            return True
        return day <= self.last if bounds == "inclusive" else day < self.last


def choose(codes: Sequence[Restriction], day: date | None, bounds: Bounds = "inclusive",
           default: Default = "last") -> str | None:
    """The code on a day: the first restriction in file order that holds, else the undated code; None for no code.

    default "first": the first that holds or is undated, so that an undated code hides what follows it.
    """
    if default == "first":
        return next((item.code for item in codes if not item.dated or item.holds(day, bounds)), None)
    held = next((item.code for item in codes if item.holds(day, bounds)), None)
    if held is not None:
        return held
    undated = [item.code for item in codes if not item.dated]
    return undated[-1] if undated else None


def parse_day(text: str) -> date | None:
    """YYMMDD or YYYYMMDD as a date; None where it is neither, or no day of the calendar."""
    if not text.isascii() or not text.isdigit() or len(text) not in (6, 8):
        return None
    year = int(text[:-4])
    if len(text) == 6:
        year += 2000 if year <= 30 else 1900
    try:
        return date(year, int(text[-4:-2]), int(text[-2:]))
    except ValueError:
        return None


def parse_restriction(inside: str) -> Restriction | str:
    """What stands between brackets, or what is wrong with it in words."""
    parts = inside.split(None, 1)
    if not parts:
        return "an empty code"
    code, rest = _code_and_rest(parts)
    if not code:
        return "no code before the date"
    if not rest:
        return Restriction(code)
    return _dated(code, rest)


def _code_and_rest(parts: list[str]) -> tuple[str, str]:
    code, rest = parts[0], parts[1].strip() if len(parts) > 1 else ""
    if code != NULL:
        for sign in "<>":
            head, mark, tail = code.partition(sign)
            if mark:
                return head, f"{mark}{tail}{rest}"
    return code, rest


def _dated(code: str, rest: str) -> Restriction | str:
    between, after = _BETWEEN.fullmatch(rest), _AFTER.fullmatch(rest)
    if between:
        first, last = parse_day(between["first"]), parse_day(between["last"])
        if first is None or last is None:
            return f"no date: {between['first'] if first is None else between['last']}"
        return Restriction(code, first, last) if first <= last else "the restriction ends before it begins"
    if after:
        day = parse_day(after["day"])
        if day is None:
            return f"no date: {after['day']}"
        return Restriction(code, day, None) if after["sign"] == ">" else Restriction(code, None, day)
    if rest.isdigit():
        return "a bare date says neither before nor after"
    return "no date restriction"
