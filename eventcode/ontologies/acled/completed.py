"""What an event lacks and its story tells: who fought (the dead, the only other armed side), where it was, whose forces
a ship or trench that was hit belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from eventcode.lexicon import Weapon
from eventcode.neutral import Event, EventMention, Mentions, Party, Place, Trait
from eventcode.ontologies.acled import parties
from eventcode.ontologies.claims import is_told_at
from eventcode.ontologies.counts import party_of

_HAPPENED = ("actual", "ongoing")
_DIRECTION = frozenset({"into", "to", "from", "toward", "towards", "across"})
_TAKEN_ALONG = frozenset({"abduct", "kill", "loot", "seize_property"})
#: What a country's name before it says whose fire it was: "under Azerbaijani artillery and drone fire".
_WHOSE_FIRE = re.compile(
    r"(?:(?:heavy|intense|fresh|renewed|military|army|air force|naval|suicide|kamikaze|war)[ -])?"
    r"(?:artillery|drones?|rockets?|missiles?|mortars?|shell(?:s|ing|fire)?|jets?|warplanes?|planes?|aircraft|"
    r"helicopters?|air ?strikes?|air raids?|barrages?|bombardments?|strikes?|bombs?|fire|air force|gunboats?|tanks?)\b")
_REMOTE = frozenset({"bombard", "explode", "suicide_bombing"})
#: What of a country's is hit where its people are.
_CIVIL_THINGS = re.compile(
    r"(?:[\w-]+ ){0,2}?(?:plants?|refiner(?:y|ies)|villages?|towns?|cit(?:y|ies)|homes?|houses?|schools?|hospitals?|"
    r"markets?|buildings?|blocks?|trains?|buses|bus|ports?|tankers?|dams?|grid|substations?|factor(?:y|ies)|farms?|"
    r"settlements?|hamlets?|suburbs?|districts?|shops?|mosques?|church(?:es)?|neighbou?rhoods?|regions?|capital)\b")
_ASSAULTS = frozenset({"attack", "ambush", "raid", "capture_territory", "clash", "shoot"})
_POST = re.compile(r"\b(?:(?:military|army|border|naval|security|frontier) (?:post|base|camp|position|checkpoint|convoy|"
                   r"outpost|patrol|vehicle)s?|garrisons?|barracks|outposts?|airbases?)\b")
_KINDS_OF_PEOPLE = frozenset({"tribe", "clan", "sub-clan", "subclan", "clansmen", "tribesmen", "community", "tribes",
                              "clans", "ethnic group", "fighters", "warriors", "youths", "militia"})
_CAPITALS = re.compile(r"((?:[A-Z][\w'’-]+ )*[A-Z][\w'’-]+) $")
_MANY, _AFTERWARDS = 10, 300
_CARRIED_OUT = re.compile(
    r"(?:(?:army|air force|forces|jets|warplanes|planes|drones?|aircraft|artillery|military) )?(?:had |have |has |was |were )?"
    r"(?:carried (?:it|them|this|the \w+) out|carried out the|behind (?:it|the)|responsible|to blame|launched (?:it|the)|"
    r"(?:fired|used|dropped|launched) (?:it|them|the|an?)|pilots?)\b")
_SAID_SO = re.compile(
    r"(?:['’]s [\w' -]{1,40}?)? (?:said|admitted|announced) (?:that )?(?:it|they|(?:its|their) (?:men|fighters|forces|wing)) "
    r"(?:had |have |was |were )?(?:fired|carried|launched|planted|set off|behind|responsible|done|their|struck|hit|shelled)\b")
_SETTLERS = frozenset({"settlers", "settler", "colonists"})
_FOUGHT = frozenset({"clash", "repel_attack"})
_BATTLES = _FOUGHT | {"capture_territory", "retake_territory"}
#: What of a state's is hit where its forces are: "a Russian landing ship", "Ukrainian positions".
_OF_FORCES = re.compile(
    r"(?:[\w-]+ ){0,2}?(?:warships?|ships?|frigates?|corvettes?|submarines?|patrol boats?|gunboats?|vessels?|tanks?|"
    r"positions?|trench(?:es)?|outposts?|barracks|garrisons?|airbases?|air bases?|bases?|airfields?|airstrips?|"
    r"command posts?|command cent(?:re|er)s?|headquarters|depots?|dumps?|radars?|batter(?:y|ies)|launchers?|bombers?|"
    r"fighter jets?|warplanes?|helicopters?|drones?|convoys?|columns?|patrols?|checkpoints?|bunkers?|"
    r"armou?red vehicles?|fortifications?|lines?)\b")


def with_places_and_forces(events: Sequence[Event], mentions: Mentions, text: str) -> tuple[Event, ...]:
    """The events of a story at the place, and on the forces, that it tells outside their own clause."""
    told = [_armed(_of_forces(_in_country(event, mentions))) for event in events]
    placed = _brought_back([_placed(event, mentions) for event in told])
    return tuple(_named_peoples(_settled(_by_their_fire(event, mentions, text))) for event in placed)


def with_sides(events: Sequence[Event], mentions: Mentions) -> tuple[Event, ...]:
    """The events of a story, its fights with the sides that only their dead or the rest of the story tell."""
    fought = [_fought_by_the_dead(_on_one_side(event), mentions) for event in events]
    return tuple(_against_the_other(event, mentions) for event in fought)


def _of_forces(event: Event) -> Event:
    """The event, a country that is hit in its ships, positions or bases taken for its military; so with a post that
    rebels attack and that is said to be nobody's."""
    by_rebels = bool(event.sources) and parties.is_armed_group(event.sources[0]) and event.action in _ASSAULTS

    def read(party: Party) -> Party:
        if event.action in _REMOTE and "country" in party.traits and _follows(_CIVIL_THINGS, party, event):
            rules = (*party.rules, "acled/actors/civil-things-hit")
            return party.model_copy(update={"traits": ("civilian",), "sector": "CVL", "rules": rules})
        post = by_rebels and parties.is_unknown(party) and _is_post(party, event)
        if not post and ("country" not in party.traits or not _names_forces(party, event)):
            return party
        rules = (*party.rules, "acled/actors/forces-hit")
        return party.model_copy(update={"traits": ("state", "military", "armed", "organized"), "sector": "MIL",
                                        "rules": rules})

    return event.model_copy(update={"targets": tuple(map(read, event.targets))}) if event.targets else event


