"""Discards and issues, the linter, the conversion, and the commands."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from dictionary_files import DAY, FOLDER, coder, line_of, triples
from typer.testing import CliRunner, Result

import eventcode as ec
from eventcode import dictionaries
from eventcode.cli import app
from eventcode.errors import InputError
from eventcode.testing import walk

VERBS, ACTORS, AGENTS = (str(FOLDER / name) for name in ("petrarch1.verbs.txt", "actors.txt", "agents.txt"))


def issues_of(text: str) -> list[tuple[str, int]]:
    records = coder("petrarch1").code(text, published=DAY)
    return [(issue.code, issue.count) for issue in records[0].issues]


@pytest.mark.parametrize(("text", "expected"), [
    ("Japan shelled Peru after a cricket match.", []),
    ("Japan shelled Peru after two CRICKET  MATCHES.", []),
    ("Japan shelled Peru near the garden, witnesses said.", []),
    ("Japan shelled Peru near the gardens.", ["JPN PER 194"]),
    ("Japan shelled Peru in a war that began in 1914.", []),
    ("Japan shelled Peru. The cricket match went on.", ["JPN PER 194"]),
    ("Japan shelled Peru. A fashion week was cancelled.", []),
])
def test_discards(text: str, expected: list[str]) -> None:
    assert triples("petrarch1", text) == expected


def test_a_trace_names_the_discard_phrase() -> None:
    told = str(coder("petrarch1").trace("Japan shelled Peru after a cricket match."))
    assert f"not coded: discarded: CRICKET MATCH ({line_of('discards.txt', 'CRICKET MATCH')})" in told


@pytest.mark.parametrize(("text", "expected"), [
    ("Kenya blamed Mali for two famines and a famine.", [("FOOD", 2)]),
    ("Kenya blamed Mali for starving farmers of food aid.", [("FOOD", 2)]),
    ("Kenya blamed Mali for cutting food-aid after harvests failures.", [("FOOD", 1)]),
    ("Kenya blamed Mali for a harvest failure and starvation.", [("CROPS", 1)]),
    ("Kenya blamed Mali for a famine relief concert against famine.", []),
    ("Kenya blamed Mali for a famine. A cookery column followed.", []),
    ("Kenya blamed Mali for the defeat.", []),
])
def test_issues(text: str, expected: list[tuple[str, int]]) -> None:
    assert issues_of(text) == expected


def test_issues_have_their_lines_as_evidence() -> None:
    [record] = coder("petrarch1").code("Kenya blamed Mali for two famines.")
    assert record.provenance["issues"].rules == (line_of("issues.txt", "n:famine [FOOD]"),)


def test_an_issue_without_a_code_is_named() -> None:
    [finding] = dictionaries.lint(issues=FOLDER / "issues.txt")
    assert str(finding) == f"{line_of('issues.txt', 'no code here')}: error: an issue without a code: no code here"


def test_records_make_a_frame() -> None:
    records = coder("petrarch1").code("Kenya blamed Mali for two famines. Japan shelled it.", published=DAY)
    frame = dictionaries.to_frame(records)
    assert list(frame.columns) == ["date", "source", "target", "code", "issues"]
    assert frame.loc[0, ["source", "target", "code"]].tolist() == ["KEN", "MLI", "112"]
    assert frame["code"].dtype == ec.to_frame([], "cameo")["code"].dtype
    assert list(dictionaries.to_frame([]).columns) == list(frame.columns)
    evidence = ec.provenance_frame(records)
    assert line_of("petrarch1.verbs.txt", "BLAME") in evidence["rules"].tolist()


def convert(folder: Path) -> dictionaries.Converted:
    return dictionaries.convert(folder, name="trial", verbs=FOLDER / "petrarch2.verbs.txt", actors=ACTORS,
                                agents=AGENTS, discards=FOLDER / "discards.txt", issues=FOLDER / "issues.txt",
                                format="petrarch2")


def test_a_conversion_gives_a_rule_set_that_codes_and_passes_its_tests(tmp_path: Path) -> None:
    made = convert(tmp_path / "trial")
    assert walk(made.folder) == []
    trial = ec.load(made.folder, actors=[made.folder / "actors.csv"])
    [record] = trial.code("The Sahel Council met the Harbour Wardens on Monday.", published="2001-05-04")
    assert (record.code, record.source) == ("040", "Sahel Council")  # type: ignore[attr-defined]
    assert "trial/040" in record.provenance["code"].rules


def test_a_conversion_names_every_line_that_it_lost(tmp_path: Path) -> None:
    made = convert(tmp_path / "trial")
    with (made.folder / "lost.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    lost = {f"{row['file']}:{row['line']}" for row in rows}
    assert len(rows) == len(made.lost)
    for file, text in (("petrarch2.verbs.txt", "- * VISIT [:043]"),
                       ("petrarch2.verbs.txt", "~ a (b . ATTACK) SAY = a b 112"),
                       ("discards.txt", "CRICKET MATCH"), ("issues.txt", "food+aid [FOOD]"),
                       ("agents.txt", "SOLDIER [~MIL]"), ("actors.txt", "NOBODY_AT_ALL [---]")):
        assert line_of(file, text) in lost, text
    assert str(made.codes) in made.summary()


def test_actor_rows_keep_names_days_country_and_kind(tmp_path: Path) -> None:
    made = convert(tmp_path / "trial")
    with (made.folder / "actors.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["id"]: row for row in csv.DictReader(file)}
    assert rows["kofi-mensah-3"] | {"note": ""} == {
        "id": "kofi-mensah-3", "name": "Kofi Mensah", "aliases": "", "country": "GHA", "sector": "GOV",
        "traits": "state|government", "start": "2001-01-07", "end": "2009-01-07", "note": ""}
    assert rows["france"]["aliases"] == "French|Paris"


def test_a_folder_in_use_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="in use"):
        convert(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["dictionaries", *arguments])


def test_the_lint_command_lists_findings_and_counts(tmp_path: Path) -> None:
    clean = run("lint", "--verbs", VERBS, "--agents", AGENTS, "--format", "petrarch1")
    assert clean.exit_code == 0
    assert clean.stdout.splitlines()[-1] == "0 errors, 0 notes"
    broken = tmp_path / "broken.txt"
    broken.write_text("FERRY [NGO\nTUG\n", encoding="utf-8")
    result = run("lint", "--actors", str(broken), "--no-notes")
    assert result.exit_code == 1
    assert result.stdout.splitlines() == ["broken.txt:1: error: a code without its closing bracket: FERRY [NGO",
                                          "2 actors, 2 actor phrases", "1 errors, 2 notes"]


def test_the_code_command_writes_records(tmp_path: Path) -> None:
    story = tmp_path / "story.txt"
    story.write_text("Japan shelled Peru. Kofi Mensah blamed Chad.", encoding="utf-8")
    options = ("--verbs", VERBS, "--actors", ACTORS, "--agents", AGENTS, "--format", "petrarch1", "-p", "2005-03-09")
    result = run("code", str(story), *options)
    assert result.stdout.splitlines() == ["date,source,target,code,issues", "2005-03-09,JPN,PER,194,[]",
                                          "2005-03-09,GHAGOV,TCD,112,[]"]
    assert "shelled: JPN PER 194  by petrarch1.verbs.txt" in run("code", str(story), *options, "--trace").stdout
    output = tmp_path / "events.jsonl"
    assert run("code", str(story), *options, "-o", str(output)).exit_code == 0
    assert len(output.read_text(encoding="utf-8").splitlines()) == 2


def test_the_convert_command_says_what_it_made(tmp_path: Path) -> None:
    result = run("convert", "--verbs", VERBS, "--format", "petrarch1", "-o", str(tmp_path / "trial"))
    assert result.exit_code == 0
    assert "lines lost, see lost.csv" in result.stdout
    assert (tmp_path / "trial" / "rules" / "rules.yaml").is_file()


def test_a_file_that_is_not_there_stops_a_command_with_one_line() -> None:
    result = run("lint", "--verbs", "nowhere.txt")
    assert result.exit_code == 2
    assert result.output == "eventcode: nowhere.txt: cannot be read: No such file or directory\n"
