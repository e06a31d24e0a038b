"""The article: one text as received. Nothing in it is ever altered, so offsets into `text` stay true."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, field_validator

from eventcode.errors import InputError

#: Publication days outside these years are taken for errors.
FIRST_YEAR, LAST_YEAR = 1900, 2100


class Article(BaseModel):
    """One news text with what is known about its publication.

    Parameters
    ----------
    text: the text as received; every offset in the library counts its characters (code points) from 0.
    id: the caller's identifier; kept on every record.
    title: the headline where it is not part of `text`.
    published: day of publication, a date or text that names it in full (ISO 8601, "2 August 2018", a feed's
        "Thu, 02 Aug 2018 10:00:00 GMT"), in the years 1900 to 2100; without it nothing relative is resolved.
    outlet: who printed it (ACLED calls this "source"; we keep that word for the acting party).
    url: where it was found.
    language: ISO 639-1 code of the text; only languages with an installed pack can be coded.

    Raises pydantic's ValidationError (a ValueError) on a field of the wrong kind.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str
    id: str | None = None
    title: str | None = None
    published: date | None = None
    outlet: str | None = None
    url: str | None = None
    language: str = "en"

    def __init__(self, text: str | None = None, **fields: Any) -> None:
        super().__init__(**({} if text is None else {"text": text}), **fields)

    @field_validator("text", mode="before")
    @classmethod
    def _text_is_text(cls, value: Any) -> Any:
        if isinstance(value, (bytes, bytearray)):
            raise ValueError("text is bytes: decode it first, for example text.decode('utf-8')")
        return value

    @field_validator("published", mode="before")
    @classmethod
    def _day_of(cls, value: Any) -> Any:
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, str):
            return _day(value)
        return value

    @field_validator("published")
    @classmethod
    def _day_of_news(cls, value: date | None) -> date | None:
        """Dates around it are reckoned from it and codebooks have years of four digits: no room for the year 1."""
        if value is not None and not FIRST_YEAR <= value.year <= LAST_YEAR:
            raise ValueError(f"published is {value.isoformat()}: outside the years {FIRST_YEAR} to {LAST_YEAR}")
        return value


def _day(value: str) -> date | None:
    """The day that a text names in full, ISO 8601 or as feeds and exports write it; None where it is blank."""
    if not value.strip():
        return None
    try:
        return datetime.fromisoformat(value.strip()).date()
    except ValueError:
        return _day_in_words(value)


def _day_in_words(value: str) -> date:
    """'2 August 2018', 'Thu, 02 Aug 2018 10:00:00 GMT'; an order of numbers that may be read two ways is refused."""
    from dateparser.date import DateDataParser  # takes 0.3 s to import, and most dates are ISO

    if any(letter.isalpha() for letter in value):
        settings = {"STRICT_PARSING": True, "RETURN_AS_TIMEZONE_AWARE": False, "PARSERS": ["absolute-time"]}
        found = DateDataParser(languages=["en"], settings=settings).get_date_data(value.strip())
        if found.date_obj is not None and found.period in ("day", "time"):
            return found.date_obj.date()
    raise ValueError(f"published is {value!r}: give a date or ISO 8601 text such as 2018-08-02")


def as_article(article: Article | str, **fields: Any) -> Article:
    """An Article from an Article (then `fields` must be empty) or from its text and fields."""
    if isinstance(article, str):
        return Article(article, **fields)
    if not isinstance(article, Article):
        raise InputError(f"expected an Article or its text, got {type(article).__name__}")
    return (
        article.model_copy(update=Article(article.text, **fields).model_dump(include=set(fields)))
        if fields
        else article
    )
