"""Panels: what is counted where, and that zeros are only where somebody looked."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import eventcode as ec
from eventcode import countries
from eventcode.dataset.layout import LAYOUTS, Layout, days
from eventcode.dataset.panel import cells
from eventcode.dataset.periods import Span, bounds, label, starts
from eventcode.dataset.states import OPEN, lives, spells, state_numbers
from eventcode.errors import InputError
from eventcode.ontologies.ucdp_ged.record import priogrid


def acled(*rows: tuple[Any, ...]) -> pd.DataFrame:
    """Rows of (day, country, admin1, actor1, actor2, fatalities) at a point of Kenya's north."""
    frame = pd.DataFrame(rows, columns=["event_date", "country", "admin1", "actor1", "actor2", "fatalities"])
    return frame.assign(latitude=3.1, longitude=35.6, event_type="Battles")


KENYA = acled(("2021-03-05", "Kenya", "Turkana", "Pokot Militia", "Turkana Militia", 2),
              ("2021-03-29", "Kenya", "Turkana", "Turkana Militia", "Pokot Militia", None),
              ("2021-05-02", "Kenya", "Garissa", "Protesters (Kenya)", None, 0),
              ("2022-01-01", "Uganda", "Karamoja", "Pokot Militia", "Police Forces of Uganda", 4))


def rows(made: ec.Panel, *names: str) -> list[tuple[Any, ...]]:
    frame = made.to_frame()[list(names)]
    return [tuple(None if pd.isna(cell) else cell for cell in row) for row in frame.itertuples(index=False)]


def test_events_and_deaths_by_country_and_year() -> None:
    made = ec.panel(KENYA, "acled")
    assert rows(made, "country", "name", "gw", "cow", "period", "events", "deaths_best", "deaths_unknown",
                "coverage") == [
        ("KEN", "Kenya", 501, 501, "2021", 3, 2, 1, "unknown"),
        ("UGA", "Uganda", 500, 500, "2022", 1, 4, 0, "unknown")]


def test_without_coverage_there_are_no_zeros_and_with_it_only_inside() -> None:
    assert "0 of them zeros" in str(ec.panel(KENYA, "acled", period="month"))
    made = ec.panel(KENYA, "acled", period="month", coverage={"KEN": ("2021-03-01", "2021-04-15")})
    assert rows(made, "country", "period", "events", "coverage") == [
        ("KEN", "2021-03", 2, "full"), ("KEN", "2021-04", 0, "part"), ("KEN", "2021-05", 1, "none"),
        ("UGA", "2022-01", 1, "none")]
    assert "1 of them zeros inside the coverage; 2 events outside it; 0 events left out" in str(made)


@pytest.mark.parametrize("coverage", [
    {"KEN": [("2021-02-20", "2021-02-28"), ("2021-06-01", date(2021, 6, 30))]},
    pd.DataFrame({"country": ["KEN", "KEN"], "start": ["2021-02-20", "2021-06-01"],
                  "end": ["2021-02-28", "2021-06-30"]})])
def test_several_spans_of_one_unit(coverage: Any) -> None:
    made = ec.panel(KENYA.iloc[:0], "acled", period="month", coverage=coverage)
    assert rows(made, "country", "period", "events", "coverage") == [
        ("KEN", "2021-02", 0, "part"), ("KEN", "2021-06", 0, "full")]


def test_spans_that_overlap_are_not_counted_twice() -> None:
    twice = {"KEN": [("2021-06-01", "2021-06-20"), ("2021-06-05", "2021-06-20")]}
    made = ec.panel(KENYA.iloc[:0], "acled", period="month", coverage=twice)
    assert rows(made, "period", "coverage") == [("2021-06", "part")]


def test_a_unit_without_any_event_is_filled_where_it_is_stated() -> None:
    made = ec.panel(KENYA, "acled", coverage={"TZA": ("2021-01-01", "2021-12-31")})
    assert ("TZA", 0, 0, "full") in rows(made, "country", "events", "deaths_best", "coverage")


def test_acleds_published_coverage() -> None:
    made = ec.panel(KENYA, "acled", coverage="acled").to_frame().set_index(["country", "period"])
    assert made.loc[("KEN", "1997"), "coverage"] == "full"
    assert made.loc[("KEN", "2021"), "events"] == 3
    assert made.loc[("KEN", "2022"), "coverage"] == "part"
    assert made.loc["AFG"].index.min() == "2017"


