"""Rule sets laid over others, and the words that a rule set brings."""

from __future__ import annotations

import pickle
import shutil
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
from rule_folders import INCIDENTS, edit, incidents, layered, starter

import eventcode as ec
from eventcode import plugins
from eventcode.errors import PluginError, RuleError
from eventcode.rulesets import listing
from eventcode.testing import walk

MARCH = "Hundreds of students marched through Dakar on Monday to demand cheaper meals."


def ids(ontology: object) -> list[str]:
    return [rule.id for rule in ontology.rules]  # type: ignore[attr-defined]


def test_a_layer_adds_replaces_and_keeps_without_copying(tmp_path: Path) -> None:
    made = plugins.ontology(layered(tmp_path / "layer"))
    assert ids(made) == ["incident-log/clash", "incident-log/explosion", "incident-log/explosion-deadly",
                         "field-office/students"]
    assert made.allowed["incident"] == {"010", "020", "030", "040", "041"}
    assert made.titles["incident"]["041"] == "Student march"
    assert [one.name for one in made.layers] == ["field-office", "incident-log"]


def test_a_record_tells_its_layers_and_what_was_replaced(tmp_path: Path) -> None:
    [record] = ec.load(layered(tmp_path / "layer")).code(MARCH, published="2024-05-15")
    base = plugins.ontology(INCIDENTS)
    assert record.incident == "041"  # type: ignore[attr-defined]
    assert "field-office/students" in record.provenance["incident"].rules
    assert record.meta.versions["extends incident-log"] == f"1.0+{base.hash}"
    assert record.meta.versions["ontology field-office"].startswith("2+")
    [lost] = record.alternatives["incident"]
    assert (lost.rule, lost.reason) == ("incident-log/demonstration",
                                        "field-office/students of field-office replaces it")
    assert pickle.loads(pickle.dumps(record)) == record


def test_a_disabled_rule_codes_nothing_and_is_refusalof(tmp_path: Path) -> None:
    folder = layered(tmp_path / "layer", head="disable: incident-log/demonstration\n", more="over: []")
    made = ec.load(folder)
    farmers = "Farmers marched through Dakar on Monday to demand cheaper seed."
    assert made.code(farmers, published="2024-05-15") == []
    [record] = made.code(MARCH, published="2024-05-15")
    assert [lost.reason for lost in record.alternatives["incident"]] == ["field-office disables it"]
    assert any("does not hold: field-office disables it" in line for line in listing(made.ontology))


def test_a_replacing_rule_inherits_what_the_old_one_beat_and_who_beat_it(tmp_path: Path) -> None:
    lower = incidents(tmp_path / "lower")
    edit(lower / "rules" / "incidents.yaml", "  when: {action: [protest]}",
         "  over: incident-log/clash\n  when: {action: [protest]}")
    edit(lower / "rules" / "incidents.yaml", "  when: {action: [explode, suicide_bombing]}",
         "  over: incident-log/demonstration\n  when: {action: [explode, suicide_bombing]}")
    made = plugins.ontology(layered(tmp_path / "layer", base="../lower"))
    assert made.rules["field-office/students"].over == ("incident-log/clash",)
    assert made.rules["incident-log/explosion"].over == ("field-office/students",)


def test_a_layer_on_a_layer(tmp_path: Path) -> None:
    layered(tmp_path / "one")
    top = layered(tmp_path / "two", base="../one", name="head-office", id="head-office/students",
                  more="replaces: field-office/students")
    made = plugins.ontology(top)
    assert [one.name for one in made.layers] == ["head-office", "field-office", "incident-log"]
    assert "field-office/students" not in ids(made)
    [record] = ec.load(top).code(MARCH, published="2024-05-15")
    assert {lost.rule for lost in record.alternatives["incident"]} == {"field-office/students",
                                                                       "incident-log/demonstration"}
    assert walk(top) == []


def test_a_layer_over_a_codebook_with_a_record_class_of_its_own(tmp_path: Path) -> None:
    folder = layered(tmp_path / "layer", base="acled", more="replaces: acled/protests/peaceful")
    edit(folder / "ontology.yaml", "codes: {incident: more.csv}\n", "")
    edit(folder / "rules" / "more.yaml", '{incident: "041", severity: "NO"}',
         "{event_type: Riots, sub_event_type: Violent demonstration}")
    made = ec.load(folder)
    [record] = made.code(MARCH, published="2024-05-15")
    assert isinstance(record, plugins.ontology("acled").record)
    assert record.sub_event_type == "Violent demonstration"  # type: ignore[attr-defined]
    assert record.meta.ontology == "field-office"
    assert "extends acled" in record.meta.versions
    assert made.versions == record.meta.versions
    assert ("acled/protests/peaceful", "field-office/students of field-office replaces it") in [
        (lost.rule, lost.reason) for lost in record.alternatives["sub_event_type"]]
    assert made.ontology.hash != plugins.ontology("acled").hash
    assert plugins.ontology("acled").rules["acled/protests/peaceful"]
    assert pickle.loads(pickle.dumps(record)) == record


