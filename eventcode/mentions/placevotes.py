"""Which of the places of one name is meant: by size, by its company in the article, and by what stands beside it."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from eventcode.gazetteer import Candidate, key

#: The rule behind a place that only the words around it tell.
UNLISTED = "places/unlisted"

#: The rule of a name that the noun beside it makes a part of a town.
QUARTER = "places/quarter"

#: The rule behind a named site ("the Heart Hospital"), which is where the town is that it is named with.
SITE = "places/site"

#: From this score on, words are taken for a place. Evidence is added up in rough log units; see `Found.evidence`.
THRESHOLD = 1.8

#: How much the company of an article counts beside size, and how clearly the likeliest place of a name gets its vote.
COMPANY, SHARPNESS = 5.0, 1.5

_UNIT_KINDS = {"province": ("admin1", "region"), "region": ("admin1", "region"),
               "district": ("admin2",), "town": ("settlement",)}

#: Countries whose "provinces" are districts of larger regions.
_SMALL_PROVINCES = frozenset({"PHL", "ITA", "ESP", "BEL", "PER", "CHL", "BFA", "MAR"})
#: How many containers are looked through.
_DEEPEST = 4

#: A country, a province of it, or a district of that: ("AFG", "Jowzjan").
Level = tuple[str, ...]
NO_VOTES: Mapping[Level, float] = {}
#: What votes for the same country, province and district count.
_WEIGHTS = (0.3, 0.9, 0.3)
#: From this population on an alternate name is mostly the English one ("Geneva"), below it mostly a rare one.
EXONYM_SIZE = 100_000
#: A town of so many people whose own name it is counts so much more than a larger one that is only sometimes called so.
_NAMESAKE, _FOREIGN = 50_000, 1.2

#: No town is larger: of whatever size its namesake, a quarter is in the town that it is named in.
_LARGEST = 50_000_000

#: So many votes of other names say where an article plays, and a country with less than this part is not told of.
_OTHERS, _MANY, _NO_SHARE = 0.9, 6.0, 0.02
#: A town of fewer people, named in an article of another country, is rather a village there that no gazetteer has.
_VILLAGE = 20_000

#: How often the votes are counted, each time with those of the round before; they settle after three or four.
ROUNDS = 4


@dataclass(slots=True)
class Found:
    """A name that may be a place, with what speaks for it. Filled by the scan, settled by `resolve`."""

    start: int
    end: int
    text: str
    key: str
    candidates: tuple[Candidate, ...]
    rule: str
    evidence: float = 0.0
    unit: str | None = None  # the noun beside it says: province, district or town
    near: bool = False
    part: str = ""  # "northern"
    beside: bool = False  # the container is only near: they share no more than the country
    within: int = 0  # the text says that it lies in its container: a town abroad of up to this size is not meant
    stands: bool = False  # the words around say that something is there, whatever the name
    container: Found | None = None
    chosen: Candidate | None = None
    score: float = 0.0
    reasons: list[str] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)


class Tally:
    """Votes of an article's names for countries, provinces and districts; a name never votes for itself."""

    def __init__(self, found: Sequence[Found], adjectives: Mapping[str, int]) -> None:
        self._by_name: dict[str, dict[Level, float]] = {}
        self._total: dict[Level, float] = defaultdict(float)
        for country, times in adjectives.items():
            self._total[(country,)] += 0.5 * min(times, 3)
        self._base = dict(self._total)
        self._sum = _of_countries(self._total)
        self._own_sum: dict[str, float] = {}
        self._counts = Counter(one.key for one in found)
        # Of several mentions of a name the one that is tied to another place speaks for it.
        self._names = {one.key: one for one in sorted(found, key=lambda f: f.container is not None)}
        self._suited = {name: _suits(one) for name, one in self._names.items()}
        self._levels = {name: [_levels(candidate) for candidate in one.candidates]
                        for name, one in self._names.items()}

    def count(self) -> bool:
        """Let every name vote, weighing its places by the votes cast so far. Does any vote otherwise than before?"""
        cast = {name: self._votes_of(one) for name, one in self._names.items()}
        if cast == self._by_name:
            return False
        self._by_name, self._total = cast, defaultdict(float, self._base)
        for votes in cast.values():
            for level, value in votes.items():
                self._total[level] += value
        self._own_sum = {name: _of_countries(votes) for name, votes in cast.items()}
        self._sum = _of_countries(self._total)
        return True

    def _votes_of(self, one: Found) -> dict[Level, float]:
        weight = 1.0 + 0.25 * min(self._counts[one.key] - 1, 4)
        votes: dict[Level, float] = defaultdict(float)
        for levels, share in zip(self._levels[one.key], self._shares(one.key), strict=True):
            for level in levels:
                votes[level] += weight * share
        return votes

    def _shares(self, name: str) -> list[float]:
        """The parts of its vote that a name's candidates get."""
        if len(self._levels[name]) == 1:
            return [1.0]
        scores = [suited + COMPANY * company
                  for company, suited in zip(self._companies(name), self._suited[name], strict=True)]
        top = max(scores)
        weights = [math.exp(SHARPNESS * (score - top)) for score in scores]
        whole = sum(weights)
        return [weight / whole for weight in weights]

    def company(self, name: str, levels: Sequence[Level]) -> float:
        """The share of the others' votes for a country, a province in it and a district in that, weighted; 0 to 1.5."""
        own, whole = self._by_name.get(name, NO_VOTES), self.others(name) + 1.0
        company = 0.0
        for weight, level in zip(_WEIGHTS, levels, strict=False):
            company += weight * ((self._total.get(level, 0.0) - own.get(level, 0.0)) / whole)
        return company

    def _companies(self, name: str) -> list[float]:
        """`company` of each of a name's candidates; the votes for a level are weighed once."""
        own, whole = self._by_name.get(name, NO_VOTES), self.others(name) + 1.0
        total, share, found = self._total, dict[Level, float](), []
        for levels in self._levels[name]:
            company = 0.0
            for weight, level in zip(_WEIGHTS, levels, strict=False):
                if level not in share:
                    share[level] = (total.get(level, 0.0) - own.get(level, 0.0)) / whole
                company += weight * share[level]
            found.append(company)
        return found

    def others(self, name: str) -> float:
        """How many votes the other names cast."""
        return self._sum - self._own_sum.get(name, 0.0)

    def share(self, level: Level, name: str) -> float:
        """The part of the others' votes for this country, province or district: 0 to 1."""
        own = self._by_name.get(name, NO_VOTES).get(level, 0.0)
        return (self._total.get(level, 0.0) - own) / (self.others(name) + 1.0)


