"""One validation: every fault of a table, column by column and then between the columns of a row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from eventcode.dataset.frame import plain
from eventcode.dataset.keys import combined
from eventcode.ontologies.base import Check
from eventcode.validation.advice import advice
from eventcode.validation.cells import Cells, fault_of, fits, near
from eventcode.validation.frames import suspects
from eventcode.validation.report import Issue, Severity, ValidationReport
from eventcode.validation.spec import Spec

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd


@dataclass
class Run:
    """A table and the issues found so far. `dtypes`: those of a frame; empty for a file."""

    spec: Spec
    header: list[str]
    rows: int
    cells: dict[str, Cells]
    today: date
    faults: list[tuple[int | None, str]] = field(default_factory=list)
    dtypes: dict[str, Any] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)

    def report(self, more: Iterable[Callable[[Run], None]] = ()) -> ValidationReport:
        """Everything found, in order of row and column; `more` are checks over the whole table."""
        for row, message in self.faults:
            self.add("form", "", message, row)
        self._header()
        self._order()
        self._columns()
        for check in self.spec.checks:
            self._consistency(check)
        for whole in more:
            whole(self)
        place = {name: i for i, name in enumerate(self.spec.columns)}
        self.issues.sort(key=lambda issue: (-1 if issue.row is None else issue.row, place.get(issue.column, -1)))
        return ValidationReport(self.spec.name, self.rows, tuple(self.issues))

    def add(self, check: str, column: str, message: str, row: int | None = None, value: Any = None,
            severity: Severity = "error", told: str = "") -> None:
        """One more issue; `told` is its advice where the check's own does not fit."""
        self.issues.append(Issue(severity, check, column, row, value, message, told or advice(check)))

    def _header(self) -> None:
        for name, times in Counter(self.header).items():
            if times > 1:
                self.add("column-repeated", name, f"stands {times} times in the header")
            if name not in self.spec.columns:
                self.add("column-unknown", name, f"is no column of {self.spec.name}{near(name, self.spec.columns)}",
                         severity="error" if self.spec.ours else "warning")
        for name in self.spec.columns:
            if name not in self.header and name not in self.spec.optional:
                self.add("column-missing", name, "is missing")

    def _order(self) -> None:
        there = [name for name in self.header if name in self.spec.columns]
        wanted = [name for name in self.spec.columns if name in there]
        first = next((name for name, other in zip(there, wanted, strict=False) if name != other), None)
        if self.spec.ours and first is not None and len(set(there)) == len(there):
            self.add("column-order", first, f"stands where {wanted[there.index(first)]} should", severity="warning")

    def _columns(self) -> None:
        import pandas as pd

        whole = {name: cells.typed for name, cells in self.cells.items()
                 if cells.typed is not None and name in self.spec.constraints}
        wrong = suspects(self.spec, pd.DataFrame(whole)) if whole else {}
        for name, cells in self.cells.items():
            self._dtype(name, cells)
            self._cells(cells, wrong.get(name, ()) if name in whole else range(self.rows))

    def _dtype(self, name: str, cells: Cells) -> None:
        found, column = self.dtypes.get(name), cells.column
        if found is None or not self.spec.ours or fits(found, column.kind, cells.cells or ()):
            return
        empty = cells.cells is not None and all(cell is None for cell in cells.cells)
        self.add("dtype", name, f"has dtype {found}, expected {column.dtype}", severity="warning" if empty else "error")

    def _cells(self, cells: Cells, rows: Sequence[int] | np.ndarray) -> None:
        known: dict[tuple[type, str], tuple[str, str] | None] = {}  # most columns hold few different values
        for row, value in cells.values(rows):
            key = (type(value), value if isinstance(value, str) else repr(value))
            if key not in known:
                known[key] = fault_of(cells.column, value, untyped=cells.untyped, framed=bool(self.dtypes))
            fault = known[key]
            if fault is not None:
                self.add(fault[0], cells.column.name, fault[1], int(row), value)
                self._wrong.setdefault(cells.column.name, []).append(int(row))

    @cached_property
    def _wrong(self) -> dict[str, list[int]]:
        """Column to the rows whose cell is at fault in itself."""
        return {}

    @cached_property
    def held(self) -> dict[str, pd.Series[Any]]:
        """Every column as the record class would hold it."""
        return {name: cells.held() for name, cells in self.cells.items()}

    def _consistency(self, check: Check) -> None:
        """One of the schema's own checks, over the rows whose cells it reads are sound in themselves."""
        import numpy as np

        if not set(check.columns) <= set(self.cells):
            return
        rows = self._rows_to_ask(check)
        key = combined([self._codes(name)[rows] for name in check.columns])
        first = rows[np.unique(key, return_index=True)[1]]  # a row of each different combination, in order of the key
        held = {name: [plain(value) for value in self.held[name].iloc[first].tolist()] for name in check.columns}
        told = [check.fault(dict(zip(held, values, strict=True))) for values in zip(*held.values(), strict=True)]
        wrong = np.array([fault is not None for fault in told], dtype=bool)[key]
        values = self.held[check.columns[0]].iloc[rows[wrong]].tolist()
        for row, number, value in zip(rows[wrong].tolist(), key[wrong].tolist(), map(plain, values), strict=True):
            self.add(check.id, check.columns[0], str(told[number]), row, value, check.severity, check.advice)

    def _rows_to_ask(self, check: Check) -> np.ndarray:
        """The rows on which a check must be asked: sound in themselves, and not cleared by its quick look."""
        import numpy as np

        mask = np.ones(self.rows, dtype=bool)
        for name in check.columns:
            mask[self._wrong.get(name, [])] = False
        if check.suspect is not None and all(self.cells[name].typed is not None for name in check.columns):
            found = check.suspect({name: self.held[name] for name in check.columns})
            mask &= found.fillna(True).to_numpy(dtype=bool)
        return np.flatnonzero(mask)

    def _codes(self, name: str) -> np.ndarray:
        """A number for each cell of a column, equal where the cells are; -1 where empty."""
        import pandas as pd

        if name not in self._numbered:
            held = self.held[name]
            known = held if held.dtype != object else pd.Series([None if v is None else f"{type(v)} {v!r}"
                                                                 for v in held], dtype="object")
            self._numbered[name] = pd.factorize(known)[0]
        return self._numbered[name]

    @cached_property
    def _numbered(self) -> dict[str, np.ndarray]:
        return {}
