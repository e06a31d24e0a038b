"""Scores the ACLED coder on our own coded reports (tests/gold/README.md).

`python tests/acled_gold.py [--part development|"set aside"] [--errors N]`; the set-aside part gives numbers only.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gold_parts import Share, only_development, read_rows, run

import eventcode as ec
from eventcode.ontologies.acled import tables

FILE = Path(__file__).parent / "gold" / "acled.jsonl"
COLUMNS = ("event_date", "time_precision", "disorder_type", "event_type", "sub_event_type", "actor1", "assoc_actor_1",
           "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting", "iso", "region",
           "country", "admin1", "location", "geo_precision", "fatalities", "tags")
# Where rows of gold and coder are paired: type counts most, then place, then date; the other columns break ties.
WEIGHTS = {"sub_event_type": 8, "event_type": 4, "location": 4, "admin1": 2, "country": 2, "event_date": 2,
           "actor1": 1, "actor2": 1, "fatalities": 1}
ORDERED = "Violence against civilians"  # the one type whose target is always actor2; elsewhere order says nothing
_SWAPPED = {"actor1": "actor2", "assoc_actor_1": "assoc_actor_2", "inter1": "inter2"}
_SWAP = _SWAPPED | {two: one for one, two in _SWAPPED.items()}
_LATER_END = re.compile(r"(?<=\(\d{4}-)\d{4}(?=\))")
_SHORT_FIRST = re.compile(r"([^\s:]+): ([^;]+)")
_AROUND = re.compile(r"\b(?:about|some|roughly|approximately)\b")

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Report:
    """A report and the rows a reader of the codebook codes. Beside a column may stand `<column>_also`: accepted too.

    An `optional` row may be coded or not (an earlier event told in passing, whose month and place are given).
    """

    id: str
    text: str
    published: str
    outlet: str
    rows: tuple[Row, ...]
    part: str


@dataclass(frozen=True)
class Answer:
    """What the coder makes of a report: gold rows with the coder's row (None: missing), and its extra rows."""

    report: Report
    pairs: tuple[tuple[Row, Row | None], ...]
    extra: tuple[Row, ...]


@dataclass(frozen=True)
class Scores:
    """Shares from 0 to 1. `weighted_f1` is the mean F1 of the sub-event types, weighted by marked rows; extra rows
    lower it. `actor_pair` and `columns` are shares of all marked rows: a missing row has every column wrong.
    `paired`, with the same keys and `actor pair`, is of the rows found."""

    weighted_f1: float
    actor_pair: float
    columns: dict[str, float]
    paired: dict[str, float]
    types: dict[str, Share]
    rows: int
    missing: int
    extra: int


def read_reports(part: str | None = None) -> list[Report]:
    """The reports of one part, or of both, in the file's order."""
    return read_rows(FILE, lambda row: Report(**{**row, "rows": tuple(row["rows"])}), part)


def answers(reports: Iterable[Report]) -> list[Answer]:
    """What the ACLED coder makes of every report, its rows laid beside the gold's."""
    coder = ec.load("acled")
    return [answer(report, [record.model_dump(mode="json", include=set(COLUMNS)) for record in
                            coder.code(report.text, published=report.published, outlet=report.outlet)])
            for report in reports]


def answer(report: Report, found: Sequence[Row]) -> Answer:
    """The rows found laid beside the gold's: the two that agree most first; rows that share nothing stay apart.

    An optional row takes a row of its own type out of the count; where there is none, it is not missing.
    """
    turned = {(g, f): _turned(gold, row) for g, gold in enumerate(report.rows) for f, row in enumerate(found)}
    weights = {(g, f): sum(n for column, n in WEIGHTS.items() if agrees(report.rows[g], row, column))
               for (g, f), row in turned.items()
               if not report.rows[g].get("optional") or agrees(report.rows[g], row, "sub_event_type")}
    chosen: dict[int, int] = {}
    for g, f in sorted(weights, key=lambda pair: (-weights[pair], pair)):
        if weights[g, f] and g not in chosen and f not in chosen.values():
            chosen[g] = f
    return Answer(report, tuple((gold, turned[g, chosen[g]] if g in chosen else None)
                                for g, gold in enumerate(report.rows) if not gold.get("optional")),
                  tuple(row for f, row in enumerate(found) if f not in chosen.values()))


def _turned(gold: Row, row: Row) -> Row:
    """The row with its actors in the order that agrees with the gold's, where the codebook has no order."""
    other = {column: row[_SWAP.get(column, column)] for column in COLUMNS}
    if row["event_type"] == ORDERED or gold["event_type"] == ORDERED:
        return row
    return max((row, other), key=lambda side: sum(agrees(gold, side, column) for column in _SWAP))


def agrees(gold: Row, row: Row, column: str) -> bool:
    """Whether a column of a row is as coded or an accepted variant of it."""
    accepted = [gold[column], *gold.get(f"{column}_also", [])]
    return _plain(row[column], column) in [_plain(value, column) for value in accepted]


