"""Validation: every fault of a table against an ontology's columns, codes and consistency checks."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from pydantic import ValidationError

from eventcode.dataset.columns import Column, Kind, columns, resolve, text_dtype
from eventcode.dataset.frame import Records, plain_cells, to_frame
from eventcode.dataset.read import Table, of_kind, read_table
from eventcode.ontologies.base import Ontology

if TYPE_CHECKING:
    import pandas as pd

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Issue:
    """One fault. `row` counts from 0 (a frame's `iloc`, a CSV's rows after its header); None: the whole column."""

    severity: Severity
    check: str
    column: str
    row: int | None
    value: Any
    message: str

    def __str__(self) -> str:
        where = self.column if self.row is None else f"row {self.row}, {self.column}"
        return f"{self.severity}: {where}: {self.message} [{self.check}]"


@dataclass(frozen=True)
class ValidationReport:
    """All issues of a table, columns first, then by row and column order. `ok` when none of them is an error."""

    schema: str
    rows: int
    issues: tuple[Issue, ...] = ()

    @property
    def ok(self) -> bool:
        return not any(issue.severity == "error" for issue in self.issues)

    def to_frame(self) -> pd.DataFrame:
        """One row per issue: severity, check, column, row (Int64), value (as text), message."""
        import pandas as pd

        names = [column.name for column in fields(Issue)]
        cells: dict[str, list[Any]] = {name: [getattr(issue, name) for issue in self.issues] for name in names}
        cells["value"] = [None if value is None else str(value) for value in cells["value"]]
        made = pd.DataFrame({name: pd.Series(values, dtype="object") for name, values in cells.items()})
        texts = dict.fromkeys([name for name in names if name != "row"], text_dtype())
        return made.astype({"row": "Int64", **texts})

    def __str__(self) -> str:
        return "\n".join(self.lines(limit=50))

    def lines(self, limit: int | None = None) -> list[str]:
        """A line that sums up, then a line per issue, `limit` at most (all of them where it is None)."""
        told = Counter(issue.severity for issue in self.issues)
        rest = len(self.issues) - (limit or len(self.issues))
        return [f"{self.schema}: {self.rows} rows, {told['error']} errors, {told['warning']} warnings",
                *(f"  {issue}" for issue in self.issues[:limit]),
                *([f"  ... and {rest} more, see report.to_frame()"] if rest > 0 else [])]


def validate(data: pd.DataFrame | str | Path | Records, schema: str | Ontology) -> ValidationReport:
    """Check a table against an ontology's schema and find every fault, not the first.

    data: a frame, the path of a .csv, .jsonl, .json or .parquet file, or records. schema: name, folder or ontology.

    Found are: missing, unknown and repeated columns, columns out of order (a warning), wrong dtypes (frames only),
    empty cells where the codebook wants a value, values of the wrong kind or outside the codebook's codes, rows of
    the wrong length, and whatever the ontology's own checks find.

    Raises InputError where the data cannot be read at all, PluginError or RuleError on an unknown schema.
    """
    import pandas as pd

    ontology = resolve(schema)
    if isinstance(data, (str, Path)):
        return _Run(ontology, read_table(data)).report()
    frame = data if isinstance(data, pd.DataFrame) else to_frame(data, ontology)
    cells = [plain_cells(frame, i) for i in range(frame.shape[1])]
    rows = [list(row) for row in zip(*cells, strict=True)] or [[] for _ in range(len(frame))]
    dtypes = {str(name): frame.iloc[:, i].dtype for i, name in enumerate(frame.columns)}
    return _Run(ontology, Table([str(name) for name in frame.columns], rows, [], untyped=False), dtypes).report()


@dataclass
class _Run:
    """One validation: the table, what its columns should be, and the issues found so far."""

    ontology: Ontology
    table: Table
    dtypes: dict[str, Any] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)

    def report(self) -> ValidationReport:
        self.columns = columns(self.ontology)
        self._form()
        self._order()
        self.values = {name: self._cells(name) for name in self.columns if name in self.table.header}
        for name, cells in self.values.items():
            self._column(self.columns[name], cells)
        self._consistency()
        place = {name: i for i, name in enumerate(self.columns)}
        self.issues.sort(key=lambda issue: (-1 if issue.row is None else issue.row, place.get(issue.column, -1)))
        return ValidationReport(self.ontology.name, len(self.table.rows), tuple(self.issues))

    def _add(self, check: str, column: str, message: str, row: int | None = None, value: Any = None,
             severity: Severity = "error") -> None:
        self.issues.append(Issue(severity, check, column, row, value, message))

    def _form(self) -> None:
        for row, message in self.table.faults:
            self._add("form", "", message, row)
        for name, times in Counter(self.table.header).items():
            if times > 1:
                self._add("column-repeated", name, f"stands {times} times in the header")
            if name not in self.columns:
                self._add("column-unknown", name, f"is no column of {self.ontology.name}{_near(name, self.columns)}")
        for name in self.columns:
            if name not in self.table.header:
                self._add("column-missing", name, "is missing")

    def _order(self) -> None:
        there = [name for name in self.table.header if name in self.columns]
        wanted = [name for name in self.columns if name in there]
        first = next((name for name, other in zip(there, wanted, strict=False) if name != other), None)
        if first is not None and len(set(there)) == len(there):
            self._add("column-order", first, f"stands where {wanted[there.index(first)]} should", severity="warning")

    def _cells(self, name: str) -> list[Any]:
        i, column = self.table.header.index(name), self.columns[name]
        return [None if row[i] is None else of_kind(row[i], column, self.table.untyped) for row in self.table.rows]

    def _column(self, column: Column, cells: list[Any]) -> None:
        found = self.dtypes.get(column.name)
        if found is not None and not _fits(found, column.kind, cells):
            empty = all(cell is None for cell in cells)
            self._add("dtype", column.name, f"has dtype {found}, expected {column.dtype}",
                      severity="warning" if empty else "error")
        faults: dict[tuple[type, str], tuple[str, str] | None] = {}  # most columns hold few different values
        for row, value in enumerate(cells):
            key = (type(value), value if isinstance(value, str) else repr(value))
            if key not in faults:
                faults[key] = self._fault(column, value)
            fault = faults[key]
            if fault is not None:
                self._add(fault[0], column.name, fault[1], row, value)

    def _fault(self, column: Column, value: Any) -> tuple[str, str] | None:
        """(check, message) of one value, or None where nothing is wrong with it."""
        if value is None or value == []:
            return ("required", "is empty") if column.required else None
        if column.kind == "text" and not isinstance(value, str) and column.name in self.dtypes:
            value = str(value)  # the dtype is at fault and was reported; the code itself may be right
        if column.kind in ("integer", "number", "boolean") and isinstance(value, str) and not self.table.untyped:
            return "type", f"{value!r} is text, expected {_article(column.kind)}"
        foreign = _foreign(value, column)
        if foreign is not None:
            return foreign
        try:
            column.adapter.validate_python(value)
        except ValidationError as problem:
            return "type", "; ".join(f"{value!r}: {error['msg']}" for error in problem.errors())
        return None

    def _consistency(self) -> None:
        """The ontology's own checks, over the rows whose cells they read are sound in themselves."""
        wrong = {(issue.row, issue.column) for issue in self.issues}
        checks = [check for check in self.ontology.checks if set(check.columns) <= set(self.values)]
        held = {name: [_as_held(self.columns[name], cell) for cell in self.values[name]]
                for name in dict.fromkeys(name for check in checks for name in check.columns)}
        for check in checks:
            known: dict[str, str | None] = {}  # rows repeat themselves in the few columns that a check reads
            for row, cells in enumerate(zip(*(held[name] for name in check.columns), strict=True)):
                key = repr(cells)
                if key not in known:
                    sound = not any((row, name) in wrong for name in check.columns)
                    known[key] = check.fault(dict(zip(check.columns, cells, strict=True))) if sound else None
                fault = known[key]
                if fault is not None:
                    self._add(check.id, check.columns[0], fault, row, cells[0], check.severity)


