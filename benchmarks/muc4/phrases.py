"""Noun phrases of a trace: from a word to its modifiers, its "of" phrase, its appositions and its name."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import Protocol

from tables import words

import eventcode
from eventcode.document import Token
from eventcode.explain import SentenceTrace, Trace

_LEFT = frozenset(
    {
        "compound",
        "adjective",
        "possessive",
        "number",
        "quantmod",
        "punct",
        "adverb",
        "case",
        "npadvmod",
        "conjunct",
        "coordinator",
        "participle_clause",
        "nmod",
        "determiner",
        "prep_object",
        "prep",
    }
)
_EDGE = words("leading_words")
_TITLES = words("titles")


#: Nouns that stand for a part of what follows "of".
_PARTS = words("part_nouns")
_DAMAGING = words("damaging")
_AT = words("place_prepositions")
_GOING_OFF = words("going_off")


@dataclass(frozen=True)
class Phrase:
    """A noun phrase: its offsets in the article, its head token, and its tokens as they were analysed."""

    story: Story
    sentence: SentenceTrace
    head: Token
    tokens: tuple[Token, ...]

    @property
    def start(self) -> int:
        return self.tokens[0].start

    @property
    def end(self) -> int:
        return self.tokens[-1].end

    @cached_property
    def text(self) -> str:
        """The article's own words, in one line."""
        return self.story.words(self.start, self.end)

    @cached_property
    def lower(self) -> tuple[str, ...]:
        return tuple(token.lower for token in self.tokens)

    @property
    def nation(self) -> str | None:
        """The country that its adjective or its name gives: "U.S. embassy", "Soviet seamen"."""
        return next((nations()[word] for word in self.lower if word in nations()), None)

    @property
    def plural(self) -> bool:
        return self.head.tag in ("NNS", "NNPS") or self.head.lower in ("people", "police", "troops")

    @cached_property
    def name(self) -> Phrase | None:
        """The proper name at its end: "mayor Luis Rojas" has one, "the mayor of Tocache" has none."""
        core = [t for t in self.tokens if t.i <= self.head.i or t.head == self.head.i]
        core = core[: next((n for n, t in enumerate(core) if t.i > self.head.i and t.dep == "prep"), len(core))]
        last = next((n for n in range(len(core) - 1, -1, -1) if core[n].text[0].isalpha()), -1)
        first = last
        while first >= 0 and self._is_name_word(core[first]):
            first -= 1
        run = core[first + 1 : last + 1]
        while run and run[0].lower.strip(".") in (*_TITLES, "de", "del", "y"):
            run = run[1:]
        if not run or self.plural or self.story.is_adjective(run[-1].lower) or not any(len(t.text) > 2 for t in run):
            return None
        if all(t.text.isupper() for t in run) and len(run) == 1:
            return None
        return Phrase(self.story, self.sentence, run[-1], tuple(run))

    def _is_name_word(self, token: Token) -> bool:
        return (token.text[0].isupper() and token.lower not in ("the", "a")) or (
            token.lower in ("de", "del", "y", "la", ".", "'", "d'")
        )

    @property
    def acronym(self) -> str | None:
        """ "FMLN", where the phrase is or ends in one."""
        word = self.head.text
        return word if word.isupper() and len(word) > 1 else None

    @property
    def has_name(self) -> bool:
        return self.longest_name is not None

    @cached_property
    def longest_name(self) -> str | None:
        """The longest run of capitalised words inside it that is no adjective of a country."""
        runs: list[list[Token]] = [[]]
        for token in self.tokens:
            if token.text[0].isupper() or (runs[-1] and token.lower in ("of", "-", "de", "del", "la")):
                runs[-1].append(token)
            else:
                runs.append([])
        trimmed = [run[: max((n + 1 for n, t in enumerate(run) if t.text[0].isupper()), default=0)] for run in runs]
        named = [run for run in trimmed if run and not all(self.story.is_adjective(t.lower) for t in run)]
        best = max(named, key=len, default=None)
        return None if best is None else self.story.words(best[0].start, best[-1].end)

    @cached_property
    def description(self) -> Phrase | None:
        """What is said of whoever bears the name, or the whole phrase where it has none."""
        if self.name is None:
            return self
        before = [
            t for t in self.tokens if t.end <= self.name.start and t.lower.strip(".") not in (",", '"', "``", "''")
        ]
        before = list(_trimmed(before))
        return Phrase(self.story, self.sentence, before[-1], tuple(before)) if before else None

    def listed(self) -> Iterator[Phrase]:
        """The other members of the list that it stands in, or that spells it out."""
        linked, todo = {self.head.i}, [self.head.i]
        while todo:
            here = todo.pop()
            for token in self.sentence.tokens:
                if (
                    token.dep in ("conjunct", "apposition")
                    and token.head == here
                    and token.i not in linked
                    and token.pos != "VERB"
                ):
                    linked.add(token.i)
                    todo.append(token.i)
        single = [
            i
            for i in sorted(linked)
            if i != self.head.i and not self.tokens[0].start <= self.sentence.tokens[i].start < self.end
        ]
        for i in single:
            yield self.story.phrase_of(self.sentence, i)

    def appositions(self) -> Iterator[Phrase]:
        """ "Luis Rojas, the mayor of Tocache": each is said of the other."""
        near = [t.i for t in self.sentence.tokens if t.dep == "apposition" and t.head == self.head.i]
        if self.head.dep == "apposition":
            near.append(self.head.head)
        for i in near:
            yield self.story.phrase_of(self.sentence, i)


