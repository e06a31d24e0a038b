"""The walk over examples must itself be able to fail."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from eventcode import testing
from eventcode.lexicon import Entry
from eventcode.plugins import language
from eventcode.rules import Example

ARREST = "Police arrested two students in Dhaka on Monday."


def entry(**changes: Any) -> Entry:
    """The entry for arrests with its own examples replaced by one that holds."""
    real = next(entry for entry in language("en").entries if entry.action == "arrest" and "arrest" in entry.verb)
    sound = {"examples": (Example(text=ARREST, expect={"source": "police", "target": "students", "action": "arrest"}),),
             "counterexamples": (Example(text="The orchestra played in Dhaka."),)}
    return real.model_copy(update={**sound, **changes})


def walked(monkeypatch: pytest.MonkeyPatch, *entries: Entry) -> list[str]:
    monkeypatch.setattr(testing, "language_pack", lambda code: SimpleNamespace(entries=entries))
    return [str(failure) for failure in testing.walk_language("en")]


def test_an_entry_that_keeps_its_word_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    assert walked(monkeypatch, entry()) == []


@pytest.mark.parametrize(("changes", "fault"), [
    ({"examples": (Example(text=ARREST, expect={"target": "farmers"}),)},
     "target is students; BGD, expected farmers"),
    ({"examples": (Example(text=ARREST, expect={"place": "Dhaka", "status": "negated"}),)},
     "status is actual, expected negated"),
    ({"examples": (Example(text="The orchestra played in Dhaka."),)}, "does not fire; these do: none"),
    ({"counterexamples": (Example(text=ARREST),)}, f'counterexample "{ARREST}": fires'),
])
def test_an_entry_that_does_not_is_named_with_the_reason(monkeypatch: pytest.MonkeyPatch, changes: dict[str, Any],
                                                         fault: str) -> None:
    failure, = walked(monkeypatch, entry(**changes))
    assert failure.startswith(f"{entry().id}: ")
    assert failure.endswith(fault)


def test_every_entry_is_walked(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = entry(counterexamples=(Example(text=ARREST),))
    assert len(walked(monkeypatch, wrong, entry(), wrong)) == 2
