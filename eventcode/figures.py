"""Who gives which number, and one number of several by a named policy. Works on neutral events, before any ontology."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Literal, NamedTuple

from eventcode.errors import InputError
from eventcode.neutral import Count, Event, Party
from eventcode.ontologies.counts import Tally, conservative, figures_of, of_ged, one_count, reported
from eventcode.referred import is_referred

Policy = Literal["lowest", "highest", "recent", "official", "median", "acled", "ged"]

#: Who speaks for a state or an international body, by the traits of a party.
_OFFICIAL = frozenset({"state", "government", "military", "police", "judiciary", "legislature", "official", "igo"})


class Claim(NamedTuple):
    """A number and who gives it. `by` is None where the text itself tells; `on` is the day it was published.

    `low`, `best` and `high` are as in `Count`; `part` is a part of a total, `more` comes on top of what was told
    before, `running_total` takes its place.
    """

    event: str
    what: str
    who: str | None
    low: int | None
    best: int | None
    high: int | None
    by: Party | None
    on: date | None
    part: bool
    more: bool
    running_total: bool
    text: str


def claims(events: Event | Iterable[Event], what: str | None = None, *, published: date | None = None) -> list[Claim]:
    """Every number that the events tell, conflicting ones side by side, in the order of the text.

    what: only these ("killed", "injured", "participants" ...); published: the day of the article, as `Claim.on`.
    """
    found = [(count, event) for event in _listed(events) for count in event.counts if what in (None, count.what)]
    return [Claim(event.id, count.what, count.who, count.low, count.best, count.high, count.attributed_to, published,
                  count.part_of_total, count.more, count.running_total, count.text)
            for count, event in sorted(found, key=lambda pair: pair[0].start)]


def settle(events: Event | Iterable[Event], what: str = "killed", policy: Policy = "lowest") -> Tally | None:
    """One figure for what several sources count, or None where nothing is counted.

    Numbers of the same people ("12 soldiers", "15 soldiers") conflict, and the policy chooses among them; those of
    different people are added, and a number of people in general as large as each of them is their total. Parts are
    never added, what comes on top ("another 15") is.

    - `lowest`, `highest`: the claim with the smallest or largest best number;
    - `recent`: the last one told; hand events of several articles over in the order of their publication;
    - `official`: the first by a state or an international body, else by the text itself, else the first;
    - `median`: the middle one, of two the lower;
    - `acled`: the lowest that the words allow, "dozens" 12, as low, best and high (codebook, Fatalities);
    - `ged`: low the lowest, best the lower of the best ones, high the highest (UCDP GED, estimates).

    Raises InputError on another policy.
    """
    if policy not in POLICIES:
        raise InputError(f"no policy {policy!r}; there are {', '.join(POLICIES)}")
    counts = [count for event in _listed(events) for count in reported(event.counts, what)]
    found = figures_of(counts, POLICIES[policy])
    return sum(found[1:], found[0]) if found else None


def _listed(events: Event | Iterable[Event]) -> list[Event]:
    """One event, or of several those that are told: what a text only refers to is no claim about them."""
    return [events] if isinstance(events, Event) else [event for event in events if not is_referred(event)]


def _by_size(counts: Sequence[Count]) -> list[Count]:
    return sorted(counts, key=lambda count: one_count(count).best)


def _lowest(counts: Sequence[Count]) -> Tally:
    return one_count(_by_size(counts)[0])


def _highest(counts: Sequence[Count]) -> Tally:
    return one_count(_by_size(counts)[-1])


def _recent(counts: Sequence[Count]) -> Tally:
    return one_count(counts[-1])


def _median(counts: Sequence[Count]) -> Tally:
    return one_count(_by_size(counts)[(len(counts) - 1) // 2])


def _official(counts: Sequence[Count]) -> Tally:
    return one_count(min(counts, key=lambda count: _distance(count.attributed_to)))


def _distance(by: Party | None) -> int:
    if by is None:
        return 1
    return 2 if _OFFICIAL.isdisjoint(by.traits) else 0


#: How one figure is made of several counts of the same people, by the name of the policy.
POLICIES: Mapping[str, Callable[[Sequence[Count]], Tally]] = MappingProxyType({
    "lowest": _lowest, "highest": _highest, "recent": _recent, "official": _official, "median": _median,
    "acled": conservative, "ged": of_ged})
