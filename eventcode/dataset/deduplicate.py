"""Reports to events: rows that tell of one happening get one number; no row is dropped or changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np
import pandas as pd

from eventcode.countries import fold
from eventcode.dataset.columns import text_dtype
from eventcode.dataset.frame import plain
from eventcode.dataset.layout import Layout, cells_of, days, kind, layout_of, side, where
from eventcode.dataset.one_a_day import one_a_day
from eventcode.dataset.taxonomy import path_of, taxonomy
from eventcode.dataset.windows import Link, Report, Sides, Window, by_text, by_window, days_since_1970, text_of
from eventcode.errors import InputError
from eventcode.markup import safe

if TYPE_CHECKING:
    from eventcode.ontologies.base import Ontology

How: TypeAlias = Literal["window", "one-a-day", "text"]
Tables: TypeAlias = pd.DataFrame | Mapping[str, pd.DataFrame]

#: Column of a crosswalk and its dtype.
CROSSWALK = {"event_number": "Int64", "dataset": "text", "row": "Int64", "stands": "boolean", "days": "Int64",
             "km": "Float64", "levels": "Int64", "similarity": "Float64", "reason": "text"}


@dataclass(frozen=True)
class Deduplicated:
    """Reports, the events they tell of, and the crosswalk between them.

    `crosswalk` has a row per report, in the order of the data: event_number (from 0, in order of the rows that stand),
    dataset, row (from 0), stands (whether its row stands for the event), and to that row days, km, levels of the
    taxonomy shared and similarity of the text, and the reason in words.
    """

    originals: Mapping[str, pd.DataFrame]
    crosswalk: pd.DataFrame
    how: str

    @property
    def reports(self) -> pd.DataFrame:
        """Every row of the data, with its dataset (where there are several) and event_number before its own columns."""
        parts = []
        for name, frame in self.originals.items():
            marks = self.crosswalk.loc[self.crosswalk["dataset"] == name, self._marks].reset_index(drop=True)
            own = frame[[column for column in frame.columns if column not in self._marks]].reset_index(drop=True)
            parts.append(pd.concat([marks, own], axis=1))
        return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=self._marks)

    @property
    def _marks(self) -> list[str]:
        return ["dataset", "event_number"] if list(self.originals) != [""] else ["event_number"]

    @property
    def events(self) -> pd.DataFrame:
        """The row that stands for each event, with how many reports it has (`n_reports`), by event_number.

        A column `n_reports` of the data, as of events that were found before, gives way.
        """
        times = self.crosswalk.groupby("event_number", sort=True).size()
        stands = self.crosswalk["stands"].to_numpy(dtype=bool)
        made = self.reports[stands].drop(columns="n_reports", errors="ignore")
        made = made.sort_values("event_number", ignore_index=True)
        made.insert(list(made.columns).index("event_number") + 1, "n_reports",
                    pd.Series(times.to_numpy(), dtype="Int64"))
        return made

    def to_frame(self) -> pd.DataFrame:
        """The events."""
        return self.events

    def restore(self) -> pd.DataFrame | dict[str, pd.DataFrame]:
        """The data as they were handed in."""
        made = {name: frame.copy() for name, frame in self.originals.items()}
        return next(iter(made.values())) if list(made) == [""] else made

    def __str__(self) -> str:
        events = int(self.crosswalk["stands"].sum())
        return f"{len(self.crosswalk)} reports of {events} events ({self.how})"

    def _repr_html_(self) -> str:
        several = self.crosswalk[self.crosswalk["event_number"].duplicated(keep=False)]
        return f"<p>{safe(str(self))}</p>{several.head(20).to_html(index=False, border=0)}"


def deduplicate(data: Tables, schema: str | Ontology | Layout | Mapping[str, str] | None = None, *,
                how: How = "window", days: int = 1, km: float | None = 10.0, levels: int = 1,
                sides: Sides = "ignored", kinds: Mapping[str, Any] | None = None, similarity: float = 0.7,
                level: Literal["code", "root"] = "code") -> Deduplicated:
    """Find the rows that tell of one event, in one table or between several; nothing is deleted.

    data: a frame, or frames by the name of their data set. schema: the format of the frame; for several frames a
    mapping of data set to format, where the names are not formats themselves.

    how: "window" (the manner of MELTT: same kind of event, near in space and time), "one-a-day" (same day, source,
    target and code: see `one_a_day`, of one frame), or "text" (texts that nearly copy one another).

    days: reports of one event lie at most so many days apart (spans of days: between their nearest ends).
    km: and at most so far apart; None compares the country and admin1 instead, which both must name.
    levels: and share so many levels of their kind (class, kind, act: `taxonomy.csv`); 0 for none. kinds: paths of your
    own, code to a word or a tuple of words from the widest level on. A code on no list is a kind of its own.
    sides: "same" (both name the same actors, in either order), "shared" (one actor in common) or "ignored".
    similarity: for "text", the least share of common word triples (Jaccard, 0 to 1).

    Between several data sets rows of one and the same are never matched, an event has at most one report of each, and
    the row of the data set named first stands. In one frame the earliest row stands. A row without a day, or without
    what is compared, stands for itself.

    Raises InputError on a missing column, another `how` or an unknown format.
    """
    tables = {"": data} if isinstance(data, pd.DataFrame) else dict(data)
    formats = _formats(tables, schema)
    if how == "one-a-day":
        links = _one_a_day(tables, formats, level)
    elif how in ("window", "text"):
        reports = _ordered(_reports(tables, formats, kinds, how == "text"))
        window = Window(days, km, levels, sides, across=len(tables) > 1)
        links = by_window(reports, window) if how == "window" else by_text(reports, similarity, days)
    else:
        raise InputError(f"deduplicate: how {how!r} is none of window, one-a-day, text")
    return Deduplicated(tables, _crosswalk(tables, links, how), how)


def _formats(tables: Mapping[str, pd.DataFrame], schema: Any) -> dict[str, Any]:
    if schema is None and "" in tables:
        raise InputError("deduplicate: say what the frame holds: schema is acled, ucdp-ged, cameo ...")
    given = schema if isinstance(schema, Mapping) else dict.fromkeys(tables, schema)
    return {name: given.get(name) or name for name in tables}


def _one_a_day(tables: Mapping[str, pd.DataFrame], formats: Mapping[str, Any], level: Any) -> dict[int, Link]:
    if len(tables) != 1:
        raise InputError("deduplicate: one-a-day is of one frame")
    (name, frame), = tables.items()
    rows = one_a_day(frame, formats[name], level=level)["one_a_day_row"].tolist()
    return {row: Link(int(stands), 0) for row, stands in enumerate(rows) if stands != row}


def _reports(tables: Mapping[str, pd.DataFrame], formats: Mapping[str, Any], kinds: Mapping[str, Any] | None,
             texts: bool) -> list[Report]:
    made: list[Report] = []
    for number, (name, frame) in enumerate(tables.items()):
        made += _of_table(frame, formats[name], number, len(made), kinds, texts)
    return made


def _of_table(frame: pd.DataFrame, schema: Any, dataset: int, offset: int, kinds: Mapping[str, Any] | None,
              texts: bool) -> list[Report]:
    layout = layout_of(schema)
    known = kinds if kinds is not None else taxonomy(schema if isinstance(schema, str) else getattr(schema, "name", ""))
    first = days_since_1970(days(cells_of(frame, layout.day, "deduplicate")))
    last = days_since_1970(days(frame[layout.end])) if layout.end in frame.columns else first
    place = where(frame, layout, "deduplicate")
    areas = [None if pd.isna(c) or pd.isna(a) else f"{c} {fold(str(a))}"
             for c, a in zip(place["country"], place["admin1"], strict=True)]
    points = [[plain(cell) for cell in place[name].tolist()] for name in ("latitude", "longitude")]
    codes = map(plain, kind(frame, layout, "deduplicate"))
    paths = [path_of(code, known) or ((code,) if code else ()) for code in codes]
    actors = _actors(frame, layout)
    told = [text_of(plain(cell)) for cell in cells_of(frame, str(layout.text), "deduplicate")] if texts else \
        [frozenset[int]()] * len(frame)
    return [Report(offset + row, dataset, a, a if b is None else max(a, b), *rest)
            for row, (a, b, *rest) in enumerate(zip(first, last, *points, areas, paths, actors, told, strict=True))
            if a is not None]


def _actors(frame: pd.DataFrame, layout: Layout) -> list[frozenset[str]]:
    parts = [side(frame, name, layout.nested, "deduplicate").tolist() for name in (layout.source, layout.target)
             if name in frame.columns]
    known = lru_cache(maxsize=100_000)(fold)
    return [frozenset(known(str(cell)) for cell in cells if plain(cell) is not None)
            for cells in (zip(*parts, strict=True) if parts else [()] * len(frame))]


def _ordered(reports: list[Report]) -> list[Report]:
    """The order in which reports come to stand: by data set, then day, then row."""
    return sorted(reports, key=lambda report: (report.dataset, report.first, report.number))


def _crosswalk(tables: Mapping[str, pd.DataFrame], links: Mapping[int, Link], how: str) -> pd.DataFrame:
    sizes = [len(frame) for frame in tables.values()]
    total = sum(sizes)
    stands = np.arange(total)
    stands[list(links)] = [link.stands for link in links.values()]
    numbers = np.cumsum(stands == np.arange(total)) - 1
    told = [links.get(row) for row in range(total)]
    cells: dict[str, Any] = {
        "event_number": numbers[stands], "dataset": np.repeat(list(tables), sizes),
        "stands": stands == np.arange(total),
        "row": np.concatenate([np.arange(size) for size in sizes]) if sizes else [],
        **{name: [None if link is None else getattr(link, name) for link in told]
           for name in ("days", "km", "levels", "similarity")},
        "reason": [None if link is None else _reason(link, how) for link in told]}
    return pd.DataFrame({name: pd.Series(cells[name], dtype=text_dtype() if dtype == "text" else dtype)
                         for name, dtype in CROSSWALK.items()})


def _reason(link: Link, how: str) -> str:
    if how == "one-a-day":
        return "same day, source, target and event"
    apart = "same day" if link.days == 0 else f"{link.days} day{'s' * (link.days > 1)} apart"
    if how == "text":
        return f"{apart}, {link.similarity:.0%} of word triples in common"
    far = "same area" if link.km is None else f"{link.km:.1f} km apart"
    return f"{apart}, {far}, {link.levels} levels of kind alike"
