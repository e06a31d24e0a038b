"""The benchmark's own word lists: what a target is, by the noun that names it."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from eventcode.rules import read_yaml

FOLDER = Path(__file__).parent


@cache
def types(name: str) -> dict[str, str]:
    """Lower-case word or phrase to its type, of one of the tables of this folder."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return {row["word"]: row["type"] for row in csv.DictReader(lines)}


@cache
def words(name: str) -> frozenset[str]:
    """One of the lists of words.yaml, lower case."""
    return frozenset(read_yaml(FOLDER / "words.yaml")["lists"][name])


@cache
def pattern(name: str) -> re.Pattern[str]:
    """The words of a table, longest first, as one expression."""
    listed = sorted(types(name), key=lambda word: (-len(word), word))
    return re.compile(r"(?<![\w-])(?:" + "|".join(re.escape(word) for word in listed) + r")(?![\w-])")


def type_of(words: tuple[str, ...], table: str, head: int) -> str | None:
    """The type by the longest listed phrase that ends at word `head`."""
    listed = types(table)
    for first in range(max(0, head - 3), head + 1):
        phrase = " ".join(words[first : head + 1])
        found = listed.get(phrase) or listed.get(singular(phrase))
        if found:
            return found
    return None


def singular(phrase: str) -> str:
    """The phrase with its last word in the singular, as far as a regular plural tells."""
    for ending, instead in (
        ("ies", "y"),
        ("men", "man"),
        ("sses", "ss"),
        ("ches", "ch"),
        ("shes", "sh"),
        ("xes", "x"),
        ("s", ""),
    ):
        if phrase.endswith(ending):
            return phrase[: -len(ending)] + instead
    return phrase


_NUMERALS = [
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
]


def numeral(words_of_phrase: Iterable[str]) -> str | None:
    """The number that a phrase begins with or holds, in digits: "two watchmen", "12 peasants"."""
    for word in words_of_phrase:
        plain = word.replace(",", "")
        if plain.isdigit() and len(plain) < 5:
            return plain
        if word in _NUMERALS:
            return str(_NUMERALS.index(word) + 2)
    return None
