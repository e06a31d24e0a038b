"""From the records of one article to MUC templates: which incidents there are, and their slots."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from circumstances import COUNTRIES, chain, instruments, is_abroad, land_of, when
from perpetrators import Blame, accuse, blame, complete, culprits, is_about
from phrases import Story
from sites import Site, sites
from targets import Human, humans

from eventcode.coder import Coder
from eventcode.countries import by_iso3
from eventcode.explain import Trace
from eventcode.neutral import Event, EventDate, EventMention, Place

Template = dict[str, Any]
_BOMBS = frozenset({"BOMB", "VEHICLE BOMB", "DYNAMITE", "EXPLOSIVE", "GRENADE", "MINE", "MOLOTOV COCKTAIL"})
_TRIED = re.compile(r"\b(?:tried|attempt(?:ed|s)?|trying|failed|foiled|unsuccessful|thwarted)\b")
_SUMMING = re.compile(
    r"\b(?:in the (?:last|past)|over the (?:last|past)|since (?:19|january|the)|so far this|years|every|always|wave of|"
    r"campaign|war)\b"
)
#: How much each sign counts for an incident that a wire tells as news; an incident needs this much.
_WEIGHTS = {
    "thing": 0.8,
    "named": 0.8,
    "numbered": 0.6,
    "dated": 0.5,
    "early": 0.4,
    "referred": 0.3,
    "armed": 0.35,
    "one": 0.3,
    "placed": 0.3,
    "reports": 0.1,
    "quoted": -0.35,
    "vague people": -0.4,
    "by state": -0.4,
    "summing": -0.3,
    "ongoing": -0.5,
    "nobody": -0.8,
    "abroad": -0.3,
}
_ENOUGH = 0.3
_AS_IN_1992 = {"RUS": "USSR", "CHN": "PEOPLES REP OF CHINA"}
_THREAT = re.compile(r"\bthreat")


@dataclass
class Incident:
    """One incident: its type and stage, and the events that tell it."""

    type: str
    stage: str
    events: list[Event] = field(default_factory=list)
    people: list[Human] = field(default_factory=list)
    things: list[Site] = field(default_factory=list)
    blame: Blame = field(default_factory=Blame)


def templates(coder: Coder, trace: Trace) -> list[Template]:
    """The templates of one article, [] where it tells of no incident."""
    story = Story(trace)
    found: list[Incident] = []
    events = {event.id: event for event in candidates(story)}
    for record in coder.code_events(list(events.values()), trace.article):
        one = _incident(story, record.values(), events[record.meta.events[0]])
        if one is None or not matters(story, one):
            continue
        home = next((known for known in reversed(found) if same(known, one)), None)
        if home is None:
            found.append(one)
        else:
            merge(home, one)
    _accuse(story, found)
    for incident in found:
        complete(story, incident.blame, [report for event in incident.events for report in event.reports])
    return [template(story, incident) for incident in found if is_told(incident) and is_news(story, incident)]


def _accuse(story: Story, found: Sequence[Incident]) -> None:
    """Give the incidents those whom other sentences accuse of one, or who claim it: the one of that kind told last."""
    for report in (report for event in story.trace.events for report in event.reports):
        if report.about is None or not culprits(report):
            continue
        able = [one for one in found if is_about(report, [told for event in one.events for told in event.reports])]
        before = [one for one in able if one.events[0].reports[0].sentence.start <= report.sentence.start]
        if able:
            accuse(story, (before[-1:] or able)[0].blame, report)


def candidates(story: Story) -> Iterator[Event]:
    """The trace's events, and acts that it only refers to: "denied a part in the murder of X" tells of a murder."""
    yield from (_presupposed(event) for event in story.trace.events)
    taken = {(report.trigger.start, report.action) for event in story.trace.events for report in event.reports}
    loose = [
        m for m in (*story.trace.event_mentions, *story.trace.contents) if (m.trigger.start, m.action) not in taken
    ]
    loose = [_with_accused(story, mention) for mention in loose]
    for number, mention in enumerate(sorted(loose, key=lambda m: m.trigger.start)):
        if mention.targets or mention.sources or story.patient(mention.trigger.start) is not None:
            fields = {name: getattr(mention, name) for name in Event.model_fields if name in EventMention.model_fields}
            yield _presupposed(Event(id=f"referred-to-{number}", reports=(mention,), **fields))


def _with_accused(story: Story, mention: EventMention) -> EventMention:
    """ "X accused Y of the murder of Z", "Y claimed the attack on Z": Y is told to have done what it refers to."""
    for other in story.trace.event_mentions:
        if mention.sources or other.sentence.start != mention.sentence.start or other.about != mention.action:
            continue
        if sides := culprits(other):
            return mention.model_copy(update={"sources": sides, "attributed_to": (other.sources or (None,))[0]})
    return mention


