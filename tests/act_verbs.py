"""How often an event is found at a verb that names a violent or political act (issue 3), on shared rows of verbs.

`python tests/act_verbs.py [ROWS]`; the rows are `../shared/bench/data/event_location_dev.jsonl` where no file is given.
The verbs of `tests/gold/act_verbs.txt` were chosen by meaning, after the verbs that were missed had been seen.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import eventcode as ec

HERE = Path(__file__).parent
ROWS = HERE.parents[1] / "shared" / "bench" / "data" / "event_location_dev.jsonl"


def verbs() -> frozenset[str]:
    """The forms listed, lower case."""
    lines = (HERE / "gold" / "act_verbs.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def found(rows: Iterable[Mapping[str, Any]]) -> tuple[int, int]:
    """(rows with an event at the verb, rows whose first gold verb is listed)."""
    coder, listed, hits, total = ec.load("cameo"), verbs(), 0, 0
    for row in rows:
        spans = [(verb["start"], verb["end"]) for verb in row["gold"]["verb"]]
        if row["text"][slice(*spans[0])].lower() not in listed:
            continue
        reports = [report.trigger for event in coder.events(row["text"]) for report in event.reports]
        total += 1
        hits += any(trigger.start < end and start < trigger.end for trigger in reports for start, end in spans)
    return hits, total


def main(arguments: list[str]) -> None:
    """Print the share."""
    path = Path(arguments[0]) if arguments else ROWS
    with path.open(encoding="utf-8") as lines:
        hits, total = found(map(json.loads, lines))
    print(f"event found at {hits} of {total} listed verbs: {hits / total:.3f}")


if __name__ == "__main__":
    main(sys.argv[1:])
