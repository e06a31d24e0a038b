"""A file as it stands, before any schema is laid over it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from eventcode.dataset.frame import plain
from eventcode.errors import InputError

V = TypeVar("V")


class Table(NamedTuple):
    """A file as it stands: header, rows of plain values (None where empty), and what is wrong with its form.

    `faults` are (row number from 0 or None, message). `untyped`: the file knows only text (CSV). `metadata`: what
    `write` put in it of versions and the like.
    """

    header: list[str]
    rows: list[list[Any]]
    faults: list[tuple[int | None, str]]
    untyped: bool
    metadata: Mapping[str, Any] = {}


def told_in(text: str | None) -> dict[str, Any]:
    """The metadata that `write` put into a field of text; nothing where it holds something else."""
    try:
        told = json.loads(text or "")
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def from_objects(found: list[Any], faults: list[tuple[int | None, str]] | None = None,
                 metadata: Mapping[str, Any] | None = None) -> Table:
    """Rows from objects; the header is every key, in the order in which they first come."""
    faults = [*(faults or ()), *((n, f"expected an object, got {type(item).__name__}") for n, item in enumerate(found)
                                 if not isinstance(item, dict))]
    objects = [item if isinstance(item, dict) else {} for item in found]
    header = list(dict.fromkeys(key for item in objects for key in item))
    rows = [[plain(item.get(key)) for key in header] for item in objects]
    return Table(header, rows, faults, untyped=False, metadata=metadata or {})


def by_suffix(path: Path, known: Mapping[str, V]) -> V:
    """What handles files of this suffix. Raises InputError with the known suffixes."""
    if path.suffix.lower() not in known:
        raise InputError(f"{path}: the suffix says the format; known are {', '.join(known)}")
    return known[path.suffix.lower()]