def test_admin1_lies_within_its_country() -> None:
    made = ec.panel(KENYA, "acled", unit="admin1", coverage={("KEN", "Wajir"): ("2021-01-01", "2021-12-31")})
    assert rows(made, "country", "admin1", "events") == [
        ("KEN", "Garissa", 1), ("KEN", "Turkana", 2), ("KEN", "Wajir", 0), ("UGA", "Karamoja", 1)]


def test_cells_of_the_grid_are_those_of_the_record() -> None:
    points = [(-90.0, -180.0), (90.0, 180.0), (0.0, 0.0), (3.1, 35.6), (-0.01, -0.01), (91.0, 0.0), (np.nan, 5.0)]
    found = cells(pd.Series([p[0] for p in points]), pd.Series([p[1] for p in points]))
    assert found.tolist()[:5] == [priogrid(*point) for point in points[:5]]
    assert found.isna().tolist() == [False] * 5 + [True] * 2
    assert rows(ec.panel(KENYA, "acled", unit="priogrid"), "priogrid", "period", "events") == [
        (priogrid(3.1, 35.6), "2021", 3), (priogrid(3.1, 35.6), "2022", 1)]


def test_states_are_those_of_the_day() -> None:
    balkans = acled(("1991-10-01", "Croatia", "", "A", "B", 1), ("1992-06-01", "Croatia", "", "A", "B", 1),
                    ("2004-03-17", "Kosovo", "", "A", "B", 1), ("2010-03-17", "Kosovo", "", "A", "B", 1))
    assert rows(ec.panel(balkans, "acled", unit="gw"), "gw", "period", "events") == [
        (344, "1992", 1), (345, "1991", 1), (345, "2004", 1), (347, "2010", 1)]
    made = ec.panel(balkans, "acled", unit="gw", coverage=("1990-01-01", "2012-12-31")).to_frame()
    assert made[made["gw"] == 344]["period"].min() == "1992"
    assert made[made["gw"] == 345]["period"].max() == "2006"
    assert made.set_index(["gw", "period"]).loc[(345, "2006"), "coverage"] == "part"


def test_state_numbers_at_a_day() -> None:
    told = [("YEM", "1990-05-21", "cow", 678), ("YEM", "1990-05-22", "cow", 679), ("YEM", "2015-01-01", "gw", 678),
            ("SSD", "2011-07-08", "gw", 625), ("SSD", "2011-07-09", "gw", 626), ("UKR", "1991-06-01", "cow", 365),
            ("TLS", "1999-09-01", "gw", None), ("PSE", "2020-01-01", "gw", None), ("DEU", "1989-01-01", "cow", 260),
            ("SRB", "2006-06-05", "gw", 340), ("ERI", "1992-01-01", "gw", 530)]
    for country, day, scheme, number in told:
        found = state_numbers(pd.Series([country]), np.array([day], dtype="datetime64[D]"), scheme)
        assert found.tolist() == [pd.NA if number is None else number], (country, day)


@pytest.mark.parametrize("scheme", ["gw", "cow"])
def test_open_spells_are_the_numbers_of_the_table_of_countries(scheme: Any) -> None:
    now = {spell.iso3: spell.number for spell in spells(scheme) if spell.end == OPEN}
    assert now == {c.iso3: getattr(c, scheme) for c in countries.all_countries() if getattr(c, scheme) is not None}
    for country in countries.all_countries():
        times = [(spell.start, spell.end) for spell in spells(scheme) if spell.iso3 == country.iso3]
        assert all(one[1] < other[0] for one, other in pairwise(times)), country.iso3
    assert all(time[0] <= time[1] for times in lives(scheme).values() for time in times)


def test_dyads() -> None:
    assert rows(ec.panel(KENYA, "acled", actors="undirected", unit=None), "actor1", "actor2", "period", "events") == [
        ("Pokot Militia", "Police Forces of Uganda", "2022", 1), ("Pokot Militia", "Turkana Militia", "2021", 2)]
    monadic = ec.panel(KENYA, "acled", actors="monadic", unit=None)
    assert rows(monadic, "actor", "period", "events", "deaths_best") == [
        ("Pokot Militia", "2021", 2, 2), ("Pokot Militia", "2022", 1, 4), ("Police Forces of Uganda", "2022", 1, 4),
        ("Protesters (Kenya)", "2021", 1, 0), ("Turkana Militia", "2021", 2, 2)]
    with pytest.raises(InputError, match="no direction"):
        ec.panel(KENYA, "acled", actors="directed")
    cameo = pd.DataFrame({"date": ["2021-01-01"] * 3, "source": ["KEN", "SOM", "KEN"], "target": ["SOM", "KEN", None]})
    directed = ec.panel(cameo, "cameo", actors="directed", unit=None)
    assert rows(directed, "source", "target", "events") == [("KEN", "SOM", 1), ("SOM", "KEN", 1)]
    assert directed.left_out.values.tolist() == [[2, "no target"]]


