"""Records to data frames: one row per record, and one row per filled field with its evidence."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from eventcode.dataset.columns import Column, columns, resolve, text_dtype
from eventcode.errors import InputError
from eventcode.ontologies.base import Ontology
from eventcode.records import Record, is_filled

if TYPE_CHECKING:
    import pandas as pd

#: Rows that are turned into Python values at a time.
ROWS = 20_000

Records: TypeAlias = Iterable[Record | Iterable[Record]]

#: Column to dtype of a provenance frame; "text" stands for the text dtype of the installed pandas.
PROVENANCE = {"record": "Int64", "article_id": "text", "ontology": "text", "field": "text", "value": "text",
              "start": "Int64", "end": "Int64", "text": "text", "rules": "text"}


def to_frame(records: Records, ontology: str | Ontology | None = None) -> pd.DataFrame:
    """A data frame with the codebook's columns, in its order, one row per record.

    records: records of one ontology, or lists of them, as `coder.pipe` gives them. ontology: name, folder or
    ontology; only needed where there may be no record at all (without it an empty list gives a frame without columns).

    The dtypes depend on the ontology alone: text (codes too) is `str` (pandas 2: `string`), integers are `Int64`,
    numbers `float64`, days `datetime64[s]`. Columns of lists or entities hold Python lists and dicts (`object`).
    An empty text is a missing value, as in any file that is read back. `frame.attrs["eventcode"]` names the schema, and
    the versions and rule-set hashes that made the records; `write` puts them in files that have a place for them.

    Raises InputError on records of several ontologies, or of another one than `ontology`.
    """
    import pandas as pd

    rows = list(flat(records))
    made_by = _ontology(rows, ontology)
    if made_by is None:
        return pd.DataFrame()
    values = [row.values() for row in rows]
    frame = pd.DataFrame({name: series([row[name] for row in values], column)
                          for name, column in columns(made_by).items()})
    frame.attrs["eventcode"] = _about(rows, made_by)
    return frame


def provenance_frame(records: Records) -> pd.DataFrame:
    """One row per filled field: which words of the article and which rules gave its value.

    Columns: record (row number in `to_frame` of the same records, from 0), article_id, ontology, field, value (as
    text), start and end (offsets in the article's text; empty where no words stand behind the value), text (those
    words), rules (ids, "; " between them).
    """
    import pandas as pd

    rows = [line for number, record in enumerate(flat(records)) for line in evidence_rows(number, record)]
    text = text_dtype()
    return pd.DataFrame({name: pd.Series([row[i] for row in rows], dtype=text if dtype == "text" else dtype)
                         for i, (name, dtype) in enumerate(PROVENANCE.items())})


def flat(records: Records) -> Iterator[Record]:
    """The records of a list, or of a list of lists. Raises InputError on anything else."""
    for item in records:
        if isinstance(item, Record):
            yield item
        elif isinstance(item, Iterable) and not isinstance(item, (str, bytes, dict)):
            yield from flat(item)
        else:
            raise InputError(f"expected records, got {type(item).__name__}")


def series(values: list[Any], column: Column) -> pd.Series[Any]:
    """One column of plain Python values (None where empty) with the dtype of its kind."""
    import pandas as pd

    if column.kind == "nested":
        return pd.Series([list(value) if isinstance(value, tuple) else value for value in values], dtype="object")
    if column.kind == "date":
        return pd.Series(pd.to_datetime(pd.Series(values, dtype="object")), dtype=column.dtype)
    return pd.Series([None if value == "" else value for value in values], dtype=column.dtype)


def as_text(value: Any) -> str:
    """A value as one cell of text: text as it is, lists and entities as JSON."""
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, default=str) if isinstance(value, (list, tuple, dict)) else str(value)


def plain(value: Any) -> Any:
    """A frame's cell as a plain Python value; None for every way of being empty."""
    if isinstance(value, (str, int)):  # most cells, and the quickest way out
        return None if value == "" else value
    import pandas as pd

    if hasattr(value, "tolist"):  # numpy's scalars and arrays
        value = value.tolist()
    if value is None or value is pd.NA or value is pd.NaT or value == "" or value != value:
        return None
    if isinstance(value, datetime):
        return value.date() if value.time() == datetime.min.time() else value
    return value


def plain_cells(frame: pd.DataFrame, number: int) -> list[Any]:
    """The cells of one column, by its position, as plain Python values."""
    import pandas as pd

    column = frame.iloc[:, number]
    cells: list[Any] = column.tolist()
    if isinstance(column.dtype, pd.StringDtype):
        return [cell if isinstance(cell, str) and cell else None for cell in cells]
    if getattr(column.dtype, "kind", "O") in "iufb":
        return [cell if cell == cell else None for cell in cells] if not column.hasnans else [
            None if missing else cell for cell, missing in zip(cells, column.isna().tolist(), strict=True)]
    return [plain(value) for value in cells]


def rows_of(frame: pd.DataFrame) -> Iterator[list[Any]]:
    """The rows of a frame as plain Python values; no more than ROWS of them are made at a time."""
    for first in range(0, len(frame), ROWS):
        part = frame.iloc[first:first + ROWS]
        yield from map(list, zip(*(plain_cells(part, i) for i in range(part.shape[1])), strict=True))


def _ontology(rows: list[Record], ontology: str | Ontology | None) -> Ontology | None:
    made_by = resolve(ontology) if ontology is not None else resolve(_maker(rows[0])) if rows else None
    strange = sorted({row.ontology for row in rows if made_by is not None and row.ontology != made_by.name})
    if made_by is not None and strange:
        raise InputError(f"there are records of {', '.join(strange)} among those of {made_by.name}: "
                         "make one frame of each")
    return made_by


def _about(rows: list[Record], made_by: Ontology) -> dict[str, Any]:
    """The schema of a frame, and the versions and rule-set hashes of all that made its records."""
    versions: dict[str, set[str]] = {}
    for row in rows:
        for name, version in row.meta.versions.items():
            versions.setdefault(name, set()).add(version)
    told = {name: "; ".join(sorted(versions[name])) for name in sorted(versions)}
    version = "; ".join(sorted({row.meta.ontology_version for row in rows} - {""}))
    return {"schema": made_by.name, **({"version": version} if version else {}), **({"versions": told} if told else {})}


def _maker(record: Record) -> str | Path:
    """The name of the ontology that made a record; a record of a folder knows its folder."""
    return getattr(record, "folder", record.ontology)


def evidence_rows(number: int, record: Record) -> Iterator[tuple[Any, ...]]:
    """The rows of a provenance frame for one record, its row number given: cells in the order of PROVENANCE."""
    values = record.values()
    for name in record.columns():
        if is_filled(values[name]):
            found = record.provenance[name]
            yield (number, record.meta.article_id, record.ontology, name, as_text(values[name]), found.start, found.end,
                   found.text or None, "; ".join(found.rules))
