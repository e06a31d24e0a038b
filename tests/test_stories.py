"""What the sentences of one story tell about each other, before any codebook codes them: claims, tolls, takings."""

from __future__ import annotations

import neutral_events as made
import pytest
from neutral_events import army, day, gunmen, killed, party, place, rebels, villagers

import eventcode as ec
from eventcode.neutral import Count, Event, Mentions
from eventcode.ontologies.acled.parties import local_name
from eventcode.ontologies.acled.reading import read_together
from eventcode.ontologies.claims import attributed, known_by_story

GROUP = ("shining-front", "Shining Front", "SOM")


def at(action: str, *sides: object, **more: object) -> Event:
    return made.told_here(made.event(action, *sides, where=place(), **more))  # type: ignore[arg-type]


def sources(events: tuple[Event, ...], action: str) -> list[str | None]:
    return [party.name for event in events if event.action == action for party in event.sources]


def test_a_claim_names_the_attacker() -> None:
    told = attributed((at("explode", [], [villagers()]), at("claim_responsibility", [rebels(*GROUP)])))
    assert sources(told, "explode") == ["Shining Front"]
    assert told[0].sources[0].rules[-1] == "claims/claimed"


def test_blame_names_the_attacker_unless_the_blamed_deny() -> None:
    attack, blame = at("attack", [gunmen()], [villagers()]), at("accuse", [army("SOM")], [rebels(*GROUP)])
    assert sources(attributed((attack, blame)), "attack") == ["Shining Front"]
    assert sources(attributed((attack, blame, at("deny", [rebels(*GROUP)]))), "attack") == [None]


def test_a_claim_that_something_happened_is_no_claim_of_a_deed() -> None:
    told = attributed((at("attack", [gunmen()], [villagers()]),
                       at("claim_responsibility", [rebels(*GROUP)], [army("SOM")])))
    assert sources(told, "attack") == [None]


def test_a_state_is_never_replaced_by_whoever_is_blamed() -> None:
    told = attributed((at("shoot", [army("SOM")], [villagers()]), at("accuse", [army("SOM")], [rebels(*GROUP)])))
    assert told[0].sources[0].traits[1] == "military"


@pytest.mark.parametrize(("more", "wanted"), [((), "Shining Front"), ((("other-front", "Other Front", "SOM"),), None)])
def test_rebels_are_those_of_the_only_group_named(more: tuple[tuple[str, str, str], ...], wanted: str | None) -> None:
    nameless = party("rebels", "armed", "organized", "rebel", sector="REB")
    mentions = Mentions(actors=tuple(rebels(*group) for group in (GROUP, *more)))
    assert sources(known_by_story((at("bombard", [nameless], [villagers()]),), mentions), "bombard") == [wanted]


def test_what_one_side_leaves_and_the_other_enters_changes_hands() -> None:
    here, when = place(), day()
    left = made.event("withdraw_forces", [army("SOM")], where=here, on=when)
    entered = made.event("deploy", [rebels(*GROUP)], where=here, on=when)
    told = read_together((left, entered), Mentions()).events
    assert [(event.action, event.targets[0].name) for event in told] == [("transfer_territory", "Shining Front")]
    fought = made.event("clash", [army("SOM")], [rebels(*GROUP)], where=here, on=when)
    assert [event.action for event in read_together((left, entered, fought), Mentions()).events] == [
        "withdraw_forces", "deploy", "clash"]


def test_a_missile_stopped_is_no_shelling() -> None:
    here, when = place(), day()
    stop = made.event("disrupt_weapon", [army("SOM")], where=here, on=when)
    fired = made.event("bombard", [rebels(*GROUP)], where=here, on=when)
    told = read_together((stop, fired), Mentions()).events
    assert [(event.action, event.targets[0].name) for event in told] == [("disrupt_weapon", "Shining Front")]


def test_a_fight_told_without_its_sides_has_those_of_the_attack() -> None:
    here, when = place(), day()
    attack = made.event("attack", [rebels(*GROUP)], [army("SOM")], where=here, on=when)
    answer = made.event("clash", [army(None, "troops")], where=here, on=when)
    clash = read_together((attack, answer), Mentions()).events[1]
    assert (clash.sources[0].name, clash.targets[0].country) == ("Shining Front", "SOM")


def bare(best: int) -> Count:
    return killed(best, "bodies")


def test_a_bare_figure_counts_the_dead_of_the_fight_before_it() -> None:
    fight = at("capture_territory", [rebels(*GROUP)], [army("SOM")])
    told = read_together((fight,), Mentions(counts=(bare(60),))).events
    assert [count.best for count in told[0].counts] == [60]
    assert read_together((fight,), Mentions(counts=(bare(7000),))).events[0].counts == ()


def test_names_known_only_in_a_country() -> None:
    found = local_name("Maoist guerrillas", "IND")
    assert found is not None
    assert found.name.startswith("CPI (Maoist)")
    assert local_name("Maoist guerrillas", "KEN") is None


@pytest.mark.parametrize(("text", "column", "wanted"), [
    ("A bomb exploded at a market in Kandahar on Tuesday, killing nine shoppers. The Balochistan Liberation Army "
     "claimed responsibility for the blast.", "actor1", "BLA: Baloch Liberation Army"),
    ("Rebels captured Goma on Monday after fighting the army. Aid staff counted 31 bodies.", "fatalities", 31),
    ("A bomb went off in Kano on Monday. More than 400 people have died in such blasts this year.", "fatalities", 0),
])
def test_whole_stories(text: str, column: str, wanted: object) -> None:
    records = ec.load("acled").code(text, published="2015-05-20")
    assert [getattr(record, column) for record in records] == [wanted]
