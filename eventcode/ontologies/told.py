"""What one event of an article tells about another: whose deaths a bare toll counts.

Reports tell a fight in one sentence and its dead in the next ("Five soldiers were killed"). Codebooks record one event
with both.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from eventcode.neutral import Event, Party

_TOLL = frozenset({"kill", "die", "injure"})
_FIGHTS = frozenset({"clash", "attack", "offensive", "repel_attack", "ambush", "shoot", "bombard", "explode", "raid",
                     "suicide_bombing", "shoot_down", "incursion", "capture_territory", "retake_territory"})
_KINDS = frozenset({"military", "police", "rebel", "militia", "unidentified", "civilian"})


class Told(NamedTuple):
    """The events of an article with what others tell of them, and the events that tell nothing more of their own."""

    events: tuple[Event, ...]
    absorbed: tuple[tuple[Event, Event], ...]


def together(events: Sequence[Event]) -> Told:
    """Give each fight the counts of a bare toll of its own sides.

    A toll (somebody was killed, by nobody named) goes to the fight told last before it, else the next one, at a place
    and on a day that agree, if all its dead are of a kind that fights there. `absorbed` has each toll and its fight.
    """
    order = sorted(events, key=lambda event: event.reports[0].trigger.start)
    fights = {event.id: event for event in order if event.action in _FIGHTS and event.status in ("actual", "ongoing")}
    absorbed = []
    for toll in order:
        if toll.action not in _TOLL or toll.sources or not toll.counts or toll.status not in ("actual", "ongoing"):
            continue
        host = _host(toll, list(fights.values()))
        if host is not None:
            fights[host.id] = host.model_copy(update={"counts": (*host.counts, *toll.counts)})
            absorbed.append((toll, fights[host.id]))
    gone = {toll.id for toll, _ in absorbed}
    kept = tuple(fights.get(event.id, event) for event in events if event.id not in gone)
    return Told(kept, tuple(absorbed))


def _host(toll: Event, fights: Sequence[Event]) -> Event | None:
    fitting = [fight for fight in fights if _agree(toll, fight) and _of_its_sides(toll, fight)]
    here = toll.reports[0].trigger.start
    before = [fight for fight in fitting if fight.reports[0].trigger.start <= here]
    return before[-1] if before else next(iter(fitting), None)


def _agree(one: Event, other: Event) -> bool:
    """Can both be at one place on one day, as far as is told?"""
    if one.date.basis == other.date.basis == "text" and one.date.start != other.date.start:
        return False
    if one.place is None or other.place is None or "country" in (one.place.precision, other.place.precision):
        return True
    return one.place.name == other.place.name or (
        "province" in (one.place.precision, other.place.precision) and one.place.admin1 == other.place.admin1)


def _of_its_sides(toll: Event, fight: Event) -> bool:
    sides = (*fight.sources, *fight.targets)
    return bool(toll.targets and fight.sources and fight.targets) and all(
        any(_alike(dead, party) for party in sides) for dead in toll.targets)


def _alike(one: Party, other: Party) -> bool:
    if one.actor_id and other.actor_id:
        return one.actor_id == other.actor_id
    if one.country and other.country and one.country != other.country:
        return False
    return not _KINDS.isdisjoint(set(one.traits) & set(other.traits))
