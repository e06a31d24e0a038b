"""From neutral events to reports of interactions: one pair of sides each, with the rule that codes it (A3), gathered
into one group for each actor pair, place and day (A4)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from eventcode.neutral import Count, Event, Party, Place
from eventcode.ontologies.acled import parties, wording
from eventcode.ontologies.acled.tables import SubEvent, sub_events
from eventcode.ontologies.acled.whenwhere import When
from eventcode.ontologies.base import Match
from eventcode.ontologies.counts import party_of

Side = tuple[Party, ...]

#: Actions whose target is a cause, an addressee or a destination and no party to an interaction.
TARGET_IS_NO_PARTY = frozenset({"protest", "strike", "hunger_strike", "boycott", "block_road", "occupy_premises",
                                "deploy", "mobilize", "military_exercise", "establish_base", "curfew",
                                "emergency", "withdraw_forces", "shutdown"})

#: Actions that somebody always suffers: where no words name the victims, the people counted are the victims.
SUFFERED = frozenset({"attack", "ambush", "shoot", "bombard", "explode", "suicide_bombing", "kill", "execute",
                      "massacre", "injure", "beat", "shoot_down", "hijack", "mob_violence", "torture",
                      "sexual_violence", "abduct", "raid", "human_shield"})
#: Actions whose target, where only a number says that it is one, are people.
_PEOPLE_COUNTED = frozenset({"arrest", "release", "rescue", "displace", "evict", "exchange_prisoners", "surrender",
                             "recruit"})
#: What nobody does without arms: whoever is said to is an armed group, called "men" or "youths" for want of a name.
_WITH_ARMS = frozenset({"shoot", "kill", "ambush", "assassinate", "execute", "massacre", "abduct", "attack", "bombard",
                        "explode", "torture"})
_PLUNDERED = frozenset({"raid", "destroy_property", "loot"})
_BARE_PEOPLE = wording.words("bare-people")
_OF_A_PEOPLE = wording.words("of-a-people")
_IN_UNIFORM = wording.words("in-uniform")
_TOGETHER = frozenset({"attack", "ambush", "raid", "capture_territory", "retake_territory", "bombard", "offensive",
                       "loot"})
_HARM = frozenset({"kill", "injure"})
_SETTLING = frozenset({"meet", "negotiate", "sign_agreement", "ceasefire", "exchange_prisoners"})
_REMOTE = frozenset({"bombard", "explode", "suicide_bombing"})


@dataclass(frozen=True)
class Report:
    """One event as an interaction of two sides, coded by one rule."""

    event: Event
    source: Side
    target: Side
    match: Match
    when: When | None
    counts: tuple[Count, ...]
    home: str | None

    @cached_property
    def sub_event(self) -> SubEvent:
        return sub_events()[self.match.rule.codes["sub_event_type"]]

    @property
    def crowd_source(self) -> bool:
        return parties.is_crowd_act(self.event.action, self.source)

    @property
    def crowd_target(self) -> bool:
        return self.event.action in parties.CROWD_TARGET

    @cached_property
    def keys(self) -> frozenset[str]:
        """The actor pair, without order."""
        return frozenset(self.side_key(side) for side in (self.source, self.target) if side)

    def side_key(self, side: Side) -> str:
        """What names the main actor of one of this report's sides, here and on that day."""
        crowd = self.crowd_source if side is self.source else self.crowd_target
        return parties.key(side[0], self.home, self.when.day if self.when else None, crowd)

    @property
    def position(self) -> int:
        """Where its trigger begins."""
        return self.event.reports[0].trigger.start

    @property
    def state(self) -> bool:
        """Does a state take part?"""
        return any(parties.camp(side[0]) == "state" for side in (self.source, self.target) if side)


