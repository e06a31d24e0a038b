"""Deaths by side: whose dead a figure counts, and the low, best and high of the whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from eventcode.neutral import Count, Event, Party
from eventcode.ontologies.counts import GENERAL, Tally, figures, lowest, party_of, uncounted_dead
from eventcode.ontologies.ucdp_ged.sides import Side, is_nameless_group, kind

Column = Literal["deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown"]


@dataclass
class Deaths:
    """The deaths columns of one record, and the count behind each."""

    numbers: dict[Column, int] = field(default_factory=lambda: dict.fromkeys(
        ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown"), 0))
    words: dict[Column, Count] = field(default_factory=dict)
    low: int = 0
    high: int = 0
    rules: tuple[str, ...] = ()

    @property
    def best(self) -> int:
        return sum(self.numbers.values())

    def add(self, column: Column, number: int, count: Count | None) -> None:
        self.numbers[column] += number
        if count is not None and number:
            self.words.setdefault(column, count)


def deaths(events: Sequence[Event], counts: Sequence[Count], side_a: Side, side_b: Side,
           named: Sequence[Party]) -> Deaths:
    """The dead of one dyad's events. A part of a total ("including two children") goes to its own side and is taken
    off the whole; what nobody claims is unknown."""
    found = Deaths()
    totals = figures(counts) or tuple(d for event in events[:1] if (d := uncounted_dead(event)))
    wholes = {count.start for total in totals for count in total.counts}
    parts = [count for count in counts if count.what == "killed" and count.part_of_total and count.start not in wholes]
    struck = events[0].targets[0] if events[0].targets else side_b.lead
    for total in totals:
        _add(found, total, parts if total is totals[0] else [], (side_a, side_b), (*named, struck))
    return found


def _add(found: Deaths, total: Tally, parts: Sequence[Count], dyad: tuple[Side, Side], named: Sequence[Party]) -> None:
    side_a, side_b = dyad
    left, first = total.best, next(iter(total.counts), None)
    own: list[tuple[Column, int, Count]] = []
    for part in parts:
        number = min(lowest(part) or 0, left)
        own.append((_column(part, side_a, side_b, named), number, part))
        left -= number
    # an uncounted death has no words of its own: it is the death of whoever was struck
    column = _column(first, side_a, side_b, named) if first is not None else _by_kind(named[-1], side_a, side_b)
    found.add(column, left, first)  # the whole comes first: its words are the evidence where a part is on its side
    for part_column, number, part in own:
        found.add(part_column, number, part)
    found.low, found.high = found.low + total.low, found.high + total.high
    found.rules = tuple(dict.fromkeys(found.rules + total.rules))


def _column(count: Count, side_a: Side, side_b: Side, named: Sequence[Party]) -> Column:
    """Whose dead a count counts: by the party its words touch, then by what such a party is."""
    sides: list[tuple[Column, tuple[Party, ...]]] = [
        ("deaths_b", side_b.parties), ("deaths_a", side_a.parties),
        ("deaths_civilians", side_a.bystanders + side_b.bystanders)]
    if side_b.kind == "civilians":
        return "deaths_civilians"
    for column, parties in sides:
        if party_of(count, parties) is not None:
            return column
    known = party_of(count, named)
    if known is None or (count.who or "").casefold() in GENERAL:
        return "deaths_unknown"  # "12 people" in a fight of two armed sides tells nothing of who they were
    return _by_kind(known, side_a, side_b)


def _by_kind(party: Party, side_a: Side, side_b: Side) -> Column:
    what = "group" if is_nameless_group(party) else kind(party)
    if what == "civilians" or side_b.kind == "civilians":
        return "deaths_civilians"
    if side_a.kind != side_b.kind:
        return "deaths_a" if what == side_a.kind else "deaths_b" if what == side_b.kind else "deaths_unknown"
    if party.key == side_b.lead.key:
        return "deaths_b"
    return "deaths_a" if party.key == side_a.lead.key else "deaths_unknown"
