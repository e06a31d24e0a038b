"""One happening told twice is one event; two happenings stay two."""

from __future__ import annotations

import pytest
from sentence_reading import coder, events, sides

import eventcode as ec


def test_casualties_join_the_act_of_their_sentence() -> None:
    found = events("Rebels attacked an army post near Goma on Monday, killing three soldiers and wounding five.")
    assert [event.action for event in found] == ["attack"]
    assert sorted((c.what, c.best) for c in found[0].counts) == [("injured", 5), ("killed", 3)]


def test_two_sentences_one_event_with_all_its_reports() -> None:
    found = events(
        "Gunmen attacked a village near Gusau on Monday, killing nine farmers. "
        "The gunmen killed nine people in the attack, police said."
    )
    assert len(found) == 1
    assert len({report.sentence.start for report in found[0].reports}) == 2


def test_another_place_is_another_event() -> None:
    found = events("Gunmen attacked a village near Gusau on Monday. Gunmen attacked a market in Maiduguri on Monday.")
    assert [event.place.name for event in found if event.place] == ["Gusau", "Maiduguri"]


def test_another_day_is_another_event() -> None:
    found = events("Soldiers clashed with rebels in Sake on Monday. On Tuesday soldiers clashed with rebels in Sake.")
    assert len(found) == 2


def test_other_parties_are_another_event() -> None:
    found = events("Police arrested a journalist in Tunis on Monday. The army shelled the rebels in Sirte on Monday.")
    assert {event.action for event in found} == {"arrest", "bombard"}


def test_a_vaguer_report_gains_what_the_other_tells() -> None:
    found = events("Militants surrendered to the army on Monday. The militants surrendered in Helmand province.")
    assert len(found) == 1
    assert found[0].place is not None
    assert found[0].place.name == "Helmand"
    assert str(found[0].date.start) == "2024-05-13"


def test_deaths_without_an_act_are_no_event() -> None:
    trace = coder().trace("Three bodies were found in a ditch in Goma on Monday.", published="2024-05-15")
    assert trace.events == ()
    assert any("deaths without an act" in r.reason for r in trace.rejections)


def test_wounds_tell_how_people_died() -> None:
    trace = coder().trace("Three people died from gunshot wounds in Goma on Monday.", published="2024-05-15")
    assert [(event.action, event.weapons) for event in trace.events] == [("die", ("firearm",))]


def test_who_falls_in_a_fight_with_others_is_the_other_side() -> None:
    found = events("Two rebels died in a shootout with troops near Goma on Monday.")
    assert sides(found[0]) == (["rebels"], ["troops"])


def test_deaths_join_the_act_that_the_next_sentence_tells() -> None:
    found = events("Two men were found dead in Goma on Monday. Police said both had been shot in the head.")
    assert [(event.action, [(count.what, count.best) for count in event.counts]) for event in found] == [
        ("shoot", [("killed", 2)])]
    assert found[0].place is not None


def test_the_passive_of_a_gerund_is_read() -> None:
    found = events("A trader was taken to hospital in Goma on Monday after being stabbed by soldiers.")
    assert [(event.action, [party.text for party in event.sources]) for event in found] == [("beat", ["soldiers"])]


def test_an_act_that_dates_another_is_background() -> None:
    found = events("Fighters surrendered in Kunduz on Monday, a month after troops attacked the fighters in Baghlan.")
    assert [(event.action, event.status) for event in found] == [("surrender", "actual"), ("attack", "historical")]


def test_enemies_never_share_a_side() -> None:
    found = events("The army and the rebels clashed in Sake on Monday.")[0]
    sources, targets = sides(found)
    assert sources
    assert targets
    assert not set(sources) & set(targets)


def test_a_place_from_a_neighbouring_event_says_so() -> None:
    found = events("Police dispersed protesters in Lagos on Monday. Officers arrested twelve protesters.")
    arrest = next(event for event in found if event.action == "arrest")
    assert arrest.place is not None
    assert arrest.place.start is None
    assert "Lagos" in arrest.place.reason


def test_who_claims_an_act_did_it_by_its_own_word() -> None:
    found = events(
        "A car bomb exploded at a market in Baidoa on Saturday, killing nine people. "
        "Al-Shabaab claimed responsibility for the bombing. The group said it had killed 20 soldiers."
    )
    bombing = found[0]
    assert [p.actor_id for p in bombing.sources] == ["al-shabaab"]
    assert "events/claimed-responsibility" in bombing.sources[0].rules
    assert {event.action for event in found} == {"explode", "claim_responsibility"}


def test_a_summary_is_no_event_beside_what_it_sums_up() -> None:
    found = events(
        "The army and M23 rebels clashed in North Kivu on Sunday. "
        "The army and the rebels clashed in Rutshuru on Sunday. "
        "The army and the rebels clashed in Goma on Sunday."
    )
    assert [event.place.name for event in found if event.place] == ["Rutshuru", "Goma"]


