"""Panels: events counted by unit and period, with zeros only where somebody looked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np
import pandas as pd

from eventcode import countries
from eventcode.dataset.columns import text_dtype
from eventcode.dataset.coverage import Coverage, covered, spans_of
from eventcode.dataset.keys import combined
from eventcode.dataset.layout import Layout, cells_of, codes_of, days, layout_of, side, where
from eventcode.dataset.periods import Period, Span, bounds, label, starts
from eventcode.dataset.states import state_numbers
from eventcode.errors import InputError
from eventcode.markup import safe

if TYPE_CHECKING:
    from eventcode.ontologies.base import Ontology

Unit: TypeAlias = Literal["country", "gw", "cow", "admin1", "priogrid"]
Actors: TypeAlias = Literal["monadic", "directed", "undirected"]

#: Columns that name the unit of a row.
UNITS: dict[str, tuple[str, ...]] = {"country": ("country",), "gw": ("gw",), "cow": ("cow",),
                                     "admin1": ("country", "admin1"), "priogrid": ("priogrid",)}
_SIDES: dict[str, tuple[str, ...]] = {"monadic": ("actor",), "directed": ("source", "target"),
                                      "undirected": ("actor1", "actor2")}
_DEATHS = ("deaths_low", "deaths_best", "deaths_high")
#: Rows beyond which a filled panel is refused.
LARGEST = 20_000_000


@dataclass(frozen=True)
class Panel:
    """Counts by unit and period. `left_out`: rows of the data that have no unit or day, with the reason.

    `to_frame()` has, in order: the columns of the unit (and sides, and `by`), period (text), start (its first day),
    events, low, best and high of deaths where the format has them with deaths_unknown (events without a figure), and
    coverage: "full", "part" or "none" of the period's days are covered, "unknown" where no coverage was stated.
    """

    frame: pd.DataFrame
    left_out: pd.DataFrame
    unit: str
    period: str

    def to_frame(self) -> pd.DataFrame:
        """The rows of the panel, by unit and period."""
        return self.frame

    def __str__(self) -> str:
        zeros = int((self.frame["events"] == 0).sum())
        outside = int(self.frame.loc[self.frame["coverage"] == "none", "events"].sum())
        told = f"{len(self.frame)} rows by {self.unit} and {self.period}, {zeros} of them zeros inside the coverage"
        return f"{told}; {outside} events outside it; {len(self.left_out)} events left out"

    def _repr_html_(self) -> str:
        return f"<p>{safe(str(self))}</p>{self.frame.head(20).to_html(index=False, border=0)}"


def panel(data: pd.DataFrame, schema: str | Ontology | Layout, *, unit: Unit | None = "country",
          period: Period = "year", coverage: Coverage | None = None, actors: Actors | None = None,
          by: str | Iterable[str] = (), at: Literal["start", "end"] = "start") -> Panel:
    """Count events and deaths by unit and period.

    data: a table of events (of one row each: see `deduplicate`). schema: its format (acled, ucdp-ged, cameo, plover,
    gdelt, icews, polecat, phoenix) or a Layout.

    unit: country (ISO alpha-3), gw or cow (the state that the place belonged to on the day of the event), admin1 (as
    the data name it, within its country), priogrid (cell of half a degree), or None for no place at all. period: day,
    week (ISO, from Monday), month or year.

    coverage: when and where the data are complete, so that no row means no event: (first day, last day) for every unit
    of the data; a mapping of unit to such a span or to a list of them; a frame with the unit's columns, start and end;
    or "acled" (each country from ACLED's first year of coverage to the last day of the data). Zeros are filled for
    every unit and period that it touches, and nowhere else; without it there are none. A state (gw, cow) has no zeros
    before and after its life.

    actors: "monadic" counts each event once for each actor on either side, "directed" by (source, target), "undirected"
    by the pair in alphabetical order. Zeros then are filled for the actors and pairs that the data hold. by: further
    columns to count apart (event_type). at: by which end of a span of days (UCDP GED's date_start and date_end) an
    event is counted.

    Raises InputError on a missing column, on another unit, period or coverage, on "directed" where the codebook gives
    its sides no direction (ACLED), and where filled zeros would make more than 20 million rows.
    """
    layout = layout_of(schema)
    _known(layout, unit, period, actors)
    day = days(cells_of(data, (at == "end" and layout.end) or layout.day, "panel"))
    keys = _units(data, layout, unit, day)
    keys.update({name: cells_of(data, name, "panel") for name in ([by] if isinstance(by, str) else by)})
    events = pd.DataFrame({**keys, "_day": day, **_deaths(data, layout)})
    events, names = _with_sides(events, data, layout, actors, list(keys))
    sound = events["_day"].notna() & events[names].notna().all(axis=1)
    left = _left_out(events[~sound], names)
    counted = _counted(events[sound], names, period)
    spans = spans_of(coverage, UNITS.get(unit or "", ()), counted, events.loc[sound, "_day"])
    return Panel(_finished(counted, spans, names, unit, period), left, unit or "no place", period)


def _known(layout: Layout, unit: str | None, period: str, actors: str | None) -> None:
    for what, told, known in (("unit", unit, [*UNITS, None]), ("period", period, ["day", "week", "month", "year"]),
                              ("actors", actors, [*_SIDES, None])):
        if told not in known:
            raise InputError(f"panel: {what} {told!r} is none of {', '.join(map(str, known))}")
    if actors == "directed" and not layout.directed:
        raise InputError(f"panel: {layout.source} and {layout.target} have no direction in this codebook: "
                         "count \"undirected\" pairs")


def _units(data: pd.DataFrame, layout: Layout, unit: str | None, day: np.ndarray) -> dict[str, pd.Series]:
    if unit is None:
        return {}
    place = where(data, layout, "panel")
    if unit in ("gw", "cow"):
        return {unit: state_numbers(place["country"], day, unit)}  # type: ignore[arg-type]
    if unit == "priogrid":
        return {"priogrid": cells(place["latitude"], place["longitude"])}
    return {name: place[name] for name in UNITS[unit]}


def cells(latitude: pd.Series[float], longitude: pd.Series[float]) -> pd.Series[int]:
    """PRIO-GRID cells (Int64, 1 to 259200, 720 to a row from the south-west) of points; missing where there is none."""
    known = (latitude.abs() <= 90) & (longitude.abs() <= 180)
    row = np.minimum(np.floor((latitude.where(known, 0) + 90) * 2), 359)
    column = np.minimum(np.floor((longitude.where(known, 0) + 180) * 2), 719)
    return pd.Series(row * 720 + column + 1, dtype="Int64").where(known)


def _deaths(data: pd.DataFrame, layout: Layout) -> dict[str, pd.Series[float]]:
    return {name: pd.to_numeric(cells_of(data, column, "panel"), errors="coerce").astype("Float64")
            for name, column in zip(_DEATHS, layout.deaths, strict=True) if column is not None}


def _with_sides(events: pd.DataFrame, data: pd.DataFrame, layout: Layout, actors: str | None,
                names: list[str]) -> tuple[pd.DataFrame, list[str]]:
    """The events with a column for each side, and the names of all columns to count by."""
    if actors is None:
        return events, names
    source, target = (side(data, name, layout.nested, "panel") for name in (layout.source, layout.target))
    if actors == "monadic":
        other = target.notna() & ~(target == source).fillna(False)
        told = pd.concat([events.assign(actor=source), events[other].assign(actor=target[other])])
        again = told.index.duplicated(keep=False) & told["actor"].isna()
        return told[~again].sort_index(kind="stable"), [*names, "actor"]
    if actors == "undirected":
        swap = (source > target).fillna(False)
        source, target = source.mask(swap, target), target.mask(swap, source)
    first, second = _SIDES[actors]
    return events.assign(**{first: source, second: target}), [*names, first, second]


def _left_out(events: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    """row (number in the data) and reason of each event that cannot be counted."""
    reason = pd.Series("", index=events.index, dtype="object")
    for column in ("_day", *names):
        reason = reason.mask(events[column].isna() & (reason == ""), f"no {column.lstrip('_')}")
    return pd.DataFrame({"row": pd.Series(events.index, dtype="Int64"),
                         "reason": pd.Series(reason.tolist(), dtype=text_dtype())}).reset_index(drop=True)


def _counted(events: pd.DataFrame, names: list[str], period: Period) -> pd.DataFrame:
    """A row for each combination of the names and period that has events."""
    start = starts(events["_day"].to_numpy(dtype="datetime64[D]"), period)
    parts = [codes_of(events[name]) for name in names] + [start.astype("int64") - int(start.min().astype("int64"))
                                                          if len(start) else start.astype("int64")]
    key = combined(parts)
    size = int(key.max(initial=-1)) + 1
    first = np.zeros(size, dtype="int64")
    first[key[::-1]] = np.arange(len(key))[::-1]
    made = events[names].iloc[first].reset_index(drop=True)
    made["start"] = start[first].astype("datetime64[s]")
    made["events"] = np.bincount(key, minlength=size)
    deaths = [name for name in _DEATHS if name in events]
    for name in deaths:
        made[name] = np.bincount(key, events[name].fillna(0).to_numpy(dtype="float64"), minlength=size)
    if deaths:
        made["deaths_unknown"] = np.bincount(key[events["deaths_best"].isna().to_numpy(dtype=bool)], minlength=size)
    return made


def _finished(counted: pd.DataFrame, spans: pd.DataFrame | None, names: list[str], unit: str | None,
              period: Period) -> pd.DataFrame:
    """The panel with its zeros, labels, coverage and codes, in order."""
    filled = counted if spans is None else _filled(counted, spans, names, unit, period)
    filled = filled.sort_values([*names, "start"], kind="stable", ignore_index=True)
    start = filled["start"].to_numpy(dtype="datetime64[D]")
    filled.insert(len(names), "period", pd.Series(label(start, period), dtype=text_dtype()))
    for name in ("events", *_DEATHS, "deaths_unknown"):
        if name in filled:
            filled[name] = filled[name].fillna(0).round().astype("Int64")
    filled["coverage"] = pd.Series("unknown" if spans is None else covered(filled, spans, period),
                                   index=filled.index, dtype=text_dtype())
    return _with_codes(filled, unit, period)


def _filled(counted: pd.DataFrame, spans: pd.DataFrame, names: list[str], unit: str | None,
            period: Period) -> pd.DataFrame:
    """The counts and a row for each unit and covered period: for each actor or pair that the unit's events name, and in
    each combination of `by` that the data hold.
    """
    place = list(UNITS.get(unit or "", ()))
    sides = [name for name in names if name in sum(_SIDES.values(), ())]
    by = [name for name in names if name not in (*place, *sides)]
    grid = _grid(spans, place, period)
    for others, shared in ((sides, place), (by, [])):
        if others:
            held = counted[[*shared, *others]].drop_duplicates()
            _small(len(grid) * (len(held) if not shared else 1))
            grid = grid.merge(held, on=shared) if shared else grid.merge(held, how="cross")
            _small(len(grid))
    return counted.merge(grid, on=[*names, "start"], how="outer")


def _small(rows: int) -> None:
    if rows > LARGEST:
        raise InputError(f"panel: {rows} rows with zeros: choose a longer period, or fewer units or columns")


def _grid(spans: pd.DataFrame, place: list[str], period: Period) -> pd.DataFrame:
    """Every unit and the first day of each period that its spans touch."""
    parts = []
    for _, units in spans.groupby(["start", "end"], sort=False):
        ends = units[["start", "end"]].iloc[0].to_numpy(dtype="datetime64[D]")
        firsts = bounds(Span(*ends), period)
        _small(len(units) * len(firsts))
        parts.append(units[place].merge(pd.DataFrame({"start": firsts.astype("datetime64[s]")}), how="cross"))
    if not parts:
        return spans[[*place, "start"]]
    return pd.concat(parts, ignore_index=True).drop_duplicates(ignore_index=True)


def _with_codes(filled: pd.DataFrame, unit: str | None, period: Period) -> pd.DataFrame:
    """A country panel with its name and state numbers, valid on the last day of the period."""
    if unit not in ("country", "admin1"):
        return filled
    last = starts(filled["start"].to_numpy(dtype="datetime64[D]"), period, ahead=1) - np.timedelta64(1, "D")
    told: Mapping[str, str] = {country.iso3: country.name for country in countries.all_countries()}
    filled.insert(1, "name", pd.Series(filled["country"].map(told), dtype=text_dtype()))
    filled.insert(2, "gw", state_numbers(filled["country"], last, "gw"))
    filled.insert(3, "cow", state_numbers(filled["country"], last, "cow"))
    return filled

