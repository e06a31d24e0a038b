"""Relations of parties that a sentence names and no event mention has on both sides: CAMEO and PLOVER code them."""

from __future__ import annotations

from functools import cache

import pytest

import eventcode as ec

PUBLISHED = "2024-05-15"
#: A sentence, and the PLOVER event, source country and target country of its record.
CODED = (
    ("Peru said on Monday it will not accept any more refugees from Bolivia.", "REJECT", "PER", "BOL"),
    ("Kenya may halt mediation efforts among Burundi's feuding parties if the talks stall, a diplomat said.",
     "THREATEN", "KEN", "BDI"),
    ("Archbishop Pedro Barreto of Peru called for sanctions against Bolivia on Friday.", "ACCUSE", "PER", "BOL"),
)
#: Nothing passes between two parties: what trades, reports or plays, what is denied or long past.
SILENT = (
    "Norway did not attack Sweden, historians wrote.",
    "Reuters cited a Kenyan farmer in Tanzania.",
    "Spain beat Portugal on penalties in the semi-final on Monday.",
    "Ghana and Togo share a border of 1,000 km.",
)


@cache
def plover() -> ec.Coder:
    return ec.load("plover")


@pytest.mark.parametrize(("sentence", "event", "source", "target"), CODED)
def test_what_the_subject_does_to_another_party_is_coded(sentence: str, event: str, source: str,
                                                         target: str) -> None:
    records = plover().code(sentence, published=PUBLISHED)
    told = [(record.event, [one.code for one in record.actor], [one.code for one in record.recipient])
            for record in records]
    assert told == [((event,), [source], [target])]


@pytest.mark.parametrize("sentence", SILENT)
def test_parties_named_together_alone_tell_nothing(sentence: str) -> None:
    assert plover().code(sentence, published=PUBLISHED) == []


def test_the_record_says_how_it_was_read_and_its_event_can_be_looked_up() -> None:
    sentence = CODED[1][0]
    (record,) = plover().code(sentence, published=PUBLISHED)
    assert "relation/tree" in record.provenance["event"].rules
    events = {event.id: event for event in plover().events(sentence, published=PUBLISHED)}
    assert set(record.meta.events) <= set(events)
    assert plover().trace(sentence, published=PUBLISHED).records == (record,)


def test_a_sentence_with_a_record_is_left_alone() -> None:
    sentence = "Rebels of the M23 attacked Congolese soldiers near Goma on Monday and will not meet envoys of Kenya."
    assert all(name.startswith("e") for record in plover().code(sentence, published=PUBLISHED)
               for name in record.meta.events)


def test_ontologies_of_events_code_no_relations() -> None:
    assert [ec.load("acled").code(sentence, published=PUBLISHED) for sentence, *_ in CODED] == [[], [], []]


def test_what_is_long_past_is_no_relation() -> None:
    past = "In 1998 Peru said it would not accept any more refugees from Bolivia, a historian told students on Monday."
    assert plover().code(past, published=PUBLISHED) == []
