"""Rows of PLOVER with labels of older versions, told in those of 2.0."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from eventcode.crosswalks.ledger import Ledger, Row, Unconvertible
from eventcode.errors import InputError
from eventcode.ontologies.plover import tables
from eventcode.ontologies.plover.labels import VERSIONS, Label, understand, understand_context
from eventcode.ontologies.plover.record import PloverRecord


def plover_to_plover(row: Row, told: Ledger, version: str | None = None) -> dict[str, Any]:
    """A row of PLOVER with today's labels. Raises Unconvertible."""
    told.dropped(row, PloverRecord.columns())
    return current(row, told, version)


def current(row: Row, told: Ledger, version: str | None = None) -> dict[str, Any]:
    """The row with today's events, modes and contexts; quad code and score are reckoned anew where one changed.

    Raises Unconvertible for a label that no version (or not this one) has, that was dropped, or that is ambiguous.
    """
    made = {**row, **{name: _list(row.get(name)) for name in ("event", "mode", "context", "actor", "recipient")}}
    read = _events(made["event"], made["mode"], version)
    for label in read:
        _tell("mode" if "/" in label.label else "event", label, told)
    if any(label.swapped for label in read):
        made["actor"], made["recipient"] = made["recipient"], made["actor"]
        told.note("actor", made["recipient"], "recipient", "swapped sides", "who hosts is the recipient of the visit")
    made["has_event"] = row.get("has_event") is not False
    made["event"] = _once(label.event for label in read)
    made["mode"] = _once(label.mode for label in read)
    made["context"] = _contexts(made["context"], told, version)
    if any(label.how != "same" for label in read):
        made["quad_code"] = tables.events()[made["event"][0]].quad
        made["event_scale"] = max((tables.score(event, tuple(m for m in made["mode"] if (event, m) in tables.modes()))
                                   for event in made["event"]), key=abs)
    return made


def versions(rows: Iterable[Row]) -> tuple[str, ...]:
    """The versions of PLOVER that have all events and modes of these rows; () where no one version has."""
    found = set(VERSIONS)
    for row in rows:
        try:
            read = _events(_list(row.get("event")), _list(row.get("mode")), None)
        except Unconvertible:
            continue
        for label in read:
            found &= set(label.versions)
    return tuple(version for version in VERSIONS if version in found)


def _events(events: list[str], modes: list[str], version: str | None) -> list[Label]:
    """Each event with each of the modes that are its own, or alone; a mode of none of the events is at fault."""
    read, unused = list[Label](), dict.fromkeys(modes)
    for event in events:
        alone = _understood(event, version)
        own = {mode: label for mode in modes if (label := _maybe(event, mode, version))}
        unused = {mode: None for mode in unused if mode not in own}
        read += own.values() or [alone]
    if unused:
        raise Unconvertible(f"{', '.join(unused)} is no mode of {', '.join(events) or 'no event'}")
    return read


def _understood(event: str, version: str | None) -> Label:
    try:
        label = understand(event, version)
    except InputError as problem:
        raise Unconvertible(str(problem)) from None
    if label.event is None:
        options = f": {' or '.join(label.candidates)}" if label.candidates else ""
        raise Unconvertible(f"{label.label} (PLOVER {label.version}): {label.note}{options}")
    return label


def _maybe(event: str, mode: str, version: str | None) -> Label | None:
    try:
        return understand(event, version, mode=mode)
    except InputError:
        return None


def _contexts(names: list[str], told: Ledger, version: str | None) -> list[str]:
    """Today's contexts; one that is gone or unclear is told and left out, one of no version is at fault."""
    kept: list[str] = []
    for name in names:
        try:
            label = understand_context(name, version)
        except InputError as problem:
            raise Unconvertible(str(problem)) from None
        _tell("context", label, told)
        kept += label.contexts if label.how != "guessed" or told.guess else ()
    return _once(kept)


def _tell(column: str, label: Label, told: Ledger) -> None:
    if label.how == "same":
        return
    now = "/".join(filter(None, (label.event, label.mode))) or "; ".join(label.contexts) or None
    options = f"could be {' or '.join(label.candidates)}" if label.candidates else ""
    told.note(column, label.label, now, "older label",
              "; ".join(filter(None, (f"PLOVER {label.version}: {label.how}", label.note, options))))


def _list(value: Any) -> list[Any]:
    """A list's items; of a text "a; b" its parts."""
    if value is None:
        return []
    return [part.strip() for part in value.split(";") if part.strip()] if isinstance(value, str) else list(value)


def _once(values: Iterable[str | None]) -> list[str]:
    return list(dict.fromkeys(value for value in values if value))
