"""From a role's head word to its parties: noun phrases, coordination, apposition, 'members of', and coreference."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from eventcode.document import Document, Sentence
from eventcode.mentions.actors import ActorMention
from eventcode.mentions.memory import PERSONAL, PRONOUNS, SPEAKING, Memory
from eventcode.mentions.slots import conjuncts, prepositional
from eventcode.neutral import Count, DateMention, Party, Place, Span, Trait

#: Nouns that stand for what follows 'of': a dozen of, members of, a convoy of.
_CONTAINERS = frozenset({
    "member", "members", "number", "numbers", "group", "groups", "dozen", "dozens", "score", "scores",
    "hundred", "hundreds", "thousand", "thousands", "ten", "tens", "crowd", "crowds", "convoy", "handful",
    "majority", "part", "parts", "lot", "lots", "couple", "pair", "series", "unit", "units", "remains",
    "body", "bodies", "leader", "leaders", "relatives", "families", "lives", "life", "death", "deaths",
    "arrest", "position", "positions", "one", "some", "many", "most", "several", "all", "both", "half", "rest"})
#: Places that are for those who live there: 'a camp for refugees was shelled'.
_HOMES = frozenset({"camp", "camps", "shelter", "shelters", "hostel", "orphanage", "school", "hospital", "village"})
#: Places whose people are meant where they are only told to be a country's: 'shelled Kenyan villages'.
_DWELLINGS = frozenset({"town", "towns", "village", "villages", "city", "cities", "neighborhood", "neighborhoods",
                        "neighbourhood", "neighbourhoods", "homes", "houses", "hamlet", "hamlets"})
#: Adjectives that stand for people: 'evacuated the wounded'.
_SUFFERERS = frozenset({"wounded", "injured", "sick", "homeless", "needy", "poor", "hungry", "starving", "trapped"})
_NAMING = frozenset({"known", "called", "named", "dubbed", "styled"})
_TWO = frozenset({"two", "both", "warring", "rival", "opposing"})
_NUMBERS = frozenset({
    "dozens", "scores", "hundreds", "thousands", "tens", "millions", "many", "several",
    "some", "others", "one", "two", "three"})
#: 'members of the group': the group is the one named before.
_OF_THE_GROUP = re.compile(
    r"\bof (?:the|this|that) (?:\w+ )?(?:group|movement|organi[sz]ation|militia|network|faction|outfit)$", re.I
)
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
        #: Keys of parties that a pronoun cannot mean now: those that fill the other role of the same act.
        self.not_meant: Collection[str] = ()
        #: Who speaks (head token, keys): "it said the fighters had fled" means others by "the fighters".
        self.speakers: tuple[int, Collection[str]] | None = None

    def parties(self, head: int, share: bool = False) -> tuple[Party, ...]:
        """The parties that a role's head word stands for: itself, what it is coordinated with, and so on.

        With `share`, a noun that is no party lends its modifier's ("ISIS enclaves" are ISIS).
        """
        head = self._resolve_relative(head)
        if self.memory.sides and self._is_both_sides(head):
            return self.memory.sides
        found: list[Party] = self._listed_before(head)
        for j in conjuncts(self.sentence, head):
            found += [*self._coordinated_modifiers(j)]
            party = self.party(j, share)
            if party is not None:
                found += [party, *self._of_others(j, party), *self._more_within(j, share)]
        return _distinct(found)

    def _more_within(self, head: int, share: bool) -> list[Party]:
        """'scores of Kenyan and Ugandan refugees': a number of each."""
        if head in self._mention_at or self.sentence.tokens[head].lower not in _CONTAINERS:
            return []
        within = [k for j in prepositional(self.sentence, head, "of") for k in conjuncts(self.sentence, j) if k != j]
        return [party for k in within if (party := self.party(k, share)) is not None]

    def _of_others(self, head: int, first: Party) -> list[Party]:
        """'the ministers of Iran and Armenia' are two parties: the same role of another country."""
        if not self.sentence.tokens[head].tag.endswith("S") or first.country is None or head not in self._mention_at:
            return []
        own = self._mention_at[head]
        others = [self._mention_at.get(k) for j in prepositional(self.sentence, head, "of")
                  for k in conjuncts(self.sentence, j) if k > own.last]
        return [m.party.model_copy(update={"sector": first.sector, "traits": first.traits})
                for m in others if m is not None and m.party.country]

    def _listed_before(self, head: int) -> list[Party]:
        """'US, Russia sign arms deal': a headline puts a comma for its "and"."""
        tokens = self.sentence.tokens
        listed = head >= 2 and tokens[head].dep == "subject" and tokens[head - 1].text == ","
        mention = self._mention_at.get(head - 2) if listed and tokens[head - 2].dep == "npadvmod" else None
        return [self._from_mention(mention, mention.head)] if mention is not None and mention.first == 0 else []

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
        return any(self._within(j, self._place_spans) for j in [head, *self._children(head, "compound")])

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
        token = self.sentence.tokens[i]
        return any(start is not None and end is not None and start <= token.start < end for start, end in spans)

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
        if token.pos == "PRON" or token.tag == "PRP$":
            return self._from_pronoun(i)
        if token.pos in ("ADP", "VERB", "AUX", "PART", "X") and token.tag != "VBG":
            return None
        inner = self._inside(i, share, depth)
        return inner if inner is not None else self._plain(i)

    def _from_mention(self, mention: ActorMention, i: int) -> Party:
        party = self._with_size(self._known_as(mention), mention.head)
        if party.actor_id is None and (mention.anaphor or _OF_THE_GROUP.search(party.text)):
            earlier = self.memory.named(party, self.sentence.index, self._quoted_by_others(mention))
            if earlier is not None:
                return self._with_size(_pointing(party, earlier, "coreference/definite-noun"), i)
        if mention.head not in self._noted:
            self._noted.add(mention.head)
            self.memory.note(party, mention.plural, self.sentence.index, self._is_subject(mention))
        return party

    def _quoted_by_others(self, mention: ActorMention) -> Collection[str]:
        if self.speakers is None or mention.first <= self.speakers[0] <= mention.last:
            return ()
        return self.speakers[1]

    def _is_subject(self, mention: ActorMention) -> bool:
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
                        return _named(party, named.party)
        return party

    def _note_before(self, i: int) -> None:
        """Parties named earlier in this sentence can be what a pronoun points to: 'Japan said it had halted'."""
        for mention in sorted(
            {m.head: m for m in self._mention_at.values() if m.last < i}.values(), key=lambda m: m.first
        ):
            self._from_mention(mention, mention.head)

    def _from_pronoun(self, i: int) -> Party | None:
        token = self.sentence.tokens[i]
        if token.lower in SPEAKING:
            return self._the_speaker(i)
        if token.lower not in PRONOUNS:
            return None
        self._note_before(i)
        earlier = self.memory.meant(token.lower, self.sentence.index, self.not_meant)
        if earlier is None:
            return self._somebody(i)
        words = {"start": token.start, "end": token.end, "text": self.document.words(token.start, token.end)}
        here = earlier.model_copy(update={**words, "size": None})
        return _pointing(here, earlier, "coreference/pronoun")

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
        return _pointing(here, told, "coreference/speaker")

    def _somebody(self, i: int) -> Party | None:
        """'killed her': a person whom the text has not named, or named in words that no table knows."""
        token = self.sentence.tokens[i]
        if token.lower not in PERSONAL or token.dep not in ("object", "subject_passive"):
            return None
        return Party(start=token.start, end=token.end, text=self.document.words(token.start, token.end),
                     traits=("person",), rules=("parties/pronoun",))

    def _inside(self, i: int, share: bool, depth: int) -> Party | None:
        """A party inside the phrase: 'dozens of rebels', 'a politician, Ahmed Khan', 'the rebels' positions'."""
        token = self.sentence.tokens[i]
        if token.lower in _CONTAINERS or token.pos in ("NUM", "DET", "ADJ"):
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
                return _who_live_there(found) if found is not None and token.lower in _DWELLINGS else found
        bound = ("of", "for") if token.lower in _HOMES else ("of",)
        for j in (j for preposition in bound for j in prepositional(self.sentence, i, preposition)):
            if j in self._mention_at:
                return self.party(j, False, depth + 1)
        return None

    def _named_by_apposition(self, i: int, j: int) -> Party | None:
        """'Ahmed Khan, a rebel commander': the words of the name, what the apposition says of it."""
        told = self._mention_at[j].party
        start, end = self._core(i)
        return told.model_copy(
            update={
                "start": start,
                "end": end,
                "text": self.document.words(start, end),
                "rules": (*told.rules, "parties/apposition"),
            }
        )

    def _plain(self, i: int) -> Party | None:
        """A party that no table knows: its words only."""
        token = self.sentence.tokens[i]
        if i and token.lower in _SUFFERERS and self.sentence.tokens[i - 1].lower == "the":
            return Party(start=token.start, end=token.end, text=self.document.words(token.start, token.end),
                         sector="CVL", traits=("civilian", "person"), rules=("parties/sufferers",))
        if token.pos not in ("NOUN", "PROPN", "NUM", "ADJ"):
            return None
        start, end = self._core(i)
        counted = token.pos == "NUM" or token.lower in _NUMBERS
        traits: tuple[Trait, ...] = ("person",) if counted or (token.pos == "PROPN" and not self.is_place(i)) else ()
        made = Party(
            start=start, end=end, text=self.document.words(start, end), traits=traits, rules=("parties/words",)
        )
        return self._with_size(made, i)

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
        return party if count is None or party.size is not None else party.model_copy(update={"size": count})

    def count_at(self, i: int) -> Count | None:
        """The count whose words cover token i."""
        token = self.sentence.tokens[i]
        return next((c for c in self._counts if c.start <= token.start and token.end <= c.end), None)


