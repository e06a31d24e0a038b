"""Whom unnamed attackers are taken for: "gunmen believed to be Fulani herders", "men said to belong to the group"."""

from __future__ import annotations

from collections.abc import Sequence

from eventcode.neutral import HAPPENED, Event, Mentions, Party
from eventcode.ontologies.acled import parties, wording

_TAKEN_FOR = wording.pattern("taken-for")
_UNNAMED = wording.words("unnamed-attackers")
_REACH = 90


def believed_to_be(events: Sequence[Event], mentions: Mentions, text: str) -> tuple[Event, ...]:
    """The events, each that "men believed to be X" do done by X, armed as the men are."""
    pairs = _pairs(mentions, text)
    return tuple(_done_by(event, pairs) for event in events) if pairs else tuple(events)


def _pairs(mentions: Mentions, text: str) -> list[tuple[Party, Party]]:
    """Unnamed armed people, and whom the words right behind take them for."""
    found = []
    for men in mentions.actors:
        if not _are_unnamed(men):
            continue
        after = [p for p in mentions.actors if men.end < p.start <= men.end + _REACH]
        group = next((p for p in after if _TAKEN_FOR.fullmatch(text[men.end:p.start].rstrip())), None)
        if group is not None and not parties.is_armed_state(group):
            found.append((men, group))
    return found


def _are_unnamed(party: Party) -> bool:
    return party.actor_id is None and party.name is None and (
        "unidentified" in party.traits or party.text.casefold().split()[-1] in _UNNAMED)


def _done_by(event: Event, pairs: Sequence[tuple[Party, Party]]) -> Event:
    if event.status not in HAPPENED:
        return event
    for men, group in pairs:
        sides = {party.start for party in (*event.sources, *event.targets)}
        told = event.attributed_to is not None and event.attributed_to.start == men.start
        here = any(report.sentence.start <= men.start < report.sentence.end for report in event.reports)
        if not here or not ({men.start, group.start} & sides or told):
            continue
        if any(party.start == men.start for party in event.targets):
            return event
        targets = tuple(party for party in event.targets if party.start not in (men.start, group.start))
        return event.model_copy(update={"sources": (_as_armed(group, men),), "targets": targets,
                                        "attributed_to": None if told else event.attributed_to})
    return event


def _as_armed(group: Party, men: Party) -> Party:
    """The group; a people or herders by their name are armed, as the men were."""
    rules = (*group.rules, "acled/actors/believed-to-be")
    if group.actor_id or "armed" in group.traits or not {"identity", "agriculture"} & set(group.traits):
        return group.model_copy(update={"rules": rules, "size": men.size or group.size})
    return group.model_copy(update={"traits": ("armed", "identity", "person"), "sector": "UAF", "size": men.size,
                                    "rules": rules})
