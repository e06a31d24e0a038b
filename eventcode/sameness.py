"""May two mentions mean the same: one actor, one side, one kind of act. Nothing that both tell may differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from eventcode.lexicon import Action, lineage
from eventcode.neutral import EventDate, Party, Place

#: Acts that may stand for one another when a text tells one happening twice.
_SAME_HAPPENING = (
    frozenset(
        {
            "attack",
            "ambush",
            "shoot",
            "kill",
            "massacre",
            "bombard",
            "explode",
            "suicide_bombing",
            "die",
            "injure",
            "assassinate",
            "beat",
        }
    ),
    frozenset({"clash", "attack", "ambush", "repel_attack", "offensive", "die", "raid"}),
    frozenset({"protest", "riot", "block_road"}),
    frozenset({"disperse", "crackdown"}),
    frozenset({"negotiate", "meet"}),
    frozenset({"surrender", "disarm"}),
    frozenset({"capture_territory", "retake_territory"}),
    frozenset({"release", "rescue"}),
    frozenset({"sign_agreement", "ceasefire"}),
)
_LOOSE_TRAITS = frozenset({"person", "group", "organized", "country", "international", "official", "unidentified"})
#: Places and dates from the most exact to the vaguest.
PRECISE_PLACE = {"exact": 0, "near": 1, "district": 2, "province": 3, "country": 4}
_PRECISE_DATE = {"day": 0, "week": 1, "month": 2, "year": 3, None: 4}
#: Rules of a date that a sentence takes from another.
INHERITED = frozenset({"event-date/story-day", "event-date/past-told-before"})
#: Rule of a date that only tells when the act was told of: "twelve died, police said on Friday".
WHEN_SAID = "event-date/when-said"
_UNKNOWN = frozenset({"parties/words"})


def same_action(a: str, b: str, actions: Mapping[str, Action]) -> bool:
    """Are two actions one, is one a kind of the other, or are they words for one kind of happening?"""
    if a == b:
        return True
    one, two = lineage(a, actions), lineage(b, actions)
    kin = any(not group.isdisjoint(one) and not group.isdisjoint(two) for group in _SAME_HAPPENING)
    return a in two or b in one or kin


def sides_fit(a: Sequence[Party], b: Sequence[Party]) -> bool:
    """May two lists of parties be one side? An empty list fits any."""
    return not a or not b or any(fits(p, q) for p in a for q in b)


def same(p: Party, q: Party) -> bool:
    """Do two mentions name one actor? Their names, or else their country and sector, must say so."""
    if p.actor_id or q.actor_id:
        return _kin(p.actor_id, q.actor_id)
    if not fits(p, q):
        return False
    return (p.sector == q.sector and "state" in p.traits) or p.text.casefold() == q.text.casefold()


def _kin(a: str | None, b: str | None) -> bool:
    """One actor, or an affiliate and its parent: an affiliate's id begins with the parent's and a hyphen."""
    return a == b or (a is not None and b is not None and (a.startswith(f"{b}-") or b.startswith(f"{a}-")))


def fits(p: Party, q: Party) -> bool:
    """May two mentions mean one actor? Nothing that both tell may differ."""
    if p.actor_id and q.actor_id:
        return _kin(p.actor_id, q.actor_id)
    if p.country and q.country and p.country != q.country:
        return False
    if p.name is not None and p.name == q.name:
        return True
    if _UNKNOWN & {*p.rules, *q.rules}:
        return True
    telling, other = set(p.traits) - _LOOSE_TRAITS, set(q.traits) - _LOOSE_TRAITS
    if not telling or not other:
        return telling == other and bool(p.country)
    return ("state" in telling) == ("state" in other) and not telling.isdisjoint(other)


def is_one_place(one: Place, two: Place) -> bool:
    """Do two places have one name in one country?"""
    return one.country == two.country and one.name == two.name


def inside(inner: Place, outer: Place) -> bool:
    """Is the first place in the province or country that the second is?"""
    if outer.precision not in ("province", "country") or outer.country != inner.country:
        return False
    finer = PRECISE_PLACE[inner.precision] < PRECISE_PLACE[outer.precision]
    return finer and (outer.precision == "country" or outer.admin1 == inner.admin1)


def finer_date(known: EventDate, other: EventDate) -> EventDate:
    """The date that words of the text give for the act, then the more exact one, then the one told first."""
    if other.basis != "text":
        return known
    own = WHEN_SAID not in other.rules and INHERITED.isdisjoint(other.rules)
    if known.basis == "text" and WHEN_SAID in known.rules and other.precision == "day" and own:
        return other
    return other if known.basis != "text" or _PRECISE_DATE[other.precision] < _PRECISE_DATE[known.precision] else known


def finer_place(known: Place | None, other: Place | None) -> Place | None:
    """The more exact of two places, else the one told first."""
    if known is None or other is None:
        return known or other
    return other if PRECISE_PLACE[other.precision] < PRECISE_PLACE[known.precision] else known
