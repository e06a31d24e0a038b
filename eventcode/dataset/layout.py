"""Tables of any known format as one: where each keeps its ids, days, places, sides, kinds of event and deaths."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from eventcode.dataset.columns import text_dtype
from eventcode.dataset.extents import iso3
from eventcode.dataset.frame import plain
from eventcode.dataset.keys import numbered
from eventcode.errors import InputError

if TYPE_CHECKING:
    from eventcode.ontologies.base import Ontology


class Layout(NamedTuple):
    """The columns of a format, None where it has none. `country_as`: name, iso3, fips or gw.

    `directed`: does the first side act on the second? `nested`: sides, events and place are lists and objects (PLOVER).
    """

    identity: str | None
    day: str
    end: str | None
    country: str | None
    country_as: str
    admin1: str | None
    latitude: str | None
    longitude: str | None
    source: str
    target: str
    event: str
    directed: bool = True
    deaths: tuple[str | None, str | None, str | None] = (None, None, None)  # low, best, high
    text: str | None = None
    kinds: tuple[str, ...] = ()
    nested: bool = False


LAYOUTS = {
    "acled": Layout("event_id_cnty", "event_date", None, "country", "name", "admin1", "latitude", "longitude", "actor1",
                    "actor2", "sub_event_type", False, (None, "fatalities", None), "notes", ("event_type",)),
    "ucdp-ged": Layout("id", "date_start", "date_end", "country", "name", "adm_1", "latitude", "longitude", "side_a",
                       "side_b", "type_of_violence", True, ("low", "best", "high"), "source_headline"),
    "cameo": Layout(None, "date", None, "country", "iso3", None, "latitude", "longitude", "source", "target", "code",
                    kinds=("root", "quad")),
    "plover": Layout("id", "date", "enddate", "event_loc", "iso3", "event_loc", "event_loc", "event_loc", "actor",
                     "recipient", "event", text="text", nested=True),
    "gdelt": Layout("GLOBALEVENTID", "SQLDATE", None, "ActionGeo_CountryCode", "fips", None, "ActionGeo_Lat",
                    "ActionGeo_Long", "Actor1Code", "Actor2Code", "EventCode", kinds=("EventRootCode", "QuadClass")),
    "icews": Layout("Event ID", "Event Date", None, "Country", "name", "Province", "Latitude", "Longitude",
                    "Source Name", "Target Name", "CAMEO Code"),
    "polecat": Layout("Event ID", "Event Date", None, "Country", "iso3", "Province", "Latitude", "Longitude",
                      "Actor Name", "Recipient Name", "Event Type", kinds=("Event Mode",)),
    "phoenix": Layout("EventID", "Date", None, "CountryCode", "iso3", None, "Lat", "Lon", "SourceActorFull",
                      "TargetActorFull", "EventCode", kinds=("EventRootCode", "PentaClass")),
}


def layout_of(schema: str | Ontology | Layout) -> Layout:
    """The layout of a format by its name, or one's own. Raises InputError on an unknown one."""
    if isinstance(schema, Layout):
        return schema
    name = schema if isinstance(schema, str) else schema.name
    if name not in LAYOUTS:
        raise InputError(f"no layout of {name!r} is known; known are {', '.join(LAYOUTS)}: give a Layout of your own")
    return LAYOUTS[name]


def days(cells: pd.Series[Any]) -> np.ndarray:
    """Days as datetime64[D], NaT where a cell is none; from days, ISO text, YYYYMMDD and "05 March 2021"."""
    if pd.api.types.is_datetime64_any_dtype(cells.dtype):
        return cells.to_numpy(dtype="datetime64[D]")
    codes, distinct = pd.factorize(cells)
    found = np.array([_day(value) for value in distinct] + [np.datetime64("NaT", "D")], dtype="datetime64[D]")
    return found[codes]


