"""Matching sequence patterns (TABARI, PETRARCH-1) against the words around a verb.

`upper` are the words before the verb, nearest first; `lower` those after it to the end of its phrase. A pattern's
elements are met in their order, with any words between unless they are tied; the first way that fits is taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from eventcode.dictionaries.nouns import NounPhrase
from eventcode.dictionaries.patterns import Element, Kind, Pattern
from eventcode.dictionaries.sentence import Text

Bound = Mapping[Kind, NounPhrase]
NOTHING: Bound = MappingProxyType({})
#: Words that may stand between tied ones.
_SMALL = frozenset({"THE", "A", "AN"})
#: Ways tried for one pattern before it is given up: a guard against patterns of many gaps.
MOST_TRIES = 2_000


@dataclass
class Sides:
    """The words around one verb. `phrase_of`: the noun phrase of a word, by its index in the sentence."""

    text: Text
    verb: int
    upper: Sequence[int]
    lower: Sequence[int]
    phrase_of: Mapping[int, NounPhrase]
    upper_words: list[str] = field(init=False)
    lower_words: list[str] = field(init=False)

    def __post_init__(self) -> None:
        words = self.text.words
        self.upper_words = [words[i] for i in self.upper]
        self.lower_words = [words[i] for i in self.lower]


@dataclass(frozen=True, slots=True)
class Match:
    """A pattern that fits, who its marks stand for, and the words of the sentence that it met."""

    pattern: Pattern
    bound: Bound
    words: tuple[int, ...]


def match_sequence(pattern: Pattern, sides: Sides) -> Match | None:
    """How this pattern fits around the verb, or None."""
    search = _Search(sides)
    for bound, met in search.run(pattern.lower, sides.lower, sides.lower_words, False):  # type: ignore[arg-type]
        for both, all_met in search.run(pattern.upper, sides.upper, sides.upper_words, True,  # type: ignore[arg-type]
                                        bound, met):
            return Match(pattern, both, all_met)
    return None


State = tuple[Bound, tuple[int, ...]]


@dataclass
class _Search:
    sides: Sides
    tries: int = 0

    def run(self, elements: Sequence[Element], places: Sequence[int], words: Sequence[str], backward: bool,
            bound: Bound = NOTHING, met: tuple[int, ...] = ()) -> Iterator[State]:
        """Ways to meet these elements in these words, best first."""
        yield from self._from(_Line(elements, places, words, backward), 0, 0, (bound, met))

    def _from(self, line: _Line, number: int, at: int, state: State) -> Iterator[State]:
        self.tries += 1
        if number == len(line.elements):
            yield state
        elif self.tries <= MOST_TRIES:
            element = line.elements[number]
            step = self._word if element.kind == "words" else self._mark
            for after, changed in step(line, element, at, state):
                yield from self._from(line, number + 1, after, changed)

    def _word(self, line: _Line, element: Element, at: int, state: State) -> Iterator[tuple[int, State]]:
        assert element.choice is not None
        for start in _starts(line.words, at, element.joined):
            end = element.choice.end(line.words, start, line.backward)
            if end is not None:
                yield end, (state[0], (*state[1], *line.places[start:end]))

    def _mark(self, line: _Line, element: Element, at: int, state: State) -> Iterator[tuple[int, State]]:
        bound, met = state
        for start, phrase in self._phrases(line, element, at):
            if element.kind == "skip":
                yield line.after(phrase), state
            elif phrase not in bound.values() and (element.kind != "both" or phrase.compound):
                yield start + 1, ({**bound, element.kind: phrase}, met)

    def _phrases(self, line: _Line, element: Element, at: int) -> list[tuple[int, NounPhrase]]:
        """Noun phrases from here on (only the one here, if tied), those with a known actor first."""
        starts = _starts(line.words, at, element.joined)
        found: dict[int, tuple[int, NounPhrase]] = {}
        for start in starts:
            phrase = self.sides.phrase_of.get(line.places[start])
            if phrase is not None:
                meant = phrase.at(line.places[start])
                found.setdefault(meant.head, (start, meant))
        if element.kind == "skip":
            return list(found.values())[:1]
        return sorted(found.values(), key=lambda item: not item[1].known)


@dataclass(frozen=True, slots=True)
class _Line:
    """Elements to meet and the words to meet them in. `backward`: the words run towards the sentence's beginning."""

    elements: Sequence[Element]
    places: Sequence[int]
    words: Sequence[str]
    backward: bool

    def after(self, phrase: NounPhrase) -> int:
        """The index after the last word of a phrase."""
        inside = set(phrase.words)
        return max(i for i, place in enumerate(self.places) if place in inside) + 1


def _starts(words: Sequence[str], at: int, joined: bool) -> range:
    if not joined:
        return range(at, len(words))
    while at < len(words) and words[at] in _SMALL:
        at += 1
    return range(at, min(at + 1, len(words)))
