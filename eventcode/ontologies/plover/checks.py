"""What must hold within one PLOVER row, whoever coded it. List columns may be lists, tuples or JSON text."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from eventcode.ontologies.base import Check
from eventcode.ontologies.plover import tables

Row = Mapping[str, Any]


def items(row: Row, column: str) -> list[Any]:
    """The items of a list column: a list or tuple, its JSON text, a bare word, or nothing."""
    value = row.get(column)
    if isinstance(value, str) and value.lstrip().startswith("["):
        try:
            value = json.loads(value)
        except ValueError:
            return [value]
    if isinstance(value, (list, tuple)):
        return list(value)
    return [value] if isinstance(value, str) and value else []


def _known_events(row: Row) -> list[tables.EventEntry]:
    return [tables.events()[event] for event in items(row, "event") if event in tables.events()]


def _event(row: Row) -> str | None:
    unknown = [str(event) for event in items(row, "event") if event not in tables.events()]
    return f"{', '.join(unknown)}: no PLOVER event" if unknown else None if items(row, "event") else "no event"


def _mode(row: Row) -> str | None:
    events = [entry.event for entry in _known_events(row)]
    stray = [str(mode) for mode in items(row, "mode") if not any((event, mode) in tables.modes() for event in events)]
    return f"{', '.join(stray)}: no mode of {', '.join(events)}" if stray and events else None


def _context(row: Row) -> str | None:
    unknown = [str(name) for name in items(row, "context") if name not in tables.contexts()]
    return f"{', '.join(unknown)}: no PLOVER context" if unknown else None


def _actor(row: Row) -> str | None:
    return None if items(row, "actor") else "no actor (P11)"


def _recipient(row: Row) -> str | None:
    needing = [entry.event for entry in _known_events(row) if entry.needs_recipient]
    return f"{', '.join(needing)} needs a recipient (P11)" if needing and not items(row, "recipient") else None


def _quad(row: Row) -> str | None:
    quads = {str(entry.quad) for entry in _known_events(row)}
    given = str(row.get("quad_code")).removesuffix(".0")
    wrong = quads and given not in ("None", "nan", "<NA>", "") and given not in quads
    return f"quad_code {given}, but the event has {', '.join(sorted(quads))}" if wrong else None


def _sector(row: Row) -> str | None:
    found = [party.get("sector") for column in ("actor", "recipient") for party in items(row, column)
             if isinstance(party, dict)]
    unknown = [str(s) for s in found if s and not {s[i:i + 3] for i in range(0, len(s), 3)} <= set(tables.sectors())]
    return f"{', '.join(unknown)}: no PLOVER sector" if unknown else None


def follows(row: Row) -> dict[str, Any]:
    """What the event fixes; where there are several the quad of the first."""
    known = _known_events(row)
    return {"quad_code": known[0].quad} if known else {}


CHECKS = (
    Check("plover/event-known", ("event",), _event, advice="Use one of PLOVER's 16 events."),
    Check("plover/mode-of-event", ("event", "mode"), _mode, advice="Use a mode of this event, or none."),
    Check("plover/context-known", ("context",), _context, advice="Use a context of the manual's list."),
    Check("plover/actor-required", ("actor",), _actor, advice="Give at least one actor, or drop the event."),
    Check("plover/recipient-required", ("event", "recipient"), _recipient,
          advice="Give a recipient, or choose an event that needs none."),
    Check("plover/quad-of-event", ("event", "quad_code"), _quad, advice="Recompute quad_code from the event."),
    Check("plover/sector-known", ("actor", "recipient"), _sector,
          advice="Use one sector of the manual's list, or two run together."),
)
