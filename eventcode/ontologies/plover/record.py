"""The PLOVER record: the 23 fields of an event in the manual's order, and the objects nested in it."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator, model_validator

from eventcode.ontologies.plover import tables
from eventcode.records import Record

Alpha3 = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]


class Part(BaseModel):
    """Base of the nested objects: frozen, no unknown fields, unknown values None."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Entity(Part):
    """One actor or recipient. `code` is a country's alpha-3 code (Kosovo: KOS) or IGO, UNO, EUR, NGO, ISM, IMG, MNC.

    `sector` is one sector, or a main and a second one run together (PTYOPP). `entity_text` is the mention as
    written, `identifier_text` the canonical name.
    """

    code: Alpha3 | None = None
    sector: str | None = None
    entity_text: str | None = None
    identifier_id: str | None = None
    identifier_text: str | None = None
    religion: str | None = None
    ethnicity: str | None = None
    office: str | None = None
    gender: str | None = None
    age: int | None = None

    @field_validator("sector")
    @classmethod
    def _known(cls, value: str | None) -> str | None:
        parts = [] if value is None else [value[i:i + 3] for i in range(0, len(value), 3)]
        unknown = [part for part in parts if part not in tables.sectors()]
        if unknown or len(parts) > 2:
            raise ValueError(f"{value!r} is not one or two PLOVER sectors")
        return value


class Location(Part):
    """Where. `resolution` rises with exactness: 5 within a town, 4 town, 3 district, 2 province, 1 country."""

    extracted_place: str | None = None
    resolved_place: str | None = None
    geonameid: int | None = None
    lat: Annotated[float, Field(ge=-90, le=90)] | None = None
    lon: Annotated[float, Field(ge=-180, le=180)] | None = None
    city: str | None = None
    district: str | None = None
    province: str | None = None
    country: str | None = None
    country_code: Alpha3 | None = None
    feature_class: str | None = None
    feature_code: str | None = None
    resolution: Literal[1, 2, 3, 4, 5] | None = None


class TextInfo(Part):
    """Which part of the text reports the event: offsets of the reporting sentence in the article's text."""

    sequence: int | None = None
    start: int | None = None
    end: int | None = None
    text_story: tuple[str, ...] = ()


class CiteInfo(Part):
    """What the text is and where it is from, as far as the article says."""

    corpus: str | None = None
    citation: str | None = None
    url: str | None = None
    title: str | None = None
    language: str | None = None
    publication: str | None = None
    license: str | None = None
    copyright: str | None = None
    coder: str | None = None
    codebook: str | None = None
    version: str | None = None


class PloverRecord(Record):
    """Who (`actor`) did what (`event`, `mode`) to whom (`recipient`), when, where and in which `context`.

    Lists stay compound (P1). `event_scale` is PLOVER's score, -10 to +10; `quad_code` 1 verbal cooperation, 2 material
    cooperation, 3 verbal conflict, 4 material conflict. `text` is never filled: the article may not be ours to hand on.
    Raises pydantic's ValidationError for an event, mode, context or sector that PLOVER does not have, for a mode of
    another event, for a record without an actor, and for COOPERATE, AID or SANCTION without a recipient (P11).
    """

    ontology: ClassVar[str] = "plover"

    id: str
    has_event: bool = True
    date: dt.date | None = None
    time: str | None = None
    enddate: dt.date | None = None
    endtime: str | None = None
    actor: tuple[Entity, ...] = Field(min_length=1)
    recipient: tuple[Entity, ...] = ()
    event: tuple[str, ...] = Field(min_length=1)
    event_loc: Location | None = None
    event_text: tuple[str, ...] = ()
    quad_code: Literal[1, 2, 3, 4] | None = None
    event_scale: Annotated[float, Field(ge=-10, le=10)] | None = None
    mode: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    link: str | None = None
    text: str | None = None
    text_info: TextInfo | None = None
    cite_info: CiteInfo | None = None
    coder: str | None = None
    coded_date: dt.date | None = None
    coded_time: str | None = None
    comment: str | None = None

    @model_validator(mode="after")
    def _of_the_codebook(self) -> PloverRecord:
        faults = [f"{name!r} is no PLOVER event" for name in self.event if name not in tables.events()]
        faults += [f"{mode!r} is no mode of {', '.join(self.event)}" for mode in self.mode
                   if not any((event, mode) in tables.modes() for event in self.event)]
        faults += [f"{name!r} is no PLOVER context" for name in self.context if name not in tables.contexts()]
        faults += [f"{name} needs a recipient (P11)" for name in self.event
                   if name in tables.events() and tables.events()[name].needs_recipient and not self.recipient]
        if faults:
            raise ValueError("; ".join(faults))
        return self
