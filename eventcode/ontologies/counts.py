"""From what a text says about numbers to the figures of a codebook: fatality policies shared by ontologies.

A report may give a figure once, twice with different numbers, by party, or only in words ("dozens"). These functions
decide which figures are one figure, which are added, and what a vague word is worth. They return the counts they
used, so that a record can show them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from eventcode.neutral import Count, Event, Party

#: The least number that a vague word stands for. ACLED's codebook gives several, dozens, hundreds; the others follow
#: the same thought, the smallest number the word allows.
VAGUE = {"several": 3, "dozens": 12, "scores": 20, "hundreds": 100, "thousands": 1000}

#: What a count says when it means everyone, not one party's people.
GENERAL = frozenset({"", "people", "persons", "others", "dead", "deaths", "fatalities", "bodies", "lives", "victims"})

#: What a side calls its own.
_ANYONE = frozenset({"men", "members"})

#: Actions that end in the death of whoever they are done to.
DEADLY = frozenset({"kill", "execute", "assassinate", "massacre"})
_BEATINGS = frozenset({"mob_violence", "beat"})
_SHOT = frozenset({"shoot"})
_SHOT_DEAD = re.compile(r"\b(?:riddled with|gunned down|mown down|mowed down|shot dead|to death)\b", re.IGNORECASE)
_TO_DEATH = re.compile(r"\b(?:to death|burned alive|burnt alive|lynched)\b", re.IGNORECASE)
#: Words for one person, and for several with no plural ending.
_ONE = frozenset({"he", "she", "him", "her"})
_MANY = frozenset({"people", "men", "women", "children", "police", "personnel", "troops", "family", "crowd", "couple",
                   "staff", "crew", "clergy", "public", "group", "community", "patrol", "convoy", "column", "army",
                   "militia", "force", "unit", "team", "gang", "they", "them", "youth", "infantry", "garrison"})


@dataclass(frozen=True)
class Tally:
    """A number of people with its lowest and highest reading, and the counts and rules behind it."""

    low: int
    best: int
    high: int
    counts: tuple[Count, ...] = ()
    rules: tuple[str, ...] = ()

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.low + other.low, self.best + other.best, self.high + other.high,
                     self.counts + other.counts, tuple(dict.fromkeys(self.rules + other.rules)))


def reported(counts: Iterable[Count], what: str) -> tuple[Count, ...]:
    """The counts of one thing that can be turned into numbers, each span once, parts of a total left out."""
    found = {(count.start, count.end): count for count in counts if count.what == what and lowest(count) is not None}
    ordered = _each_once([found[span] for span in sorted(found)])
    wholes = tuple(count for count in ordered if not count.part_of_total)
    return wholes or ordered


def _each_once(counts: Sequence[Count]) -> tuple[Count, ...]:
    """The counts without the name right behind the office of the same one person: "councillor | Ana Prado"."""
    return tuple(count for before, count in zip((None, *counts), counts, strict=False)
                 if before is None or not before.best == count.best == 1 or count.start - before.end != 1)


def with_parts(event: Event) -> tuple[Count, ...]:
    """The event's counts and the parts of its totals ("including two children"), which stay with its reports."""
    taken = {(count.start, count.what) for count in event.counts}
    parts = {(count.start, count.what): count for report in event.reports for count in report.counts
             if count.part_of_total and (count.start, count.what) not in taken}
    return (*event.counts, *parts.values())


def lowest(count: Count) -> int | None:
    """The most conservative number a count allows; None where it gives none."""
    if count.qualifier == "none":
        return 0
    if count.qualifier in VAGUE:
        return VAGUE[count.qualifier]
    if count.qualifier in ("range", "at_least") and count.low is not None:
        return count.low
    return next((number for number in (count.best, count.low, count.high) if number is not None), None)


def tally(counts: Iterable[Count], what: str = "killed") -> Tally | None:
    """The total of what was counted, or None when nothing was: the sum of its `figures`."""
    found = figures(counts, what)
    return sum(found[1:], found[0]) if found else None


def of_ged(same: Sequence[Count]) -> Tally:
    """Several counts of one noun as one figure: low the lowest, high the highest, best the lower of the best ones."""
    lows = [number for count in same if (number := lowest(count)) is not None]
    bests = [_best(count) for count in same]
    highs = [max(_best(count), count.high or 0) for count in same]
    rules = ["counts/conflict-lowest"] if len(set(bests)) > 1 else []
    rules += sorted({f"counts/{count.qualifier.replace('_', '-')}" for count in same})
    return Tally(min(lows), min(bests), max(highs), tuple(same), tuple(rules))


def conservative(same: Sequence[Count]) -> Tally:
    """Several counts of one noun as the least that any of them allows."""
    found = of_ged(same)
    return Tally(found.low, found.low, found.low, found.counts, found.rules)


def one_count(count: Count) -> Tally:
    """A count as a figure of its own."""
    return of_ged((count,))


def figures(counts: Iterable[Count], what: str = "killed", choose: Callable[[Sequence[Count]], Tally] = of_ged,
            ) -> tuple[Tally, ...]:
    """The figures that add up to the total.

    Counts of the same noun ("a senior commander", "the commander") are one figure told more than once: low is the
    lowest of them, high the highest, best the lower of the best ones. A general count ("12 people") at least as large
    as every other is the total by itself; otherwise the figures of different nouns stand side by side. What comes on
    top ("another 15") is added to its noun's. `choose` makes the one figure of several.
    """
    return figures_of(reported(counts, what), choose)


