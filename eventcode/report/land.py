"""The map: places of records on a plain grid of degrees, over the cells of one degree that hold towns."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from eventcode import countries
from eventcode.dataset.extents import settled_cells
from eventcode.markup import safe
from eventcode.report.matter import Item, Precision

#: Width of the map in its own units, and the least degrees that it shows from side to side.
WIDTH, LEAST = 960.0, 8.0
#: Height over width, at least and at most.
_FLAT, _TALL = 0.4, 0.6
_STEPS = (1, 2, 5, 10, 20, 30)
TOLD: dict[Precision | None, str] = {
    "exact": "the place itself", "near": "near the place", "area": "somewhere in a district, province or area",
    "country": "somewhere in the country", None: "the records do not say how exactly"}


@dataclass(frozen=True)
class Frame:
    """The part of the world that is shown: degrees at its edges, and how many units one degree of latitude has."""

    west: float
    east: float
    south: float
    north: float

    @property
    def narrow(self) -> float:
        """How much shorter a degree of longitude is than one of latitude in the middle of the map."""
        return max(0.2, math.cos(math.radians((self.south + self.north) / 2)))

    @property
    def unit(self) -> float:
        return WIDTH / ((self.east - self.west) * self.narrow)

    @property
    def height(self) -> float:
        return (self.north - self.south) * self.unit

    def xy(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Units from the left and from the top."""
        return (longitude - self.west) * self.narrow * self.unit, (self.north - latitude) * self.unit


class Mark(NamedTuple):
    """The records of one place with one precision."""

    place: str
    longitude: float
    latitude: float
    precision: Precision | None
    items: list[Item]

    @property
    def deaths(self) -> int:
        return sum(item.facts.deaths or 0 for item in self.items)


def map_html(items: Sequence[Item]) -> str:
    """The map as a figure, or a sentence where no record has a place on it."""
    marks, nations = _marks(items), _nations(items)
    if not marks and not nations:
        return "<p class=\"none\">No record has a place that is known.</p>"
    cells = settled_cells()
    frame = _frame([*((mark.longitude, mark.latitude) for mark in marks),
                    *(_corner(cell) for code in nations for cell in cells.get(code, ()))])
    body = "".join([_land(cells.values(), frame), _grid(frame),
                    *(_nation(code, told, cells.get(code, []), frame) for code, told in nations.items()),
                    *(_mark(mark, frame) for mark in sorted(marks, key=lambda one: -_radius(one)))])
    spoken = (f"Map of {len(items)} records: {len(marks)} places with coordinates, {len(nations)} countries that are "
              "known only as a whole. The table of places below tells the same.")
    return (f'<figure><div class="chart"><svg id="chart" viewBox="0 0 {WIDTH:.0f} {frame.height:.0f}" role="img" '
            f'aria-label="{spoken}">{body}</svg></div><figcaption>{_caption(marks, nations)}</figcaption></figure>')


def _marks(items: Iterable[Item]) -> list[Mark]:
    """Places with coordinates. A country is never a point in its middle, whatever a table gives for it."""
    found: dict[tuple[object, ...], Mark] = {}
    for item in items:
        told = item.facts
        if told.latitude is None or told.longitude is None or told.precision == "country":
            continue
        mark = Mark(told.place, told.longitude, told.latitude, told.precision, [])
        found.setdefault(mark[:4], mark).items.append(item)
    return list(found.values())


def _nations(items: Iterable[Item]) -> dict[str, list[Item]]:
    """ISO alpha-3 code to the records of which no more than the country is known."""
    found: dict[str, list[Item]] = {}
    for item in items:
        told = item.facts
        if told.country and (told.precision == "country" or told.latitude is None):
            country = countries.by_name(told.country) or countries.by_iso3(told.country)
            if country is not None:
                found.setdefault(country.iso3, []).append(item)
    return found


def _corner(cell: int) -> tuple[float, float]:
    """Longitude and latitude of the middle of a cell of one degree."""
    return cell % 360 - 179.5, cell // 360 - 89.5


def _frame(points: Sequence[tuple[float, float]]) -> Frame:
    """All the points with a margin, not too flat and not too tall."""
    longitudes, latitudes = [x for x, _ in points] or [-180.0, 180.0], [y for _, y in points] or [-60.0, 75.0]
    middle = ((min(longitudes) + max(longitudes)) / 2, (min(latitudes) + max(latitudes)) / 2)
    wide = max(LEAST, (max(longitudes) - min(longitudes)) * 1.15 + 2)
    high = max(LEAST / 2, (max(latitudes) - min(latitudes)) * 1.2 + 2)
    narrow = max(0.2, math.cos(math.radians(middle[1])))
    wide, high = max(wide, high / _TALL / narrow), max(high, wide * narrow * _FLAT)
    west, south = max(-180.0, middle[0] - wide / 2), max(-90.0, middle[1] - high / 2)
    return Frame(west, min(180.0, west + wide), south, min(90.0, south + high))


