"""What a careful coder wants of a reading, as data, and how far a reading meets it. Used by the golden and seed tests.

A demand maps fields to what they must be. A field may be a dotted path (`actor.sector`); on the way through a list
any of its items will do. What is wanted is a text or a list of alternatives, each one of

* `/words.*/`  a regular expression for the whole value,
* `9..14`      a number in that range,
* `''`         nothing: None, an empty text or an empty list,
* anything else: the value itself, compared as text (a number by its value).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import eventcode as ec

ONTOLOGIES = ("acled", "ucdp-ged", "cameo", "plover")
_RANGE = re.compile(r"(-?\d+(?:\.\d+)?)\.\.(-?\d+(?:\.\d+)?)")
_FLIPPED = {"actor1": "actor2", "assoc_actor_1": "assoc_actor_2", "inter1": "inter2", "actor": "recipient"}
_FLIP = _FLIPPED | {two: one for one, two in _FLIPPED.items()}


@cache
def coder(ontology: str) -> Any:
    """One coder per ontology for the whole test run."""
    return ec.load(ontology)


@cache
def trace(ontology: str, article: ec.Article) -> Any:
    """Every stage of one article, read once per ontology."""
    return coder(ontology).trace(article)


def rows(ontology: str, article: ec.Article) -> list[dict[str, Any]]:
    """The records of an article as plain values, dates as ISO text."""
    records = trace(ontology, article).records
    return [record.model_dump(mode="json", include=set(record.columns())) for record in records]


def counts(events: Iterable[Any]) -> list[dict[str, Any]]:
    """All counts of events and of their reports, as plain values."""
    return [count.model_dump(mode="json") for event in events
            for holder in (event, *event.reports) for count in holder.counts]


def values(data: Any, path: str) -> list[Any]:
    """What stands at a dotted path, all items of every list on the way; [] where the path ends early."""
    found = [data]
    for name in path.split("."):
        found = [item[name] for one in found for item in (one if isinstance(one, list) else [one])
                 if isinstance(item, Mapping) and name in item]
    return [item for one in found for item in (one if isinstance(one, list) else [one])]


def accepts(wanted: str, value: Any) -> bool:
    """Is this value what is wanted?"""
    if wanted == "":
        return value is None or value == ""
    if value is None:
        return False
    if wanted.startswith("/") and wanted.endswith("/") and len(wanted) > 1:
        return re.fullmatch(wanted[1:-1], str(value), re.DOTALL) is not None
    if limits := _RANGE.fullmatch(wanted):
        return _is_number(value) and float(limits[1]) <= float(value) <= float(limits[2])
    return str(value) == wanted or (_is_number(value) and _is_number(wanted) and float(value) == float(wanted))


def _is_number(value: Any) -> bool:
    if isinstance(value, str):  # "0874" is a code, not 874
        return re.fullmatch(r"-?(0|[1-9]\d*)(\.\d+)?", value) is not None
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def misses(fields: Mapping[str, str | Sequence[str]], data: Mapping[str, Any]) -> list[str]:
    """Which fields are not as wanted, in words; [] when all are."""
    found = []
    for path, wanted in fields.items():
        options = [wanted] if isinstance(wanted, str) else list(wanted)
        read = values(data, path)
        if not any(accepts(option, value) for option in options for value in read or [None]):
            found.append(f"{path} is {_short(read)}, wanted {' or '.join(map(repr, options))}")
    return found


def _short(read: list[Any]) -> str:
    return repr(read[0] if len(read) == 1 else read or None)[:160]


def demand_misses(demand: Mapping[str, Any], data: Mapping[str, Any]) -> list[str]:
    """As `misses`, with sides exchanged where the demand leaves their order open."""
    straight = misses(demand["fields"], data)
    if demand.get("either_order") != "true":
        return straight
    flipped = {".".join([_FLIP.get(head, head), *rest]): wanted for path, wanted in demand["fields"].items()
               for head, *rest in [path.split(".")]}
    return min(straight, misses(flipped, data), key=len)


@dataclass
class Verdict:
    """What is wrong with a reading, and which of its rows no demand asked for."""

    faults: list[str] = field(default_factory=list)
    extra: list[dict[str, Any]] = field(default_factory=list)


def judge(demands: Mapping[str, Any], read: Sequence[Mapping[str, Any]], kind: str = "record",
          shown: Callable[[Mapping[str, Any]], str] = str) -> Verdict:
    """Each required demand must have a row of its own, no forbidden one may have any; the rest is extra or optional."""
    required, verdict = demands.get("required", []), Verdict()
    fits = [[i for i, row in enumerate(read) if not demand_misses(demand, row)] for demand in required]
    taken = _assign(fits)
    for number, demand in enumerate(required):
        if number not in taken.values():
            verdict.faults.append(f"missing {kind} ({demand.get('why', '')}): {_nearest(demand, read)}")
    for demand in demands.get("forbidden", []):
        fallen = [row for row in read if not demand_misses(demand, row)]
        verdict.faults += [f"pitfall ({demand.get('why', '')}): {shown(row)}" for row in fallen]
    optional = demands.get("optional", [])
    verdict.extra = [dict(row) for i, row in enumerate(read)
                     if i not in taken and all(demand_misses(demand, row) for demand in optional)]
    return verdict


def _assign(fits: list[list[int]]) -> dict[int, int]:
    """Row to demand, as many demands served as can be (augmenting paths)."""
    taken: dict[int, int] = {}

    def place(demand: int, seen: set[int]) -> bool:
        for row in fits[demand]:
            if row not in seen:
                seen.add(row)
                if row not in taken or place(taken[row], seen):
                    taken[row] = demand
                    return True
        return False

    for demand in range(len(fits)):
        place(demand, set())
    return taken


def _nearest(demand: Mapping[str, Any], read: Sequence[Mapping[str, Any]]) -> str:
    if not read:
        return "there is none at all"
    faults = min((demand_misses(demand, row) for row in read), key=len)
    return "the nearest one: " + "; ".join(faults) if faults else "the only one that fits serves another demand"
