"""Raids of armed groups: the village that was only stormed, whom the raiders killed there; and blades of no mob."""

from __future__ import annotations

from collections.abc import Sequence

from eventcode.neutral import HAPPENED, Event, Mentions, Party
from eventcode.ontologies.acled import parties, wording
from eventcode.ontologies.claims import position

_TAKEN = frozenset({"capture_territory", "retake_territory"})
_HARM = frozenset({"arrest", "beat", "shoot", "kill", "injure", "attack"})
#: How many characters on a killing by nobody named is still the raiders'.
_NEXT = 300
_DEADLY = frozenset({"kill", "die", "injure"})
#: How far before its sentence those who did it may be told of.
_BEFORE = 150
_ON_PEOPLE = frozenset({"sexual_violence", "kill", "execute", "massacre", "shoot", "torture", "beat", "abduct",
                        "attack"})
_RAIDS = frozenset({"destroy_property", "loot", "seize_property", "incursion", "block_road", "raid"})
_WITH_BLADES = wording.pattern("blade-deeds")
_STORMED = wording.pattern("storming")
_ON_PRISONS = frozenset({"raid", "attack", "incursion", "capture_territory", "explode", "bombard", "riot",
                         "jailbreak"})
_PRISON = wording.pattern("prisons")


def killed_by_raiders(events: Sequence[Event]) -> tuple[Event, ...]:
    """The events, people killed by nobody named right after an armed group's raid is told killed by that group."""
    raids = [event for event in events if event.action in _RAIDS and event.status in HAPPENED and event.sources
             and parties.is_armed_group(event.sources[0])]

    def read(event: Event) -> Event:
        if event.sources or event.action not in ("kill", "massacre") or event.status not in HAPPENED or any(
                parties.is_combatant(party, "target") for party in event.targets):
            return event
        raid = next((r for r in raids if 0 <= position(event) - r.reports[-1].sentence.end < _NEXT
                     and may_be_there(event, r)), None)
        return event if raid is None else event.model_copy(update={"sources": raid.sources})

    return tuple(map(read, events))


def among_the_armed(events: Sequence[Event]) -> tuple[Event, ...]:
    """The events, a fight of armed men without the people who are only said to have died in it: they are no side."""
    return tuple(event.model_copy(update={"targets": ()}) if _has_only_dead(event) else event for event in events)


def _has_only_dead(fight: Event) -> bool:
    sides = {p.start for report in fight.reports if report.action not in _DEADLY for p in report.targets}
    armed = bool(fight.sources) and parties.is_armed_group(fight.sources[0])
    return fight.action == "clash" and armed and bool(fight.targets) and all(
        p.start not in sides and not parties.is_combatant(p, "target") for p in fight.targets)


def by_those_told(events: Sequence[Event], mentions: Mentions) -> tuple[Event, ...]:
    """The events, people raped, shot, killed or taken by nobody named done so by the one armed group that is told of
    just before: "militiamen barred the road, and eleven mourners were shot"."""
    groups = [party for party in mentions.actors if parties.is_armed_group(party)]
    return tuple(_by_those_told(event, groups) for event in events) if groups else tuple(events)


def _by_those_told(event: Event, groups: Sequence[Party]) -> Event:
    first = event.reports[0]
    if event.sources or event.action not in _ON_PEOPLE or event.status not in HAPPENED or event.attributed_to or any(
            parties.is_combatant(party, "target") for party in event.targets):
        return event
    own = {party.start for party in event.targets}
    here = [p for p in groups if first.sentence.start - _BEFORE <= p.start < first.trigger.start and p.start not in own]
    if not here or len({party.key for party in here if not party.refers_to}) > 1:
        return event
    rules = (*here[-1].rules, "acled/actors/told-before")
    return event.model_copy(update={"sources": (here[-1].model_copy(update={"rules": rules}),),
                                    "targets": event.targets or parties.crowd_of(event, "civilian")})


def by_no_mob(events: Sequence[Event]) -> tuple[Event, ...]:
    """The events, people hacked or stabbed to death by nobody named taken for killed: no crowd is told of."""
    return tuple(event.model_copy(update={"action": "kill", "weapons": event.weapons or ("knife",)})
                 if event.action == "mob_violence" and not event.sources
                 and _WITH_BLADES.match(event.reports[0].trigger.text) else event for event in events)


def without_stormed_villages(events: Sequence[Event]) -> tuple[Event, ...]:
    """The events without the storming of a village, taken from nobody, by those who then hurt its people there."""
    def only_stormed(taken: Event) -> bool:
        if taken.action not in _TAKEN or not taken.sources or not _STORMED.match(taken.reports[0].trigger.text) or any(
                parties.is_combatant(party, "source") for party in taken.targets):
            return False
        return any(event.action in _HARM and event.status in HAPPENED and event.targets and event.sources
                   and event.sources[0].key == taken.sources[0].key and may_be_there(event, taken)
                   and not parties.is_combatant(event.targets[0], "target") for event in events)

    return tuple(event for event in events if not only_stormed(event))


def without_raided_places(events: Sequence[Event]) -> tuple[Event, ...]:
    """The events without the raid on a camp or quarter, in which nobody is hurt, by those who fight there.

    Codebook 2024, Battles: an exchange of fire in the course of a raid is one armed clash.
    """
    fights = [event for event in events if event.action == "clash" and event.status in HAPPENED and event.sources]

    def is_told_as_fight(raid: Event) -> bool:
        if raid.action not in ("raid", "attack", "incursion") or raid.counts or not raid.sources or any(
                parties.is_combatant(party, "target") or "person" in party.traits for party in raid.targets):
            return False
        return any(raid.sources[0].key in {party.key for party in (*fight.sources, *fight.targets)}
                   and 0 <= position(fight) - position(raid) < _NEXT and may_be_there(fight, raid) for fight in fights)

    return tuple(event for event in events if not is_told_as_fight(event))


def broken_open(events: Sequence[Event]) -> tuple[Event, ...]:
    """The events, inmates freed by those who raided the prison taken for a prison break.

    Codebook 2024, Strategic developments: Other.
    """
    raids = [event for event in events if event.action in _ON_PRISONS and event.status in HAPPENED and event.sources
             and any(_PRISON.search(report.sentence.text) for report in event.reports)]

    def is_break(event: Event) -> bool:
        return event.action in ("release", "rescue") and bool(event.sources) and any(
            event.sources[0].key == raid.sources[0].key and parties.is_armed_group(raid.sources[0])
            and may_be_there(event, raid) for raid in raids)

    return tuple(event.model_copy(update={"action": "jailbreak"}) if is_break(event) else event for event in events)


def may_be_there(event: Event, other: Event) -> bool:
    """At one place on one day as far as is told: the day of one of them may be that of publication alone."""
    if event.status not in HAPPENED:
        return False
    dated = event.date.basis == other.date.basis == "text"
    placed = event.place is not None and other.place is not None
    return (not dated or event.date.start == other.date.start) and (
        not placed or _name(event) == _name(other) or _inherited(event))


def _name(event: Event) -> str:
    return event.place.name if event.place is not None else ""


def _inherited(event: Event) -> bool:
    """Is its place only that of what is told next to it?"""
    return event.place is not None and event.place.start is None
