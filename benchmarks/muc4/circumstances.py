"""Where, when and with what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from phrases import Story
from tables import pattern, types

from eventcode.countries import by_iso3
from eventcode.neutral import Event, Place

#: The countries that the task asks about.
COUNTRIES = frozenset({"ARG", "BOL", "CHL", "COL", "ECU", "SLV", "GTM", "HND", "PER"})
_MONTHS = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split()
_UNITS = {"province": "DEPARTMENT", "district": "DISTRICT"}
_GUNFIRE = ("shot", "shoot", "gunned", "bullet", "bullets", "gunfire", "machinegunned", "riddled", "machine-gunned")


def country(story: Story) -> str | None:
    """The country that the article is about: named most often, the dateline's first."""
    named = [p.country for p in story.trace.mentions.places if p.country in COUNTRIES]
    votes = Counter(named)
    return max(votes, key=lambda iso: (votes[iso], -named.index(iso))) if votes else None


def chain(story: Story, place: Place | None) -> str | None:
    """The place as MUC writes it, from the country down."""
    iso = place.country if place is not None and place.country else country(story)
    land = by_iso3(iso) if iso else None
    if land is None:
        return None
    parts = [land.name.upper()]
    if place is not None and place.precision != "country" and place.start is not None:
        parts += [*_units_around(story, place), _name(story, place)]
    return ": ".join(dict.fromkeys(parts))


def _name(story: Story, place: Place) -> str:
    assert place.start is not None and place.end is not None
    return story.words(place.start, place.end)


def _units_around(story: Story, place: Place) -> Iterator[str]:
    """The province and the town that the sentence names around a smaller place."""
    sentence = story.sentence(place.start or 0)
    if sentence is None:
        return
    for other in story.trace.mentions.places:
        if other.start is None or not sentence.start <= other.start < sentence.end or other.country != place.country:
            continue
        if other.precision == "province" and place.precision != "province" and other.admin1 == place.admin1:
            yield _name(story, other)


def written(day: date) -> str:
    return f"{day.day:02d} {_MONTHS[day.month - 1]} {day.year % 100:02d}"


def when(story: Story, event: Event) -> str | None:
    """The day, a range of days, or "- day": on or before the dateline."""
    told, published = event.date, story.trace.article.published
    if told.basis == "text" and told.start is not None:
        end = told.end or told.start
        if (end - told.start) > timedelta(40) or (published is not None and end > published):
            return written(told.start) if end == told.start else f"- {written(published)}" if published else None
        return written(told.start) if end == told.start else f"{written(told.start)} - {written(end)}"
    return f"- {written(published)}" if published else None


def instruments(story: Story, events: Iterable[Event]) -> list[tuple[str | None, str]]:
    """(words or None, type) of the weapons that the reports' sentences name."""
    found: dict[str, tuple[str | None, str]] = {}
    fired = False
    for report in (report for event in events for report in event.reports):
        start, end = report.sentence.start, report.sentence.end
        lower = story.trace.article.text[start:end].lower()
        for match in pattern("instruments").finditer(" ".join([lower])):
            kind = types("instruments")[match.group()]
            found.setdefault(kind, (story.words(start + match.start(), start + match.end()), kind))
        fired = fired or any(word in lower for word in _GUNFIRE)
    guns = [kind for kind in found if "GUN" in kind or kind == "RIFLE"]
    if fired and not guns:
        found["GUN"] = (None, "GUN")
    return list(found.values())
