"""The command `eventcode review`: a screen on which a person judges the records of a run, and what comes of it."""

from __future__ import annotations

import getpass
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from eventcode.review import Review

Guard = Callable[[Callable[..., int]], Callable[..., None]]


def add_review_command(app: typer.Typer, guard: Guard) -> None:
    """Add the command; `guard` turns the library's errors into a line on stderr and an exit code."""
    app.command("review")(guard(review))


def review(run: Annotated[Path, typer.Argument(metavar="RUN", show_default=False, help=
                          "The folder of a finished run: eventcode code ... --run FOLDER.")],
           coder: Annotated[str | None, typer.Option(show_default=False, help=
                            "Who decides; the name of the computer's user if left out.")] = None,
           port: Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 takes any that is free.")] = 0,
           no_browser: Annotated[bool, typer.Option("--no-browser", help="Do not open a browser.")] = False,
           sample: Annotated[int | None, typer.Option(min=1, show_default=False, help=
                             "Review so many articles, drawn by chance, the same for every coder.")] = None,
           export: Annotated[Path | None, typer.Option(metavar="FILE", show_default=False, help=
                             "Write what was decided as gold (.csv, .jsonl, .parquet ...), and serve nothing.")] = None,
           annotations: Annotated[Path | None, typer.Option(metavar="FILE", show_default=False, help=
                                  "Write it as spans with labels (.jsonl, as doccano's), and serve nothing.")] = None,
           evaluate: Annotated[bool, typer.Option("--evaluate", help=
                               "Print precision and recall of the run against its gold.")] = False,
           agreement: Annotated[bool, typer.Option("--agreement", help="Print how far the coders agree.")] = False,
           proposals: Annotated[Path | None, typer.Option(metavar="FOLDER", show_default=False, help=
                                "Write a rule set that the corrections propose: actors and rules to begin with.")]
           = None) -> int:
    """Judge the records of a run one by one in the browser: accept, correct, reject, add what is missing.

    \b
    eventcode review coded/
    eventcode review coded/ --coder ana --sample 100
    eventcode review coded/ --evaluate --export gold.csv
    eventcode review coded/ --agreement
    eventcode review coded/ --proposals my_rules/

    The page is served to this machine only, and every decision is on the disk (review.sqlite in the run's folder)
    before the page says so. Keys: a accept, r reject, c correct, m missing event, n note, u undo, j and k next and
    previous, o next undecided. Stop the server with Ctrl C.
    """
    if not (export or annotations or evaluate or agreement or proposals):
        return _serve(run, coder or _user(), port, no_browser, sample)
    from eventcode.review import read_review

    found = read_review(run)
    if evaluate:
        _evaluation(found, coder)
    if agreement:
        _agreement(found)
    _write(found, coder, export, annotations, proposals)
    return 0


def _user() -> str:
    try:
        return getpass.getuser()
    except (ImportError, KeyError, OSError):  # a container may have no user of a name
        return "coder"


def _evaluation(found: Review, coder: str | None) -> None:
    scores = found.evaluate(coder=coder)
    print(scores)
    columns = ["field", "gold", "predicted", "precision", "recall", "f1"]
    print(scores.scores[columns].round(3).to_string(index=False))


def _write(found: Review, coder: str | None, export: Path | None, annotations: Path | None,
           proposals: Path | None) -> None:
    from eventcode.dataset.write import write

    if export is not None:
        print(write(found.gold(coder=coder), export))
    if annotations is not None:
        print(found.write_annotations(annotations, coder=coder))
    if proposals is not None:
        made = found.proposals(coder=coder)
        print(made.save(proposals))
        print(made)


def _agreement(found: Review) -> None:
    print(found.agreement())
    for column in found.fields:
        print(f"\n{column}: {found.agreement(column)}")


def _serve(run: Path, coder: str, port: int, no_browser: bool, sample: int | None) -> int:
    import webbrowser

    from eventcode.review.queue import Queue
    from eventcode.review.screen import Screen
    from eventcode.review.server import ReviewServer
    from eventcode.runs import read_run

    screen = Screen(Queue(read_run(run), sample), coder)
    screen.check(None, {})  # what it takes to check a row is loaded now, and not when the first one is saved
    with ReviewServer(screen, port) as server:
        print(f"Open this address on this machine (Ctrl C stops):\n{server.address}", flush=True)
        if not no_browser:
            webbrowser.open(server.address)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print()
    screen.store.close()
    return 0