def _who_live_there(party: Party) -> Party:
    """The people of a country; an actor that has a name stays who it is."""
    if party.actor_id is not None or party.sector is not None or "country" not in party.traits:
        return party
    return party.model_copy(update={"sector": "CVL", "traits": ("civilian", "country", "group"),
                                    "rules": (*party.rules, "parties/dwelling")})


def only_things(parties: Sequence[Party]) -> bool:
    """Are these nothing but words that name nobody?"""
    return all(party.rules == ("parties/words",) and not party.traits for party in parties)


def _named(party: Party, name: Party) -> Party:
    """The words of a description with the identity of the name that goes with it."""
    return party.model_copy(
        update={
            "actor_id": name.actor_id,
            "name": name.name,
            "country": name.country or party.country,
            "sector": name.sector or party.sector,
            "traits": tuple(sorted({*party.traits, *name.traits})),
            "rules": (*party.rules, *name.rules, "parties/known-as"),
        }
    )


def _pointing(here: Party, earlier: Party, rule: str) -> Party:
    """The words `here`, resolved to the party named earlier."""
    return earlier.model_copy(
        update={
            "start": here.start,
            "end": here.end,
            "text": here.text,
            "size": here.size,
            "rules": (*earlier.rules, rule),
            "refers_to": Span(start=earlier.start, end=earlier.end, text=earlier.text),
        }
    )


def _distinct(parties: Sequence[Party]) -> tuple[Party, ...]:
    """Each party once, the first mention kept."""
    found: dict[tuple[str, int], Party] = {}
    for party in parties:
        found.setdefault((party.actor_id or party.text.casefold(), party.start if party.actor_id is None else 0), party)
    return tuple(found.values())
