"""May any act of a text be told as its lexicon entry asks, going by who is named at all? A no spares the rest.

Most words for acts of general news ("beat", "seized", "fighting") need sides that the text has not: soldiers, a state.
A no is certain, whatever dates, places and coreference will tell; what a party may be is therefore taken widely.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cached_property

from eventcode.document import Document, Sentence
from eventcode.lexicon import Needs
from eventcode.mentions._actor_choice import UNSURE
from eventcode.mentions.actions import HARM, ActionFinder, Trigger
from eventcode.mentions.actors import ActorFinder, ActorMention
from eventcode.mentions.arms import ARMED, ArmsFinder
from eventcode.mentions.kinds import ANYBODY, BEARERS, NamedKinds
from eventcode.mentions.memory import PRONOUNS, SPEAKING
from eventcode.mentions.weapons import WeaponFinder

#: Words that point to parties of other sentences.
_POINTING = PRONOUNS | SPEAKING | {"sides"}


class Prospects:
    """Looks through the words of a document before it is parsed, and through its triggers before its parties, places,
    dates and counts are put together."""

    def __init__(self, actions: ActionFinder, actors: ActorFinder, weapons: WeaponFinder,
                 arms: ArmsFinder) -> None:
        self._actions, self._actors, self._weapons, self._arms = actions, actors, weapons, arms

    @cached_property
    def _named(self) -> NamedKinds:
        actions = self._actions
        return NamedKinds(actions.kinds, self._actors.tables, self._weapons.first_words, actions.domains)

    def any_worded(self, document: Document, actions: Collection[str]) -> bool:
        """May one of these actions be told, going by bare words alone?"""
        fitting = [company for sentence in document.sentences for company in self._actions.fitting(sentence)]
        worded = {company.action for company in fitting if company.action in actions}
        if not worded or (worded == {"die"} and not self._has_arms(document)):
            return False
        told = [company.sides for company in fitting if company.hurts or company.action in actions]
        if not all(told):
            return True
        named = self._named.named_in(document.reading, any(s.text.isupper() or s.text.islower()
                                                           for s in document.sentences))
        return any(all(side & named for side in sides) for sides in told)

    def _has_arms(self, document: Document) -> bool:
        """Does a text in which people only die tell of arms, or of whoever may bear them?"""
        if not self._arms.is_meant(document.reading):
            return False
        return bool(self._arms.weapons(document)) or self._arms.has_bearers(document.reading) or bool(
            self._named.named_in(document.reading) & self._actions.kinds.bits(ARMED))

    def any(self, document: Document, triggers: Mapping[int, Sequence[Trigger]],
            actors: Mapping[int, Sequence[ActorMention]], actions: Collection[str]) -> bool:
        """May one of these actions be told? `triggers` and `actors` go by the index of their sentence."""
        named = [mention for mentions in actors.values() for mention in mentions]
        if any(UNSURE in mention.party.rules for mention in named):
            return True
        everybody = _kinds(named)
        for index, taken in triggers.items():
            sentence = document.sentences[index]
            told = [t.entry.needs for t in taken if t.entry.action in actions or t.entry.action in HARM
                    or t.entry.counts]
            kinds = everybody if told and _points(sentence, actors[index]) else _kinds(actors[index])
            if any(self._may_be_met(needs, sentence, kinds) for needs in told):
                return True
        return any(self._actors.may_name_more(sentence) for sentence in document.sentences)

    def _may_be_met(self, needs: Needs, sentence: Sentence, kinds: Collection[str]) -> bool:
        return all(any(self._may_be(kind, sentence, kinds) for kind in wanted)
                   for wanted in (needs.source, needs.target, needs.either) if wanted)

    def _may_be(self, kind: str, sentence: Sentence, kinds: Collection[str]) -> bool:
        if kind.startswith("@"):
            return not self._actions.domains[kind].isdisjoint(sentence.vocabulary)
        return kind in ANYBODY or kind in kinds or (kind in BEARERS and bool(self._weapons.find(sentence)))


def _kinds(mentions: Sequence[ActorMention]) -> frozenset[str]:
    """What these parties are, and whoever is named within their words."""
    return frozenset(trait for m in mentions for party in (m.party, *m.names) for trait in party.traits)


def _points(sentence: Sentence, mentions: Sequence[ActorMention]) -> bool:
    """Has the sentence words that may mean somebody named in another: a pronoun, "the group", "members of the sect"?"""
    definite = any(m.anaphor or (m.party.actor_id is None and "of" in m.party.text.lower()) for m in mentions)
    return definite or not _POINTING.isdisjoint(sentence.vocabulary)
