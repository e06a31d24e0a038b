"""Agreement between coders, against values that were published."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import eventcode as ec
from eventcode.errors import InputError

#: Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), C: four observers, twelve units, missing judgements.
FOUR = pd.DataFrame([
    [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
    [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None]]).T


@pytest.mark.parametrize(("level", "alpha"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849),
                                              ("ratio", 0.797)])
def test_krippendorffs_example_with_missing_data(level: Any, alpha: float) -> None:
    made = ec.agreement(FOUR, level=level, samples=0)
    assert made.alpha == pytest.approx(alpha, abs=0.0006)
    assert (made.units, made.coders, made.left_out) == (12, 4, 1)
    assert np.isnan(made.kappa)


def test_krippendorffs_binary_example() -> None:
    """The same, A: two observers, ten units."""
    made = ec.agreement([0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0], samples=0)
    assert made.alpha == pytest.approx(0.095, abs=0.0006)
    assert made.scores.set_index("measure").loc["percent_agreement", "value"] == pytest.approx(0.6)
    assert made.coincidences.drop(columns="code").to_numpy().tolist() == [[10, 4], [4, 2]]


def test_krippendorffs_nominal_example() -> None:
    """The same, B: two observers, twelve units, five codes."""
    made = ec.agreement(list("aabbdcccedda"), list("babbbccceddd"), samples=0)
    assert made.alpha == pytest.approx(0.692, abs=0.0006)
    assert made.codes.set_index("code").loc["e", "alpha"] == 1.0


def test_cohens_kappa() -> None:
    """Fifty proposals, two readers: 20 times yes by both, 15 no by both, 5 and 10 divided; kappa 0.4."""
    one = ["yes"] * 20 + ["yes"] * 5 + ["no"] * 10 + ["no"] * 15
    other = ["yes"] * 20 + ["no"] * 5 + ["yes"] * 10 + ["no"] * 15
    made = ec.agreement(one, other, samples=200)
    assert made.kappa == pytest.approx(0.4)
    interval = made.scores.set_index("measure").loc["cohen_kappa"]
    assert interval["low"] < 0.4 < interval["high"]
    assert str(made).splitlines()[0] == "50 units of 2 coders, nominal; 0 with fewer than two judgements"


def test_weighted_kappa_counts_far_more_than_near() -> None:
    gold = [1, 2, 3, 4, 5] * 4
    near, far = [2, *gold[1:]], [5, *gold[1:]]
    plain = [ec.agreement(other, gold, samples=0).kappa for other in (near, far)]
    ranks = [ec.agreement(other, gold, level="ordinal", samples=0).kappa for other in (near, far)]
    assert plain[0] == pytest.approx(plain[1], abs=0.01)
    assert ranks[0] > ranks[1] + 0.1
    table = pd.crosstab(pd.Series(far), pd.Series(gold)).to_numpy(dtype=float)
    weight = np.subtract.outer(np.arange(5), np.arange(5)) ** 2
    chance = np.outer(table.sum(axis=1), table.sum(axis=0)) / table.sum()
    assert ranks[1] == pytest.approx(1 - (weight * table).sum() / (weight * chance).sum())


def test_units_are_matched_by_index_and_missing_ones_left_out() -> None:
    one = pd.Series(["x", "y", "x", None], index=["a", "b", "c", "d"])
    other = pd.Series(["y", "x", "x"], index=["b", "c", "e"])
    made = ec.agreement(one, other, samples=0)
    assert (made.units, made.left_out, made.alpha) == (5, 3, 1.0)
    assert ec.agreement(dict(one), dict(other), samples=0).alpha == 1.0


def test_nothing_to_compare_is_no_number() -> None:
    assert np.isnan(ec.agreement(["a", None], [None, "a"]).alpha)
    assert np.isnan(ec.agreement(["a", "a"], ["a", "a"]).alpha), "nothing varies"
    assert np.isnan(ec.agreement([None], [None]).kappa)


@pytest.mark.parametrize(("arguments", "options", "message"), [
    ((["a"],), {}, "two coders"), ((pd.DataFrame({"a": ["x"]}),), {}, "two coders"),
    ((["a"], ["b"]), {"level": "interval"}, "needs numbers"), ((["a"], ["b"]), {"level": "vague"}, "level 'vague'"),
    ((pd.Series(["a", "b"], index=[0, 0]), ["a"]), {}, "several times")])
def test_wrong_input_is_named(arguments: Any, options: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        ec.agreement(*arguments, **options)


def test_reports(tmp_path: Path) -> None:
    made = ec.agreement(FOUR, samples=10)
    assert "| krippendorff_alpha | 0.743 |" in made.save(tmp_path / "a.md").read_text()
    assert "<h1>Agreement</h1>" in made._repr_html_()


_JUDGEMENTS = st.lists(st.lists(st.sampled_from([1, 2, 3, None]), min_size=3, max_size=3), min_size=1, max_size=15)


@settings(deadline=None)
@given(_JUDGEMENTS, st.sampled_from(["nominal", "ordinal", "interval"]))
def test_coders_are_exchangeable_and_alpha_follows_its_definition(rows: list[list[Any]], level: Any) -> None:
    table = pd.DataFrame(rows, dtype="object")
    made = ec.agreement(table, level=level, samples=0)
    turned = ec.agreement(table[[2, 0, 1]], level=level, samples=0)
    assert made.alpha == pytest.approx(turned.alpha, nan_ok=True)
    if level == "interval":  # the definition, pair by pair
        units = [[x for x in row if x is not None] for row in rows]
        units = [unit for unit in units if len(unit) > 1]
        values = [x for unit in units for x in unit]
        observed = sum(sum((x - y) ** 2 for x in unit for y in unit) / (len(unit) - 1) for unit in units)
        expected = sum((x - y) ** 2 for x in values for y in values)
        if expected:
            assert made.alpha == pytest.approx(1 - (len(values) - 1) * observed / expected)
        else:
            assert np.isnan(made.alpha)
