"""What the words around a demonstration say of it: the grievance it is about, its organizers, the mob that is none, and
those of its people who are seized, shot or beaten without being called protesters."""

from __future__ import annotations

from collections.abc import Sequence

from eventcode.neutral import HAPPENED, Event, EventMention, Mentions, Party, Trait
from eventcode.ontologies.acled import parties, wording
from eventcode.ontologies.sentences import before_trigger, behind_trigger, is_told_at

_DEMONSTRATIONS = frozenset({"protest", "block_road", "occupy_premises", "shutdown", "strike", "hunger_strike", "riot",
                             "mob_violence", "disperse"})
_HARMS = frozenset({"kill", "arrest", "abduct", "attack", "shoot", "beat", "injure", "execute", "assassinate",
                    "massacre", "sexual_violence", "torture", "bombard", "explode", "destroy_property", "mob_violence",
                    "release", "clash"})
_PLUNDERS = frozenset({"riot", "loot", "destroy_property"})
_PEACEFUL = frozenset({"protest", "block_road", "occupy_premises", "shutdown"})
_TURNS_VIOLENT = _PEACEFUL | {"riot"}
_CROWDS_DO = _DEMONSTRATIONS - {"disperse"} | {"clash", "attack", "beat"}
_GRIEVANCE = wording.pattern("grievance")
_DEED_NOUN = wording.pattern("deed-nouns")
_OF_THE_ORGANIZER = wording.pattern("of-the-organizer")
_ORGANIZED = frozenset({"organized", "party", "labor", "opposition", "ngo", "student", "religious", "education"})
_IN_THE_MIDST = wording.pattern("in-the-midst")
_WHO_PROTEST = wording.pattern("who-protest")
_ARMS = wording.pattern("arms-seized")
_TRUCE = wording.pattern("truce-agreed")
_UNOPPOSED = wording.pattern("unopposed")
_RIVALS = wording.pattern("rivals")
_TRIBES = wording.words("tribes") | wording.words("clans")
_TRIBAL_FIGHT, _CIVIL_FIGHT = wording.pattern("tribal-fight"), wording.pattern("civil-fight")
_MOB = wording.pattern("mob")
_LOOTERS = wording.words("looters")
_BRAWLS = wording.words("brawls")
_PROTESTED = wording.pattern("protested")
_GRAVE = wording.pattern("gravely-hurt")
_NOBODY = wording.pattern("nobody-before")
_BEHIND, _DENIAL = 160, 40
_ONWARD = 260
_NUMERAL = 6  # "two" and "both" stand before a party's words


def without_grievances(events: Sequence[Event]) -> tuple[Event, ...]:
    """The events without the deeds that a demonstration is only said to be about: "marched against the arrest of X"."""
    told = [event for event in events if event.action in _DEMONSTRATIONS and event.status in HAPPENED]

    def is_grievance(event: Event) -> bool:
        if event.action not in _HARMS or any("protester" in party.traits for party in event.targets):
            return False
        return _is_cause(event, 0, told) and all(
            _is_cause(event, n, told) or not _is_dated(report) for n, report in enumerate(event.reports))

    return tuple(event for event in events if not is_grievance(event))


def _is_dated(report: EventMention) -> bool:
    """Has it a day of its own? "The officer who fired" only goes on with what was told."""
    words = report.date.words
    return words is not None and report.sentence.start <= words.start < report.sentence.end


def _is_cause(event: Event, number: int, told: Sequence[Event]) -> bool:
    """Does this report tell its deed by a noun behind words of complaint, in a sentence that tells a demonstration?"""
    report = event.reports[number]
    if event.action == "arrest" and not report.asserted:
        # "wives of jailed activists held a protest"
        return any(other.sentence == report.sentence for demo in told for other in demo.reports)
    if not _DEED_NOUN.fullmatch(report.trigger.text):
        return False
    before = before_trigger(report)
    here = [other for demo in told if demo is not event for other in demo.reports if other.sentence == report.sentence]
    if here and _PROTESTED.search(before):
        return True
    return _GRIEVANCE.search(before) is not None and any(o.trigger.start < report.trigger.start for o in here)


