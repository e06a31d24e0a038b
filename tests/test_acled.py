"""The ACLED-style ontology on neutral events made by hand: columns, grouping, pairs, names, policies, rejections."""

from __future__ import annotations

from datetime import date
from typing import Any

import neutral_events as made
import pytest
from neutral_events import Seat, army, day, gunmen, killed, party, place, police, protesters, rebels, span, villagers

from eventcode.neutral import Count, Event, EventDate, Party, Place
from eventcode.ontologies.acled import AcledOntology, AcledRecord
from eventcode.ontologies.acled.tables import sub_events
from eventcode.ontologies.base import Coding
from eventcode.records import is_filled


@pytest.fixture
def acled() -> AcledOntology:
    made = AcledOntology()
    made.seat = lambda country, admin1: Seat("Seat of " + admin1, 1.23456, 2.0) if admin1 != "Nowhere" else None
    return made


def shabaab() -> Party:
    return rebels("al-shabaab", "al-Shabaab", "SOM")


def hizbul() -> Party:
    return rebels("hizbul-islam", "Hizbul Islam", "SOM")


def event(action: str, sources: Any = (), targets: Any = (), *, where: Any = "town", **more: Any) -> Event:
    """An event at Baidoa on 13 May 2024 if nothing else is said, told in a sentence that names both."""
    return made.told_here(made.event(action, sources, targets, where=place() if where == "town" else where, **more))


def code(acled: AcledOntology, *events: Event, actors: Any = ()) -> Coding:
    return acled.code(made.reading(*events, actors=actors))


def one(acled: AcledOntology, *events: Event, actors: Any = ()) -> AcledRecord:
    coding = code(acled, *events, actors=actors)
    assert len(coding.records) == 1, [r.reason for r in coding.rejections]
    record = coding.records[0]
    assert isinstance(record, AcledRecord)
    faults = [fault for check in acled.checks if (fault := check.fault(record.values()))]
    assert not faults
    return record


def test_every_column_of_a_clash(acled: AcledOntology) -> None:
    record = one(acled, event("clash", [army("SOM")], [shabaab()], counts=(killed(12),)))
    values = record.values()
    assert list(values)[:4] == ["event_id_cnty", "event_date", "year", "time_precision"]
    assert len(values) == 31
    assert values.pop("notes").startswith("On 13 May 2024, in Baidoa, Bay: A sentence of clash.")
    assert values == {
        "event_id_cnty": None,
        "event_date": date(2024, 5, 13),
        "year": 2024,
        "time_precision": 1,
        "disorder_type": "Political violence",
        "event_type": "Battles",
        "sub_event_type": "Armed clash",
        "actor1": "Military Forces of Somalia (2022-)",
        "assoc_actor_1": "",
        "inter1": "State forces",
        "actor2": "Al Shabaab",
        "assoc_actor_2": "",
        "inter2": "Rebel group",
        "interaction": "State forces-Rebel group",
        "civilian_targeting": "",
        "iso": 706,
        "region": "Eastern Africa",
        "country": "Somalia",
        "admin1": "Bay",
        "admin2": "",
        "admin3": "",
        "location": "Baidoa",
        "latitude": 3.1138,
        "longitude": 43.6498,
        "geo_precision": 1,
        "source": "The Daily Example",
        "source_scale": None,
        "fatalities": 12,
        "tags": "",
        "timestamp": None,
    }


def test_every_filled_column_has_evidence_with_rules(acled: AcledOntology) -> None:
    record = one(acled, event("protest", [protesters()]))
    for column, value in record.values().items():
        if is_filled(value):
            assert record.provenance[column].rules, column
    assert record.provenance["sub_event_type"].text == "protest"
    assert "acled/protests/peaceful" in record.provenance["sub_event_type"].rules
    assert record.provenance["event_date"].text == "Monday"
    assert record.meta.ontology == "acled"
    assert record.meta.events


