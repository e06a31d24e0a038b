"""Where, when and with what."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from phrases import Story
from tables import pattern, types, words

from eventcode.countries import by_iso3
from eventcode.neutral import Event, EventMention, Place

#: The countries that the task asks about.
COUNTRIES = frozenset({"ARG", "BOL", "CHL", "COL", "ECU", "SLV", "GTM", "HND", "PER"})
_MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
_GUNFIRE = words("gunfire")
#: A device told more exactly is not told a second time by the general word.
_NARROWER = {
    "VEHICLE BOMB": ("BOMB", "EXPLOSIVE"),
    "DYNAMITE": ("EXPLOSIVE",),
    "BOMB": ("EXPLOSIVE",),
    "GRENADE": ("EXPLOSIVE",),
    "MACHINE GUN": ("GUN",),
    "RIFLE": ("GUN",),
}
_QUARTER = re.compile(r"\b(?:NEIGHBORHOOD|SUBURB|DISTRICT|SECTOR|SECTION|SLUM|BARRIO|COLONIA|AVENUE)\b")
_MORE_NAME = re.compile(
    r"(?: (?:de|del|y|la|las|los)\b){0,2} (?!Department|City|Province|[A-Z][a-z]+day\b)[A-Z][a-z]+\b(?![’'])"
)
_ARTICLE = re.compile(r"the ", re.IGNORECASE)
_SPANISH = re.compile(r"(?:San|Santa|Santo|La|El|Los|Las|Villa|Puerto|Nueva|Rio) ")
_THIS_CITY = re.compile(r"\b(?:THIS CITY|THIS CAPITAL|(?:IN|OF|AT) THE CAPITAL|THE CAPITAL CITY|HERE)\b")
_SAYING = words("saying")


def country(story: Story) -> str | None:
    """The country that the article is about: the dateline's, unless another is named far more often."""
    votes: Counter[str] = Counter()
    for place in story.trace.mentions.places:
        if place.country in COUNTRIES and place.start is not None:
            votes[place.country] += 3 if place.start < story.dateline_end else 1
    for party in story.trace.mentions.actors:
        if party.country in COUNTRIES:
            votes[party.country] += 1
    return max(votes, key=lambda iso: (votes[iso], iso)) if votes else None


def named_countries(story: Story) -> set[str]:
    """Countries that the article names, by name or by their adjective, and the dateline's."""
    places = {
        p.country
        for p in story.trace.mentions.places
        if p.country and (p.precision == "country" or (p.start or 0) < story.dateline_end)
    }
    return places | {p.country for p in story.trace.mentions.actors if p.country}


def land_of(story: Story, place: Place | None) -> str | None:
    """The country of a place; a town of a country that the article never names is a namesake in the article's own."""
    known = place is not None and place.country in named_countries(story) and place.country in COUNTRIES
    if place is not None and known:
        return place.country
    return country(story) or (place.country if place is not None else None)


def chain(story: Story, events: Iterable[Event]) -> str | None:
    """The place of an incident as MUC writes it, from the country down."""
    reports = [report for event in events for report in event.reports]
    place = best_place(story, reports)
    iso = land_of(story, place or next((r.place for r in reports if r.place is not None), None))
    land = by_iso3(iso) if iso else None
    if land is None:
        return None
    parts = [land.name.upper()]
    if place is not None:
        parts += [*_around(story, place, iso), _name(story, place)]
    elif any(_THIS_CITY.search(report.sentence.text) for report in reports):
        parts += [city] if (city := dateline_city(story, iso)) else []
    return ": ".join(dict.fromkeys(parts))


def best_place(story: Story, reports: Iterable[EventMention]) -> Place | None:
    """The most exact place that the reports' own words give, the first told of equals."""
    told = [report.place for report in reports if report.place is not None and _is_named(story, report.place)]
    ranks = {"exact": 0, "near": 0, "district": 0, "province": 1}
    return min(told, key=lambda place: ranks[place.precision], default=None)


def _is_named(story: Story, place: Place) -> bool:
    """Do words of the article name it, and not just an abbreviation?"""
    if place.start is None or place.end is None or place.precision == "country":
        return False
    written = story.reading[place.start : place.end]
    if is_abroad(story, place) or place.start < story.dateline_end:
        return False
    return not (written.isupper() and len(written) <= 4)


