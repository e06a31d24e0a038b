"""`code_corpus`: articles into the records of one ontology, part by part, in a folder of its own."""

from __future__ import annotations

import json
import platform
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eventcode.dataset.articles import Articles, read_articles
from eventcode.dataset.write import atomically, write
from eventcode.errors import InputError
from eventcode.loading import load
from eventcode.runs.parts import TABLES, Coded, Part, Parts, digest
from eventcode.runs.result import ABOUT, Run, read_run
from eventcode.workers import batches

if TYPE_CHECKING:
    from eventcode.article import Article
    from eventcode.coder import Coder

#: Articles in a part: what a kill can cost, and what is in memory at a time.
PART = 500

#: Told after each part: articles, records and failures so far, and the articles a second of this part.
Progress = Callable[[int, int, int, float], None]


def code_corpus(data: Any, ontology: str | Path | Coder, folder: str | Path, *, n_process: int = 1,
                resume: bool = False, part_size: int = PART, progress: Progress | None = None, **reading: Any) -> Run:
    """Code articles into a folder: records.csv, evidence.csv, failed.csv, rejects.csv, flags.csv and run.json.

    data: Articles, or what `read_articles` takes (`reading`: its options); they are streamed, so that memory does not
    grow with the corpus. ontology: as for `load`, or a
    coder. folder: a new or empty one. n_process: processes that code.
    resume: go on with a run that was broken off; the articles, their order and the versions must be the same.
    part_size: articles per part; each part is written whole or not at all, so a kill costs at most one per process.
    progress: called after each part.

    The files are the same bytes however often the run was broken off, and whatever `n_process` is; only run.json
    tells times. records.csv has the ontology's columns; evidence.csv the words and rules behind each filled one,
    `record` being the row in records.csv, from 0; failed.csv the articles that were read but not coded, and why;
    rejects.csv and flags.csv what `read_articles` could not read or doubts. The articles are kept in parts/.

    Raises InputError where the folder holds a run and `resume` is not set, where the run was made of other articles,
    rules or versions, and what `read_articles` and `load` raise.
    """
    articles = data if isinstance(data, Articles) else read_articles(data, **reading)
    home, coder = Path(folder), load(ontology) if isinstance(ontology, (str, Path)) else ontology
    about = _opened(home, coder, resume, part_size)
    parts = Parts(home)
    done = parts.done()
    stream = iter(articles)
    _skip(stream, done)
    for part in _coded(stream, coder, parts, done, n_process, part_size):
        done.append(part)
        if progress is not None:
            progress(sum(p.articles for p in done), sum(p.records for p in done), sum(p.failed for p in done),
                     part.articles / part.seconds if part.seconds else 0.0)
    if not done:
        done.append(parts.add(0, [], coder.ontology, 0, 0.0))
    _finish(home, parts, articles, about, done)
    return read_run(home)


def _opened(home: Path, coder: Coder, resume: bool, part_size: int) -> dict[str, Any]:
    """What run.json says at the start; it is compared where a run goes on."""
    about = {
        "ontology": str(coder.origin[0]) if coder.origin else coder.ontology.name, "versions": coder.versions,
        "python": platform.python_version(), "part_size": part_size, "finished": None}
    home.mkdir(parents=True, exist_ok=True)
    path = home / ABOUT
    if not path.exists():
        if any(home.iterdir()):
            raise InputError(f"{home}: the folder of a new run must be empty")
        about["started"] = _now()
        _tell(path, about)
        return about
    if not resume:
        raise InputError(f"{home}: holds a run already; resume it, or name another folder")
    known: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    for name in ("ontology", "versions", "part_size"):
        if known.get(name) != about[name]:
            raise InputError(f"{home}: was begun with {name} {known.get(name)}, now {about[name]}: a run cannot change")
    return known


def _skip(stream: Iterator[Article], done: Sequence[Part]) -> None:
    """Pass over the articles of the parts that are there. Raises InputError where these are others."""
    for part in done:
        if digest(islice(stream, part.articles)) != part.digest:
            raise InputError(f"part {part.number} of the run was made of other articles: start anew in another folder")


def _coded(stream: Iterator[Article], coder: Coder, parts: Parts, done: Sequence[Part], n_process: int,
           part_size: int) -> Iterator[Part]:
    """Code what is left, and write it in parts."""
    number, records = len(done), sum(part.records for part in done)
    began = time.perf_counter()
    coded = (Coded(article, records, problem)
             for article, records, problem in coder.stream(stream, n_process=n_process))
    for batch in batches(coded, part_size):
        ended = time.perf_counter()
        part = parts.add(number, batch, coder.ontology, records, ended - began)
        began, number, records = ended, number + 1, records + part.records
        yield part


def _finish(home: Path, parts: Parts, articles: Articles, about: dict[str, Any], done: Sequence[Part]) -> None:
    """Put the tables together, and last tell in run.json that the run is finished."""
    for name in TABLES:
        parts.together(name, home / name)
    write(articles.rejects, home / "rejects.csv")
    write(articles.flags, home / "flags.csv")
    report = articles.report
    counts = {"found": report.found, "read": report.read, "rejected": report.failed,
              "failed": sum(part.failed for part in done), "records": sum(part.records for part in done)}
    about |= {"counts": counts, "files": [file._asdict() for file in report.files],
              "seconds": round(sum(part.seconds for part in done), 3), "finished": _now()}
    _tell(home / ABOUT, about)


def _tell(path: Path, about: dict[str, Any]) -> None:
    def make(unfinished: Path) -> None:
        unfinished.write_text(json.dumps(about, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")

    atomically(path, make)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
