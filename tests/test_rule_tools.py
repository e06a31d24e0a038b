"""`eventcode rules new | lint | explain | diff`, and the functions behind them."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pandas as pd
import pytest
from rule_folders import INCIDENTS, edit, incidents, layered, starter
from typer.testing import CliRunner, Result

import eventcode as ec
from eventcode import plugins
from eventcode.cli import app
from eventcode.errors import InputError
from eventcode.rulesets import diff, lint, listing, new
from eventcode.testing import walk

ARTICLES = [ec.Article("Thousands of students marched through Nairobi on Monday.", id="a", published="2024-05-15"),
            ec.Article("Dockers marched through Antwerp on Monday. A bomb exploded near a shop in Mosul on Tuesday.",
                       id="b", published="2024-05-15")]


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


# new


def test_a_new_rule_set_works_at_once(tmp_path: Path) -> None:
    result = run("rules", "new", "harbour-log", "--folder", tmp_path / "set")
    assert result.exit_code == 0
    assert str(tmp_path / "set" / "ontology.yaml") in result.stdout
    assert lint(tmp_path / "set") == []
    assert walk(tmp_path / "set") == []
    coded = run("code", tmp_path / "set" / "articles", "-O", tmp_path / "set", "-p", "2024-05-15", "-f", "csv")
    assert [line.split(",")[-1] for line in coded.stdout.splitlines()] == ["kind", "020", "010", "030"]


@pytest.mark.parametrize("base", ["acled", "cameo", str(INCIDENTS)])
def test_a_new_layer_works_at_once(tmp_path: Path, base: str) -> None:
    new("harbour-log", tmp_path / "set", extends=base)
    assert lint(tmp_path / "set") == []
    made = plugins.ontology(tmp_path / "set")
    assert [rule.id for rule in made.rules] == [rule.id for rule in plugins.ontology(base).rules]


def test_a_new_package_names_its_entry_point(tmp_path: Path) -> None:
    new("harbour-log", tmp_path / "pack", package=True)
    told = tomllib.loads((tmp_path / "pack" / "pyproject.toml").read_text(encoding="utf-8"))
    assert told["project"]["entry-points"]["eventcode.ontologies"] == {"harbour-log": "harbour_log:ontology"}
    script = "import harbour_log; print(harbour_log.ontology().name)"
    library = {**os.environ, "PYTHONPATH": str(Path(ec.__file__).parent.parent)}
    done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path / "pack", capture_output=True, text=True,
                          check=True, timeout=120, env=library)
    assert done.stdout == "harbour-log\n"


@pytest.mark.parametrize(("name", "message"), [
    ("Harbour Log", "lower-case"), ("../evil", "lower-case"), ("", "lower-case"), ("acled", "installed ontology")])
def test_a_name_that_will_not_do(tmp_path: Path, name: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        new(name, tmp_path / "set")
    assert not (tmp_path / "set").exists()


def test_nothing_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "kept.txt").write_text("kept", encoding="utf-8")
    result = run("rules", "new", "harbour-log", "--folder", tmp_path)
    assert result.exit_code == 2
    assert [path.name for path in tmp_path.iterdir()] == ["kept.txt"]


def test_what_is_not_there_cannot_be_extended(tmp_path: Path) -> None:
    assert run("rules", "new", "harbour-log", "--folder", tmp_path / "set", "--extends", "acleed").exit_code == 2
    assert not (tmp_path / "set").exists()


# lint


def faults(folder: Path, level: str = "error") -> list[str]:
    return [str(finding).removeprefix(f"{folder}/") for finding in lint(folder) if finding.level == level]


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    folder = incidents(tmp_path / "set")
    rules = folder / "rules" / "incidents.yaml"
    edit(rules, 'incident: "010", severity: low', 'incident: "011", severity: low')
    edit(rules, "[protest]", "[protests]")
    edit(rules, "  unless: {outcome: killed}\n", "  over: [incident-log/nobody]\n")
    assert faults(folder) == [
        "rules/incidents.yaml:2: error: incident-log/clash: '011' is not a incident of incidents.csv",
        "rules/incidents.yaml:12: error: incident-log/explosion: `over` names incident-log/nobody, which is no rule",
        "rules/incidents.yaml:33: error: incident-log/demonstration: when: 'protests' is no word of the facet action "
        "(did you mean 'protest'?)",
    ]


@pytest.mark.parametrize(("file", "old", "new", "message"), [
    ("rules/incidents.yaml", "  unless: {outcome: killed}", "  unless: {action: [suicide_bombing, explode]}",
     "never fires: all words of action stand under `unless` too"),
    ("rules/incidents.yaml", "{action: [explode, suicide_bombing], outcome: killed}",
     "{action: [suicide_bombing, explode]}\n  unless: {outcome: [killed]}",
     "asks for the same as incident-log/explosion, and neither is `over` the other"),
    ("rules/incidents.yaml", "title: People demonstrate",
     "over: incident-log/demonstration\n  title: People demonstrate", "`over` leads back to this rule"),
    ("rules/incidents.yaml", "A roadside bomb exploded near a market in Mogadishu on Tuesday.",
     "Police found no trace of a bomb at the market in Mogadishu on Tuesday.", "both an example and a counterexample"),
    ("rules/incidents.yaml", "expect: {incident: \"010\"}", "expect: {incidence: \"010\"}",
     "expect: 'incidence' is no column"),
    ("rules/incidents.yaml", "expect: {incident: \"010\"}", "published: today", "published: 'today' is no day"),
    ("rules/incidents.yaml", "{action: [protest]}", "{action: [protest], mood: bad}", "unknown facet 'mood'"),
    ("rules/incidents.yaml", "codebook: \"Section 1\"", "codbook: \"Section 1\"", "codbook: unknown key"),
    ("rules/incidents.yaml", "id: incident-log/demonstration", "id: incident-log/clash", "this id is used twice"),
    ("rules/incidents.yaml", "rules:\n", "rules: [\n", "not YAML"),
    ("rules/incidents.yaml", "codes: {incident: \"040\"", "replaces: x\n  codes: {incident: \"040\"",
     "`replaces` names x, which is no rule of an extended"),
    ("ontology.yaml", "codes:\n", "disable: x\ncodes:\n", "`disable` names x"),
    ("ontology.yaml", "codes:\n", "extends: ../nowhere\ncodes:\n", "no ontology.yaml"),
    ("ontology.yaml", "incidents.csv", "../incidents.csv", "incidents.csv"),
    ("ontology.yaml", "name: incident-log", "name: plover", "an installed rule set has the name 'plover' too"),
    ("incidents.csv", "040,Demonstration", "040,Demonstration,x", "wrong number of columns"),
])
def test_a_fault_is_an_error(tmp_path: Path, file: str, old: str, new: str, message: str) -> None:
    folder = incidents(tmp_path / "set")
    edit(folder / file, old, new)
    found = faults(folder)
    assert any(message in told for told in found), found
    assert run("rules", "lint", folder).exit_code == 1


@pytest.mark.parametrize(("file", "old", "new", "message"), [
    ("rules/incidents.yaml", "  - text: Army troops clashed with rebels near Kisangani on Monday.\n    expect",
     "  - text: Army troops clashed with rebels near Kisangani on Monday.\n"
     "  - text: Army troops clashed with rebels near Kisangani on Monday.\n    expect", "the same example twice"),
    ("rules/incidents.yaml", "  - text: Thousands of students marched through Nairobi on Monday.",
     "  - {text: Thousands of students marched, expect: {incident: x}}", "of a counterexample is not looked at"),
    ("incidents.csv", "020,Attack on civilians", "020,", "code '020' has no title"),
    ("incidents.csv", "040,", "010,Again\n040,", "code '010' stands twice"),
    ("incidents.csv", "040,", "060,Flood\n040,", "no rule gives '060'"),
])
def test_a_doubt_is_a_note(tmp_path: Path, file: str, old: str, new: str, message: str) -> None:
    folder = incidents(tmp_path / "set")
    edit(folder / file, old, new)
    found = faults(folder, "note")
    assert any(message in told for told in found), found
    assert faults(folder) == []
    assert run("rules", "lint", folder).exit_code == 0


@pytest.mark.parametrize(("file", "old", "new", "level", "message"), [
    ("lexicon/words.yaml", "action: hand_petition", "action: hand_letter", "error", "'hand_letter' is not an action"),
    ("lexicon/words.yaml", "action: hand_petition", "action: deport", "note", "no rule asks for deport"),
    ("lexicon/words.yaml", "  object:", "  over: en/no/such\n  object:", "error", "`over` names en/no/such"),
    ("lexicon/words.yaml", "  verb: [hand", "  vreb: [hand", "error", "vreb: unknown key"),
    ("actions.yaml", "kind_of: demand", "kind_of: no_such", "error", "no such action: no_such"),
    ("actors.csv", "KEN", "ZZZ", "error", "actors.csv:2"),
])
def test_faults_of_own_words(tmp_path: Path, file: str, old: str, new: str, level: str, message: str) -> None:
    folder = starter(tmp_path / "set")
    edit(folder / file, old, new)
    found = faults(folder, level)
    assert any(message in told for told in found), found


def test_what_is_no_rule_set_is_one_finding(tmp_path: Path) -> None:
    [finding] = lint(tmp_path)
    assert "no ontology.yaml" in finding.message


def test_the_rule_sets_of_the_examples_are_sound() -> None:
    assert faults(INCIDENTS) == []


# explain


def test_the_listing_tells_where_a_rule_comes_from(tmp_path: Path) -> None:
    made = plugins.ontology(layered(tmp_path / "layer"))
    told = listing(made)
    assert "field-office/students  Students march  (field-office; Layer, 1)" in told
    assert any(line.startswith("incident-log/clash") and "(incident-log; Section 1)" in line for line in told)
    assert "  does not hold: field-office/students of field-office replaces it" in told


def test_one_rule_is_shown_with_its_examples(tmp_path: Path) -> None:
    result = run("rules", "explain", INCIDENTS, "incident-log/clash")
    assert "  yes: Army troops clashed with rebels near Kisangani on Monday." in result.stdout
    assert "incident-log/explosion" not in result.stdout
    assert run("rules", "explain", INCIDENTS, "incident-log/none").exit_code == 2


# diff


def test_a_changed_code_is_told_with_rule_and_text(tmp_path: Path) -> None:
    impact = diff(INCIDENTS, layered(tmp_path / "layer", more="over: incident-log/demonstration"), ARTICLES)
    assert (impact.articles, impact.same) == (2, 2)
    [change] = impact.changes
    assert change == ("a", "changed", "incident", "040", "041", ("incident-log/demonstration",),
                      ("field-office/students",), "", 22, 29, ARTICLES[0].text)


def test_removed_and_added_records_tell_why(tmp_path: Path) -> None:
    without = layered(tmp_path / "layer", head="disable: incident-log/demonstration\n", more="over: []")
    impact = diff(INCIDENTS, without, ARTICLES)
    gone = [change for change in impact.changes if change.change == "removed"]
    assert [(change.article, change.old, change.reason) for change in gone] == [
        ("b", "incident 040, severity NO", "no rule fits protest")]
    assert gone[0].rules_before == ("incident-log/demonstration",)
    assert gone[0].text == "Dockers marched through Antwerp on Monday."
    back = diff(without, INCIDENTS, ARTICLES)
    assert [(change.change, change.new, change.rules) for change in back.changes if change.change != "changed"] == [
        ("added", "incident 040, severity NO", ("incident-log/demonstration",))]


def test_new_wordings_are_named(tmp_path: Path) -> None:
    one, two = starter(tmp_path / "one"), starter(tmp_path / "two")
    edit(two / "lexicon" / "words.yaml", "[hand, present", "[mail, hand, present")
    edit(two / "lexicon" / "words.yaml", "object: [petition", "object: [letter, petition")
    text = "Teachers mailed a letter to the governor of Kisumu on Monday."
    impact = diff(one, two, [ec.Article(text, id="x", published="2024-05-15")])
    assert [(change.change, change.rules) for change in impact.changes] == [
        ("added", ("own-set/words/hand-petition", "own-set/petition"))]
    assert impact.changes[0].reason == "its words report no event"


def test_a_rule_set_differs_not_from_its_copy(tmp_path: Path) -> None:
    impact = diff(INCIDENTS, incidents(tmp_path / "copy"), ARTICLES)
    assert (impact.changes, impact.same) == ([], 3)
    assert impact.by_rule() == []


def test_an_article_that_cannot_be_coded_is_named() -> None:
    impact = diff(INCIDENTS, INCIDENTS, [ec.Article("Rien.", id="fr", language="fr"), *ARTICLES])
    assert impact.articles == 2
    assert "article fr: InputError" in impact.failed[0]


def test_the_command_writes_a_row_per_difference(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "march.txt").write_text(ARTICLES[0].text, encoding="utf-8")
    layer = layered(tmp_path / "layer")
    shown = run("rules", "diff", INCIDENTS, layer, "--on", corpus, "-p", "2024-05-15")
    assert shown.exit_code == 0, shown.output
    assert shown.stdout.splitlines()[1:] == [
        "    incident: 040 -> 041", "    before by incident-log/demonstration", "    now by field-office/students",
        f"{INCIDENTS} -> {layer} on 1 articles: 0 records added, 0 records removed, 1 values changed, "
        "0 records the same",
        "  1  field-office/students", "  1  incident-log/demonstration"]
    written = run("rules", "diff", INCIDENTS, layer, "--on", corpus, "-o", tmp_path / "changes.csv")
    assert written.exit_code == 0
    frame = pd.read_csv(tmp_path / "changes.csv", dtype=str)
    assert frame.loc[0, ["old", "new", "rules"]].tolist() == ["040", "041", "field-office/students"]


def test_a_file_that_cannot_be_read_is_told_and_the_others_compared(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(ARTICLES[0].text, encoding="utf-8")
    (tmp_path / "bad.txt").write_bytes(b"caf\xe9")
    result = run("rules", "diff", INCIDENTS, INCIDENTS, "--on", tmp_path)
    assert result.exit_code == 1
    assert "on 1 articles" in result.stdout
    assert "not coded: " in result.stdout
