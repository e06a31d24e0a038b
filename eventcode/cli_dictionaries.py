"""The commands `eventcode dictionaries lint | code | convert`: the field's old dictionaries."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from eventcode.dictionaries.record import DictionaryRecord

Guard = Callable[[Callable[..., int]], Callable[..., None]]


class DictionaryFormat(StrEnum):
    """The program whose format the files are in."""

    tabari = "tabari"
    petrarch1 = "petrarch1"
    petrarch2 = "petrarch2"
    universalpetrarch = "universalpetrarch"


def _file(help: str) -> Any:
    return typer.Option(metavar="FILE", show_default=False, help=help)


Verbs = Annotated[list[Path] | None, _file("A verb dictionary; the option can be repeated, as can the next ones.")]
Actors = Annotated[list[Path] | None, _file("An actor dictionary.")]
Agents = Annotated[list[Path] | None, _file("An agent dictionary.")]
Discards = Annotated[list[Path] | None, _file("A list of discard phrases.")]
Issues = Annotated[list[Path] | None, _file("A list of issues.")]
Format = Annotated[DictionaryFormat, typer.Option("--format", help="The program whose format the files are in.")]


def dictionaries_app(guard: Guard) -> typer.Typer:
    """The group of commands; `guard` turns the library's errors into a line on stderr and an exit code."""
    app = typer.Typer(no_args_is_help=True, rich_markup_mode=None,
                      help="Code with TABARI and PETRARCH dictionaries, check them, convert them.")
    for name, command in (("lint", lint), ("code", code), ("convert", convert)):
        app.command(name)(guard(command))
    return app


def lint(verbs: Verbs = None, actors: Actors = None, agents: Agents = None, discards: Discards = None,
         issues: Issues = None, format: Format = DictionaryFormat.petrarch2,
         notes: Annotated[bool, typer.Option(help="List notes too, or errors only.")] = True) -> int:
    """List what of a dictionary cannot be honoured, with file and line.

    \b
    eventcode dictionaries lint --verbs CAMEO.2.0.txt --actors Phoenix.Countries.actors.txt --format petrarch2

    An error has no effect when coding; a note has one, but perhaps not the one meant. The exit code is 1 with errors.
    """
    from eventcode.dictionaries.lint import check
    from eventcode.dictionaries.reading import read

    dictionary = read(verbs=verbs, actors=actors, agents=agents, discards=discards, issues=issues, format=format.value)
    findings = check(dictionary)
    errors = [finding for finding in findings if finding.level == "error"]
    for finding in findings if notes else errors:
        print(finding)
    print(", ".join(f"{number} {kind}" for kind, number in dictionary.counts().items() if number))
    print(f"{len(errors)} errors, {len(findings) - len(errors)} notes")
    return 1 if errors else 0


def code(paths: Annotated[list[Path], typer.Argument(metavar="PATH", show_default=False, help=
                          "Text files in UTF-8, one article each, or folders of .txt files.")],
         verbs: Verbs = None, actors: Actors = None, agents: Agents = None, discards: Discards = None,
         issues: Issues = None, format: Format = DictionaryFormat.petrarch2,
         published: Annotated[datetime | None, typer.Option(
             "--published", "-p", formats=["%Y-%m-%d"], metavar="DATE", show_default=False,
             help="Day of publication (2014-06-20) of all these articles: it decides dated actor codes.")] = None,
         output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", show_default=False, help=
                           "Write the records to a .csv, .jsonl, .json or .parquet file.")] = None,
         trace: Annotated[bool, typer.Option("--trace", help="Say what became of every verb instead.")] = False) -> int:
    """Code articles with a dictionary.

    \b
    eventcode dictionaries code story.txt --verbs CAMEO.2.0.txt --actors actors.txt --agents agents.txt -p 2014-06-20
    """
    from eventcode.dataset.articles import read_article, text_files
    from eventcode.dataset.write import csv_lines, write
    from eventcode.dictionaries.loading import load
    from eventcode.dictionaries.table import to_frame

    coder = load(verbs=verbs, actors=actors, agents=agents, discards=discards, issues=issues, format=format.value)
    records: list[DictionaryRecord] = []
    for path in text_files(paths):
        article = read_article(path, published=published.date() if published else None)
        if trace:
            print(coder.trace(article))
        else:
            records += coder.code(article)
    if output is not None:
        write(to_frame(records), output)
    elif not trace:
        sys.stdout.writelines(csv_lines(to_frame(records)))
    return 0


def convert(output: Annotated[Path, typer.Option("--output", "-o", metavar="FOLDER", show_default=False, help=
                              "The rule-set folder to make; it must not exist, or be empty.")],
            verbs: Verbs = None, actors: Actors = None, agents: Agents = None, discards: Discards = None,
            issues: Issues = None, format: Format = DictionaryFormat.petrarch2,
            name: Annotated[str | None, typer.Option(show_default=False, help="Name of the rule set; the folder's name "
                                                     "if left out.")] = None) -> int:
    """Convert a dictionary into a rule-set folder of our own, with a list of what was lost.

    \b
    eventcode dictionaries convert --verbs CAMEO.2.0.txt --actors actors.txt -o my_rules/

    The folder loads with eventcode.load("my_rules/", actors=["my_rules/actors.csv"]); lost.csv names every line of the
    dictionary that has no counterpart, and why.
    """
    from eventcode.dictionaries.convert import convert as make

    made = make(output, name=name or output.name, verbs=verbs, actors=actors, agents=agents, discards=discards,
                issues=issues, format=format.value)
    print(made.summary())
    return 0
