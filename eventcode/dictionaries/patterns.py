"""What verb patterns are made of, and how the sequence patterns of TABARI and PETRARCH-1 are read.

`- SAID + * TO_LEAVE $ [123]`: words before and after the verb `*`. A blank allows other words between, `_` does not.
`$` source, `+` target, `%` both (a compound), `^` an actor to skip, `&NAME` a synset, `{A | B}` alternatives.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from eventcode.dictionaries.files import Place
from eventcode.dictionaries.words import words_of

Words = tuple[str, ...]
Kind = Literal["words", "source", "target", "both", "skip"]
Synsets = Mapping[str, tuple[Words, ...]]

MARKS: Mapping[str, Kind] = {"$": "source", "+": "target", "%": "both", "^": "skip"}
NULL = "---"

_TOKEN = re.compile(r"\{[^{}]*\}|[^\s_{}]+|_+|\s+")


class PatternError(ValueError):
    """A pattern that cannot be read; the message says why."""


class Choice:
    """One place of a pattern that words can fill: any of some phrases. `stems`: TABARI's open endings."""

    __slots__ = ("by_first", "by_last", "phrases", "stems")

    def __init__(self, phrases: Iterable[Words], stems: bool = False) -> None:
        self.phrases = tuple(sorted(dict.fromkeys(phrase for phrase in phrases if phrase), key=len, reverse=True))
        self.stems = stems
        self.by_first: dict[str, list[Words]] = {}
        self.by_last: dict[str, list[Words]] = {}
        for phrase in self.phrases:
            self.by_first.setdefault(phrase[0], []).append(phrase)
            self.by_last.setdefault(phrase[-1], []).append(phrase[::-1])

    def end(self, words: Sequence[str], at: int, backward: bool = False) -> int | None:
        """The index after the longest of the phrases that stands at this word.

        backward: the words run towards the sentence's beginning, and so do the phrases.
        """
        if self.stems:
            return self._stem_end(words, at, backward)
        for phrase in (self.by_last if backward else self.by_first).get(words[at], ()):
            if len(phrase) == 1 or tuple(words[at:at + len(phrase)]) == phrase:
                return at + len(phrase)
        return None

    def _stem_end(self, words: Sequence[str], at: int, backward: bool) -> int | None:
        for phrase in self.phrases:
            here = words[at:at + len(phrase)]
            spelled = here[::-1] if backward else here
            if tuple(spelled[:-1]) == phrase[:-1] and len(here) == len(phrase) and spelled[-1].startswith(phrase[-1]):
                return at + len(phrase)
        return None


@dataclass(frozen=True, slots=True)
class Element:
    """One element of a sequence, as read away from the verb. `joined`: it follows the one before without a gap."""

    kind: Kind
    joined: bool
    choice: Choice | None = None


@dataclass(frozen=True, slots=True)
class Code:
    """The code of a verb or pattern: `active` from source to target, `passive` from target to source (`A:B`)."""

    active: str | None = None
    passive: str | None = None

    @property
    def is_null(self) -> bool:
        return self.active is None and self.passive is None

    def __str__(self) -> str:
        return (self.active or NULL) if self.passive is None else f"{self.active or ''}:{self.passive}"


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun of a PETRARCH-2 pattern, with the words that must stand before it in its phrase."""

    head: Choice
    before: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Prep:
    """`(PREP OBJECT)` of a PETRARCH-2 pattern; the objects may be nouns or marks."""

    prep: Choice
    objects: tuple[Noun | Kind, ...] = ()


Slot = Noun | Prep | Kind


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern of a verb block: `upper` before the verb (nearest first for sequences), `lower` after it."""

    code: Code
    place: Place
    text: str
    upper: tuple[Element, ...] | tuple[Slot, ...]
    lower: tuple[Element, ...] | tuple[Slot, ...]
    #: Specific first: letters and marks of the pattern, then elements tied together.
    rank: tuple[int, int] = (0, 0)
    #: Single words one of which must be in the sentence; empty where no such word can be told.
    key: frozenset[str] = field(default=frozenset())


def read_code(inside: str) -> Code:
    """`010`, `---`, `A:B`, `:B`, `A:`."""
    active, colon, passive = inside.strip().partition(":")
    return Code(_one(active), _one(passive) if colon else None)


def _one(code: str) -> str | None:
    code = code.strip()
    return None if code in ("", NULL) else code


def read_sequence(body: str, synsets: Synsets, stems: bool) -> tuple[tuple[Element, ...], tuple[Element, ...]]:
    """(upper, lower) of a pattern's text between `-` and its code. Raises PatternError."""
    tokens = _tokens(body)
    stars = [i for i, (token, _, _) in enumerate(tokens) if token == "*"]
    if len(stars) != 1:
        raise PatternError("no * for the verb" if not stars else "more than one * for the verb")
    star = stars[0]
    lower = [_element(token, joined, open_end, synsets, stems) for token, joined, open_end in tokens[star + 1:]]
    # read away from the verb: a token is tied to the one after it in the text
    upper = [_element(tokens[i][0], tokens[i + 1][1], tokens[i][2], synsets, stems) for i in range(star - 1, -1, -1)]
    return tuple(upper), tuple(lower)


def _tokens(body: str) -> list[tuple[str, bool, bool]]:
    """(token, tied to the token before it, its ending is open) of a pattern."""
    pieces = [piece for piece in _TOKEN.findall(body.strip()) if piece]
    found: list[tuple[str, bool, bool]] = []
    tied = False
    for i, piece in enumerate(pieces):
        if piece.isspace():
            tied = False
        elif piece.startswith("_"):
            tied = i + 1 < len(pieces) and not pieces[i + 1].isspace()
        else:
            following = pieces[i + 1] if i + 1 < len(pieces) else " "
            found.append((piece, tied, not following.startswith("_")))
            tied = False
    return found


def _element(token: str, joined: bool, open_end: bool, synsets: Synsets, stems: bool) -> Element:
    if token in MARKS:
        return Element(MARKS[token], joined)
    if token.startswith("{"):
        phrases = [phrase for part in token[1:-1].split("|") for phrase in phrases_of(part.strip(), synsets)]
        return Element("words", joined, Choice(phrases, stems))
    return Element("words", joined, Choice(phrases_of(token, synsets), stems and open_end and token[0] != "&"))


def phrases_of(token: str, synsets: Synsets) -> tuple[Words, ...]:
    """The phrases that a word or a synset's name stands for. Raises PatternError."""
    if token.startswith("&"):
        found = synsets.get(token.rstrip("_"))
        if found is None:
            raise PatternError(f"the synset {token} is not defined before it")
        return found
    words = words_of(token)
    if not words:
        raise PatternError(f"no word: {token!r}")
    return (words,)


def specificity(body: str, elements: Sequence[Element]) -> tuple[int, int]:
    """How much a pattern asks for: letters (a mark counts as one), then ties."""
    letters = sum(c.isalnum() for c in body) + sum(element.kind != "words" for element in elements)
    return letters, sum(element.joined for element in elements)


def key_of(choices: Iterable[Choice]) -> frozenset[str]:
    """The words one of which a sentence must hold: the first words of the choice with the fewest phrases."""
    able = [choice for choice in choices if not choice.stems]
    best = min(able, key=lambda choice: len(choice.by_first), default=None)
    return frozenset(best.by_first) if best is not None else frozenset()