def _as_held(column: Column, value: Any) -> Any:
    """A sound value as the record class would hold it: a CSV's "12" is 12."""
    if value is None or column.kind in ("text", "nested"):
        return value
    try:
        return column.adapter.validate_python(value)
    except ValidationError:
        return value


def _foreign(value: Any, column: Column) -> tuple[str, str] | None:
    """A fault where a text, or an item of a list of texts, is none of the codebook's codes."""
    if column.allowed is None:
        return None
    strange = [item for item in _texts(value) if item not in column.allowed]
    return ("codes", "; ".join(f"{item!r} is not in the codebook's list{_near(item, column.allowed)}"
                               for item in strange)) if strange else None


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, tuple)):
        yield from (item for item in value if isinstance(item, str))


def _near(word: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(word, sorted(known), n=1, cutoff=0.75)
    return f" (did you mean {close[0]!r}?)" if close else ""


def _article(kind: str) -> str:
    return {"integer": "an integer", "number": "a number", "boolean": "true or false"}[kind]


def _fits(dtype: Any, kind: Kind, cells: list[Any]) -> bool:
    """Does a frame's column of this dtype hold the kind without loss? Text may stand in any dtype of texts."""
    import pandas.api.types as dtypes

    if kind == "text":
        return all(isinstance(cell, str) for cell in cells if cell is not None) and not dtypes.is_float_dtype(dtype)
    if kind == "number":
        return dtypes.is_numeric_dtype(dtype) and not dtypes.is_bool_dtype(dtype)
    of_kind = {"integer": dtypes.is_integer_dtype, "boolean": dtypes.is_bool_dtype,
               "date": dtypes.is_datetime64_any_dtype, "nested": dtypes.is_object_dtype}
    return of_kind[kind](dtype)
