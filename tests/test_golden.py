"""The golden articles: every stage as it was last approved, and what a careful coder wants from each."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import expectations
import golden_stages
import pytest
from expectations import ONTOLOGIES

from eventcode.rules import read_yaml

NAMES = golden_stages.names()


def _wanted(name: str) -> dict[str, Any]:
    content: dict[str, Any] = read_yaml(golden_stages.FOLDER / name / "expected.yaml")
    return content


def test_there_are_seven() -> None:
    assert len(NAMES) == 7
    assert all(150 <= len(golden_stages.article(name).text.split()) <= 400 for name in NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_expectations_name_real_columns(name: str) -> None:
    """A demand on a column that does not exist would be met by an empty value or by nothing at all."""
    for ontology in ONTOLOGIES:
        columns = set(expectations.coder(ontology).ontology.record.columns())
        for section in ("required", "optional", "forbidden"):
            for demand in _wanted(name)[ontology].get(section, []):
                assert {path.split(".")[0] for path in demand["fields"]} <= columns, demand


@pytest.fixture(scope="module")
def made() -> dict[str, dict[str, Any]]:
    return {name: golden_stages.stages(golden_stages.article(name)) for name in NAMES}


@pytest.mark.parametrize("stage", golden_stages.STAGES)
@pytest.mark.parametrize("name", NAMES)
def test_stage_is_as_approved(name: str, stage: str, made: dict[str, dict[str, Any]]) -> None:
    path = golden_stages.FOLDER / name / "stages.json"
    assert path.exists(), "write it with: python tests/golden_stages.py"
    approved = json.loads(path.read_text("utf-8"))
    assert json.loads(golden_stages.as_text(made[name]))[stage] == approved[stage], \
        "read the change, then approve it with: python tests/golden_stages.py"


@pytest.mark.parametrize("ontology", ONTOLOGIES)
@pytest.mark.parametrize("name", NAMES)
def test_records_are_what_a_coder_wants(name: str, ontology: str) -> None:
    wanted, one = _wanted(name)[ontology], golden_stages.article(name)
    verdict = expectations.judge(wanted, expectations.rows(ontology, one), shown=_short)
    if len(verdict.extra) > int(wanted["max_extra"]):
        verdict.faults += [f"extra record: {_short(row)}" for row in verdict.extra]
    assert not verdict.faults, _report(verdict.faults)


@pytest.mark.parametrize("ontology", ONTOLOGIES)
@pytest.mark.parametrize("name", NAMES)
def test_what_is_left_out_is_left_out_for_a_reason(name: str, ontology: str) -> None:
    prefixes = tuple(_wanted(name)[ontology].get("rejected", []))
    if not prefixes:
        pytest.skip("no rejection is asked for")
    reasons = [rejection.reason for rejection in expectations.trace(ontology, golden_stages.article(name)).rejections]
    assert any(reason.startswith(prefixes) for reason in reasons), f"none of {prefixes} in {reasons}"


@pytest.mark.parametrize("name", NAMES)
def test_events_are_what_a_coder_wants(name: str) -> None:
    read = [event.model_dump(mode="json") for event in expectations.trace("acled", golden_stages.article(name)).events]
    verdict = expectations.judge(_wanted(name).get("events", {}), read, "event", _short)
    assert not verdict.faults, _report(verdict.faults)


@pytest.mark.parametrize("name", NAMES)
def test_counts_are_kept_with_who_said_them(name: str) -> None:
    read = expectations.counts(expectations.trace("acled", golden_stages.article(name)).events)
    verdict = expectations.judge(_wanted(name).get("counts", {}), read, "count", _short)
    assert not verdict.faults, _report(verdict.faults)


@pytest.mark.parametrize("name", NAMES)
def test_known_gaps_are_still_open(name: str) -> None:
    gaps = _wanted(name).get("counts", {}).get("gaps", [])
    read = expectations.counts(expectations.trace("acled", golden_stages.article(name)).events)
    closed = [gap["why"] for gap in gaps if not expectations.judge({"required": [gap]}, read, "count", _short).faults]
    assert not closed, f"now read: move to `required` in expected.yaml: {closed}"


@pytest.mark.parametrize("stage", golden_stages.STAGES)
@pytest.mark.parametrize("name", NAMES)
def test_offsets_point_at_the_words(name: str, stage: str, made: dict[str, dict[str, Any]]) -> None:
    text = golden_stages.article(name).text
    wrong = [span for span in _spans(made[name][stage]) if text[span["start"]:span["end"]] != span["text"]]
    assert not wrong, wrong[:3]


def _spans(data: Any) -> Iterator[dict[str, Any]]:
    """Everything with start, end and text in it, however deep."""
    if isinstance(data, dict):
        if isinstance(data.get("start"), int) and "end" in data and "text" in data:
            yield data
        for value in data.values():
            yield from _spans(value)
    elif isinstance(data, list):
        for value in data:
            yield from _spans(value)


def _short(row: Any) -> str:
    return ", ".join(f"{key}={value}" for key, value in row.items()
                     if value not in (None, "", [], {}) and key not in ("notes", "reports", "text", "event_text"))[:400]


def _report(faults: list[str]) -> str:
    return "\n" + "\n".join(f"  - {fault}" for fault in faults)
