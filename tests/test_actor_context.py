"""Actors in the company of a text: names of several actors, roles at home, and silence where the text does not tell."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import eventcode as ec
from eventcode.mentions._actor_choice import UNSURE, readings
from eventcode.mentions._actor_tables import Entry
from eventcode.mentions.homes import OF_PLACE, OF_STORY
from eventcode.neutral import Party

CODER = ec.load("plover")


def parties(text: str, published: str | None = None) -> dict[str, Party]:
    return {party.text: party for party in CODER.mentions(text, published=published).actors}


def bearer(key: str, country: str, start: int | None = None, end: int | None = None, faint: bool = False) -> Entry:
    return Entry("actor", f"actors/{key}", key.title(), key=key, country=country, sector="REB",
                 traits=("armed", key), start=date(start, 1, 1) if start else None,
                 end=date(end, 12, 31) if end else None, faint=faint)


TWO = [bearer("north", "MLI"), bearer("south", "LKA")]


@pytest.mark.parametrize(("entries", "on", "countries", "key"), [
    (TWO, None, [{"MLI"}], "north"),
    (TWO, None, [{"LKA", "FRA"}], "south"),
    (TWO, None, [set(), {"LKA"}], "south"),  # the story tells where the sentence does not
    (TWO, None, [{"MLI"}, {"MLI", "LKA"}], "north"),  # the sentence goes before the story
    (TWO, None, [{"MLI", "LKA"}], ""),
    (TWO, None, [{"PER"}], ""),
    (TWO, None, [], ""),
    ([bearer("old", "MLI", end=1999), bearer("new", "LKA", start=2000)], date(2010, 1, 1), [{"MLI"}], "new"),
    ([bearer("old", "MLI", end=1999), bearer("new", "LKA", start=2000)], date(1990, 1, 1), [], "old"),
    ([TWO[0], bearer("south", "LKA", faint=True)], None, [], "north"),
    ([TWO[0], bearer("south", "LKA", faint=True)], None, [{"LKA"}], "south"),
    ([TWO[0], bearer("south", "LKA", faint=True)], None, [{"LKA", "MLI"}], "north"),
])
def test_day_and_countries_choose_among_bearers_of_a_name(entries: list[Entry], on: date | None,
                                                          countries: list[set[str]], key: str) -> None:
    chosen = readings(entries, on, [frozenset(told) for told in countries])["actor"]
    assert chosen.key == key
    assert (chosen.rule == UNSURE) == (key == "")


def test_an_undecided_name_says_only_what_its_bearers_share() -> None:
    chosen = readings(TWO, None)["actor"]
    assert (chosen.country, chosen.sector, chosen.traits, chosen.name) == (None, "REB", ("armed",), "")
    assert readings([bearer("south", "LKA", faint=True)], None) == {}


def test_an_undecided_name_that_is_a_role_too_is_the_role() -> None:
    role = Entry("role", "roles/front", "front", key="front")
    assert set(readings([*TWO, role], None)) == {"role"}
    assert set(readings([*TWO, role], None, [frozenset({"MLI"})])) == {"actor", "role"}


ROWS = """id,name,aliases,country,sector,traits,start,end,note
lake-front-a,Lake Front (Mali),Lake Front|LFQ,MLI,REB,armed|rebel,,,
lake-front-b,Lake Front (Peru),Lake Front|LFQ,PER,PTY,party,,,
"""


@pytest.mark.parametrize(("text", "actor"), [
    ("The LFQ raided a post in Bamako.", "lake-front-a"),
    ("Peruvian voters left the Lake Front.", "lake-front-b"),
    ("The Lake Front met on Tuesday. It chose a chairman in Lima, the capital of Peru.", "lake-front-b"),
    ("The Lake Front met on Tuesday.", None),
    ("Envoys of Mali and Peru spoke of the Lake Front.", None),
])
def test_a_shared_name_is_told_by_the_story_or_stays_open(tmp_path: Path, text: str, actor: str | None) -> None:
    path = tmp_path / "own.csv"
    path.write_text(ROWS, encoding="utf-8")
    found = ec.load("plover", actors=[path]).mentions(text).actors
    named = [party for party in found if party.text.endswith(("Lake Front", "LFQ"))]
    assert [party.actor_id for party in named] == [actor]


@pytest.mark.parametrize(("text", "words", "country", "rule"), [
    ("Police fired tear gas at traders in Mombasa, Kenya.", "Police", "KEN", OF_PLACE),
    ("Residents of Goma hid in cellars.", "Residents of Goma", "COD", OF_PLACE),
    ("The junta in Conakry closed the airport.", "junta", "GIN", OF_PLACE),
    ("Fighting shook Bangui, in the Central African Republic. Villagers fled.", "Villagers", "CAF", OF_STORY),
    ("The German minister spoke to soldiers in Kabul.", "soldiers", "AFG", OF_PLACE),
])
def test_roles_are_at_home_where_the_text_is(text: str, words: str, country: str, rule: str) -> None:
    party = parties(text)[words]
    assert (party.country, party.rules[-1]) == (country, rule)


@pytest.mark.parametrize(("text", "words"), [
    ("Villagers fled.", "Villagers"),
    ("The minister flew to Vienna.", "minister"),
    ("Warships of the Norwegian navy left; troops landed near Mogadishu.", "troops"),
    ("Traders came from Nigeria, Chad and Niger.", "Traders"),
    ("France said its soldiers were safe in Niamey.", "soldiers"),
    ("Doctors Without Borders treated 40 people in Juba.", "Doctors Without Borders"),
    ("UN peacekeepers patrolled in Juba.", "UN peacekeepers"),
])
def test_nobody_gets_a_home_by_guessing(text: str, words: str) -> None:
    assert parties(text)[words].country is None


@pytest.mark.parametrize(("text", "words", "actor"), [
    ("The MAS of Evo Morales won the vote in Bolivia.", "MAS", "movement-for-socialism"),
    ("NDC supporters attacked a polling station in Ghana.", "NDC", "national-democratic-congress-ghana"),
    ("The MAS of the town won the vote.", "MAS", None)])
def test_a_name_that_needs_a_country_counts_where_the_text_tells_one(text: str, words: str, actor: str | None) -> None:
    found = parties(text)
    assert (found[words].actor_id if words in found else None) == actor


@pytest.mark.parametrize(("text", "words", "sector", "country"), [
    ("Police arrested members of the Green Ridge Resistance Army.", "Green Ridge Resistance Army", "REB", None),
    ("The Zabarmari Liberation Front attacked a convoy.", "Zabarmari Liberation Front", "REB", None),
    ("The Kenyan Zuberi Party rejected the vote.", "Zuberi Party", "PTY", "KEN"),
    ("The Zuberi Teachers' Union called a strike.", "Zuberi Teachers' Union", "LAB", None)])
def test_an_organization_in_no_table_is_known_by_its_last_noun(text: str, words: str, sector: str,
                                                               country: str | None) -> None:
    (found,) = [party for named, party in parties(text).items() if words in named and party.sector == sector]
    assert found.country == country


@pytest.mark.parametrize("text", [
    "The party rejected the vote.", "The army attacked a convoy.", "Congress voted on Monday.",
    "He joined the Army after school."])
def test_a_bare_noun_is_no_name_of_an_organization(text: str) -> None:
    assert not [p for p in parties(text).values() if any(rule.startswith("organizations/") for rule in p.rules)]


def test_members_of_a_coalition_act_together() -> None:
    text = "A coalition of Kenya, Uganda and Burundi sent troops to Somalia."
    (event,) = ec.load("plover").events(text)
    assert [party.country for party in event.sources] == ["KEN", "UGA", "BDI"]


def test_letters_in_brackets_stand_for_the_name_before_them() -> None:
    text = "The Azawad Liberation Army (ALA) attacked a post near Gao. Residents blamed the ALA."
    last = ec.load("plover").mentions(text).actors[-1]
    assert (last.text, last.sector, last.country) == ("ALA", "REB", "MLI")
    other = ec.load("plover").mentions("The Azawad Liberation Army (in brief) attacked. Residents blamed the ALA.")
    assert not any(party.text == "ALA" for party in other.actors)


def test_a_name_within_a_longer_name_is_nobody_else() -> None:
    found = ec.load("plover").mentions("The National Democratic Alliance for Change rejected the vote in Chad.").actors
    assert not any(party.actor_id for party in found)
    own = ec.load("plover").mentions("South Africa's Democratic Alliance rejected the vote.").actors
    assert any(party.actor_id == "democratic-alliance" for party in own)
