"""What became of the articles that were looked for: counts, reasons, and tables of rejects and flags."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from eventcode.dataset.articles.days import FLAGS
from eventcode.dataset.columns import text_dtype
from eventcode.markup import safe

if TYPE_CHECKING:
    import pandas as pd

#: What a flag means, beside those of days.
OTHER_FLAGS = {
    "summary-only": "the text is a feed's summary, not the article",
    "id-repeated": "another article has this id: records of the two cannot be told apart",
}


class Reject(NamedTuple):
    """Something that could not be read: file, row (from 1; None: the whole file), why, and how it begins."""

    file: str
    row: int | None
    reason: str
    excerpt: str


class Flag(NamedTuple):
    """Something doubtful about an article that was read: which, what, the value, and what it means."""

    file: str
    row: int | None
    article_id: str
    flag: str
    value: str | None
    message: str


class FileReport(NamedTuple):
    """One file or frame: what it was read as, which of its fields gave which of Article's, and how many were read."""

    file: str
    format: str
    fields: dict[str, str]
    found: int
    read: int
    failed: int


@dataclass(frozen=True)
class ReadReport:
    """Counts of a reading. Every article that was found was read or is among the rejects: found = read + failed.

    A file that cannot be read at all counts as one that was found and failed. `files`: one entry each; `reasons` and
    `flags`: how often.
    """

    files: tuple[FileReport, ...] = ()
    reasons: Counter[str] = field(default_factory=Counter)
    flags: Counter[str] = field(default_factory=Counter)

    @property
    def found(self) -> int:
        return sum(file.found for file in self.files)

    @property
    def read(self) -> int:
        return sum(file.read for file in self.files)

    @property
    def failed(self) -> int:
        return sum(file.failed for file in self.files)

    def to_frame(self) -> pd.DataFrame:
        """One row per file: file, format, fields ("title: headline; ..."), found, read, failed."""
        rows = [(*file[:2], "; ".join(f"{name}: {column}" for name, column in file.fields.items()) or None, *file[3:])
                for file in self.files]
        return table(rows, FileReport._fields, integers=("found", "read", "failed"))

    def __str__(self) -> str:
        lines = [f"{self.found} articles found in {len(self.files)} files: {self.read} read, {self.failed} failed"]
        for told in self._formats():
            lines.append(f"  {told}")
        lines += [f"  failed: {reason}: {number}" for reason, number in _most(self.reasons)]
        lines += [f"  flagged {flag}: {number} ({(FLAGS | OTHER_FLAGS)[flag]})" for flag, number in _most(self.flags)]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        return f"<pre>{safe(str(self))}</pre>"

    def _formats(self) -> list[str]:
        """A line per format and set of fields: how many files and articles, and where the fields came from."""
        files: Counter[tuple[str, str]] = Counter()
        articles: Counter[tuple[str, str]] = Counter()
        for file in self.files:
            key = file.format, ", ".join(f"{name} from {column}" for name, column in file.fields.items())
            files[key] += 1
            articles[key] += file.read
        return [f"{name}: {articles[key]} articles in {files[key]} files" + (f"; {fields}" if fields else "")
                for key in files for name, fields in [key]]


def table(rows: Sequence[Any], names: Sequence[str], integers: Sequence[str]) -> pd.DataFrame:
    """Rows as a frame with the same dtypes whatever the rows: text, but `Int64` for `integers`."""
    import pandas as pd

    return pd.DataFrame({name: pd.Series([row[i] for row in rows], dtype="Int64" if name in integers else text_dtype())
                         for i, name in enumerate(names)})


def kind_of(reason: str) -> str:
    """A reason without what differs from article to article: "not JSON: Expecting value: line 1" is "not JSON"."""
    return re.sub(r"(?<![-\w])\d+", "N", re.split(r"[:;(]", reason)[0].strip())


def _most(counted: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counted.items(), key=lambda item: (-item[1], item[0]))
