"""Articles all in capitals, as old wires are: which of their words would be written small.

A parser, the gazetteer and the tables of names read far better when names stand out. The reading of such an article is
written in plain case, letter for letter, so that its offsets stay true; the article's own text is never altered.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from pathlib import Path

from eventcode.gazetteer import Gazetteer, key
from eventcode.mentions.actors import ActorFinder
from eventcode.mentions.placewords import PlaceWords, read_place_words
from eventcode.rules import Data, Words, check, read_yaml

#: A text is in capitals when it has this many letters and no more than one in this many of them is small.
LEAST, ONE_IN = 40, 12
#: A town of fewer people lends no capital to a word that is also an English noun.
_TOWN = 40_000
#: "LIMA, 9 JAN 90 (EFE) --": written in capitals in any article.
_DATELINE = re.compile(r"(?=[^\n-]*[\d(])[^\n]{3,200}?--(?=\s)")
_WORD = re.compile(r"[^\W\d_]+")
_ROMAN = re.compile(r"[ivx]{2,4}")
_ACRONYM = 6
_VOWELS = frozenset("aeiouy")
#: Brackets, as sets: the text's ends are no bracket.
_OPENS, _CLOSES = frozenset("(["), frozenset(")]")
#: What stands before the first word of a sentence: the end of another, or a heading in brackets.
_SENTENCE = re.compile(r"[.!?]['\"”)\]]*\s+['\"“(\[]*$|\n\s*\S?$")


class CaseWords(Data):
    """The lists of a language's `casing.yaml`, lower case; its comments say what each is for."""

    small: Words
    months: Words
    leading: Words
    inner: Words


