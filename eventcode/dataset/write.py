"""Frames to files; the suffix says the format."""

from __future__ import annotations

import csv
import json
import os
import re
from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eventcode.dataset.arrow import write_feather, write_parquet
from eventcode.dataset.frame import rows_of
from eventcode.dataset.geo import write_geojson, write_gpkg
from eventcode.dataset.hxl import hxl_tags
from eventcode.dataset.sheets import write_xlsx
from eventcode.dataset.stata import write_dta
from eventcode.dataset.table import by_suffix
from eventcode.dataset.writing import Writing, metadata_of, scalar
from eventcode.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

#: Text that a spreadsheet would run as a formula; an apostrophe before it makes it plain text again.
FORMULA = re.compile(r"'*[=+\-@\t\r\n]")
_SIGNS = frozenset("'=+-@\t\r\n")


def write(frame: pd.DataFrame, path: str | Path, *, bom: bool = False, hxl: bool = False,
          metadata: Mapping[str, Any] | None = None) -> Path:
    """Write a frame; the suffix says how. The index is not written. Returns the path.

    .csv: UTF-8; an apostrophe is put before text that a spreadsheet would run as a formula (`read_records` takes it off
    again). .jsonl, .json: an object per row. .parquet, .feather (need pyarrow). .xlsx (needs openpyxl). .dta: Stata 14
    and later. .geojson, .gpkg: a point per row, and no geometry rather than 0, 0 where its place is not known.
    Lists and entities are JSON text where the format has none; days are ISO 8601 where it has no dates.

    bom: begin a CSV with a byte order mark, for Excel. hxl: put a row of HXL hashtags under the header (.csv, .xlsx).
    metadata: what to tell in the file beside the versions and rule-set hashes that `to_frame` noted in
    `frame.attrs["eventcode"]` (Parquet and Feather: schema metadata `eventcode`; GeoJSON: member `eventcode`;
    GeoPackage: description of the layer; xlsx: comments of the workbook).

    A file is there whole or not at all, and the same frame gives the same bytes. Raises InputError on another suffix,
    a missing folder, a missing package, an option that the format does not have, and what it cannot hold.
    """
    target = Path(path)
    make = by_suffix(target, _WRITERS)
    for option, asked, having in (("bom", bom, (".csv",)), ("hxl", hxl, (".csv", ".xlsx"))):
        if asked and target.suffix.lower() not in having:
            raise InputError(f"{target}: {option} is for {' and '.join(having)} files")
    with_ = Writing(metadata_of(frame, metadata), bom, hxl)
    return atomically(target, lambda unfinished: make(frame, unfinished, with_))


def atomically(target: Path, make: Callable[[Path], None]) -> Path:
    """What `make` writes under another name, in its place only when it is whole. Raises InputError where it fails."""
    if not target.parent.is_dir():
        raise InputError(f"{target}: there is no folder {target.parent}")
    unfinished = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        make(unfinished)
        unfinished.replace(target)
    except OSError as problem:
        raise InputError(f"{target}: cannot be written: {problem.strerror or problem}") from None
    finally:
        unfinished.unlink(missing_ok=True)
    return target


def csv_lines(frame: pd.DataFrame, tags: list[str] | None = None) -> Iterator[str]:
    """The lines of a frame as CSV, the header first, a row of `tags` under it."""
    made = _Line()
    writer = csv.writer(made, lineterminator="\r\n")  # so that it quotes a lone \r too
    for row in chain([list(frame.columns)], [tags] if tags else [], rows_of(frame)):
        writer.writerow(map(_harmless, row))
        yield made.line


class _Line:
    """What a csv writer wrote last, with a Unix line end."""

    line = ""

    def write(self, line: str) -> None:
        self.line = line[:-2] + "\n"


def jsonl_lines(frame: pd.DataFrame) -> Iterator[str]:
    """The lines of a frame as JSON Lines."""
    return (_json(frame.columns, row) + "\n" for row in rows_of(frame))


def _write_csv(frame: pd.DataFrame, path: Path, writing: Writing) -> None:
    tags = hxl_tags(map(str, frame.columns), writing.schema) if writing.hxl else None
    with path.open("w", encoding="utf-8-sig" if writing.bom else "utf-8", newline="") as out:
        out.writelines(csv_lines(frame, tags))


def _harmless(value: Any) -> Any:
    value = scalar(value)
    return "'" + value if isinstance(value, str) and value[:1] in _SIGNS and FORMULA.match(value) else value


def _write_jsonl(frame: pd.DataFrame, path: Path, writing: Writing) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.writelines(jsonl_lines(frame))


def _write_json(frame: pd.DataFrame, path: Path, writing: Writing) -> None:
    lines = [_json(frame.columns, row) for row in rows_of(frame)]
    path.write_bytes(("[\n" + ",\n".join(lines) + "\n]\n").encode() if lines else b"[]\n")


def _json(header: Any, row: list[Any]) -> str:
    return json.dumps(dict(zip(header, row, strict=True)), ensure_ascii=False, default=str)


_WRITERS: dict[str, Callable[[pd.DataFrame, Path, Writing], None]] = {
    ".csv": _write_csv, ".jsonl": _write_jsonl, ".json": _write_json, ".parquet": write_parquet,
    ".feather": write_feather, ".xlsx": write_xlsx, ".dta": write_dta, ".geojson": write_geojson, ".gpkg": write_gpkg}
