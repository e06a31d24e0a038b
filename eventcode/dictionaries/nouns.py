"""Noun phrases of a sentence and the actors in them.

A phrase is a noun with what stands before it (owners included: "Gondor's government") and one prepositional phrase
("soldiers from Gondor"); coordinated phrases are one compound of several members, which share the words before the
first ("the Danish media and government").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import zip_longest

from eventcode.dictionaries.actors import MARKS, Actors, Phrase, is_null
from eventcode.dictionaries.agents import PART, Agent, Agents, compose, has_part
from eventcode.dictionaries.dates import NULL, Bounds, Default, choose
from eventcode.dictionaries.files import Place
from eventcode.dictionaries.sentence import NOUNS, Text
from eventcode.dictionaries.words import split_words

_HEADS = NOUNS | {"PRP", "CD", "JJ", "DT", "FW"}
_ROLES = frozenset({"subject", "subject_passive", "object", "indirect", "prep_object", "attribute", "conjunct",
                    "apposition", "root", "npadvmod"})
_PARTS = frozenset({"compound", "possessive", "adjective", "number", "determiner"})
_PREPOSITIONS = frozenset({"IN", "TO"})
_OF = frozenset({"OF", "FROM", "IN"})
_FORMER = frozenset({"FORMER", "EX", "ONETIME", "ERSTWHILE"})
#: The role of those who were once in office.
ELITE = "ELI"


@dataclass(frozen=True, slots=True)
class Party:
    """An actor as coded: its code, the words that gave it, and where in the dictionaries it stands."""

    code: str
    words: tuple[int, ...]
    places: tuple[Place, ...] = ()
    mark: str = ""  # TABARI's code for the whole sentence, which is then not coded

    @property
    def known(self) -> bool:
        return self.code != NULL


@dataclass(frozen=True, slots=True, eq=False)
class NounPhrase:
    """A noun phrase or compound: its words in order, and what each member is coded as (`---` for nobody known)."""

    words: tuple[int, ...]
    head: int
    parties: tuple[Party, ...]
    members: int = 1
    #: The object of its prepositional phrase as a phrase of its own ("the embassy in CAIRO"), for patterns that ask
    #: for the actor after the preposition.
    inner: NounPhrase | None = None

    def at(self, word: int) -> NounPhrase:
        """The phrase that a mark of a pattern means at this word: the inner one from its words on."""
        return self.inner if self.inner is not None and word >= self.inner.words[0] else self

    @property
    def compound(self) -> bool:
        return self.members > 1

    @property
    def coded(self) -> tuple[Party, ...]:
        """Its known actors, or nobody once."""
        return tuple(party for party in self.parties if party.known) or self.parties[:1]

    @property
    def known(self) -> bool:
        return any(party.known for party in self.parties)

    @property
    def only_agents(self) -> bool:
        """Are its parties known by what they are, but not whose (`---MIL`)?"""
        return self.known and all(party.code.startswith(NULL) for party in self.parties if party.known)

    def of(self, actors: NounPhrase) -> NounPhrase:
        """This phrase's agents as those of another phrase's actors."""
        parties = tuple(Party(_joined(actor.code, agent.code), (*agent.words, *actor.words),
                              (*actor.places, *agent.places)) for agent in self.coded for actor in actors.coded)
        return replace(self, parties=parties)

    @property
    def codes(self) -> frozenset[str]:
        return frozenset(party.code for party in self.parties if party.known)


@dataclass(frozen=True, slots=True)
class ActorReader:
    """Codes words of noun phrases. `former`: FORMER or EX- before an agent makes it the elite of once."""

    actors: Actors
    agents: Agents
    bounds: Bounds = "inclusive"
    default: Default = "last"
    former: bool = True

    def in_plain_case(self, text: str) -> str:
        """A text all in capitals with only its actors capitalized, of the same length; another as it is."""
        lower = text.lower()
        if not text.isupper() or len(lower) != len(text):
            return text
        pieces = list(split_words(text))
        words = [word for word, _, _ in pieces]
        letters = list(lower)
        if pieces:
            letters[pieces[0][1]] = text[pieces[0][1]]
        for at in range(len(words)):
            found = self.actors.at(words, at)
            for word in range(at, found[0] if found is not None else at):
                letters[pieces[word][1]] = text[pieces[word][1]]
        return "".join(letters)

    def phrases(self, text: Text, day: date | None) -> list[NounPhrase]:
        """The noun phrases of a sentence in order, each word in one at most."""
        found: list[NounPhrase] = []
        taken: set[int] = set()
        for head in range(len(text)):
            if head not in taken and _is_head(text, head):
                phrase = self._phrase(text, head, day, taken)
                taken.update(phrase.words)
                found.append(phrase)
        found.sort(key=lambda phrase: phrase.words)
        return [_with_owner(text, phrase, after) for phrase, after in zip_longest(found, found[1:])]

    def _phrase(self, text: Text, head: int, day: date | None, taken: set[int]) -> NounPhrase:
        members = [member for word in _conjuncts(text, head) for member in _readings(text, word, taken)]
        parties = list(self._parties(text, members, day))
        words = sorted({word for member in members for word in member})
        return NounPhrase(tuple(words), head, tuple(parties), len(members), self._inner(text, members, parties, day))

    def _inner(self, text: Text, members: Sequence[tuple[int, ...]], parties: Sequence[Party], day: date | None
               ) -> NounPhrase | None:
        """The object of a preposition within a phrase whose actor stands before that preposition."""
        preps = [i for i in members[0] if text.deps[i] == "prep"]
        if not preps or not parties[0].known or max(parties[0].words) > preps[0]:
            return None
        after = [tuple(i for i in member if i > preps[0]) for member in members]
        words = sorted({i for member in after for i in member})
        if not words:
            return None
        found = tuple(party for member in after if member for party in _several(self._party(text, member, day)[0]))
        return NounPhrase(tuple(words), words[-1], found, len(after))

    def _parties(self, text: Text, members: Sequence[tuple[int, ...]], day: date | None) -> Iterator[Party]:
        """Each member's actors; a member without one has the words before the first or those after the last."""
        before = _before_noun(text, members[0])
        after = _after_nouns(text, members)
        for number, member in enumerate(members):
            party, found = self._party(text, member, day)
            if not found and len(members) > 1:
                party, found = self._party(text, (*(before if number else ()), *member), day)
                party = party if found else self._party(text, (*member, *(i for i in after if i not in member)), day)[0]
            yield from _several(party)

    def _party(self, text: Text, words: tuple[int, ...], day: date | None) -> tuple[Party, bool]:
        """(the code of these words, is an actor among them): the first actor, then all agents."""
        spelled = [text.words[i] for i in words]
        at, phrase, code = self._actor(spelled, day)
        agents, used = self._agents(spelled, at)
        whole = compose(None if is_null(code) else code, agents)
        places = (*((phrase.place, phrase.block.place_of(code)) if phrase and code else ()),
                  *(agent.place for agent in agents))
        if whole is None or is_null(whole):
            return Party(NULL, words, tuple(dict.fromkeys(places)), mark=code if code in MARKS else ""), bool(at)
        told = tuple(words[i] for i in sorted({*at, *used}))
        return Party(whole, told or words, tuple(dict.fromkeys(places))), bool(at)

    def _actor(self, words: Sequence[str], day: date | None) -> tuple[range, Phrase | None, str | None]:
        for start in range(len(words)):
            found = self.actors.at(words, start)
            if found is not None:
                end, phrase = found
                return range(start, end), phrase, choose(phrase.block.codes, day, self.bounds, self.default)
        return range(0), None, None

    def _agents(self, words: Sequence[str], actor: range) -> tuple[list[Agent], list[int]]:
        agents: list[Agent] = []
        used: list[int] = []
        start, former = 0, False
        while start < len(words):
            found = None if start in actor else self.agents.at(words, start)
            if found is None or any(i in actor for i in range(start, found[0])):
                former = words[start] in _FORMER or (former and words[start] != "'S")
                start += 1
                continue
            end, agent = found
            agents.append(Agent(ELITE, False, agent.place) if former and self.former else agent)
            used += range(start, end)
            start, former = end, False
        return agents, used


