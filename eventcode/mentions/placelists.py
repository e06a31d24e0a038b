"""Lists of names that a plural noun tells to be places: "the villages of Dikajam, Taboungo and Demsare"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from eventcode.document import Token
from eventcode.gazetteer.names import ARTICLES

#: What leads from the plural noun to the names, and what stands between two of them.
_LEADS, _BETWEEN = (("of",), (":",), ("of", "the"), ("called",), ("named",)), frozenset((",", "and", "or", "&"))
#: The longest name of a list, in words beside its first.
_MORE = 2


class Names(Protocol):
    """What is needed of a sentence: its tokens, which of them are capitalised, and which are no part of a place."""

    tokens: list[Token]
    capital: list[bool]

    def run_end(self, i: int, more: int) -> int:
        """The last token of the run of capitalised words from i."""
        ...

    def names_no_place(self, j: int) -> bool:
        """Is the word one of bodies, people, days or plain things?"""
        ...


def listed_names(names: Names, nouns: frozenset[str]) -> dict[int, tuple[int, str]]:
    """The first token of each name in such a list, with its last and with the noun that says what they are."""
    found: dict[int, tuple[int, str]] = {}
    for j, token in enumerate(names.tokens):
        if token.lower in nouns:
            behind = [span for span in _behind(names, j) if not names.names_no_place(span[0])]
            found.update((first, (last, token.lower)) for first, last in behind or _before(names, j))
    return found


def _behind(names: Names, noun: int) -> Iterator[tuple[int, int]]:
    """Names from the word after "towns of" on, as long as commas and "and" join them."""
    tokens = names.tokens
    lead = max((n for n in (1, 2) if tuple(t.lower for t in tokens[noun + 1:noun + 1 + n]) in _LEADS), default=0)
    k = noun + 1 + lead
    while lead and k < len(tokens) and names.capital[k]:
        last = names.run_end(k, _MORE)
        yield k, last
        k = last + 1
        while k < len(tokens) and tokens[k].lower in _BETWEEN:
            k += 1
        if k == last + 1:
            return


def _before(names: Names, noun: int) -> list[tuple[int, int]]:
    """Two or more names joined by "and" right before the noun: "the Minyan and Bab suburbs"."""
    found: list[tuple[int, int]] = []
    last = noun - 1
    while last >= 0 and names.capital[last]:
        first = last
        while first > 0 and last - first < 2 * _MORE and _goes_back(names, first - 1):
            first -= 1
        found.append((first, last))
        if first < 2 or names.tokens[first - 1].lower not in ("and", ","):
            break
        last = first - 2
    return found if len(found) > 1 and not any(names.names_no_place(first) for first, _ in found) else []


def _goes_back(names: Names, j: int) -> bool:
    return names.capital[j] or names.tokens[j].text == "-" or names.tokens[j].lower in ARTICLES
