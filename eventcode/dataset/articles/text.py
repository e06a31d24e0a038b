"""Text files to articles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from eventcode.article import Article
from eventcode.errors import InputError


def text_files(paths: Iterable[str | Path]) -> Iterator[Path]:
    """Files as they are given; for a folder, its .txt files in order of name.

    Raises InputError where a folder holds none. Whether a file can be read shows when it is read.
    """
    for path in map(Path, paths):
        if not path.is_dir():
            yield path
            continue
        found = sorted(path.glob("*.txt"))
        if not found:
            raise InputError(f"{path}: a folder without .txt files")
        yield from found


def read_article(path: str | Path, **fields: Any) -> Article:
    """The article in a text file: UTF-8, its id the file's name without suffix; `fields` are Article's.

    Line ends stay as they are, so offsets count the file's own characters (a byte order mark is not one of them).
    Raises InputError naming the file, and the byte where it is not UTF-8.
    """
    source = Path(path)
    try:
        text = source.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise InputError(f"{source}: not UTF-8 at byte {problem.start}") from None
    except OSError as problem:
        raise InputError(f"{source}: cannot be read: {problem.strerror or problem}") from None
    if not text.strip():
        raise InputError(f"{source}: empty")
    return Article(text, **{"id": source.stem, **fields})
