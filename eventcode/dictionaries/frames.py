"""Patterns of PETRARCH-2: `- NOUN (PREP NOUN) * {ADJECTIVE NOUN} (PREP {ADJECTIVE NOUN}) [code]`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from eventcode.dictionaries.patterns import MARKS, Choice, Noun, PatternError, Prep, Slot, Synsets, phrases_of

_PIECE = re.compile(r"\((?P<prep>[^()]*)\)|\{(?P<noun>[^{}]*)\}|(?P<word>[^\s(){}]+)|(?P<odd>[(){}])")
_INNER = re.compile(r"\{(?P<noun>[^{}]*)\}|(?P<word>[^\s{}]+)|(?P<odd>[{}])")


def read_frame(body: str, synsets: Synsets) -> tuple[tuple[Slot, ...], tuple[Slot, ...]]:
    """(slots before the verb, slots after it) of a pattern's text. Raises PatternError."""
    before, star, after = body.partition("*")
    if not star:
        raise PatternError("no * for the verb")
    if "*" in after:
        raise PatternError("more than one * for the verb")
    return tuple(_slots(before, synsets)), tuple(_slots(after, synsets))


def _slots(text: str, synsets: Synsets) -> Iterator[Slot]:
    for piece in _PIECE.finditer(text):
        if piece["odd"]:
            raise PatternError(f"a bracket that is not closed: {piece['odd']}")
        if piece["prep"] is not None:
            yield _prep(piece["prep"], synsets)
        else:
            yield _noun(piece["noun"], piece["word"], synsets)


def _noun(braced: str | None, word: str | None, synsets: Synsets) -> Slot:
    if word is not None:
        return MARKS[word] if word in MARKS else Noun(Choice(phrases_of(word, synsets)))
    parts = (braced or "").split()
    if not parts:
        raise PatternError("empty braces")
    choices = [Choice(phrases_of(part, synsets)) for part in parts]
    return Noun(choices[-1], tuple(choices[:-1]))


def _prep(inside: str, synsets: Synsets) -> Prep:
    found: list[Slot] = []
    for piece in _INNER.finditer(inside):
        if piece["odd"]:
            raise PatternError(f"a bracket that is not closed: {piece['odd']}")
        found.append(_noun(piece["noun"], piece["word"], synsets))
    if not found or not isinstance(found[0], Noun) or found[0].before:
        raise PatternError("no preposition in the brackets")
    objects: list[Noun | str] = [slot for slot in found[1:] if not isinstance(slot, Prep)]
    return Prep(found[0].head, tuple(objects))  # type: ignore[arg-type]


def choices_of(slots: tuple[Slot, ...]) -> Iterator[Choice]:
    """All choices of words in these slots."""
    for slot in slots:
        if isinstance(slot, Noun):
            yield from (slot.head, *slot.before)
        elif isinstance(slot, Prep):
            yield slot.prep
            yield from choices_of(tuple(slot.objects))
