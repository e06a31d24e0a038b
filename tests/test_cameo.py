"""CAMEO: from neutral events built by hand to records, field by field."""

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
from eventcode.errors import InputError
from eventcode.lexicon import Weapon, lineages, read_actions
from eventcode.neutral import Event, EventDate, EventMention, Mentions, Party, Place, Span
from eventcode.ontologies.base import Coding, Reading
from eventcode.ontologies.cameo import ontology, tables
from eventcode.ontologies.cameo.actors import compose
from eventcode.ontologies.cameo.elements import parse
from eventcode.ontologies.cameo.record import CameoRecord

ACTIONS = read_actions(Path(eventcode.__file__).parent / "actions.yaml")
FAMILIES = {action.id: action.family for action in ACTIONS.values()}
KINDS = lineages(ACTIONS)
TEXT = "Rebels gave up near Goma on Monday; the army held them, an envoy said to the governor."


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start=start, end=start + len(words), text=words)


def party(words: str = "Rebels", **fields: Any) -> Party:
    return Party(**span(words).model_dump(), **fields)


ISIS = party(actor_id="islamic-state-khorasan", country=None, sector="REB", traits=("armed", "rebel", "international"))
TALIBAN = party("army", actor_id="taliban", country="AFG", sector="REB", traits=("armed", "rebel"))
ARMY = party("army", country="AFG", sector="MIL", traits=("state", "armed", "military"))
USA = party("envoy", country="USA", traits=("country", "state"))
IRAN = party("governor", country="IRN", traits=("country", "state"))
MONDAY = EventDate(start=date(2024, 5, 13), end=date(2024, 5, 13), precision="day", basis="text", words=span("Monday"),
                   rules=("en/weekday",))


def event(action: str, sources: Sequence[Party] = (), targets: Sequence[Party] = (), *, trigger: str = "gave up",
          sentence: int = 0, **fields: Any) -> Event:
    whole = Span(start=sentence, end=len(TEXT), text=TEXT[sentence:])
    mention = EventMention(action=action, trigger=span(trigger), sentence=whole, rules=(f"en/{action}",))
    return Event(id=f"{action}-{trigger}", action=action, sources=tuple(sources), targets=tuple(targets),
                 reports=(mention,), **{"date": MONDAY, **fields})


def code(*events: Event, actors: Sequence[Party] = ()) -> Coding:
    return ontology.code(Reading(Article(TEXT, id="a"), events, Mentions(actors=tuple(actors)), FAMILIES, KINDS,
                                 {"eventcode": "0"}))


def rows(coding: Coding) -> list[tuple[str, str, str]]:
    return [(r.source, r.code, r.target) for r in coding.records if isinstance(r, CameoRecord)]


def test_surrender_to_two_enemies_gives_one_record_each() -> None:
    coding = code(event("surrender", [ISIS], [TALIBAN, ARMY]))
    assert rows(coding) == [("IMGMUSISI", "0874", "AFGREB"), ("IMGMUSISI", "0874", "AFGMIL")]
    assert coding.rejections == []


def test_every_column_of_a_record() -> None:
    place = Place(**span("Goma").model_dump(), name="Goma", country="COD", latitude=-1.68, longitude=29.22,
                  rules=("gaz/1",))
    record = code(event("arrest", [ARMY], [ISIS], place=place)).records[0]
    assert list(record.values().items()) == [
        ("date", date(2024, 5, 13)), ("source", "AFGMIL"), ("target", "IMGMUSISI"), ("code", "173"), ("root", "17"),
        ("quad", 4), ("goldstein", -5.0), ("title", "Arrest, detain, or charge with legal action"), ("location",
                                                                                                     "Goma"),
        ("latitude", -1.68), ("longitude", 29.22), ("country", "COD"), ("source_text", "army"), ("target_text",
                                                                                                 "Rebels")]
    assert CameoRecord.columns()[:8] == ("date", "source", "target", "code", "root", "quad", "goldstein", "title")


