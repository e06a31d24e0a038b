"""CAMEO records as rows of ICEWS's event table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any

from eventcode.countries import by_iso3
from eventcode.neutral import Evidence
from eventcode.ontologies.cameo import tables
from eventcode.ontologies.cameo.record import CameoRecord
from eventcode.rules import read_csv
from eventcode.views.cameo import event_ids, icews_value, name_of, named, number_of, taken_apart
from eventcode.views.columns import FOLDER
from eventcode.views.stories import Story

Row = dict[str, Any]

#: Countries that ICEWS's rows name otherwise than our table.
_NAMES = {"RUS": "Russian Federation", "PSE": "Occupied Palestinian Territory"}


def icews_rows(records: Sequence[CameoRecord], stories: Iterable[Story]) -> Iterator[Row]:
    """One row per record; columns that the record says nothing of are left out."""
    for number, record, story in zip(event_ids(records), records, stories, strict=True):
        evidence, place = record.provenance, story.place
        yield {"Event ID": number, "Event Date": record.date,
               **_actor("Source", record.source, record.source_text, evidence["source"], story),
               "Event Text": record.title, "CAMEO Code": record.code, "Intensity": icews_value(record.code),
               **_actor("Target", record.target, record.target_text, evidence["target"], story),
               "Story ID": story_id(record.meta.article_id),
               "Sentence Number": story.sentence_number(evidence["code"]),
               "Publisher": story.article.outlet if story.article else None,
               "City": place.name if place and place.kind == "settlement" else None,
               "District": place.admin2 if place else None, "Province": place.admin1 if place else None,
               "Country": country_name(record.country), "Latitude": record.latitude, "Longitude": record.longitude}


def story_id(article_id: str | None) -> int | None:
    """The article's id as the number that the format wants; None for an article without id."""
    if article_id is None:
        return None
    plain = article_id.isascii() and article_id.isdigit() and len(article_id) <= 18
    return int(article_id) if plain else number_of(article_id)


def country_name(code: str | None) -> str | None:
    """English name of an alpha-3 code."""
    country = by_iso3(code)
    return _NAMES.get(country.iso3, country.name) if country else None


def _actor(side: str, code: str, words: str, evidence: Evidence, story: Story) -> Row:
    parts = taken_apart(code)
    sectors = tuple(dict.fromkeys(sector for role in parts.roles for sector in _sectors().get(role, ())))
    states = (country_name(_iso3().get(code)) for code in parts.countries)
    country = next(filter(None, states), None)
    name = name_of(story, words, evidence) if named(story, evidence) else _described(sectors, country)
    return {f"{side} Name": name or " ".join(words.split()), f"{side} Sectors": ",".join(sectors) or None,
            f"{side} Country": country}


def _described(sectors: tuple[str, ...], country: str | None) -> str | None:
    """An actor without a name of its own as ICEWS has it: Police (Kenya), and Kenya for the state."""
    if sectors and country:
        return f"{sectors[0]} ({country})"
    return next(iter(sectors), country)


@cache
def _iso3() -> dict[str, str]:
    """CAMEO's code of a country to alpha-3; regions have none."""
    return {code: iso3 for iso3, code in tables.country_codes().items()}


@cache
def _sectors() -> dict[str, tuple[str, ...]]:
    """CAMEO role to ICEWS's sectors, the narrower first; `basis` says which are ICEWS's own labels."""
    return {row["role"]: tuple(row["sectors"].split(","))
            for _, row in read_csv(FOLDER / "sectors.csv", ("role", "sectors", "basis"))}
