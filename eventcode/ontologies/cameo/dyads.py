"""From an event with parties on two sides to CAMEO dyads: one source code, one target code, one direction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date as Day
from itertools import permutations, product

from eventcode.neutral import Event, Party
from eventcode.ontologies.base import Match, Reading
from eventcode.ontologies.cameo import tables
from eventcode.ontologies.cameo.actors import compose
from eventcode.ontologies.grounds import home, place_as_target

_ON_PEOPLE = frozenset({"killed", "injured", "detained"})
#: What police do to people, told even without a number.
_ON_CROWDS = frozenset({"warning_shots", "shoot", "arrest"})


@dataclass(frozen=True)
class Side:
    """One party as CAMEO names it: the words, the composed code, the ids of the rules behind the code."""

    party: Party
    code: str
    rules: tuple[str, ...]


@dataclass(frozen=True)
class Dyad:
    """One record to be: the event and its rule, the two sides, the code in this direction."""

    event: Event
    match: Match
    source: Side
    target: Side
    code: str
    mirrored: bool = False

    @property
    def key(self) -> tuple[str, str, str, Day | None]:
        """What makes two reports one record (C1): source, target, code and day."""
        return self.source.code, self.target.code, self.code, self.event.date.start


def side(party: Party, event: Event, reading: Reading) -> Side | None:
    """A party with its CAMEO code, its country taken from place or article where its words give none."""
    country, why = home(party, event, reading)
    composed = compose(party, country)
    if composed is None:
        return None
    code, rules = composed
    borrowed = (f"cameo/actor/{why}",) if why and "cameo/actor/country" in rules else ()
    return Side(party, code, (*party.rules, *rules, *borrowed))


def sides(parties: tuple[Party, ...], event: Event, reading: Reading) -> list[Side]:
    """The parties that have a code, each code once, in text order."""
    found = [made for party in parties if (made := side(party, event, reading)) is not None]
    return list({made.code: made for made in reversed(found)}.values())[::-1]


def expand(event: Event, match: Match, reading: Reading) -> list[Dyad] | str:
    """All dyads of one event, or the reason why there is none.

    C1: compound actors expand to one pair each; an act of both sides gives both directions; parties that do
    something together, with nobody opposite, pair among themselves.
    """
    code = match.rule.codes["code"]
    sources, targets = sides(event.sources, event, reading), sides(event.targets, event, reading)
    if not targets:
        stand_in = _people_of_police(event) or place_as_target(event.model_copy(update={"targets": ()}), reading)
        targets = sides((stand_in,), event, reading) if stand_in else []
    if not event.sources and (police := _police_of_article(event, reading)) is not None:
        sources = sides((police,), event, reading)
    if not sources:
        return "no source" if not event.sources else "no source that CAMEO has a code for"
    if not targets and len(sources) > 1 and _joint(event, code):
        return [Dyad(event, match, a, b, code) for a, b in permutations(sources, 2)]
    if not targets:
        return "no target" if not event.targets else "no target that CAMEO has a code for"
    pairs = [Dyad(event, match, a, b, code) for a, b in product(sources, targets) if a.party.key != b.party.key]
    return [*pairs, *_mirrored(pairs)] or "source and target are one party"


def _people_of_police(event: Event) -> Party | None:
    """Whom police hold, hurt, kill, disperse or fire at and of whom nothing but a number is told are people: CVL.

    CAMEO manual, actors: CVL, individuals and groups who are only called people.
    """
    if not event.sources or any("police" not in party.traits for party in event.sources):
        return None
    count = next((count for count in event.counts if count.what in _ON_PEOPLE and count.best), None)
    unsaid = event.action == "disperse" or (event.action in _ON_CROWDS and not event.targets)
    told = count or (event.reports[0].trigger if unsaid else None)
    return None if told is None else Party(start=told.start, end=told.end, text=told.text, sector="CVL",
                                           traits=("civilian", "person"), rules=("cameo/actor/people",))


def _police_of_article(event: Event, reading: Reading) -> Party | None:
    """Arrests that are told without an agent are made by the police that the article names."""
    police = (party for party in reading.mentions.actors if "police" in party.traits)
    found = next(police, None) if event.action == "arrest" else None
    return found and found.model_copy(update={"rules": (*found.rules, "cameo/actor/police-of-article")})


def _joint(event: Event, code: str) -> bool:
    return event.reciprocal or code.startswith("03") or tables.mirrors().get(code, ("", False))[1]


def _mirrored(pairs: list[Dyad]) -> list[Dyad]:
    """The other direction of each pair, where the code has one: 042 (visit) gives 043 (host)."""
    found = []
    for pair in pairs:
        mirror, always = tables.mirrors().get(pair.code, ("", False))
        if mirror and (always or pair.event.reciprocal):
            found.append(Dyad(pair.event, pair.match, pair.target, pair.source, mirror, mirrored=True))
    return found
