"""What the sentences of one story tell about each other, before events are coded: protesters known from another clause,
a place left by one side and entered by the other, the size of a crowd, one spelling of a party."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from eventcode.neutral import HAPPENED, Count, Event, Mentions, Party, Trait
from eventcode.ontologies.acled import parties, wording
from eventcode.ontologies.acled.raids import may_be_there
from eventcode.ontologies.claims import position
from eventcode.ontologies.sentences import is_told_at

_DONE_TO_PROTESTERS = frozenset({"arrest", "beat", "shoot", "kill", "injure", "attack"})
_ANYONE = frozenset({"civilian", "person", "group", "student", "women", "opposition", "labor", "education", "health",
                     "agriculture", "refugee"})
_DEMONSTRATIONS = frozenset({"protest", "block_road", "occupy_premises", "strike", "riot"})
_GATHERINGS = _DEMONSTRATIONS | {"mob_violence"}
_OF_A_CROWD = frozenset({"protest", "disperse", "block_road", "occupy_premises", "shutdown", "riot", "mob_violence"})
_MOBS = wording.words("mobs")
_FOLLOWERS = wording.words("followers")
_CROWD_DEEDS = frozenset({"destroy_property", "loot", "attack", "beat", "injure", "clash", "kill"})
_BARE = wording.words("some-people")
_FIGURE = wording.pattern("figures")
_NEXT = 300
_ENTERS = frozenset({"deploy", "capture_territory", "retake_territory", "incursion", "transfer_territory"})
_FIGHTS = frozenset({"clash", "attack", "offensive", "repel_attack", "ambush", "bombard", "shoot", "raid", "kill"})
_MEASURES = frozenset({"curfew", "emergency"})
_ANSWERED = _FIGHTS | _GATHERINGS | {"explode", "destroy_property", "loot", "disperse"}
_TAKEN = frozenset({"capture_territory", "retake_territory"})
_CONTESTS = _FIGHTS | {"capture_territory", "retake_territory"}
_EITHER_FORCE = wording.words("either-force")


def one_spelling(events: Sequence[Event]) -> tuple[Event, ...]:
    """The same words are the same party: what one event knows of its country or name holds in every other."""
    best: dict[tuple[int, int], Party] = {}
    for party in (p for event in events for p in (*event.sources, *event.targets)):
        known = best.get((party.start, party.end))
        if known is None or _known(party) > _known(known):
            best[party.start, party.end] = party

    def spelled(side: tuple[Party, ...]) -> tuple[Party, ...]:
        return tuple(best[party.start, party.end] for party in side)

    return tuple(event.model_copy(update={"sources": spelled(event.sources), "targets": spelled(event.targets)})
                 for event in events)


def _known(party: Party) -> tuple[bool, bool, int]:
    return party.actor_id is not None, party.country is not None, len(party.traits)


def of_the_police(events: Sequence[Event], mentions: Mentions) -> tuple[Event, ...]:
    """The events, recruits or commandos whose sentence tells of police and of no military taken for police."""
    return tuple(_of_the_police(event, mentions) for event in events)


def _of_the_police(event: Event, mentions: Mentions) -> Event:
    def told(trait: Trait) -> bool:
        return any(trait in party.traits and (party.start, party.end) not in plain and is_told_at(party.start, event)
                   for party in mentions.actors)

    plain = {(p.start, p.end) for p in event.targets if "military" in p.traits and p.country is None and not p.actor_id
             and p.text.casefold().split()[-1] in _EITHER_FORCE}
    if not plain or not told("police") or told("military"):
        return event
    targets = tuple(_policeman(p) if (p.start, p.end) in plain else p for p in event.targets)
    return event.model_copy(update={"targets": targets})


def _policeman(party: Party) -> Party:
    traits = (*(trait for trait in party.traits if trait != "military"), "police")
    rules = (*party.rules, "acled/actors/of-the-police")
    return party.model_copy(update={"traits": traits, "sector": "COP", "rules": rules})


def taken_over(events: Sequence[Event], mentions: Mentions) -> tuple[Event, ...]:
    """The events, with "the army left X" and "the rebels entered X" made one handing over of X where nobody fought.

    Codebook 2024, Strategic developments: Non-violent transfer of territory, an actor takes a place without a fight.
    """
    made, gone = {event.id: event for event in events}, set[str]()
    bloody = any(count.what == "killed" and count.qualifier != "none" for count in mentions.counts)
    for left in events:
        if left.action != "withdraw_forces" or left.status not in HAPPENED or not left.sources:
            continue
        entered = [event for event in events
                   if event.action in _ENTERS - (_CONTESTS if bloody else set()) and _there(event, left)
                   and _other_side(event, left)]
        fought = any(event.action in _FIGHTS and event.status in HAPPENED and _there(event, left) for event in events)
        taken = any(event.action in _TAKEN and _there(event, left) and _other_side(event, left) for event in events)
        if taken and (bloody or fought):
            gone.add(left.id)  # the losers left when the place was taken from them: that is told by its capture
        elif entered and not fought:
            update = {"action": "transfer_territory", "targets": entered[0].sources}
            made[left.id] = left.model_copy(update=update)
            gone |= {event.id for event in entered}
            gone |= {event.id for event in events if event.action == "surrender" and _there(event, left)}
    return tuple(made[event.id] for event in events if event.id not in gone)


def _there(event: Event, other: Event) -> bool:
    """At the same place on the same day, as it happened."""
    return (event.status in HAPPENED and event.place is not None and other.place is not None
            and event.place.name == other.place.name and event.date.start == other.date.start)


def _other_side(event: Event, left: Event) -> bool:
    if not event.sources or not all(parties.is_combatant(p, "source") for p in (event.sources[0], left.sources[0])):
        return False
    one, other = event.sources[0], left.sources[0]
    apart = bool((one.country and other.country) or (one.actor_id and other.actor_id)) and one.key != other.key
    return parties.camp(one) != parties.camp(other) or apart


def without_place_names(events: Sequence[Event]) -> tuple[Event, ...]:
    """The events without targets that are a country's name within the name of the place: Congo in Mbanza Congo."""
    return tuple(event.model_copy(update={"targets": tuple(p for p in event.targets if not _names_place(p, event))})
                 for event in events)


