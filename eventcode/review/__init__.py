"""Review: a person accepts, corrects or rejects the records of a run; gold, scores, agreement, proposals come of it."""

from __future__ import annotations

from pathlib import Path

from eventcode.review.proposals import Proposals
from eventcode.review.queue import Queue
from eventcode.review.result import Review, read_review
from eventcode.review.screen import Screen
from eventcode.runs import Run, read_run

__all__ = ["Proposals", "Review", "Screen", "open_review", "read_review"]


def open_review(run: str | Path | Run, coder: str, sample: int | None = None) -> Screen:
    """What `eventcode review` serves, without a browser: decide on the steps of a run in code.

    run: its folder, or what `read_run` gave. sample: so many articles, drawn by chance, the same for every coder.
    Raises InputError where there is no run, and where its review was made of other records.
    """
    return Screen(Queue(run if isinstance(run, Run) else read_run(run), sample), coder)
