"""What a protest is for: CAMEO codes "rallied to demand X" as one event, a demonstration for X (1411 to 1454)."""

from __future__ import annotations

from collections.abc import Sequence

from eventcode.neutral import Event
from eventcode.ontologies.base import Reading

_ASKS = frozenset({"demand", "appeal"})


def with_demands(events: Sequence[Event], reading: Reading) -> tuple[list[Event], list[Event]]:
    """(events, demands): protests with the demand that their sentence tells of, and the demands so used up.

    A protest about nothing takes the content of a demand or appeal of the same sentence and the same source, and its
    target where the protest names none. Those demands are left out of `events`.
    """
    protests = [e for e in events if reading.families.get(e.action) == "protest" and e.about is None]
    told = {asked.id: protest.id for asked in events if asked.action in _ASKS and asked.about is not None
            for protest in protests if _of_one_crowd(protest, asked)}
    demands = [event for event in events if event.id in told]
    asks = {told[event.id]: event for event in reversed(demands)}
    return [_about(e, asks[e.id]) if e.id in asks else e for e in events if e.id not in told], demands


def _of_one_crowd(protest: Event, asked: Event) -> bool:
    sentences = {report.sentence.start for report in protest.reports}
    if sentences.isdisjoint(report.sentence.start for report in asked.reports) or protest.status != asked.status:
        return False
    return not {party.key for party in protest.sources}.isdisjoint(party.key for party in asked.sources)


def _about(protest: Event, asked: Event) -> Event:
    """The protest with what is asked; its first report names the lexicon entries of both."""
    first, *others = protest.reports
    rules = tuple(dict.fromkeys((*first.rules, *asked.reports[0].rules)))
    return protest.model_copy(update={
        "about": asked.about, "targets": protest.targets or asked.targets,
        "reports": (first.model_copy(update={"rules": rules}), *others)})