def test_zeros_of_dyads_are_those_of_the_unit_that_names_them() -> None:
    made = ec.panel(KENYA, "acled", actors="undirected", coverage=("2021-01-01", "2022-12-31"))
    assert rows(made, "country", "actor2", "period", "events") == [
        ("KEN", "Turkana Militia", "2021", 2), ("KEN", "Turkana Militia", "2022", 0),
        ("UGA", "Police Forces of Uganda", "2021", 0), ("UGA", "Police Forces of Uganda", "2022", 1)]


def test_an_actor_against_itself_is_counted_once() -> None:
    same = acled(("2021-01-01", "Kenya", "", "Pokot Militia", "Pokot Militia", 1))
    assert rows(ec.panel(same, "acled", actors="monadic"), "actor", "events") == [("Pokot Militia", 1)]


def test_more_columns_to_count_apart() -> None:
    mixed = KENYA.assign(event_type=["Battles", "Battles", "Protests", "Battles"])
    made = ec.panel(mixed, "acled", by="event_type", coverage={"KEN": ("2021-01-01", "2021-12-31"),
                                                              "TZA": ("2021-01-01", "2021-12-31")})
    assert rows(made, "country", "event_type", "events", "coverage") == [
        ("KEN", "Battles", 2, "full"), ("KEN", "Protests", 1, "full"), ("TZA", "Battles", 0, "full"),
        ("TZA", "Protests", 0, "full"), ("UGA", "Battles", 1, "none")]


def test_spans_of_ged_and_its_three_estimates() -> None:
    ged = pd.DataFrame({"date_start": ["2019-12-30"], "date_end": ["2020-01-02"], "country": ["Mali"], "low": [1],
                        "best": [3], "high": [9]})
    names = ("period", "deaths_low", "deaths_best", "deaths_high")
    assert rows(ec.panel(ged, "ucdp-ged"), *names) == [("2019", 1, 3, 9)]
    assert rows(ec.panel(ged, "ucdp-ged", at="end"), *names) == [("2020", 1, 3, 9)]


def test_what_cannot_be_placed_is_told_and_not_dropped() -> None:
    made = ec.panel(acled(("2021-03-05", "Kenya", "", "A", "B", 1), ("Tuesday", "Kenya", "", "A", "B", 1),
                          ("2021-03-05", "Atlantis", "", "A", "B", 1)), "acled")
    assert made.left_out.values.tolist() == [[1, "no day"], [2, "no country"]]
    assert "2 events left out" in str(made)
    assert "<table" in made._repr_html_()


def test_plover_and_other_formats() -> None:
    plover = pd.DataFrame({"id": ["a"], "date": ["2021-03-05"], "event": [["PROTEST"]],
                           "actor": [[{"code": "PER", "sector": "LAB"}, {"identifier_text": "Red Belts"}]],
                           "recipient": [[{"code": "PER", "sector": "GOV"}]],
                           "event_loc": [{"country_code": "PER", "province": "Cusco", "lat": -13.5, "lon": -71.9}]})
    made = ec.panel(plover, "plover", unit="admin1", actors="directed")
    assert rows(made, "country", "admin1", "source", "target", "events") == [
        ("PER", "Cusco", "PER-LAB; Red Belts", "PER-GOV", 1)]
    gdelt = pd.DataFrame({"SQLDATE": [20210305, 20210306], "ActionGeo_CountryCode": ["IZ", "KE"]})
    assert rows(ec.panel(gdelt, "gdelt"), "country", "events") == [("IRQ", 1), ("KEN", 1)]
    own = Layout(None, "when", None, "where", "iso3", None, None, None, "x", "y", "z")
    assert rows(ec.panel(pd.DataFrame({"when": ["05 March 2021"], "where": ["KEN"]}), own), "country", "period") == [
        ("KEN", "2021")]


