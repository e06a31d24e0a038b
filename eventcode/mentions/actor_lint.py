"""Checks of actor tables: faulty rows, dates, references, names that nothing tells apart; how stale each region is."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Literal

from eventcode.countries import by_iso3
from eventcode.errors import RuleError
from eventcode.mentions._actor_tables import (
    ACTOR_COLUMNS,
    LEADER_COLUMNS,
    MORE_ACTOR_COLUMNS,
    MORE_LEADER_COLUMNS,
    actor_files,
    check_actor,
    read_day,
    split_list,
)
from eventcode.mentions._actor_words import alias_key
from eventcode.rules import read_csv

#: A line is stale when it was last checked longer ago than this many months, or never.
STALE_MONTHS = 24
Check = Literal["row", "dates", "reference", "name"]


@dataclass(frozen=True)
class ActorRow:
    """A line of an actor table (`kind` actor) or of a table of leaders (`kind` leader)."""

    file: str
    line: int
    kind: Literal["actor", "leader"]
    cells: Mapping[str, str]

    @property
    def span(self) -> tuple[date, date]:
        """First and last day on which the line holds; the ends of time where they are open."""
        return (read_day(self.cells["start"]) or date.min, read_day(self.cells["end"], end=True) or date.max)

    def overlaps(self, other: ActorRow) -> bool:
        """Is there a day on which both lines hold?"""
        return self.span[0] <= other.span[1] and other.span[0] <= self.span[1]


@dataclass(frozen=True)
class Finding:
    """A fault of a table: file and line, which check found it, and what is wrong."""

    file: str
    line: int
    check: Check
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.check}: {self.message}"


@dataclass(frozen=True)
class Staleness:
    """Of one region: lines that are still open, how many of them are stale, and the oldest month of checking."""

    region: str
    rows: int
    stale: int
    oldest: str | None


@dataclass(frozen=True)
class LintReport:
    """What a linter found: `findings` in the order of the files, `staleness` by region."""

    findings: tuple[Finding, ...]
    staleness: tuple[Staleness, ...]

    @property
    def ok(self) -> bool:
        """Is there no fault? Stale lines are none."""
        return not self.findings


def tables_of(folder: Path) -> tuple[Path, ...]:
    """The actor tables and the table of leaders in the folder of a language."""
    return (*actor_files(folder), folder / "leaders.csv")


def lint(paths: Sequence[Path], today: date, beside: Sequence[Path] = ()) -> LintReport:
    """Check actor tables and tables of leaders (told apart by their columns).

    `beside` are tables laid under these, such as the built-in ones: ids of theirs may be referred to, and faults of
    theirs are not reported. `today` is the day by which lines are stale. Raises RuleError where a file is no table.
    """
    findings: list[Finding] = []
    rows = [row for path in paths for row in _rows(path, findings)]
    under = [row for path in beside for row in _rows(path, [])]
    known = {row.cells["id"] for row in (*rows, *under) if row.kind == "actor"}
    findings += [*_spans(rows), *_references(rows, known), *_names(rows), *_offices(rows)]
    order = {str(path): n for n, path in enumerate(paths)}
    return LintReport(tuple(sorted(findings, key=lambda f: (order[f.file], f.line, f.check, f.message))),
                      _staleness(rows, today))


def _rows(path: Path, findings: list[Finding]) -> Iterator[ActorRow]:
    """The sound rows of a table; the others become findings."""
    leaders = "bare" in _header(path)
    columns, more = (LEADER_COLUMNS, MORE_LEADER_COLUMNS) if leaders else (ACTOR_COLUMNS, MORE_ACTOR_COLUMNS)
    for line, row in read_csv(path, columns, more):
        faults = check_actor(row)
        findings += [Finding(str(path), line, "row", fault) for fault in faults]
        if not faults:
            yield ActorRow(str(path), line, "leader" if leaders else "actor", row)


def _header(path: Path) -> Sequence[str]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            return next(csv.reader(lines), [])
    except (OSError, UnicodeDecodeError) as problem:
        raise RuleError(f"cannot be read: {problem}", path=path) from problem


def _spans(rows: Iterable[ActorRow]) -> Iterator[Finding]:
    """Two lines of one id need dates that do not overlap."""
    by_id: dict[tuple[str, str], list[ActorRow]] = {}
    for row in rows:
        by_id.setdefault((row.kind, row.cells["id"]), []).append(row)
    for held in by_id.values():
        for one, two in combinations(held, 2):
            if one.overlaps(two):
                yield _finding(two, "dates", f"{two.cells['id']} holds on the same days as {_at(one)}")


def _references(rows: Iterable[ActorRow], known: set[str]) -> Iterator[Finding]:
    for row in rows:
        column = "parent" if row.kind == "actor" else "actor"
        wanted = row.cells.get(column, "")
        if wanted and wanted not in known:
            yield _finding(row, "reference", f"{column} {wanted!r} is no actor's id")
        if wanted and wanted == row.cells["id"]:
            yield _finding(row, "reference", f"{wanted!r} is its own {column}")


def _names(rows: Iterable[ActorRow]) -> Iterator[Finding]:
    """A name of two on one day needs a country that tells them apart; of two leaders even that is too little."""
    held: dict[tuple[str, ...], list[ActorRow]] = {}
    for row in rows:
        for key in _keys(row):
            held.setdefault((row.kind, *key), []).append(row)
    for (kind, *words), bearers in held.items():
        for one, two in combinations(bearers, 2):
            told = kind == "actor" and _told_apart(one, two)
            if one.cells["id"] != two.cells["id"] and one.overlaps(two) and not told:
                yield _finding(two, "name", f"{' '.join(words)!r} is {one.cells['id']} ({_at(one)}) too, on the same "
                                            "days, and no country tells them apart")


def _keys(row: ActorRow) -> set[tuple[str, ...]]:
    cells = row.cells
    names = (cells["name"], *split_list(cells["aliases"]), *split_list(cells.get("bare", "")))
    return {alias_key(name.rstrip("?"))[0] for name in names}


def _told_apart(one: ActorRow, two: ActorRow) -> bool:
    countries = one.cells["country"], two.cells["country"]
    return countries[0] != countries[1] and all(countries)


def _offices(rows: Iterable[ActorRow]) -> Iterator[Finding]:
    """Two persons hold one office on the same days; a day of handing over is shared."""
    held: dict[tuple[str, str], list[ActorRow]] = {}
    for row in rows:
        if row.cells.get("office"):
            held.setdefault((row.cells["country"], row.cells["office"]), []).append(row)
    for (country, office), holders in held.items():
        for one, two in combinations(holders, 2):
            first, last = max(one.span[0], two.span[0]), min(one.span[1], two.span[1])
            if one.cells["id"] != two.cells["id"] and (last - first).days > 0:
                yield _finding(two, "dates", f"{office} of {country} from {first} to {last} is {one.cells['id']} "
                                             f"({_at(one)}) too")


def _staleness(rows: Iterable[ActorRow], today: date) -> tuple[Staleness, ...]:
    """By region: only lines without an end can go out of date."""
    regions: dict[str, list[str]] = {}
    for row in rows:
        if not row.cells["end"]:
            country = by_iso3(row.cells["country"])
            regions.setdefault((country.subregion if country else None) or "(no country)", []).append(
                row.cells.get("checked", ""))
    limit = today.year * 12 + today.month - STALE_MONTHS
    return tuple(Staleness(region, len(months), sum(_month(month) < limit for month in months),
                           min((month for month in months if month), default=None))
                 for region, months in sorted(regions.items()))


def _month(checked: str) -> int:
    return int(checked[:4]) * 12 + int(checked[5:7]) if checked else 0


def _finding(row: ActorRow, check: Check, message: str) -> Finding:
    return Finding(row.file, row.line, check, message)


def _at(row: ActorRow) -> str:
    return f"{Path(row.file).name}:{row.line}"
