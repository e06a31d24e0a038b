"""The GED-style ontology on neutral events made by hand: types, dyads, deaths by side, precision, why not an event."""

from __future__ import annotations

from datetime import date
from typing import Any

import neutral_events as made
import pytest
from neutral_events import Seat, army, day, gunmen, killed, rebels, villagers

from eventcode.neutral import Event, EventDate, Party, Place
from eventcode.ontologies.base import Coding
from eventcode.ontologies.facets import unknown_words
from eventcode.ontologies.ucdp_ged import UcdpGed, UcdpGedRecord, ontology
from eventcode.ontologies.ucdp_ged.cells import days
from eventcode.ontologies.ucdp_ged.record import priogrid
from eventcode.records import is_filled

REASONS = ("no_armed_force", "no_fatality", "no_organized_actor", "no_place_or_date", "not_actual")


@pytest.fixture
def ged() -> UcdpGed:
    made = UcdpGed()
    made.seat = lambda country, admin1: Seat("Kananga", -5.896, 22.417)
    return made


def adf() -> Party:
    return rebels("allied-democratic-forces", "Allied Democratic Forces")


def place(precision: str = "exact", **more: Any) -> Place:
    return made.place(
        "Beni",
        precision,
        **{"country": "COD", "admin1": "Nord-Kivu", "latitude": 0.49113, "longitude": 29.47306, **more},
    )


def event(
    action: str, sources: Any = (), targets: Any = (), counts: Any = (), *, where: Any = "town", **more: Any
) -> Event:
    """An event at Beni on 13 May 2024 if nothing else is said."""
    return made.event(action, sources, targets, counts, where=place() if where == "town" else where, **more)


def code(ged: UcdpGed, *events: Event, actors: Any = ()) -> Coding:
    return ged.code(made.reading(*events, actors=actors))


def one(ged: UcdpGed, *events: Event, actors: Any = ()) -> UcdpGedRecord:
    coding = code(ged, *events, actors=actors)
    assert len(coding.records) == 1, [r.reason for r in coding.rejections]
    record = coding.records[0]
    assert isinstance(record, UcdpGedRecord)
    assert not [fault for check in ged.checks if (fault := check.fault(record.values()))]
    return record


def why_not(ged: UcdpGed, happened: Event) -> str:
    coding = code(ged, happened)
    assert coding.records == []
    reason = coding.rejections[0].reason
    assert reason.startswith(REASONS)
    return reason.split(":")[0]


def test_every_column_of_one_sided_violence(ged: UcdpGed) -> None:
    victims = villagers()
    record = one(ged, event("attack", [adf()], [victims], [killed(14, "villagers", victims)]))
    filled = {column: value for column, value in record.values().items() if is_filled(value)}
    assert len(record.values()) == 49
    assert filled == {
        "year": 2024,
        "type_of_violence": 3,
        "conflict_name": "ADF - Civilians",
        "dyad_name": "ADF - Civilians",
        "side_a": "ADF",
        "side_b": "Civilians",
        "number_of_sources": 1,
        "source_article": '"The Daily Example,2024-05-15,Raid near Beni"',
        "source_office": "The Daily Example",
        "source_date": "2024-05-15",
        "source_headline": "Raid near Beni",
        "where_prec": 1,
        "where_coordinates": "Beni",
        "adm_1": "Nord-Kivu",
        "latitude": 0.49113,
        "longitude": 29.47306,
        "geom_wkt": "POINT (29.47306 0.49113)",
        "priogrid_gid": 130019,
        "country": "DR Congo (Zaire)",
        "country_id": 490,
        "region": "Africa",
        "event_clarity": 1,
        "date_prec": 1,
        "date_start": date(2024, 5, 13),
        "date_end": date(2024, 5, 13),
        "deaths_a": 0,
        "deaths_b": 0,
        "deaths_civilians": 14,
        "deaths_unknown": 0,
        "best": 14,
        "high": 14,
        "low": 14,
    }
    assert all(record.provenance[column].rules for column in filled)
    assert record.provenance["deaths_civilians"].text == "villagers"


def test_state_based_has_the_government_as_side_a(ged: UcdpGed) -> None:
    soldiers = army()
    record = one(ged, event("ambush", [adf()], [soldiers], [killed(6, "soldiers", soldiers)]))
    assert (record.type_of_violence, record.dyad_name) == (1, "Government of DR Congo (Zaire) - ADF")
    assert (record.deaths_a, record.deaths_b, record.gwnoa, record.gwnob) == (6, 0, "490", None)
    assert record.conflict_name is None


