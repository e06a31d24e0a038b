"""Who did it, where another sentence says so: an attack by nobody known, and a group that claims it or is blamed.

Codebooks name the side that the report names, wherever in the story it does (ACLED 2024, Actors: groups that claim or
are held responsible; UCDP: an actor is known by its claim or by the reports). What the group itself denies stays open.
"""

from __future__ import annotations

from collections.abc import Sequence

from eventcode.neutral import HAPPENED, Event, Mentions, Party
from eventcode.ontologies.sentences import is_told_at, words_before

_DEEDS = frozenset({"attack", "ambush", "shoot", "bombard", "explode", "suicide_bombing", "kill", "execute",
                    "assassinate", "massacre", "injure", "abduct", "raid", "destroy_property", "sexual_violence",
                    "shoot_down", "hijack"})
_ARMED = frozenset({"armed", "military", "police", "rebel"})
#: What a claim or blame is "about" where a clause only tells what its speakers say.
_SAYS = ("say", "deny", "decline_comment", "claim_responsibility")
_GROUP = frozenset({"rebel", "militia", "criminal"})
_OWN_DEEDS = _DEEDS | {"clash", "offensive", "repel_attack", "capture_territory", "retake_territory", "surrender",
                       "loot"}
#: A source with one of these is somebody: a state, a crowd, a community.
_SOMEBODY = frozenset({"state", "military", "police", "intelligence", "government", "country", "protester", "rioter",
                       "igo", "peacekeeper", "identity"})
#: A state that can be blamed for an attack; and how far on from it, in characters, a blame may stand.
_STATE = frozenset({"country", "military", "government"})
_NEXT = 150


def attributed(events: Sequence[Event]) -> tuple[Event, ...]:
    """The events, each attack by an unnamed side given the group that claims it, else the one that is blamed for it.

    A claim or blame speaks of the attack told last before it, else of the one in its own sentence.
    """
    order = sorted(events, key=position)
    known = {event.id: event for event in order}
    for claim in sorted(order, key=lambda event: event.action != "claim_responsibility"):
        group = _group(claim, order)
        deed = _deed(claim, group, [known[event.id] for event in order]) if group else None
        if group is not None and deed is not None:
            for act in (deed, *(other for other in known.values() if _by_the_same(other, deed))):
                known[act.id] = act.model_copy(update={"sources": (_in_place_of(group, act, claim),)})
    return tuple(_as_deed(known[event.id], events) for event in events)


def _as_deed(claim: Event, events: Sequence[Event]) -> Event:
    """"Bodies were found after an attack attributed to the group": the attack, where no other words tell it."""
    group = _group(claim, events) if claim.action == "accuse" and claim.about in _DEEDS else None
    if group is None or claim.sources or claim.place is None or claim.date.basis != "text":
        return claim
    here = claim.reports[0].sentence.start
    if any(event.action in _DEEDS and event.reports[0].sentence.start == here for event in events):
        return claim
    return claim.model_copy(update={"action": claim.about, "about": None, "sources": (group,), "targets": ()})


def known_by_story(events: Sequence[Event], mentions: Mentions) -> tuple[Event, ...]:
    """The events, rebels without a name given that of the only armed group that the article names.

    Only where unnamed rebels may be of that group: it is of their country, or theirs is not told, and it has no other
    deed of its own in the article or they are "the rebels".
    """
    groups = {party.actor_id: party for party in mentions.actors if party.actor_id and "rebel" in party.traits}
    acting = {party.actor_id for event in events if event.action in _OWN_DEEDS and event.status in HAPPENED
              for party in (*event.sources, *event.targets)}
    if len(groups) != 1:
        return tuple(events)
    group, apart = next(iter(groups.values())), acting.isdisjoint(groups)

    def named(side: tuple[Party, ...], event: Event) -> tuple[Party, ...]:
        return tuple(_named_as(group, party) if _nameless_rebels(party, group) and (apart or _is_definite(party, event))
                     else party for party in side)

    return tuple(event.model_copy(update={"sources": named(event.sources, event),
                                          "targets": named(event.targets, event)}) for event in events)


def _is_definite(party: Party, event: Event) -> bool:
    """"The rebels", "the same guerrillas": those the story has told of."""
    before = words_before(party.start, event).casefold().split()
    return before[-1:] in (["the"], ["these"], ["those"]) or before[-2:] == ["the", "same"]


