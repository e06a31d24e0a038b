"""May two mentions mean the same: one actor, one side, one kind of act. Nothing that both tell may differ."""

from __future__ import annotations

from collections.abc import Sequence

from eventcode.neutral import Party

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
    frozenset({"clash", "attack", "ambush", "repel_attack", "offensive", "die"}),
    frozenset({"protest", "riot", "block_road"}),
    frozenset({"disperse", "crackdown"}),
    frozenset({"negotiate", "meet"}),
    frozenset({"surrender", "disarm"}),
    frozenset({"capture_territory", "retake_territory"}),
    frozenset({"release", "rescue"}),
    frozenset({"sign_agreement", "ceasefire"}),
)
_LOOSE_TRAITS = frozenset({"person", "group", "organized", "country", "international", "official", "unidentified"})
_UNKNOWN = frozenset({"parties/words"})


def same_action(a: str, b: str) -> bool:
    """Are two actions one, or words for one kind of happening?"""
    return a == b or any(a in kin and b in kin for kin in _SAME_HAPPENING)


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
    if _UNKNOWN & {*p.rules, *q.rules}:
        return True
    telling, other = set(p.traits) - _LOOSE_TRAITS, set(q.traits) - _LOOSE_TRAITS
    if not telling or not other:
        return telling == other and bool(p.country)
    return ("state" in telling) == ("state" in other) and not telling.isdisjoint(other)
