"""Stata files, version 118 (Stata 14 and later): UTF-8, long texts as strL, the columns' own names as labels."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eventcode.dataset.frame import plain_cells, rows_of
from eventcode.dataset.table import Table
from eventcode.dataset.writing import Writing, flat, is_day, scalar
from eventcode.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

#: Names that Stata keeps for itself.
_RESERVED = frozenset(
    {"aggregate", "array", "boolean", "break", "byte", "case", "catch", "class", "colvector", "complex", "const",
     "continue", "default", "delegate", "delete", "do", "double", "else", "eltypedef", "end", "enum", "explicit",
     "export", "external", "float", "for", "friend", "function", "global", "goto", "if", "in", "inline", "int", "local",
     "long", "null", "pragma", "protected", "quad", "rowvector", "short", "typedef", "typename", "using", "virtual",
     "with", "_all", "_n", "_b", "_coef", "_cons", "_N", "_pi", "_pred", "_rc", "_skip"})
MAX_NAME, MAX_LABEL, MAX_STR = 32, 80, 2045
_EXACT = 2**53  # whole numbers up to here are exact as a double
_MADE = datetime(1980, 1, 1)


def write_dta(frame: pd.DataFrame, path: Path, writing: Writing) -> None:
    """Whole numbers with gaps are doubles (exact to 2**53), truth is 1 and 0, days are %td, missing text is empty."""
    names = stata_names(map(str, frame.columns))
    made = _prepared(frame, path).set_axis(names, axis=1)
    days: Any = {name: "td" for name in names if is_day(made, name)}
    texts = [name for name in names if made[name].dtype == object]
    long = [name for name in texts if any("\0" in cell or len(cell.encode()) > MAX_STR for cell in made[name])]
    labels = {name: str(column)[:MAX_LABEL] for name, column in zip(names, frame.columns, strict=True)}
    about = " ".join(str(writing.metadata[key]) for key in ("schema", "version") if writing.metadata.get(key))
    made.to_stata(path, write_index=False, version=118, convert_dates=days, convert_strl=long, variable_labels=labels,
                  time_stamp=_MADE, data_label=f"eventcode {writing.metadata.get('eventcode', '')} {about}"[:MAX_LABEL])


def stata_names(names: Iterable[str]) -> list[str]:
    """Names as Stata allows them: letters, digits and "_", 32 characters at most, none reserved, none twice."""
    made: list[str] = []
    for name in names:
        plain = re.sub(r"\W", "_", name, flags=re.ASCII) or "_"
        if plain[0].isdigit() or plain in _RESERVED or re.fullmatch(r"str\d+", plain):
            plain = "_" + plain
        short, number = plain[:MAX_NAME], 1
        while short in made:
            number += 1
            short = plain[:MAX_NAME - len(str(number)) - 1] + f"_{number}"
        made.append(short)
    return made


def _prepared(frame: pd.DataFrame, path: Path) -> pd.DataFrame:
    """The frame in dtypes that Stata has."""
    import pandas as pd

    bare = flat(frame)
    made: dict[int, pd.Series[Any]] = {}
    for i, name in enumerate(map(str, frame.columns)):
        cells, dtype = plain_cells(bare, i), bare.dtypes.iloc[i]
        if is_day(bare, bare.columns[i]):
            made[i] = pd.Series(pd.to_datetime(pd.Series(cells, dtype="object")), dtype="datetime64[ns]")
        elif pd.api.types.is_numeric_dtype(dtype):
            made[i] = _numbers(cells, f"{path}: {name}")
        else:
            made[i] = pd.Series(["" if cell is None else str(scalar(cell)) for cell in cells], dtype="object")
    return pd.DataFrame(made)


def _numbers(cells: list[Any], where: str) -> pd.Series[Any]:
    """Small whole numbers as such where none is missing, else doubles."""
    import pandas as pd

    large = next((cell for cell in cells if isinstance(cell, int) and abs(cell) > _EXACT), None)
    if large is not None:
        raise InputError(f"{where}: {large} is more than Stata can hold exactly: make the column text")
    if cells and all(isinstance(cell, int) and abs(cell) <= 2_147_483_620 for cell in cells):
        return pd.Series([int(cell) for cell in cells], dtype="int32")
    return pd.Series([None if cell is None else float(cell) for cell in cells], dtype="float64")


def read_dta(path: Path) -> Table:
    """A Stata file's rows, its columns by their labels where `write` put them there."""
    import pandas as pd

    try:
        opened: Any = pd.read_stata(path, iterator=True, convert_categoricals=False)
        with opened as reader:
            labels, frame = reader.variable_labels(), reader.read()
    except FileNotFoundError:
        raise
    except (ValueError, KeyError, struct.error, OSError) as problem:
        raise InputError(f"{path}: not a Stata file: {problem}") from None
    given = [str(name) for name in frame.columns]
    names = [labels.get(name) or name for name in given]
    header = names if stata_names(names) == given else given
    return Table(header, [[_whole(cell) for cell in row] for row in rows_of(frame)], [], untyped=False)


def _whole(cell: Any) -> Any:
    """Doubles that stand for whole numbers as such."""
    return int(cell) if isinstance(cell, float) and cell.is_integer() else cell
