"""The CAMEO ontology: which events become records, in the manual's order of decisions (C1 to C10, see README.md)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache, cached_property
from typing import Any

from eventcode.neutral import Event, Evidence, Rejection
from eventcode.ontologies.base import Coding, Match, Ontology, Reading
from eventcode.ontologies.cameo import tables
from eventcode.ontologies.cameo.checks import CHECKS, follows
from eventcode.ontologies.cameo.dyads import Dyad, Side, expand
from eventcode.ontologies.cameo.record import CameoRecord
from eventcode.ontologies.grounds import (
    NOT_EVENTS,
    as_intent,
    background,
    date_warnings,
    evidence,
    joint,
    place_evidence,
)
from eventcode.records import Record


class Cameo(Ontology):
    """CAMEO 1.1b3: dyadic records with code, root, quad class and Goldstein value."""

    name = "cameo"
    record = CameoRecord
    folder = tables.FOLDER
    checks = CHECKS
    codes_relations = True

    @cached_property
    def allowed(self) -> Mapping[str, frozenset[str]]:
        return {"code": frozenset(tables.codes())}

    def follows(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """Columns that others of the row fix, with what they must be."""
        return follows(row)

    def code(self, reading: Reading) -> Coding:
        """One record per source, target, code and day; every event that gives none has a Rejection."""
        coding, dyads = Coding(), list[Dyad]()
        statements = [e for e in reading.events if reading.families.get(e.action) == "statement"]
        for event in (e for e in reading.events if reading.families.get(e.action) != "statement"):
            self._draft(event, reading, dyads, coding.rejections)
        told = {report.sentence.start for dyad in dyads for report in dyad.event.reports
                if report.asserted or not report.known}  # "regretted the attack" tells no attack
        for event in statements:  # C2: words that only say something give way to the act they report
            if told.isdisjoint(report.sentence.start for report in event.reports):
                self._draft(event, reading, dyads, coding.rejections)
            else:
                coding.rejections.append(self.reject(event, "a statement beside the act it reports (C2)"))
        kept = self._most_specific(dyads, coding.rejections)
        coding.records += [self._record(same, reading) for same in _grouped(kept)]
        return coding

    def _draft(self, event: Event, reading: Reading, dyads: list[Dyad], rejections: list[Rejection]) -> None:
        if event.status in NOT_EVENTS:
            rejections.append(self.reject(event, f"{NOT_EVENTS[event.status]} ({event.status}, C4)"))
            return
        if background(event, reading):
            rejections.append(self.reject(event, "a bare noun that the text takes as known"))
            return
        event = joint(event)
        match = self._matched(event, reading)
        if match is None:
            rejections.append(self.reject(event, f"no rule for {event.status} {event.action}"
                                                 + (f" about {event.about}" if event.about else "")))
            return
        found = expand(event, match, reading)
        if isinstance(found, str):
            rejections.append(self.reject(event, found, match.rule.id))
        else:
            dyads += found

    def _matched(self, event: Event, reading: Reading) -> Match | None:
        """The rule of an event; of an intended one, a rule that asks for intents, else that of its announcement."""
        match = self.match(event, reading)
        if event.status == "intended" and (match is None or "status" not in match.rule.when):
            return self.match(as_intent(event), reading)
        return match

    def _most_specific(self, dyads: list[Dyad], rejections: list[Rejection]) -> list[Dyad]:
        """C3: of two codes for one act of one dyad on one day, the more specific stays."""
        kept = []
        for dyad in dyads:
            rival = next((other for other in dyads if _gives_way(dyad, other)), None)
            if rival is None:
                kept.append(dyad)
            elif not dyad.mirrored:
                reason = f"{dyad.code} gives way to {rival.code} for the same dyad and day (C3)"
                rejections.append(self.reject(dyad.event, reason, dyad.match.rule.id, rival.match.rule.id))
        return kept

    def _record(self, same: list[Dyad], reading: Reading) -> Record:
        dyad, entry = same[0], tables.codes()[same[0].code]
        values = {"date": dyad.event.date.start, "source": dyad.source.code, "target": dyad.target.code,
                  "code": entry.code, "root": entry.root, "quad": entry.quad, "goldstein": entry.goldstein,
                  "title": entry.title, **_place_values(dyad.event),
                  "source_text": dyad.source.party.text, "target_text": dyad.target.party.text}
        found = _provenance(dyad)
        provenance = {column: found[column] for column, value in values.items() if value is not None}
        events = {d.event.id: d.event for d in same}
        return CameoRecord.model_validate({
            **values, "provenance": provenance,
            "alternatives": {"code": dyad.match.lost} if dyad.match.lost else {},
            "meta": self.meta(reading, *events.values(), warnings=date_warnings(dyad.event))})


def _gives_way(dyad: Dyad, other: Dyad) -> bool:
    if other.key[:2] != dyad.key[:2] or other.key[3] != dyad.key[3] or other.code == dyad.code:
        return False
    return (dyad.code, other.code) in tables.absorbed() or other.code in _more_specific(dyad.code)


@cache
def _more_specific(code: str) -> frozenset[str]:
    """All codes below this one; below a residual code (x0) stands the rest of its root."""
    below = code[:2] if len(code) == 3 and code.endswith("0") else code
    return frozenset(c for c in tables.codes() if c.startswith(below) and len(c) >= len(code) and c != code)


def _grouped(dyads: Iterable[Dyad]) -> list[list[Dyad]]:
    """Dyads that make one record (C1), in text order of the first."""
    groups: dict[object, list[Dyad]] = {}
    for dyad in dyads:
        groups.setdefault(dyad.key, []).append(dyad)
    return sorted(groups.values(), key=lambda same: (same[0].event.reports[0].trigger.start, same[0].mirrored))


def _place_values(event: Event) -> dict[str, object]:
    place = event.place
    if place is None:
        return {}
    return {"location": place.name, "latitude": place.latitude, "longitude": place.longitude, "country": place.country}


def _provenance(dyad: Dyad) -> dict[str, Evidence]:
    """Evidence of every column that may be filled."""
    event, report = dyad.event, dyad.event.reports[0]
    direction = ("cameo/mirror",) if dyad.mirrored else ()
    found = {"code": evidence(report.trigger, *report.rules, dyad.match.rule.id, *direction),
             "date": evidence(event.date.words, *event.date.rules, f"cameo/date/{event.date.basis}"),
             "source": _side_evidence(dyad.source), "target": _side_evidence(dyad.target),
             "source_text": _side_evidence(dyad.source), "target_text": _side_evidence(dyad.target)}
    for column in ("root", "quad", "goldstein", "title"):
        found[column] = evidence(report.trigger, dyad.match.rule.id, f"cameo/{column}")
    if event.place is not None:
        found |= {column: place_evidence(event.place, f"cameo/place/{column}")
                  for column in ("location", "latitude", "longitude", "country")}
    return found


def _side_evidence(side: Side) -> Evidence:
    return evidence(side.party, *side.rules)
