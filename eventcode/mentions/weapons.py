"""Weapons and means named in a sentence: 'mortar', 'car bomb', 'tear gas'."""

from __future__ import annotations

from eventcode.document import Sentence
from eventcode.languages.base import Language
from eventcode.patterns import Hit, TokenTrie
from eventcode.rules import read_csv


class WeaponFinder:
    """Reads the language's `weapons.csv` (words, weapon): token sequences in lower case."""

    def __init__(self, language: Language) -> None:
        self._trie: TokenTrie[str] = TokenTrie()
        for _, row in read_csv(language.folder / "weapons.csv", ("words", "weapon")):
            self._trie.add(row["words"].split(), row["weapon"])

    def find(self, sentence: Sentence) -> list[Hit[str]]:
        """Hits by token position; the values are ids of `eventcode.lexicon.Weapon`."""
        return self._trie.find([token.lower for token in sentence.tokens])
