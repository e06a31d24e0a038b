"""Deaths of which no sentence tells the act: the arms of the story do."""

from __future__ import annotations

import pytest

import eventcode


@pytest.fixture(scope="module")
def coder() -> eventcode.Coder:
    return eventcode.load("acled")


@pytest.mark.parametrize(("text", "sub_event_type", "actor1", "fatalities"), [
    ("The ferry taxi never got to Agadez on Monday. Seven traders died in their seats, and a boy who hid said men in "
     "masks had stepped out from behind the dunes.", "Attack", "Unidentified Armed Group (Niger)", 7),
    ("Al Shabaab fighters had come to Jowhar in two lorries on Monday, elders said. The bodies of four teachers were "
     "found in a row behind the school.", "Attack", "Al Shabaab", 4),
    ("Nobody near Loikaw heard the jets on Monday until it was late. Five weavers died under the roof of the hall.",
     "Air/drone strike", "Unidentified Armed Group (Myanmar)", 5),
    ("Something rolled under a stool of a bar in Bujumbura on Monday. It was a grenade. A waiter and a customer did "
     "not survive.", "Grenade", "Unidentified Armed Group (Burundi)", 2),
])
def test_arms_explain_deaths(coder: eventcode.Coder, text: str, sub_event_type: str, actor1: str, fatalities: int,
                             ) -> None:
    record, = coder.code(text, published="2024-05-15")
    assert (record.sub_event_type, record.actor1, record.fatalities) == (sub_event_type, actor1, fatalities)


@pytest.mark.parametrize("text", [
    "The ferry taxi never got to Agadez on Monday. Seven traders died in their seats when it overturned.",
    "Seven traders died in Agadez on Monday. Guards with rifles kept the cholera ward closed.",
    "Five weavers died in a hall near Loikaw on Monday. Nobody knows why.",
    "The trial of two militants opened in Jowhar on Monday. The bodies of four teachers were found in 2019.",
])
def test_deaths_that_no_arms_explain(coder: eventcode.Coder, text: str) -> None:
    assert list(coder.code(text, published="2024-05-15")) == []
