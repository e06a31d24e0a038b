from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample import EMPTY, FULL, SAMPLE, record

from eventcode.dataset.articles import read_article, text_files
from eventcode.dataset.columns import columns, text_dtype
from eventcode.dataset.frame import provenance_frame, to_frame
from eventcode.dataset.read import read_frame, read_table
from eventcode.dataset.write import write
from eventcode.errors import InputError
from eventcode.records import Record

DTYPES = {"id": text_dtype(), "code": text_dtype(), "note": text_dtype(), "tags": "object", "actors": "object",
          "low": "Int64", "best": "Int64", "longitude": "float64", "ongoing": "boolean", "precision": "Int64",
          "day": "datetime64[s]"}
SUFFIXES = ("csv", "jsonl", "json", "parquet")


def dtypes(frame: pd.DataFrame) -> dict[str, str]:
    return {str(name): str(dtype) for name, dtype in frame.dtypes.items()}


@pytest.mark.parametrize("records", [[], [EMPTY], [FULL], [FULL, EMPTY], [EMPTY, EMPTY]])
def test_dtypes_depend_on_the_ontology_alone(records: list[Record]) -> None:
    frame = to_frame(records, SAMPLE)
    assert dtypes(frame) == DTYPES
    assert len(frame) == len(records)


def test_columns_come_in_the_codebooks_order() -> None:
    assert tuple(to_frame([], SAMPLE).columns) == FULL.columns() == tuple(DTYPES)


def test_values_arrive_unchanged() -> None:
    row = to_frame([FULL], SAMPLE).iloc[0]
    assert (row["code"], row["tags"], row["low"]) == ("010", ["urban"], 1)
    assert (row["longitude"], row["ongoing"]) == (-1.5, False)
    assert row["actors"] == [{"name": "Army; \"2nd\" unit", "country": "KEN"}]
    assert row["day"].date() == date(2024, 5, 14)


def test_an_empty_text_is_a_missing_value() -> None:
    assert to_frame([FULL, record(note="seen")], SAMPLE)["note"].isna().tolist() == [True, False]


def test_lists_of_lists_are_taken_as_pipe_gives_them() -> None:
    assert to_frame([[FULL], [], [EMPTY, EMPTY]], SAMPLE)["id"].tolist() == ["=1+1", "y", "y"]


def test_no_records_and_no_ontology_give_an_empty_frame() -> None:
    assert to_frame([]).shape == (0, 0)


def test_records_of_another_ontology_are_refused() -> None:
    with pytest.raises(InputError, match="records of sample among those of incident-log"):
        to_frame([FULL], "examples/incident_log")


def test_something_else_than_records_is_refused() -> None:
    with pytest.raises(InputError, match="expected records, got str"):
        to_frame(["not a record"], SAMPLE)  # type: ignore[list-item]


def test_provenance_has_a_row_for_each_filled_field() -> None:
    frame = provenance_frame([EMPTY, FULL])
    assert frame["record"].tolist() == [0, *[1] * 10]
    assert frame["field"].tolist() == ["id", *(name for name in FULL.columns() if name != "note")]
    line = frame[frame["field"] == "code"].iloc[0]
    assert line[["article_id", "ontology", "value", "start", "end", "text", "rules"]].tolist() == [
        "a1", "sample", "010", 0, 4, "Army", "en/attack; sample/code"]
    assert pd.isna(frame["article_id"][0])


def test_provenance_has_the_same_dtypes_without_rows() -> None:
    assert dtypes(provenance_frame([])) == dtypes(provenance_frame([FULL]))


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("records", [[], [FULL], [EMPTY], [FULL, EMPTY]])
def test_what_is_written_is_read_back(tmp_path: Path, suffix: str, records: list[Record]) -> None:
    frame = to_frame(records, SAMPLE)
    path = write(frame, tmp_path / f"events.{suffix}")
    if records or suffix in ("csv", "parquet"):  # an empty JSON list names no columns
        pd.testing.assert_frame_equal(read_frame(path, SAMPLE), frame)
    assert [other.name for other in tmp_path.iterdir()] == [path.name]


