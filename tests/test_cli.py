from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import eventcode
from eventcode.cli import app
from eventcode.dataset.read import read_frame, read_table
from eventcode.validation import validate

ROOT = Path(__file__).parent.parent
FOLDER = str(ROOT / "examples" / "incident_log")
STORY = str(ROOT / "examples" / "articles" / "nairobi_march.txt")
DAY = "2024-05-15"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def test_the_version_is_the_packages() -> None:
    result = run("--version")
    assert (result.exit_code, result.stdout) == (0, f"eventcode {eventcode.__version__}\n")


def test_no_arguments_show_the_help() -> None:
    assert "eventcode code story.txt --ontology acled" in run().output


@pytest.mark.parametrize("command", [["code"], ["explain"], ["validate"], ["rules", "test"]])
def test_every_help_has_an_example(command: list[str]) -> None:
    result = run(*command, "--help")
    assert result.exit_code == 0
    assert f"\n  eventcode {' '.join(command)} " in result.stdout


def test_code_shows_a_table_with_the_filled_fields() -> None:
    result = run("code", STORY, "-O", FOLDER, "-p", DAY)
    assert result.exit_code == 0, result.output
    cells = dict(line.split(maxsplit=1) for line in result.stdout.splitlines() if line.strip())
    assert cells["article"] == "nairobi_march"
    assert (cells["incident"], cells["severity"], cells["date"]) == ("040", "NO", "2024-05-13")


def test_without_publication_nothing_relative_is_dated() -> None:
    result = run("code", STORY, "-O", FOLDER, "-f", "jsonl")
    assert [json.loads(line)["date"] for line in result.stdout.splitlines()] == [None]


def test_code_writes_records_and_evidence_that_validate(tmp_path: Path) -> None:
    events, evidence = tmp_path / "events.csv", tmp_path / "evidence.jsonl"
    result = run("code", STORY, "-O", FOLDER, "-p", DAY, "-o", str(events), "--provenance", str(evidence))
    assert result.exit_code == 0, result.output
    assert result.stdout == ""
    assert read_frame(events, FOLDER)["incident"].tolist() == ["040"]
    assert validate(events, FOLDER).ok
    text = Path(STORY).read_text(encoding="utf-8")
    table = read_table(evidence)
    for row in (dict(zip(table.header, cells, strict=True)) for cells in table.rows):
        assert row["start"] is None or text[row["start"]:row["end"]] == row["text"]


@pytest.mark.parametrize(("format", "start"), [("csv", "event_id,date,source"), ("jsonl", '{"event_id": ')])
def test_code_prints_whole_rows(format: str, start: str) -> None:
    assert run("code", STORY, "-O", FOLDER, "-p", DAY, "--format", format).stdout.startswith(start)


def test_a_text_without_events_says_so(tmp_path: Path) -> None:
    (tmp_path / "quiet.txt").write_text("The orchestra tuned its violins. The hall was full.")
    result = run("code", str(tmp_path / "quiet.txt"), "-O", FOLDER)
    assert (result.exit_code, result.stdout) == (0, "no records\n")


def test_one_bad_article_never_stops_a_run(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"Demonstrators in M\xe9xico marched.")
    (tmp_path / "b.txt").write_text("  \n")
    shutil.copy(STORY, tmp_path / "c.txt")
    result = run("code", str(tmp_path), str(tmp_path / "missing.txt"), "-O", FOLDER, "-p", DAY)
    assert result.exit_code == 1
    assert "040" in result.stdout
    assert [line.partition(str(tmp_path))[2] for line in result.stderr.splitlines()] == [
        "/a.txt: not UTF-8 at byte 18: give encoding=, for example 'cp1252'", "/b.txt: empty",
        "/missing.txt: there is no such file"]


