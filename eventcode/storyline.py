"""What each event is in its article: the main event, background to it, a consequence of it, or another story."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from eventcode.lexicon import Action
from eventcode.neutral import Event, EventDate, StoryRole
from eventcode.sameness import INHERITED, same, same_action

#: Families of what is said and done about an act once it has happened.
_FOLLOWS = frozenset({
    "detention", "legal action", "investigation", "statement", "support", "appeal", "demand", "accusation", "threat",
    "sanction", "breaking relations", "coercion", "rejection", "politics", "force posture", "displacement", "aid",
    "concession", "surrender", "mediation", "talks"})
_HAPPENED = frozenset({"actual", "ongoing"})


def with_roles(events: Sequence[Event], actions: Mapping[str, Action]) -> list[Event]:
    """The events, each with its `role`. The first act that the article tells as news is its main event; what the same
    sentence tells beside it is main too."""
    main = _main(events, actions)
    if main is None:
        return list(events)
    return [event.model_copy(update={"role": _role(event, main, actions)}) for event in events]


def _main(events: Sequence[Event], actions: Mapping[str, Action]) -> Event | None:
    """The first event that has happened and is no mere word, nor told as earlier; else the first that has happened."""
    told = [e for e in events if e.status in _HAPPENED and e.reports[0].asserted and e.reports[0].order != "earlier"]
    deeds = (e for e in told if not actions[e.action].speech)
    return next(deeds, None) or next(iter(told or events), None)


def _role(event: Event, main: Event, actions: Mapping[str, Action]) -> StoryRole:
    if event is main:
        return "main"
    first = event.reports[0]
    if first.order == "earlier" or event.status == "historical" or _ends_before(event.date, main.date):
        return "background"
    if first.sentence == main.reports[0].sentence and event.status in _HAPPENED and first.order is None:
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