def _day(value: Any) -> np.datetime64:
    text = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()
    for pattern in ("%Y%m%d", "ISO8601", "%d %B %Y"):
        made = pd.to_datetime(text, format=pattern, errors="coerce")
        if not pd.isna(made) and (pattern != "%Y%m%d" or len(text) == 8):
            return np.datetime64(made.date(), "D")
    return np.datetime64("NaT", "D")


def alpha3(cells: pd.Series[Any], told: str) -> pd.Series[Any]:
    """Countries as ISO 3166 alpha-3 codes; missing where unknown. `told` as in Layout.country_as."""
    codes, distinct = pd.factorize(cells)
    found = [iso3(str(plain(value)), told) for value in distinct]
    return pd.Series(np.array([*found, None], dtype=object)[codes], dtype=text_dtype())


def cells_of(frame: pd.DataFrame, name: str, purpose: str) -> pd.Series[Any]:
    """A column with its rows numbered from 0. Raises InputError where it is not there."""
    if name not in frame.columns:
        raise InputError(f"{purpose}: there is no column {name!r}")
    return frame[name].reset_index(drop=True)


def side(frame: pd.DataFrame, name: str, nested: bool, purpose: str) -> pd.Series[Any]:
    """One side of each event as text; missing where nobody is named. PLOVER's entities become "COD-MIL; Red Belts"."""
    cells = cells_of(frame, name, purpose)
    if not nested:
        return pd.Series(cells, dtype=text_dtype())
    return pd.Series([_entities(_parsed(cell)) for cell in cells.tolist()], dtype=text_dtype())


def _entities(found: Any) -> str | None:
    told = [_entity(one) for one in found or () if isinstance(one, dict)]
    return "; ".join(sorted({one for one in told if one})) or None


def _entity(one: dict[str, Any]) -> str | None:
    coded = "-".join(part for part in (one.get("code"), one.get("sector")) if part)
    return coded or one.get("identifier_text")


def _parsed(cell: Any) -> Any:
    cell = plain(cell)
    if isinstance(cell, str) and cell[:1] in "[{":
        return json.loads(cell)
    return cell


def kind(frame: pd.DataFrame, layout: Layout, purpose: str) -> pd.Series[Any]:
    """The kind of each event as text; PLOVER's several events with semicolons."""
    cells = cells_of(frame, layout.event, purpose)
    if not layout.nested:
        return pd.Series(cells.map(str, na_action="ignore"), dtype=text_dtype())
    return pd.Series(["; ".join(sorted(map(str, _parsed(cell) or ()))) or None for cell in cells.tolist()],
                     dtype=text_dtype())


_PLACE = {"country": "country_code", "admin1": "province", "latitude": "lat", "longitude": "lon"}


def where(frame: pd.DataFrame, layout: Layout, purpose: str) -> pd.DataFrame:
    """country (alpha-3), admin1 (text), latitude and longitude (degrees) of each event, missing where not told.

    A column that the format has but the frame lacks is missing throughout.
    """
    named = {part: getattr(layout, part) for part in _PLACE}
    if layout.nested and layout.country in frame.columns:
        told = [_parsed(cell) or {} for cell in frame[layout.country].tolist()]
        cells = {part: pd.Series([one.get(key) for one in told], dtype="object") for part, key in _PLACE.items()}
    else:
        cells = {part: frame[name].reset_index(drop=True) if name in frame.columns else
                 pd.Series([None] * len(frame), dtype="object") for part, name in named.items()}
    return pd.DataFrame({
        "country": alpha3(cells["country"], layout.country_as),
        "admin1": pd.Series(cells["admin1"], dtype=text_dtype()),
        "latitude": pd.to_numeric(cells["latitude"], errors="coerce").astype("float64"),
        "longitude": pd.to_numeric(cells["longitude"], errors="coerce").astype("float64")})


def codes_of(cells: pd.Series[Any]) -> np.ndarray:
    """A number for each different cell, -1 where empty."""
    return numbered(cells, lambda cell, row: plain(cell))
