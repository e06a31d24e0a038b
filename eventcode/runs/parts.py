"""The parts of a run: folders that are there whole or not at all, and the tables that they are put together to."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eventcode.dataset.frame import provenance_frame, to_frame
from eventcode.dataset.write import atomically, csv_lines
from eventcode.errors import InputError
from eventcode.ontologies.base import Ontology

if TYPE_CHECKING:
    from eventcode.article import Article
    from eventcode.records import Record

#: The tables of a run; each part has its rows of them.
TABLES = ("records.csv", "evidence.csv", "failed.csv")
ARTICLES = "articles.jsonl"
_ABOUT = "part.json"


@dataclass(frozen=True)
class Part:
    """What one part holds: how many articles, records and failures, and a digest of the articles it was made of."""

    number: int
    articles: int
    records: int
    failed: int
    digest: str
    seconds: float


@dataclass(frozen=True)
class Coded:
    """An article with its records, or with what went wrong."""

    article: Any  # an Article
    records: Sequence[Record]
    problem: str | None


class Parts:
    """The parts in a run's folder, in order and without gaps."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "parts"

    def done(self) -> list[Part]:
        """The parts that are whole. What a kill left unfinished is taken away."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for left in self.folder.glob(".*"):
            shutil.rmtree(left)
        found = sorted(path for path in self.folder.iterdir() if path.is_dir())
        made = [Part(**json.loads((path / _ABOUT).read_text(encoding="utf-8"))) for path in found]
        if [part.number for part in made] != list(range(len(made))):
            raise InputError(f"{self.folder}: a part is missing between {found[0].name} and {found[-1].name}")
        return made

    def add(self, number: int, coded: Sequence[Coded], ontology: Ontology, first_record: int, seconds: float) -> Part:
        """Write a part: under another name, in its place only when it is whole."""
        records = [record for one in coded for record in one.records]
        failed = [one for one in coded if one.problem]
        part = Part(number, len(coded), len(records), len(failed), digest(one.article for one in coded), seconds)
        evidence = provenance_frame(records)
        evidence["record"] += first_record
        unfinished = self.folder / f".{number:06d}.{os.getpid()}"
        unfinished.mkdir()
        _write(unfinished / TABLES[0], csv_lines(to_frame(records, ontology)))
        _write(unfinished / TABLES[1], csv_lines(evidence))
        _write(unfinished / TABLES[2], _failures(failed))
        _write(unfinished / ARTICLES, (as_line(one.article) for one in coded))
        _write(unfinished / _ABOUT, [json.dumps(asdict(part)) + "\n"])
        unfinished.replace(self.folder / f"{number:06d}")
        return part

    def files(self, name: str) -> Iterator[Path]:
        """This file of each part, in order."""
        for path in sorted(self.folder.iterdir()):
            yield path / name

    def together(self, name: str, target: Path) -> None:
        """Put a table of all parts into one file, its header once; no more than a part is in memory."""
        def make(unfinished: Path) -> None:
            with unfinished.open("wb") as out:
                for n, path in enumerate(self.files(name)):
                    content = path.read_bytes()
                    out.write(content if n == 0 else content[content.index(b"\n") + 1:])

        atomically(target, make)


def as_line(article: Article) -> str:
    """An article as a line of JSON in ASCII: half a surrogate pair in a text is no fault of the run."""
    return json.dumps(article.model_dump(), default=str) + "\n"


def digest(articles: Iterable[Article]) -> str:
    """The same for the same articles in the same order."""
    made = sha256()
    for article in articles:
        made.update(as_line(article).encode())
    return made.hexdigest()


def _failures(failed: Sequence[Coded]) -> Iterator[str]:
    from eventcode.dataset.articles.report import table

    rows = [(one.article.id, one.problem) for one in failed]
    return csv_lines(table(rows, ("article_id", "reason"), integers=()))


def _write(path: Path, lines: Iterable[Any]) -> None:
    """A file on the disk before its name is: a power cut leaves no empty one behind."""
    with path.open("w", encoding="utf-8", errors="replace", newline="") as out:
        out.writelines(lines)
        out.flush()
        os.fsync(out.fileno())