def _names_place(party: Party, event: Event) -> bool:
    place = event.place
    if place is None or place.start is None or place.end is None or "country" not in party.traits:
        return False
    return place.start <= party.start and party.end <= place.end and place.end - place.start > party.end - party.start


def fought_out(events: Sequence[Event]) -> tuple[Event, ...]:
    """The events, "after fighting with soldiers", "soldiers returned fire", "another exchange of fire" given the side
    that the same story's attack or clash has and they do not name.

    Codebook 2024, Battles: an attack that is answered is an armed clash, with both sides.
    """
    made = list(events)
    for i, fight in enumerate(made):
        whole = bool(fight.sources and fight.targets)
        if fight.action in ("clash", "repel_attack") and fight.status in HAPPENED and not whole:
            others = [event for event in made if event is not fight and event.action in _CONTESTS and event.sources
                      and event.status in HAPPENED and _may_be(fight, event)]
            told = max(others, key=lambda event: position(event) <= position(fight), default=None)
            if told is not None:
                made[i] = _completed(fight, told)
    return tuple(made)


def _may_be(fight: Event, other: Event) -> bool:
    """In one sentence, or at one place on one day; a fight of nobody named may be another day's of the same sides."""
    if any(report.sentence == told.sentence for report in fight.reports for told in other.reports):
        return True
    if _there(other, fight):
        return True
    nobody = not fight.sources and not fight.targets and other.action == "clash" and bool(other.targets)
    return nobody and (fight.place is None or other.place is None or fight.place.name == other.place.name)


