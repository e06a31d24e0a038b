from __future__ import annotations

import pickle
import shutil
import sys
from collections.abc import Callable, Iterator
from datetime import date
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
from sample import SAMPLE

from eventcode import plugins
from eventcode.article import Article
from eventcode.errors import PluginError, RuleError
from eventcode.neutral import Count, Event, EventDate, EventMention, Mentions, Party, Place, Span
from eventcode.ontologies.base import Coding, Reading

FOLDER = Path(__file__).parent.parent / "examples" / "incident_log"
TEXT = "A bomb exploded near traders in Garissa."
TRIGGER = Span(start=7, end=15, text="exploded")


@pytest.fixture
def points(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[EntryPoint]]:
    """The installed entry points; a test may add to them."""
    found: list[EntryPoint] = [
        EntryPoint("good", "sample:Sample", "eventcode.ontologies"),
        EntryPoint("made", "sample:SAMPLE", "eventcode.ontologies"),
        EntryPoint("broken", "no_such_module:ontology", "eventcode.ontologies"),
        EntryPoint("raising", "test_plugins:raising", "eventcode.ontologies"),
    ]
    monkeypatch.setattr(plugins, "entry_points", lambda group: [point for point in found if point.group == group])
    plugins._points.cache_clear()
    plugins._load.cache_clear()
    yield found
    plugins._points.cache_clear()
    plugins._load.cache_clear()


def raising() -> None:
    raise ZeroDivisionError("in the plug-in")


def event(**fields: object) -> Event:
    report = EventMention(action="explode", trigger=TRIGGER, sentence=Span(start=0, end=len(TEXT), text=TEXT),
                          rules=("en/explode",))
    return Event.model_validate({"id": "e1", "action": "explode", "reports": (report,), **fields})


def coded(*events: Event) -> Coding:
    return plugins.ontology(FOLDER).code(Reading(article=Article(TEXT, id="a1"), events=events, mentions=Mentions()))


def test_built_ins_are_registered_like_plug_ins() -> None:
    assert set(plugins.names("ontologies")) >= {"acled", "cameo", "plover", "ucdp-ged"}
    assert "en" in plugins.names("languages")
    assert "spacy" in plugins.names("analyzers")


def test_only_the_named_plug_in_is_loaded(points: list[EntryPoint]) -> None:
    assert plugins.ontology("good").name == "sample"
    assert plugins.ontology("good") is plugins.ontology("good")
    assert plugins.ontology("made") is SAMPLE
    assert "no_such_module" not in sys.modules


@pytest.mark.parametrize(("name", "cause"), [
    ("broken", "ModuleNotFoundError: No module named 'no_such_module'"),
    ("raising", "ZeroDivisionError: in the plug-in"),
])
def test_a_failing_plug_in_is_named_with_its_cause(points: list[EntryPoint], name: str, cause: str) -> None:
    with pytest.raises(PluginError, match=f"ontology '{name}' .* failed to load: {cause}") as caught:
        plugins.ontology(name)
    assert caught.value.__cause__ is not None


def test_two_plug_ins_of_one_name_are_refused(points: list[EntryPoint]) -> None:
    points.append(EntryPoint("good", "other:Other", "eventcode.ontologies"))
    with pytest.raises(PluginError, match="two distributions offer ontology 'good': sample:Sample and other:Other"):
        plugins.ontology("good")


@pytest.mark.parametrize(("look_up", "message"), [
    (lambda: plugins.ontology("goood"), r"no ontology 'goood' \(did you mean 'good'\?\); there is: broken, good"),
    (lambda: plugins.language("xx"), "no language 'xx'; there is: none"),
    (lambda: plugins.analyzer("xx"), "no analyzer 'xx'; there is: none"),
])
def test_an_unknown_name_lists_what_there_is(points: list[EntryPoint], look_up: Callable[[], object],
                                             message: str) -> None:
    with pytest.raises(PluginError, match=message):
        look_up()


def test_a_folder_is_an_ontology() -> None:
    ontology = plugins.ontology(str(FOLDER))
    assert ontology.name == "incident-log"
    assert ontology.record.columns() == ("event_id", "date", "source", "target", "place", "country", "latitude",
                                         "longitude", "action", "incident", "severity")
    assert plugins.ontology(FOLDER / "ontology.yaml") is ontology


