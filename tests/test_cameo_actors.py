"""CAMEO actor codes: composed of parts, read back, and refused where lists or the manual's order do not allow them."""

from __future__ import annotations

import csv
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

import eventcode
from eventcode.cli import app
from eventcode.errors import InputError
from eventcode.neutral import Party
from eventcode.ontologies.cameo import compose_actor, parse_actor, tables
from eventcode.ontologies.cameo.actors import compose
from eventcode.ontologies.cameo.elements import parse

REFERENCE = Path(__file__).parents[2] / "shared" / "reference"
needs_reference = pytest.mark.skipif(not REFERENCE.is_dir(), reason="the reference facts are not here")
ROLES, PLACES, GROUPS = tables.rows("roles"), tables.rows("countries"), tables.rows("organizations")


def of_tier(*tiers: str) -> list[str]:
    return [code for code, row in ROLES.items() if row["tier"] in tiers and code != "PKO"]


STATES = [code for code, row in PLACES.items() if row["kind"] != "region"]
REGIONS = [code for code, row in PLACES.items() if row["kind"] == "region"]
AREAS = [(state, code) for code, row in PLACES.items() for state in row["within"].split("|") if state]
PRIMARY, SECONDARY, TERTIARY, GENERIC = map(of_tier, ("primary", "secondary", "tertiary", "generic"))


def listed(name: str) -> list[dict[str, str]]:
    with (REFERENCE / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["actors", *arguments])


@st.composite
def places(draw: st.DrawFn) -> dict[str, Any]:
    """Where an actor belongs: a state, a state and its region, a region of the world, or nowhere for a role alone."""
    shape = draw(st.sampled_from(("state", "area", "region", "none")))
    if shape == "state":
        return {"country": draw(st.sampled_from(STATES))}
    if shape == "area":
        country, area = draw(st.sampled_from(AREAS))
        return {"country": country, "region": area}
    return {"region": draw(st.sampled_from(REGIONS))} if shape == "region" else {}


@st.composite
def actors(draw: st.DrawFn) -> dict[str, Any]:
    """Parts that CAMEO allows together, in whatever order the roles come, of at most five elements."""
    parts = draw(places())
    if draw(st.booleans()):
        parts["international"] = draw(st.sampled_from(GENERIC))
    if parts.get("international") and parts.get("country") == "MUS":
        parts["country"] = "FJI"  # after a generic code MUS is no longer Mauritius
    roles = st.sampled_from([*PRIMARY, "PTY", *SECONDARY, *TERTIARY])
    parts["role"] = tuple(draw(st.lists(roles, max_size=3, unique=True)))
    led = any(parts.get(name) for name in ("country", "region", "international", "role"))
    if led and any(name != "role" and part for name, part in parts.items()) and draw(st.booleans()):
        parts["identity"] = draw(st.sampled_from(("MUS", "MOS")))
    if draw(st.booleans()) or not led:
        parts["organization"] = draw(st.sampled_from(list(GROUPS)))
        parts |= {} if led else {"country": draw(st.sampled_from(STATES))}
        parts |= draw(units(parts))
    room = 5 - sum(len(part) if isinstance(part, tuple) else 1 for name, part in parts.items() if name != "role")
    parts["role"] = parts["role"][:max(0, room)]
    return {name: part for name, part in parts.items() if part}


