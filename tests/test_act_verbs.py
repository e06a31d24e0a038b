"""The share of listed verbs at which an event is found, on rows of our own."""

from __future__ import annotations

from typing import Any

from act_verbs import found, verbs


def row(text: str, verb: str) -> dict[str, Any]:
    start = text.index(verb)
    return {"text": text, "gold": {"verb": [{"start": start, "end": start + len(verb)}]}}


def test_listed_verbs_are_counted_and_others_left_out() -> None:
    rows = [row("Gunmen killed a judge in Herat.", "killed"), row("The film was shot in Malta.", "shot"),
            row("The judge said so in Herat.", "said")]
    assert found(rows) == (1, 2)


def test_the_list_has_each_form_in_lower_case() -> None:
    assert {"killed", "marched", "arrested"} <= verbs()
    assert all(word == word.lower() for word in verbs())