@dataclass
class Group:
    """Reports of one actor pair at one place on one day: one record."""

    reports: list[Report] = field(default_factory=list)
    #: Places told for the same events in other groups: the pairs of one event lie where any of them is said to.
    elsewhere: list[Place] = field(default_factory=list)

    def takes(self, report: Report) -> bool:
        """Is this report about the same pair, place and day as the group?"""
        alike = all((parties.same_pair(report.keys, known.keys) or _by_same_words(report, known))
                    and _same_day(report, known)
                    and (_same_place(report.event.place, known.event.place) or _headline(report, known)
                         or _one_breath(report, known))
                    for known in self.reports)
        return alike and not self._outranked_by(report)

    def _outranked_by(self, report: Report) -> bool:
        """Would a report of one side alone recast what is told of both? Then it is an event of its own."""
        types = {known.sub_event.event_type for known in self.reports} | {report.sub_event.event_type}
        if len(types) == 1 or types <= {"Protests", "Riots"}:
            return False
        return all(len(report.keys) < len(known.keys) and report.sub_event.rank < known.sub_event.rank
                   for known in self.reports)

    @property
    def winner(self) -> Report:
        """Highest event type, then highest sub-event type (A5, A6); a protest that turns violent is a riot."""
        riot = any(report.sub_event.event_type == "Riots" for report in self.reports)
        kept = [r for r in self.reports if not (riot and r.sub_event.event_type == "Protests")]
        if coups := [r for r in kept if r.event.action == "coup"]:
            kept = coups if all(r.sub_event.event_type == "Strategic developments" for r in kept) else kept
        if riot and self._mob:
            kept = [r for r in kept if r.sub_event.name == "Mob violence"] or kept
        return min(kept, key=_order)

    @property
    def _mob(self) -> bool:
        """Is the crowd a mob, and no demonstration told of? Then attacks on people say more than that it rioted."""
        told = [r for r in self.reports if r.event.action != "disperse"]
        crowd = [p for r in told for p in (*r.source, *r.target) if parties.is_crowd(p)]
        return not any("protester" in p.traits for p in crowd) and all(r.sub_event.event_type == "Riots" for r in told)

    @property
    def position(self) -> tuple[int, bool, int, int]:
        """In text order by sentence; within one sentence pairs with a state first."""
        first = min(self.reports, key=lambda report: report.position)
        here = first.event.reports[0]
        return (here.sentence.start, not any(r.state for r in self.reports), here.trigger.start,
                first.target[0].start if first.target else 0)

    @property
    def place(self) -> Place | None:
        """The most exact place of its reports."""
        order = ("exact", "near", "district", "province", "country")
        dated = sorted(self.reports, key=lambda report: report.event.date.basis != "text")
        known = [report.event.place for report in dated if report.event.place is not None]
        return min([*known, *self.elsewhere], key=lambda place: order.index(place.precision), default=None)

    @property
    def when(self) -> When | None:
        """The most exact date of its reports."""
        return min((r.when for r in self.reports if r.when), key=lambda found: found.precision, default=None)


def _order(report: Report) -> tuple[int, int, bool, int]:
    """Highest type first, then both sides known; of what demonstrators did, that they fought the state's forces."""
    fought = report.state or report.sub_event.name != "Violent demonstration"
    return report.sub_event.rank, -len(report.keys), not fought, report.position


def group(reports: Iterable[Report]) -> list[Group]:
    """Reports in groups, in order of the text; two-sided reports first, so that one-sided ones find theirs."""
    groups: list[Group] = []
    for report in sorted(reports, key=lambda report: -len(report.keys)):
        home = next((known for known in groups if known.takes(report)), None)
        if home is None:
            groups.append(Group([report]))
        else:
            home.reports.append(report)
    for one in groups:
        shared = {report.event.id for report in one.reports}
        others = [other for other in groups if other is not one and any(r.event.id in shared for r in other.reports)]
        one.elsewhere = [place for other in others for r in other.reports if (place := r.event.place) is not None]
    return sorted(groups, key=lambda found: found.position)


def _by_same_words(one: Report, other: Report) -> bool:
    """"Killing nine people and burning houses": what the same source words do, to nobody named the second time."""
    return bool(one.source and other.source) and one.source[0].start == other.source[0].start and (
        not one.target or not other.target)


def _same_day(one: Report, other: Report) -> bool:
    """The same day. A day that only the publication gives goes with any of the week around it, where both are about
    the same type of event or a demonstration; else it may be another event altogether."""
    if one.when is None or other.when is None or one.when.day == other.when.day:
        return True
    told = one.event.date.basis == other.event.date.basis == "text"
    types = {one.sub_event.event_type, other.sub_event.event_type}
    alike = len(types) == 1 or types <= {"Protests", "Riots"}
    return alike and not told and abs((one.when.day - other.when.day).days) <= 7


def _same_place(one: Place | None, other: Place | None) -> bool:
    """The same place, or one inside the other as far as is known."""
    if one is None or other is None:
        return True
    if one.country and other.country and one.country != other.country:
        return False
    if "country" in (one.precision, other.precision):
        return True
    if one.admin1 and other.admin1 and one.admin1 != other.admin1:
        return False
    return one.name == other.name or "province" in (one.precision, other.precision)


