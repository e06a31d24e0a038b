"""The English lexicon's data: domains, status cues, weapons, and what the loaders refuse."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

import eventcode
from eventcode.coder import Coder
from eventcode.errors import RuleError
from eventcode.languages.cues import Attribution, Cue, read_status
from eventcode.languages.en import language
from eventcode.lexicon import Entry, Guard, Weapon, read_actions, read_domains, with_domains
from eventcode.rules import Example, read_csv

FOLDER = language.folder
QUIET = Path(__file__).parent / "quiet"
ACTIONS = read_actions(FOLDER.parents[1] / "actions.yaml")


def test_every_action_is_worded_by_some_entry() -> None:
    assert sorted({entry.action for entry in language.entries}) == sorted(ACTIONS)


def test_over_names_entries_that_exist() -> None:
    known = {entry.id for entry in language.entries}
    assert [(entry.id, beaten) for entry in language.entries for beaten in entry.over if beaten not in known] == []


def test_domains_are_expanded_on_load() -> None:
    assert not [entry.id for entry in language.entries if any(word.startswith("@") for word in entry.unless.nearby)]


def test_an_unknown_domain_is_refused() -> None:
    example = (Example(text="Rebels attacked."),)
    entry = Entry(id="en/x", action="attack", verb=("attack",), unless=Guard(nearby=("@chess", "pawn")),
                  examples=example, counterexamples=example)
    assert with_domains(entry, {"chess": ("rook",)}).unless.nearby == ("rook", "pawn")
    with pytest.raises(KeyError):
        with_domains(entry, read_domains(FOLDER / "domains.yaml"))


def test_weapon_words_name_known_weapons_once() -> None:
    rows = [row for _, row in read_csv(FOLDER / "weapons.csv", ("words", "weapon"))]
    assert {row["weapon"] for row in rows} <= set(get_args(Weapon))
    assert len({row["words"] for row in rows}) == len(rows)
    assert all(row["words"] == row["words"].lower() for row in rows)


def test_status_file_with_an_id_used_twice_is_refused(tmp_path: Path) -> None:
    text = (FOLDER / "status.yaml").read_text(encoding="utf-8")
    broken = tmp_path / "status.yaml"
    broken.write_text(text.replace("en/status/not\n", "en/status/no\n", 1), encoding="utf-8")
    with pytest.raises(RuleError, match="used twice"):
        read_status(broken)


def test_status_file_without_a_section_is_refused(tmp_path: Path) -> None:
    broken = tmp_path / "status.yaml"
    broken.write_text("cues: []\n", encoding="utf-8")
    with pytest.raises(RuleError, match="attribution"):
        read_status(broken)


@pytest.fixture(scope="module")
def coder() -> Coder:
    return eventcode.load("acled")


STATUS = read_status(FOLDER / "status.yaml")


@pytest.mark.parametrize("cue", STATUS.cues, ids=lambda cue: cue.id)
def test_a_status_cue_fires_on_its_examples_only(cue: Cue, coder: Coder) -> None:
    for example in cue.examples:
        found = coder.trace(example.text, published=example.published).event_mentions
        status = example.expect.get("status", cue.status)
        assert any(cue.id in mention.rules and mention.status == status for mention in found), example.text
    for example in cue.counterexamples:
        found = coder.trace(example.text, published=example.published).event_mentions
        assert not any(cue.id in mention.rules for mention in found), example.text


@pytest.mark.parametrize("words", [a for a in STATUS.attribution if a.examples[0].expect], ids=lambda words: words.id)
def test_a_statement_is_handed_to_its_speaker(words: Attribution, coder: Coder) -> None:
    for example in words.examples:
        found = coder.trace(example.text, published=example.published).event_mentions
        speakers = [mention.attributed_to.text for mention in found if mention.attributed_to]
        assert any(example.expect["source"] in speaker for speaker in speakers), example.text


def test_the_quiet_corpus_stays_quiet(coder: Coder) -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted(QUIET.glob("*.txt"))]
    lines = [line for text in texts for line in text.splitlines() if line]
    assert len(lines) > 250
    assert sum(len(coder.code(line, published="2024-05-15")) for line in lines) <= 2
