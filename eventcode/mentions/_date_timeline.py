"""What is known while a text is read: its reference day, the date last mentioned, and one wording in its sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from eventcode.mentions._date_calendar import Period
from eventcode.mentions._date_rules import Calendar, DateRules

Groups = Mapping[str, Any]
#: From October to January, November to March: so many months back are read as a step into the next year.
_TURN = 8
#: In months: where a story is told it may be a day later than where it is published.
_ONE_DAY = 1.5 / 31
#: A bare year this far from the story's is a look ahead or back.
_FAR = 2
_PREVIOUS = frozenset(["last", "past", "previous", "preceding", "earlier", "before", "previously", "prior"])
_NEXT = frozenset(["next", "coming", "following", "later", "after"])


def step(word: str | None) -> int:
    """-1 for 'last', 1 for 'next', 0 for 'this' and 'that'."""
    parts = set((word or "").lower().split())
    return -1 if parts & _PREVIOUS else 1 if parts & _NEXT or "consecutive" in parts else 0


@dataclass(slots=True)
class Timeline:
    """What is known while a text is read: its reference day and the date last mentioned.

    In a narrative (a text about other years than its own, or without a date of its own) a bare "3 May" has the
    year last mentioned; in news it is the one nearest to publication.
    """

    reference: date | None
    narrative: bool = False
    anchor: date | None = None
    anchor_unit: str = "Y"
    previous: Period | None = None

    def note(self, period: Period, aside: bool = False) -> None:
        """Remember a resolved date as the one last mentioned.

        In a narrative a bare year is an aside where it says so ("until 1955") or lies far from the story's year.
        """
        if period.first is None or period.precision is None or period.kind in ("DURATION", "SET"):
            return
        if self.narrative and self.anchor is not None and len(period.value) == 4 and (
                aside or abs(period.first.year - self.anchor.year) > _FAR):
            return
        self.anchor = period.first
        self.anchor_unit = {"day": "D", "week": "W", "month": "M", "year": "Y"}[period.precision]
        self.previous = period

    @property
    def here(self) -> date | None:
        """The day that 'that month', 'two days later' count from."""
        return self.anchor if self.anchor is not None else self.reference

    @property
    def deictic(self) -> date | None:
        """The day that 'yesterday', 'last week' count from."""
        return self.anchor if self.narrative else self.reference


@dataclass(frozen=True, slots=True)
class Reading:
    """One match in its sentence: groups, the timeline, and whether cues say it lies ahead."""

    groups: Groups
    line: Timeline
    words: DateRules
    future: bool
    past: bool

    @property
    def calendar(self) -> Calendar:
        return self.words.calendar

    def group(self, name: str) -> str:
        return str(self.groups.get(name) or self.groups.get(f"{name}_b") or "").lower()

    def month(self) -> int:
        name = self.group("month").rstrip(".")
        return self.calendar.months.get(name) or self.calendar.month_abbreviations[name]

    def unit(self) -> str:
        return self.calendar.units[self.group("unit")]

    def year(self) -> int | None:
        """The year that the expression itself gives."""
        if self.group("year"):
            return int(self.group("year"))
        if self.group("short"):
            return short_year(int(self.group("short")), (self.line.reference or date(2000, 1, 1)).year)
        words = self.group("relyear") or self.group("relyear2") or (self.group("rel") if self.group("holiday") else "")
        if not words:
            return None
        said = self.line.deictic if words.split()[0] in ("this", "last", "next") else self.line.here
        return said.year + step(words) if said else None

    def year_for(self, month: int, day: int | None) -> int | None:
        """The year of a month or day without one: the nearest, or in a narrative the one last mentioned."""
        line = self.line
        if line.narrative:
            return _narrative_year(line, month)
        if line.reference is None:
            return line.anchor.year if line.anchor else None
        return _nearest_year(line.reference, month, day, self.future, self.past)


def _narrative_year(line: Timeline, month: int) -> int | None:
    """The year last mentioned; the next one where the story passes from the end of a year to the start of the next."""
    if line.anchor is None:
        return None
    rolls = line.anchor_unit != "Y" and line.anchor.month - month >= _TURN
    return line.anchor.year + rolls


def _nearest_year(reference: date, month: int, day: int | None, future: bool, past: bool) -> int:
    ahead = (month - reference.month) + ((day or 1) - reference.day) / 31 if day else month - reference.month
    if ahead > (6 if future else _ONE_DAY if past else 3):
        return reference.year - (0 if future else 1)
    if ahead < (-2 if future else -9 if not past else -12):
        return reference.year + 1
    return reference.year


def short_year(two: int, near: int) -> int | None:
    """'92 and 08: the latest year with these digits that is no more than ten years ahead of `near`."""
    years = (century + two for century in range(near // 100 * 100 - 100, near + 101, 100))
    return max((year for year in years if 1 <= year <= min(near + 10, 9999)), default=None)
