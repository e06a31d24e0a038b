"""CAMEO and PLOVER: a row of one as a row of the other."""

from __future__ import annotations

from typing import Any

from eventcode import countries
from eventcode.crosswalks import parties, tables
from eventcode.crosswalks.ledger import Ledger, Row, Unconvertible
from eventcode.crosswalks.relabel import current
from eventcode.ontologies.cameo import tables as cameo
from eventcode.ontologies.plover import tables as plover
from eventcode.ontologies.plover.record import Location

#: Columns of CAMEO that PLOVER has a place for, or that its own tables give anew.
_OF_CAMEO = frozenset({"date", "source", "target", "code", "root", "quad", "goldstein", "title", "location", "latitude",
                       "longitude", "country", "source_text", "target_text"})
_OF_PLOVER = frozenset({"id", "has_event", "date", "actor", "recipient", "event", "mode", "context", "event_loc",
                        "quad_code", "event_scale"})
_OF_PLACE = frozenset({"resolved_place", "lat", "lon", "country", "country_code"})

#: Acts that several do together with nobody opposite; the second actor is the other side in CAMEO.
_JOINT = frozenset({"AGREE", "CONSULT", "COOPERATE"})

#: Contexts that say that nothing happened now: CAMEO has no such events.
_NO_EVENT = frozenset({"negation", "hypothetical", "historical", "future"})


def cameo_to_plover(row: Row, label: str, told: Ledger) -> dict[str, Any]:
    """A row of CAMEO in PLOVER's columns; `label` becomes its id. Raises Unconvertible."""
    code = row.get("code")
    found = tables.cameo_to_plover().get(code) if isinstance(code, str) else None
    if found is None:
        raise Unconvertible(f"code {code!r} is no CAMEO code (codes are text, with their leading zero)")
    if row.get("root") not in (None, cameo.codes()[str(code)].root):
        raise Unconvertible(f"code {code} is not of root {row['root']}: a leading zero may be lost")
    if found.event is None:
        raise Unconvertible(f"code {code}: {found.note}")
    actor = parties.of_cameo(row.get("source"), row.get("source_text"), "source", told)
    recipient = parties.of_cameo(row.get("target"), row.get("target_text"), "target", told)
    if found.swap:
        actor, recipient = recipient, actor
        told.note("source", row.get("source"), "recipient", "swapped sides", found.note)
    told.coded("code", code, named(found), found.kind, found.also, found.note if not found.swap else "")
    told.dropped(row, _OF_CAMEO)
    return {**plover_act(found), "id": f"cameo-{label}", "date": row.get("date"),
            "actor": [parties.entity(actor)], "recipient": [parties.entity(recipient)], "event_loc": _location(row)}


def plover_act(found: tables.ToPlover) -> dict[str, Any]:
    """What was done, in PLOVER's columns; quad code and score are those of its own tables."""
    event, modes = str(found.event), (found.mode,) if found.mode else ()
    return {"has_event": True, "event": [event], "mode": list(modes), "context": list(found.contexts),
            "event_text": [], "quad_code": plover.events()[event].quad, "event_scale": plover.score(event, modes)}


def named(found: tables.ToPlover) -> str:
    """Event, mode and contexts as one text: RETREAT release (legal)."""
    contexts = f"({'; '.join(found.contexts)})" if found.contexts else None
    return " ".join(filter(None, (found.event, found.mode, contexts)))


