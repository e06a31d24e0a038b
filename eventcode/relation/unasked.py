"""What the subject of a sentence does to another party named beside it, where nobody has given the two.

The event mentions of a sentence may all be of acts that a dyadic codebook does not code as they stand: refused ("will
not accept refugees"), only hinted at ("may halt mediation"), asked of a third ("called for sanctions on"), told by an
idiom. With both parties named, the reading of relations has the words for them.
"""

from __future__ import annotations

from collections.abc import Iterator

from eventcode.dating import aged
from eventcode.document import Sentence
from eventcode.mentions.actors import ActorMention
from eventcode.mentions.slots import agent, is_passive, is_verb, surface_subject
from eventcode.neutral import Event, Party
from eventcode.relation.candidates import CARRIERS, FRIENDLY, TREE, Candidate
from eventcode.relation.reader import RelationReader, rank

#: Whose acts are none of what dyads of states, groups and their people are about: who reports, who trades.
_OUTSIDE = frozenset({"media", "business"})
#: What did not happen, or is over, is no relation of this article.
_TOLD = frozenset({"actual", "ongoing", "intended", "negated"})
#: Words that dyadic codebooks drop or that an event mention has whole: nothing is gained by a second look.
_WORDS = CARRIERS | {"appeal"}
#: How well a side holds its party at the least (`Candidate.source`): within the noun phrase of its role.
_IN_PHRASE = 2


class UnaskedReader(RelationReader):
    """Reads relations of parties that it finds itself."""

    def event(self, sentence: Sentence) -> Event | None:
        """The act that ties the sentence's subject to another party named in it, or None where grammar ties none."""
        actor = self._actor(sentence)
        others = list(self._others(sentence, actor)) if actor is not None else []
        if actor is None or not others:
            return None
        one = self.given(actor.party.start, actor.party.end)
        given = [self.given(m.party.start, m.party.end) for m in others]
        told = [(rank(found, one, two), n, found, two) for n, two in enumerate(given) if two.tokens != one.tokens
                for found in self.candidates(one, two) if found.tie == TREE]
        *_, found, two = min(told, key=lambda line: line[:2], default=(None, None))
        if found is None or two is None or not _is_told(found):
            return None
        event = self._event(found, one, two, ())
        done = event.reports[0].model_copy(update={"status": "actual"})
        return None if aged(done, self._reference).status == "historical" else event

    def _actor(self, sentence: Sentence) -> ActorMention | None:
        """The party named as who does what the sentence tells, or what is said in it; for a pronoun who says so."""
        mentions = self._found[sentence.index].actors
        found: ActorMention | None = None
        for verb in self._predicates(sentence) if any(_is_known(m.party) for m in mentions) else ():
            subject = agent(sentence, verb) if is_passive(sentence, verb) else surface_subject(sentence, verb)
            if subject is not None and sentence.tokens[subject].pos != "PRON":
                found = next((m for m in mentions if m.first <= subject <= m.last), None)
        return found if found is not None and _is_known(found.party) else None

    def _predicates(self, sentence: Sentence) -> Iterator[int]:
        """The main verb and, where it only says something, the verb of what is said."""
        verb = next((token.i for token in sentence.tokens if token.dep == "root" and is_verb(token)), None)
        while verb is not None:
            yield verb
            said = self._tools.status.is_speech(sentence.tokens[verb].lower)
            verb = next((c for c in sentence.children(verb) if said and sentence.tokens[c].dep == "clause"
                         and is_verb(sentence.tokens[c])), None)

    def _others(self, sentence: Sentence, actor: ActorMention) -> Iterator[ActorMention]:
        """The other parties, but for those within the actor's own noun phrase and for the actor's own country."""
        own = set(sentence.subtree(actor.head))
        for mention in self._found[sentence.index].actors:
            party = mention.party
            same = party.key == actor.party.key or ("country" in party.traits and party.country == actor.party.country)
            if mention.head not in own and not same and _is_known(party):
                yield mention


def _is_known(party: Party) -> bool:
    return bool(party.country or party.actor_id) and _OUTSIDE.isdisjoint(party.traits)


def _is_told(found: Candidate) -> bool:
    """Is it told as done, meant or refused by the source itself? Refused is only what would do good."""
    family = found.action.family
    told = found.status in _TOLD and family not in _WORDS and (found.status != "negated" or family in FRIENDLY)
    return told and found.source >= _IN_PHRASE
