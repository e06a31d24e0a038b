"""Columns of the formats that a view can have, in order: kind, where the value comes from, or why there is none."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from eventcode.dataset.columns import text_dtype
from eventcode.rules import read_csv

if TYPE_CHECKING:
    import pandas as pd

Kind = Literal["text", "integer", "number", "date"]
Filled = Literal["always", "where known", "needs articles", "needs events", "never"]

FOLDER = Path(__file__).parent


class ViewColumn(NamedTuple):
    """One column of a format: what it holds, when it is filled, and from what (or why it never is)."""

    name: str
    kind: Kind
    filled: Filled
    value: str

    @property
    def dtype(self) -> str:
        """The pandas dtype, the same whatever the rows."""
        return {"text": text_dtype(), "integer": "Int64", "number": "Float64", "date": "datetime64[s]"}[self.kind]


@cache
def view_columns(name: str) -> tuple[ViewColumn, ...]:
    """The columns of a format in its order, from formats/<name>.csv."""
    rows = read_csv(FOLDER / "formats" / f"{name}.csv", ViewColumn._fields)
    return tuple(ViewColumn(**row) for _, row in rows)  # type: ignore[arg-type]


def frame(name: str, rows: Sequence[dict[str, Any]]) -> pd.DataFrame:
    """A frame of a format's columns from rows of plain values; a column that a row leaves out is empty there."""
    import pandas as pd

    return pd.DataFrame({column.name: _series([row.get(column.name) for row in rows], column)
                         for column in view_columns(name)})


def _series(values: list[Any], column: ViewColumn) -> pd.Series[Any]:
    import pandas as pd

    if column.kind == "date":
        return pd.Series(pd.to_datetime(pd.Series(values, dtype="object")), dtype=column.dtype)
    return pd.Series([None if value == "" else value for value in values], dtype=column.dtype)
