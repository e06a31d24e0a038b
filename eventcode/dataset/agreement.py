"""Agreement between coders: per cent, Cohen's kappa, Krippendorff's alpha, with missing judgements left missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeAlias

import numpy as np
import pandas as pd

from eventcode.dataset.columns import text_dtype
from eventcode.dataset.frame import plain
from eventcode.dataset.page import Page
from eventcode.dataset.scores import Bootstrap
from eventcode.errors import InputError

Level: TypeAlias = Literal["nominal", "ordinal", "interval", "ratio"]
Codes: TypeAlias = pd.Series | Mapping[Any, Any] | Sequence[Any]


@dataclass(frozen=True)
class Agreement:
    """How far coders agree. `scores`: a row per measure with value, low and high. `codes`: a row per code (nominal).

    `coincidences` is Krippendorff's matrix: how often each two codes were given to one unit by two coders, each unit
    with weight 1 over its judgements less 1. Units with fewer than two judgements take no part; `left_out` counts them.
    """

    scores: pd.DataFrame
    codes: pd.DataFrame
    coincidences: pd.DataFrame
    units: int
    coders: int
    left_out: int
    level: str

    @property
    def alpha(self) -> float:
        """Krippendorff's alpha; NaN where nothing can vary."""
        return self._value("krippendorff_alpha")

    @property
    def kappa(self) -> float:
        """Cohen's kappa of two coders; NaN with more of them or where nothing can vary."""
        return self._value("cohen_kappa")

    def _value(self, measure: str) -> float:
        found = self.scores.loc[self.scores["measure"] == measure, "value"]
        return float(found.iloc[0]) if len(found) else float("nan")

    def to_frame(self) -> pd.DataFrame:
        """The measures."""
        return self.scores

    def page(self, title: str = "Agreement") -> Page:
        """The report; `page().save("report.html")` writes it (.md or .html)."""
        parts = (("Measures", self.scores), ("By code", self.codes), ("Coincidences", self.coincidences))
        return Page(title, (("What was compared", str(self).splitlines()[0]),
                            *((heading, table) for heading, table in parts if len(table))))

    def save(self, path: str | Path, title: str = "Agreement") -> Path:
        """Write the report as .md or .html. Raises InputError."""
        return self.page(title).save(path)

    def __str__(self) -> str:
        head = f"{self.units} units of {self.coders} coders, {self.level}"
        lines = [f"{row.measure}: {row.value:.3f} ({row.low:.3f} to {row.high:.3f})" for row in
                 self.scores.itertuples()]
        return "\n".join([f"{head}; {self.left_out} with fewer than two judgements", *lines])

    def _repr_html_(self) -> str:
        return self.page().html(whole=False)


def agreement(a: pd.DataFrame | Codes, b: Codes | None = None, *more: Codes, level: Level = "nominal",
              samples: int = 1000, confidence: float = 0.95, seed: int = 0) -> Agreement:
    """How far coders agree on the same units.

    a, b, more: the codes of each coder, matched by index, key or place; or `a` alone, a frame with a row per unit and a
    column per coder (`Annotations.labels`). A missing value (None, NaN) is a judgement that was not made.

    level: what the codes are. nominal: names. ordinal: ranks in their order, numbers or text that sorts. interval and
    ratio: numbers. It decides alpha's distances (Krippendorff 2011) and kappa's weights: none for nominal, quadratic on
    the ranks or numbers else (Cohen 1960, 1968).

    Per cent agreement counts pairs of judgements that are equal, each unit with the same weight. Kappa is of two coders
    and units that both judged. Intervals are percentiles of `samples` bootstrap draws of units with this `seed`.

    Raises InputError on fewer than two coders, repeated units, or text where numbers are needed.
    """
    table = _table(a, b, more)
    codes, values = _numbered(table, level)
    judged = (codes >= 0).sum(axis=1)
    used = codes[judged >= 2]
    distances = _distances(values, level, used)
    each = _units(used, len(values))
    bootstrap = Bootstrap(samples, confidence, seed)
    measures: dict[str, Any] = {"percent_agreement": lambda w: _percent(each, w),
                                "krippendorff_alpha": lambda w: _alpha(each, w, distances)}
    if table.shape[1] == 2:
        apart: Level = "nominal" if level == "nominal" else "interval"
        weights = _distances(values, apart, used, ranked=level == "ordinal")
        measures["cohen_kappa"] = lambda w: _kappa(used, w, weights)
    scores = pd.DataFrame([_row(name, measure, len(used), bootstrap) for name, measure in measures.items()])
    names = [str(value) for value in values]
    coincidences = pd.DataFrame(each.sum(axis=0), columns=names)
    coincidences.insert(0, "code", pd.Series(names, dtype=text_dtype()), allow_duplicates=True)
    return Agreement(scores.astype({"measure": text_dtype()}), _by_code(each, names, level), coincidences, len(table),
                     table.shape[1], int((judged < 2).sum()), level)


def _table(a: Any, b: Any, more: tuple[Any, ...]) -> pd.DataFrame:
    if isinstance(a, pd.DataFrame) and b is None:
        table = a
    elif b is None:
        raise InputError("agreement: give two coders or more, or a frame with a column for each")
    else:
        columns = [given if isinstance(given, pd.Series) else pd.Series(dict(given) if isinstance(given, Mapping) else
                                                                        list(given), dtype="object")
                   for given in (a, b, *more)]
        if any(not column.index.is_unique for column in columns):
            raise InputError("agreement: a unit stands several times with one coder")
        table = pd.concat([column.rename(number) for number, column in enumerate(columns)], axis=1)
    if table.shape[1] < 2:
        raise InputError("agreement: give two coders or more")
    return table


