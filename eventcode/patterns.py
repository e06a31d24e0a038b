"""Dictionaries of many words: a token trie that finds the longest entry at each position.

Plain Python, no dependency, pickles; made for lists of 10,000 to 100,000 names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, NamedTuple, TypeVar

V = TypeVar("V")


class Hit(NamedTuple, Generic[V]):
    """Tokens first..last (inclusive) spell an entry; `values` are all values stored under it."""

    first: int
    last: int
    values: tuple[V, ...]


class _Node(Generic[V]):
    __slots__ = ("next", "values")

    def __init__(self) -> None:
        self.next: dict[str, _Node[V]] = {}
        self.values: tuple[V, ...] = ()


class TokenTrie(Generic[V]):
    """Sequences of token texts to values. Keys are compared as given: fold case before adding and before looking."""

    def __init__(self, entries: Iterable[tuple[Sequence[str], V]] = ()) -> None:
        self._root: _Node[V] = _Node()
        self._size = 0
        for words, value in entries:
            self.add(words, value)

    def __len__(self) -> int:
        return self._size

    def add(self, words: Sequence[str], value: V) -> None:
        """Store a value under a sequence of tokens; a second value under one key is kept beside the first."""
        if not words:
            raise ValueError("an entry needs at least one token")
        node = self._root
        for word in words:
            node = node.next.setdefault(word, _Node())
        if value not in node.values:
            node.values += (value,)
            self._size += 1

    def first_words(self) -> Iterable[str]:
        """The words that entries begin with."""
        return self._root.next.keys()

    def beginning_with(self, word: str) -> Iterator[tuple[tuple[str, ...], tuple[V, ...]]]:
        """Every entry that begins with a word: its words and all values stored under it."""
        waiting: list[tuple[tuple[str, ...], _Node[V]]] = []
        waiting += [((word,), self._root.next[word])] if word in self._root.next else []
        while waiting:
            words, node = waiting.pop()
            if node.values:
                yield words, node.values
            waiting += [((*words, following), below) for following, below in node.next.items()]

    def longest_at(self, words: Sequence[str], start: int) -> Hit[V] | None:
        """The longest entry that begins at position `start`."""
        node, best = self._root, None
        for i in range(start, len(words)):
            following = node.next.get(words[i])
            if following is None:
                break
            node = following
            if node.values:
                best = Hit(start, i, node.values)
        return best

    def find(self, words: Sequence[str]) -> list[Hit[V]]:
        """Longest entries from left to right, never overlapping."""
        found, i, first_words = [], 0, self._root.next
        while i < len(words):
            hit = self.longest_at(words, i) if words[i] in first_words else None
            if hit is None:
                i += 1
            else:
                found.append(hit)
                i = hit.last + 1
        return found
