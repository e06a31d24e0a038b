"""Published files of event records: dtypes, codes as text, versions, and what is wrong named."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path

import pandas as pd
import pytest

import eventcode as ec
from eventcode.dataset.columns import text_dtype
from eventcode.dataset.releases import RELEASES
from eventcode.dataset.releases.release import release
from eventcode.errors import InputError

TEXT = text_dtype()


def about(frame: pd.DataFrame) -> dict[str, object]:
    found: dict[str, object] = frame.attrs["eventcode"]
    return found


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8", newline="")
    return path


NEW_ACLED = ("event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,"
             "assoc_actor_1,inter1,actor2,inter2,interaction,iso,country,latitude,longitude,notes,fatalities,timestamp\n"
             'KEN901,02 August 2018,2018,1,Political violence,Battles,Armed clash,"Militia, Unidentified",,'
             'Political militia,Police Forces of Kenya (2013-2022),State forces,State forces-Political militia,404,'
             'Kenya,1.5,36.0,'
             '"Shots, then\nsilence.",2,1533400000\n')
OLD_ACLED = ("data_id;iso;event_id_cnty;event_id_no_cnty;event_date;inter1;interaction;fatalities;iso3;extra\n"
             "7;404;KEN901;901;2 August 2018;3;13;0;KEN;010\n8;404;KEN902;902;2018-08-03;7;37;;NA;\n")


def test_acled_of_today_has_text_for_classes_of_actors(tmp_path: Path) -> None:
    frame = ec.read_records(write(tmp_path / "acled.csv", NEW_ACLED), "acled")
    row = frame.iloc[0]
    assert row["event_date"] == pd.Timestamp("2018-08-02")
    assert (row["notes"], row["fatalities"], row["latitude"]) == ("Shots, then\nsilence.", 2, 1.5)
    assert pd.isna(row["assoc_actor_1"])
    assert {str(frame[name].dtype) for name in ("year", "iso", "fatalities", "timestamp")} == {"Int64"}
    assert str(frame["event_date"].dtype) == "datetime64[s]"
    assert about(frame) == {"schema": "acled", "version": "since 2024-09-26", "file": "acled.csv", "notes": [],
                            "faults": []}


def test_acled_of_old_keeps_its_columns_and_says_so(tmp_path: Path) -> None:
    frame = ec.read_records(write(tmp_path / "old.csv", OLD_ACLED), "acled")
    assert frame["event_date"].dt.day.tolist() == [2, 3]
    assert frame["inter1"].tolist() == ["3", "7"]
    assert frame["extra"].tolist()[0] == "010"
    assert frame["iso3"].tolist() == ["KEN", "NA"]
    assert frame["fatalities"].isna().tolist() == [False, True]
    assert about(frame)["version"] == "before 2024-09-26"
    assert about(frame)["notes"] == ["legacy columns: data_id, event_id_no_cnty, iso3",
                                     "inter1, inter2 and interaction are numbers"]


def test_names_are_known_whatever_their_case(tmp_path: Path) -> None:
    path = write(tmp_path / "o.csv", "GWNO,EVENT_ID_CNTY,EVENT_DATE,FATALITIES\n501,KEN9,01-January-1999,3.0\n")
    frame = ec.read_records(path, "acled")
    assert list(frame.columns) == ["gwno", "event_id_cnty", "event_date", "fatalities"]
    assert frame.iloc[0].tolist() == [501, "KEN9", pd.Timestamp("1999-01-01"), 3]


GED = ("id,relid,year,active_year,type_of_violence,dyad_name,priogrid_gid,date_start,date_end,best,gwnoa,gwnob,low\n"
       "{0},KEN-2018-1,2018,{1},3,A - Civilians,131234,2018-08-01 00:00:00.000,2018-08-02 00:00:00.000,4,,501; 510,2\n")


@pytest.mark.parametrize(("name", "active", "version", "value"), [
    ("GEDEvent_v25_1.csv", "true", "25.1", True), ("ged.csv", "True", "25.1 or later", True),
    ("ged.csv", "0", "24.1 or earlier", False), ("ged.csv", "", None, None)])
def test_ged_has_days_numbers_and_truth(tmp_path: Path, name: str, active: str, version: str | None,
                                        value: bool | None) -> None:
    frame = ec.read_records(write(tmp_path / name, GED.format(9, active)), "ucdp-ged")
    row = frame.iloc[0]
    assert (row["date_start"], row["date_end"]) == (pd.Timestamp("2018-08-01"), pd.Timestamp("2018-08-02"))
    assert row["gwnob"] == "501; 510"
    assert pd.isna(row["active_year"]) if value is None else row["active_year"] is value or row["active_year"] == value
    assert str(frame["active_year"].dtype) == "boolean"
    assert about(frame)["version"] == version


def gdelt(columns: int) -> str:
    values = {"GLOBALEVENTID": "410000001", "SQLDATE": "20180802", "EventCode": "010", "EventRootCode": "01",
              "Actor1Name": 'THE "LION"', "GoldsteinScale": "-2.5", "ActionGeo_FeatureID": "-1603135",
              "ActionGeo_Lat": "1.5", "DATEADDED": "20180802101500", "SOURCEURL": "https://a.example/?q=1"}
    names = list(release("gdelt").kinds)
    if columns < 61:
        names = [name for name in names if not name.endswith("ADM2Code")][:columns]
    return "\t".join(values.get(name, "") for name in names) + "\n"


@pytest.mark.parametrize(("columns", "version", "notes"), [
    (61, "2.0", []), (58, "1.0", []), (57, "1.0", ["no SOURCEURL: a file from before April 2013"])])
@pytest.mark.parametrize("packed", ["", ".zip", ".gz"])
def test_gdelt_has_no_header_and_several_versions(tmp_path: Path, columns: int, version: str, notes: list[str],
                                                  packed: str) -> None:
    path, text = tmp_path / f"20180802.export.CSV{packed}", gdelt(columns) * 2
    if packed == ".zip":
        with zipfile.ZipFile(path, "w") as made:
            made.writestr("20180802.export.CSV", text)
    else:
        path.write_bytes(gzip.compress(text.encode()) if packed else text.encode())
    frame = ec.read_records(path, "gdelt")
    assert frame.shape == (2, columns)
    row = frame.iloc[0]
    assert row[["GLOBALEVENTID", "EventCode", "EventRootCode", "Actor1Name", "ActionGeo_FeatureID"]].tolist() == [
        410000001, "010", "01", 'THE "LION"', "-1603135"]
    assert (row["GoldsteinScale"], row["DATEADDED"]) == (-2.5, 20180802101500)
    assert (about(frame)["version"], about(frame)["notes"]) == (version, notes)


def test_gdelt_mentions_icews_polecat_and_phoenix(tmp_path: Path) -> None:
    mention = "\t".join(["410000001", "20180802101500", "20180802101500", "1", "a.example", "https://a.example/", "3",
                         "-1", "40", "60", "1", "30", "2400", "-3.5", "", ""])
    frame = ec.read_records(write(tmp_path / "m.CSV", mention + "\n"), "gdelt-mentions")
    assert frame[["SentenceID", "Actor1CharOffset", "MentionDocTone"]].iloc[0].tolist() == [3, -1, -3.5]
    icews = ("Event ID\tEvent Date\tSource Name\tEvent Text\tCAMEO Code\tIntensity\tDistrict\tCountry\n"
             '1\t2018-06-01\tMilitia "Lion"\tConsult\t040\t1\tNULL\tNamibia\n2\t6/2/2018\tX\tY\t010\t0.0\t\tKenya\n')
    frame = ec.read_records(write(tmp_path / "events.2018.tab", icews), "icews")
    assert frame["CAMEO Code"].tolist() == ["040", "010"]
    assert frame["Event Date"].dt.day.tolist() == [1, 2]
    assert frame["Source Name"][0] == 'Militia "Lion"'
    assert frame["District"].isna().all()
    polecat = ("Event ID\tEvent Date\tEvent Type\tEvent Mode\tEvent Intensity\tActor COW\tGeoNames ID\tVersion\n"
               "a_ASSAULT\t2021-02-03\tASSAULT\tNone\t-9\t501.0\t184745\tNGEC-1\n")
    frame = ec.read_records(write(tmp_path / "p.txt", polecat), "polecat")
    assert frame.iloc[0][["Intensity", "Actor COW", "GeoNames ID"]].tolist() == [-9, 501, 184745]
    assert pd.isna(frame["Event Mode"][0])
    assert about(frame)["version"] == "NGEC-1"
    phoenix = "\t".join(["E1", "20180801", "2018", "8", "1", "AFGMIL", "AFG", "MIL", "", "IMGMUSISI", "IMG", "",
                         "MUSISI", "010", "01", "0", "0.0", "", "36.1", "66.2", "Jawzjan", "", "AFG", "4",
                         "https://a.example", "x"])
    frame = ec.read_records(write(tmp_path / "ph.txt", phoenix + "\n"), "phoenix")
    assert frame.iloc[0][["Date", "EventCode", "PentaClass", "Lat"]].tolist() == ["20180801", "010", 0, 36.1]


@pytest.mark.parametrize(("cells", "names"), [
    (["", "s1;s2", "AFP"], ["Issues", "SentenceID", "NewsSource"]),
    (["x,2", "s1", "https://a.example", "AFP"], ["Issues", "SentenceID", "URL", "NewsSource"]),
    (["", "s1", "AFP", "fought"], ["Issues", "SentenceID", "NewsSource", "EventText"]),
    (["", "s1", "https://a.example", "AFP", "army", "---", "fought", "MIL", "REB"],
     ["Issues", "SentenceID", "URL", "NewsSource", "SourceText", "TargetText", "EventText", "SourceRoot",
      "TargetRoot"]),
])
def test_petrarch_writes_what_it_was_asked_for(tmp_path: Path, cells: list[str], names: list[str]) -> None:
    path = write(tmp_path / "evts.txt", "\t".join(["20180801", "AFGMIL", "AFGREB", "190", *cells]) + "\n")
    frame = ec.read_records(path, "petrarch")
    assert list(frame.columns)[4:] == names
    assert frame.iloc[0].fillna("").tolist() == ["20180801", "AFGMIL", "AFGREB", "190",
                                                 *("" if cell == "---" else cell for cell in cells)]


def test_a_wrong_cell_is_named_or_left_empty_and_told(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "event_id_cnty,event_date,fatalities,latitude\nKEN1,2018-08-02,3,1\n"
                                     "KEN2,2018-13-02,many,2.5\nKEN3,,1.5,\n")
    with pytest.raises(InputError, match=r"row 1: event_date: '2018-13-02' is not a date \(3 such cells; strict=False"):
        ec.read_records(path, "acled")
    frame = ec.read_records(path, "acled", strict=False)
    assert frame["fatalities"].isna().tolist() == [False, True, True]
    assert about(frame)["faults"] == [
        {"row": 1, "column": "event_date", "value": "2018-13-02"}, {"row": 1, "column": "fatalities", "value": "many"},
        {"row": 2, "column": "fatalities", "value": "1.5"}]


@pytest.mark.parametrize(("content", "schema", "message"), [
    (b"event_id_cnty,year\nKEN1,2018,x\n", "acled", "Expected 2 fields in line 2, saw 3"),
    (b"event_id_cnty,year\nKEN1,2018\nKEN2\n", "acled", "line 3: 1 cells, others have 2"),
    (b"event_id_cnty\nK\xe9N1\n", "acled", "not utf-8-sig at byte"),
    (b"", "acled", "empty"),
    (b"a\tb\n1\t2\n", "gdelt", "no header that gdelt has, and 2 columns"),
])
def test_files_of_another_form_are_refused(tmp_path: Path, content: bytes, schema: str, message: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    with pytest.raises(InputError, match=message) as caught:
        ec.read_records(path, schema)
    assert "a.csv" in str(caught.value)


def test_archives_with_several_files_and_torn_ones_are_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.csv.zip", "w") as made:
        made.writestr("a.csv", "x")
        made.writestr("b.csv", "x")
    (tmp_path / "b.csv.gz").write_bytes(b"no gzip")
    for name, message in (("a.csv.zip", "2 files in it"), ("b.csv.gz", "cannot be read|broken archive"),
                          ("c.csv", "cannot be read")):
        with pytest.raises(InputError, match=message):
            ec.read_records(tmp_path / name, "acled")


def test_a_header_alone_has_the_same_dtypes_as_rows(tmp_path: Path) -> None:
    for name in ("acled", "ucdp-ged", "gdelt", "icews", "polecat"):
        kinds = release(name).kinds
        head = ",".join(f'"{column}"' for column in kinds) + "\n"
        frame = ec.read_records(write(tmp_path / f"{name}.csv", head), name)
        assert len(frame) == 0
        wanted = {"text": TEXT, "integer": "Int64", "number": "float64", "boolean": "boolean", "date": "datetime64[s]"}
        assert {column: str(dtype) for column, dtype in frame.dtypes.items()} == {
            column: wanted[kind] for column, kind in kinds.items()}


def test_views_are_read_back_as_they_were_made(tmp_path: Path) -> None:
    records = ec.load("cameo").code("Rebels attacked an army base near Mopti in Mali on Monday, killing 12 soldiers.",
                                    published="2020-09-16", id="a")
    assert records
    for name in ("gdelt", "icews"):
        made = ec.view(records, name)  # type: ignore[arg-type]
        numbers = {column: "float64" for column, dtype in made.dtypes.items() if str(dtype) == "Float64"}
        frame = ec.read_records(ec.write(made, tmp_path / f"{name}.csv"), name)
        pd.testing.assert_frame_equal(frame, made.astype(numbers))


def test_an_unknown_schema_is_named_with_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(ec.EventcodeError, match="nosuch"):
        ec.read_records(write(tmp_path / "a.csv", "x\n1\n"), "nosuch")
    with pytest.raises(InputError, match=f"known are {', '.join(RELEASES)}"):
        release("nosuch")
