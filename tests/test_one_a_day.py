"""The one-a-day filter: which rows stand for which, on records, views and files."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from expectations import coder
from hypothesis import given, settings
from hypothesis import strategies as st

import eventcode as ec
from eventcode.dataset.one_a_day import KEYS, MARKS
from eventcode.dataset.read import read_frame
from eventcode.dataset.write import write
from eventcode.errors import InputError

#: Two papers on one arrest, one of them on a second arrest a day later, and on a meeting: our own writing.
STORIES = (ec.Article("Police in Kisumu arrested 14 students on Tuesday.", id="a", published="2023-05-12"),
           ec.Article("Officers detained a dozen students in Kisumu, Kenya, on Tuesday. "
                      "Kenyan police arrested three students on Wednesday.", id="b", published="2023-05-12"),
           ec.Article("Brazil's foreign minister met the president of Kenya in Nairobi on Wednesday.", id="c",
                      published="2023-05-12"))
CAMEO = {"date": "2023-05-09", "source": "KENCOP", "target": "KENEDU", "code": "173", "root": "17"}


def cameo(*changes: dict[str, Any], **columns: Any) -> pd.DataFrame:
    return pd.DataFrame([{**CAMEO, **change} for change in changes], **columns)


def marks(frame: pd.DataFrame, ontology: str, **options: Any) -> list[int]:
    """For each row the row that stands for it; that the two columns agree is checked on the way."""
    made = ec.one_a_day(frame, ontology, **options)
    rows: list[int] = made["one_a_day_row"].tolist()
    assert made["one_a_day"].tolist() == [row == n for n, row in enumerate(rows)]
    assert {name: str(made[name].dtype) for name in MARKS} == MARKS
    assert list(made.columns) == [*(name for name in frame.columns if name not in MARKS), *MARKS]
    return rows


@pytest.mark.parametrize("change", [
    {"date": "2023-05-10"}, {"source": "KENMIL"}, {"target": "KENCVL"}, {"code": "175"}])
def test_day_source_target_and_code_make_the_key(change: dict[str, str]) -> None:
    assert marks(cameo({}, change, {}, change), "cameo") == [0, 1, 0, 1]


def test_nothing_else_makes_the_key() -> None:
    assert marks(cameo({"location": "Kisumu", "title": "x"}, {"location": "Nairobi"}), "cameo") == [0, 0]


def test_source_and_target_are_not_exchanged() -> None:
    assert marks(cameo({}, {"source": "KENEDU", "target": "KENCOP"}), "cameo") == [0, 1]


def test_roots_are_an_option() -> None:
    frame = cameo({}, {"code": "175"}, {"code": "190", "root": "19"})
    assert marks(frame, "cameo") == [0, 1, 2]
    assert marks(frame, "cameo", level="root") == [0, 0, 2]


@pytest.mark.parametrize("column", ["date", "source", "target", "code"])
@pytest.mark.parametrize("missing", [None, "", float("nan"), pd.NA])
def test_rows_that_lack_a_part_repeat_nothing(column: str, missing: Any) -> None:
    assert marks(cameo({column: missing}, {}, {column: missing}, {}), "cameo") == [0, 1, 2, 1]


def test_index_and_other_columns_stay() -> None:
    frame = cameo({}, {"source": "KENMIL"}, {}, index=["x", "x", "y"])
    made = ec.one_a_day(frame, "cameo")
    pd.testing.assert_frame_equal(made[list(frame.columns)], frame)
    assert made["one_a_day"].tolist() == [True, True, False]
    assert "one_a_day" not in frame


def test_columns_of_these_names_are_replaced() -> None:
    once = ec.one_a_day(cameo({}, {}), "cameo")
    pd.testing.assert_frame_equal(ec.one_a_day(once.assign(one_a_day=None, one_a_day_row="x"), "cameo"), once)


def test_records_of_several_articles() -> None:
    found = list(coder("cameo").pipe(STORIES))
    made = ec.one_a_day(found)
    assert made[["date", "source", "code", "target", "one_a_day", "one_a_day_row"]].to_numpy().tolist() == [
        [pd.Timestamp("2023-05-09"), "KENCOP", "173", "KENEDU", True, 0],
        [pd.Timestamp("2023-05-09"), "KENCOP", "173", "KENEDU", False, 0],
        [pd.Timestamp("2023-05-10"), "KENCOP", "173", "KENEDU", True, 2],
        [pd.Timestamp("2023-05-10"), "BRAGOV", "040", "KENGOV", True, 3],
        [pd.Timestamp("2023-05-10"), "KENGOV", "040", "BRAGOV", True, 4]]
    pd.testing.assert_frame_equal(made.drop(columns=list(MARKS)), ec.to_frame(found))


@pytest.mark.parametrize(("ontology", "view"), [
    ("cameo", None), ("cameo", "gdelt"), ("plover", None), ("plover", "polecat")])
def test_views_and_ontologies_agree(ontology: str, view: Any) -> None:
    records = list(coder(ontology).pipe(STORIES))
    frame = ec.view(records, view) if view else ec.to_frame(records)
    assert marks(frame, view or ontology)[:4] == [0, 0, 2, 3]


def test_icews_compares_what_actors_are_called() -> None:
    records = list(coder("cameo").pipe([STORIES[0], STORIES[0].model_copy(update={"id": "d"}), *STORIES[1:]]))
    assert marks(ec.view(records, "icews"), "icews")[:4] == [0, 0, 0, 3]


@pytest.mark.parametrize("ontology", ["cameo", "plover"])
@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_frames_from_files_are_marked_alike(tmp_path: Path, ontology: str, suffix: str) -> None:
    frame = ec.to_frame(list(coder(ontology).pipe(STORIES)))
    path = write(frame, tmp_path / f"events.{suffix}")
    bare = pd.read_csv(path) if suffix == "csv" else pd.read_parquet(path)
    assert marks(frame, ontology) == marks(read_frame(path, ontology), ontology) == marks(bare, ontology)
    assert marks(frame, ontology)[:3] == [0, 0, 2]


@pytest.mark.parametrize("name", ["gdelt", "icews"])
def test_views_from_csv_are_marked_alike(tmp_path: Path, name: Any) -> None:
    frame = ec.view(list(coder("cameo").pipe([*STORIES, *STORIES])), name)
    path = write(frame, tmp_path / "events.csv")
    assert marks(pd.read_csv(path), name) == marks(frame, name)


def entities(*parties: dict[str, Any]) -> list[dict[str, Any]]:
    return list(parties)


ARMY, REBELS = {"code": "COD", "sector": "MIL", "entity_text": "the army"}, {"code": "COD", "sector": "REB"}
NOBODY, NAMED = {"entity_text": "gunmen"}, {"identifier_text": "Red Belts"}


@pytest.mark.parametrize(("one", "other", "same"), [
    (entities(ARMY, REBELS), entities(REBELS, {**ARMY, "entity_text": "soldiers"}), True),
    (entities(ARMY), entities(ARMY, REBELS), False),
    (entities(ARMY), entities({"code": "COD", "sector": None}), False),
    (entities({"code": None, "sector": "REB"}), entities({"sector": "REB"}), True),
    (entities(NAMED), entities({"identifier_text": "RED BELTS"}), True),
    (entities(NAMED), entities({"identifier_text": "Blue Belts"}), False),
    (entities(NOBODY), entities(NOBODY), False), (entities(ARMY, NOBODY), entities(ARMY, NOBODY), False),
    ([], [], False), (None, None, False)])
def test_plover_sides_are_sets_of_codes_and_sectors(one: Any, other: Any, same: bool) -> None:
    frame = pd.DataFrame({"date": [date(2021, 6, 1)] * 2, "actor": [one, other], "recipient": [[REBELS]] * 2,
                          "event": [["ASSAULT"]] * 2})
    swapped = frame.rename(columns={"actor": "recipient", "recipient": "actor"})
    assert marks(frame, "plover") == marks(swapped, "plover") == [0, 0 if same else 1]


def test_plover_events_are_part_of_the_key() -> None:
    frame = pd.DataFrame({"date": ["2021-06-01"] * 3, "actor": [[ARMY]] * 3, "recipient": [[REBELS]] * 3,
                          "event": [["ASSAULT", "COERCE"], ["COERCE", "ASSAULT"], ["ASSAULT"]]})
    assert marks(frame, "plover") == [0, 0, 2]


def test_polecat_actors_without_country_and_sector_go_by_name() -> None:
    frame = ec.view([], "polecat").reindex(range(4)).assign(**{
        "Event Date": pd.Timestamp("2021-06-01"), "Event Type": "AID", "Recipient Country": "COD",
        "Actor Name": ["Red Belts", "red belts", "Blue Belts", None]})
    assert marks(frame, "polecat") == [0, 0, 2, 3]


@pytest.mark.parametrize("day", [date(2023, 5, 9), pd.Timestamp("2023-05-09"), pd.Timestamp("2023-05-09 14:30"),
                                 "2023-05-09T08:00:00", "20230509", 20230509, 20230509.0])
def test_days_are_read_in_every_form(day: Any) -> None:
    assert marks(cameo({}, {"date": day}), "cameo") == [0, 0]


@pytest.mark.parametrize(("frame", "ontology", "options", "message"), [
    (cameo({}).drop(columns="target"), "cameo", {}, "one_a_day of cameo: there is no column 'target'"),
    (cameo({}), "gdelt", {}, "one_a_day of gdelt: there is no column 'SQLDATE'"),
    (cameo({}).drop(columns="root"), "cameo", {"level": "root"}, "there is no column 'root'"),
    (pd.concat([cameo({}), cameo({})[["code"]]], axis=1), "cameo", {}, "there are several columns 'code'"),
    (cameo({}), None, {}, "ontology is one of cameo, plover, gdelt, icews, polecat"),
    (cameo({}), "acled", {}, "one_a_day is not defined for 'acled'"),
    (cameo({}), "cameo", {"level": "base"}, "level 'base' is not one of cameo: code, root"),
    (pd.DataFrame(), "plover", {"level": "root"}, "level 'root' is not one of plover: code"),
    (cameo({}, {"date": "Tuesday"}), "cameo", {}, "row 1: date: 'Tuesday' is no day"),
    (ec.view([], "icews").reindex([0]).assign(**{"CAMEO Code": 10}), "icews", {"level": "root"},
     "read the codes as text"),
    (pd.DataFrame({"date": ["2021-06-01"], "actor": ["army"], "recipient": [""], "event": ["[]"]}), "plover", {},
     "row 0: actor: 'army' is not the JSON text of a list"),
    (pd.DataFrame({"date": ["2021-06-01"], "actor": [7], "recipient": [""], "event": ["[]"]}), "plover", {},
     "row 0: actor: expected a list, got int"),
    ([], None, {}, "no records needs to know their ontology"), ([], "gdelt", {}, r"give eventcode\.view")])
def test_what_cannot_be_marked_is_named(frame: Any, ontology: Any, options: Any, message: str) -> None:
    with pytest.raises(InputError, match=message):
        ec.one_a_day(frame, ontology, **options)


@pytest.mark.parametrize("ontology", ["cameo", "plover"])
def test_nothing_gives_the_same_columns(ontology: str) -> None:
    assert ec.one_a_day([], ontology).dtypes.equals(ec.one_a_day(ec.to_frame([], ontology), ontology).dtypes)


def test_every_key_is_of_columns_that_its_format_has() -> None:
    for name, key in KEYS.items():
        frame = ec.to_frame([], name) if name in ("cameo", "plover") else ec.view([], name)  # type: ignore[arg-type]
        assert {key.date, *key.source, *key.target, key.event, *(key.or_name or ())} <= set(frame.columns)
        assert not key.root or key.root in frame.columns


CELL = {"date": [None, "2020-01-01", "2020-01-02"], "source": [None, "KEN", "UGA"], "target": [None, "KENREB", "UGA"],
        "code": ["010", "10", "190", None], "root": ["01", "19", None]}
ROWS = st.lists(st.fixed_dictionaries({name: st.sampled_from(cells) for name, cells in CELL.items()}), max_size=25)


@settings(deadline=None, max_examples=150)
@given(ROWS, st.sampled_from(["code", "root"]))
def test_no_row_is_dropped_and_one_stands_for_each_key(rows: list[dict[str, Any]], level: Any) -> None:
    frame = pd.DataFrame(rows, columns=list(CELL), dtype="object")
    made = ec.one_a_day(frame, "cameo", level=level)
    pd.testing.assert_frame_equal(made[list(CELL)], frame)
    pd.testing.assert_frame_equal(ec.one_a_day(made, "cameo", level=level), made)
    groups: dict[Any, list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        key = tuple(row[name] for name in ("date", "source", "target", level))
        groups[number if None in key else key].append(number)
    for members in groups.values():
        assert made["one_a_day"][members].tolist() == [True] + [False] * (len(members) - 1)
        assert set(made["one_a_day_row"][members]) == {members[0]}
