"""PLOVER records as rows of POLECAT: one row per event, actor and recipient."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import product
from typing import Any

from eventcode.countries import by_iso3
from eventcode.ontologies.plover import tables
from eventcode.ontologies.plover.record import Entity, Location, PloverRecord
from eventcode.rules import read_csv
from eventcode.views.stories import Story

Row = dict[str, Any]

_LANGUAGES = {"en": "English"}


def polecat_rows(records: Sequence[PloverRecord], stories: Iterable[Story]) -> Iterator[Row]:
    """The rows of each record in turn; columns that the record says nothing of are left out."""
    for record, story in zip(records, stories, strict=True):
        shared = {"Event Date": record.date, "Contexts": _list(record.context), **_where(record.event_loc),
                  **_source(record, story), "Version": _version(record)}
        rows = list(product(record.event, record.actor, record.recipient or (None,)))
        for number, (event, actor, recipient) in enumerate(rows, start=1):
            name = f"{record.id}_{event}" + (f"-{number}" if len(rows) > 1 else "")
            yield {"Event ID": name, **shared, **_what(record, event), **_entity("Actor", actor),
                   **_entity("Recipient", recipient)}


def _what(record: PloverRecord, event: str) -> Row:
    modes = tuple(mode for mode in record.mode if (event, mode) in tables.modes())
    alone = len(record.event) == 1
    quad = record.quad_code if alone else tables.events()[event].quad
    return {"Event Type": event, "Event Mode": _list(modes),
            "Intensity": record.event_scale if alone else tables.score(event, modes),
            "Quad Code": _quads()[str(quad)].upper() if quad is not None else None}


def _entity(side: str, entity: Entity | None) -> Row:
    if entity is None:
        return {}
    sectors = [entity.sector[i:i + 3] for i in range(0, len(entity.sector), 3)] if entity.sector else []
    country = by_iso3("XKX" if entity.code == "KOS" else entity.code)
    return {f"{side} Name": entity.identifier_text, f"{side} Country": entity.code,
            f"{side} COW": country.cow if country else None,
            f"Primary {side} Sector": next(iter(sectors), None), f"{side} Sectors": _list(sectors),
            f"{side} Title": entity.office, f"{side} Name Raw": _words(entity.entity_text),
            f"Wikipedia {side} ID": entity.identifier_id}


def _where(place: Location | None) -> Row:
    if place is None:
        return {}
    return {"Placename": place.resolved_place, "City": place.city, "District": place.district,
            "Province": place.province, "Country": place.country_code, "Latitude": place.lat, "Longitude": place.lon,
            "GeoNames ID": place.geonameid, "Raw Placename": _words(place.extracted_place),
            "Feature Type": place.feature_code}


def _source(record: PloverRecord, story: Story) -> Row:
    cited, article = record.cite_info, story.article
    outlet = cited.publication if cited else None
    language = (cited.language if cited else None) or (article.language if article else None)
    return {"Source": outlet or (article.outlet if article else None),
            "Publication Date": article.published if article else None,
            "Language": _LANGUAGES.get(language, language) if language else None}


def _version(record: PloverRecord) -> str:
    """What coded the record: "eventcode 0.1.0; ontology plover 2.0-draft+1+..."."""
    known = record.meta.versions
    return "; ".join(f"{name} {known[name]}" for name in ("eventcode", "ontology plover") if name in known)


def _words(text: str | None) -> str | None:
    """Words of an article on one line: the format is tab-separated."""
    return " ".join(text.split()) if text else None


def _list(parts: Sequence[str]) -> str | None:
    return "; ".join(parts) or None


@cache
def _quads() -> dict[str, str]:
    return {row["code"]: row["title"]
            for _, row in read_csv(tables.FOLDER / "codes" / "quads.csv", ("code", "title"))}