def _is_post(party: Party, event: Event) -> bool:
    """"A garrison", "the border post of X": premises that only forces of the state hold."""
    return _POST.search(party.text.casefold()) is not None or _follows(_POST, party, event)


def _follows(words: re.Pattern[str], party: Party, event: Event) -> bool:
    """Do these words come right behind the party's?"""
    for report in event.reports:
        sentence = report.sentence
        if sentence.start <= party.start < sentence.end:
            after = sentence.text[party.end - sentence.start:].removeprefix("'s").removeprefix("’s").lstrip()
            return words.match(after) is not None
    return False


def _names_forces(party: Party, event: Event) -> bool:
    """Does a noun for forces follow the country's name, or stand in the party's own words?"""
    own = party.text.split(maxsplit=1)[1:]
    return bool(own and _OF_FORCES.match(own[0])) or _follows(_OF_FORCES, party, event)


#: Means that forces are named by, and what weapon a deed of theirs was done with.
_MEANS: tuple[tuple[frozenset[str], Weapon], ...] = (
    (frozenset({"jets", "jet", "warplanes", "warplane", "planes", "aircraft", "fighter-bombers"}), "aircraft"),
    (frozenset({"helicopters", "helicopter", "gunships", "gunship"}), "helicopter"),
    (frozenset({"drones", "drone"}), "drone"),
    (frozenset({"artillery", "gunners"}), "artillery"))
_BY_MEANS = frozenset({"kill", "injure", "attack", "massacre"})
_ARMED_BEFORE = re.compile(r"\b(?:armed|gun-wielding|machete-wielding|rifle-wielding)(?: [\w-]+)? $", re.IGNORECASE)


def _armed(event: Event) -> Event:
    """The event with the weapon that its source is named by ("French jets killed"), and "armed herders" taken for an
    armed group."""
    source = event.sources[0] if event.sources else None
    if source is None:
        return event
    last = source.text.casefold().split()[-1]
    means = next((weapon for words, weapon in _MEANS if last in words), None)
    if event.action in _BY_MEANS and means is not None and means not in event.weapons:
        event = event.model_copy(update={"weapons": (*event.weapons, means)})
    return event.model_copy(update={"sources": tuple(_with_arms_told(party, event) for party in event.sources)})


def _with_arms_told(party: Party, event: Event) -> Party:
    if not {"civilian", "agriculture"} & set(party.traits) or "armed" in party.traits or parties.is_crowd(party):
        return party
    before = next((report.sentence.text[:party.start - report.sentence.start] for report in event.reports
                   if report.sentence.start <= party.start < report.sentence.end), "")
    if not _ARMED_BEFORE.search(before) and not party.text.casefold().startswith("armed "):
        return party
    traits: tuple[Trait, ...] = tuple(t for t in party.traits if t in ("identity", "agriculture", "person"))
    fighting: tuple[Trait, ...] = ("armed", "identity") if {"identity", "agriculture"} & set(traits) else ("armed",)
    rules = (*party.rules, "acled/actors/armed-by-words")
    return party.model_copy(update={"traits": (*dict.fromkeys((*fighting, *traits)),), "sector": "UAF", "rules": rules})