CASES = [
    ("clash", [army("SOM")], [shabaab()], {}, "Armed clash"),
    ("attack", [shabaab()], [army("SOM")], {}, "Armed clash"),
    ("capture_territory", [shabaab()], [army("SOM")], {}, "Non-state actor overtakes territory"),
    ("retake_territory", [army("SOM")], [shabaab()], {}, "Government regains territory"),
    ("capture_territory", [army("ETH")], [shabaab()], {}, "Non-state actor overtakes territory"),
    ("protest", [protesters()], [], {}, "Peaceful protest"),
    ("disperse", [police()], [protesters()], {}, "Protest with intervention"),
    ("shoot", [police()], [protesters()], {}, "Excessive force against protesters"),
    ("disperse", [police()], [protesters()], {"counts": (killed(2),)}, "Excessive force against protesters"),
    ("riot", [party("youths", "civilian", "rioter")], [], {}, "Violent demonstration"),
    ("clash", [protesters()], [police()], {}, "Violent demonstration"),
    ("beat", [party("mob", "civilian", "rioter")], [villagers()], {}, "Mob violence"),
    ("clash", [villagers()], [police()], {}, "Mob violence"),
    ("bombard", [army("SOM")], [shabaab()], {"weapons": ("drone",)}, "Air/drone strike"),
    ("attack", [army("SOM")], [villagers()], {"weapons": ("chemical",)}, "Chemical weapon"),
    ("suicide_bombing", [shabaab()], [army("SOM")], {}, "Suicide bomb"),
    ("bombard", [army("SOM")], [villagers()], {"weapons": ("mortar",)}, "Shelling/artillery/missile attack"),
    ("explode", [], [army("SOM")], {"weapons": ("ied",)}, "Remote explosive/landmine/IED"),
    ("explode", [gunmen()], [villagers()], {"weapons": ("bomb", "grenade")}, "Grenade"),
    ("sexual_violence", [gunmen()], [villagers()], {}, "Sexual violence"),
    ("shoot", [army("SOM")], [villagers()], {}, "Attack"),
    ("assassinate", [], [party("editor", "civilian", "media", "person")], {}, "Attack"),
    ("execute", [shabaab()], [army("SOM")], {}, "Attack"),
    ("abduct", [gunmen()], [villagers()], {}, "Abduction/forced disappearance"),
    ("arrest", [shabaab()], [villagers()], {}, "Abduction/forced disappearance"),
    ("surrender", [shabaab()], [army("SOM")], {}, "Agreement"),
    ("ceasefire", [army("SOM")], [shabaab()], {}, "Agreement"),
    ("negotiate", [army("SOM")], [shabaab()], {}, "Agreement"),
    ("release", [shabaab()], [villagers()], {}, "Agreement"),
    ("arrest", [police()], [party("lawmaker", "opposition", "person")], {}, "Arrests"),
    ("deploy", [army("SOM")], [], {}, "Change to group/activity"),
    ("defect", [army("SOM")], [shabaab()], {}, "Change to group/activity"),
    ("disrupt_weapon", [police()], [], {}, "Disrupted weapons use"),
    ("establish_base", [army("SOM")], [], {}, "Headquarters or base established"),
    ("loot", [gunmen()], [villagers()], {}, "Looting/property destruction"),
    ("withdraw_forces", [shabaab()], [], {}, "Non-violent transfer of territory"),
    ("coup", [army("SOM")], [], {}, "Other"),
]


@pytest.mark.parametrize(
    ("action", "sources", "targets", "more", "wanted"), CASES, ids=[f"{c[0]}-{c[4]}" for c in CASES]
)
def test_sub_event_type(acled: AcledOntology, action: str, sources: Any, targets: Any, more: Any, wanted: str) -> None:
    record = one(acled, event(action, sources, targets, **more))
    assert record.sub_event_type == wanted
    assert record.event_type == sub_events()[wanted].event_type
    assert not [lost for lost in record.alternatives.get("sub_event_type", ()) if lost.reason == "also fires"]


def test_all_sub_event_types_can_be_coded() -> None:
    assert {case[4] for case in CASES} == set(sub_events())


