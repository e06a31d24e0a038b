"""What the words around a demonstration say of it in the ACLED coder: organizers, grievances, mobs, those hurt, and
demonstrations of which no place is told."""

from __future__ import annotations

from functools import cache

import pytest

import eventcode as ec
from eventcode.coder import Coder
from eventcode.ontologies.acled.record import AcledRecord


@cache
def coder() -> Coder:
    return ec.load("acled")


def first(text: str, published: str = "2020-03-04") -> AcledRecord:
    """The first record of a text."""
    record = coder().code(text, published=published)[0]
    assert isinstance(record, AcledRecord)
    return record


@pytest.mark.parametrize(("text", "expected"), [
    # what a protest is about is no deed of its day
    ("Nurses held a demonstration in Kisumu on Monday against the killing of a colleague.",
     ("Peaceful protest", "Protesters (Kenya)", "", 0)),
    ("Youths threw stones at police in Lyon on Monday over the killing of a boy. The officer who fired is in custody.",
     ("Violent demonstration", "Rioters (France)", "Police Forces of France (2017-)", 0)),
    # some of the marchers throw stones
    ("Hundreds of pensioners marched through Patras on Monday, and some hurled bottles at the police.",
     ("Violent demonstration", "Rioters (Greece)", "Police Forces of Greece (2019-)", 0)),
    # barricades and burning tyres make a road block violent
    ("Residents blocked the main road in Mbombela on Monday with burning tyres.",
     ("Violent demonstration", "Rioters (South Africa)", "", 0)),
    # people who need a hospital are gravely hurt; who sets upon protesters are rioters
    ("Supporters of the mayor beat protesters in Kandy on Monday. Thirty were rushed to hospital.",
     ("Excessive force against protesters", "Protesters (Sri Lanka)", "Rioters (Sri Lanka)", 0)),
    # looters are no demonstration, and one who is shot is one of them
    ("A mob looted six shops in Soweto on Monday.",
     ("Mob violence", "Rioters (South Africa)", "Civilians (South Africa)", 0)),
    ("Clashes broke out between villagers of two hamlets near Bhagalpur on Monday.",
     ("Mob violence", "Rioters (India)", "Rioters (India)", 0)),
    # arrests of nobody named, told with a demonstration
    ("Students protested in Lille on Monday. Police used batons on them and arrested around 50.",
     ("Protest with intervention", "Protesters (France)", "Police Forces of France (2017-)", 0)),
    # some of the marchers led away when all is over, told by no word of arrest
    ("Lecturers marched through Kisumu on Monday over unpaid leave. Officers walked two of them to a van when the last "
     "speech was over.", ("Protest with intervention", "Protesters (Kenya)", "Police Forces of Kenya (2013-2022)", 0)),
    # two crowds, each the other's victim; what they hold in their hands is nobody's
    ("Students and vendors fought with clubs and bottles at a market in Kumasi on Monday.",
     ("Mob violence", "Rioters (Ghana)", "Rioters (Ghana)", 0)),
    # what is protested about, told before what the crowd did
    ("Supporters protesting the arrest of a senator clashed with police in Kisumu on Monday.",
     ("Violent demonstration", "Rioters (Kenya)", "Police Forces of Kenya (2013-2022)", 0)),
    # who gains the place is named first
    ("Somali soldiers withdrew from Afgooye on Monday and Al Shabaab fighters entered the town without a fight.",
     ("Non-violent transfer of territory", "Al Shabaab", "Military Forces of Somalia (2017-2022)", 0)),
    # a place that is taken without a shot
    ("Rebels captured Bambari on Monday without firing a shot.",
     ("Non-violent transfer of territory", "Unidentified Armed Group (Central African Republic)", "", 0)),
    # weapons found in a house
    ("The army seized weapons and ammunition from a house in Beni on Monday.",
     ("Disrupted weapons use", "Military Forces of Democratic Republic of Congo (2019-)", "", 0)),
])
def test_what_a_story_says_of_a_crowd(text: str, expected: tuple[str, str, str, int]) -> None:
    found = first(text)
    assert (found.sub_event_type, found.actor1, found.actor2, found.fatalities) == expected


@pytest.mark.parametrize(("text", "allies"), [
    ("Farmers affiliated with the Bharatiya Kisan Union held a dharna in Karnal on Monday.",
     {"Farmers (India)", "BKU: Bharatiya Kisan Union"}),
    ("BJP workers protested in Howrah on Monday.", {"BJP: Bharatiya Janata Party"}),
    ("Taxi drivers protested in Matadi on Monday.", {"Taxi Drivers (Democratic Republic of Congo)"}),
])
def test_organizers_and_trades_are_associated(text: str, allies: set[str]) -> None:
    assert set(first(text).assoc_actor_1.split("; ")) == allies


def test_a_note_in_brackets_denies_nothing_and_tells_the_size() -> None:
    assert first("On 2 March 2020, women gathered in Puebla to demand justice. [size=no report]").tags == \
        "crowd size=no report"
    assert first("On 2 March 2020, students held a rally in Puebla [size=around 300].").tags == "crowd size=around 300"


def test_a_first_sentence_without_an_act_sets_the_day() -> None:
    told = first("Empty stalls were what was left of the market in Kisumu on Monday. A crowd beat a stranger to death.")
    assert (str(told.event_date), told.sub_event_type) == ("2020-03-02", "Mob violence")


def test_around_a_day_is_a_week() -> None:
    assert first("Around 2 March 2020, women held a rally in Puebla.").time_precision == 2


def test_a_demonstration_without_a_place_has_blanks_and_a_warning() -> None:
    found = first("Villagers gheraoed the block officer for six hours over wages.")
    assert (found.sub_event_type, found.country, found.location, found.iso) == ("Peaceful protest", "", "", None)
    assert any("no place" in warning for warning in found.meta.warnings)
    assert [check.id for check in coder().ontology.checks if check.fault(found.values())] == ["acled/country"]


def test_a_demonstration_without_a_place_gives_way_to_one_with_a_place() -> None:
    found = coder().code("Villagers gheraoed an officer over wages. On Monday, 200 nurses marched through Lusaka.",
                         published="2020-03-04")
    assert [record.country for record in found] == ["Zambia"]
