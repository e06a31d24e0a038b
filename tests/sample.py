"""What several tests of tables share: an ontology that needs no language, and records of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, Field

from eventcode.neutral import Evidence
from eventcode.ontologies.base import Check, Coding, Ontology, Reading
from eventcode.records import Record, RecordMeta


class Entity(BaseModel):
    name: str
    country: str | None = None


class SampleRecord(Record):
    """One row of everything a column can hold."""

    ontology = "sample"

    id: str
    code: str | None = None
    note: str = ""
    tags: tuple[str, ...] = ()
    actors: tuple[Entity, ...] = ()
    low: int | None = Field(default=None, ge=0)
    best: int | None = None
    longitude: float | None = None
    ongoing: bool | None = None
    precision: Literal[1, 2, 3] | None = None
    day: date | None = None


def low_is_lowest(row: Mapping[str, Any]) -> str | None:
    if row["low"] is not None and row["best"] is not None and row["low"] > row["best"]:
        return f"low {row['low']} is above best {row['best']}"
    return None


class Sample(Ontology):
    name = "sample"
    record = SampleRecord
    folder = Path(__file__).parent
    checks = (Check("sample/low-best", ("low", "best"), low_is_lowest),)

    @property
    def allowed(self) -> Mapping[str, frozenset[str]]:
        return {"code": frozenset({"010", "NO", "NA", "-"}), "tags": frozenset({"urban", "rural"})}

    def code(self, reading: Reading) -> Coding:
        return Coding()


SAMPLE = Sample()


def record(article: str | None = "a1", **values: Any) -> SampleRecord:
    """A record with evidence for whatever is filled."""
    values = {"id": "x", **values}
    evidence = {name: Evidence(start=0, end=4, text="Army", rules=("en/attack", f"sample/{name}"))
                for name, value in values.items() if value not in (None, "", (), [])}
    return SampleRecord(**values, provenance=evidence, meta=RecordMeta(article_id=article, ontology="sample"))


FULL = record(id="=1+1", code="010", tags=("urban",), actors=(Entity(name="Army; \"2nd\" unit", country="KEN"),),
              low=1, best=2, longitude=-1.5, ongoing=False, precision=2, day=date(2024, 5, 14))
EMPTY = record(id="y", article=None)