def plover_to_cameo(row: Row, told: Ledger, version: str | None = None) -> dict[str, Any]:
    """A row of PLOVER, of whatever version, in CAMEO's columns. Raises Unconvertible."""
    row = current(row, told, version)
    if row.get("has_event") is False or not row["event"]:
        raise Unconvertible("the record has no event")
    silent = sorted(_NO_EVENT.intersection(row["context"]))
    if silent:
        raise Unconvertible(f"context {', '.join(silent)}: CAMEO codes what happened only")
    source, target = _sides(row, told)
    entry = cameo.codes()[_code(row, source.armed and target.armed, told)]
    codes = [parties.cameo_code(who, column, told) for column, who in (("actor", source), ("recipient", target))]
    parties.tell_sectors(codes[0], source.sectors, "actor", told)
    parties.tell_sectors(codes[1], target.sectors, "recipient", told)
    for context in row["context"]:
        told.note("context", context, None, "no counterpart", "CAMEO has no contexts")
    told.dropped(row, _OF_PLOVER)
    return {"date": row.get("date"), "source": codes[0], "target": codes[1], **cameo_act(entry), **_place(row, told),
            "source_text": _words("actor", source, told), "target_text": _words("recipient", target, told)}


def cameo_act(entry: cameo.CodeEntry) -> dict[str, Any]:
    """What was done, in CAMEO's columns; quad class and Goldstein value are those of its own tables."""
    return {"code": entry.code, "root": entry.root, "quad": entry.quad, "goldstein": entry.goldstein,
            "title": entry.title}


def _code(row: Row, armed: bool, told: Ledger) -> str:
    """The code of the first event and its first mode; the others are told."""
    event, *others = row["event"]
    modes = [mode for mode in row["mode"] if (event, mode) in plover.modes()]
    for column, value in [*(("event", name) for name in others), *(("mode", mode) for mode in row["mode"]
                                                                   if mode not in modes[:1])]:
        told.note(column, value, None, "no counterpart", "CAMEO has one code per record")
    mode = next(iter(modes), None)
    table = tables.plover_to_cameo()
    found = table.get((event, mode, armed)) or table[event, mode, False]
    open_ = f"could be {', '.join(found.candidates)}" if found.candidates else ""
    told.coded("mode" if mode else "event", f"{event} {mode}" if mode else event, found.code, found.kind, found.also,
               "; ".join(filter(None, (found.note, open_))))
    return str(found.code)


def _sides(row: Row, told: Ledger) -> tuple[parties.Who, parties.Who]:
    """Source and target; CAMEO's records are of two parties, so all but the first of a list are told."""
    actors, recipients = row["actor"] or [], row["recipient"] or []
    if not actors:
        raise Unconvertible("no actor: CAMEO's records are of two parties")
    if not recipients and len(actors) > 1 and row["event"][0] in _JOINT:
        told.needed("actor", actors[1], "target", "a joint act: the second actor is taken for the other side")
        recipients, actors = actors[1:2], [actors[0], *actors[2:]]
    if not recipients:
        raise Unconvertible("no recipient: CAMEO's records are of two parties")
    for column, extra in [*(("actor", one) for one in actors[1:]), *(("recipient", one) for one in recipients[1:])]:
        told.note(column, extra, None, "no counterpart", "CAMEO has one party a side")
    return parties.of_entity(actors[0], "actor", told), parties.of_entity(recipients[0], "recipient", told)


def _words(column: str, who: parties.Who, told: Ledger) -> str | None:
    if who.text is None:
        stand_in = "; the actor's name stands in for them" if who.name else ""
        told.note(column, who.name, who.name, "not given", f"the words of the text{stand_in}")
    return who.text or who.name


def _location(row: Row) -> dict[str, Any] | None:
    if not any(row.get(name) is not None for name in ("location", "latitude", "longitude", "country")):
        return None
    country = countries.by_iso3(row.get("country"))
    return Location(resolved_place=row.get("location"), lat=row.get("latitude"), lon=row.get("longitude"),
                    country_code=row.get("country"), country=country.name if country else None).model_dump()


def _place(row: Row, told: Ledger) -> dict[str, Any]:
    place = row.get("event_loc") or {}
    told.dropped({f"event_loc.{key}": value for key, value in place.items()}, {f"event_loc.{key}" for key in _OF_PLACE})
    return {"location": place.get("resolved_place"), "latitude": place.get("lat"), "longitude": place.get("lon"),
            "country": place.get("country_code")}