@pytest.mark.parametrize("action", ["say", "condemn", "demand", "threaten", "sanction", "give_aid", "visit", "strike"])
def test_words_and_diplomacy_make_no_record(acled: AcledOntology, action: str) -> None:
    coding = code(acled, event(action, [army("SOM")], [army("ETH")]))
    assert coding.records == []
    assert action in coding.rejections[0].reason


@pytest.mark.parametrize("status", ["negated", "intended", "hypothetical", "historical"])
def test_only_what_happened(acled: AcledOntology, status: str) -> None:
    coding = code(acled, event("clash", [army("SOM")], [shabaab()], status=status))
    assert coding.records == []
    assert status in coding.rejections[0].reason


def test_background_mention(acled: AcledOntology) -> None:
    fallback = place().model_copy(update={"start": None, "end": None})
    quiet = event("attack", [shabaab()], [army("SOM")], asserted=False, where=fallback, on=day(basis="published"))
    assert "background mention" in code(acled, quiet).rejections[0].reason
    assert one(acled, event("attack", [shabaab()], [army("SOM")], asserted=False)).sub_event_type == "Armed clash"


def test_ordinary_crime_is_no_arrest_event_but_mass_arrests_are(acled: AcledOntology) -> None:
    assert code(acled, event("arrest", [police()], [villagers()])).records == []
    many = Count(**span("60"), what="detained", who="residents", low=60, best=60, high=60)
    assert one(acled, event("arrest", [police()], [villagers()], counts=(many,))).sub_event_type == "Arrests"


def test_trade_deals_are_no_agreement(acled: AcledOntology) -> None:
    assert code(acled, event("sign_agreement", [army("SOM")], [army("ETH")])).records == []


def test_protest_that_turns_violent_is_one_riot(acled: AcledOntology) -> None:
    record = one(acled, event("protest", [protesters()]), event("clash", [protesters()], [police()]))
    assert (record.event_type, record.actor1, record.inter2) == ("Riots", "Rioters (Somalia)", "State forces")
    assert [lost.value for lost in record.alternatives["sub_event_type"]] == ["Peaceful protest"]
    assert record.interaction == "State forces-Rioters"


def test_dispersal_folds_the_protest_in_and_protesters_come_first(acled: AcledOntology) -> None:
    record = one(acled, event("protest", [protesters()]), event("disperse", [police()], [protesters()]))
    assert (record.sub_event_type, record.actor1) == ("Protest with intervention", "Protesters (Somalia)")
    assert record.actor2 == "Police Forces of Somalia (2022-)"
    assert record.civilian_targeting == ""


def test_people_arrested_at_a_protest_are_protesters(acled: AcledOntology) -> None:
    march = event("protest", [])
    taken = event("arrest", [police()], [party("people", "civilian", "person")])
    same = taken.reports[0].model_copy(update={"sentence": march.reports[0].sentence})
    record = one(acled, march, taken.model_copy(update={"reports": (same,)}))
    assert (record.sub_event_type, record.inter1) == ("Protest with intervention", "Protesters")


def test_battle_beats_what_else_the_pair_did_that_day(acled: AcledOntology) -> None:
    record = one(
        acled,
        event("bombard", [army("SOM")], [shabaab()], weapons=("artillery",)),
        event("clash", [shabaab()], [army("SOM")]),
    )
    assert record.sub_event_type == "Armed clash"
    assert record.alternatives["sub_event_type"][0].value == "Shelling/artillery/missile attack"


def test_other_day_or_place_is_another_event(acled: AcledOntology) -> None:
    coding = code(
        acled,
        event("clash", [army("SOM")], [shabaab()]),
        event("clash", [army("SOM")], [shabaab()], on=day("2024-05-12")),
        event("clash", [army("SOM")], [shabaab()], where=place("Jowhar", admin1="Hirshabelle")),
    )
    assert len(coding.records) == 3


def test_province_and_town_in_it_are_one_event_at_the_town(acled: AcledOntology) -> None:
    wide = place("Bay", "province", kind="admin1")
    record = one(
        acled, event("clash", [army("SOM")], [shabaab()], where=wide), event("attack", [shabaab()], [army("SOM")])
    )
    assert (record.location, record.geo_precision) == ("Baidoa", 1)


