"""Conversion between ontologies: what arrives, what is told of it, and that no row is lost."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, get_args

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

import eventcode as ec
from eventcode.cli import app
from eventcode.crosswalks import tables
from eventcode.crosswalks.convert import PAIRS, Conversion
from eventcode.crosswalks.ledger import Kind, Ledger
from eventcode.crosswalks.parties import entity, of_cameo
from eventcode.dataset.columns import columns
from eventcode.errors import InputError, RuleError
from eventcode.ontologies.acled import tables as acled
from eventcode.ontologies.cameo import tables as cameo
from eventcode.ontologies.plover import tables as plover
from eventcode.plugins import ontology


def cameo_row(code: str = "0841", source: str = "NGAREB", target: str = "NGAMIL", **more: Any) -> dict[str, Any]:
    return {"date": "2021-03-04", "source": source, "target": target, "code": code, "source_text": "the gunmen",
            "target_text": "two soldiers", "location": "Maiduguri", "latitude": 11.85, "longitude": 13.16,
            "country": "NGA", **more}


def plover_row(event: Any = ("RETREAT",), mode: Any = (), actor: Any = ({"code": "COL", "sector": "REB"},),
               recipient: Any = ({"code": "COL", "sector": "GOV"},), **more: Any) -> dict[str, Any]:
    return {"id": "p-1", "date": "2019-07-08", "event": list(event) if isinstance(event, tuple) else event,
            "mode": list(mode) if isinstance(mode, tuple) else mode, "actor": list(actor), "recipient": list(recipient),
            **more}


def acled_row(sub: str, **more: Any) -> dict[str, Any]:
    return {"event_id_cnty": "PER77", "event_date": "2022-12-09", "time_precision": 1, "sub_event_type": sub,
            "event_type": acled.sub_events()[sub].event_type, "actor1": "Protesters (Peru)", "inter1": "Protesters",
            "actor2": "Police Forces of Peru (2021-2022)", "inter2": "State forces", "country": "Peru",
            "location": "Andahuaylas", "latitude": -13.66, "longitude": -73.38, "geo_precision": 1, "fatalities": 2,
            **more}


def ged_row(**more: Any) -> dict[str, Any]:
    return {"id": 481, "type_of_violence": 1, "side_a": "Government of Philippines", "side_b": "CPP", "gwnoa": "840",
            "where_prec": 4, "where_coordinates": "Samar province", "country": "Philippines", "latitude": 11.9,
            "longitude": 125.2, "date_start": "2016-02-01", "date_end": "2016-02-03", "best": 3, **more}


def convert(rows: Sequence[dict[str, Any]], source: str, to: str, **options: Any) -> Conversion:
    return ec.convert(pd.DataFrame(list(rows)), to, from_=source, **options)


def one(row: dict[str, Any], source: str, to: str, **options: Any) -> tuple[dict[str, Any], pd.DataFrame]:
    made = convert([row], source, to, **options)
    assert len(made.frame) == 1, made.summary()
    return made.frame.to_dict("records")[0], made.losses


def kinds(losses: pd.DataFrame) -> set[tuple[str, str]]:
    return set(zip(losses["column"], losses["kind"], strict=True))


def faults(frame: pd.DataFrame, schema: str) -> list[str]:
    """What validation finds, but for words of the text that the source does not have."""
    words = ("source_text", "target_text")
    return [str(issue) for issue in ec.validate(frame, schema).issues if issue.column not in words]


def note(losses: pd.DataFrame, column: str) -> str:
    return "; ".join(losses.loc[losses["column"] == column, "note"].fillna(""))


# The tables

def test_every_cameo_code_has_a_row_with_a_target_or_a_reason() -> None:
    rows = tables.cameo_to_plover()
    assert set(rows) == set(cameo.codes())
    assert {code for code, row in rows.items() if row.event is None} == {c for c in rows if c[:2] in ("01", "02")}
    assert all(row.note for row in rows.values() if row.kind in ("none", "partial", "narrower"))


def test_every_plover_event_and_mode_has_a_row_back() -> None:
    rows = {key[:2]: row for key, row in tables.plover_to_cameo().items()}
    assert set(rows) == {(event, None) for event in plover.events()} | set(plover.modes())
    assert all(row.note or row.candidates for row in rows.values() if row.kind in ("partial", "narrower"))


#: PLOVER has one ASSAULT for CAMEO's roots 18 to 20, and restricts and seizes where CAMEO blocks and occupies.
OTHER_ROOT = {"163", "175", "19", "190", "191", "192", "193", "196", "20", "200", "201", "202", "203"}


def test_there_and_back_gives_the_code_its_ancestor_or_its_root() -> None:
    elsewhere = set()
    for code, there in tables.cameo_to_plover().items():
        if there.event is not None:
            back = tables.plover_to_cameo()[there.event, there.mode, False].code
            if cameo.codes()[str(back)].root != cameo.codes()[code].root:
                elsewhere.add(code)
    assert elsewhere == OTHER_ROOT


def test_there_and_back_gives_the_event_for_every_certain_row() -> None:
    for (event, mode, _), row in tables.plover_to_cameo().items():
        if row.kind == "exact" and (event, mode) not in {("SANCTION", "convict")}:
            there = tables.cameo_to_plover()[str(row.code)]
            assert (there.event, there.mode) == (event, mode), row


def test_every_acled_type_class_and_cameo_role_has_a_row() -> None:
    assert set(tables.acled_walks()) == set(acled.sub_events())
    assert {name for name, _ in tables.sectors_of_classes()} == set(acled.inter_numbers())
    assert set(tables.sectors_of_roles()) == set(cameo.titles("roles"))


@pytest.mark.parametrize(("table", "read", "row", "fault"), [
    ("cameo_plover", tables.cameo_to_plover, "999,AID,,,exact,,proposed,", "unknown: 999"),
    ("cameo_plover", tables.cameo_to_plover, "070,AID,visit,,exact,,proposed,", "unknown: AID visit"),
    ("cameo_plover", tables.cameo_to_plover, "070,AID,,weather,exact,,proposed,", "unknown: weather"),
    ("cameo_plover", tables.cameo_to_plover, "070,AID,,,nearly,,proposed,", "unknown: nearly"),
    ("cameo_plover", tables.cameo_to_plover, "070,AID,,,exact,,proposed,", "no row for 01, 010"),
    ("plover_cameo", tables.plover_to_cameo, "AID,,,070,exact,88,proposed,", "unknown: 88"),
    ("plover_cameo", tables.plover_to_cameo, "AID,,,070,exact,,proposed,", "no row for ACCUSE, ACCUSE/allege"),
    ("acled", tables.acled_walks, "Siege,,AID,,exact,070,exact,,proposed,", "unknown: Siege")])
def test_a_wrong_table_is_refused(table: str, read: Callable[[], Any], row: str, fault: str, tmp_path: Path,
                                  monkeypatch: pytest.MonkeyPatch) -> None:
    header = (tables.FOLDER / f"{table}.csv").read_text(encoding="utf-8").partition("\n")[0]
    (tmp_path / f"{table}.csv").write_text(f"{header}\n{row}\n", encoding="utf-8")
    monkeypatch.setattr(tables, "FOLDER", tmp_path)
    with pytest.raises(RuleError) as problem:
        read.__wrapped__()  # type: ignore[attr-defined]
    assert fault in str(problem.value)
    assert str(tmp_path / f"{table}.csv") in str(problem.value)


# CAMEO to PLOVER

def test_a_row_of_cameo_in_plovers_columns() -> None:
    made, losses = one(cameo_row(), "cameo", "plover")
    assert (made["event"], made["mode"], made["context"]) == (["RETREAT"], ["release"], ["legal"])
    assert (made["quad_code"], made["event_scale"], made["id"]) == (2, 6.5, "cameo-0")
    assert [(e["code"], e["sector"], e["entity_text"]) for e in made["actor"]] == [("NGA", "REB", "the gunmen")]
    assert [(e["code"], e["sector"]) for e in made["recipient"]] == [("NGA", "MIL")]
    assert (made["event_loc"]["resolved_place"], made["event_loc"]["country"]) == ("Maiduguri", "Nigeria")
    assert kinds(losses) == {("source", "merged distinction")}
    assert note(losses, "source").startswith("also INS, SEP")


def test_merged_codes_name_those_they_are_merged_with() -> None:
    _, losses = one(cameo_row("0873", "COLREB", "COLGOV"), "cameo", "plover")
    told = losses[losses["column"] == "code"].iloc[0]
    assert (told["value"], told["to"], told["kind"]) == ("0873", "RETREAT disarm (military)", "merged distinction")
    assert "087, 0874" in told["note"]


def test_scores_and_quads_are_the_targets_own() -> None:
    made, _ = one(cameo_row("163", "USA", "IRN", goldstein=9.9, quad=1), "cameo", "plover")
    assert (made["event"], made["quad_code"], made["event_scale"]) == (["COERCE"], 4, -7.0)
    back, _ = one(plover_row(("AID",), quad_code=4, event_scale=-3.0), "plover", "cameo")
    assert (back["code"], back["quad"], back["goldstein"]) == ("070", 2, 7.0)


def test_the_host_of_a_visit_is_its_recipient() -> None:
    made, losses = one(cameo_row("043", "JPNGOV", "VNMGOV"), "cameo", "plover")
    assert (made["actor"][0]["code"], made["recipient"][0]["code"]) == ("VNM", "JPN")
    assert ("source", "swapped sides") in kinds(losses)


@pytest.mark.parametrize(("code", "country", "kind", "sector", "name"), [
    ("AFGMIL", "AFG", "AFG", "MIL", None), ("ROMGOVPTY", "ROU", "ROU", "PTYGOV", None), ("KSVLEG", "XKX", "KOS", "LEG",
                                                                                       None),
    ("IGOUNO", None, "IGO", None, "United Nations"), ("SYRMED", "SYR", "SYR", "JRN", None),
    ("SYRHLH", "SYR", "SYR", "MED", None), ("NGM", None, "ISM", None, None), ("REB", None, None, "REB", None)])
def test_cameo_actors_become_entities(code: str, country: str | None, kind: str | None, sector: str | None,
                                      name: str | None) -> None:
    who = of_cameo(code, "they", "source", Ledger())
    made = entity(who)
    assert (who.country, made["code"], made["sector"], made["identifier_text"]) == (country, kind, sector, name)


@pytest.mark.parametrize(("row", "reason"), [
    (cameo_row("012"), "code 012: PLOVER has no category for statements (P2)"),
    (cameo_row("023"), "code 023: PLOVER has no category for appeals (P2)"),
    (cameo_row("20", root="02"), "code 20 is not of root 02: a leading zero may be lost"),
    (cameo_row("0999"), "code '0999' is no CAMEO code"), (cameo_row(source="Kenya"), "source 'Kenya': "),
    (cameo_row(latitude=123.0), "latitude 123.0: "), (cameo_row(source=None), "source None is no actor code")])
def test_rows_that_cannot_be_converted_are_rejected_with_the_reason(row: dict[str, Any], reason: str) -> None:
    made = convert([row], "cameo", "plover")
    assert len(made.frame) == 0
    assert made.rejects["reason"].iloc[0].startswith(reason)
    assert list(made.rejects.columns) == [*row, "reason"]


# PLOVER to CAMEO

@pytest.mark.parametrize(("event", "mode", "code", "kind"), [
    ("RETREAT", "ceasefire", "0871", None), ("PROTEST", "hunger", "142", None), ("COERCE", "curfew", "1723", None),
    ("MOBILIZE", "troops", "150", "merged distinction"), ("COERCE", "censor", "1721", "wider target"),
    ("REQUEST", "yield", "105", "guessed"), ("ASSAULT", "targeted", "180", "guessed")])
def test_events_and_modes_become_the_code_that_covers_them(event: str, mode: str, code: str, kind: str | None) -> None:
    made, losses = one(plover_row((event,), (mode,)), "plover", "cameo")
    assert made["code"] == code
    assert (dict.fromkeys(losses["kind"][losses["column"] == "mode"]) or {None: None}).keys() == {kind}


def test_an_open_mode_names_the_candidates() -> None:
    _, losses = one(plover_row(("MOBILIZE",), ("troops",)), "plover", "cameo")
    assert "could be 152, 154" in note(losses, "mode")


def test_an_assault_between_armed_sides_is_a_fight() -> None:
    sides = ({"code": "MMR", "sector": "MIL"},), ({"code": "MMR", "sector": "REB"},)
    assert one(plover_row(("ASSAULT",), (), *sides), "plover", "cameo")[0]["code"] == "190"
    assert one(plover_row(("ASSAULT",), ("firearms",), *sides), "plover", "cameo")[0]["code"] == "193"
    unarmed = sides[0], ({"code": "MMR", "sector": "CVL"},)
    assert one(plover_row(("ASSAULT",), (), *unarmed), "plover", "cameo")[0]["code"] == "180"


def test_without_guesses_open_codes_are_rejected() -> None:
    made = convert([plover_row(("ASSAULT",)), plover_row(("AID",))], "plover", "cameo", guess=False)
    assert list(made.frame["code"]) == ["070"]
    assert "would be a guess" in made.rejects["reason"].iloc[0]
    assert "guessed" not in set(made.losses["kind"])


def test_lists_and_contexts_that_cameo_has_no_place_for_are_told() -> None:
    actors = ({"code": "FRA", "sector": "GOV"}, {"code": "DEU", "sector": "GOV"})
    made, losses = one(plover_row(("SUPPORT", "AGREE"), actor=actors, context=["diplomatic"], comment="size: dead 1",
                                  event_loc={"city": "Paris", "resolution": 4}), "plover", "cameo")
    assert (made["code"], made["source"]) == ("050", "FRAGOV")
    gone = {"actor", "context", "event", "comment", "event_loc.city", "event_loc.resolution"}
    assert {(column, "no counterpart") for column in gone} <= kinds(losses)
    second = losses[(losses["column"] == "actor") & (losses["kind"] == "no counterpart")]["value"].iloc[0]
    assert json.loads(second)["code"] == "DEU"


def test_of_a_joint_act_the_second_actor_is_the_other_side() -> None:
    actors = ({"code": "EGY", "sector": "GOV"}, {"code": "SDN", "sector": "GOV"})
    made, losses = one(plover_row(("CONSULT",), actor=actors, recipient=()), "plover", "cameo")
    assert (made["source"], made["target"], made["code"]) == ("EGYGOV", "SDNGOV", "040")
    assert ("actor", "guessed") in kinds(losses)


@pytest.mark.parametrize(("row", "reason"), [
    (plover_row(("PROTEST",), recipient=()), "no recipient"), (plover_row(("AID",), context=["negation"]), "negation"),
    (plover_row(("AID",), actor=()), "no actor"), (plover_row(("AID",), has_event=False), "no event"),
    (plover_row(("AID",), actor=({"entity_text": "somebody"},)), "CAMEO has no code for somebody"),
    (plover_row(("YIELD",)), "CONCEDE or RETREAT"), (plover_row(("CRIME",)), "dropped in 0.8"),
    (plover_row(("FIHGT",)), "near it: FIGHT"), (plover_row(("AID",), ("visit",)), "visit is no mode of AID"),
    (plover_row(("AID",), context=["weather"]), "'weather' is no PLOVER context"),
    (plover_row(("AID",), actor=({"code": "USA", "sector": "ARMY"},)), "'ARMY' is not one or two")])
def test_what_has_no_place_in_cameo_is_rejected(row: dict[str, Any], reason: str) -> None:
    made = convert([row], "plover", "cameo")
    assert len(made.frame) == 0
    assert reason in made.rejects["reason"].iloc[0]


def test_words_of_the_text_are_not_invented() -> None:
    made, losses = one(plover_row(actor=({"code": "COL", "identifier_text": "ELN"},)), "plover", "cameo")
    assert made["source_text"] == "ELN"
    assert pd.isna(made["target_text"])
    assert {("actor", "not given"), ("recipient", "not given")} <= kinds(losses)


def test_a_sector_that_cameo_lacks_is_not_the_state() -> None:
    made, losses = one(plover_row(("AID",), actor=({"code": "USA", "sector": "UNK"},)), "plover", "cameo")
    assert made["source"] == "USACVL"
    assert ("actor", "no counterpart") in kinds(losses)


# Labels of older versions

def test_older_labels_are_read_and_their_versions_named() -> None:
    rows = [plover_row(("FIGHT",), ("heavy-weapons",)), plover_row(("DEMAND",), context=["refugee", "resource"])]
    made = convert(rows, "plover", "plover")
    assert list(made.frame["event"]) == [["ASSAULT"], ["REQUEST"]]
    assert list(made.frame["mode"]) == [["heavy-weapons"], []]
    assert list(made.frame["event_scale"]) == [-9.5, 0.0]
    assert made.frame["context"].iloc[1] == ["migration"]
    assert made.versions == ("0.5", "0.6")
    told = made.losses[made.losses["kind"] == "older label"]
    assert list(told["value"]) == ["FIGHT/heavy-weapons", "DEMAND", "refugee", "resource"]
    assert told["note"].iloc[1].startswith("PLOVER 0.5 to 0.8: renamed")
    assert "labels of PLOVER 0.5, 0.6" in made.summary()


def test_a_named_version_refuses_labels_of_another() -> None:
    made = convert([plover_row(("REQUEST",)), plover_row(("DEMAND",))], "plover", "cameo", version="0.5b1")
    assert list(made.frame["code"]) == ["100"]
    assert "belongs to 0.8 to 2.0" in made.rejects["reason"].iloc[0]
    with pytest.raises(InputError, match=r"no PLOVER version '3\.0'"):
        convert([plover_row()], "plover", "cameo", version="3.0")


def test_todays_rows_stay_as_they_are() -> None:
    first = convert([plover_row(("RETREAT",), ("disarm",), context=["military"])], "plover", "plover")
    again = ec.convert(first.frame, "plover", from_="plover")
    pd.testing.assert_frame_equal(first.frame, again.frame)
    assert len(again.losses) == 0


def test_a_host_changes_the_sides() -> None:
    made, losses = one(plover_row(("CONSULT",), ("host",)), "plover", "plover")
    assert (made["actor"][0]["sector"], made["recipient"][0]["sector"], made["mode"]) == ("GOV", "REB", ["visit"])
    assert ("actor", "swapped sides") in kinds(losses)


# ACLED and UCDP GED

def test_protesters_act_in_a_protest_with_intervention_whoever_comes_first() -> None:
    turned = {"actor1": "Police Forces of Peru (2021-2022)", "inter1": "State forces", "actor2": "Protesters (Peru)",
              "inter2": "Protesters"}
    for more in ({}, turned):
        made, _ = one(acled_row("Protest with intervention", **more), "acled", "plover")
        assert (made["event"], made["mode"], made["id"]) == (["PROTEST"], ["demo"], "PER77")
        assert [(e["code"], e["sector"]) for e in (*made["actor"], *made["recipient"])] == [("PER", "CVL"),
                                                                                            ("PER", "COP")]
        force, _ = one(acled_row("Excessive force against protesters", **more), "acled", "cameo")
        assert (force["source"], force["target"], force["code"]) == ("PERCOP", "PERCVL", "175")


def test_what_acled_counts_and_where_it_was() -> None:
    made, losses = one(acled_row("Armed clash", geo_precision=2, time_precision=2, notes="A note."), "acled", "plover")
    assert (made["comment"], made["event_loc"]["resolution"]) == ("size: dead 2", 3)
    assert {("geo_precision", "guessed"), ("time_precision", "no counterpart"), ("notes", "no counterpart")} <= kinds(
        losses)
    bare, _ = one(acled_row("Armed clash", geo_precision=2), "acled", "plover", guess=False)
    assert bare["event_loc"]["resolution"] is None


def test_a_crowd_that_faces_nobody_faces_the_state_in_cameo() -> None:
    made, losses = one(acled_row("Peaceful protest", actor2=None, inter2=None), "acled", "cameo")
    assert (made["target"], made["target_text"]) == ("PER", "Peru")
    assert ("actor2", "guessed") in kinds(losses)
    strike = acled_row("Air/drone strike", actor1="Military Forces of Peru (2021-2022)", inter1="State forces",
                       actor2=None, inter2=None)
    assert "no actor2" in convert([strike], "acled", "cameo").rejects["reason"].iloc[0]


def test_associated_actors_stay_in_plovers_lists() -> None:
    made, _ = one(acled_row("Peaceful protest", assoc_actor_1="Students (Peru); Labor Group (Peru)"), "acled", "plover")
    assert [e["identifier_text"] for e in made["actor"]] == ["Protesters (Peru)", "Students (Peru)",
                                                             "Labor Group (Peru)"]


def test_a_sub_event_type_without_default_is_rejected() -> None:
    made = convert([acled_row("Other")], "acled", "plover")
    assert "no default" in made.rejects["reason"].iloc[0]


def test_a_row_of_ged_in_plovers_columns() -> None:
    made, losses = one(ged_row(), "ucdp-ged", "plover")
    assert (made["event"], made["mode"], made["comment"], made["id"]) == (["ASSAULT"], [], "size: dead 3", "481")
    assert (made["actor"][0]["code"], made["actor"][0]["sector"]) == ("PHL", "GOV")
    assert (made["recipient"][0]["code"], made["recipient"][0]["sector"]) == ("PHL", "REB")
    assert (made["event_loc"]["resolution"], str(made["enddate"].date())) == (2, "2016-02-03")
    assert ("type_of_violence", "merged distinction") in kinds(losses)
    waters, losses = one(ged_row(where_prec=7), "ucdp-ged", "plover")
    assert waters["event_loc"]["resolution"] is None
    assert ("where_prec", "no counterpart") in kinds(losses)


# The call

def test_pairs_without_a_crosswalk_are_refused_with_those_there_are() -> None:
    with pytest.raises(InputError, match="no crosswalk from cameo to acled; there is: cameo to plover, plover to"):
        convert([cameo_row()], "cameo", "acled")


def test_a_frame_needs_its_ontology_its_columns_and_distinct_labels() -> None:
    frame = pd.DataFrame([cameo_row(), cameo_row()])
    with pytest.raises(InputError, match="from_ is missing"):
        ec.convert(frame, "plover")
    with pytest.raises(InputError, match="from_ is missing"):
        ec.convert([], "plover")
    with pytest.raises(InputError, match="columns of cameo are missing: source, code"):
        ec.convert(frame.drop(columns=["source", "code"]), "plover", from_="cameo")
    with pytest.raises(InputError, match="index has duplicates"):
        ec.convert(frame.set_axis([1, 1]), "plover", from_="cameo")


@pytest.mark.parametrize(("source", "to"), PAIRS)
def test_dtypes_do_not_depend_on_the_rows(source: str, to: str) -> None:
    empty = ec.convert([], to, from_=source)
    full = convert([COLUMNS[source]], source, to)
    expected = {name: column.dtype for name, column in columns(ontology(to)).items()}
    for made in (empty, full):
        assert made.frame.dtypes.astype(str).to_dict() == expected
        assert made.losses.dtypes.astype(str).to_dict() == {"row": "int64", "column": "str", "value": "str",
                                                            "to": "str", "kind": "str", "note": "str"}
    assert len(full.frame) == 1
    assert faults(full.frame, to) == []


def test_extra_columns_are_told() -> None:
    for source, to, row in (("cameo", "plover", cameo_row()), ("plover", "plover", plover_row())):
        _, losses = one({**row, "project": "A17"}, source, to)
        assert ("project", "no counterpart") in kinds(losses)


ROWS = st.lists(st.one_of(
    st.builds(cameo_row, st.sampled_from(sorted(cameo.codes())),
              st.sampled_from(["USA", "IGOUNO", "AFGINS", "FRAMED", "XYZ", "KENPTYOPP", "gov", "IMGMUSALQ"]),
              st.sampled_from(["IRNGOV", "CVL", "WAF", "NGOHRI"])),
    st.builds(cameo_row, st.text(st.characters(codec="utf-8"), max_size=4))), max_size=8)
BACK = st.lists(st.one_of(
    st.builds(lambda key: plover_row(key[:1], key[1:]), st.sampled_from(sorted(plover.modes()))),
    st.builds(lambda event: plover_row((event,)), st.sampled_from([*plover.events(), "FIGHT", "YIELD", "DEMAND", "X"])),
    st.builds(lambda event, entity: plover_row((event,), recipient=(entity,)), st.sampled_from(sorted(plover.events())),
              st.sampled_from([{"code": "UNO"}, {"sector": "CVL"}, {"code": "SOM", "sector": "PRM"}, {}]))), max_size=8)


NAMES = st.sampled_from(["Protesters (Peru)", "Military Forces of Mali (2021-)", "MINUSMA", "Unidentified Gang", None])
CLASSES = st.sampled_from([*acled.inter_numbers(), None, "Aliens"])
REPORTS = st.lists(st.builds(
    lambda sub, names, classes, place: acled_row(sub, actor1=names[0], actor2=names[1], inter1=classes[0],
                                                 inter2=classes[1], country=place, geo_precision=2),
    st.sampled_from(sorted(acled.sub_events())), st.tuples(NAMES, NAMES), st.tuples(CLASSES, CLASSES),
    st.sampled_from(["Peru", "Atlantis", None])), max_size=6)
DEATHS = st.lists(st.builds(
    lambda kind, sides, number, where: ged_row(type_of_violence=kind, side_a=sides[0], side_b=sides[1], gwnoa=number,
                                               where_prec=where),
    st.sampled_from([1, 2, 3, 4, None]), st.tuples(NAMES, NAMES), st.sampled_from(["840", "2;20", None, "x"]),
    st.sampled_from([1, 2, 5, 7, 9, None])), max_size=6)
CASES = st.one_of(*(rows.map(lambda made, pair=pair: (made, *pair)) for rows, pair in (
    (ROWS, ("cameo", "plover")), (BACK, ("plover", "cameo")), (BACK, ("plover", "plover")),
    (REPORTS, ("acled", "plover")), (REPORTS, ("acled", "cameo")), (DEATHS, ("ucdp-ged", "plover")))))
COLUMNS = {"cameo": cameo_row(), "plover": plover_row(), "acled": acled_row("Arrests"), "ucdp-ged": ged_row()}


@settings(max_examples=120, deadline=None)
@given(CASES, st.data())
def test_no_row_is_lost_and_each_stands_for_itself(case: tuple[list[dict[str, Any]], str, str],
                                                   data: st.DataObject) -> None:
    rows, source, to = case
    keys = ("id", "event_id_cnty")  # an id stands once in a table
    rows = [{**row, **{key: f"{row[key]}-{n}" for key in keys if key in row}} for n, row in enumerate(rows)]
    whole = pd.DataFrame(rows, columns=list(COLUMNS[source]))
    made = ec.convert(whole, to, from_=source)
    assert len(made.frame) + len(made.rejects) == len(whole)
    assert sorted([*made.frame.index, *made.rejects.index]) == list(whole.index)
    assert list(made.frame.index) == sorted(made.frame.index)
    assert faults(made.frame, to) == []
    assert set(made.losses["row"]) <= set(made.frame.index)
    kept = data.draw(st.lists(st.sampled_from(list(whole.index)), unique=True).map(sorted) if rows else st.just([]))
    part = ec.convert(whole.loc[kept], to, from_=source)
    pd.testing.assert_frame_equal(part.frame, made.frame.loc[made.frame.index.isin(kept)])
    pd.testing.assert_frame_equal(part.losses, made.losses[made.losses["row"].isin(kept)].reset_index(drop=True))
    assert list(part.rejects["reason"]) == list(made.rejects["reason"][made.rejects.index.isin(kept)])


def test_records_are_converted_as_their_frame_is() -> None:
    from eventcode.neutral import Evidence
    from eventcode.ontologies.cameo.record import CameoRecord

    values = {**cameo_row("173", "KENCOP", "KENCVL"), "root": "17", "quad": 4, "goldstein": -5.0, "title": "Arrest"}
    record = CameoRecord.model_validate({**values, "provenance": {name: Evidence(rules=("r",)) for name in values}})
    by_records, by_frame = ec.convert([record], "plover"), ec.convert(ec.to_frame([record]), "plover", from_="cameo")
    pd.testing.assert_frame_equal(by_records.frame, by_frame.frame)
    assert by_records.frame["mode"].iloc[0] == ["arrest"]
    assert str(by_records).startswith("cameo to plover: 1 of 1 rows converted, 0 rejected\n")


# The command line

def test_convert_on_the_command_line(tmp_path: Path) -> None:
    given_, out, lost, left = (str(tmp_path / name) for name in ("in.csv", "out.csv", "losses.csv", "rejects.csv"))
    ec.write(pd.DataFrame([cameo_row(), cameo_row("012")]), given_)
    result = CliRunner().invoke(app, ["convert", given_, "--from", "cameo", "--to", "plover", "-o", out,
                                      "--losses", lost, "--rejects", left])
    assert result.exit_code == 1
    assert result.stdout.startswith("cameo to plover: 1 of 2 rows converted, 1 rejected")
    assert ec.validate(out, "plover").ok
    assert "merged distinction" in Path(lost).read_text(encoding="utf-8")
    assert "no category for statements" in Path(left).read_text(encoding="utf-8")
    back = CliRunner().invoke(app, ["convert", out, "--from", "plover", "--to", "cameo", "-o", given_])
    assert back.exit_code == 0
    assert ",0841,08,2,7.0," in Path(given_).read_text(encoding="utf-8")


def test_older_labels_in_a_file_need_no_json(tmp_path: Path) -> None:
    path = tmp_path / "old.csv"
    path.write_text('id,event,mode,context,actor,recipient\n7,PROTEST,strike-hun,"legal; refugee",'
                    '"[{""code"": ""TUR""}]",\n', encoding="utf-8")
    made = ec.convert(path, "plover", from_="plover")
    assert (made.frame["mode"].iloc[0], made.frame["context"].iloc[0]) == (["hunger"], ["legal", "migration"])


@pytest.mark.parametrize(("source", "row"), [("acled", acled_row("Grenade")), ("ucdp-ged", ged_row())])
def test_numbers_of_a_csv_file_are_numbers(source: str, row: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    pd.DataFrame([row]).to_csv(path, index=False)
    read = ec.convert(path, "plover", from_=source)
    pd.testing.assert_frame_equal(read.frame, convert([row], source, "plover").frame)
    assert len(read.frame) == 1


def test_a_pair_without_crosswalk_is_wrong_usage(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text("source,target,code\nUSA,IRN,010\n", encoding="utf-8")
    result = CliRunner().invoke(app, ["convert", str(path), "--from", "cameo", "--to", "acled", "-o", "x.csv"])
    assert result.exit_code == 2


# The page

def test_the_page_tells_every_kind_of_loss_and_every_pair() -> None:
    from generated import ROOT

    page = (ROOT / "docs" / "crosswalks.md").read_text(encoding="utf-8")
    assert all(f"`{kind}`" in page for kind in get_args(Kind))
    assert all(f"{source} to {to}" in page for source, to in PAIRS)