def units(parts: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    """A specialty, with a suborganization, of these parts' organization; none where the roles leave no room."""
    used = {*parts["role"], parts["organization"], "PTY"}
    fits = len(parts) < 4 and used.isdisjoint(TERTIARY)
    specialty = st.sampled_from([role for role in SECONDARY if role not in used])
    other = st.sampled_from([group for group in GROUPS if group not in used])
    made = st.one_of(st.tuples(specialty), st.tuples(specialty, other)).map(lambda unit: {"unit": unit})
    return st.one_of(st.just({}), made) if fits else st.just({})


@settings(max_examples=400, deadline=None)
@given(actors())
def test_what_is_composed_reads_back_as_its_parts(parts: dict[str, Any]) -> None:
    code = compose_actor(**parts)
    read = parse_actor(code).parts()
    assert sorted(read.pop("role", ())) == sorted(parts.pop("role", ()))
    assert read == parts
    assert compose_actor(**parse_actor(code).parts()) == code


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from([*ROLES, *PLACES, *GROUPS, "MUS", "QQQ"]), min_size=1, max_size=6))
def test_any_letters_are_refused_or_compose_again_to_themselves(elements: list[str]) -> None:
    code = "".join(elements)
    try:
        actor = parse_actor(code)
    except InputError as problem:
        refusal = str(problem)
    else:
        refusal = code
        assert "QQQ" not in elements
        assert compose_actor(**actor.parts()) == actor.code == code
        assert str(actor) == actor.title
    assert code in refusal  # whatever the reason, it names the code


@pytest.mark.parametrize("table", ["countries", "roles", "organizations", "identities"])
def test_every_element_has_a_title_and_a_place_in_one_list(table: str) -> None:
    others = {code for name in ("countries", "roles", "organizations") if name != table for code in tables.rows(name)}
    for code, row in tables.rows(table).items():
        assert len(code) == 3
        assert row["title"]
        assert code not in others or code == "MUS"


def test_every_country_role_and_group_is_an_actor() -> None:
    for code in PLACES:
        assert parse_actor(code).title.startswith(PLACES[code]["title"].partition(" (")[0])
    for code in GROUPS:
        made = compose_actor(group=code) if GROUPS[code]["actor"] else compose_actor("SYR", group=code)
        assert parse_actor(made).elements[-1].code == code
        assert compose_actor(**parse_actor(made).parts()) == made
    for code in ROLES:
        assert compose_actor(role=("IGO", "PKO") if code == "PKO" else code).endswith(code)


def test_every_known_actor_reads_back() -> None:
    for key, (code, _) in tables.known_actors().items():
        settled = len(code) > 3 or GROUPS[code]["actor"]
        whole = compose_actor(group=key) if settled else compose_actor("SYR", "GOV", group=key)
        assert compose_actor(**parse_actor(whole).parts()) == whole, key


@needs_reference
@pytest.mark.parametrize("file", ["cameo_actor_roles", "cameo_country_codes", "cameo_known_groups",
                                  "cameo_region_codes"])
def test_every_element_of_the_reference_is_known(file: str) -> None:
    rows = listed(f"{file}.csv")
    assert len(rows) > 20
    assert [row["code"] for row in rows if parse("SYR" + row["code"])[1].kind == "unknown"] == []


@needs_reference
def test_every_organization_code_of_the_manual_is_composed_of_its_parts() -> None:
    for row in listed("cameo_org_codes.csv"):
        assert compose_actor(**parse_actor(row["code"]).parts()) == row["code"]


