"""`read_records`: a published file of event records as a frame with the right dtypes."""

from __future__ import annotations

import csv
import gzip
import io
import zipfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eventcode.dataset.columns import text_dtype
from eventcode.dataset.hxl import is_tag_row
from eventcode.dataset.read import read_frame
from eventcode.dataset.releases.release import RELEASES, Release, release
from eventcode.dataset.write import FORMULA
from eventcode.errors import InputError
from eventcode.ontologies.base import Ontology

if TYPE_CHECKING:
    import pandas as pd

#: Suffixes of text files with one record a line.
_DELIMITED = frozenset({".csv", ".tsv", ".tab", ".txt", ".export", ""})
_EXACT = 2**53  # whole numbers up to here are exact as a double
_TRUE, _FALSE = ("1", "true", "t", "yes"), ("0", "false", "f", "no")


def read_records(path: str | Path, schema: str | Ontology, *, strict: bool = True, encoding: str = "utf-8"
                 ) -> pd.DataFrame:
    """Read a file of event records, a published one or one that `write` wrote.

    schema: "acled" (old and new sets of columns), "ucdp-ged", "gdelt" (events, versions 1 and 2), "gdelt-mentions",
    "icews", "polecat", "phoenix", "petrarch"; or an ontology, whose own files are read as `read_frame` does. Text
    files may be packed (.gz, .zip), with any of comma, semicolon and tab, with a header, or without one where the data
    set has none.

    Codes are text (`010` stays), integers `Int64`, numbers `float64`, days `datetime64[s]`; columns that the schema
    does not know are text. `frame.attrs["eventcode"]` tells schema, version (as far as the file shows it; None where
    it does not), file, notes, and with `strict=False` the faults: cells that their column cannot hold, which are left
    empty, each as {"row", "column", "value"} (rows from 0).

    Raises InputError where the file cannot be read, and, unless `strict` is False, where a cell is not what its column
    holds: it names row, column and value of the first, and how many there are.
    """
    source, name = Path(path), schema if isinstance(schema, str) else schema.name
    if name not in RELEASES or _inner(source).suffix.lower() not in _DELIMITED:
        frame = read_frame(source, schema)
        frame.attrs["eventcode"] = {"schema": name, "file": source.name, **frame.attrs.get("eventcode", {})}
        return frame
    kind = release(name)
    raw = _raw(source, kind, encoding)
    made, faults = _typed(raw, kind)
    if faults and strict:
        first = faults[0]
        raise InputError(f"{source}: row {first['row']}: {first['column']}: {first['value']!r} is not "
                         f"{_WANTED[kind.kinds[first['column']]]} ({len(faults)} such cells; "
                         "strict=False leaves them empty)")
    version, notes = kind.version(raw, source.name)
    made.attrs["eventcode"] = {"schema": name, "version": version, "file": source.name, "notes": notes,
                               "faults": faults}
    return made


_WANTED = {"integer": "an integer", "number": "a number", "boolean": "true or false", "date": "a date"}


def _raw(path: Path, kind: Release, encoding: str) -> pd.DataFrame:
    """The file's cells as text with their columns' names; missing where they are empty."""
    content = _unpacked(path)
    first = content.partition(b"\n")[0].decode(encoding, "replace").removeprefix("\ufeff").rstrip("\r")
    delimiter = max("\t,;", key=first.count)
    header = [kind.renamed.get(cell, cell) for cell in next(csv.reader([first], delimiter=delimiter), [])]
    named = _names(header, kind)
    known = sum(name in kind.kinds for name in named)
    if 2 * known < min(len(named), len(kind.kinds)):
        named = []
    cells = _cells(path, content, delimiter, encoding, plain=delimiter == kind.native)
    names = tuple(named) or kind.headerless(cells)
    if len(names) != cells.shape[1]:
        raise InputError(f"{path}: no header that {kind.name} has, and {cells.shape[1]} columns, as no file of it has "
                         "without one")
    cells = cells.iloc[1:] if named else cells
    if named and len(cells) and is_tag_row(cells.iloc[0].tolist()):
        cells = cells.iloc[1:]
    cells = cells.set_axis(list(names), axis=1).reset_index(drop=True)
    return cells.mask(cells.isin(["", *kind.missing]))


def _unpacked(path: Path) -> bytes:
    try:
        content = path.read_bytes()
        if path.suffix.lower() == ".gz":
            return gzip.decompress(content)
        if path.suffix.lower() == ".zip":
            with zipfile.ZipFile(io.BytesIO(content)) as packed:
                names = [name for name in packed.namelist() if not name.endswith("/")]
                if len(names) != 1:
                    raise InputError(f"{path}: {len(names)} files in it, expected one")
                return packed.read(names[0])
    except OSError as problem:
        raise InputError(f"{path}: cannot be read: {problem.strerror or problem}") from None
    except (EOFError, zlib.error, zipfile.BadZipFile) as problem:
        raise InputError(f"{path}: broken archive: {problem}") from None
    return content


