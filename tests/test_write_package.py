"""Data packages: Table Schemas that agree with the files beside them, and a codebook page."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from sample import EMPTY, FULL, SAMPLE

import eventcode as ec
from eventcode.dataset.columns import columns, resolve
from eventcode.dataset.frame import provenance_frame, to_frame
from eventcode.dataset.hxl import about
from eventcode.dataset.package import table_schema
from eventcode.errors import InputError

ONTOLOGIES = ("acled", "ucdp-ged", "cameo", "plover")
TEXT = "Al-Shabaab fighters attacked an army base near Baidoa in Somalia on Monday, killing 12 soldiers."


def fields(frame: pd.DataFrame) -> dict[str, dict[str, Any]]:
    return {field["name"]: field for field in table_schema(frame)["fields"]}


@pytest.fixture(scope="module")
def baidoa() -> list[ec.Record]:
    return ec.load("acled").code(TEXT, published="2020-09-16", id="baidoa")


def test_a_package_holds_its_files_and_says_what_they_are(tmp_path: Path, baidoa: list[ec.Record]) -> None:
    frames = {"events": ec.to_frame(baidoa), "evidence": provenance_frame(baidoa)}
    licences = [{"name": "CC-BY-4.0"}]
    path = ec.write_package(frames, tmp_path / "Somalia 2020", title="Bases", metadata={"licenses": licences})
    package = json.loads(path.read_text(encoding="utf-8"))
    assert (path.name, package["name"], package["title"]) == ("datapackage.json", "somalia-2020", "Bases")
    assert package["licenses"] == licences
    assert sorted(file.name for file in path.parent.iterdir()) == ["codebook.md", "datapackage.json", "events.csv",
                                                                  "evidence.csv"]
    for resource, frame in zip(package["resources"], frames.values(), strict=True):
        content = (path.parent / resource["path"]).read_bytes()
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        assert resource["bytes"] == len(content)
        header = next(csv.reader(content.decode().splitlines()))
        assert [field["name"] for field in resource["schema"]["fields"]] == header == list(frame.columns)
    assert package["resources"][0]["eventcode"]["versions"]["ontology acled"]


@pytest.mark.parametrize("name", ONTOLOGIES)
def test_the_schema_of_an_ontology_does_not_hang_on_its_rows(name: str) -> None:
    records = ec.load(name).code(TEXT, published="2020-09-16")
    assert records
    assert table_schema(ec.to_frame(records)) == table_schema(ec.to_frame([], name))


@pytest.mark.parametrize("name", ONTOLOGIES)
def test_every_column_of_an_ontology_is_described(name: str) -> None:
    assert [column for column in columns(resolve(name)) if not about(name, column)[1]] == []


def test_types_and_constraints_are_those_of_the_codebook() -> None:
    acled, plover = fields(ec.to_frame([], "acled")), fields(ec.to_frame([], "plover"))
    assert {name: acled[name]["type"] for name in ("event_date", "fatalities", "latitude", "notes")} == {
        "event_date": "date", "fatalities": "integer", "latitude": "number", "notes": "string"}
    assert acled["latitude"]["constraints"] == {"minimum": -90, "maximum": 90}
    assert acled["event_type"]["constraints"]["required"] is True
    assert "Battles" in acled["event_type"]["constraints"]["enum"]
    assert (plover["actor"]["type"], plover["event_loc"]["type"], plover["has_event"]["type"]) == (
        "array", "object", "boolean")


@pytest.mark.parametrize("name", ONTOLOGIES)
def test_what_is_coded_keeps_the_constraints(name: str, tmp_path: Path) -> None:
    frame = ec.to_frame(ec.load(name).code(TEXT, published="2020-09-16"))
    rows = list(csv.DictReader(ec.write(frame, tmp_path / "e.csv").read_text(encoding="utf-8").splitlines()))
    assert rows
    for column, field in fields(frame).items():
        asked = field.get("constraints", {})
        for cell in (row[column] for row in rows):
            assert cell or not asked.get("required"), column
            assert not cell or "enum" not in asked or cell in asked["enum"], column
            assert not cell or "pattern" not in asked or re.search(asked["pattern"], cell), column
            assert not cell or "minimum" not in asked or float(cell) >= asked["minimum"], column


def test_a_frame_of_anything_has_a_schema() -> None:
    frame = pd.DataFrame({"a": [1, 2], "b": [True, False], "c": pd.to_datetime(["2020-01-01", None]), "d": ["x", None],
                          "e": [[1], {"k": 2}], "f": [0.5, None]})
    assert {name: field["type"] for name, field in fields(frame).items()} == {
        "a": "integer", "b": "boolean", "c": "date", "d": "string", "e": "any", "f": "number"}


def test_the_codebook_tells_columns_and_the_codes_that_are_there(tmp_path: Path, baidoa: list[ec.Record]) -> None:
    ec.write_package(ec.to_frame(baidoa), tmp_path / "p", title="Baidoa | one day")
    page = (tmp_path / "p" / "codebook.md").read_text(encoding="utf-8")
    assert page.startswith("# Baidoa | one day\n\n## events.csv\n\n1 rows. ")
    assert "| fatalities | integer | 1 | #affected+killed | People reported killed" in page
    assert "| Battles | Battles | 1 |" in page
    assert "| Riots" not in page
    assert "- ontology acled: " in page


def test_a_sample_without_a_plug_in_gets_a_page_too(tmp_path: Path) -> None:
    path = ec.write_package({"sample": to_frame([FULL, EMPTY], SAMPLE)}, tmp_path)
    assert json.loads(path.read_text(encoding="utf-8"))["resources"][0]["eventcode"]["schema"] == "sample"
    assert "| low | integer | 1 |" in (tmp_path / "codebook.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(("frames", "name"), [({"Events!": pd.DataFrame()}, None), ({"events": pd.DataFrame()}, "A B")])
def test_names_that_a_package_cannot_have_are_refused(tmp_path: Path, frames: Any, name: str | None) -> None:
    with pytest.raises(InputError, match="is no name for a package or its files"):
        ec.write_package(frames, tmp_path / "p", name=name)
    assert not (tmp_path / "p").exists()


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(InputError, match="cannot be made"):
        ec.write_package(pd.DataFrame({"a": [1]}), tmp_path / "file" / "p")