@pytest.mark.parametrize(("changes", "message"), [
    ({"head": "disable: [incident-log/nothing]\n"}, "incident-log/nothing is no rule of the rule set that it extends"),
    ({"more": "replaces: incident-log/nothing"}, "incident-log/nothing is no rule of the rule set"),
    ({"id": "incident-log/clash"}, "the extended rule set has a rule of this id"),
    ({"base": "../nowhere"}, "no ontology.yaml"),
    ({"base": "."}, "in a circle"),
    ({"name": "incident-log"}, r"same name 'incident-log': .*incident_log"),
])
def test_what_a_layer_cannot_do_is_refused(tmp_path: Path, changes: dict[str, str], message: str) -> None:
    with pytest.raises(RuleError, match=message):
        plugins.ontology(layered(tmp_path / "layer", **changes))


def test_circles_of_folders_are_refused(tmp_path: Path) -> None:
    layered(tmp_path / "one", base="../two", name="one")
    layered(tmp_path / "two", base="../one", name="two")
    with pytest.raises(RuleError, match=r"circle.*one extends .*two extends .*one"):
        plugins.ontology(tmp_path / "one")


def test_replacing_asks_for_a_rule_set_to_extend(tmp_path: Path) -> None:
    folder = incidents(tmp_path / "own")
    edit(folder / "rules" / "incidents.yaml", "  codes:", "  replaces: incident-log/nothing\n  codes:")
    with pytest.raises(RuleError, match="ask for a rule set to extend"):
        plugins.ontology(folder)


@pytest.mark.parametrize(("old", "new", "message"), [
    ("codes: {incident: more.csv}", "codes: {event_type: more.csv}", "columns and codes are those of acled"),
    ("codes: {incident: more.csv}\n", "", "every rule must give event_type and sub_event_type"),
])
def test_a_layer_keeps_to_the_columns_of_a_codebook(tmp_path: Path, old: str, new: str, message: str) -> None:
    folder = layered(tmp_path / "layer", base="acled", more="over: []")
    edit(folder / "ontology.yaml", old, new)
    edit(folder / "rules" / "more.yaml", '{incident: "041", severity: "NO"}', "{}")
    with pytest.raises(RuleError, match=message):
        plugins.ontology(folder)


def test_a_changed_lower_layer_is_read_again(tmp_path: Path) -> None:
    lower = incidents(tmp_path / "lower")
    folder = layered(tmp_path / "layer", base="../lower")
    before = plugins.ontology(folder)
    assert plugins.ontology(folder) is before
    edit(lower / "incidents.csv", "040,", "050,Flood\n040,")
    after = plugins.ontology(folder)
    assert "050" in after.allowed["incident"]
    assert after.hash != before.hash


# names


def test_two_rule_sets_of_one_name_are_refused_with_both_paths(tmp_path: Path) -> None:
    folder = incidents(tmp_path / "mine")
    edit(folder / "ontology.yaml", "name: incident-log", "name: cameo")
    with pytest.raises(RuleError) as told:
        ec.load(folder)
    assert str(folder) in str(told.value)
    assert str(plugins.ontology("cameo").folder) in str(told.value)


def test_an_installed_folder_is_known_by_its_name_and_its_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = incidents(tmp_path / "incident_pack")
    copied = Path(shutil.copytree(folder, tmp_path / "copy"))
    (folder / "__init__.py").write_text(
        "from pathlib import Path\nfrom eventcode import plugins\n\n\n"
        "def ontology():\n    return plugins.ontology(Path(__file__).parent)\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    found = [EntryPoint("incident-log", "incident_pack:ontology", "eventcode.ontologies"),
             EntryPoint("en", "eventcode.languages.en:language", "eventcode.languages"),
             EntryPoint("spacy", "eventcode.analyzers.spacy:analyzer", "eventcode.analyzers")]
    monkeypatch.setattr(plugins, "entry_points", lambda group: [point for point in found if point.group == group])
    plugins._points.cache_clear()
    plugins._load.cache_clear()
    try:
        assert plugins.ontology("incident-log") is plugins.ontology(folder)
        with pytest.raises(RuleError, match=r"copy.*incident_pack"):
            plugins.ontology(copied)
        assert plugins.folder_ontology(copied).name == "incident-log"
    finally:
        plugins._points.cache_clear()
        plugins._load.cache_clear()


