"""What one event of an article tells about another: whose deaths a bare toll counts.

Reports tell a fight in one sentence and its dead in the next ("Five soldiers were killed", "He put the dead at 15").
Codebooks record one event with both, and no totals of a year or of a war.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from eventcode.neutral import HAPPENED, Count, Event, Mentions, Party
from eventcode.ontologies.sentences import is_told_at

_TOLL = frozenset({"kill", "die", "injure"})
_FIGHTS = frozenset({"clash", "attack", "offensive", "repel_attack", "ambush", "shoot", "bombard", "explode", "raid",
                     "suicide_bombing", "shoot_down", "torture", "beat", "incursion", "capture_territory",
                     "retake_territory"})
#: Fighters of no state, whatever a report calls them the second time.
_FIGHTERS = frozenset({"rebel", "militia", "unidentified"})
_BATTLES = frozenset({"clash", "capture_territory", "retake_territory", "offensive", "repel_attack"})
_TAKES = frozenset({"capture_territory", "retake_territory"})
_KINDS = frozenset({"military", "police", "rebel", "militia", "unidentified", "civilian"})


#: A bare figure belongs to a fight told so many sentences' worth of characters before it, and a larger one is a war's.
_REACH, _ONE_FIGHT = 400, 1000
_DATED = ("day", "week")
#: What tells the hour, "by evening", "overnight", tells of no other day where people die of a fight.
_PART_OF_A_DAY = frozenset({"date/daypart", "date/today"})


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
    fights = {event.id: event for event in order if event.action in _FIGHTS and event.status in HAPPENED}
    absorbed = []
    for toll in order:
        if not _is_toll(toll):
            continue
        host = _host(toll, list(fights.values()))
        if host is not None:
            fights[host.id] = _with_toll(host, toll)
            absorbed.append((toll, fights[host.id]))
    gone = {toll.id for toll, _ in absorbed}
    kept = tuple(fights.get(event.id, event) for event in events if event.id not in gone)
    return Told(kept, tuple(absorbed))


def _with_toll(fight: Event, toll: Event) -> Event:
    """The fight with the dead of a toll; where only a place is said to be fought for, they are the side not named."""
    others = () if any(party.traits for party in fight.targets) else tuple(
        dead for dead in _dead(toll) if not any(_alike(dead, party) for party in fight.sources)
        and not (fight.action in _BATTLES and "civilian" in dead.traits))
    return fight.model_copy(update={"counts": (*fight.counts, *toll.counts), "targets": (*fight.targets, *others)})


def _dead(toll: Event) -> tuple[Party, ...]:
    """Who died: of "five were killed and the bus was burned" the five."""
    return tuple(party for report in toll.reports if report.action in _TOLL for party in report.targets) or toll.targets


def _is_toll(event: Event) -> bool:
    """Somebody was killed or hurt by nobody named; or the dead of both sides of an attack that has no attacker."""
    if event.sources or not event.counts or event.status not in HAPPENED:
        return False
    camps = {"military" in party.traits or "police" in party.traits for party in event.targets}
    burnt = event.action == "destroy_property"  # "five were killed and the bus was burned"
    told = event.action in _TOLL or any(report.action in _TOLL for report in event.reports[:None if burnt else 1])
    return told or (event.action in ("attack", "clash") and len(camps) == 2)


def without_totals(events: Sequence[Event]) -> tuple[Event, ...]:
    """The events without the figures of reports that count over a year or month what is dated to a day."""
    return tuple(_without_totals(event) for event in events)


def _without_totals(event: Event) -> Event:
    if event.date.precision not in _DATED or len(event.reports) < 2:
        return event
    totals = {(count.start, count.end) for report in event.reports for count in report.counts
              if report.date.basis == "text" and report.date.precision in ("year", "month")}
    if not totals:
        return event
    kept = tuple(count for count in event.counts if (count.start, count.end) not in totals)
    return event.model_copy(update={"counts": kept})


def with_bare_figures(events: Sequence[Event], mentions: Mentions) -> tuple[Event, ...]:
    """The events, each fight without a death given the dead that a later sentence counts and no event has.

    The sentence must name no other day, and the figure no more than one fight's dead.
    """
    taken = {(count.start, count.end) for event in events
             for counts in (event.counts, *(report.counts for report in event.reports)) for count in counts}
    bare = [count for count in mentions.counts if count.what == "killed" and not count.part_of_total
            and (count.start, count.end) not in taken and (count.best or 0) < _ONE_FIGHT]
    known = {event.id: event for event in events}
    given: dict[str, int] = {}
    for count in bare:
        host = _told_before(count, list(known.values()), given)
        if host is not None and not _dated_otherwise(count, host, mentions, events):
            given.setdefault(host.id, count.start)
            known[host.id] = host.model_copy(update={"counts": (*host.counts, count)})
    return tuple(known[event.id] for event in events)


def _told_before(count: Count, events: Sequence[Event], given: dict[str, int]) -> Event | None:
    """The fight told last before a figure, if it has no dead of its own but those of this figure's sentence."""
    fights = [event for event in events if event.action in _FIGHTS and event.status in HAPPENED
              and event.reports[0].trigger.start < count.start and any(report.asserted for report in event.reports)]
    last = max(fights, key=lambda event: event.reports[0].trigger.start, default=None)
    if last is None or count.start - last.reports[-1].sentence.end > _REACH:
        return None
    own = any(other.what == "killed" for other in last.counts)
    return last if not own or count.start - given.get(last.id, -_REACH) < _REACH // 4 else None


