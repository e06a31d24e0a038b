"""What an event lacks and its story tells: who fought (the dead, the only other armed side), where it was, and that
those who were arrested have not been seen since."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from eventcode.neutral import HAPPENED, Event, Mentions, Party, Place
from eventcode.ontologies.acled import parties, wording
from eventcode.ontologies.acled.forces import forces_of_event, who_moved, whose_fire, with_shared_means
from eventcode.ontologies.counts import party_of
from eventcode.ontologies.sentences import is_told_at, words_before

_DIRECTION = wording.words("directions")
_TAKEN_ALONG = frozenset({"abduct", "kill", "loot", "seize_property"})
_DATELINE = 12
_MANY, _AFTERWARDS = 10, 300
_FOUGHT = frozenset({"clash", "repel_attack"})
_BATTLES = _FOUGHT | {"capture_territory", "retake_territory"}
_VANISHED = wording.pattern("vanished")
_KIDNAPPED = wording.pattern("kidnapped")
_FROM = wording.pattern("from-before")


def with_places_and_forces(events: Sequence[Event], mentions: Mentions, text: str) -> tuple[Event, ...]:
    """The events of a story at the place, and on the forces, that it tells outside their own clause."""
    told = [forces_of_event(who_moved(_in_country(event, mentions), mentions)) for event in events]
    placed = _brought_back([_placed(event, mentions) for event in told])
    return with_shared_means([whose_fire(event, mentions, text) for event in placed])


def with_sides(events: Sequence[Event], mentions: Mentions) -> tuple[Event, ...]:
    """The events of a story, its fights with the sides that only their dead or the rest of the story tell."""
    fought = [_fought_by_the_dead(_on_one_side(_of_the_group(_taken_from(event, mentions))), mentions)
              for event in events]
    left = [event for event in fought if event.action == "withdraw_forces" and event.sources]
    return tuple(_against_the_other(_against_who_left(event, left), mentions) for event in fought)


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


def _placed(event: Event, mentions: Mentions) -> Event:
    """The event, without a place or with none but a country, at the first town that its sentences name for no party,
    else at the only one that the article names."""
    if event.place is not None and event.place.precision != "country":
        return _in_hamlet(event, mentions)
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


def _in_hamlet(event: Event, mentions: Mentions) -> Event:
    """The event, placed at a province, at the only village that its sentence tells and no gazetteer has: "in the hamlet
    of Acteal, in the southern state of Chiapas"."""
    province = event.place
    if province is None or province.precision != "province":
        return event
    own = [place for place in mentions.places if _is_town(place) and place.precision != "province"
           and not _of_a_party(place, mentions) and "places/unlisted" in place.rules
           and place.country in (None, province.country) and place.start is not None and is_told_at(place.start, event)]
    if len(own) != 1:
        return event
    update = {"country": province.country, "admin1": own[0].admin1 or province.admin1,
              "rules": (*own[0].rules, "acled/place/told-beside")}
    return event.model_copy(update={"place": own[0].model_copy(update=update)})


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
    if place is None or place.start is None or place.precision != "country":
        return False
    return not _DIRECTION.isdisjoint(words_before(place.start, event).casefold().split()[-2:])


def _is_town(place: Place) -> bool:
    return place.precision != "country" and place.start is not None


def _of_a_party(place: Place, mentions: Mentions) -> bool:
    """Do the place's words name a party, or stand in the name of one ("Moscow", "the Mosul brigade")?"""
    if place.start is not None and place.start < _DATELINE and place.text.isupper() and len(place.text) > 3:
        return False  # "CONAKRY - Soldiers fired": where the report is from, whatever else the name stands for
    return any(party.start <= (place.start or 0) < party.end for party in mentions.actors)


def _taken_from(event: Event, mentions: Mentions) -> Event:
    """The capture of a place, "from the Islamic State": of whom the words right before say that it was taken."""
    if event.action not in ("capture_territory", "retake_territory") or not event.sources or any(
            parties.is_combatant(party, "source") for party in event.targets):
        return event
    own = {party.key for party in event.sources}
    found = [party for party in mentions.actors if is_told_at(party.start, event) and party.key not in own
             and party.start > event.reports[0].trigger.start and parties.is_combatant(party, "source")
             and _FROM.search(words_before(party.start, event))]
    return event.model_copy(update={"targets": (*event.targets, found[0])}) if found else event