class Caser:
    """Writes a text that is all in capitals as it would be written in plain case.

    is_word: is this (lower case) an ordinary word of the language, inflected or not; proper nouns may be among them.
    """

    def __init__(self, folder: Path, actors: ActorFinder, is_word: Callable[[str], bool]) -> None:
        self._folder, self._actors, self._is_word = folder, actors, is_word
        self._kept: dict[str, bool] = {}

    @cached_property
    def _lists(self) -> CaseWords:
        path = self._folder / "casing.yaml"
        return check(read_yaml(path), CaseWords, path)

    @cached_property
    def _places(self) -> PlaceWords:
        return read_place_words(self._folder)

    @cached_property
    def _gazetteer(self) -> Gazetteer:
        return Gazetteer.open()

    @cached_property
    def _plain_words(self) -> frozenset[str]:
        """Words of the language's own tables of roles and weapons, which no dictionary need have ("machineguns")."""
        named = ((self._folder / "roles.csv", ("singular", "plural")), (self._folder / "weapons.csv", ("words",)))
        cells = (row[column] for path, columns in named for row in _rows(path) for column in columns)
        return frozenset(word for cell in cells for word in _WORD.findall(cell) if word.islower())

    def read(self, text: str) -> str:
        """The text in plain case, of the same length; unchanged where it is not all in capitals."""
        if not is_in_capitals(text) or len(text.lower()) != len(text):
            return text
        dateline = _DATELINE.match(text)
        found = list(_WORD.finditer(text, dateline.end() if dateline else 0))
        lower = [match.group().lower() for match in found]
        written = [self._written(text, match) for match in found]
        self._capitalise_known(lower, written)
        self._write_abbreviations(text, found, lower, written)
        self._join_names(text, found, lower, written)
        return _assembled(text, found, written)

    def _written(self, text: str, match: re.Match[str]) -> str:
        """One word on its own: small if it is an ordinary word, else a name or an abbreviation."""
        word, before, after = match.group(), text[match.start() - 1:match.start()], text[match.end():match.end() + 1]
        lower = word.lower()
        if before in ("'", "’") and len(word) < 3:
            return lower
        if lower == "i" or _ROMAN.fullmatch(lower):
            return word
        if lower in self._lists.months and self._is_dated(text, match):
            return word.capitalize()
        if len(word) == 1:
            return lower if lower in self._lists.small and after != "." else word
        if not self._is_name(lower):
            return lower
        bracketed = _in_brackets(text, match)
        short = len(word) <= _ACRONYM and not any(c in _VOWELS for c in lower[1:])
        return word if bracketed or short or before == "." == after else word.capitalize()

    @staticmethod
    def _is_dated(text: str, month: re.Match[str]) -> bool:
        """"9 MARCH", "MAY 1989": a number stands beside the month."""
        before, after = text[max(0, month.start() - 4):month.start()], text[month.end():month.end() + 4]
        return before.rstrip()[-1:].isdigit() or after.lstrip()[:1].isdigit()

    def _is_name(self, lower: str) -> bool:
        kept = self._kept.get(lower)
        if kept is None:
            kept = self._kept[lower] = self._looks_like_name(lower)
        return kept

    def _looks_like_name(self, lower: str) -> bool:
        if lower in self._lists.small or lower in self._places.common:
            return False
        country = lower in self._places.countries and lower not in self._places.spelled
        if country or any(lower in names for names in (self._places.adjectives, self._places.cues["calendar"],
                                                       self._places.overrides, self._places.given_names)):
            return True
        if lower in self._plain_words:
            return False
        if not self._is_word(lower):
            return True
        return any(c.kind == "settlement" and c.main and c.population >= _TOWN
                   for c in self._gazetteer.by_key(key(lower))) and not self._is_plain(lower)

    def _is_plain(self, lower: str) -> bool:
        return lower not in self._places.given_names and lower.endswith(("ing", "ed", "tion", "ment", "ness"))

    def _capitalise_known(self, lower: Sequence[str], written: list[str]) -> None:
        """The names of the actor tables, written as these ask for: "National Liberation Army"."""
        for hit in self._actors.tables.trie.find(lower):
            one, word = hit.first == hit.last, lower[hit.first]
            plain = one and (written[hit.first].islower() or word in self._places.given_names)
            if plain or not all(any(entry.demand) for entry in hit.values):
                continue
            for i, demand in zip(range(hit.first, hit.last + 1), hit.values[0].demand, strict=True):
                if demand:
                    written[i] = lower[i].upper() if demand == 2 else _titled(written[i])

    def _write_abbreviations(self, text: str, found: Sequence[re.Match[str]], lower: Sequence[str], written: list[str]
                             ) -> None:
        """What stands in brackets once, as an actor's short name does, is an abbreviation all through the text."""
        bracketed = {match.group().lower() for match in found if _in_brackets(text, match)}
        short = {word for word in bracketed if word in self._actors.tables.first or not self._is_word(word)}
        for i, word in enumerate(lower):
            written[i] = word.upper() if word in short else written[i]

    def _join_names(self, text: str, found: Sequence[re.Match[str]], lower: Sequence[str], written: list[str]) -> None:
        """"San" and "La" before a name are part of it, a given name goes before a surname, "de" is written small."""
        beside = [text[a.end():b.start()] == " " for a, b in pairwise(found)]
        for i in range(len(found) - 2, -1, -1):
            if beside[i] and lower[i] in self._lists.leading and lower[i + 1] in self._places.given_names:
                written[i + 1] = _titled(written[i + 1])
            if beside[i] and not written[i + 1].islower() and self._goes_before(lower[i]):
                written[i] = _titled(written[i])
        for i in range(1, len(found)):
            if beside[i - 1] and lower[i] not in self._lists.inner and self._ends_name(lower, written, i):
                written[i] = _titled(written[i])
        for i in range(1, len(found) - 1):
            if written[i - 1].islower() or written[i + 1].islower():
                continue
            if lower[i] in self._lists.inner:
                written[i] = lower[i]

    def _goes_before(self, lower: str) -> bool:
        """Is this word part of the name that follows?"""
        plain = lower in self._lists.small or lower in self._places.common
        return lower in self._lists.leading or (lower in self._places.given_names and not plain)

    def _ends_name(self, lower: Sequence[str], written: Sequence[str], i: int) -> bool:
        """Is this dictionary word the surname behind a given name: "Manuel Casanova"?"""
        before = lower[i - 1] in self._places.given_names and not written[i - 1].islower()
        return before and not self._is_plain(lower[i]) and bool(self._gazetteer.by_key(key(lower[i]))) and (
            lower[i] not in self._lists.small and lower[i] not in self._places.common)


def _rows(path: Path) -> Iterator[Mapping[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def is_in_capitals(text: str) -> bool:
    """Is (nearly) every letter of this text a capital?"""
    small = sum(map(str.islower, text))
    capitals = sum(map(str.isupper, text))
    return capitals + small >= LEAST and small * ONE_IN <= capitals


def _in_brackets(text: str, match: re.Match[str]) -> bool:
    """Does this short word fill a pair of brackets: "(ELN)"?"""
    before, after = text[match.start() - 1:match.start()], text[match.end():match.end() + 1]
    return len(match.group()) <= _ACRONYM and before in _OPENS and after in _CLOSES


def _titled(word: str) -> str:
    return word if not word.islower() else word.capitalize()


def _assembled(text: str, found: Sequence[re.Match[str]], written: Sequence[str]) -> str:
    """The text with these words in it; the first word of a sentence begins with a capital."""
    parts, at, word_before = [], 0, ""
    for match, word in zip(found, written, strict=True):
        gap = text[at:match.start()]
        abbreviated = word_before.isupper() and len(word_before) == 1
        first = not at or (not abbreviated and _SENTENCE.search(gap) is not None)
        parts += [gap, word[:1].upper() + word[1:] if first else word]
        at, word_before = match.end(), word
    return "".join([*parts, text[at:]])