def _plain(value: Any, column: str) -> Any:
    """A value freed of what is spelling only: case, accents, dashes, apostrophes, the order of a list.

    Of names also the end of a regime, which is open until it is known, and where the short form stands.
    """
    if not isinstance(value, str):
        return value
    if column == "tags":
        return _crowd(value)
    if "actor" in column:
        value = _SHORT_FIRST.sub(r"\2 (\1)", _LATER_END.sub("", value))
    letters = unicodedata.normalize("NFKD", value).casefold()
    text = "".join(c for c in letters if not unicodedata.combining(c) and c not in "'’‘`")
    items = [" ".join(re.sub(r"[-–/]", " ", item).split()) for item in text.split(";")]
    return tuple(sorted(items)) if column.startswith("assoc") else "; ".join(items)


def _crowd(tags: str) -> str:
    """The crowd-size tag alone, without the commas of thousands and with one word for `about`."""
    sizes = [tag for tag in tags.casefold().split("; ") if tag.startswith("crowd size=")]
    return _AROUND.sub("around", sizes[0].replace(",", "")) if sizes else ""


def score(given: Sequence[Answer]) -> Scores:
    """The scores of these answers. Raises ValueError where nothing is marked."""
    pairs = [pair for a in given for pair in a.pairs]
    if not pairs:
        raise ValueError("no rows to score")
    extra = [row for a in given for row in a.extra]
    found = [(gold, row) for gold, row in pairs if row is not None]
    right = {column: sum(agrees(gold, row, column) for gold, row in found) for column in COLUMNS}
    right["actor pair"] = sum(_same_pair(gold, row) for gold, row in found)
    types = type_shares(pairs, extra)
    shares = {column: n / len(pairs) for column, n in right.items()}
    return Scores(weighted_f1=sum(t.f1 * t.marked for t in types.values()) / len(pairs),
                  actor_pair=shares.pop("actor pair"), columns=shares,
                  paired={column: n / len(found) if found else 0.0 for column, n in right.items()},
                  types=types, rows=len(pairs), missing=len(pairs) - len(found), extra=len(extra))


def _same_pair(gold: Row, row: Row) -> bool:
    return agrees(gold, row, "actor1") and agrees(gold, row, "actor2")


def type_shares(pairs: Sequence[tuple[Row, Row | None]], extra: Sequence[Row]) -> dict[str, Share]:
    marked = [gold["sub_event_type"] for gold, _ in pairs]
    got = [row["sub_event_type"] if row else None for _, row in pairs]
    given = [name for name in got if name] + [row["sub_event_type"] for row in extra]
    return {name: Share(sum(m == name == g for m, g in zip(marked, got, strict=True)),
                       given.count(name), marked.count(name)) for name in tables.sub_events()}


def report(part: str, scores: Scores) -> str:
    """The scores as text."""
    columns, found = scores.columns, scores.paired
    lines = [f"{part}: {scores.rows} rows, {scores.missing} missing, {scores.extra} extra",
             f"sub-event type: weighted F1 {scores.weighted_f1:.3f}, accuracy {columns['sub_event_type']:.3f}",
             f"event type accuracy {columns['event_type']:.3f}",
             f"actor pair          {scores.actor_pair:.3f}  ({found['actor pair']:.3f} of rows found)",
             f"fatalities exact    {columns['fatalities']:.3f}  ({found['fatalities']:.3f} of rows found)",
             "", f"{'column':<20} of all  of found"]
    lines += [f"{column:<20} {share:6.3f} {found[column]:8.3f}" for column, share in columns.items()]
    lines += ["", f"{'sub-event type':<36} right given marked    F1"]
    lines += [f"{name:<36} {t.right:5d} {t.answered:5d} {t.marked:6d} {t.f1:5.2f}" for name, t in scores.types.items()]
    return "\n".join(lines)


def faults(given: Answer) -> list[str]:
    """What is wrong with an answer, a line each."""
    told = []
    for gold, row in given.pairs:
        if row is None:
            told.append(f"missing {_brief(gold)}")
        else:
            wrong = [f"{c} {row[c]!r} for {gold[c]!r}" for c in COLUMNS if not agrees(gold, row, c)]
            told += [f"{gold['sub_event_type']}: {', '.join(wrong)}"] if wrong else []
    return told + [f"extra {_brief(row)}" for row in given.extra]


def _brief(row: Row) -> str:
    columns = ("event_date", "sub_event_type", "actor1", "actor2", "location", "fatalities")
    return ", ".join(str(row[column]) for column in columns)


def errors(given: Sequence[Answer], most: int) -> str:
    """The first reports with a fault. Raises ValueError if one of the set-aside part is among the answers: whoever
    reads those tunes to them."""
    only_development(a.report.part for a in given)
    wrong = [(a, told) for a in given if (told := faults(a))]
    return "\n".join("\n".join([f"\n{a.report.id}  {a.report.published}  {a.report.text}", *(f"  {t}" for t in told)])
                     for a, told in wrong[:most])


def main(arguments: Sequence[str]) -> None:
    """Print the scores of a part and, of the development part, errors on request."""
    run("the ACLED coder on our own coded reports", arguments, lambda part: answers(read_reports(part)),
        lambda part, given: report(part, score(given)), errors)


if __name__ == "__main__":
    main(sys.argv[1:])
