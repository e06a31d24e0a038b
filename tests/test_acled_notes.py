"""Notes of one or two sentences about violence, as data sets tell them: names, places in brackets, short forms."""

from __future__ import annotations

import pytest

import eventcode as ec
from eventcode.ontologies.acled.tables import known_actor, theatres, unit

NOTES = [
    ("On 4 June 2022, army troops raided Kin village (Khin-U township, Sagaing region) and shot dead 5 villagers.",
     {"location": "Kin", "admin1": "Sagaing", "actor2": "Civilians (Myanmar)", "fatalities": 5}),
    ("On 26 February 2019, gunmen believed to be Fulani herders attacked Maro village in Kajuru LGA of Kaduna State, "
     "Nigeria, killing 17 residents.",
     {"sub_event_type": "Attack", "actor1": "Fulani Ethnic Militia (Nigeria)", "location": "Maro", "fatalities": 17}),
    ("On 18 June 2022, gunmen suspected to be members of OLF-Shane killed 30 civilians in Tole village (Oromia).",
     {"actor1": "OLA: Oromo Liberation Army", "actor2": "Civilians (Ethiopia)", "fatalities": 30}),
    ("On 9 August 2023, unknown armed men killed a village chief and abducted his two sons in Tongo Tongo (Tillaberi).",
     {"sub_event_type": "Attack", "location": "Tongo Tongo", "fatalities": 1}),
    ("On 13 July 2018, a suicide bomber targeted a rally in Dringarh village (Mastung, Balochistan). 20 people died.",
     {"sub_event_type": "Suicide bomb", "location": "Dringarh", "fatalities": 21}),
    ("On 29 March 2023, ELN guerrillas attacked an army post in El Carmen (Norte de Santander) with explosives and "
     "rifles, killing nine soldiers.", {"sub_event_type": "Armed clash", "fatalities": 9}),
    ("On 8 July 2023, an air strike on Dar es Salaam neighborhood in Omdurman killed 22 civilians.",
     {"country": "Sudan", "actor2": "Civilians (Sudan)"}),
    ("On 2 May 2023, police officers and drug traffickers exchanged fire in Rio de Janeiro. Three suspects were killed "
     "and an officer wounded.", {"sub_event_type": "Armed clash", "fatalities": 3}),
    ("On 15 March 2021, suspected ISGS gunmen on motorbikes attacked vehicles in Banibangou (Tillaberi), killing 58 "
     "civilians.", {"actor1": "Islamic State Sahel Province (ISSP)", "fatalities": 58}),
    ("On 13 November 2022, two VDP were killed when their motorcycle hit an IED in Pouytenga (Centre-Est).",
     {"sub_event_type": "Remote explosive/landmine/IED", "fatalities": 2}),
    ("On 26 November 2019, the NPA shot and killed a barangay guard in Las Navas (Northern Samar).",
     {"actor1": "NPA: New People's Army", "fatalities": 1}),
    ("On 4 March 2023, six armed men stormed the house of Governor Ben Cruz in Pamplona (Negros Oriental), killing him "
     "and eight others.", {"sub_event_type": "Attack", "fatalities": 9}),
    ("On 20 October 2018, about 40 gunmen shot dead nine farmers, including women, in Sagay (Negros Occidental).",
     {"fatalities": 9}),
    ("On 25 October 2024, RSF stormed Al-Sireha village (Gezira) and opened fire on residents. At least 24 dead, 10 "
     "wounded.", {"sub_event_type": "Attack", "actor1": "Rapid Support Forces", "fatalities": 24}),
    ("On 18 October 2016, coalition warplanes struck a funeral hall in Sanaa, killing 140 people.",
     {"actor1": "Operation Restoring Hope", "actor2": "Civilians (Yemen)", "fatalities": 140}),
    ("On 12 December 2021, soldiers of the Rapid Intervention Battalion shot dead a trader in the Nkwen neighborhood "
     "of Bamenda, Cameroon.",
     {"actor1": "Military Forces of Cameroon (1982-) Rapid Intervention Battalion", "location": "Bamenda - Nkwen"}),
    ("On 5 January 2023, soldiers and members of the Sinaloa Cartel exchanged gunfire in Culiacan (Sinaloa). 10 "
     "soldiers and 19 gunmen died.", {"actor2": "Sinaloa Cartel", "fatalities": 29}),
    ("On 5 April 2021, gunmen attacked the police headquarters and a prison in Owerri (Imo state), freeing 1,800 "
     "inmates.", {"sub_event_type": "Armed clash", "inter2": "State forces"}),
    ("On 26 May 2023, Al Shabaab overran an ATMIS base in Buulo Mareer (Lower Shabelle). 54 Ugandan soldiers were "
     "killed.",
     {"actor2": "ATMIS: African Union Transition Mission in Somalia (2022-2024)", "fatalities": 54}),
]


@pytest.mark.parametrize(("note", "expected"), NOTES)
def test_first_record_of_a_note(note: str, expected: dict[str, object]) -> None:
    records = ec.load("acled").code(note, published="2024-12-31")
    assert records
    row = records[0].model_dump(mode="json")
    assert {column: row[column] for column in expected} == expected


def test_blockade_of_fighters_is_no_protest() -> None:
    records = ec.load("acled").code(
        "Militants blocked a highway near Kalat in Balochistan on Sunday and shot six bus passengers.",
        published="2024-08-27")
    assert "Protests" not in {record.event_type for record in records}


def test_denied_blame_names_nobody() -> None:
    (record,) = ec.load("acled").code(
        "An explosion in Istanbul killed six people on Sunday. Turkey blamed the PKK, which denied any involvement.",
        published="2022-11-16")
    assert record.actor1 == "Unidentified Armed Group (Turkey)"


@pytest.mark.parametrize(("words", "country", "expected"), [
    ("military police", "BRA", ("Police", "Military Police")),
    ("military police", "UGA", ("Military", "Military Police")),
    ("Central Reserve Police Force", "IND", ("Police", "Central Reserve Police Force")),
    ("soldiers", "IND", None),
])
def test_units_by_country(words: str, country: str, expected: tuple[str, str] | None) -> None:
    assert unit(words, country) == expected


def test_missions_have_a_theatre_and_a_name() -> None:
    assert theatres()["monusco"] == "COD"
    assert known_actor("monusco", None) is not None