def is_abroad(story: Story, place: Place | None) -> bool:
    """Is it in a country that the article names and the task does not ask about?"""
    if place is None or place.country in COUNTRIES or place.country not in named_countries(story):
        return False
    return place.precision == "country" or not _SPANISH.match(place.text.title())


def dateline_city(story: Story, iso: str | None) -> str | None:
    return next(
        (
            _name(story, p)
            for p in story.trace.mentions.places
            if p.start is not None and p.start < story.dateline_end and p.country == iso and p.precision != "country"
        ),
        None,
    )


def _name(story: Story, place: Place) -> str:
    """The name with what the gazetteer does not know of it: "San Miguel [de Mercedes]"."""
    assert place.start is not None
    assert place.end is not None
    more = _MORE_NAME.match(story.reading, place.end)
    less = _ARTICLE.match(story.reading, place.start, place.end)
    return story.words(less.end() if less else place.start, more.end() if more else place.end)


def _around(story: Story, place: Place, iso: str | None) -> Iterator[str]:
    """The department and the city that the sentence names around a smaller place."""
    sentence = story.sentence(place.start or 0)
    if sentence is None or place.precision == "province":
        return
    near = [
        p
        for p in story.trace.mentions.places
        if p.start is not None
        and sentence.start <= p.start < sentence.end
        and p is not place
        and p.precision != "country"
        and p.name != place.name
    ]
    province = next(
        (p for p in near if p.precision == "province" and abs((p.start or 0) - (place.end or 0)) < 60), None
    )
    if province is not None:
        yield _name(story, province)
    if _is_quarter(story, place):
        towns = [p for p in near if p.precision == "exact" and not _is_quarter(story, p)]
        if towns:
            yield _name(story, towns[0])
        elif city := dateline_city(story, iso):
            yield city


def _is_quarter(story: Story, place: Place) -> bool:
    """Do the words beside the name say that it is a part of a city?"""
    assert place.start is not None
    assert place.end is not None
    text = story.trace.article.text
    return bool(
        _QUARTER.search(text[place.end : place.end + 24])
        or _QUARTER.search(text[max(0, place.start - 24) : place.start])
    )


def written(day: date) -> str:
    return f"{day.day:02d} {_MONTHS[day.month - 1]} {day.year % 100:02d}"


def when(story: Story, events: Iterable[Event]) -> str | None:
    """The day, a range of days, or "- day": on or before the dateline."""
    published = story.published
    for report in sorted((report for event in events for report in event.reports), key=_by_exactness):
        told = report.date
        if told.basis != "text" or told.start is None or is_when_told(story, report):
            continue
        end = told.end or told.start
        if end - told.start > timedelta(40) or (published is not None and told.start > published):
            continue
        return written(told.start) if end == told.start else f"{written(told.start)} - {written(end)}"
    return f"- {written(published)}" if published else None


def _by_exactness(report: EventMention) -> tuple[bool, bool]:
    return "event-date/story-day" in report.date.rules, not report.asserted


def is_when_told(story: Story, report: EventMention) -> bool:
    """Is the date that of the telling ("reported today that ...") and not that of the act?"""
    words = report.date.words
    sentence = story.sentence(words.start) if words is not None else None
    if words is None or sentence is None or not sentence.tokens:
        return False
    if report.date.start != story.published or "event-date/story-day" in report.date.rules:
        return False
    token = next((t for t in sentence.tokens if t.start >= words.start), None)
    for _ in range(4):
        if token is None or token.head == token.i or token.pos == "VERB":
            break
        token = sentence.tokens[token.head]
    acts = token is not None and token.start == report.trigger.start
    return token is not None and not acts and token.lower in _SAYING


def instruments(story: Story, events: Iterable[Event]) -> list[tuple[str | None, str]]:
    """(words or None, type) of the weapons that the reports' sentences name."""
    found: dict[str, tuple[str | None, str]] = {}
    fired = False
    for report in (report for event in events for report in event.reports):
        start, end = report.sentence.start, report.sentence.end
        lower = story.trace.article.text[start:end].lower()
        for match in pattern("instruments").finditer(lower):
            kind = types("instruments")[match.group()]
            found.setdefault(kind, (story.words(start + match.start(), start + match.end()), kind))
        fired = fired or any(word in lower for word in _GUNFIRE)
    if fired and not any("GUN" in kind or kind == "RIFLE" for kind in found):
        found["GUN"] = (None, "GUN")
    general = {broad for narrow, broads in _NARROWER.items() if narrow in found for broad in broads}
    return [one for kind, one in found.items() if kind not in general]
