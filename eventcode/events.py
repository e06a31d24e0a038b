"""Events: event mentions of one happening, in one sentence or across the article, become one event.

Two steps. Inside a sentence, casualties ("killing 7") join the act that caused them. Across sentences, mentions of the
same action with compatible parties, place and date join. Every event keeps all its reports, each with the rule by which
it joined (`events/...`), so a merge is explained and `Event.apart` undoes it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from eventcode.groups import Group, has_people, join
from eventcode.happenings import HARM, are_apart, crossed, is_kind, likeness, one_happening, places_fit
from eventcode.lexicon import Action
from eventcode.mentions.order import LAST, SEVERAL
from eventcode.mentions.stage import Stage, with_places
from eventcode.naming import OWN_DAY, TELLS_OF
from eventcode.neutral import HAPPENED, Event, EventDate, EventMention, Party, Place, Rejection, Span
from eventcode.sameness import PRECISE_PLACE, inside, same, same_action, sides_fit
from eventcode.storyline import with_roles
from eventcode.tolls import counts_of

#: Nobody is hurt by these: harm told beside them came of another act.
_HARMLESS = frozenset({"displace", "loot", "deploy", "mobilize"})
#: Harm can come of these even though they are no fight.
_CAUSES = frozenset({"raid", "crackdown", "disperse", "protest", "riot", "mob_violence", "abduct", "coup", "arrest",
                     "release"})
#: Who falls in a fight as one of its sides.
_FIGHTERS = frozenset({"military", "police", "rebel", "militia", "unidentified", "criminal", "armed"})
#: Acts that are the death of those whom they befall.
_KILLINGS = frozenset({"kill", "assassinate"})
_BLASTS = frozenset({"explode", "suicide_bombing"})
#: A report joins one of the events told last; this many are looked at.
_LOOK_BACK = 80
#: So many characters may lie between deaths and the act that explains them.
_NEXT_SENTENCE = 20
#: A place, or a day, so many characters from a bare noun is named with it.
_BESIDE = 20
_DATED_BESIDE = 12


def fuse(mentions: Sequence[EventMention], actions: Mapping[str, Action], again: Sequence[EventMention] = (),
         stage: Stage | None = None, contents: Sequence[EventMention] = ()) -> tuple[list[Event], list[Rejection]]:
    """Events in the order of their first report, and the mentions that are no event of their own.

    again: nouns that make no event ("the attack"); one that names an act told before it joins that act's reports.
    stage: where the article plays, for events that no words place.
    contents: acts that others are about; "investigating a shooting that left two dead" tells the shooting, too.
    """
    mentions = sorted([*mentions, *_told_by_harm(mentions, contents, actions)], key=lambda m: m.trigger.start)
    groups: list[Group] = []
    rejections: list[Rejection] = []
    claims: list[Group] = []
    dead: list[Group] = []
    story: Place | None = None
    names = [_with_own_words(mention) for mention in again]
    for group in _by_sentence(mentions, actions):
        if any(_is_boast(group, claim) for claim in claims):
            rejections.append(_reject(group.lead, "the account of the side that claims the act"))
            continue
        home = _home_of_named(group, names, groups, story, actions)
        story = group.place or story
        if home is not None:
            absorb(home, group)
        elif group.lead.action == "die" and not group.lead.weapons:  # to die "of gunshot wounds" is to be killed
            dead.append(group)
        elif _in_passing(group):
            rejections.append(_reject(group.lead, "only referred to: no clause tells it and nothing dates it"))
        else:
            dead = [found for found in dead if not _explains(group, found, actions)]
            group.told_at = story
            groups.append(group)
            claims += [group] if group.lead.action == "claim_responsibility" else []
    rejections += [_reject(found.lead, "deaths without an act that caused them") for found in dead]
    groups = _without_summaries(groups, actions, rejections)
    _claim(groups, actions)
    _tell_again(groups, names, actions)
    events = [event_of(group, f"e{n}") for n, group in enumerate(groups, start=1)]
    return with_roles(with_places(events, stage), actions), rejections


def _explains(act: Group, dead: Group, actions: Mapping[str, Action]) -> bool:
    """Takes over deaths told right before an act that may have caused them: "Two men were found dead. Police said that
    both had been shot"."""
    near = 0 <= act.lead.sentence.start - dead.lead.sentence.end < _NEXT_SENTENCE
    fits = near and act.lead.asserted and one_happening(act, dead, actions) and places_fit(act, dead, None)
    if fits:
        absorb(act, dead)
        act.reports.sort(key=lambda report: report.trigger.start)
    return fits