def _presupposed(event: Event) -> Event:
    """What a noun refers to has happened, whatever is said, denied or planned about it."""
    nouns = not any(report.asserted for report in event.reports)
    return (
        event.model_copy(update={"status": "actual"}) if nouns and event.status not in ("actual", "ongoing") else event
    )


def _incident(story: Story, values: dict[str, Any], event: Event) -> Incident | None:
    stage = values["stage_of_execution"]
    if event.status == "intended":
        stage = stage_of(event)
    if stage is None:
        return None
    return Incident(
        values["incident_type"], stage, [event], humans(story, event), sites(story, event), blame(story, event)
    )


def stage_of(event: Event) -> str | None:
    """Of an act that was not carried out: tried, threatened, or (None) no more than spoken of."""
    lower = event.reports[0].sentence.text.lower()
    if _TRIED.search(lower):
        return "ATTEMPTED"
    return "THREATENED" if _THREAT.search(lower) else None


def matters(story: Story, incident: Incident) -> bool:
    """Is it a terrorist incident of these countries, and of these weeks? Fights between armed sides are none."""
    event = incident.events[0]
    iso = land_of(story, event.place)
    if iso is not None and iso not in COUNTRIES:
        return False
    if is_old(story, event.date):
        return False
    if incident.people and not incident.things and all(human.type == "ACTIVE MILITARY" for human in incident.people):
        return False
    return not (incident.people and all(human.is_fighter for human in incident.people) and not incident.things)


def is_told(incident: Incident) -> bool:
    """Does the article say more of it than that there was one?"""
    return bool(incident.people or incident.things or (incident.type == "BOMBING" and incident.blame.known))


def is_news(story: Story, incident: Incident) -> bool:
    """Do the signs of a particular incident outweigh those of violence spoken of in general?"""
    return sum(_WEIGHTS.get(sign, 0.0) * value for sign, value in signs(story, incident).items()) >= _ENOUGH


def signs(story: Story, incident: Incident) -> dict[str, float]:
    """What speaks for an incident of its own, told as news, and what for talk of violence in general."""
    event = incident.events[0]
    reports = [report for one in incident.events for report in one.reports]
    lower = " ".join(report.sentence.text.lower() for report in reports)
    first = min(report.sentence.start for report in reports)
    order = next((n for n, s in enumerate(story.trace.sentences) if s.start == first), 99)
    people, things = incident.people, incident.things
    return {
        "named": any(human.name for human in people),
        "numbered": any(human.is_counted for human in people),
        "one": any(human.name is None and not human.plural for human in people),
        "vague people": bool(people) and all(human.is_vague for human in people),
        "thing": any(not thing.is_vague for thing in things),
        "vague things": bool(things) and all(thing.is_vague for thing in things),
        "nobody": not people and not things,
        "dated": any(
            one.date.basis == "text" and "event-date/story-day" not in one.date.rules for one in incident.events
        ),
        "placed": any(
            one.place is not None and one.place.start is not None and one.place.precision != "country"
            for one in incident.events
        ),
        "abroad": is_abroad(story, event.place) and event.place is not None and event.place.precision != "country",
        "in another country": is_abroad(story, event.place),
        "asserted": any(report.asserted for report in reports),
        "referred": event.id.startswith("referred"),
        "early": order <= 2,
        "late": order >= 8,
        "reports": min(len(reports), 5),
        "blamed": incident.blame.known,
        "armed": any(word in lower for word in ("bomb", "dynamite", "shot", "explos", "gun", "kidnap", "terroris")),
        "ongoing": event.status == "ongoing",
        "summing": bool(_SUMMING.search(lower)),
        "by state": incident.blame.by_state,
        "unreal": event.status not in ("actual", "ongoing"),
        "quoted": bool(re.search(r"\b(?:we|our|us|i|you)\b", lower)),
        **{kind: incident.type == kind for kind in ("ATTACK", "BOMBING", "KIDNAPPING", "ARSON", "ROBBERY")},
        "state target": bool(people) and all(human.is_official for human in people),
    }


def is_old(story: Story, date: EventDate) -> bool:
    published = story.published
    return bool(published and date.end and (published - date.end).days > 75)


def same(known: Incident, other: Incident) -> bool:
    """Are two tellings of one incident?"""
    if known.stage != other.stage or not (known.type == other.type or _is_broader(known, other)):
        return False
    a, b = known.events[0], other.events[0]
    if not _days_fit(a.date, b.date) or not _places_fit(a.place, b.place):
        return False
    if any(x.is_one_with(y) for x in known.people for y in other.people):
        return True
    if any(x.is_one_with(y) for x in known.things for y in other.things):
        return True
    if known.type != other.type:
        return False
    if not (known.people or known.things) or not (other.people or other.things):
        return True
    told = {report.sentence.start for event in known.events for report in event.reports}
    if any(report.sentence.start in told for report in b.reports):
        return True
    return not (_is_particular(known) and _is_particular(other))


