"""Accuracy on the gold sets of tests/gold, with bootstrap intervals, as docs/accuracy.md.

    python benchmarks/accuracy.py

Runs the engine over both parts of every set (a few minutes on one core), writes docs/accuracy.md and the table of
numbers in docs/limits.md, and prints both names. Of the parts that are set aside only totals are told, never a sentence
or a code. The same rules and versions give the same page.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

import acled_gold  # noqa: E402  (the scorers are modules of the tests)
import action_gold  # noqa: E402
import actor_gold  # noqa: E402
import cluster_gold  # noqa: E402
import count_gold  # noqa: E402
import relation_gold  # noqa: E402
from gold_parts import DEVELOPMENT, PARTS, Share  # noqa: E402

import eventcode as ec  # noqa: E402
from eventcode.dataset.page import Page  # noqa: E402
from eventcode.dataset.scores import MEASURES, Bootstrap, averages, by_code, rates  # noqa: E402

BOOTSTRAP = Bootstrap(samples=1000, level=0.95, seed=0)
OPENED, CLOSED = "<!-- numbers of benchmarks/accuracy.py -->", "<!-- end of numbers -->"
MICRO, MACRO, WEIGHTED = range(3)
PRECISION, RECALL, F1 = range(3)


class Measure(NamedTuple):
    """A name, what it gives for rows of weights (how often each unit counts), and whether limits.md shows it."""

    name: str
    value: Callable[[np.ndarray], np.ndarray]
    chief: bool = False


class Coded(NamedTuple):
    """Counts by unit (rows) and code (columns)."""

    codes: list[str]
    right: np.ndarray
    told: np.ndarray
    wanted: np.ndarray


@dataclass(frozen=True)
class GoldSet:
    """A gold set: how its units are answered, and what is measured. `coded`: the codes to tell one by one."""

    title: str
    about: str
    unit: str
    answers: Callable[[str], Sequence[Any]]
    measures: Callable[[Sequence[Any]], list[Measure]]
    coded: Callable[[Sequence[Any]], Coded] | None = None


def rate(name: str, shares: Sequence[Share], which: int = F1, chief: bool = False) -> Measure:
    """Precision, recall or F1 of what is counted in each unit; of plain shares the three are the same."""
    counts = np.array([(s.right, s.answered, s.marked) for s in shares], dtype=float)
    return Measure(name, lambda weights: rates(*(weights @ counts).T)[which], chief)


def average(name: str, coded: Coded, which: int, chief: bool = False) -> Measure:
    """The micro, macro or weighted F1 over the codes."""
    return Measure(name, lambda weights: averages(*(weights @ part for part in coded[1:]))[which, F1], chief)


def of_actions(given: Sequence[action_gold.Answer]) -> list[Measure]:
    """What is measured on sentences."""
    each = [action_gold.score([answer]) for answer in given]
    found = [scores.action for scores in each]
    return [rate("events: action and trigger, F1", found, chief=True), rate("events: precision", found, PRECISION),
            rate("events: recall", found, RECALL), rate("source, F1", [s.source for s in each], chief=True),
            rate("target, F1", [s.target for s in each], chief=True), rate("status", [s.status for s in each]),
            rate("who said so", [s.attribution for s in each]),
            rate("what a speech act is about", [s.about for s in each]),
            rate("sentences without an event in which none is read", [s.empty for s in each], chief=True)]


def of_relations(given: Sequence[relation_gold.Answer]) -> list[Measure]:
    """What is measured on pairs of parties."""
    coded, each = relation_codes(given), [relation_gold.score([answer]) for answer in given]
    return [rate("PLOVER event (16 classes), accuracy", [Share(round(s.root), 1, 1) for s in each], chief=True),
            average("PLOVER event, macro F1", coded, MACRO),
            rate("quad class (4 classes), accuracy", [Share(round(s.quad), 1, 1) for s in each])]


def relation_codes(given: Sequence[relation_gold.Answer]) -> Coded:
    """PLOVER events, pair by pair."""
    return _coded([relation_gold.score([answer]).events for answer in given])


def of_reports(given: Sequence[acled_gold.Answer]) -> list[Measure]:
    """What is measured on ACLED-style rows."""
    rows = [_rows(answer) for answer in given]
    columns = ["event_type", "sub_event_type", "event_date", "time_precision", "country", "admin1", "location",
               "geo_precision", "actor1", "actor2", "fatalities"]
    return [rate("rows found, F1", rows, chief=True), rate("rows: precision", rows, PRECISION),
            rate("rows: recall", rows, RECALL),
            average("sub-event type, F1 weighted by rows", report_codes(given), WEIGHTED, chief=True),
            rate("both actors right", [_column(answer, "actor1", "actor2") for answer in given], chief=True),
            rate("type, day, place, both actors and fatalities all right",
                 [_column(answer, *_CHIEF) for answer in given], chief=True),
            *(rate(f"`{column}` right", [_column(answer, column) for answer in given],
                   chief=column in ("event_date", "location", "fatalities")) for column in columns)]


#: What makes a row useful at all.
_CHIEF = ("sub_event_type", "event_date", "location", "actor1", "actor2", "fatalities")


def report_codes(given: Sequence[acled_gold.Answer]) -> Coded:
    """Sub-event types, report by report."""
    return _coded([acled_gold.type_shares(answer.pairs, answer.extra) for answer in given])


def of_actors(given: Sequence[actor_gold.Answer]) -> list[Measure]:
    """What is measured on marked phrases."""
    each = [actor_gold.score([answer]) for answer in given]
    named = [Share(a.name, 1, 1) if a.phrase.name is not None else Share(0, 0, 0) for a in given]
    return [rate("party found", [s.found for s in each]), rate("country right", [s.country for s in each], chief=True),
            rate("sector right", [s.sector for s in each], chief=True),
            rate("name right, where it has one", named, chief=True)]


def of_counts(given: Sequence[count_gold.Answer]) -> list[Measure]:
    """What is measured on sentences with numbers of people and things."""
    each = [count_gold.score([answer]) for answer in given]
    return [rate("low, best and high right", [s.amount for s in each], RECALL, chief=True),
            rate("low, best and high, precision", [s.amount for s in each], PRECISION),
            rate("what happened right", [s.what for s in each], RECALL),
            rate("who is counted right", [s.who for s in each], RECALL, chief=True),
            rate("side or nationality right, where it has one", [s.side for s in each]),
            rate("part, increment or running total right, where it is one", [s.role for s in each])]


def of_stories(given: Sequence[cluster_gold.Answer]) -> list[Measure]:
    """What is measured on articles whose mentions are grouped by happening."""
    each = [cluster_gold.score([answer]) for answer in given]
    return [rate("pairs of mentions read, F1", [s.merged for s in each], chief=True),
            rate("pairs of mentions read, precision", [s.merged for s in each], PRECISION),
            rate("pairs of mentions read, recall", [s.merged for s in each], RECALL),
            rate("pairs of all marked mentions, F1", [s.all_pairs for s in each]),
            rate("mentions read", [s.found for s in each]),
            rate("role in the article", [s.role for s in each], chief=True)]


def _coded(units: Sequence[dict[str, Share]]) -> Coded:
    codes = list(units[0])
    parts = [np.array([[getattr(unit[code], count) for code in codes] for unit in units], dtype=float)
             for count in ("right", "answered", "marked")]
    return Coded(codes, *parts)


def _rows(answer: acled_gold.Answer) -> Share:
    found = sum(row is not None for _, row in answer.pairs)
    return Share(found, found + len(answer.extra), len(answer.pairs))


def _column(answer: acled_gold.Answer, *columns: str) -> Share:
    """Rows of the gold that have these columns right; a missing row has them wrong."""
    right = sum(row is not None and all(acled_gold.agrees(gold, row, column) for column in columns)
                for gold, row in answer.pairs)
    return Share(right, len(answer.pairs), len(answer.pairs))


#: A set, its scores, and its codes one by one where it has codes.
Measured = Sequence[tuple[GoldSet, pd.DataFrame, pd.DataFrame | None]]

SETS = (
    GoldSet("Events in sentences, before any ontology", "Single sentences, about half of them traps: what was done, by "
            "whom, to whom, and did it happen. Source, target, status and the rest are scored over the events that "
            "were found. This is what all ontologies share.", "sentences",
            lambda part: action_gold.answers(action_gold.read_sentences(part)), of_actions),
    GoldSet("PLOVER: what one given party does to another", "`coder.relation` on marked pairs of parties, always with "
            "an answer (`force=True`).", "pairs",
            lambda part: relation_gold.answers(relation_gold.read_pairs(part)), of_relations, relation_codes),
    GoldSet("ACLED-style: whole rows from short reports", "Reports of two to five sentences and the rows that a reader "
            "of the public codebook codes. A column is right if it is as coded in the row that was laid beside it; a "
            "missing row has every column wrong.", "reports",
            lambda part: acled_gold.answers(acled_gold.read_reports(part)), of_reports, report_codes),
    GoldSet("Actors: whom a phrase names", "Phrases marked in sentences, with the country, PLOVER sector and name.",
            "phrases", lambda part: actor_gold.answers(actor_gold.read_phrases(part)), of_actors),
    GoldSet("Counts: how many, of whom", "Sentences with numbers of dead, hurt, detained, marching and so on, and with "
            "ages, dates and names that count nobody. A missing count has everything wrong.", "sentences",
            lambda part: count_gold.answers(count_gold.read_phrases(part)), of_counts),
    GoldSet("Stories: which mentions are one happening", "Articles whose event words are grouped by what happened: a "
            "pair is two words of one happening, over the words that the engine reads as events.", "articles",
            lambda part: cluster_gold.answers(cluster_gold.read_stories(part)), of_stories),
)


def told(measure: Measure, units: int) -> str:
    """The value with its interval: `0.912 (0.895 to 0.930)`."""
    value = measure.value(np.ones((1, units)))[0]
    draws = [measure.value(draw.astype(float)) for draw in BOOTSTRAP.draws(units)]
    low, high = BOOTSTRAP.interval(np.concatenate(draws)[:, None])
    return f"{value:.3f} ({low[0]:.3f} to {high[0]:.3f})"


def table(gold: GoldSet, parts: dict[str, Sequence[Any]]) -> pd.DataFrame:
    """A row per measure, a column per part; `chief` for the table of limits.md."""
    measured = {part: gold.measures(given) for part, given in parts.items()}
    names = next(iter(measured.values()))
    made = pd.DataFrame({"measure": [measure.name for measure in names], "chief": [m.chief for m in names]})
    for part, measures in measured.items():
        made[f"{part} ({len(parts[part])} {gold.unit})"] = [told(measure, len(parts[part])) for measure in measures]
    return made


def code_table(coded: Coded) -> pd.DataFrame:
    """Precision, recall and F1 of each code that the gold has, the best first."""
    made = by_code(*coded, BOOTSTRAP)[0]
    made = made[made["gold"] > 0].sort_values(["f1", "code"], ascending=[False, True], kind="stable")
    interval = [f"{low:.2f} to {high:.2f}" for low, high in zip(made["f1_low"], made["f1_high"], strict=True)]
    return made[["code", "gold", "predicted", *MEASURES]].assign(interval=interval)


def quiet() -> pd.DataFrame:
    """How many records each ontology makes of the lines of tests/quiet, none of which tells an event."""
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "tests" / "quiet").glob("*.txt"))]
    lines = [line for text in texts for line in text.splitlines() if line]
    made = {name: sum(map(len, ec.load(name).pipe([ec.Article(line, published="2024-05-15") for line in lines])))
            for name in ("acled", "cameo", "plover", "ucdp-ged")}
    return pd.DataFrame({"ontology": list(made), "lines": len(lines), "records": list(made.values())})


def page(measured: Measured, silent: pd.DataFrame, versions: dict[str, str]) -> str:
    """docs/accuracy.md."""
    parts: list[tuple[str, str | pd.DataFrame]] = [("How to read this", _HOW), (
        "What was run", "; ".join(f"{name} {version}" for name, version in sorted(versions.items())) + ".")]
    for gold, scores, codes in measured:
        parts += [(gold.title, gold.about), ("Scores", scores.drop(columns="chief"))]
        parts += [("By code, development part", codes)] if codes is not None else []
    parts += [("Text without events", _QUIET), ("Records that should not be there", silent)]
    text = Page("Accuracy on our own gold", tuple(parts)).markdown()
    for heading in ("Scores", "By code", "Records that"):
        text = text.replace(f"## {heading}", f"### {heading}")
    return text


_QUIET = ("Sport, markets, recipes, history, obituaries and the like, in our own writing, with many words of violence "
          "and politics in them (`tests/quiet`). Every record is wrong. The lexicon was written with these lines in "
          "sight.")


_HOW = (
    "Generated by `python benchmarks/accuracy.py`; do not edit. The sets are our own writing and are described in "
    "`tests/gold/README.md`; no sentence comes from a corpus. Each has two parts. Rules were written with the "
    "development part in sight, so its numbers flatter. The part set aside, a fifth chosen by a hash, is never read "
    "while rules are written: take its numbers as what to expect of clean, short news text, and expect less of "
    "long articles, wire copy with faults, and texts that read unlike ours. In brackets: the middle 95% of 1,000 "
    "bootstrap draws of units. There is no gold for CAMEO and UCDP GED yet: their rules are held by the examples of "
    "each rule alone, and what they share with the other ontologies is the first table.")


def limits(text: str, measured: Measured, silent: pd.DataFrame) -> str:
    """docs/limits.md with the chief numbers between its two marks: set-aside parts, and the codes that are coded worst
    on the development parts. Raises ValueError where a mark is missing."""
    before, rest = text.split(OPENED)
    after = rest.split(CLOSED)[1]
    lines = ["| | set aside (95% interval) |", "| --- | --- |"]
    for gold, scores, _ in measured:
        chief = scores[scores["chief"]]
        lines += [f"| **{gold.title}**, {chief.columns[-1].partition('(')[2].rstrip(')')} | |",
                  *(f"| {name} | {value} |" for name, value in zip(chief["measure"], chief.iloc[:, -1], strict=True))]
    weakest = [f"* {gold.title.partition(':')[0]}: {_weakest(codes)}." for gold, _, codes in measured
               if codes is not None]
    fired = ", ".join(f"{row.records} in {row.ontology}" for row in silent.itertuples())
    lines += ["", "Coded worst, on the development parts (F1, and how often the gold has it; "
              "[all codes](accuracy.md)):", "", *weakest, "",
              f"Of {silent['lines'].iloc[0]} lines without an event, records were made nevertheless: {fired}."]
    return "\n".join([f"{before}{OPENED}", "", *lines, "", f"{CLOSED}{after}"])


def _weakest(codes: pd.DataFrame) -> str:
    return ", ".join(f"{row.code} {row.f1:.2f} ({row.gold})" for row in codes.iloc[:-7:-1].itertuples())


def measure(gold: GoldSet) -> tuple[GoldSet, pd.DataFrame, pd.DataFrame | None]:
    """A set with its scores, and its codes on the development part."""
    parts = {part: gold.answers(part) for part in PARTS}
    return gold, table(gold, parts), code_table(gold.coded(parts[DEVELOPMENT])) if gold.coded else None


def main() -> int:
    """Measure everything and write; returns the exit code."""
    measured, silent = [measure(gold) for gold in SETS], quiet()
    versions = {**ec.load("plover").versions, **ec.load("acled").versions}
    accuracy, limited = ROOT / "docs" / "accuracy.md", ROOT / "docs" / "limits.md"
    accuracy.write_text(page(measured, silent, versions), encoding="utf-8")
    limited.write_text(limits(limited.read_text(encoding="utf-8"), measured, silent), encoding="utf-8")
    print(accuracy.relative_to(ROOT), limited.relative_to(ROOT), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
