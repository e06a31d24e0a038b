"""HXL: the row of hashtags under a header that humanitarian tools know columns by."""

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
    known = _tags()
    named: dict[str, str] = {}
    for (whose, column), tag in known.items():
        if schema is None or whose == schema:
            named.setdefault(column, tag)
    return [named.get(column, "") for column in columns]


def is_tag_row(cells: Sequence[Any]) -> bool:
    """Is this row under the header one of hashtags: each cell a tag or empty, and at least one a tag?"""
    told = [str(cell).strip() for cell in cells if cell is not None and cell == cell and str(cell).strip()]
    return bool(told) and all(TAG.fullmatch(cell) for cell in told)


@cache
def _tags() -> dict[tuple[str, str], str]:
    rows = read_csv(Path(__file__).parent / "hxl.csv", ("schema", "column", "tag"))
    return {(row["schema"], row["column"]): row["tag"] for _, row in rows}
