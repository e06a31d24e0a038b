"""Numbers: words, digits, ranges and vague quantities."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventcode.languages.en import language
from eventcode.mentions.numbers import NumberReader, Quantity, read_count_words, scan

WORDS = read_count_words(language.folder)
READER = NumberReader(WORDS)
_UNITS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
          "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def spell(number: int, link: str = " and ") -> str:
    """A number below a million in English words."""
    if number < 20:
        return _UNITS[number]
    if number < 100:
        return _TENS[number // 10 - 2] + (f"-{_UNITS[number % 10]}" if number % 10 else "")
    base, name = (1000, "thousand") if number >= 1000 else (100, "hundred")
    rest = number % base
    joint = link if rest < 100 else " "
    return f"{spell(number // base, link)} {name}" + (joint + spell(rest, link) if rest else "")


def read(text: str) -> Quantity:
    (only,) = READER.find([word.lower for word in scan(text)])
    return only


@given(st.integers(0, 9999) | st.integers(0, 999_999), st.sampled_from([" and ", " "]))
def test_spelled_numbers_come_back(number: int, link: str) -> None:
    assert READER.parse(spell(number, link)) == number
    assert READER.parse(spell(number, link).capitalize()) == number


@given(st.integers(0, 10**9))
def test_digits_come_back(number: int) -> None:
    assert READER.parse(str(number)) == READER.parse(f"{number:,}") == number


@pytest.mark.parametrize("text", ["", "hello", "twenty apples", "12th", "1.5", "five six", "10,00", "-", "a", "9" * 20])
def test_what_is_no_number_is_none(text: str) -> None:
    assert READER.parse(text) is None


@pytest.mark.parametrize(("text", "low", "best", "high", "qualifier"), [
    ("12", 12, 12, 12, "exact"),
    ("a dozen", None, 12, None, "about"),
    ("two dozen", None, 24, None, "about"),
    ("half a dozen", None, 6, None, "about"),
    ("at least two dozen", 24, 24, None, "at_least"),
    ("no fewer than 7", 7, 7, None, "at_least"),
    ("over 1,500", 1500, 1500, None, "at_least"),
    ("as many as 200", None, 200, 200, "at_most"),
    ("up to forty", None, 40, 40, "at_most"),
    ("about 150", None, 150, None, "about"),
    ("some 30-odd", None, 30, None, "about"),
    ("50 or more", 50, 50, None, "at_least"),
    ("30 or so", None, 30, None, "about"),
    ("50+", 50, 50, None, "at_least"),
    ("between 10 and 15", 10, 10, 15, "range"),
    ("from ten to fifteen", 10, 10, 15, "range"),
    ("10-15", 10, 10, 15, "range"),
    ("two or three", 2, 2, 3, "range"),
    ("several", 3, 3, None, "several"),
    ("a handful of", 3, 3, None, "several"),
    ("a couple of", 2, 2, 2, "exact"),
    ("both", 2, 2, 2, "exact"),
    ("dozens", 24, 24, None, "dozens"),
    ("several dozen", 36, 36, None, "dozens"),
    ("scores", 40, 40, None, "scores"),
    ("hundreds", 200, 200, None, "hundreds"),
    ("several hundred", 300, 300, None, "hundreds"),
    ("thousands", 2000, 2000, None, "thousands"),
    ("tens of thousands", 20_000, 20_000, None, "thousands"),
    ("hundreds of thousands", 200_000, 200_000, None, "thousands"),
    ("2.5 million", 2_500_000, 2_500_000, 2_500_000, "exact"),
    ("a hundred and twenty-five", 125, 125, 125, "exact"),
    ("nobody", 0, 0, 0, "none"),
    ("a total of 40", 40, 40, 40, "exact"),
    ("at least dozens", 24, 24, None, "dozens"),
])
def test_quantity(text: str, low: int | None, best: int, high: int | None, qualifier: str) -> None:
    quantity = read(text)
    assert quantity[2:] == (low, best, high, qualifier)
    assert (quantity.first, quantity.last) == (0, len(scan(text)) - 1)


def test_a_falling_pair_is_no_range() -> None:
    assert [q.qualifier for q in READER.find([w.lower for w in scan("3-1")])] == ["exact", "exact"]


@given(st.text(max_size=60))
def test_any_text_is_read_without_overlap(text: str) -> None:
    words = scan(text)
    assert all(text[word.start:word.end].lower() == word.lower for word in words)
    end = -1
    for quantity in READER.find([word.lower for word in words]):
        assert end < quantity.first <= quantity.last < len(words)
        end = quantity.last
