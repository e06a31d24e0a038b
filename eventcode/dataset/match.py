"""Rows of two versions of a table that are the same event: by key, else by content."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from eventcode.dataset.align import best_pairs
from eventcode.dataset.frame import plain_cells
from eventcode.errors import InputError

#: The least share of cells in which rows of one event agree, and the largest group that is compared row by row.
_LIKE, _GROUP = 0.5, 250_000


def match(old: pd.DataFrame, new: pd.DataFrame, keys: Sequence[pd.DataFrame],
          articles: Sequence[Sequence[Any]]) -> list[tuple[int, int]]:
    """(old row, new row) pairs, by old row. keys: the key columns of each side, maybe none; articles: of each row.

    Raises InputError on a key that stands twice on one side.
    """
    known = [_numbers(frame, name) for frame, name in zip(keys, ("old", "new"), strict=True)]
    pairs = [(row, known[1][key]) for key, row in known[0].items() if key in known[1]]
    keyed = [set(by_key.values()) for by_key in known]
    rest = [[row for row in range(len(frame)) if row not in rows]
            for frame, rows in zip((old, new), keyed, strict=True)]
    if not rest[0] or not rest[1]:
        return sorted(pairs)
    equal = _equal(old, new, rest, articles)
    taken = [{pair[side] for pair in equal} for side in (0, 1)]
    left = [[row for row in rows if row not in used] for rows, used in zip(rest, taken, strict=True)]
    return sorted([*pairs, *equal, *_alike(old, new, left, articles)])


def _numbers(keys: pd.DataFrame, which: str) -> dict[tuple[Any, ...], int]:
    """Key to row, for rows with a whole key."""
    found: dict[tuple[Any, ...], int] = {}
    if not len(keys.columns):
        return found
    for row, key in enumerate(zip(*(plain_cells(keys, i) for i in range(keys.shape[1])), strict=True)):
        if None not in key and found.setdefault(key, row) != row:
            told = ", ".join(map(str, key))
            raise InputError(f"diff: the key {told} stands in rows {found[key]} and {row} of {which}: validate finds "
                             "repeated ids; give further columns as key")
    return found


def _equal(old: pd.DataFrame, new: pd.DataFrame, rest: list[list[int]],
           articles: Sequence[Sequence[Any]]) -> list[tuple[int, int]]:
    """Rows with the same cells and article, the first with the first."""
    waiting: dict[str, list[int]] = {}
    for told, row in _contents(new, rest[1], articles[1]):
        waiting.setdefault(told, []).append(row)
    found = []
    for told, row in _contents(old, rest[0], articles[0]):
        if waiting.get(told):
            found.append((row, waiting[told].pop(0)))
    return found


def _contents(frame: pd.DataFrame, rows: list[int], articles: Sequence[Any]) -> list[tuple[str, int]]:
    part = frame.iloc[rows]
    cells = zip(*(plain_cells(part, i) for i in range(part.shape[1])), strict=True)
    return [(repr((articles[row], told)), row) for row, told in zip(rows, cells, strict=True)]


def _alike(old: pd.DataFrame, new: pd.DataFrame, left: list[list[int]],
           articles: Sequence[Sequence[Any]]) -> list[tuple[int, int]]:
    """Rows of one article that agree in at least half of their cells, paired so that most agree; none of no article."""
    groups: list[dict[Any, list[int]]] = [{}, {}]
    for found, rows, names in zip(groups, left, articles, strict=True):
        for row in rows:
            if names[row] is not None:
                found.setdefault(names[row], []).append(row)
    pairs = []
    for name, rows in groups[0].items():
        others = groups[1].get(name, [])
        if others and len(rows) * len(others) <= _GROUP:
            credit = _shares(old.iloc[rows], new.iloc[others])
            pairs += [(rows[i], others[j]) for i, j in best_pairs(np.where(credit >= _LIKE, credit, 0))]
    return pairs


def _shares(one: pd.DataFrame, other: pd.DataFrame) -> np.ndarray:
    """The share of cells in which each row of one agrees with each of the other; of cells that either fills."""
    same = np.zeros((len(one), len(other)))
    filled = np.zeros((len(one), len(other)))
    for column in range(one.shape[1]):
        left, right = (["" if cell is None else repr(cell) for cell in plain_cells(frame, column)]
                       for frame in (one, other))
        a, b = np.array(left, dtype=object)[:, None], np.array(right, dtype=object)[None, :]
        empty = (a == "") & (b == "")
        same += (a == b) & ~empty
        filled += ~empty
    return np.asarray(same / np.maximum(filled, 1))
