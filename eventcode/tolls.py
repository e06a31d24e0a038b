"""The numbers of an event, each told once.

Reports of one happening tell its dead again in other words: "killed a judge ... the judge died ... Judge Ana Ruiz",
"two reporters were shot ... Pedro Soto died". Readers of `Event.counts` add counts of different nouns, so what tells a
number again, or a part of one that is there, stays with its report and is no count of the event.
"""

from __future__ import annotations

from collections.abc import Sequence

from eventcode.mentions.order import KNOWN, NAMED, TITLED
from eventcode.neutral import Count, EventMention
from eventcode.sameness import fits

#: From this number on an equal number of people in another sentence is the same people told again.
_MANY = 3
#: Behind a title and "and" the name follows within this many characters.
_BESIDE = 5
_ONE_OF_SEVERAL = "count/one-of-several"


def counts_of(reports: Sequence[EventMention]) -> tuple[Count, ...]:
    """The counts of an event's reports without those that another of them tells already."""
    told = {(c.start, c.what): (c, r.sentence.start) for r in reports for c in r.counts}
    for key in [key for key, (count, _) in told.items() if _is_title(count, [c for c, _ in told.values()])]:
        del told[key]
    kept: list[tuple[Count, int]] = []
    for key in sorted(told):
        count, sentence = told[key]
        before = [(known, at) for known, at in kept if known.what == count.what]
        if count.more or not _is_told(count, sentence, before):
            kept.append((count, sentence))
    wholes = {count.what for count, _ in kept if not count.part_of_total}
    return tuple(count for count, _ in kept if not count.part_of_total or count.what not in wholes)


def _is_title(count: Count, others: Sequence[Count]) -> bool:
    """"[Senator] and candidate Luis Marin": a title of the one person who is named right behind."""
    behind = (o for o in others if o.what == count.what and 0 <= o.start - count.end <= _BESIDE)
    return TITLED in count.rules and any(NAMED in other.rules for other in behind)


def _is_told(count: Count, sentence: int, before: Sequence[tuple[Count, int]]) -> bool:
    """Are these people among those that the text has counted before?"""
    wholes = [(known, at) for known, at in before if not known.part_of_total]
    elsewhere = [known for known, at in wholes if at != sentence]
    if count.part_of_total or count.best is None or not wholes:
        return False
    if NAMED in count.rules:
        return _is_known_by_name(count, [known for known, _ in wholes], elsewhere)
    if TITLED in count.rules and any(known.who == count.who for known in elsewhere):
        return True
    total = sum(known.best or 0 for known, _ in wholes)
    if KNOWN in count.rules or _ONE_OF_SEVERAL in count.rules:
        return bool(elsewhere) and count.best <= total
    if not elsewhere or count.best < _MANY:
        return False
    return any(known.best == count.best and _may_be_one(known, count) for known in elsewhere)


def _is_known_by_name(count: Count, before: Sequence[Count], elsewhere: Sequence[Count]) -> bool:
    """Is this person named before, or the one (or one of those) that another sentence counts without a name?"""
    names = [known for known in before if NAMED in known.rules]
    if any(_is_one_name(known, count) for known in names):
        return True
    nameless = sum(known.best or 0 for known in elsewhere if NAMED not in known.rules)
    return nameless > sum(known.start > min(k.start for k in elsewhere) for known in names) if elsewhere else False


def _is_one_name(one: Count, other: Count) -> bool:
    """"Judge Ana Ruiz", "Ruiz": do they end alike, or has one all words of the other?"""
    a, b = (count.text.casefold().split() for count in (one, other))
    return a[-1] == b[-1] or set(a) <= set(b) or set(b) <= set(a)


def _may_be_one(one: Count, other: Count) -> bool:
    """May two counts of one size be of the same people? Nothing that both tell may differ."""
    return one.party is None or other.party is None or fits(one.party, other.party)
