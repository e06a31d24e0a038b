"""Files to tables and frames; what was written with `write` is read back as it was."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from eventcode.dataset.arrow import read_feather, read_parquet
from eventcode.dataset.columns import Column, columns, resolve
from eventcode.dataset.frame import series
from eventcode.dataset.geo import read_geojson, read_gpkg
from eventcode.dataset.hxl import is_tag_row
from eventcode.dataset.sheets import read_xlsx
from eventcode.dataset.stata import read_dta
from eventcode.dataset.table import Table as Table
from eventcode.dataset.table import by_suffix, from_objects
from eventcode.dataset.write import FORMULA
from eventcode.errors import InputError
from eventcode.ontologies.base import Ontology

if TYPE_CHECKING:
    import pandas as pd


#: An integer as text; spreadsheets write 3 as 3.0 where a column has empty cells.
_INTEGER = re.compile(r"[+-]?\d+(?:\.0+)?")


def read_frame(path: str | Path, schema: str | Ontology) -> pd.DataFrame:
    """Read a file of an ontology's rows, of any format that `write` writes, with that ontology's dtypes.

    Codes stay text (010, NO, NA). Columns that the ontology does not know are kept as they are; missing ones stay
    missing (`validate` reports both). Raises InputError naming file, row and column of the first value that is not
    what its column holds.
    """
    import pandas as pd

    table, known = read_table(path), columns(resolve(schema))
    for row, message in table.faults:
        raise InputError(f"{path}: {message}" if row is None else f"{path}: row {row}: {message}")
    if not table.rows and not table.header:  # an empty list of objects names no columns
        table = table._replace(header=list(known))
    made = {}
    for i, name in enumerate(table.header):
        cells = [row[i] for row in table.rows]
        if name in known:
            made[name] = series(_column(cells, known[name], table.untyped, f"{path}: row"), known[name])
        else:
            made[name] = pd.Series(cells)
    frame = pd.DataFrame(made)
    if table.metadata:
        frame.attrs["eventcode"] = dict(table.metadata)
    return frame


def read_table(path: str | Path) -> Table:
    """A file's header and rows, not yet checked against any schema. Raises InputError where it cannot be read."""
    source = Path(path)
    read = by_suffix(source, _READERS)
    try:
        return read(source)
    except UnicodeDecodeError as problem:
        raise InputError(f"{source}: not UTF-8 at byte {problem.start}") from None
    except OSError as problem:
        raise InputError(f"{source}: cannot be read: {problem.strerror or problem}") from None


def of_kind(value: Any, column: Column, untyped: bool) -> Any:
    """A plain value as its column's kind wants it: JSON text of a list or entity parsed, an `untyped` file's integers
    made integers; else as it is, sound or not.
    """
    if untyped and column.kind == "integer" and isinstance(value, str) and _INTEGER.fullmatch(value):
        return int(value.partition(".")[0])
    if column.kind == "nested" and isinstance(value, str):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


def _column(cells: list[Any], column: Column, untyped: bool, where: str) -> list[Any]:
    """The cells as the column holds them; most values stand in many rows, and are checked once."""
    seen: dict[Any, Any] = {}
    made: list[Any] = []
    for n, cell in enumerate(cells):
        value = of_kind(cell, column, untyped)
        key = (type(value), value if column.kind != "nested" else n)
        if value is not None and key not in seen:
            try:
                checked = column.adapter.validate_python(value)
            except ValidationError as problem:
                fault = problem.errors()[0]["msg"]
                raise InputError(f"{where} {n}: {column.name}: {value!r}: {fault}") from None
            seen[key] = value if column.kind == "nested" else checked
        made.append(None if value is None else seen[key])
    return made


def _read_csv(path: Path) -> Table:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        try:
            header, *rows = list(csv.reader(lines, strict=True)) or [[]]
        except csv.Error as problem:
            raise InputError(f"{path}: not CSV: {problem}") from None
    rows = [row for row in rows if row]
    if rows and is_tag_row(rows[0]):
        rows = rows[1:]
    faults: list[tuple[int | None, str]] = [
        (n, f"{len(row)} cells, the header has {len(header)}") for n, row in enumerate(rows) if len(row) != len(header)]
    padded = [[_cell(text) for text in (*row, *[""] * len(header))[:len(header)]] for row in rows]
    return Table([_cell(name) or "" for name in header], padded, faults, untyped=True)


def _cell(text: str) -> str | None:
    return (text[1:] if text.startswith("'") and FORMULA.match(text) else text) or None


def _read_jsonl(path: Path) -> Table:
    found: list[Any] = []
    faults: list[tuple[int | None, str]] = []
    for line in filter(str.strip, path.read_bytes().decode("utf-8-sig").split("\n")):
        try:
            found.append(json.loads(line))
        except ValueError as problem:
            faults.append((len(found), f"not JSON: {problem}"))
            found.append({})
    return from_objects(found, faults)


def _read_json(path: Path) -> Table:
    try:
        content = json.loads(path.read_bytes().decode("utf-8-sig"))
    except json.JSONDecodeError as problem:
        raise InputError(f"{path}: not JSON: {problem}") from None
    if not isinstance(content, list):
        raise InputError(f"{path}: expected a list of objects, got {type(content).__name__}")
    return from_objects(content)


_READERS: dict[str, Callable[[Path], Table]] = {
    ".csv": _read_csv, ".jsonl": _read_jsonl, ".json": _read_json, ".parquet": read_parquet, ".feather": read_feather,
    ".xlsx": read_xlsx, ".dta": read_dta, ".geojson": read_geojson, ".gpkg": read_gpkg}
