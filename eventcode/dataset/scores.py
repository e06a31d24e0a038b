"""Precision, recall and F1 from counts, with bootstrap intervals over the units that were drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from eventcode.dataset.columns import text_dtype

#: Bootstrap samples drawn at a time, so that memory stays flat.
_AT_ONCE = 2_000_000
MEASURES = ("precision", "recall", "f1")


@dataclass(frozen=True)
class Bootstrap:
    """How intervals are made: `samples` draws of the units with replacement, percentiles of `level`, a `seed`."""

    samples: int = 1000
    level: float = 0.95
    seed: int = 0

    def draws(self, units: int) -> Any:
        """Arrays (some samples, units) of how often each unit is drawn; together `samples` rows."""
        chance = np.random.default_rng(self.seed)
        step = max(_AT_ONCE // max(units, 1), 1)
        for first in range(0, self.samples if units else 0, step):
            drawn = chance.integers(0, units, (min(step, self.samples - first), units))
            yield np.stack([np.bincount(row, minlength=units) for row in drawn])

    def interval(self, values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """(low, high) of each column; NaN where no sample has a value."""
        tail = (1 - self.level) / 2
        known = ~np.isnan(values).all(axis=0) if len(values) else np.zeros(values.shape[1], dtype=bool)
        low, high = (np.full(values.shape[1], np.nan) for _ in range(2))
        if known.any():
            low[known], high[known] = np.nanquantile(values[:, known], [tail, 1 - tail], axis=0)
        return low, high


def rates(right: np.ndarray, told: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """Precision, recall and F1 (first axis) from counts; NaN where nothing was told, wanted, or neither."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.stack([right / told, right / wanted, 2 * right / (told + wanted)])


def averages(right: np.ndarray, told: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """micro, macro and weighted (first axis) of precision, recall and F1 (second) over the codes (last axis).

    Macro and weighted take codes that are told or wanted at all; a measure without denominator counts as 0 in them.
    """
    parts = np.nan_to_num(rates(right, told, wanted))
    there = (told + wanted) > 0
    macro = np.where(there, parts, 0).sum(axis=-1) / np.maximum(there.sum(axis=-1), 1)
    weighted = (parts * wanted).sum(axis=-1) / np.maximum(wanted.sum(axis=-1), 1)
    micro = rates(right.sum(axis=-1), told.sum(axis=-1), wanted.sum(axis=-1))
    return np.stack([micro, macro, weighted])


def by_code(codes: list[str], right: np.ndarray, told: np.ndarray, wanted: np.ndarray,
            bootstrap: Bootstrap) -> tuple[pd.DataFrame, pd.DataFrame]:
    """(a row per code, a row per average), from counts of each unit (rows) and code (columns)."""
    totals = [part.sum(axis=0) for part in (right, told, wanted)]
    samples = [[draw @ part for part in (right, told, wanted)] for draw in bootstrap.draws(len(right))]
    each, over = [], []
    for sample in samples:
        each.append(np.moveaxis(rates(*sample), 0, 1))
        over.append(np.moveaxis(averages(*sample), 2, 0))
    made = pd.DataFrame({"code": pd.Series(codes, dtype=text_dtype()), "gold": totals[2].astype("int64"),
                         "predicted": totals[1].astype("int64"), "right": totals[0]})
    _put(made, rates(*totals), np.concatenate(each) if each else np.empty((0, 3, len(codes))), bootstrap)
    overall = pd.DataFrame({"average": pd.Series(["micro", "macro", "weighted"], dtype=text_dtype())})
    spread = np.moveaxis(np.concatenate(over), 1, 2) if over else np.empty((0, 3, 3))
    _put(overall, np.moveaxis(averages(*totals), 0, 1), spread, bootstrap)
    return made, overall


def _put(frame: pd.DataFrame, values: np.ndarray, samples: np.ndarray, bootstrap: Bootstrap) -> None:
    for i, name in enumerate(MEASURES):
        low, high = bootstrap.interval(samples[:, i])
        frame[name], frame[f"{name}_low"], frame[f"{name}_high"] = values[i], low, high
