"""Weapons and means named in a sentence: 'mortar', 'car bomb', 'tear gas'."""

from __future__ import annotations

from eventcode.document import Sentence
from eventcode.languages.base import Language
from eventcode.patterns import Hit, TokenTrie
from eventcode.rules import read_csv


class WeaponFinder:
    """Reads the language's `weapons.csv` (words, weapon): token sequences in lower case."""

    def __init__(self, language: Language) -> None:
        rows = [row for _, row in read_csv(language.folder / "weapons.csv", ("words", "weapon"))]
        self._trie: TokenTrie[str] = TokenTrie((row["words"].split(), row["weapon"]) for row in rows)
        self.first_words = frozenset(row["words"].split()[0] for row in rows)

    def find(self, sentence: Sentence) -> list[Hit[str]]:
        """Hits by token position; the values are ids of `eventcode.lexicon.Weapon`."""
        if self.first_words.isdisjoint(sentence.vocabulary):
            return []
        return self._trie.find([token.lower for token in sentence.tokens])
