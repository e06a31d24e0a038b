"""False friends: wordings that look like dates and are not ("2000 soldiers", "Theresa May", "the march")."""

from __future__ import annotations

import re
from collections.abc import Callable

from eventcode.mentions._date_rules import Calendar, Match

_LAST_WORD = re.compile(r"([\w’']+|[^\w\s])\s*$")
_NEXT_WORD = re.compile(r"\s*([\w’']+|[^\w\s])")
_COUNTED = re.compile(r"\s*(?:[a-z]+(?:-[a-z]+)? )?(?:[a-z]+s|people|men|women|children|troops|personnel|police)\b")
_FUNCTION = frozenset({"was", "is", "has", "as", "his", "this", "its", "us", "does", "perhaps", "thus", "across",
                       "besides", "towards", "afterwards"})
_TITLES = frozenset(["mr", "mrs", "ms", "miss", "dr", "sir", "theresa", "minister", "president"])


def previous_word(text: str, start: int) -> str:
    found = _LAST_WORD.search(text, max(0, start - 30), start)
    return found[1] if found else ""


def next_word(text: str, end: int) -> str:
    found = _NEXT_WORD.match(text, end)
    return found[1] if found else ""


def _counts_something(text: str, end: int) -> bool:
    found = _COUNTED.match(text, end)
    return bool(found) and found is not None and found[0].split()[-1] not in _FUNCTION


def _year(match: Match, text: str, cal: Calendar) -> bool:
    """A bare number of four digits is a year after a cue, or where no counted noun can follow."""
    groups = match.found.groupdict()
    if groups.get("part") or match.found[0][:1].isalpha():
        return True
    before, after = previous_word(text, match.start).lower(), next_word(text, match.end)
    counts = _counts_something(text, match.end)
    if before in ("$", "£", "€", "#", "no", "number", "flight", "resolution", "route", "law", "some", "over"):
        return False
    if before in cal.year_cues:
        return not (counts and before in cal.weak_year_cues)
    return 1400 <= int(groups["year"]) <= 2100 and not counts and (not after[:1].islower() or before[:1].isupper()
                                                                  or after in ("when", "and", "to", "after", "in"))


def _month(match: Match, text: str, cal: Calendar) -> bool:
    """A bare month: an everyday word ("March", "May") needs a cue; no month stands between names."""
    groups = match.found.groupdict()
    name = groups["month"].lower().rstrip(".")
    before, after = previous_word(text, match.start), next_word(text, match.end)
    if groups.get("part") or groups.get("rel") or groups.get("relyear") or groups.get("relyear2"):
        return True
    if before.lower() in cal.month_cues:
        return not (name == "may" and before.lower() in ("to", "and", "or") and after[:1].islower())
    if name in cal.ambiguous_months or name in cal.month_abbreviations or before.lower() in _TITLES:
        return False
    return not after[:1].isupper() and not (before[:1].isupper() and text[:match.start].strip() != before)


def _weekday(match: Match, text: str, cal: Calendar) -> bool:
    """"Black Friday", "Sheffield Wednesday", "Bloody Sunday" are names; "Sat." and "Sun" are other words."""
    before, after = previous_word(text, match.start), next_word(text, match.end)
    short = match.found["weekday"].lower().rstrip(".") in cal.weekday_abbreviations
    if short and before.lower() not in ("on", "last", "next", "(", "since", "until"):
        return False
    return before.lower() not in cal.weekday_names and after.lower() not in ("times", "telegraph", "mirror")


def _day(match: Match, text: str, cal: Calendar) -> bool:
    """"15 May have drowned" is no date; "June 25" with a year cut off by more digits is none either."""
    groups = match.found.groupdict()
    month = groups.get("month") or groups.get("month_b") or ""
    after = next_word(text, match.end)
    return not (month.lower() == "may" and match.found[0].endswith(month) and after in ("have", "be", "not"))


