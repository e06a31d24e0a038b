"""Which actor a name means that several bear: the day and the countries that the text tells of decide, or nobody."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from eventcode.mentions._actor_tables import Entry

#: The rule behind a name that may mean several actors, none of which the text points to.
UNSURE = "parties/ambiguous"

#: Countries that a text tells of, the nearest first: those of the sentence, then those of the story.
Countries = Sequence[frozenset[str]]


def readings(entries: Iterable[Entry], on: date | None, countries: Countries = ()) -> dict[str, Entry]:
    """Per kind the entry that holds: of the latest table, then by date; among several actors by the countries.

    A name of several actors of which no country tells one is what they share (rule `parties/ambiguous`), or the plain
    role that the words are too ("Labour Party").
    """
    kinds: dict[str, list[Entry]] = {}
    for entry in entries:
        kinds.setdefault(entry.kind, []).append(entry)
    chosen = {kind: found[0] if len(found) == 1 else max(found, key=lambda e: (e.layer, e.fit(on)))
              for kind, found in kinds.items() if kind != "actor"}
    if "actor" in kinds:
        actor = _actor(kinds["actor"], on, countries)
        if actor is not None and not (actor.rule == UNSURE and "role" in chosen):
            chosen["actor"] = actor
    return chosen


def _actor(found: list[Entry], on: date | None, countries: Countries) -> Entry | None:
    """The one actor among the bearers of a name, what they share, or None where only far ones bear it."""
    top = max(entry.layer for entry in found)
    best: dict[str, Entry] = {}
    for entry in found:
        if entry.layer == top and (entry.key not in best or entry.fit(on) > best[entry.key].fit(on)):
            best[entry.key] = entry
    rivals = list(best.values())
    if on is not None and any(entry.valid(on) for entry in rivals):
        rivals = [entry for entry in rivals if entry.valid(on)]
    if on is None and _follow_each_other(rivals):
        return max(rivals, key=lambda entry: entry.fit(None))
    for told in countries:
        here = [entry for entry in rivals if entry.country in told]
        here = [entry for entry in here if not entry.faint] or here
        if here:
            return here[0] if len(here) == 1 else _shared(here)
    known = [entry for entry in rivals if not entry.faint]
    if len(known) < 2:
        return next(iter(known), None)
    return _shared(known)


def _follow_each_other(rivals: list[Entry]) -> bool:
    """Is this one body that became another: of one country, each with its time (rebels, then a party)?"""
    spans = sorted((entry.start or date.min, entry.end or date.max) for entry in rivals)
    apart = all(end < start for (_, end), (start, _) in pairwise(spans))
    return len(rivals) > 1 and apart and len({entry.country for entry in rivals}) == 1 and not any(
        entry.faint for entry in rivals)


def _shared(rivals: list[Entry]) -> Entry:
    """What all bearers of a name have in common, without saying which of them is meant."""
    first = rivals[0]
    countries, sectors = {e.country for e in rivals}, {e.sector for e in rivals}
    return replace(first, rule=UNSURE, name="", key="", parent="", start=None, end=None,
                   country=first.country if len(countries) == 1 else None,
                   sector=first.sector if len(sectors) == 1 else None,
                   traits=tuple(t for t in first.traits if all(t in e.traits for e in rivals)))
