"""Whose forces and means: whose fire a shelling was, whose ship or trench was hit, who is armed by the words before
their name, and peoples that no table has."""

from __future__ import annotations

import re
from collections.abc import Sequence

from eventcode.lexicon import Weapon
from eventcode.neutral import HAPPENED, Event, EventMention, Mentions, Party, Trait
from eventcode.ontologies.acled import parties, wording
from eventcode.ontologies.sentences import words_before, words_behind

_WHOSE_FIRE = wording.pattern("fire-behind")
_REMOTE = frozenset({"bombard", "explode", "suicide_bombing"})
_HITS = _REMOTE | {"attack", "shoot", "raid", "ambush"}
_CIVIL_THINGS = wording.pattern("civil-things")
_COUNTERPARTS = wording.pattern("counterparts")
_ASSAULTS = frozenset({"attack", "ambush", "raid", "capture_territory", "clash", "shoot"})
_POST = wording.pattern("posts")
_PREMISES = wording.pattern("premises")
_ANYONE = wording.words("some-people")
_KINDS_OF_PEOPLE = wording.words("kinds-of-people")
_CAPITALS = re.compile(r"((?:[A-Z][\w'’-]+ )*[A-Z][\w'’-]+) $")
#: How many characters on a story still tells whose fire it was.
_AFTERWARDS = 300
_CARRIED_OUT = wording.pattern("carried-out")
_SAID_SO = wording.pattern("owned-up")
_SETTLERS = wording.words("settlers")
_OF_FORCES = wording.pattern("things-of-forces")
#: Means that forces are named by, and what weapon a deed of theirs was done with.
_MEANS: tuple[tuple[frozenset[str], Weapon], ...] = (
    (wording.words("aircraft"), "aircraft"), (wording.words("helicopters"), "helicopter"),
    (wording.words("drones"), "drone"), (wording.words("artillery"), "artillery"))
_SUICIDE = wording.pattern("suicide-bombers")
_ONE_PERSON = wording.words("one-person")
_AIR_FORCE = wording.pattern("air-forces")
_BY_MEANS = frozenset({"kill", "injure", "attack", "massacre"})
_ARMED_BEFORE = wording.pattern("armed-before")
_PRIVATE = wording.pattern("private-guards")
_STAFF = wording.words("staff-of-bodies")


def forces_of_event(event: Event) -> Event:
    """The event with what its own words tell of forces: whose post was hit, what its source is armed with."""
    return _armed(_of_forces(_with_counterparts(_hired(event))))


def _hired(event: Event) -> Event:
    """The event, private guards taken for no forces of the state, and drivers and staff of a body for people without
    arms (codebook, Actor types: private security firms are external forces; staff of missions are civilians)."""
    return event.model_copy(update={"sources": tuple(map(_no_forces, event.sources)),
                                    "targets": tuple(map(_no_forces, event.targets))})


def _no_forces(party: Party) -> Party:
    if not {"military", "igo", "ngo"} & set(party.traits):
        return party
    update: dict[str, object] = {"rules": (*party.rules, "acled/actors/staff"), "traits": ("civilian", "aid_worker"),
                                 "sector": "CVL"}
    if _PRIVATE.search(party.text):
        update |= {"traits": ("armed", "organized"), "sector": "UAF"}
    elif "military" in party.traits or party.text.casefold().split()[-1] not in _STAFF:
        return party
    return party.model_copy(update=update)


def who_moved(event: Event, mentions: Mentions) -> Event:
    """The event, "soldiers were deployed" by nobody named: the forces told right before are those that move."""
    if event.action != "deploy" or event.sources:
        return event
    report = event.reports[0]
    before = [party for party in mentions.actors if report.sentence.start <= party.start
              and party.end <= report.trigger.start and parties.is_armed_state(party)]
    return event.model_copy(update={"sources": (before[-1],)}) if before else event


def with_shared_means(events: Sequence[Event]) -> tuple[Event, ...]:
    """The events, what one party does in the sentence that tells of its shelling or air strike done with its means."""
    remote = [event for event in events if event.action == "bombard" and event.sources and event.weapons]

    def shared(event: Event) -> Event:
        if event.action not in _BY_MEANS or event.weapons or not event.sources:
            return event
        same = next((other for other in remote if other.sources[0].start == event.sources[0].start
                     and other.reports[0].sentence.start == event.reports[0].sentence.start), None)
        return event if same is None else event.model_copy(update={"weapons": same.weapons})

    return tuple(map(shared, events))