def _with_owner(text: Text, phrase: NounPhrase, after: NounPhrase | None) -> NounPhrase:
    """Agents with the actor right after them ("farmers FROM Ghana"), whatever the parser hangs the preposition on."""
    if after is None or not phrase.only_agents or not after.known or after.only_agents:
        return phrase
    between = range(phrase.words[-1] + 1, after.words[0])
    return phrase.of(after) if len(between) == 1 and text.words[between[0]] in _OF else phrase


def _is_head(text: Text, word: int) -> bool:
    """Does a phrase of its own begin with this noun: is it no part of another noun's, nor coordinated with one?"""
    if text.tags[word] not in _HEADS:
        return False
    under_noun = text.tags[text.heads[word]] in _HEADS and text.heads[word] != word
    if text.deps[word] == "conjunct":
        return not under_noun
    if text.tags[word] in NOUNS:
        return not under_noun or text.deps[word] not in _PARTS
    return text.deps[word] in _ROLES


def _conjuncts(text: Text, head: int) -> Iterator[int]:
    """The noun and the nouns coordinated with it, in order."""
    yield head
    for child in text.children[head]:
        if text.deps[child] == "conjunct" and text.tags[child] in _HEADS and child > head:
            yield from _conjuncts(text, child)


def _readings(text: Text, noun: int, taken: set[int]) -> list[tuple[int, ...]]:
    """The words of a noun's phrase; more than one reading where words before it or its object are coordinated."""
    left = [i for i in range(text.left_edge(noun), noun + 1) if i not in taken]
    core = [*left, *(c for c in text.children[noun] if c == noun + 1 and text.deps[c] in ("apposition", "adjective"))]
    objects = _objects(text, noun)
    if objects == [()] and core[-1] != noun:
        objects = _objects(text, core[-1])
    return [(*words, *after) for words in _variants(text, core) for after in objects]


