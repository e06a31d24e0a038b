"""What a published file of event records looks like: columns and their kinds, delimiter, missing values, versions."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from eventcode.dataset.columns import columns as ontology_columns
from eventcode.dataset.columns import resolve
from eventcode.errors import InputError
from eventcode.rules import read_csv

if TYPE_CHECKING:
    import pandas as pd

Kind = Literal["text", "integer", "number", "boolean", "date"]

FOLDER = Path(__file__).parent
#: The columns of the formats that `ec.view` makes; a file of that format has the same.
VIEWS = FOLDER.parents[1] / "views" / "formats"

_ISO_DAYS = ("%Y-%m-%d", "%Y-%m-%d %H:%M:%S.%f", "%Y-%m-%d %H:%M:%S")


@dataclass(frozen=True)
class Release:
    """One data set's files.

    kinds: column to kind, in order. headerless: the columns of a file without a header, by its cells; () where there
    is no such file. native: the delimiter of its own files where they quote nothing. missing: what stands for no
    value beside an empty cell. days: formats of `strptime` that its dates come in. renamed: names that columns have in
    other versions, to ours. version: what the columns, the values and the file's name tell of the version, and notes.
    """

    name: str
    kinds: Mapping[str, Kind]
    version: Callable[[pd.DataFrame, str], tuple[str | None, list[str]]]
    headerless: Callable[[pd.DataFrame], tuple[str, ...]] = lambda cells: ()
    native: str | None = None
    missing: frozenset[str] = frozenset()
    days: Sequence[str] = _ISO_DAYS
    renamed: Mapping[str, str] = field(default_factory=dict)


def release(name: str) -> Release:
    """What files of a data set look like. Raises InputError with the known names."""
    if name not in RELEASES:
        raise InputError(f"there is no release {name!r}; known are {', '.join(RELEASES)}")
    return RELEASES[name]()


@cache
def _table(path: Path) -> dict[str, Kind]:
    """Column to kind, of a table with at least these two columns."""
    names = path.read_text(encoding="utf-8").partition("\n")[0].split(",")
    return {row["name"]: row["kind"] for _, row in read_csv(path, names)}  # type: ignore[misc]


def _of_ontology(name: str) -> dict[str, Kind]:
    return {column.name: column.kind for column in ontology_columns(resolve(name)).values() if column.kind != "nested"}


@cache
def _acled() -> Release:
    return Release("acled", {**_of_ontology("acled"), **_table(FOLDER / "acled.csv")}, _acled_version,
                   days=(*_ISO_DAYS, "%d %B %Y", "%d-%B-%Y", "%d-%b-%Y", "%d/%m/%Y"))


def _acled_version(frame: pd.DataFrame, _: str) -> tuple[str | None, list[str]]:
    """By the classes of actors: text since 26 September 2024, numbers before (or asked for with inter_num=1)."""
    legacy = [name for name in _table(FOLDER / "acled.csv") if name in frame.columns and "population" not in name]
    notes = [f"legacy columns: {', '.join(legacy)}"] if legacy else []
    if "inter1" not in frame.columns or not frame["inter1"].notna().any():
        return None, notes
    if frame["inter1"].dropna().str.fullmatch(r"\d+").all():
        return "before 2024-09-26", [*notes, "inter1, inter2 and interaction are numbers"]
    return "since 2024-09-26", notes


@cache
def _ged() -> Release:
    return Release("ucdp-ged", _of_ontology("ucdp-ged"), _ged_version)


def _ged_version(frame: pd.DataFrame, name: str) -> tuple[str | None, list[str]]:
    """By the file's name (GEDEvent_v25_1.csv), else by active_year: 0 and 1 up to 24.1, words from 25.1 on."""
    told = re.search(r"v(\d{1,2})_(\d)", name)
    if told:
        return f"{int(told[1])}.{told[2]}", []
    if "active_year" not in frame.columns or not frame["active_year"].notna().any():
        return None, []
    numbers = frame["active_year"].dropna().str.fullmatch(r"[01]").all()
    return ("24.1 or earlier" if numbers else "25.1 or later"), []


@cache
def _gdelt() -> Release:
    kinds = _table(VIEWS / "gdelt.csv")
    first = tuple(name for name in kinds if not name.endswith("ADM2Code"))
    return Release("gdelt", kinds, _gdelt_version, native="\t", headerless=_by_width(tuple(kinds), first, first[:-1]))


def _gdelt_version(frame: pd.DataFrame, _: str) -> tuple[str | None, list[str]]:
    """2 has codes of second-level units, 1 has none; its files before April 2013 have no SOURCEURL."""
    if "ActionGeo_ADM2Code" in frame.columns:
        return "2.0", []
    return "1.0", [] if "SOURCEURL" in frame.columns else ["no SOURCEURL: a file from before April 2013"]


@cache
def _mentions() -> Release:
    kinds = _table(VIEWS / "gdelt-mentions.csv")
    return Release("gdelt-mentions", kinds, lambda *_: ("2.0", []), headerless=_by_width(tuple(kinds)), native="\t")


@cache
def _icews() -> Release:
    return Release("icews", _table(VIEWS / "icews.csv"), lambda *_: (None, []), native="\t",
                   missing=frozenset({"NULL"}), days=(*_ISO_DAYS, "%m/%d/%Y"))


@cache
def _polecat() -> Release:
    return Release("polecat", _table(VIEWS / "polecat.csv"), _polecat_version, native="\t",
                   missing=frozenset({"None"}), renamed={"Event Intensity": "Intensity"})


def _polecat_version(frame: pd.DataFrame, _: str) -> tuple[str | None, list[str]]:
    """As the rows themselves say."""
    told = sorted(frame["Version"].dropna().unique()) if "Version" in frame.columns else []
    return "; ".join(told) or None, []


@cache
def _phoenix() -> Release:
    kinds = _table(FOLDER / "phoenix.csv")
    return Release("phoenix", kinds, lambda *_: (None, []), headerless=_by_width(tuple(kinds)), native="\t",
                   missing=frozenset({"---"}), renamed={"QuadClass": "PentaClass"})


@cache
def _petrarch() -> Release:
    return Release("petrarch", _table(FOLDER / "petrarch.csv"), lambda *_: (None, []), native="\t",
                   headerless=_petrarch_columns, missing=frozenset({"---", "NULL"}))


def _petrarch_columns(cells: pd.DataFrame) -> tuple[str, ...]:
    """Six columns, the address where there is one, the source of the news, and what else was asked for.

    That is words of the actors (two columns), of the event (one), roots of the actors (two): their number tells which,
    but for two, which are taken for the words.
    """
    names = list(_table(FOLDER / "petrarch.csv"))
    address = cells.shape[1] > 7 and bool(cells[6].str.contains("://", regex=False).any())
    base = [name for name in names[:8] if address or name != "URL"]
    words, event, roots = names[8:10], names[10:11], names[11:]
    more = {0: [], 1: event, 2: words, 3: words + event, 4: words + roots, 5: words + event + roots}
    return (*base, *more.get(cells.shape[1] - len(base), []))


def _by_width(*sets: tuple[str, ...]) -> Callable[[pd.DataFrame], tuple[str, ...]]:
    """The set of columns that has as many as the file."""
    return lambda cells: next((names for names in sets if len(names) == cells.shape[1]), ())


#: Data set to what its files look like.
RELEASES: Mapping[str, Callable[[], Release]] = MappingProxyType({
    "acled": _acled, "ucdp-ged": _ged, "gdelt": _gdelt, "gdelt-mentions": _mentions, "icews": _icews,
    "polecat": _polecat, "phoenix": _phoenix, "petrarch": _petrarch})