def _nameless_rebels(party: Party, group: Party) -> bool:
    nameless = party.actor_id is None and party.name is None and "rebel" in party.traits
    of_it = group.country is None or party.country in (None, group.country)
    return nameless and of_it and "unidentified" not in party.traits


def _named_as(group: Party, party: Party) -> Party:
    known = {"name": group.name, "actor_id": group.actor_id, "country": group.country}
    return party.model_copy(update={**known, "rules": (*party.rules, "claims/only-group")})


def position(event: Event) -> int:
    """Where the event is first told."""
    return event.reports[0].trigger.start


def _group(claim: Event, events: Sequence[Event]) -> Party | None:
    """The one named armed group that claims, or is blamed and does not deny."""
    if claim.status not in HAPPENED or claim.action not in ("claim_responsibility", "accuse"):
        return None
    if claim.action == "accuse" and claim.about == "deny":
        return None  # "blamed the rebels, who denied any part in it"
    if claim.about not in (None, "clash", *_SAYS) and claim.about not in _DEEDS:
        return None
    own = claim.action == "claim_responsibility"
    if own and claim.about is None and any(not _ARMED.isdisjoint(party.traits) for party in claim.targets):
        return None  # "the rebels claimed the soldiers had fled" claims no deed
    side = claim.sources if own else claim.targets
    named = [party for party in side if party.actor_id and not _GROUP.isdisjoint(party.traits)]
    if not named and not own:
        named = [party for party in side if _is_blamed_state(party, claim, events)]
    if len(named) != 1 or (claim.action == "accuse" and _denies(named[0], events)):
        return None
    return named[0]


def _is_blamed_state(party: Party, claim: Event, events: Sequence[Event]) -> bool:
    """A state or its army that is blamed for a shelling or killing in that act's own sentence or the next one."""
    if not party.country or not _STATE & set(party.traits) or "protester" in party.traits:
        return False
    here, reach = claim.reports[0].sentence, _NEXT if claim.about in _DEEDS else 2
    deeds = [event for event in events if event.action in _DEEDS and event.status in HAPPENED and not event.sources]
    return any(event.reports[0].sentence.start == here.start
               or -1 <= here.start - event.reports[-1].sentence.end <= reach for event in deeds)


def _denies(group: Party, events: Sequence[Event]) -> bool:
    return any(event.action == "deny" and event.status in HAPPENED
               and any(party.actor_id == group.actor_id and party.country == group.country for party in event.sources)
               for event in events)


def _deed(claim: Event, group: Party, events: Sequence[Event]) -> Event | None:
    """The attack a claim speaks of, where it is nobody's yet."""
    sentence = claim.reports[0].sentence
    told = [event for event in events if event.action in _DEEDS and position(event) < sentence.start]
    if told and any(party.actor_id == group.actor_id for party in told[-1].sources):
        return None
    open_ones = [event for event in events if event.action in _DEEDS and event.status in HAPPENED and _unnamed(event)
                 and _near(event, claim)]
    before = [event for event in open_ones if position(event) < sentence.start]
    same = [event for event in open_ones if sentence.start <= position(event) < sentence.end]
    return next(iter(same), None) or (before[-1] if before else None)


def _by_the_same(other: Event, deed: Event) -> bool:
    """Another deed of the same unnamed attackers, there and on that day."""
    if other.id == deed.id or other.action not in _DEEDS or other.status not in HAPPENED or not deed.sources:
        return False
    alike = [party.start for party in other.sources] == [party.start for party in deed.sources]
    return alike and _unnamed(other) and other.date.start == deed.date.start


def _unnamed(event: Event) -> bool:
    return not any(party.actor_id or not _SOMEBODY.isdisjoint(party.traits) for party in event.sources)


def _near(deed: Event, claim: Event) -> bool:
    """Not in two countries, as far as is told by words of the claim's own."""
    one, other = deed.place, claim.place
    own = other is not None and other.start is not None and is_told_at(other.start, claim)
    return one is None or other is None or not own or one.country == other.country


def _in_place_of(group: Party, deed: Event, claim: Event) -> Party:
    """The group as the attack's source; how many came is what the attack's own words say."""
    size = next((party.size for party in deed.sources if party.size is not None), None)
    rule = "claims/claimed" if claim.action == "claim_responsibility" else "claims/blamed"
    return group.model_copy(update={"size": size, "rules": (*group.rules, rule)})
