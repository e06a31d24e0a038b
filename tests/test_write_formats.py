"""Every format that `write` writes reads back as it was, byte for byte the same each time, with its metadata."""

from __future__ import annotations

import json
import sqlite3
import struct
import sys
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample import EMPTY, FULL, SAMPLE, record

import eventcode as ec
from eventcode.dataset.columns import text_dtype
from eventcode.dataset.frame import to_frame
from eventcode.dataset.hxl import TAG, hxl_tags, is_tag_row
from eventcode.dataset.read import read_frame
from eventcode.dataset.stata import stata_names
from eventcode.errors import InputError
from eventcode.records import Record, RecordMeta

SUFFIXES = ("csv", "jsonl", "json", "parquet", "feather", "xlsx", "dta", "geojson", "gpkg")
PLACED = ("geojson", "gpkg")
#: Characters that are hard on files: signs of formulas, separators, quotes, line ends, controls, escapes, wide letters.
HARD = st.text(st.one_of(st.sampled_from("=+-@'\",;\t\r\n|\\_x0041\x01\x0b\x1f\ufeff\ufffe\u2028é漢🕊"),
                         st.characters(codec="utf-8", exclude_characters="\x00")), min_size=1, max_size=30)


def placed(records: list[Record]) -> pd.DataFrame:
    """The sample's frame with the latitude that formats of points need."""
    frame = to_frame(records, SAMPLE)
    frame.insert(frame.columns.get_loc("longitude"), "latitude",  # type: ignore[arg-type]
                 pd.Series([4.25 if row % 2 == 0 else None for row in range(len(frame))], dtype="float64"))
    return frame


def back(path: Path, frame: pd.DataFrame) -> pd.DataFrame:
    """The file read back, columns that the sample does not know in the dtype they were written with."""
    made = read_frame(path, SAMPLE)
    return made.astype({"latitude": "float64"}) if "latitude" in made.columns else made.reindex(columns=frame.columns)


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("records", [[], [FULL], [EMPTY], [FULL, EMPTY, EMPTY]])
def test_what_is_written_is_read_back(tmp_path: Path, suffix: str, records: list[Record]) -> None:
    frame = placed(records) if suffix in PLACED else to_frame(records, SAMPLE)
    path = ec.write(frame, tmp_path / f"events.{suffix}")
    if suffix == "geojson" and not records:
        frame = frame.drop(columns="latitude")  # no feature names it
    pd.testing.assert_frame_equal(back(path, frame), frame)
    assert [other.name for other in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_same_frame_gives_the_same_bytes(tmp_path: Path, suffix: str) -> None:
    frame = placed([FULL, EMPTY])
    made = [ec.write(frame, tmp_path / f"{n}" / f"events.{suffix}").read_bytes() for n in ("a", "b")
            if not (tmp_path / n).mkdir()]
    assert made[0] == made[1]


@pytest.mark.parametrize("suffix", SUFFIXES)
@settings(deadline=None, max_examples=30)
@given(texts=st.lists(HARD, min_size=1, max_size=4), numbers=st.data())
def test_any_cell_survives_any_format(tmp_path_factory: pytest.TempPathFactory, suffix: str, texts: list[str],
                                      numbers: st.DataObject) -> None:
    whole = numbers.draw(st.integers(0, 2**31))
    real = numbers.draw(st.floats(-180, 180))
    frame = placed([record(id=text, note=text, tags=(text,), low=whole, longitude=real,
                           day=numbers.draw(st.dates(date(1900, 1, 1), date(2100, 1, 1)))) for text in texts])
    path = ec.write(frame, tmp_path_factory.mktemp(suffix) / f"events.{suffix}")
    pd.testing.assert_frame_equal(back(path, frame), frame, check_exact=True)


@pytest.mark.parametrize("suffix", ["parquet", "feather", "xlsx", "geojson", "gpkg"])
def test_versions_and_hashes_travel_with_the_file(tmp_path: Path, suffix: str) -> None:
    made = record(id="x").model_copy(update={"meta": RecordMeta(
        article_id="a", ontology="sample", ontology_version="1+2", versions={"language en": "abc", "eventcode": "9"})})
    frame = to_frame([made, made], SAMPLE)
    frame["latitude"] = 1.0
    path = ec.write(frame, tmp_path / f"e.{suffix}", metadata={"licence": "CC BY 4.0"})
    told = read_frame(path, SAMPLE).attrs["eventcode"]
    assert told == {"eventcode": ec.__version__, "schema": "sample", "version": "1+2", "licence": "CC BY 4.0",
                    "versions": {"eventcode": "9", "language en": "abc"}}


def test_parquet_tells_other_programs_under_a_key_of_ours(tmp_path: Path) -> None:
    from pyarrow.parquet import read_schema

    path = ec.write(to_frame([FULL], SAMPLE), tmp_path / "e.parquet")
    assert json.loads(read_schema(path).metadata[b"eventcode"]) == {"eventcode": ec.__version__, "schema": "sample"}


@pytest.mark.parametrize(("suffix", "module", "extra"), [
    ("parquet", "pyarrow.parquet", "parquet"), ("feather", "pyarrow.feather", "parquet"),
    ("xlsx", "openpyxl", "excel")])
def test_a_missing_package_is_named_with_its_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str,
                                                   module: str, extra: str) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(InputError, match=rf"pip install 'eventcode\[{extra}\]'"):
        ec.write(to_frame([FULL], SAMPLE), tmp_path / f"e.{suffix}")
    (tmp_path / f"e.{suffix}").write_bytes(b"x")
    with pytest.raises(InputError, match=rf"pip install 'eventcode\[{extra}\]'"):
        read_frame(tmp_path / f"e.{suffix}", SAMPLE)


