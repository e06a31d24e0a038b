"""Acts that an article only refers to: "the trial over the murder of two nuns", "denied any part in the killing of X".

They have happened, and whom they befell is told, but no clause reports them. They are events of the article, marked by
the rule `events/referred-to` and told in the background; no ontology codes them as records of their own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from eventcode.events import absorb, event_of, start
from eventcode.groups import Group
from eventcode.happenings import one_happening, places_fit
from eventcode.lexicon import Action
from eventcode.mentions.stage import Stage, with_places
from eventcode.neutral import HAPPENED, Event, EventMention

REFERRED = "events/referred-to"
_BEFELL = frozenset({"killed", "injured", "abducted"})


def referred_to(events: Sequence[Event], mentions: Sequence[EventMention], contents: Sequence[EventMention],
                actions: Mapping[str, Action], stage: Stage | None) -> list[Event]:
    """The events that these mentions refer to and that are not among those told, in text order.

    contents: mentions of what other acts are about.
    A mention is left out where it is part of an event, and where it may name one that was told.
    """
    taken = {(report.trigger.start, report.action) for event in events for report in event.reports}
    told = [_group_of(event) for event in events if event.status in HAPPENED]
    found: list[Group] = []
    named = [mention for mention in mentions if _is_reference(mention, embedded=False)]
    named += [mention for mention in contents if _is_reference(mention, embedded=True)]
    for mention in sorted(named, key=lambda m: m.trigger.start):
        if (mention.trigger.start, mention.action) in taken:
            continue
        group = start(mention.model_copy(update={"status": "actual", "rules": (*mention.rules, REFERRED)}))
        if any(_is_one(known, group, actions) for known in told):
            continue
        home = next((known for known in found if _is_one(known, group, actions)), None)
        if home is None:
            found.append(group)
        else:
            absorb(home, group)
    made = [event_of(group, f"r{n}").model_copy(update={"role": "background"}) for n, group in enumerate(found, 1)]
    return with_places(made, stage)


def is_referred(event: Event) -> bool:
    """Does the article only refer to this event?"""
    return any(REFERRED in report.rules for report in event.reports[:1])


def _is_reference(mention: EventMention, embedded: bool) -> bool:
    """A noun for an act that befell somebody, or what another act is about ("accused of murdering a clerk"); to deny a
    part in it does not deny it."""
    hurt = any(count.what in _BEFELL and count.best for count in mention.counts)
    if not hurt or not mention.targets or (mention.asserted and not embedded):
        return False
    return mention.status in HAPPENED or (mention.known and not mention.asserted and mention.status == "negated")


def _is_one(known: Group, told: Group, actions: Mapping[str, Action]) -> bool:
    return one_happening(known, told, actions) and places_fit(known, told, None)


def _group_of(event: Event) -> Group:
    """An event's reports as they were gathered."""
    group = Group(event.reports[0])
    group.report(*event.reports)
    group.sources, group.targets = list(event.sources), list(event.targets)
    return group
