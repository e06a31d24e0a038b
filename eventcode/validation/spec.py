"""What a table should be: columns with constraints, consistency checks, and which columns are ids, days, points."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from eventcode.dataset.columns import Column, columns, resolve, schema
from eventcode.ontologies.base import Check, Ontology


class Point(NamedTuple):
    """The columns of one point: WGS 84 degrees, and the country it should lie in, as `scheme` writes it."""

    latitude: str
    longitude: str
    country: str
    scheme: str  # name, iso3, numeric, fips


@dataclass(frozen=True)
class Constraints:
    """What a cell of a column must satisfy; None or () where nothing is asked."""

    allowed: tuple[Any, ...] = ()
    pattern: str | None = None
    minimum: float | None = None
    maximum: float | None = None


@dataclass(frozen=True)
class Spec:
    """A schema as validation needs it. `constraints` lacks a column whose constraints are deeper than a cell's range.

    `ours`: an ontology's own table, whose dtypes, order and set of columns are fixed; else a format of other people.
    """

    name: str
    columns: Mapping[str, Column]
    constraints: Mapping[str, Constraints]
    checks: tuple[Check, ...] = ()
    identity: str | None = None
    days: tuple[str, ...] = ()
    since: int | None = None
    points: tuple[Point, ...] = ()
    coded: tuple[str, ...] = ()
    ours: bool = True
    optional: frozenset[str] = field(default_factory=frozenset)


#: Ontology to the column of its ids and the first year of its series (ACLED and UCDP GED codebooks).
_SERIES: dict[str, tuple[str, int | None]] = {
    "acled": ("event_id_cnty", 1997), "ucdp-ged": ("id", 1989), "plover": ("id", None)}


def of_ontology(given: str | Path | Ontology) -> Spec:
    """The spec of an ontology, read off its record class. Raises PluginError or RuleError."""
    ontology = resolve(given)
    known = columns(ontology)
    identity, since = _SERIES.get(ontology.name, (None, None))
    place = Point("latitude", "longitude", "country", "iso3" if ontology.name == "cameo" else "name")
    return Spec(ontology.name, known, _constraints(ontology, known), tuple(ontology.checks), identity,
                tuple(name for name, column in known.items() if column.kind == "date"), since,
                (place,) if {*place[:3]} <= set(known) else (),
                tuple(name for name, column in known.items() if column.kind == "text" and _zeros(column.allowed)))


def _zeros(allowed: frozenset[str] | None) -> bool:
    """Are there codes that lose a zero when they are read as numbers?"""
    return any(code[:1] == "0" and code[1:].isdigit() for code in allowed or ())


def _constraints(ontology: Ontology, known: Mapping[str, Column]) -> dict[str, Constraints]:
    properties = schema(ontology)["properties"]
    found = {name: constraints_of(properties[name]) for name, column in known.items() if column.kind != "nested"}
    return {name: made for name, made in found.items() if made is not None}


_UNDERSTOOD = {"type", "format", "enum", "const", "pattern", "minimum", "maximum", "minLength", "title", "description",
               "default"}


def constraints_of(spec: Mapping[str, Any]) -> Constraints | None:
    """The constraints that a column's JSON Schema states, or None where they cannot be told so simply."""
    parts = [part for part in spec.get("anyOf", (spec,)) if part.get("type") != "null"]
    if any(set(part) - _UNDERSTOOD - {"anyOf"} for part in (*parts, spec)):
        return None
    listed = [part.get("enum", [part["const"]] if "const" in part else None) for part in parts]
    if all(values is not None for values in listed):
        return Constraints(allowed=tuple(value for values in listed for value in values))
    if len(parts) != 1 or parts[0].get("minLength", 0) > 1:
        return None
    only = parts[0]
    return Constraints((), only.get("pattern"), only.get("minimum"), only.get("maximum"))