@pytest.mark.parametrize("suffix", [suffix for suffix in SUFFIXES if suffix not in ("csv", "json", "jsonl")])
def test_files_that_are_something_else_are_named(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"e.{suffix}"
    path.write_bytes(b"neither this nor that")
    with pytest.raises(InputError, match=rf"e\.{suffix}: not "):
        read_frame(path, SAMPLE)
    with pytest.raises(InputError, match=r"cannot be read|not "):
        read_frame(tmp_path / f"nothing.{suffix}", SAMPLE)


def test_a_byte_order_mark_is_there_when_asked_for(tmp_path: Path) -> None:
    frame = to_frame([FULL], SAMPLE)
    path = ec.write(frame, tmp_path / "e.csv", bom=True)
    assert path.read_bytes().startswith(b"\xef\xbb\xbfid,")
    pd.testing.assert_frame_equal(read_frame(path, SAMPLE), frame)
    with pytest.raises(InputError, match=r"bom is for \.csv files"):
        ec.write(frame, tmp_path / "e.json", bom=True)


def acled(**values: Any) -> pd.DataFrame:
    """One row of ACLED's columns, most of them empty."""
    frame = ec.to_frame([], "acled")
    row = pd.DataFrame({name: pd.Series([values.get(name)], dtype=dtype) for name, dtype in frame.dtypes.items()})
    row.attrs = frame.attrs
    return row


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_hashtags_stand_under_the_header_and_are_skipped_in_reading(tmp_path: Path, suffix: str) -> None:
    frame = acled(country="Mali", admin1="Mopti", fatalities=3, event_date="2020-09-14")
    path = ec.write(frame, tmp_path / f"e.{suffix}", hxl=True)
    if suffix == "csv":
        tags = path.read_text(encoding="utf-8").splitlines()[1].split(",")
        assert tags[:2] == ["#event+code", "#date+occurred"]
        assert "#affected+killed" in tags
    for made in (read_frame(path, "acled"), ec.read_records(path, "acled")):
        pd.testing.assert_frame_equal(made, frame)
    with pytest.raises(InputError, match=r"hxl is for \.csv and \.xlsx files"):
        ec.write(frame, tmp_path / "e.parquet", hxl=True)


@pytest.mark.parametrize("name", ["acled", "ucdp-ged", "cameo", "plover"])
def test_tags_are_tags_and_none_stands_twice(name: str) -> None:
    tags = [tag for tag in hxl_tags(ec.to_frame([], name).columns, name) if tag]
    assert len(tags) > 8
    assert all(TAG.fullmatch(tag) for tag in tags)
    assert len(set(tags)) == len(tags)


@pytest.mark.parametrize(("cells", "is_one"), [
    (["#date", "", None], True), (["#date", "x"], False), ([], False), (["", None], False), (["#1", ""], False),
    (["#adm1 +name", "#geo+lat"], True)])
def test_a_row_of_tags_is_known(cells: list[Any], is_one: bool) -> None:
    assert is_tag_row(cells) is is_one


def places(*pairs: tuple[Any, Any]) -> pd.DataFrame:
    return pd.DataFrame({"id": [str(n) for n in range(len(pairs))],
                         "latitude": pd.Series([pair[0] for pair in pairs], dtype="float64"),
                         "longitude": pd.Series([pair[1] for pair in pairs], dtype="float64")})


def test_geojson_has_no_geometry_rather_than_null_island(tmp_path: Path) -> None:
    path = ec.write(places((14.5, -4.2), (None, None), (0, 0), (0, 10), (None, 5)), tmp_path / "e.geojson")
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    assert [feature["geometry"] and feature["geometry"]["coordinates"] for feature in features] == [
        [-4.2, 14.5], None, None, [10.0, 0.0], None]
    assert features[1]["properties"] == {"id": "1", "latitude": None, "longitude": None}


def test_coordinates_off_the_globe_are_told_and_get_no_point(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="1 rows have coordinates outside of the globe"):
        path = ec.write(places((95, 1), (1, 1)), tmp_path / "e.geojson")
    assert [feature["geometry"] is None for feature in json.loads(path.read_text())["features"]] == [True, False]


def test_coordinates_are_found_in_every_schema(tmp_path: Path) -> None:
    frames = [pd.DataFrame({"ActionGeo_Lat": [1.5], "ActionGeo_Long": [2.5], "Actor1Geo_Lat": [9.0]}),
              pd.DataFrame({"Lat": [1.5], "Lon": [2.5]}), pd.DataFrame({"Latitude": [1.5], "Longitude": [2.5]}),
              pd.DataFrame({"event_loc": [{"lat": 1.5, "lon": 2.5, "country": "Mali"}]})]
    for frame in frames:
        path = ec.write(frame, tmp_path / "e.geojson")
        assert json.loads(path.read_text())["features"][0]["geometry"]["coordinates"] == [2.5, 1.5]
    with pytest.raises(InputError, match="there are no coordinates"):
        ec.write(pd.DataFrame({"a": [1]}), tmp_path / "e.gpkg")
    assert [path.name for path in tmp_path.iterdir()] == ["e.geojson"]


def test_a_geopackage_is_one_to_other_programs(tmp_path: Path) -> None:
    path = ec.write(places((14.5, -4.2), (None, None)).assign(fid=1, geom="x"), tmp_path / "e.gpkg")
    base = sqlite3.connect(path)
    assert base.execute("PRAGMA application_id").fetchone()[0].to_bytes(4, "big") == b"GPKG"
    assert base.execute("PRAGMA user_version").fetchone()[0] == 10300
    assert base.execute("PRAGMA foreign_key_check").fetchall() == []
    assert base.execute("SELECT min_x, min_y, max_x, max_y, srs_id FROM gpkg_contents").fetchone() == (
        -4.2, 14.5, -4.2, 14.5, 4326)
    names = [row[1] for row in base.execute("PRAGMA table_info(events)")]
    assert names == ["fid_", "geom_", "id", "latitude", "longitude", "fid", "geom"]
    (first,), (second,) = base.execute("SELECT geom_ FROM events ORDER BY fid_").fetchall()
    base.close()
    assert second is None
    assert first[:2] == b"GP"
    assert struct.unpack("<i", first[4:8]) == (4326,)
    assert struct.unpack("<BIdd", first[8:]) == (1, 1, -4.2, 14.5)


def test_gdal_reads_the_geopackage(tmp_path: Path) -> None:
    pyogrio = pytest.importorskip("pyogrio")
    path = ec.write(places((14.5, -4.2), (None, None)), tmp_path / "e.gpkg")
    about = pyogrio.read_info(path)
    assert (about["features"], about["crs"], about["geometry_type"]) == (2, "EPSG:4326", "Point")


def test_a_geopackage_cannot_have_names_that_differ_by_case(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot tell columns apart by case: Id, id"):
        ec.write(places((1, 1)).assign(Id="x"), tmp_path / "e.gpkg")


def test_excel_gets_text_where_text_is(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    frame = pd.DataFrame({"code": pd.Series(["010", "=1+1"], dtype=text_dtype()), "n": [1, 2],
                          "day": pd.to_datetime(["2020-09-14", "2020-09-15"])})
    path = ec.write(frame, tmp_path / "e.xlsx")
    sheet = load_workbook(path).active
    assert [(cell.value, cell.data_type) for cell in sheet["A"]] == [("code", "s"), ("010", "s"), ("=1+1", "s")]
    assert [cell.data_type for cell in sheet["B"]][1:] == ["n", "n"]
    assert sheet["C2"].is_date
    with zipfile.ZipFile(path) as packed:
        assert {entry.date_time for entry in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_what_excel_cannot_hold_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="row 1: note: 32768 characters, a cell of Excel holds 32767"):
        ec.write(to_frame([EMPTY, record(note="x" * 32768)], SAMPLE), tmp_path / "e.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_stata_has_labels_long_texts_and_days(tmp_path: Path) -> None:
    frame = pd.DataFrame({"Event ID": ["a", None], "Event-ID": ["x" * 5000, "é"], "if": [True, False],
                          "big": [2**40, 1], "day": pd.to_datetime(["2020-09-14", None]),
                          "n": pd.Series([1, None], dtype="Int64")})
    path = ec.write(frame, tmp_path / "e.dta")
    with pd.read_stata(path, iterator=True) as reader:
        labels, made = reader.variable_labels(), reader.read()  # type: ignore[attr-defined]
    assert labels == {"Event_ID": "Event ID", "Event_ID_2": "Event-ID", "_if": "if", "big": "big", "day": "day",
                      "n": "n"}
    assert made["Event_ID"].tolist() == ["a", ""]
    assert made["Event_ID_2"].tolist() == ["x" * 5000, "é"]
    assert made["day"].tolist()[0] == pd.Timestamp("2020-09-14")
    assert made["big"].tolist() == [2**40, 1]
    assert b"<release>118</release>" in path.read_bytes()
    with pytest.raises(InputError, match="more than Stata can hold exactly"):
        ec.write(pd.DataFrame({"n": [2**60]}), tmp_path / "n.dta")


@given(st.lists(st.text(min_size=1, max_size=50), max_size=8, unique=True))
def test_names_for_stata_are_allowed_and_differ(names: list[str]) -> None:
    made = stata_names(names)
    assert len(set(made)) == len(names)
    assert all(name.isascii() and name.isidentifier() and len(name) <= 32 for name in made)


def test_a_failed_write_leaves_nothing_and_the_old_file(tmp_path: Path) -> None:
    path = ec.write(places((1, 1)), tmp_path / "e.gpkg")
    before = path.read_bytes()
    with pytest.raises((InputError, ValueError)):
        ec.write(places((1, 1)).assign(bad="\ud800"), path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_frame_knows_what_made_it() -> None:
    meta = [RecordMeta(ontology="sample", ontology_version=version, versions={"language en": tables})
            for version, tables in (("1", "b"), ("1", "a"))]
    rows = [record(id="x").model_copy(update={"meta": one}) for one in meta]
    assert to_frame(rows, SAMPLE).attrs["eventcode"] == {"schema": "sample", "version": "1",
                                                         "versions": {"language en": "a; b"}}
