"""CAMEO's codes: each has a rule that is shown to give it, or a reason; titles, classes and values by convention."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pytest
from typer.testing import CliRunner

from eventcode import load
from eventcode.cli import app
from eventcode.coder import Coder
from eventcode.errors import InputError
from eventcode.neutral import Event, EventMention, Party, Place, Span
from eventcode.ontologies.base import venue
from eventcode.ontologies.cameo import class_title, conflict_class, goldstein, ontology, tables
from eventcode.ontologies.cameo.record import CameoRecord
from eventcode.ontologies.coverage import coverage, reasons
from eventcode.plugins import names
from eventcode.plugins import ontology as named

GIVEN: dict[str, list[str]] = {}
for _rule in ontology.rules:
    GIVEN.setdefault(_rule.codes["code"], []).append(_rule.id)
REASONS = reasons(ontology, "unreached.csv", "code")


@pytest.fixture(scope="module")
def coder() -> Coder:
    return load("cameo")


def told(coder: Coder, text: str) -> set[tuple[str, str, str]]:
    records = coder.code(text, published="2024-05-15")
    return {(r.source, r.code, r.target) for r in records if isinstance(r, CameoRecord)}


def test_every_code_has_a_rule_or_a_reason_and_none_has_both() -> None:
    assert sorted({*GIVEN, *REASONS}) == sorted(tables.codes())
    assert sorted(set(GIVEN) & set(REASONS)) == []
    assert all(len(reason) > 15 for reason in REASONS.values())


def test_nearly_every_three_and_four_digit_code_has_a_rule() -> None:
    """What is left are codes that only a human can choose; a new one must be argued for here."""
    assert sorted(code for code in REASONS if len(code) > 2) == ["084", "110", "1834"]
    assert {code for code in REASONS if len(code) == 2} == {entry.root for entry in tables.codes().values()}


def test_every_rule_shows_a_sentence_with_its_code() -> None:
    for rule in ontology.rules:
        assert all(example.expect.get("code") == rule.codes["code"] for example in rule.examples), rule.id
        assert rule.codes["code"] in rule.codebook or rule.codebook.startswith("CAMEO 1.1b3"), rule.id
        assert not {e.text for e in rule.examples} & {e.text for e in rule.counterexamples}, rule.id


def test_every_action_without_a_rule_has_a_reason() -> None:
    found = coverage(ontology)
    assert [one.code for one in found.actions if not one.reason] == []
    assert {one.code for one in found.actions} == set(reasons(ontology, "uncoded_actions.csv", "action"))


def test_the_families_of_asking_and_answering_mirror_each_other() -> None:
    """What can be asked for (02x) can be demanded (10x); likewise 03x, and 12x but for its own numbers."""
    asked = {code[2:] for code in GIVEN if code.startswith("02") and len(code) > 2}
    assert {code[2:] for code in GIVEN if code.startswith("10") and len(code) > 2} == asked
    assert {code[2:] for code in GIVEN if code.startswith("03") and len(code) > 2} == asked | {"9"}
    reform = {code[1:] for code in GIVEN if code.startswith("141") and len(code) == 4}
    for form in ("142", "143", "144", "145"):
        assert {code[1:] for code in GIVEN if code.startswith(form) and len(code) == 4} == {
            form[1:] + end[-1] for end in reform}


@pytest.mark.parametrize("name", names("ontologies"))
def test_coverage_of_any_ontology(name: str) -> None:
    found, made = coverage(named(name)), named(name)
    assert found.rules == len(made.rules.rules)
    for column, (given, of) in found.given.items():
        assert of == len(made.allowed[column])
        assert given == of - sum(one.column == column for one in found.codes)
    assert all(one.title for one in found.codes)
    assert found.lines()[0] == f"{name}: {found.rules} rules"


def test_coverage_on_the_command_line() -> None:
    run = CliRunner().invoke(app, ["rules", "coverage", "cameo"])
    assert run.exit_code == 0
    assert "295 of 318 codes have a rule" in run.stdout
    assert "1834  Carry out location bombing" in run.stdout
    assert REASONS["1834"] in run.stdout
    assert "actions without a rule" not in run.stdout
    with_actions = CliRunner().invoke(app, ["rules", "coverage", "cameo", "--actions"])
    assert "jailbreak" in with_actions.stdout
    unknown = CliRunner().invoke(app, ["rules", "coverage", "camoe"])
    assert (unknown.exit_code, "did you mean 'cameo'" in unknown.output) == (2, True)


def test_coverage_as_json() -> None:
    run = CliRunner().invoke(app, ["rules", "coverage", "plover", "--json"])
    found = json.loads(run.stdout)
    assert found["ontology"] == "plover"
    assert found["given"]["event"] == [16, 16]
    assert found["actions"] == []
    assert all(set(one) == {"column", "code", "title", "reason"} for one in found["codes"])


def test_a_rule_set_without_reasons(tmp_path: Any) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "codes.csv").write_text("code,title\n1,Deed\n02,Other\n", encoding="utf-8")
    (tmp_path / "ontology.yaml").write_text(
        "name: mine\ntitle: Mine\nversion: '1'\ncodebook: none\nterms: none\ncodes: {kind: codes.csv}\n",
        encoding="utf-8")
    (tmp_path / "rules" / "all.yaml").write_text(
        "rules:\n- id: mine/kill\n  title: Kill\n  when: {action: kill}\n  codes: {kind: '1'}\n  codebook: none\n"
        "  examples: [{text: Soldiers killed a man.}]\n  counterexamples: [{text: A man slept.}]\n", encoding="utf-8")
    run = CliRunner().invoke(app, ["rules", "coverage", str(tmp_path)])
    assert run.exit_code == 0, run.output
    assert "kind: 1 of 2 codes have a rule" in run.stdout
    assert "02  Other" in run.stdout
    assert "no reason on record" in run.stdout


def test_classes_by_convention() -> None:
    for code, entry in tables.codes().items():
        assert conflict_class(code) == entry.quad
        assert conflict_class(code, "icews_penta") == (0 if entry.root == "01" else entry.quad)
    phoenix = [conflict_class(code, "phoenix") for code in ("010", "020", "030", "060", "112", "160", "141", "190")]
    assert phoenix == [0, 0, 1, 2, 3, 3, 4, 4]
    assert class_title(4) == "material conflict"
    assert class_title(0, "phoenix") == "statement"


def test_goldstein_by_scale() -> None:
    assert [goldstein(code, "gdelt") for code in ("016", "022", "164", "165")] == [-2.0, 3.2, -7.0, -6.5]
    assert [goldstein(code, "icews") for code in ("016", "022", "164", "165")] == [-5.0, 3.4, -6.5, -7.0]
    assert (goldstein("106"), goldstein("106", "gdelt"), goldstein("106", "icews")) == (-5.0, None, -5.0)
    assert (goldstein("1951"), goldstein("1951", "gdelt"), goldstein("1951", "icews")) == (-10.0, None, None)
    differ = [code for code in tables.codes()
              if None not in (goldstein(code, "gdelt"), goldstein(code, "icews"))
              and goldstein(code, "gdelt") != goldstein(code, "icews")]
    assert differ == ["016", "022", "164", "165"]


@pytest.mark.parametrize("call", [
    lambda: conflict_class("21"), lambda: goldstein("10 "), lambda: conflict_class("190", "other"),  # type: ignore[arg-type]
    lambda: goldstein("190", "other"), lambda: class_title(0), lambda: class_title(5)])  # type: ignore[arg-type]
def test_unknown_codes_and_conventions_are_named(call: Any) -> None:
    with pytest.raises(InputError, match="no "):
        call()


def _party(country: str | None) -> Party:
    return Party(start=0, end=1, text="X", country=country)


def _meeting(sources: Sequence[str | None], targets: Sequence[str | None], country: str | None, start: int | None = 3
             ) -> Event:
    place = Place(start=start, end=None if start is None else start + 1, name="Y", country=country) if country else None
    words = Span(start=0, end=1, text="X")
    return Event(id="1", action="meet", sources=tuple(map(_party, sources)), targets=tuple(map(_party, targets)),
                 place=place, reports=(EventMention(action="meet", trigger=words, sentence=words),))


@pytest.mark.parametrize(("sources", "targets", "country", "expected"), [
    (["PAK"], ["IND"], "ARE", "third"), (["PAK", "IND"], [], "ARE", "third"), (["PAK"], ["IND"], "IND", "own"),
    (["PAK"], [None], "ARE", "unknown"), (["PAK"], ["PAK"], "ARE", "unknown"), (["PAK"], ["IND"], None, "unknown")])
def test_venue(sources: list[str | None], targets: list[str | None], country: str | None, expected: str) -> None:
    assert venue(_meeting(sources, targets, country)) == expected


def test_a_place_without_words_is_no_venue() -> None:
    assert venue(_meeting(["PAK"], ["IND"], "ARE", start=None)) == "unknown"


@pytest.mark.parametrize(("text", "expected"), [
    ("Students rallied against the Serbian government in Novi Sad to demand early elections.",
     {("SRBEDU", "1414", "SRBGOV")}),
    ("Farmers blocked roads in Karnataka to demand the repeal of a land law.", {("INDAGR", "1442", "IND")}),
    ("Farmers blocked roads in Karnataka.", {("INDAGR", "144", "IND")})])
def test_a_protest_takes_the_demand_of_its_sentence(coder: Coder, text: str, expected: set[tuple[str, str, str]]
                                                    ) -> None:
    assert told(coder, text) == expected


def test_the_demand_of_a_protest_is_told_of_among_the_rejections(coder: Coder) -> None:
    trace = coder.trace("Students rallied against the Serbian government in Novi Sad to demand early elections.")
    assert any("content of protest" in rejection.reason for rejection in trace.rejections)
    rules = trace.records[0].provenance["code"].rules
    assert any(rule.startswith("en/demand") for rule in rules)
    assert any(rule.startswith("en/protest") for rule in rules)


def test_a_demand_of_others_stays_beside_the_protest(coder: Coder) -> None:
    found = told(coder, "Students rallied against the Serbian government in Novi Sad, and the opposition demanded that "
                        "the Serbian government amend the constitution.")
    assert {code for _, code, _ in found} == {"141", "1044"}


@pytest.mark.parametrize(("text", "code"), [
    ("The Peruvian president rejected demands by the opposition for early elections.", "1234"),
    ("The Peruvian government bowed to demands from unions for early elections.", "0834")])
def test_an_answer_to_a_demand_is_about_what_was_demanded(coder: Coder, text: str, code: str) -> None:
    assert {found for _, found, _ in told(coder, text)} == {code}


@pytest.mark.parametrize("text", [
    "Ministers voiced hope about the harvest.", "The company declined to comment on its results.",
    "Analysts voiced concern about the economy.", "The board is considering a merger.",
    "Shops in Leeds ended their summer sale.", "The coach agreed with the referee."])
def test_words_without_two_political_sides_give_nothing(coder: Coder, text: str) -> None:
    assert told(coder, text) == set()
