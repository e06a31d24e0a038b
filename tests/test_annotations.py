"""Annotations of four tools: the same judgements, whatever wrote them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import eventcode as ec
from eventcode.errors import InputError

#: Our own writing.
TEXT = "Police in Lima arrested two strikers."
SPANS = [(0, 6, "Actor"), (15, 23, "Action")]


def jsonl(path: Path, *rows: Any) -> Path:
    path.write_text("\n".join(json.dumps(row) if not isinstance(row, str) else row for row in rows) + "\n")
    return path


def doccano(folder: Path) -> Path:
    return jsonl(folder / "a.jsonl", {"id": 4, "text": TEXT, "label": [list(span) for span in SPANS]})


def doccano_entities(folder: Path) -> Path:
    entities = [{"id": n, "label": label, "start_offset": start, "end_offset": end}
                for n, (start, end, label) in enumerate(SPANS)]
    return jsonl(folder / "b.jsonl", {"id": 4, "text": TEXT, "entities": entities,
                                      "relations": [{"id": 1, "from_id": 1, "to_id": 0, "type": "source"}]})


def prodigy(folder: Path) -> Path:
    spans = [{"start": start, "end": end, "label": label} for start, end, label in SPANS]
    return jsonl(folder / "c.jsonl", {"text": TEXT, "spans": spans, "answer": "accept", "meta": {"id": 4},
                                      "_annotator_id": "ana"})


def label_studio(folder: Path) -> Path:
    result = [{"id": f"x{n}", "type": "labels", "value": {"start": start, "end": end, "labels": [label]}}
              for n, (start, end, label) in enumerate(SPANS)]
    path = folder / "d.json"
    path.write_text(json.dumps([{"id": 4, "data": {"text": TEXT}, "annotations": [
        {"id": 1, "completed_by": {"id": 3, "email": "ana@example.org"}, "result": result}]}]))
    return path


def brat(folder: Path) -> Path:
    made = folder / "ana"
    made.mkdir()
    (made / "4.txt").write_text(TEXT)
    (made / "4.ann").write_text("".join(f"T{n}\t{label} {start} {end}\t{TEXT[start:end]}\n"
                                        for n, (start, end, label) in enumerate(SPANS)))
    return made


@pytest.mark.parametrize(("write", "format", "coder"), [
    (doccano, "doccano", None), (doccano_entities, "doccano", None), (prodigy, "prodigy", "ana"),
    (label_studio, "label-studio", "ana@example.org"), (brat, "brat", "ana")])
def test_every_tool_gives_the_same_spans(tmp_path: Path, write: Any, format: str, coder: str | None) -> None:
    made = ec.read_annotations(write(tmp_path))
    assert made.format == format
    assert made.faults == ()
    assert made.texts == {"4": TEXT}
    spans = [row for row in made.rows if row.kind == "span"]
    assert [(row.document, row.start, row.end, row.label, row.words) for row in spans] == [
        ("4", 0, 6, "Actor", "Police"), ("4", 15, 23, "Action", "arrested")]
    assert {row.coder for row in made.rows} == {coder}
    frame = made.to_frame()
    assert str(frame["start"].dtype) == "Int64"
    assert made._repr_html_().startswith("<p>")


def test_relations(tmp_path: Path) -> None:
    link = next(row for row in ec.read_annotations(doccano_entities(tmp_path)).rows if row.kind == "relation")
    assert (link.label, link.source, link.target) == ("source", "1", "0")
    folder = brat(tmp_path)
    with (folder / "4.ann").open("a") as out:
        out.write("R1\tsource Arg1:T1 Arg2:T0\nE1\tAction:T1 Agent:T0\n#1\tAnnotatorNotes T1\tsure\n"
                  "T9\tActor 0 6;10 14\tx\n")
    made = ec.read_annotations(folder)
    links = [(row.label, row.source, row.target) for row in made.rows if row.kind == "relation"]
    assert links == [("source", "T1", "T0"), ("Agent", "T1", "T0")]
    assert [reason.split(":")[0] for _, reason in made.faults] == [
        "neither a text-bound annotation nor a relation or event", "T9 is discontinuous"]
    spans = [{"start": 0, "end": 6, "label": "Actor"}, {"start": 15, "end": 23, "label": "Action"}]
    link = {"head_span": spans[1], "child_span": spans[0], "label": "source"}
    made = ec.read_annotations(jsonl(tmp_path / "p.jsonl", {"text": TEXT, "spans": spans, "relations": [link],
                                                            "_input_hash": 1}))
    assert [(row.id, row.source, row.target) for row in made.rows] == [
        ("0-6", None, None), ("15-23", None, None), (None, "15-23", "0-6")]
    path = label_studio(tmp_path)
    task = json.loads(path.read_text())
    task[0]["annotations"][0]["result"].append({"type": "relation", "from_id": "x1", "to_id": "x0", "labels": ["by"]})
    path.write_text(json.dumps(task))
    assert [row.target for row in ec.read_annotations(path).rows if row.kind == "relation"] == ["x0"]


def test_labels_of_documents_go_to_agreement(tmp_path: Path) -> None:
    tasks = [{"id": n, "data": {"text": TEXT}, "annotations": [
        {"completed_by": coder, "result": [{"type": "choices", "value": {"choices": [label]}}]}
        for coder, label in zip((1, 2), labels, strict=False)]}
        for n, labels in enumerate(["aa", "ab", "bb", "b", "bb"])]
    path = tmp_path / "ls.json"
    path.write_text(json.dumps(tasks))
    table = ec.read_annotations(path).labels()
    assert table["1"].tolist() == ["a", "a", "b", "b", "b"]
    assert table["2"].isna().tolist() == [False, False, False, True, False]
    made = ec.agreement(table, samples=0)
    assert (made.units, made.left_out) == (5, 1)
    assert made.kappa == pytest.approx(0.5)


def test_a_label_yes_or_no(tmp_path: Path) -> None:
    path = jsonl(tmp_path / "p.jsonl",
                 *({"text": TEXT, "spans": [{"start": 0, "end": 6, "label": label}] if label else [],
                    "answer": "accept", "_input_hash": n, "_annotator_id": who} for n, who, label in [
                     (1, "a", "Actor"), (1, "b", None), (2, "a", None), (2, "b", None)]))
    assert ec.read_annotations(path).labels(only="Actor").values.tolist() == [["yes", "no"], ["no", "no"]]


def test_what_is_no_judgement_is_told(tmp_path: Path) -> None:
    path = jsonl(tmp_path / "p.jsonl", {"text": TEXT, "answer": "reject", "_input_hash": 1}, "{broken",
                 {"answer": "accept"},
                 {"text": TEXT, "answer": "accept", "spans": [{"start": 30, "end": 99, "label": "Actor"}]},
                 "[1]")
    made = ec.read_annotations(path)
    assert made.rows == ()
    assert [place for place, _ in made.faults] == ["line 1", "line 2", "line 3", "line 4", "line 5"]
    assert "does not lie in the text of 37 characters" in made.faults[3][1]
    assert str(made) == "0 annotations of 1 documents by 1 coders (prodigy), 5 faults"


def test_choices_and_cancelled_answers(tmp_path: Path) -> None:
    path = jsonl(tmp_path / "p.jsonl", {"text": TEXT, "accept": ["x", "y"], "answer": "accept", "_input_hash": 1})
    assert ec.read_annotations(path).labels().values.tolist() == [["x; y"]]
    path = jsonl(tmp_path / "d.jsonl", {"id": 1, "text": TEXT, "label": ["x"]}, {"id": 2, "text": TEXT, "label": [{}]})
    made = ec.read_annotations(path)
    assert made.labels()[""].tolist() == ["x", None]
    assert made.faults == (("line 2", "{} is no label"),)
    tasks = [{"id": 1, "data": {"text": TEXT}, "annotations": [{"was_cancelled": True, "result": []}, {
        "completed_by": 1, "result": [{"type": "rating", "value": {}}]}]}, {"id": 2, "data": {}}, 5]
    (tmp_path / "l.json").write_text(json.dumps(tasks))
    assert [reason for _, reason in ec.read_annotations(tmp_path / "l.json").faults] == [
        "cancelled: no judgement", "a result of type 'rating' is not read", "no task with a text in data",
        "no task with a text in data"]


def test_a_missing_text_of_brat_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.ann").write_text("T1\tActor 0 6\tPolice\n")
    assert ec.read_annotations(tmp_path / "a.ann").faults == (("a.ann", "there is no a.txt"),)


@pytest.mark.parametrize(("name", "content", "options", "message"), [
    ("x.jsonl", '{"text": "a"}', {}, "of which tool is this"), ("x.json", "[", {}, "not JSON"),
    ("x.jsonl", '{"text": "a"}', {"format": "excel"}, "'excel' is none of"),
    ("x.jsonl", b'{"label": "\xff"}', {"format": "doccano"}, "not UTF-8")])
def test_unreadable_files_are_named(tmp_path: Path, name: str, content: Any, options: Any, message: str) -> None:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(InputError, match=message):
        ec.read_annotations(path, **options)


def test_missing_files_are_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        ec.read_annotations(tmp_path / "none.jsonl")
    with pytest.raises(InputError, match=r"there is no \.ann file"):
        ec.read_annotations(tmp_path)
