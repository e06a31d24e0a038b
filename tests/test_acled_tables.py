"""Tables, dates, tags and checks of the ACLED-style ontology."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from neutral_events import day, span

from eventcode.neutral import Count, EventDate
from eventcode.ontologies.acled import ontology
from eventcode.ontologies.acled.notes import crowd_size
from eventcode.ontologies.acled.tables import interaction, known_actor, regime, sub_events
from eventcode.ontologies.acled.whenwhere import when
from eventcode.ontologies.facets import unknown_words

ROW = {
    "year": "2024",
    "event_date": "2024-05-13",
    "event_type": "Battles",
    "sub_event_type": "Armed clash",
    "disorder_type": "Political violence",
    "actor1": "Military Forces of Somalia (2022-)",
    "inter1": "State forces",
    "actor2": "Al Shabaab",
    "inter2": "Rebel group",
    "interaction": "State forces-Rebel group",
    "civilian_targeting": "",
    "latitude": "3.1138",
    "longitude": "43.6498",
    "fatalities": "12",
    "time_precision": "1",
    "geo_precision": "1",
}

DATES = [
    (day("2024-05-13"), date(2024, 5, 13), 1),
    (day("2024-05-15", basis="published"), date(2024, 5, 15), 2),
    (day("2024-05-06", "2024-05-12", precision="week"), date(2024, 5, 9), 2),
    (day("2024-05-11", "2024-05-12"), date(2024, 5, 11), 2),
    (day("2024-04-01", "2024-04-30", precision="month"), date(2024, 4, 15), 3),
    (day("2024-04-01", "2024-04-10", precision="month"), date(2024, 4, 1), 3),
    (day("2024-04-21", "2024-04-30", precision="month"), date(2024, 4, 30), 3),
]


@pytest.mark.parametrize(("told", "wanted", "precision"), DATES)
def test_dates(told: EventDate, wanted: date, precision: int) -> None:
    found = when(told)
    assert found is not None
    assert (found.day, found.precision) == (wanted, precision)


def test_regimes_and_names_change_in_time() -> None:
    assert regime("AFG", date(2018, 8, 1)).start == 2014  # type: ignore[union-attr]
    assert regime("AFG", date(2021, 8, 14)).start == 2014  # type: ignore[union-attr]
    assert regime("AFG", date(2021, 8, 15)).start == 2021  # type: ignore[union-attr]
    assert regime("GRL", date(2021, 1, 1)) is None
    assert known_actor("taliban", date(2018, 1, 1)).inter == "Rebel group"  # type: ignore[union-attr]
    assert known_actor("taliban", date(2022, 1, 1)).inter == "State forces"  # type: ignore[union-attr]
    assert known_actor("islamic-state", date(2020, 1, 1), "AFG").name.startswith("Islamic State Khorasan")  # type: ignore[union-attr]


def test_interaction_labels() -> None:
    assert interaction("Rebel group", "State forces") == "State forces-Rebel group"
    assert interaction("Protesters", "") == "Protesters only"
    assert interaction("Civilians", "External/Other forces") == "External/Other forces-Civilians"


@pytest.mark.parametrize(
    ("count_", "wanted"),
    [
        (None, "no report"),
        (Count(**span("300"), what="participants", best=300), "300"),
        (Count(**span("about"), what="participants", best=3000, qualifier="about"), "around 3,000"),
        (
            Count(**span("200-300"), what="participants", low=200, best=250, high=300, qualifier="range"),
            "between 200 and 300",
        ),
        (Count(**span("hundreds"), what="participants", low=100, qualifier="hundreds"), "hundreds"),
    ],
)
def test_crowd_size(count_: Count | None, wanted: str) -> None:
    assert crowd_size(count_) == wanted


@pytest.mark.parametrize(
    ("changes", "check"),
    [
        ({"year": "2023"}, "acled/year"),
        ({"event_type": "Riots"}, "acled/sub-event-type"),
        ({"disorder_type": "Demonstrations"}, "acled/disorder-type"),
        ({"interaction": "Rebel group only"}, "acled/interaction"),
        ({"inter2": float("nan"), "interaction": "State forces only"}, "acled/actor2"),
        ({"actor2": "", "inter2": "", "interaction": "State forces only"}, "acled/one-sided"),
        ({"actor2": "Civilians (Somalia)"}, "acled/battles-civilians"),
        ({"civilian_targeting": "Civilians targeted"}, "acled/civilian-targeting"),
        ({"fatalities": "-1"}, "acled/fatalities"),
        ({"latitude": "93"}, "acled/latitude-range"),
        ({"longitude": "43.64981"}, "acled/longitude-decimals"),
        ({"geo_precision": "4"}, "acled/geo_precision"),
    ],
)
def test_each_check_finds_its_fault_and_no_other(changes: dict[str, Any], check: str) -> None:
    assert [c.id for c in ontology.checks if c.fault(ROW)] == []
    assert [c.id for c in ontology.checks if c.fault({**ROW, **changes})] == [check]


def test_codes_and_rules_hold_together() -> None:
    assert [len(ontology.allowed[c]) for c in ("event_type", "sub_event_type", "inter1", "interaction", "region")] == [
        6,
        25,
        8,
        44,
        17,
    ]
    assert not [fault for rule in ontology.rules for fault in unknown_words(rule, ontology.words)]
    for rule in ontology.rules:
        assert sub_events()[rule.codes["sub_event_type"]].event_type == rule.codes["event_type"], rule.id
