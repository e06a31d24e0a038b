"""Forms of English verbs and nouns, generously: a form too many costs a look at the tree, a missing one an event."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from eventcode.rules import read_csv

_VOWELS = "aeiou"


class Morphology:
    """Regular inflection plus a table of irregular forms (lemma, forms separated by blanks)."""

    def __init__(self, irregular: Path) -> None:
        self._irregular: dict[str, frozenset[str]] = {}
        for _, row in read_csv(irregular, ("lemma", "forms")):
            self._irregular[row["lemma"]] = frozenset(row["forms"].split())
        self.forms = cache(self._forms)

    def _forms(self, lemma: str) -> frozenset[str]:
        made = {lemma, _with_s(lemma), _with_ing(lemma)}
        if lemma in self._irregular:
            return frozenset(made | self._irregular[lemma])
        return frozenset(made | {_with_ed(lemma)})


def _with_s(word: str) -> str:
    if word.endswith("man") and len(word) > 5:  # 'herdsman', 'militiaman'; 'humans' are no loss
        return f"{word[:-3]}men"
    if word.endswith(("s", "x", "z", "ch", "sh")) or (word.endswith("o") and word[-2:-1] not in _VOWELS):
        return word + "es"
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return word[:-1] + "ies"
    return word + "s"


def _with_ed(word: str) -> str:
    if word.endswith("e"):
        return word + "d"
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return word[:-1] + "ied"
    return _doubled(word) + "ed"


def _with_ing(word: str) -> str:
    if word.endswith("ie"):
        return word[:-2] + "ying"
    if word.endswith("e") and not word.endswith(("ee", "oe", "ye")):
        return word[:-1] + "ing"
    return _doubled(word) + "ing"


#: Two-syllable verbs stressed on the second syllable, and the like, double their last letter.
_DOUBLE = {
    "abet",
    "admit",
    "allot",
    "commit",
    "compel",
    "control",
    "deter",
    "equip",
    "expel",
    "kidnap",
    "occur",
    "omit",
    "patrol",
    "permit",
    "propel",
    "rebel",
    "refer",
    "regret",
    "repel",
    "submit",
    "transfer",
    "transmit",
    "handicap",
}


def _doubled(word: str) -> str:
    if word in _DOUBLE:
        return word + word[-1]
    short = sum(letter in _VOWELS for letter in word) == 1 and len(word) >= 3
    ends = word[-1] not in _VOWELS + "wxyh" and word[-2] in _VOWELS and (len(word) < 3 or word[-3] not in _VOWELS)
    return word + word[-1] if short and ends else word