@pytest.mark.parametrize(("parts", "code", "title"), [
    ({"country": "AFG", "role": "MIL"}, "AFGMIL", "Afghanistan: military"),
    ({"country": "USA", "role": "GOV"}, "USAGOV", "United States: government"),
    ({"country": "AFG", "role": "REB"}, "AFGREB", "Afghanistan: rebels"),
    ({"country": "PER"}, "PER", "Peru"),
    ({"country": "ROU", "role": "COP"}, "ROMCOP", "Romania: police"),
    ({"role": "IMG", "organization": "ISI", "identity": "MUS"}, "IMGMUSISI",
     "international militarized group: Muslim, Islamic State"),
    ({"group": "ISI"}, "IMGMUSISI", None), ({"group": "Al-Qaeda"}, "IMGMUSALQ", None),
    ({"group": "Islamic State", "country": "LBY"}, "IMGLBYMUSISI", None),
    ({"group": "Hamas"}, "PSEREBHMS", "Palestinian territories: rebels, Hamas"),
    ({"group": "HMS", "role": "GOV"}, "PSEGOVHMS", None),
    ({"group": "BTH", "country": "SYR", "role": "GOVPTY"}, "SYRGOVPTYBTH", None),
    ({"international": "IGO", "region": "WST", "organization": "NAT"}, "IGOWSTNAT", None),
    ({"group": "UNHCR"}, "IGOUNOREFHCR", None), ({"group": "NATO"}, "IGOWSTNAT", None),
    ({"group": "Islamic State in Libya"}, "IMGMUSISI", None), ({"group": "ISIS"}, "IMGMUSISI", None),
    ({"organization": "UNO", "role": "IGO", "unit": ("REF", "HCR")}, "IGOUNOREFHCR",
     "inter-governmental organization: United Nations, refugees and migration, UN High Commission for Refugees"),
    ({"country": "THA", "role": ("PTY", "OPP")}, "THAOPPPTY", "Thailand: political opposition, political party"),
    ({"country": "KEN", "role": "OPP", "secondary": "LAB"}, "KENOPPLAB", None),
    ({"country": "IDN", "role": "RAD", "secondary": "EDU"}, "IDNEDURAD", None),
    ({"country": "NOR", "role": "NGO", "secondary": "REF"}, "NGONORREF", None),
    ({"country": "YUG", "region": "SRB", "role": "MIL"}, "YUGSRBMIL", "Yugoslavia: Serbia, military"),
    ({"country": "PSE", "region": "GZS"}, "PSEGZS", None), ({"country": "SUN", "role": "SPY"}, "SUNSPY", None),
    ({"region": "SAS", "role": "SEP"}, "SASSEP", "South Asia: separatist rebels"),
    ({"role": ("IGO", "PKO")}, "IGOPKO", "inter-governmental organization: peacekeepers"),
    ({"country": "ISR", "role": "SET"}, "ISRSET", "Israel: settlers"), ({"role": "INS"}, "INS", "insurgents")])
def test_parts_stand_in_the_manuals_order(parts: dict[str, Any], code: str, title: str | None) -> None:
    assert compose_actor(**parts) == code
    assert title is None or str(parse_actor(code)) == title


def test_the_parts_of_an_actor() -> None:
    actor = parse_actor("ISRGOVPTYLKD")
    assert (actor.country, actor.roles, actor.organization) == ("ISR", ("GOV", "PTY"), "LKD")
    assert actor.code == "ISRGOVPTYLKD"
    assert [element.what for element in actor.elements] == ["country", "primary role", "party role", "organization"]
    court = parse_actor("IGOUNOJUDICJ")
    assert (court.international, court.country, court.roles, court.unit) == ("IGO", None, (), ("JUD", "ICJ"))
    assert parse_actor("MUS").country == "MUS"
    assert parse_actor("IMGMUSALQ").identity == "MUS"
    with pytest.raises(AttributeError):
        actor.elements = ()  # type: ignore[misc]


@pytest.mark.parametrize(("code", "why"), [
    ("AFGQQQ", r"AFGQQQ: QQQ \(letters 4 to 6\) is on no list"), ("QQQ", r"QQQ \(letters 1 to 3\)"),
    ("TURREBPKK", r"PKK \(letters 7 to 9\)"), ("AFGMI", "not an actor code"), ("", "not an actor code"),
    ("ETHREFMIL", "MIL .primary role. cannot follow REF"), ("UNO", "cannot lead"),
    ("NGAAFR", "AFR .region. cannot follow NGA"),
    ("NGAGHA", "GHA .country. cannot follow NGA"), ("IGOUNOUNO", "twice"), ("SENPKO", "inter-governmental"),
    ("UGAREBNGA", "NGA .country. cannot follow"), ("IGOHLHUNOJUDICJ", "lower tier"),
    ("IGOUNOHCRWHO", "one suborganization"),
    ("REBIGO", "IGO .generic. cannot follow"), ("SRBYUG", "cannot follow")])
def test_codes_that_cannot_be_are_refused_by_part_and_place(code: str, why: str) -> None:
    with pytest.raises(InputError, match=why):
        parse_actor(code)


