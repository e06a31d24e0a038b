"""A word that makes a figure of speech of an act stands in the act's own clause."""

from __future__ import annotations

import pytest
from sentence_reading import mentions


@pytest.mark.parametrize(("text", "action"), [
    ("Worshippers vented their anger outside the Danish embassy in Dhaka, a porter told a reporter.", "protest"),
    ("Gendarmes opened up on pickers near Labe, one of them said in an interview.", "shoot"),
    ("A militia leader was killed with an axe in Bunia, a doctor told the hospital's board.", "kill"),
    ("Guards lashed out at the strikers with batons, their union wrote in a statement.", "beat"),
])
def test_what_is_said_of_the_report_stops_no_act(text: str, action: str) -> None:
    assert action in [mention.action for mention in mentions(text)]


@pytest.mark.parametrize(("text", "action"), [
    ("The baker opened up on his patients in an interview.", "shoot"),
    ("The minister lashed out at the strikers in an interview.", "beat"),
    ("Guards lashed out at the strikers with words of criticism.", "beat"),
])
def test_what_stands_in_the_clause_of_the_word_stops_it(text: str, action: str) -> None:
    assert action not in [mention.action for mention in mentions(text)]