def test_a_folder_codes_events_with_evidence() -> None:
    fighter = Party(start=0, end=6, text="A bomb", traits=("armed",), rules=("en/bomb",))
    town = Place(start=32, end=39, text="Garissa", name="Garissa", country="KEN", latitude=-0.45, longitude=39.64)
    day = EventDate(start=date(2024, 5, 14), end=date(2024, 5, 14), precision="day", basis="published")
    record, = coded(event(sources=(fighter,), place=town, date=day)).records
    assert record.values() == {
        "event_id": "e1", "date": date(2024, 5, 14), "source": "A bomb", "target": None, "place": "Garissa",
        "country": "KEN", "latitude": -0.45, "longitude": 39.64, "action": "explode", "incident": "030",
        "severity": "low"}
    assert record.provenance["incident"].rules == ("en/explode", "incident-log/explosion")
    assert (record.provenance["place"].start, record.provenance["date"].start) == (32, None)
    assert record.meta.article_id == "a1"


def test_rules_of_a_folder_read_the_facts() -> None:
    dead = Count(start=0, end=1, text="4", what="killed", low=4, best=4, high=4)
    record, = coded(event(counts=(dead,))).records
    assert record.values()["severity"] == "high"


@pytest.mark.parametrize(("fields", "reason"), [
    ({"status": "negated"}, "it is negated"), ({"status": "intended"}, "it is intended"),
    ({"action": "praise"}, "no rule fits praise"),
])
def test_what_a_folder_does_not_code_is_rejected_with_a_reason(fields: dict[str, str], reason: str) -> None:
    coding = coded(event(**fields))
    assert coding.records == []
    assert reason in coding.rejections[0].reason


def test_a_folders_ontology_and_records_pickle() -> None:
    ontology, record = plugins.ontology(FOLDER), coded(event()).records[0]
    assert pickle.loads(pickle.dumps(ontology)) is ontology
    assert pickle.loads(pickle.dumps(record)) == record


def test_a_changed_folder_is_read_again(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(FOLDER, tmp_path / "mine"))
    before = plugins.ontology(folder)
    (folder / "incidents.csv").write_text((folder / "incidents.csv").read_text() + "050,Flood\n")
    assert "050" in plugins.ontology(folder).allowed["incident"]
    assert "050" not in before.allowed["incident"]


@pytest.mark.parametrize(("file", "old", "new", "message"), [
    ("rules/incidents.yaml", 'incident: "010"', 'incident: "011"', "incident-log/clash: .*'011' is not a incident"),
    ("rules/incidents.yaml", "[protest]", "[protests]",
     r"rule incident-log/demonstration: when: 'protests' is no word of the facet action \(did you mean 'protest'\?\)"),
    ("rules/incidents.yaml", "codebook:", "codbook:", r"incidents\.yaml:\d+: rule incident-log/clash: .*unknown key"),
    ("rules/incidents.yaml", "rules:\n", "rules: [\n", r"incidents\.yaml:\d+: not YAML"),
    ("ontology.yaml", "incident:", "action:", "every ontology has a column of that name"),
    ("ontology.yaml", "incidents.csv", "nothing.csv", r"nothing\.csv: cannot be read"),
    ("incidents.csv", "code,title", "code,name", r"incidents\.csv:1: header: missing \['title'\]"),
])
def test_a_broken_folder_names_file_line_and_rule(tmp_path: Path, file: str, old: str, new: str, message: str) -> None:
    folder = Path(shutil.copytree(FOLDER, tmp_path / "mine"))
    path = folder / file
    path.write_text(path.read_text().replace(old, new, 1))
    with pytest.raises(RuleError, match=message):
        plugins.ontology(folder)


@pytest.mark.parametrize("path", ["./nowhere", "some/folder"])
def test_a_path_that_is_no_folder_is_named(path: str) -> None:
    with pytest.raises(RuleError, match="there is no such rule-set folder"):
        plugins.ontology(path)


def test_a_folder_without_rules_is_refused(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(FOLDER, tmp_path / "mine"))
    shutil.rmtree(folder / "rules")
    with pytest.raises(RuleError, match="no rule in rules"):
        plugins.ontology(folder)