def test_enemies_on_one_side_make_two_records_state_first(acled: AcledOntology) -> None:
    given = Count(**span("over 100"), what="surrendered", who="members", low=100, best=100, qualifier="at_least")
    coding = code(acled, event("surrender", [shabaab()], [hizbul(), army("SOM")], counts=(given,)))
    assert [(r.actor1, r.actor2) for r in coding.records] == [
        ("Al Shabaab", "Military Forces of Somalia (2022-)"),
        ("Al Shabaab", "Hizbul Islam"),
    ]
    assert [r.fatalities for r in coding.records] == [0, 0]


def test_deaths_are_not_counted_in_both_records_of_an_event(acled: AcledOntology) -> None:
    coding = code(acled, event("attack", [shabaab()], [army("SOM"), hizbul()], counts=(killed(7),)))
    assert sorted(r.fatalities for r in coding.records) == [0, 7]


def test_allies_are_associated(acled: AcledOntology) -> None:
    record = one(acled, event("attack", [army("SOM"), army("ETH", "Ethiopian troops")], [shabaab()]))
    assert record.actor1 == "Military Forces of Somalia (2022-)"
    assert record.assoc_actor_1 == "Military Forces of Ethiopia (2018-)"


def test_custody_of_the_same_fighters_folds_into_the_surrender(acled: AcledOntology) -> None:
    unnamed = party("members of the group", *made.REBEL, sector="REB")
    record = one(acled, event("surrender", [shabaab()], [army("SOM")]), event("arrest", [army("SOM")], [unnamed]))
    assert (record.sub_event_type, record.actor1) == ("Agreement", "Al Shabaab")
    assert record.alternatives["sub_event_type"][0].value == "Arrests"


def test_civilians_beside_soldiers(acled: AcledOntology) -> None:
    battle = one(acled, event("attack", [shabaab()], [army("SOM"), villagers()], counts=(killed(5),)))
    assert (battle.actor2, battle.assoc_actor_2, battle.fatalities) == ("Military Forces of Somalia (2022-)", "", 5)
    bomb = one(
        acled, event("explode", [shabaab()], [army("SOM"), party("students", "civilian", "student")], weapons=("ied",))
    )
    assert (bomb.inter2, bomb.assoc_actor_2, bomb.civilian_targeting) == ("State forces", "Students (Somalia)", "")


def test_victims_are_civilians_with_what_they_are(acled: AcledOntology) -> None:
    record = one(acled, event("abduct", [gunmen()], [party("nurses", "civilian", "health", "women")]))
    assert record.actor1 == "Unidentified Armed Group (Somalia)"
    assert (record.actor2, record.assoc_actor_2) == ("Civilians (Somalia)", "Health Workers (Somalia); Women (Somalia)")
    assert record.civilian_targeting == "Civilians targeted"
    mayor = one(acled, event("assassinate", [shabaab()], [party("mayor", "state", "government", "official", "person")]))
    assert (mayor.actor2, mayor.assoc_actor_2) == ("Civilians (Somalia)", "Government of Somalia (2022-)")


def test_counted_people_stand_in_for_an_unnamed_target(acled: AcledOntology) -> None:
    record = one(acled, event("attack", [gunmen()], [party("village")], counts=(killed(4),)))
    assert (record.sub_event_type, record.actor2, record.fatalities) == ("Attack", "Civilians (Somalia)", 4)
    guards = army("SOM", "guards")
    dead = killed(4, "guards").model_copy(update={"start": guards.start, "end": guards.end})
    battle = one(acled, event("attack", [gunmen()], [party("compound")], counts=(dead,)), actors=[guards])
    assert (battle.sub_event_type, battle.inter2) == ("Armed clash", "State forces")


