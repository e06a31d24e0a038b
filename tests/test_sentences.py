"""Where sentences end, and that nothing of the text is lost or shifted."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventcode.languages.en.sentences import MAX_SENTENCE, split


def pieces(text: str) -> list[str]:
    return [text[start:end] for start, end in split(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rebels attacked. Troops fled.", ["Rebels attacked.", "Troops fled."]),
        ("Gen. Ali Omar spoke. He left.", ["Gen. Ali Omar spoke.", "He left."]),
        ("Lt. Col. J. R. Moss of the U.S. Army spoke.", ["Lt. Col. J. R. Moss of the U.S. Army spoke."]),
        ("They flew to the U.S. The trip took a day.", ["They flew to the U.S.", "The trip took a day."]),
        ("“We left.” He paused.", ["“We left.”", "He paused."]),
        ("It was over at 5 p.m. on Monday.", ["It was over at 5 p.m. on Monday."]),
        ("HEADLINE HERE\n\nThe army moved in.", ["HEADLINE HERE", "The army moved in."]),
        ("• Police fired.\n• Crowds ran.", ["• Police fired.", "• Crowds ran."]),
        ("Prices rose 3.5 percent.", ["Prices rose 3.5 percent."]),
        ("", []),
        (" \n\t ", []),
    ],
)
def test_ends(text: str, expected: list[str]) -> None:
    assert pieces(text) == expected


def test_hard_wrapped_lines_are_one_sentence() -> None:
    text = (
        "the army moved into the valley at dawn and took\nthree villages without a fight, witnesses said on\n"
        "Monday while the rebels withdrew towards the hills\nand burned the bridge behind them."
    )
    assert len(pieces(text)) == 1


def test_an_endless_line_is_cut() -> None:
    found = split("word " * 2000)
    assert len(found) > 5
    assert max(end - start for start, end in found) <= MAX_SENTENCE


@given(st.text(max_size=600))
def test_sentences_are_in_order_and_lose_only_blanks(text: str) -> None:
    found = split(text)
    assert all(start < end for start, end in found)
    assert all(a[1] <= b[0] for a, b in pairwise(found))
    kept = {i for start, end in found for i in range(start, end)}
    assert all(text[i].isspace() for i in range(len(text)) if i not in kept)


STOPS = [".", '."', '."""', ". ", ".\n", "!?", ". (", "U.S. "]
LINES = ["\n", "\n ", "KABUL, Aug 2 (Reuters) - \n", "\nAB (", "A-"]


@pytest.mark.parametrize("unit", STOPS + LINES)
def test_half_a_megabyte_of_anything_takes_a_moment(unit: str) -> None:
    """The slowest takes half a second; anything that looks back or ahead over the whole text would take minutes."""
    text = unit * (500_000 // len(unit))
    began = time.process_time()
    split(text)
    assert time.process_time() - began < 10


def test_each_dateline_is_a_piece_of_its_own() -> None:
    text = "KABUL, Aug 2 (Reuters) - Rain fell.\nJUBA, South Sudan - Markets opened.\n" * 3
    assert [one for one in pieces(text) if one.endswith("-")] == ["KABUL, Aug 2 (Reuters) -", "JUBA, South Sudan -"] * 3
