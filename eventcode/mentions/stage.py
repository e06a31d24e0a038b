"""Where an article plays: the country that its dateline, the places it names and its parties point to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from eventcode.countries import by_iso3
from eventcode.document import Document
from eventcode.mentions.actors import ActorMention
from eventcode.mentions.homes import says_whose
from eventcode.mentions.placevotes import QUARTER
from eventcode.neutral import Place

#: Rules behind what an article lends to an event whose own words do not tell it.
OF_ARTICLE = "events/article-country"
#: What a dateline weighs beside a name in the text, and the least share and number of votes that settle the country.
_DATELINE_VOTES, _SHARE, _LEAST = 3, 0.6, 1
_DASHES = ("-", "–", "—")
_HEADING = 200
_TOWNS = ("exact", "near", "district")
_HERE = re.compile(r"\b(?:this (?:city|capital|town)|(?:in|of|at|near|outside) the (?:\w+ )?capital)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Stage:
    """The country (ISO 3166 alpha-3) an article plays in, and the towns that stand for it.

    filed: the town of the dateline where that lies in the country; only: the one town that the text names there.
    """

    country: str
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
        if self.filed is not None and (self.filed.name != seat or _HERE.search(told)):
            return _without_words(self.filed, "the town that the article is filed from", "events/dateline-town")
        known = by_iso3(self.country)
        reason = f"the article is filed from {self.filed.name}" if self.filed else "the article's places and parties"
        return Place(name=known.name if known else self.country, kind="country", country=self.country,
                     precision="country", reason=reason, rules=(OF_ARTICLE,))

    @property
    def _capital(self) -> str | None:
        known = by_iso3(self.country)
        return known.capital if known else None


def _without_words(place: Place, reason: str, rule: str) -> Place:
    return place.model_copy(update={"start": None, "end": None, "text": "", "reason": reason,
                                    "rules": (*place.rules, rule)})


def stage_of(document: Document, places: Sequence[Place], actors: Mapping[int, Sequence[ActorMention]]) -> Stage | None:
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
    return Stage(best, town, next(iter(towns.values())) if len(towns) == 1 else None)


def dateline_end(document: Document) -> int:
    """Where the dateline ends that an article begins with ("BOGOTA, 9 May (EFE) --"); 0 without one."""
    first = document.sentences[0] if document.sentences else None
    if first is None or len(first.text) > _HEADING or not first.text.rstrip().endswith(_DASHES):
        return 0
    return first.end
