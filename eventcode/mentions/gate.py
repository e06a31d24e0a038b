"""The gate: may a sentence report an action, by its bare words alone? Only what passes is parsed."""

from __future__ import annotations

import re
from collections.abc import Iterable

Forms = frozenset[str]
_WORD, _HYPHENATED = re.compile(r"[^\W\d_]+"), re.compile(r"[^\W\d_]+-[^\W\d_]+")
#: Words that the tokenizer leaves whole whatever its exceptions: a ban is certain only on a token of its own.
_PLAIN = re.compile(r"(?<!\S)[^\W\d_]+(?=[\s,;!?])")


class Gate:
    """Head words of lexicon entries, each with the company that one of its entries asks for or is stopped by."""

    def __init__(self, heads: Iterable[tuple[str, tuple[Forms, ...], Forms]]) -> None:
        """heads: a word form, sets of words of which the sentence must share one each, words it must have none of."""
        self._company: dict[str, list[tuple[tuple[Forms, ...], Forms]]] = {}
        for form, needs, banned in dict.fromkeys(heads):
            first, *others = form.split("-")
            wanted = (*(frozenset({part}) for part in others), *needs)
            self._company.setdefault(first, []).append((wanted, banned))

    def passes(self, text: str) -> bool:
        """May an entry be worded here? A no is certain."""
        lower = text.lower()
        words = set(_WORD.findall(lower))
        if "-" in lower:
            words |= {word.replace("-", "") for word in _HYPHENATED.findall(lower)}
        heads = words & self._company.keys()
        plain = set(_PLAIN.findall(lower)) if heads else set()
        return any(banned.isdisjoint(plain) and may_fit(needs, words)
                   for word in heads for needs, banned in self._company[word])


def may_fit(needs: tuple[Forms, ...], words: set[str]) -> bool:
    """Does each of these sets share a word with the sentence's?"""
    for need in needs:  # no generator: asked some hundred times a sentence
        if need.isdisjoint(words):
            return False
    return True
