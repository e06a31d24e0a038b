"""The GED-style record: the 49 columns of UCDP GED 25.1, unchanged and in its order."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Literal

from pydantic import Field

from eventcode.records import Record


class UcdpGedRecord(Record):
    """One event coded in the manner of UCDP GED.

    Ids, active_year and code_status are UCDP's to give and stay None. Deaths are people; best is the sum of the four
    deaths columns. Coordinates are WGS 84 degrees, priogrid_gid is the PRIO-GRID cell they lie in.
    """

    ontology: ClassVar[str] = "ucdp-ged"

    id: int | None = None
    relid: str | None = None
    year: int = Field(ge=1900)
    active_year: bool | None = None
    code_status: str | None = None
    type_of_violence: Literal[1, 2, 3]
    conflict_dset_id: str | None = None
    conflict_new_id: int | None = None
    conflict_name: str | None = None
    dyad_dset_id: str | None = None
    dyad_new_id: int | None = None
    dyad_name: str
    side_a_dset_id: str | None = None
    side_a_new_id: int | None = None
    side_a: str
    side_b_dset_id: str | None = None
    side_b_new_id: int | None = None
    side_b: str
    number_of_sources: int = Field(ge=-1)
    source_article: str | None = None
    source_office: str | None = None
    source_date: str | None = None
    source_headline: str | None = None
    source_original: str | None = None
    where_prec: Literal[1, 2, 3, 4, 5, 6, 7]
    where_coordinates: str
    where_description: str | None = None
    adm_1: str | None = None
    adm_2: str | None = None
    latitude: float | None = Field(default=None, ge=-90, le=90)
    longitude: float | None = Field(default=None, ge=-180, le=180)
    geom_wkt: str | None = None
    priogrid_gid: int | None = Field(default=None, ge=1, le=259200)
    country: str
    country_id: int | None = None
    region: Literal["Africa", "Americas", "Asia", "Europe", "Middle East"] | None = None
    event_clarity: Literal[1, 2]
    date_prec: Literal[1, 2, 3, 4, 5]
    date_start: date
    date_end: date
    deaths_a: int = Field(ge=0)
    deaths_b: int = Field(ge=0)
    deaths_civilians: int = Field(ge=0)
    deaths_unknown: int = Field(ge=0)
    best: int = Field(ge=0)
    high: int = Field(ge=0)
    low: int = Field(ge=0)
    gwnoa: str | None = None
    gwnob: str | None = None


def priogrid(latitude: float, longitude: float) -> int:
    """The PRIO-GRID cell (half a degree wide) of a point; cells count from 1 in the south-west, 720 to a row.

    The north pole and the antimeridian belong to the last row and column.
    """
    row = min(int((latitude + 90) * 2), 359)
    column = min(int((longitude + 180) * 2), 719)
    return row * 720 + column + 1
