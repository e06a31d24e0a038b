"""What each event is in its article, and what other sentences add to its numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from eventcode.lexicon import Action
from eventcode.neutral import HAPPENED, Count, Event, EventDate, Place, StoryRole
from eventcode.sameness import INHERITED, inside, is_one_place, same, same_action

#: Families of what is said and done about an act once it has happened.
_FOLLOWS = frozenset({
    "detention", "legal action", "investigation", "statement", "support", "appeal", "demand", "accusation", "threat",
    "sanction", "breaking relations", "coercion", "rejection", "politics", "force posture", "displacement", "aid",
    "concession", "surrender", "mediation", "talks"})
#: Another number for an event stands at most this many characters behind the one before.
_NEAR = 800


def with_roles(events: Sequence[Event], actions: Mapping[str, Action]) -> list[Event]:
    """The events, each with its `role`. The first act that the article tells as news is its main event; what the same
    sentence tells beside it is main too."""
    main = _main(events, actions)
    if main is None:
        return list(events)
    return [event.model_copy(update={"role": _role(event, main, actions)}) for event in events]


def _main(events: Sequence[Event], actions: Mapping[str, Action]) -> Event | None:
    """The first event that has happened and is no mere word, nor told as earlier; else the first that has happened."""
    told = [e for e in events if e.status in HAPPENED and e.reports[0].asserted and e.reports[0].order != "earlier"]
    deeds = (e for e in told if not actions[e.action].speech)
    return next(deeds, None) or next(iter(told or events), None)


def _role(event: Event, main: Event, actions: Mapping[str, Action]) -> StoryRole:
    if event is main:
        return "main"
    first = event.reports[0]
    if first.order == "earlier" or event.status == "historical" or _ends_before(event.date, main.date):
        return "background"
    if first.sentence == main.reports[0].sentence and event.status in HAPPENED and first.order is None:
        return "main"
    return "consequence" if _follows(event, main, actions) else "other"


def _follows(event: Event, main: Event, actions: Mapping[str, Action]) -> bool:
    """Is it told as an answer, is it what is done about such acts, is it later, or done to who did it?"""
    if event.reports[0].order == "answer" or _ends_before(main.date, event.date):
        return True
    if actions[event.action].family in _FOLLOWS and not same_action(event.action, main.action, actions):
        return True
    return any(same(target, source) for target in event.targets for source in main.sources)


def _ends_before(one: EventDate, other: EventDate) -> bool:
    """Is the first over before the second begins, by the words of both?"""
    if one.basis != "text" or other.basis != "text" or not INHERITED.isdisjoint((*one.rules, *other.rules)):
        return False
    end = one.end or one.start
    return end is not None and other.start is not None and end < other.start


def with_figures(events: Sequence[Event], counts: Sequence[tuple[Count, Sequence[Place]]]) -> list[Event]:
    """The events, each with the numbers that sentences without an act of their own give for it.

    "The governor put the dead at 40", "another five died on Tuesday": of the event told last before, near by, that has
    such a number already; of one at the place that the number is told with ("lost two men in Rutshuru"), if any is.

    counts: each with the places that its sentence names.
    """
    taken = {(count.start, count.end) for event in events for report in event.reports for count in report.counts}
    given: dict[str, list[Count]] = {}
    for count, places in counts:
        told = count.attributed_to is not None or count.more or "count/another-figure" in count.rules
        if told and not count.part_of_total and (count.start, count.end) not in taken:
            host = _counted_before(count, [event for event in events if _is_there(event, _place_beside(count, places))])
            if host is not None:
                known = count.model_copy(update={"rules": (*count.rules, "events/another-figure")})
                given.setdefault(host.id, []).append(known)
    return [event.model_copy(update={"counts": (*event.counts, *given[event.id])}) if event.id in given else event
            for event in events]


def _place_beside(count: Count, places: Sequence[Place]) -> Place | None:
    """The place named right behind a number, else the last one named before it."""
    named = [place for place in places if place.start is not None and place.precision != "country"]
    behind = [place for place in named if (place.start or 0) >= count.end]
    return behind[0] if behind else named[-1] if named else None


def _is_there(event: Event, place: Place | None) -> bool:
    if place is None or event.place is None:
        return True
    return is_one_place(event.place, place) or inside(event.place, place) or inside(place, event.place)


def _counted_before(count: Count, events: Sequence[Event]) -> Event | None:
    """The event with a number of this kind that was told last before this one."""
    able = [(max(ends), event) for event in events if event.status in HAPPENED
            and (ends := [c.end for c in event.counts if c.what == count.what and c.end <= count.start])]
    last, host = max(able, key=lambda pair: pair[0], default=(0, None))
    return host if host is not None and count.start - last <= _NEAR else None
