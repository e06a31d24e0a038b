"""The judge itself: it must fail a wrong reading, or the golden tests prove nothing."""

from __future__ import annotations

import pytest
from expectations import accepts, demand_misses, judge, values


@pytest.mark.parametrize(("wanted", "value"), [
    ("0874", "0874"), ("3", 3), ("3", 3.0), ("9..14", 9), ("9..14", 14.0), ("/Mil.*/", "Military"), ("", None),
    ("", ""), ("2", "2")])
def test_accepts(wanted: str, value: object) -> None:
    assert accepts(wanted, value)


@pytest.mark.parametrize(("wanted", "value"), [
    ("0874", "874"), ("0874", 874), ("3", 4), ("9..14", 15), ("9..14", None), ("/Mil/", "Military"), ("", 0), ("", "x"),
    ("0", None), ("0", False), ("9..14", "0010")])
def test_does_not_accept(wanted: str, value: object) -> None:
    assert not accepts(wanted, value)


def test_values_walk_through_lists() -> None:
    row = {"actor": [{"code": "NGA"}, {"code": "CMR"}], "mode": []}
    assert values(row, "actor.code") == ["NGA", "CMR"]
    assert values(row, "mode") == []
    assert values(row, "actor.sector") == []


def test_sides_may_be_exchanged() -> None:
    demand = {"fields": {"actor1": "A", "inter1": "x", "actor2": "B", "inter2": "y"}, "either_order": "true"}
    assert demand_misses(demand, {"actor1": "B", "inter1": "y", "actor2": "A", "inter2": "x"}) == []
    assert demand_misses(demand, {"actor1": "B", "inter1": "x", "actor2": "A", "inter2": "y"})


def test_each_demand_needs_a_row_of_its_own() -> None:
    both = {"required": [{"fields": {"code": ["1", "2"]}}, {"fields": {"code": "1"}}]}
    assert not judge(both, [{"code": "1"}, {"code": "2"}]).faults
    assert len(judge(both, [{"code": "1"}]).faults) == 1


def test_forbidden_and_extra() -> None:
    demands = {"required": [{"fields": {"code": "1"}}], "optional": [{"fields": {"code": "2"}}],
               "forbidden": [{"fields": {"code": "9"}}]}
    verdict = judge(demands, [{"code": "1"}, {"code": "1"}, {"code": "2"}, {"code": "9"}])
    assert len(verdict.faults) == 1
    assert verdict.extra == [{"code": "1"}, {"code": "9"}]
