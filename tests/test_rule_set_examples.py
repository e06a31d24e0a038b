"""The rule sets in examples/: sound, every example coded as it says, a table of their articles."""

from __future__ import annotations

from pathlib import Path

import pytest

import eventcode as ec
from eventcode.rulesets import lint
from eventcode.testing import walk

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "examples" / "rulesets"
#: Rule set to the day of its articles, and codes that their table must have.
SETS = {"labour_strikes": ("2024-03-17", {"110", "130", "140", "210", "211", "310", "311", "320", "330", "410", "411"}),
        "water_disputes": ("2023-07-22", {"10", "11", "13", "20", "30", "31", "40", "42", "50", "51"})}


def test_every_example_is_tested() -> None:
    assert {path.name for path in FOLDER.iterdir()} == set(SETS)


@pytest.mark.parametrize("name", list(SETS))
def test_an_example_is_sound_and_codes_what_it_says(name: str) -> None:
    assert lint(FOLDER / name) == []
    coder = ec.load(FOLDER / name)
    assert len(coder.ontology.allowed["event"]) >= 15
    assert {rule.codes["event"] for rule in coder.ontology.rules} == coder.ontology.allowed["event"]
    assert walk(FOLDER / name, coder=coder) == []


@pytest.mark.parametrize("name", list(SETS))
def test_the_articles_of_an_example_give_a_table(name: str) -> None:
    published, expected = SETS[name]
    coder = ec.load(FOLDER / name)
    articles = [ec.Article(path.read_text(encoding="utf-8"), id=path.stem, published=published)
                for path in sorted((FOLDER / name / "articles").glob("*.txt"))]
    frame = ec.to_frame([record for records in coder.pipe(articles) for record in records], coder.ontology)
    assert expected <= set(frame["event"])
    assert frame["date"].notna().all()


def test_the_authors_guide_is_short() -> None:
    assert len((ROOT / "docs" / "rules.md").read_text(encoding="utf-8").splitlines()) < 150
