"""Coverage: when and where a data set is complete, so that a missing row means that nothing was found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, TypeAlias

import numpy as np
import pandas as pd

from eventcode.dataset.keys import combined
from eventcode.dataset.layout import codes_of
from eventcode.dataset.periods import Period, Span, starts
from eventcode.dataset.states import acled_since, lives
from eventcode.errors import InputError

_Days: TypeAlias = tuple[date | str, date | str]
#: A span for all units, spans by unit, a frame of spans, or the name of a published one.
Coverage: TypeAlias = _Days | Mapping[Any, _Days | list[_Days]] | pd.DataFrame | str


def spans_of(coverage: Coverage | None, place: tuple[str, ...], counted: pd.DataFrame,
             held: pd.Series[Any]) -> pd.DataFrame | None:
    """A frame of the unit's columns, start and end (datetime64[s]), a row for each covered span; None without coverage.

    counted: the panel without zeros, whose units a span for all is given to. held: the days of the data.
    """
    if coverage is None:
        return None
    units = counted[list(place)].drop_duplicates(ignore_index=True)
    if isinstance(coverage, str):
        made = _published(coverage, place, units, held)
    elif isinstance(coverage, pd.DataFrame):
        made = _from_frame(coverage, place)
    elif isinstance(coverage, Mapping):
        made = _from_mapping(coverage, place)
    else:
        span = _span(coverage)
        made = (units if place else pd.DataFrame(index=[0])).assign(start=span.start, end=span.end)
    made = _alive(made.astype({"start": "datetime64[s]", "end": "datetime64[s]"}), place)
    return _merged(made.astype({name: units[name].dtype for name in place}), place)


def _merged(spans: pd.DataFrame, place: tuple[str, ...]) -> pd.DataFrame:
    """Spans of one unit that overlap or touch made one."""
    spans = spans.sort_values([*place, "start"], kind="stable", ignore_index=True)
    until = spans.groupby(list(place), sort=False)["end"].cummax() if place else spans["end"].cummax()
    before = until.shift() + np.timedelta64(1, "D").astype("timedelta64[s]")
    same = (spans[list(place)] == spans[list(place)].shift()).fillna(False).all(axis=1)
    run = (~same | (spans["start"] > before)).cumsum()
    made = spans.assign(end=until).groupby(run, sort=False)
    return made.first().assign(end=made["end"].max()).reset_index(drop=True)


def covered(panel: pd.DataFrame, spans: pd.DataFrame, period: Period) -> list[str]:
    """"full", "part" or "none": how many of the days of each row's period its unit's spans cover."""
    place = [name for name in spans.columns if name not in ("start", "end")]
    first = panel["start"].to_numpy(dtype="datetime64[D]")
    after = starts(first, period, ahead=1)
    days = np.zeros(len(panel), dtype="int64")
    units = pd.concat([spans[place], panel[place]], ignore_index=True)
    key = combined([codes_of(units[name]) for name in place] or [np.zeros(len(units), dtype="int64")])
    unit = key[len(spans):]
    turn = pd.Series(key[:len(spans)]).groupby(key[:len(spans)]).cumcount().to_numpy()
    for one in range(int(turn.max(initial=-1)) + 1):  # the first span of each unit, the second, ...
        start, end = (np.full(int(key.max()) + 1, np.datetime64("NaT", "D")) for _ in range(2))
        rows = np.flatnonzero(turn == one)
        start[key[rows]] = spans["start"].to_numpy(dtype="datetime64[D]")[rows]
        end[key[rows]] = spans["end"].to_numpy(dtype="datetime64[D]")[rows]
        overlap = np.minimum(after, end[unit] + np.timedelta64(1, "D")) - np.maximum(first, start[unit])
        days += np.where(np.isnat(overlap), 0, np.maximum(overlap.astype("int64"), 0))
    whole = days >= (after - first).astype("int64")
    found: list[str] = np.where(whole, "full", np.where(days > 0, "part", "none")).tolist()
    return found


def _span(told: Any) -> Span:
    try:
        start, end = (np.datetime64(day, "D") for day in told)
    except (TypeError, ValueError):
        raise InputError(f"coverage: {told!r} is no span: give (first day, last day), as dates or 2018-08-01") from None
    if end < start:
        raise InputError(f"coverage: {told!r} ends before it begins")
    return Span(start, end)


def _from_frame(coverage: pd.DataFrame, place: tuple[str, ...]) -> pd.DataFrame:
    lacking = [name for name in (*place, "start", "end") if name not in coverage.columns]
    if lacking:
        raise InputError(f"coverage: there is no column {lacking[0]!r}: it needs {', '.join((*place, 'start', 'end'))}")
    spans = [_span(pair) for pair in zip(coverage["start"], coverage["end"], strict=True)]
    return coverage[list(place)].assign(start=[span.start for span in spans],
                                        end=[span.end for span in spans]).reset_index(drop=True)


def _from_mapping(coverage: Mapping[Any, Any], place: tuple[str, ...]) -> pd.DataFrame:
    if not place:
        raise InputError("coverage: without a unit give one span for all, (first day, last day)")
    rows = [(*_key(unit, place), *_span(days)) for unit, told in coverage.items()
            for days in (told if isinstance(told, list) else [told])]
    return pd.DataFrame(rows, columns=[*place, "start", "end"])


def _key(unit: Any, place: tuple[str, ...]) -> Iterable[Any]:
    key = unit if isinstance(unit, tuple) else (unit,)
    if len(key) != len(place):
        raise InputError(f"coverage: {unit!r} is no ({', '.join(place)})")
    return key


def _published(name: str, place: tuple[str, ...], units: pd.DataFrame, held: pd.Series[Any]) -> pd.DataFrame:
    if name != "acled" or place[:1] != ("country",):
        raise InputError(f"coverage: {name!r} is not known for this unit: give spans, or \"acled\" for countries")
    last = np.datetime64(held.max(), "D") if len(held) else np.datetime64("1996-12-31", "D")
    since = {iso3: np.datetime64(f"{year}-01-01", "D") for iso3, year in acled_since().items()}
    if place == ("country",):
        units = pd.DataFrame({"country": sorted(since)})
    known = units[units["country"].isin(since.keys())]
    made = known.assign(start=known["country"].map(since), end=last)
    return made[made["start"] <= made["end"]].reset_index(drop=True)


def _alive(spans: pd.DataFrame, place: tuple[str, ...]) -> pd.DataFrame:
    """Spans cut to the lives of the states that they are of."""
    if place not in (("gw",), ("cow",)):
        return spans
    known = lives(place[0])
    rows = [(number, max(np.datetime64(start, "D"), born), min(np.datetime64(end, "D"), gone))
            for number, start, end in spans.itertuples(index=False) for born, gone in known.get(int(number), ())]
    made = pd.DataFrame([row for row in rows if row[1] <= row[2]], columns=list(spans.columns))
    return made.astype({"start": "datetime64[s]", "end": "datetime64[s]"})