def test_provenance_names_words_and_rules() -> None:
    record = code(event("arrest", [ARMY], [ISIS])).records[0]
    assert record.provenance["code"].text == "gave up"
    assert record.provenance["code"].rules == ("en/arrest", "cameo/173-arrest")
    assert record.provenance["date"].text == "Monday"
    assert "cameo/date/text" in record.provenance["date"].rules
    assert record.provenance["source"].rules == ("cameo/actor/country", "cameo/actor/role/MIL")
    assert record.provenance["target"].rules == ("cameo/actor/known",)
    assert "location" not in record.provenance
    assert record.meta.events == ("arrest-gave up",)
    assert record.meta.article_id == "a"
    assert "cameo/173-arrest" in record.explain()


@pytest.mark.parametrize(("status", "records"), [("actual", 1), ("ongoing", 1), ("negated", 0), ("hypothetical", 0),
                                                 ("historical", 0)])
def test_status_decides_whether_it_is_an_event(status: str, records: int) -> None:
    coding = code(event("arrest", [ARMY], [ISIS], status=status))
    assert len(coding.records) == records
    assert len(coding.rejections) == 1 - records
    assert all(status in rejection.reason for rejection in coding.rejections)


@pytest.mark.parametrize(("action", "expected"), [
    ("negotiate", "036"), ("release", "0353"), ("give_aid", "033"), ("lift_sanctions", "0354"), ("attack", "138"),
    ("sanction", "1312"), ("protest", "133"), ("arrest", "132")])
def test_an_intended_act_is_coded_as_its_announcement(action: str, expected: str) -> None:
    assert ("USA", expected, "IRN") in rows(code(event(action, [USA], [IRAN], status="intended")))


def test_an_attempt_on_a_life_has_its_own_code() -> None:
    assert rows(code(event("assassinate", [ISIS], [ARMY], status="intended"))) == [("IMGMUSISI", "185", "AFGMIL")]


def test_a_bare_noun_known_already_is_background() -> None:
    known = event("attack", [ARMY], [ISIS], date=EventDate(start=date(2024, 5, 14), precision="day", basis="published"))
    noun = known.reports[0].model_copy(update={"asserted": False})
    coding = code(known.model_copy(update={"reports": (noun,)}))
    assert coding.records == []
    assert coding.rejections[0].reason == "a bare noun that the text takes as known"


def test_joint_manoeuvres_are_cooperation() -> None:
    assert set(rows(code(event("military_exercise", [USA, IRAN])))) == {("USA", "062", "IRN"), ("IRN", "062", "USA")}


def test_sanctions_of_an_organization_on_a_named_country() -> None:
    place = Place(**span("Goma").model_dump(), name="Congo", kind="country", country="COD", precision="country")
    union = party("army", name="European Union", traits=("igo", "international"))
    assert rows(code(event("sanction", [union], place=place))) == [("IGOEUREEC", "163", "COD")]
    assert rows(code(event("threaten", [union], about="sanction", place=place))) == [("IGOEUREEC", "1312", "COD")]


def test_a_bare_intent_is_no_event() -> None:
    coding = code(event("vow", [USA], [IRAN], status="intended"))
    assert coding.records == []
    assert "no rule" in coding.rejections[0].reason


@pytest.mark.parametrize(("action", "about", "expected"), [
    ("demand", "release", "1053"), ("demand", "resign", "1041"), ("demand", None, "100"), ("appeal", "negotiate",
                                                                                           "026"),
    ("appeal", "give_military_aid", "0232"), ("reject", "withdraw_forces", "1246"), ("reject", "mediate", "126"),
    ("threaten", "attack", "138"), ("threaten", "bombard", "1384"), ("threaten", "break_relations", "1313"),
    ("agree", "withdraw_forces", "0356"), ("agree", None, "030"), ("vow", "mediate", "039"), ("vow", "kill", "1383"),
    ("accuse", "attack", "1123"), ("accuse", "torture", "1122"), ("accuse", None, "112"), ("agree", "sanction",
                                                                                           "1312")])