def _of_countries(votes: Mapping[Level, float]) -> float:
    return sum(value for level, value in votes.items() if len(level) == 1)


def resolve(found: Sequence[Found], adjectives: Mapping[str, int]) -> list[Found]:
    """Choose a candidate for every find and keep those that are places, in text order.

    `adjectives` counts the countries whose adjectives the article uses ("Afghan"): they vote too.
    """
    likely = [f for f in found if f.evidence + prior(f.candidates[0]) >= THRESHOLD]
    votes = Tally(likely, adjectives)
    for _ in range(ROUNDS):
        if not votes.count():
            break
    for one in sorted(found, key=lambda f: len(_containers(f))):
        one.chosen = _choose(one, votes)
        one.score = one.evidence + prior(one.chosen) + votes.company(one.key, _levels(one.chosen))
    return _accept([kept for one in found if (kept := _settled(one, votes)) is not None])


def _settled(one: Found, votes: Tally) -> Found | None:
    """The find; without its candidates if it is a stray one that the text still tells as a place, else None."""
    if not _is_stray(one, votes):
        return one
    if not (one.stands or one.within or QUARTER in one.rules):
        return None
    one.chosen = unlisted_place(one.text)
    one.candidates, one.rule = (one.chosen,), UNLISTED
    one.score = one.evidence + prior(one.chosen)
    return one


