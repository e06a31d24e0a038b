"""Arms that a text tells of by their traces and bearers: "shots", "the jets", "men in uniforms"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from eventcode.document import Document
from eventcode.languages.base import Language
from eventcode.mentions.weapons import WeaponFinder
from eventcode.rules import Data, Words, check, read_yaml

#: Traits of armed parties that are of no state.
ARMED = frozenset({"rebel", "militia", "unidentified"})


class ArmsWords(Data):
    """The lists of `arms.yaml`; its comments say what each is for."""

    signs: dict[str, Words]
    bearers: Words
    unmeant: Words


class ArmsFinder:
    """Finds signs of arms, in one language."""

    def __init__(self, language: Language) -> None:
        self._path, self._weapons = language.folder / "arms.yaml", WeaponFinder(language)

    @cached_property
    def _words(self) -> ArmsWords:
        return check(read_yaml(self._path), ArmsWords, self._path)

    @cached_property
    def _unmeant(self) -> re.Pattern[str]:
        return _any_of(self._words.unmeant)

    @cached_property
    def _signs(self) -> Sequence[tuple[str, re.Pattern[str]]]:
        return [(weapon, _any_of(words)) for weapon, words in self._words.signs.items()]

    @cached_property
    def _bearers(self) -> re.Pattern[str]:
        return re.compile("|".join(self._words.bearers), re.IGNORECASE)

    def is_meant(self, text: str) -> bool:
        """Is nothing told that kills without intent, and no film, trial or anniversary?"""
        return self._unmeant.search(text) is None

    def has_bearers(self, text: str) -> bool:
        """Are people under arms told of whom no table of actors knows?"""
        return self._bearers.search(text) is not None

    def weapons(self, document: Document) -> set[str]:
        """Every weapon that the text names or shows by its traces."""
        hits = (hit for sentence in document.sentences for hit in self._weapons.find(sentence))
        found = {weapon for hit in hits for weapon in hit.values}
        return found | {weapon for weapon, words in self._signs if words.search(document.reading)}


def _any_of(words: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b", re.IGNORECASE)
