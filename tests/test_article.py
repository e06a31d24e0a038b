"""Articles: what is taken as text and as a publication day, and what is refused."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from pydantic import ValidationError

from eventcode.article import Article, as_article
from eventcode.errors import InputError


@pytest.mark.parametrize(
    "written",
    [
        "2018-08-02",
        "2018-08-02T23:10:00Z",
        "2 August 2018",
        "August 2, 2018",
        "Thu, 02 Aug 2018 10:00:00 GMT",
        date(2018, 8, 2),
        datetime(2018, 8, 2, 9, 30),
    ],
)
def test_a_publication_day_in_full(written: object) -> None:
    assert Article("x", published=written).published == date(2018, 8, 2)


@pytest.mark.parametrize("written", ["yesterday", "03/04/2018", "August 2018", "soon", "2018-13-45"])
def test_a_day_that_is_not_certain_is_refused(written: str) -> None:
    with pytest.raises(ValidationError, match="published is"):
        Article("x", published=written)


@pytest.mark.parametrize("written", [None, "", "  "])
def test_no_day_is_no_day(written: str | None) -> None:
    assert Article("x", published=written).published is None


def test_bytes_are_not_text() -> None:
    with pytest.raises(ValidationError, match="decode it first"):
        Article(b"abc")  # type: ignore[arg-type]


def test_an_unknown_field_is_refused() -> None:
    with pytest.raises(ValidationError, match="headline"):
        Article("x", headline="y")


def test_fields_are_laid_over_an_article() -> None:
    article = as_article(Article("x", id="1", outlet="Daily"), published="2020-01-05")
    assert (article.id, article.outlet, article.published) == ("1", "Daily", date(2020, 1, 5))


def test_what_is_no_article_is_refused() -> None:
    with pytest.raises(InputError, match="int"):
        as_article(3)  # type: ignore[arg-type]
