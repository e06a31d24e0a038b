"""What several ontologies need to ground a record: evidence of a cell, a party's country, a target that is a place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Protocol

from eventcode.neutral import Event, Evidence, Party, Place
from eventcode.ontologies.base import Reading

#: Families of acts within a country: where nobody else is named they are done towards that country.
DOMESTIC = frozenset({"protest", "concession", "coercion", "repression"})

#: Families of acts that reach across a border: what is done to a place of another state is done to that state.
CROSS_BORDER = frozenset({"fighting", "remote violence", "territory", "force posture", "aid", "coercion", "sanction",
                          "investigation"})

#: The same for single acts of other families.
CROSS_BORDER_ACTS = frozenset({"visit", "lift_curfew", "lift_blockade", "lift_sanctions", "destroy_property", "loot",
                               "seize_property"})

#: Families of words about what shall be done, or shall not: the place where it is to be done stands behind them.
_WORDS_OF_ACTS = frozenset({"agreement", "threat", "rejection", "demand"})
#: What is agreed to be done at a place without being done to its state: talks.
_VENUES = frozenset({"talks", "mediation", "agreement", "politics"})
#: The words that lead on from what is said to what shall be done.
_LEADS_ON = re.compile(r"\b(?:to|would|will|that|for|of)\b")

#: Families of attacks: those of rebels on what is in their own country are attacks on its state.
_ATTACKS = frozenset({"fighting", "remote violence"})

#: A party with nothing but these traits is somebody, but nobody knows whose: it gets no country from elsewhere.
_NOBODYS = frozenset({"person", "group", "country"})


#: What is denied, supposed or long past is no event of an article, in CAMEO as in PLOVER.
NOT_EVENTS = {"negated": "it did not happen", "hypothetical": "it is only supposed",
              "historical": "it is told as background"}


class Worded(Protocol):
    """Anything with words of the article: offsets, both None where no words stand for it, and the text."""

    @property
    def start(self) -> int | None: ...
    @property
    def end(self) -> int | None: ...
    @property
    def text(self) -> str: ...


def evidence(words: Worded | None, *rules: str) -> Evidence:
    """Evidence with the span of `words` (none of it where `words` is None) and these rules, each once."""
    kept = tuple(dict.fromkeys(rules))
    if words is None or words.start is None:
        return Evidence(rules=kept)
    return Evidence(start=words.start, end=words.end, text=words.text, rules=kept)


def home(party: Party, event: Event, reading: Reading) -> tuple[str | None, str | None]:
    """(country, why) of a party: its own; else the event's place; else the country most parties of the article have.

    Country is ISO 3166 alpha-3 or None; why is None for its own country, else "country-of-place" or
    "country-of-article". A party that is transnational, or known only as a person or group, gets no other's country.
    """
    if party.country:
        return party.country, None
    if transnational(party) or (party.sector is None and set(party.traits) <= _NOBODYS):
        return None, None
    if event.place is not None and event.place.country:
        return event.place.country, "country-of-place"
    usual = usual_country(reading)
    return usual, "country-of-article" if usual else None


def transnational(party: Party) -> bool:
    """Is this an organization or armed group of no one country?"""
    return party.country is None and not {"igo", "ngo", "international", "peacekeeper"}.isdisjoint(party.traits)


def usual_country(reading: Reading) -> str | None:
    """The country that most party mentions of the article have; the one named first among equals."""
    parties: Iterable[Party] = reading.mentions.actors or [p for e in reading.events for p in (*e.sources, *e.targets)]
    counted = Counter(party.country for party in parties if party.country)
    return counted.most_common(1)[0][0] if counted else None


def place_as_target(event: Event, reading: Reading) -> Party | None:
    """The state whose named place is acted on from outside, where the text names no other target; else None.

    "shelled the outskirts of Goma" by a neighbour's army is an act on the state that Goma lies in; so is a visit. A
    protest, or a curfew, that names nobody opposite is one towards the state, or the people, of its own country.
    """
    place = event.place
    if event.targets:
        return None
    domestic = reading.families.get(event.action) in DOMESTIC  # a protest for something stays a protest
    if place is None or place.start is None or place.end is None or not place.country:
        return _home_of_sources(event) if reading.families.get(event.action) == "protest" else None
    act = event.about or event.action  # what is only announced has a state as target, no venue of the announcement
    if (domestic or reading.families.get(act) in DOMESTIC) and (own := _own_country(event, place)) is not None:
        return own
    announced = _announced(event, place, reading)
    if not announced and reading.families.get(act) not in CROSS_BORDER and act not in CROSS_BORDER_ACTS:
        return None
    if (event.about and place.kind != "country" and not announced) or not event.sources:
        return None
    if any(party.country == place.country or not (party.country or transnational(party)) for party in event.sources):
        rising = reading.families.get(act) in _ATTACKS and all("rebel" in party.traits for party in event.sources)
        return _own_country(event, place) if rising and not event.reciprocal else None
    return Party(start=place.start, end=place.end, text=place.text, country=place.country, traits=("country",),
                 rules=("grounds/place-as-target",))


def _announced(event: Event, place: Place, reading: Reading) -> bool:
    """'offered to build a school in Lima': is this the place of what is promised or refused, not a venue?"""
    family, about = reading.families.get(event.action), reading.families.get(event.about or "")
    words = event.reports[0].trigger
    if family not in _WORDS_OF_ACTS or event.reciprocal or place.start is None or place.start < words.end:
        return False
    if about in _VENUES and event.about != "visit":
        return False
    if family == "agreement" and event.action not in ("agree", "vow"):
        return False
    between = reading.article.text[words.end:place.start]
    return "." not in between and ";" not in between and _LEADS_ON.search(between) is not None


def _own_country(event: Event, place: Place) -> Party | None:
    if not event.sources or any(party.country not in (place.country, None) for party in event.sources):
        return None
    return Party(start=place.start or 0, end=place.end or 0, text=place.text, country=place.country,
                 traits=("country",), rules=("grounds/domestic-target",))


def _home_of_sources(event: Event) -> Party | None:
    """Who protests at no place that is named protests towards the state of the country that all of them are from."""
    countries = {party.country for party in event.sources}
    country = countries.pop() if len(countries) == 1 else None
    if country is None:
        return None
    first = event.sources[0]
    return Party(start=first.start, end=first.end, text=first.text, country=country, traits=("country",),
                 rules=("grounds/domestic-target",))


def place_evidence(place: Place, *rules: str) -> Evidence:
    """Evidence of a cell that comes from the event's place."""
    return evidence(place, *place.rules, *rules)


