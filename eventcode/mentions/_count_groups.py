"""Counts that stand together in a sentence: lists, families, shared nouns, and parts beside their totals."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from eventcode.mentions.numbers import Quantity, Word
from eventcode.neutral import Qualifier

_JOINTS = frozenset({"and", ",", "or", "plus", "as", "well", "including", "also", "the",
                     "his", "her", "their", "its", "along", "together", "with"})
_OWN_OUTCOME = frozenset({"dead", "deaths", "wounded", "injured", "injuries", "arrests"})
_SMALL = frozenset({"two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"})
_AMONG = frozenset({"among", "amongst"})
#: 'among those killed were ...', '... who stood guard were among the dead'.
_AMONG_BEFORE = re.compile(r"(?:^|, )among(?:st)? (?:those|the) (?:\w+ ){1,3}(?:is|are|was|were)$")
_AMONG_BEHIND = re.compile(r"^[^,;:]*?\b(?:is|are|was|were) among(?:st)? (?:those|the)\b")
_AMONG_REACH = 10


@dataclass(frozen=True, slots=True)
class Found:
    """One count in words first..last of the sentence; `noun` is the counted noun, `what` what happened."""

    first: int
    last: int
    quantity: Quantity
    noun: str | None = None
    what: str | None = None
    part: bool = False
    more: bool = False
    toll: bool = False
    rule: str = "count/number"


def with_shared_nouns(words: Sequence[Word], found: list[Found]) -> list[Found]:
    """"five Filipino and two Malaysian sailors": one noun for both."""
    made = list(found)
    for i, (item, after) in enumerate(pairwise(found)):
        between = words[item.last + 1:after.first]
        if item.noun is None and after.noun and len(between) > 1 and between[-1].lower == "and" and \
                all(word.capital for word in between[:-1]):
            made[i] = replace(item, last=after.first - 2, noun=after.noun)
    return made


def without_pronouns(words: Sequence[Word], found: list[Found]) -> list[Found]:
    """"one of them a teenager" counts the teenager."""
    made: list[Found] = []
    for item in found:
        between = [word.lower for word in words[made[-1].last + 1:item.first]] if made else []
        if made and made[-1].noun is None and between in (["of", "them"], ["of", "whom"]):
            item = replace(item, part=True)
            made.pop()
        made.append(item)
    return made


def is_joined(words: Sequence[Word], one: Found, other: Found) -> bool:
    """Is nothing but "and" or a comma between two counts?"""
    between = [word.lower for word in words[one.last + 1:other.first]]
    return bool(between) and between != ["or"] and _JOINTS.issuperset(between)


def together(one: Found, other: Found) -> Found:
    number = one.quantity.best + other.quantity.best
    exact = one.quantity.qualifier == other.quantity.qualifier == "exact"
    qualifier: Qualifier = "exact" if exact else other.quantity.qualifier
    joined = Quantity(one.first, other.last, number, number, number if exact else None, qualifier)
    return Found(one.first, other.last, joined, "people", rule="count/family")


def chained(words: Sequence[Word], found: list[Found]) -> list[Found]:
    """Counts joined by "and" or a comma share what one of them says: "three policemen and a civilian were killed"."""
    made = list(found)
    order = [(i, i - 1) for i in range(1, len(made))] + [(i, i + 1) for i in range(len(made) - 2, -1, -1)]
    for i, other in order:
        left, right = sorted((i, other))
        between = [word.lower for word in words[made[left].last + 1:made[right].first]]
        if not is_joined(words, made[left], made[right]):
            continue
        open_one = made[i].what is None and not made[i].part
        if open_one and made[other].what is not None and _shares(made[other], made[i], i > other):
            made[i] = replace(made[i], what=made[other].what)
        same = made[i].what in (None, made[other].what)
        if i > other and made[other].part and same and "including" not in between:
            made[i] = replace(made[i], part=True)
    return _parts_with_totals(made)


def _parts_with_totals(found: list[Found]) -> list[Found]:
    """"2,000 people were displaced, 300 of them children": a part shares what its total says."""
    made: list[Found] = []
    for item in found:
        total = next((other for other in reversed(made) if not other.part), None)
        made.append(replace(item, what=total.what) if item.part and item.what is None and total else item)
    return made


def _shares(giver: Found, taker: Found, forwards: bool) -> bool:
    """"12 dead and 5 soldiers": what a noun says holds for its own count only, unless the other is a part."""
    if giver.part and not taker.part:
        return False
    return taker.part or not forwards or giver.noun not in _OWN_OUTCOME


def is_of_a_whole(words: Sequence[Word], item: Found) -> bool:
    """Is it a part of a number told before it or elsewhere: "of the nine men seized, six were freed", "two officers
    were among those killed", "among the dead were two officers"?"""
    if item.first > 3 and words[0].lower == "of" and item.noun is None:
        return any(word.lower[:1].isdigit() or word.lower in _SMALL for word in words[1:4])
    if not any(word.lower in _AMONG for word in words):
        return False
    before = " ".join(word.lower for word in words[:item.first])
    behind = " ".join(word.lower for word in words[item.last + 1:item.last + 1 + _AMONG_REACH])
    return bool(_AMONG_BEFORE.search(before) or _AMONG_BEHIND.search(behind))
