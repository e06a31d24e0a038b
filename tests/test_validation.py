from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from sample import EMPTY, FULL, SAMPLE, record

from eventcode.dataset.frame import to_frame
from eventcode.dataset.write import write
from eventcode.errors import InputError, PluginError
from eventcode.validation import Issue, ValidationReport, validate


def frame(**columns: Any) -> pd.DataFrame:
    """Two sound rows with some columns replaced."""
    return to_frame([FULL, EMPTY], SAMPLE).assign(**columns)


def told(report: ValidationReport) -> list[tuple[str, str, int | None]]:
    return [(issue.check, issue.column, issue.row) for issue in report.issues]


def test_sound_data_is_ok_in_every_form(tmp_path: Path) -> None:
    sound = frame()
    assert validate(sound, SAMPLE) == ValidationReport("sample", 2, ())
    assert validate([FULL, EMPTY], SAMPLE).ok
    for suffix in ("csv", "json", "jsonl", "parquet"):
        assert validate(write(sound, tmp_path / f"x.{suffix}"), SAMPLE).issues == ()
    assert validate(to_frame([], SAMPLE), SAMPLE).ok


@pytest.mark.parametrize(("changed", "expected"), [
    (frame().drop(columns="best"), ("column-missing", "best", None)),
    (frame(weather="rain"), ("column-unknown", "weather", None)),
    (frame(id=["x", None]), ("required", "id", 1)),
    (frame(id=["x", ""]), ("required", "id", 1)),
    (frame(code=["010", "011"]), ("codes", "code", 1)),
    (frame(tags=[["urban", "sea"], []]), ("codes", "tags", 0)),
    (frame(low=pd.array([-1, 2], dtype="Int64")), ("type", "low", 0)),
    (frame(actors=[[{"country": "KEN"}], []]), ("type", "actors", 0)),
    (frame(day=["2024-05-14", "2024-05-15"]), ("dtype", "day", None)),
    (frame(best=[1.0, 2.0]), ("dtype", "best", None)),
    (frame(longitude=["1.5", "2.5"]), ("dtype", "longitude", None)),
    (frame(ongoing=["yes", "no"]), ("dtype", "ongoing", None)),
    (frame(low=[4, 1], best=[2, 3]), ("sample/low-best", "low", 0)),
])
def test_each_kind_of_fault_is_found_where_it_is(changed: pd.DataFrame, expected: tuple[str, str, int | None]) -> None:
    report = validate(changed, SAMPLE)
    assert expected in told(report)
    assert not report.ok
    assert len({issue.column for issue in report.issues}) == 1


def test_all_faults_are_found_not_the_first() -> None:
    broken = frame(code=["10", "nope"], low=pd.array([9, -1], dtype="Int64"), id=[None, None]).drop(columns="day")
    assert told(validate(broken, SAMPLE)) == [
        ("leading-zeros", "code", None), ("column-missing", "day", None), ("required", "id", 0), ("codes", "code", 0),
        ("sample/low-best", "low", 0), ("required", "id", 1), ("codes", "code", 1), ("type", "low", 1)]


def test_codes_read_as_numbers_are_one_dtype_issue_and_wrong_codes() -> None:
    report = validate(frame(code=[10, 10]), SAMPLE)
    assert told(report) == [
        ("dtype", "code", None), ("leading-zeros", "code", None), ("codes", "code", 0), ("codes", "code", 1)]
    assert "did you mean '010'?" in report.issues[2].message


def test_columns_out_of_order_are_a_warning() -> None:
    report = validate(frame()[["code", "id", *list(frame().columns)[2:]]], SAMPLE)
    assert report.ok
    assert [(issue.severity, issue.check) for issue in report.issues] == [("warning", "column-order")]


def test_a_repeated_column_is_found() -> None:
    doubled = pd.concat([frame(), frame()[["code"]]], axis=1)
    assert told(validate(doubled, SAMPLE)) == [("column-repeated", "code", None)]


def test_an_empty_column_of_another_dtype_is_only_a_warning() -> None:
    report = validate(frame(code=[float("nan")] * 2, day=[None, None]), SAMPLE)
    assert report.ok
    assert told(report) == [("dtype", "code", None), ("dtype", "day", None)]


def test_text_may_stand_in_any_dtype_of_texts() -> None:
    for dtype in ("object", "string", "category"):
        assert validate(frame(code=pd.Series(["010", "NO"], dtype=dtype)), SAMPLE).issues == ()


def test_rows_of_the_wrong_length_are_issues_and_the_rest_is_still_checked(tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    path.write_text(",".join(FULL.columns()) + "\nx,010\ny,bad,,[],[],,,,,,,extra\n")
    assert told(validate(path, SAMPLE)) == [("form", "", 0), ("form", "", 1), ("codes", "code", 1)]


def test_a_number_as_text_is_a_fault_in_json_and_none_in_csv(tmp_path: Path) -> None:
    row = {**dict.fromkeys(FULL.columns()), "id": "x", "tags": [], "actors": [], "low": "3", "best": 4}
    (tmp_path / "x.jsonl").write_text(json.dumps(row) + "\n")
    assert told(validate(tmp_path / "x.jsonl", SAMPLE)) == [("type", "low", 0)]
    cells = "x,,,[],[],3,4.0,1,true,2,2024-05-14"
    (tmp_path / "x.csv").write_text(",".join(FULL.columns()) + "\n" + cells + "\n")
    assert validate(tmp_path / "x.csv", SAMPLE).issues == ()


def test_numbers_that_are_none_are_faults_in_csv(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text(",".join(FULL.columns()) + "\nx,,,[],[],3.5,many,1e,maybe,4,14 May\n")
    assert [(issue.check, issue.column) for issue in validate(path, SAMPLE).issues] == [
        ("type", name) for name in ("low", "best", "longitude", "ongoing", "precision", "day")]


def test_checks_see_typed_values_of_a_csv(tmp_path: Path) -> None:
    path = write(to_frame([record(low=10, best=9)], SAMPLE), tmp_path / "x.csv")
    assert told(validate(path, SAMPLE)) == [("sample/low-best", "low", 0)]


def test_the_report_reads_as_a_frame_and_as_text() -> None:
    report = validate(frame(code=["010", "011"], weather="rain"), SAMPLE)
    table = report.to_frame()
    assert list(table.columns) == ["severity", "check", "column", "row", "value", "message", "advice"]
    assert table["row"].tolist() == [pd.NA, 1]
    assert str(table["row"].dtype) == "Int64"
    assert validate(frame(), SAMPLE).to_frame().dtypes.equals(table.dtypes)
    assert str(report).splitlines()[0] == "sample: 2 rows, 2 errors, 0 warnings"
    assert "error: row 1, code: '011' is not in the codebook's list" in str(report)


def test_a_long_report_says_how_much_it_leaves_out() -> None:
    issues = tuple(Issue("error", "codes", "code", row, "x", "wrong") for row in range(60))
    text = str(ValidationReport("sample", 60, issues))
    assert "... and 10 more" in text
    assert len(text.splitlines()) == 52
    assert len(ValidationReport("sample", 60, issues).lines()) == 61


def test_unreadable_data_and_unknown_schemas_raise() -> None:
    with pytest.raises(InputError, match=r"nothing\.csv: cannot be read"):
        validate("nothing.csv", SAMPLE)
    with pytest.raises(PluginError, match="did you mean 'acled'"):
        validate(frame(), "aclde")
