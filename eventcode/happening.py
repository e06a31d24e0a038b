"""Happenings: event mentions taken for one event, and whether another mention may tell the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from eventcode.lexicon import Action
from eventcode.neutral import EventDate, EventMention, Party, Place
from eventcode.sameness import (
    INHERITED,
    finer_date,
    finer_place,
    fits,
    inside,
    is_one_place,
    same,
    same_action,
    sides_fit,
)

#: What happened to people; the act that did it is told beside it, or else the harm itself is the event.
HARM = frozenset({"die", "injure", "kill"})
#: Harm can come of these even though they are no fight.
CAUSES = frozenset({"raid", "crackdown", "disperse", "protest", "riot", "abduct", "coup", "arrest", "release"})
#: Of those, the ones that sentences behind them go on to tell the harm of.
_STORY_CAUSES = frozenset({"raid", "crackdown", "disperse", "riot", "clash", "offensive", "incursion"})
#: What "the attack" or "the killings" may stand for, and words for any of these.
_VIOLENT = frozenset({"fighting", "remote violence", "violence on civilians"})
_ENDS = frozenset(".!?\"”’')")
_TAKING = frozenset({"capture_territory", "retake_territory", "abduct", "hijack"})
_GENERIC = frozenset({"attack", "offensive", "massacre", "kill", "raid"})
BLASTS = frozenset({"explode", "suicide_bombing"})


@dataclass
class Happening:
    """Mentions taken for one happening; `lead` gives its action."""

    lead: EventMention
    reports: list[EventMention] = field(default_factory=list)
    sources: list[Party] = field(default_factory=list)
    targets: list[Party] = field(default_factory=list)

    #: The most exact place and date that a report's own words give, kept while reports are added.
    place: Place | None = None
    #: Where the text was when it told this, for a report that names no place.
    told_at: Place | None = None
    when: EventDate = field(default_factory=EventDate)

    def report(self, *mentions: EventMention) -> None:
        """Add reports; of their places and dates the most exact stand."""
        for mention in mentions:
            self.reports.append(mention)
            self.place = finer_place(self.place, mention.place)
            self.when = mention.date if len(self.reports) == 1 else finer_date(self.when, mention.date)

    def take(self, mention: EventMention) -> None:
        """Add a report; its parties refine or join those that are there."""
        self.report(mention)
        join(self.sources, mention.sources)
        join(self.targets, [p for p in mention.targets if not any(same(p, s) for s in self.sources)])


def one_happening(a: Happening, b: Happening, actions: Mapping[str, Action]) -> bool:
    """May a later group be another report of an earlier one? Nothing that both tell may differ."""
    one, two = a.lead, b.lead
    if two.another or (one.about != two.about and not (two.known and two.about is None)):
        return False
    if not (_is_harm_of(a, b) or same_action(one.action, two.action, actions) or _stands_for(two, one, actions)):
        return False
    if actions[one.action].speech and one.sentence != two.sentence and one.about is None and one.action == "say":
        return False
    if one.status != two.status and not {one.status, two.status} <= {"actual", "ongoing"}:
        return False
    if two.order == "earlier" and not two.known and one.order != "earlier" and not _are_dated_alike(a, b):
        return False
    others = (two.known and any(r.action in HARM for r in b.reports)) or (_is_by_nobody(b) and (one.reciprocal or not has_people(a.targets)))
    if not (sides_fit(a.sources, b.sources) and (others or sides_fit(a.targets, b.targets))):
        return crossed(a, b) and _dates_fit(a, b)
    return _dates_fit(a, b) and _counts_fit(a, b)


def _stands_for(word: EventMention, act: EventMention, actions: Mapping[str, Action]) -> bool:
    """Is the first a general noun for acts like the second: "the attack" for a shooting?"""
    violent = actions[act.action].family in _VIOLENT or act.action in _STORY_CAUSES or act.action in _TAKING
    return word.known and word.action in _GENERIC and violent


def likeness(known: Happening, told: Happening) -> tuple[bool, bool, bool, bool, bool]:
    """How well a noun that names a known act ("the Ankara bombing") suits one told before: by place, by the group that
    owns up to it, by word, and by being told in a sentence with its place."""
    one, two, claimant = known.place, told.place, told.lead.attributed_to
    at_one_place = one is not None and two is not None and is_one_place(one, two)
    claimed = claimant is not None and "armed" in claimant.traits and "state" not in claimant.traits and \
        sides_fit(known.sources, (claimant,))
    by_word = told.lead.action not in _GENERIC and any(r.action == told.lead.action for r in known.reports)
    placed = one is not None and one.precision in ("exact", "near")
    return at_one_place or _is_named_by_place(known, told.lead), claimed, by_word, placed, known.lead.sentence.text[-1:] in _ENDS


def _is_named_by_place(known: Happening, word: EventMention) -> bool:
    """"the Kuwait bombing": does the place of the act stand right before the noun?"""
    before = word.sentence.text[:word.trigger.start - word.sentence.start].split()[-2:]
    place = known.place
    return place is not None and not {place.name, place.text}.isdisjoint((*before, " ".join(before)))


def _is_harm_of(a: Happening, b: Happening) -> bool:
    """Are these the dead or hurt, by nobody named, of an act before that is no fight ('police dispersed a march')?"""
    return b.lead.action in HARM and not b.sources and a.lead.action in _STORY_CAUSES


def crossed(a: Happening, b: Happening) -> bool:
    """Two tellings of a mutual act may name the sides the other way round."""
    if sides_fit(a.sources, b.sources) and sides_fit(a.targets, b.targets):
        return False
    return (
        (a.lead.reciprocal or b.lead.reciprocal)
        and bool(a.sources and b.sources)
        and sides_fit(a.sources, b.targets)
        and sides_fit(a.targets, b.sources)
    )


def _are_dated_alike(a: Happening, b: Happening) -> bool:
    """Do both have a day of their own, and the same?"""
    told = all(h.when.basis == "text" and INHERITED.isdisjoint(h.when.rules) for h in (a, b))
    return told and _dates_fit(a, b)


def _dates_fit(a: Happening, b: Happening) -> bool:
    one, two = a.when, b.when
    if one.basis != "text" or two.basis != "text" or (
            _is_dateless(b) and not INHERITED.isdisjoint(two.rules)):
        return True
    return _begins(one) <= _ends(two) and _begins(two) <= _ends(one)


def _is_dateless(told: Happening) -> bool:
    """Is the day that its sentence takes from the story none of its own: of "the attack", of "nine were killed"?"""
    return told.lead.known or _is_by_nobody(told)


def _is_by_nobody(told: Happening) -> bool:
    """Harm that its sentence lays to nobody; a bare number is who was hurt ("172 were killed and 300 wounded")."""
    return told.lead.action in HARM and all(party.text[:1].isdigit() for party in told.sources)


def _begins(told: EventDate) -> date:
    return told.start or date.min


def _ends(told: EventDate) -> date:
    return told.end or told.start or date.max


def are_apart(one: Place | None, two: Place | None) -> bool:
    """Are these two places of which neither is in the other?"""
    return one is not None and two is not None and not (is_one_place(one, two) or inside(one, two) or inside(two, one))


def places_fit(a: Happening, b: Happening, story: Place | None) -> bool:
    """Do both tell one place, or does one tell none? A province and a town in it wait for `_without_summaries`.

    A report without a place goes on where the text was last (`story`).
    """
    one, two = a.place, b.place
    if b.lead.known and one is not None:
        return two is None or is_one_place(one, two) or inside(one, two) or inside(two, one)
    if one is None:
        return two is None or a.told_at is None or not are_apart(a.told_at, two)
    if two is None:
        return story is None or is_one_place(one, story) or inside(one, story) or inside(story, one)
    return is_one_place(one, two)


def _counts_fit(a: Happening, b: Happening) -> bool:
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


def has_people(parties: Sequence[Party]) -> bool:
    """Is one of them a person or several?"""
    return any("person" in party.traits for party in parties)


def join(parties: list[Party], more: Sequence[Party], retold: bool = False) -> None:
    """Add the parties that are not there yet; a mention of one that is there fills what it lacked.

    In another sentence's report (`retold`) a party that may be one of those that are there is taken for it.
    """
    for party in more:
        spot = _spot(parties, party, same)
        if spot is None and retold:
            spot = _spot(parties, party, fits)
        if spot is None:
            parties.append(party)
        else:
            parties[spot] = _refined(parties[spot], party)


def _spot(parties: Sequence[Party], party: Party, is_one: Callable[[Party, Party], bool]) -> int | None:
    return next((n for n, known in enumerate(parties) if is_one(known, party)), None)


def _refined(known: Party, other: Party) -> Party:
    """The known mention with the name, country, sector, unit and size that only the other gives."""
    gained = {
        name: getattr(other, name)
        for name in ("country", "sector", "unit", "size")
        if getattr(known, name) is None and getattr(other, name) is not None
    }
    if other.actor_id is not None and (known.actor_id is None or len(known.actor_id) < len(other.actor_id)):
        gained |= {
            "actor_id": other.actor_id,
            "name": other.name,
            "traits": other.traits,
            "sector": other.sector or known.sector,
        }
    if not gained:
        return known
    return known.model_copy(
        update={**gained, "rules": (*known.rules, *(r for r in other.rules if r not in known.rules))}
    )