def _with_counterparts(event: Event) -> Event:
    """The event, "their Kyrgyz counterparts" taken for forces of the kind that the other side is."""
    first = next((p for p in (*event.sources, *event.targets) if parties.is_armed_state(p)), None)
    if first is None:
        return event

    def read(party: Party) -> Party:
        if not _follows(_COUNTERPARTS, party, event) or not party.country:
            return party
        rules = (*party.rules, "acled/actors/counterparts")
        return party.model_copy(update={"traits": first.traits, "sector": first.sector, "rules": rules})

    return event.model_copy(update={"sources": tuple(map(read, event.sources)),
                                    "targets": tuple(map(read, event.targets))})


def whose_fire(event: Event, mentions: Mentions, text: str) -> Event:
    """The event with whose fire it was by the words of its story, and with names for settlers and peoples. `text` is
    the article's."""
    return _named_peoples(_settled(_by_their_fire(event, mentions, text)))


def _of_forces(event: Event) -> Event:
    """The event, a country that is hit in its ships, positions or bases taken for its military; so with a post that
    rebels attack and that is said to be nobody's."""
    by_rebels = bool(event.sources) and parties.is_armed_group(event.sources[0]) and event.action in _ASSAULTS

    def read(party: Party) -> Party:
        if event.action in _HITS and "country" in party.traits and _follows(_CIVIL_THINGS, party, event):
            rules = (*party.rules, "acled/actors/civil-things-hit")
            return party.model_copy(update={"traits": ("civilian",), "sector": "CVL", "rules": rules})
        post = by_rebels and parties.is_unknown(party) and _is_post(party, event)
        of_a_state = party.country is not None and {"country", "group"}.issuperset(party.traits)
        if not post and not (of_a_state and _names_forces(party, event)):
            return party
        rules = (*party.rules, "acled/actors/forces-hit")
        return party.model_copy(update={"traits": ("state", "military", "armed", "organized"), "sector": "MIL",
                                        "rules": rules})

    targets = _premises_hit(event) or event.targets
    return event.model_copy(update={"targets": tuple(map(read, targets))}) if targets else event


def _premises_hit(event: Event) -> tuple[Party, ...]:
    """"A car bomb exploded at an army base, wounding 36 people": whose base it was, as far as no words say that those
    who were hurt are others (codebook, Explosions/Remote violence: civilians beside a military target)."""
    people = all(party.text.casefold().split()[-1] in _ANYONE for party in event.targets)
    if event.action not in ("explode", "suicide_bombing") or not people:
        return ()
    return tuple(party for party in event.reports[0].targets
                 if parties.is_armed_state(party) and _PREMISES.search(party.text.casefold()))[:1]


def _is_post(party: Party, event: Event) -> bool:
    """"A garrison", "the border post of X": premises that only forces of the state hold."""
    return _POST.search(party.text.casefold()) is not None or _follows(_POST, party, event)


def _follows(words: re.Pattern[str], party: Party, event: Event) -> bool:
    """Do these words come right behind the party's?"""
    behind = words_behind(party.start, party.end, event)
    return words.match(behind.removeprefix("'s").removeprefix("’s").lstrip()) is not None


def _names_forces(party: Party, event: Event) -> bool:
    """Does a noun for forces follow the country's name, or stand in the party's own words?"""
    own = party.text.split(maxsplit=1)[1:]
    return bool(own and _OF_FORCES.match(own[0])) or _follows(_OF_FORCES, party, event)


def _armed(event: Event) -> Event:
    """The event with the weapon that its source is named by ("French jets killed"), and "armed herders" taken for an
    armed group."""
    source = event.sources[0] if event.sources else None
    if source is None:
        return event
    last = source.text.casefold().split()[-1]
    means: Weapon | None = next((weapon for words, weapon in _MEANS if last in words), None)
    if _SUICIDE.search(source.text) and event.action in ("attack", "bombard", "explode", "raid"):
        event = event.model_copy(update={"action": "suicide_bombing", "weapons": ("suicide_vest",)})
    means = "suicide_vest" if _SUICIDE.search(source.text) else "aircraft" if _AIR_FORCE.search(source.text) else means
    if last in _ONE_PERSON and "vehicle" in event.weapons and source.actor_id is None:
        armed = source.model_copy(update={"traits": ("armed", "unidentified", "person"), "sector": "UAF",
                                          "rules": (*source.rules, "acled/actors/armed-by-deed")})
        event = event.model_copy(update={"sources": (armed, *event.sources[1:])})
    if event.action in _BY_MEANS and means is not None and means not in event.weapons:
        event = event.model_copy(update={"weapons": (*event.weapons, means)})
    return event.model_copy(update={"sources": tuple(_with_arms_told(party, event) for party in event.sources)})


