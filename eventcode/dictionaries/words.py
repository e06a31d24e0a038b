"""Words as the dictionaries count them, of their phrases and of sentences alike, and a trie of phrases.

Upper case; hyphened words, initials and abbreviations are one word ("AL-QAEDA", "U.S"); "'S" and "N'T" are words of
their own, as in the Penn Treebank that the programs read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Generic, TypeVar

#: A letter run with inner marks, or a comma; every other mark separates words and is none.
_WORD = re.compile(r"\w+(?:[.\-'’&/·]\w+)*|[,]", re.UNICODE)
_SUFFIX = re.compile(r"(?:(?P<stem>.+?)(?P<not>N['’]T)|(?P<owner>.+)(?P<s>['’]S))", re.IGNORECASE)
#: The key of a trie's node under which a whole phrase's values stand: no word.
END = ""

Trie = dict[str, Any]
Runs = tuple[tuple[str, ...], ...]
V = TypeVar("V")


def split_words(text: str) -> Iterator[tuple[str, int, int]]:
    """(word in upper case, start, end) for each word and comma of a text; offsets count its characters.

    The last point of an abbreviation is within its offsets, but not of its word: "U.S." is U.S wherever it stands.
    """
    for match in _WORD.finditer(text):
        word, start, end = match.group(), match.start(), match.end()
        tail = _SUFFIX.fullmatch(word) if "'" in word or "’" in word else None
        if tail is None:
            yield _upper(word), start, end + ("." in word and text.startswith(".", end))
        else:
            cut = start + len(tail["stem"] or tail["owner"])
            yield _upper(text[start:cut]), start, cut
            yield _upper(text[cut:end]), cut, end


def _upper(word: str) -> str:
    return word.upper().replace("’", "'")


def words_of(phrase: str) -> tuple[str, ...]:
    """The words of a dictionary's phrase; `_` and blanks separate alike."""
    return tuple(word for word, _, _ in split_words(phrase.replace("_", " ")))


def runs_of(phrase: str) -> Runs:
    """The phrase's runs of consecutive words: a blank between them allows other words, `_` does not."""
    runs = (words_of(run) for run in re.sub(r"_+(?=\s|$)|(?:(?<=\s)|^)_+", "", phrase).split())
    return tuple(run for run in runs if run)


class Phrases(Generic[V]):
    """Phrases of words with a value each, found where they begin.

    A phrase is runs of consecutive words; between runs other words may stand (`HAMAS WING`: a blank, in the formats
    that tell it from `_`).
    """

    def __init__(self) -> None:
        self._trie: Trie = {}
        self._gapped: Trie = {}

    def add(self, runs: Runs, value: V) -> bool:
        """Store a value; False where the phrase has one already, which stays."""
        if len(runs) == 1:
            node = _node(self._trie, runs[0])
            return bool(node.setdefault(END, value) is value)
        others = _node(self._gapped, runs[0]).setdefault(END, [])
        known = any(rest == runs[1:] for rest, _ in others)
        if not known:
            others.append((runs[1:], value))
        return not known

    def at(self, words: Sequence[str], start: int) -> tuple[int, V] | None:
        """(index after the phrase, value) of the phrase with most words that begins at this word."""
        best: tuple[int, V] | None = _longest(self._trie, words, start)
        if words[start] in self._gapped:
            wide = _longest_gapped(self._gapped, words, start)
            if wide is not None and (best is None or wide[0] > best[0]):
                return wide
        return best


def _node(trie: Trie, words: Sequence[str]) -> Trie:
    for word in words:
        trie = trie.setdefault(word, {})
    return trie


def _walk(trie: Trie, words: Sequence[str], start: int) -> Iterator[tuple[int, Trie]]:
    """(index after the word, node) of each word from `start` that the trie goes on with."""
    node = trie
    for end in range(start, len(words)):
        following = node.get(words[end])
        if following is None:
            return
        node = following
        yield end + 1, node


def _longest(trie: Trie, words: Sequence[str], start: int) -> tuple[int, Any] | None:
    best = None
    for end, node in _walk(trie, words, start):
        if END in node:
            best = (end, node[END])
    return best


def _longest_gapped(trie: Trie, words: Sequence[str], start: int) -> tuple[int, Any] | None:
    best = None
    for end, node in _walk(trie, words, start):
        for rest, value in node.get(END, ()):
            after = follow(rest, words, end)
            if after is not None and (best is None or after > best[0]):
                best = (after, value)
    return best


def follow(runs: Runs, words: Sequence[str], at: int) -> int | None:
    """The index after these runs, each found as early as can be from `at` on; None where one is missing."""
    for run in runs:
        last = len(words) - len(run)
        while at <= last and tuple(words[at:at + len(run)]) != run:
            at += 1
        if at > last:
            return None
        at += len(run)
    return at
