"""What the GDELT and the ICEWS view share: ids, the elements of an actor code, the values of event codes."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from eventcode.neutral import Evidence
from eventcode.ontologies.cameo import tables
from eventcode.ontologies.cameo.elements import parse
from eventcode.ontologies.cameo.record import CameoRecord
from eventcode.rules import read_csv
from eventcode.views.stories import Story

#: How the ids of rules begin that find an actor by its name.
_NAMED = ("actors/", "leaders/", "units/")

#: CAMEO codes that GDELT's look-up lists do not have, so that it publishes no Goldstein value of them.
_NOT_IN_GDELT = frozenset({"106", "1213", "1214", "155", "176", "1834", "1951", "1952"})


class ActorCode(NamedTuple):
    """An actor code taken apart: countries and regions, organizations, identities and roles, each in order."""

    countries: tuple[str, ...]
    groups: tuple[str, ...]
    identities: tuple[str, ...]
    roles: tuple[str, ...]


@cache
def taken_apart(code: str) -> ActorCode:
    """The elements of an actor code by kind. One that is on no list of the CAMEO pack is in none of them.

    Roles include the generic codes of international actors (IGO, NGO ...); a region within a country is left out.
    """
    elements = parse(code)

    def of(*kinds: str) -> tuple[str, ...]:
        return tuple(element.code for element in elements if element.kind in kinds)

    return ActorCode(of("country", "region"), of("organization"), of("identity"), of("generic", "role"))


def named(story: Story, evidence: Evidence) -> bool:
    """Is the party one with a name: of the actor tables, or canonical in the events?"""
    party = story.party(evidence)
    return (party is not None and party.name is not None) or any(rule.startswith(_NAMED) for rule in evidence.rules)


def name_of(story: Story, words: str, evidence: Evidence) -> str:
    """The canonical name of the party that these words name where the events know it, else the words, on one line."""
    party = story.party(evidence)
    return (party.name if party else None) or " ".join(words.split())


def event_ids(records: Iterable[CameoRecord]) -> list[int]:
    """A number for each record, the same for the same record wherever it stands; repetitions are counted in."""
    seen: Counter[str] = Counter()
    found = []
    for record in records:
        key = _identity(record)
        seen[key] += 1
        found.append(number_of(key if seen[key] == 1 else f"{key}#{seen[key]}"))
    return found


def number_of(text: str) -> int:
    """A number of 52 bits made from a text: every program reads it exactly, also as a floating-point number."""
    return int(hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:13], 16)


def _identity(record: CameoRecord) -> str:
    spans = [(words.start, words.end) for words in (record.provenance[name] for name in ("code", "source", "target"))]
    return json.dumps([record.meta.article_id, str(record.date), record.source, record.target, record.code, spans])


def gdelt_value(code: str) -> float | None:
    """GDELT's Goldstein value of a code; None for a code that GDELT does not have."""
    return None if code in _NOT_IN_GDELT else tables.codes()[code].goldstein


def icews_value(code: str) -> float | None:
    """ICEWS's intensity of a code; None for a code that ICEWS does not have."""
    return _icews_values().get(code)


@cache
def _icews_values() -> dict[str, float]:
    columns = ("code", "title", "root", "quad", "goldstein", "goldstein_basis", "goldstein_icews", "parent")
    return {row["code"]: float(row["goldstein_icews"])
            for _, row in read_csv(tables.FOLDER / "codes" / "codes.csv", columns) if row["goldstein_icews"]}
