"""Labels of older PLOVER versions, read in those of 2.0."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventcode.errors import InputError, RuleError
from eventcode.ontologies.plover import labels, tables
from eventcode.ontologies.plover.labels import VERSIONS, release, understand, understand_context


@pytest.mark.parametrize(("label", "event", "mode", "version"), [
    ("FIGHT", "ASSAULT", None, "0.5 to 0.6"), ("FIGHT/other", "ASSAULT", None, "0.5 to 0.6"),
    ("INVESTIGATE", "ACCUSE", "investigate", "0.5 to 0.7"), ("DISAPPROVE", "ACCUSE", None, "0.5 to 0.7"),
    ("DEMAND", "REQUEST", None, "0.5 to 0.8"), ("DEMAND/meet", "REQUEST", "meet", "0.8"),
    ("PROTEST/strike-hun", "PROTEST", "hunger", "0.5 to 0.7"), ("COERCE/destroy", "ASSAULT", "destroy", "0.5 to 0.7"),
    ("ASSAULT/assassinate", "ASSAULT", "targeted", "0.5 to 1.3"), ("ASSAULT/drone", "ASSAULT", "drone", "0.9 to 2.0"),
    ("ASSAULT/targeted", "ASSAULT", "targeted", "2.0"), ("RETREAT", "RETREAT", None, "0.5 to 2.0"),
    ("COOPERATION", "COOPERATE", None, "0.6"), ("RETREAT/return", "RETREAT", None, "0.8 to 1.3")])
def test_labels_of_all_versions_are_understood(label: str, event: str, mode: str | None, version: str) -> None:
    found = understand(label)
    assert (found.event, found.mode, found.version) == (event, mode, version)


def test_a_mode_may_stand_apart_and_case_does_not_count() -> None:
    assert understand("assault", mode="SideAB") == understand("ASSAULT/sideAB")


def test_the_host_of_a_meeting_is_the_recipient_of_a_visit() -> None:
    assert understand("CONSULT/host").swapped
    assert not understand("CONSULT/visit").swapped


def test_an_ambiguous_label_names_what_it_could_be() -> None:
    found = understand("YIELD")
    assert (found.event, found.candidates, found.how, found.version) == (
        None, ("CONCEDE", "RETREAT"), "ambiguous", "none")


@pytest.mark.parametrize("label", ["CRIME", "CRIME/arson", "DOCUMENT"])
def test_a_dropped_event_says_so(label: str) -> None:
    assert (understand(label).event, understand(label).how) == (None, "none")


@pytest.mark.parametrize(("label", "version", "message"), [
    ("FIHGT", None, "'FIHGT' is no PLOVER event of any version; near it: FIGHT"),
    ("REQUEST", "0.5b1", "'REQUEST' is no PLOVER event of version 0.5: it belongs to 0.8 to 2.0"),
    ("DEMAND", "2.0", "it belongs to 0.5 to 0.8"), ("COERCE/curfw", None, "near it: curfew"),
    ("AGREE/visit", None, "no PLOVER mode of AGREE"), ("INVESTIGATE/allege", None, "says investigate already"),
    ("AGREE", "7.1", "there is no PLOVER version '7.1'; there is: 0.5, 0.6"), ("", None, "no PLOVER event")])
def test_unknown_labels_are_refused_with_what_is_near(label: str, version: str | None, message: str) -> None:
    with pytest.raises(InputError) as problem:
        understand(label, version)
    assert message in str(problem.value)


@pytest.mark.parametrize(("version", "found"), [("0.5b1", "0.5"), ("0.7b1", "0.7"), ("plover-base-1.3.1", "1.3"),
                                                ("2.0 draft", "2.0")])
def test_versions_are_read_as_files_write_them(version: str, found: str) -> None:
    assert release(version) == found


def test_contexts_of_older_versions() -> None:
    assert understand_context("refugee").contexts == ("migration",)
    assert understand_context("resource").candidates == ("natural_resource", "territory")
    assert (understand_context("culture").contexts, understand_context("culture").how) == ((), "none")
    with pytest.raises(InputError, match=r"belongs to 0\.5 to 0\.7"):
        understand_context("refugee", "1.0")


@given(st.sampled_from([*tables.events(), *("/".join(key) for key in tables.modes())]))
def test_todays_labels_stay_as_they_are(label: str) -> None:
    found = understand(label, "2.0")
    event, _, mode = label.partition("/")
    assert (found.event, found.mode, found.how, found.versions[-1]) == (event, mode or None, "same", "2.0")


@given(st.sampled_from(sorted(tables.contexts())))
def test_todays_contexts_stay_as_they_are(name: str) -> None:
    assert understand_context(name, "2.0").contexts == (name,)


@given(st.sampled_from([(kind, event, name) for (kind, event), group in labels._labels().items() for name in group]))
def test_every_label_says_something_of_the_current_codebook(key: tuple[str, str, str]) -> None:
    kind, event, name = key
    found = understand_context(name) if kind == "context" else understand(f"{event}/{name}" if event else name)
    assert found.event is None or found.event in tables.events()
    assert found.mode is None or (found.event, found.mode) in tables.modes()
    assert set(found.contexts) <= set(tables.contexts())
    assert bool(found.candidates) == (found.how == "ambiguous")
    assert set(found.versions) <= set(VERSIONS)


@given(st.text(max_size=30), st.one_of(st.none(), st.text(max_size=12)), st.one_of(st.none(), st.text(max_size=5)))
def test_any_text_is_understood_or_refused(label: str, mode: str | None, version: str | None) -> None:
    for found in (lambda: understand(label, version, mode=mode), lambda: understand_context(label, version)):
        with contextlib.suppress(InputError):  # any other error fails the test
            assert found().label.casefold().startswith(label.strip().partition("/")[0].strip().casefold())


@pytest.mark.parametrize(("row", "fault"), [
    ("event,,WAR,0.5,0.6,BATTLE,,,renamed,,", "unknown: BATTLE"), ("mode,AID,gift,0.5,0.6,AID,gift,,merged,,", "gift"),
    ("event,,WAR,0.4,0.6,ASSAULT,,,renamed,,", "0.4"), ("event,,WAR,0.5,0.6,ASSAULT,,,somehow,,", "somehow"),
    ("context,,war,0.5,0.6,,,battle,renamed,,", "battle")])
def test_a_wrong_row_of_the_table_is_named(row: str, fault: str, tmp_path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "labels.csv"
    path.write_text(",".join(labels._COLUMNS) + "\n" + row + "\n", encoding="utf-8")
    monkeypatch.setattr(labels, "_TABLE", path)
    with pytest.raises(RuleError) as problem:
        labels._labels.__wrapped__()
    assert fault in str(problem.value)
    assert f"{path}:2" in str(problem.value)
