"""Scores against gold: counts by hand, alignment against trying all, intervals that repeat."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import eventcode as ec
from eventcode.dataset.align import best_pairs
from eventcode.dataset.scores import Bootstrap
from eventcode.errors import InputError

GOLD = ["PROTEST", "PROTEST", "ASSAULT", "AID", "ASSAULT", "PROTEST"]
PRED = ["PROTEST", "ASSAULT", "ASSAULT", None, "PROTEST", "PROTEST"]


def row(frame: pd.DataFrame, **where: Any) -> dict[str, Any]:
    (name, value), = where.items()
    found = frame[frame[name] == value]
    assert len(found) == 1
    return {str(key): cell for key, cell in found.iloc[0].items()}


def test_precision_recall_and_f1_by_hand() -> None:
    made = ec.evaluate(PRED, GOLD, samples=50)
    protest, aid = row(made.scores, code="PROTEST"), row(made.scores, code="AID")
    assert (protest["gold"], protest["predicted"], protest["right"]) == (3, 3, 2)
    assert [protest[name] for name in ("precision", "recall", "f1")] == pytest.approx([2 / 3, 2 / 3, 2 / 3])
    assert np.isnan(aid["precision"])
    assert (aid["recall"], aid["f1"]) == (0, 0)
    micro, macro, weighted = (row(made.overall, average=name) for name in ("micro", "macro", "weighted"))
    assert [micro[name] for name in ("precision", "recall", "f1")] == pytest.approx([3 / 5, 3 / 6, 6 / 11])
    assert macro["f1"] == pytest.approx((2 / 3 + 1 / 2 + 0) / 3)
    assert weighted["recall"] == pytest.approx((2 + 1 + 0) / 6)
    assert made.confusion.set_index("gold").loc["AID", "(none)"] == 1
    assert made.confusion.set_index("gold").loc["ASSAULT"].tolist() == [0, 1, 1, 0]


def test_units_are_matched_and_every_gold_unit_counts() -> None:
    gold = pd.DataFrame({"id": ["a", "b", "c"], "code": ["010", "020", "010"]})
    pred = pd.DataFrame({"id": ["c", "a", "x"], "code": ["010", "020", "010"]})
    made = ec.evaluate(pred, gold, unit="id", label="code", samples=0)
    assert row(made.overall, average="micro")["recall"] == pytest.approx(1 / 3)
    assert "1 without an answer; 1 predicted units that the gold lacks" in made.notes[0]
    assert np.isnan(row(made.overall, average="micro")["f1_low"])


def test_several_codes_of_one_unit() -> None:
    made = ec.evaluate({"a": ["x", "y"], "b": []}, {"a": {"x"}, "b": ["y"]}, samples=10)
    micro = row(made.overall, average="micro")
    assert (micro["precision"], micro["recall"]) == (0.5, 0.5)
    assert made.confusion.empty


def test_slices() -> None:
    gold = pd.DataFrame({"code": GOLD, "year": [2020, 2020, 2020, 2021, 2021, 2021]})
    made = ec.evaluate(pd.DataFrame({"code": PRED}), gold, label="code", by="year", samples=20)
    assert made.slices["slice"].tolist() == ["2020", "2021"]
    assert made.slices["recall"].tolist() == pytest.approx([2 / 3, 1 / 3])


def test_intervals_repeat_with_their_seed_and_hold_the_value() -> None:
    draw = np.random.default_rng(1)
    gold = draw.choice(["a", "b", "c"], 300).tolist()
    pred = [code if draw.random() < 0.8 else "a" for code in gold]
    one, same, other = (ec.evaluate(pred, gold, seed=seed) for seed in (3, 3, 4))
    pd.testing.assert_frame_equal(one.scores, same.scores)
    assert not one.scores.equals(other.scores)
    assert (one.scores["f1_low"] < one.scores["f1"]).all()
    assert (one.scores["f1"] < one.scores["f1_high"]).all()
    micro = row(one.overall, average="micro")
    rate = sum(map(str.__eq__, pred, gold)) / 300
    half = 1.96 * (rate * (1 - rate) / 300) ** 0.5
    assert micro["recall_high"] - micro["recall_low"] == pytest.approx(2 * half, rel=0.15)


def test_draws_do_not_depend_on_how_many_are_made_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = np.concatenate(list(Bootstrap(20, seed=5).draws(7)))
    monkeypatch.setattr("eventcode.dataset.scores._AT_ONCE", 21)
    assert np.array_equal(whole, np.concatenate(list(Bootstrap(20, seed=5).draws(7))))
    assert (whole.sum(axis=1) == 7).all()


RECORDS = pd.DataFrame({"article": ["1", "1", "2"], "day": ["2021-05-01", "2021-05-02", "2021-05-09"],
                        "actor": ["Army of Chad", "Rebels", "Protesters"], "dead": [4, 0, None],
                        "tags": ["women; youth", None, "students"]})
FIELDS: Any = {"actor": "text", "day": "day", "dead": "number", "tags": "set"}


def test_records_that_are_the_same_have_full_credit() -> None:
    made = ec.evaluate(RECORDS.sample(frac=1, random_state=2), RECORDS, fields=FIELDS, article="article", samples=20)
    assert made.overall["f1"].tolist() == [1, 1]
    assert made.scores["f1"].tolist() == [1, 1, 1, 1]
    assert made.units == 2


def test_partial_credit_is_the_mean_of_the_filled_fields() -> None:
    pred = pd.DataFrame({"article": ["1"], "day": ["2021-05-02"], "actor": ["ARMY OF  CHAD"], "dead": [3],
                         "tags": ["women"]})
    made = ec.evaluate(pred, RECORDS.iloc[:1], fields=FIELDS, article="article", samples=0)
    assert made.pairs["credit"].tolist() == pytest.approx([(1 + 0.5 + 0.75 + 0.5) / 4])
    partial, strict = (row(made.overall, average=name) for name in ("partial", "strict"))
    assert partial["f1"] == pytest.approx(0.6875)
    assert strict["f1"] == 0
    assert "actor (text), day (day), dead (number), tags (set)" in made.notes[1]


def test_lone_records_and_fields_that_one_side_leaves_empty() -> None:
    pred = RECORDS.assign(dead=[4, None, 2]).iloc[[0, 1]]
    made = ec.evaluate(pred, RECORDS, fields=FIELDS, article="article", samples=0)
    assert made.pairs["pred"].isna().sum() == 1
    dead, tags = row(made.scores, field="dead"), row(made.scores, field="tags")
    assert (dead["gold"], dead["predicted"], dead["right"]) == (2, 1, 1)
    assert (tags["gold"], tags["predicted"], tags["right"]) == (2, 1, 1)
    strict = row(made.overall, average="strict")
    assert (strict["gold"], strict["predicted"], strict["right"]) == (3, 2, 1)


def test_records_of_other_articles_never_pair() -> None:
    moved = RECORDS.assign(article=["9", "9", "9"])
    made = ec.evaluate(moved, RECORDS, fields=["actor"], article="article", samples=0)
    assert made.pairs["credit"].notna().sum() == 0
    assert made.overall["precision"].tolist() == [0, 0]


def test_records_in_slices() -> None:
    gold = RECORDS.assign(outlet=["A", "A", "B"])
    made = ec.evaluate(RECORDS.iloc[:2], gold, fields=["actor"], article="article", by="outlet", samples=10)
    assert made.slices[["slice", "recall"]].values.tolist() == [["A", 1.0], ["B", 0.0]]


def test_reports_are_written(tmp_path: Path) -> None:
    made = ec.evaluate(PRED, GOLD, samples=20)
    page = made.save(tmp_path / "report.md", "Our <coder>").read_text()
    assert page.startswith("# Our <coder>\n")
    assert "| PROTEST | 3 | 3 | 2.000 | 0.667 |" in page
    html = made.save(tmp_path / "report.html", "Our <coder>").read_text()
    assert "<h1>Our &lt;coder&gt;</h1>" in html
    assert "<table" in made._repr_html_()
    assert "micro: precision 0.600, recall 0.500, F1 0.545" in str(made)
    with pytest.raises(InputError, match=r"\.md or \.html"):
        made.save(tmp_path / "report.pdf")
    with pytest.raises(InputError, match="cannot be written"):
        made.save(tmp_path / "nowhere" / "report.md")


@pytest.mark.parametrize(("arguments", "options", "message"), [
    ((pd.DataFrame({"x": [1]}), GOLD), {"label": "code"}, "pred needs the columns 'code'"),
    ((PRED, GOLD), {"by": "year"}, "slices need a frame"),
    ((pd.DataFrame({"i": [1, 1], "c": ["a", "b"]}), GOLD), {"label": "c", "unit": "i"}, "several times in pred"),
    ((PRED, GOLD), {"fields": ["actor"]}, "compared as frames"),
    ((RECORDS, RECORDS), {"fields": ["weather"]}, "pred has no column 'weather'"),
    ((RECORDS, RECORDS), {"fields": {"actor": "fuzzy"}}, "'fuzzy' is no comparison")])
def test_wrong_input_is_named(arguments: Any, options: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        ec.evaluate(*arguments, **options)


@settings(deadline=None)
@given(st.integers(1, 5).flatmap(lambda rows: st.integers(1, 5).flatmap(lambda columns: st.lists(
    st.lists(st.sampled_from([0.0, 0.1, 0.25, 0.5, 0.75, 1.0]), min_size=columns, max_size=columns),
    min_size=rows, max_size=rows))))
def test_alignment_is_the_best_there_is(table: list[list[float]]) -> None:
    credit = np.array(table)
    pairs = best_pairs(credit)
    assert len({pair[0] for pair in pairs}) == len({pair[1] for pair in pairs}) == len(pairs)
    assert all(credit[pair] > 0 for pair in pairs)
    wide = credit if credit.shape[0] <= credit.shape[1] else credit.T
    best = max(sum(wide[i, j] for i, j in enumerate(order)) for order in permutations(range(wide.shape[1]), len(wide)))
    assert sum(credit[pair] for pair in pairs) == pytest.approx(best)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(st.sampled_from(["a", "b", None]), st.sampled_from(["a", "b", "c", None])), max_size=12))
def test_micro_counts_are_the_sums_of_the_codes(pairs: list[tuple[Any, Any]]) -> None:
    made = ec.evaluate([pair[0] for pair in pairs], [pair[1] for pair in pairs], samples=5)
    right = sum(told == gold is not None for told, gold in pairs)
    assert made.scores["right"].sum() == right
    assert made.scores["gold"].sum() == sum(gold is not None for _, gold in pairs)
    if len(made.confusion):
        assert made.confusion.drop(columns="gold").to_numpy().sum() == len(pairs)
