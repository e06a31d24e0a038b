"""What columns mean, and HXL: the row of hashtags that humanitarian tools know columns by."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from eventcode.rules import read_csv

#: A hashtag with its attributes (HXL 1.1).
TAG = re.compile(r"#[a-z][a-z0-9_]*(?:\s*\+[a-z][a-z0-9_]*)*")


def hxl_tags(columns: Iterable[str], schema: str | None) -> list[str]:
    """The tag of each column, "" where there is none; `schema` says whose columns they are (None: of any)."""
    return [about(schema, column)[0] for column in columns]


def about(schema: str | None, column: str) -> tuple[str, str]:
    """(HXL tag, description) of a column, "" where there is none; of the first schema that has it where it is None."""
    known = _known()
    schemas = [schema] if schema is not None else list(dict.fromkeys(whose for whose, _ in known))
    return next((known[whose, column] for whose in schemas if (whose, column) in known), ("", ""))


def is_tag_row(cells: Sequence[Any]) -> bool:
    """Is this row under the header one of hashtags: each cell a tag or empty, and at least one a tag?"""
    told = [str(cell).strip() for cell in cells if cell is not None and cell == cell and str(cell).strip()]
    return bool(told) and all(TAG.fullmatch(cell) for cell in told)


@cache
def _known() -> dict[tuple[str, str], tuple[str, str]]:
    rows = read_csv(Path(__file__).parent / "columns.csv", ("schema", "column", "hxl", "description"))
    return {(row["schema"], row["column"]): (row["hxl"], row["description"]) for _, row in rows}
