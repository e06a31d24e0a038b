"""Events on their way to PLOVER records: with their rule and both sides, before what belongs together is joined."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date as Day

from eventcode.neutral import Event, Party
from eventcode.ontologies.base import Match
from eventcode.ontologies.plover import tables
from eventcode.rules import Rule


@dataclass(frozen=True)
class Draft:
    """An event, the rule that codes it, its actors and its recipients."""

    event: Event
    match: Match
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]

    @property
    def rule(self) -> Rule:
        return self.match.rule

    @property
    def category(self) -> str:
        """The PLOVER event."""
        return self.rule.codes["event"]

    @property
    def key(self) -> tuple[str, frozenset[str], frozenset[str], Day | None]:
        """What makes two events one record (P1): category, actors, recipients and day."""
        return (self.category, frozenset(party.key for party in self.actors),
                frozenset(party.key for party in self.recipients), self.event.date.start)

    def part_of(self, other: Draft) -> bool:
        """Does one sentence tell this as a part of the other, of the same actor? (P5, P7)"""
        return ((self.category, other.category) in tables.gives_way() and not self.key[1].isdisjoint(other.key[1])
                and not self.sentences.isdisjoint(other.sentences))

    @property
    def sentences(self) -> frozenset[int]:
        """Where the sentences that report it begin."""
        return frozenset(report.sentence.start for report in self.event.reports)


    def told_again_by(self, other: Draft) -> bool:
        """Does the other only mention this happening again: same act, day and actor, and nobody opposite?"""
        return (self.rule == other.rule and self.event.date.start == other.event.date.start and bool(self.recipients)
                and not other.recipients and any(_one(a, b) for a in self.actors for b in other.actors))


def merged(drafts: Iterable[Draft]) -> list[list[Draft]]:
    """Drafts that make one record, in text order of the first of each."""
    groups: dict[object, list[Draft]] = {}
    for draft in drafts:
        groups.setdefault(draft.key, []).append(draft)
    joined: list[list[Draft]] = []
    for group in sorted(groups.values(), key=lambda same: (not same[0].recipients, _start(same))):
        fuller = next((other for other in joined if other[0].told_again_by(group[0])), None)
        if fuller is None:
            joined.append(group)
        else:
            fuller += group
    return sorted(joined, key=_start)


def _start(group: list[Draft]) -> int:
    return group[0].event.reports[0].trigger.start


def _one(party: Party, other: Party) -> bool:
    """Are both one actor, or one a part of the other by its id (islamic-state, islamic-state-khorasan)?"""
    ours, theirs = party.actor_id or party.key, other.actor_id or other.key
    return ours == theirs or ours.startswith(f"{theirs}-") or theirs.startswith(f"{ours}-")
