"""Countries that the story lends its parties: which of several actors a name means, and whose police "police" are.

Runs once the places of a document are known. What is lent carries a rule that says so, and nobody gets a country on
the strength of a guess between two.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from eventcode.document import Document, Sentence
from eventcode.mentions._actor_choice import UNSURE
from eventcode.mentions.actors import ActorFinder, ActorMention
from eventcode.neutral import Party, Place

#: Rules behind a country that the text lends.
OF_PLACE, OF_STORY = "parties/country-of-place", "parties/country-of-story"
_LENT = frozenset({OF_PLACE, OF_STORY})
_ABROAD = frozenset({"igo", "ngo", "international", "peacekeeper", "mercenary", "country"})
_NEARBY = frozenset({"in", "at", "near", "of", "from", "outside", "inside", "around", "across", "throughout", "on"})
_HERE = frozenset({"in", "at", "near", "outside", "inside", "around", "across", "throughout", "on", "of", "off"})
_OWNING = frozenset({"its", "their", "his", "her"})
_SKIPPED = frozenset({"the", "a", "an", "city", "town", "village", "district", "province", "region", "capital", "state",
                      "northern", "southern", "eastern", "western", "central", "north", "south", "east", "west", "of",
                      "northeastern", "northwestern", "southeastern", "southwestern", "downtown", "greater", "port",
                      "suburb", "area", "island", "county", "oil", "border", "nearby", "valley", "coast"})


@dataclass(frozen=True)
class _Located:
    """A place in a sentence: its tokens, its country, and whether the words say that something is there."""

    first: int
    last: int
    country: str
    here: bool


def at_home(finder: ActorFinder, document: Document, actors: Mapping[int, Sequence[ActorMention]],
            places: Mapping[int, Sequence[Place]], on: date | None) -> dict[int, list[ActorMention]]:
    """The mentions of every sentence: names of several actors chosen by the countries told of, roles at home.

    `actors` and `places` go by the index of their sentence. A role without country ("police", "villagers", "the
    junta") takes that of the place it stands beside, of the sentence's places, or of the story's, where it is one.
    """
    places = {s.index: [place for place in places.get(s.index, ()) if not _only_felt(document, place)]
              for s in document.sentences}
    told = {s.index: _told(actors[s.index], places[s.index]) for s in document.sentences}
    story = frozenset(country for countries in told.values() for country in countries)
    placed = frozenset(place.country for found in places.values() for place in found if place.country)
    found = {}
    for sentence in document.sentences:
        mentions = list(actors[sentence.index])
        if any(_unsure(mention.party) for mention in mentions) or (story and finder.may_name_more(sentence)):
            mentions = finder.find(sentence, on, None, (told[sentence.index], story))
        found[sentence.index] = _homes(sentence, mentions, places.get(sentence.index, ()), placed, story)
    return found


def _only_felt(document: Document, place: Place) -> bool:
    """'an anti-Syria journalist': what somebody is for or against says nothing of where they are."""
    if place.start is None:
        return False
    return document.article.text[max(0, place.start - 5):place.start].lower().endswith(("anti-", "pro-"))


def says_whose(party: Party) -> bool:
    """Do the party's own words say whose it is: its country, or which actor?"""
    if party.actor_id is not None:
        return True
    return party.country is not None and _LENT.isdisjoint(party.rules)


def _told(actors: Sequence[ActorMention], places: Sequence[Place]) -> frozenset[str]:
    """Countries of a sentence's places and of the parties that are no ambiguous names."""
    return frozenset([place.country for place in places if place.country]
                     + [m.party.country for m in actors if m.party.country and not _unsure(m.party)])


def _unsure(party: Party) -> bool:
    return UNSURE in party.rules


def _homes(sentence: Sentence, mentions: list[ActorMention], places: Sequence[Place], placed: frozenset[str],
           story: frozenset[str]) -> list[ActorMention]:
    if not any(_homeless(mention.party) for mention in mentions):
        return mentions
    located = [found for place in places if (found := _located(sentence, place)) is not None]
    return [_with_home(sentence, mention, located, placed, story) if _homeless(mention.party) else mention
            for mention in mentions]


def _homeless(party: Party) -> bool:
    """Is this a role within some country that its words do not name?"""
    known = party.country is not None or (party.actor_id is not None) or party.sector is None
    return not known and _ABROAD.isdisjoint(party.traits)


def _located(sentence: Sentence, place: Place) -> _Located | None:
    if place.country is None or place.start is None or place.end is None:
        return None
    tokens = [t.i for t in sentence.tokens if t.start < place.end and place.start < t.end]
    if not tokens:
        return None
    k = tokens[0] - 1
    while k >= 0 and sentence.tokens[k].lower in _SKIPPED and sentence.tokens[k].lower != "of":
        k -= 1
    return _Located(tokens[0], tokens[-1], place.country, k >= 0 and sentence.tokens[k].lower in _HERE)


def _with_home(sentence: Sentence, mention: ActorMention, located: Sequence[_Located], placed: frozenset[str],
               story: frozenset[str]) -> ActorMention:
    beside = _beside(sentence, mention, located)
    if beside is None and sentence.tokens[mention.first - 1].lower in _OWNING and mention.first:
        return mention  # "its troops": whose they are is told, only not here
    here = {place.country for place in located if place.here}
    every = {place.country for place in located}
    state = "state" in mention.party.traits
    if beside is not None:
        country, rule = beside, OF_PLACE
    elif len(here) == 1 and _sure(mention.party, every, story):
        country, rule = next(iter(here)), OF_PLACE
    elif len(story if state else placed) == 1 and len(placed) == 1 and (every == here if state else every <= placed):
        country, rule = next(iter(placed)), OF_STORY
    else:
        return mention
    update: dict[str, Any] = {"country": country, "rules": (*mention.party.rules, rule)}
    return replace(mention, party=mention.party.model_copy(update=update))


def _sure(party: Party, placed: frozenset[str] | set[str], story: frozenset[str]) -> bool:
    """Are those who are at a place its own? Civilians are; the state's are where the sentence has no other country,
    its soldiers where the story has none."""
    if "military" in party.traits:
        return len(story) == 1
    return len(placed) == 1 or "state" not in party.traits


def _beside(sentence: Sentence, mention: ActorMention, located: Sequence[_Located]) -> str | None:
    """The country of the place right behind a role ("the junta in Conakry"), within its words, or owning it."""
    tokens = sentence.tokens
    for place in located:
        if mention.first <= place.first <= mention.last:
            return place.country
        between = [token.lower for token in tokens[mention.last + 1:place.first]]
        if place.first > mention.last and between and between[0] in _NEARBY and _SKIPPED.issuperset(between[1:]):
            return place.country
        owning = [token.lower for token in tokens[place.last + 1:mention.first]]
        if owning[:1] in (["'s"], ["’s"], ["'"]) and len(owning) <= 2:
            return place.country
    return None