def test_non_state_dyad_goes_by_the_alphabet(ged: UcdpGed) -> None:
    taliban = rebels("taliban", "Taliban")
    record = one(ged, event("attack", [taliban], [rebels("islamic-state", "Islamic State")], [killed(9)]))
    assert (record.type_of_violence, record.dyad_name, record.deaths_unknown) == (2, "IS - Taleban", 9)


def test_two_governments(ged: UcdpGed) -> None:
    record = one(
        ged, event("clash", [army("AZE")], [army("ARM")], [killed(2)], where=place(country="ARM", admin1="Syunik"))
    )
    assert (record.type_of_violence, record.side_a, record.gwnoa, record.gwnob) == (
        1,
        "Government of Azerbaijan",
        "373",
        "371",
    )


@pytest.mark.parametrize(
    ("happened", "reason"),
    [
        (event("surrender", [adf()], [army()]), "no_armed_force"),
        (event("protest", [villagers()], (), [killed(2)]), "no_armed_force"),
        (event("clash", [army()], [adf()]), "no_fatality"),
        (event("clash", [army()], [adf()], [killed(0, qualifier="none")]), "no_fatality"),
        (event("arrest", [army()], [adf()]), "no_fatality"),
        (event("attack", [gunmen()], [villagers()], [killed(3)]), "no_organized_actor"),
        (event("kill", [], [villagers()], [killed(3)]), "no_organized_actor"),
        (event("attack", [adf()], [villagers()], [killed(3)], where=None), "no_place_or_date"),
        (event("attack", [adf()], [villagers()], [killed(3)], on=EventDate()), "no_place_or_date"),
        (event("attack", [adf()], [villagers()], [killed(3)], on=day("2023-12-30", "2024-01-02")), "no_place_or_date"),
        (event("attack", [adf()], [villagers()], [killed(3)], status="historical"), "not_actual"),
        (event("attack", [adf()], [villagers()], [killed(3)], status="hypothetical"), "not_actual"),
        (
            event("attack", [adf()], [villagers()], [killed(3)], where=None, on=day(basis="published"), asserted=False),
            "not_actual",
        ),
    ],
)
def test_what_is_no_ged_event(ged: UcdpGed, happened: Event, reason: str) -> None:
    assert why_not(ged, happened) == reason


def test_deaths_by_side_parts_and_crossfire(ged: UcdpGed) -> None:
    soldiers, rebels, people = army(), adf(), villagers()
    record = one(
        ged,
        event(
            "clash",
            [soldiers],
            [rebels, people],
            [killed(5, "soldiers", soldiers), killed(8, "fighters", rebels), killed(2, "villagers", people)],
        ),
    )
    assert (record.deaths_a, record.deaths_b, record.deaths_civilians, record.best) == (5, 8, 2, 15)
    total = one(
        ged, event("clash", [soldiers], [rebels], [killed(12), killed(3, "soldiers", soldiers, part_of_total=True)])
    )
    assert (total.deaths_a, total.deaths_unknown, total.best) == (3, 9, 12)


def test_conflicting_figures_give_low_and_high(ged: UcdpGed) -> None:
    record = one(ged, event("attack", [adf()], [villagers()], [killed(9), killed(14)]))
    assert (record.low, record.best, record.high) == (9, 9, 14)
    spread = one(ged, event("attack", [adf()], [villagers()], [killed(20, low=15, high=25, qualifier="range")]))
    assert (spread.low, spread.best, spread.high) == (15, 20, 25)


def test_zero_best_with_a_high_estimate_is_an_event(ged: UcdpGed) -> None:
    record = one(ged, event("attack", [adf()], [villagers()], [killed(0, high=4)]))
    assert (record.low, record.best, record.high) == (0, 0, 4)


def test_a_toll_goes_to_its_fight(ged: UcdpGed) -> None:
    soldiers, rebels = army(), adf()
    toll = event("kill", [], [soldiers, rebels], [killed(5, "soldiers", soldiers), killed(3, "rebels", rebels)])
    record = one(ged, event("clash", [army()], [adf()]), toll, actors=[soldiers, rebels])
    assert (record.deaths_a, record.deaths_b, record.best) == (5, 3, 8)


def test_each_dyad_has_its_own_dead(ged: UcdpGed) -> None:
    rivals, soldiers = rebels("m23", "M23"), army()
    coding = code(
        ged, event("attack", [adf()], [soldiers, rivals], [killed(4, "soldiers", soldiers), killed(2, "M23", rivals)])
    )
    found = {record.dyad_name: record.best for record in coding.records if isinstance(record, UcdpGedRecord)}
    assert found == {"Government of DR Congo (Zaire) - ADF": 4, "ADF - M23": 2}


