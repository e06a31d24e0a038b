"""The gate: may a sentence report an action, by its bare words alone? Only what passes is parsed."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import NamedTuple

Forms = frozenset[str]
_WORD, _HYPHENATED = re.compile(r"[^\W\d_]+"), re.compile(r"[^\W\d_]+-[^\W\d_]+")
#: Words that the tokenizer leaves whole whatever its exceptions: a ban is certain only on a token of its own.
_PLAIN = re.compile(r"(?<!\S)[^\W\d_]+(?=[\s,;!?])")


class Company(NamedTuple):
    """What an entry asks of the other words of its sentence, and the action that it words."""

    needs: tuple[Forms, ...]  # the sentence shares a word with each
    banned: Forms  # and none with these
    action: str


class Gate:
    """Head words of lexicon entries, each with the company of those entries."""

    def __init__(self) -> None:
        self._company: dict[str, list[Company]] = {}

    def add(self, form: str, company: Company) -> None:
        """Let sentences with this word form through that may have the company."""
        first, *others = form.split("-")
        if others:
            company = company._replace(needs=(*(frozenset({part}) for part in others), *company.needs))
        known = self._company.setdefault(first, [])
        if not known or known[-1] is not company:  # an entry may have a form twice, as verb and noun
            known.append(company)

    def passes(self, text: str, actions: Collection[str] | None = None) -> bool:
        """May an entry be worded here, of one of these actions if any are given? A no is certain."""
        lower = text.lower()
        words = set(_WORD.findall(lower))
        if "-" in lower:
            words |= {word.replace("-", "") for word in _HYPHENATED.findall(lower)}
        heads = words & self._company.keys()
        plain = set(_PLAIN.findall(lower)) if heads else set()
        return any((actions is None or action in actions) and banned.isdisjoint(plain) and may_fit(needs, words)
                   for word in heads for needs, banned, action in self._company[word])


def may_fit(needs: tuple[Forms, ...], words: set[str]) -> bool:
    """Does each of these sets share a word with the sentence's?"""
    for need in needs:  # noqa: SIM110 - no generator: asked some hundred times a sentence
        if need.isdisjoint(words):
            return False
    return True
