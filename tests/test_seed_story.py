"""The worked story of the reference folder, coded as its expected file says. Skipped where that folder is absent."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import expectations
import pytest

import eventcode as ec

SHARED = Path(__file__).resolve().parents[2] / "shared"
STORY = sorted((SHARED / "seed").glob("*.txt"))
EXPECTED = SHARED / "reference" / "seed_story_expected.json"
pytestmark = pytest.mark.skipif(not STORY or not EXPECTED.exists(), reason="the seed story is not here")

FORMATS = {"acled": "ACLED", "ucdp-ged": "UCDP GED", "cameo": "CAMEO", "plover": "PLOVER"}
#: What no text can tell (set by whoever emits the file), or what is prose.
NOT_COMPARED = {"event_id_cnty", "source", "source_scale", "timestamp", "notes", "id", "comment", "text_info"}
#: Told by the code alone: with an accepted alternative code they change with it.
FOLLOWS_CODE = {"root", "quad", "goldstein", "title", "quad_code", "event_scale"}
Row = dict[str, Any]


@cache
def expected() -> dict[str, Any]:
    content: dict[str, Any] = json.loads(EXPECTED.read_text("utf-8"))
    return content


@cache
def seed() -> ec.Article:
    return ec.Article(STORY[0].read_text("utf-8"), id="seed", published=expected()["story"]["article_date"])


def rows(ontology: str) -> list[Row]:
    return expectations.rows(ontology, seed())


def entries(ontology: str, required: bool) -> list[Row]:
    return [entry for entry in expected()["records"]
            if entry["format"] == FORMATS[ontology] and entry["required"] is required and entry["record"]]


def alternatives(ontology: str) -> dict[str, list[str]]:
    """Expected value to all values accepted in its stead, over all records of one format (they share their parties)."""
    accepted: dict[str, list[str]] = {}
    for entry in entries(ontology, True) + entries(ontology, False):
        for field, others in entry.get("acceptable_alternatives", {}).items():
            value = entry["record"].get(field)
            if isinstance(value, (str, int, float)) and isinstance(others, list):
                accepted.setdefault(str(value), []).extend(map(str, others))
    return accepted


def demand(ontology: str, entry: Row) -> Row:
    """One expected record as a demand."""
    fields = _plover_fields(entry) if ontology == "plover" else _flat_fields(entry["record"], alternatives(ontology))
    if ontology == "cameo" and entry.get("acceptable_alternatives", {}).get("code"):
        fields = {key: value for key, value in fields.items() if key not in FOLLOWS_CODE}
    order = "true" if entry.get("acceptable_alternatives", {}).get("actor_order") == "either" else "false"
    return {"why": "; ".join(entry["why"])[:90], "fields": fields, "either_order": order}


def _flat_fields(record: Row, accepted: dict[str, list[str]]) -> dict[str, list[str]]:
    fields = {}
    for key, value in record.items():
        if key in ("latitude", "longitude"):  # the file says: from memory, unverified
            fields[key] = [f"{value - 0.5}..{value + 0.5}"]
        elif key not in NOT_COMPARED or (key == "source" and value is not None):
            fields[key] = [str(value), *accepted.get(str(value), [])] if value is not None else [""]
    return fields


def _plover_fields(entry: Row) -> dict[str, list[str]]:
    record, other = entry["record"], entry.get("acceptable_alternatives", {})
    events = [[*record["event"], *record["mode"]], *([other["event_mode"][0].split()] if "event_mode" in other else [])]
    return {
        "date": [record["date"]],
        "event": [pair[0] for pair in events],
        "mode": [mode for pair in events for mode in pair[1:]] + other.get("mode", []),
        "context": [*record["context"], *other.get("context", [])],
        "quad_code": [str(record["quad_code"]), *map(str, other.get("quad_code", []))],
        "event_scale": [str(record["event_scale"]), *map(str, other.get("event_scale", []))]
        + (["8.0", "6.5"] if "mode" in other else []),  # RETREAT withdraw, and RETREAT without a mode
        **{f"{side}.{part}": [f"/{party[part]}.*/" for party in record[side]] + other.get(f"{side}_{part}", [])
           for side in ("actor", "recipient") for part in ("code", "sector")},
        "event_loc.province": [record["event_loc"]["province"], *expected_province_spellings()],
        "event_loc.country": [record["event_loc"]["country"]],
        "event_loc.country_code": [record["event_loc"]["country_code"]],
        "event_loc.resolution": [str(record["event_loc"]["resolution"])],
    }


def expected_province_spellings() -> list[str]:
    acled = entries("acled", True)[0]["acceptable_alternatives"]["admin1"]
    return [str(name) for name in acled]


def optional(ontology: str, entry: Row) -> Row:
    """An expected record that may be there: known by its act and parties alone."""
    keys = {"acled": ("event_type", "actor1", "actor2", "event_date"), "cameo": ("code", "source"),
            "plover": ("event", "actor.sector"), "ucdp-ged": ()}[ontology]
    wanted = {key: value for key, value in demand(ontology, entry)["fields"].items() if key in keys}
    if "code" in wanted:  # the root will do: 015 or 010
        wanted = {"source": wanted["source"], "root": [entry["record"]["root"]]}
    return {"fields": wanted, "either_order": "true"}


def judged(ontology: str) -> expectations.Verdict:
    demands = {"required": [demand(ontology, entry) for entry in entries(ontology, True)],
               "optional": [optional(ontology, entry) for entry in entries(ontology, False)]}
    return expectations.judge(demands, rows(ontology))


@pytest.mark.parametrize("ontology", ["acled", "cameo", "plover"])
def test_required_records(ontology: str) -> None:
    assert entries(ontology, True), "the expected file asks for nothing"
    faults = judged(ontology).faults
    assert not faults, "\n" + "\n".join(f"  - {fault}" for fault in faults)


@pytest.mark.parametrize("ontology", list(FORMATS))
def test_at_most_two_extra_records(ontology: str) -> None:
    extra = judged(ontology).extra
    assert len(extra) <= 2, "\n" + "\n".join(f"  - {_short(row)}" for row in extra)


def test_no_ged_record_and_why() -> None:
    assert rows("ucdp-ged") == []
    reasons = [rejection.reason for rejection in expectations.trace("ucdp-ged", seed()).rejections]
    assert any(reason.startswith(("no_fatality", "no_armed_force")) for reason in reasons), reasons


def test_both_receivers_are_in_plover() -> None:
    wanted = {party["sector"] for entry in entries("plover", True)[:1] for party in entry["record"]["recipient"]}
    found = {sector for row in rows("plover") if "RETREAT" in row["event"]
             for sector in expectations.values(row, "recipient.sector")}
    assert wanted <= found


def test_both_figures_are_kept_with_who_said_them() -> None:
    quantities = expected()["quantities"]
    read = expectations.counts(expectations.trace("acled", seed()).events)
    over = quantities["surrendered"]["min"]
    verdict = expectations.judge({"required": [
        {"why": "over 100 surrendered", "fields": {"what": "surrendered", "low": f"{over}..{over + 1}"}},
        {"why": "roughly 150, by US officials", "fields": {
            "what": ["detained", "surrendered"], "best": str(quantities["in_custody"]["approx"]), "qualifier": "about",
            "attributed_to.text": "/.*officials.*/", "attributed_to.country": "USA"}},
    ]}, read, "count")
    assert not verdict.faults, verdict.faults
    assert not [count for count in read if count["what"] in ("killed", "injured")]


def test_the_taliban_claim_is_a_claim() -> None:
    events = expectations.trace("acled", seed()).events
    claims = [claim for event in events for claim in (event.attributed_to, *(r.attributed_to for r in event.reports))]
    words = [f"{claim.text} ({claim.name})" for claim in claims if claim]
    assert any("Taliban" in claim for claim in words), words


# The pitfalls of the expected file, each by its words there. A check gives the rows that fell into it.


def _sides(row: Row) -> list[str]:
    return [f"{row['actor1']}; {row['assoc_actor_1'] or ''}", f"{row['actor2'] or ''}; {row['assoc_actor_2'] or ''}"]


def _enemies_on_one_side() -> list[Row]:
    return [row for row in rows("acled") if any("Taliban" in side and "Afghanistan (" in side for side in _sides(row))]


def _same_pair_place_day() -> list[Row]:
    seen: set[tuple[Any, ...]] = set()
    twice = []
    for row in rows("acled"):
        key = (frozenset((row["actor1"], row["actor2"])), row["event_date"], row["location"])
        twice += [row] if key in seen else []
        seen.add(key)
    return twice


def _us_officials() -> list[Row]:
    acled = [row for row in rows("acled") if any("United States" in side for side in _sides(row))]
    acts = {entry["record"]["root"] for entry in entries("cameo", True)}
    return acled + [row for row in rows("cameo") if row["root"] in acts and "USA" in f"{row['source']} {row['target']}"]


def _one_code_for_one_group() -> list[Row]:
    """Whoever surrenders is whoever is taken into custody: two codes for one group are the ambiguity."""
    group = {row["source"] for row in rows("cameo") if row["root"] == "08"}
    group |= {row["target"] for row in rows("cameo") if row["root"] == "17"}
    return [{"codes": sorted(group)}] if len(group) > 1 else []


def _where(ontology: str, wrong: Callable[[Row], bool]) -> Callable[[], list[Row]]:
    return lambda: [row for row in rows(ontology) if wrong(row)]


PITFALLS: dict[str, Callable[[], list[Row]]] = {
    "coding the Taliban as an ally of the government": _enemies_on_one_side,
    "coding Arrests as an extra ACLED event for the same pair/place/day": _same_pair_place_day,
    "event_date = article date": _where("acled", lambda row: row["event_date"] == expected()["story"]["article_date"]),
    "fatalities 100 or 150": _where("acled", lambda row: row["fatalities"] != 0),
    "civilian_targeting set": _where("acled", lambda row: bool(row["civilian_targeting"])),
    "US officials as actor": _us_officials,
    'Battles because of "offensive"': _where("acled", lambda row: row["event_type"] == "Battles"),
    "UCDP record without a death": _where("ucdp-ged", lambda row: True),
    "IMG/REB ambiguity for IS-K": _one_code_for_one_group,
    "CAMEO 080 or 057 instead of 0874": _where("cameo", lambda row: row["code"] in ("080", "057")),
    "1 record with two enemies on one side": _enemies_on_one_side,
}


def test_every_pitfall_of_the_file_is_checked() -> None:
    assert set(expected()["pitfalls"]) == set(PITFALLS)


@pytest.mark.parametrize("pitfall", list(PITFALLS))
def test_pitfall(pitfall: str) -> None:
    fallen = PITFALLS[pitfall]()
    assert not fallen, "\n" + "\n".join(f"  - {_short(row)}" for row in fallen)


def _short(row: Row) -> str:
    return ", ".join(f"{key}={value}" for key, value in row.items()
                     if value not in (None, "", [], {}) and key not in ("notes", "text", "event_text"))[:400]