def _one_breath(one: Report, other: Report) -> bool:
    """"Shot at marchers at the toll gate in Lagos, killing nine": the harm that the same people do in one sentence."""
    alike = one.source and other.source and one.source[0].start == other.source[0].start
    return bool(alike) and one.event.reports[0].sentence == other.event.reports[0].sentence \
        and not _HARM.isdisjoint({one.event.action, other.event.action})


def _headline(one: Report, other: Report) -> bool:
    """Does one of them, without a day, name the province's best known town for what the other tells in full?"""
    bases = {one.event.date.basis, other.event.date.basis}
    here, there = one.event.place, other.event.place
    return (bases == {"text", "published"} and one.sub_event.name == other.sub_event.name
            and here is not None and there is not None and here.admin1 is not None and here.admin1 == there.admin1)


def pairs(event: Event, named: Sequence[Party]) -> list[tuple[Side, Side]]:
    """Every pair of a source side and a target side; a missing side is empty. `named` are all actors of the article.

    A blast or shelling that is dated is an event though no words name either side. Parties of one camp are allies on
    one side; enemies never share one, so each camp makes a pair of its own (A7).
    """
    if event.action == "find_grave":  # who killed them is not told
        return [((), parties.crowd_of(event, "civilian"))]
    sources = tuple(_with_arms(event, party) for party in event.sources
                    if not parties.is_unknown(party) and not _cannot(event, party))
    sources = sources or _gathering(event)
    targets = _targets(event, named)
    if not targets and event.reciprocal and len(sources) > 1:
        sources, targets = sources[:1], sources[1:]
    crowd_source, crowd_target = event.action in parties.CROWD_SOURCE, event.action in parties.CROWD_TARGET
    sources, targets = _of_the_rebels_country(event, sources, _without_attackers(sources, targets))
    attackers = _sides(sources, crowd_source)
    if event.action in _TOGETHER and len(attackers) > 1 and targets and not event.reciprocal:
        attackers = [tuple(party for side in attackers for party in side)]  # who attack together are allies
    made = [(source, target) for source in attackers for target in _sides(targets, crowd_target)]
    kept = [pair for pair in made if any(pair) and not _itself(*pair)]
    return kept or ([((), ())] if event.action in _REMOTE and event.date.basis == "text" else [])


def _without_attackers(sources: Side, targets: Side) -> Side:
    """"Two soldiers and one attacker were killed": the attacker is one of the source's own, not a third side."""
    if not sources or parties.camp(sources[0]) != "non-state":
        return targets
    others = tuple(p for p in targets if not (parties.is_armed_group(p) and p.actor_id is None and p.name is None))
    return others or targets


def _of_the_rebels_country(event: Event, sources: Side, targets: Side) -> tuple[Side, Side]:
    """In talks held abroad "the government" is that of the group's country, not of the host's."""
    groups = {p.country for p in (*sources, *targets) if p.country and parties.is_armed_group(p)}
    host = event.place.country if event.place else None
    if event.action not in _SETTLING or len(groups) != 1 or host in groups:
        return sources, targets
    country = groups.pop()

    def placed(side: Side) -> Side:
        return tuple(p.model_copy(update={"country": country, "rules": (*p.rules, "acled/actors/country-of-the-group")})
                     if p.country is None and parties.camp(p) == "state" else p for p in side)

    return placed(sources), placed(targets)


def _cannot(event: Event, party: Party) -> bool:
    """People without arms shell and bomb nobody: the words next to "shelled" are of those who were."""
    figure = event.action in ("kill", "injure") and party.text.replace(",", "").isdigit()  # "and [24] injured"
    return figure or (event.action == "bombard" and parties.camp(party) == "people" and not parties.is_crowd(party))


def _with_arms(event: Event, party: Party) -> Party:
    """'Men in masks shot the mayor': several people of no kind, name or community who do what takes arms."""
    words = party.text.casefold().split()
    if event.action in _WITH_ARMS | _PLUNDERED and _are_of_a_people(party, words):
        return party.model_copy(update={"traits": ("armed", "identity", "person"), "sector": "UAF",
                                        "rules": (*party.rules, "acled/actors/armed-by-deed")})
    bare = {"civilian", "person"} >= set(party.traits) and party.actor_id is None and party.name is None
    if event.action not in _WITH_ARMS or not bare or not words or not _BARE_PEOPLE & {words[0], words[-1]}:
        return party
    return party.model_copy(update={"traits": ("armed", "unidentified", "person"), "sector": "UAF",
                                    "rules": (*party.rules, "acled/actors/armed-by-deed")})


