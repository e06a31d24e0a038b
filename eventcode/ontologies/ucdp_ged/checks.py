"""GED's consistency rules over one row. A row may come from a file: cells are text, numbers or missing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from eventcode.ontologies.base import Check
from eventcode.ontologies.ucdp_ged.record import priogrid

Row = Mapping[str, Any]
_DEATHS = ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")


def number(row: Row, column: str) -> float | None:
    """The cell as a number; None where it is missing or no number."""
    value = row.get(column)
    try:
        told = float(value) if value is not None else None
    except (TypeError, ValueError):
        return None
    return None if told is None or told != told else told


def text(row: Row, column: str) -> str:
    """The cell as text; missing cells (None, NaN) are ""."""
    value = row.get(column)
    return "" if value is None or value != value else str(value).strip()


def _sum(row: Row) -> str | None:
    parts, best = [number(row, column) for column in _DEATHS], number(row, "best")
    if best is None or any(part is None for part in parts):
        return None
    total = sum(part for part in parts if part is not None)
    return None if total == best else f"best is {best:g}, the four deaths columns make {total:g}"


def _order(row: Row) -> str | None:
    low, best, high = (number(row, column) for column in ("low", "best", "high"))
    if low is None or best is None or high is None or low <= best <= high:
        return None
    return f"low {low:g}, best {best:g} and high {high:g} are out of order"


def _fatal(row: Row) -> str | None:
    high = number(row, "high")
    return "an event needs at least one death in its highest estimate" if high is not None and high < 1 else None


def _one_year(row: Row) -> str | None:
    year, first, last = text(row, "year")[:4], text(row, "date_start")[:4], text(row, "date_end")[:4]
    if not year or not first or not last or year == first == last:
        return None
    return f"year {year} is not that of date_start {first} and date_end {last}"


def _days(row: Row) -> str | None:
    first, last = text(row, "date_start")[:10], text(row, "date_end")[:10]
    return f"date_start {first} is after date_end {last}" if first and last and first > last else None


def _cell(row: Row) -> str | None:
    latitude, longitude, told = number(row, "latitude"), number(row, "longitude"), number(row, "priogrid_gid")
    if latitude is None or longitude is None or told is None or abs(latitude) > 90 or abs(longitude) > 180:
        return None
    wanted = priogrid(latitude, longitude)
    return None if told == wanted else f"priogrid_gid is {told:g}, the point lies in {wanted}"


def _one_sided(row: Row) -> str | None:
    if number(row, "type_of_violence") != 3:
        return None
    if text(row, "side_b") != "Civilians":
        return f"side_b of one-sided violence is Civilians, not {text(row, 'side_b') or 'nothing'}"
    fighters = number(row, "deaths_a") or number(row, "deaths_b")
    return "deaths_a and deaths_b are 0 in one-sided violence" if fighters else None


def _dyad(row: Row) -> str | None:
    wanted = f"{text(row, 'side_a')} - {text(row, 'side_b')}"
    told = text(row, "dyad_name")
    return None if not told or told == wanted else f"dyad_name is {told}, the sides make {wanted}"


def _unlike_sum(cells: Mapping[str, Any]) -> Any:
    return sum(cells[column] for column in _DEATHS) != cells["best"]


def _out_of_order(cells: Mapping[str, Any]) -> Any:
    return (cells["low"] > cells["best"]) | (cells["best"] > cells["high"])


def _other_cell(cells: Mapping[str, Any]) -> Any:
    """Recomputes `priogrid`, but for the pole and the antimeridian, which are asked."""
    row, column = (cells["latitude"] + 90) * 2 // 1, (cells["longitude"] + 180) * 2 // 1
    return row * 720 + column + 1 != cells["priogrid_gid"].astype("Float64")


def follows(row: Row) -> dict[str, Any]:
    """What the first day, the sides, the point and the four numbers of deaths fix."""
    year, sides = text(row, "date_start")[:4], (text(row, "side_a"), text(row, "side_b"))
    latitude, longitude = number(row, "latitude"), number(row, "longitude")
    made: dict[str, Any] = {"year": int(year)} if year.isdigit() else {}
    if all(sides):
        made["dyad_name"] = " - ".join(sides)
    if latitude is not None and longitude is not None and abs(latitude) <= 90 and abs(longitude) <= 180:
        made["priogrid_gid"] = priogrid(latitude, longitude)
    deaths = [number(row, column) for column in _DEATHS]
    told = [int(part) for part in deaths if part is not None]
    if len(told) == len(deaths):
        made["best"] = sum(told)
    return made


CHECKS = (
    Check("ucdp-ged/best", ("best", *_DEATHS), _sum, "warning", suspect=_unlike_sum,
          advice="Make best the sum of the four deaths columns, or keep it and say why."),
    Check("ucdp-ged/low-best-high", ("low", "best", "high"), _order, "warning", suspect=_out_of_order,
          advice="Put the three estimates in order: low is the lowest, high the highest."),
    Check("ucdp-ged/fatal", ("high",), _fatal, "warning", advice="Drop the event: GED counts events with deaths only."),
    Check("ucdp-ged/one-year", ("year", "date_start", "date_end"), _one_year,
          advice="Split the event at the turn of the year, or recompute year from date_start."),
    Check("ucdp-ged/days", ("date_start", "date_end"), _days,
          advice="Exchange the two days, or correct the wrong one."),
    Check("ucdp-ged/priogrid", ("priogrid_gid", "latitude", "longitude"), _cell, suspect=_other_cell,
          advice="Recompute priogrid_gid from latitude and longitude."),
    Check("ucdp-ged/one-sided", ("type_of_violence", "side_b", "deaths_a", "deaths_b"), _one_sided,
          advice="Call side_b Civilians and count the dead in deaths_civilians, or choose another type of violence."),
    Check("ucdp-ged/dyad-name", ("dyad_name", "side_a", "side_b"), _dyad, "warning",
          advice="Recompute dyad_name from side_a and side_b."),
)
