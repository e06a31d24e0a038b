from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pandas as pd
import pytest
from sample import EMPTY, FULL, SAMPLE

from eventcode.article import Article
from eventcode.dataset.articles import read_article
from eventcode.dataset.columns import columns
from eventcode.dataset.columns import schema as record_schema
from eventcode.dataset.frame import to_frame
from eventcode.dataset.read import read_frame
from eventcode.dataset.write import jsonl_lines, write
from eventcode.loading import load
from eventcode.plugins import language, names, ontology
from eventcode.rules import read_yaml
from eventcode.schemas import BUILT_IN, main, rendered, schemas, stale
from eventcode.validation import validate

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "schemas"


def committed(name: str) -> dict[str, Any]:
    return json.loads((FOLDER / f"{name}.schema.json").read_text(encoding="utf-8"))


def row(**changes: Any) -> dict[str, Any]:
    values = json.loads(json.dumps(FULL.values(), default=str))
    return {**values, **changes}


def test_committed_schemas_are_fresh() -> None:
    assert stale(FOLDER) == []


def test_every_schema_is_committed_and_nothing_else() -> None:
    assert sorted(path.name for path in FOLDER.iterdir()) == sorted(name for name, _ in schemas())
    assert {f"{name}.schema.json" for name in BUILT_IN} <= {path.name for path in FOLDER.iterdir()}


def test_schemas_are_valid_draft_2020_12() -> None:
    for _, schema in schemas():
        jsonschema.Draft202012Validator.check_schema(schema)
        assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_check_names_a_stale_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path)]) == 0
    assert main([str(tmp_path), "--check"]) == 0
    (tmp_path / "rule.schema.json").write_text("{}\n")
    assert main([str(tmp_path), "--check"]) == 1
    assert "rule.schema.json is stale" in capsys.readouterr().err


@pytest.mark.parametrize(("changes", "valid"), [
    ({}, True), ({"code": None}, True), ({"tags": []}, True),
    ({"code": "011"}, False), ({"tags": ["sea"]}, False), ({"low": -1}, False), ({"id": None}, False),
    ({"weather": "rain"}, False), ({"actors": [{"country": "KEN"}]}, False), ({"day": 5}, False),
])
def test_a_record_schema_knows_kinds_codes_and_constraints(changes: dict[str, Any], valid: bool) -> None:
    validator = jsonschema.Draft202012Validator(record_schema(SAMPLE))
    assert validator.is_valid(row(**changes)) is valid


def test_a_record_schema_wants_every_column() -> None:
    assert record_schema(SAMPLE)["required"] == list(FULL.columns())


def test_written_json_lines_fit_the_schema(tmp_path: Path) -> None:
    path = write(to_frame([FULL, EMPTY], SAMPLE), tmp_path / "events.jsonl")
    validator = jsonschema.Draft202012Validator(record_schema(SAMPLE))
    assert [list(validator.iter_errors(json.loads(line))) for line in path.read_text().splitlines()] == [[], []]


@pytest.mark.parametrize("name", BUILT_IN)
def test_a_built_in_schema_has_the_codebooks_columns_and_codes(name: str) -> None:
    known, properties = columns(ontology(name)), committed(name)["properties"]
    assert list(properties) == list(known) == list(ontology(name).record.columns())
    for column in known.values():
        if column.allowed and column.kind == "text":
            for code in column.allowed:
                assert code in rendered(properties[column.name]), (column.name, code)


@pytest.mark.parametrize("name", BUILT_IN)
def test_rule_files_fit_the_rule_schema(name: str) -> None:
    validator = jsonschema.Draft202012Validator(committed("rule"))
    paths = sorted((ontology(name).folder / "rules").glob("*.yaml"))
    assert paths
    for path in paths:
        assert [error.message for error in validator.iter_errors(read_yaml(path))] == [], path.name


@pytest.mark.parametrize("code", names("languages"))
def test_lexicon_files_fit_the_lexicon_schema(code: str) -> None:
    validator = jsonschema.Draft202012Validator(committed("lexicon"))
    paths = sorted((language(code).folder / "actions").glob("*.yaml"))
    assert paths
    for path in paths:
        assert [error.message for error in validator.iter_errors(read_yaml(path))] == [], path.name


def golden_articles() -> list[Article]:
    heads = sorted((ROOT / "tests" / "golden").glob("*/article.json"))
    return [read_article(path.with_suffix(".txt"), **json.loads(path.read_text(encoding="utf-8"))) for path in heads]


@pytest.mark.filterwarnings("error::UserWarning")
@pytest.mark.parametrize("name", BUILT_IN)
def test_golden_records_fit_schema_and_checks(name: str, tmp_path: Path) -> None:
    coder, validator = load(name), jsonschema.Draft202012Validator(committed(name))
    frame = to_frame(coder.pipe(golden_articles()), name)
    assert len(frame) >= 1
    for line in jsonl_lines(frame):
        assert [error.message for error in validator.iter_errors(json.loads(line))] == [], line
    assert [str(issue) for issue in validate(frame, name).issues] == []
    for suffix in ("csv", "jsonl", "json", "parquet"):
        path = write(frame, tmp_path / f"events.{suffix}")
        assert validate(path, name).issues == ()
        pd.testing.assert_frame_equal(read_frame(path, name), frame)
