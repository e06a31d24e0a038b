"""Which reports are of one event: near in days and km, alike in kind and sides, or near copies in their text."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, NamedTuple

import numpy as np

from eventcode.dataset.near_text import Index, shingles
from eventcode.dataset.taxonomy import Path3, depth

#: km of one degree of latitude.
_DEGREE = 111.195
Sides = Literal["same", "shared", "ignored"]


class Report(NamedTuple):
    """One row as matching needs it. Days are counted from 1970; None where unknown. `text`: its shingles."""

    number: int
    dataset: int
    first: int
    last: int
    latitude: float | None
    longitude: float | None
    place: str | None
    kind: Path3
    sides: frozenset[str]
    text: frozenset[int] = frozenset()


class Link(NamedTuple):
    """Why a report belongs to the one that stands for its event; km and similarity are None where not compared."""

    stands: int
    days: int
    km: float | None = None
    levels: int | None = None
    similarity: float | None = None


@dataclass(frozen=True)
class Window:
    """How near two reports of one event are: at most `days` apart and `km`, `levels` of their kinds alike."""

    days: int
    km: float | None
    levels: int
    sides: Sides
    across: bool

    def link(self, report: Report, known: Report) -> Link | None:
        """The link of a report to a known one, None where they are not of one event."""
        days = gap(report, known)
        levels = depth(report.kind, known.kind)
        if days > self.days or levels < self.levels or not self._alike(report.sides, known.sides):
            return None
        if self.km is None:
            same = report.place is not None and report.place == known.place
            return Link(known.number, days, None, levels) if same else None
        km = distance(report, known)
        return None if km is None or km > self.km else Link(known.number, days, round(km, 3), levels)

    def _alike(self, one: frozenset[str], other: frozenset[str]) -> bool:
        if self.sides == "ignored":
            return True
        return bool(one) and one == other if self.sides == "same" else not one.isdisjoint(other)


def gap(one: Report, other: Report) -> int:
    """Days between two spans; 0 where they overlap."""
    return max(one.first - other.last, other.first - one.last, 0)


def distance(one: Report, other: Report) -> float | None:
    """km along the great circle; None where a point is unknown."""
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return None
    north, south = math.radians(one.latitude), math.radians(other.latitude)
    half = math.sin((north - south) / 2) ** 2
    half += math.cos(north) * math.cos(south) * math.sin(math.radians(one.longitude - other.longitude) / 2) ** 2
    return 2 * 6371.0088 * math.asin(min(1.0, math.sqrt(half)))


def by_window(reports: Iterable[Report], window: Window) -> dict[int, Link]:
    """Report number to its link, for each report that another one stands for.

    In the order given a report joins the standing report that it matches best (most levels, then nearest in km and
    days, then the earlier); else it stands itself. So all reports of an event match the one that stands, and no chain
    of neighbours grows. Between data sets an event has at most one report of each.
    """
    links: dict[int, Link] = {}
    standing = _Standing(window)
    taken: set[tuple[int, int]] = set()
    for report in reports:
        found = [link for known in standing.near(report)
                 if not (window.across and (known.dataset == report.dataset or (known.number, report.dataset) in taken))
                 and (link := window.link(report, known)) is not None]
        if found:
            best = min(found, key=lambda link: (-(link.levels or 0), link.km or 0.0, link.days, link.stands))
            links[report.number] = best
            taken.add((best.stands, report.dataset))
        else:
            standing.add(report)
    return links


def by_text(reports: Iterable[Report], threshold: float, days: int) -> dict[int, Link]:
    """Report number to its link, for each report whose text nearly copies that of a standing one, `days` apart."""
    links: dict[int, Link] = {}
    index = Index(threshold)
    known: dict[int, Report] = {}
    for report in reports:
        found = [Link(number, gap(report, known[number]), None, None, round(share, 4))
                 for number, share in index.near(report.text) if gap(report, known[number]) <= days]
        if found:
            links[report.number] = min(found, key=lambda link: (-(link.similarity or 0.0), link.days, link.stands))
        else:
            index.add(report.number, report.text)
            known[report.number] = report
    return links


def text_of(told: str | None) -> frozenset[int]:
    """The shingles of a text; none for None."""
    return shingles(told) if told else frozenset()


@dataclass
class _Standing:
    """Standing reports by where they are, and by month so that few are asked."""

    window: Window
    _cells: dict[tuple[int | str, ...], list[Report]] = field(default_factory=dict)

    def add(self, report: Report) -> None:
        for month in range(report.first // self._step, report.last // self._step + 1):
            for cell in self._own(report):
                self._cells.setdefault((*cell, month), []).append(report)

    def near(self, report: Report) -> Iterator[Report]:
        days, seen = self.window.days, set()
        around = self._around(report)
        for month in range((report.first - days) // self._step, (report.last + days) // self._step + 1):
            for cell in around:
                for known in self._cells.get((*cell, month), ()):
                    if known.number not in seen:
                        seen.add(known.number)
                        yield known

    @cached_property
    def _step(self) -> int:
        return max(4 * self.window.days, 14)

    @cached_property
    def _size(self) -> float:
        """Degrees to a cell."""
        return max((self.window.km or 0.0) / _DEGREE, 0.01)

    def _own(self, report: Report) -> list[tuple[int | str, ...]]:
        if self.window.km is None:
            return [] if report.place is None else [(report.place,)]
        if report.latitude is None or report.longitude is None:
            return []
        return [(math.floor(report.latitude / self._size), math.floor((report.longitude % 360) / self._size))]

    def _around(self, report: Report) -> list[tuple[int | str, ...]]:
        """The cells that a point within reach may lie in."""
        if self.window.km is None or report.latitude is None or report.longitude is None:
            return self._own(report)
        size, reach = self._size, self.window.km / _DEGREE * 1.001  # the sphere of `distance` is a trifle smaller
        farthest = min(abs(report.latitude) + reach, 90.0)
        wide = min(reach / max(math.cos(math.radians(farthest)), 1e-9), 180.0)
        rows = range(math.floor((report.latitude - reach) / size), math.floor((report.latitude + reach) / size) + 1)
        west, east = report.longitude % 360 - wide, report.longitude % 360 + wide
        runs = [(max(west, 0.0), min(east, 360.0)), (west + 360, 360.0), (0.0, east - 360)]  # wrapped
        columns = [column for low, high in runs if low <= high
                   for column in range(math.floor(low / size), math.floor(high / size) + 1)]
        return [(row, column) for row in rows for column in columns]


def days_since_1970(days: np.ndarray) -> list[int | None]:
    """Days as numbers, None where there is none."""
    told = zip(days.astype("int64").tolist(), np.isnat(days).tolist(), strict=True)
    return [None if missing else int(day) for day, missing in told]