def with_organizers(events: Sequence[Event], mentions: Mentions, text: str) -> tuple[Event, ...]:
    """The events, each demonstration given the parties and unions whose people its sentence says took part.

    Codebook 2024, Protests: who organizes stands as associated actor.
    """
    bodies = [party for party in mentions.actors if (party.actor_id or party.name) and _ORGANIZED & set(party.traits)
              and "state" not in party.traits]
    led = [body for body in bodies if _OF_THE_ORGANIZER.search(text[max(0, body.start - 80):body.start])]
    return tuple(_with_organizers(event, led, bodies) for event in events)


def _with_organizers(event: Event, led: Sequence[Party], bodies: Sequence[Party]) -> Event:
    if event.action not in _CROWDS_DO or event.status not in HAPPENED or not event.sources:
        return event
    if not any(map(parties.is_crowd_or_people, event.sources)):
        return event
    update = {"sources": _of_their_bodies(event.sources, bodies), "targets": _of_their_bodies(event.targets, bodies)}
    sides = (*update["sources"], *update["targets"])
    more = tuple(party for party in led if is_told_at(party.start, event) and event.sources[0].start < party.start
                 and not any(p.start <= party.start < p.end or p.key == party.key for p in sides))
    if event.action in _DEMONSTRATIONS:
        update["sources"] = (*update["sources"], *more)
    return event.model_copy(update=update)


def _of_their_bodies(side: tuple[Party, ...], bodies: Sequence[Party]) -> tuple[Party, ...]:
    """A side with the body that each of its people's own words name: the party of "party workers", who are no labour
    group."""
    found: list[Party] = []
    for party in side:
        own = [body for body in bodies if party.start <= body.start and body.end <= party.end and body.key != party.key
               and parties.is_crowd_or_people(party)]
        if own and "party" in own[0].traits:
            party = party.model_copy(update={"traits": tuple(t for t in party.traits if t != "labor") or ("civilian",)})
        found += [party, *own[:1]]
    return tuple(found)


def mobs(events: Sequence[Event]) -> tuple[Event, ...]:
    """The events, what a mob or looters do outside a demonstration made mob violence; whom a story of riots calls
    looters when they are shot or arrested are rioters."""
    demonstrated = any(event.action in ("protest", "block_road", "disperse") and event.status in HAPPENED
                       for event in events)
    rioted = any(event.action in ("riot", "mob_violence", "loot") for event in events)

    def read(event: Event) -> Event:
        riots = _riots(event) if event.action in _TURNS_VIOLENT else []  # some of the marchers threw stones
        if riots and (event.action != "riot" or _fought(riots)):
            return event.model_copy(update={"action": "riot", "targets": _fought(riots) or event.targets})
        event = _with_both_sides(event)
        if event.action in _PLUNDERS and not demonstrated and any(_MOB.search(p.text) for p in event.sources):
            sources = tuple(parties.as_crowd(party, "rioter") for party in event.sources)
            return event.model_copy(update={"action": "mob_violence", "sources": sources})
        if rioted and any(_is_looter(party) for party in event.targets):
            return event.model_copy(update={"targets": tuple(
                parties.as_crowd(party, "rioter") if _is_looter(party) else party for party in event.targets)})
        return event

    return tuple(map(read, events))


def _riots(event: Event) -> list[EventMention]:
    return [r for r in event.reports if r.action == "riot" and r.status in HAPPENED]


def _fought(riots: Sequence[EventMention]) -> tuple[Party, ...]:
    """Police or soldiers whom one of the reports says the crowd fought: nobody else is the other side then."""
    return tuple(party for riot in riots for party in riot.targets if parties.is_forces(party))[:1]


def _with_both_sides(event: Event) -> Event:
    """A riot told of its crowd only, with the forces hurt in it: "police were hurt in clashes with protesters"."""
    crowd = tuple(party for party in event.targets if parties.is_crowd(party))
    hurt = _fought([report for report in event.reports if report.action in ("injure", "kill")])
    if event.action != "riot" or event.sources or not crowd or not hurt:
        return event
    return event.model_copy(update={"sources": crowd, "targets": hurt})


