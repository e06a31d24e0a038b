"""What is read of a text that holds more than language: always of its length, and in a time that grows with it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventcode.article import Article
from eventcode.document import Document, Sentence
from eventcode.text import readable, spoken

PIECES = ["<p>", "</p>", "<script>", "</script>", "<!--", "-->", "<", ">", "&amp;", "&eacute;", "&#x110000;", "&", ";",
          "\x00", "\u200b", "\ud800", "police", " ", "<a href='&lt;'>", "\U0001f525"]


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_what_is_read_is_as_long_as_the_text(text: str) -> None:
    assert len(readable(text)[0]) == len(text)
    assert len(spoken(text)) == len(text)


@pytest.mark.parametrize(("text", "read"), [
    ("<p>Police <b>fired</b>.</p>", "Police fired ."),
    ("<p>One</p><script>if (a < b) { kill() }</script> two", "One two"),
    ("<p>One</p><!-- three <b> four --> two", "One two"),
    ("<p>One</p><!-- never closed", "One <!-- never closed"),
    ("<p>Less than 5 < 6 and 8 > 7.</p>", "Less than 5 < 6 and 8 > 7."),
    ("Food &amp; water cost 5 &euro; in Bogot&aacute;, R&D; and A&B fell.",
     "Food & water cost 5 \u20ac in Bogot\xe1 , R&D; and A&B fell."),
    ("Three\x00 of\u200b\ud800 five", "Three of five"),
    ("x < y and <z> is no tag", "x < y and <z> is no tag"),
])
def test_only_language_is_read(text: str, read: str) -> None:
    assert " ".join(readable(text)[0].split()) == read


def test_what_was_blanked_is_told() -> None:
    assert readable("Plain text.") == ("Plain text.", ())
    assert [note.split(":")[0] for note in readable("<p>x\x00</p>")[1]] == [
        "HTML", "control characters or broken code points are read as blanks"]
    assert readable(" \n")[1] == ("the article has no text",)


@pytest.mark.parametrize("unit", ["<!--", "<script>", "<script ", "</p><style>", "</script ", "<p ", "<", "&", "&#",
                                  "&amp;", "<br "])
def test_a_megabyte_of_half_open_markup_takes_a_moment(unit: str) -> None:
    text = "<p>x</p>" + unit * (1_000_000 // len(unit))
    began = time.process_time()
    readable(text)
    assert time.process_time() - began < 10


def test_a_sentence_is_found_by_any_offset_in_it() -> None:
    text = "One. Two.   Three."
    bounds = [(0, 4), (5, 9), (12, 18)]
    sentences = [Sentence(i, a, b, text[a:b], lambda words, offset: []) for i, (a, b) in enumerate(bounds)]
    document = Document(Article(text), text, sentences)
    held = [found.index if (found := document.sentence_at(i)) else None for i in range(-1, 20)]
    assert held == [next((n for n, (a, b) in enumerate(bounds) if a <= i < b), None) for i in range(-1, 20)]


def test_a_sentence_quotes_the_article_and_not_what_is_read() -> None:
    sentence = Sentence(0, 10, 24, "Police   fired", lambda words, offset: [], words="Police<b>fired")
    assert sentence.as_span().text == "Police<b>fired"
    assert sentence.quote(16, 24) == "<b>fired"
    assert Sentence(0, 0, 4, "Plain", lambda words, offset: []).words == "Plain"
