"""What sentences of one story tell about each other in the ACLED coder: crowds, arms found, places taken, the dead."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

import eventcode as ec
from eventcode.coder import Coder


@cache
def coder() -> Coder:
    return ec.load("acled")


def rows(text: str, published: str) -> list[tuple[str, str, str, int]]:
    """Sub-event type, actors and fatalities of each record of the week before publication."""
    last = date.fromisoformat(published)
    return [(record.sub_event_type, record.actor1 or "", record.actor2 or "", record.fatalities or 0)
            for record in coder().code(text, published=published) if (last - record.event_date).days <= 7]


@pytest.mark.parametrize(("text", "published", "expected"), [
    # what is burned at a protest by nobody named, its crowd burned
    ("Quarry workers blocked the road to Kitwe with boulders on Monday. Two vans were torched.", "2018-03-07",
     ("Violent demonstration", "Rioters (Zambia)", "", 0)),
    # some of those who marched, led away in the next sentence
    ("Several hundred nurses marched through Baku on Monday. Police detained 30 people.", "2019-05-08",
     ("Protest with intervention", "Protesters (Azerbaijan)", "Police Forces of Azerbaijan (1993-)", 0)),
    # a home that a mob burns is somebody's
    ("An angry mob torched the house of a suspected poisoner in Kisii on Monday.", "2021-06-09",
     ("Mob violence", "Rioters (Kenya)", "Civilians (Kenya)", 0)),
    # nobody said who took him: the police of the place
    ("Opposition leader Samba Diop was handcuffed at his house in Dakar on Monday.", "2021-06-09",
     ("Arrests", "Police Forces of Senegal (2012-2024)", "Civilians (Senegal)", 0)),
    # a figure in the next sentence, whatever month the one after it names
    ("Nigerian troops recaptured the town of Gwoza from Boko Haram on Monday. Eleven insurgents and two soldiers died. "
     "The jihadists took the town in August last year.", "2015-03-31",
     ("Government regains territory", "Military Forces of Nigeria (1999-2015)", "Boko Haram", 13)),
    # the age of one is no number of many, and who dies of it later is dead
    ("A boy of 16 was killed by gunmen in Kano on Monday.", "2020-02-05",
     ("Attack", "Unidentified Armed Group (Nigeria)", "Civilians (Nigeria)", 1)),
    # the month within a group's name dates nothing
    ("Soldiers and fighters of the March 23 Movement traded fire in Rutshuru on Thursday.", "2023-03-10",
     ("Armed clash", "Military Forces of Democratic Republic of Congo (2019-)", "M23", 0)),
])
def test_one_event_of_one_story(text: str, published: str, expected: tuple[str, str, str, int]) -> None:
    found = rows(text, published)
    assert len(found) == 1, found
    kind, one, other, dead = found[0]
    assert (kind, dead) == (expected[0], expected[3]), found
    assert expected[1].split(" (")[0] in one, found
    assert expected[2].split(" (")[0] in other, found


def test_nobody_hurt_is_no_event() -> None:
    found = rows("Militiamen set fire to granaries at Metekel in western Ethiopia on Monday. The inhabitants had left, "
                 "and no one was hurt.", "2020-12-24")
    assert [kind for kind, *_ in found] == ["Looting/property destruction"]


def test_a_blast_of_what_was_found_is_no_second_event() -> None:
    found = rows("Legionnaires found two tonnes of rockets in a cave near Gao, Mali, on Monday. "
                 "Sappers blew up the stock.", "2013-03-06")
    assert [kind for kind, *_ in found] == ["Disrupted weapons use"]