def figures_of(counts: Sequence[Count], choose: Callable[[Sequence[Count]], Tally]) -> tuple[Tally, ...]:
    """As `figures`, of counts that `reported` gave, of one text or of several in their order."""
    by_noun: dict[str, list[Count]] = {}
    for count in _without_retold(counts):
        noun = _noun(count)
        same = (known for known, told in by_noun.items() if _one_noun(known, noun) and not _of_two_groups(told, count))
        by_noun.setdefault(next(same, f"{_group(count)} {noun}" if noun in by_noun else noun), []).append(count)
    found = {noun: _with_more(same, choose) for noun, same in by_noun.items()}
    whole, largest = found.get(""), max((figure.best for figure in found.values()), default=0)
    if whole is not None and whole.best >= largest and not (len(found) > 1 and all(c.more for c in by_noun[""])):
        return (whole,)
    rivals = _rivals(counts) if whole is not None else ()
    return (choose(rivals),) if len(rivals) > 1 else tuple(found.values())


def _without_retold(counts: Sequence[Count]) -> list[Count]:
    """The counts without those that only another side gives of "men": they are some of those counted before."""
    first = counts[0].attributed_to if counts else None
    own = [count for count in counts if _noun(count) not in _ANYONE or not _is_by_another(count, first)]
    return own or list(counts)


def _is_by_another(count: Count, first: Party | None) -> bool:
    return count.attributed_to is not None and first is not None and count.attributed_to.key != first.key


def _rivals(counts: Sequence[Count]) -> tuple[Count, ...]:
    """What each source says in all, where one of them counts people in general and another more of a kind: "nine
    people, police said", "20 soldiers, the group said"."""
    told: dict[str, list[Count]] = {}
    for count in counts:
        told.setdefault("" if count.attributed_to is None else count.attributed_to.key, []).append(count)
    if len(told) == 1:
        return ()
    totals = [(by, sum(found[1:], found[0])) for by in told.values() if (found := figures_of(by, of_ged))]
    return tuple(by[0] if len(total.counts) == 1 else by[0].model_copy(update={
        "low": total.low, "best": total.best, "high": total.high, "qualifier": "exact", "who": None})
        for by, total in totals)


def _group(count: Count) -> str:
    return (count.party.actor_id if count.party is not None else None) or ""


def _of_two_groups(told: Sequence[Count], count: Count) -> bool:
    """"Three SNA fighters and two QSD fighters": one noun, of two groups by their names."""
    return bool(_group(count)) and all(_group(other) not in ("", _group(count)) for other in told)


def _noun(count: Count) -> str:
    noun = " ".join((count.who or "").casefold().split())
    return "" if noun in GENERAL else noun


def _one_noun(one: str, other: str) -> bool:
    """Is one of two nouns the other, or the other with more said of it?"""
    return one == other or (bool(one and other) and (one.endswith(f" {other}") or other.endswith(f" {one}")))


def _with_more(same: Sequence[Count], choose: Callable[[Sequence[Count]], Tally]) -> Tally:
    """One figure of the counts, with those added that come on top of one told before."""
    first = next((n for n, count in enumerate(same) if not count.more), len(same))
    more = [count for count in same[first:] if count.more and not any(c.running_total for c in same)]
    rest = [count for count in same if all(count is not added for added in more)]
    return sum((one_count(count) for count in more), choose(rest))


def _best(count: Count) -> int:
    if count.best is not None and count.qualifier != "none":
        return count.best
    return lowest(count) or 0


def uncounted_dead(event: Event) -> Tally | None:
    """Deaths of an event whose action kills but which gives no number, or None where nobody dies.

    A party with a size counts that many, a person by name or office one; others ("killed villagers") count three,
    ACLED's figure for several. Of one who is hurt and then dies only that he is one is known: "he later died".
    """
    dead: Sequence[Party] = event.targets if is_deadly(event) else [
        party for report in event.reports if report.action == "die" for party in report.targets if _is_one(party)][:1]
    if not dead:
        return None
    figures = [_dead_party(party) for party in dead]
    first, *others = figures
    return sum(others, first)


def is_deadly(event: Event) -> bool:
    """A killing, or a beating "to death"."""
    return any(report.action in DEADLY or (report.action in _BEATINGS and _TO_DEATH.search(report.sentence.text))
               or (report.action in _SHOT and _SHOT_DEAD.search(report.sentence.text)) for report in event.reports)


def _is_one(party: Party) -> bool:
    """One person by pronoun, or by a noun that is no plural ("killed the driver")."""
    word = party.text.casefold().split()[-1]
    if party.size is not None or word in _MANY:
        return False
    unarmed = (not {"civilian", "criminal"}.isdisjoint(party.traits) or not party.traits) and party.actor_id is None
    return word in _ONE or (unarmed and not word.endswith("s") and word[:1].isalpha())


def _dead_party(party: Party) -> Tally:
    if party.size is not None and (number := lowest(party.size)) is not None:
        best = max(number, party.size.best or 0) if party.size.qualifier not in VAGUE else number
        return Tally(number, best, max(best, party.size.high or 0), (party.size,), ("counts/size-of-the-dead",))
    several = VAGUE["several"]
    known = "official" in party.traits or (party.actor_id and "person" in party.traits)
    if _is_one(party) or set(party.traits) == {"person"} or known:
        return Tally(1, 1, 1, (), ("counts/one-person",))
    return Tally(several, several, several, (), ("counts/several",))


def party_of(count: Count, parties: Iterable[Party]) -> Party | None:
    """The party whose people a count counts: the one whose words it overlaps or touches, else whose words name it."""
    known = list(parties)
    for party in known:
        if count.start <= party.end + 1 and party.start <= count.end + 1:
            return party
    noun = _noun(count)
    return next((party for party in known if noun and noun in party.text.casefold()), None)