@pytest.mark.parametrize(("options", "message"), [
    ({"unit": "town"}, "unit 'town' is none of country"), ({"period": "decade"}, "period 'decade'"),
    ({"actors": "triads"}, "actors 'triads'"), ({"by": "mood"}, "no column 'mood'"),
    ({"coverage": ("2022-01-01", "2021-01-01")}, "ends before it begins"), ({"coverage": ("soon", "later")}, "no span"),
    ({"coverage": pd.DataFrame({"country": ["KEN"]})}, "no column 'start'"),
    ({"coverage": "everything"}, "not known"), ({"unit": None, "coverage": {"KEN": ("2021-01-01", "2021-02-01")}},
                                                "without a unit"),
    ({"unit": "admin1", "coverage": {"KEN": ("2021-01-01", "2021-02-01")}}, r"'KEN' is no \(country, admin1\)"),
    ({"period": "day", "unit": "admin1",
      "coverage": {("KEN", str(n)): ("1900-01-01", "2900-01-01") for n in range(60)}}, "choose a longer period")])
def test_wrong_options_are_named(options: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        ec.panel(KENYA, "acled", **options)


def test_an_unknown_format_is_named() -> None:
    with pytest.raises(InputError, match="no layout of 'gtd'"):
        ec.panel(KENYA, "gtd")


def test_every_layout_is_of_columns_that_its_format_has() -> None:
    for name, layout in LAYOUTS.items():
        if name == "phoenix":
            continue
        ontology = name in ("acled", "ucdp-ged", "cameo", "plover")
        frame = ec.to_frame([], name) if ontology else ec.view([], name)  # type: ignore[arg-type]
        named = [layout.identity, layout.day, layout.end, layout.country, layout.admin1, layout.latitude,
                 layout.longitude, layout.source, layout.target, layout.event, layout.text, *layout.deaths,
                 *layout.kinds]
        assert {one for one in named if one} <= set(frame.columns), name


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 800))
def test_periods(day: date, more: int) -> None:
    span = Span(np.datetime64(day, "D"), np.datetime64(day + timedelta(days=more), "D"))
    whole = np.arange(span.start, span.end + 1, dtype="datetime64[D]")
    for period in ("day", "week", "month", "year"):
        first = starts(whole, period)
        assert np.array_equal(np.unique(first), bounds(span, period))
        assert ((first <= whole) & (whole < starts(whole, period, ahead=1))).all()
    assert label(starts(whole[:1], "week"), "week") == ["{}-W{:02d}".format(*day.isocalendar()[:2])]
    assert starts(whole[:1], "month")[0].item() == day.replace(day=1)


def test_days_in_every_form() -> None:
    told = ["2021-03-05", "20210305", 20210305, 20210305.0, "05 March 2021", date(2021, 3, 5),
            "2021-03-05 00:00:00.000", pd.Timestamp("2021-03-05 17:00"), "yesterday", None]
    assert days(pd.Series(told, dtype="object")).astype(str).tolist() == ["2021-03-05"] * 8 + ["NaT"] * 2


_EVENTS = st.lists(st.tuples(st.dates(date(2020, 11, 1), date(2021, 3, 1)), st.sampled_from(["Kenya", "Mali", None]),
                             st.just(""), st.sampled_from("AB"), st.sampled_from(["A", "C", None]),
                             st.sampled_from([None, 0, 3])), max_size=20)


@settings(deadline=None, max_examples=60)
@given(_EVENTS, st.sampled_from(["day", "week", "month", "year"]), st.dates(date(2020, 10, 1), date(2020, 12, 31)),
       st.integers(0, 120))
def test_nothing_is_lost_and_zeros_are_exactly_the_covered_gaps(told: list[Any], period: Any, first: date,
                                                                length: int) -> None:
    span = (first, first + timedelta(days=length))
    made = ec.panel(acled(*told), "acled", period=period, coverage={"KEN": span, "MLI": span})
    frame = made.to_frame()
    assert frame["events"].sum() + len(made.left_out) == len(told)
    counted: Counter[Any] = Counter()
    deaths: dict[Any, int] = defaultdict(int)
    for day, country, _, _, _, dead in told:
        if country is not None:
            key = ({"Kenya": "KEN", "Mali": "MLI"}[country], starts(np.array([day], dtype="datetime64[D]"), period)[0])
            counted[key] += 1
            deaths[key] += dead or 0
    grid = {(country, start) for country in ("KEN", "MLI")
            for start in bounds(Span(*(np.datetime64(day, "D") for day in span)), period)}
    found = {(row.country, np.datetime64(row.start, "D")): row for row in frame.itertuples()}
    assert set(found) == grid | set(counted)
    for key, row in found.items():
        assert (row.events, row.deaths_best) == (counted[key], deaths[key])
        assert (row.coverage != "none") == (key in grid)
