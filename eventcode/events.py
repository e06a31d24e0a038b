"""Events: event mentions of one happening, in one sentence or across the article, become one event.

Two steps. Inside a sentence, casualties ("killing 7") join the act that caused them. Across sentences, mentions of the
same action with compatible parties, place and date join. Every event keeps all its reports, so a merge can be undone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from eventcode.circumstances import with_places
from eventcode.lexicon import Action
from eventcode.neutral import Count, Event, EventDate, EventMention, Party, Place, Rejection
from eventcode.sameness import (
    PRECISE_PLACE,
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
_CAUSES = frozenset({"raid", "crackdown", "disperse", "protest", "riot", "abduct", "coup", "arrest", "release"})
#: Of those, the ones that sentences behind them go on to tell the harm of.
_STORY_CAUSES = frozenset({"raid", "crackdown", "disperse", "riot"})
_BLASTS = frozenset({"explode", "suicide_bombing"})
#: A report joins one of the events told last; this many are looked at.
_LOOK_BACK = 80


@dataclass
class _Group:
    """Mentions taken for one happening; `lead` gives its action."""

    lead: EventMention
    reports: list[EventMention] = field(default_factory=list)
    sources: list[Party] = field(default_factory=list)
    targets: list[Party] = field(default_factory=list)

    #: The most exact place and date that a report's own words give, kept while reports are added.
    place: Place | None = None
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
        _join(self.sources, mention.sources)
        _join(self.targets, [p for p in mention.targets if not any(same(p, s) for s in self.sources)])


def fuse(mentions: Sequence[EventMention], actions: Mapping[str, Action]) -> tuple[list[Event], list[Rejection]]:
    """Events in the order of their first report, and the mentions that are no event of their own."""
    groups: list[_Group] = []
    rejections: list[Rejection] = []
    claims: list[_Group] = []
    story: Place | None = None
    for group in _by_sentence(mentions, actions):
        if any(_is_boast(group, claim) for claim in claims):
            rejections.append(_reject(group.lead, "the account of the side that claims the act"))
            continue
        home = _home(group, groups[-_LOOK_BACK:], story, actions)
        story = group.place or story
        if home is not None:
            _absorb(home, group)
        elif group.lead.action == "die":
            rejections.append(_reject(group.lead, "deaths without an act that caused them"))
        elif _in_passing(group):
            rejections.append(_reject(group.lead, "only referred to: no clause tells it and nothing dates it"))
        else:
            groups.append(group)
            claims += [group] if group.lead.action == "claim_responsibility" else []
    groups = _without_summaries(groups, actions, rejections)
    _claim(groups, actions)
    events = [_event(group, f"e{n}") for n, group in enumerate(groups, start=1)]
    return with_places(events), rejections


def _home(group: _Group, before: Sequence[_Group], story: Place | None, actions: Mapping[str, Action]) -> _Group | None:
    """The event told last of which this group may be another report."""
    return next(
        (g for g in reversed(before) if _one_happening(g, group, actions) and _places_fit(g, group, story)), None
    )


def _without_summaries(
    groups: list[_Group], actions: Mapping[str, Action], rejections: list[Rejection]
) -> list[_Group]:
    """An act told for a province or country is the one told more exactly inside it, or the sum of several such."""
    left = list(groups)
    vague = [g for g in groups if g.place is not None and g.place.precision in ("province", "country")]
    for group in sorted(vague, key=_vagueness, reverse=True)[:_LOOK_BACK]:
        finer = [g for g in left if g is not group and _holds(group, g) and _one_happening(g, group, actions)]
        if len(finer) == 1:
            _absorb(finer[0], group)
            finer[0].reports.sort(key=lambda r: r.trigger.start)
        elif finer:
            rejections.append(_reject(group.lead, "sums up acts that the text tells one by one"))
        if finer:
            left.remove(group)
    return left


def _vagueness(group: _Group) -> int:
    return 0 if group.place is None else PRECISE_PLACE[group.place.precision]


def _holds(vague: _Group, fine: _Group) -> bool:
    """Is the second group's place a more exact one inside the first's province or country?"""
    return vague.place is not None and fine.place is not None and inside(fine.place, vague.place)


def _is_boast(group: _Group, claim: _Group) -> bool:
    """What a side that claims responsibility then says that it did is its account of that act, no act beside it."""
    speaker = group.lead.attributed_to
    if speaker is None or claim.lead.action != "claim_responsibility" or claim.lead.status != "actual":
        return False
    return any(same(speaker, party) for party in claim.sources) and any(same(speaker, party) for party in group.sources)


def _claim(groups: Sequence[_Group], actions: Mapping[str, Action]) -> None:
    """Who claims responsibility for an act that nobody else is said to have done is its source, by its own word."""
    for claim in groups:
        if claim.lead.action != "claim_responsibility" or claim.lead.status != "actual":
            continue
        open_acts = [g for g in groups if actions[g.lead.action].material and not g.sources]
        before = [g for g in open_acts if _is_claimed(g, claim, actions)]
        if before:
            act = min(before, key=lambda g: abs(g.lead.trigger.start - claim.lead.trigger.start))
            act.sources += [
                p.model_copy(update={"rules": (*p.rules, "events/claimed-responsibility")}) for p in claim.sources
            ]


def _is_claimed(act: _Group, claim: _Group, actions: Mapping[str, Action]) -> bool:
    return claim.lead.about is None or same_action(claim.lead.about, act.lead.action, actions)


def _in_passing(group: _Group) -> bool:
    """'an end to the killing', 'operations have been successful': nothing that tells it or dates it."""
    if any(r.asserted for r in group.reports):
        return False
    dated = any(r.date.basis == "text" and "event-date/story-day" not in r.date.rules for r in group.reports)
    return not dated or not (group.sources or group.targets)


def _reject(mention: EventMention, reason: str) -> Rejection:
    trigger = mention.trigger
    return Rejection(
        stage="events", reason=reason, start=trigger.start, end=trigger.end, text=trigger.text, rules=mention.rules
    )


def _by_sentence(mentions: Sequence[EventMention], actions: Mapping[str, Action]) -> list[_Group]:
    """Groups of one sentence each: harm joins the nearest act that may have caused it."""
    groups: list[_Group] = []
    sentences: dict[int, list[EventMention]] = {}
    for mention in mentions:
        sentences.setdefault(mention.sentence.start, []).append(mention)
    for told in sentences.values():
        harms = [mention for mention in told if _is_harm(mention, told)]
        hosts = [_start(mention) for mention in told if mention not in harms]
        for harm in harms:
            host = _cause(harm, [h for h in hosts if _may_cause(h.lead, harm, actions)])
            if host is None:
                hosts.append(_start(harm))
            else:
                _take_harm(host, harm)
        groups += sorted(hosts, key=lambda g: g.lead.trigger.start)
    return groups


def _is_harm(mention: EventMention, told: Sequence[EventMention]) -> bool:
    """Is this what an act of the sentence did to people? 'A bomb exploded, killing five' tells one explosion."""
    if mention.action in HARM:
        return True
    return bool(mention.counts) and any(
        other.action == mention.action and not other.counts and other.trigger.start < mention.trigger.start
        for other in told
    )


def _start(mention: EventMention) -> _Group:
    group = _Group(mention)
    group.take(mention)
    return group


def _may_cause(host: EventMention, harm: EventMention, actions: Mapping[str, Action]) -> bool:
    if host.status != harm.status and not {host.status, harm.status} <= {"actual", "ongoing"}:
        return False
    if host.action == "protest" and harm.sources and not any(same(p, q) for p in host.sources for q in harm.sources):
        return False  # 'soldiers killed three as thousands marched': not the marchers did
    return actions[host.action].material or host.action in _CAUSES or host.action in HARM


def _cause(harm: EventMention, hosts: list[_Group]) -> _Group | None:
    """The nearest host whose parties do not speak against it; physical acts before others."""
    fitting = [h for h in hosts if sides_fit(h.sources, harm.sources)]
    return min(
        fitting, key=lambda h: (h.lead.action in _CAUSES, abs(h.lead.trigger.start - harm.trigger.start)), default=None
    )


def _take_harm(host: _Group, harm: EventMention) -> None:
    """Whom it hit tells whom the act was on, unless the act says so itself."""
    if host.lead.action in _BLASTS and _has_people(harm.targets) and not _has_people(host.targets):
        host.targets.clear()  # where a bomb went off is no target beside those that it hit
    victims = () if host.targets else tuple(p for p in harm.targets if not any(same(p, s) for s in host.sources))
    host.report(harm)
    if not host.sources:  # of sides that fought each other none did it to itself
        _join(host.sources, [p for p in harm.sources if not any(same(p, t) for t in host.targets)])
    if not host.lead.reciprocal:
        _join(host.targets, victims)


def _has_people(parties: Sequence[Party]) -> bool:
    return any("person" in party.traits for party in parties)


def _absorb(home: _Group, group: _Group) -> None:
    """A later report joins; the more telling action leads (an explosion tells more than a killing)."""
    if (home.lead.action in HARM and group.lead.action not in HARM) or (
        not home.lead.asserted and group.lead.asserted and home.lead.action == group.lead.action
    ):
        home.lead = group.lead
    home.report(*group.reports)
    sources, targets = (group.targets, group.sources) if _crossed(home, group) else (group.sources, group.targets)
    _join(home.sources, sources, retold=True)
    if not home.lead.reciprocal or not home.targets:
        _join(home.targets, [p for p in targets if not any(same(p, s) for s in home.sources)], retold=True)


def _one_happening(a: _Group, b: _Group, actions: Mapping[str, Action]) -> bool:
    """May a later group be another report of an earlier one? Nothing that both tell may differ."""
    one, two = a.lead, b.lead
    if not (_is_harm_of(a, b) or same_action(one.action, two.action, actions)) or one.about != two.about:
        return False
    if actions[one.action].speech and one.sentence != two.sentence and one.about is None and one.action == "say":
        return False
    if one.status != two.status and not {one.status, two.status} <= {"actual", "ongoing"}:
        return False
    if not (sides_fit(a.sources, b.sources) and sides_fit(a.targets, b.targets)):
        return (_crossed(a, b) or _are_own_losses(a, b)) and _dates_fit(a, b)
    return _dates_fit(a, b) and _counts_fit(a, b)


def _is_harm_of(a: _Group, b: _Group) -> bool:
    """Are these the dead or hurt, by nobody named, of an act before that is no fight ('police dispersed a march')?"""
    return b.lead.action in HARM and not b.sources and a.lead.action in _STORY_CAUSES


def _are_own_losses(a: _Group, b: _Group) -> bool:
    """'Guards killed six raiders. Two of the guards also died': the dead of the side that acted."""
    told = b.lead.action == "die" and not b.sources and bool(b.targets)
    return told and bool(a.sources) and a.lead.action != "die" and sides_fit(a.sources, b.targets)


def _crossed(a: _Group, b: _Group) -> bool:
    """Two tellings of a mutual act may name the sides the other way round."""
    if sides_fit(a.sources, b.sources) and sides_fit(a.targets, b.targets):
        return False
    return (
        (a.lead.reciprocal or b.lead.reciprocal)
        and bool(a.sources and b.sources)
        and sides_fit(a.sources, b.targets)
        and sides_fit(a.targets, b.sources)
    )


def _dates_fit(a: _Group, b: _Group) -> bool:
    one, two = a.when, b.when
    if one.basis != "text" or two.basis != "text":
        return True
    return _begins(one) <= _ends(two) and _begins(two) <= _ends(one)


def _begins(told: EventDate) -> date:
    return told.start or date.min


def _ends(told: EventDate) -> date:
    return told.end or told.start or date.max


def _places_fit(a: _Group, b: _Group, story: Place | None) -> bool:
    """Do both tell one place, or does one tell none? A province and a town in it wait for `_without_summaries`.

    A report without a place goes on where the text was last (`story`).
    """
    one, two = a.place, b.place
    if one is None:
        return True
    if two is None:
        return story is None or is_one_place(one, story) or inside(one, story) or inside(story, one)
    return is_one_place(one, two)


def _counts_fit(a: _Group, b: _Group) -> bool:
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


def _join(parties: list[Party], more: Sequence[Party], retold: bool = False) -> None:
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


def _event(group: _Group, event_id: str) -> Event:
    lead, reports = group.lead, group.reports
    return Event(
        id=event_id,
        action=lead.action,
        about=lead.about,
        sources=tuple(group.sources),
        targets=tuple(group.targets),
        place=group.place,
        date=group.when,
        counts=_all_counts(reports),
        status=lead.status,
        attributed_to=next((r.attributed_to for r in reports if r.attributed_to), None),
        weapons=tuple(dict.fromkeys(w for r in reports for w in r.weapons)),
        reciprocal=lead.reciprocal,
        reports=tuple(reports),
    )


def _all_counts(reports: Sequence[EventMention]) -> tuple[Count, ...]:
    """Every count of every report, once for each place in the text."""
    found = {(c.start, c.what): c for report in reports for c in report.counts}
    return tuple(found.values())
