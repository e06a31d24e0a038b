"""Mentions taken for one happening, gathered while a text is read, and how parties of several mentions become one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from eventcode.neutral import EventDate, EventMention, Party, Place
from eventcode.sameness import finer_date, finer_place, fits, same


@dataclass
class Group:
    """Mentions taken for one happening; `lead` gives its action."""

    lead: EventMention
    reports: list[EventMention] = field(default_factory=list)
    sources: list[Party] = field(default_factory=list)
    targets: list[Party] = field(default_factory=list)

    #: The most exact place and date that a report's own words give, kept while reports are added.
    place: Place | None = None
    #: Where the text was when it told this, for one that names no place.
    told_at: Place | None = None
    when: EventDate = field(default_factory=EventDate)

    def report(self, *mentions: EventMention) -> None:
        """Add reports; of their places and dates the most exact stand."""
        for mention in mentions:
            self.reports.append(mention)
            self.place = finer_place(self.place, mention.place)
            self.when = mention.date if len(self.reports) == 1 else finer_date(self.when, mention.date)

    def take(self, mention: EventMention) -> None:
        """Add a report; its parties refine or join those that are there."""
        self.report(mention)
        join(self.sources, mention.sources)
        join(self.targets, [p for p in mention.targets if not any(same(p, s) for s in self.sources)])


def has_people(parties: Sequence[Party]) -> bool:
    """Is one of them a person or several?"""
    return any("person" in party.traits for party in parties)


def join(parties: list[Party], more: Sequence[Party], retold: bool = False) -> None:
    """Add the parties that are not there yet; a mention of one that is there fills what it lacked.

    In another sentence's report (`retold`) a party that may be one of those that are there is taken for it.
    """
    for party in more:
        spot = _spot(parties, party, same)
        if spot is None and retold:
            spot = _spot(parties, party, fits)
        if spot is None:
            parties.append(party)
        else:
            parties[spot] = _refined(parties[spot], party)


def _is_pronoun(party: Party) -> bool:
    return "coreference/pronoun" in party.rules


def _spot(parties: Sequence[Party], party: Party, is_one: Callable[[Party, Party], bool]) -> int | None:
    return next((n for n, known in enumerate(parties) if is_one(known, party)), None)


def _refined(known: Party, other: Party) -> Party:
    """The known mention with the name, country, sector, unit and size that only the other gives."""
    gained = {
        name: getattr(other, name)
        for name in ("country", "sector", "unit", "size")
        if getattr(known, name) is None and getattr(other, name) is not None
    }
    if other.actor_id is not None and (known.actor_id is None or len(known.actor_id) < len(other.actor_id)):
        gained |= {
            "actor_id": other.actor_id,
            "name": other.name,
            "traits": other.traits,
            "sector": other.sector or known.sector,
        }
    if _is_pronoun(known) and not _is_pronoun(other):  # 'police were hurt when a blast hit [their] car'
        gained |= {"start": other.start, "end": other.end, "text": other.text, "refers_to": None}
    if not gained:
        return known
    return known.model_copy(
        update={**gained, "rules": (*known.rules, *(r for r in other.rules if r not in known.rules))}
    )