def _with_arms_told(party: Party, event: Event) -> Party:
    if not {"civilian", "agriculture"} & set(party.traits) or "armed" in party.traits or parties.is_crowd(party):
        return party
    before = _ARMED_BEFORE.search(words_before(party.start, event))
    if not before and not party.text.casefold().startswith("armed "):
        return party
    traits: tuple[Trait, ...] = tuple(t for t in party.traits if t in ("identity", "agriculture", "person"))
    fighting: tuple[Trait, ...] = ("armed", "identity") if {"identity", "agriculture"} & set(traits) else ("armed",)
    rules = (*party.rules, "acled/actors/armed-by-words")
    own = before[1].split() if before else []
    if own and party.name is None and all(word[:1].isupper() for word in own):  # "armed Dinka Twic youth"
        return party.model_copy(update={"name": f"{' '.join(own)} {party.text}", "traits": ("armed", "identity"),
                                        "sector": "UAF", "rules": rules})
    return party.model_copy(update={"traits": (*dict.fromkeys((*fighting, *traits)),), "sector": "UAF", "rules": rules})


def _by_their_fire(event: Event, mentions: Mentions, text: str) -> Event:
    """The shelling or air strike that names nobody who fired, by the only country whose fire the story tells of."""
    remote = event.action == "bombard" or (event.action == "destroy_property" and "aircraft" in event.weapons)
    if not remote or event.status not in HAPPENED or event.sources:
        return event
    hit = {(party.start, party.end) for party in event.targets}
    found = {party.country: party for report in event.reports for party in mentions.actors
             if (party.start, party.end) not in hit and _fire_follows(party, report)}
    found = found or {party.country: party for party in mentions.actors if _carried_out(party, event, text)}
    if len(found) != 1:
        return event
    party = next(iter(found.values()))
    rules = (*party.rules, "acled/actors/whose-fire")
    return event.model_copy(update={"sources": (party.model_copy(update={"rules": rules}),)})


def _fire_follows(party: Party, report: EventMention) -> bool:
    """Is the party, a country or its forces, named for its fire or as that which fires?"""
    sentence, by = report.sentence, report.attributed_to
    if not sentence.start <= party.start < sentence.end or (by is not None and by.start == party.start):
        return False
    if _WHOSE_FIRE.match(sentence.text[party.end - sentence.start:].lstrip()) is not None:
        return "country" in party.traits or "military" in party.traits
    last = party.text.casefold().split()[-1]
    return "military" in party.traits and party.country is not None and _WHOSE_FIRE.fullmatch(last) is not None


def _carried_out(party: Party, event: Event, text: str) -> bool:
    """"Officials said Israeli jets had carried it out": forces named for the act, in one of the next sentences."""
    end = event.reports[-1].sentence.end
    if end <= party.start < end + _AFTERWARDS and party.actor_id and parties.is_armed_group(party):
        return _SAID_SO.match(text[party.end:]) is not None
    state = party.country and {"military", "country"} & set(party.traits)
    if not end <= party.start < end + _AFTERWARDS or not state:
        return False
    return _CARRIED_OUT.match(text[party.end:].lstrip()) is not None


def _settled(event: Event) -> Event:
    """The event, settlers in the West Bank taken for Israel's."""
    def read(party: Party) -> Party:
        own = party.country == "PSE" and party.text.casefold().split()[-1] in _SETTLERS
        return party.model_copy(update={"country": "ISR"}) if own else party

    return event.model_copy(update={"sources": tuple(map(read, event.sources))})


def _named_peoples(event: Event) -> Event:
    """The event, "the Sikin tribe" with the name that stands before it and that no table has."""
    def read(party: Party) -> Party:
        if "identity" not in party.traits or party.name or party.text.casefold() not in _KINDS_OF_PEOPLE:
            return party
        name = _CAPITALS.search(words_before(party.start, event))
        if name is None:
            return party
        rules = (*party.rules, "acled/actors/named-people")
        return party.model_copy(update={"name": f"{name[1]} {party.text}", "rules": rules})

    return event.model_copy(update={"sources": tuple(map(read, event.sources)),
                                    "targets": tuple(map(read, event.targets))})
