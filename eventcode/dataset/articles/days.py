"""Days of publication as files write them, and what is doubtful about them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from pydantic import ValidationError

from eventcode.article import FIRST_YEAR, LAST_YEAR, Article

#: What may be said of a publication day, and what a user should know about it.
FLAGS = {
    "no-date": "no day of publication: words such as 'on Tuesday' have no date",
    "date-unreadable": "not a day in full: left empty; date_format= says how it is written",
    "date-before-1900": "before 1900: left empty",
    "date-future": "after today, or after the day of the crawl",
    "date-is-crawl-day": "the day of the crawl: a crawler may have put it there for want of another",
}


class Day(NamedTuple):
    """A day of publication (None where it is unknown or impossible), and its flag, "" where nothing is doubtful."""

    value: date | None
    flag: str = ""


def check(raw: Any, crawled: Any, today: date, date_format: str | None = None) -> Day:
    """The day that a file names, checked. raw, crawled: as they stand in the file; None where it says nothing.

    A day that cannot be is left out, a doubtful one is kept; both are flagged. A day after the crawl or today counts as
    future only from the second day on: clocks of the world differ by one.
    """
    if raw is None:
        return Day(None, "no-date")
    value = day(raw, date_format)
    if value is None or value.year > LAST_YEAR:
        return Day(None, "date-unreadable" if value is None else "date-future")
    if value.year < FIRST_YEAR:
        return Day(None, "date-before-1900")
    seen = day(crawled) if crawled is not None else None
    if value == seen:
        return Day(value, "date-is-crawl-day")
    latest = min(today, seen or today)
    return Day(value, "date-future" if latest < date.max and value > latest + timedelta(days=1) else "")


def day(raw: Any, date_format: str | None = None) -> date | None:
    """A day from a date, a time, text or seconds (or milliseconds) since 1970; None where it does not name one."""
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    if hasattr(raw, "to_pydatetime"):  # pandas' own, of a frame
        made: datetime = raw.to_pydatetime()
        return made.date()
    text = str(int(raw)) if isinstance(raw, float) and raw.is_integer() else str(raw).strip()
    if date_format is not None:
        return _as_told(text, date_format)
    if text.isdecimal() and len(text) in (9, 10, 13):
        return datetime.fromtimestamp(int(text[:10] if len(text) == 13 else text), UTC).date()
    return _full(text)


def _as_told(text: str, date_format: str) -> date | None:
    try:
        return datetime.strptime(text, date_format).date()
    except ValueError:
        return None


def _full(text: str) -> date | None:
    """A day that text names in full, as Article reads it, of any year."""
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        pass
    try:
        return Article("", published=text).published
    except ValidationError:
        return None