def _told_by_harm(mentions: Sequence[EventMention], contents: Sequence[EventMention], actions: Mapping[str, Action],
                  ) -> list[EventMention]:
    """Acts that another is about, of whose dead or hurt the same sentence tells, and no other act that hurt them."""
    harmed = {m.sentence.start for m in mentions if m.action in HARM and m.action != "kill" and m.counts
              and m.status in HAPPENED}
    violent = {m.sentence.start for m in mentions if m.action not in HARM and same_action(m.action, "attack", actions)}
    told = [m for m in contents if m.status in HAPPENED and m.action not in HARM]
    return [m for m in told if m.sentence.start in harmed - violent and same_action(m.action, "attack", actions)]


def _home_of_named(group: Group, names: Sequence[EventMention], groups: Sequence[Group], story: Place | None,
                   actions: Mapping[str, Action]) -> Group | None:
    """The event of which this group may be another report. What a sentence tells of an act that one of its nouns names
    ("the blast wounded ten") belongs to the act that the noun stands for."""
    before, lead = groups[-_LOOK_BACK:], group.lead
    if not lead.known:
        return _home(group, before, story, actions)
    if TELLS_OF not in lead.rules:  # a noun
        own = _with_own_words(lead)
        others = before if lead.asserted else [g for g in before if g.reports[0].sentence != lead.sentence]
        return _home(replace(group, lead=own, place=own.place, when=own.date), others, story, actions)
    name = next((start(name) for name in names if name.sentence.start == lead.sentence.start), None)
    able = [g for g in before if name is None or _home(name, [g], None, actions) is not None]
    return _home(group, able, story, actions, name)


def _tell_again(groups: Sequence[Group], names: Sequence[EventMention], actions: Mapping[str, Action]) -> None:
    """Add bare nouns to the reports of the act they name; they tell nothing that would change it."""
    for mention in names:
        before = [g for g in groups if g.reports[0].sentence.start < mention.sentence.start]
        home = _home(start(mention), before[-_LOOK_BACK:], None, actions)
        if home is not None:
            home.reports.append(_joining(mention, "named-again", counts=(), asserted=False))
            home.reports.sort(key=lambda report: report.trigger.start)


def _with_own_words(word: EventMention) -> EventMention:
    """"The Kirkuk bombing", "Friday's attack in Konna": a place or a day farther off is that of another act."""
    changed: dict[str, Any] = {}
    if word.place is not None and not _stands_beside(word.place, word, _BESIDE):
        changed["place"] = None
    beside = word.date.words is None or _stands_beside(word.date.words, word, _DATED_BESIDE)
    if not beside and OWN_DAY not in word.rules:
        changed["date"] = EventDate()
    return word.model_copy(update=changed) if changed else word


def _stands_beside(told: Place | Span, word: EventMention, most: int) -> bool:
    if told.start is None or told.end is None:
        return True
    return max(told.start - word.trigger.end, word.trigger.start - told.end) <= most


def _home(group: Group, before: Sequence[Group], story: Place | None, actions: Mapping[str, Action],
          name: Group | None = None) -> Group | None:
    """The event told last of which this group may be another report; for an act that is only named ("the bombing"),
    one of its own kind before others.

    name: the noun by which the group's sentence names its act.
    """
    goes_on = story if group.lead.asserted else None
    able = [g for g in reversed(before) if one_happening(g, group, actions) and places_fit(g, group, goes_on)]
    if group.lead.known:
        return _home_of_known(able, name or group, actions)
    named = [] if group.lead.asserted else [g for g in able if is_kind(g, group.lead, actions)]
    return next(iter(named or able), None)


def _home_of_known(able: Sequence[Group], name: Group, actions: Mapping[str, Action]) -> Group | None:
    """Of these, the last first, the one that a noun names: none where it sums up several ("both raids"); of several
    that suit as well the one told first, which the story is about, unless the noun points back ("that attack")."""
    if SEVERAL in name.lead.rules and len(able) > 1:
        return None
    if LAST in name.lead.rules:
        return next(iter(able), None)
    return max(reversed(able), key=lambda g: likeness(g, name, actions), default=None)


def _without_summaries(
    groups: list[Group], actions: Mapping[str, Action], rejections: list[Rejection]
) -> list[Group]:
    """An act told for a province or country is the one told more exactly inside it, or the sum of several such."""
    left = list(groups)
    vague = [g for g in groups if g.place is not None and g.place.precision in ("province", "country")]
    for group in sorted(vague, key=_vagueness, reverse=True)[:_LOOK_BACK]:
        finer = [g for g in left if g is not group and _holds(group, g) and one_happening(g, group, actions)]
        if len(finer) == 1:
            absorb(finer[0], group)
            finer[0].reports.sort(key=lambda r: r.trigger.start)
        elif finer:
            rejections.append(_reject(group.lead, "sums up acts that the text tells one by one"))
        if finer:
            left.remove(group)
    return left


