"""What a reader of one format gets and gives: the input, and the articles found in it, whole or broken."""

from __future__ import annotations

import codecs
import gzip
import io
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from eventcode.errors import EventcodeError

if TYPE_CHECKING:
    import pandas as pd

#: A file that has to be read whole may have this many bytes; lines of JSON and rows of CSV have no such limit.
MAX_BYTES = 500_000_000
#: Characters of the raw text that a reject shows.
EXCERPT = 200


Stream: TypeAlias = io.BufferedReader | gzip.GzipFile


class Unreadable(EventcodeError):
    """A file, or one article in it, cannot be read; the message is the reason that its reject gives."""


class Found(NamedTuple):
    """One article as a file tells of it. `fields`: Article's fields and `crawled`, as they stand in the file.

    row: line, row or number of the article in its file, from 1; None where the file is the article.
    note: what a user should know about the text ("summary only"), or "".
    """

    row: int | None
    fields: dict[str, Any]
    excerpt: str = ""
    note: str = ""


class Broken(NamedTuple):
    """Something in a file that could not be read: where, why, and how it begins."""

    row: int | None
    reason: str
    excerpt: str = ""


Item: TypeAlias = Found | Broken


@dataclass(frozen=True)
class Options:
    """What the caller says about the files. columns: Article's field (or `crawled`) to the name it has in them.

    published: the day of articles that tell none. today: no article can have been published later.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    encoding: str = "utf-8"
    date_format: str | None = None
    today: date = date.max
    published: date | None = None


@dataclass
class Source:
    """One file or frame to be read, and what its reader found out about it.

    name: as reports show it. id: what articles without an id of their own are called after. layouts, used: how often
    which layout was found, and which of the file's fields gave which of Article's.
    """

    name: str
    id: str
    options: Options
    path: Path | None = None
    frame: pd.DataFrame | None = None
    layouts: Counter[str] = field(default_factory=Counter)
    used: dict[str, Counter[str]] = field(default_factory=dict)

    def tell(self, layout: str, used: Mapping[str, str]) -> None:
        """Note the layout of one article, and the names of the fields that it was read from."""
        self.layouts[layout] += 1
        for name, column in used.items():
            self.used.setdefault(name, Counter())[column] += 1

    @contextmanager
    def stream(self) -> Iterator[Stream]:
        """The file's bytes, unpacked where its name ends in .gz. Raises Unreadable where that fails at any point."""
        assert self.path is not None
        try:
            with gzip.open(self.path) if self.path.suffix.lower() == ".gz" else self.path.open("rb") as opened:
                yield opened
        except (gzip.BadGzipFile, EOFError, zlib.error) as problem:
            raise Unreadable(f"broken gzip: {problem}") from None
        except OSError as problem:
            raise Unreadable(f"cannot be read: {problem.strerror or problem}") from None

    def bytes(self) -> bytes:
        """The whole file. Raises Unreadable on one that is empty or larger than MAX_BYTES."""
        with self.stream() as opened:
            content = opened.read(MAX_BYTES + 1)
        if len(content) > MAX_BYTES:
            raise Unreadable(f"larger than {MAX_BYTES} bytes")
        if not content.strip():
            raise Unreadable("empty")
        return content

    def text(self) -> str:
        """The whole file as text: by its byte order mark, else in the caller's encoding (UTF-8)."""
        return decoded(self.bytes(), self.options.encoding)

    def numbered(self, row: int | None) -> str:
        """The id of an article that has none of its own."""
        return self.id if row is None else f"{self.id}-{row}"


Reader: TypeAlias = Callable[[Source], Iterator[Item]]

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe\0\0", "utf-32"), (b"\0\0\xfe\xff", "utf-32"),
          (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def marked(content: bytes) -> str | None:
    """The encoding that a byte order mark tells of, or None."""
    return next((name for mark, name in _MARKS if content.startswith(mark)), None)


def decoded(content: bytes, encoding: str) -> str:
    """Bytes as text. Raises Unreadable naming the first byte that is not of the encoding, and what to do."""
    encoding = marked(content) or encoding
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as problem:
        name = codecs.lookup(encoding).name.removesuffix("-sig").upper()
        raise Unreadable(f"not {name} at byte {problem.start}: give encoding=, for example 'cp1252'") from None


def lines_of(opened: Stream, encoding: str) -> Iterator[bytes]:
    """The lines of a stream in UTF-8, without a byte order mark.

    A line that is not of the encoding comes in bytes that are not UTF-8, so that its reader sees that it is broken.
    Raises Unreadable where UTF-16 or UTF-32 breaks off.
    """
    mark = marked(opened.peek(4)[:4])
    if mark and mark != "utf-8-sig":  # a line feed is more than one byte there
        try:
            yield from (line.encode() for line in io.TextIOWrapper(opened, mark, newline="\n"))
        except UnicodeDecodeError as problem:
            raise Unreadable(f"not {mark}: {problem.reason}") from None
        return
    opened.read(3 if mark else 0)
    if codecs.lookup(encoding).name == "utf-8":
        yield from opened
    else:
        yield from (line.decode(encoding, "surrogateescape").encode("utf-8", "surrogateescape") for line in opened)


def excerpt(raw: Any) -> str:
    """How something begins, on one line, for a reject."""
    text = raw.decode("utf-8", "replace") if isinstance(raw, bytes) else str(raw)
    return " ".join(text[:4 * EXCERPT].split())[:EXCERPT]