def _completed(fight: Event, told: Event) -> Event:
    mine = (*fight.sources, *fight.targets)
    theirs = [side for side in (told.sources, told.targets) if side and parties.is_combatant(side[0], "source")]
    if not mine and len(theirs) == 2:
        update = {"sources": theirs[0], "targets": theirs[1]}
    elif not mine and theirs and told.action == "raid" and told.reports[0].sentence == fight.reports[0].sentence:
        update = {"sources": theirs[0], "targets": ()}  # "died in a shootout during a police raid"
    else:
        enemy = next((side for side in theirs if mine and _enemies(side[0], mine[0])), None)
        if enemy is None:
            return fight
        whose = next((side for side in theirs if side is not enemy and mine[0].country is None
                      and parties.camp(side[0]) == parties.camp(mine[0])), mine)
        update = {"sources": enemy, "targets": whose}
    if fight.place is None or fight.place.precision == "country":
        return fight.model_copy(update={**update, "place": told.place})
    return fight.model_copy(update=update)


def _enemies(one: Party, other: Party) -> bool:
    if parties.camp(one) != parties.camp(other) or (one.country and other.country and one.country != other.country):
        return True
    return bool(one.actor_id and other.actor_id and one.key != other.key)


def stopped(events: Sequence[Event]) -> tuple[Event, ...]:
    """The events, with "the army stopped a missile" and "the rebels fired a missile" at one place and day made one;
    so with the raid in which a bomb was found, and its blast when it was blown up or went off too early.

    Codebook 2024, Strategic developments: Disrupted weapons use; what was stopped struck nobody.
    """
    made, gone = {event.id: event for event in events}, set[str]()
    for stop in events:
        if stop.action != "disrupt_weapon" or stop.status not in HAPPENED:
            continue
        harmless = [event for event in events if _there(event, stop)
                    and not any(count.what in ("killed", "injured") for count in event.counts)]
        fired = [event for event in harmless if event.action in ("bombard", "explode") and event.sources
                 and not event.targets]
        if fired and not stop.targets:
            made[stop.id] = stop.model_copy(update={"targets": fired[0].sources})
            gone |= {event.id for event in fired}
        gone |= {event.id for event in harmless if event.action in ("explode", "raid")
                 and all(parties.is_unknown(party) or "person" not in party.traits for party in event.targets)}
    return tuple(made[event.id] for event in events if event.id not in gone)


def without_moves(events: Sequence[Event]) -> tuple[Event, ...]:
    """The events without the arrival of forces that the story then tells to have fought, shot or arrested there, and
    without the curfews that only answer what is told before them."""
    acts = [event for event in events if event.action in _FIGHTS | _DONE_TO_PROTESTERS | {"disperse"}]

    def leads_to(move: Event, act: Event) -> bool:
        mine, theirs = move.sources[0], act.sources[0] if act.sources else None
        alike = theirs is not None and (mine.start == theirs.start or (
            parties.camp(mine) == parties.camp(theirs) == "state" and mine.country == theirs.country))
        return alike and 0 <= position(act) - position(move) < _NEXT and may_be_there(act, move)

    return tuple(event for event in events if not _follows(event, events) and (
        event.action != "deploy" or not event.sources or not any(leads_to(event, act) for act in acts)))


def _follows(event: Event, events: Sequence[Event]) -> bool:
    """"A mob burned shops, prompting a curfew": a measure told in the sentence of what it answers is no event beside
    it."""
    here = event.reports[0]
    return event.action in _MEASURES and any(
        other.action in _ANSWERED and other.status in HAPPENED and report.sentence == here.sentence
        and report.trigger.start < here.trigger.start for other in events for report in other.reports)


