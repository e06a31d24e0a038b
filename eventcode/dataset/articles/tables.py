"""Tables of articles: CSV (and its kin), Parquet, data frames; one article per row."""

from __future__ import annotations

import csv
import io
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from eventcode.dataset.articles.found import Broken, Item, Source, Unreadable, excerpt, lines_of
from eventcode.dataset.articles.layouts import USUAL, _plain
from eventcode.dataset.articles.objects import object_found
from eventcode.dataset.extras import need
from eventcode.dataset.frame import plain
from eventcode.errors import InputError

#: A row of CSV may be this long (bytes); beyond it a quotation mark was left open.
MAX_ROW = 20_000_000
_DELIMITERS = (",", ";", "\t", "|")
_END = (0, b"")


def read_csv(source: Source) -> Iterator[Item]:
    """A table with a header. The delimiter is told by the header (comma, semicolon, tab, bar).

    A row that does not fit the header is broken, and reading goes on at the next line: a quotation mark that was left
    open costs the lines it swallows nothing.
    """
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))  # articles are longer than the 131,072 characters of the default
    with source.stream() as opened:
        lines = enumerate(lines_of(opened, source.options.encoding), 1)
        table = _Table.of(next(lines, _END)[1])
        _check(table.header, source)
        for number, cells in _rows(lines, table):
            yield cells if isinstance(cells, Broken) else object_found(
                dict(zip(table.header, cells, strict=True)), number, source)


def read_parquet(source: Source) -> Iterator[Item]:
    """A Parquet file, read in batches of rows."""
    parquet = need("pyarrow.parquet", "parquet", f"{source.name}: Parquet")
    assert source.path is not None
    try:
        opened = parquet.ParquetFile(source.path)
    except (ValueError, OSError) as problem:
        raise Unreadable(f"not Parquet: {problem}") from None
    with opened:
        _check([str(name) for name in opened.schema_arrow.names], source)
        number = 0
        for batch in opened.iter_batches(batch_size=1000):
            for row in batch.to_pylist():
                number += 1
                yield object_found({name: plain(value) for name, value in row.items()}, number, source)


def read_frame(source: Source) -> Iterator[Item]:
    """A data frame; its rows count from 1."""
    frame = source.frame
    assert frame is not None
    header = [str(name) for name in frame.columns]
    _check(header, source)
    for number, row in enumerate(frame.itertuples(index=False, name=None), 1):
        yield object_found({name: plain(value) for name, value in zip(header, row, strict=True)}, number, source)


def _check(header: Sequence[str], source: Source) -> None:
    """The columns that the caller named are there, and one of them, or of the usual ones, has the text."""
    missing = [name for name in source.options.columns.values() if name not in header and "." not in name]
    if missing:
        raise InputError(f"{source.name}: there is no column {', '.join(missing)}; there is {', '.join(header)}")
    if "text" not in source.options.columns and not {_plain(name) for name in header} & set(USUAL["text"]):
        raise Unreadable(f"no column of text: say columns={{'text': ...}}, one of {', '.join(header) or '(none)'}")


def _header(line: str) -> tuple[str, list[str]]:
    """The delimiter of a header and its names: the delimiter that gives the most names."""
    delimiter = max(_DELIMITERS, key=line.count)
    return delimiter, [name.strip() for name in next(csv.reader([line.rstrip("\r\n")], delimiter=delimiter), [])]


def _rows(lines: Iterator[tuple[int, bytes]], table: _Table) -> Iterator[tuple[int, list[str] | Broken]]:
    """(number of its first line, cells) of each row.

    Lines are put together until their quotation marks are even. Where that gives no row that fits the header, the first
    line is broken and the others are looked at anew: they may be rows of their own.
    """
    waiting: deque[tuple[int, bytes]] = deque()
    while held := [waiting.popleft() if waiting else next(lines, _END)]:
        if held == [_END]:
            return
        if not held[0][1].strip(b"\r\n"):
            continue
        quotes, size = held[0][1].count(b'"'), len(held[0][1])
        cells = table.cells(*held[0])
        while isinstance(cells, Broken) and quotes % 2 and size < MAX_ROW:
            line = waiting.popleft() if waiting else next(lines, _END)
            if line == _END:
                break
            held.append(line)
            quotes, size = quotes + line[1].count(b'"'), size + len(line[1])
            if quotes % 2 == 0:
                whole = table.cells(held[0][0], b"".join(raw for _, raw in held))
                cells = cells if isinstance(whole, Broken) else whole
        if isinstance(cells, Broken):
            waiting.extendleft(reversed(held[1:]))
        yield held[0][0], cells


@dataclass(frozen=True)
class _Table:
    """The header of a file, and what parts its cells."""

    header: list[str]
    delimiter: str

    @classmethod
    def of(cls, head: bytes) -> _Table:
        """By the header's line; its delimiter is the one that gives the most names."""
        try:
            line = head.decode("utf-8").rstrip("\r\n")
        except UnicodeDecodeError as problem:
            raise Unreadable(f"not UTF-8 at byte {problem.start}: give encoding=, for example 'cp1252'") from None
        delimiter = max(_DELIMITERS, key=line.count)
        return cls([name.strip() for name in next(csv.reader([line], delimiter=delimiter), [])], delimiter)

    def cells(self, number: int, raw: bytes) -> list[str] | Broken:
        try:
            text = raw.decode("utf-8").removesuffix("\n").removesuffix("\r")
            cells = next(csv.reader(io.StringIO(text, newline=""), delimiter=self.delimiter, strict=True), [])
        except UnicodeDecodeError as problem:
            return Broken(number, f"not UTF-8 at byte {problem.start} of the row", excerpt(raw))
        except csv.Error as problem:
            return Broken(number, f"not CSV: {problem}", excerpt(raw))
        if len(cells) != len(self.header):
            return Broken(number, f"{len(cells)} cells, the header has {len(self.header)}", excerpt(raw))
        return cells
