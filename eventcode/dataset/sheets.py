"""Excel workbooks: text stays text (no formula, no code turned into a number), the same bytes for the same frame."""

from __future__ import annotations

import re
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eventcode.dataset.extras import need
from eventcode.dataset.frame import plain, plain_cells, rows_of
from eventcode.dataset.hxl import hxl_tags, is_tag_row
from eventcode.dataset.table import Table, told_in
from eventcode.dataset.writing import Writing, scalar
from eventcode.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

#: What a sheet and a cell can hold.
MAX_ROWS, MAX_TEXT = 1_048_576, 32_767
#: Characters that XML cannot hold, and what looks like the escape that Excel has for them.
_UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_MADE = datetime(1980, 1, 1)  # the earliest day that a zip file knows


def write_xlsx(frame: pd.DataFrame, path: Path, writing: Writing) -> None:
    """One sheet, `events`, with a header. Raises InputError on more rows, or a longer text, than Excel can hold."""
    excel = need("openpyxl", "excel", f"{path}: xlsx")
    if len(frame) + 1 + writing.hxl > MAX_ROWS:
        raise InputError(f"{path}: {len(frame)} rows, a sheet holds {MAX_ROWS}")
    _check(frame, path)
    book = excel.Workbook(write_only=True)
    sheet = book.create_sheet("events")
    sheet.freeze_panes = "A2"
    cell = need("openpyxl.cell", "excel", f"{path}: xlsx").WriteOnlyCell
    names = [str(name) for name in frame.columns]
    heads = [names, *([hxl_tags(names, writing.schema)] if writing.hxl else [])]
    for head in heads:
        sheet.append([_cell(cell, sheet, name) for name in head])
    for row in rows_of(frame):
        sheet.append([_cell(cell, sheet, value) for value in row])
    book.properties.creator, book.properties.description = "eventcode", writing.told
    book.properties.created = book.properties.modified = _MADE
    unstamped = path.with_name(f"{path.name}.raw")
    try:
        book.save(unstamped)
        _repack(unstamped, path)
    finally:
        unstamped.unlink(missing_ok=True)


def _check(frame: pd.DataFrame, path: Path) -> None:
    """Raises InputError for the first text that is too long for a cell, before anything is written."""
    for i, name in enumerate(frame.columns):
        for row, value in enumerate(map(scalar, plain_cells(frame, i))):
            if isinstance(value, str) and 7 * len(value) > MAX_TEXT and len(_escaped(value)) > MAX_TEXT:
                raise InputError(f"{path}: row {row}: {name}: {len(_escaped(value))} characters, a cell of Excel holds "
                                 f"{MAX_TEXT}")


def _escaped(text: str) -> str:
    return _UNSAFE.sub(lambda found: f"_x{ord(found[0]):04X}_", text)


def _cell(cell: Any, sheet: Any, value: Any) -> Any:
    """A cell of the right type; days from before Excel's calendar are text, numbers have all their digits."""
    if type(value) is date and value.year > 1900:
        made = cell(sheet, value)
        made.number_format = "yyyy-mm-dd"
        return made
    value = scalar(value)
    if not isinstance(value, (str, float)):
        return value
    made = cell(sheet, _escaped(value) if isinstance(value, str) else repr(value))
    made.data_type = "s" if isinstance(value, str) else "n"  # text also where it begins with "="
    return made


def _repack(raw: Path, path: Path) -> None:
    """The workbook without the times of its making."""
    stamp = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(<)")
    with zipfile.ZipFile(raw) as given, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name in given.namelist():
            content = given.read(name)
            if name == "docProps/core.xml":
                content = stamp.sub(rb"\g<1>1980-01-01T00:00:00Z\g<2>", content)
            made.writestr(zipfile.ZipInfo(name, _MADE.timetuple()[:6]), content, zipfile.ZIP_DEFLATED)


def read_xlsx(path: Path) -> Table:
    """The first sheet of a workbook; a row of HXL tags under the header is left out."""
    excel = need("openpyxl", "excel", f"{path}: xlsx")
    try:
        book = excel.load_workbook(path, read_only=True, data_only=True)
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError) as problem:
        raise InputError(f"{path}: not an Excel workbook: {problem}") from None
    try:
        rows = [[_value(value) for value in row] for row in book.worksheets[0].iter_rows(values_only=True)]
        told = told_in(book.properties.description)
    finally:
        book.close()
    header, *rest = rows or [[]]
    width = max((n for n, name in enumerate(header, 1) if name is not None), default=0)
    if rest and is_tag_row(rest[0]):
        rest = rest[1:]
    padded = [[*row, *[None] * width][:width] for row in rest]
    return Table([str(name) for name in header[:width]], padded, [], untyped=False, metadata=told)


def _value(value: Any) -> Any:
    if isinstance(value, str):
        return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), value) or None
    return plain(value)