@cache
def nations() -> dict[str, str]:
    """ "Salvadoran", "Peruvians": the adjectives of countries and their people, to ISO 3166 codes."""
    folder = Path(eventcode.__file__).parent / "languages" / "en"
    with (folder / "demonyms.csv").open(encoding="utf-8", newline="") as lines:
        return {
            word.strip().lower(): row["iso3"]
            for row in csv.DictReader(lines)
            for column in ("adjectives", "singular", "plural")
            for word in row[column].split("|")
            if word.strip()
        }


class Story:
    """One trace and what is read off it: phrases by offset, sentences by offset."""

    def __init__(self, trace: Trace) -> None:
        self.trace = trace
        self.reading = trace.reading

    @cached_property
    def dateline_end(self) -> int:
        """Where the wire's dateline ends: "LIMA, 9 JAN 90 (EFE) --"."""
        at = self.trace.article.text.find("--", 0, 250)
        return max(at, 0)

    @cached_property
    def published(self) -> date | None:
        return self.trace.article.published

    @cached_property
    def people(self) -> People:
        """Everybody whom the article names in full."""
        return People(self)

    def words(self, start: int, end: int) -> str:
        return " ".join(self.trace.article.text[start:end].split())

    def is_adjective(self, lower: str) -> bool:
        """Is this word the adjective of a country? Then it is written with a capital and names nobody."""
        return lower in nations()

    def sentence(self, offset: int) -> SentenceTrace | None:
        return next((s for s in self.trace.sentences if s.start <= offset < s.end), None)

    def is_place(self, phrase: Phrase) -> bool:
        return any(
            p.start is not None and p.end is not None and p.start <= phrase.start and phrase.end <= p.end
            for p in self.trace.mentions.places
        )

    def phrase(self, start: int, end: int) -> Phrase | None:
        """The whole noun phrase around some words; None where the sentence was not parsed."""
        sentence = self.sentence(start)
        inside = [t for t in sentence.tokens if t.start < end and start < t.end] if sentence else []
        if sentence is None or not inside:
            return None
        own = {t.i for t in inside}
        head = next((t for t in inside if t.head not in own or t.head == t.i), inside[-1])
        return self.phrase_of(sentence, head.i)

    def thing(self, start: int, end: int) -> Phrase | None:
        """The phrase around some words, or the one that they modify ("[police] station"), or that is part of."""
        phrase = self.phrase(start, end)
        while (
            phrase is not None
            and phrase.head.dep in ("compound", "adjective", "possessive")
            and phrase.head.head != phrase.head.i
        ):
            phrase = self.phrase_of(phrase.sentence, phrase.head.head)
        if phrase is not None and phrase.head.lower in _PARTS:
            inner = _of_object(phrase.sentence.tokens, phrase.head.i)
            return phrase if inner is None else self.phrase_of(phrase.sentence, inner)
        return phrase

    def struck(self, offset: int) -> Iterator[Phrase]:
        """What a sentence says that something went off at, or that was damaged."""
        sentence = self.sentence(offset)
        for token in sentence.tokens if sentence is not None else ():
            if sentence is not None and token.tag[:2] == "NN" and _is_struck(sentence.tokens, token):
                yield self.phrase_of(sentence, token.i)

    def patient(self, offset: int) -> Phrase | None:
        """Whom the act at this offset befell, where grammar hides it: "Romero's murder", "X, kidnapped here"."""
        sentence = self.sentence(offset)
        act = next((t for t in sentence.tokens if t.start == offset), None) if sentence is not None else None
        if sentence is None or act is None:
            return None
        if act.tag == "VBN" and act.dep in ("participle_clause", "relative"):
            return self.phrase_of(sentence, act.head)
        if act.tag[:2] != "NN":
            return None
        owner = next(
            (t.i for t in sentence.tokens if t.dep == "possessive" and t.head == act.i and t.tag != "PRP$"), None
        )
        found = owner if owner is not None else _of_object(sentence.tokens, act.i, ("of", "against", "on"))
        return None if found is None else self.phrase_of(sentence, found)

    def phrase_of(self, sentence: SentenceTrace, head: int) -> Phrase:
        tokens = sentence.tokens
        first = head
        while first > 0 and _hangs_on(tokens, first - 1, head):
            first -= 1
        last = _of_end(tokens, head)
        kept = _trimmed(tokens[first : last + 1])
        return Phrase(self, sentence, tokens[head], tuple(kept) or (tokens[head],))


