"""Labels of every version of PLOVER, told in those of 2.0.

The draft changed its labels three times: 0.6b2 merged FIGHT into ASSAULT; 0.8 (2021) merged INVESTIGATE and DISAPPROVE
into ACCUSE, dropped CRIME and renewed modes and contexts, and later that year renamed DEMAND to REQUEST; 2.0 (2023)
dropped modes. `labels.csv` says of each label from which version to which it was in use, and what it is called now.
After the manual's drafts in openeventdata/PLOVER (CC BY-SA 4.0), 0.5b1 after its gold standard records.
"""

from __future__ import annotations

import difflib
import re
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple, cast, get_args

from eventcode.errors import InputError, RuleError
from eventcode.ontologies.plover import tables
from eventcode.rules import read_csv

#: The manual's versions with label sets of their own, oldest first. 0.7 is the manual of 2020 and July 2021.
VERSIONS = ("0.5", "0.6", "0.7", "0.8", "0.9", "1.0", "1.1", "1.2", "1.3", "2.0")

#: `same`: still in use; `renamed`: another name for the same; `merged`: now part of something wider; `moved`: a mode
#: of another event now; `guessed`: the nearest there is; `ambiguous`: several could be meant; `none`: dropped.
How = Literal["same", "renamed", "merged", "moved", "guessed", "ambiguous", "none"]

_TABLE = Path(__file__).with_name("labels.csv")
_COLUMNS = ("kind", "event", "label", "first", "last", "to_event", "to_mode", "to_context", "how", "swap", "note")


class Label(NamedTuple):
    """What a label of some version says in 2.0.

    event, mode, contexts: today's labels, None or empty where there is none. versions: those that have the label, ()
    for a name that no version has. how: see `How`. candidates: today's labels that could be meant, where `how` is
    ambiguous. swapped: actor and recipient change places (the host of a meeting is the recipient of a visit).
    """

    label: str
    event: str | None
    mode: str | None
    contexts: tuple[str, ...]
    versions: tuple[str, ...]
    how: How
    note: str = ""
    candidates: tuple[str, ...] = ()
    swapped: bool = False

    @property
    def version(self) -> str:
        """The versions in words: 0.5 to 0.8."""
        ends = dict.fromkeys((*self.versions[:1], *self.versions[-1:]))
        return " to ".join(ends) or "none"


def understand(label: str, version: str | None = None, *, mode: str | None = None) -> Label:
    """What an event label (`FIGHT`), or an event with one of its modes, says in PLOVER 2.0.

    label: an event, in any case; or event and mode as "COERCE/confiscate". mode: the mode, where it stands apart.
    version: the version the label is from ("0.5b1", "0.8", "plover-base-1.3.1"); None: any that has it.

    Raises InputError for a label that no version (or not this one) has, with the nearest ones.
    """
    name, _, own = label.strip().partition("/")
    told = (mode or own).strip().casefold()
    event = _found("event", "", name.strip().upper(), version)
    if not told or event.how in ("ambiguous", "none"):
        return event
    if event.how == "same" or event.label in _events_with_modes():
        return _found("mode", event.label, told, version)
    return _with_mode(event, told, version)


def understand_context(label: str, version: str | None = None) -> Label:
    """What a context label (`refugee`) says in PLOVER 2.0: `contexts`, or `candidates`. Raises InputError."""
    return _found("context", "", label.strip(), version)


def release(version: str) -> str:
    """The version of `VERSIONS` meant by "0.5b1" or "plover-base-1.3.1". Raises InputError."""
    found = re.search(r"(\d+\.\d+)", version)
    if found is None or found[1] not in VERSIONS:
        raise InputError(f"there is no PLOVER version {version!r}; there is: {', '.join(VERSIONS)}")
    return found[1]


def _found(kind: str, event: str, label: str, version: str | None) -> Label:
    known = _labels().get((kind, event), {})
    asked = release(version) if version else None
    found = known.get(label) or known.get({name.casefold(): name for name in known}.get(label.casefold(), ""))
    what = f"{kind} of {event}" if event else kind
    if found is None:
        close = difflib.get_close_matches(label, known, n=3, cutoff=0.5)
        hint = f"; near it: {', '.join(close)}" if close else ""
        raise InputError(f"{label!r} is no PLOVER {what} of any version{hint}")
    if asked and asked not in found.versions:
        raise InputError(f"{label!r} is no PLOVER {what} of version {asked}: it belongs to {found.version}")
    return found


def _with_mode(event: Label, mode: str, version: str | None) -> Label:
    """A renamed event with a mode of the event it is now; the mode must not say otherwise than the name did."""
    today = _found("mode", str(event.event), mode, version)
    if event.mode is not None and event.mode != today.mode:
        raise InputError(f"{event.label} with mode {mode!r}: the label says {event.mode} already")
    return today._replace(label=f"{event.label}/{mode}", versions=event.versions, how=event.how,
                          note=event.note)


@cache
def _events_with_modes() -> frozenset[str]:
    return frozenset(event for kind, event in _labels() if kind == "mode")


@cache
def _labels() -> dict[tuple[str, str], dict[str, Label]]:
    """(kind, event of a mode) to labels and what they say. Raises RuleError for a row that 2.0 contradicts."""
    made: dict[tuple[str, str], dict[str, Label]] = {}
    for line, row in read_csv(_TABLE, _COLUMNS):
        group = made.setdefault((row["kind"], row["event"]), {})
        fault = _fault(row) or ("told twice" if row["label"] in group else None)
        if fault:
            raise RuleError(f"{row['label']}: {fault}", path=_TABLE, line=line)
        group[row["label"]] = _label(row)
    return made


def _label(row: dict[str, str]) -> Label:
    options = tuple(filter(None, row["to_event" if row["kind"] == "event" else "to_context"].split("; ")))
    several = row["how"] == "ambiguous"
    versions = VERSIONS[VERSIONS.index(row["first"]):VERSIONS.index(row["last"]) + 1] if row["first"] else ()
    return Label(f"{row['event']}/{row['label']}" if row["event"] else row["label"],
                 None if several else row["to_event"] or None, row["to_mode"] or None,
                 () if several or row["kind"] != "context" else options, versions, cast(How, row["how"]), row["note"],
                 options if several else (), row["swap"] == "yes")


def _fault(row: dict[str, str]) -> str | None:
    """What is wrong with a row: a version, a word of `how`, or a label that 2.0 does not have."""
    events = row["to_event"].split("; ") if row["to_event"] else []
    contexts = row["to_context"].split("; ") if row["to_context"] else []
    strange = [name for name in events if name not in tables.events()]
    strange += [name for name in contexts if name not in tables.contexts()]
    if row["to_mode"] and (row["to_event"], row["to_mode"]) not in tables.modes():
        strange.append(row["to_mode"])
    strange += [name for name in (row["first"], row["last"]) if name and name not in VERSIONS]
    if row["how"] not in get_args(How):
        strange.append(row["how"])
    return f"unknown: {', '.join(strange)}" if strange else None
