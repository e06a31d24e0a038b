"""The commands `eventcode code | explain`: articles to records, in one go or as a run in a folder."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from eventcode.errors import InputError

if TYPE_CHECKING:
    from eventcode.article import Article
    from eventcode.dataset.articles import Articles
    from eventcode.records import Record

Guard = Callable[[Callable[..., int]], Callable[..., None]]


class Format(StrEnum):
    """How records are shown on the terminal."""

    table = "table"
    csv = "csv"
    jsonl = "jsonl"


Paths = Annotated[list[Path], typer.Argument(
    metavar="PATH", show_default=False, help="Files of articles, of any format that read_articles knows, or folders.")]
OntologyName = Annotated[str, typer.Option(
    "--ontology", "-O", help="acled, cameo, plover, ucdp-ged, a plug-in's name, or the path of a rule-set folder.",
    show_default=False)]
Published = Annotated[datetime | None, typer.Option(
    "--published", "-p", formats=["%Y-%m-%d"], metavar="DATE", show_default=False,
    help="Day of publication (2024-05-15) of all these articles; without it \"on Tuesday\" has no date.")]


Reading = Annotated[str | None, typer.Option(
    "--read-as", metavar="FORMAT", show_default=False, help=
    "Format of the articles' files where their suffix does not tell it: text, html, json, jsonl, csv, parquet, rss, "
    "newsml-g2, nitf, warc, nexis, factiva, news-please, trafilatura, fundus, newspaper4k, ngec.")]
Columns = Annotated[list[str] | None, typer.Option(
    "--column", metavar="FIELD=NAME", show_default=False, help=
    "Which column or field of the files has an article's text, published, id, title, outlet or url; can be repeated.")]


def add_code_commands(app: typer.Typer, guard: Guard) -> None:
    """Add the commands; `guard` turns the library's errors into a line on stderr and an exit code."""
    for name, command in (("code", code), ("explain", explain)):
        app.command(name)(guard(command))


def complain(message: str) -> None:
    """One line on stderr."""
    print(f"eventcode: {message}", file=sys.stderr)


def code(paths: Paths, ontology: OntologyName, published: Published = None,
         output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", show_default=False, help=
                           "Write the records to a .csv, .jsonl, .json or .parquet file.")] = None,
         provenance: Annotated[Path | None, typer.Option("--provenance", metavar="FILE", show_default=False, help=
                               "Write the evidence, one row per filled field, to such a file.")] = None,
         format: Annotated[Format, typer.Option("--format", "-f", help="How to show the records without -o.")]
         = Format.table, read_as: Reading = None, column: Columns = None,
         run: Annotated[Path | None, typer.Option("--run", "-r", metavar="FOLDER", show_default=False, help=
                        "Code a corpus into this folder, part by part: records, evidence, rejects and run.json.")]
         = None, resume: Annotated[bool, typer.Option("--resume", help="Go on with a run that was broken off.")]
         = False, jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, help="Processes that code.")] = 1) -> int:
    """Code articles into the records of one ontology.

    \b
    eventcode code story.txt -O acled -p 2024-05-15
    eventcode code articles/ -O plover -o events.csv --provenance evidence.csv
    eventcode code story.txt -O ucdp-ged -f jsonl | jq .best
    eventcode code corpus.jsonl.gz -O acled --run coded/ -j 4
    eventcode code corpus.jsonl.gz -O acled --run coded/ -j 4 --resume

    The table has one column per record and leaves empty fields out; files and the other formats have every column of
    the codebook. An article that cannot be read is named on stderr, the others are coded, and the exit code is 1.
    A run (--run) is for a corpus of any size: a kill costs at most the part it is at, and --resume goes on from there
    to the same bytes.
    """
    reading = _Articles(paths, {"published": published.date() if published else None, "format": read_as,
                                "columns": _columns(column)})
    if run is not None:
        if output or provenance:
            raise InputError("--run writes records and evidence into its folder: leave -o and --provenance out")
        return _run(reading, ontology, run, jobs, resume)
    if resume:
        raise InputError("--resume goes on with a run: name its folder with --run")
    from eventcode.dataset.frame import provenance_frame
    from eventcode.dataset.write import write

    records, frame = _coded(reading, ontology, jobs)
    if provenance:
        write(provenance_frame(records), provenance)
    if output:
        write(frame, output)
        complain(f"{len(records)} records in {output}")
    else:
        _show(records, frame, format)
    return reading.exit_code


def _coded(reading: _Articles, ontology: str, jobs: int) -> tuple[list[Record], Any]:
    """The records of all articles, and their frame."""
    from eventcode.dataset.frame import to_frame
    from eventcode.loading import load

    records: list[Record] = []
    coder = load(ontology)
    for _, found, problem in coder.stream(reading, n_process=jobs):
        records += found
        reading.note(problem)
    return records, to_frame(records, coder.ontology)