def _of_the_group(event: Event) -> Event:
    """The fight with a named armed group, its "soldiers" taken for the group's own where no state takes part: "attacked
    a post of the Southern Transitional Council; four soldiers were killed"."""
    sides = (*event.sources, *event.targets)
    groups = [party for party in event.targets if party.actor_id and parties.is_armed_group(party)]
    if not groups or any("state" in p.traits and not _is_bare(p) for p in sides):
        return event
    first = event.reports[0].sentence.end  # who fell is told behind the fight
    kept = tuple(party for party in event.targets if not (_is_bare(party) and party.start >= first))
    return event.model_copy(update={"targets": kept}) if len(kept) < len(event.targets) else event


def _is_bare(party: Party) -> bool:
    alone = party.actor_id is None and party.name is None and " " not in party.text
    return "military" in party.traits and alone


def _on_one_side(event: Event) -> Event:
    """"Soldiers and policemen killed a gang leader in an exchange of fire": forces of one state are on one side."""
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
    if event.action not in _FOUGHT or event.status not in HAPPENED or any(
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


def _against_who_left(event: Event, left: Sequence[Event]) -> Event:
    """The capture of a place against the named party that the story tells to have left it then."""
    if event.action not in ("capture_territory", "retake_territory") or not event.sources or any(
            parties.is_combatant(party, "source") for party in event.targets):
        return event
    mine = event.sources[0]
    gone = [other.sources for other in left if other.date.start == event.date.start
            and parties.is_combatant(other.sources[0], "source") and other.sources[0].key != mine.key]
    return event.model_copy(update={"targets": gone[0]}) if len(gone) == 1 else event


def _against_the_other(event: Event, mentions: Mentions) -> Event:
    """The fight of which one side is told, against the only other armed side that the article names."""
    if event.action not in _BATTLES or event.status not in HAPPENED or event.date.precision != "day":
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
    able = [p for p in mentions.actors if (p.start, p.end) not in speakers | own and _may_fight(p)]
    abroad = [p for p in able if p.country and known.country and p.country != known.country]
    others = [p for p in able if parties.camp(p) != parties.camp(known)] or abroad
    known_ones = [party for party in others if party.actor_id or party.country] or others
    keys = {party.actor_id or f"{party.sector} {party.country}" for party in known_ones}
    return known_ones[0] if len(keys) == 1 else None


def _may_fight(party: Party) -> bool:
    """Soldiers, or a named armed group: police are in every story, and "gunmen" may be anybody."""
    return ("military" in party.traits and "peacekeeper" not in party.traits) or (
        party.actor_id is not None and parties.is_armed_group(party))


def vanished(events: Sequence[Event], text: str) -> tuple[Event, ...]:
    """The events, an arrest of a few people who have not been seen since made an abduction.

    Codebook 2024, Violence against civilians: Abduction/forced disappearance, also by state forces outside the law.
    """
    return tuple(event.model_copy(update={"action": "abduct"}) if _vanished(event, text) else event for event in events)


def into_custody(events: Sequence[Event], text: str) -> tuple[Event, ...]:
    """The events, people whom police carry off by no word of kidnapping, and who do not vanish, made arrests.

    Codebook 2024, Strategic developments: Arrests; a disappearance is one that nobody admits to.
    """
    return tuple(event.model_copy(update={"action": "arrest"}) if _into_custody(event, text) else event
                 for event in events)


def _into_custody(event: Event, text: str) -> bool:
    if event.action != "abduct" or not event.sources or not all("police" in party.traits for party in event.sources):
        return False
    begin = event.reports[0].trigger.start
    kidnapped = any(_KIDNAPPED.match(report.trigger.text) for report in event.reports)
    return not kidnapped and _VANISHED.search(text, begin, begin + _AFTERWARDS) is None


def takes_a_thing(event: Event) -> bool:
    """"Pirates seized it": a thing is carried off, nobody is abducted or arrested."""
    return event.action in ("abduct", "arrest") and bool(event.targets) and all(
        party.text.casefold() == "it" for party in event.targets)


def _vanished(event: Event, text: str) -> bool:
    many = any(count.what == "detained" and (count.best or 0) >= _MANY for count in event.counts)
    if event.action != "arrest" or event.status not in HAPPENED or many or not event.targets:
        return False
    begin = event.reports[0].trigger.start
    return _VANISHED.search(text, begin, begin + _AFTERWARDS) is not None
