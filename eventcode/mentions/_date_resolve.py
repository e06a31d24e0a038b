"""From wordings to TIMEX3 values: one resolver per kind of rule, against what the text has told so far."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from eventcode.mentions import _date_calendar as cal
from eventcode.mentions._date_calendar import Period
from eventcode.mentions._date_rules import DateRules, Match
from eventcode.mentions._date_timeline import Reading, Timeline, short_year, step

_DECIMAL = re.compile(r"\d+\.\d+")


def _unresolved(value: str, kind: cal.Kind = "DATE") -> Period:
    return Period(value, kind)


def _day(r: Reading) -> Period | None:
    number, month = int(r.group("day")), r.month()
    year = r.year() or r.year_for(month, number)
    if year is None:
        return _unresolved(f"XXXX-{month:02d}-{number:02d}") if cal.make_day(2000, month, number) else None
    made = cal.make_day(year, month, number)
    return made if made is None or r.group("year") else made.as_relative()


def _iso(r: Reading) -> Period | None:
    return cal.make_day(*(int(part) for part in r.group("iso").split("-")))


def _numeric(r: Reading) -> Period | None:
    """03/04/2018 is read as the day nearest to publication; without one, as nothing more than unknown."""
    first, second, year = int(r.group("n1")), int(r.group("n2")), int(r.group("n3"))
    near = r.line.reference or date(2000, 1, 1)
    year = year if year > 99 else short_year(year, near.year) or 0
    readings = [p for p in (cal.make_day(year, first, second), cal.make_day(year, second, first)) if p and p.first]
    if len(readings) == 2 and readings[0] != readings[1] and r.line.reference is None:
        return _unresolved("XXXX-XX-XX")
    return min(readings, key=lambda p: abs((p.first or near) - near), default=None)


def _month_day(r: Reading) -> Period | None:
    here = r.line.here
    if here is None:
        return None
    made = cal.make_day(here.year, here.month, int(r.group("day")))
    return made.as_relative() if made else None


def _month(r: Reading) -> Period | None:
    month, year = r.month(), r.year()
    if year is not None:
        return cal.month(year, month)
    said = r.line.here if r.group("rel") in ("previous", "following") or r.line.narrative else r.line.reference
    if r.group("rel") and said:
        number = said.year + {-1: -(month >= said.month), 0: 0, 1: month <= said.month}[step(r.group("rel"))]
        return cal.month(number, month).as_relative()
    year = r.year_for(month, None)
    return _unresolved(f"XXXX-{month:02d}") if year is None else cal.month(year, month).as_relative()


def _year(r: Reading) -> Period | None:
    return cal.year(int(r.group("year")))


def _year_short(r: Reading) -> Period | None:
    near = r.line.here or r.line.reference
    year = short_year(int(r.group("short")), near.year) if near else None
    return cal.year(year).as_relative() if year else None


def _bc(r: Reading) -> Period | None:
    return _unresolved(f"BC{int(r.group('bc')):04d}" + (f"-{r.month():02d}" if r.group("month") else ""))


def _decade(r: Reading) -> Period | None:
    near = r.line.reference or r.line.anchor or date(2000, 1, 1)
    year = int(r.group("decade")) if r.group("decade") else short_year(int(r.group("short")), near.year)
    return cal.decade(year) if year else None


def _century(r: Reading) -> Period | None:
    return _unresolved(f"{int(r.group('century')) - 1:02d}") if int(r.group("century")) else None


def _season(r: Reading) -> Period | None:
    letters, year = r.calendar.seasons[r.group("season")], r.year()
    if year is not None:
        return cal.season(year, letters)
    said = r.line.deictic if step(r.group("rel")) else r.line.here if r.line.narrative else r.line.reference
    if said is None or (r.line.narrative and not r.line.anchor):
        return _unresolved(f"XXXX-{letters}")
    return cal.season(said.year + step(r.group("rel")), letters).as_relative()


def _quarter(r: Reading) -> Period | None:
    which = int(r.group("q")) if r.group("q") else r.calendar.ordinals[r.group("ord")]
    said = r.line.here if r.line.narrative else r.line.reference
    year = r.year() or (said.year if said else None)
    return _unresolved(f"XXXX-Q{which}") if year is None else cal.quarter(year, which)


def _holiday(r: Reading) -> Period | None:
    """Of a year that is given; otherwise the nearest one, or the last one where a cue looks back."""
    rule, year = r.words.day_of_holiday[r.group("holiday")], r.year()
    near = r.line.here if r.line.narrative else r.line.reference
    if year is not None:
        return _part_of_day(cal.day(cal.holiday(rule, year)), r) if 1 <= year <= 9999 else None
    if near is None:
        return _unresolved("XXXX-XX-XX")
    options = [cal.holiday(rule, near.year + shift) for shift in (-1, 0, 1) if 1 <= near.year + shift <= 9999]
    behind = [option for option in options if option <= near] if r.past and not r.line.narrative else []
    made = cal.day(min(behind or options, key=lambda option: abs(option - near))).as_relative()
    return _part_of_day(made, r)


def _part_of_day(made: Period, r: Reading) -> Period:
    part = r.group("daypart")
    return made.with_part(r.calendar.dayparts[part]) if part else made


_DEICTIC = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1, "overnight": 0, "the day before yesterday": -2,
            "the day after tomorrow": 2}


def _deictic(r: Reading) -> Period | None:
    word = r.group("deictic")
    part = {"tonight": "NI", "overnight": "NI"}.get(word) or r.calendar.dayparts.get(r.group("daypart"))
    if r.line.narrative or r.line.reference is None:
        plain = "PRESENT_REF" if word == "today" else f"XXXX-XX-XX{'T' + part if part else ''}"
        return _unresolved(plain)
    moved = cal.shift(r.line.reference, _DEICTIC[word], "D")
    return None if moved is None else moved.with_part(part).as_relative() if part else moved.as_relative()


def _rel_daypart(r: Reading) -> Period | None:
    part, words = r.calendar.dayparts[r.group("daypart")], r.group("rel")
    said = r.line.reference if words in ("this", "last") and not r.line.narrative else r.line.here
    if said is None or words == "one":
        return _unresolved(f"XXXX-XX-XXT{part}", "TIME")
    moved = cal.shift(said, step(words), "D")
    return moved.with_part(part).as_relative() if moved else None


def _daypart_of(r: Reading) -> Period | None:
    made = _day(r) if r.group("month") else _weekday(r)
    return made.with_part(r.calendar.dayparts[r.group("daypart")]) if made and "T" not in made.value else made


def _daypart(r: Reading) -> Period | None:
    """'at night' names no day."""
    return _unresolved(f"XXXX-XX-XXT{r.calendar.dayparts[r.group('daypart')]}", "TIME")


def _weekday(r: Reading) -> Period | None:
    """The same weekday is the reference day itself; otherwise the last one, or the next where a cue says so."""
    name = r.group("weekday").rstrip(".")
    number = r.calendar.weekdays.get(name) or r.calendar.weekday_abbreviations[name]
    if r.line.deictic is None:
        return _part_of_day(_unresolved(f"XXXX-WXX-{number}"), r)
    back, direction = (r.line.deictic.isoweekday() - number) % 7, step(r.group("rel"))
    ahead = direction > 0 or (direction == 0 and (r.future or r.group("rel") == "this" or r.line.narrative))
    days = (7 - back) % 7 if ahead else -back
    if days == 0 and direction:
        days = 7 * direction
    moved = cal.shift(r.line.deictic, days, "D")
    return _part_of_day(moved.as_relative(), r) if moved else None


def _of_unit(said: date | None, amount: int, unit: str) -> Period | None:
    if unit.startswith("T"):
        return None
    if said is None:
        return _unresolved({"D": "XXXX-XX-XX", "W": "XXXX-WXX", "M": "XXXX-XX"}.get(unit, "XXXX"))
    moved = cal.shift(said, amount, unit)
    return moved.as_relative() if moved else None


def _rel_unit(r: Reading) -> Period | None:
    """'last month': one unit before the reference."""
    said = None if r.line.narrative and r.line.anchor is None else r.line.deictic
    return _of_unit(said, step(r.group("rel")), r.unit())


def _anchored_unit(r: Reading) -> Period | None:
    """'the next day', 'that month': counted from the date last mentioned."""
    unit = r.unit()
    return _of_unit(_base(r, unit), step(r.group("rel")), unit)


def _base(r: Reading, unit: str) -> date | None:
    """The day to count from in this unit: the date last mentioned if it is as fine, in news else the reference."""
    line = r.line
    if line.anchor is not None and not unit.startswith("T") and _finer(unit, line.anchor_unit):
        return None if line.narrative else line.reference
    return line.here


def _part_of_unit(r: Reading) -> Period | None:
    words = r.group("rel")
    said = r.line.deictic if words in ("this", "last", "next") else _base(r, r.unit())
    return _of_unit(said, step(words), r.unit())


def _weekend(r: Reading) -> Period | None:
    words = r.group("rel")
    said = r.line.here if words in ("that", "the previous", "the following") else r.line.deictic
    if said is None:
        return _unresolved("XXXX-WXX-WE")
    days = 7 * step(words) if words != "the past" else 0
    if days == 0 and words != "that" and said.isoweekday() < 6 and words != "this" and not r.future:
        days = -7
    moved = cal.shift_days(said, days)
    return cal.weekend(moved).as_relative() if moved else None


def _week_of(r: Reading) -> Period | None:
    month = r.month()
    year = r.year() or r.year_for(month, None)
    if year is None:
        return None
    span, nth = cal.month(year, month), r.calendar.ordinals[r.group("nth")]
    if span.first is None or span.last is None:
        return None
    if r.group("nth") in ("last", "final"):
        return cal.week(span.last).as_relative()
    moved = cal.shift_days(span.first, 3 + 7 * (nth - 1))  # the first ISO week with most of its days in the month
    return cal.week(moved).as_relative() if moved else None


def _number(r: Reading) -> float | None:
    """The number of an expression; None for 'several'."""
    text = r.group("num")
    if not text or text in r.calendar.vague_numbers:
        return None
    if text in r.calendar.singular_numbers:
        return 1.0
    if text.startswith("half"):
        return 0.5
    if text.startswith("a couple"):
        return 2.0
    number = r.words.number(text)
    return float(text) if number is None and _DECIMAL.fullmatch(text) else number


def _ago(r: Reading) -> Period | None:
    amount, unit = _number(r), r.unit()
    if amount is None or amount != int(amount) or unit.startswith("T"):
        return _unresolved("PAST_REF")
    said = r.line.reference if not r.line.narrative else None
    return _of_unit(said, -int(amount), unit)


def _later(r: Reading) -> Period | None:
    """'two days later': counted from the date last mentioned, as coarse as the unit and that date allow."""
    backwards = step(r.group("dir")) < 0
    amount = 1.0 if r.groups.get("num") is None and r.groups.get("mod") is None else _number(r)
    if amount is None or amount != int(amount):
        return _unresolved("PAST_REF" if backwards else "FUTURE_REF")
    unit = r.unit()
    if unit.startswith("T"):
        return _unresolved("XXXX-XX-XX")
    return _of_unit(_base(r, unit), -int(amount) if backwards else int(amount), unit)


def _finer(unit: str, than: str) -> bool:
    order = {"D": 0, "N": 0, "WE": 1, "W": 1, "F": 1, "M": 2, "Q": 3, "Y": 4, "DE": 5, "CE": 6}
    return order[unit] < order[than]


def _duration_value(amount: float | None, unit: str) -> str:
    number = "X" if amount is None else f"{amount:g}"
    if unit == "F":
        unit, number = "W", "X" if amount is None else f"{2 * amount:g}"
    unit = "D" if unit == "N" else unit
    return f"PT{number}{unit[1:]}" if unit.startswith("T") and len(unit) > 1 else f"P{number}{unit}"


def _duration(r: Reading) -> Period | None:
    amount = _number(r)
    if amount is not None and r.group("half"):
        amount += 0.5
    return _unresolved(_duration_value(amount, r.unit()), "DURATION")


def _duration_bare(r: Reading) -> Period | None:
    word = r.group("bare")
    if r.group("span") == "recent":
        return _unresolved("PAST_REF")
    return _unresolved(_duration_value(None, r.calendar.units[word[:-1]]), "DURATION")


def _duration_past(r: Reading) -> Period | None:
    """'the past year', 'a day-long strike', 'per month': one unit."""
    span, per = r.group("span"), r.group("per")
    value = _duration_value(1.0, r.calendar.units[span if per == "long" else per])
    return _unresolved(value, "SET" if span in ("per", "each", "every") else "DURATION")


def _every(r: Reading) -> Period | None:
    unit = r.unit()
    if unit == "D" and not r.group("num"):
        return _unresolved("XXXX-XX-XX", "SET")
    return _unresolved(_duration_value(_number(r) if r.group("num") else 1.0, unit), "SET")


def _every_weekday(r: Reading) -> Period | None:
    name = (r.group("weekday") or r.group("plural")).rstrip(".")
    number = r.calendar.weekdays.get(name)
    return _unresolved(f"XXXX-WXX-{number}", "SET") if number else None


def _set(r: Reading) -> Period | None:
    return _unresolved(r.calendar.sets[r.group("set")], "SET")


def _vague(r: Reading) -> Period | None:
    return _unresolved(r.calendar.vague[r.group("vague")])


def _clock(r: Reading) -> Period | None:
    hour, minute = int(r.group("hour")), r.group("minute") or "00"
    letter = r.group("ampm")[:1]
    hour = hour % 12 + 12 * (letter == "p") if letter else hour
    said = r.line.here
    if r.group("weekday"):
        made = _weekday(r)
        said = made.first if made else None
    elif r.group("deictic") and r.line.reference:
        said = cal.shift_days(r.line.reference, _DEICTIC[r.group("deictic")])
    zone = "Z" if r.group("zone") in ("utc", "gmt", "z") else ""
    time = f"T{hour:02d}:{minute}{zone}"
    if said is None or (r.line.anchor_unit != "D" and r.line.anchor is not None):
        return _unresolved(f"XXXX-XX-XX{time}", "TIME")
    return Period(f"{said.isoformat()}{time}", "TIME", said, said, "day", relative=True)


RESOLVERS: dict[str, Callable[[Reading], Period | None]] = {
    "day": _day, "iso": _iso, "numeric": _numeric, "month_day": _month_day, "month": _month, "year": _year,
    "year_short": _year_short, "bc": _bc, "decade": _decade, "century": _century, "season": _season, "quarter":
    _quarter, "holiday": _holiday, "deictic": _deictic, "rel_daypart": _rel_daypart, "daypart_of": _daypart_of,
    "daypart": _daypart, "weekday": _weekday, "rel_unit": _rel_unit, "anchored_unit": _anchored_unit,
    "part_of_unit": _part_of_unit, "weekend": _weekend, "week_of": _week_of, "ago": _ago, "later": _later,
    "duration": _duration, "duration_bare": _duration_bare, "duration_past": _duration_past, "every": _every,
    "every_weekday": _every_weekday, "set": _set, "vague": _vague, "clock": _clock,
}


def resolve(match: Match, line: Timeline, words: DateRules, future: bool, past: bool) -> list[tuple[int, int, Period]]:
    """The mentions that one wording makes, as (start, end, period) in the sentence; two for a range."""
    reading = Reading(match.found.groupdict(), line, words, future, past)
    try:
        if match.rule.kind in _RANGES:
            return _range(match, reading)
        period = RESOLVERS[match.rule.kind](reading)
    except (ValueError, OverflowError):  # a day outside the years 1 to 9999
        return []
    return [(match.start, match.end, period)] if period else []


_RANGES = frozenset({"day_range", "range_day", "year_range"})


def _range(match: Match, reading: Reading) -> list[tuple[int, int, Period]]:
    """"March 15-17", "3 to 5 May", "2015-16": both ends, each with its own words."""
    if match.rule.kind == "year_range":
        first = int(reading.group("year"))
        second = first // 100 * 100 + int(reading.group("year2"))
        ends: list[Period | None] = [cal.year(first), cal.year(second)] if second > first else []
    else:
        ends = [_day(replace(reading, groups={**reading.groups, "day": day})) for day in _two_days(match, reading)]
    if len(ends) != 2 or ends[0] is None or ends[1] is None or not ends[0].value < ends[1].value:
        return []
    return [(*match.found.span("a"), ends[0]), (*match.found.span("b"), ends[1])]


def _two_days(match: Match, reading: Reading) -> tuple[str, str]:
    named, other = reading.group("day"), reading.group("day2")
    return (named, other) if match.rule.kind == "day_range" else (other, named)


KINDS = frozenset(RESOLVERS) | _RANGES
