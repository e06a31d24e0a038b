"""Formats of other people that `validate` knows beside the ontologies: GDELT, ICEWS, POLECAT and Phoenix tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, TypeAdapter

from eventcode.dataset.columns import Column, Kind
from eventcode.ontologies.base import Check, Ontology
from eventcode.ontologies.cameo import tables as cameo
from eventcode.ontologies.cameo.checks import CHECKS as CAMEO_CHECKS
from eventcode.ontologies.plover import tables as plover
from eventcode.validation.spec import Constraints, Point, Spec, of_ontology
from eventcode.views.columns import view_columns

Row = Mapping[str, Any]

_ADAPTERS: dict[str, TypeAdapter[Any]] = {
    "text": TypeAdapter(str), "integer": TypeAdapter(int), "number": TypeAdapter(float), "date": TypeAdapter(date)}
_LIMITS = {"lat": 90, "latitude": 90, "lon": 180, "long": 180, "longitude": 180, "goldsteinscale": 10,
           "goldsteinscore": 10, "intensity": 10, "event intensity": 10}
#: Phoenix and PETRARCH-2 tables (26 columns, no header in the files): name and kind, required ones with a star.
_PHOENIX = ("EventID*:text Date*:integer Year*:integer Month*:integer Day*:integer SourceActorFull*:text "
            "SourceActorEntity:text SourceActorRole:text SourceActorAttribute:text TargetActorFull*:text "
            "TargetActorEntity:text TargetActorRole:text TargetActorAttribute:text EventCode*:text "
            "EventRootCode*:text PentaClass*:integer GoldsteinScore*:number Issues:text Lat:number Lon:number "
            "LocationName:text StateName:text CountryCode:text SentenceID:text URLs:text NewsSources:text")


def spec_of(schema: str | Path | Ontology) -> Spec:
    """The spec of an ontology or a format. Raises PluginError or RuleError on an unknown one."""
    make = FORMATS.get(schema) if isinstance(schema, str) else None
    return make() if make else of_ontology(schema)


@cache
def _gdelt() -> Spec:
    required = {"GLOBALEVENTID", "SQLDATE", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass"}
    codes = dict.fromkeys(("EventCode", "EventBaseCode", "EventRootCode"), frozenset(cameo.codes()))
    known = _columns([(c.name, c.kind) for c in view_columns("gdelt")], required, codes)
    checks = (*_renamed({"code": "EventCode", "root": "EventRootCode", "quad": "QuadClass",
                         "goldstein": "GoldsteinScale"}),
              Check("gdelt/base-of-code", ("EventCode", "EventBaseCode"), _base, advice="Recode EventBaseCode: it is "
                    "the code's first three digits, or the code itself where it has two."))
    return _spec("gdelt", known, checks, "GLOBALEVENTID", ("SQLDATE",), 1979,
                 Point("ActionGeo_Lat", "ActionGeo_Long", "ActionGeo_CountryCode", "fips"), tuple(codes))


@cache
def _icews() -> Spec:
    required = {"Event ID", "Event Date", "CAMEO Code", "Source Name", "Target Name"}
    codes = {"CAMEO Code": frozenset(cameo.codes())}
    known = _columns([(c.name, c.kind) for c in view_columns("icews")], required, codes)
    checks = (Check("icews/goldstein-of-code", ("Intensity", "CAMEO Code"), _icews_goldstein, advice="Recode "
                    "Intensity from the code: ICEWS gives every CAMEO code one value."),)
    return _spec("icews", known, checks, "Event ID", ("Event Date",), 1991,
                 Point("Latitude", "Longitude", "Country", "name"), tuple(codes))


@cache
def _polecat() -> Spec:
    codes = {"Event Type": frozenset(plover.events())}
    known = _columns([(c.name, c.kind) for c in view_columns("polecat")], {"Event ID", "Event Date", "Event Type"},
                     codes)
    checks = (Check("polecat/mode-of-event", ("Event Mode", "Event Type"), _mode,
                    advice="Recode Event Mode: each PLOVER event has modes of its own."),
              Check("polecat/contexts", ("Contexts",), _contexts,
                    advice="Recode Contexts with PLOVER's names, semicolons between them."))
    return _spec("polecat", known, checks, "Event ID", ("Event Date", "Publication Date"), 1995,
                 Point("Latitude", "Longitude", "Country", "iso3"), ())


@cache
def _phoenix() -> Spec:
    told = [part.split(":") for part in _PHOENIX.split()]
    codes = dict.fromkeys(("EventCode", "EventRootCode"), frozenset(cameo.codes()))
    known = _columns([(name.rstrip("*"), kind) for name, kind in told],
                     {name[:-1] for name, _ in told if name.endswith("*")}, codes)
    checks = _renamed({"code": "EventCode", "root": "EventRootCode", "goldstein": "GoldsteinScore"})
    return _spec("phoenix", known, checks, "EventID", ("Date",), None,
                 Point("Lat", "Lon", "CountryCode", "iso3"), tuple(codes))


FORMATS: dict[str, Callable[[], Spec]] = {"gdelt": _gdelt, "icews": _icews, "polecat": _polecat, "phoenix": _phoenix}


def _spec(name: str, known: dict[str, Column], checks: tuple[Check, ...], identity: str, days: tuple[str, ...],
          since: int | None, point: Point, coded: tuple[str, ...]) -> Spec:
    asked = {column: _constraints(column) for column in known}
    return Spec(name, known, asked, checks, identity, days, since, (point,), coded, ours=False,
                optional=frozenset(column for column, made in known.items() if not made.required))


def _constraints(name: str) -> Constraints:
    limit = _LIMITS.get(name.rpartition("_")[2].casefold())
    return Constraints(minimum=-limit, maximum=limit) if limit else Constraints()


def _columns(told: list[tuple[str, Any]], required: set[str], codes: Mapping[str, frozenset[str]]) -> dict[str, Column]:
    return {name: Column(name, kind, name in required, codes.get(name), _adapter(name, kind)) for name, kind in told}


def _adapter(name: str, kind: Kind) -> TypeAdapter[Any]:
    limits = _constraints(name)
    if limits.maximum is None:
        return _ADAPTERS[kind]
    return TypeAdapter(Annotated[float, Field(ge=limits.minimum, le=limits.maximum)])


def _renamed(names: Mapping[str, str]) -> tuple[Check, ...]:
    """CAMEO's checks of these columns, for a table that calls them otherwise."""
    return tuple(_under(check, names) for check in CAMEO_CHECKS if set(check.columns) <= set(names))


