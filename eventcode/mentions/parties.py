"""From a role's head word to its parties: noun phrases, coordination, apposition, 'members of', and coreference."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from typing import Any

from eventcode.document import Document, Sentence
from eventcode.mentions import readings
from eventcode.mentions.actors import ActorMention
from eventcode.mentions.homes import OF_PLACE, OF_STORY
from eventcode.mentions.memory import PERSONAL, PRONOUNS, SPEAKING, Memory
from eventcode.mentions.readings import distinct, may_have, named_as, pointing, same_object, who_live_there
from eventcode.mentions.slots import conjuncts, prepositional
from eventcode.neutral import Count, DateMention, Party, Place, Trait

#: Nouns that stand for what follows 'of': a dozen of, members of, a convoy of.
CONTAINERS = frozenset({
    "member", "members", "number", "numbers", "group", "groups", "dozen", "dozens", "score", "scores",
    "hundred", "hundreds", "thousand", "thousands", "ten", "tens", "crowd", "crowds", "convoy", "handful",
    "majority", "part", "parts", "lot", "lots", "couple", "pair", "series", "unit", "units", "remains",
    "affiliate", "affiliates", "branch", "wing", "offshoot", "arm", "chapter", "cell", "cells",
    "body", "bodies", "leader", "leaders", "relatives", "families", "lives", "life", "death", "deaths",
    "arrest", "position", "positions", "one", "some", "many", "most", "several", "all", "both", "half", "rest"})
_NAMING = frozenset({"known", "called", "named", "dubbed", "styled"})
_TWO = frozenset({"two", "both", "warring", "rival", "opposing"})
_NUMBERS = frozenset({"dozens", "scores", "hundreds", "thousands", "tens", "millions", "many", "several",
                      "some", "others", "one", "two", "three"})
#: 'members of the group': the group is the one named before.
_OF_THE_GROUP = re.compile(
    r"\bof (?:the|this|that) (?:\w+ )?(?:group|movement|organi[sz]ation|militia|network|faction|outfit)$", re.I)
_ALLIANCES = ("coalition", "alliance", "bloc")
_INCLUDING = ("including", "notably")
_LISTED = ("npadvmod", "apposition", "compound")
_SOME_PERSON = frozenset({"someone", "somebody"})
_RELATIVE = frozenset({"who", "whom", "which", "that", "whose"})
_MODIFIERS = ("compound", "adjective", "possessive")
_CORE = (*_MODIFIERS, "number", "punct", "case", "npadvmod", "quantmod", "adverb")


class PartyReader:
    """The parties of one sentence: given a head token, who is meant."""

    def __init__(
        self,
        document: Document,
        sentence: Sentence,
        mentions: Sequence[ActorMention],
        counts: Sequence[Count],
        dates: Sequence[DateMention],
        places: Sequence[Place],
        memory: Memory,
    ) -> None:
        self.document, self.sentence, self.memory = document, sentence, memory
        self._mention_at = {i: m for m in mentions for i in range(m.first, m.last + 1)}
        self._counts = counts
        self._date_spans = [(d.start, d.end) for d in dates]
        self._place_spans = [(p.start, p.end) for p in places if p.start is not None]
        self._noted: set[int] = set()
        #: Whom possessive pronouns mean, by their token.
        self._owners: dict[int, Party | None] = {}
        #: Keys of parties that a pronoun cannot mean now: those that fill the other role of the same act.
        self.not_meant: Collection[str] = ()
        #: Who speaks (head token, keys): "it said the fighters had fled" means others by "the fighters".
        self.speakers: tuple[int, Collection[str]] | None = None
        self._read: dict[tuple[Any, ...], tuple[Party, ...]] = {}

    def parties(self, head: int, share: bool = False) -> tuple[Party, ...]:
        """The parties that a role's head word stands for: itself, what it is coordinated with, and so on.

        With `share`, a noun that is no party lends its modifier's ("ISIS enclaves" are ISIS). Many entries ask it of a
        word: it is read anew only where more is remembered, or others speak or fill the other role.
        """
        speakers = None if self.speakers is None else (self.speakers[0], frozenset(self.speakers[1]))
        asked = (head, share, speakers, frozenset(self.not_meant), len(self.memory.seen))
        if asked not in self._read:
            self._read[asked] = self._parties(head, share)
        return self._read[asked]

    def _parties(self, head: int, share: bool) -> tuple[Party, ...]:
        head = self._resolve_relative(head)
        if self.memory.sides and self._is_both_sides(head):
            return self.memory.sides
        found: list[Party] = self._listed_before(head)
        for j in conjuncts(self.sentence, head):
            found += [*self._coordinated_modifiers(j)]
            members = self._named_members(j)
            party = None if members else self.party(j, share)
            found += members
            if party is not None:
                found += [party, *self._of_others(j, party), *self._more_within(j, share)]
        return distinct([*found, *self._listed_behind(head)])

    def _named_members(self, head: int) -> list[Party]:
        """'Arab states including Jordan and Kuwait': those that are named."""
        if self.sentence.vocabulary.isdisjoint(_INCLUDING):
            return []
        named = [k for word in _INCLUDING for j in prepositional(self.sentence, head, word)
                 for k in conjuncts(self.sentence, j) if k in self._mention_at]
        parties = [self._from_mention(self._mention_at[k], k) for k in named]
        return [party for party in parties if "country" in party.traits or party.actor_id]

    def _more_within(self, head: int, share: bool) -> list[Party]:
        """'scores of Kenyan and Ugandan refugees': a number of each."""
        if head in self._mention_at or self.sentence.tokens[head].lower not in CONTAINERS:
            return []
        within = [k for j in prepositional(self.sentence, head, "of") for k in conjuncts(self.sentence, j) if k != j]
        return [party for k in within if (party := self.party(k, share)) is not None]

    def _of_others(self, head: int, first: Party) -> list[Party]:
        """'the ministers of Iran and Armenia' are two parties: the same role of another country."""
        token = self.sentence.tokens[head]
        several = token.tag.endswith("S") or token.lower in _ALLIANCES
        if not several or first.country is None or head not in self._mention_at:
            return []
        own = self._mention_at[head]
        others = [self._mention_at.get(k) for j in prepositional(self.sentence, head, "of")
                  for k in conjuncts(self.sentence, j) if k > own.last]
        return [m.party.model_copy(update={"sector": first.sector, "traits": first.traits})
                for m in others if m is not None and m.party.country
                and ("country" in m.party.traits or "armed" not in m.party.traits)]

    def _listed_before(self, head: int) -> list[Party]:
        """'US, Russia sign arms deal': a headline puts a comma for its "and"."""
        tokens = self.sentence.tokens
        listed = head >= 2 and tokens[head].dep == "subject" and tokens[head - 1].text == ","
        mention = self._mention_at.get(head - 2) if listed and tokens[head - 2].dep in _LISTED else None
        return [self._from_mention(mention, mention.head)] if mention is not None and mention.first == 0 else []

    def _listed_behind(self, head: int) -> list[Party]:
        """The second of these two names where the parser took it for another name of the first."""
        tokens, mention = self.sentence.tokens, self._mention_at.get(head)
        if mention is None or mention.first > 0 or tokens[head].dep != "subject":
            return []
        comma, second = mention.last + 1, self._mention_at.get(mention.last + 2)
        if second is None or tokens[comma].text != "," or tokens[second.head].dep != "apposition":
            return []
        verb = second.last + 1 == tokens[head].head and second.party.country != mention.party.country
        return [self._from_mention(second, second.head)] if verb else []

    def _is_both_sides(self, head: int) -> bool:
        """'the two sides', 'both sides': the parties that the text told against each other before."""
        return self.sentence.tokens[head].lower == "sides" and any(
            self.sentence.tokens[c].lower in _TWO for c in self.sentence.children(head)
        )

    def note_all(self) -> None:
        """Remember the sentence's other parties too: 'the group' may point to one without a role."""
        for mention in {id(m): m for m in self._mention_at.values()}.values():
            if not mention.anaphor and mention.head not in self._noted:
                self.memory.note(mention.party, mention.plural, self.sentence.index, self._is_subject(mention))

    def is_place(self, head: int) -> bool:
        """Is this word (part of) a place name, or a noun that a place name modifies?"""
        near = [head, *self._children(head, "compound")] if self._place_spans else []
        return any(self._within(j, self._place_spans) for j in near)

    def is_inside_place(self, i: int) -> bool:
        """Is this very word part of a place name?"""
        return self._within(i, self._place_spans)

    def is_date(self, head: int) -> bool:
        """Is this word part of a date?"""
        return self._within(head, self._date_spans)

    def mention(self, i: int) -> ActorMention | None:
        """The actor mention that covers token i."""
        return self._mention_at.get(i)

    def _within(self, i: int, spans: Sequence[tuple[int | None, int | None]]) -> bool:
        at = self.sentence.tokens[i].start if spans else 0
        return any(start is not None and end is not None and start <= at < end for start, end in spans)

    def _children(self, i: int, *relations: str) -> list[int]:
        return [c for c in self.sentence.children(i) if self.sentence.tokens[c].dep in relations]

    def _resolve_relative(self, i: int) -> int:
        """'who' and 'which' stand for the noun that their clause hangs on."""
        if self.sentence.tokens[i].lower not in _RELATIVE:
            return i
        for above in self.sentence.ancestors(i):
            if self.sentence.tokens[above].dep == "relative":
                return self.sentence.tokens[above].head
        return i

    def _coordinated_modifiers(self, head: int) -> list[Party]:
        """'the Taliban and local government forces': the first is no modifier of the forces but a party beside them."""
        found: list[Party] = []
        own = self._mention_at.get(head)
        for c in self._children(head, *_MODIFIERS):
            mention = self._mention_at.get(c)
            if mention is None or mention is own or not self._children(c, "coordinator"):
                continue
            found.append(self._with_size(mention.party, c))
        return found

    def party(self, i: int, share: bool = False, depth: int = 0) -> Party | None:
        """The party that the noun phrase headed by token i names, or None."""
        if self.is_date(i) or depth > 4:
            return None
        token = self.sentence.tokens[i]
        mention = self._mention_at.get(i)
        if mention is not None:
            return self._from_mention(mention, i)
        if token.lower in _SOME_PERSON or (token.lower == "those" and self._children(i, "relative")):
            return self._person(i, "civilian" if token.dep in ("object", "prep_object") else "unidentified")
        if token.pos == "PRON" or token.tag == "PRP$":
            return self._from_pronoun(i)
        if token.pos in ("ADP", "VERB", "AUX", "PART", "X") and token.tag != "VBG":
            return None
        inner = self._inside(i, share, depth)
        return inner if inner is not None else self._plain(i)

    def _from_mention(self, mention: ActorMention, i: int) -> Party:
        party = self._with_size(self._owned(self._known_as(mention), mention), mention.head)
        if party.actor_id is None and (mention.anaphor or _OF_THE_GROUP.search(party.text)):
            earlier = self.memory.named(party, self.sentence.index, self._quoted_by_others(mention))
            if earlier is not None:
                self._note(earlier, mention)
                return self._with_size(pointing(party, earlier, "coreference/definite-noun"), i)
        self._note(party, mention)
        return party

    def _note(self, party: Party, mention: ActorMention) -> None:
        """Remember once that this sentence names the party, or points to it."""
        if mention.head not in self._noted:
            self._noted.add(mention.head)
            self.memory.note(party, mention.plural, self.sentence.index, self._is_subject(mention))

    def _quoted_by_others(self, mention: ActorMention) -> Collection[str]:
        if self.speakers is None or mention.first <= self.speakers[0] <= mention.last:
            return ()
        if self.sentence.tokens[self.speakers[0]].lower == self.sentence.tokens[mention.head].lower:
            return ()  # "the rebel group overran a post, the group said"
        return self.speakers[1]

    def _is_subject(self, mention: ActorMention) -> bool:
        if not self.sentence.parsed:  # then what it opens with
            return mention.first <= 1
        return any(
            self.sentence.tokens[j].dep in ("subject", "subject_passive")
            for j in range(mention.first, mention.last + 1)
        )

    def _known_as(self, mention: ActorMention) -> Party:
        """'the terror group known as X', 'a militia called X': the name says who is meant."""
        party = mention.party
        if party.actor_id is not None:
            return party
        for i in range(mention.first, mention.last + 1):
            for c in self._children(i, "participle_clause", "apposition"):
                naming = self.sentence.tokens[c].lower in _NAMING
                for j in range(c, min(c + 4, len(self.sentence.tokens))) if naming else [c]:
                    named = self._mention_at.get(j)
                    if (
                        named is not None
                        and named is not mention
                        and named.party.actor_id
                        and "country" not in named.party.traits
                    ):
                        return named_as(party, named.party)
        return party

    def _owned(self, party: Party, mention: ActorMention) -> Party:
        """'Niger's army said its forces ...', 'the group said its fighters ...': whose they are says "its"."""
        owning = [c for c in self._children(mention.head, "possessive") if self.sentence.tokens[c].tag == "PRP$"]
        if not owning or party.actor_id or (party.country and {OF_PLACE, OF_STORY}.isdisjoint(party.rules)):
            return party
        if owning[0] not in self._owners:
            self._owners[owning[0]] = None  # meanwhile: whoever it is, it is not what it owns
            self._owners[owning[0]] = self._from_pronoun(owning[0], lambda owner: may_have(owner, party))
        owner = self._owners[owning[0]]
        if owner is None or owner.country is None:
            return party
        rules = (*(rule for rule in party.rules if rule not in (OF_PLACE, OF_STORY)), "coreference/possessive")
        both_armed = "armed" in party.traits and "armed" in owner.traits
        if both_armed and owner.actor_id is not None and "person" not in owner.traits:
            return named_as(party, owner).model_copy(update={"rules": rules})
        return party.model_copy(update={"country": owner.country, "rules": rules})

    def _note_before(self, i: int) -> None:
        """Parties named earlier in this sentence can be what a pronoun points to: 'Japan said it had halted'."""
        for mention in sorted(
            {m.head: m for m in self._mention_at.values() if m.last < i}.values(), key=lambda m: m.first
        ):
            self._from_mention(mention, mention.head)

    def _from_pronoun(self, i: int, fits: Callable[[Party], bool] | None = None) -> Party | None:
        """Who the pronoun means, of those that `fits` allows."""
        token = self.sentence.tokens[i]
        if token.lower in SPEAKING:
            return self._the_speaker(i)
        if token.lower not in PRONOUNS:
            return None
        self._note_before(i)
        earlier = same_object(self.sentence, i, self._mention_at) or self.memory.meant(
            token.lower, self.sentence.index, token.start, self.not_meant, fits)
        if earlier is None:
            return self._somebody(i)
        words = {"start": token.start, "end": token.end, "text": self.document.words(token.start, token.end)}
        here = earlier.model_copy(update={**words, "size": None})
        return pointing(here, earlier, "coreference/pronoun")

    def _the_speaker(self, i: int) -> Party | None:
        """'"We will not talk," the general said': the speaker, or whoever they speak for."""
        head = None if self.speakers is None else self.speakers[0]
        if head is None or self.sentence.tokens[head].lower in SPEAKING:
            return None
        told, token = self.party(head), self.sentence.tokens[i]
        if told is None or told.key in self.not_meant:
            return None
        here = told.model_copy(update={"start": token.start, "end": token.end, "size": None,
                                       "text": self.document.words(token.start, token.end)})
        return pointing(here, told, "coreference/speaker")

    def _somebody(self, i: int) -> Party | None:
        """'killed her': a person whom the text has not named, or named in words that no table knows."""
        token = self.sentence.tokens[i]
        return self._person(i) if token.lower in PERSONAL and token.dep in ("object", "subject_passive") else None

    def _person(self, i: int, *told: Trait) -> Party:
        """Somebody of whom the words say no more than that: 'someone', 'those who'."""
        token = self.sentence.tokens[i]
        return Party(start=token.start, end=token.end, text=self.document.words(token.start, token.end),
                     traits=("person", *told), rules=("parties/pronoun",))

    def _inside(self, i: int, share: bool, depth: int) -> Party | None:
        """A party inside the phrase: 'dozens of rebels', 'a politician, Ahmed Khan', 'the rebels' positions'."""
        token = self.sentence.tokens[i]
        if token.lower in CONTAINERS or token.pos in ("NUM", "DET", "ADJ"):
            for j in prepositional(self.sentence, i, "of"):
                return self._with_size(found, i) if (found := self.party(j, share, depth + 1)) else None
            known = self._children(i, "participle_clause")
            for j in (j for k in known for j in prepositional(self.sentence, k, "as")):
                return self.party(j, share, depth + 1)
        for j in self._children(i, "apposition"):
            if j in self._mention_at:
                return self._named_by_apposition(i, j)
        if not share:
            return None
        for j in self._children(i, *_MODIFIERS):
            if j in self._mention_at or self.sentence.tokens[j].tag == "PRP$":
                found = self.party(j, False, depth + 1)
                return who_live_there(found) if found is not None and token.lower in readings.DWELLINGS else found
        bound = ("of", "for") if token.lower in readings.HOMES else ("of",)
        for j in (j for preposition in bound for j in prepositional(self.sentence, i, preposition)):
            if j in self._mention_at:
                return self.party(j, False, depth + 1)
        return None

    def _named_by_apposition(self, i: int, j: int) -> Party | None:
        """'Ahmed Khan, a rebel commander': the words of the name, what the apposition says of it."""
        told = self._mention_at[j].party
        start, end = self._core(i)
        words = {"start": start, "end": end, "text": self.document.words(start, end)}
        return told.model_copy(update={**words, "rules": (*told.rules, "parties/apposition")})

    def _plain(self, i: int) -> Party | None:
        """A party that no table knows: its words only."""
        token = self.sentence.tokens[i]
        if i and token.lower in readings.SUFFERERS and self.sentence.tokens[i - 1].lower == "the":
            return Party(start=token.start, end=token.end, text=self.document.words(token.start, token.end),
                         sector="CVL", traits=("civilian", "person"), rules=("parties/sufferers",))
        if token.pos not in ("NOUN", "PROPN", "NUM", "ADJ"):
            return None
        start, end = self._core(i)
        counted = token.pos == "NUM" or token.lower in _NUMBERS
        traits: tuple[Trait, ...] = ("person",) if counted or (token.pos == "PROPN" and not self.is_place(i)) else ()
        text = self.document.words(start, end)
        return self._with_size(Party(start=start, end=end, text=text, traits=traits, rules=("parties/words",)), i)

    def _core(self, i: int) -> tuple[int, int]:
        """The noun with its modifiers to the left, without determiner."""
        first = i
        while first > 0:
            before = self.sentence.tokens[first - 1]
            if (
                before.dep not in _CORE
                or (before.dep == "punct" and before.text not in "-'’")
                or before.head < first - 1
            ):
                break
            first -= 1
        return self.sentence.span(first, i)

    def _with_size(self, party: Party, i: int) -> Party:
        """The party with the count that stands on its noun."""
        count = self.count_at(i) or next(
            (c for c in self._counts if c.start <= party.start and party.end <= c.end), None
        )
        if count is None or party.size is not None:
            return party
        return party.model_copy(update={"size": count.model_copy(update={"party": None})})

    def count_at(self, i: int) -> Count | None:
        """The count whose words cover token i."""
        token = self.sentence.tokens[i]
        return next((c for c in self._counts if c.start <= token.start and token.end <= c.end), None)