def told_in(one: Found) -> Candidate | None:
    """The place of a known country that the text names a find in, straight or through others, or None."""
    outer, seen, known = one.container, 0, None
    while outer is not None and seen < 4:
        place = outer.chosen or outer.candidates[0]
        known = known or (place if place.country else None)
        if place.country and place.kind in ("admin1", "country"):
            return place
        outer, seen = outer.container, seen + 1
    return known


def unlisted_place(name: str) -> Candidate:
    """A place that no gazetteer has: a name without country and coordinates."""
    return Candidate("settlement", name, "", None, None, None, None, 0, None)


def _is_stray(one: Found, votes: Tally) -> bool:
    """Is it another name of a place in a country that nothing else in the article points to, while all points to
    others? A village that no gazetteer knows is no town far away that was once called so, nor is a suburb its small
    namesake where many names point to one country."""
    place, outer = one.chosen, told_in(one)
    if place is None or not place.country:
        return False
    if place.kind == "admin1" and outer is not None and outer.kind == "admin1" and one.within:
        return place.country != outer.country  # "Sangha commune (Mopti)" is not Congo's province
    if place.kind != "settlement":
        return False
    if key(place.name).startswith(f"{one.key} ") and place.population >= EXONYM_SIZE:
        return False  # "New York" for New York City needs no company
    if one.rule == SITE and one.container is not None:
        return not inside(place, one.container)  # the "LaBelle Theater in South Charleston" is in no LaBelle
    abroad = outer is not None and place.country != outer.country and place.population <= one.within
    if abroad and outer is not None and (outer.kind != "settlement" or one.within > _LARGEST
                                         or outer.population > max(place.population, EXONYM_SIZE)):
        return True
    if place.main:
        if QUARTER in one.rules and outer is None:
            return votes.others(one.key) >= _OTHERS and votes.share((place.country,), one.key) < _NO_SHARE
        if outer is not None and outer.kind == "settlement":  # "the San Borja district of Lima"
            return bool(outer.country) and place.country != outer.country and \
                place.population <= max(outer.population, _VILLAGE)  # "in Khartoum, Taiba camp" is Khartoum
        namesake = outer is None and place.population < _VILLAGE and votes.others(one.key) >= _MANY
        return namesake and votes.share((place.country,), one.key) < _NO_SHARE
    if outer is not None:
        return place.country != outer.country
    if place.population >= EXONYM_SIZE:  # New York needs no company
        return False
    return votes.others(one.key) >= _OTHERS and votes.share((place.country,), one.key) < _NO_SHARE


def prior(candidate: Candidate) -> float:
    """How likely a capitalised name is this place, by its kind and population alone."""
    if candidate.kind in ("country", "region"):
        return 3.0
    if candidate.kind == "feature" or not candidate.country:
        return 1.8
    size = 0.0 if candidate.main else -0.6 if candidate.population < EXONYM_SIZE else -0.3
    if candidate.kind == "admin1":
        return size + 2.5
    if candidate.kind == "admin2":
        return size + 0.8
    return size + 0.5 * math.log10(candidate.population + 100) - 0.7


def _accept(found: Sequence[Found]) -> list[Found]:
    """Those above the threshold, and weaker mentions of a name that is surely a place elsewhere in the article."""
    best: dict[str, float] = defaultdict(float)
    for one in found:
        best[one.key] = max(best[one.key], one.score)
    return [one for one in found
            if one.score >= THRESHOLD or (best[one.key] >= THRESHOLD + 0.3 and one.score >= THRESHOLD - 0.9)]


def _levels(candidate: Candidate) -> list[Level]:
    levels: list[Level] = [(candidate.country,)] if candidate.country else []
    if candidate.admin1:
        levels.append((candidate.country, candidate.admin1))
        if candidate.admin2:
            levels.append((candidate.country, candidate.admin1, candidate.admin2))
    return levels


def _choose(one: Found, votes: Tally) -> Candidate:
    # max keeps the first of equals, and candidates come largest first: the choice is the same on every run.
    suited = _suits(one)
    best, _ = max(zip(one.candidates, suited, strict=True),
                  key=lambda choice: choice[1] + COMPANY * votes.company(one.key, _levels(choice[0])))
    if best is not one.candidates[suited.index(max(suited))] and not inside(best, one.container):
        one.rules.append("places/document-vote")
        one.reasons.append("other places of the article lie there")
    if inside(best, one.container):
        one.rules.append("places/containment")
        one.reasons.append(f"named with {one.container.text}" if one.container else "")
    return best