def _are_of_a_people(party: Party, words: Sequence[str]) -> bool:
    """"Fulani herders", "herdsmen", "Lendu": a community by its name or by its fighters' trade."""
    if not {"identity", "agriculture"} & set(party.traits) or not words or "armed" in party.traits or party.actor_id:
        return False
    bare = len(words) == 1 and "person" not in party.traits and "identity" in party.traits
    return not parties.is_crowd(party) and (bare or words[-1] in _OF_A_PEOPLE)


def _gathering(event: Event) -> tuple[Party, ...]:
    """The crowd of a protest or riot that names nobody: who protests is protesters."""
    if event.action not in ("protest", "block_road", "occupy_premises", "shutdown", "riot", "mob_violence"):
        return ()
    return parties.crowd_of(event, "rioter" if event.action in ("riot", "mob_violence") else "protester")


def _targets(event: Event, named: Sequence[Party]) -> tuple[Party, ...]:
    """Who is acted on. Words that no table knows are a thing or a place unless people are counted by them; where only
    such words or a country's name stand, the people counted as victims are the target."""
    if event.action in TARGET_IS_NO_PARTY:
        return ()
    if event.action == "disperse" and all(map(parties.is_unknown, event.targets)):
        return parties.crowd_of(event, "protester")
    if event.action not in SUFFERED:
        people = event.action in _PEOPLE_COUNTED
        return tuple(p for p in event.targets if not parties.is_unknown(p) or (people and p.size is not None))
    if event.targets and all(p.text.casefold().split()[-1] in ("others", "more") for p in event.targets):
        told = [_counted(count, named) for count in event.counts if count.what == "killed"]
        known = [party for party in told if "acled/actors/counted" not in party.rules]
        if known:
            return tuple(known[:1])  # "a soldier was killed and two others hurt": the others are of his kind
    if any(not parties.is_unknown(p) and "country" not in p.traits for p in event.targets):
        return tuple(p for p in event.targets if not parties.is_unknown(p) or p.size is not None)
    suffered = [count for count in event.counts if count.what in ("killed", "injured", "abducted")]
    suffered.sort(key=lambda count: (count.what != "killed", -(count.best or 0)))  # most of the dead say who was hit
    counted = [_counted(count, named) for count in suffered]
    if counted:
        known = [party for party in counted if "acled/actors/counted" not in party.rules]
        return tuple((known or counted)[:1])
    things = event.action in _REMOTE or event.action == "raid"  # what is bombed or searched is no victim by itself
    return tuple(p for p in event.targets if not things or "country" in p.traits)


def _counted(count: Count, named: Sequence[Party]) -> Party:
    """The people of a count as a party: the actor whose words the count touches, else people without arms."""
    known = party_of(count, named)
    if known is not None and not parties.is_unknown(known):
        return known
    rules = ("acled/actors/counted",)
    if (count.who or "").casefold() in _IN_UNIFORM:
        return Party(start=count.start, end=count.end, text=count.text, sector="MIL", rules=rules,
                     traits=("state", "military", "armed", "organized"))
    return Party(start=count.start, end=count.end, text=count.text, traits=("civilian",), rules=rules)


def _sides(side: tuple[Party, ...], crowd: bool) -> list[Side]:
    """One side split by camp, each camp's main actor first; people beside a combatant go with it and never lead."""
    if not side:
        return [()]
    found: dict[str, list[Party]] = {}
    for party in side:
        found.setdefault(parties.camp(party, crowd), []).append(party)
    people = found.pop("people", [])
    if not found:
        return [tuple(people)]
    return [(*sorted(members, key=_is_civil), *people) for members in found.values()]


def _is_civil(party: Party) -> bool:
    """An embassy or office beside soldiers: the soldiers lead their side."""
    return not (parties.is_armed_state(party) or parties.is_armed_group(party))


def _itself(source: Side, target: Side) -> bool:
    """A pair of one actor with itself, which is no interaction; communities and crowds may fight their like."""
    if not source or not target:
        return False
    return (source[0].start, source[0].end) == (target[0].start, target[0].end)


def share(event: Event, made: Sequence[tuple[Side, Side]], number: int) -> tuple[Count, ...]:
    """The counts that go with one of an event's pairs: those of its own people, the first pair also those of nobody.

    So that no death is counted in two records.
    """
    if len(made) == 1:
        return event.counts
    owners = [party_of(count, [p for pair in made for side in pair for p in side]) for count in event.counts]
    mine = {party.start for side in made[number] for party in side}
    earlier = {party.start for pair in made[:number] for side in pair for party in side}
    return tuple(count for count, owner in zip(event.counts, owners, strict=True)
                 if (owner is None and number == 0) or (owner is not None and owner.start in mine - earlier))
