"""The command line: code articles, explain records, validate files, test rule sets.

Exit codes: 0 all well; 1 findings (an article that could not be read, validation errors, failed rules); 2 wrong usage
or input that stops everything.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import date, datetime
from enum import StrEnum
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, ParamSpec

import typer

from eventcode import __version__
from eventcode.cli_actors import add_actor_commands
from eventcode.cli_coverage import rules_coverage
from eventcode.cli_dictionaries import dictionaries_app
from eventcode.cli_rules import add_rules_commands
from eventcode.errors import EventcodeError, InputError

if TYPE_CHECKING:
    from eventcode.article import Article
    from eventcode.records import Record
    from eventcode.testing import Failure

P = ParamSpec("P")

app = typer.Typer(name="eventcode", no_args_is_help=True, add_completion=False, rich_markup_mode=None,
                  pretty_exceptions_enable=False, context_settings={"help_option_names": ["-h", "--help"]})
rules_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Work on rule sets.")
app.add_typer(rules_app, name="rules")
actors_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Work on actor tables and actor codes.")
app.add_typer(actors_app, name="actors")


class Format(StrEnum):
    """How records are shown on the terminal."""

    table = "table"
    csv = "csv"
    jsonl = "jsonl"


Paths = Annotated[list[Path], typer.Argument(
    metavar="PATH", help="Text files in UTF-8, one article each, or folders of .txt files.", show_default=False)]
OntologyName = Annotated[str, typer.Option(
    "--ontology", "-O", help="acled, cameo, plover, ucdp-ged, a plug-in's name, or the path of a rule-set folder.",
    show_default=False)]
Published = Annotated[datetime | None, typer.Option(
    "--published", "-p", formats=["%Y-%m-%d"], metavar="DATE", show_default=False,
    help="Day of publication (2024-05-15) of all these articles; without it \"on Tuesday\" has no date.")]


def _stops_with_2(command: Callable[P, int]) -> Callable[P, None]:
    """A command that ends with its exit code, and with 2 and one plain line where an eventcode error stops it."""
    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            code = command(*args, **kwargs)
        except EventcodeError as problem:
            _complain(str(problem))
            code = 2
        raise typer.Exit(code)

    return run


@app.callback(invoke_without_command=True)
def _app(version: Annotated[bool, typer.Option("--version", help="Show the version and stop.")] = False) -> None:
    """Map news articles to conflict-event records, with the evidence behind every cell.

    \b
    eventcode code story.txt --ontology acled --published 2024-05-15
    eventcode explain story.txt --ontology cameo
    eventcode validate events.csv --schema acled
    eventcode convert events.csv --from cameo --to plover -o plover.csv
    eventcode rules test my_rules/

    Exit codes: 0 all well; 1 findings (unreadable article, invalid rows, failed rules); 2 wrong usage or input.
    """
    if version:
        print(f"eventcode {__version__}")
        raise typer.Exit(0)


@app.command()
@_stops_with_2
def code(paths: Paths, ontology: OntologyName, published: Published = None,
         output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", show_default=False, help=
                           "Write the records to a .csv, .jsonl, .json or .parquet file.")] = None,
         provenance: Annotated[Path | None, typer.Option("--provenance", metavar="FILE", show_default=False, help=
                               "Write the evidence, one row per filled field, to such a file.")] = None,
         format: Annotated[Format, typer.Option("--format", "-f", help="How to show the records without -o.")]
         = Format.table) -> int:
    """Code articles into the records of one ontology.

    \b
    eventcode code story.txt -O acled -p 2024-05-15
    eventcode code articles/ -O plover -o events.csv --provenance evidence.csv
    eventcode code story.txt -O ucdp-ged -f jsonl | jq .best

    The table has one column per record and leaves empty fields out; files and the other formats have every column of
    the codebook. An article that cannot be read is named on stderr, the others are coded, and the exit code is 1.
    """
    from eventcode.coder import BATCH
    from eventcode.dataset.frame import provenance_frame, to_frame
    from eventcode.dataset.write import write
    from eventcode.loading import load
    from eventcode.workers import batches

    records: list[Record] = []
    coder, run = load(ontology), _Run()
    for batch in batches(run.articles(paths, published), BATCH):
        for found, problem in coder.code_batch(batch):
            records += found
            run.note(problem)
    frame = to_frame(records, coder.ontology)
    if provenance:
        write(provenance_frame(records), provenance)
    if output:
        write(frame, output)
        _complain(f"{len(records)} records in {output}")
    else:
        _show(records, frame, format)
    return run.exit_code


@app.command()
@_stops_with_2
def explain(paths: Paths, ontology: OntologyName, published: Published = None,
            trace: Annotated[bool, typer.Option("--trace", help="Show every sentence, and why it was not coded.")]
            = False) -> int:
    """Explain records: behind each value the words, their offsets in the article, the rules, and what lost.

    \b
    eventcode explain story.txt -O acled -p 2024-05-15
    eventcode explain story.txt -O acled --trace
    """
    from eventcode.loading import load

    coder, run = load(ontology), _Run()
    for article in run.articles(paths, published):
        try:
            found = coder.trace(article)
        except Exception as problem:  # whatever it is, it must not cost the other articles
            run.note(f"article {article.id}: {type(problem).__name__}: {problem}")
            continue
        told = [record.explain() for record in found.records]
        empty = f"article {article.id}: no {ontology} record; --trace shows why"
        print("\n\n".join([*told, *([str(found)] if trace else [])]) or empty)
    return run.exit_code


@app.command()
@_stops_with_2
def validate(file: Annotated[Path, typer.Argument(metavar="FILE", show_default=False, help=
                             "A .csv, .jsonl, .json or .parquet file of records.")],
             schema: Annotated[str, typer.Option("--schema", "-s", show_default=False, help=
                               "The ontology whose columns, codes and checks the file must keep to.")]) -> int:
    """Check a file of records against an ontology's schema; every fault is listed, rows count from 0.

    \b
    eventcode validate events.csv --schema acled
    """
    from eventcode.validation import validate as check

    report = check(file, schema)
    print("\n".join(report.lines()))
    return 0 if report.ok else 1


@app.command()
@_stops_with_2
def convert(file: Annotated[Path, typer.Argument(metavar="FILE", show_default=False, help=
                            "A .csv, .jsonl, .json or .parquet file of records.")],
            from_: Annotated[str, typer.Option("--from", show_default=False, help="The ontology of the file.")],
            to: Annotated[str, typer.Option("--to", show_default=False, help="The ontology to convert to.")],
            output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", show_default=False, help=
                              "Write the converted rows to such a file.")],
            losses: Annotated[Path | None, typer.Option("--losses", metavar="FILE", show_default=False, help=
                              "Write what went or was guessed, one row per value.")] = None,
            rejects: Annotated[Path | None, typer.Option("--rejects", metavar="FILE", show_default=False, help=
                               "Write the rows that could not be converted, with the reason.")] = None,
            guess: Annotated[bool, typer.Option(help="Take the likeliest of several codes, or reject such rows.")]
            = True) -> int:
    """Convert records to another ontology, with an account of what went on the way.

    \b
    eventcode convert events.csv --from cameo --to plover -o plover.csv --losses losses.csv

    Rows count from 0. The exit code is 1 where a row could not be converted.
    """
    from eventcode.crosswalks.convert import convert as walk
    from eventcode.dataset.write import write

    made = walk(file, to, from_=from_, guess=guess)
    for frame, path in ((made.frame, output), (made.losses, losses), (made.rejects, rejects)):
        if path is not None:
            write(frame, path)
    print(made.summary())
    return 1 if len(made.rejects) else 0


@rules_app.command("test")
@_stops_with_2
def rules_test(path: Annotated[str | None, typer.Argument(metavar="PATH", show_default=False, help=
                               "A rule-set folder or an ontology's name; all installed rule sets if left out.")] = None,
               ) -> int:
    """Run every example and counterexample of rule sets through the whole path.

    \b
    eventcode rules test
    eventcode rules test my_rules/
    """
    from eventcode.plugins import names
    from eventcode.testing import walk, walk_language

    shelves: list[tuple[str, str, Callable[[str], list[Failure]]]]
    shelves = [("ontology", name, walk) for name in ([path] if path else names("ontologies"))]
    shelves += [("language", name, walk_language) for name in (() if path else names("languages"))]
    failed = 0
    for kind, name, check in shelves:
        failures = check(name)
        failed += len(failures)
        print(f"{kind} {name}: {len(failures)} failures" if failures else f"{kind} {name}: ok")
        print("".join(f"  {failure}\n" for failure in failures), end="")
    return 1 if failed else 0


add_rules_commands(rules_app, _stops_with_2)
rules_app.command("coverage")(_stops_with_2(rules_coverage))
add_actor_commands(actors_app, _stops_with_2)
app.add_typer(dictionaries_app(_stops_with_2), name="dictionaries")


@actors_app.command("parse")
@_stops_with_2
def actors_parse(codes: Annotated[list[str], typer.Argument(metavar="CODE", show_default=False, help=
                                  "CAMEO actor codes such as AFGMIL.")]) -> int:
    """Say what CAMEO actor codes mean, element by element; a code with an unknown part is named on stderr.

    \b
    eventcode actors parse AFGMIL IMGMUSISI
    """
    from eventcode.ontologies.cameo import parse_actor

    failed = False
    for code in codes:
        try:
            actor = parse_actor(code)
        except InputError as problem:
            _complain(str(problem))
            failed = True
        else:
            print(f"{code}  {actor}")
            print("".join(f"  {part.code}  {part.what}: {part.title}\n" for part in actor.elements), end="")
    return 1 if failed else 0


@actors_app.command("compose")
@_stops_with_2
def actors_compose(country: Annotated[str | None, typer.Option(show_default=False, help=
                   "CAMEO's or the ISO 3166 alpha-3 code: AFG.")] = None,
                   role: Annotated[list[str] | None, typer.Option(show_default=False, help=
                   "A role: GOV, MIL, REB, PTY, MED ..., or IGO, NGO, IMG, MNC, INT.")] = None,
                   secondary: Annotated[list[str] | None, typer.Option(show_default=False, help=
                   "A secondary or tertiary role: MED, EDU, RAD ...")] = None,
                   region: Annotated[str | None, typer.Option(show_default=False, help=
                   "A region of the world (WAF) or within the country (GZS).")] = None,
                   organization: Annotated[str | None, typer.Option(show_default=False, help=
                   "The three letters of a group: UNO.")] = None,
                   group: Annotated[str | None, typer.Option(show_default=False, help=
                   "A known group by its letters or name, with its whole code: ISI.")] = None,
                   identity: Annotated[str | None, typer.Option(show_default=False, help=
                   "The religion within some groups' codes: MUS.")] = None,
                   unit: Annotated[list[str] | None, typer.Option(show_default=False, help=
                   "What follows the organization, in order: REF, HCR.")] = None) -> int:
    """Make a CAMEO actor code of its parts, in the manual's order; parts that take several can be repeated.

    \b
    eventcode actors compose --country AFG --role MIL
    eventcode actors compose --country ISR --role GOV --role PTY --organization LKD
    eventcode actors compose --group "Islamic State"
    """
    from eventcode.ontologies.cameo import compose_actor

    print(compose_actor(country, role or (), secondary or (), region=region, organization=organization, group=group,
                        identity=identity, unit=unit or ()))
    return 0


class _Run:
    """A run over articles: one that cannot be read or coded is named on stderr, and the run goes on."""

    def __init__(self) -> None:
        self.read = self.failed = 0

    @property
    def exit_code(self) -> int:
        return 0 if not self.failed else 1 if self.read else 2

    def articles(self, paths: list[Path], published: date | None) -> Iterator[Article]:
        from eventcode.dataset.articles import read_article, text_files

        for path in text_files(paths):
            try:
                article = read_article(path, published=published)
            except InputError as problem:
                self.note(str(problem))
            else:
                self.read += 1
                yield article

    def note(self, problem: str | None) -> None:
        """Report what went wrong with an article, if anything did."""
        if problem:
            self.failed += 1
            _complain(problem)


def _complain(message: str) -> None:
    print(f"eventcode: {message}", file=sys.stderr)


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

    yield "article", [escape(record.meta.article_id or "") for record in records]
    values = [record.values() for record in records]
    for name in records[0].columns():
        cells = [_shown(row[name]) for row in values]
        if any(cells):
            yield name, [escape(cell) for cell in cells]


def _shown(value: Any) -> str:
    """A value for the eye: of lists and entities only what is filled."""
    from eventcode.records import is_filled

    if isinstance(value, dict):
        return ", ".join(f"{name} {_shown(part)}" for name, part in value.items() if is_filled(part))
    if isinstance(value, (list, tuple)):
        return "; ".join(map(_shown, value))
    return str(value) if is_filled(value) else ""


def main() -> None:
    """Entry point of the `eventcode` command."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    app()
