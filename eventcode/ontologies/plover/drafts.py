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


def merged(drafts: Iterable[Draft]) -> list[list[Draft]]:
    """Drafts that make one record, in text order of the first of each."""
    groups: dict[object, list[Draft]] = {}
    for draft in drafts:
        groups.setdefault(draft.key, []).append(draft)
    return sorted(groups.values(), key=lambda same: same[0].event.reports[0].trigger.start)