def _in_country(event: Event, mentions: Mentions) -> Event:
    """The event, a place that no gazetteer has put in the only country that its sentences name as a place."""
    place = event.place
    if place is None or place.country or place.start is None:
        return event
    told = {other.country for other in mentions.places if other.precision == "country" and other.country
            and other.start is not None and is_told_at(other.start, event) and not _of_a_party(other, mentions)}
    regions = {other.country for other in mentions.places if other.country and other.start is not None
               and is_told_at(other.start, event) and other.precision == "province"}
    found = told or regions
    if len(found) != 1:
        return event
    rules = (*place.rules, "acled/place/country-beside")
    return event.model_copy(update={"place": place.model_copy(update={"country": found.pop(), "rules": rules})})


def _by_their_fire(event: Event, mentions: Mentions, text: str) -> Event:
    """The shelling or air strike that names nobody who fired, by the only country whose fire the story tells of."""
    remote = event.action == "bombard" or (event.action == "destroy_property" and "aircraft" in event.weapons)
    if not remote or event.status not in _HAPPENED or event.sources:
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
    if not end <= party.start < end + _AFTERWARDS or not party.country or not {"military", "country"} & set(party.traits):
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
        before = next((report.sentence.text[:party.start - report.sentence.start] for report in event.reports
                       if report.sentence.start <= party.start < report.sentence.end), "")
        name = _CAPITALS.search(before)
        return party if name is None else party.model_copy(update={"name": f"{name[1]} {party.text}", "rules": (*party.rules, "acled/actors/named-people")})

    return event.model_copy(update={"sources": tuple(map(read, event.sources)),
                                    "targets": tuple(map(read, event.targets))})


def _placed(event: Event, mentions: Mentions) -> Event:
    """The event, without a place or with none but a country, at the first town that its sentences name for no party,
    else at the only one that the article names."""
    if event.place is not None and event.place.precision != "country":
        return event
    towns = [place for place in mentions.places if _is_town(place) and not _of_a_party(place, mentions)]
    if event.place is not None:
        towns = [place for place in towns if place.country in (None, event.place.country)]
    own = [place for place in towns if place.start is not None and is_told_at(place.start, event)]
    names = {place.name for place in towns}
    found = own[:1] or (towns[:1] if len(names) == 1 else [])
    if not found:
        return event
    rules = (*found[0].rules, "acled/place/told-beside")
    return event.model_copy(update={"place": found[0].model_copy(update={"rules": rules})})


def _brought_back(events: Sequence[Event]) -> list[Event]:
    """The events, people taken or killed placed where the event told before it is, not in the country they went to."""
    made: list[Event] = []
    for event in events:
        before = next((e.place for e in reversed(made) if e.place and e.place.precision != "country"), None)
        away = event.action in _TAKEN_ALONG and before is not None and _is_direction(event)
        made.append(event.model_copy(update={"place": before}) if away else event)
    return made


def _is_direction(event: Event) -> bool:
    """"Took them into Congo": the country is where they went, not where they were."""
    place = event.place
    for report in event.reports:
        sentence = report.sentence
        if place is not None and place.start is not None and sentence.start <= place.start < sentence.end:
            before = sentence.text[:place.start - sentence.start].casefold().split()
            return place.precision == "country" and not _DIRECTION.isdisjoint(before[-2:])
    return False


def _is_town(place: Place) -> bool:
    return place.precision != "country" and place.start is not None


def _of_a_party(place: Place, mentions: Mentions) -> bool:
    """Do the place's words name a party, or stand in the name of one ("Moscow", "the Mosul brigade")?"""
    return any(party.start <= (place.start or 0) < party.end for party in mentions.actors)


def _on_one_side(event: Event) -> Event:
    """"Soldiers and policemen killed a gang leader in an exchange of fire": forces of one state fight no one another."""
    sides = (*event.sources, *event.targets)
    if event.action != "clash" or not event.sources or not event.targets or not all(map(_is_of_a_state, sides)):
        return event
    police = [party for party in sides if "police" in party.traits]
    if not 0 < len(police) < len(sides) or len({party.country for party in sides if party.country}) > 1:
        return event
    return event.model_copy(update={"sources": sides, "targets": ()})