def without_clearances(events: Sequence[Event]) -> tuple[Event, ...]:
    """The events without "police regained control" of what a crowd, and no armed group, had occupied."""
    rioted = any(event.action in _GATHERINGS and event.status in HAPPENED for event in events)
    armed = any(parties.is_armed_group(party) for event in events for party in (*event.sources, *event.targets))
    cleared = rioted and not armed
    return tuple(event for event in events if not (cleared and event.action in _TAKEN and any(
        "police" in party.traits for party in event.sources)))


def _is_protest(event: Event) -> bool:
    """A gathering; a road that fighters block is none."""
    armed = bool(event.sources) and parties.is_armed_group(event.sources[0])
    return event.action in _OF_A_CROWD and not (event.action == "block_road" and armed)


def at_protests(events: Sequence[Event]) -> tuple[Event, ...]:
    """The events, with people arrested, beaten or shot in a sentence that tells of a protest, or nobody in particular
    in the next ones and there, taken for protesters."""
    protests = [event for event in events if _is_protest(event) or any(
        "protester" in party.traits for party in (*event.sources, *event.targets))]
    told = {report.sentence.start for event in protests for report in event.reports}

    def read(event: Event) -> Event:
        if event.action not in _DONE_TO_PROTESTERS or event.status not in HAPPENED:
            return event if protests else _with_targets(event, _no_protester)
        if not protests:
            return _at_a_gathering(event)
        if any(report.sentence.start in told for report in event.reports):
            return _with_targets(event, _as_protester)
        before = [protest for protest in protests if _soon_after(event, protest) and may_be_there(event, protest)]
        some = {_ends(party)[-1] for protest in before for party in protest.sources}
        return _with_targets(event, _as_protester, lambda party: _nobody_in_particular(party) or (
            party.name is None and _ends(party)[-1] in some)) if before else event

    return tuple(map(read, events))


_GATHERING = wording.pattern("at-a-gathering")
_PROTESTING = wording.pattern("protesting")


def _at_a_gathering(event: Event) -> Event:
    """Who is shot or arrested "at a march" is one of the marchers, in a story that tells nothing more of them; a
    dissident who is arrested at home is no protester."""
    if not any(_GATHERING.search(report.sentence.text) for report in event.reports):
        return _with_targets(event, _no_protester)
    if all(map(parties.is_unknown, event.targets)) and event.action != "kill":
        return event.model_copy(update={"targets": parties.crowd_of(event, "protester")})
    return _with_targets(event, _as_protester)


def _no_protester(party: Party) -> Party:
    """The party, an activist or dissident by name, where nobody protests."""
    if "protester" not in party.traits or _PROTESTING.search(party.text) or party.actor_id:
        return party
    return party.model_copy(update={"traits": tuple(t for t in party.traits if t != "protester") or ("civilian",)})


def _with_targets(event: Event, as_what: Callable[[Party], Party],
                  only: Callable[[Party], bool] = lambda _: True) -> Event:
    return event.model_copy(update={"targets": tuple(as_what(p) if only(p) else p for p in event.targets)})


def _as_protester(party: Party) -> Party:
    if party.text.casefold() == "them":
        party = party.model_copy(update={"traits": ("person",), "sector": None, "actor_id": None, "name": None})
    if not set(party.traits) <= _ANYONE or (parties.is_unknown(party) and party.size is None):
        return party
    rules = (*party.rules, "acled/actors/at-protest")
    return party.model_copy(update={"traits": (*party.traits, "protester"), "rules": rules})


def _nobody_in_particular(party: Party) -> bool:
    """"Forty people", "dozens", "three": some of those the story has told of."""
    one_of_them = party.text.casefold().split()[-1] in _BARE or _FIGURE.fullmatch(party.text) is not None
    bare = party.name is None and one_of_them
    return bare or (party.size is not None and parties.is_unknown(party))


def _soon_after(event: Event, other: Event) -> bool:
    return 0 < position(event) - other.reports[0].sentence.end < _NEXT


