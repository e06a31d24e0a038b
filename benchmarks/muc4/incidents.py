"""From the records of one article to MUC templates: which incidents there are, and their slots."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from circumstances import COUNTRIES, chain, country, instruments, when
from perpetrators import Blame, blame
from phrases import Story
from targets import Human, Site, humans, sites

from eventcode.countries import by_iso3
from eventcode.explain import Trace
from eventcode.neutral import Event, EventDate, Place

Template = dict[str, Any]
_BOMBS = frozenset({"BOMB", "VEHICLE BOMB", "DYNAMITE", "EXPLOSIVE", "GRENADE", "MINE", "MOLOTOV COCKTAIL"})


@dataclass
class Incident:
    """One incident: its type and stage, and the events that tell it."""

    type: str
    stage: str
    events: list[Event] = field(default_factory=list)
    people: list[Human] = field(default_factory=list)
    things: list[Site] = field(default_factory=list)
    blame: Blame = field(default_factory=Blame)


def templates(trace: Trace) -> list[Template]:
    """The templates of one article, [] where it tells of no incident."""
    story = Story(trace)
    found: list[Incident] = []
    by_id = {event.id: event for event in trace.events}
    for record in trace.records:
        event = by_id[record.meta.events[0]]
        one = _incident(story, record.values(), event)
        if not _matters(story, one):
            continue
        home = next((known for known in reversed(found) if _same(known, one)), None)
        if home is None:
            found.append(one)
        else:
            _merge(home, one)
    return [_template(story, incident) for incident in found]


def _incident(story: Story, values: dict[str, Any], event: Event) -> Incident:
    return Incident(values["incident_type"], values["stage_of_execution"], [event], humans(story, event), sites(story, event),
                    blame(story, event))


def _matters(story: Story, incident: Incident) -> bool:
    """Is it a terrorist incident of these countries? Fights between armed sides are none."""
    event = incident.events[0]
    place = event.place
    iso = place.country if place is not None else country(story)
    if iso is not None and iso not in COUNTRIES:
        return False
    if not incident.people and not incident.things:
        return bool(incident.blame.individuals or incident.blame.organizations) and incident.type != "ATTACK"
    armed = {"ACTIVE MILITARY"}
    return bool(incident.things) or any(human.type not in armed for human in incident.people)


def _same(known: Incident, other: Incident) -> bool:
    if known.type != other.type or known.stage != other.stage:
        return False
    a, b = known.events[0], other.events[0]
    if not _days_fit(a.date, b.date) or not _places_fit(a.place, b.place):
        return False
    if any(x.is_one_with(y) for x in known.people for y in other.people):
        return True
    if any(x.is_one_with(y) for x in known.things for y in other.things):
        return True
    return not (known.people or known.things) or not (other.people or other.things)


def _days_fit(a: EventDate, b: EventDate) -> bool:
    if a.basis != "text" or b.basis != "text" or a.start is None or b.start is None:
        return True
    return a.start <= (b.end or b.start) and b.start <= (a.end or a.start)


def _places_fit(a: Place | None, b: Place | None) -> bool:
    if a is None or b is None or a.start is None or b.start is None or "country" in (a.precision, b.precision):
        return True
    return a.name == b.name or "province" in (a.precision, b.precision)


def _merge(home: Incident, other: Incident) -> None:
    home.events += other.events
    for human in other.people:
        same = next((known for known in home.people if known.is_one_with(human)), None)
        if same is None:
            home.people.append(human)
        else:
            same.take(human)
    home.things += [thing for thing in other.things if not any(thing.is_one_with(known) for known in home.things)]
    home.blame.individuals += [text for text in other.blame.individuals if text not in home.blame.individuals]
    for text, sure in other.blame.organizations.items():
        home.blame.organizations.setdefault(text, sure)
    home.blame.traits |= other.blame.traits


def _template(story: Story, incident: Incident) -> Template:
    place = next((e.place for e in incident.events if e.place and e.place.start is not None and e.place.precision != "country"),
                 incident.events[0].place)
    dated = next((e for e in incident.events if e.date.basis == "text"), incident.events[0])
    slots: Template = {
        "incident_type": incident.type, "stage_of_execution": incident.stage, "incident_date": when(story, dated),
        "incident_location": chain(story, place), "perp_incident_category": incident.blame.category,
        "perp_individual_id": incident.blame.individuals, "perp_organization_id": list(incident.blame.organizations),
        "perp_organization_confidence": [_typed(sure, name) for name, sure in incident.blame.organizations.items()],
    }
    slots |= _means(story, incident)
    slots |= _things(incident.things)
    slots |= _people(incident.people, place.country if place else country(story))
    return {slot: value for slot, value in slots.items() if value}


def _typed(value: str, ref: str | None) -> Any:
    return {"value": value, "ref": ref} if ref else value


def _means(story: Story, incident: Incident) -> Template:
    found = instruments(story, incident.events)
    if incident.type == "BOMBING":
        found = [one for one in found if one[1] in _BOMBS or one[1] in ("ROCKET", "MISSILE", "MORTAR")]
    elif incident.type != "ATTACK":
        found = []
    return {"instrument_id": [words for words, _ in found if words],
            "instrument_type": [_typed(kind, words) for words, kind in found]}


def _things(things: Sequence[Site]) -> Template:
    return {
        "phys_tgt_id": [one.text for one in things], "phys_tgt_type": [_typed(one.type, one.text) for one in things],
        "phys_tgt_number": [_typed(one.number, one.text) for one in things],
        "phys_tgt_effect": [_typed(one.effect, one.text) for one in things if one.effect],
    }


def _people(people: Sequence[Human], home: str | None) -> Template:
    foreign = [one for one in people if one.nation and home and one.nation != home and (land := by_iso3(one.nation)) and land]
    return {
        "hum_tgt_name": [one.name for one in people if one.name],
        "hum_tgt_description": [_typed(one.description, one.name) for one in people if one.description],
        "hum_tgt_type": [_typed(one.type, one.ref) for one in people],
        "hum_tgt_number": [_typed(one.number or "1", one.ref) for one in people],
        "hum_tgt_effect": [_typed(one.effect, one.ref) for one in people if one.effect],
        "hum_tgt_foreign_nation": [_typed(_land(one.nation), one.ref) for one in foreign],
    }


def _land(iso: str | None) -> str:
    land = by_iso3(iso or "")
    return land.name.upper() if land else ""
