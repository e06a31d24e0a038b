"""Records of one article aligned one to one, so that their credits add up to the most."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal, TypeAlias

import numpy as np
import pandas as pd

from eventcode.countries import fold
from eventcode.dataset.frame import plain
from eventcode.dataset.layout import days
from eventcode.errors import InputError

Compare: TypeAlias = Literal["exact", "text", "number", "day", "set"]


def align(pred: pd.DataFrame, gold: pd.DataFrame, compare: Mapping[str, Compare], article: str | None) -> pd.DataFrame:
    """A row per pair or lone record: article, pred and gold (row numbers, Int64), credit, and the credit of each field.

    Records pair only where some field has credit. A lone record's credits are missing; a field's is missing where
    neither side fills it, and -1 or -2 where only the prediction or only the gold does (no credit, but a value).
    """
    for name, frame in (("pred", pred), ("gold", gold)):
        lacking = [column for column in (*compare, *([article] if article else [])) if column not in frame.columns]
        if lacking:
            raise InputError(f"evaluate: {name} has no column {lacking[0]!r}")
    strange = [how for how in compare.values() if how not in _COMPARE]
    if strange:
        raise InputError(f"evaluate: {strange[0]!r} is no comparison; known are {', '.join(_COMPARE)}")
    sides = [{name: _cells(frame, name, how) for name, how in compare.items()} for frame in (pred, gold)]
    groups = [_groups(frame, article) for frame in (pred, gold)]
    rows = [row for key in dict.fromkeys([*groups[1], *groups[0]])
            for row in _article(key, groups[0].get(key, []), groups[1].get(key, []), sides, compare)]
    made = pd.DataFrame(rows, columns=["article", "pred", "gold", "credit", *compare])
    return made.astype({"pred": "Int64", "gold": "Int64", **dict.fromkeys(["credit", *compare], "float64")})


def credits_of(pairs: pd.DataFrame, names: list[str], rows: np.ndarray,
               size: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(credit, values told, values wanted) of each article (row) and field (column)."""
    made = [np.zeros((size, len(names))) for _ in range(3)]
    for column, name in enumerate(names):
        credit = pairs[name].to_numpy(dtype="float64")
        parts = (np.maximum(np.nan_to_num(credit), 0), (credit >= 0) | (credit == -1), (credit >= 0) | (credit == -2))
        for whole, part in zip(made, parts, strict=True):
            whole[:, column] = np.bincount(rows, weights=part.astype(float), minlength=size)
    return made[0], made[1], made[2]


def best_pairs(credit: np.ndarray) -> list[tuple[int, int]]:
    """(row, column) pairs, each at most once, whose credits add up to the most; none without credit.

    The Hungarian method (Kuhn 1955, in the form with potentials), on costs of 1 less the credit.
    """
    if credit.shape[0] > credit.shape[1]:
        return sorted((row, column) for column, row in best_pairs(credit.T))
    rows, columns = credit.shape
    cost = np.zeros((rows + 1, columns + 1))
    cost[1:, 1:] = 1 - credit
    left, right = np.zeros(rows + 1), np.zeros(columns + 1)
    owner = np.zeros(columns + 1, dtype=int)  # the row that has each column; 0: free
    for row in range(1, rows + 1):
        owner[0] = row
        _augment(cost, left, right, owner)
    pairs = [(int(owner[column]) - 1, column - 1) for column in range(1, columns + 1) if owner[column]]
    return sorted(pair for pair in pairs if credit[pair] > 0)


def _augment(cost: np.ndarray, left: np.ndarray, right: np.ndarray, owner: np.ndarray) -> None:
    """Give the row in owner[0] a column, moving others along the cheapest path."""
    least = np.full(len(right), np.inf)
    came = np.zeros(len(right), dtype=int)
    used = np.zeros(len(right), dtype=bool)
    column = 0
    while True:
        used[column] = True
        row = owner[column]
        now = cost[row] - left[row] - right
        better = ~used & (now < least)
        least[better], came[better] = now[better], column
        following = int(np.where(used, np.inf, least).argmin())
        step = least[following]
        left[owner[used]] += step
        right[used] -= step
        least[~used] -= step
        column = following
        if owner[column] == 0:
            break
    while column:
        owner[column], column = owner[came[column]], came[column]


