"""Texts that nearly copy one another: candidates by MinHash, verdicts by the exact share of common word triples."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b

import numpy as np

_WORD = re.compile(r"\w+")
_WIDTH = 3
#: Hash values of one text, and the prime below which they lie.
_HASHES, _PRIME = 128, (1 << 31) - 1
_FACTORS, _TERMS = np.random.default_rng(20).integers(1, _PRIME, (2, _HASHES), dtype="int64")


def shingles(text: str) -> frozenset[int]:
    """The word triples of a text as numbers, case and punctuation aside; all its words as one where they are fewer."""
    words = [word.casefold() for word in _WORD.findall(text)]
    runs = [" ".join(words[i:i + _WIDTH]) for i in range(max(len(words) - _WIDTH + 1, 1))] if words else []
    return frozenset(int.from_bytes(blake2b(run.encode(), digest_size=8).digest(), "big") % _PRIME for run in runs)


def similarity(one: frozenset[int], other: frozenset[int]) -> float:
    """Jaccard's index: shared over all, 0 to 1; 0 for two empty texts."""
    return len(one & other) / len(one | other) if one or other else 0.0


def bands(threshold: float) -> tuple[int, int]:
    """(bands, rows) of 128 hash values such that of pairs as similar as the threshold at least 95 % are found."""
    for rows in (32, 16, 8, 4, 2):
        if 1 - (1 - threshold ** rows) ** (_HASHES // rows) >= 0.95:
            return _HASHES // rows, rows
    return _HASHES, 1


@dataclass
class Index:
    """Texts seen so far; finds those that nearly copy a new one, at the threshold at least 19 times of 20."""

    threshold: float
    texts: dict[int, frozenset[int]] = field(default_factory=dict)
    _buckets: dict[tuple[int, bytes], list[int]] = field(default_factory=dict)

    def near(self, text: frozenset[int]) -> Iterator[tuple[int, float]]:
        """(number, similarity) of the texts at least as similar as the threshold, by number."""
        seen = {number for key in self._keys(text) for number in self._buckets.get(key, ())}
        for number in sorted(seen):
            share = similarity(text, self.texts[number])
            if share >= self.threshold:
                yield number, share

    def add(self, number: int, text: frozenset[int]) -> None:
        """Remember a text under a number."""
        self.texts[number] = text
        for key in self._keys(text):
            self._buckets.setdefault(key, []).append(number)

    def _keys(self, text: frozenset[int]) -> Iterable[tuple[int, bytes]]:
        if not text:
            return []
        count, rows = bands(self.threshold)
        told = _signature(sorted(text))
        return [(band, told[band * rows:(band + 1) * rows].tobytes()) for band in range(count)]


def _signature(numbers: Sequence[int]) -> np.ndarray:
    made: np.ndarray = ((np.array(numbers, dtype="int64")[:, None] * _FACTORS + _TERMS) % _PRIME).min(axis=0)
    return made