def test_state_abroad_is_external_and_7_8_is_printed_the_other_way(acled: AcledOntology) -> None:
    record = one(acled, event("bombard", [army("ETH")], [villagers()], weapons=("aircraft",)))
    assert (record.inter1, record.interaction) == ("External/Other forces", "External/Other forces-Civilians")
    peace = party(
        "peacekeepers", "armed", "peacekeeper", "international", sector="MIL", name="AMISOM", actor_id="amisom"
    )
    assert one(acled, event("clash", [peace], [shabaab()])).inter1 == "External/Other forces"


def test_a_toll_goes_to_its_fight(acled: AcledOntology) -> None:
    fight = event("clash", [army("SOM")], [shabaab()], on=day(basis="published"))
    toll = event(
        "kill",
        [],
        [army("SOM"), shabaab()],
        counts=(killed(5, "soldiers"), killed(3, "fighters")),
        on=day(basis="published"),
    )
    coding = code(acled, fight, toll)
    assert [r.fatalities for r in coding.records] == [8]
    assert "counted with clash" in coding.rejections[0].reason


FATALITIES = [
    ((killed(12),), 12),
    ((), 0),
    ((killed(None, qualifier="dozens"),), 12),
    ((killed(None, qualifier="hundreds"),), 100),
    ((killed(None, qualifier="several"),), 3),
    ((killed(9), killed(14)), 9),
    ((killed(3, "soldiers"), killed(5, "rebels")), 8),
    ((killed(8), killed(3, "soldiers"), killed(5, "rebels")), 8),
    ((killed(10, qualifier="at_least", high=None),), 10),
    ((killed(20, qualifier="range", low=15, high=25),), 15),
    ((killed(7), killed(2, "children", part_of_total=True)), 7),
    ((killed(0, qualifier="none"),), 0),
]


@pytest.mark.parametrize(("counts", "wanted"), FATALITIES)
def test_fatalities(acled: AcledOntology, counts: Any, wanted: int) -> None:
    record = one(acled, event("clash", [army("SOM")], [shabaab()], counts=counts))
    assert record.fatalities == wanted
    assert any(rule.startswith("acled/fatalities/") for rule in record.provenance["fatalities"].rules)


def test_dead_without_a_number_and_the_bomber(acled: AcledOntology) -> None:
    editor = party("Amina Yusuf", "person")
    assert one(acled, event("assassinate", [shabaab()], [editor])).fatalities == 1
    assert one(acled, event("kill", [shabaab()], [party("herders", "civilian")])).fatalities == 3
    assert (
        one(acled, event("suicide_bombing", [shabaab()], [army("SOM")], counts=(killed(4, "soldiers"),))).fatalities
        == 5
    )


def test_nothing_vaguer_than_a_month(acled: AcledOntology) -> None:
    for told in (
        day("2023-01-01", "2023-12-31", precision="year"),
        day("2024-01-01", "2024-03-31", precision="month"),
    ):
        coding = code(acled, event("clash", [army("SOM")], [shabaab()], on=told))
        assert coding.records == []
        assert "no date" in coding.rejections[0].reason


def test_places(acled: AcledOntology) -> None:
    near = one(acled, event("clash", [army("SOM")], [shabaab()], where=place(precision="near")))
    wide = one(acled, event("clash", [army("SOM")], [shabaab()], where=place("Bay", "province", kind="admin1")))
    assert (near.location, near.geo_precision) == ("Baidoa", 2)
    assert (wide.location, wide.geo_precision, wide.latitude) == ("Seat of Bay", 3, 1.2346)
    assert "acled/place/provincial-capital" in wide.provenance["location"].rules
    lost = one(
        acled,
        event("clash", [army("SOM")], [shabaab()], where=place("Nowhere", "province", admin1="Nowhere", latitude=None)),
    )
    assert (lost.location, lost.latitude) == ("Nowhere", None)
    assert lost.meta.warnings


