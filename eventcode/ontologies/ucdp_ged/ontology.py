"""The GED-style ontology: which events are UCDP events, and why the others are not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any

from eventcode.article import FIRST_YEAR
from eventcode.neutral import HAPPENED, Count, Event, Rejection
from eventcode.ontologies.base import Coding, Facts, Match, Ontology, Reading, facts, nearest
from eventcode.ontologies.claims import attributed
from eventcode.ontologies.counts import party_of, reported, uncounted_dead, with_parts
from eventcode.ontologies.seats import Seat, Town
from eventcode.ontologies.told import Told, together, with_bare_figures, without_totals
from eventcode.ontologies.ucdp_ged import sides
from eventcode.ontologies.ucdp_ged.cells import days, record
from eventcode.ontologies.ucdp_ged.checks import CHECKS, follows
from eventcode.ontologies.ucdp_ged.record import UcdpGedRecord
from eventcode.ontologies.ucdp_ged.sides import Side, dyads
from eventcode.rules import read_csv

_MORE = ("definition",)


@dataclass(frozen=True)
class Fight:
    """One event as a fight of one dyad."""

    event: Event
    source: Side
    target: Side
    match: Match
    counts: tuple[Count, ...]
    home: str

    @property
    def key(self) -> tuple[object, ...]:
        """What reports of one UCDP event share: dyad, place and days."""
        place = self.event.place
        names = tuple(sorted((self.source.name(self.home), self.target.name(self.home))))
        return (names, self.home, place.name if place else "", self.event.date.start, self.event.date.end)


class UcdpGed(Ontology):
    """Codes neutral events in the manner of UCDP GED 25.1, 49 columns.

    An event counts only with armed force, at least one direct death, organized and identified actors, a place and a
    date; the reason of each rejection begins with what is missing: not_actual, no_armed_force, no_fatality,
    no_organized_actor or no_place_or_date. `seat` finds the capital of a province; None stands for the gazetteer.
    """

    name = "ucdp-ged"
    record = UcdpGedRecord
    folder = sides.FOLDER
    checks = CHECKS
    words = MappingProxyType({"source": sides.WORDS, "target": sides.WORDS})
    codes_by_action = True
    seat: Seat | None = None

    @cached_property
    def allowed(self) -> Mapping[str, frozenset[str]]:
        return {column: frozenset(row["code"] for _, row in read_csv(self.folder / file, ("code", "title"), _MORE))
                for column, file in self.description.codes.items()}

    @cached_property
    def force(self) -> frozenset[str]:
        """The actions that some rule counts as use of armed force."""
        return frozenset(action for rule in self.rules for action in rule.when.get("action", ()))

    def follows(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """Columns that others of the row fix, with what they must be."""
        return follows(row)

    def code(self, reading: Reading) -> Coding:
        """One record for each dyad, place and day; a rejection with its reason for every event that is none."""
        coding, told = Coding(), _read_together(reading)
        for toll, host in told.absorbed:
            reason = f"no_organized_actor: its dead are counted with {host.action}"
            coding.rejections.append(self.reject(toll, reason, "ucdp-ged/deaths"))
        found: dict[tuple[object, ...], list[Fight]] = {}
        for event in told.events:
            fights = self._fights(event, reading)
            if isinstance(fights, Rejection):
                coding.rejections.append(fights)
                continue
            for fight in fights:
                found.setdefault(fight.key, []).append(fight)
        for same in found.values():
            self._add_record(coding, same, reading)
        return coding

    def _add_record(self, coding: Coding, same: list[Fight], reading: Reading) -> None:
        made = record(self, same, reading)
        if made is not None:
            coding.records.append(made)
        else:
            reason = "no_fatality: its dead belong to other sides"
            coding.rejections += [self.reject(fight.event, reason, fight.match.rule.id) for fight in same]

    def match(self, event: Event, reading: Reading) -> Match | None:
        """The rule of the event's first dyad that has one."""
        for source, target in dyads(event, reading.mentions.actors, _home(event)):
            if found := self._match(event, source, target, reading):
                return found
        return None

    def _fights(self, event: Event, reading: Reading) -> list[Fight] | Rejection:
        fault = self._fault(event, reading)
        if fault:
            return self.reject(event, fault, "ucdp-ged/definition")
        home = _home(event)
        made = dyads(event, reading.mentions.actors, home)
        matches = [self._match(event, source, target, reading) for source, target in made]
        found = [Fight(event, source, target, match, _share(event, made, number), home or "")
                 for number, ((source, target), match) in enumerate(zip(made, matches, strict=True)) if match]
        if not found:
            reason = "no_organized_actor: no rule makes a dyad of these parties, known and organized"
            return self.reject(event, reason, "ucdp-ged/dyad")
        told = days(event.date)
        if home is None or told is None or told.first.year < FIRST_YEAR:
            missing = "no country" if home is None else f"no date within one year, of {FIRST_YEAR} or later"
            return self.reject(event, f"no_place_or_date: {missing}", "ucdp-ged/definition")
        return found

    def _fault(self, event: Event, reading: Reading) -> str | None:
        """What the event lacks of the definition, in the order of the codebook's questions."""
        if event.status not in HAPPENED:
            return f"not_actual: status is {event.status}"
        if self.force.isdisjoint(nearest(event, reading)["action"]):
            return f"no_armed_force: {event.action} is no use of armed force"
        if not _deadly(event):
            return "no_fatality: no direct death is reported"
        own_words = event.date.words is not None or (event.place is not None and event.place.start is not None)
        if not own_words and not any(report.asserted for report in event.reports):
            return "not_actual: background mention, a bare noun without a date or place"
        return None

    def _match(self, event: Event, source: Side, target: Side, reading: Reading) -> Match | None:
        return self.matched(_facts(event, source, target, reading), event, reading, "type_of_violence")

    def find_seat(self, country: str, admin1: str) -> Town | None:
        """The capital of a province; opens the gazetteer when first needed."""
        if self.seat is not None:
            return self.seat(country, admin1)
        from eventcode.gazetteer import Gazetteer

        return Gazetteer.open().seat(country, admin1)