def _land(cells: Iterable[Sequence[int]], frame: Frame) -> str:
    return f'<path class="land" d="{_outline({cell for own in cells for cell in own}, frame)}"/>'


def _outline(cells: Iterable[int], frame: Frame) -> str:
    """Cells as a path: a rectangle for each run of neighbours within the frame."""
    made = []
    for first, last in _runs(sorted(cells)):
        south, west, east = first // 360 - 90, first % 360 - 180, last % 360 - 179
        if south < frame.north and south + 1 > frame.south and west < frame.east and east > frame.west:
            x, y = frame.xy(west, south + 1)
            wide = (east - west) * frame.narrow * frame.unit
            made.append(f"M{x:.1f} {y:.1f}h{wide:.1f}v{frame.unit:.1f}h{-wide:.1f}z")
    return "".join(made)


def _runs(cells: Sequence[int]) -> Iterator[tuple[int, int]]:
    """First and last of cells that follow each other in one row."""
    first = last = -2
    for cell in cells:
        if cell != last + 1 or cell % 360 == 0:
            if first >= 0:
                yield first, last
            first = cell
        last = cell
    if first >= 0:
        yield first, last


def _grid(frame: Frame) -> str:
    """Lines of longitude and latitude with their degrees: at most a dozen each way."""
    step = next((step for step in _STEPS if (frame.east - frame.west) / step <= 9), _STEPS[-1])
    lines, names = [], []
    for degree in range(math.ceil(frame.west / step) * step, math.floor(frame.east) + 1, step):
        x = frame.xy(degree, 0)[0]
        lines.append(f"M{x:.1f} 0v{frame.height:.0f}")
        names.append(f'<text x="{x + 3:.1f}" y="{frame.height - 4:.0f}">{_degrees(degree, "E", "W")}</text>')
    for degree in range(math.ceil(frame.south / step) * step, math.floor(frame.north) + 1, step):
        y = frame.xy(0, degree)[1]
        lines.append(f"M0 {y:.1f}h{WIDTH:.0f}")
        names.append(f'<text x="3" y="{y - 3:.1f}">{_degrees(degree, "N", "S")}</text>')
    return f'<path class="grid" d="{"".join(lines)}"/><g class="degrees">{"".join(names)}</g>'


def _degrees(degree: int, plus: str, minus: str) -> str:
    return f"{abs(degree)}°{plus if degree > 0 else minus if degree < 0 else ''}"


def _radius(mark: Mark) -> float:
    """Area grows with the killed; a place without any is still to be seen."""
    return min(60.0, 6 + 2.2 * math.sqrt(mark.deaths)) + (10 if mark.precision == "area" else 0)


def _mark(mark: Mark, frame: Frame) -> str:
    x, y = frame.xy(mark.longitude, mark.latitude)
    return (f'<circle class="m {mark.precision or "untold"}" cx="{x:.1f}" cy="{y:.1f}" r="{_radius(mark):.1f}" '
            f'{behind(mark.items)}><title>{safe(_told(mark.place, mark.precision, mark.items))}</title></circle>')


def _nation(code: str, items: list[Item], cells: Sequence[int], frame: Frame) -> str:
    country = countries.by_iso3(code)
    told = safe(_told(country.name if country else code, "country", items))
    return f'<path class="m country" d="{_outline(cells, frame)}" {behind(items)}><title>{told}</title></path>'


def _told(place: str, precision: Precision | None, items: Sequence[Item]) -> str:
    killed = sum(item.facts.deaths or 0 for item in items)
    return (f"{place}: {len(items)} record{'s' * (len(items) != 1)}" + (f", {killed} killed" if killed else "")
            + f" ({TOLD[precision]})")


def behind(items: Iterable[Item]) -> str:
    """The numbers of the records that a mark or row is made of, for the filters."""
    return f'data-r="{" ".join(str(item.number) for item in items)}"'


def _caption(marks: Sequence[Mark], nations: Iterable[str]) -> str:
    shown = dict.fromkeys([*(mark.precision for mark in marks), *(["country"] if any(True for _ in nations) else [])])
    keys = "".join(f'<li><svg viewBox="0 0 24 24" aria-hidden="true"><circle class="m {kind or "untold"}" cx="12" '
                   f'cy="12" r="8"/></svg>{safe(told)}</li>' for kind, told in TOLD.items() if kind in shown)
    return (f'<ul class="legend">{keys}</ul>Size: people killed. Ground: cells of one degree with towns (GeoNames, '
            "CC BY 4.0); borders are not drawn. A record without place is in no map.")
