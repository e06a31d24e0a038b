"""Forms of the nouns that numbers stand before."""

from __future__ import annotations

from collections.abc import Sequence

from eventcode.mentions.numbers import Word


def joins_adjectives(words: Sequence[Word], j: int) -> bool:
    """"11 Czech and Polish hostages"."""
    return words[j].lower == "and" and words[j - 1].capital and j + 1 < len(words) and words[j + 1].capital


def end_of_compound(words: Sequence[Word], head: int) -> int:
    """The last word of one written with hyphens that begins with this word."""
    while head + 2 < len(words) and words[head + 1].lower in "-–" and words[head + 1].start == words[head].end and \
            words[head + 2].start == words[head + 1].end:
        head += 2
    return head


def is_plural(word: str) -> bool:
    """Does the word look like a regular plural?"""
    return word.endswith("s") and len(word) > 3 and word[-2:-1].isalpha() and not word.endswith(("ss", "us", "is"))


def plural(word: str) -> str:
    """The regular plural of a noun."""
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "x", "ch", "sh")) else "s")