def _is_of_a_state(party: Party) -> bool:
    return parties.is_armed_state(party) and party.actor_id is None


def _fought_by_the_dead(event: Event, mentions: Mentions) -> Event:
    """The fight that names no side, fought by those whose dead it tells: "two soldiers and four rebels died in a
    gunfight"."""
    known = {parties.camp(party) for party in event.sources}
    if event.action not in _FOUGHT or event.status not in _HAPPENED or any(
            parties.is_combatant(party, "source") for party in event.targets):
        return event
    found = [party_of(count, mentions.actors) for count in event.counts if count.what in ("killed", "injured")]
    sides = _camps(party for party in found if party is not None and parties.is_combatant(party, "target"))
    if known:
        enemies = [side for side in sides if parties.camp(side[0]) not in known]
        return event.model_copy(update={"targets": enemies[0]}) if enemies else event
    if not sides:
        return event
    return event.model_copy(update={"sources": sides[0], "targets": sides[1] if len(sides) > 1 else ()})


def _camps(found: Iterable[Party]) -> list[tuple[Party, ...]]:
    sides: dict[str, tuple[Party, ...]] = {}
    for party in found:
        camp = parties.camp(party)
        sides[camp] = (*sides.get(camp, ()), party)
    return list(sides.values())


def _against_the_other(event: Event, mentions: Mentions) -> Event:
    """The fight of which one side is told, against the only other armed side that the article names."""
    if event.action not in _BATTLES or event.status not in _HAPPENED or event.date.precision != "day":
        return event
    armed = [side for side in (event.sources, event.targets) if side and parties.is_combatant(side[0], "source")]
    if len(armed) != 1 or parties.is_crowd(armed[0][0]) or any(map(parties.is_crowd, event.targets)):
        return event
    other = _only_other(armed[0][0], event, mentions)
    if other is None:
        return event
    side = (other.model_copy(update={"rules": (*other.rules, "acled/actors/only-other-side")}),)
    return event.model_copy(update={"targets": side} if armed[0] is event.sources else {"sources": side})


def _only_other(known: Party, event: Event, mentions: Mentions) -> Party | None:
    """The armed party of the article on the other camp, if all such are one; who only tells of the fight is none."""
    speakers = {(report.attributed_to.start, report.attributed_to.end) for report in event.reports
                if report.attributed_to is not None}
    own = {(party.start, party.end) for party in (*event.sources, *event.targets)}
    others = [party for party in mentions.actors if (party.start, party.end) not in speakers | own and _may_fight(party)
              and parties.camp(party) != parties.camp(known)]
    known_ones = [party for party in others if party.actor_id or party.country] or others
    keys = {party.actor_id or f"{party.sector} {party.country}" for party in known_ones}
    return known_ones[0] if len(keys) == 1 else None


def _may_fight(party: Party) -> bool:
    """Soldiers, or a named armed group: police are in every story, and "gunmen" may be anybody."""
    return ("military" in party.traits and "peacekeeper" not in party.traits) or (
        party.actor_id is not None and parties.is_armed_group(party))


#: What is said of people who were taken and whom nobody admits to hold.
_VANISHED = re.compile(
    r"\b(?:(?:not|never) been (?:seen|heard (?:of|from))|(?:not|nothing) (?:seen|heard) of|not returned|"
    r"whereabouts (?:\w+ ){0,2}(?:unknown|not known|unclear)|location (?:\w+ ){0,2}unknown|"
    r"unknown (?:location|destination|place)|undisclosed (?:location|place)|incommunicado|(?:been|gone|is|are) missing|"
    r"disappeared|vanished|den(?:y|ies|ied) (?:holding|having|detaining|arresting))\b", re.IGNORECASE)


def vanished(events: Sequence[Event], text: str) -> tuple[Event, ...]:
    """The events, an arrest of a few people who have not been seen since made an abduction.

    Codebook 2024, Violence against civilians: Abduction/forced disappearance, also by state forces outside the law.
    """
    people = [event for event in events if event.action not in ("abduct", "arrest") or not event.targets
              or any(party.text.casefold() != "it" for party in event.targets)]  # a thing is carried, not abducted
    return tuple(event.model_copy(update={"action": "abduct"}) if _vanished(event, text) else event for event in people)


def _vanished(event: Event, text: str) -> bool:
    many = any(count.what == "detained" and (count.best or 0) >= _MANY for count in event.counts)
    if event.action != "arrest" or event.status not in _HAPPENED or many or not event.targets:
        return False
    begin = event.reports[0].trigger.start
    return _VANISHED.search(text, begin, begin + _AFTERWARDS) is not None
