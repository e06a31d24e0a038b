"""Scores `Coder.relation` on our own marked pairs (tests/gold/README.md).

`python tests/relation_gold.py [--part development|"set aside"] [--errors N]`; the set-aside part gives numbers only.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from gold_parts import Share, only_development, read_rows, run

import eventcode as ec
from eventcode.ontologies.plover import tables
from eventcode.ontologies.plover.record import PloverRecord

FILE = Path(__file__).parent / "gold" / "relations.jsonl"


@dataclass(frozen=True)
class Pair:
    """A text, two parties in it (characters, end exclusive) and the PLOVER event of what source does to target."""

    id: str
    text: str
    source: tuple[int, int]
    target: tuple[int, int]
    event: str
    part: str

    def marked(self) -> str:
        """The text with both parties in brackets."""
        opened = {self.source[0]: "[source ", self.target[0]: "[target "}
        closed = {self.source[1], self.target[1]}
        marks = (("]" if n in closed else "") + opened.get(n, "") for n in range(len(self.text) + 1))
        return "".join(mark + self.text[n:n + 1] for n, mark in enumerate(marks))


@dataclass(frozen=True)
class Answer:
    """What the engine says of a pair: the event (None: nothing) and the rules behind it."""

    pair: Pair
    event: str | None
    rules: tuple[str, ...] = ()


@dataclass(frozen=True)
class Scores:
    """Shares from 0 to 1; macro-F1 is the plain mean over the events that are marked. `events` has a row of each."""

    root: float
    macro_f1: float
    quad: float
    events: dict[str, Share]


def read_pairs(part: str | None = None) -> list[Pair]:
    """The pairs of one part, or of both, in the file's order."""
    return read_rows(
        FILE, lambda row: Pair(**{**row, "source": tuple(row["source"]), "target": tuple(row["target"])}), part)


def answers(pairs: Sequence[Pair]) -> list[Answer]:
    """What the PLOVER coder makes of every pair, its best guess where evidence is weak."""
    coder, found = ec.load("plover"), []
    for pair in pairs:
        record = coder.relation(pair.text, source=pair.source, target=pair.target, force=True)
        if isinstance(record, PloverRecord) and record.event:
            found.append(Answer(pair, record.event[0], record.provenance["event"].rules))
        else:
            found.append(Answer(pair, None))
    return found


def quad(event: str | None) -> int | None:
    """The quad class of a PLOVER event, 1 to 4."""
    return tables.events()[event].quad if event else None


def score(given: Sequence[Answer]) -> Scores:
    """The scores of these answers. Raises ValueError where there is none."""
    if not given:
        raise ValueError("no pairs to score")
    events = {event: _row(event, given) for event in tables.events()}
    rows = [row for row in events.values() if row.marked]
    return Scores(root=sum(a.event == a.pair.event for a in given) / len(given),
                  macro_f1=sum(row.f1 for row in rows) / len(rows),
                  quad=sum(quad(a.event) == quad(a.pair.event) for a in given) / len(given), events=events)


def _row(event: str, given: Sequence[Answer]) -> Share:
    return Share(right=sum(a.event == event == a.pair.event for a in given),
               answered=sum(a.event == event for a in given), marked=sum(a.pair.event == event for a in given))


def report(part: str, scores: Scores) -> str:
    """The scores as text."""
    marked = sum(row.marked for row in scores.events.values())
    lines = [f"{part}: {marked} pairs", f"root accuracy {scores.root:.3f}", f"macro-F1      {scores.macro_f1:.3f}",
             f"quad accuracy {scores.quad:.3f}", "", f"{'event':<10} precision recall    F1  marked"]
    lines += [f"{event:<10} {row.precision:9.3f} {row.recall:6.3f} {row.f1:5.3f} {row.marked:7d}"
              for event, row in scores.events.items()]
    return "\n".join(lines)


def errors(given: Sequence[Answer], most: int) -> str:
    """The first wrong answers: marked text, gold, got, rules. Raises ValueError if one of the set-aside part is among
    them: whoever reads those tunes to them."""
    only_development(answer.pair.part for answer in given)
    wrong = [a for a in given if a.event != a.pair.event]
    return "\n".join(f"\n{a.pair.id}  gold {a.pair.event}, got {a.event}  ({', '.join(a.rules) or 'no rule'})\n"
                     f"  {a.pair.marked()}" for a in wrong[:most])


def main(arguments: Sequence[str]) -> None:
    """Print the scores of a part and, of the development part, errors on request."""
    run("relations on our own marked pairs", arguments, lambda part: answers(read_pairs(part)),
        lambda part, given: report(part, score(given)), errors)


if __name__ == "__main__":
    main(sys.argv[1:])
