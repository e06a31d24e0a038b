"""The gate: may a sentence report an action, by its bare words alone? Only what passes is parsed."""

from __future__ import annotations

import re
from collections.abc import Iterable

Forms = frozenset[str]
_WORD, _HYPHENATED = re.compile(r"[^\W\d_]+"), re.compile(r"[^\W\d_]+-[^\W\d_]+")


class Gate:
    """Head words of lexicon entries, each with the company that one of its entries asks for."""

    def __init__(self, heads: Iterable[tuple[str, tuple[Forms, ...]]]) -> None:
        """heads: a word form, and sets of words of which the sentence must share one each."""
        self._company: dict[str, list[tuple[Forms, ...]]] = {}
        for form, needs in dict.fromkeys(heads):
            first, *others = form.split("-")
            wanted = (*(frozenset({part}) for part in others), *needs)
            self._company.setdefault(first, []).append(wanted)

    def passes(self, text: str) -> bool:
        """May an entry be worded here? A no is certain."""
        lower = text.lower()
        words = set(_WORD.findall(lower))
        if "-" in lower:
            words |= {word.replace("-", "") for word in _HYPHENATED.findall(lower)}
        return any(may_fit(needs, words) for word in words & self._company.keys() for needs in self._company[word])


def may_fit(needs: tuple[Forms, ...], words: set[str]) -> bool:
    """Does each of these sets share a word with the sentence's?"""
    for need in needs:  # no generator: asked some hundred times a sentence
        if need.isdisjoint(words):
            return False
    return True