def _is_looter(party: Party) -> bool:
    return party.text.casefold().split()[-1] in _LOOTERS


def rival_groups(events: Sequence[Event]) -> tuple[Event, ...]:
    """The events, "two groups clashed" and "communal clashes" given both sides: people without arms or a name who fight
    each other; tribes and clans do so with arms (codebook 2024, Identity militias)."""
    return tuple(_rival_mobs(event) if event.action == "mob_violence" else _rival_groups(event) for event in events)


def _rival_mobs(event: Event) -> Event:
    """"Students and vendors fought with clubs", "two groups pelted one another": each the other's victim, where nobody
    else is told to be."""
    trigger = event.reports[0].trigger
    hurt = any(not parties.is_unknown(party) for party in event.targets)
    if hurt or not event.sources or trigger.text.casefold() not in _BRAWLS:
        return event
    one, *others = (parties.as_crowd(party, "rioter") for party in event.sources)
    words = event.reports[0].sentence
    if not others and not _RIVALS.search(words.text[max(0, one.start - words.start - _NUMERAL):one.end - words.start]):
        return event
    other = others or [one.model_copy(update={"start": trigger.start, "end": trigger.end, "size": None})]
    return event.model_copy(update={"sources": (one,), "targets": tuple(other)})


def _rival_groups(event: Event) -> Event:
    only = event.sources or event.targets
    if event.action != "clash" or (event.sources and event.targets) or len(only) > 1:
        return event
    told = _both_in_one(only[0]) if only else _by_kind_of_fight(event)
    if told is None:
        return event
    trigger = event.reports[0].trigger
    other = told.model_copy(update={"start": trigger.start, "end": trigger.end, "text": trigger.text, "size": None})
    return event.model_copy(update={"sources": (told,), "targets": (other,)})


def _both_in_one(party: Party) -> Party | None:
    """The party, where it is both sides of a fight: "two groups", "rival tribes"; None where it is only one."""
    last = party.text.casefold().split()[-1]
    if parties.is_combatant(party, "target"):
        return None
    if last in _TRIBES and party.actor_id is None:
        return _as_rivals(party, last)
    return _as_rivals(party) if _RIVALS.match(party.text) else None


def _by_kind_of_fight(event: Event) -> Party | None:
    """One side of a fight whose sides only the word before it tells: tribal, communal, factional."""
    first = event.reports[0]
    before = before_trigger(first)
    found = _TRIBAL_FIGHT.search(before) or _CIVIL_FIGHT.search(before)
    if found is None:
        return None
    start, kind = first.sentence.start + found.start(1), found[1]
    side = Party(start=start, end=start + len(kind), text=kind)
    return _as_rivals(side, kind.casefold() if kind.casefold() in _TRIBES else None)


def _as_rivals(party: Party, community: str | None = None) -> Party:
    """The party as a crowd, or as fighters of a community of this kind."""
    rules = (*party.rules, "acled/actors/rival-groups")
    if community is None:
        return party.model_copy(update={"traits": ("rioter",), "sector": None, "rules": rules})
    armed: tuple[Trait, ...] = ("armed", "identity")
    return party.model_copy(update={"traits": armed, "sector": "UAF", "name": community, "rules": rules})


def arms_seized(events: Sequence[Event]) -> tuple[Event, ...]:
    """The events, weapons that forces of a state take from nobody in a fight made weapons put out of use.

    Codebook 2024, Strategic developments: Disrupted weapons use, also seizures of weapons.
    """
    fought = any(event.action in ("clash", "attack", "capture_territory", "retake_territory", "ambush", "raid", "kill")
                 and event.status in HAPPENED for event in events)
    return tuple(event.model_copy(update={"action": "disrupt_weapon"}) if not fought and _seizes_arms(event) else event
                 for event in events)


def truces(events: Sequence[Event]) -> tuple[Event, ...]:
    """The events, "agreed to a ceasefire" made one about it, whatever else is said of what it is to allow."""
    return tuple(event.model_copy(update={"about": "ceasefire"})
                 if event.action in ("agree", "sign_agreement") and event.status in HAPPENED
                 and any(_TRUCE.match(behind_trigger(r)) for r in event.reports) else event for event in events)


