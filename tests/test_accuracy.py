"""benchmarks/accuracy.py: what it makes of answers; the engine itself is scored by the tests of the gold sets."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path

import acled_gold
import action_gold
import actor_gold
import cluster_gold
import count_gold
import numpy as np
import pandas as pd
import pytest
import relation_gold
from gold_parts import PARTS, Share

ROOT = Path(__file__).parent.parent
SPEC = importlib.util.spec_from_file_location("accuracy", ROOT / "benchmarks" / "accuracy.py")
assert SPEC is not None
assert SPEC.loader is not None
accuracy = importlib.util.module_from_spec(SPEC)
sys.modules["accuracy"] = accuracy  # dataclasses look their module up
SPEC.loader.exec_module(accuracy)

ROW = dict.fromkeys(acled_gold.COLUMNS, "") | {"sub_event_type": "Attack", "actor1": "A", "actor2": "B"}


def reports() -> list[acled_gold.Answer]:
    """One row right, one with another actor, one missing, one extra in a report without rows."""
    def report(*rows: acled_gold.Row) -> acled_gold.Report:
        return acled_gold.Report("c", "", "2024-01-01", "", rows, "development")

    return [acled_gold.Answer(report(ROW), ((ROW, ROW),), ()),
            acled_gold.Answer(report(ROW), ((ROW, {**ROW, "actor2": "C"}),), ()),
            acled_gold.Answer(report(ROW), ((ROW, None),), ()), acled_gold.Answer(report(), (), (ROW,))]


def values(measures: list[accuracy.Measure], units: int) -> dict[str, float]:
    return {measure.name: float(measure.value(np.ones((1, units)))[0]) for measure in measures}


def test_rows_and_columns_of_reports() -> None:
    found = values(accuracy.of_reports(reports()), 4)
    assert found["rows: precision"] == pytest.approx(2 / 3)
    assert found["rows: recall"] == pytest.approx(2 / 3)
    assert found["both actors right"] == pytest.approx(1 / 3)
    assert found["type, day, place, both actors and fatalities all right"] == pytest.approx(1 / 3)
    assert found["`sub_event_type` right"] == pytest.approx(2 / 3)


def test_the_page_says_what_the_scorer_says() -> None:
    found, scores = values(accuracy.of_reports(reports()), 4), acled_gold.score(reports())
    assert found["sub-event type, F1 weighted by rows"] == pytest.approx(scores.weighted_f1)
    assert found["both actors right"] == pytest.approx(scores.actor_pair)
    assert found["`actor2` right"] == pytest.approx(scores.columns["actor2"])


def test_pairs_weigh_alike() -> None:
    pairs = [relation_gold.Pair(str(n), "", (0, 1), (2, 3), event, "development")
             for n, event in enumerate(["AID", "AID", "PROTEST"])]
    given = [relation_gold.Answer(pair, event) for pair, event in zip(pairs, ["AID", None, "ASSAULT"], strict=True)]
    found = values(accuracy.of_relations(given), 3)
    assert found["PLOVER event (16 classes), accuracy"] == pytest.approx(1 / 3)
    assert found["quad class (4 classes), accuracy"] == pytest.approx(2 / 3)


def test_an_interval_holds_its_value_and_comes_back_the_same() -> None:
    measure = accuracy.rate("x", [Share(n % 3 > 0, 1, 1) for n in range(60)])
    told = accuracy.told(measure, 60)
    value, low, high = map(float, re.findall(r"\d\.\d+", told))
    assert value == pytest.approx(2 / 3, abs=0.001)
    assert low < value < high
    assert accuracy.told(measure, 60) == told


def test_limits_get_the_table_between_their_marks() -> None:
    gold = accuracy.GoldSet("Rows", "", "reports", lambda part: reports(), accuracy.of_reports, accuracy.report_codes)
    silent = pd.DataFrame({"ontology": ["acled", "cameo"], "lines": 293, "records": [0, 4]})
    old = f"before\n\n{accuracy.OPENED}\nstale\n{accuracy.CLOSED}\n\nafter\n"
    text = accuracy.limits(old, [accuracy.measure(gold)], silent)
    assert text.startswith("before\n")
    assert text.endswith("after\n")
    assert "stale" not in text
    assert "| **Rows**, 4 reports | |" in text
    assert "| both actors right | 0.333 (" in text
    assert "* Rows: Attack 0.67 (3)." in text  # 2 right of 3 made and 3 wanted
    assert "Of 293 lines without an event, records were made nevertheless: 0 in acled, 4 in cameo." in text


def test_the_committed_page_is_of_the_sets_as_they_are() -> None:
    """Their sizes alone: the numbers change with every rule and are written by one command."""
    page = (ROOT / "docs" / "accuracy.md").read_text(encoding="utf-8")
    read = (action_gold.read_sentences, relation_gold.read_pairs, acled_gold.read_reports, actor_gold.read_phrases,
            count_gold.read_phrases, cluster_gold.read_stories)
    for gold, units in zip(accuracy.SETS, read, strict=True):
        sizes = " | ".join(f"{part} ({len(units(part))} {gold.unit})" for part in PARTS)
        assert f"| measure | {sizes} |" in page, gold.title