def test_country_only(acled: AcledOntology) -> None:
    nation = Place(**span("Somalia"), name="Somalia", kind="country", country="SOM", precision="country")
    vague = event("clash", [army("SOM")], [shabaab()], where=nation, on=made.day(basis="published"))
    assert "province" in code(acled, vague).rejections[0].reason
    dated = one(acled, event("clash", [army("SOM")], [shabaab()], where=nation))
    assert (dated.location, dated.admin1, dated.geo_precision) == ("Somalia", "", 3)
    assert dated.meta.warnings
    truce = one(acled, event("ceasefire", [army("SOM")], [shabaab()], where=nation))
    assert (truce.location, truce.latitude, truce.geo_precision) == ("Somalia", None, 3)
    assert one(acled, event("ceasefire", [army("SOM")], [shabaab()], where=None)).country == "Somalia"
    assert code(acled, event("ceasefire", [army("ETH")], [shabaab()], where=None)).records == []


def test_unknown_regime_is_a_warning_and_no_years(acled: AcledOntology) -> None:
    where = place("Nuuk", country="GRL", admin1="Sermersooq")
    record = one(acled, event("disrupt_weapon", [police()], where=where))
    assert record.actor1 == "Police Forces of Greenland"
    assert any("regime" in warning for warning in record.meta.warnings)


def test_conflicting_figures_are_in_the_notes(acled: AcledOntology) -> None:
    record = one(
        acled,
        event(
            "clash", [army("SOM")], [shabaab()], counts=(killed(9), killed(14, attributed_to=army("SOM", "a doctor")))
        ),
    )
    assert "9 killed; 14 killed (a doctor)" in record.notes


def test_who_intervened_and_who_protested_come_from_the_whole_group(acled: AcledOntology) -> None:
    teachers = party("teachers", "civilian", "education", "person")
    record = one(acled, event("protest", [teachers]), event("arrest", [], [protesters()]))
    assert (record.sub_event_type, record.assoc_actor_1) == ("Protest with intervention", "Teachers (Somalia)")
    assert record.actor2 == "Police Forces of Somalia (2022-)"
    assert "acled/actors/authorities" in record.provenance["actor2"].rules


def test_talks_abroad_are_with_the_government_of_the_group(acled: AcledOntology) -> None:
    negotiators = party("government negotiators", "state", "government", "official", "person")
    nairobi = place("Nairobi", country="KEN", admin1="Nairobi")
    record = one(acled, event("negotiate", [negotiators], [shabaab()], where=nairobi))
    assert (record.actor1, record.country) == ("Government of Somalia (2022-)", "Kenya")


def test_an_official_of_the_rebels_is_a_rebel(acled: AcledOntology) -> None:
    delegate = shabaab().model_copy(update={"traits": (*made.REBEL, "official", "person")})
    assert one(acled, event("meet", [army("SOM")], [delegate])).inter2 == "Rebel group"


def test_without_any_date_the_record_says_so(acled: AcledOntology) -> None:
    undated = made.reading(event("clash", [army("SOM")], [shabaab()], on=EventDate()), published=None)
    record = acled.code(undated).records[0]
    assert isinstance(record, AcledRecord)
    assert (record.event_date, record.year, record.time_precision) == (None, None, None)
    assert record.actor1 == "Military Forces of Somalia"
    assert record.notes.startswith("In Baidoa, Bay: ")
    assert [check.id for check in acled.checks if check.fault(record.values())] == ["acled/date"]
    assert any("no date" in warning for warning in record.meta.warnings)
    assert acled.code(made.reading(event("clash", [army("SOM")], [shabaab()], on=EventDate()))).records == []


def test_one_sided_report_does_not_recast_what_is_told_of_both(acled: AcledOntology) -> None:
    coding = code(acled, event("abduct", [shabaab()], [villagers()]), event("explode", [shabaab()], weapons=("bomb",)))
    assert sorted(r.event_type for r in coding.records) == ["Explosions/Remote violence", "Violence against civilians"]


def test_whoever_is_dispersed_is_a_crowd(acled: AcledOntology) -> None:
    record = one(acled, event("protest", [protesters()]), event("disperse", [police()]))
    assert (record.inter1, record.inter2, record.sub_event_type) == (
        "Protesters",
        "State forces",
        "Protest with intervention",
    )
