"""Actors: what phrases name, by date, what is no actor, users' tables, and the tables themselves."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from datetime import date
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest

from eventcode.countries import by_iso3
from eventcode.document import Sentence, Token
from eventcode.errors import RuleError
from eventcode.languages.en import language
from eventcode.mentions._actor_tables import ACTOR_COLUMNS, ActorTables, actor_files, read_day, split_list
from eventcode.mentions._actor_words import alias_key
from eventcode.mentions.actors import ActorFinder, ActorMention
from eventcode.neutral import TRAITS, Party

_WORD = re.compile(r"U\.S\.|(?:Gen|Lt|Col|Maj|Brig)\.|['’]s\b|\w+?(?=['’]s\b)|\w+(?:['’]\w+)*|[^\w\s]")
FINDER = ActorFinder(language)


def tokens(text: str, offset: int) -> list[Token]:
    return [Token(i, offset + m.start(), offset + m.end(), m.group(), m.group().lower())
            for i, m in enumerate(_WORD.finditer(text))]


def sentence(text: str, start: int = 0) -> Sentence:
    return Sentence(0, start, start + len(text), text, tokens)


def find(text: str, on: date | None = None, finder: ActorFinder = FINDER) -> list[ActorMention]:
    return finder.find(sentence(text), on)


def parties(text: str, on: date | None = None) -> dict[str, Party]:
    return {m.party.text: m.party for m in find(text, on)}


# text of the party, country, sector, actor id
COMPOSED = [
    ("Kenyan soldiers crossed the river.", "Kenyan soldiers", "KEN", "MIL", None),
    ("Peru's president spoke.", "Peru's president", "PER", "GOV", None),
    ("The president of Kenya spoke.", "president of Kenya", "KEN", "GOV", None),
    ("Turkish-backed rebels dug in.", "rebels", None, "REB", None),
    ("Hamas-run police closed the road.", "Hamas-run police", "PSE", "COP", "hamas"),
    ("Taliban fighters withdrew.", "Taliban fighters", "AFG", "REB", "taliban"),
    ("M23 rebels took the ridge.", "M23 rebels", "COD", "REB", "m23"),
    ("Some 40 members of the Taliban fled.", "members of the Taliban", "AFG", "REB", "taliban"),
    ("The Islamic State's Afghan cell did it.", "Islamic State's Afghan cell", "AFG", "REB", "islamic-state-khorasan"),
    ("Islamic State gunmen in Somalia fired.", "Islamic State gunmen", "SOM", "REB", "islamic-state-in-somalia"),
    ("ISIS-K claimed the blast.", "ISIS-K", "AFG", "REB", "islamic-state-khorasan"),
    ("The rebel group M23 advanced.", "rebel group M23", "COD", "REB", "m23"),
    ("Hamas supporters marched.", "Hamas supporters", "PSE", "CVL", None),
    ("Residents of Goma fled.", "Residents of Goma", None, "CVL", None),
    ("Fulani herders burned huts.", "Fulani herders", None, "AGR", None),
    ("Kachin fighters struck a post.", "Kachin fighters", "MMR", "UAF", None),
    ("A mob chased local government forces.", "local government forces", None, "MIL", None),
    ("The rebel army shelled it.", "rebel army", None, "REB", None),
    ("Foreign Minister Ana Petrescu resigned.", "Foreign Minister Ana Petrescu", None, "GOV", None),
    ("Chilean Foreign Minister Ana Rojas resigned.", "Chilean Foreign Minister Ana Rojas", "CHL", "GOV", None),
    ("mission spokesman U.S. Army Maj. Ed O'Hara said so.",
     "mission spokesman U.S. Army Maj. Ed O'Hara", "USA", "MIL", "u-s-army"),
    ("Police in Mali fired.", "Police", "MLI", "COP", None),
    ("UN peacekeepers left.", "UN peacekeepers", None, "MIL", "united-nations"),
    ("Washington warned them.", "Washington", "USA", "GOV", None),
    ("The Kremlin denied it.", "Kremlin", "RUS", "GOV", "kremlin"),
    ("Hezbollah leader Hassan Nasrallah spoke.", "Hezbollah leader Hassan Nasrallah", "LBN", "REB", "hezbollah"),
    ("Former Peruvian president Luis Roca was held.", "Peruvian president Luis Roca", "PER", "ELI", None),
    ("The opposition Movement for Democratic Change won.", "opposition Movement for Democratic Change", "ZWE", "OPP",
     "movement-for-democratic-change"),
    ("Mugabe's supporters cheered.", "Mugabe's supporters", "ZWE", "CVL", None),
    ("The former Socialist premier Ivo Kral was held.", "premier Ivo Kral", None, "ELI", None),
    ("Croat forces withdrew.", "Croat forces", "HRV", "MIL", None),
    ("A Kurdish-led alliance of Syrian rebels spoke.", "Syrian rebels", "SYR", "REB", None),
]


@pytest.mark.parametrize(("text", "words", "country", "sector", "actor"), COMPOSED)
def test_phrases_say_whom_they_name(text: str, words: str, country: str | None, sector: str, actor: str | None) -> None:
    found = parties(text)
    matching = [party for shown, party in found.items() if shown == words or shown.endswith(words)]
    assert matching, f"{words!r} not among {list(found)}"
    party = matching[0]
    assert (party.country, party.sector, party.actor_id) == (country, sector, actor)
    assert party.rules


def test_offsets_are_the_articles_own() -> None:
    text = "Two days later, Kenya’s army fired on al-Shabaab militants."
    for mention in FINDER.find(sentence(text, start=1000)):
        party = mention.party
        assert text[party.start - 1000:party.end - 1000] == party.text


def test_coordinated_countries_share_role_and_head() -> None:
    first, second = find("U.S. and Iraqi forces entered.")
    assert [(m.party.text, m.party.country, m.party.sector) for m in (first, second)] == [
        ("U.S.", "USA", "MIL"), ("Iraqi forces", "IRQ", "MIL")]
    assert first.head == second.head == 3
    india, pakistan = find("The defence ministers of India and Pakistan met.")
    assert (india.party.country, pakistan.party.country) == ("IND", "PAK")
    assert {india.party.sector, pakistan.party.sector} == {"GOV"}


def test_head_is_the_core_noun() -> None:
    mention = find("Dozens of members of the Taliban fled.")[0]
    assert (mention.head, mention.plural) == (2, True)


def test_numbered_unit_of_an_army() -> None:
    party = find("Kenya's 4th \"Simba\" Brigade held the town.")[0].party
    assert (party.unit, party.country, party.sector) == ("4th Brigade", "KEN", "MIL")


def test_apposition_tells_the_country() -> None:
    assert find("Gen. Paul Okello, the top Ugandan commander, agreed.")[0].party.country == "UGA"


def test_surname_counts_after_the_full_name() -> None:
    seen: dict[str, Party] = {}
    assert FINDER.find(sentence("Okello agreed."), None, seen) == []
    FINDER.find(sentence("Ugandan General Paul Okello arrived."), None, seen)
    again = FINDER.find(sentence("Okello agreed."), None, seen)[0].party
    assert (again.country, again.sector, again.text) == ("UGA", "MIL", "Okello")


def test_anaphor_needs_a_definite_general_noun() -> None:
    assert find("The group released him.")[0].anaphor
    assert find("The militants released him.")[0].anaphor
    assert find("Members of the group released him.")[0].anaphor
    assert not any(m.anaphor for m in find("Militants released him."))
    assert not any(m.anaphor for m in find("The Malian militants released him."))


@pytest.mark.parametrize(("on", "sector", "state"), [
    (date(1995, 6, 1), "REB", False), (date(1999, 6, 1), "GOV", True), (date(2018, 8, 2), "REB", False),
    (date(2021, 8, 14), "REB", False), (date(2021, 8, 15), "GOV", True), (None, "REB", False)])
def test_dates_choose_the_row(on: date | None, sector: str, state: bool) -> None:
    party = find("The Taliban rejected it.", on)[0].party
    assert (party.actor_id, party.sector, "state" in party.traits) == ("taliban", sector, state)


def test_leaders_out_of_office_are_former() -> None:
    assert find("Barack Obama spoke.", date(2012, 1, 1))[0].party.sector == "GOV"
    later = find("Barack Obama spoke.", date(2020, 1, 1))[0].party
    assert (later.sector, later.country, "government" in later.traits) == ("ELI", "USA", False)


@pytest.mark.parametrize("text", [
    "They roasted turkey for dinner.",
    "Turkey sandwiches and stuffing sold out at Thanksgiving.",
    "Jordan Miller scored twice.",
    "Fans cheered Michael Jordan again.",
    "Savannah, Georgia elected a new council head coach.",
    "A general strike was called.",
    "The birthday party lasted until noon.",
    "It forces them to wait.",
    "New rules will force schools of thought apart.",
    "General Motors cut prices.",
    "He lives in Peru.",
    "A flood hit the town of Sur, Oman.",
    "They met in Washington.",
    "us against them, who is next?",
    "Opposition to the dam grew.",
    "Paris Saint-Germain drew.",
])
def test_what_is_no_actor(text: str) -> None:
    found = [m.party for m in find(text)]
    assert [p for p in found if p.country or p.actor_id or p.sector in ("MIL", "COP", "PTY", "OPP")] == []


@pytest.mark.parametrize(("text", "on", "actor", "sector"), [
    ("Jaish al-Izzah shelled the road.", None, "jaysh-al-izza", "REB"),
    ("Failaq al-Rahman fighters left Arbin.", None, "faylaq-al-rahman", "REB"),
    ("The Harakat an-Nujaba base was hit.", None, "harakat-hezbollah-al-nujaba", "PRM"),
    ("SAA troops dug in near Idlib.", date(2019, 6, 1), "syrian-arab-army", "MIL"),
    ("The SPLA shelled Malakal.", date(2014, 3, 1), "south-sudan-peoples-defence-forces", "MIL"),
    ("The SPLA shelled Kapoeta.", date(1999, 3, 1), "sudan-peoples-liberation-army-insurgent", "REB"),
    ("Gunmen of the Northeast Cartel fled.", None, "cartel-del-noreste", "CRM"),
    ("Executive Outcomes flew them in.", None, "executive-outcomes", "PRM"),
    ("The Continuity IRA planted it.", None, "continuity-ira", "REB"),
    ("Anti-Balaka and UFDR men fought.", None, "anti-balaka", "REB")])
def test_armed_groups_by_their_many_names(text: str, on: date | None, actor: str, sector: str) -> None:
    assert (actor, sector) in {(m.party.actor_id, m.party.sector) for m in find(text, on)}


@pytest.mark.parametrize("text", [
    "SAA cancelled nine flights from Johannesburg.",
    "Anwar Sadat spoke for an hour.",
    "He attaches great weight to the pledge.",
    "Bersatu will field forty candidates.",
    "Peace Brigades International sent observers to Bogota.",
    "They crossed into La Linea on foot.",
])
def test_other_things_of_the_same_name_are_no_armed_group(text: str) -> None:
    assert {m.party.actor_id for m in find(text)} <= {None}


@pytest.mark.parametrize("text", ["", " ", "-", "--", "’s", "- - -", "😀 🚩", "الجيش السوري", "U.S.-", "(((", "'",
                                  "Gen.", "of of of", "the the", "Mali-", "-Mali", "209th", "Corps"])
def test_odd_text_is_survived(text: str) -> None:
    for mention in find(text):
        assert text[mention.party.start:mention.party.end] == mention.party.text


def test_datelines_name_no_party() -> None:
    assert find("NAIROBI, Kenya (Agency) -- Herders met.")[0].party.text == "Herders"


def test_verb_and_noun_police() -> None:
    assert find("They will police the border.") == []
    assert [m.party.sector for m in find("He surrendered to police.")] == ["COP"]


def test_sentences_without_case() -> None:
    found = parties("TALIBAN FIGHTERS KILL TWO AFGHAN SOLDIERS")
    assert {(p.country, p.sector) for p in found.values()} == {("AFG", "REB"), ("AFG", "MIL")}
    assert "USA" not in {p.country for p in parties("he told us who left the camp").values()}


def test_names_need_their_capitals() -> None:
    assert "hamas" not in {m.party.actor_id for m in find("He spelled it hamas by mistake.")}


def test_demonyms_are_people_or_the_country() -> None:
    assert find("Two Iraqis died.")[0].party.sector == "CVL"
    assert find("An Iraqi was shot.")[0].party.traits == ("civilian", "person")
    assert "country" in find("The Iraqis rejected it.")[0].party.traits
    assert "country" in find("An Iraqi film opened.")[0].party.traits


def row(**cells: str) -> dict[str, str]:
    return {**dict.fromkeys(ACTOR_COLUMNS, ""), **cells}


def table(tmp_path: Path, *rows: dict[str, str]) -> Path:
    path = tmp_path / "extra.csv"
    with path.open("w", newline="", encoding="utf-8") as out:
        writer = csv.DictWriter(out, dict.fromkeys(key for cells in rows for key in cells))
        writer.writeheader()
        writer.writerows(rows)
    return path


FRONT = row(id="blue-ridge-front", name="Blue Ridge Front", aliases="BRF", country="KEN", sector="REB",
            traits="armed|rebel")


def test_extra_table_and_frame_are_laid_over(tmp_path: Path) -> None:
    for extra in (table(tmp_path, FRONT), pd.DataFrame([FRONT]), pd.DataFrame([{**FRONT, "note": None}])):
        finder = ActorFinder(language, [extra])
        party = find("BRF fighters burned a depot.", finder=finder)[0].party
        assert (party.actor_id, party.country, party.sector) == ("blue-ridge-front", "KEN", "REB")
    other = row(id="m23", name="M23", country="COD", sector="PRM", traits="armed|militia")
    ours = ActorFinder(language, [table(tmp_path, other)])
    assert find("M23 withdrew.", finder=ours)[0].party.sector == "PRM"
    stolen = ActorFinder(language, [table(tmp_path, {**FRONT, "aliases": "Hamas"})])
    assert find("Hamas withdrew.", finder=stolen)[0].party.actor_id == "blue-ridge-front"


@pytest.mark.parametrize(("change", "words"), [
    ({"country": "XX"}, "ISO 3166"), ({"sector": "ARMY"}, "not a sector"), ({"traits": "armed|brave"}, "brave"),
    ({"start": "soon"}, "not YYYY"), ({"start": "2010", "end": "2001"}, "after end"), ({"id": ""}, "no id"),
    ({"name": ""}, "no name"), ({"checked": "2026-13"}, "not YYYY-MM")])
def test_bad_rows_are_named(tmp_path: Path, change: dict[str, str], words: str) -> None:
    with pytest.raises(RuleError, match=words) as caught:
        ActorFinder(language, [table(tmp_path, {**FRONT, **change})])
    assert caught.value.line == 2
    with pytest.raises(RuleError, match=words):
        ActorFinder(language, [pd.DataFrame([{**FRONT, **change}])])


def test_bad_tables_are_named(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="missing"):
        ActorFinder(language, [pd.DataFrame([{"id": "a"}])])
    with pytest.raises(RuleError, match="path or a data frame"):
        ActorFinder(language, [42])
    with pytest.raises(RuleError, match="used twice"):
        ActorFinder(language, [table(tmp_path, FRONT, FRONT)])
    with pytest.raises(RuleError, match="cannot be read"):
        ActorFinder(language, [tmp_path / "nowhere.csv"])


ACTOR_TABLES = [f"actors/{path.name}" for path in actor_files(language.folder)]


def pack(tmp_path: Path, **tables: dict[str, str]) -> Path:
    """A language folder with small tables that hold nothing, and for each name an actor table of one row."""
    for name in ("demonyms", "roles", "communities", "units", "leaders", "organizations"):
        header = (language.folder / f"{name}.csv").read_text(encoding="utf-8").splitlines()[0]
        (tmp_path / f"{name}.csv").write_text(header + "\n", encoding="utf-8")
    (tmp_path / "actors").mkdir()
    for name, cells in tables.items():
        table(tmp_path, cells).rename(tmp_path / "actors" / f"{name}.csv")
    return tmp_path


def test_actor_tables_of_a_folder_share_their_ids(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="no actor table"):
        actor_files(tmp_path)
    other = row(id="red-hill-army", name="Red Hill Army", country="KEN")
    tables = ActorTables(pack(tmp_path, b=FRONT, a=other))
    assert list(tables.actors) == ["red-hill-army", "blue-ridge-front"]
    table(tmp_path, other).rename(tmp_path / "actors" / "c.csv")
    with pytest.raises(RuleError, match=r"used twice.*a\.csv, line 2") as caught:
        ActorTables(tmp_path)
    assert (Path(str(caught.value.path)).name, caught.value.line) == ("c.csv", 2)


def rows_of(*names: str) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = []
    for name in names:
        with (language.folder / name).open(encoding="utf-8", newline="") as lines:
            rows += csv.DictReader(lines)
    return rows


def test_table_sizes() -> None:
    assert len(rows_of(*ACTOR_TABLES)) >= 3900
    assert len({r["id"] for r in rows_of(*ACTOR_TABLES) if r["sector"] in ("REB", "PRM", "CRM", "UAF")}) >= 1900
    assert sum(1 for r in rows_of("roles.csv") if r["kind"] != "none") >= 450
    assert len(rows_of("demonyms.csv")) >= 195
    assert len(rows_of("communities.csv")) >= 700
    assert len(rows_of("units.csv")) >= 500
    assert len(rows_of("leaders.csv")) >= 4500


@pytest.mark.parametrize("name", [*ACTOR_TABLES, "leaders.csv", "roles.csv", "communities.csv", "units.csv"])
def test_rows_are_well_formed(name: str) -> None:
    for r in rows_of(name):
        assert re.fullmatch(r"[a-z0-9-]+", r["id"]), r
        for code in split_list(r.get("country", "") or r.get("countries", "")):
            assert by_iso3(code) is not None, r
        assert set(split_list(r.get("traits", ""))) <= TRAITS, r
        start, end = read_day(r.get("start", "")), read_day(r.get("end", ""), end=True)
        assert not (start and end) or start <= end, r


def test_ids_are_unique_or_dated() -> None:
    for name in ("leaders.csv", "roles.csv", "communities.csv", "units.csv"):
        ids = [r["id"] for r in rows_of(name)]
        assert len(ids) == len(set(ids)), name
    spans = defaultdict(list)
    for r in rows_of(*ACTOR_TABLES):
        spans[r["id"]].append((read_day(r["start"]) or date.min, read_day(r["end"], end=True) or date.max))
    for actor, held in spans.items():
        held.sort()
        assert all(a[1] < b[0] for a, b in pairwise(held)), actor


def test_references_between_tables() -> None:
    ids = {r["id"] for r in rows_of(*ACTOR_TABLES)}
    assert {r["parent"] for r in rows_of(*ACTOR_TABLES) if r["parent"]} <= ids
    assert {r["actor"] for r in rows_of("leaders.csv") if r["actor"]} <= ids


def test_actors_of_one_name_on_one_day_differ_in_country() -> None:
    held = defaultdict(list)
    for r in rows_of(*ACTOR_TABLES):
        span = (read_day(r["start"]) or date.min, read_day(r["end"], end=True) or date.max)
        for key in {alias_key(alias.rstrip("?"))[0] for alias in (r["name"], *split_list(r["aliases"]))}:
            held[key].append((*span, r["country"], r["id"]))
    clashes = [(key, a[3], b[3]) for key, spans in held.items() for i, a in enumerate(spans) for b in spans[:i]
               if a[0] <= b[1] and b[0] <= a[1] and a[2] == b[2]]
    assert clashes == []


def test_every_country_has_an_adjective_or_a_name() -> None:
    for r in rows_of("demonyms.csv"):
        assert by_iso3(r["iso3"]) is not None, r
        party = find(f"{r['name']} rejected the offer.")[0].party
        assert party.country == r["iso3"], r


@pytest.mark.parametrize(("text", "expected"), [
    ("The Kenya Wildlife Movement (KWM) officials met.", ("Kenya Wildlife Movement (KWM) officials", "KEN")),
    ("Fighters of CPI (Maoist) fled.", ("Fighters of CPI (Maoist", "IND")),
    ("The Zambia Congress of Trade Unions called a strike.", ("Zambia Congress of Trade Unions", "ZMB")),
    ("Leaders of the Azure Dawn (Unity) opposition coalition met.",
     ("Leaders of the Azure Dawn (Unity) opposition coalition", None))])
def test_brackets_and_unknown_words_stand_within_names(text: str, expected: tuple[str, str | None]) -> None:
    named = find(text, date(2024, 5, 15))[0].party
    assert named.text.startswith(expected[0])
    assert named.country == expected[1]


@pytest.mark.parametrize(("text", "sector"), [
    ("Bluewater University closed.", "EDU"), ("The Malta Doctors Union struck.", "MED"),
    ("The Riverside Baptist Church burned.", "REL"), ("The Coastal Herders Association agreed.", "AGR"),
    ("The Lakeside Election Commission met.", "GOV")])
def test_an_organization_is_what_its_last_nouns_say(text: str, sector: str) -> None:
    assert find(text)[0].party.sector == sector


def test_who_is_for_or_against_a_country_is_not_its_own() -> None:
    assert [m.party.country for m in find("Pro-Russian separatists held an anti-Syrian journalist.")] == [None, None]


def test_two_peoples_at_the_start_of_a_clause_are_nations() -> None:
    assert [m.party.sector for m in find("Israelis and Palestinians resumed talks.")] == [None, None]
    assert [m.party.sector for m in find("Police held Israelis and Palestinians.")][1:] == ["CVL", "CVL"]


def test_a_capital_told_to_be_a_town_is_no_government() -> None:
    assert not find("Shells hit the southern capital Juba and Christian east Beirut.")[1:]


def test_bodies_of_the_united_nations_have_the_sector_of_what_they_do() -> None:
    found = find("The UN Security Council, UNHCR, WHO and Oxfam officials met.")
    sectors = {m.party.text: m.party.sector for m in found}
    assert sectors == {"UN Security Council": "GOV", "UNHCR": "REF", "WHO": "MED", "Oxfam officials": None}


def test_who_is_about_to_take_office_is_no_former_official() -> None:
    assert find("Muhammad Yunus spoke.", date(2024, 8, 6))[0].party.sector == "GOV"
    assert find("Barack Obama spoke.", date(2020, 8, 6))[0].party.sector == "ELI"


def test_one_body_that_became_another_is_the_longer_one_where_no_day_is_known() -> None:
    assert find("UNITA refused.")[0].party.sector == "REB"
    assert find("UNITA refused.", date(2012, 5, 1))[0].party.sector == "PTY"
