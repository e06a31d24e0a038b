"""`eventcode.convert`: records or a frame of one ontology in the columns of another, with what went on the way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from eventcode.crosswalks import datasets, relabel, verbs
from eventcode.crosswalks.ledger import Ledger, Row, Unconvertible
from eventcode.dataset.columns import columns, text_dtype
from eventcode.dataset.frame import Records, as_text, flat, plain_cells, series, to_frame
from eventcode.errors import InputError
from eventcode.ontologies.plover.labels import release
from eventcode.plugins import ontology

if TYPE_CHECKING:
    import pandas as pd

#: (row, label of the row, ledger, PLOVER version) to the row in the target's columns.
Walker = Callable[[Row, str, Ledger, str | None], dict[str, Any]]

PAIRS: dict[tuple[str, str], Walker] = {
    ("cameo", "plover"): lambda row, label, told, _: verbs.cameo_to_plover(row, label, told),
    ("plover", "cameo"): lambda row, _, told, version: verbs.plover_to_cameo(row, told, version),
    ("plover", "plover"): lambda row, _, told, version: relabel.current(row, told, version),
    ("acled", "plover"): lambda row, label, told, _: datasets.acled_to_plover(row, label, told),
    ("acled", "cameo"): lambda row, _, told, __: datasets.acled_to_cameo(row, told),
    ("ucdp-ged", "plover"): lambda row, label, told, _: datasets.ged_to_plover(row, label, told),
}


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


def convert(records: Records | pd.DataFrame, to: str, *, from_: str | None = None, guess: bool = True,
            version: str | None = None) -> Conversion:
    """Convert records to another ontology, and tell of every row what went on the way.

    records: records of one ontology, or a frame with its columns; then `from_` names the ontology. to: the target.
    guess: take the likeliest code or side where the source leaves several open, and say so; with False such rows are
    rejected, and such values of other columns left empty. version: the PLOVER version that the rows' labels are from
    ("0.5b1"); None: labels of any version are read.

    One row gives one row or one reject, nothing is lost on the way. Quad classes and scores are those of the
    target's own tables. Raises InputError for a pair of ontologies without a crosswalk (it names those there are),
    for a frame without `from_`, for missing columns and for an index with duplicates.
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
    for label, row in _rows(given):
        told = Ledger(guess)
        try:
            kept.append((label, PAIRS[source, to](row, str(label), told, version)))
            losses += [(label, *loss) for loss in told.losses]
        except Unconvertible as reason:
            lost.append((label, str(reason)))
    versions = relabel.versions(row for _, row in _rows(given)) if source == "plover" and len(given) else ()
    return Conversion(_frame(kept, given, to), _rejects(lost, given), _losses(losses, given), source, to, versions)


def _given(records: Any, from_: str | None) -> tuple[pd.DataFrame, str]:
    """The input as a frame, and the name of its ontology."""
    import pandas as pd

    if isinstance(records, pd.DataFrame):
        if from_ is None:
            raise InputError("from_ is missing: say which ontology's columns the frame has")
        return records, from_
    rows = list(flat(records))
    source = from_ or (rows[0].ontology if rows else None)
    if source is None:
        raise InputError("from_ is missing: there are no records to tell the ontology by")
    return to_frame(rows, source), source


def _check(given: pd.DataFrame, source: str) -> None:
    known = columns(ontology(source))
    missing = [name for name, column in known.items() if column.required and name not in given.columns]
    if missing and len(given.columns):
        raise InputError(f"columns of {source} are missing: {', '.join(missing)}")
    if not given.index.is_unique:
        raise InputError("the frame's index has duplicates, which rows could not be told by: use reset_index first")


def _rows(given: pd.DataFrame) -> Iterator[tuple[Any, dict[str, Any]]]:
    """(index label, column to plain value) of every row."""
    names = [str(name) for name in given.columns]
    cells = [plain_cells(given, number) for number in range(len(names))]
    for i, label in enumerate(given.index):
        yield label, {name: cells[number][i] for number, name in enumerate(names)}


def _frame(kept: list[tuple[Any, dict[str, Any]]], given: pd.DataFrame, to: str) -> pd.DataFrame:
    import pandas as pd

    labels = given.index[given.index.isin([label for label, _ in kept])]
    made = {name: series([row.get(name) for _, row in kept], column).set_axis(labels)
            for name, column in columns(ontology(to)).items()}
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
