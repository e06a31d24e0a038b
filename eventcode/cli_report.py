"""The command `eventcode report`: a run as one page for people who would rather look than read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

Guard = Callable[[Callable[..., int]], Callable[..., None]]


def add_report_command(app: typer.Typer, guard: Guard) -> None:
    """Add the command; `guard` turns the library's errors into a line on stderr and an exit code."""
    app.command("report")(guard(report))


def report(run: Annotated[Path, typer.Argument(metavar="RUN", show_default=False, help=
                          "The folder of a finished run: eventcode code ... --run FOLDER.")],
           output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="The page to write.")]
           = Path("report.html"),
           title: Annotated[str | None, typer.Option(show_default=False, help=
                            "The page's heading; the folder's name if left out.")] = None,
           limit: Annotated[int, typer.Option(min=0, help=
                            "Articles that the page shows; map, time line and tables count all.")] = 500) -> int:
    """Write a run as one HTML page: articles with their evidence marked, records and why, map, time line, tables.

    \b
    eventcode report coded/ -o report.html

    The page loads nothing from the network and can be handed on as it is.
    """
    from eventcode.report import render

    print(render(run, title=title, limit=limit).save(output))
    return 0