def _is_broader(one: Incident, other: Incident) -> bool:
    """May an attack be told more exactly as a bombing or as arson?"""
    return "ATTACK" in (one.type, other.type) and {one.type, other.type} <= {"ATTACK", "BOMBING", "ARSON"}


def _is_particular(incident: Incident) -> bool:
    """Does it say whom or what it hit, so that another that says something else is another incident?"""
    return any(human.name or human.is_counted for human in incident.people) or any(
        not thing.is_vague for thing in incident.things
    )


def _days_fit(a: EventDate, b: EventDate) -> bool:
    if a.basis != "text" or b.basis != "text" or a.start is None or b.start is None:
        return True
    return a.start <= (b.end or b.start) and b.start <= (a.end or a.start)


def _places_fit(a: Place | None, b: Place | None) -> bool:
    if a is None or b is None or a.start is None or b.start is None or "country" in (a.precision, b.precision):
        return True
    return a.name == b.name or "province" in (a.precision, b.precision)


def merge(home: Incident, other: Incident) -> None:
    home.events += other.events
    home.type = other.type if home.type == "ATTACK" else home.type
    for human in other.people:
        same = next((known for known in home.people if known.is_one_with(human)), None)
        if same is None:
            home.people.append(human)
        else:
            same.take(human)
    home.things += [thing for thing in other.things if not any(thing.is_one_with(known) for known in home.things)]
    home.blame.take(other.blame)


def template(story: Story, incident: Incident) -> Template:
    slots: Template = {
        "incident_type": incident.type,
        "stage_of_execution": incident.stage,
        "incident_date": when(story, incident.events),
        "incident_location": chain(story, incident.events),
        "perp_incident_category": incident.blame.category if incident.blame.known else None,
        "perp_individual_id": list(incident.blame.individuals),
        "perp_organization_id": list(incident.blame.organizations),
        "perp_organization_confidence": [_typed(sure, name) for name, sure in incident.blame.organizations.items()],
    }
    home = land_of(story, incident.events[0].place)
    slots |= _means(story, incident)
    if incident.type == "BOMBING":
        for thing in incident.things:
            thing.effect = thing.effect or damage_told(story)
    slots |= _things(incident.things, home)
    slots |= _people(incident.people, home)
    return {slot: value for slot, value in slots.items() if value}


def damage_told(story: Story) -> str | None:
    """What the article says of damage in general."""
    lower = story.reading.lower()
    if "no damage" in lower or "no material damage" in lower:
        return "NO DAMAGE"
    return "SOME DAMAGE" if "damage" in lower else "DESTROYED" if "destroyed" in lower else None


def _typed(value: str, ref: str | None) -> Any:
    return {"value": value, "ref": ref} if ref else value


def _means(story: Story, incident: Incident) -> Template:
    found = instruments(story, incident.events)
    if incident.type == "BOMBING":
        found = [one for one in found if one[1] in _BOMBS or one[1] in ("ROCKET", "MISSILE", "MORTAR")] or [
            (None, "BOMB")
        ]
    elif incident.type != "ATTACK":
        found = []
    return {
        "instrument_id": [words for words, _ in found if words],
        "instrument_type": [_typed(kind, words) for words, kind in found],
    }


def _things(things: Sequence[Site], home: str | None) -> Template:
    return {
        "phys_tgt_id": [one.text for one in things],
        "phys_tgt_type": [_typed(one.type, one.text) for one in things],
        "phys_tgt_number": [_typed(one.number, one.text) for one in things],
        "phys_tgt_foreign_nation": [
            _typed(_land(one.nation), one.text) for one in things if is_foreign(one.nation, home)
        ],
        "phys_tgt_effect": [_typed(one.effect, one.text) for one in things if one.effect],
    }


def _particular(people: Sequence[Human]) -> list[Human]:
    """Without "people" and "civilians" where others are told more exactly."""
    exact = [one for one in people if not one.is_vague]
    return exact or list(people)


def _people(people: Sequence[Human], home: str | None) -> Template:
    people = _particular(people)
    foreign = [one for one in people if is_foreign(one.nation, home)]
    return {
        "hum_tgt_name": [one.name for one in people if one.name],
        "hum_tgt_description": [_typed(one.description, one.name) for one in people if one.description],
        "hum_tgt_type": [_typed(one.type, one.ref) for one in people],
        "hum_tgt_number": [_typed(one.number or "1", one.ref) for one in people],
        "hum_tgt_effect": [_typed(one.effect, one.ref) for one in people if one.effect],
        "hum_tgt_foreign_nation": [_typed(_land(one.nation), one.ref) for one in foreign],
    }


def is_foreign(nation: str | None, home: str | None) -> bool:
    return nation is not None and home is not None and nation != home


def _land(iso: str | None) -> str:
    land = by_iso3(iso or "")
    return _AS_IN_1992.get(iso or "", land.name.upper() if land else "")
