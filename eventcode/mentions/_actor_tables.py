"""The actor tables of a language: read, checked, and laid into one dictionary of words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Literal, get_args

from eventcode.collector import uncollected
from eventcode.countries import by_iso3
from eventcode.errors import RuleError
from eventcode.mentions._actor_words import alias_key
from eventcode.neutral import TRAITS, Sector
from eventcode.patterns import TokenTrie
from eventcode.rules import read_csv

Kind = Literal["country", "adjective", "people", "metonym", "actor", "leader", "role", "community", "unit", "none"]
ACTOR_COLUMNS = ("id", "name", "aliases", "country", "sector", "traits", "start", "end", "note")
#: `parent`: id of the group or body it is a part of; `checked`: the month (YYYY-MM) somebody last checked the line.
MORE_ACTOR_COLUMNS = ("parent", "checked")
LEADER_COLUMNS = ("id", "name", "aliases", "bare", "country", "sector", "actor", "start", "end")
#: `office`: what the person holds ("head of government"); two of one country cannot hold it on the same day.
MORE_LEADER_COLUMNS = ("office", "checked")
_SECTORS = frozenset(get_args(Sector))
_FLAGS = frozenset({"weak", "title", "title_only", "anaphor", "modified", "gov"})
_STATE = ("country", "state")
#: How long an open-ended row is taken to hold when no day is known: the span that covers most days wins.
_OPEN = (date(1990, 1, 1), date(2026, 12, 31))
_MONTH = re.compile(r"(?:\d{4}-(?:0[1-9]|1[0-2]))?")
_OFFICE = ("state", "government", "official", "person")


@dataclass(frozen=True, slots=True)
class Entry:
    """What a row of a table says about one of its names. `demand` is how each piece must be written."""

    kind: Kind
    rule: str
    name: str
    demand: tuple[int, ...] = ()
    key: str = ""
    country: str | None = None
    sector: Any = None
    traits: tuple[Any, ...] = ()
    start: date | None = None
    end: date | None = None
    parent: str = ""
    plural: bool = False
    person: bool = False
    flags: frozenset[str] = frozenset()
    layer: int = 0
    faint: bool = False  # a name that counts only where the text tells of the actor's country

    def valid(self, on: date) -> bool:
        """Does the row hold on that day?"""
        return (self.start is None or self.start <= on) and (self.end is None or on <= self.end)

    def fit(self, on: date | None) -> int:
        """How well the row fits the day: on it 0, else minus the days off; without a day, its length."""
        start, end = self.start or _OPEN[0], self.end or _OPEN[1]
        if on is None:
            return (end - start).days
        return 0 if self.valid(on) else -min(abs((start - on).days), abs((on - end).days))


def _asking(entry: Entry, demand: tuple[int, ...]) -> Entry:
    """The entry for a name that must be written so: what `replace` does, in half its time."""
    return Entry(entry.kind, entry.rule, entry.name, demand, entry.key, entry.country, entry.sector, entry.traits,
                 entry.start, entry.end, entry.parent, entry.plural, entry.person, entry.flags, entry.layer,
                 entry.faint)


Row = tuple[int, Mapping[str, str]]
Named = tuple[str, Entry]


class ActorTables:
    """All names of one language, and those of extra tables, as one dictionary: `trie`, `first` (first words)."""

    def __init__(self, folder: Path, extra: Sequence[Any] = ()) -> None:
        self.trie: TokenTrie[Entry] = TokenTrie()
        self.branches: dict[tuple[str, str], Entry] = {}
        self.actors: dict[str, tuple[Entry, ...]] = {}
        self.organizations = dict(_organizations(folder / "organizations.csv"))
        self.organization_nouns = frozenset(words[-1] for words in self.organizations)
        #: First word to names that need a country to mean an actor: marked so, or words of a plain role too.
        self.unsure: dict[str, set[tuple[str, ...]]] = {}
        first: set[str] = set()
        self.overlaid = frozenset(row["id"] for table in extra for _, row in _actor_rows(table))
        with uncollected():
            self._fill(folder, extra, first)
        self.first = frozenset(first)

    def _fill(self, folder: Path, extra: Sequence[Any], first: set[str]) -> None:
        before: Entry | None = None
        alike: dict[tuple[int, ...], Entry] = {}  # names of one row that are written alike share an entry
        roles: set[tuple[str, ...]] = set()
        for alias, entry in self._named(folder, extra):
            words, demand = alias_key(alias)
            if words:
                if entry is not before:
                    before, alike = entry, {entry.demand: entry}
                if demand not in alike:
                    alike[demand] = _asking(entry, demand)
                self.trie.add(words, alike[demand])
                first.add(words[0])
                if entry.kind == "role":
                    roles.add(tuple(words))
                if entry.faint or (entry.kind == "actor" and tuple(words) in roles):
                    self.unsure.setdefault(words[0], set()).add(tuple(words))

    def _named(self, folder: Path, extra: Sequence[Any]) -> Iterator[Named]:
        yield from _demonyms(folder / "demonyms.csv")
        yield from _roles(folder / "roles.csv")
        yield from _communities(folder / "communities.csv")
        yield from _units(folder / "units.csv")
        yield from _leaders(folder / "leaders.csv")
        for layer, tables in enumerate([actor_files(folder), *((table,) for table in extra)]):
            for alias, entry in _actors(tables, layer):
                if layer or entry.key not in self.overlaid:
                    self._list(entry)
                    yield alias, entry

    def branches_of(self, actor: str) -> list[Entry]:
        """The branches that an actor has in some countries, by its id."""
        return self._branches_of.get(actor, [])

    @cached_property
    def _branches_of(self) -> dict[str, list[Entry]]:
        found: dict[str, list[Entry]] = {}
        for (parent, _), branch in self.branches.items():
            found.setdefault(parent, []).append(branch)
        return found

    def _list(self, entry: Entry) -> None:
        if entry.faint:
            return
        if entry not in self.actors.get(entry.key, ()):
            self.actors[entry.key] = (*self.actors.get(entry.key, ()), entry)
        if entry.parent and entry.country:
            self.branches[entry.parent, entry.country] = entry


def actor_files(folder: Path) -> tuple[Path, ...]:
    """The actor tables of a language, in order of name: all CSV files of its folder `actors`."""
    files = tuple(sorted((folder / "actors").glob("*.csv")))
    if not files:
        raise RuleError("holds no actor table (*.csv)", path=folder / "actors")
    return files


def split_list(text: str) -> tuple[str, ...]:
    """The parts of a cell that are separated by '|'."""
    if "|" not in text:
        return (text.strip(),) if text.strip() else ()
    return tuple(stripped for part in text.split("|") if (stripped := part.strip()))


@lru_cache(maxsize=16384)
def read_day(text: str, end: bool = False) -> date | None:
    """YYYY or YYYY-MM-DD as a day; a bare year is its first day, or as an end its last. Nothing gives None."""
    if not text:
        return None
    if len(text) == 4:
        return date(int(text), 12, 31) if end else date(int(text), 1, 1)
    return date.fromisoformat(text)


def _actors(tables: Sequence[Any], layer: int) -> Iterator[Named]:
    """The names of these tables, which share one space of ids."""
    seen: dict[str, str] = {}
    for table in tables:
        source = table if isinstance(table, (str, Path)) else "actor frame"
        for line, row in _actor_rows(table):
            made = _checked_actor(row, source, line, layer)
            if row["id"] in seen and not (made.start or made.end):
                raise RuleError(f"id used twice without dates (first in {seen[row['id']]})", path=source, line=line,
                                rule=row["id"])
            seen.setdefault(row["id"], f"{source}, line {line}")
            for alias in dict.fromkeys((row["name"], *split_list(row["aliases"]))):
                yield alias.rstrip("?"), replace(made, faint=True) if alias.endswith("?") else made


def _actor_rows(table: Any) -> Iterable[Row]:
    if isinstance(table, (str, Path)):
        return list(read_csv(Path(table), ACTOR_COLUMNS, MORE_ACTOR_COLUMNS))
    if not hasattr(table, "to_dict"):
        raise RuleError(f"an actor table is a path or a data frame, not {type(table).__name__}")
    return [(i, _frame_row(row, i)) for i, row in enumerate(table.to_dict("records"), start=1)]


def _frame_row(row: Mapping[Any, Any], line: int) -> dict[str, str]:
    missing, unknown = set(ACTOR_COLUMNS) - set(row), set(map(str, row)) - {*ACTOR_COLUMNS, *MORE_ACTOR_COLUMNS}
    if missing or unknown:
        raise RuleError(f"columns: missing {sorted(missing)}, unknown {sorted(unknown)}", path="actor frame", line=line)
    # A missing cell of a frame is None, NaN or NA: the last two are not equal to themselves, or say so badly.
    return {str(key): "" if value is None or str(value) in ("nan", "<NA>", "NaT") else _cell(value)
            for key, value in row.items()}


def _cell(value: Any) -> str:
    return value.isoformat()[:10] if hasattr(value, "isoformat") else str(value).strip()


def _checked_actor(row: Mapping[str, str], source: Any, line: int, layer: int) -> Entry:
    faults = check_actor(row)
    if faults:
        raise RuleError("; ".join(faults), path=source, line=line, rule=row["id"] or None)
    start, end = _days(row, [])
    return Entry("actor", f"actors/{row['id']}", row["name"], alias_key(row["name"])[1], key=row["id"],
                 country=row["country"] or None, sector=row["sector"] or None, traits=split_list(row["traits"]),
                 start=start, end=end, parent=row.get("parent", ""), layer=layer)


def check_actor(row: Mapping[str, str]) -> list[str]:
    """What is wrong with the cells of a row of an actor table or of a table of leaders."""
    faults = _faults(row)
    faults += [f"no {column}" for column in ("id", "name") if not row[column]]
    if not _MONTH.fullmatch(row.get("checked", "")):
        faults.append(f"checked {row['checked']!r} is not YYYY-MM")
    _days(row, faults)
    return faults


def _faults(row: Mapping[str, str]) -> list[str]:
    """What is wrong with the country, sector and traits of a row."""
    return list(_faults_of(row.get("country", ""), row.get("sector", ""), row.get("traits", "")))


@lru_cache(maxsize=16384)  # thousands of rows share a few of each
def _faults_of(countries: str, sector: str, traits: str) -> tuple[str, ...]:
    found = [f"{code!r} is not an ISO 3166 alpha-3 code" for code in split_list(countries)
             if by_iso3(code) is None or code != code.upper()]
    if sector and sector not in _SECTORS:
        found.append(f"{sector!r} is not a sector")
    unknown = [trait for trait in split_list(traits) if trait not in TRAITS]
    return (*found, *([f"not traits: {', '.join(unknown)}"] if unknown else []))


def _days(row: Mapping[str, str], faults: list[str]) -> tuple[date | None, date | None]:
    try:
        start, end = read_day(row["start"]), read_day(row["end"], end=True)
    except ValueError:
        faults.append(f"start {row['start']!r} or end {row['end']!r} is not YYYY or YYYY-MM-DD")
        return None, None
    if start and end and start > end:
        faults.append(f"start {row['start']} is after end {row['end']}")
    return start, end


def _refuse(row: Mapping[str, str], path: Path, line: int, *more: str) -> None:
    faults = [*_faults(row), *more]
    if faults:
        raise RuleError("; ".join(faults), path=path, line=line)


def _demonyms(path: Path) -> Iterator[Named]:
    for line, row in read_csv(path, ("iso3", "name", "aliases", "adjectives", "singular", "plural", "metonyms")):
        iso, name = row["iso3"], row["name"]
        _refuse({"country": iso}, path, line)
        base = Entry("country", f"demonyms/{iso}", name, key=iso, country=iso, traits=_STATE)
        for alias in (name, *split_list(row["aliases"])):
            yield alias, base
        for alias in split_list(row["adjectives"]):
            yield alias, replace(base, kind="adjective")
        for cell, plural in (("singular", False), ("plural", True)):
            for alias in split_list(row[cell]):
                yield alias, replace(base, kind="people", sector="CVL", traits=("civilian",), plural=plural,
                                     person=True)
        for alias in split_list(row["metonyms"]):
            yield alias, replace(base, kind="metonym", sector="GOV", traits=("state", "government"))


def _roles(path: Path) -> Iterator[Named]:
    for line, row in read_csv(path, ("id", "singular", "plural", "sector", "traits", "kind", "flags")):
        flags = frozenset(split_list(row["flags"]))
        _refuse(row, path, line, *(f"not a flag: {flag}" for flag in sorted(flags - _FLAGS)))
        if row["kind"] not in ("person", "collective", "none"):
            raise RuleError(f"kind {row['kind']!r} is not person, collective or none", path=path, line=line)
        entry = Entry("none" if row["kind"] == "none" else "role", f"roles/{row['id']}", row["id"], key=row["id"],
                      sector=row["sector"] or None, traits=split_list(row["traits"]), flags=flags,
                      person=row["kind"] == "person")
        for cell, plural in (("singular", False), ("plural", True)):
            for word in split_list(row[cell]):
                yield word, replace(entry, plural=plural)


def _communities(path: Path) -> Iterator[Named]:
    for line, row in read_csv(path, ("id", "name", "aliases", "countries", "traits")):
        countries = split_list(row["countries"])
        _refuse({"country": row["countries"], "traits": row["traits"]}, path, line)
        entry = Entry("community", f"communities/{row['id']}", row["name"], key=row["id"],
                      country=countries[0] if len(countries) == 1 else None, sector="CVL",
                      traits=split_list(row["traits"]))
        for alias in (row["name"], *split_list(row["aliases"])):
            yield alias, replace(entry, plural=alias.endswith("s"))


def _organizations(path: Path) -> Iterator[tuple[tuple[str, ...], Entry]]:
    """Nouns that end the name of an organization, whatever stands before them ("Liberation Front")."""
    for line, row in read_csv(path, ("words", "sector", "traits")):
        _refuse(row, path, line)
        words = tuple(row["words"].split())
        yield words, Entry("actor", f"organizations/{'-'.join(w for w in words if w.isalpha())}", "",
                           sector=row["sector"] or None, traits=split_list(row["traits"]))


def _units(path: Path) -> Iterator[Named]:
    for line, row in read_csv(path, ("id", "name", "aliases", "country", "sector", "traits")):
        _refuse(row, path, line)
        entry = Entry("unit", f"units/{row['id']}", row["name"], key=row["id"], country=row["country"] or None,
                      sector=row["sector"] or None, traits=split_list(row["traits"]))
        for alias in (row["name"], *split_list(row["aliases"])):
            yield alias, entry


def _leaders(path: Path) -> Iterator[Named]:
    for line, row in read_csv(path, LEADER_COLUMNS, MORE_LEADER_COLUMNS):
        _refuse({}, path, line, *check_actor(row))
        start, end = _days(row, [])
        entry = Entry("leader", f"leaders/{row['id']}", row["name"], alias_key(row["name"])[1], key=row["id"],
                      country=row["country"] or None, sector=row["sector"] or None,
                      traits=_OFFICE if row["sector"] == "GOV" else ("person",),
                      start=start, end=end, parent=row["actor"], person=True)
        for alias in dict.fromkeys((row["name"], *split_list(row["aliases"]), *split_list(row["bare"]))):
            yield alias, entry
