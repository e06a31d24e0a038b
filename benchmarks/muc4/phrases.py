"""Noun phrases of a trace: from a word to its modifiers, its "of" phrase, its appositions and its name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from eventcode.document import Token
from eventcode.explain import SentenceTrace, Trace

_LEFT = frozenset({"compound", "adjective", "possessive", "number", "quantmod", "punct", "adverb", "case", "npadvmod", "conjunct",
                   "coordinator", "participle_clause", "nmod", "determiner", "prep_object", "prep"})
_EDGE = frozenset(["a", "an", "the", "this", "that", "these", "those", "his", "her", "their", "its", "some", "any", "all", "both", "another",
                   "several", "other", "many", "more", "at", "least", "about", "than", ",", "-", "--", "\"", "``", "''", "[", "(", "'", "''",
                   "no", "each", "every", "our", "my", "such", "same", "certain"])
_TITLES = frozenset(["gen", "col", "dr", "msgr", "mr", "mrs", "lt", "capt", "maj", "sgt", "cpl", "rev", "fr", "eng", "ing", "father", "general",
                     "colonel", "major", "captain", "lieutenant", "sergeant", "corporal", "president", "senator", "monsignor", "don", "miss",
                     "ms", "engineer", "doctor", "professor", "bishop", "judge", "mayor", "governor", "minister", "deputy", "brigadier",
                     "admiral", "priest", "sister", "leader", "presidential"])


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
        run = core[first + 1:last + 1]
        while run and run[0].lower.strip(".") in (*_TITLES, "de", "del", "y"):
            run = run[1:]
        if not run or self.plural or self.story.is_adjective(run[-1].lower) or not any(len(t.text) > 2 for t in run):
            return None
        if all(t.text.isupper() for t in run) and len(run) == 1:
            return None
        return Phrase(self.story, self.sentence, run[-1], tuple(run))

    def _is_name_word(self, token: Token) -> bool:
        return token.text[0].isupper() and token.lower not in ("the", "a") or (token.lower in ("de", "del", "y", "la", ".", "'", "d'"))

    @cached_property
    def description(self) -> Phrase | None:
        """What is said of whoever bears the name, or the whole phrase where it has none."""
        if self.name is None:
            return self
        before = [t for t in self.tokens if t.end <= self.name.start and t.lower.strip(".") not in (",", "\"", "``", "''")]
        before = list(_trimmed(before))
        return Phrase(self.story, self.sentence, before[-1], tuple(before)) if before else None

    def appositions(self) -> Iterator[Phrase]:
        """"Luis Rojas, the mayor of Tocache": each is said of the other."""
        near = [t.i for t in self.sentence.tokens if t.dep == "apposition" and t.head == self.head.i]
        if self.head.dep == "apposition":
            near.append(self.head.head)
        for i in near:
            yield self.story.phrase_of(self.sentence, i)


class Story:
    """One trace and what is read off it: phrases by offset, sentences by offset."""

    def __init__(self, trace: Trace, adjectives: frozenset[str] = frozenset()) -> None:
        self.trace, self.adjectives = trace, adjectives
        self.reading = trace.reading

    @cached_property
    def dateline_end(self) -> int:
        """Where the wire's dateline ends: "LIMA, 9 JAN 90 (EFE) --"."""
        at = self.trace.article.text.find("--", 0, 250)
        return max(at, 0)

    @cached_property
    def published(self) -> date | None:
        return self.trace.article.published

    def words(self, start: int, end: int) -> str:
        return " ".join(self.trace.article.text[start:end].split())

    def is_adjective(self, lower: str) -> bool:
        return lower in self.adjectives

    def sentence(self, offset: int) -> SentenceTrace | None:
        return next((s for s in self.trace.sentences if s.start <= offset < s.end), None)

    def phrase(self, start: int, end: int) -> Phrase | None:
        """The whole noun phrase around some words; None where the sentence was not parsed."""
        sentence = self.sentence(start)
        inside = [t for t in sentence.tokens if t.start < end and start < t.end] if sentence else []
        if sentence is None or not inside:
            return None
        own = {t.i for t in inside}
        head = next((t for t in inside if t.head not in own or t.head == t.i), inside[-1])
        return self.phrase_of(sentence, head.i)

    def phrase_of(self, sentence: SentenceTrace, head: int) -> Phrase:
        tokens = sentence.tokens
        first = head
        while first > 0 and _hangs_on(tokens, first - 1, head):
            first -= 1
        last = _of_end(tokens, head)
        kept = _trimmed(tokens[first:last + 1])
        return Phrase(self, sentence, tokens[head], tuple(kept) or (tokens[head],))


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
    for token in tokens[head + 1:head + 3]:
        if token.lower in ("of",) and token.head == head:
            inner = [t for t in tokens[token.i + 1:] if t.head == token.i and t.dep == "prep_object"]
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
