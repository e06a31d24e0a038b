"""Parquet and Feather: all dtypes kept, versions and rule-set hashes in the file's metadata under `eventcode`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eventcode.dataset.extras import need
from eventcode.dataset.frame import rows_of
from eventcode.dataset.table import Table
from eventcode.dataset.writing import Writing, flat
from eventcode.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

_KEY = b"eventcode"


def write_parquet(frame: pd.DataFrame, path: Path, writing: Writing) -> None:
    """Lists and entities as JSON text: not every reader has Arrow's nested types."""
    need("pyarrow.parquet", "parquet", f"{path}: Parquet").write_table(_arrow(frame, path, writing), path)


def write_feather(frame: pd.DataFrame, path: Path, writing: Writing) -> None:
    """Arrow's own file format, version 2, which R's arrow and Julia read; uncompressed, so that all of them can."""
    feather = need("pyarrow.feather", "parquet", f"{path}: Feather")
    feather.write_feather(_arrow(frame, path, writing), str(path), compression="uncompressed")


def read_parquet(path: Path) -> Table:
    """A Parquet file's rows, and the metadata that `write` put in it."""
    parquet = need("pyarrow.parquet", "parquet", f"{path}: Parquet")
    try:
        return _table(parquet.read_table(path))
    except (ValueError, OSError) as problem:
        raise InputError(f"{path}: not Parquet: {problem}") from None


def read_feather(path: Path) -> Table:
    """A Feather file's rows, and the metadata that `write` put in it."""
    feather = need("pyarrow.feather", "parquet", f"{path}: Feather")
    try:
        return _table(feather.read_table(str(path)))
    except (ValueError, OSError) as problem:
        raise InputError(f"{path}: not Feather: {problem}") from None


def _arrow(frame: pd.DataFrame, path: Path, writing: Writing) -> Any:
    arrow = need("pyarrow", "parquet", f"{path}: this format")
    bare = flat(frame)
    bare.attrs = {}  # they go in under our own key, for readers that know no pandas
    table = arrow.Table.from_pandas(bare, preserve_index=False)
    return table.replace_schema_metadata({**(table.schema.metadata or {}), _KEY: writing.told.encode()})


def _table(table: Any) -> Table:
    told = (table.schema.metadata or {}).get(_KEY)
    frame = table.to_pandas()
    return Table([str(name) for name in frame.columns], list(rows_of(frame)), [], untyped=False,
                 metadata=json.loads(told) if told else {})
