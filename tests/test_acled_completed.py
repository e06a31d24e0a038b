"""What short reports tell outside an event's own clause: who fought, whose fire it was, background that is no event."""

from __future__ import annotations

from functools import cache

import pytest

import eventcode as ec
from eventcode.coder import Coder


@cache
def coder() -> Coder:
    return ec.load("acled")


def rows(text: str, published: str = "2023-05-16") -> list[tuple[str, str, str, int]]:
    """Sub-event type, actors without the years of a regime, and fatalities of each record."""
    return [(record.sub_event_type, (record.actor1 or "").split(" (")[0], (record.actor2 or "").split(" (")[0],
             record.fatalities or 0) for record in coder().code(text, published=published)]


@pytest.mark.parametrize(("text", "expected"), [
    # a fight whose sides only its dead tell
    ("Three marines and two New People's Army guerrillas died in a gunfight near Surigao on Sunday.",
     ("Armed clash", "Military Forces of Philippines", "NPA: New People's Army", 5)),
    # soldiers who come and shoot at a sit-in: one event, and the crowd is protesters
    ("Hundreds of students held a sit-in in Conakry on Sunday. Soldiers arrived and fired into the crowd. Four people "
     "were killed.", ("Excessive force against protesters", "Protesters", "Military Forces of Guinea", 4)),
    # whose fire it was
    ("Ukrainian trenches near Toretsk came under Russian rocket fire on Sunday. Six soldiers were killed.",
     ("Shelling/artillery/missile attack", "Military Forces of Russia", "Military Forces of Ukraine", 6)),
    # a weapon that the source is named by
    ("Kenyan jets killed nine Al Shabaab fighters near Jilib, Somalia, on Sunday.",
     ("Air/drone strike", "Military Forces of Kenya", "Al Shabaab", 9)),
    # who was blamed at once, and denies nothing
    ("A mortar bomb hit a school in Horlivka on Sunday and killed two pupils. The mayor blamed the Ukrainian army.",
     ("Shelling/artillery/missile attack", "Military Forces of Ukraine", "Civilians", 2)),
    # arrested and not seen since
    ("A lawyer was picked up by police in Bujumbura on Sunday and has not been seen since.",
     ("Abduction/forced disappearance", "Police Forces of Burundi", "Civilians", 0)),
    # carried off by police, and brought before a court
    ("Police bundled the journalist Asha Odhiambo into a car in Kisumu on Sunday and brought her before a court.",
     ("Arrests", "Police Forces of Kenya", "Civilians", 0)),
    # settlers of the West Bank are Israel's; with rifles they are an armed group
    ("Settlers fired on a shepherd near Nablus on Sunday.", ("Attack", "Settlers", "Civilians", 0)),
    # the guards' own dead, told next
    ("Vigilantes killed six bandits near Maru, Nigeria, on Sunday. Two of the vigilantes also died.",
     ("Armed clash", "Vigilante Militia", "Unidentified Gang", 8)),
    # the dead of a sentence that goes on with what was burnt are those of the attack
    ("CODECO militants ambushed a lorry near Djugu, Democratic Republic of Congo, on Sunday. Four traders were killed "
     "and the lorry was burned.", ("Attack", "CODECO: Cooperative for the Development of Congo", "Civilians", 4)),
    # dead of two groups by their names, with one noun
    ("QSD clashed with SNA factions in Ras al-Ain, Syria, on Sunday. Three SNA fighters and two QSD fighters were "
     "killed.",
     ("Armed clash", "QSD: Syrian Democratic Forces", "SNA: Syrian National Army", 5)),
    ("Soldiers fought with dissidents of the 10th Front of the FARC in Tame, Colombia, on Sunday. Five soldiers died.",
     ("Armed clash", "Military Forces of Colombia", "FARC Dissident", 5)),
    # "were" holds for both verbs
    ("Three men were lined up and shot in Gilgit, Pakistan, on Sunday.",
     ("Attack", "Unidentified Armed Group", "Civilians", 0)),
    ("Gunmen fired on those who ran from a church in Garissa, Kenya, on Sunday. Nine worshippers died.",
     ("Attack", "Unidentified Armed Group", "Civilians", 9)),
    # who did it is told just before
    ("Four fighters of the Rapid Support Forces came into a house in Nyala, Sudan, on Sunday. Two cousins were raped.",
     ("Sexual violence", "Rapid Support Forces", "Civilians", 0)),
    # people caught up in a battle count among its dead
    ("Rebels took the town of Bria, Central African Republic, from the army on Sunday. Twelve civilians were killed.",
     ("Non-state actor overtakes territory", "Unidentified Armed Group", "Military Forces of Central African Republic",
      12)),
])
def test_one_record_with_all_that_the_story_tells(text: str, expected: tuple[str, str, str, int]) -> None:
    assert rows(text) == [expected]


@pytest.mark.parametrize("text", [
    "The general told parliament in Dodoma on Sunday that attacks on herders had fallen by half.",
    "Rebels have attacked several villages around Beni since January, a priest recalled in Beni.",
])
def test_background_is_no_event(text: str) -> None:
    assert rows(text) == []


def test_an_undated_act_of_last_year_does_not_swallow_the_news() -> None:
    found = rows("Soldiers and M23 rebels traded fire at Rutshuru, Democratic Republic of Congo, on Sunday. The rebels "
                 "captured the town of Bunagana last year.")
    assert found == [("Armed clash", "Military Forces of Democratic Republic of Congo", "M23: March 23 Movement", 0)]


def test_a_weapon_thing_is_not_abducted() -> None:
    found = rows("Sappers found a bomb outside a bank in Medellin on Sunday. The army carried it to a field.")
    assert [kind for kind, *_ in found] == ["Disrupted weapons use"]


@pytest.mark.parametrize("text", [
    "Pirates seized a tanker in the Gulf of Aden on Friday. They released it on Sunday after holding it near Eyl.",
    "The army left Kidal on Monday without a fight. Rebels entered Kidal on Monday.",
    "Soldiers clashed with rebels near Gao on Friday. Two civilians died in the fighting. Rebels freed a hostage.",
])
def test_every_event_is_in_a_record_or_rejected(text: str) -> None:
    found = coder().trace(text, published="2024-05-15")
    told = {event for record in found.records for event in record.meta.events}
    rejected = {rejection.start for rejection in found.rejections if rejection.stage == "records"}
    assert found.events
    assert [e.action for e in found.events if e.id not in told and e.reports[0].trigger.start not in rejected] == []