def _vagueness(group: Group) -> int:
    return 0 if group.place is None else PRECISE_PLACE[group.place.precision]


def _holds(vague: Group, fine: Group) -> bool:
    """Is the second group's place a more exact one inside the first's province or country?"""
    return vague.place is not None and fine.place is not None and inside(fine.place, vague.place)


def _is_boast(group: Group, claim: Group) -> bool:
    """What a side that claims responsibility then says that it did is its account of that act, no act beside it."""
    speaker = group.lead.attributed_to
    if speaker is None or claim.lead.action != "claim_responsibility" or claim.lead.status != "actual":
        return False
    return any(same(speaker, party) for party in claim.sources) and any(same(speaker, party) for party in group.sources)


def _claim(groups: Sequence[Group], actions: Mapping[str, Action]) -> None:
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


def _is_claimed(act: Group, claim: Group, actions: Mapping[str, Action]) -> bool:
    return claim.lead.about is None or same_action(claim.lead.about, act.lead.action, actions)


def _in_passing(group: Group) -> bool:
    """'an end to the killing', 'operations have been successful': nothing that tells it or dates it."""
    if any(r.asserted for r in group.reports):
        return False
    dated = any(r.date.basis == "text" and r.date.precision != "year" and "event-date/story-day" not in r.date.rules
                for r in group.reports)  # "118 killings by officers last year" are no act
    harmed = any(report.date.precision == "day" and count.what in ("killed", "injured")
                 for report in group.reports for count in report.counts)
    return not dated or not (group.sources or group.targets or harmed)


def _reject(mention: EventMention, reason: str) -> Rejection:
    trigger = mention.trigger
    return Rejection(
        stage="events", reason=reason, start=trigger.start, end=trigger.end, text=trigger.text, rules=mention.rules
    )


def _by_sentence(mentions: Sequence[EventMention], actions: Mapping[str, Action]) -> list[Group]:
    """Groups of one sentence each: harm joins the nearest act that may have caused it."""
    groups: list[Group] = []
    sentences: dict[int, list[EventMention]] = {}
    for mention in mentions:
        sentences.setdefault(mention.sentence.start, []).append(mention)
    for told in sentences.values():
        harms = [mention for mention in told if _is_harm(mention, told)]
        hosts = [start(mention) for mention in told if mention not in harms]
        for harm in harms:
            host = _cause(harm, [h for h in hosts if _may_cause(h.lead, harm, actions)], actions)
            if host is None:
                hosts.append(start(harm))
            else:
                _take_harm(host, harm)
        groups += sorted(hosts, key=lambda g: g.lead.trigger.start)
    return groups


def _is_harm(mention: EventMention, told: Sequence[EventMention]) -> bool:
    """Is this what an act of the sentence did to people? 'A bomb exploded, killing five' tells one explosion."""
    if mention.action in HARM:
        return not mention.known or TELLS_OF in mention.rules  # "the killings" name an act told before
    return bool(mention.counts) and any(
        other.action == mention.action and not other.counts and other.trigger.start < mention.trigger.start
        for other in told
    )


def start(mention: EventMention) -> Group:
    """A group of one mention."""
    group = Group(mention)
    group.take(mention)
    return group


def _may_cause(host: EventMention, harm: EventMention, actions: Mapping[str, Action]) -> bool:
    if host.status != harm.status and not {host.status, harm.status} <= HAPPENED:
        return False
    if _own_scene(harm, host) or host.action in _HARMLESS or (host.order == "answer" and harm.known):
        return False  # "marched over the killing" is an answer to it
    if host.known and not host.asserted and host.action in _KILLINGS and _kills_others(host, harm):
        return False  # "twenty died in riots after the murder of the mayor"
    crowd = host.action == "protest" and host.sources and harm.sources
    if crowd and not any(same(p, q) for p in host.sources for q in harm.sources):
        return False  # "troops shot two when thousands marched"
    if _done_first(harm, host) and not same_action(host.action, "attack", actions) and host.action not in _CAUSES:
        return False
    return actions[host.action].material or host.action in _CAUSES or host.action in HARM


def _own_scene(harm: EventMention, host: EventMention) -> bool:
    """Has the harm a doer and a town of its own? "Two were killed by a sniper in X, and a bomb exploded in Y"."""
    return bool(harm.sources) and harm.action != "die" and are_apart(harm.place, host.place)