def as_intent(event: Event) -> Event:
    """An act that is only intended, restated as the announcement it is: vow (about that act)."""
    if event.status != "intended" or event.action in ("agree", "vow", "threaten"):
        return event
    return event.model_copy(update={"action": "vow", "about": event.action})


def joint(event: Event) -> Event:
    """Manoeuvres of several states with nobody opposite, as the reciprocal act they are."""
    together = len({party.country for party in event.sources if party.country}) > 1
    if event.action != "military_exercise" or event.targets or not together:
        return event
    return event.model_copy(update={"reciprocal": True})


def background(event: Event, reading: Reading) -> bool:
    """Is this only a bare noun ("lifted the siege") that the text takes as known?

    It is where it has no day of its own, and where its sentence reports something else.
    """
    if any(report.asserted for report in event.reports):
        return False
    if event.date.basis != "text":
        return True
    own = {report.sentence.start for report in event.reports}
    return any(report.asserted and report.sentence.start in own
               for other in reading.events if other is not event for report in other.reports)


def date_warnings(event: Event) -> tuple[str, ...]:
    """What a reader must know about the day of a record."""
    found = []
    if event.date.start is not None and event.date.precision not in (None, "day"):
        found.append(f"date is the first day of a {event.date.precision}: the text is not more exact")
    if event.date.basis == "published":
        found.append("date is the day of publication: the text gives none")
    return tuple(found)
