"""Articles all in capitals are read in plain case; the article's own words stay as they are."""

from __future__ import annotations

import pytest

import eventcode as ec
from eventcode.mentions.casing import is_in_capitals

TEXT = (
    "QUITO, 4 MAR 91 (WIRE) -- A BOMB EXPLODED OUTSIDE THE OFFICE OF SENATOR RAUL MONTENEGRO IN GUAYAQUIL ON 3 MARCH. "
    "TWO GUARDS WERE INJURED.\n\n"
    "THE U.S. AMBASSADOR SAID THE RED SUN COMMAND (RSC) OPERATES NEAR SAN LORENZO DE LA SIERRA."
)


@pytest.fixture(scope="module")
def coder() -> ec.Coder:
    return ec.load("acled")


def read(coder: ec.Coder, text: str) -> str:
    return coder._caser.read(text)


def test_names_stand_out_and_words_are_small(coder: ec.Coder) -> None:
    made = read(coder, TEXT)
    for words in ("outside the office of senator Raul Montenegro in Guayaquil on 3 March",
                  "Two guards were injured", "The U.S. ambassador said", "(RSC)", "near San Lorenzo de La Sierra"):
        assert words in made
    assert made.startswith("QUITO, 4 MAR 91 (WIRE) --")


def test_every_offset_stays(coder: ec.Coder) -> None:
    assert read(coder, TEXT).upper() == TEXT


@pytest.mark.parametrize("text", ["UN: NO DEAL", "The ELN and the FARC met in Cali on Monday to talk of a truce.", ""])
def test_other_texts_are_left_alone(coder: ec.Coder, text: str) -> None:
    assert not is_in_capitals(text)
    assert read(coder, text) == text


def test_spans_quote_the_article(coder: ec.Coder) -> None:
    events = coder.events(TEXT, published="1991-03-04")
    spans = [r.trigger for e in events for r in e.reports] + [p for e in events for p in e.targets]
    assert {"EXPLODED", "INJURED"} <= {span.text for span in spans}
    assert all(TEXT[span.start:span.end] == span.text for span in spans)


def test_capitals_are_read_as_small_letters_are(coder: ec.Coder) -> None:
    plain = "Gunmen kidnapped the mayor of Tocache, Hugo Salinas, on Tuesday and killed his two guards."
    small, shouted = (coder.events(text, published="1990-05-10") for text in (plain, plain.upper()))
    assert [(e.action, e.date.start, e.place and e.place.name) for e in small] == [
        (e.action, e.date.start, e.place and e.place.name) for e in shouted]
    assert any(e.action == "abduct" for e in shouted)