@pytest.mark.parametrize("arguments", [
    ["code", "missing.txt", "-O", FOLDER],
    ["code", STORY, "-O", "acledd"],
    ["code", STORY, "-O", "./nowhere"],
    ["code", STORY],
    ["code", STORY, "-O", FOLDER, "-p", "yesterday"],
    ["code", STORY, "-O", FOLDER, "-o", "events.docx"],
    ["explain", "missing.txt", "-O", FOLDER],
    ["validate", "missing.csv", "-s", FOLDER],
    ["rules", "test", "./nowhere"],
    ["nonsense"],
])
def test_wrong_usage_or_input_exits_with_2(arguments: list[str]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stderr
    assert "Traceback" not in result.stderr


def test_an_unknown_ontology_gets_a_close_match() -> None:
    assert "did you mean 'acled'?" in run("code", STORY, "-O", "acledd").stderr


def test_explain_names_words_offsets_and_rules() -> None:
    result = run("explain", STORY, "-O", FOLDER, "-p", DAY)
    assert result.exit_code == 0
    assert '"marched" [22:29]' in result.stdout
    assert "incident-log/demonstration" in result.stdout
    assert "sentences" not in result.stdout


def test_explain_can_tell_why_not(tmp_path: Path) -> None:
    (tmp_path / "quiet.txt").write_text("The orchestra tuned its violins.")
    assert "no word of the lexicon" in run("explain", str(tmp_path / "quiet.txt"), "-O", FOLDER, "--trace").stdout
    assert "--trace shows why" in run("explain", str(tmp_path / "quiet.txt"), "-O", FOLDER).stdout


def test_validate_lists_every_fault_and_exits_with_1(tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    run("code", STORY, "-O", FOLDER, "-p", DAY, "-o", str(path))
    assert run("validate", str(path), "-s", FOLDER).exit_code == 0
    path.write_text(path.read_text().replace(",040,NO", ",40,none"))
    result = run("validate", str(path), "--schema", FOLDER)
    assert result.exit_code == 1
    assert "row 0, incident: '40' is not in the codebook's list (did you mean '040'?)" in result.stdout
    assert "row 0, severity: 'none'" in result.stdout


def test_rules_of_a_folder_are_tested(tmp_path: Path) -> None:
    result = run("rules", "test", FOLDER)
    assert (result.exit_code, result.stdout) == (0, "ontology " + FOLDER + ": ok\n")


@pytest.mark.parametrize(("old", "new", "fault"), [
    ('expect: {incident: "040", severity: "NO"}', "expect: {severity: high}", "severity is NO, expected high"),
    ("  - text: Thousands of students marched through Nairobi on Monday.\n",
     "  - text: Army troops clashed with rebels near Goma on Monday.\n", "incident-log/clash: counterexample"),
    ("Thousands of students marched through Nairobi on Monday to protest against higher fees.",
     "Thousands of students read books in Nairobi on Monday.", "incident-log/demonstration: example"),
    ("  unless: {outcome: killed}\n", "", "incident-log/explosion, incident-log/explosion-deadly fire together"),
])
def test_a_rule_that_does_not_keep_its_word_fails(tmp_path: Path, old: str, new: str, fault: str) -> None:
    folder = Path(shutil.copytree(FOLDER, tmp_path / "mine"))
    rules = folder / "rules" / "incidents.yaml"
    assert old in rules.read_text()
    rules.write_text(rules.read_text().replace(old, new))
    result = run("rules", "test", str(folder))
    assert result.exit_code == 1
    assert fault in result.stdout


def test_the_command_is_installed_and_prints_utf8(tmp_path: Path) -> None:
    (tmp_path / "quiet.txt").write_text("Ein Chor übte.", encoding="utf-8")
    done = subprocess.run([sys.executable, "-c", "from eventcode.cli import main; main()", "explain",
                           str(tmp_path / "quiet.txt"), "-O", FOLDER, "--trace"],
                          capture_output=True, check=True, env={**os.environ, "PYTHONIOENCODING": "ascii"})
    assert "Ein Chor übte." in done.stdout.decode("utf-8")