def _suits(one: Found) -> list[float]:
    """How well each candidate suits a find by its size and own name, the noun beside it and what contains it."""
    outers = [likely(outer) for outer in _containers(one)]
    named = any(c.main and c.kind == "settlement" and c.population >= _NAMESAKE for c in one.candidates)
    return [_suit(one, candidate, outers) - _FOREIGN * (named and _is_foreign(one, candidate))
            for candidate in one.candidates]


def _is_foreign(one: Found, candidate: Candidate) -> bool:
    """Is it another town's name, and no short form of its own: Pune for "Puno", but not Leon de los Aldama for "Leon"?
    """
    own = candidate.main or candidate.kind != "settlement" or not set(key(candidate.name).split()).isdisjoint(
        one.key.split())
    return not own


def _suit(one: Found, candidate: Candidate, outers: Sequence[Candidate]) -> float:
    value = math.log10(candidate.population + 10)
    if not candidate.main:
        value -= 1.0 if candidate.population < EXONYM_SIZE else 0.4
    if one.unit:
        value += 3.0 if _is_of_unit(candidate, one.unit) else 0.0 if one.unit == "region" else -2.0
    elif candidate.kind == "admin2":
        value -= 2.0
    elif candidate.kind == "admin1":
        value += _bare_province(one, candidate)
    if outers:
        value += 8.0 if _lies_in(candidate, outers[0]) else 4.0 * _is_beside(candidate, one)
        value += 5.0 * (not one.beside and any(_lies_in(candidate, outer) for outer in outers[1:]))
    return value


def _is_of_unit(candidate: Candidate, unit: str) -> bool:
    province = unit == "province" and candidate.kind == "admin2" and candidate.country in _SMALL_PROVINCES
    return province or candidate.kind in _UNIT_KINDS[unit]


def _bare_province(one: Found, candidate: Candidate) -> float:
    """A bare name shared by a province and its town ("Idlib") is the town, unless the town is small beside it."""
    town = max((c.population for c in one.candidates if c.kind == "settlement" and c.country == candidate.country
                and (c.main or c.population > 300_000)), default=0)
    return -2.0 if town * 30 > candidate.population else 0.5


def _is_beside(candidate: Candidate, one: Found) -> bool:
    """Is it in the country of the place that the text names it beside?"""
    if one.container is None or not one.beside:
        return False
    return candidate.country == (one.container.chosen or one.container.candidates[0]).country


def likely(one: Found) -> Candidate:
    """The candidate chosen; until one is, the first that lies in what the text names as its container."""
    place: Candidate | None = None
    for outer in reversed((one, *([] if one.beside else _containers(one)))):  # from the outermost inwards
        able = [c for c in outer.candidates if place is not None and _lies_in(c, place)]
        place = outer.chosen or next(iter(able), outer.candidates[0])
    return place or one.candidates[0]


def _containers(one: Found) -> list[Found]:
    """What the text names a find in, from the nearest outwards: "X (Y district, Z)"."""
    found: list[Found] = []
    outer = one.container
    while outer is not None and outer not in found and len(found) < _DEEPEST:
        found.append(outer)
        outer = None if outer.beside else outer.container
    return found


def inside(candidate: Candidate, container: Found | None) -> bool:
    """Does this candidate lie in the place that the text names as its container?"""
    return container is not None and _lies_in(candidate, likely(container))


def _lies_in(candidate: Candidate, outer: Candidate) -> bool:
    if outer.kind == "country":
        return candidate.kind != "country" and candidate.country == outer.country
    if outer.kind == "admin1":
        return candidate.kind != "admin1" and (candidate.country, candidate.admin1) == (outer.country, outer.admin1)
    if outer.kind == "admin2":
        return candidate.kind == "settlement" and _levels(candidate)[-1:] == _levels(outer)[-1:]
    return False

