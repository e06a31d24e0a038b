"""Parties of records that no actor table knows, by frequency: what a user's own table should have first."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from eventcode.dataset.table import Table
from eventcode.errors import InputError
from eventcode.mentions.actors import ActorFinder

#: Columns of entities (PLOVER), and of words with the column that holds their code (CAMEO).
_ENTITIES = ("actor", "recipient")
_WORDED = {"source_text": "source", "target_text": "target"}
#: Fields of an evidence table (`ec.provenance_frame`) that name a party.
_FIELDS = frozenset({"actor1", "actor2", "source", "target", "side_a", "side_b", *_ENTITIES})


@dataclass(frozen=True)
class UnknownActor:
    """A party that no table names: its words as written most often, country or code and sector if told, how often."""

    text: str
    country: str | None
    sector: str | None
    count: int


def unknown_actors(table: Table, finder: ActorFinder) -> list[UnknownActor]:
    """The parties of records (PLOVER, CAMEO) or of an evidence table that have a name no table knows, most often first.

    `table` is a file as `read_table` gives it. "Villagers" and "Kenyan soldiers" are no unknown actors: every word of
    theirs is known. Raises InputError on a table that has no words of parties; records of ACLED and UCDP have them in
    their evidence table.
    """
    columns = set(table.header)
    if columns.isdisjoint((*_ENTITIES, *_WORDED)) and not {"field", "text"} <= columns:
        raise InputError("no words of parties: expected records of PLOVER or CAMEO, or an evidence table "
                         "(eventcode code --provenance)")
    counted: Counter[tuple[str, str | None, str | None]] = Counter()
    written: dict[str, Counter[str]] = {}
    for row in table.rows:
        for text, country, sector in _parties(dict(zip(table.header, row, strict=True))):
            if text and finder.unknown_name(text):
                counted[text.casefold(), country, sector] += 1
                written.setdefault(text.casefold(), Counter())[text] += 1
    ranked = sorted(counted.items(), key=lambda item: (-item[1], item[0][0], item[0][1] or "", item[0][2] or ""))
    return [UnknownActor(written[text].most_common(1)[0][0], country, sector, count)
            for (text, country, sector), count in ranked]


def _parties(row: Mapping[str, Any]) -> Iterator[tuple[str, str | None, str | None]]:
    if "field" in row and "text" in row:
        if row["field"] in _FIELDS and isinstance(row["text"], str):
            yield row["text"], None, None
        return
    for column in _ENTITIES:
        for entity in _entities(row.get(column)):
            yield str(entity.get("entity_text") or ""), entity.get("code"), entity.get("sector")
    for column, code in _WORDED.items():
        if isinstance(row.get(column), str):
            told = row.get(code)
            yield row[column], told[:3] if isinstance(told, str) else None, None


def _entities(cell: Any) -> list[dict[str, Any]]:
    """The entities of a cell: a list, or the JSON text of one as files have it."""
    if isinstance(cell, str):
        try:
            cell = json.loads(cell)
        except ValueError:
            return []
    return [one for one in cell if isinstance(one, dict)] if isinstance(cell, list) else []
