"""The CAMEO record: one dyad, one code, one day."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, ClassVar, Literal

from pydantic import Field, StringConstraints

from eventcode.records import Record

#: An actor code: one to five elements of three letters (CAMEO manual, chapter 3: at most 15 letters).
ActorCode = Annotated[str, StringConstraints(pattern=r"^(?:[A-Z]{3}){1,5}$")]
Code = Annotated[str, StringConstraints(pattern=r"^(?:0[1-9]|1[0-9]|20)\d{0,2}$")]
Root = Annotated[str, StringConstraints(pattern=r"^(?:0[1-9]|1[0-9]|20)$")]


class CameoRecord(Record):
    """Who (`source`) did what (`code`) to whom (`target`) on which day (`date`), and where.

    The first eight columns are CAMEO's; the others say where the event was and which words name the two sides.
    `code` and `root` are text ("010" is not 10). `goldstein` is the code's value on the Goldstein scale, -10 to +10.
    `latitude` and `longitude` are WGS 84 decimal degrees; `country` is the ISO 3166 alpha-3 code of the place.
    """

    ontology: ClassVar[str] = "cameo"

    date: dt.date | None = None
    source: ActorCode
    target: ActorCode
    code: Code
    root: Root
    quad: Literal[1, 2, 3, 4]
    goldstein: Annotated[float, Field(ge=-10, le=10)]
    title: str
    location: str | None = None
    latitude: Annotated[float, Field(ge=-90, le=90)] | None = None
    longitude: Annotated[float, Field(ge=-180, le=180)] | None = None
    country: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")] | None = None
    source_text: str
    target_text: str
