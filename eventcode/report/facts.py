"""What the page has to know of a record's fields: their kind, and which of them tell type, actors, day and place."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

from eventcode.dataset.hxl import about
from eventcode.records import is_filled
from eventcode.report.matter import Facts, Kind, Precision


class Fields(NamedTuple):
    """The columns of a codebook that say these things; "" where it has none. `levels`: its words for exactness."""

    type: str
    subtype: str
    source: str
    target: str
    day: str
    place: str
    province: str
    country: str
    latitude: str
    longitude: str
    precision: str = ""
    levels: Mapping[str, Precision] = {}
    deaths: str = ""


#: ACLED's 2 is a town nearby or a district, so a ring and no dot; GED's 5 is a line or vague area, 7 the high sea.
_FIELDS = {
    "acled": Fields("event_type", "sub_event_type", "actor1", "actor2", "event_date", "location", "admin1", "country",
                    "latitude", "longitude", "geo_precision", {"1": "exact", "2": "near", "3": "area"}, "fatalities"),
    "cameo": Fields("title", "code", "source", "target", "date", "location", "", "country", "latitude", "longitude"),
    "plover": Fields("event", "mode", "actor", "recipient", "date", "resolved_place", "province", "country", "lat",
                     "lon", "resolution", {"5": "exact", "4": "exact", "3": "area", "2": "area", "1": "country"}),
    "ucdp-ged": Fields("type_of_violence", "", "side_a", "side_b", "date_start", "where_coordinates", "adm_1",
                       "country", "latitude", "longitude", "where_prec",
                       {"1": "exact", "2": "near", "3": "area", "4": "area", "5": "area", "6": "country",
                        "7": "area"}, "best"),
}
#: Those of an ontology that is a folder of rules; its first coded column is the type.
_OF_A_FOLDER = Fields("", "action", "source", "target", "date", "place", "", "country", "latitude", "longitude")
_VIOLENCE = {"1": "1 State-based conflict", "2": "2 Non-state conflict", "3": "3 One-sided violence"}

_TAGS: dict[str, Kind] = {"group": "actor", "event": "action", "loc": "place", "adm": "place", "geo": "place",
                          "country": "place", "region": "place", "date": "date", "affected": "count"}
#: Columns that HXL has no tag for, and those that every ontology of a folder has.
_UNTAGGED: dict[str, Kind] = {
    "actor": "actor", "recipient": "actor", "source": "actor", "target": "actor", "place": "place", "date": "date",
    "event_loc": "place", "event_text": "action", "has_event": "action", "country": "place", "latitude": "place",
    "longitude": "place", "where_description": "place", "deaths_a": "count", "deaths_b": "count",
    "deaths_unknown": "count", "comment": "count", "text_info": "text", "cite_info": "text", "source_date": "text",
    "source_office": "text", "source_original": "text", "number_of_sources": "text"}


@cache
def kind_of(schema: str, column: str) -> Kind:
    """What the words behind a column are evidence of."""
    tag = about(schema, column)[0].lstrip("#").partition("+")[0].rstrip("0123456789")
    if tag in ("meta", "description") and column != "comment":
        return "text"
    return _TAGS.get(tag) or _UNTAGGED.get(column, "action")


def fields_of(schema: str, coded: tuple[str, ...] = ()) -> Fields:
    """The columns that tell these things; `coded`: those that the rules of a folder fill."""
    return _FIELDS.get(schema) or _OF_A_FOLDER._replace(type=next(iter(coded), "action"))


def facts(schema: str, values: Mapping[str, Any], coded: tuple[str, ...] = ()) -> Facts:
    """Facts of a record's values (lists and entities as Python has them); `coded`: the columns that rules fill."""
    flat = {**values, **(values.get("event_loc") or {})} if schema == "plover" else values
    known = fields_of(schema, coded)
    kind = _words(flat.get(known.type))
    latitude, longitude = _degrees(flat.get(known.latitude), 90), _degrees(flat.get(known.longitude), 180)
    if not latitude and not longitude:  # 0, 0 is how tables write "not known"
        latitude = longitude = None
    return Facts(
        type=_VIOLENCE.get(kind, kind) if schema == "ucdp-ged" else kind, subtype=_words(flat.get(known.subtype)),
        sources=_names(flat.get(known.source)), targets=_names(flat.get(known.target)),
        day=_words(flat.get(known.day))[:10], place=_words(flat.get(known.place)),
        province=_words(flat.get(known.province)), country=_words(flat.get(known.country)),
        latitude=latitude, longitude=longitude, precision=known.levels.get(_words(flat.get(known.precision))),
        deaths=_number(flat.get(known.deaths)) if known.deaths else None)


def _words(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return ", ".join(map(_words, value))
    return str(value) if is_filled(value) else ""


def _names(value: Any) -> tuple[str, ...]:
    """Whom a column names: one text, or PLOVER's entities by name, code and sector, or words."""
    if isinstance(value, (list, tuple)):
        return tuple(name for entity in value if (name := _name(entity)))
    return (str(value),) if is_filled(value) else ()


def _name(entity: Mapping[str, Any]) -> str:
    code = f"{entity.get('code') or ''}{entity.get('sector') or ''}"
    return str(entity.get("identifier_text") or code or entity.get("entity_text") or "")


def _degrees(value: Any, most: int) -> float | None:
    """Degrees within the globe; else None."""
    try:
        told = float(value)
    except (TypeError, ValueError):
        return None
    return told if math.isfinite(told) and abs(told) <= most else None


def _number(value: Any) -> int | None:
    try:
        return int(float(value))
    except (TypeError, ValueError):
        return None
