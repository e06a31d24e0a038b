"""GeoJSON and GeoPackage: one feature per row, without a geometry where no point is known."""

from __future__ import annotations

import json
import sqlite3
import struct
import warnings
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from eventcode.dataset.frame import plain, plain_cells, rows_of
from eventcode.dataset.table import Table, from_objects, told_in
from eventcode.dataset.writing import Writing, scalar
from eventcode.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

#: Where the schemas keep latitude and longitude, the place of the event before those of its parties.
_PLACES = (("latitude", "longitude"), ("Latitude", "Longitude"), ("ActionGeo_Lat", "ActionGeo_Long"), ("Lat", "Lon"),
           ("lat", "lon"))
_SRS = 4326  # WGS 84
_EPOCH = "1970-01-01T00:00:00.000Z"  # the same bytes for the same frame: no time of writing


class Point(NamedTuple):
    """A place in degrees of WGS 84."""

    longitude: float
    latitude: float


def points(frame: pd.DataFrame) -> list[Point | None]:
    """Where each row is; None where that is not known, is 0, 0 (how tables write "not known"), or cannot be.

    Warns of coordinates that cannot be. Raises InputError where no two columns have them.
    """
    made: list[Point | None] = []
    wrong = 0
    for latitude, longitude in _pairs(frame):
        known = isinstance(latitude, (int, float)) and isinstance(longitude, (int, float))
        possible = known and -90 <= latitude <= 90 and -180 <= longitude <= 180
        wrong += known and not possible
        made.append(Point(float(longitude), float(latitude)) if possible and (latitude or longitude) else None)
    if wrong:
        warnings.warn(f"{wrong} rows have coordinates outside of the globe: they get no geometry", stacklevel=4)
    return made


def _pairs(frame: pd.DataFrame) -> Iterator[tuple[Any, Any]]:
    """(latitude, longitude) of each row, from two columns or, in PLOVER, out of event_loc."""
    names = [str(name) for name in frame.columns]
    found = next((pair for pair in _PLACES if set(pair) <= set(names)), None)
    if found:
        yield from zip(*(plain_cells(frame, names.index(name)) for name in found), strict=True)
    elif "event_loc" in names:
        for cell in plain_cells(frame, names.index("event_loc")):
            place = json.loads(cell) if isinstance(cell, str) else cell
            yield (place.get("lat"), place.get("lon")) if isinstance(place, Mapping) else (None, None)
    else:
        raise InputError("there are no coordinates: the frame has none of the columns "
                         f"{'; '.join(', '.join(pair) for pair in _PLACES)}; event_loc")


def write_geojson(frame: pd.DataFrame, path: Path, writing: Writing) -> None:
    """A FeatureCollection (RFC 7946); all columns are properties, the coordinates too, so that nothing is rounded."""
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.write(f'{{"type": "FeatureCollection", "eventcode": {writing.told}, "features": [')
        for number, (row, point) in enumerate(zip(rows_of(frame), points(frame), strict=True)):
            feature = {"type": "Feature", "geometry": point and {"type": "Point", "coordinates": list(point)},
                       "properties": dict(zip(map(str, frame.columns), row, strict=True))}
            out.write(("," if number else "") + "\n" + json.dumps(feature, ensure_ascii=False, default=str))
        out.write("\n]}\n")


def read_geojson(path: Path) -> Table:
    """The properties of a FeatureCollection."""
    try:
        content = json.loads(path.read_bytes().decode("utf-8-sig"))
    except json.JSONDecodeError as problem:
        raise InputError(f"{path}: not JSON: {problem}") from None
    if not isinstance(content, dict) or not isinstance(content.get("features"), list):
        raise InputError(f"{path}: not a FeatureCollection")
    told = content.get("eventcode")
    found = [item.get("properties") if isinstance(item, dict) else item for item in content["features"]]
    return from_objects(found, metadata=told if isinstance(told, dict) else None)


_TABLES = """
CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY,
  organization TEXT NOT NULL, organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
  description TEXT DEFAULT '', last_change DATETIME NOT NULL, min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE,
  srs_id INTEGER, CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL,
  geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL,
  CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name), CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));
"""
_WGS84 = ('GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],'
          'AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,'
          'AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4326"]]')
