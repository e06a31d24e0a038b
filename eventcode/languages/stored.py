"""A lexicon kept as one file in the user's cache folder: checked YAML, read back ten times as fast."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

import eventcode.lexicon
from eventcode.gazetteer.store import cache_folder
from eventcode.lexicon import Entry
from eventcode.rules import content_hash

_ENTRIES = TypeAdapter(tuple[Entry, ...])


def stored_entries(name: str, files: Sequence[Path], read: Callable[[], tuple[Entry, ...]]) -> tuple[Entry, ...]:
    """What `read` gives for these files, from the cache where they are the same as when it was written.

    Anything wrong with the cache (not there, broken, not to be written) costs time only: `read` is called.
    """
    key = content_hash((*files, Path(eventcode.lexicon.__file__)))
    path = cache_folder() / f"lexicon-{name}-{key}.json"
    try:
        return _ENTRIES.validate_json(path.read_bytes())
    except (OSError, ValidationError):
        made = read()
        _write(path, _ENTRIES.dump_json(made, exclude_defaults=True))
        return made


def _write(path: Path, content: bytes) -> None:
    """In its place only when it is whole, so that processes that start together do not meet half a file."""
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished.write_bytes(content)
        unfinished.replace(path)
        for old in path.parent.glob(f"{path.name.rpartition('-')[0]}-*.json"):
            if old != path:
                old.unlink()
    except OSError:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