def _clock(match: Match, text: str, cal: Calendar) -> bool:
    """A bare number is no clock time; "3:1" is a score, "at 18:30" a time."""
    groups = match.found.groupdict()
    hours_only = not groups.get("ampm") and not groups.get("zone")
    if hours_only and (not groups.get("colon") or groups["colon"] == "."):
        return False
    if groups.get("ampm"):
        return 1 <= int(groups["hour"]) <= 12
    return len(groups.get("minute") or "") == 2


def _decade(match: Match, text: str, cal: Calendar) -> bool:
    return previous_word(text, match.start).lower() not in ("his", "her", "their", "my")


def _season(match: Match, text: str, cal: Calendar) -> bool:
    """"fall" and "spring" are verbs and nouns too: they need an article, a year or a preposition."""
    groups = match.found.groupdict()
    if groups.get("year") or groups.get("relyear") or groups.get("part") or groups.get("rel"):
        return True
    before, word = previous_word(text, match.start).lower(), groups["season"]
    if word[:1].isupper():
        return before in ("in", "by", "until", "since", "during", "this", "last", "next") and match.start > 0
    if word in ("fall", "spring"):
        return (before in ("in", "during", "by", "until", "since", "of", "for", "that", "next", "and", "early", "late")
                and (bool(groups.get("the")) or before in ("in", "by", "since", "until", "during")))
    return next_word(text, match.end) not in ("camp", "school", "olympics", "games", "coat")


def _short_year(match: Match, text: str, cal: Calendar) -> bool:
    return previous_word(text, match.start).lower() in (cal.year_cues | set(cal.months)) - {"'s", "’s", "the"}


def _vague(match: Match, text: str, cal: Calendar) -> bool:
    word, after = match.found["vague"].lower(), next_word(text, match.end)
    if word in ("former", "current"):
        return previous_word(text, match.start).lower() not in ("electric", "strong") and after not in (",", ".")
    return not (word == "the past" and after[:1].isalnum() and after[:1].islower() and after not in (
        "and", "to", "as", "by", "he", "it", "they", "when", "with", "that"))


def _past_unit(match: Match, text: str, cal: Calendar) -> bool:
    """"the past year", "day-long": a span word and a unit, not two units ("year week") and no weekend."""
    span, per = match.found["span"].lower(), match.found["per"].lower()
    word = span if per == "long" else per
    return word in cal.units and cal.units[word] != "WE" and (per == "long" or span not in cal.units)


def _bare_duration(match: Match, text: str, cal: Calendar) -> bool:
    """Seconds and "nights" as such are rarely times; a possessive ("years'") is fine."""
    return match.found["bare"].lower() not in ("seconds", "quarters", "weekends")


def _duration(match: Match, text: str, cal: Calendar) -> bool:
    """"a second" and "one quarter" are no lengths of time; "the first half" is none of them."""
    groups = match.found.groupdict()
    unit, number = groups["unit"].lower(), groups["num"].lower()
    if unit in ("second", "quarter") and (number in cal.singular_numbers or not match.found[0].endswith("s")
                                          or next_word(text, match.end) == "of"):
        return False
    return not (unit in ("night", "weekend") and number in ("a", "an"))


def _daypart(match: Match, text: str, cal: Calendar) -> bool:
    """"Operation Dawn 5", "Golden Dawn" are names."""
    named = match.found["daypart"][:1].isupper() and match.start > 0
    return not named and next_word(text, match.end) not in ("of", "raid", "raids")


_GUARDS: dict[str, Callable[[Match, str, Calendar], bool]] = {
    "year": _year, "month": _month, "weekday": _weekday, "day": _day, "clock": _clock, "decade": _decade,
    "season": _season, "year_short": _short_year, "vague": _vague, "duration_bare": _bare_duration,
    "duration_past": _past_unit, "duration": _duration, "daypart": _daypart, "ago": _duration,
}


def plausible(match: Match, text: str, cal: Calendar) -> bool:
    """Does the sentence around a wording allow it to be a time?"""
    guard = _GUARDS.get(match.rule.kind)
    return guard is None or guard(match, text, cal)
