"""The text columns: a note in the codebook's manner, short and from the report's own words, and the crowd-size tag."""

from __future__ import annotations

from eventcode.neutral import Count
from eventcode.ontologies.acled import wording
from eventcode.ontologies.acled.reports import Group
from eventcode.ontologies.acled.whenwhere import When, Where
from eventcode.text import spoken

_MANY = wording.pattern("many")
#: Longest quotation in a note, in characters: the codebook wants a short narrative.
_QUOTED = 240
_AROUND = {1: "On {day}", 2: "Around {day} (week of)", 3: "Around {day} (month of)"}
_ABOUT = {"about": "around ", "at_least": "at least ", "at_most": "up to "}


def notes(told: When | None, located: Where, together: Group, counts: tuple[Count, ...]) -> str:
    """When, where, the reporting sentence, and every figure claimed, conflicting ones side by side."""
    place = located.location if located.admin1 in ("", located.location) else f"{located.location}, {located.admin1}"
    sentence = _quoted(together.winner.event.reports[0].sentence.text)
    text = f"{_opening(told)} {place}: {sentence}"
    claims = [_claim(count) for count in counts if not count.part_of_total]
    if len(claims) > 1:
        text += f" Figures reported: {'; '.join(dict.fromkeys(claims))}."
    return text


def _opening(told: When | None) -> str:
    if told is None:
        return "In"
    return _AROUND[told.precision].format(day=f"{told.day.day} {told.day:%B %Y}") + ", in"


def _quoted(sentence: str) -> str:
    flat = " ".join(spoken(sentence).split())
    if len(flat) > _QUOTED:
        flat = flat[:_QUOTED].rsplit(" ", 1)[0] + " ..."
    return flat


def _claim(count: Count) -> str:
    whose = f" ({count.attributed_to.text})" if count.attributed_to else ""
    return f"{amount(count)} {count.what}{whose}"


def amount(count: Count) -> str:
    """A count in words: 300, around 300, at least 300, between 200 and 300, dozens."""
    if count.qualifier in ("dozens", "hundreds", "thousands") and (many := _MANY.match(count.text)):
        return many[0].casefold()
    if count.qualifier in ("several", "dozens", "scores", "hundreds", "thousands"):
        return count.qualifier
    if count.qualifier == "range" and count.low is not None and count.high is not None:
        return f"between {count.low:,} and {count.high:,}"
    number = next((n for n in (count.best, count.low, count.high) if n is not None), None)
    return "an unknown number" if number is None else f"{_ABOUT.get(count.qualifier, '')}{number:,}"


def crowd_size(count: Count | None) -> str:
    """The value of the tag `crowd size=`: as reported, or "no report"."""
    return "no report" if count is None else amount(count)