def _numbered(table: pd.DataFrame, level: str) -> tuple[np.ndarray, list[Any]]:
    """(unit by coder: the place of the code among the sorted ones, -1 where missing; the codes)."""
    if level not in ("nominal", "ordinal", "interval", "ratio"):
        raise InputError(f"agreement: level {level!r} is none of nominal, ordinal, interval, ratio")
    cells = [[plain(cell) for cell in table.iloc[:, i].tolist()] for i in range(table.shape[1])]
    distinct = {cell for column in cells for cell in column if cell is not None}
    numbers = all(isinstance(value, (int, float)) for value in distinct)
    if level in ("interval", "ratio") and not numbers:
        raise InputError(f"agreement: {level} needs numbers")
    values = sorted(distinct) if numbers else sorted(distinct, key=str)
    place = {value: i for i, value in enumerate(values)}
    return np.array([[place.get(cell, -1) for cell in column] for column in cells], dtype=int).T, values


def _distances(values: list[Any], level: str, used: np.ndarray, ranked: bool = False) -> np.ndarray:
    """Krippendorff's squared differences between each two codes."""
    count = len(values)
    if level == "nominal":
        return 1.0 - np.eye(count)
    if level == "ordinal":
        times = np.bincount(used[used >= 0], minlength=count).astype(float)
        upto = np.cumsum(times) - times / 2  # half of its own: the middle of its ranks
        return np.asarray((upto[:, None] - upto[None, :]) ** 2)
    told = np.arange(count, dtype=float) if ranked else np.array(values, dtype=float)
    apart = told[:, None] - told[None, :]
    if level == "ratio":
        both = told[:, None] + told[None, :]
        return np.asarray(np.divide(apart, both, out=np.zeros_like(apart), where=both != 0) ** 2)
    return np.asarray(apart ** 2)


def _units(used: np.ndarray, count: int) -> np.ndarray:
    """Each unit's matrix of coincidences."""
    if not count:
        return np.zeros((len(used), 0, 0))
    times = np.stack([(used == code).sum(axis=1) for code in range(count)], axis=1).astype(float)
    pairs = times[:, :, None] * times[:, None, :]
    pairs[:, range(count), range(count)] -= times
    return np.asarray(pairs / np.maximum(times.sum(axis=1) - 1, 1)[:, None, None])


def _alpha(each: np.ndarray, weights: np.ndarray, distances: np.ndarray) -> np.ndarray:
    """Alpha of each row of weights (how often each unit counts); NaN where all judgements are alike."""
    whole = np.tensordot(weights, each, 1)
    margin = whole.sum(axis=2)
    total = margin.sum(axis=1)
    observed = (whole * distances).sum(axis=(1, 2))
    expected = (margin[:, :, None] * margin[:, None, :] * distances).sum(axis=(1, 2))
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(expected > 0, 1 - (total - 1) * observed / expected, np.nan)


def _percent(each: np.ndarray, weights: np.ndarray) -> np.ndarray:
    size = each.sum(axis=(1, 2))
    same = np.trace(each, axis1=1, axis2=2) / np.where(size > 0, size, 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(weights @ same / weights.sum(axis=1))


def _kappa(used: np.ndarray, weights: np.ndarray, distances: np.ndarray) -> np.ndarray:
    """Cohen's kappa of two coders, weighted by these distances."""
    count = len(distances)
    if not count:
        return np.full(len(weights), np.nan)
    cell = used[:, 0] * count + used[:, 1]
    table = np.stack([np.bincount(cell, row, count * count) for row in weights]).reshape(-1, count, count)
    chance = table.sum(axis=2)[:, :, None] * table.sum(axis=1)[:, None, :]
    observed, expected = ((part * distances).sum(axis=(1, 2)) for part in (table, chance))
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(expected > 0, 1 - observed * table.sum(axis=(1, 2)) / expected, np.nan)


def _row(name: str, measure: Any, units: int, bootstrap: Bootstrap) -> dict[str, Any]:
    value = measure(np.ones((1, units)))[0] if units else np.nan
    samples = [measure(draw.astype(float)) for draw in bootstrap.draws(units)]
    low, high = bootstrap.interval(np.concatenate(samples)[:, None]) if samples else ([np.nan], [np.nan])
    return {"measure": name, "value": float(value), "low": float(low[0]), "high": float(high[0])}


def _by_code(each: np.ndarray, names: list[str], level: str) -> pd.DataFrame:
    """Of a nominal code: how often it was given, and alpha of it against all others."""
    if level != "nominal" or not len(each):
        return pd.DataFrame()
    whole = each.sum(axis=0)
    rows = []
    for i, name in enumerate(names):
        given, same = whole[i].sum(), whole[i, i]
        two = np.array([[[same, given - same], [given - same, whole.sum() - 2 * given + same]]])
        alpha = _alpha(two, np.ones((1, 1)), 1 - np.eye(2))[0]
        rows.append({"code": name, "judgements": round(float(given)), "alpha": float(alpha)})
    return pd.DataFrame(rows).astype({"code": text_dtype(), "judgements": "Int64"})