@pytest.mark.parametrize(("parts", "why"), [
    ({}, "at least one part"), ({"country": "QQQ"}, "country 'QQQ' is on no list"), ({"role": "XYZ"}, "role 'XYZ'"),
    ({"country": "MLI", "role": "MI"}, "role 'MI'"), ({"country": "MLI", "region": "WAF"}, "cannot follow"),
    ({"region": "QQQ"}, "region 'QQQ'"), ({"country": "CHN", "region": "BAG"}, "cannot follow"),
    ({"country": "AFR"}, "would not be read as country AFR"), ({"group": "nobody at all"}, "known groups"),
    ({"role": ("IGO", "NGO")}, "contradict each other"), ({"international": "MIL"}, "give it as the role"),
    ({"country": "MLI", "secondary": "MIL"}, "no secondary or tertiary role"),
    ({"organization": "QQQ"}, "organization 'QQQ'"),
    ({"country": "IRQ", "group": "Hamas"}, "country IRQ contradicts the group Hamas, whose country is PSE"),
    ({"group": "ISI", "organization": "ALQ"}, "organization ALQ contradicts"), ({"group": "BTH"}, "cannot lead"),
    ({"international": "NGO", "country": "MUS"}, "would not be read as country MUS"),
    ({"identity": "QQQ"}, "identity 'QQQ'"),
    ({"country": "MLI", "role": ("REB", "REB")}, "twice"), ({"country": "MLI", "unit": ("MED",)}, "would not be read"),
    ({"country": "MLI", "role": ("OPP", "PTY", "EDU", "MED", "RAD")}, "18 letters; an actor code has at most 15")])
def test_parts_that_do_not_fit_are_refused(parts: dict[str, Any], why: str) -> None:
    with pytest.raises(InputError, match=why):
        compose_actor(**parts)


def party(**fields: Any) -> Party:
    return Party(start=0, end=4, text="They", **fields)


@pytest.mark.parametrize(("fields", "code"), [
    ({"actor_id": "taliban", "country": "AFG", "sector": "GOV"}, "AFGGOV"),
    ({"actor_id": "hamas", "country": "PSE", "sector": "REB"}, "PSEREBHMS"),
    ({"actor_id": "likud", "country": "ISR", "sector": "PTY", "traits": ("party", "government")}, "ISRGOVPTYLKD"),
    ({"actor_id": "polisario-front", "country": "ESH", "sector": "REB"}, "ESHREBPLS"),
    ({"actor_id": "palestine-liberation-organization", "country": "PSE", "traits": ()}, "PSEPLO"),
    ({"actor_id": "abu-sayyaf", "country": "PHL", "sector": "REB"}, "IMGSEAMUSASF"),
    ({"actor_id": "al-qaeda-in-the-islamic-maghreb", "country": "DZA", "sector": "REB"}, "IMGMUSALQ"),
    ({"actor_id": "red-army", "country": "RUS", "sector": "MIL"}, "SUNMIL"),
    ({"actor_id": "greenpeace", "sector": "SOC", "traits": ("ngo",)}, "NGMENVGRP"),
    ({"actor_id": "norwegian-refugee-council", "traits": ("ngo",)}, "NGONORREF"),
    ({"country": "SEN", "sector": "MIL", "traits": ("armed", "peacekeeper", "international")}, "IGOPKO"),
    ({"country": "FRA", "sector": "SOC", "traits": ("civilian", "ngo", "aid_worker")}, "NGOFRA"),
    ({"country": "ROU", "sector": "BUS", "traits": ("business", "international")}, "MNCROM"),
    ({"sector": "BUS", "traits": ("international",)}, "MNC"),
    ({"country": "ITA", "sector": "BUS", "traits": ("business",)}, "ITABUS"),
    ({"actor_id": "hezbollah", "sector": "REB", "traits": ("armed", "international")}, "IMGHEZ"),
    ({"sector": "JUD", "traits": ("igo", "international", "judiciary")}, "IGOJUD"),
    ({"sector": "JRN", "traits": ("ngo", "international", "media")}, "NGOMED"),
    ({"country": "BLR", "sector": "GOV", "traits": ("state", "media")}, "BLRGOVMED"),
    ({"country": "EGY", "sector": "MIL", "traits": ("state", "judiciary")}, "EGYMILJUD"),
    ({"country": "TZA", "sector": "OPP", "traits": ("opposition", "labor")}, "TZAOPPLAB"),
    ({"country": "IRQ", "sector": "GOV", "traits": ("government", "opposition")}, "IRQGOV"),
    ({"country": "CHL", "sector": "CVL", "traits": ("civilian", "protester", "student")}, "CHLEDU"),
    ({"country": "CHL", "sector": "CVL", "traits": ("civilian", "protester", "opposition")}, "CHLOPP"),
    ({"country": "GHA", "sector": "CVL", "traits": ("civilian", "women")}, "GHACVL")])
