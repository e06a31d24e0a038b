"""Where an article plays: the country that its dateline, the places it names and its parties point to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from eventcode.countries import by_iso3
from eventcode.document import Document
from eventcode.mentions.actors import ActorMention
from eventcode.mentions.homes import says_whose
from eventcode.mentions.placevotes import QUARTER
from eventcode.mentions.scenes import SceneReader
from eventcode.neutral import Event, Place

#: Rules behind what an article lends to an event whose own words do not tell it.
OF_ARTICLE = "events/article-country"
#: What a dateline weighs beside a name in the text, and the least share and number of votes that settle the country.
_DATELINE_VOTES, _SHARE, _LEAST = 3, 0.6, 1
_DASHES = ("-", "–", "—")
_HEADING = 200
_TOWNS = ("exact", "near", "district")


@dataclass(frozen=True)
class Stage:
    """The country (ISO 3166 alpha-3) an article plays in, and the towns that stand for it.

    filed: the town of the dateline where that lies in the country; only: the one town that the text names there.
    """

    country: str
    scenes: SceneReader
    filed: Place | None = None
    only: Place | None = None

    @property
    def town(self) -> Place | None:
        """The town that the article plays in, where it names one alone or is filed from one."""
        return self.only or self.filed

    def place(self, told: str) -> Place:
        """Where an event is that no words place, told in these sentences: the town, else the country.

        A wire files from the capital what happens anywhere; there the words must say "this city" or "the capital".
        """
        if self.only is not None:
            return _without_words(self.only, "the only town that the article names there", "events/only-town")
        seat = self._capital
        if self.filed is not None and (self.filed.name != seat or self.scenes.is_told_here(told)):
            return _without_words(self.filed, "the town that the article is filed from", "events/dateline-town")
        known = by_iso3(self.country)
        reason = f"the article is filed from {self.filed.name}" if self.filed else "the article's places and parties"
        return Place(name=known.name if known else self.country, kind="country", country=self.country,
                     precision="country", reason=reason, rules=(OF_ARTICLE,))

    def at_home(self, place: Place) -> Place:
        """A place that no gazetteer has is in the country that the article plays in."""
        if place.country is not None:
            return place
        return place.model_copy(update={
            "country": self.country, "reason": f"{place.reason}; in the country that the article plays in",
            "rules": (*place.rules, OF_ARTICLE)})

    def located(self, place: Place) -> Place:
        """An event's place: a street, or a quarter that no gazetteer has, is in the town that the article plays in,
        what else no gazetteer has in its country."""
        street = "places/streets" in place.rules and place.kind == "feature"
        quarter = QUARTER in place.rules and place.latitude is None
        if not (street or quarter) or self.town is None:
            return self.at_home(place)
        return self.town.model_copy(update={
            "start": place.start, "end": place.end, "text": place.text, "reason": f"{place.name} in {self.town.name}",
            "rules": (*place.rules, "events/part-of-the-town")})

    @property
    def _capital(self) -> str | None:
        known = by_iso3(self.country)
        return known.capital if known else None


def _without_words(place: Place, reason: str, rule: str) -> Place:
    return place.model_copy(update={"start": None, "end": None, "text": "", "reason": reason,
                                    "rules": (*place.rules, rule)})


def stage_of(document: Document, places: Sequence[Place], actors: Mapping[int, Sequence[ActorMention]],
             scenes: SceneReader) -> Stage | None:
    """The country that most of an article's names point to, or None where none clearly does."""
    head = dateline_end(document)
    filed = [place for place in places if place.start is not None and place.start < head]
    votes: Counter[str] = Counter()
    votes.update(place.country for place in places if place.country and place not in filed)
    for mentions in actors.values():
        votes.update(m.party.country for m in mentions if m.party.country and says_whose(m.party))
    if filed and filed[0].country:
        votes[filed[0].country] += _DATELINE_VOTES
    best = max(votes, key=lambda iso: (votes[iso], iso), default=None)
    least = 1 if any(place.country == best for place in places) and len(votes) == 1 else _LEAST
    if best is None or votes[best] < least or votes[best] < _SHARE * votes.total():
        return None
    towns = {place.name: place for place in reversed(places)
             if place.country == best and place.precision in _TOWNS and place.kind != "feature" and place not in filed
             and QUARTER not in place.rules}
    town = next((place for place in filed if place.country == best and place.precision in _TOWNS), None)
    return Stage(best, scenes, town, next(iter(towns.values())) if len(towns) == 1 else None)


def settled(places: Sequence[Place], stage: Stage | None) -> tuple[Place, ...]:
    """The places, with the article's country for those that no gazetteer has; a sea or a desert is in none."""
    return tuple(place if stage is None or place.kind == "region" else stage.at_home(place) for place in places)


def dateline_end(document: Document) -> int:
    """Where the dateline ends that an article begins with ("BOGOTA, 9 May (EFE) --"); 0 without one."""
    first = document.sentences[0] if document.sentences else None
    if first is None or len(first.text) > _HEADING or not first.text.rstrip().endswith(_DASHES):
        return 0
    return first.end


def with_places(events: list[Event], stage: Stage | None = None) -> list[Event]:
    """An event without a place of its own is placed where the events told beside it are, and says so; where none is
    told in the country that the article plays in, that country is its place.

    A text goes on where it was: what is told before counts as nearer than what is told after.
    """
    land = stage.country if stage is not None else None
    told = [event if event.place is None or stage is None else
            event.model_copy(update={"place": stage.located(event.place)}) for event in events]
    known = [(e.reports[0].sentence.start, e.place) for e in told if e.place is not None
             and e.place.precision != "country" and (land is None or e.place.country in (None, land))]
    names = Counter(place.name for _, place in known)
    return [event if event.place is not None else
            event.model_copy(update={"place": _lent(event, known, names, stage)}) for event in told]


def _lent(event: Event, known: Sequence[tuple[int, Place]], names: Mapping[str, int], stage: Stage | None
          ) -> Place | None:
    """The place told nearest, as that of an event that names none; else the article's country."""
    if not known:
        return stage.place(" ".join(report.sentence.text for report in event.reports)) if stage is not None else None
    here = event.reports[0].sentence.start
    _, place = min(known, key=lambda k: (k[1].country is None, _gap(k[0], here), -names[k[1].name], k[0]))
    return place.model_copy(update={
        "start": None, "end": None, "text": "", "reason": f"place of the event told nearest to it: {place.name}",
        "rules": (*place.rules, "events/nearest-place")})


def _gap(told: int, here: int) -> tuple[bool, int]:
    """How far a sentence is from the one at `here`, in characters; all that stands behind it is farther."""
    return told > here, abs(here - told)