def test_two_distributions_of_one_name_are_refused_with_both_paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch
                                                                    ) -> None:
    for pack in ("one", "two"):
        told = tmp_path / pack / f"{pack}-1.0.dist-info"
        told.mkdir(parents=True)
        (told / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {pack}\nVersion: 1.0\n", encoding="utf-8")
        (told / "entry_points.txt").write_text(f"[eventcode.ontologies]\nharbour-log = {pack}:ontology\n",
                                               encoding="utf-8")
        monkeypatch.syspath_prepend(str(tmp_path / pack))
    plugins._points.cache_clear()
    try:
        with pytest.raises(PluginError) as refusal:
            plugins.ontology("harbour-log")
    finally:
        plugins._points.cache_clear()
        plugins._load.cache_clear()
    assert f"one:ontology (one in {tmp_path / 'one'})" in str(refusal.value)
    assert f"two:ontology (two in {tmp_path / 'two'})" in str(refusal.value)


# own actions, wordings and actors


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return starter(tmp_path_factory.mktemp("own") / "own_set")


def test_a_rule_set_brings_actions_wordings_and_actors(own: Path) -> None:
    coder = ec.load(own)
    text = "The Example Growers Union handed a petition to the governor of Nakuru on Monday."
    [record] = coder.code(text, published="2024-05-15")
    assert (record.kind, record.action) == ("010", "hand_petition")  # type: ignore[attr-defined]
    assert record.source == "Example Growers Union"  # type: ignore[attr-defined]
    assert "own-set/words/hand-petition" in record.provenance["kind"].rules
    assert all(event.action != "hand_petition" for event in ec.load("cameo").events(text, published="2024-05-15"))


def test_words_of_a_rule_set_change_its_identity(own: Path, tmp_path: Path) -> None:
    copied = Path(shutil.copytree(own, tmp_path / "copy"))
    edit(copied / "lexicon" / "words.yaml", "[petition]", "[petition, plea]")
    assert plugins.ontology(copied).hash != plugins.ontology(own).hash


def test_walk_runs_the_examples_of_wordings(own: Path, tmp_path: Path) -> None:
    copied = Path(shutil.copytree(own, tmp_path / "copy"))
    edit(copied / "lexicon" / "words.yaml", "submitted a petition to", "wrote a petition for")
    assert [(failure.rule, failure.kind) for failure in walk(copied)] == [("own-set/words/hand-petition", "example")]


@pytest.mark.parametrize(("file", "old", "new", "message"), [
    ("lexicon/words.yaml", "action: hand_petition", "action: hand_letter", "'hand_letter' is not an action"),
    ("lexicon/words.yaml", "  object:", "  over: en/no/such\n  object:", "`over` names en/no/such"),
    ("lexicon/words.yaml", "  object:", '  unless: {nearby: "@nothing"}\n  object:', "no word list @nothing"),
    ("lexicon/words.yaml", "id: own-set/words/hand-petition", "id: en/protest/march", "has an entry of this id"),
    ("actions.yaml", "kind_of: demand", "kind_of: no_such", "no such action: no_such"),
    ("actions.yaml", "kind_of: demand", "kind_of: hand_petition", "a kind of itself"),
    ("actions.yaml", "id: hand_petition", "id: protest", "there is an action of this id"),
    ("actors.csv", "KEN", "ZZZ", r"actors\.csv:2"),
])
def test_a_fault_in_own_words_is_named(own: Path, tmp_path: Path, file: str, old: str, new: str, message: str) -> None:
    copied = Path(shutil.copytree(own, tmp_path / "copy"))
    edit(copied / file, old, new)
    with pytest.raises(RuleError, match=message):
        ec.load(copied)


def test_a_layer_has_the_words_of_what_it_extends(own: Path, tmp_path: Path) -> None:
    folder = tmp_path / "layer"
    (folder / "rules").mkdir(parents=True)
    (folder / "ontology.yaml").write_text(f'name: upper\ntitle: Upper\nversion: "1"\ncodebook: Own\nterms: CC0\n'
                                          f"extends: {own}\ndisable: own-set/rally\n", encoding="utf-8")
    text = "Villagers submitted a petition to the mayor of Cusco on Monday."
    assert [record.kind for record in ec.load(folder).code(text)] == ["010"]  # type: ignore[attr-defined]


