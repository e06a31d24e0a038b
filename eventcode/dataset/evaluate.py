"""Evaluation against gold: codes of units, or whole records aligned within their article."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import pandas as pd

from eventcode.dataset.align import Compare, align, credits_of
from eventcode.dataset.columns import text_dtype
from eventcode.dataset.frame import plain
from eventcode.dataset.page import Page
from eventcode.dataset.scores import Bootstrap, by_code
from eventcode.errors import InputError

Labels: TypeAlias = pd.DataFrame | pd.Series | Mapping[Any, Any] | Sequence[Any]

#: What stands in a confusion matrix for no code.
NONE = "(none)"


@dataclass(frozen=True)
class Evaluation:
    """Scores of codes, or of the fields of aligned records.

    `scores`: a row per code (or field): gold, predicted, right (with partial credit for fields), precision, recall, f1,
    each with `_low` and `_high`. `overall`: micro, macro and weighted averages (for records: with partial credit, and
    strict). `confusion`: gold by row, predicted by column (single codes only, else empty). `slices`: the overall row of
    each slice. `pairs`: the alignment of records. `units`: how many were drawn from for the intervals.
    """

    scores: pd.DataFrame
    overall: pd.DataFrame
    confusion: pd.DataFrame
    slices: pd.DataFrame
    pairs: pd.DataFrame
    units: int
    notes: tuple[str, ...]

    def to_frame(self) -> pd.DataFrame:
        """The scores by code or field."""
        return self.scores

    def page(self, title: str = "Evaluation") -> Page:
        """The report; `page().save("report.html")` writes it (.md or .html)."""
        tables = (("Overall", self.overall), ("By code", self.scores), ("Confusion (gold by row)", self.confusion),
                  ("Slices", self.slices))
        return Page(title, (("How to read this", " ".join(self.notes)),
                            *((heading, table) for heading, table in tables if len(table))))

    def save(self, path: str | Path, title: str = "Evaluation") -> Path:
        """Write the report as .md or .html. Raises InputError."""
        return self.page(title).save(path)

    def __str__(self) -> str:
        lines = [f"{row.average}: precision {row.precision:.3f}, recall {row.recall:.3f}, F1 {row.f1:.3f} "
                 f"({row.f1_low:.3f} to {row.f1_high:.3f})" for row in self.overall.itertuples()]
        return "\n".join([f"{self.units} units", *lines])

    def _repr_html_(self) -> str:
        return self.page().html(whole=False)


def evaluate(pred: Labels, gold: Labels, *, label: str | None = None, unit: str | None = None,
             fields: Mapping[str, Compare] | Iterable[str] | None = None, article: str | None = None,
             by: str | None = None, samples: int = 1000, level: float = 0.95, seed: int = 0) -> Evaluation:
    """Score predictions against gold.

    Codes: `pred` and `gold` are frames with the columns `unit` and `label`, or series, mappings or lists of labels,
    matched by unit, index, key or place. A label is one code, a collection of codes, or nothing. Every unit of the gold
    counts; one that `pred` lacks has no answer. Units that the gold lacks are left out, and their number is noted.

    Records (`fields` given): both are frames of records, aligned one to one within each `article` (a column of both) so
    that their credits add up to the most. fields: column to how it is compared: "exact", "text" (case, accents and
    blanks aside), "number" (1 less the difference over the larger), "day" (1, 1/2 for the day before or after, else 0),
    "set" (Jaccard of items, or of a text's parts between semicolons); a list of columns compares exactly. A record's
    credit is the mean over the fields that either side fills. Precision is the sum of credits over records predicted,
    recall over gold; "strict" counts only records whose every field has full credit.

    by: a column of the gold whose values make slices. Intervals are percentiles of `samples` bootstrap draws of units
    (of articles for records) with this `seed`: the same each time.

    Raises InputError on a missing column, a unit that stands twice, or another comparison.
    """
    bootstrap = Bootstrap(samples, level, seed)
    if fields is not None:
        return _records(_framed(pred), _framed(gold), fields, article, by, bootstrap)
    told, wanted = _labelled(pred, label, unit, "pred"), _labelled(gold, label, unit, "gold")
    extra = len(set(told) - set(wanted))
    slices = _slices_of(gold, unit, by)
    made = _codes(told, wanted, bootstrap)
    parts = [(value, _codes(told, {key: wanted[key] for key in keys}, bootstrap)) for value, keys in slices.items()]
    notes = (f"{len(wanted)} units of gold; {len(set(wanted) - set(told))} without an answer; {extra} predicted units "
             "that the gold lacks were left out.", _INTERVALS.format(level=level, samples=samples, what="units"),
             "Macro and weighted averages take a measure without denominator as 0.")
    return Evaluation(*made, _sliced(parts), pd.DataFrame(), len(wanted), notes)


_INTERVALS = "Intervals hold {level:.0%} of {samples} bootstrap draws of {what}."


def _labelled(given: Labels, label: str | None, unit: str | None, which: str) -> dict[Any, frozenset[str]]:
    """Unit to its codes."""
    if isinstance(given, pd.DataFrame):
        if label is None or label not in given.columns or (unit is not None and unit not in given.columns):
            raise InputError(f"evaluate: {which} needs the columns {label!r} and {unit!r}")
        pairs = list(zip(given[unit] if unit else given.index, given[label], strict=True))
    elif isinstance(given, (pd.Series, Mapping)):
        pairs = list(given.items())
    else:
        pairs = list(enumerate(given))
    made = {key: codes_in(value) for key, value in pairs}
    if len(made) < len(pairs):
        raise InputError(f"evaluate: a unit stands several times in {which}: give each unit one row with all its codes")
    return made


def codes_in(value: Any) -> frozenset[str]:
    """The codes of a cell: one, several of a collection, or none."""
    if isinstance(value, (list, tuple, set, frozenset, np.ndarray)):
        return frozenset(str(one) for one in value if plain(one) is not None)
    return frozenset() if plain(value) is None else frozenset([str(value)])


def _codes(told: Mapping[Any, frozenset[str]], wanted: Mapping[Any, frozenset[str]],
           bootstrap: Bootstrap) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    codes = sorted({code for key, some in wanted.items() for code in (*some, *told.get(key, ()))})
    place = {code: i for i, code in enumerate(codes)}
    found, gold = (np.zeros((len(wanted), len(codes))) for _ in range(2))
    for row, (key, some) in enumerate(wanted.items()):
        gold[row, [place[code] for code in some]] = 1
        found[row, [place[code] for code in told.get(key, ())]] = 1
    scores, overall = by_code(codes, found * gold, found, gold, bootstrap)
    return scores, overall, _confusion(told, wanted)


def _confusion(told: Mapping[Any, frozenset[str]], wanted: Mapping[Any, frozenset[str]]) -> pd.DataFrame:
    pairs = [(wanted[key], told.get(key, frozenset())) for key in wanted]
    if any(len(side) > 1 for pair in pairs for side in pair):
        return pd.DataFrame()
    gold, found = (pd.Series([next(iter(pair[i]), NONE) for pair in pairs], dtype=text_dtype()) for i in (0, 1))
    made = pd.crosstab(gold, found)
    names = sorted({*made.index, *made.columns}, key=lambda name: (name == NONE, name))
    made = made.reindex(index=names, columns=names, fill_value=0)
    return made.rename_axis(index="gold", columns=None).reset_index()


def _slices_of(gold: Labels, unit: str | None, by: str | None) -> dict[str, list[Any]]:
    if by is None:
        return {}
    if not isinstance(gold, pd.DataFrame) or by not in gold.columns:
        raise InputError(f"evaluate: slices need a frame of gold with the column {by!r}")
    keys = gold[unit] if unit else gold.index.to_series()
    return {str(value): keys.loc[part.index].tolist() for value, part in gold.groupby(by, sort=True)}


def _sliced(parts: list[tuple[str, tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]]]) -> pd.DataFrame:
    rows = [overall.iloc[[0]].assign(slice=value, gold=scores["gold"].sum()) for value, (scores, overall, _) in parts]
    if not rows:
        return pd.DataFrame()
    made = pd.concat(rows, ignore_index=True).drop(columns="average")
    return made[["slice", "gold", *(name for name in made.columns if name not in ("slice", "gold"))]]


def _framed(given: Labels) -> pd.DataFrame:
    if not isinstance(given, pd.DataFrame):
        raise InputError("evaluate: records are compared as frames: give eventcode.to_frame(records)")
    return given.reset_index(drop=True)


def _records(pred: pd.DataFrame, gold: pd.DataFrame, fields: Mapping[str, Compare] | Iterable[str],
             article: str | None, by: str | None, bootstrap: Bootstrap) -> Evaluation:
    compare: dict[str, Compare] = dict(fields) if isinstance(fields, Mapping) else dict.fromkeys(fields, "exact")
    pairs = align(pred, gold, compare, article)
    articles = list(dict.fromkeys(pairs["article"].tolist()))
    scores, overall = _record_scores(pairs, list(compare), articles, bootstrap)
    slices = []
    for value, keys in (_slices_of(gold, article, by) if by else {}).items():
        chosen = [name for name in articles if name in set(keys)]
        part = _record_scores(pairs, list(compare), chosen, bootstrap)
        slices.append((value, (*part, pd.DataFrame())))
    notes = (f"{len(gold)} records of gold and {len(pred)} predicted in {len(articles)} articles, aligned one to one "
             "within each so that their credits add up to the most.",
             "A record's credit is the mean credit of the fields that either side fills: " +
             ", ".join(f"{name} ({how})" for name, how in compare.items()) + ".",
             _INTERVALS.format(level=bootstrap.level, samples=bootstrap.samples, what="articles"))
    return Evaluation(scores, overall, pd.DataFrame(), _sliced(slices), pairs, len(articles), notes)


def _record_scores(pairs: pd.DataFrame, names: list[str], articles: list[Any],
                   bootstrap: Bootstrap) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Scores by field, and the rows "partial" and "strict" of whole records."""
    place = {name: i for i, name in enumerate(articles)}
    pairs = pairs[pairs["article"].isin(place)]
    rows = pairs["article"].map(place).to_numpy(dtype="int64")
    right, told, wanted = credits_of(pairs, names, rows, len(articles))
    scores, _ = by_code(names, right, told, wanted, bootstrap)
    both = pairs["pred"].notna().to_numpy(), pairs["gold"].notna().to_numpy()
    credit = pairs["credit"].to_numpy(dtype="float64")
    whole = [np.bincount(rows, weights=part, minlength=len(articles)).astype(float) for part in (
        np.nan_to_num(credit), (credit >= 1 - 1e-12).astype(float), *(side.astype(float) for side in both))]
    counts = (np.stack(whole[:2], axis=1), np.stack([whole[2]] * 2, axis=1), np.stack([whole[3]] * 2, axis=1))
    overall, _ = by_code(["partial", "strict"], *counts, bootstrap)
    return scores.rename(columns={"code": "field"}), overall.rename(columns={"code": "average"})