def _is_struck(tokens: Sequence[Token], token: Token) -> bool:
    """Is this the object of damage, or does a preposition of place hang it on the blast?"""
    while token.dep == "conjunct" and token.head != token.i:
        token = tokens[token.head]
    above = tokens[token.head]
    if token.dep in ("object", "subject_passive"):
        return above.lower in _DAMAGING
    if token.dep != "prep_object":
        return False
    if above.lower in ("to", "of", "in") and tokens[above.head].lower in (
        "damage",
        "damages",
        "destruction",
        "front",
        "part",
        "windows",
    ):
        return True
    return above.lower in _AT and tokens[above.head].lower in _GOING_OFF


def _of_object(tokens: Sequence[Token], head: int, prepositions: Sequence[str] = ("of",)) -> int | None:
    preps = [t.i for t in tokens if t.head == head and t.lower in prepositions]
    return next((t.i for p in preps for t in tokens if t.head == p and t.dep == "prep_object"), None)


def _hangs_on(tokens: Sequence[Token], i: int, head: int) -> bool:
    """Is word i, left of the head, one of its modifiers (or of theirs)?"""
    token, steps = tokens[i], 0
    if token.dep in ("relative", "adverbial_clause", "apposition") or token.lower in (",", ";", ":", "--", "("):
        return False
    while token.i != head and steps < 6:
        if token.dep not in _LEFT or token.head <= i - 40 or token.head == token.i:
            return False
        token, steps = tokens[token.head], steps + 1
    return token.i == head


def _of_end(tokens: Sequence[Token], head: int) -> int:
    """The last word of the "of" phrase behind the head, or of a name that goes on behind it."""
    last = head
    for token in tokens[head + 1 : head + 3]:
        if token.lower in ("of",) and token.head == head:
            inner = [t for t in tokens[token.i + 1 :] if t.head == token.i and t.dep == "prep_object"]
            if inner:
                last = _of_end(tokens, inner[0].i)
            break
        if token.head != head or token.dep not in ("compound", "number"):
            break
        last = token.i
    return last


def _trimmed(tokens: Sequence[Token]) -> Sequence[Token]:
    first = 0
    while first < len(tokens) - 1 and tokens[first].lower in _EDGE:
        first += 1
    return tokens[first:]


class People:
    """The persons of an article by name, each with what is first said of him."""

    def __init__(self, story: Story) -> None:
        self.known: dict[str, Phrase | None] = {}
        self.hurt: dict[str, str] = {}
        for sentence in story.trace.sentences:
            self._read(story, sentence)

    def _read(self, story: Story, sentence: SentenceTrace) -> None:
        for token in sentence.tokens:
            if token.tag[:2] != "NN" or token.dep == "compound":
                continue
            phrase = story.phrase_of(sentence, token.i)
            name = phrase.name
            if name is None or len(name.text.split()) < 2 or story.is_place(name):
                continue
            said = [phrase.description, *(other.description for other in phrase.appositions() if other.name is None)]
            told = next((one for one in said if one is not None and one.head.tag in ("NN", "NNP", "NNS")), None)
            if self.known.get(name.text) is None:
                self.known[name.text] = told

    def full(self, name: str) -> str:
        """The longest name of the article that holds these words."""
        words = set(name.split())
        return max((known for known in self.known if words <= set(known.split())), key=len, default=name)

    def description(self, name: str) -> Phrase | None:
        return self.known.get(self.full(name))

    def complete(self, human: Described) -> None:
        """Fill in the full name and the description of somebody whom a report calls by his surname."""
        if human.name is not None:
            human.name = self.full(human.name)
            if human.description is None and (told := self.description(human.name)) is not None:
                human.describe(told)
        elif human.description is not None and not human.plural:
            named = [name for name, told in self.known.items() if told is not None and told.text == human.description]
            human.name = named[0] if len(named) == 1 else None


class Described(Protocol):
    """Whom the registry can complete."""

    name: str | None
    description: str | None
    plural: bool

    def describe(self, told: Phrase) -> None:
        """Take this phrase as the description."""
