"""The two sides of a PLOVER event: who acts, who receives, and who stands in where the text names nobody."""

from __future__ import annotations

from eventcode.neutral import Event, Party
from eventcode.ontologies.base import Reading
from eventcode.ontologies.grounds import place_as_target
from eventcode.ontologies.plover.entities import UNSEEN, entity

#: Acts on a place that fall on the people who live there, not on their state.
_ON_PEOPLE = frozenset({"curfew", "emergency", "bombard", "explode"})
#: Of these, the ones that never are on a state: who names the country means its people.
_CONFINING = frozenset({"curfew", "emergency"})
#: Acts of which somebody who meant them is behind, though the text does not say who.
_PLANTED = frozenset({"explode", "suicide_bombing", "assassinate"})
#: Weapons that nobody sets off by mistake.
_DEVICES = frozenset({"bomb", "car_bomb", "ied", "suicide_vest", "grenade"})


def sides(event: Event, reading: Reading) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    """(actors, recipients). P1 as measured gold records have it: the side named first acts, the other receives.

    Whoever does something together with nobody opposite stands in actor. In a visit the visitor is the actor, also
    where the text says who received whom.
    """
    ours = {party.key for party in event.sources}
    named = any(party.key not in ours for party in nameable(event.targets, event, reading))
    stand_in = None if named else place_as_target(event.model_copy(update={"targets": ()}), reading)
    sources, targets = event.sources, (_people(stand_in, event),) if stand_in else _confined(event)
    if event.action == "host" and targets:
        sources, targets = targets, sources
    ours = {party.key for party in sources}
    return _once(sources), _once(tuple(party for party in targets if party.key not in ours))


def nameable(parties: tuple[Party, ...], event: Event, reading: Reading) -> tuple[Party, ...]:
    """The parties that PLOVER can name: with a code, or a sector that tells more than "people"."""
    made = ((party, entity(party, event, reading)[0]) for party in parties)
    return tuple(party for party, one in made if one.code or one.sector not in (None, "CVL"))


def unseen_attacker(event: Event, recipients: tuple[Party, ...]) -> tuple[Party, ...]:
    """Whoever set a bomb that the text lays to nobody: unidentified armed forces (UAF) where it went off, as in the
    gold standard records. Nobody where the text names a source, no device, or no place."""
    meant = event.action != "explode" or not _DEVICES.isdisjoint(event.weapons)
    place = event.place
    if event.sources or event.action not in _PLANTED or not (meant and recipients and place and place.country):
        return ()
    words = event.reports[0].trigger
    return (Party(start=words.start, end=words.end, text=words.text, country=place.country, sector="UAF",
                  traits=("armed", "unidentified"), rules=(UNSEEN,)),)


def foiled(event: Event) -> bool:
    """An attempt on a life that failed is an ASSAULT all the same (P3)."""
    stopped = any(rule.endswith("status/foil") for report in event.reports for rule in report.rules)
    return event.action == "assassinate" and event.status == "negated" and stopped


def _confined(event: Event) -> tuple[Party, ...]:
    """The targets; the country in 'a curfew in southern Mali' as its people."""
    if (event.about or event.action) not in _CONFINING:
        return event.targets
    return tuple(_people(party, event) if "country" in party.traits else party for party in event.targets)


def _people(stand_in: Party, event: Event) -> Party:
    """A curfew in a town and shells on it fall on its people (CVL)."""
    if (event.about or event.action) not in _ON_PEOPLE:
        return stand_in
    return stand_in.model_copy(update={"sector": "CVL", "traits": ("civilian", "group"),
                                       "rules": (*stand_in.rules, "plover/people-of-place")})


def _once(parties: tuple[Party, ...]) -> tuple[Party, ...]:
    return tuple({party.key: party for party in reversed(parties)}.values())[::-1]
