"""The commands `eventcode rules new | lint | explain | diff`: begin a rule set, check it, read it, see what changes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

Guard = Callable[[Callable[..., int]], Callable[..., None]]
Name = Annotated[str, typer.Argument(metavar="PATH", show_default=False, help=
                                     "A rule-set folder or an ontology's name.")]


def add_rules_commands(app: typer.Typer, guard: Guard) -> None:
    """Add the commands; `guard` turns the library's errors into a line on stderr and an exit code."""
    for name, command in (("new", new), ("lint", lint), ("explain", explain), ("diff", diff)):
        app.command(name)(guard(command))


def new(name: Annotated[str, typer.Argument(metavar="NAME", show_default=False, help=
                        "Lower-case letters, digits and hyphens: labour-strikes.")],
        folder: Annotated[Path | None, typer.Option(metavar="FOLDER", show_default=False, help=
                          "Where to write it; a folder of its name if left out.")] = None,
        extends: Annotated[str | None, typer.Option(metavar="PATH", show_default=False, help=
                           "Lay it over this ontology or rule-set folder.")] = None,
        package: Annotated[bool, typer.Option("--package", help=
                           "Write a Python package around it, to install with pip and load by its name.")] = False
        ) -> int:
    """Write a rule set that works at once: codes, rules, wordings and actors to change.

    \b
    eventcode rules new labour-strikes
    eventcode rules new our-acled --extends acled
    eventcode rules new water-disputes --package
    """
    from eventcode.rulesets import new as make

    for path in make(name, folder, extends=extends, package=package):
        print(path)
    return 0


def lint(path: Annotated[Path, typer.Argument(metavar="PATH", show_default=False, help="A rule-set folder.")],
         notes: Annotated[bool, typer.Option(help="List notes too, or errors only.")] = True) -> int:
    """List all faults of a rule-set folder with file, line and rule, without reading a sentence.

    \b
    eventcode rules lint my_rules/

    An error keeps the rule set from loading or a rule from coding, a note may be meant. The exit code is 1 with errors.
    """
    from eventcode.rulesets import lint as check

    findings = check(path)
    errors = [finding for finding in findings if finding.level == "error"]
    for finding in findings if notes else errors:
        print(finding)
    print(f"{len(errors)} errors, {len(findings) - len(errors)} notes" if findings else "ok")
    return 1 if errors else 0


def explain(path: Name,
            rule: Annotated[str | None, typer.Argument(metavar="RULE", show_default=False, help=
                            "The id of one rule, shown with its examples.")] = None) -> int:
    """List the rules of a rule set: what each asks for and gives, and which layer it comes from.

    \b
    eventcode rules explain my_rules/
    eventcode rules explain acled acled/battles/clash
    """
    from eventcode.plugins import ontology
    from eventcode.rulesets import listing

    print("\n".join(listing(ontology(path), rule)))
    return 0


def diff(old: Annotated[str, typer.Argument(metavar="OLD", show_default=False, help=
                        "A rule-set folder or an ontology's name.")],
         new: Annotated[str, typer.Argument(metavar="NEW", show_default=False, help=
                        "What it is to become; two versions may have one name.")],
         on: Annotated[list[Path], typer.Option("--on", metavar="PATH", show_default=False, help=
                       "Articles: files or folders of any kind that eventcode reads; can be repeated.")],
         published: Annotated[datetime | None, typer.Option(
             "--published", "-p", formats=["%Y-%m-%d"], metavar="DATE", show_default=False,
             help="Day of publication (2024-05-15) of articles that tell none.")] = None,
         output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", show_default=False, help=
                           "Write a row per difference to a .csv, .jsonl, .json or .parquet file.")] = None) -> int:
    """Show what a change of rules would do to the records of a corpus, by which rule, with the text.

    \b
    eventcode rules diff my_rules/ my_rules_2/ --on corpus/ -p 2024-05-15
    eventcode rules diff acled our_acled/ --on corpus.jsonl -o changes.csv

    The exit code is 1 where an article could not be read or coded.
    """
    from eventcode.dataset.articles import read_articles
    from eventcode.dataset.articles.report import table
    from eventcode.dataset.write import write
    from eventcode.rulesets import Change
    from eventcode.rulesets import diff as compare

    given = read_articles(on)
    day = published.date() if published else None
    impact = compare(old, new, (article if article.published or day is None
                                else article.model_copy(update={"published": day}) for article in given))
    if output is not None:
        rows = [tuple("; ".join(cell) if isinstance(cell, tuple) else cell for cell in change)
                for change in impact.changes]
        write(table(rows, Change._fields, integers=("start", "end")), output)
    print("\n".join(impact.summary() if output is not None else impact.lines()))
    rejects = given.rejects[["file", "reason"]].itertuples(index=False)
    problems = [*impact.failed, *(f"{file}: {reason}" for file, reason in rejects)]
    for problem in problems:
        print(f"not coded: {problem}")
    return 1 if problems else 0
