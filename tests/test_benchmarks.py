"""The benchmarks: their news, what they count, and that no change makes the fixed run more work unnoticed."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest
from expectations import coder

import eventcode as ec

BENCHMARKS = Path(__file__).resolve().parent.parent / "benchmarks"
sys.path.insert(0, str(BENCHMARKS))

import costs  # noqa: E402
import instructions  # noqa: E402
import news  # noqa: E402
import speed  # noqa: E402

FIGURES = {"eventcode": "1.2.3", "day": "2025-01-02", "machine": {"cpu": "A CPU", "python": "3.12.1"},
           "metrics": {"general: acled, words/s": 20_000, "general: cameo, words/s": 10_000,
                       "conflict: acled, words/s": 5_000, "conflict: cameo, words/s": 2_500,
                       "conflict: acled, 2 processes, times 1": 1.9}}


def test_the_fixed_run_is_no_more_work_than_before() -> None:
    """Counted, not timed. Where the work is meant: python benchmarks/instructions.py --store"""
    if instructions.kinds()["steps"] not in instructions.stored().get("steps", {}):
        pytest.skip("no counts are stored for this version of Python")
    rows = instructions.compared(instructions.counts(), instructions.stored())
    assert [what for what, *_ in rows] == ["steps", "tokens"]
    assert [(what, count, before) for what, count, before, grown in rows if grown] == []


def test_more_work_than_the_tolerance_is_found() -> None:
    kind = instructions.kinds()["steps"]
    known = {"steps": {kind: 1000, "Python 2.7": 1}}
    assert instructions.compared({"steps": 1040, "tokens": 5}, known) == [
        ("steps", 1040, 1000, False), ("tokens", 5, None, False)]
    assert instructions.compared({"steps": 1060}, known) == [("steps", 1060, 1000, True)]


def test_steps_are_those_of_our_own_files() -> None:
    assert instructions.steps(lambda: sorted(range(1000), key=lambda number: -number)) == 0
    few, more = (instructions.steps(lambda n=n: [ec.Article("x", published="2024-05-01") for _ in range(n)])
                 for n in (3, 6))
    assert more == 2 * few > 0
    assert sys.gettrace() is None


def test_news_is_always_the_same_and_no_sentence_comes_twice() -> None:
    made = list(news.articles("conflict", 40))
    assert made == list(news.articles("conflict", 20)) + list(news.articles("conflict", 20, first=20))
    sentences = [sentence for one in made for sentence in re.split(r"(?<=[.?!]) (?=[A-Z0-9])", one.text)]
    assert len(set(sentences)) > 0.99 * len(sentences) > 400
    records = sum(len(found) for found in coder("acled").pipe(made[:10]))
    assert records > 10


def test_coding_alone_gives_the_same_records_and_parses_nothing_anew() -> None:
    own, texts = ec.load("acled"), [one.text for one in news.articles("conflict", 3)]
    own.analyzer = given = speed.Given(own.analyzer)
    once = list(own.pipe(texts))
    parsed = given.parsed
    assert list(own.pipe(texts)) == once == list(coder("acled").pipe(texts))
    assert given.parsed == parsed > 0


def test_growth_is_told_after_so_many_articles() -> None:
    told = json.loads(speed.in_child("growth", "2", "5"))
    assert [line["articles"] for line in told] == [2, 5]
    assert all(line["peak"] > 50 and line["rate"] > 0 for line in told)


def test_the_table_tells_the_change_since_the_release() -> None:
    assert speed.line("load, s", 1.5, {}).split() == ["load,", "s", "1.50"]
    assert speed.line("load, s", 1.5, {"load, s": 1.0}).split()[-3:] == ["1.00", "+50.0", "%"]


def test_figures_name_no_machine() -> None:
    assert set(speed.machine()) == {"cpu", "cores", "system", "python", "spacy", "numpy", "pydantic"}


def test_costs_follow_from_the_rates() -> None:
    rows = [[cell.strip() for cell in row.strip("|").split("|")] for row in costs.table(FIGURES).splitlines()]
    hours = {tuple(row[:3]): row[3:6] for row in rows if len(row) > 6}
    # a million articles of 350 words at 20,000 words a second are 17,500 seconds
    assert hours["1 million", "general news", "acled"] == ["5", "1.2 h", "18 min"]
    assert hours["100 million", "conflict news", "cameo"] == ["3,889", "40.5 days", "10.1 days"]


def test_the_page_has_the_costs_of_the_latest_figures() -> None:
    page = costs.PAGE.read_text(encoding="utf-8")
    assert costs.page(page, costs.latest()) == page
    assert "100 million" in costs.page(page, FIGURES)