def _under(check: Check, names: Mapping[str, str]) -> Check:
    def fault(row: Row) -> str | None:
        return check.fault({name: row[names[name]] for name in check.columns})

    return replace(check, columns=tuple(names[name] for name in check.columns), fault=fault)


def _base(row: Row) -> str | None:
    code, base = str(row["EventCode"]), row["EventBaseCode"]
    return None if code not in cameo.codes() or base == code[:3] else f"code {code} has base {code[:3]}, not {base}"


def _icews_goldstein(row: Row) -> str | None:
    entry, told = cameo.codes().get(str(row["CAMEO Code"])), row["Intensity"]
    wanted = entry.goldstein_icews if entry else None
    return None if wanted is None or told is None or told == wanted else f"code {entry and entry.code} has " \
                                                                        f"{wanted:g} in ICEWS, not {told:g}"


def _listed(cell: Any) -> list[str]:
    return [part.strip() for part in str(cell or "").split(";") if part.strip() not in ("", "None")]


def _mode(row: Row) -> str | None:
    event = str(row["Event Type"])
    stray = [mode for mode in _listed(row["Event Mode"]) if (event, mode) not in plover.modes()]
    return f"{', '.join(stray)}: no mode of {event}" if stray else None


def _contexts(row: Row) -> str | None:
    stray = [name for name in _listed(row["Contexts"]) if name not in plover.contexts()]
    return f"{', '.join(stray)}: no PLOVER context" if stray else None