def _read_together(reading: Reading) -> Told:
    """The events with the attackers and the dead that other sentences tell."""
    told = together(without_totals(attributed(reading.events)))
    return Told(with_bare_figures(told.events, reading.mentions), told.absorbed)


def _deadly(event: Event) -> bool:
    """At least one direct death in the highest reading (U2)."""
    counts = reported(event.counts, "killed")
    if not counts:
        dead = uncounted_dead(event)
        return dead is not None and dead.high > 0
    return any(max(count.high or 0, count.best or 0, count.low or 0) > 0 or count.qualifier not in ("exact", "none")
               for count in counts)


def _home(event: Event) -> str | None:
    """The country of the event: its place's, else the one its parties share."""
    if event.place is not None and event.place.country:
        return event.place.country
    votes = Counter(party.country for party in (*event.sources, *event.targets) if party.country).most_common(2)
    return votes[0][0] if votes and (len(votes) == 1 or votes[0][1] > votes[1][1]) else None


def _facts(event: Event, source: Side, target: Side, reading: Reading) -> Facts:
    pair = event.model_copy(update={"sources": source.parties, "targets": target.parties})
    plain = facts(pair, reading)
    return {**plain, "source": plain["source"] | sides.words(source, target),
            "target": plain["target"] | sides.words(target, source)}


def _share(event: Event, made: list[tuple[Side, Side]], number: int) -> tuple[Count, ...]:
    """The counts that go with one of an event's dyads, parts of a total too; those of no party go with the first."""
    counts = with_parts(event)
    if len(made) == 1:
        return counts
    mine = {p.start for side in made[number] for p in (*side.parties, *side.bystanders)}
    earlier = {p.start for dyad in made[:number] for side in dyad for p in (*side.parties, *side.bystanders)}
    everyone = [p for dyad in made for side in dyad for p in (*side.parties, *side.bystanders)]
    owners = [party_of(count, everyone) for count in counts]
    return tuple(count for count, owner in zip(counts, owners, strict=True)
                 if (owner is None and number == 0) or (owner is not None and owner.start in mine - earlier))
