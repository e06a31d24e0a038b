"""Frames to files; the suffix says the format."""

from __future__ import annotations

import csv
import io
import json
import os
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from eventcode.dataset.frame import as_text, plain, rows_of
from eventcode.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

F = TypeVar("F", bound=Callable[..., Any])

#: Text that a spreadsheet would run as a formula; an apostrophe before it makes it plain text again.
FORMULA = re.compile(r"'*[=+\-@\t\r\n]")


def write(frame: pd.DataFrame, path: str | Path) -> Path:
    """Write a frame; the suffix says how: .csv, .jsonl, .json or .parquet (needs pyarrow).

    The index is not written. UTF-8, Unix line ends, days as ISO 8601; a file is there whole or not at all. CSV: an
    apostrophe is put before text that a spreadsheet would run as a formula (`read_frame` takes it off again), and lists
    and entities are written as JSON text, in Parquet too. Returns the path.

    Raises InputError on another suffix, a missing folder, or Parquet without pyarrow.
    """
    target = Path(path)
    make = by_suffix(target, _WRITERS)
    if not target.parent.is_dir():
        raise InputError(f"{target}: there is no folder {target.parent}")
    unfinished = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        make(frame, unfinished)
        unfinished.replace(target)
    except OSError as problem:
        raise InputError(f"{target}: cannot be written: {problem.strerror or problem}") from None
    finally:
        unfinished.unlink(missing_ok=True)
    return target


def by_suffix(path: Path, known: Mapping[str, F]) -> F:
    """What handles files of this suffix. Raises InputError with the known suffixes."""
    if path.suffix.lower() not in known:
        raise InputError(f"{path}: the suffix says the format; known are {', '.join(known)}")
    return known[path.suffix.lower()]


def csv_lines(frame: pd.DataFrame) -> Iterator[str]:
    """The lines of a frame as CSV, the header first."""
    for row in chain([list(frame.columns)], rows_of(frame)):
        line = io.StringIO()
        csv.writer(line, lineterminator="\r\n").writerow(map(_harmless, row))  # so that it quotes a lone \r too
        yield line.getvalue().removesuffix("\r\n") + "\n"


def jsonl_lines(frame: pd.DataFrame) -> Iterator[str]:
    """The lines of a frame as JSON Lines."""
    return (_json(frame.columns, row) + "\n" for row in rows_of(frame))


def _write_csv(frame: pd.DataFrame, path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        out.writelines(csv_lines(frame))


def _harmless(value: Any) -> Any:
    if value is None or isinstance(value, (bool, int, float)):
        return value
    text = value.isoformat() if isinstance(value, date) else as_text(value)
    return "'" + text if FORMULA.match(text) else text


def _write_jsonl(frame: pd.DataFrame, path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.writelines(jsonl_lines(frame))


def _write_json(frame: pd.DataFrame, path: Path) -> None:
    lines = [_json(frame.columns, row) for row in rows_of(frame)]
    path.write_bytes(("[\n" + ",\n".join(lines) + "\n]\n").encode() if lines else b"[]\n")


def _json(header: Any, row: list[Any]) -> str:
    return json.dumps(dict(zip(header, row, strict=True)), ensure_ascii=False, default=str)


def _write_parquet(frame: pd.DataFrame, path: Path) -> None:
    import pandas as pd

    need_pyarrow(path)
    nested = [name for name in frame.columns if frame[name].dtype == object]
    made = frame.copy()
    for name in nested:
        cells = map(plain, frame[name].tolist())
        made[name] = pd.Series([None if cell is None else as_text(cell) for cell in cells], dtype="string",
                               index=frame.index)
    made.to_parquet(path, index=False)


def need_pyarrow(path: Path) -> None:
    """Raises InputError that says what to install where pyarrow is missing."""
    try:
        import pyarrow  # type: ignore[import-untyped]  # noqa: F401
    except ImportError:
        raise InputError(f"{path}: Parquet needs pyarrow: pip install 'eventcode[parquet]'") from None


_WRITERS: dict[str, Callable[[pd.DataFrame, Path], None]] = {
    ".csv": _write_csv, ".jsonl": _write_jsonl, ".json": _write_json, ".parquet": _write_parquet}
