"""The English that the ACLED-style readings look for: every pattern and word list, as its data says it works."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from eventcode.errors import RuleError
from eventcode.ontologies.acled import wording
from eventcode.ontologies.acled.wording import Pattern

_ALL = tuple(wording.patterns().values())
_APPLIED = {"whole": re.Pattern.fullmatch, "start": re.Pattern.match, "anywhere": re.Pattern.search}


def _matches(known: Pattern, text: str) -> bool:
    return _APPLIED[known.matches](wording.pattern(known.id), text) is not None


@pytest.mark.parametrize("known", _ALL, ids=[known.id for known in _ALL])
def test_a_pattern_matches_its_examples_and_not_its_counterexamples(known: Pattern) -> None:
    assert known.examples
    assert known.counterexamples
    assert [text for text in known.examples if not _matches(known, text)] == []
    assert [text for text in known.counterexamples if _matches(known, text)] == []


def test_ids_are_told_apart_and_every_one_is_used() -> None:
    ids = [line.split()[-1] for path in wording.FOLDER.glob("*.yaml") for line in path.read_text().splitlines()
           if line.startswith("- id: ")]
    assert len(ids) == len(set(ids))
    code = "".join(path.read_text() for path in Path(wording.__file__).parent.glob("*.py"))
    parts = "".join("".join(known.pattern) for known in _ALL)
    assert [name for name in ids if f'("{name}")' not in code and f"<<{name}>>" not in parts] == []


def test_word_lists_are_lower_case() -> None:
    assert "mob" in wording.words("mobs")
    lists = [words for file in wording._files() for words in file.words]
    assert lists
    assert all(word == word.casefold() for one in lists for word in one.words)


@pytest.mark.parametrize("ask", [wording.pattern, wording.words])
def test_an_unknown_name_is_refused(ask: object) -> None:
    with pytest.raises(RuleError, match="no-such-thing"):
        ask("no-such-thing")  # type: ignore[operator]
