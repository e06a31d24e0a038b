"""The gate: may a sentence report an action, by its bare words alone? Only what passes is parsed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import NamedTuple

from eventcode.mentions.kinds import Kinds

Forms = frozenset[str]
_WORD, _HYPHENATED = re.compile(r"[^\W\d_]+"), re.compile(r"[^\W\d_]+-[^\W\d_]+")
#: Words that the tokenizer leaves whole whatever its exceptions: a ban is certain only on a token of its own.
_PLAIN = re.compile(r"(?<!\S)[^\W\d_]+(?=[\s,;!?])")


class WordSets:
    """Sets of words, each with a bit of its own: a number tells of which of them a text has a word."""

    def __init__(self) -> None:
        self._bits: dict[Forms, int] = {}
        self._of_word: dict[str, int] = {}

    def bit(self, words: Forms) -> int:
        """The number of this set alone."""
        if words not in self._bits:
            self._bits[words] = bit = 1 << len(self._bits)
            for word in words:
                self._of_word[word] = self._of_word.get(word, 0) | bit
        return self._bits[words]

    def bits(self, sets: Iterable[Forms]) -> int:
        """The number of these sets together."""
        return reduce(or_, map(self.bit, sets), 0)

    def met_by(self, words: Iterable[str]) -> int:
        """The number of all the sets that have one of these words."""
        of_word = self._of_word
        return reduce(or_, [of_word[word] for word in words if word in of_word], 0)

    def missing_in(self, words: Iterable[str]) -> int:
        """The number of all the others."""
        return self.met_by(words) ^ ((1 << len(self._bits)) - 1)


class Company(NamedTuple):
    """What an entry asks of the other words of its sentence, and the action that it words."""

    needs: int  # of `Gate.needed`: the sentence has a word of each of these sets
    banned: int  # of `Gate.banned`: and none of these
    action: str
    sides: tuple[int, ...] = ()  # of `Gate.kinds`: the text names one of each of these
    hurts: bool = False  # whom the act befell may make an act of a bare noun: "five died in the attack"


class Gate:
    """Head words of lexicon entries, each with the company of those entries."""

    def __init__(self) -> None:
        self.needed, self.banned, self.kinds = WordSets(), WordSets(), Kinds()
        self._company: dict[str, list[Company]] = {}

    def add(self, form: str, company: Company) -> None:
        """Let sentences with this word form through that may have the company."""
        first, *others = form.split("-")
        if others:
            company = company._replace(needs=company.needs | self.needed.bits(frozenset({part}) for part in others))
        known = self._company.setdefault(first, [])
        if not known or known[-1] is not company:  # an entry may have a form twice, as verb and noun
            known.append(company)

    def fitting(self, text: str) -> list[Company]:
        """The company of every entry that may be worded in this sentence; an entry that is not there surely is not."""
        lower = text.lower()
        words = set(_WORD.findall(lower))
        if "-" in lower:
            words |= {word.replace("-", "") for word in _HYPHENATED.findall(lower)}
        heads = words & self._company.keys()
        if not heads:
            return []
        missing, stray = self.needed.missing_in(words), self.banned.met_by(_PLAIN.findall(lower))
        return [company for word in heads for company in self._company[word]
                if not company.needs & missing and not company.banned & stray]
