"""What changed between two runs, rule-set versions or data releases, cell by cell, and what caused it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import numpy as np
import pandas as pd

from eventcode.dataset.columns import text_dtype
from eventcode.dataset.frame import Records, as_text, flat, plain, provenance_frame, to_frame
from eventcode.dataset.layout import LAYOUTS
from eventcode.dataset.match import match
from eventcode.dataset.page import Page
from eventcode.errors import InputError
from eventcode.records import Record

if TYPE_CHECKING:
    from eventcode.ontologies.base import Ontology

Table: TypeAlias = pd.DataFrame | Records

#: Columns of the changes and their dtypes.
CHANGES = {"change": "text", "key": "text", "old_row": "Int64", "new_row": "Int64", "column": "text", "old": "text",
           "new": "text", "cause": "text"}


@dataclass(frozen=True)
class Diff:
    """Two tables compared. `changes`: a row per changed cell and added row, by new row, then per removed row.

    `same` counts rows without any change. `columns_added` and `columns_removed` are not compared. `versions`: component
    to its old and new version, where they differ (records only).
    """

    changes: pd.DataFrame
    rows: tuple[int, int]
    same: int
    columns_added: tuple[str, ...] = ()
    columns_removed: tuple[str, ...] = ()
    versions: Mapping[str, tuple[str | None, str | None]] = field(default_factory=dict)

    @property
    def causes(self) -> pd.DataFrame:
        """A row per cause: change, column, cause, times; the most frequent first."""
        counted = self.changes.groupby(["change", "column", "cause"], dropna=False, sort=True).size()
        made = counted.rename("times").reset_index().sort_values("times", ascending=False, kind="stable")
        return made.reset_index(drop=True)

    def to_frame(self) -> pd.DataFrame:
        """The changes."""
        return self.changes

    def page(self, title: str = "Changes") -> Page:
        """The report; `page().save("changes.html")` writes it (.md or .html)."""
        told = pd.DataFrame([(name, *pair) for name, pair in self.versions.items()],
                            columns=["component", "old", "new"])
        parts = (("Versions", told), ("Causes", self.causes), ("Changes", self.changes))
        return Page(title, (("Summary", str(self).replace("\n", " ")),
                            *((heading, table) for heading, table in parts if len(table))))

    def save(self, path: str | Path, title: str = "Changes") -> Path:
        """Write the report as .md or .html. Raises InputError."""
        return self.page(title).save(path)

    def __str__(self) -> str:
        kinds = self.changes["change"].value_counts()
        changed = self.changes.loc[self.changes["change"] == "changed", "new_row"].nunique()
        lines = [f"{self.rows[0]} rows before, {self.rows[1]} after: {self.same} the same, {changed} changed "
                 f"({kinds.get('changed', 0)} cells), {kinds.get('added', 0)} added, {kinds.get('removed', 0)} removed"]
        for name, columns in (("added", self.columns_added), ("removed", self.columns_removed)):
            lines += [f"columns {name}: {', '.join(columns)}"] if columns else []
        return "\n".join([*lines, *(f"{name}: {old} -> {new}" for name, (old, new) in self.versions.items())])

    def _repr_html_(self) -> str:
        return self.page().html(whole=False)


def diff(old: Table, new: Table, *, schema: str | Ontology | None = None, key: str | Iterable[str] | None = None,
         old_provenance: pd.DataFrame | None = None, new_provenance: pd.DataFrame | None = None,
         article: str | None = None, ignore: Iterable[str] = ()) -> Diff:
    """Compare two versions of a table.

    old, new: frames, or records, whose provenance and versions then are used. Rows are the same event where their key
    is: `key` (a column or several), else the column of ids of the `schema` (acled, ucdp-ged, gdelt ...). Rows without a
    key are matched by content: first those that are equal, then, within one article (the column `article`, or the
    article_id of the provenance), those that share at least half of their cells, so that most cells agree.

    old_provenance, new_provenance: frames of `provenance_frame`. With them the cause of a changed cell is the rule that
    now gives it and the one that gave it before, or the words that the same rules read; of an added or removed row the
    rules behind it. Without them it is what the data say of a revision (ACLED's timestamp), else missing.

    ignore: columns not to compare.

    Raises InputError on a missing column, or a key that stands twice.
    """
    sides = [_side(given, schema, told) for given, told in ((old, old_provenance), (new, new_provenance))]
    before, after = sides
    names = [name for name in before.frame.columns if name in set(after.frame.columns) - set(ignore)]
    keys = _keys(key, schema, before.frame, after.frame)
    articles = tuple(_articles(side, article) for side in sides)
    pairs = match(before.frame[names], after.frame[names], [before.frame[keys], after.frame[keys]], articles)
    cells = _cells(before, after, names, pairs)
    lone = [*_lone(before, "removed", set(range(len(before.frame))) - {pair[0] for pair in pairs}, keys),
            *_lone(after, "added", set(range(len(after.frame))) - {pair[1] for pair in pairs}, keys)]
    rows = [_told(change, before, after, keys) for change in cells] + lone
    rows.sort(key=lambda row: (row[3] is None, row[3] if row[3] is not None else row[2]))
    made = pd.DataFrame({name: pd.Series([row[i] for row in rows], dtype=text_dtype() if kind == "text" else kind)
                         for i, (name, kind) in enumerate(CHANGES.items())})
    gone, come = (tuple(str(name) for name in one.columns if name not in other.columns)
                  for one, other in ((before.frame, after.frame), (after.frame, before.frame)))
    return Diff(made, (len(before.frame), len(after.frame)), len(pairs) - len({change.new_row for change in cells}),
                come, gone, _versions(before, after))


class _Change(NamedTuple):
    old_row: int
    new_row: int
    column: str
    old: Any
    new: Any


@dataclass(frozen=True)
class _Side:
    """One of the two tables; `evidence`: (row, field) to words and rules; `articles`: row to article."""

    frame: pd.DataFrame
    evidence: Mapping[tuple[int, str], tuple[str | None, str]]
    articles: Mapping[int, str | None]
    versions: Mapping[str, str]


def _side(given: Table, schema: str | Ontology | None, provenance: pd.DataFrame | None) -> _Side:
    versions: dict[str, str] = {}
    if isinstance(given, pd.DataFrame):
        frame = given.reset_index(drop=True)
    else:
        records: list[Record] = list(flat(given))
        frame, provenance = to_frame(records, schema), provenance_frame(records)
        versions = {name: version for record in records for name, version in record.meta.versions.items()}
    evidence: dict[tuple[int, str], tuple[str | None, str]] = {}
    articles: dict[int, str | None] = {}
    if provenance is not None:
        names = ("record", "field", "text", "rules", "article_id")
        for row, name, words, rules, article in zip(*(map(plain, provenance[n].tolist()) for n in names), strict=True):
            evidence[row, name] = (words, rules or "")
            articles[row] = article
    return _Side(frame, evidence, articles, versions)


def _keys(key: str | Iterable[str] | None, schema: str | Ontology | None, *frames: pd.DataFrame) -> list[str]:
    if key is not None:
        keys = [key] if isinstance(key, str) else list(key)
        lacking = [name for name in keys for frame in frames if name not in frame.columns]
        if lacking:
            raise InputError(f"diff: there is no column {lacking[0]!r} on both sides")
        return keys
    name = schema if isinstance(schema, str) or schema is None else schema.name
    layout = LAYOUTS.get(name or "")
    identity = layout.identity if layout else None
    return [identity] if identity and all(identity in frame.columns for frame in frames) else []


def _articles(side: _Side, article: str | None) -> list[Any]:
    if article is not None:
        if article not in side.frame.columns:
            raise InputError(f"diff: there is no column {article!r} on both sides")
        return [plain(cell) for cell in side.frame[article].tolist()]
    return [side.articles.get(row) for row in range(len(side.frame))]


def _cells(before: _Side, after: _Side, names: list[str], pairs: list[tuple[int, int]]) -> list[_Change]:
    old_rows, new_rows = ([pair[i] for pair in pairs] for i in (0, 1))
    found = []
    for name in names:
        one, other = before.frame[name].iloc[old_rows], after.frame[name].iloc[new_rows]
        for place in _unlike(one, other):
            found.append(_Change(old_rows[place], new_rows[place], str(name), plain(one.iat[place]),
                                 plain(other.iat[place])))
    return found


def _unlike(one: pd.Series[Any], other: pd.Series[Any]) -> list[int]:
    """The places at which two columns differ; empty is like empty, 3 like 3.0, and "3" not like 3."""
    if one.dtype == other.dtype and one.dtype != object:
        left, right = one.reset_index(drop=True), other.reset_index(drop=True)
        same = (left == right).fillna(False).to_numpy(dtype=bool) | (left.isna() & right.isna()).to_numpy(dtype=bool)
        return [int(place) for place in np.flatnonzero(~same)]
    return [place for place, (a, b) in enumerate(zip(map(plain, one.tolist()), map(plain, other.tolist()), strict=True))
            if a != b]


def _told(change: _Change, before: _Side, after: _Side, keys: list[str]) -> tuple[Any, ...]:
    return ("changed", _key(after, change.new_row, keys), change.old_row, change.new_row, change.column,
            _text(change.old), _text(change.new), _cause(change, before, after))


def _text(value: Any) -> str | None:
    return None if value is None else as_text(value)


def _key(side: _Side, row: int, keys: list[str]) -> str | None:
    told = [plain(side.frame[name].iat[row]) for name in keys]
    return "; ".join(str(part) for part in told) if keys and None not in told else side.articles.get(row)


def _cause(change: _Change, before: _Side, after: _Side) -> str | None:
    old = before.evidence.get((change.old_row, change.column))
    new = after.evidence.get((change.new_row, change.column))
    if old is None and new is None:
        return _revision(change, before, after)
    if old is None or new is None:
        told = new or old
        return f"{'now by' if new else 'no longer by'} {told[1]}" if told else None
    if old[1] != new[1]:
        gone, come = (sorted(set(a[1].split("; ")) - set(b[1].split("; "))) for a, b in ((old, new), (new, old)))
        return f"rules: {', '.join(gone) or 'none'} -> {', '.join(come) or 'none'}" if gone or come else \
            f"rules in another order: {new[1]}"
    if old[0] != new[0]:
        return f"words: {old[0]!r} -> {new[0]!r}, by {new[1]}"
    return f"same words and rules ({new[1]}): what the rule gives has changed"


def _revision(change: _Change, before: _Side, after: _Side) -> str | None:
    """What the data say of a revision: ACLED's timestamp of the upload (seconds since 1970)."""
    if "timestamp" not in before.frame.columns or "timestamp" not in after.frame.columns:
        return None
    old, new = (plain(side.frame["timestamp"].iat[row])
                for side, row in ((before, change.old_row), (after, change.new_row)))
    if not isinstance(old, (int, float)) or not isinstance(new, (int, float)) or old == new:
        return None
    first, last = (pd.Timestamp(told, unit="s").date() for told in (old, new))
    return f"revised: uploaded {first}, again {last}"


def _lone(side: _Side, change: str, rows: set[int], keys: list[str]) -> list[tuple[Any, ...]]:
    rules: dict[int, dict[str, None]] = {}
    for (row, _), (_, told) in side.evidence.items():
        if row in rows:
            rules.setdefault(row, {}).update(dict.fromkeys(told.split("; ")))
    return [(change, _key(side, row, keys), row if change == "removed" else None, row if change == "added" else None,
             None, None, None, f"rules: {', '.join(sorted(rules[row]))}" if row in rules else None)
            for row in sorted(rows)]


def _versions(before: _Side, after: _Side) -> dict[str, tuple[str | None, str | None]]:
    names = sorted({*before.versions, *after.versions}) if before.versions and after.versions else []
    pairs = {name: (before.versions.get(name), after.versions.get(name)) for name in names}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
