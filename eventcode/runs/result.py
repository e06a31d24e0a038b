"""A finished run, read from its folder."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eventcode.article import Article
from eventcode.errors import InputError
from eventcode.markup import safe
from eventcode.runs.parts import ARTICLES, Parts

if TYPE_CHECKING:
    import pandas as pd

ABOUT = "run.json"


@dataclass(frozen=True)
class Run:
    """A run of `code_corpus`. `about`: what run.json tells: ontology, versions and hashes, counts, files, times."""

    folder: Path
    about: dict[str, Any]

    @property
    def counts(self) -> dict[str, int]:
        """Articles found, read, rejected (not read) and failed (not coded), and records."""
        return dict(self.about["counts"])

    @cached_property
    def records(self) -> pd.DataFrame:
        """The records, with the dtypes of `to_frame`."""
        from eventcode.dataset.read import read_frame

        return read_frame(self.folder / "records.csv", self.about["ontology"])

    @cached_property
    def evidence(self) -> pd.DataFrame:
        """The words and rules behind each filled field; `record` is the row in `records`, from 0."""
        return self._table("evidence", ("record", "start", "end"))

    @cached_property
    def failed(self) -> pd.DataFrame:
        """The articles that were read but could not be coded: article_id, reason."""
        return self._table("failed")

    @cached_property
    def rejects(self) -> pd.DataFrame:
        """What could not be read: file, row, reason, excerpt."""
        return self._table("rejects", ("row",))

    @cached_property
    def flags(self) -> pd.DataFrame:
        """What is doubtful about articles that were read: file, row, article_id, flag, value, message."""
        return self._table("flags", ("row",))

    def articles(self) -> Iterator[Article]:
        """The articles as they were coded, in order."""
        for path in Parts(self.folder).files(ARTICLES):
            with path.open(encoding="utf-8", newline="\n") as lines:
                yield from (Article(**json.loads(line)) for line in lines)

    def __str__(self) -> str:
        told = self.counts
        lines = [f"{told['found']} articles found: {told['read']} read, {told['rejected']} rejected, "
                 f"{told['failed']} failed", f"{told['records']} records ({self.about['ontology']}) in {self.folder}"]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        return f"<pre>{safe(str(self))}</pre>"

    def _table(self, name: str, integers: tuple[str, ...] = ()) -> pd.DataFrame:
        from eventcode.dataset.articles.report import table
        from eventcode.dataset.read import read_table

        read = read_table(self.folder / f"{name}.csv")
        return table([[int(cell) if cell and column in integers else cell for column, cell in zip(
            read.header, row, strict=True)] for row in read.rows], read.header, integers)


def read_run(folder: str | Path) -> Run:
    """A finished run. Raises InputError where the folder has none, or one that was broken off."""
    path = Path(folder) / ABOUT
    if not path.is_file():
        raise InputError(f"{folder}: no run here ({ABOUT} is missing)")
    about: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    if about.get("finished") is None:
        raise InputError(f"{folder}: this run was broken off; resume it first")
    return Run(Path(folder), about)
