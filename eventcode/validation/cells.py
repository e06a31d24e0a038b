"""The columns of a table, each as a whole where its dtype is sound, cell by cell where it is not."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import ValidationError

from eventcode.dataset.columns import Column, Kind
from eventcode.dataset.frame import plain
from eventcode.dataset.read import of_kind

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd


class Cells(NamedTuple):
    """One column. `typed` has its kind's dtype, where every filled cell fits it; `cells` are plain values otherwise."""

    column: Column
    typed: pd.Series[Any] | None
    cells: list[Any] | None
    untyped: bool = False

    def values(self, rows: Sequence[int] | np.ndarray) -> Iterator[tuple[int, Any]]:
        """(row, plain value; None where empty) of some rows."""
        numbers = [int(row) for row in rows]
        if self.typed is not None:
            return zip(numbers, map(plain, self.typed.iloc[numbers].tolist()), strict=True)
        cells = self.cells or []
        return ((row, cells[row]) for row in numbers)

    def held(self) -> pd.Series[Any]:
        """The column as the record class would hold it: a CSV's "12" is 12."""
        import pandas as pd

        if self.typed is not None:
            return self.typed
        return pd.Series([_as_held(self.column, cell) for cell in self.cells or []], dtype="object")


def of_frame(series: pd.Series[Any], column: Column) -> Cells:
    """A frame's column, its rows numbered from 0."""
    import pandas as pd

    series = series.reset_index(drop=True)
    if _vectorized(series, column.kind):
        return Cells(column, pd.Series(series, dtype=column.dtype), None)
    cells = [plain(value) for value in series.tolist()]
    return Cells(column, None, [of_kind(cell, column, False) for cell in cells])


def of_table(cells: list[Any], column: Column, untyped: bool) -> Cells:
    """A file's column; `untyped` where the file knows only text."""
    import pandas as pd

    if column.kind == "text" and all(cell is None or isinstance(cell, str) for cell in cells):
        return Cells(column, pd.Series(cells, dtype=column.dtype), None, untyped)
    typed = _from_text(pd.Series(cells, dtype="string"), column) if untyped and column.kind in _FORMS else None
    if typed is not None:
        return Cells(column, typed, None, untyped)
    return Cells(column, None, [None if cell is None else of_kind(cell, column, untyped) for cell in cells], untyped)


#: How a file of text writes what can be read as a whole column; the rest is looked at cell by cell.
_FORMS = {"integer": r"[+-]?\d{1,18}(?:\.0+)?", "number": r"[+-]?\d+(?:\.\d+)?", "date": r"\d{4}-\d\d-\d\d"}


def _from_text(told: pd.Series[str], column: Column) -> pd.Series[Any] | None:
    """A column of text as its kind's dtype; None where a cell is not in the plain form of that kind."""
    import pandas as pd

    if not bool(told.str.fullmatch(_FORMS[column.kind]).fillna(True).all()):
        return None
    if column.kind == "date":
        days = pd.to_datetime(told, format="%Y-%m-%d", errors="coerce")
        return pd.Series(days, dtype=column.dtype) if days.isna().equals(told.isna()) else None
    plainly = told.str.replace(r"\.0+$", "", regex=True) if column.kind == "integer" else told
    return pd.Series(pd.to_numeric(plainly), dtype=column.dtype)


def fits(dtype: Any, kind: Kind, cells: Iterable[Any]) -> bool:
    """Does a frame's column of this dtype hold the kind without loss? Text may stand in any dtype of texts."""
    import pandas.api.types as dtypes

    if kind == "text":
        return all(isinstance(cell, str) for cell in cells if cell is not None) and not dtypes.is_float_dtype(dtype)
    if kind == "number":
        return bool(dtypes.is_numeric_dtype(dtype) and not dtypes.is_bool_dtype(dtype))
    of_kind = {"integer": dtypes.is_integer_dtype, "boolean": dtypes.is_bool_dtype,
               "date": dtypes.is_datetime64_any_dtype, "nested": dtypes.is_object_dtype}
    return of_kind[kind](dtype)


def _vectorized(series: pd.Series[Any], kind: Kind) -> bool:
    """May the whole column be turned into its kind's dtype, no cell changed?"""
    import pandas as pd
    import pandas.api.types as dtypes

    if kind == "text":
        texts = series.cat.categories.to_series() if isinstance(series.dtype, pd.CategoricalDtype) else series
        sound = isinstance(texts.dtype, pd.StringDtype) or pd.api.types.infer_dtype(texts, skipna=True) == "string"
        return sound and not bool((series == "").any())
    if kind == "date":
        return dtypes.is_datetime64_dtype(series.dtype) and bool((series.dropna().dt.normalize() == series.dropna())
                                                                 .all())
    return kind != "nested" and not dtypes.is_object_dtype(series.dtype) and fits(series.dtype, kind, ())


def fault_of(column: Column, value: Any, *, untyped: bool, framed: bool) -> tuple[str, str] | None:
    """(check, message) of one value, or None where nothing is wrong with it. `framed`: its dtype was checked."""
    if value is None or value == []:
        return ("required", "is empty") if column.required else None
    if column.kind == "text" and not isinstance(value, str) and framed:
        value = str(value)  # the dtype is at fault and was reported; the code itself may be right
    if column.kind in ("integer", "number", "boolean") and isinstance(value, str) and not untyped:
        return "type", f"{value!r} is text, expected {_article(column.kind)}"
    foreign = _foreign(value, column)
    if foreign is not None:
        return foreign
    try:
        column.adapter.validate_python(value)
    except ValidationError as problem:
        return "type", "; ".join(f"{value!r}: {error['msg']}" for error in problem.errors())
    return None


def near(word: str, known: Collection[str]) -> str:
    """" (did you mean 'x'?)" where one of the known words is close, else nothing; a lost zero is the closest."""
    zero = [f"0{word}"] if f"0{word}" in known else []
    close = zero or difflib.get_close_matches(word, sorted(known), n=1, cutoff=0.75)
    return f" (did you mean {close[0]!r}?)" if close else ""


def _foreign(value: Any, column: Column) -> tuple[str, str] | None:
    """A fault where a text, or an item of a list of texts, is none of the codebook's codes."""
    if column.allowed is None:
        return None
    strange = [item for item in _texts(value) if item not in column.allowed]
    return ("codes", "; ".join(f"{item!r} is not in the codebook's list{near(item, column.allowed)}"
                               for item in strange)) if strange else None


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, tuple)):
        yield from (item for item in value if isinstance(item, str))


def _article(kind: str) -> str:
    return {"integer": "an integer", "number": "a number", "boolean": "true or false"}[kind]


def _as_held(column: Column, value: Any) -> Any:
    """A sound value as the record class would hold it."""
    if value is None or column.kind in ("text", "nested"):
        return value
    try:
        return column.adapter.validate_python(value)
    except ValidationError:
        return value
