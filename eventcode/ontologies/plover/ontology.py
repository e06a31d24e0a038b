"""The PLOVER ontology: which events become records, in the manual's order of decisions (P1 to P12, see README.md)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from eventcode.article import Article
from eventcode.neutral import Event, Evidence, Place
from eventcode.ontologies.base import Coding, Match, Ontology, Reading
from eventcode.ontologies.grounds import (
    NOT_EVENTS,
    as_intent,
    background,
    date_warnings,
    evidence,
    joint,
    place_evidence,
)
from eventcode.ontologies.plover import contexts, tables
from eventcode.ontologies.plover.checks import CHECKS, follows
from eventcode.ontologies.plover.drafts import Draft, merged
from eventcode.ontologies.plover.entities import entity
from eventcode.ontologies.plover.place import location
from eventcode.ontologies.plover.record import CiteInfo, PloverRecord, TextInfo
from eventcode.ontologies.plover.sides import foiled, nameable, sides, unseen_attacker
from eventcode.records import Record, is_filled

#: P2: families without a category of their own in PLOVER.
_DROPPED = {"statement": "a statement has no PLOVER event (P2)", "appeal": "an appeal has no PLOVER event (P2)"}

#: Which counts the comment tells, by the manual's three size words.
_SIZES = {"killed": "dead", "injured": "injured", "detained": "arrested"}


class Plover(Ontology):
    """PLOVER 2.0 draft: event, mode, contexts, lists of actors and recipients."""

    name = "plover"
    record = PloverRecord
    folder = tables.FOLDER
    checks = CHECKS
    codes_relations = True

    @cached_property
    def allowed(self) -> Mapping[str, frozenset[str]]:
        return {"event": frozenset(tables.events()), "mode": frozenset(mode for _, mode in tables.modes())}

    def follows(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """Columns that others of the row fix, with what they must be."""
        return follows(row)

    def code(self, reading: Reading) -> Coding:
        """One record per actors, recipients, event and day; every event that gives none has a Rejection."""
        coding, drafts = Coding(), list[Draft]()
        for event in reading.events:
            drafted = self._draft(event, reading)
            if isinstance(drafted, Draft):
                drafts.append(drafted)
            else:
                coding.rejections.append(self.reject(event, *drafted))
        kept = []
        for draft in drafts:
            stronger = next((other for other in drafts if draft.part_of(other)), None)
            if stronger is None:
                kept.append(draft)
            else:
                reason = f"{draft.category} is part of the {stronger.category} in the same sentence"
                coding.rejections.append(self.reject(draft.event, reason, draft.rule.id))
        coding.records += [self._record(number, same, reading) for number, same in enumerate(merged(kept), start=1)]
        return coding

    def code_one(self, event: Event, reading: Reading) -> Record | None:
        """The record of an event whose sides somebody has given: they stand as they are, also without a code."""
        told = self.as_coded(event, reading)
        match = self.match(told, reading) if told is not None else None
        if told is None or match is None:
            return None
        return self._record(1, [Draft(told, match, told.sources, told.targets)], reading)

    def _draft(self, event: Event, reading: Reading) -> Draft | tuple[str, ...]:
        """The event with its rule and sides, or (reason, rules) why it has none."""
        family = reading.families.get(event.action, "")
        if event.status in NOT_EVENTS and not foiled(event):
            return (f"{NOT_EVENTS[event.status]} ({event.status})",)
        if background(event, reading):
            return ("a bare noun that the text takes as known",)
        if family in _DROPPED:
            return (_DROPPED[family],)
        event = joint(event)
        match = self._matched(event, reading)
        if match is None:
            about = f" about {event.about}" if event.about else ""
            return (f"no rule for {event.status} {event.action}{about}",)
        category = match.rule.codes["event"]
        actors, recipients = (nameable(parties, event, reading) for parties in sides(event, reading))
        if category == "COOPERATE" and not recipients:  # P11 before P1: what is done together needs both sides
            actors, recipients = actors[:1], actors[1:]
        if not actors and category == "ASSAULT":
            actors = unseen_attacker(event, recipients)
        if not actors:
            return "no actor (P11)" if not event.sources else "no actor that PLOVER has a code for (P11)", match.rule.id
        if tables.events()[category].needs_recipient and not recipients:
            return f"{category} without a recipient (P11)", match.rule.id
        return Draft(event, match, actors, recipients)

    def _matched(self, event: Event, reading: Reading) -> Match | None:
        """The rule of an event; of an intended one, a rule that asks for intents, else that of its announcement."""
        match = self.match(event, reading)
        if event.status == "intended" and (match is None or "status" not in match.rule.when):
            return self.match(as_intent(event), reading)
        return match

    def _record(self, number: int, same: list[Draft], reading: Reading) -> Record:
        lead = same[0]
        cells = {**_who(lead, reading), **_what(same), **_when(lead.event), **_where(lead.event),
                 **_sources(lead.event, reading.article, self)}
        cells["id"] = _id(reading.article, lead.event, number), Evidence(rules=("plover/id",))
        cells["has_event"] = True, Evidence(rules=(lead.rule.id,))
        filled = {name: cell for name, cell in cells.items() if is_filled(cell[0])}
        return PloverRecord.model_validate({
            **{name: value for name, (value, _) in filled.items()},
            "provenance": {name: found for name, (_, found) in filled.items()},
            "alternatives": {"event": lead.match.lost} if lead.match.lost else {},
            "meta": self.meta(reading, *(draft.event for draft in same), warnings=date_warnings(lead.event))})


Cells = dict[str, tuple[Any, Evidence]]


def _who(draft: Draft, reading: Reading) -> Cells:
    cells: Cells = {}
    for column, parties in (("actor", draft.actors), ("recipient", draft.recipients)):
        made = [entity(party, draft.event, reading) for party in parties]
        rules = [rule for _, found in made for rule in found]
        cells[column] = tuple(one for one, _ in made), evidence(next(iter(parties), None), *rules)
    return cells


def _what(same: list[Draft]) -> Cells:
    """Event, modes of all reports of it, score, texts and contexts."""
    lead, category = same[0], same[0].category
    modes = tuple(dict.fromkeys(draft.rule.codes["mode"] for draft in same if "mode" in draft.rule.codes))
    context = contexts.told(lead.event)
    trigger = lead.event.reports[0].trigger
    rules = tuple(rule for draft in same for rule in (*draft.event.reports[0].rules, draft.rule.id))
    coded = evidence(trigger, *rules)
    return {"event": ((category,), coded), "mode": (modes, coded),
            "event_text": (tuple(dict.fromkeys(draft.event.reports[0].trigger.text for draft in same)), coded),
            "quad_code": (tables.events()[category].quad, evidence(trigger, lead.rule.id, "plover/quad")),
            "event_scale": (tables.score(category, modes), evidence(trigger, lead.rule.id, "plover/score")),
            "context": (context.names, context.evidence), "comment": _sizes(lead.event)}


def _sizes(event: Event) -> tuple[str | None, Evidence]:
    """The manual's size of an event (dead, injured, arrested) as a comment: it has no field of its own."""
    counted = [count for count in event.counts if count.what in _SIZES and count.best is not None
               and not count.part_of_total]
    told = [f"{_SIZES[count.what]} {count.best}" for count in counted]
    rules = [rule for count in counted for rule in count.rules]
    return (f"size: {', '.join(told)}" if told else None), evidence(next(iter(counted), None), *rules, "plover/size")


def _when(event: Event) -> Cells:
    found = evidence(event.date.words, *event.date.rules, f"plover/date/{event.date.basis}")
    last = event.date.end if event.date.end != event.date.start else None
    return {"date": (event.date.start, found), "enddate": (last, found)}


def _where(event: Event) -> Cells:
    place: Place | None = event.place
    return {} if place is None else {"event_loc": (location(place), place_evidence(place, "plover/place"))}


def _sources(event: Event, article: Article, ontology: Plover) -> Cells:
    sentence = event.reports[0].sentence
    cited = CiteInfo(url=article.url, title=article.title, language=article.language, publication=article.outlet,
                     codebook=ontology.description.codebook, version=ontology.description.version)
    return {"text_info": (TextInfo(start=sentence.start, end=sentence.end), evidence(sentence, "plover/sentence")),
            "cite_info": (cited, Evidence(rules=("plover/article",)))}


def _id(article: Article, event: Event, number: int) -> str:
    """Article, day and running number: the same for the same text. An article without an id lends its text's hash."""
    name = article.id or hashlib.sha256(article.text.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    day = event.date.start.strftime("%Y%m%d") if event.date.start else "undated"
    return f"{name}-{day}-{number}"