#: The reference systems that every GeoPackage has (OGC 12-128r15, table 3).
_SYSTEMS = (("WGS 84 geodetic", _SRS, "EPSG", _SRS, _WGS84, "longitude/latitude in decimal degrees"),
            ("Undefined cartesian SRS", -1, "NONE", -1, "undefined", None),
            ("Undefined geographic SRS", 0, "NONE", 0, "undefined", None))
_KINDS = {"i": "INTEGER", "u": "INTEGER", "f": "DOUBLE", "b": "BOOLEAN", "M": "DATE"}


def write_gpkg(frame: pd.DataFrame, path: Path, writing: Writing) -> None:
    """A GeoPackage (OGC 12-128r15, version 1.3) with one layer of points, `events`; it needs no package but sqlite3."""
    names = _columns(frame)
    where = points(frame)
    known = [point for point in where if point]
    edges = [edge(axis) for edge in (min, max) for axis in zip(*known, strict=True)] or [None] * 4
    base = sqlite3.connect(path)
    try:
        base.executescript("PRAGMA application_id = 0x47504B47; PRAGMA user_version = 10300;" + _TABLES)
        base.executemany("INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, ?)", _SYSTEMS)
        base.execute("INSERT INTO gpkg_contents VALUES ('events', 'features', 'events', ?, ?, ?, ?, ?, ?, ?)",
                     (writing.told, _EPOCH, *edges, _SRS))
        base.execute("INSERT INTO gpkg_geometry_columns VALUES ('events', ?, 'POINT', ?, 0, 0)", (names[1], _SRS))
        quoted = [_quoted(name) for name in names]
        kinds = ["INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL", "POINT",
                 *(_KINDS.get(getattr(dtype, "kind", "O"), "TEXT") for dtype in frame.dtypes)]
        base.execute(f"CREATE TABLE events ({', '.join(map(' '.join, zip(quoted, kinds, strict=True)))})")
        base.executemany(f"INSERT INTO events VALUES ({', '.join('?' * len(names))})",
                         ((number, point and _blob(point), *map(scalar, row)) for number, (row, point)
                          in enumerate(zip(rows_of(frame), where, strict=True), 1)))
        base.commit()
    except sqlite3.Error as problem:
        raise InputError(f"{path}: cannot be written: {problem}") from None
    finally:
        base.close()


def _columns(frame: pd.DataFrame) -> list[str]:
    """The layer's columns: number, geometry, and the frame's. SQLite takes names for the same whatever their case."""
    names = [str(name) for name in frame.columns]
    lower = [name.lower() for name in names]
    twice = sorted({name for name in names if lower.count(name.lower()) > 1})
    if twice:
        raise InputError(f"a GeoPackage cannot tell columns apart by case: {', '.join(twice)}")
    own = []
    for name in ("fid", "geom"):
        while name in lower:
            name += "_"
        own.append(name)
    return [*own, *names]


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _blob(point: Point) -> bytes:
    """A geometry as a GeoPackage keeps it: its header, and the point as well-known binary, little-endian."""
    return b"GP" + struct.pack("<BBi", 0, 1, _SRS) + struct.pack("<BIdd", 1, 1, *point)


def read_gpkg(path: Path) -> Table:
    """The rows of a GeoPackage's layer of features (the first by name), without number and geometry."""
    if not path.is_file():
        raise InputError(f"{path}: cannot be read: there is no such file")
    base = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        layer = base.execute("SELECT c.table_name, g.column_name, c.description FROM gpkg_contents c "
                             "JOIN gpkg_geometry_columns g USING (table_name) ORDER BY 1").fetchone()
        if layer is None:
            raise InputError(f"{path}: no layer of features in it")
        about = base.execute(f"PRAGMA table_info({_quoted(layer[0])})").fetchall()
        held = [(name, kind) for _, name, kind, _, _, key in about if not key and name != layer[1]]
        columns = ", ".join(_quoted(name) for name, _ in held)
        rows = [[_cell(cell, kind) for cell, (_, kind) in zip(row, held, strict=True)]
                for row in base.execute(f"SELECT {columns or 'NULL'} FROM {_quoted(layer[0])} ORDER BY rowid")]
    except sqlite3.Error as problem:
        raise InputError(f"{path}: not a GeoPackage: {problem}") from None
    finally:
        base.close()
    return Table([name for name, _ in held], rows, [], untyped=False, metadata=told_in(layer[2]))


def _cell(value: Any, kind: str) -> Any:
    return bool(value) if kind == "BOOLEAN" and value is not None else plain(value)
