"""May two reports be of one happening? Nothing that both tell may differ: act, sides, day, place, toll, means."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from eventcode.groups import Group, has_people
from eventcode.lexicon import Action, lineage
from eventcode.mentions.order import GOES_ON, ONE_DEATH
from eventcode.neutral import HAPPENED, EventDate, EventMention, Place
from eventcode.sameness import INHERITED, WHEN_SAID, inside, is_one_place, same_action, sides_fit

#: What happened to people; the act that did it is told beside it, or else the harm itself is the event.
HARM = frozenset({"die", "injure", "kill"})
#: Of those, the ones that sentences behind them go on to tell the harm of.
_STORY_CAUSES = frozenset({"raid", "crackdown", "disperse", "riot", "clash", "offensive", "incursion"})
#: What "the attack" or "the killings" may stand for, and words for any of these.
_VIOLENT = frozenset({"fighting", "remote violence", "violence on civilians"})
_TAKING = frozenset({"capture_territory", "retake_territory", "abduct", "hijack"})
_DISORDER = frozenset({"clash", "destroy_property", "loot", "mob_violence", "disperse", "crackdown"})
_GENERIC = frozenset({"attack", "offensive", "massacre", "kill", "raid"})
#: Ways to attack that differ, by the act and by its arms: reports of two of them tell two acts.
_ARMS = (frozenset({"landmine", "ied", "car_bomb", "suicide_vest"}),
         frozenset({"aircraft", "helicopter", "drone", "artillery", "mortar", "rocket", "missile"}))
_MEANS = (frozenset({"shoot", "beat", "sexual_violence"}), frozenset({"bombard"}))
_ANYBODY = frozenset({"person", "civilian", "group"})
#: So few characters lie between a sentence and the next one of its paragraph.
_NEXT_SENTENCE = 1
#: So many days after an act it is mostly told of.
_TOLD_WITHIN = 6
_CLOSERS = "\"')]\u201d\u2019 \n"


def one_happening(a: Group, b: Group, actions: Mapping[str, Action]) -> bool:
    """May a later group be another report of an earlier one? Nothing that both tell may differ."""
    one, two = a.lead, b.lead
    if two.another or not _abouts_fit(one, two):
        return False
    if not (_is_harm_of(a, b) or same_action(one.action, two.action, actions) or _stands_for(two, one, actions)):
        return False
    if two.action in HARM and not two.asserted and not two.counts and not _has_harm(a):
        return False  # 'condemned the killing': of an act that killed
    if actions[one.action].speech and one.sentence != two.sentence and one.about is None and one.action == "say":
        return False
    # "denied a part in the killing", "the blast could be heard"
    denied = two.known and not two.asserted and two.status in ("negated", "hypothetical")
    if one.status != two.status and not denied and not {one.status, two.status} <= HAPPENED:
        return False
    if two.order == "earlier" and not two.known and one.order != "earlier" and not _are_dated_alike(a, b):
        return False
    if not (sides_fit(a.sources, b.sources) and (_are_more_victims(a, b) or sides_fit(a.targets, b.targets))):
        return (crossed(a, b) or _are_own_losses(a, b)) and _dates_fit(a, b)
    return _dates_fit(a, b) and _counts_fit(a, b) and _means_fit(a, b)


def _are_more_victims(a: Group, b: Group) -> bool:
    """"Three more died in the attack", or harm by nobody named after a clash or an attack on things."""
    if b.lead.known and any(r.action in HARM and r.asserted for r in b.reports):
        return True
    return _is_by_nobody(b) and (a.lead.reciprocal or not has_people(a.targets) or _is_anybody(b))


def _is_anybody(told: Group) -> bool:
    """"About 100 people were wounded": harm to people of whom nothing is said."""
    return told.lead.action == "injure" and all(_ANYBODY.issuperset(party.traits) for party in told.targets)


def _is_by_nobody(told: Group) -> bool:
    """Harm that its sentence lays to nobody; a bare number is who was hurt ("172 were killed and 300 wounded")."""
    return told.lead.action in HARM and all(party.text[:1].isdigit() for party in told.sources)


def _stands_for(word: EventMention, act: EventMention, actions: Mapping[str, Action]) -> bool:
    """Is the first a general noun for acts like the second: "the attack" for a shooting?"""
    if word.known and word.action == "riot":  # "the unrest", "the disturbances"
        return act.action in _DISORDER
    violent = actions[act.action].family in _VIOLENT or act.action in _STORY_CAUSES or act.action in _TAKING
    return word.known and word.action in _GENERIC and violent


def likeness(known: Group, told: Group, actions: Mapping[str, Action]) -> tuple[bool, ...]:
    """How well a noun that names a known act ("the Ankara bombing") suits one told before: by place, by the group that
    owns up to it, by the death of one, by word, by being told right before what goes on with it, and with its place."""
    one, two, claimant = known.place, told.place, told.lead.attributed_to
    at_one_place = one is not None and two is not None and is_one_place(one, two)
    claimed = claimant is not None and "armed" in claimant.traits and "state" not in claimant.traits and \
        sides_fit(known.sources, (claimant,))
    bombed = told.lead.action == "explode" and any(r.action == "bombard" for r in known.reports)
    by_word = told.lead.action not in _GENERIC and (bombed or is_kind(known, told.lead, actions))
    placed = one is not None and one.precision in ("exact", "near")
    return (at_one_place or _is_named_by_place(known, told.lead), claimed, _is_one_death(known, told.lead), by_word,
            _goes_on_from(known, told.lead), placed, not is_headline(known))


def _is_one_death(known: Group, word: EventMention) -> bool:
    """"The murder", "the lynching": did the act told before kill one?"""
    return ONE_DEATH in word.rules and {c.best for r in known.reports for c in r.counts if c.what == "killed"} == {1}


def is_kind(told: Group, named: EventMention, actions: Mapping[str, Action]) -> bool:
    """Is one of the acts that were told of the kind that is named?"""
    return any(named.action in lineage(report.action, actions) for report in told.reports)


def _goes_on_from(known: Group, word: EventMention) -> bool:
    """"Residents said the raid lasted for hours": is it told of the act that the sentence before has told, with a place
    of its own?"""
    return GOES_ON in word.rules and known.place is not None and any(
        report.asserted and 0 <= word.sentence.start - report.sentence.end <= _NEXT_SENTENCE
        for report in known.reports)


def _is_named_by_place(known: Group, word: EventMention) -> bool:
    """"the Kuwait bombing": does the place of the act stand right before the noun?"""
    before = word.sentence.text[:word.trigger.start - word.sentence.start].split()[-2:]
    place = known.place
    return place is not None and not {place.name, place.text}.isdisjoint((*before, " ".join(before)))


def _abouts_fit(one: EventMention, two: EventMention) -> bool:
    """What a protest is about need not be told twice; a demand or threat of nothing is another."""
    if one.about == two.about or (two.known and two.about is None):
        return True
    return one.action == two.action == "protest" and None in (one.about, two.about)


def _has_harm(group: Group) -> bool:
    return any(r.action in HARM or any(c.what in ("killed", "injured") for c in r.counts) for r in group.reports)


def _means_fit(a: Group, b: Group) -> bool:
    """Do the reports tell one way of attacking, as far as they tell any?"""
    one, two = ({n for n, means in enumerate(_MEANS) for r in g.reports if r.action in means} for g in (a, b))
    arms, others = ({n for n, known in enumerate(_ARMS) for r in g.reports if not known.isdisjoint(r.weapons)}
                    for g in (a, b))
    return not (one and two and one.isdisjoint(two)) and not (arms and others and arms.isdisjoint(others))


def _is_harm_of(a: Group, b: Group) -> bool:
    """Are these the dead or hurt, by nobody named, of an act before that is no fight ('police dispersed a march')?"""
    return b.lead.action in HARM and not b.sources and a.lead.action in _STORY_CAUSES


def _are_own_losses(a: Group, b: Group) -> bool:
    """"Guards killed six raiders. Two of the guards also died": the dead of the side that acted."""
    told = b.lead.action == "die" and not b.sources and bool(b.targets)
    return told and bool(a.sources) and a.lead.action != "die" and sides_fit(a.sources, b.targets)


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


def _are_dated_alike(a: Group, b: Group) -> bool:
    """Do both have a day of their own, and the same?"""
    told = all(g.when.basis == "text" and INHERITED.isdisjoint(g.when.rules) for g in (a, b))
    return told and _dates_fit(a, b)


def _dates_fit(a: Group, b: Group) -> bool:
    one, two = a.when, b.when
    inherited = (b.lead.known or _is_by_nobody(b)) and not INHERITED.isdisjoint(two.rules)
    if one.basis != "text" or two.basis != "text" or inherited:
        return True
    return _begins(one) <= _ends(two) and _begins(two) <= _ends(one)


def _begins(told: EventDate) -> date:
    if told.start is not None and WHEN_SAID in told.rules:
        return told.start - timedelta(days=_TOLD_WITHIN)
    return told.start or date.min


def _ends(told: EventDate) -> date:
    return told.end or told.start or date.max


def places_fit(a: Group, b: Group, story: Place | None) -> bool:
    """Do both tell one place, or does one tell none? A province and a town in it wait for `_without_summaries`.

    A report without a place goes on where the text was last (`story`).
    """
    one, two = a.place, b.place
    if b.lead.known and one is not None:
        return two is None or not are_apart(one, two)
    if one is None:
        return not are_apart(a.told_at, two)
    if two is None:
        return story is None or is_one_place(one, story) or inside(one, story) or inside(story, one)
    return is_one_place(one, two) or (inside(two, one) and is_headline(a) and _tolls_fit(a, b))


def is_headline(group: Group) -> bool:
    """Is this told only by lines without a full stop, which the text below them tells again with its place?"""
    return all(report.sentence.text.rstrip(_CLOSERS)[-1:].isalnum() for report in group.reports)


def are_apart(one: Place | None, two: Place | None) -> bool:
    """Are these two places of which neither is in the other?"""
    return one is not None and two is not None and not (is_one_place(one, two) or inside(one, two) or inside(two, one))


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