def unopposed(events: Sequence[Event]) -> tuple[Event, ...]:
    """The events, a place that is taken "without a shot" made one that changes hands without a fight.

    Codebook 2024, Strategic developments: Non-violent transfer of territory.
    """
    return tuple(event.model_copy(update={"action": "transfer_territory"})
                 if event.action in ("capture_territory", "retake_territory") and not event.counts
                 and any(_UNOPPOSED.search(r.sentence.text) for r in event.reports) else event for event in events)


def _seizes_arms(event: Event) -> bool:
    return event.action == "seize_property" and _ARMS.match(behind_trigger(event.reports[0])) is not None \
        and any(map(parties.is_armed_state, event.sources))


def in_the_midst(events: Sequence[Event]) -> tuple[Event, ...]:
    """The events, people called striking, protesting or marching, or told so right behind, who are shot, beaten or
    arrested taken for protesters, and arrests of nobody named, told with a demonstration, for arrests of its people."""
    told = [event for event in events if event.action in _DEMONSTRATIONS and event.status in HAPPENED]

    def read(event: Event) -> Event:
        if event.action == "warning_shots" and event.status in HAPPENED and any(_goes_on(event, d) for d in told):
            return event.model_copy(update={"action": "disperse", "targets": (), "weapons": ()})
        if event.action not in _HARMS or event.status not in HAPPENED:
            return event
        crowd = _who_clashed(event, told)
        if crowd:
            forces = event.sources or event.targets
            return event.model_copy(update={"action": "riot", "sources": crowd, "targets": forces})
        if event.action == "arrest" and not event.targets and any(_goes_on(event, demo) for demo in told):
            return event.model_copy(update={"targets": parties.crowd_of(event, "protester")})
        return event.model_copy(update={"targets": tuple(
            parties.as_crowd(p, "protester") if _protests(p, event) else p for p in event.targets)})

    return tuple(map(read, events))


def _who_clashed(event: Event, told: Sequence[Event]) -> tuple[Party, ...]:
    """"Students protesting a reform clashed with police": a clash of forces with nobody named is the crowd's of the
    demonstration that its own sentence tells."""
    sides = (*event.sources, *event.targets)
    alone = event.action == "clash" and bool(event.sources) != bool(event.targets) and not event.counts
    if not alone or not all("police" in party.traits for party in sides):
        return ()
    here = event.reports[0].sentence
    demo = next((d for d in told if d.sources and d.reports[0].sentence == here and d.action != "disperse"), None)
    return tuple(parties.as_crowd(party, "rioter") for party in demo.sources) if demo is not None else ()


def _protests(party: Party, event: Event) -> bool:
    """Is this party told to protest, by the words before its noun or right behind it?"""
    if _IN_THE_MIDST.search(party.text) or parties.is_armed_state(party) or parties.is_armed_group(party):
        return _IN_THE_MIDST.search(party.text) is not None
    sentence = next((r.sentence for r in event.reports if r.sentence.start <= party.start < r.sentence.end), None)
    return sentence is not None and _WHO_PROTEST.match(sentence.text, party.end - sentence.start) is not None


def _goes_on(event: Event, demo: Event) -> bool:
    """Is this told in the sentence of a demonstration or soon after it, of no other place?"""
    here, there = event.reports[0], demo.reports[0]
    near = here.sentence == there.sentence or 0 <= here.sentence.start - there.sentence.end < _ONWARD
    one = event.place is None or demo.place is None or event.place.start is None \
        or event.place.name == demo.place.name or event.place.precision == "country"
    return near and one


def is_grave(event: Event, text: str) -> bool:
    """Are people told to be gravely hurt, in the sentences of this event or right behind them? "Nobody was seriously
    hurt" tells that they were not."""
    told = [found for report in event.reports
            for found in _GRAVE.finditer(text, report.sentence.start, report.sentence.end + _BEHIND)]
    return any(not _NOBODY.search(text, max(0, found.start() - _DENIAL), found.start()) for found in told)