def test_the_two_sides_are_those_told_before() -> None:
    found = events("The army clashed with M23 rebels in Rutshuru on Sunday. On Monday the two sides clashed near Sake.")
    assert [sides(event) for event in found] == [(["army"], ["M23 rebels"])] * 2


def test_deaths_told_later_are_those_of_the_act_before() -> None:
    found = events("A shell hit a market in Omdurman on Sunday. Fourteen people died. The death toll rose to 17.")
    assert [event.action for event in found] == ["bombard"]
    assert [c.best for c in found[0].counts if c.what == "killed"] == [14, 17]


def test_the_hurt_of_a_dispersal_told_later_are_its_own() -> None:
    found = events("Police dispersed a march in Lima on Monday. Six people were hurt.")
    assert ("injured", 6) in [(c.what, c.best) for c in found[0].counts]


@pytest.mark.parametrize(("text", "told"), [
    ("The second blast threw shoppers to the ground in Brno.", {"threw", "blast"}),
    ("Gunmen opened fire on worshippers in Linz.", {"opened", "fire"}),
    ("Rebels threatened to attack the town hall in Goma.", {"threatened", "attack"}),
    ("Medics in Zawiya said that shelling hit a hospital.", {"shelling", "hit"}),
])
def test_every_word_that_tells_an_act_is_a_report(text: str, told: set[str]) -> None:
    cameo = ec.load("cameo")
    (event,) = cameo.events(text, published="2024-05-15")
    assert told <= {report.trigger.text for report in event.reports}
    assert [report.trigger.text for report in event.compact().reports] == [event.reports[0].trigger.text]
    assert [record.code for record in cameo.code_events([event], text, published="2024-05-15")] == [
        record.code for record in cameo.code(text, published="2024-05-15")]
    assert len(event.apart()) == 1


@pytest.mark.parametrize(("text", "place"), [
    ("Four rangers died when a mine exploded in Lunda Norte province, south of Dundo.", "Lunda Norte"),
    ("Two students were shot in a Denver suburb, Aurora, on Sunday.", "Aurora"),
    ("A suicide attack in Kano killed nine traders two days after a bombing in Damaturu.", "Kano"),
    ("The midwife, who was the only nurse in Obo, was shot dead in Zemio.", "Zemio"),
    ("The blast went off ten miles east of Ghazni, in Deh Yak district.", "Deh Yak"),
])
def test_a_place_that_only_leads_to_the_act_is_not_its_place(text: str, place: str) -> None:
    told = events(text)[0].place
    assert told is not None
    assert told.text == place


TWO_ATTACKS = ("Gunmen ambushed an army patrol near Arauca on Monday, killing six soldiers. "
               "On Tuesday a sniper shot dead a teacher in Tame. ")


@pytest.mark.parametrize(("recap", "noun", "told_again"), [
    ("The governor condemned both attacks.", "attacks", None),
    ("The murder brought hundreds onto the streets.", "murder", "shot"),
    ("That attack was the first there this year.", "attack", "shot"),
    ("Nobody was held after Monday's ambush.", "ambush", "ambushed"),
])
def test_a_noun_names_the_act_that_suits_it(recap: str, noun: str, told_again: str | None) -> None:
    events = ec.load("acled").events(TWO_ATTACKS + recap, published="2024-05-15")
    reports = [{report.trigger.text for report in event.reports} for event in events]
    homes = {word for words in reports if noun in words for word in words & {"ambushed", "shot"}}
    assert homes == ({told_again} if told_again else set())


def test_the_victims_of_riots_are_not_those_of_the_murder_they_are_about() -> None:
    text = "At least 23 people died as mobs torched shops in fury at the murder of Senator Ruiz."
    (riot,) = ec.load("acled").events(text)
    assert (riot.action, [count.best for count in riot.counts if count.what == "killed"]) == ("riot", [23])


def test_the_day_of_a_dateline_is_no_day_of_the_story() -> None:
    told = events("LA LIBERTAD, 9 MAY 2024 (EFE) --\nGunmen killed a mayor in Chiltiupan. Police searched the hills.")
    assert "event-date/story-day" not in {rule for event in told for rule in event.date.rules}


def test_who_is_among_those_killed_is_a_part_of_the_toll_told_before() -> None:
    found = events(
        "A car bomb exploded at a police station in Baidoa on Monday, killing nine people. "
        "Two officers guarding the gate were among those killed, a spokesman said."
    )
    (blast,) = [event for event in found if event.action == "explode"]
    assert len(blast.reports) > 1
    assert [(count.what, count.best) for count in blast.counts] == [("killed", 9)]
    assert not [event for event in found if event.action == "kill"]


def test_who_alone_is_among_those_killed_is_a_death() -> None:
    (found,) = events("The mayor was among those killed in Goma on Monday.")
    assert [(count.what, count.best) for count in found.counts] == [("killed", 1)]


def test_an_act_keeps_its_own_targets_beside_those_that_it_hurt() -> None:
    (found,) = [event for event in events(
        "Rebels attacked soldiers in Goma on Monday, wounding two farmers.") if event.action == "attack"]
    assert [party.text for party in found.targets] == ["soldiers"]
