"""Whole stories: what several sentences, a headline and a lead, a recap and a background tell of one act or of two."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

import eventcode as ec
from eventcode.coder import Coder

RAID = "\n\n".join((
    "Gunmen on motorbikes kill at least 14 in northern Burkina Faso",
    "OUAGADOUGOU, May 5 (Agency) - Armed men on motorbikes stormed a village near Djibo on Saturday, killing at least "
    "14 people and setting fire to granaries, two residents said.",
    '"They took all our goats," one of them said.',
    "Three soldiers were wounded on Sunday when their truck hit a landmine near Arbinda, the army said. An army "
    "helicopter bombed a camp near Dori the same day, killing eight jihadists."))


@cache
def coder(ontology: str) -> Coder:
    return ec.load(ontology)


def rows(text: str, published: str) -> list[dict[str, Any]]:
    return [record.model_dump(mode="json") for record in coder("acled").code(text, published=published)]


def mentions(text: str, action: str) -> list[Any]:
    return [m for m in coder("plover").trace(text, published="2024-05-15").event_mentions if m.action == action]


def test_a_headline_and_its_lead_are_one_act_and_the_dead_are_counted_once() -> None:
    attack = next(row for row in rows(RAID, "2024-05-06") if row["sub_event_type"] == "Attack")
    assert (attack["event_date"], attack["fatalities"]) == ("2024-05-04", 14)


def test_the_dead_of_one_act_are_not_those_of_the_next() -> None:
    found = {row["sub_event_type"]: row for row in rows(RAID, "2024-05-06")}
    assert found["Remote explosive/landmine/IED"]["fatalities"] == 0
    strike = found["Air/drone strike"]
    assert strike["actor1"].startswith("Military Forces of Burkina Faso")
    assert strike["fatalities"] == 8


def test_two_acts_with_doers_and_towns_of_their_own_stay_two() -> None:
    text = ("Two policemen were killed by a sniper in Morales on Monday, and a motorcycle bomb exploded outside a bank "
            "in Jamundi, wounding six civilians.")
    found = [(row["location"], row["fatalities"]) for row in rows(text, "2024-03-19")]
    assert found == [("Morales", 2), ("Jamundi", 0)]


def test_who_was_lynched_did_not_die_of_the_fire() -> None:
    text = "A crowd lynched two suspected thieves and set their bodies ablaze in Onitsha on Friday."
    assert [(row["sub_event_type"], row["fatalities"]) for row in rows(text, "2024-05-15")] == [("Mob violence", 2)]


def test_nobody_dies_of_flight() -> None:
    text = ("Rebels clashed with soldiers in Goma on Friday, leaving at least two people dead and forcing hundreds to "
            "flee their homes.")
    assert [(row["event_type"], row["fatalities"]) for row in rows(text, "2024-05-15")] == [("Battles", 2)]


@pytest.mark.parametrize(("text", "source"), [
    ("Ukraine's General Staff said its troops had repelled two attacks near Pokrovsk.", "UKR"),
    ("Israel said Hamas fired on its soldiers near Rafah.", None),
    ("Niger's defence ministry said its forces repelled an assault on a post.", "NER"),
])
def test_whose_troops_they_are_says_its(text: str, source: str | None) -> None:
    found = next(m for action in ("repel_attack", "shoot") for m in mentions(text, action))
    if source is None:
        assert [party.country for party in found.targets] == ["ISR"]
    else:
        assert [party.country for party in found.sources] == [source]


def test_a_group_said_its_fighters_did_it() -> None:
    found = mentions("Al Shabaab said its fighters had overrun a base in Bay region.", "capture_territory")[0]
    assert [party.actor_id for party in found.sources] == ["al-shabaab"]
    assert "coreference/possessive" in found.sources[0].rules


def test_a_pronoun_points_back_and_not_ahead() -> None:
    text = "Hezbollah named the man on Friday. The group said it had fired rockets at Israeli positions."
    assert [party.actor_id for party in mentions(text, "bombard")[0].sources] == ["hezbollah"]


def test_a_possessor_who_speaks_of_his_own_is_looked_up_once() -> None:
    text = "You are killing our Turkmen kinsmen hand-in-hand with our soldiers north of Latakia, he said."
    assert isinstance(coder("acled").events(text), list)


def test_a_running_toll_is_background() -> None:
    old = mentions("More than 450 people have been killed in Lebanon since October.", "kill")[0]
    fresh = mentions("Fighting in Plateau has left at least 40 people dead since Monday, residents said.", "die")[0]
    assert (old.status, fresh.status) == ("historical", "actual")


def test_a_day_told_last_goes_on_in_its_paragraph() -> None:
    text = ("Gunmen killed nine farmers near Bokkos on Thursday.\n\nOn Friday, protesters blocked a road in Jos. "
            "Police dispersed them with tear gas.")
    found = rows(text, "2024-05-19")
    assert [(row["event_date"], row["sub_event_type"]) for row in found] == [
        ("2024-05-16", "Attack"), ("2024-05-17", "Protest with intervention")]


def test_a_claim_of_another_attack_is_not_laid_on_this_one() -> None:
    text = ("Two policemen were shot dead by unknown gunmen in Dera Ismail Khan on Sunday. Last year a suicide bombing "
            "in Peshawar killed 63 people. Islamic State claimed that attack.")
    first = rows(text, "2024-05-15")[0]
    assert first["actor1"] == "Unidentified Armed Group (Pakistan)"


def test_gunmen_at_a_roadblock_are_no_protesters() -> None:
    text = "Cartel gunmen blocked roads in Culiacan with burning trucks on Thursday."
    assert not any(row["event_type"] == "Protests" for row in rows(text, "2024-05-15"))


def test_an_agency_before_the_dash_does_nothing() -> None:
    text = "(Agency) - About 200 soldiers surrendered to the Arakan Army in Maungdaw on Monday."
    assert not any("Agency" in party.text for m in mentions(text, "surrender") for party in m.sources)


def test_received_aid_goes_to_who_received_it() -> None:
    found = mentions("The freed servicemen received medical assistance in Belarus.", "give_humanitarian_aid")
    assert not any(party.text.endswith("servicemen") for m in found for party in m.sources)


def test_named_members_of_a_group_of_states_act() -> None:
    found = mentions("Several Arab countries including Jordan and Kuwait denounced the raid.", "condemn")[0]
    assert [party.country for party in found.sources] == ["JOR", "KWT"]


def test_a_headline_lists_its_sides_with_a_comma() -> None:
    found = mentions("India, Pakistan trade fire in Kashmir", "clash")[0]
    assert {party.country for party in (*found.sources, *found.targets)} == {"IND", "PAK"}


def test_rival_totals_are_not_added() -> None:
    text = ("A car bomb killed nine people in Baidoa on Saturday, police said. Fourteen people were killed, a doctor "
            "said. Al-Shabaab claimed responsibility for the bombing. It said it had killed 20 soldiers.")
    assert [row["fatalities"] for row in rows(text, "2024-05-15")] == [9]