@settings(deadline=None, max_examples=60)
@given(st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1))
def test_any_text_survives_csv(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    frame = to_frame([record(id=text)], SAMPLE)
    path = write(frame, tmp_path_factory.mktemp("csv") / "events.csv")
    assert read_frame(path, SAMPLE)["id"].tolist() == [text]


@pytest.mark.parametrize("cell", ["=HYPERLINK(1)", "+1", "-1", "@x", "\t=1", "'=1"])
def test_csv_disarms_formulas(tmp_path: Path, cell: str) -> None:
    path = write(to_frame([record(id=cell)], SAMPLE), tmp_path / "events.csv")
    assert read_table(path).rows[0][0] == cell
    assert path.read_text(encoding="utf-8").splitlines()[1].lstrip('"').startswith("'")


def test_csv_leaves_numbers_and_codes_alone(tmp_path: Path) -> None:
    path = write(to_frame([FULL, record(code="NA")], SAMPLE), tmp_path / "events.csv")
    first, second = path.read_bytes().decode().split("\n")[1:3]
    assert ",-1.5," in first
    assert ",010," in first
    assert second == "x,NA,,[],[],,,,,,"
    assert read_frame(path, SAMPLE)["code"].tolist() == ["010", "NA"]


@pytest.mark.parametrize("name", ["events.xls", "events"])
def test_an_unknown_suffix_names_the_known_ones(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match=r"known are \.csv, \.jsonl, \.json, \.parquet"):
        write(to_frame([FULL], SAMPLE), tmp_path / name)


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no folder"):
        write(to_frame([FULL], SAMPLE), tmp_path / "no" / "events.csv")


def test_a_failed_write_leaves_the_old_file(tmp_path: Path) -> None:
    path = write(to_frame([FULL], SAMPLE), tmp_path / "events.csv")
    before = path.read_bytes()
    with pytest.raises(UnicodeEncodeError):
        write(pd.DataFrame({"id": ["\ud800"]}), path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_parquet_without_pyarrow_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    with pytest.raises(InputError, match=r"pip install 'eventcode\[parquet\]'"):
        write(to_frame([FULL], SAMPLE), tmp_path / "events.parquet")


@pytest.mark.parametrize(("content", "message"), [
    (b"id,low\nx,many\n", r"row 0: low: 'many': .*integer"),
    (b"id,low\nx,1,2\n", "row 0: 3 cells, the header has 2"),
    (b"id\n\xff\n", "not UTF-8 at byte 3"),
    (b'id\n"x\n', "not CSV"),
])
def test_a_broken_csv_is_named_with_its_row(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "events.csv"
    path.write_bytes(content)
    with pytest.raises(InputError, match=message) as caught:
        read_frame(path, SAMPLE)
    assert "events.csv" in str(caught.value)


@pytest.mark.parametrize(("name", "content", "message"), [
    ("events.jsonl", b'{"id": "x"}\n{"id": \n', "row 1: not JSON"),
    ("events.jsonl", b'["x"]\n', "row 0: expected an object, got list"),
    ("events.json", b'{"id": "x"}', "expected a list of objects, got dict"),
    ("events.json", b"[", "not JSON"),
    ("events.parquet", b"no parquet at all", "not Parquet"),
])
def test_other_broken_files_are_named(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InputError, match=message):
        read_frame(path, SAMPLE)


def test_columns_know_kind_requirement_and_codes() -> None:
    known = columns(SAMPLE)
    assert [name for name, column in known.items() if column.required] == ["id"]
    assert known["code"].allowed == {"010", "NO", "NA", "-"}
    assert known["low"].allowed is None


def test_an_article_file_keeps_its_characters(tmp_path: Path) -> None:
    path = tmp_path / "story-7.txt"
    path.write_bytes("\ufeffRebels in Béni\r\nfled.".encode())
    article = read_article(path, published="2024-05-15")
    assert (article.id, article.text, article.published) == ("story-7", "Rebels in Béni\r\nfled.", date(2024, 5, 15))


@pytest.mark.parametrize(("content", "message"), [(b"B\xe9ni", "not UTF-8 at byte 1"), (b" \n", "empty")])
def test_an_unreadable_article_file_is_named(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "story.txt"
    path.write_bytes(content)
    with pytest.raises(InputError, match=rf"story\.txt: {message}"):
        read_article(path)


def test_a_folder_gives_its_text_files_in_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "notes.md"):
        (tmp_path / name).write_text("x")
    assert [path.name for path in text_files([tmp_path, "c.txt"])] == ["a.txt", "b.txt", "c.txt"]
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match=r"a folder without \.txt files"):
        list(text_files([tmp_path / "empty"]))