def test_speech_acts_take_the_code_of_what_they_are_about(action: str, about: str | None, expected: str) -> None:
    assert rows(code(event(action, [USA], [IRAN], about=about))) == [("USA", expected, "IRN")]


@pytest.mark.parametrize(("action", "weapons", "expected"), [
    ("attack", (), "190"), ("attack", ("drone",), "1952"), ("attack", ("aircraft", "bomb"), "195"), ("bombard",
                                                                                                     ("rocket",),
                                                                                                     "194"),
    ("kill", ("ied",), "1833"), ("explode", ("car_bomb",), "1832"), ("attack", ("chemical", "rocket"), "2041"),
    ("clash", ("firearm",), "193"), ("kill", ("knife",), "1823"), ("suicide_bombing", (), "1831"), ("kill", (), "190")])
def test_the_weapon_makes_the_code_exact(action: str, weapons: tuple[str, ...], expected: str) -> None:
    assert rows(code(event(action, [ARMY], [TALIBAN.model_copy(update={"actor_id": "x"})], weapons=weapons))) == [
        ("AFGMIL", expected, "AFGREB")]


def test_acts_of_both_sides_give_both_directions() -> None:
    assert set(rows(code(event("visit", [USA], [IRAN])))) == {("USA", "042", "IRN"), ("IRN", "043", "USA")}
    assert len(rows(code(event("clash", [ARMY], [ISIS], reciprocal=True)))) == 2
    assert len(rows(code(event("clash", [ARMY], [ISIS])))) == 1


def test_parties_that_meet_with_nobody_opposite_pair_among_themselves() -> None:
    assert set(rows(code(event("meet", [USA, IRAN])))) == {("USA", "040", "IRN"), ("IRN", "040", "USA")}


def test_a_side_that_nobody_knows_gives_no_record() -> None:
    someone = party("envoy", traits=("person",))
    for made, reason in ((event("arrest", [ARMY]), "no target"), (event("arrest", [], [ARMY]), "no source"),
                         (event("arrest", [ARMY], [someone]), "no target that CAMEO has a code for"),
                         (event("arrest", [ARMY], [ARMY]), "source and target are one party")):
        coding = code(made)
        assert coding.records == []
        assert coding.rejections[0].reason == reason


def test_a_statement_gives_way_to_the_act_it_reports() -> None:
    said, act = event("say", [USA], [IRAN], trigger="said"), event("arrest", [ARMY], [ISIS])
    assert rows(code(said, act)) == [("AFGMIL", "173", "IMGMUSISI")]
    assert rows(code(said)) == [("USA", "010", "IRN")]
    assert "C2" in code(said, act).rejections[0].reason


def test_one_record_per_dyad_code_and_day() -> None:
    coding = code(event("arrest", [ARMY], [ISIS]), event("arrest", [ARMY], [ISIS], trigger="held"))
    assert len(coding.records) == 1
    assert len(coding.records[0].meta.events) == 2


def test_the_more_specific_code_of_one_act_stays() -> None:
    coding = code(event("disarm", [ISIS], [ARMY]), event("surrender", [ISIS], [ARMY], trigger="held"))
    assert rows(coding) == [("IMGMUSISI", "0874", "AFGMIL")]
    assert "C3" in coding.rejections[0].reason
    coding = code(event("attack", [ARMY], [TALIBAN]), event("shoot", [ARMY], [TALIBAN], trigger="held"))
    assert rows(coding) == [("AFGMIL", "193", "AFGREB")]


