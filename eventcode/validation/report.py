"""What a validation found: issues, each with its place and what to do, and the report that holds them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from eventcode.dataset.columns import text_dtype
from eventcode.markup import safe

if TYPE_CHECKING:
    import pandas as pd

Severity = Literal["error", "warning"]

#: Issues that the text and HTML forms of a report list; `to_frame` has them all.
SHOWN = 50


class Issue(NamedTuple):
    """One fault. `row` counts from 0 (a frame's `iloc`, a CSV's rows after its header); None: the whole column.

    `advice` is a sentence on what to do about it.
    """

    severity: Severity
    check: str
    column: str
    row: int | None
    value: Any
    message: str
    advice: str = ""

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
        """One row per issue: severity, check, column, row (Int64), value (as text), message, advice."""
        import pandas as pd

        cells = dict(zip(Issue._fields, map(list, zip(*self.issues, strict=True)), strict=True)) if self.issues else {}
        cells["value"] = [None if value is None else str(value) for value in cells.get("value", [])]
        return pd.DataFrame({name: pd.Series(cells.get(name, []), dtype="Int64" if name == "row" else text_dtype())
                             for name in Issue._fields})

    def summary(self) -> pd.DataFrame:
        """One row per check and column: severity, check, column, issues (how many), advice; most frequent first."""
        import pandas as pd

        counted = Counter((issue.severity, issue.check, issue.column, issue.advice) for issue in self.issues)
        rows = sorted(((*key[:3], times, key[3]) for key, times in counted.items()), key=lambda row: (-row[3], row))
        return pd.DataFrame(rows, columns=["severity", "check", "column", "issues", "advice"])

    def __str__(self) -> str:
        return "\n".join(self.lines(limit=SHOWN))

    def lines(self, limit: int | None = None) -> list[str]:
        """A line that sums up, then a line per issue, `limit` at most (all of them where it is None)."""
        rest = len(self.issues) - (limit or len(self.issues))
        return [self._head(), *(f"  {issue}" for issue in self.issues[:limit]),
                *([f"  ... and {rest} more, see report.to_frame()"] if rest > 0 else [])]

    def _head(self) -> str:
        told = Counter(issue.severity for issue in self.issues)
        return f"{self.schema}: {self.rows} rows, {told['error']} errors, {told['warning']} warnings"

    def _repr_html_(self) -> str:
        head = f"<p>{safe(self._head())}</p>"
        if not self.issues:
            return head
        table = self.summary().to_html(index=False, escape=True, border=0)
        return f"{head}{table}"
