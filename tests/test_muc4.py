"""The MUC-4 benchmark: its rules' examples, and messages of our own turned into templates."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import eventcode as ec
from eventcode.testing import walk

FOLDER = Path(__file__).resolve().parent.parent / "benchmarks" / "muc4"
MODULES = ("circumstances", "incidents", "perpetrators", "phrases", "sites", "tables", "targets", "text")

KIDNAPPING = (
    "BOGOTA, 12 AUG 90 (WIRE) -- [TEXT] FOUR ARMED MEN KIDNAPPED CONGRESSMAN ERNESTO CAICEDO ON 10 AUGUST "
    "IN IBAGUE. THE NATIONAL LIBERATION ARMY (ELN) CLAIMED RESPONSIBILITY FOR THE KIDNAPPING.\n"
)
BOMBING = (
    "LIMA, 3 MAY 90 (WIRE) -- [TEXT] A CAR BOMB EXPLODED TONIGHT OUTSIDE THE SPANISH EMBASSY IN LIMA, WOUNDING TWO "
    "WATCHMEN AND DAMAGING THE BUILDING.\n"
)
TALKS = "SANTIAGO, 3 MAY 90 (WIRE) -- [TEXT] THE MINISTERS OF FINANCE MET TODAY TO TALK ABOUT THE PRICE OF COPPER.\n"


@pytest.fixture(scope="module")
def code() -> Iterator[Callable[[str, str], list[dict[str, Any]]]]:
    """Message and its date to templates; the adapter's modules are imported from their folder for these tests only."""
    sys.path.insert(0, str(FOLDER))
    known = set(sys.modules)
    incidents, text = importlib.import_module("incidents"), importlib.import_module("text")
    coder = ec.load(FOLDER)

    def run(message: str, published: str) -> list[dict[str, Any]]:
        article = ec.Article(text.body(message), published=published)
        made: list[dict[str, Any]] = incidents.templates(coder, coder.trace(article))
        return made

    yield run
    sys.path.remove(str(FOLDER))
    for name in MODULES:
        if name not in known:
            sys.modules.pop(name, None)


def test_every_rule_fires_on_its_examples() -> None:
    assert walk(FOLDER) == []


def test_a_kidnapping(code: Callable[[str, str], list[dict[str, Any]]]) -> None:
    (made,) = code(KIDNAPPING, "1990-08-12")
    assert (made["incident_type"], made["stage_of_execution"]) == ("KIDNAPPING", "ACCOMPLISHED")
    assert made["incident_date"] == "10 AUG 90"
    assert made["incident_location"] == "COLOMBIA: IBAGUE"
    assert made["hum_tgt_name"] == ["ERNESTO CAICEDO"]
    assert made["hum_tgt_type"] == [{"value": "GOVERNMENT OFFICIAL", "ref": "ERNESTO CAICEDO"}]
    assert made["perp_individual_id"] == ["FOUR ARMED MEN"]
    assert made["perp_organization_confidence"][0]["value"] == "CLAIMED OR ADMITTED"


def test_a_bombing(code: Callable[[str, str], list[dict[str, Any]]]) -> None:
    (made,) = code(BOMBING, "1990-05-03")
    assert made["incident_type"] == "BOMBING"
    assert {"value": "VEHICLE BOMB", "ref": "CAR BOMB"} in made["instrument_type"]
    assert "SPANISH EMBASSY" in made["phys_tgt_id"]
    assert {"value": "SPAIN", "ref": "SPANISH EMBASSY"} in made["phys_tgt_foreign_nation"]
    assert {"value": "2", "ref": "TWO WATCHMEN"} in made["hum_tgt_number"]
    assert {"value": "INJURY", "ref": "TWO WATCHMEN"} in made["hum_tgt_effect"]


def test_no_incident_gives_no_template(code: Callable[[str, str], list[dict[str, Any]]]) -> None:
    assert code(TALKS, "1990-05-03") == []


def test_a_date_that_is_not_told_is_open(code: Callable[[str, str], list[dict[str, Any]]]) -> None:
    message = "CALI, 9 JUL 90 (WIRE) -- [TEXT] POLICE REPORTED TODAY THAT GUNMEN HAD KILLED JUDGE ELVIRA SOTO.\n"
    (made,) = code(message, "1990-07-09")
    assert made["incident_date"] == "- 09 JUL 90"


def test_notes_of_the_editors_are_blanked_in_place() -> None:
    sys.path.insert(0, str(FOLDER))
    try:
        body = importlib.import_module("text").body
    finally:
        sys.path.remove(str(FOLDER))
    message = "QUITO -- [TEXT] HE SAID [WORDS INDISTINCT] AND [THE MINISTER] LEFT. [END RECORDING]"
    made = body(message)
    assert len(made) == len(message)
    assert "INDISTINCT" not in made
    assert "[THE MINISTER]" in made