def _run(reading: _Articles, ontology: str, folder: Path, jobs: int, resume: bool) -> int:
    from eventcode.runs import code_corpus

    done = code_corpus(reading.all(), ontology, folder, n_process=jobs, resume=resume, progress=_Progress())
    print(done)
    return 1 if done.counts["rejected"] or done.counts["failed"] else 0


class _Progress:
    """A line on stderr after each part; on a terminal it replaces the last one."""

    def __call__(self, articles: int, records: int, failed: int, rate: float) -> None:
        end = "\r" if sys.stderr.isatty() else "\n"
        print(f"{articles:,} articles, {records:,} records, {failed:,} failed, {rate:.1f} articles/s", end=end,
              file=sys.stderr, flush=True)


def _columns(told: list[str] | None) -> dict[str, str]:
    """FIELD=NAME as a mapping."""
    pairs = [item.partition("=") for item in told or ()]
    for field, equals, name in pairs:
        if not (field and equals and name):
            raise InputError(f"--column {field}{equals}{name}: write FIELD=NAME, for example text=body")
    return {field: name for field, _, name in pairs}


def explain(paths: Paths, ontology: OntologyName, published: Published = None,
            trace: Annotated[bool, typer.Option("--trace", help="Show every sentence, and why it was not coded.")]
            = False) -> int:
    """Explain records: behind each value the words, their offsets in the article, the rules, and what lost.

    \b
    eventcode explain story.txt -O acled -p 2024-05-15
    eventcode explain story.txt -O acled --trace
    """
    from eventcode.loading import load

    coder = load(ontology)
    reading = _Articles(paths, {"published": published.date() if published else None})
    for article in reading:
        try:
            found = coder.trace(article)
        except Exception as problem:  # whatever it is, it must not cost the other articles
            reading.note(f"article {article.id}: {type(problem).__name__}: {problem}")
            continue
        told = [record.explain() for record in found.records]
        empty = f"article {article.id}: no {ontology} record; --trace shows why"
        print("\n\n".join([*told, *([str(found)] if trace else [])]) or empty)
    return reading.exit_code


class _Articles:
    """The articles of some paths: one that cannot be read or coded is named on stderr, and the others go on."""

    def __init__(self, paths: list[Path], options: dict[str, Any]) -> None:
        self._paths, self._options = paths, options
        self._read = self._failed = 0

    @property
    def exit_code(self) -> int:
        return 0 if not self._failed else 1 if self._read else 2

    def all(self) -> Articles:
        """All of them, unread. Raises InputError where a path is not there."""
        from eventcode.dataset.articles import read_articles

        return read_articles(self._paths, **self._options)

    def __iter__(self) -> Iterator[Article]:
        from eventcode.dataset.articles import read_articles

        for path in self._paths:
            try:
                articles = read_articles(path, **self._options)
            except InputError as missing:
                self.note(str(missing))
                continue
            for article in articles:
                self._read += 1
                yield article
            for problem in articles.problems:
                self.note(problem)

    def note(self, problem: str | None) -> None:
        """Report what went wrong with an article, if anything did."""
        if problem:
            self._failed += 1
            complain(problem)


def _show(records: list[Record], frame: Any, format: Format) -> None:
    from eventcode.dataset.write import csv_lines, jsonl_lines

    if format is Format.table:
        _table(records)
    else:
        sys.stdout.writelines(csv_lines(frame) if format is Format.csv else jsonl_lines(frame))


def _table(records: list[Record]) -> None:
    """Fields down the side, a column per record: codebooks have too many columns for a line of a terminal.

    Ruled and as wide as the terminal; plain columns, 100 characters wide, where the output goes elsewhere.
    """
    from rich import box
    from rich.console import Console
    from rich.table import Table

    if not records:
        print("no records")
        return
    wide = sys.stdout.isatty()
    console = Console(width=None if wide else 100, highlight=False)
    per_table = max(1, (console.width - 24) // 32)
    for first in range(0, len(records), per_table):
        some = records[first:first + per_table]
        table = Table("field", *(f"record {first + i + 1}" for i in range(len(some))),
                      box=box.SIMPLE_HEAD if wide else None, pad_edge=False, show_header=True)
        for name, cells in _filled(some):
            table.add_row(name, *cells)
        with console.capture() as made:
            console.print(table)
        print("\n".join(line.rstrip() for line in made.get().splitlines()) + "\n")


def _filled(records: list[Record]) -> Iterator[tuple[str, list[str]]]:
    """Article and columns that at least one of these records fills, with their values as text."""
    from rich.markup import escape

    from eventcode.records import shown

    yield "article", [escape(record.meta.article_id or "") for record in records]
    values = [record.values() for record in records]
    for name in records[0].columns():
        cells = [shown(row[name]) for row in values]
        if any(cells):
            yield name, [escape(cell) for cell in cells]