def test_reports_of_one_dyad_place_and_day_are_one_event(ged: UcdpGed) -> None:
    again = [event("attack", [adf()], [villagers()], [killed(9)]), event("kill", [adf()], [villagers()], [killed(9)])]
    record = one(ged, *again)
    assert len(record.meta.events) == 2
    assert (
        len(code(ged, again[0], event("attack", [adf()], [villagers()], [killed(1)], on=day("2024-05-12"))).records)
        == 2
    )


@pytest.mark.parametrize(
    ("told", "precision"),
    [
        (day(), 1),
        (day("2024-05-11", "2024-05-12"), 2),
        (day("2024-05-06", "2024-05-12"), 3),
        (day("2024-04-01", "2024-04-30"), 4),
        (day("2024-01-01", "2024-12-31"), 5),
        (day(basis="published"), 2),
    ],
)
def test_date_prec(told: EventDate, precision: int) -> None:
    found = days(told)
    assert found is not None
    assert found.precision == precision


@pytest.mark.parametrize(
    ("precision", "more", "wanted"),
    [
        ("exact", {}, 1),
        ("near", {}, 2),
        ("district", {"kind": "admin2"}, 3),
        ("province", {"kind": "admin1"}, 4),
        ("province", {"kind": "region", "admin1": None}, 5),
        ("country", {"kind": "country"}, 6),
    ],
)
def test_where_prec(ged: UcdpGed, precision: str, more: dict[str, Any], wanted: int) -> None:
    record = one(ged, event("attack", [adf()], [villagers()], [killed(3)], where=place(precision, **more)))
    assert record.where_prec == wanted
    assert (record.latitude is None) == (precision == "country")
    assert (record.latitude == -5.896) == (wanted == 4)


def test_several_days_are_a_summary(ged: UcdpGed) -> None:
    record = one(ged, event("attack", [adf()], [villagers()], [killed(3)], on=day("2024-05-11", "2024-05-12")))
    assert (record.event_clarity, record.date_prec) == (2, 2)


@pytest.mark.parametrize(
    ("latitude", "longitude", "gid"),
    [
        (34.5311, 69.1628, 179779),
        (34.3333, 70.4167, 179061),
        (36.75, 68.75, 182658),
        (36.67, 65.75, 182652),
        (-90.0, -180.0, 1),
        (90.0, 180.0, 259200),
    ],
)
def test_priogrid(latitude: float, longitude: float, gid: int) -> None:
    assert priogrid(latitude, longitude) == gid


ROW = {
    "year": "2024",
    "date_start": "2024-05-13 00:00:00.000",
    "date_end": "2024-05-13 00:00:00.000",
    "type_of_violence": "3",
    "side_a": "ADF",
    "side_b": "Civilians",
    "dyad_name": "ADF - Civilians",
    "latitude": "36.75",
    "longitude": "68.75",
    "priogrid_gid": "182658",
    "deaths_a": "0",
    "deaths_b": "0",
    "deaths_civilians": "3",
    "deaths_unknown": "1",
    "best": "4",
    "low": "3",
    "high": "4",
}


@pytest.mark.parametrize(
    ("changes", "check"),
    [
        ({"best": "5", "high": "5"}, "ucdp-ged/best"),
        ({"low": "5"}, "ucdp-ged/low-best-high"),
        ({"year": "2023"}, "ucdp-ged/one-year"),
        ({"date_end": "2024-05-12"}, "ucdp-ged/days"),
        ({"priogrid_gid": "182659"}, "ucdp-ged/priogrid"),
        ({"dyad_name": "LRA - Civilians"}, "ucdp-ged/dyad-name"),
        ({"deaths_a": "1", "deaths_unknown": "0"}, "ucdp-ged/one-sided"),
    ],
)
def test_each_check_finds_its_fault_and_no_other(changes: dict[str, Any], check: str) -> None:
    assert [c.id for c in ontology.checks if c.fault(ROW)] == []
    assert [c.id for c in ontology.checks if c.fault({**ROW, **changes})] == [check]


def test_no_death_at_all_is_a_warning() -> None:
    row = {**ROW, "deaths_civilians": "0", "deaths_unknown": "0", "best": "0", "low": "0", "high": float("nan")}
    assert [c.id for c in ontology.checks if c.fault(row)] == []
    assert [c.id for c in ontology.checks if c.fault({**row, "high": "0"})] == ["ucdp-ged/fatal"]


def test_rules_name_known_words() -> None:
    assert not [fault for rule in ontology.rules for fault in unknown_words(rule, ontology.words)]
