"""The town that the codebook's location names: of a street or junction the town it is in, of a quarter
"Town - Quarter", and of a district that is told like a town the town of that name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from eventcode.neutral import Event, Mentions, Place
from eventcode.ontologies.acled import wording

_LEADS_TO = wording.pattern("leads-to-town")
_BARE = wording.pattern("comma-to-town")
#: Between a place and the bracket that tells what it lies in; and how long that may be.
_KIND_ONLY = re.compile(r"(?: [a-z]+)? ?")
_LONGEST_BRACKET = 90
_FRONT = wording.pattern("front-behind")
#: Degrees of latitude and longitude within which a quarter lies of its town.
_BESIDE = 0.4
_OWNED = wording.pattern("owned-by-town")
_PART_BEHIND = wording.pattern("part-behind")
_DISTRICT = wording.pattern("told-as-district")
_NEAR = wording.pattern("near-before")


def in_towns(events: Sequence[Event], mentions: Mentions, text: str) -> tuple[Event, ...]:
    """The events, each in the town that stands as location for its street, quarter or district (codebook, Location)."""
    towns = [place for place in mentions.places if place.kind == "settlement" and place.latitude is not None]
    made = [_in_town(event, towns, text) for event in events]
    moved = {(old.place.name, old.place.country): new.place for old, new in zip(events, made, strict=True)
             if old.place is not None and new.place is not old.place}
    said = {(place.name, place.country): place.text for place in reversed(mentions.places) if place.text}
    return tuple(_with_others(event, moved, said) for event in made)


def out_of_brackets(events: Sequence[Event], mentions: Mentions, text: str) -> tuple[Event, ...]:
    """The events, one placed at what stands in brackets behind a place ("Kin village (Khin-U township)") placed there.
    """
    return tuple(_out_of_brackets(event, mentions.places, text) for event in events)


def _out_of_brackets(event: Event, places: Sequence[Place], text: str) -> Event:
    place = event.place
    if place is None or place.start is None:
        return event
    opening = text.rfind("(", max(0, place.start - _LONGEST_BRACKET), place.start)
    if opening < 0 or ")" in text[opening:place.start]:
        return event
    before = next((p for p in reversed(places) if p.end is not None and p.start is not None and p.end <= opening
                   and _KIND_ONLY.fullmatch(text[p.end:opening]) and p.precision != "country"
                   and p.country in (None, place.country)), None)
    return event if before is None else event.model_copy(update={"place": before})


def _with_others(event: Event, moved: Mapping[tuple[str, str | None], Place | None],
                 said: Mapping[tuple[str, str | None], str]) -> Event:
    """The event, at a place that it only inherits from another one, where that one is now, called as the text calls it.
    """
    if event.place is None or event.place.start is not None:
        return event
    name = event.place.name, event.place.country
    text = event.place.text or said.get(name, "")
    place = moved.get(name) or event.place.model_copy(update={"text": text})
    return event.model_copy(update={"place": place})


def _in_town(event: Event, towns: Sequence[Place], text: str) -> Event:
    place = event.place
    if place is None or place.start is None or place.end is None:
        return event
    quarter = next((made for town in towns if place.kind == "admin2" and _is_quarter_of(place, town, text)
                    and (made := _within(place, town, text)) is not None), None)
    if quarter is not None:
        return event.model_copy(update={"place": quarter})
    if place.kind == "admin2" and place.precision == "district":
        return event.model_copy(update={"place": _like_a_town(place, text)})
    if place.kind not in ("feature", "settlement"):
        return event
    known = place.geonameid is not None or "places/overrides" in place.rules
    near = [town for town in towns if town.start != place.start and (not known or _is_quarter_of(place, town, text))]
    found = next((made for town in near if (made := _within(place, town, text)) is not None), None)
    if found is None and not known:
        found = _without_front(place)
    return event if found is None else event.model_copy(update={"place": found})


def _is_quarter_of(place: Place, town: Place, text: str) -> bool:
    """"The Karrada district of Baghdad": a town of the gazetteer that the words put into a larger one right beside."""
    if town.start is None or place.end is None or None in (place.latitude, place.longitude, town.latitude):
        return False
    leads = _LEADS_TO.fullmatch(text[place.end:town.start]) if place.end <= town.start <= place.end + 60 else None
    apart = abs((place.latitude or 0) - (town.latitude or 0)) + abs((place.longitude or 0) - (town.longitude or 0))
    told = leads is not None and bool(leads["part"] or leads["site"]) and "(" not in leads[0]
    return told and apart < _BESIDE


def _without_front(place: Place) -> Place | None:
    """"The Al Kasarah front" is at Al Kasarah."""
    name = _FRONT.sub("", place.name)
    return place.model_copy(update={"name": name, "text": name}) if name != place.name else None


def _like_a_town(place: Place, text: str) -> Place:
    """ "In Kajo Keji": a district whose words say nothing of a district is told like the town it is named after."""
    told = place.text or place.name
    around = f" {told}{text[place.end or 0:(place.end or 0) + 30]}"
    before = text[max(0, (place.start or 0) - 14):place.start or 0]
    if _DISTRICT.search(f" {told}") or _DISTRICT.match(around[len(told) + 1:]) or _DISTRICT.search(f" {before} "):
        return place
    near = _NEAR.search(before) is not None
    return place.model_copy(update={"name": " ".join(told.split()), "precision": "near" if near else "exact",
                                    "admin2": place.admin2 or place.name, "kind": "settlement",
                                    "rules": (*place.rules, "acled/place/told-like-a-town")})


def _within(place: Place, town: Place, text: str) -> Place | None:
    """The town, or "Town - Quarter", where the words between say that the place is in it."""
    start, end = place.start or 0, place.end or 0
    if town.start is None or town.end is None or (place.country and place.country != town.country):
        return None
    behind = text[end:town.start] if end <= town.start <= end + 60 else ""
    owned = town.end <= start and _OWNED.fullmatch(text[town.end:start]) is not None
    leads = _LEADS_TO.fullmatch(behind) if behind else None
    bare = _BARE.fullmatch(behind) if behind else None
    if not (owned or leads or bare):
        return None
    site = place.kind == "feature" or (leads is not None and leads["site"])
    bracket = "(" in behind  # "Al Khukhah district (Al Hudaydah)" is in a province of that name
    part = not bracket and (_PART_BEHIND.match(text, end) is not None or (leads is not None and leads["part"]))
    if not (site or part or bare or (leads is not None and not bracket) or owned):
        return None
    told = " ".join((town.text or town.name).split())
    name = told if site else f"{told} - {place.text or place.name}"
    rules = (*place.rules, "acled/place/of-the-town")
    return town.model_copy(update={"start": place.start, "end": place.end, "text": place.text, "name": name,
                                   "precision": "exact", "rules": rules})