def by_the_crowd(events: Sequence[Event]) -> tuple[Event, ...]:
    """The events, with what the people of a protest or riot do besides, and what is burned or looted there by nobody
    named, done by its crowd.

    Codebook 2024, Riots: a demonstration in which people are hurt or things destroyed is one violent demonstration.
    """
    crowds = [event for event in events if event.action in _GATHERINGS and event.status in HAPPENED and event.sources]
    return tuple(_by_the_crowd(event, crowds) for event in events)


def _by_the_crowd(event: Event, crowds: Sequence[Event]) -> Event:
    if event.action not in _CROWD_DEEDS or event.status not in HAPPENED:
        return event
    own = next((c for c in crowds if event.sources and c.sources[0].start == event.sources[0].start), None)
    if own is not None and not parties.is_combatant(event.sources[0], "source"):
        update = {"sources": tuple(_of_crowd(party, own) for party in event.sources)}
        same = own.reports[0].sentence == event.reports[0].sentence
        return event.model_copy(update=update | ({"place": own.place} if same and own.place else {}))
    if event.sources and event.action == "destroy_property" and _are_followers(event.sources[0]):
        return event.model_copy(update={"sources": tuple(parties.as_crowd(p, "protester") for p in event.sources)})
    if event.sources and not _MOBS.isdisjoint(_ends(event.sources[0])):
        return event.model_copy(update={"sources": tuple(_of_crowd(party, event) for party in event.sources)})
    if event.action == "clash" and not event.sources:
        return _with_the_police(event, crowds)
    there = next((c for c in crowds if _soon_after(event, c) and _there(event, c)), None)
    if event.sources or there is None or event.action not in ("destroy_property", "loot"):
        return event
    return event.model_copy(update={"sources": tuple(_of_crowd(party, there) for party in there.sources)})


def _with_the_police(fight: Event, crowds: Sequence[Event]) -> Event:
    """"Two died in clashes with police", told soon after a demonstration and of no other place, is fought by it."""
    crowd = next((c for c in crowds if _soon_after(fight, c) and may_be_there(fight, c)), None)
    police = bool(fight.targets) and all("police" in party.traits for party in fight.targets)
    if crowd is None or not police:
        return fight
    update = {"action": "riot", "sources": tuple(_of_crowd(party, crowd) for party in crowd.sources)}
    undated = fight.date.basis != "text"
    return fight.model_copy(update=update | ({"date": crowd.date} if undated else {})
                            | ({} if fight.place else {"place": crowd.place}))


def _of_crowd(party: Party, event: Event) -> Party:
    """The party as one of protesters, or of rioters where the event is a mob's."""
    return parties.as_crowd(party, "protester" if event.action in _DEMONSTRATIONS else "rioter")


def _ends(party: Party) -> tuple[str, str]:
    """The first and the last word."""
    words = party.text.casefold().split()
    return words[0], words[-1]


def _are_followers(party: Party) -> bool:
    return not _FOLLOWERS.isdisjoint(party.text.casefold().split()[:2]) and not parties.is_combatant(party, "source")


def with_crowds(events: Sequence[Event], mentions: Mentions) -> tuple[Event, ...]:
    """The events, the only crowd of a story given the number of those who took part, wherever it is told."""
    crowds = [event for event in events if event.status in HAPPENED and _has_crowd(event)]
    places = {event.place.name if event.place else None for event in crowds}
    taken = any(count.what == "participants" for event in crowds for count in event.counts)
    if taken or len(places) != 1:
        return tuple(events)
    loose: tuple[Count, ...] = tuple(count for count in mentions.counts if count.what == "participants")[:1]
    first = crowds[0].id
    return tuple(event.model_copy(update={"counts": (*event.counts, *loose)}) if event.id == first else event
                 for event in events)


def _has_crowd(event: Event) -> bool:
    return event.action in parties.CROWD_SOURCE | parties.CROWD_TARGET \
        or any(parties.is_crowd(party) for party in (*event.sources, *event.targets))
