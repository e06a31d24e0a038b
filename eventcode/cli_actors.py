"""The commands `eventcode actors lint | find | unknown`: work on actor tables."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

Guard = Callable[[Callable[..., int]], Callable[..., None]]

Tables = Annotated[list[Path] | None, typer.Option(
    "--actors", "-a", metavar="FILE", show_default=False,
    help="An actor table of your own, laid over the built-in ones; can be repeated.")]
Json = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]


def add_actor_commands(app: typer.Typer, guard: Guard) -> None:
    """Add the commands; `guard` turns the library's errors into a line on stderr and an exit code."""
    for name, command in (("lint", lint), ("find", find), ("unknown", unknown)):
        app.command(name)(guard(command))


def lint(files: Annotated[list[Path] | None, typer.Argument(metavar="FILE", show_default=False, help=
                          "Actor tables, or tables of leaders; the built-in ones if left out.")] = None,
         stale: Annotated[bool, typer.Option(help="Tell by region how many lines nobody has checked lately.")] = True,
         ) -> int:
    """Check actor tables: faulty cells, dates that overlap, unknown parents, names that nothing tells apart.

    \b
    eventcode actors lint my_actors.csv

    A line is stale when it has no end and was last checked (column `checked`) more than 24 months ago, or never. The
    exit code is 1 with findings; stale lines are none.
    """
    from eventcode.mentions.actor_lint import lint as check
    from eventcode.mentions.actor_lint import tables_of
    from eventcode.plugins import language

    built_in = tables_of(language("en").folder)
    report = check(files or built_in, date.today(), beside=built_in if files else ())
    for finding in report.findings:
        print(finding)
    if stale:
        print("".join(f"{one.region}: {one.stale} of {one.rows} open lines stale"
                      + (f", the oldest checked {one.oldest}\n" if one.oldest else "\n")
                      for one in report.staleness), end="")
    print(f"{len(report.findings)} findings" if report.findings else "ok")
    return 0 if report.ok else 1


def find(text: Annotated[str, typer.Argument(metavar="TEXT", show_default=False, help="A sentence or a phrase.")],
         published: Annotated[datetime | None, typer.Option(
             "--published", "-p", formats=["%Y-%m-%d"], metavar="DATE", show_default=False,
             help="The day by which offices and names are chosen.")] = None,
         actors: Tables = None, as_json: Json = False) -> int:
    """Say whom a text names: words, actor, country, sector, and the lines of the tables behind it.

    \b
    eventcode actors find "Taliban fighters met the Afghan president" --published 2018-08-02
    """
    from eventcode.loading import load

    coder = load("plover", actors=[str(path) for path in actors or ()])
    found = coder.mentions(text, published=published.date() if published else None).actors
    for party in found:
        if as_json:
            print(json.dumps(party.model_dump(mode="json", exclude_defaults=True), ensure_ascii=False))
        else:
            who = " ".join(str(one) for one in (party.actor_id or "-", party.country or "-", party.sector or "-"))
            print(f"{party.start}-{party.end}  {party.text}  [{who}]  {party.name or ''}".rstrip())
            print(f"    {', '.join(party.rules)}")
    return 0


def unknown(file: Annotated[Path, typer.Argument(metavar="FILE", show_default=False, help=
                            "Records of PLOVER or CAMEO, or the evidence (--provenance) of any records.")],
            actors: Tables = None,
            limit: Annotated[int, typer.Option(min=1, help="How many to show.")] = 50, as_json: Json = False) -> int:
    """Rank the parties of records that no actor table knows, the most frequent first: what to add to a table.

    \b
    eventcode code articles/ -O acled -o events.parquet --provenance evidence.parquet
    eventcode actors unknown evidence.parquet
    """
    from eventcode.dataset.read import read_table
    from eventcode.dataset.unknown_actors import unknown_actors
    from eventcode.mentions.actors import ActorFinder
    from eventcode.plugins import language

    tables: list[Any] = list(actors or ())
    ranked = unknown_actors(read_table(file), ActorFinder(language("en"), tables))
    for one in ranked[:limit]:
        if as_json:
            print(json.dumps(vars(one), ensure_ascii=False))
        else:
            print(f"{one.count:>6}  {one.text}  {one.country or '-'} {one.sector or '-'}")
    return 0
