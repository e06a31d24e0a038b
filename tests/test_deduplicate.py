"""Reports and events: what is taken for one happening, and that nothing is lost."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import eventcode as ec
from eventcode.dataset.deduplicate import CROSSWALK
from eventcode.dataset.near_text import Index, bands, shingles, similarity
from eventcode.dataset.taxonomy import depth, path_of, taxonomy
from eventcode.dataset.windows import Report, Window, by_window, distance
from eventcode.errors import InputError
from eventcode.ontologies.acled.tables import sub_events
from eventcode.plugins import ontology

CLASH = {"event_id_cnty": "MLI1", "event_date": date(2022, 4, 3), "sub_event_type": "Armed clash",
         "actor1": "Military Forces of Mali", "actor2": "Ansar Front", "country": "Mali", "admin1": "Mopti",
         "latitude": 14.49, "longitude": -4.19, "fatalities": 5,
         "notes": "Soldiers fought Ansar Front fighters for two hours near the bridge at Mopti on 3 April."}
GED = {"id": 9, "date_start": date(2022, 4, 2), "date_end": date(2022, 4, 5), "type_of_violence": 1,
       "side_a": "Government of Mali", "side_b": "Ansar", "country": "Mali", "adm_1": "Mopti Region", "latitude": 14.5,
       "longitude": -4.2, "low": 3, "best": 4, "high": 6, "source_headline": "Fighting at a bridge in central Mali"}


def table(*changes: dict[str, Any]) -> pd.DataFrame:
    return pd.DataFrame([{**CLASH, **change} for change in changes])


def numbers(made: ec.Deduplicated) -> list[int]:
    """The event of each report; that reports, events and crosswalk agree and nothing is lost is checked on the way."""
    crosswalk = made.crosswalk
    assert list(crosswalk.columns) == list(CROSSWALK)
    events, reports = made.events, made.reports
    assert events["event_number"].tolist() == list(range(len(events)))
    assert events["n_reports"].sum() == len(reports) == len(crosswalk)
    assert crosswalk["stands"].sum() == len(events)
    assert crosswalk["reason"].isna().tolist() == crosswalk["stands"].tolist()
    return [int(number) for number in crosswalk["event_number"]]


@pytest.mark.parametrize(("change", "options", "same"), [
    ({}, {}, True), ({"event_date": date(2022, 4, 4)}, {}, True), ({"event_date": date(2022, 4, 5)}, {}, False),
    ({"event_date": date(2022, 4, 5)}, {"days": 2}, True), ({"latitude": 14.57}, {}, True),
    ({"latitude": 14.6}, {}, False), ({"latitude": 14.6}, {"km": 20}, True), ({"latitude": None}, {}, False),
    ({"latitude": None}, {"km": None}, True), ({"latitude": 40.0}, {"km": None}, True),
    ({"admin1": "Gao"}, {"km": None}, False), ({"admin1": None}, {"km": None}, False),
    ({"sub_event_type": "Air/drone strike"}, {}, True), ({"sub_event_type": "Air/drone strike"}, {"levels": 2}, False),
    ({"sub_event_type": "Peaceful protest"}, {}, False), ({"sub_event_type": "Peaceful protest"}, {"levels": 0}, True),
    ({"actor1": "Ansar Front", "actor2": "Military Forces of Mali"}, {"sides": "same"}, True),
    ({"actor1": "Wagner Group"}, {"sides": "same"}, False), ({"actor1": "Wagner Group"}, {"sides": "shared"}, True),
    ({"actor1": "Wagner Group", "actor2": None}, {"sides": "shared"}, False)])
def test_windows(change: dict[str, Any], options: dict[str, Any], same: bool) -> None:
    made = ec.deduplicate(table({}, change), "acled", **options)
    assert numbers(made) == ([0, 0] if same else [0, 1])


def test_the_crosswalk_says_why() -> None:
    made = ec.deduplicate(table({}, {"event_date": date(2022, 4, 4), "latitude": 14.53}), "acled")
    row = made.crosswalk.iloc[1]
    assert (row["days"], row["levels"], row["km"]) == (1, 3, pytest.approx(4.448, abs=0.01))
    assert row["reason"] == "1 day apart, 4.4 km apart, 3 levels of kind alike"
    assert str(made) == "2 reports of 1 events (window)"
    assert "<table" in made._repr_html_()


def test_reports_keep_every_column_and_the_data_come_back() -> None:
    frame = table({}, {"event_date": date(2023, 1, 1)}, {}).set_index(pd.Index([7, 7, 8]))
    made = ec.deduplicate(frame, "acled")
    pd.testing.assert_frame_equal(made.restore(), frame)  # type: ignore[arg-type]
    pd.testing.assert_frame_equal(made.reports.drop(columns="event_number"), frame.reset_index(drop=True))
    assert made.events[["event_number", "n_reports", "event_id_cnty"]].values.tolist() == [
        [0, 2, "MLI1"], [1, 1, "MLI1"]]
    again = ec.deduplicate(made.reports, "acled")
    pd.testing.assert_frame_equal(again.reports, made.reports)


def test_no_chain_grows() -> None:
    frame = table(*({"event_date": date(2022, 4, 3) + timedelta(days=n)} for n in range(4)))
    assert numbers(ec.deduplicate(frame, "acled")) == [0, 0, 1, 1]


def test_a_report_joins_the_event_that_it_matches_best() -> None:
    frame = table({"sub_event_type": "Grenade"}, {"latitude": 14.6}, {"latitude": 14.55})
    assert numbers(ec.deduplicate(frame, "acled")) == [0, 1, 1]


def test_rows_without_a_day_stand_for_themselves() -> None:
    assert numbers(ec.deduplicate(table({}, {"event_date": None}, {"event_date": None}), "acled")) == [0, 1, 2]


def test_two_data_sets_meet_once_and_the_first_stands() -> None:
    tables = {"ucdp-ged": pd.DataFrame([GED]), "acled": table({}, {}, {"country": "Niger", "latitude": 13.0})}
    made = ec.deduplicate(tables)
    assert numbers(made) == [0, 0, 1, 2]
    assert made.events["dataset"].tolist() == ["ucdp-ged", "acled", "acled"]
    assert made.events["n_reports"].tolist() == [2, 1, 1]
    restored = made.restore()
    assert isinstance(restored, dict)
    pd.testing.assert_frame_equal(restored["acled"], tables["acled"])
    named = ec.deduplicate({"ours": tables["acled"], "theirs": tables["ucdp-ged"]},
                           {"ours": "acled", "theirs": "ucdp-ged"})
    assert numbers(named) == [0, 1, 2, 0]


def test_events_found_before_can_be_matched_again() -> None:
    once = ec.deduplicate(table({}, {}), "acled").events
    merged = ec.deduplicate({"ucdp-ged": pd.DataFrame([GED]), "acled": once})
    assert merged.events["n_reports"].tolist() == [2]


def test_kinds_of_ones_own() -> None:
    frame = table({}, {"sub_event_type": "Grenade"}, {"sub_event_type": "Ambush"}, {"sub_event_type": "Ambush"})
    assert numbers(ec.deduplicate(frame, "acled", kinds={"Armed clash": "x", "Grenade": ("y", "z")})) == [0, 1, 2, 2]


def test_one_a_day_is_the_filter_with_its_crosswalk() -> None:
    frame = pd.DataFrame({"date": ["2022-04-03"] * 3, "source": ["MLIMIL"] * 3, "target": ["MLIREB", "MLIREB", None],
                          "code": ["190"] * 3, "root": ["19"] * 3})
    made = ec.deduplicate(frame, "cameo", how="one-a-day")
    assert numbers(made) == [0, 0, 1]
    assert made.crosswalk["reason"].tolist()[1] == "same day, source, target and event"


COPY = ("Two soldiers and a dozen Ansar Front fighters died in two hours of fighting near the old bridge at Mopti on "
        "Sunday, the regional governor said, and the road to the north stayed closed until the evening.")
OTHER = "The governor of Mopti opened a new market hall on Sunday and promised shade, water and lower fees for traders."


@pytest.mark.parametrize(("text", "same"), [
    (COPY.upper(), True), (COPY.replace("governor", "prefect"), True), (COPY + " More to follow.", True),
    (OTHER, False), ("", False), (None, False)])
def test_near_copies(text: str | None, same: bool) -> None:
    frame = table({"notes": COPY}, {"notes": text, "country": "Niger"})
    made = ec.deduplicate(frame, "acled", how="text")
    assert numbers(made) == ([0, 0] if same else [0, 1])


def test_near_copies_of_other_days_are_other_events() -> None:
    frame = table({"notes": COPY}, {"notes": COPY, "event_date": date(2022, 4, 9)})
    assert numbers(ec.deduplicate(frame, "acled", how="text")) == [0, 1]
    made = ec.deduplicate(frame, "acled", how="text", days=7)
    assert numbers(made) == [0, 0]
    assert made.crosswalk["reason"].tolist()[1] == "6 days apart, 100% of word triples in common"


@pytest.mark.parametrize(("data", "schema", "options", "message"), [
    (table({}), None, {}, "say what the frame holds"), (table({}), "acled", {"how": "guess"}, "how 'guess'"),
    (table({}).drop(columns="event_date"), "acled", {}, "no column 'event_date'"),
    ({"a": table({}), "b": table({})}, {"a": "acled", "b": "acled"}, {"how": "one-a-day"}, "of one frame"),
    ({"mystery": table({})}, None, {}, "no layout of 'mystery'")])
def test_wrong_options_are_named(data: Any, schema: Any, options: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        ec.deduplicate(data, schema, **options)


def test_nothing_makes_no_event() -> None:
    assert numbers(ec.deduplicate(table().reindex(columns=list(CLASH)), "acled")) == []


def test_the_taxonomy_has_every_code() -> None:
    assert set(taxonomy("acled")) == set(sub_events())
    assert {path_of(code, taxonomy("cameo")) for code in ontology("cameo").allowed["code"]} >= {
        ("violence", "battle", "clash"), ("demonstration", "violent", "riot")}
    assert all(path_of(code, taxonomy("icews")) for code in ontology("cameo").allowed["code"])
    assert all(path_of(code, taxonomy("polecat")) for code in ontology("plover").allowed["event"])
    assert path_of("AID; ASSAULT", taxonomy("plover"))[0] == "cooperation"
    assert depth(("a", "b", "c"), ("a", "b", "x")) == 2


def test_distances() -> None:
    def at(latitude: float, longitude: float) -> Report:
        return Report(0, 0, 0, 0, latitude, longitude, None, (), frozenset())

    assert distance(at(0, 179.5), at(0, -179.5)) == pytest.approx(111.2, abs=0.1)
    assert distance(at(48.8566, 2.3522), at(52.52, 13.405)) == pytest.approx(877.5, abs=1)
    assert distance(at(1, 1), at(1, 1)._replace(latitude=None)) is None


_REPORTS = st.lists(
    st.tuples(st.integers(0, 12), st.integers(0, 4), st.sampled_from([-89.9, -45.02, 0.0, 0.05, 60.0, 60.1]),
              st.sampled_from([-180.0, -179.95, 0.0, 0.06, 0.2, 179.95]), st.sampled_from(["x", "y"])), max_size=14)


@settings(deadline=None, max_examples=150)
@given(_REPORTS, st.integers(0, 9), st.sampled_from([1.0, 8.0, 15.0, 300.0]))
def test_blocks_hide_no_match(told: list[Any], days: int, km: float) -> None:
    """Against asking every pair: whoever stands matches no earlier standing report, all others match theirs."""
    window = Window(days, km, 1, "ignored", across=False)
    reports = [Report(n, 0, day, day + more, latitude, longitude, None, (kind,), frozenset())
               for n, (day, more, latitude, longitude, kind) in enumerate(told)]
    links = by_window(reports, window)
    standing = [report for report in reports if report.number not in links]
    for report in reports:
        matches = [other.number for other in standing if other.number < report.number and window.link(report, other)]
        if report.number in links:
            assert links[report.number].stands in matches
        else:
            assert matches == []


def test_bands_find_pairs_at_the_threshold() -> None:
    for threshold in (0.3, 0.5, 0.7, 0.9):
        count, rows = bands(threshold)
        assert 1 - (1 - threshold ** rows) ** count >= 0.95
    assert bands(0.9)[1] > bands(0.5)[1]


@pytest.mark.parametrize("kept", [100, 95, 90])
def test_recall_of_near_copies(kept: int) -> None:
    """Of 200 texts with some words changed those still as similar as the threshold are found."""
    draw = np.random.default_rng(5)
    found = wanted = 0
    for _ in range(200):
        words = [f"w{n}" for n in draw.integers(0, 5000, 60)]
        other = [word if draw.integers(0, 100) < kept else f"x{word}" for word in words]
        one, two = shingles(" ".join(words)), shingles(" ".join(other))
        if similarity(one, two) >= 0.6:
            index = Index(0.6)
            index.add(0, one)
            wanted += 1
            found += len(list(index.near(two)))
    assert wanted > 20
    assert found / wanted >= 0.95


@given(st.text(max_size=60), st.text(max_size=60))
def test_similarity_is_symmetric_and_of_a_text_with_itself_one(one: str, other: str) -> None:
    first, second = shingles(one), shingles(other)
    assert similarity(first, second) == similarity(second, first)
    assert similarity(first, first) == (1.0 if first else 0.0)
