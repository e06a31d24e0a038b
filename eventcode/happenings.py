"""May two reports be of one happening? Nothing that both tell may differ: act, sides, day, place, toll, means."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from eventcode.groups import Group
from eventcode.lexicon import Action
from eventcode.neutral import EventDate, EventMention, Place
from eventcode.sameness import inside, is_one_place, same_action, sides_fit

#: What happened to people; the act that did it is told beside it, or else the harm itself is the event.
HARM = frozenset({"die", "injure", "kill"})
#: Of those, the ones that sentences behind them go on to tell the harm of.
_STORY_CAUSES = frozenset({"raid", "crackdown", "disperse", "riot"})
#: Ways to attack that differ: reports of two of them tell two acts.
_MEANS = (frozenset({"shoot", "beat", "sexual_violence"}), frozenset({"bombard"}))
_CLOSERS = "\"')]\u201d\u2019 \n"


def one_happening(a: Group, b: Group, actions: Mapping[str, Action]) -> bool:
    """May a later group be another report of an earlier one? Nothing that both tell may differ."""
    one, two = a.lead, b.lead
    if not (_is_harm_of(a, b) or same_action(one.action, two.action, actions)) or not _abouts_fit(one, two):
        return False
    if two.action in HARM and not two.asserted and not two.counts and not _has_harm(a):
        return False  # 'condemned the killing': of an act that killed
    if actions[one.action].speech and one.sentence != two.sentence and one.about is None and one.action == "say":
        return False
    if one.status != two.status and not {one.status, two.status} <= {"actual", "ongoing"}:
        return False
    if not (sides_fit(a.sources, b.sources) and sides_fit(a.targets, b.targets)):
        return crossed(a, b) and _dates_fit(a, b)
    return _dates_fit(a, b) and _counts_fit(a, b) and _means_fit(a, b)


def _abouts_fit(one: EventMention, two: EventMention) -> bool:
    """What a protest is about need not be told twice; a demand or threat of nothing is another."""
    return one.about == two.about or (one.action == two.action == "protest" and None in (one.about, two.about))


def _has_harm(group: Group) -> bool:
    return any(r.action in HARM or any(c.what in ("killed", "injured") for c in r.counts) for r in group.reports)


def _means_fit(a: Group, b: Group) -> bool:
    """Do the reports tell one way of attacking, as far as they tell any?"""
    one, two = ({n for n, means in enumerate(_MEANS) for r in g.reports if r.action in means} for g in (a, b))
    return not one or not two or not one.isdisjoint(two)


def _is_harm_of(a: Group, b: Group) -> bool:
    """Are these the dead or hurt, by nobody named, of an act before that is no fight ('police dispersed a march')?"""
    return b.lead.action in HARM and not b.sources and a.lead.action in _STORY_CAUSES


def crossed(a: Group, b: Group) -> bool:
    """Two tellings of a mutual act, or of an attack and how it was beaten back, name the sides the other way round."""
    if sides_fit(a.sources, b.sources) and sides_fit(a.targets, b.targets):
        return False
    answered = (a.lead.action == "repel_attack") != (b.lead.action == "repel_attack")
    return (
        (a.lead.reciprocal or b.lead.reciprocal or answered)
        and bool(a.sources and b.sources)
        and sides_fit(a.sources, b.targets)
        and sides_fit(a.targets, b.sources)
    )


def _dates_fit(a: Group, b: Group) -> bool:
    one, two = a.when, b.when
    if one.basis != "text" or two.basis != "text":
        return True
    return _begins(one) <= _ends(two) and _begins(two) <= _ends(one)


def _begins(told: EventDate) -> date:
    return told.start or date.min


def _ends(told: EventDate) -> date:
    return told.end or told.start or date.max


def places_fit(a: Group, b: Group, story: Place | None) -> bool:
    """Do both tell one place, or does one tell none? A province and a town in it wait for `_without_summaries`.

    A report without a place goes on where the text was last (`story`).
    """
    one, two = a.place, b.place
    if one is None:
        return True
    if two is None:
        return story is None or is_one_place(one, story) or inside(one, story) or inside(story, one)
    return is_one_place(one, two) or (inside(two, one) and _is_headline(a) and _tolls_fit(a, b))


def _is_headline(group: Group) -> bool:
    """Is this told only by lines without a full stop, which the text below them tells again with its place?"""
    return all(report.sentence.text.rstrip(_CLOSERS)[-1:].isalnum() for report in group.reports)


def _tolls_fit(a: Group, b: Group) -> bool:
    """Do both tell one number of dead, as far as they tell any?"""
    one, two = ({c.best for r in g.reports for c in r.counts if c.what == "killed"} for g in (a, b))
    return not one or not two or not one.isdisjoint(two)


def _counts_fit(a: Group, b: Group) -> bool:
    """Two bare tellings ('killed 3', 'killed 40') with nothing else in common are two happenings.

    Deaths that no act is told with ('fourteen people died') are always those of an act told before.
    """
    if b.lead.action == "die" or _is_harm_of(a, b):
        return True
    tied = bool((a.sources and b.sources) or (a.targets and b.targets)) or not all(r.asserted for r in b.reports)
    place = a.place, b.place
    return (
        tied or (place[0] is not None and place[1] is not None) or a.lead.action == b.lead.action or not b.lead.counts
    )
