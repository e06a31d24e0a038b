"""ACLED and UCDP GED: their rows in the columns of PLOVER, ACLED's also in CAMEO's."""

from __future__ import annotations

from typing import Any

from eventcode import countries
from eventcode.crosswalks import parties, tables
from eventcode.crosswalks.ledger import Ledger, Row, Unconvertible
from eventcode.crosswalks.verbs import cameo_act, named, plover_act
from eventcode.ontologies.cameo import tables as cameo
from eventcode.ontologies.plover.record import CiteInfo, Location

#: Columns of ACLED that both targets have a place for, or that follow from others.
_OF_ACLED = frozenset({"event_date", "year", "disorder_type", "event_type", "sub_event_type", "actor1", "inter1",
                       "actor2", "inter2", "interaction", "iso", "region", "country", "location", "latitude",
                       "longitude"})
_ONLY_PLOVER = frozenset({"event_id_cnty", "assoc_actor_1", "assoc_actor_2", "admin1", "admin2", "geo_precision",
                          "source", "fatalities"})
_OF_GED = frozenset({"id", "year", "type_of_violence", "dyad_name", "side_a", "side_b", "gwnoa", "gwnob", "where_prec",
                     "where_coordinates", "adm_1", "adm_2", "latitude", "longitude", "geom_wkt", "priogrid_gid",
                     "country", "country_id", "region", "date_start", "date_end", "best", "source_article"})

_CROWDS = frozenset({"Protesters", "Rioters"})
Side = list[parties.Who]


def acled_to_plover(row: Row, label: str, told: Ledger) -> dict[str, Any]:
    """A row of ACLED in PLOVER's columns. Raises Unconvertible."""
    found = _walk(row).plover
    if found.event is None:
        raise Unconvertible(f"sub_event_type {row['sub_event_type']}: {found.note}")
    actors, recipients = _acled_sides(row, told)
    told.coded("sub_event_type", row["sub_event_type"], named(found), found.kind, found.also, found.note)
    _week(row, told)
    told.dropped(row, _OF_ACLED | _ONLY_PLOVER | {"time_precision"})
    place = Location(resolved_place=row.get("location"), lat=row.get("latitude"), lon=row.get("longitude"),
                     province=row.get("admin1"), district=row.get("admin2"), country=row.get("country"),
                     country_code=_iso3(row), resolution=_resolution("acled", "geo_precision", row, told))
    return {**plover_act(found), "id": row.get("event_id_cnty") or f"acled-{label}", "date": row.get("event_date"),
            "actor": [parties.entity(who) for who in actors], "recipient": [parties.entity(who) for who in recipients],
            "event_loc": place.model_dump(), "cite_info": _cited(row.get("source")),
            "comment": _dead(row.get("fatalities"))}


def acled_to_cameo(row: Row, told: Ledger) -> dict[str, Any]:
    """A row of ACLED in CAMEO's columns. Raises Unconvertible."""
    found = _walk(row).cameo
    if found.code is None:
        raise Unconvertible(f"sub_event_type {row['sub_event_type']}: {found.note}")
    actors, recipients = _acled_sides(row, told)
    source, target = actors[0], recipients[0] if recipients else _the_state(row, told)
    open_ = f"could be {', '.join(found.candidates)}" if found.candidates else ""
    note = "; ".join(filter(None, (found.note, open_)))
    told.coded("sub_event_type", row["sub_event_type"], found.code, found.kind, found.also, note)
    _week(row, told)
    told.dropped(row, _OF_ACLED | {"event_id_cnty", "time_precision"})
    return {"date": row.get("event_date"), **cameo_act(cameo.codes()[found.code]),
            "source": parties.cameo_code(source, "actor1", told), "target": parties.cameo_code(target, "actor2", told),
            "location": row.get("location"), "latitude": row.get("latitude"), "longitude": row.get("longitude"),
            "country": _iso3(row), "source_text": source.name, "target_text": target.name}