def test_country_of_a_party_without_one_comes_from_place_then_article() -> None:
    police, gunmen = party("army", sector="COP", traits=("police", "state")), party("Rebels", sector="UAF",
                                                                                    traits=("unidentified",))
    goma = Place(name="Goma", country="COD")
    coding = code(event("arrest", [police], [gunmen], place=goma))
    assert rows(coding) == [("CODCOP", "173", "CODUAF")]
    assert "cameo/actor/country-of-place" in coding.records[0].provenance["source"].rules
    coding = code(event("arrest", [police], [gunmen]), actors=[IRAN, USA, USA])
    assert rows(coding) == [("USACOP", "173", "USAUAF")]
    assert rows(code(event("arrest", [police], [gunmen]))) == [("COP", "173", "UAF")]


def test_an_attack_on_a_place_abroad_is_an_attack_on_its_state() -> None:
    goma = Place(**span("Goma").model_dump(), name="Goma", country="COD")
    rwanda = party("army", country="RWA", sector="MIL", traits=("military",))
    coding = code(event("bombard", [rwanda], place=goma, weapons=("artillery",)))
    assert rows(coding) == [("RWAMIL", "194", "COD")]
    assert coding.records[0].provenance["target"].text == "Goma"
    assert code(event("arrest", [rwanda], place=goma)).records == []


@pytest.mark.parametrize(("fields", "expected"), [
    ({"country": "ROU", "traits": ("country",)}, "ROM"), ({"country": "FRA", "sector": "GOV"}, "FRAGOV"),
    ({"country": "FRA", "sector": "JRN"}, "FRAMED"), ({"country": "FRA", "sector": "MED"}, "FRAHLH"),
    ({"country": "FRA", "sector": "PTY", "traits": ("opposition",)}, "FRAOPPPTY"), ({"name": "NATO",
                                                                                     "traits": ("igo",)}, "IGOWSTNAT"),
    ({"actor_id": "united-nations", "traits": ("igo", "peacekeeper")}, "IGOUNOPKO"), ({"traits": ("igo",)}, "IGO"),
    ({"traits": ("ngo",)}, "NGO"), ({"traits": ("international", "armed")}, "IMG"), ({"traits": ("international",
                                                                                                 "business")}, "MNC"),
    ({"country": "FRA", "traits": ("person",)}, "FRACVL"), ({"sector": "REB"}, "REB"), ({"traits": ("person",)}, None),
    ({"actor_id": "taliban", "country": "AFG", "sector": "REB"}, "AFGREB"), ({"country": None,
                                                                              "traits": ("country",)}, None)])
def test_compose(fields: dict[str, Any], expected: str | None) -> None:
    made = compose(party(**fields))
    assert (made and made[0]) == expected
    assert made is None or (len(made[0]) % 3 == 0 and len(made[0]) <= 15 and made[1])


def test_parse_reads_a_code_back() -> None:
    assert [e.title for e in parse("ROMMIL")] == ["Romania", "Military of the state"]
    assert [e.kind for e in parse("IMGMUSISI")] == ["generic", "identity", "organization"]
    assert parse("MUS")[0].title == "Mauritius"
    assert parse("AFGQQQ")[1].kind == "unknown"
    for wrong in ("", "AF", "afg", "AFGMILX", "ABC" * 6):
        with pytest.raises(InputError, match="not an actor code"):
            parse(wrong)


def test_every_listed_actor_code_has_known_elements() -> None:
    for known, _ in tables.known_actors().values():
        assert all(element.kind != "unknown" for element in parse(known)), known
        assert len(known) > 3 or known in tables.rows("organizations")


def test_codes_are_complete_and_hang_together() -> None:
    entries = tables.codes()
    assert len(entries) == 318
    assert len([e for e in entries.values() if e.code == e.root]) == 20
    for entry in entries.values():
        root = int(entry.root)
        assert entry.quad == (1 if root <= 5 else 2 if root <= 8 else 3 if root <= 13 else 4)
        assert entry.parent in entries or entry.code == entry.root
        assert -10 <= entry.goldstein <= 10
    assert (entries["055"].title, entries["1051"].title) == ("Apologize", "Demand easing of administrative sanctions")
    assert all(code in entries and mirror in entries for code, (mirror, _) in tables.mirrors().items())


