"""PLOVER: from neutral events built by hand to records, field by field."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import combinations, product
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import ValidationError

import eventcode
from eventcode.article import Article
from eventcode.crosswalks.tables import cameo_to_plover
from eventcode.lexicon import Weapon, read_actions
from eventcode.neutral import Count, Event, EventDate, EventMention, Mentions, Party, Place, Span
from eventcode.ontologies.base import Coding, Reading
from eventcode.ontologies.cameo import ontology as cameo
from eventcode.ontologies.coverage import coverage, reasons
from eventcode.ontologies.plover import contexts, ontology, tables
from eventcode.ontologies.plover.entities import entity
from eventcode.ontologies.plover.record import Entity, PloverRecord

ACTIONS = read_actions(Path(eventcode.__file__).parent / "actions.yaml")
FAMILIES = {action.id: action.family for action in ACTIONS.values()}
TEXT = "Rebels gave up near Goma on Monday; the army held 40, an envoy told the governor after the election."


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start=start, end=start + len(words), text=words)


def party(words: str = "Rebels", **fields: Any) -> Party:
    return Party(**span(words).model_dump(), **fields)


REBELS = party(actor_id="m23", name="March 23 Movement", country="COD", sector="REB", traits=("armed", "rebel"))
ARMY = party("army", country="COD", sector="MIL", traits=("state", "armed", "military"))
POLICE = party("army", country="COD", sector="COP", traits=("state", "police"))
USA = party("envoy", country="USA", traits=("country", "state"))
IRAN = party("governor", country="IRN", traits=("country", "state"))
UN = party("envoy", actor_id="united-nations", name="United Nations", traits=("igo", "international"))
CIVILIANS = party("governor", country="COD", sector="CVL", traits=("civilian",))
MONDAY = EventDate(start=date(2024, 5, 13), end=date(2024, 5, 13), precision="day", basis="text", words=span("Monday"))
GOMA = Place(**span("Goma").model_dump(), name="Goma", country="COD", admin1="North Kivu", latitude=-1.68,
             longitude=29.22, precision="near", geonameid=216281)


def event(action: str, sources: Sequence[Party] = (), targets: Sequence[Party] = (), *, trigger: str = "gave up",
          **fields: Any) -> Event:
    whole = Span(start=0, end=len(TEXT), text=TEXT)
    mention = EventMention(action=action, trigger=span(trigger), sentence=whole, rules=(f"en/{action}",))
    return Event(id=f"{action}-{trigger}", action=action, sources=tuple(sources), targets=tuple(targets),
                 reports=(mention,), **{"date": MONDAY, **fields})


def code(*events: Event, article: Article | None = None) -> Coding:
    return ontology.code(Reading(article or Article(TEXT, id="a"), events, Mentions(), FAMILIES, {"eventcode": "0"}))


def labels(coding: Coding) -> list[tuple[str, ...]]:
    return [(*record.event, *record.mode) for record in coding.records if isinstance(record, PloverRecord)]


def only(coding: Coding) -> PloverRecord:
    (record,) = coding.records
    assert isinstance(record, PloverRecord)
    return record


def test_a_surrender_to_two_sides_stays_one_record_with_a_list() -> None:
    record = only(code(event("surrender", [REBELS], [UN, ARMY])))
    assert (record.event, record.mode, record.quad_code, record.event_scale) == (("RETREAT",), ("disarm",), 2, 10.0)
    assert [party.code for party in record.recipient] == ["IGO", "COD"]
    assert record.actor == (Entity(code="COD", sector="REB", entity_text="Rebels",
                                   identifier_text="March 23 Movement"),)


def test_columns_are_the_manuals_23_in_order() -> None:
    assert PloverRecord.columns() == (
        "id", "has_event", "date", "time", "enddate", "endtime", "actor", "recipient", "event", "event_loc",
        "event_text", "quad_code", "event_scale", "mode", "context", "link", "text", "text_info", "cite_info", "coder",
        "coded_date", "coded_time", "comment")


def test_every_filled_field_and_its_evidence() -> None:
    held = Count(**span("40").model_dump(), what="detained", best=40, rules=("en/count",))
    article = Article(TEXT, id="a", outlet="Daily Record", url="https://example.org/1")
    record = only(code(event("arrest", [ARMY], [REBELS], place=GOMA, counts=(held,)), article=article))
    assert record.id == "a-20240513-1"
    assert record.has_event is True
    assert record.date == date(2024, 5, 13)
    assert record.event_text == ("gave up",)
    assert record.comment == "size: arrested 40"
    assert record.event_loc is not None
    assert record.event_loc.model_dump(exclude_none=True) == {
        "extracted_place": "Goma", "resolved_place": "Goma", "geonameid": 216281, "lat": -1.68, "lon": 29.22,
        "city": "Goma", "province": "North Kivu", "country": "Democratic Republic of the Congo",
        "country_code": "COD", "feature_class": "P", "resolution": 4}
    assert record.text_info is not None
    assert (record.text_info.start, record.text_info.end) == (0, len(TEXT))
    assert record.cite_info is not None
    assert (record.cite_info.publication, record.cite_info.language) == ("Daily Record", "en")
    assert record.text is None
    assert record.coded_date is None
    assert record.provenance["event"].rules == ("en/arrest", "plover/assault-capture")
    assert record.provenance["actor"].text == "army"
    assert record.provenance["comment"].text == "40"
    assert record.provenance["event_loc"].text == "Goma"
    assert record.provenance["id"].start is None


def test_an_article_without_an_id_lends_the_hash_of_its_text() -> None:
    first, second = (only(code(event("arrest", [ARMY], [REBELS]), article=Article(TEXT))).id for _ in range(2))
    assert first == second
    assert first.endswith("-20240513-1")
    assert only(code(event("arrest", [ARMY], [REBELS], date=EventDate()))).id == "a-undated-1"


def test_combatants_captured_or_suspects_arrested() -> None:
    assert labels(code(event("arrest", [ARMY], [REBELS]))) == [("ASSAULT", "abduct")]
    assert labels(code(event("arrest", [POLICE], [REBELS]))) == [("COERCE", "arrest")]
    assert labels(code(event("arrest", [ARMY], [CIVILIANS]))) == [("COERCE", "arrest")]


@pytest.mark.parametrize(("action", "weapons", "expected"), [
    ("attack", (), ("ASSAULT",)), ("attack", ("drone",), ("ASSAULT", "drone")),
    ("bombard", ("aircraft", "bomb"), ("ASSAULT", "aerial")), ("explode", (), ("ASSAULT", "explosives")),
    ("attack", ("aircraft", "rocket"), ("ASSAULT", "aerial")), ("shoot", (), ("ASSAULT", "firearms")),
    ("kill", ("knife",), ("ASSAULT", "primitive")), ("beat", (), ("ASSAULT", "beat")),
    ("massacre", ("chemical",), ("ASSAULT", "unconventional")), ("disperse", ("tear_gas",), ("ASSAULT",
                                                                                             "crowd-control")),
    ("disperse", (), ("COERCE", "restrict")), ("deploy", ("missile",), ("MOBILIZE", "weapons")),
    ("deploy", (), ("MOBILIZE", "troops")), ("lift_blockade", (), ("RETREAT", "withdraw"))])
def test_modes(action: str, weapons: tuple[str, ...], expected: tuple[str, ...]) -> None:
    record = only(code(event(action, [ARMY], [REBELS], weapons=weapons)))
    assert (*record.event, *record.mode) == expected
    assert record.event_scale == tables.score(record.event[0], record.mode)


@pytest.mark.parametrize(("action", "expected"), [
    ("meet", ("AGREE",)), ("give_aid", ("AGREE",)), ("withdraw_forces", ("AGREE",)), ("release", ("AGREE",)),
    ("attack", ("THREATEN", "violence")), ("sanction", ("THREATEN", "restrict")), ("protest", ("THREATEN",)),
    ("expel", ("THREATEN", "expel"))])
def test_an_intended_act_is_coded_as_its_announcement(action: str, expected: tuple[str, ...]) -> None:
    assert labels(code(event(action, [USA], [IRAN], status="intended"))) == [expected]


@pytest.mark.parametrize(("action", "about", "expected"), [
    ("demand", None, ("REQUEST",)), ("demand", "release", ("REQUEST", "yield")), ("demand", "resign", ("REQUEST",
                                                                                                       "change")),
    ("demand", "negotiate", ("REQUEST", "meet")), ("reject", "give_aid", ("REJECT", "assist")),
    ("reject", "disarm", ("REJECT", "yield")), ("threaten", "attack", ("THREATEN", "violence")),
    ("threaten", "arrest", ("THREATEN", "arrest")), ("agree", None, ("AGREE",)), ("agree", "release", ("AGREE",)),
    ("vow", "mediate", ("AGREE",)), ("accuse", "kill", ("ACCUSE", "allege")), ("condemn", None, ("ACCUSE",
                                                                                                 "disapprove"))])
def test_speech_acts(action: str, about: str | None, expected: tuple[str, ...]) -> None:
    assert labels(code(event(action, [USA], [IRAN], about=about))) == [expected]


@pytest.mark.parametrize(("made", "reason"), [
    (event("say", [USA], [IRAN]), "a statement has no PLOVER event (P2)"),
    (event("appeal", [USA], [IRAN], about="release"), "an appeal has no PLOVER event (P2)"),
    (event("arrest", [], [REBELS]), "no actor (P11)"), (event("sanction", [USA]), "SANCTION without a recipient (P11)"),
    (event("attack", [ARMY], [REBELS], status="negated"), "it did not happen (negated)"),
    (event("attack", [ARMY], [REBELS], status="hypothetical"), "it is only supposed (hypothetical)"),
    (event("vow", [USA], [IRAN]), "no rule for actual vow"), (event("escape", [REBELS]), "no rule for actual escape")])
def test_what_gives_no_record_says_why(made: Event, reason: str) -> None:
    coding = code(made)
    assert coding.records == []
    assert [rejection.reason for rejection in coding.rejections] == [reason]


def test_a_party_without_code_or_sector_is_no_entity() -> None:
    team = party("army", traits=("group",))
    coding = code(event("attack", [team], [REBELS]))
    assert coding.records == []
    assert coding.rejections[0].reason == "no actor that PLOVER has a code for (P11)"
    assert only(code(event("attack", [REBELS], [team]))).recipient == ()


def test_an_attempt_on_a_life_is_no_threat() -> None:
    assert labels(code(event("assassinate", [REBELS], [USA], status="intended"))) == [("ASSAULT", "targeted")]


def test_a_bare_noun_known_already_is_background() -> None:
    known = event("attack", [ARMY], [REBELS])
    noun = known.reports[0].model_copy(update={"asserted": False})
    undated = EventDate(start=date(2024, 5, 14), precision="day", basis="published")
    assert len(code(known.model_copy(update={"reports": (noun,)})).records) == 1
    assert code(known.model_copy(update={"reports": (noun,), "date": undated})).records == []
    beside = code(known.model_copy(update={"reports": (noun,)}), event("arrest", [ARMY], [REBELS], trigger="held"))
    assert labels(beside) == [("ASSAULT", "abduct")]
    assert beside.rejections[0].reason == "a bare noun that the text takes as known"


def test_joint_manoeuvres_are_cooperation_with_both_sides() -> None:
    record = only(code(event("military_exercise", [USA, IRAN])))
    assert (record.event, [e.code for e in record.actor], [e.code for e in record.recipient]) == (
        ("COOPERATE",), ["USA"], ["IRN"])
    assert labels(code(event("military_exercise", [USA]))) == [("MOBILIZE", "troops")]


def test_a_second_mention_without_recipient_joins_the_first() -> None:
    part = REBELS.model_copy(update={"actor_id": "m23-north"})
    record = only(code(event("surrender", [part], [ARMY]), event("surrender", [REBELS], trigger="held")))
    assert [e.code for e in record.recipient] == ["COD"]
    assert record.event_text == ("gave up", "held")


def test_a_recipient_is_not_needed_where_the_manual_does_not_ask() -> None:
    assert only(code(event("withdraw_forces", [ARMY]))).recipient == ()


def test_talks_have_one_side_each_and_joint_acts_all_in_actor() -> None:
    record = only(code(event("negotiate", [USA], [IRAN], reciprocal=True)))
    assert [e.code for e in (*record.actor, *record.recipient)] == ["USA", "IRN"]
    assert [e.code for e in only(code(event("meet", [USA, IRAN]))).actor] == ["USA", "IRN"]


def test_the_visitor_is_the_actor() -> None:
    assert only(code(event("host", [USA], [IRAN]))).actor[0].code == "IRN"
    assert only(code(event("visit", [USA], [IRAN]))).actor[0].code == "USA"


def test_reports_of_one_event_are_joined_and_modes_add_up() -> None:
    coding = code(event("attack", [ARMY], [REBELS]), event("shoot", [ARMY], [REBELS], trigger="held"))
    record = only(coding)
    assert (record.event, record.mode, record.event_text) == (("ASSAULT",), ("firearms",), ("gave up", "held"))
    assert record.meta.events == ("attack-gave up", "shoot-held")
    assert len(code(event("attack", [ARMY], [REBELS]), event("attack", [ARMY], [CIVILIANS],
                                                             trigger="held")).records) == 2


def test_a_move_is_part_of_the_assault_and_a_demand_of_the_protest() -> None:
    coding = code(event("deploy", [ARMY], [REBELS]), event("attack", [ARMY], [REBELS], trigger="held"))
    assert labels(coding) == [("ASSAULT",)]
    assert "MOBILIZE is part of the ASSAULT" in coding.rejections[0].reason
    coding = code(event("protest", [CIVILIANS]), event("demand", [CIVILIANS], about="resign", trigger="held"))
    assert labels(coding) == [("PROTEST", "demo")]


def test_an_attack_on_a_place_abroad_has_its_state_as_recipient() -> None:
    rwanda = party("army", country="RWA", sector="MIL", traits=("military",))
    record = only(code(event("attack", [rwanda], place=GOMA)))
    assert record.recipient == (Entity(code="COD", entity_text="Goma"),)
    assert record.provenance["recipient"].rules[0] == "grounds/place-as-target"


@pytest.mark.parametrize("action", ["bombard", "curfew"])
def test_shells_and_a_curfew_fall_on_the_people_of_a_town(action: str) -> None:
    rwanda = party("army", country="RWA", sector="MIL", traits=("military",))
    record = only(code(event(action, [rwanda], place=GOMA)))
    assert record.recipient == (Entity(code="COD", sector="CVL", entity_text="Goma"),)
    assert "plover/people-of-place" in record.provenance["recipient"].rules


def test_a_bomb_laid_to_nobody_is_of_unidentified_forces_where_it_went_off() -> None:
    record = only(code(event("explode", [], [ARMY], place=GOMA, weapons=("ied",))))
    assert record.actor == (Entity(code="COD", sector="UAF"),)
    assert record.provenance["actor"].rules[0] == "plover/entity/unidentified-attacker"
    assert only(code(event("assassinate", [], [ARMY], place=GOMA))).actor[0].sector == "UAF"


@pytest.mark.parametrize(("action", "fields"), [
    ("explode", {"place": GOMA}), ("explode", {"weapons": ("bomb",)}), ("kill", {"place": GOMA})])
def test_without_device_or_place_nobody_is_made_up(action: str, fields: dict[str, Any]) -> None:
    coding = code(event(action, [], [ARMY], **fields))
    assert not coding.records
    assert coding.rejections[0].reason == "no actor (P11)"


@pytest.mark.parametrize(("fields", "expected"), [
    ({"country": "FRA", "sector": "JRN"}, ("FRA", "JRN")), ({"country": "XKX", "traits": ("country",)}, ("KOS", None)),
    ({"name": "United Nations", "traits": ("igo",)}, ("IGO", None)),
    ({"actor_id": "european-union", "traits": ("igo",)}, ("IGO", None)),
    ({"traits": ("igo",)}, ("IGO", None)), ({"traits": ("ngo", "health")}, ("NGO", "MED")),
    ({"sector": "REB", "traits": ("international", "rebel")}, ("IMG", "REB")),
    ({"sector": "BUS", "traits": ("international", "business")}, ("MNC", "BUS")),
    ({"country": "FRA", "sector": "PTY", "traits": ("opposition",)}, ("FRA", "PTYOPP")),
    ({"traits": ("person",)}, (None, None)), ({"traits": ("police",)}, ("COD", "COP"))])
def test_entities(fields: dict[str, Any], expected: tuple[str | None, str | None]) -> None:
    made, rules = entity(party(**fields), event("arrest", place=GOMA), Reading(Article(TEXT), (), Mentions()))
    assert (made.code, made.sector) == expected
    assert rules


def test_contexts_come_from_parties_words_and_actions() -> None:
    record = only(code(event("suicide_bombing", [REBELS], [ARMY])))
    assert record.context == ("military", "election", "diplomatic", "terrorism")
    assert record.provenance["context"].text == "army"
    assert record.provenance["context"].rules == ("plover/context/military", "plover/context/election",
                                                  "plover/context/diplomatic", "plover/context/terrorism")


def test_a_context_of_words_has_their_offsets() -> None:
    text = "Voters said graft and drug-cartels decided nothing; the Women's rights bill failed."
    made = EventMention(action="protest", trigger=Span(start=0, end=6, text="Voters"),
                        sentence=Span(start=100, end=100 + len(text), text=text))
    one = Event(id="1", action="protest", reports=(made,))
    found = contexts.told(one)
    assert found.names == ("election", "gender", "corruption")
    assert (found.evidence.start, found.evidence.text) == (100, "Voters")


def test_lists_are_complete() -> None:
    assert len(tables.events()) == 16
    assert len(tables.modes()) == 67
    assert {entry.event for entry in tables.events().values() if entry.needs_recipient} == {"COOPERATE", "AID",
                                                                                            "SANCTION"}
    quads = {name: entry.quad for name, entry in tables.events().items()}
    assert (quads["CONSULT"], quads["RETREAT"], quads["REJECT"], quads["SANCTION"]) == (1, 2, 3, 4)
    assert {item.context for item in contexts.items()} == set(tables.contexts()) - {
        "historical", "future", "hypothetical", "negation"}


def test_every_rule_gives_a_mode_of_its_event_and_knows_its_actions() -> None:
    for rule in ontology.rules:
        assert "mode" not in rule.codes or (rule.codes["event"], rule.codes["mode"]) in tables.modes(), rule.id
        assert set(rule.when["action"]) | set(rule.when.get("about", ())) <= set(ACTIONS), rule.id
    assert {one.code for one in coverage(ontology).actions} == set(reasons(ontology, "uncoded_actions.csv", "action"))


def test_no_two_rules_win() -> None:
    """Over action, embedded action, one or two weapons, and typical parties."""
    sides: list[tuple[str, ...]] = [("none",), ("military", "state", "MIL"), ("rebel", "armed", "REB"), ("igo",),
                                    ("CVL", "civilian"), ("peacekeeper", "military"), ("police", "COP"), ("country",)]
    weapons: list[tuple[str, ...]] = [("none",), *combinations(get_args(Weapon), 1), *combinations(get_args(Weapon), 2)]
    for action in ACTIONS.values():
        abouts = [*ACTIONS, "none"] if action.speech or action.id == "agree" else ["none"]
        means = [("none",)] if action.speech else weapons
        for about, weapon in product(abouts, means):
            both = len(weapon) < 2 and about == "none"
            for source, target in product(sides, sides) if both else [(sides[1], sides[2]), (sides[4], sides[4])]:
                told = {"action": (action.id,), "about": (about,), "weapon": weapon, "source": source, "target": target,
                        "reciprocal": ("yes",)}
                winners, _ = ontology.rules.firing({facet: frozenset(words) for facet, words in told.items()})
                assert len(winners) < 2, (told, [rule.id for rule in winners])


@pytest.mark.parametrize(("change", "check"), [
    ({"event": ["FIGHT"]}, "plover/event-known"), ({"event": []}, "plover/event-known"),
    ({"mode": ["visit"]}, "plover/mode-of-event"), ({"context": '["war"]'}, "plover/context-known"),
    ({"actor": []}, "plover/actor-required"), ({"quad_code": 1}, "plover/quad-of-event"),
    ({"event": "AID", "mode": "", "quad_code": 2, "recipient": []}, "plover/recipient-required"),
    ({"actor": [{"code": "COD", "sector": "XXX"}]}, "plover/sector-known")])
def test_checks(change: dict[str, Any], check: str) -> None:
    good = {"event": ["ASSAULT"], "mode": ("abduct",), "context": "military", "quad_code": 4,
            "actor": [{"code": "COD", "sector": "MIL"}], "recipient": []}
    assert [c.id for c in ontology.checks if c.fault(good)] == []
    assert [c.id for c in ontology.checks if c.fault({**good, **change})] == [check]


@pytest.mark.parametrize("change", [
    {"event": ("FIGHT",)}, {"mode": ("visit",)}, {"context": ("war",)}, {"actor": ()}, {"event": ("AID",),
                                                                                        "recipient": ()},
    {"event_scale": 11.0}, {"actor": ({"code": "Congo"},)}, {"actor": ({"sector": "ARMY"},)}])
def test_a_record_refuses_values_outside_the_codebook(change: dict[str, Any]) -> None:
    record = only(code(event("arrest", [ARMY], [REBELS])))
    with pytest.raises(ValidationError):
        PloverRecord.model_validate({**record.model_dump(), **change})


#: Where the draft of 2.0 says otherwise than the published table, or a neutral action is wider than its CAMEO code.
SETTLED_OTHERWISE = {
    "apologize", "lift_blockade", "lift_sanctions",  # CONCEDE: apologies and eased restrictions
    "convict", "sanction",  # SANCTION: by a court, by states
    "capture_territory",  # P5: force used is ASSAULT
    "charge",  # ACCUSE allege: to indict
    "coup", "disperse", "mutiny",  # COERCE: short of violence where no means is told
    "resign",  # RETREAT has a mode for it
}


def test_rules_agree_with_the_crosswalk() -> None:
    """Coding an act by CAMEO and walking over gives the event that PLOVER's own rules give."""
    apart = set()
    for action in ACTIONS:
        told = {"action": action, "about": "none", "weapon": "none", "source": "GOV", "target": "CVL",
                "outcome": "none",
                "reciprocal": "no", "status": "actual"}
        facts = {facet: frozenset({word}) for facet, word in told.items()}
        by_cameo, by_plover = cameo.rules.firing(facts)[0], ontology.rules.firing(facts)[0]
        if not by_cameo or not by_plover:
            continue
        walked = cameo_to_plover()[by_cameo[0].codes["code"]].event
        if walked and walked != by_plover[0].codes["event"]:
            apart.add(action)
    assert apart == SETTLED_OTHERWISE