def _kills_others(host: EventMention, harm: EventMention) -> bool:
    """Are those who fell others, or more, than those whom this killing befell?"""
    befell, fell = ({c.best for c in m.counts if c.what == "killed"} for m in (host, harm))
    return not sides_fit(host.targets, harm.targets) or bool(befell and fell and befell.isdisjoint(fell))


def _done_first(harm: EventMention, host: EventMention) -> bool:
    """"They killed two men and burned their house": the fire did not kill them."""
    return harm.action == "kill" and bool(harm.sources) and harm.trigger.start < host.trigger.start


def _cause(harm: EventMention, hosts: list[Group], actions: Mapping[str, Action]) -> Group | None:
    """The nearest host whose parties do not speak against it; violence first, then physical acts, then others."""
    fitting = [h for h in hosts if sides_fit(h.sources, harm.sources)]

    def order(host: Group) -> tuple[bool, bool, bool, int]:
        violent = same_action(host.lead.action, "attack", actions)
        answered = host.lead.known and not host.lead.asserted and TELLS_OF not in harm.rules
        return not violent, answered, host.lead.action in _CAUSES, abs(host.lead.trigger.start - harm.trigger.start)

    return min(fitting, key=order, default=None)


def _take_harm(host: Group, harm: EventMention) -> None:
    """Whom it hit tells whom the act was on, unless the act says so itself."""
    if host.lead.action in _BLASTS and has_people(harm.targets) and not has_people(host.targets):
        host.targets.clear()  # where a bomb went off is no target beside those that it hit
    others = [p for p in harm.targets if not any(same(p, s) for s in host.sources)]
    victims = [p for p in others if not host.targets or any(same(p, t) for t in host.targets)]
    host.report(_joining(harm, "harm-of-the-act"))
    if not host.sources:  # of sides that fought each other none did it to itself
        join(host.sources, [p for p in harm.sources if not any(same(p, t) for t in host.targets)])
    if not host.lead.reciprocal:
        join(host.targets, victims)
    elif not host.sources or not host.targets:
        _fought_by_the_fallen(host, harm)


def _fought_by_the_fallen(host: Group, harm: EventMention) -> None:
    """Fighters who fell are a side of the fight that it does not tell: "two rebels died in a clash with troops"; of
    two camps they are both: "nine soldiers and four rebels were killed in fighting"."""
    told = (*host.sources, *host.targets)
    fallen = [party for party in harm.targets
              if not _FIGHTERS.isdisjoint(party.traits) and not any(same(party, one) for one in told)]
    if told:
        join(host.targets if host.sources else host.sources, fallen)
    elif others := [party for party in fallen if _camp(party) != _camp(fallen[0])]:
        join(host.sources, [party for party in fallen if party not in others])
        join(host.targets, others)


def _camp(party: Party) -> str:
    """A state's soldiers and police fight on one side; others each for their own."""
    return "state" if "state" in party.traits else party.key


def absorb(home: Group, group: Group) -> None:
    """A later report joins; the more telling action leads (an explosion tells more than a killing)."""
    if (home.lead.action in HARM and group.lead.action not in HARM) or (
        not home.lead.asserted and group.lead.asserted and home.lead.action == group.lead.action
    ):
        home.lead = group.lead
    why = "named-again" if group.lead.known else "told-again"
    home.report(*(_joining(report, why) for report in group.reports))
    sources, targets = (group.targets, group.sources) if crossed(home, group) else (group.sources, group.targets)
    join(home.sources, sources, retold=True)
    if not home.lead.reciprocal or not home.targets:
        join(home.targets, [p for p in targets if not any(same(p, s) for s in home.sources)], retold=True)


def _joining(mention: EventMention, why: str, **changed: Any) -> EventMention:
    """A report with the rule by which it joins an event."""
    return mention.model_copy(update={"rules": (*mention.rules, f"events/{why}"), **changed})


def event_of(group: Group, event_id: str) -> Event:
    """The event that a group's mentions tell."""
    lead, reports = group.lead, group.reports
    return Event(
        id=event_id,
        action=lead.action,
        about=lead.about,
        sources=tuple(group.sources),
        targets=tuple(group.targets),
        place=group.place,
        date=group.when,
        counts=counts_of(reports),
        status=lead.status,
        attributed_to=next((r.attributed_to for r in reports if r.attributed_to), None),
        weapons=tuple(dict.fromkeys(w for r in reports for w in r.weapons)),
        reciprocal=lead.reciprocal,
        reports=tuple(reports),
    )
