"""`eventcode.convert`: records or a frame of one ontology in the columns of another, with what went on the way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from eventcode.crosswalks import datasets, relabel, verbs
from eventcode.crosswalks.ledger import Ledger, Row, Unconvertible
from eventcode.dataset.columns import Column, columns, text_dtype
from eventcode.dataset.frame import Records, as_text, flat, plain_cells, series, to_frame
from eventcode.dataset.read import of_kind, read_table
from eventcode.errors import InputError
from eventcode.markup import safe
from eventcode.ontologies.plover.labels import release
from eventcode.plugins import ontology
from eventcode.records import is_filled

if TYPE_CHECKING:
    import pandas as pd

#: (row, label of the row, ledger, PLOVER version) to the row in the target's columns.
Walker = Callable[[Row, str, Ledger, str | None], dict[str, Any]]

PAIRS: dict[tuple[str, str], Walker] = {
    ("cameo", "plover"): lambda row, label, told, _: verbs.cameo_to_plover(row, label, told),
    ("plover", "cameo"): lambda row, _, told, version: verbs.plover_to_cameo(row, told, version),
    ("plover", "plover"): lambda row, _, told, version: relabel.plover_to_plover(row, told, version),
    ("acled", "plover"): lambda row, label, told, _: datasets.acled_to_plover(row, label, told),
    ("acled", "cameo"): lambda row, _, told, __: datasets.acled_to_cameo(row, told),
    ("ucdp-ged", "plover"): lambda row, label, told, _: datasets.ged_to_plover(row, label, told),
}

#: The columns without which there is nothing to convert.
_NEEDED = {"cameo": ("source", "target", "code"), "plover": ("actor", "event"),
           "acled": ("actor1", "sub_event_type"), "ucdp-ged": ("side_a", "type_of_violence")}

#: Columns whose labels may be of an older version, or written as "a; b": `relabel` reads them.
_LABELS = frozenset({"event", "mode", "context"})


@dataclass(frozen=True)
class Conversion:
    """What `convert` gives.

    frame: the converted rows in the target's columns and dtypes, in the input's order, with the input's index labels.
    rejects: the rows that could not be converted, in the source's columns, with `reason` as the last column.
    losses: one row per value that went or was guessed: row (index label of the input), column and value of the
    source, `to` (the target's value as text, empty where there is none), kind and note (see `ledger.Kind`).
    source, target: names of the ontologies. versions: of PLOVER rows, the versions that have all their labels; empty
    where no single one has them all, or for another source.
    """

    frame: pd.DataFrame
    rejects: pd.DataFrame
    losses: pd.DataFrame
    source: str
    target: str
    versions: tuple[str, ...] = ()

    def summary(self) -> str:
        """How many rows were converted and rejected, and how often what went; a line each."""
        rows = len(self.frame) + len(self.rejects)
        lines = [f"{self.source} to {self.target}: {len(self.frame)} of {rows} rows converted, "
                 f"{len(self.rejects)} rejected"]
        if self.versions:
            lines.append(f"labels of PLOVER {', '.join(self.versions)}")
        counted = Counter(zip(self.losses["kind"], self.losses["column"], strict=True))
        lines += [f"  {kind}, {column}: {number}" for (kind, column), number in sorted(counted.items())]
        reasons = Counter(self.rejects["reason"])
        return "\n".join([*lines, *(f"  rejected, {reason}: {number}" for reason, number in sorted(reasons.items()))])

    def __str__(self) -> str:
        return self.summary()

    def _repr_html_(self) -> str:
        return f"<pre>{safe(self.summary())}</pre>"


def convert(records: Records | pd.DataFrame | str | Path, to: str, *, from_: str | None = None, guess: bool = True,
            version: str | None = None) -> Conversion:
    """Convert records to another ontology, and tell of every row what went on the way.

    records: records of one ontology; or a frame with its columns or the path of a file of them (.csv, .jsonl, .json,
    .parquet), then `from_` names the ontology. Columns may be missing but for those that say who did what. to: the
    target's name; "plover" to "plover" brings labels of older versions up to date.
    guess: take the likeliest code or side where the source leaves several open, and say so; with False such rows are
    rejected, and such values of other columns left empty. version: the PLOVER version that the rows' labels are from
    ("0.5b1"); None: labels of any version are read.

    One row gives one row or one reject, nothing is lost on the way. Quad classes and scores are those of the
    target's own tables. A row with a value that its column cannot hold is rejected. Raises InputError for a pair of
    ontologies without a crosswalk (it names those there are), for a frame or file without `from_`, for missing
    columns, for an index with duplicates, and for a file that cannot be read.
    """
    given, source = _given(records, from_)
    if (source, to) not in PAIRS:
        there = ", ".join(f"{a} to {b}" for a, b in PAIRS)
        raise InputError(f"there is no crosswalk from {source} to {to}; there is: {there}")
    if version:
        release(version)
    _check(given, source)
    kept: list[tuple[Any, dict[str, Any]]] = []
    lost: list[tuple[Any, str]] = []
    losses: list[tuple[Any, ...]] = []
    rows = list(_rows(given))
    for label, row in rows:
        told = Ledger(guess)
        try:
            kept.append((label, PAIRS[source, to](_checked(row, source), str(label), told, version)))
            losses += [(label, *loss) for loss in told.losses]
        except Unconvertible as reason:
            lost.append((label, str(reason)))
    versions = relabel.versions(row for _, row in rows) if source == "plover" and rows else ()
    return Conversion(_frame(kept, given, to), _rejects(lost, given), _losses(losses, given), source, to, versions)


def _given(records: Any, from_: str | None) -> tuple[pd.DataFrame, str]:
    """The input as a frame, and the name of its ontology."""
    import pandas as pd

    if isinstance(records, (pd.DataFrame, str, Path)):
        if from_ is None:
            raise InputError("from_ is missing: say which ontology's columns these are")
        return (records if isinstance(records, pd.DataFrame) else _read(records)), from_
    rows = list(flat(records))
    source = from_ or (rows[0].ontology if rows else None)
    if source is None:
        raise InputError("from_ is missing: there are no records to tell the ontology by")
    return to_frame(rows, source), source


def _read(path: str | Path) -> pd.DataFrame:
    """A file's cells as they stand: labels of any version, integers of CSV still text."""
    import pandas as pd

    table = read_table(path)
    for row, message in table.faults:
        raise InputError(f"{path}: {message}" if row is None else f"{path}: row {row}: {message}")
    cells = {name: [row[i] for row in table.rows] for i, name in enumerate(table.header)}
    return pd.DataFrame({name: pd.Series(values, dtype="object") for name, values in cells.items()})


def _check(given: pd.DataFrame, source: str) -> None:
    missing = [name for name in _NEEDED[source] if name not in given.columns]
    if missing:
        raise InputError(f"columns of {source} are missing: {', '.join(missing)}")
    if not given.index.is_unique:
        raise InputError("the frame's index has duplicates, which rows could not be told by: use reset_index first")


def _rows(given: pd.DataFrame) -> Iterator[tuple[Any, dict[str, Any]]]:
    """(index label, column to plain value) of every row."""
    names = [str(name) for name in given.columns]
    cells = [plain_cells(given, number) for number in range(len(names))]
    for i, label in enumerate(given.index):
        yield label, {name: cells[number][i] for number, name in enumerate(names)}


def _checked(row: Row, source: str) -> Row:
    """The row with each value as its column holds it. Raises Unconvertible for the first that it cannot hold."""
    return {name: _value(name, value, _columns(source).get(name)) for name, value in row.items()}


def _value(name: str, value: Any, column: Column | None) -> Any:
    if not is_filled(value):
        return None
    if column is None:
        return value
    value = of_kind(value, column, untyped=True)
    if name in _LABELS and column.kind == "nested":
        return value
    try:
        checked = column.adapter.validate_python(value)
    except ValidationError as problem:
        raise Unconvertible(f"{name} {value!r}: {problem.errors()[0]['msg']}") from None
    return value if column.kind == "nested" else checked


@cache
def _columns(name: str) -> dict[str, Column]:
    return columns(ontology(name))


def _frame(kept: list[tuple[Any, dict[str, Any]]], given: pd.DataFrame, to: str) -> pd.DataFrame:
    import pandas as pd

    labels = given.index[given.index.isin([label for label, _ in kept])]
    made = {name: series([row.get(name) for _, row in kept], column).set_axis(labels)
            for name, column in _columns(to).items()}
    return pd.DataFrame(made, index=labels)


def _rejects(lost: list[tuple[Any, str]], given: pd.DataFrame) -> pd.DataFrame:
    import pandas as pd

    rows = given.loc[given.index.isin([label for label, _ in lost])].copy()
    rows["reason"] = pd.Series([reason for _, reason in lost], index=rows.index, dtype=text_dtype())
    return rows


def _losses(losses: list[tuple[Any, ...]], given: pd.DataFrame) -> pd.DataFrame:
    import pandas as pd

    text = text_dtype()
    labels = pd.Series(pd.Index([label for label, *_ in losses], dtype=given.index.dtype))
    made = {"row": labels}
    for i, name in enumerate(("column", "value", "to", "kind", "note"), start=1):
        made[name] = pd.Series([None if loss[i] in (None, "") else as_text(loss[i]) for loss in losses], dtype=text)
    return pd.DataFrame(made)