def _groups(frame: pd.DataFrame, article: str | None) -> dict[Any, list[int]]:
    if article is None:
        return {"": list(range(len(frame)))}
    found: dict[Any, list[int]] = {}
    for row, key in enumerate(map(plain, frame[article].tolist())):
        found.setdefault(key, []).append(row)
    return found


def _article(key: Any, told: list[int], wanted: list[int], sides: list[dict[str, list[Any]]],
             compare: Mapping[str, Compare]) -> list[tuple[Any, ...]]:
    fields = {(p, g): {name: _credit(how, sides[0][name][p], sides[1][name][g]) for name, how in compare.items()}
              for p in told for g in wanted}
    credit = np.array([[_mean(fields[p, g]) for g in wanted] for p in told]).reshape(len(told), len(wanted))
    pairs = best_pairs(credit) if credit.size else []
    rows: list[tuple[Any, ...]] = [(key, told[p], wanted[g], credit[p, g], *fields[told[p], wanted[g]].values())
                                   for p, g in pairs]
    lone = [set(range(len(told))) - {p for p, _ in pairs}, set(range(len(wanted))) - {g for _, g in pairs}]
    rows += [(key, told[p], None, None, *(_alone(sides[0][name][told[p]], -1.0) for name in compare))
             for p in sorted(lone[0])]
    return rows + [(key, None, wanted[g], None, *(_alone(sides[1][name][wanted[g]], -2.0) for name in compare))
                   for g in sorted(lone[1])]


def _alone(value: Any, mark: float) -> float | None:
    return None if value is None else mark


def _mean(found: Mapping[str, float | None]) -> float:
    told = [max(value, 0.0) for value in found.values() if value is not None]
    return sum(told) / len(told) if told else 0.0


def _credit(how: Compare, told: Any, wanted: Any) -> float | None:
    if told is None or wanted is None:
        return None if told is wanted else -1.0 if wanted is None else -2.0
    return _COMPARE[how](told, wanted)


def _exact(told: Any, wanted: Any) -> float:
    return float(told == wanted)


def _number(told: float, wanted: float) -> float:
    return 1.0 if told == wanted else max(0.0, 1 - abs(told - wanted) / max(abs(told), abs(wanted)))


def _day(told: int, wanted: int) -> float:
    return {0: 1.0, 1: 0.5}.get(abs(told - wanted), 0.0)


def _set(told: frozenset[str], wanted: frozenset[str]) -> float:
    return len(told & wanted) / len(told | wanted)


_COMPARE: dict[str, Callable[[Any, Any], float]] = {"exact": _exact, "text": _exact, "number": _number, "day": _day,
                                                    "set": _set}


def _cells(frame: pd.DataFrame, name: str, how: Compare) -> list[Any]:
    """A column's cells in the form that is compared; None where empty."""
    if how == "day":
        told = days(frame[name])
        return [None if missing else int(day)
                for day, missing in zip(told.astype("int64").tolist(), np.isnat(told).tolist(), strict=True)]
    if how == "number":
        return [plain(cell) for cell in pd.to_numeric(frame[name], errors="coerce").tolist()]
    cells = [plain(cell) for cell in frame[name].tolist()]
    if how == "text":
        return [None if cell is None else fold(str(cell)) for cell in cells]
    if how == "set":
        return [_items(cell) or None for cell in cells]
    return cells


def _items(cell: Any) -> frozenset[str]:
    parts = cell if isinstance(cell, (list, tuple)) else str(cell or "").split(";")
    return frozenset(fold(str(part)) for part in parts if str(part).strip())