def ged_to_plover(row: Row, label: str, told: Ledger) -> dict[str, Any]:
    """A row of UCDP GED in PLOVER's columns. Raises Unconvertible."""
    found = tables.ucdp_to_plover().get(str(row.get("type_of_violence")))
    if found is None:
        raise Unconvertible(f"type_of_violence {row.get('type_of_violence')!r} is none of 1, 2, 3")
    home, state_based = _iso3(row), str(row["type_of_violence"]) == "1"
    sides = [parties.of_ucdp(str(row[column]), row.get(number), home, state_based, column, told)
             for column, number in (("side_a", "gwnoa"), ("side_b", "gwnob")) if row.get(column)]
    if not sides:
        raise Unconvertible("no side_a: PLOVER needs an actor")
    kinds = tuple(kind for kind in tables.ucdp_to_plover() if kind != str(row["type_of_violence"]))
    told.coded("type_of_violence", row["type_of_violence"], named(found), found.kind, kinds, found.note)
    told.dropped(row, _OF_GED)
    last = row.get("date_end") if row.get("date_end") != row.get("date_start") else None
    place = Location(resolved_place=row.get("where_coordinates"), lat=row.get("latitude"), lon=row.get("longitude"),
                     province=row.get("adm_1"), district=row.get("adm_2"), country=row.get("country"),
                     country_code=home, resolution=_resolution("ucdp-ged", "where_prec", row, told))
    return {**plover_act(found), "id": str(row.get("id") or f"ucdp-ged-{label}"), "date": row.get("date_start"),
            "enddate": last, "actor": [parties.entity(sides[0])],
            "recipient": [parties.entity(who) for who in sides[1:]], "event_loc": place.model_dump(),
            "cite_info": _cited(row.get("source_article")), "comment": _dead(row.get("best"))}


def _walk(row: Row) -> tables.Walk:
    name = row.get("sub_event_type")
    found = tables.acled_walks().get(str(name))
    if found is None:
        raise Unconvertible(f"sub_event_type {name!r} is none of ACLED's")
    return found


def _acled_sides(row: Row, told: Ledger) -> tuple[Side, Side]:
    """Who acts and who is acted on: actor1 and actor2, or who the sub-event type says (the protesters, the others)."""
    home, sides = _iso3(row), list[Side]()
    for number in ("1", "2"):
        name, allies = row.get(f"actor{number}"), row.get(f"assoc_actor_{number}") or ""
        main = [parties.of_acled(name, row.get(f"inter{number}"), home, f"actor{number}", told)] if name else []
        sides.append([*main, *parties.of_names(filter(None, allies.split("; ")))] if main else [])
    doer = _walk(row).doer
    crowds = [row.get("inter1") in _CROWDS, row.get("inter2") in _CROWDS]
    if doer and crowds == ([False, True] if doer == "protesters" else [True, False]) and all(sides):
        sides.reverse()
        who = f"in {row['sub_event_type']} the {doer} act"
        told.note("actor1", row.get("actor1"), "recipient", "swapped sides", who)
    if not sides[0]:
        raise Unconvertible("no actor1: there is nobody who acts")
    return sides[0], sides[1]


def _the_state(row: Row, told: Ledger) -> parties.Who:
    """The target of a crowd that faces nobody: the state whose country it is."""
    home = _iso3(row)
    if row.get("inter1") not in _CROWDS or home is None:
        raise Unconvertible("no actor2: CAMEO's records are of two parties")
    told.needed("actor2", None, home, "who demonstrates does so towards the state")
    return parties.Who(name=row.get("country"), country=home)


def _iso3(row: Row) -> str | None:
    found = countries.by_name(row.get("country"))
    return found.iso3 if found else None


def _resolution(ontology: str, column: str, row: Row, told: Ledger) -> Any:
    """PLOVER's resolution, which rises with exactness where ACLED's and GED's precision falls."""
    code = row.get(column)
    found = tables.resolutions(ontology).get(str(code))
    if found is None or found.word is None:
        if code is not None:
            told.note(column, code, None, "no counterpart", found.note if found else "no such precision")
        return None
    resolution = int(found.word)
    return told.guessed(column, code, resolution, found.note) if found.kind == "partial" else resolution


def _week(row: Row, told: Ledger) -> None:
    """A day is all that the target can say; what is only known to the week or month is told."""
    if row.get("time_precision") not in (None, 1):
        told.note("time_precision", row["time_precision"], None, "no counterpart", "the date stands as if exact")


def _cited(publication: str | None) -> dict[str, Any] | None:
    return CiteInfo(publication=publication).model_dump() if publication else None


def _dead(deaths: Any) -> str | None:
    return f"size: dead {deaths}" if deaths else None