def test_the_coder_composes_what_is_known_of_a_party(fields: dict[str, Any], code: str) -> None:
    made = compose(party(**fields))
    assert made is not None
    assert made[0] == parse_actor(code).code
    assert all(rule.startswith("cameo/actor/") for rule in made[1])


def test_every_actor_of_the_lexicon_has_a_code_that_reads_back() -> None:
    rows: list[dict[str, str]] = []
    for table in sorted((Path(eventcode.__file__).parent / "languages" / "en" / "actors").glob("*.csv")):
        with table.open(encoding="utf-8", newline="") as lines:
            rows += csv.DictReader(lines)
    uncoded = []
    for row in rows:
        traits: Any = tuple(row["traits"].split("|")) if row["traits"] else ()
        made = compose(party(name=row["name"], actor_id=row["id"], country=row["country"] or None,
                             sector=row["sector"] or None, traits=traits), "XKX")
        uncoded += [row["id"]] if made is None else []
        assert made is None or compose_actor(**parse_actor(made[0]).parts()) == made[0], row["id"]
    assert rows
    assert len(uncoded) < len(rows) / 100, uncoded


@pytest.mark.parametrize("country", [None, "ROU", "KEN"])
@pytest.mark.parametrize("sector", [None, *tables.roles("sector")])
def test_every_sector_with_every_two_traits_gives_a_code_that_reads_back(sector: Any, country: str | None) -> None:
    words = [*tables.roles("trait"), "igo", "ngo", "international", "peacekeeper", "state", "person"]
    for traits in combinations(words, 2):
        made = compose(party(sector=sector, country=country, traits=traits), "XKX")
        assert made is None or parse_actor(made[0]).code == made[0], traits


def test_the_command_reads_codes_and_names_the_part_it_does_not_know() -> None:
    result = run("parse", "AFGMIL", "AFGQQQ", "IMGMUSISI")
    assert result.exit_code == 1
    assert result.stdout.splitlines()[:3] == ["AFGMIL  Afghanistan: military", "  AFG  country: Afghanistan",
                                              "  MIL  primary role: Military of the state"]
    assert "IMGMUSISI  international militarized group: Muslim, Islamic State" in result.stdout
    assert "QQQ (letters 4 to 6)" in result.stderr
    assert run("parse", "AFGMIL").exit_code == 0


@pytest.mark.parametrize(("arguments", "code"), [
    (("--country", "AFG", "--role", "MIL"), "AFGMIL"), (("--group", "Islamic State"), "IMGMUSISI"),
    (("--role", "IMG", "--identity", "MUS", "--organization", "ISI"), "IMGMUSISI"),
    (("--role", "IGO", "--organization", "UNO", "--unit", "REF", "--unit", "HCR"), "IGOUNOREFHCR"),
    (("--country", "ISR", "--role", "GOV", "--role", "PTY", "--organization", "LKD"), "ISRGOVPTYLKD"),
    (("--role", "NGO", "--region", "WAF", "--secondary", "HLH"), "NGOWAFHLH")])
def test_the_command_composes(arguments: tuple[str, ...], code: str) -> None:
    result = run("compose", *arguments)
    assert (result.exit_code, result.stdout) == (0, f"{code}\n")


def test_the_command_refuses_unknown_parts() -> None:
    result = run("compose", "--country", "QQQ")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "country 'QQQ'" in result.stderr