def _dated_otherwise(count: Count, host: Event, mentions: Mentions, events: Sequence[Event]) -> bool:
    """Does a date near the figure, outside the fight's own sentences and what is told after it, name another day or a
    longer time?"""
    after = [event for event in events if event.reports[0].sentence.start > count.end]
    for date in mentions.dates:
        here = any(is_told_at(date.start, event) for event in (host, *after))
        if abs(date.start - count.start) > _REACH // 4 or here or not _PART_OF_A_DAY.isdisjoint(date.rules[:1]):
            continue
        if date.first is None or host.date.start is None or date.precision not in _DATED \
                or not date.first <= host.date.start <= (date.last or date.first):
            return True
    return False


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
    if not _dead(toll):  # "3 dead and 5 wounded.", right behind the fight
        return 0 <= toll.reports[0].trigger.start - fight.reports[-1].sentence.end < _REACH // 4
    if not any(party.traits for party in fight.targets):
        return _may_be_hit(toll, fight)
    if not fight.sources:
        return False
    if _caught_up(toll, fight):
        return True
    for_a_place = fight.action in _TAKES and not any(party.traits for party in fight.targets)
    return all(any(_alike(dead, party) for party in sides) or (for_a_place and not _KINDS.isdisjoint(dead.traits)
               and "civilian" not in dead.traits) for dead in _dead(toll))


def _may_be_hit(toll: Event, fight: Event) -> bool:
    """Can the dead be whom a shelling, blast or fight with one side told has hit? Somebody of one kind, right after."""
    if fight.action in _TAKES:
        armed = all(not _KINDS.isdisjoint(dead.traits) and "civilian" not in dead.traits for dead in _dead(toll))
        return bool(fight.sources) and (armed or _caught_up(toll, fight))
    near = 0 <= toll.reports[0].trigger.start - fight.reports[-1].sentence.end < _REACH // 2
    return near and all(not _KINDS.isdisjoint(dead.traits) for dead in _dead(toll))


def _caught_up(toll: Event, fight: Event) -> bool:
    """People without arms, or of no known kind, who died where an attack or battle was just told: among its dead."""
    near = 0 <= toll.reports[0].trigger.start - fight.reports[-1].sentence.end < _REACH // 2
    return near and toll.action in ("kill", "die") and all(
        "civilian" in dead.traits or (not dead.traits and dead.size is not None) for dead in _dead(toll))


def _are_police(one: Party, other: Party) -> bool:
    """Police on both sides: a foreign policeman who falls in a fight of the police fell on their side."""
    return "police" in one.traits and "police" in other.traits


def _is_contingent(troops: Party, mission: Party) -> bool:
    """Ugandan soldiers of an African Union mission: troops that a country lends."""
    return "military" in troops.traits and troops.country is not None and "igo" in mission.traits \
        and not {"military", "peacekeeper"}.isdisjoint(mission.traits)


def _alike(one: Party, other: Party) -> bool:
    if one.actor_id and one.actor_id == other.actor_id:
        return True
    if _is_contingent(one, other) or _is_contingent(other, one):
        return True
    if one.actor_id and other.actor_id:
        return False
    if one.country and other.country and one.country != other.country and not _are_police(one, other):
        return False
    mine, theirs = set(one.traits) & _KINDS, set(other.traits) & _KINDS
    return bool(mine & theirs) or bool(mine & _FIGHTERS and theirs & _FIGHTERS)