def _inner(path: Path) -> Path:
    """The name that a packed file has inside: events.csv of events.csv.gz."""
    return path.with_suffix("") if path.suffix.lower() in (".gz", ".zip") else path


def _names(header: list[str], kind: Release) -> list[str]:
    """A header's names as the schema writes them, whatever their case; others as they are."""
    known = {name.lower(): name for name in kind.kinds}
    return [known.get(name.strip().lower(), name.strip()) for name in header]


def _cells(path: Path, content: bytes, delimiter: str, encoding: str, plain: bool) -> pd.DataFrame:
    """All cells as text, the header's too. plain: the file quotes nothing."""
    import pandas as pd

    encoding = "utf-8-sig" if encoding.lower().replace("-", "") == "utf8" else encoding
    try:
        cells = pd.read_csv(io.BytesIO(content), sep=delimiter, header=None, dtype=str, keep_default_na=False,
                            encoding=encoding, skip_blank_lines=True, low_memory=False,
                            quoting=csv.QUOTE_NONE if plain else csv.QUOTE_MINIMAL)
    except UnicodeDecodeError as problem:
        raise InputError(f"{path}: not {encoding} at byte {problem.start}: give encoding=, such as 'cp1252'") from None
    except pd.errors.EmptyDataError:
        raise InputError(f"{path}: empty") from None
    except pd.errors.ParserError as problem:
        raise InputError(f"{path}: {str(problem).strip().removeprefix('Error tokenizing data. C error: ')}") from None
    if (cells.iloc[:, -1] == "").any():  # only then can a row be short: pandas fills it up
        _check_widths(path, content.decode(encoding), delimiter, plain)
    return cells


def _check_widths(path: Path, text: str, delimiter: str, plain: bool) -> None:
    """Raises InputError for the first row with fewer cells than the first."""
    csv.field_size_limit(2**31 - 1)
    lines = io.StringIO(text, newline="")
    reader = csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE if plain else csv.QUOTE_MINIMAL)
    width = None
    for row in reader:
        if width is None:
            width = len(row)
        if row and len(row) < width:
            raise InputError(f"{path}: line {reader.line_num}: {len(row)} cells, others have {width}")


def _typed(raw: pd.DataFrame, kind: Release) -> tuple[pd.DataFrame, list[dict[str, Any]]]:
    """The frame with its dtypes, and the cells that their columns cannot hold."""
    import pandas as pd

    made: dict[str, pd.Series[Any]] = {}
    faults: list[dict[str, Any]] = []
    for name in raw.columns:
        cells = pd.Series(raw[name], dtype=text_dtype())
        column = _converted(cells, kind.kinds.get(name, "text"), kind)
        made[name] = column
        lost = cells.notna() & column.isna()
        faults += [{"row": row, "column": name, "value": cells[row]} for row in lost.index[lost].tolist()]
    return pd.DataFrame(made, index=raw.index), sorted(faults, key=lambda fault: fault["row"])


def _converted(cells: pd.Series[Any], kind: str, of: Release) -> pd.Series[Any]:
    """One column of text as its kind; missing where it is not of that kind."""
    import pandas as pd

    if kind == "text":
        guarded = cells.str.startswith("'", na=False)
        if guarded.any():
            guarded &= cells.str.match(FORMULA.pattern, na=False)
            cells = cells.mask(guarded, cells.str.slice(1))
        return cells
    cells = cells.str.strip()
    if kind == "date":
        return _days(cells, of)
    if kind == "boolean":
        lower = cells.str.lower()
        made = pd.Series(pd.NA, index=cells.index, dtype="boolean")
        return made.mask(lower.isin(_TRUE), True).mask(lower.isin(_FALSE), False)
    numbers = pd.to_numeric(cells.astype(object).where(cells.notna(), None), errors="coerce").astype("float64")
    return numbers if kind == "number" else _integers(cells, numbers)


def _integers(cells: pd.Series[Any], numbers: pd.Series[Any]) -> pd.Series[Any]:
    """Whole numbers out of text and the same as doubles; those that a double cannot hold exactly are read anew."""
    import pandas as pd

    whole = (numbers % 1 == 0) & (numbers.abs() < _EXACT)
    made = numbers.where(whole).astype("Int64")
    large = numbers.notna() & ~whole & cells.str.fullmatch(r"[+-]?\d{16,18}", na=False)
    if large.any():
        made[large] = pd.Series([int(cell) for cell in cells[large]], dtype="Int64", index=cells.index[large])
    return made


def _days(cells: pd.Series[Any], of: Release) -> pd.Series[Any]:
    """Days in any of the formats that the data set's files have had."""
    import pandas as pd

    made = pd.Series(pd.NaT, index=cells.index, dtype="datetime64[s]")
    for day in of.days:
        left = cells.notna() & made.isna()
        if not left.any():
            break
        made[left] = pd.to_datetime(cells[left], format=day, errors="coerce").dt.normalize().astype("datetime64[s]")
    return made
