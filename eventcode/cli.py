"""The command line: code articles, explain records, validate files, test rule sets.

Exit codes: 0 all well; 1 findings (an article that could not be read, validation errors, failed rules); 2 wrong usage
or input that stops everything.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, ParamSpec

import typer

from eventcode import __version__
from eventcode.cli_actors import add_actor_commands
from eventcode.cli_code import add_code_commands, complain
from eventcode.cli_coverage import rules_coverage
from eventcode.cli_dictionaries import dictionaries_app
from eventcode.cli_report import add_report_command
from eventcode.cli_review import add_review_command
from eventcode.cli_rules import add_rules_commands
from eventcode.errors import EventcodeError, InputError

if TYPE_CHECKING:
    from eventcode.testing import Failure

P = ParamSpec("P")

app = typer.Typer(name="eventcode", no_args_is_help=True, add_completion=False, rich_markup_mode=None,
                  pretty_exceptions_enable=False, context_settings={"help_option_names": ["-h", "--help"]})
rules_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Work on rule sets.")
app.add_typer(rules_app, name="rules")
actors_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Work on actor tables and actor codes.")
app.add_typer(actors_app, name="actors")


def _stops_with_2(command: Callable[P, int]) -> Callable[P, None]:
    """A command that ends with its exit code, and with 2 and one plain line where an eventcode error stops it."""
    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            code = command(*args, **kwargs)
        except EventcodeError as problem:
            complain(str(problem))
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


add_code_commands(app, _stops_with_2)
add_report_command(app, _stops_with_2)
add_review_command(app, _stops_with_2)


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
            complain(str(problem))
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


def main() -> None:
    """Entry point of the `eventcode` command."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    app()
