"""The field's public dictionaries and validation records, where they are at hand: counts, crashes, floors."""

from __future__ import annotations

import pytest
from dictionaries_score import DATA, FOLDER, SUITES, predictions, shares

from eventcode.dictionaries import lint, load
from eventcode.dictionaries.reading import read

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the validation records are not at hand")

PHOENIX = [FOLDER / f"Phoenix.{name}.actors.txt" for name in ("Countries", "International", "MilNonState")]


@pytest.mark.parametrize(("name", "floor_exact", "floor_codes"), [
    ("petrarch_unit_dev.jsonl", 0.94, 0.95), ("up_english_dev.jsonl", 0.86, 0.87)])
def test_the_validation_records_are_coded_with_their_dictionaries(name: str, floor_exact: float, floor_codes: float
                                                                   ) -> None:
    exact, codes = shares(predictions(name))
    assert exact >= floor_exact
    assert codes >= floor_codes


def test_every_suite_has_a_floor() -> None:
    assert set(SUITES) == {"petrarch_unit_dev.jsonl", "up_english_dev.jsonl"}


@pytest.mark.parametrize(("file", "format", "patterns", "lost"), [
    ("CAMEO.2.0.txt", "petrarch2", 4668, 6), ("CAMEO.verbpatterns.150430.txt", "petrarch1", 11011, 5)])
def test_the_cameo_verbs_load_and_nothing_is_lost_in_silence(file: str, format: str, patterns: int, lost: int) -> None:
    dictionary = read(verbs=FOLDER / file, format=format)
    twice = sum("pattern stands earlier" in finding.message for finding in dictionary.findings)
    errors = [f for f in dictionary.findings if f.level == "error" and f.text.startswith("-")]
    assert dictionary.counts()["patterns"] + twice + len(errors) == patterns
    assert len(errors) == lost


def test_the_phoenix_actors_and_agents_load() -> None:
    counts = read(actors=PHOENIX, agents=FOLDER / "Phoenix.agents.txt").counts()
    assert counts["actors"] == 18_390 + 7_841 + 1_021
    assert counts["actor phrases"] == counts["actors"] + 7_527 + 66 + 772
    assert counts["agents"] > 2_240


def test_the_linter_finds_the_known_faults_of_the_public_files() -> None:
    found = {str(finding.place) for finding in lint(actors=PHOENIX, agents=FOLDER / "Phoenix.agents.txt")
             if finding.level == "error"}
    assert {"Phoenix.Countries.actors.txt:31715", "Phoenix.Countries.actors.txt:51384",
            "Phoenix.agents.txt:1927"} <= found


def test_the_public_dictionaries_code_news() -> None:
    coder = load(verbs=FOLDER / "CAMEO.2.0.txt", actors=PHOENIX, agents=FOLDER / "Phoenix.agents.txt",
                 discards=FOLDER / "Phoenix.discards.txt", issues=FOLDER / "Phoenix.IssueCoding.txt")
    [record] = coder.code("Egyptian police arrested two Turkish journalists in Cairo on Tuesday.",
                          published="2014-06-20")
    assert (record.source, record.target, record.code) == ("EGYCOP", "TURMED", "173")
    assert record.provenance["source"].rules[0].startswith("Phoenix.Countries.actors.txt:")