def _variants(text: Text, words: list[int]) -> list[tuple[int, ...]]:
    """One reading for each of several coordinated words before a noun ("the Chadian and Libyan leaders")."""
    inside = set(words)
    for i in words:
        group = [i, *(c for c in _conjuncts_inside(text, i) if c in inside)]
        if len(group) > 1 and i != words[-1]:
            spans = {member: set(_own(text, member, group)) for member in group}
            listed = set().union(*spans.values())
            joints = {c for member in group for c in text.children[member] if text.deps[c] in ("coordinator", "punct")}
            return [tuple(w for w in words if w not in joints and (w not in listed or w in spans[member]))
                    for member in group]
    return [tuple(words)]


def _own(text: Text, member: int, group: Sequence[int]) -> Iterator[int]:
    others = {w for other in group if other != member for w in text.subtree(other) if other > member}
    return (w for w in text.subtree(member) if w not in others)


def _conjuncts_inside(text: Text, word: int) -> Iterator[int]:
    for child in text.children[word]:
        if text.deps[child] == "conjunct":
            yield child
            yield from _conjuncts_inside(text, child)


def _objects(text: Text, noun: int) -> list[tuple[int, ...]]:
    """Preposition and object of the noun's first prepositional phrase, unless that has another one below."""
    for prep in text.children[noun]:
        if prep > noun and text.deps[prep] == "prep" and text.tags[prep] in _PREPOSITIONS:
            nouns = [c for c in text.children[prep] if text.deps[c] == "prep_object" and text.tags[c] in NOUNS]
            if not nouns or any(_has_prep(text, c) for n in nouns for c in _conjuncts(text, n)):
                return [()]
            return [(prep, *words) for n in _conjuncts(text, nouns[0])
                    for words in _variants(text, list(range(text.left_edge(n), n + 1)))]
    return [()]


def _has_prep(text: Text, noun: int) -> bool:
    return any(text.deps[c] == "prep" and c > noun for c in text.children[noun])


def _before_noun(text: Text, member: Sequence[int]) -> tuple[int, ...]:
    """The words of a phrase before its noun: what stands before the first of several nouns is meant for all."""
    nouns = [i for i in member if text.tags[i] in NOUNS and i + 1 not in member]
    return tuple(i for i in member if nouns and i < nouns[0])


def _after_nouns(text: Text, members: Sequence[Sequence[int]]) -> tuple[int, ...]:
    """The prepositional phrase after the last of several nouns: it is meant for all ("police and judges in Chad")."""
    last = max((i for member in members for i in member if text.deps[i] != "prep_object" and text.tags[i] in NOUNS),
               default=0)
    tails = [tuple(i for i in member if i > last) for member in members]
    return next((tail for tail in tails if tail), ())


def _joined(actor: str, agents: str) -> str:
    """An actor's code with the parts of an agents' code (`---MIL`) that it lacks."""
    parts = (agents[at:at + PART] for at in range(len(NULL), len(agents), PART))
    return actor + "".join(part for part in parts if not has_part(actor, part))


def _several(party: Party) -> Iterator[Party]:
    """One party for each of the actors of a code such as `FRO/BIL/SAM`."""
    for code in party.code.split("/"):
        yield replace(party, code=code)