#: Sides of an event as rules see them.
SIDES: tuple[tuple[str, ...], ...] = (
    ("none",), ("military", "state", "MIL"), ("rebel", "armed", "REB"), ("CVL", "civilian"), ("igo",),
    ("peacekeeper", "military"), ("media", "JRN"), ("police", "COP"), ("ngo", "aid_worker"), ("opposition", "party"))
WEAPONS: tuple[tuple[str, ...], ...] = (
    ("none",), *combinations(get_args(Weapon), 1), *combinations(get_args(Weapon), 2))


def winners(action: str, about: str, weapon: tuple[str, ...], source: tuple[str, ...], target: tuple[str, ...]
            ) -> list[str]:
    near = {"action": KINDS[action], "about": KINDS.get(about, (about,))}
    told = {**near, "weapon": weapon, "source": source, "target": target, "outcome": ("killed",), "venue": ("third",)}
    won, _ = ontology.rules.firing({facet: frozenset(words) for facet, words in told.items()}, near)
    return [rule.id for rule in won]


@pytest.mark.parametrize("family", sorted(set(FAMILIES.values())))
def test_no_two_rules_win(family: str) -> None:
    """Over action, embedded action, one or two weapons, and typical parties."""
    for action in (a for a in ACTIONS.values() if a.family == family):
        embeds = action.speech or action.family in ("investigation", "protest", "agreement", "concession")
        abouts = [*ACTIONS, "none"] if embeds else ["none"]
        means = WEAPONS if action.material else [("none",), ("chemical",), ("nuclear",), ("cyber",)]
        for about, weapon in product(abouts, means):
            both = len(weapon) < 2 and about == "none"
            few = [(SIDES[1], SIDES[2]), (SIDES[3], SIDES[3]), (SIDES[2], SIDES[4])]
            for source, target in product(SIDES, SIDES) if both else few:
                won = winners(action.id, about, weapon, source, target)
                assert len(won) < 2, (action.id, about, weapon, source, target, won)


@pytest.mark.parametrize(("change", "check"), [
    ({"code": "999"}, "cameo/code-known"), ({"root": "18"}, "cameo/root-of-code"), ({"quad": 3}, "cameo/quad-of-root"),
    ({"goldstein": 5.0}, "cameo/goldstein-of-code"), ({"goldstein": "much"}, "cameo/goldstein-of-code"),
    ({"source": "AFGM"}, "cameo/source-elements"), ({"target": "QQQ"}, "cameo/target-elements")])
def test_checks(change: dict[str, Any], check: str) -> None:
    good = {"code": "173", "root": "17", "quad": 4, "goldstein": -5.0, "source": "AFGMIL", "target": "IMGMUSISI"}
    assert [c.id for c in ontology.checks if c.fault(good)] == []
    assert check in [c.id for c in ontology.checks if c.fault({**good, **change})]


def test_a_record_refuses_values_outside_the_codebook() -> None:
    record = code(event("arrest", [ARMY], [ISIS])).records[0]
    for change in ({"source": "afg"}, {"quad": 5}, {"code": "210"}, {"goldstein": 11.0}, {"latitude": 91.0}):
        with pytest.raises(ValidationError):
            CameoRecord.model_validate({**record.model_dump(), **change})


@pytest.mark.parametrize(("text", "dyads"), [
    ("Police arrested eleven in Lyon.", [("FRACOP", "FRACVL", "173")]),
    ("When the march turned violent in Lyon, the police used batons.", [("FRACOP", "FRACVL", "175")]),
    ("Rebels killed nine in Gao.", []),  # soldiers or villagers: nobody tells
    ("Police arrested the boat in Lyon.", []),
])
def test_people_of_whom_police_tell_only_a_number_are_civilians(text: str, dyads: list[tuple[str, str, str]]) -> None:
    found = eventcode.load("cameo").code(text, published="2024-05-15")
    assert [(record.source, record.target, record.code) for record in found] == dyads
