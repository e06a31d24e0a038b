"""The ACLED-style ontology: which events are coded, as what, and which records they make together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import Any

from eventcode.article import FIRST_YEAR
from eventcode.neutral import HAPPENED, Event, EventMention, Place, Rejection, Span
from eventcode.ontologies.acled import parties, wording
from eventcode.ontologies.acled.cells import record
from eventcode.ontologies.acled.checks import CHECKS, follows
from eventcode.ontologies.acled.completed import takes_a_thing
from eventcode.ontologies.acled.gatherings import is_grave
from eventcode.ontologies.acled.reading import read_together
from eventcode.ontologies.acled.record import AcledRecord
from eventcode.ontologies.acled.reports import Group, Report, Side, group, pairs, share
from eventcode.ontologies.acled.tables import FOLDER, theatres
from eventcode.ontologies.acled.whenwhere import Where, nowhere, when, where
from eventcode.ontologies.base import Coding, Facts, Match, Ontology, Reading, facts
from eventcode.ontologies.seats import Seat, Town
from eventcode.ontologies.sentences import before_trigger, behind_trigger
from eventcode.rules import read_csv

#: Types of which a report that tells the day is an event of its own even where its place is in no gazetteer.
_OF_A_DAY = frozenset({"Battles", "Explosions/Remote violence", "Violence against civilians",
                       "Strategic developments"})

#: What a count of nobody says not to have happened.
_HARM = frozenset({"injure", "kill", "die"})

#: What may hurt people gravely and mostly does not.
_HURTS = frozenset({"beat", "attack", "disperse", "crackdown", "clash"})

#: What two sides do where one of them is at home.
_FOUGHT = frozenset({"clash", "attack", "ambush", "raid", "repel_attack", "offensive", "capture_territory",
                     "retake_territory", "bombard", "shoot", "kill"})

#: Moves of forces and of people.
_MOVES = frozenset({"deploy", "withdraw_forces", "mobilize", "displace"})

#: What only a crowd does, or is done to a crowd alone.
_GATHERED = parties.CROWD_SOURCE | (parties.CROWD_TARGET - {"crackdown"}) | {"destroy_property", "loot"}

#: What people are who are nothing more than people.
_PLAIN = frozenset({"civilian", "person", "children", "women", "group"})

#: How many characters of a text are its lead, which says what it is about.
_LEAD = 600

#: From how many people on detentions are mass arrests, and what that many are called in the facet `outcome`.
MASS = 10


class AcledOntology(Ontology):
    """Codes neutral events in the manner of the ACLED codebook (2024), 31 columns and text labels.

    `seat` finds the capital of a province; None stands for the gazetteer of this machine, opened when first needed.
    """

    name = "acled"
    record = AcledRecord
    folder = FOLDER
    checks = CHECKS
    words = MappingProxyType({"source": parties.WORDS, "target": parties.WORDS})
    codes_by_action = True
    seat: Seat | None = None
    #: Sub-event types that may stand for a whole country (A2: country only "for some" Strategic developments).
    country_only = frozenset({"Agreement", "Change to group/activity", "Other"})

    @cached_property
    def allowed(self) -> Mapping[str, frozenset[str]]:
        found = {}
        for column, file in self.description.codes.items():
            extra = ("number", "definition", "rank", "event_type", "disorder_type", "one_sided", "civilian_targeting")
            found[column] = frozenset(row["code"] for _, row in read_csv(self.folder / file, ("code", "title"), extra))
        return found

    def follows(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """Columns that others of the row fix, with what they must be."""
        return follows(row)

    def codable(self, families: Mapping[str, str], kinds: Mapping[str, tuple[str, ...]]) -> frozenset[str] | None:
        """Also a withdrawal, which may be read as handing over what was left, and deaths that arms explain."""
        return (super().codable(families, kinds) or frozenset()) | {"withdraw_forces", "die"}

    def code(self, reading: Reading) -> Coding:
        """Records of one article in text order, and a rejection with its reason for every other event."""
        coding = Coding()
        reports: list[Report] = []
        told = read_together(reading.events, reading.mentions, reading.article.text)
        coding.rejections += [self.reject(toll, f"its dead are counted with {fight.action}", "acled/fatalities")
                              for toll, fight in told.absorbed]
        left = {event.id for event in told.events} | {toll.id for toll, _ in told.absorbed}
        coding.rejections += [self.reject(event, "part of what another event of the story tells", "acled/story")
                              for event in reading.events if event.id not in left]
        for event in told.events:
            found = self._reports(event, reading)
            if isinstance(found, Rejection):
                coding.rejections.append(found)
            else:
                reports += found
        unplaced: list[Group] = []
        for same in group(reports):
            made = self._record(same, reading)
            if isinstance(made, AcledRecord):
                coding.records.append(made)
            elif _is_gathering(same) and all(rejected.rules[:1] == ("acled/place",) for rejected in made):
                unplaced.append(same)
            else:
                coding.rejections += made
        self._add_unplaced(coding, unplaced, reading)
        return coding

    def _add_unplaced(self, coding: Coding, unplaced: Sequence[Group], reading: Reading) -> None:
        """A demonstration of which only the country, or not even that, is told: the one event of its text if no other
        is coded, with its place blank and a warning; beside placed events it is rejected (A2)."""
        for same in unplaced:
            if coding.records:
                coding.rejections += self._reject_all(same, "no place is told, and other events of the text have one "
                                                            "(A2)", "acled/place")
            elif same.place is None and not any(map(_is_public, same.reports)):
                coding.rejections += self._reject_all(same, "no place is told, and no more than that people march (A2)",
                                                      "acled/place")
            else:
                located = where(same.place, same.winner.home, self._seat) or nowhere()
                coding.records.append(record(self, same, same.when, located, reading))

    def match(self, event: Event, reading: Reading) -> Match | None:
        """The rule of the event's first pair of sides that has one."""
        home = _home(event)
        for source, target in pairs(event, reading.mentions.actors):
            if found := self._match(event, source, target, home, reading):
                return found
        return None

    def _reports(self, event: Event, reading: Reading) -> list[Report] | Rejection:
        if event.status not in HAPPENED:
            return self.reject(event, f"status is {event.status}: only what happened is coded", "acled/status")
        if not _tells(event):
            reason = "background mention: a bare noun, or a move, without a date or place of its own"
            return self.reject(event, reason, "acled/background")
        if _is_history(event):
            return self.reject(event, "told as what has been going on, not as an event of a day", "acled/background")
        if takes_a_thing(event):
            return self.reject(event, "a thing is carried off, nobody is taken", "acled/no-rule")
        if event.action in _HARM and event.counts and all(count.qualifier == "none" for count in event.counts):
            return self.reject(event, "nobody was hurt", "acled/status")
        home, told = _home(event) or _usual_country(event, reading), when(event.date, reading.article.text)
        if told is None and event.date.start is not None:  # it must not join, and outrank, what is dated
            return self.reject(event, "no date as exact as a month: told as background", "acled/date")
        made = pairs(event, reading.mentions.actors)
        if not made:
            return self.reject(event, "no actor of the event is known", "acled/actors")
        found = []
        for number, (source, target) in enumerate(made):
            if match := self._match(event, source, target, home, reading):
                found.append(Report(event, source, target, match, told, share(event, made, number), home))
        return found or self.reject(event, _uncoded(event, reading), "acled/no-rule")

    def _match(self, event: Event, source: Side, target: Side, home: str | None, reading: Reading) -> Match | None:
        return self.matched(_facts(event, source, target, home, reading), event, reading, "sub_event_type")

    def _record(self, same: Group, reading: Reading) -> AcledRecord | list[Rejection]:
        winner, told = same.winner, same.when
        undated = reading.article.published is None and all(r.event.date.start is None for r in same.reports)
        if told is None and not undated:
            return self._reject_all(same, "no date as exact as a month, of the event or of publication", "acled/date")
        if told is not None and told.day.year < FIRST_YEAR:
            return self._reject_all(same, f"dated {told.day.year}: not of the years that are coded", "acled/date")
        located = where(same.place, winner.home, self._seat)
        if located is None:
            return self._reject_all(same, "no place, and the parties point to no one country", "acled/place")
        fault = self._fault(winner, located)
        if fault:
            return self._reject_all(same, fault, "acled/place")
        return record(self, same, told, located, reading)

    def _fault(self, winner: Report, located: Where) -> str | None:
        """What keeps a group from being a record, or None."""
        if located.admin1 or located.latitude is not None or "acled/place/city-state" in located.evidence.rules:
            return None
        if winner.sub_event.name in self.country_only:
            known = any(party.country or party.actor_id for party in (*winner.source, *winner.target))
            return None if known else "only a country, and whose forces they are is not told"
        dated = winner.when is not None and winner.when.precision == 1
        if dated and winner.sub_event.event_type in _OF_A_DAY:
            return None  # the day is told: kept, and a warning says what is missing of the place
        if same_place := winner.event.place:
            named = same_place.precision != "country" and same_place.start is not None
            if named and (dated or winner.sub_event.event_type in _OF_A_DAY):
                return None  # the place is told by name, though no gazetteer has it
        return "no place within the country: at least a province, or the day of an attack, is needed (A2)"

    def _reject_all(self, same: Group, reason: str, rule: str) -> list[Rejection]:
        return [self.reject(report.event, reason, rule, report.match.rule.id) for report in same.reports]

    def _seat(self, country: str, admin1: str) -> Town | None:
        if self.seat is not None:
            return self.seat(country, admin1)
        from eventcode.gazetteer import Gazetteer  # built on first use: only when a province must be stood for

        return Gazetteer.open().seat(country, admin1)


def _is_gathering(same: Group) -> bool:
    """Is this the demonstration or riot that a text is about? Words of gathering, rioting or breaking up a crowd tell
    it in the text's lead."""
    kind = same.winner.sub_event.event_type
    if kind not in ("Protests", "Riots"):
        return False
    return any(report.position < _LEAD and (report.event.action in _GATHERED or _of_a_crowd(report.event))
               for report in same.reports)


def _is_public(report: Report) -> bool:
    """Is more told than that some people march or protest: who they are, how many, against what, in words of more than
    one entry? "Hikers march for six days" tells no protest."""
    event = report.event
    known = any(not _PLAIN.issuperset(party.traits) for party in (*event.sources, *event.targets))
    aimed = event.about is not None or bool(event.targets) or bool(event.counts)
    return known or aimed or any(len(told.rules) > 1 for told in event.reports)


def _of_a_crowd(event: Event) -> bool:
    return any(parties.is_crowd(party) for party in (*event.sources, *event.targets))


def _tells(event: Event) -> bool:
    """Is it reported, and not only mentioned as known? A day or place in the same sentence is a report, too.

    Forces and people come and go in every story; a move is an event of its own where its sentence tells the day.
    """
    own = [report.sentence for report in event.reports]
    if event.action in _MOVES and not _in(own, event.date.words):
        return False
    if any(report.asserted for report in event.reports):
        return True
    located = event.place if event.place is not None and event.place.precision != "country" else None
    return _in(own, event.date.words) or _in(own, located)


_PERFECT = wording.pattern("perfect-before")
_HISTORY = wording.pattern("history")
_RELATED = wording.pattern("had-related")


_STATISTIC = wording.pattern("statistic")


def _is_history(event: Event) -> bool:
    """"Militants have carried out several attacks since August": every report tells a habit, none a day of its own;
    "attacks had fallen by half": none tells an act."""
    if all(not report.asserted and _STATISTIC.match(behind_trigger(report)) for report in event.reports):
        return True
    if all(_tells_of_before(report, event.date.words) for report in event.reports):
        return True
    return event.date.basis != "text" and all(_tells_history(report) for report in event.reports)


def _tells_of_before(report: EventMention, day: Span | None) -> bool:
    """"Freed the men whom they had abducted": told of people to say who they are, on no day of its own."""
    begin = report.sentence.start
    found = _RELATED.search(before_trigger(report))
    return found is not None and (day is None or not begin + found.start() < day.start < report.sentence.end)


def _tells_history(report: EventMention) -> bool:
    return _PERFECT.search(before_trigger(report)) is not None and _HISTORY.search(report.sentence.text) is not None


def _in(sentences: Iterable[Span], words: Span | Place | None) -> bool:
    if words is None or words.start is None:
        return False
    return any(sentence.start <= words.start < sentence.end for sentence in sentences)


def _home(event: Event) -> str | None:
    """The country of the event: its place's, else the one most of its parties belong to, None in a tie."""
    if event.place is not None and event.place.country:
        return event.place.country
    sides = (*event.sources, *event.targets)
    votes = Counter(party.country for party in sides if party.country).most_common(2)
    missions = [theatres()[party.actor_id] for party in sides if party.actor_id in theatres()]
    if missions and not votes:
        return missions[0]
    if not votes or (len(votes) == 2 and votes[0][1] == votes[1][1]):
        rebels = {party.country for party in sides if party.country and parties.is_armed_group(party)}
        fought = event.action in _FOUGHT and len(rebels) == 1  # foreign troops fight rebels where those are at home
        return rebels.pop() if fought else None
    return votes[0][0]


def _usual_country(event: Event, reading: Reading) -> str | None:
    """The country that more party mentions of the article have than any other; of two, for a place in no gazetteer,
    the one named first."""
    votes = Counter(party.country for party in reading.mentions.actors if party.country).most_common(2)
    clear = bool(votes) and (len(votes) == 1 or votes[0][1] > votes[1][1] or event.place is not None)
    return votes[0][0] if clear else None


def _facts(event: Event, source: Side, target: Side, home: str | None, reading: Reading) -> Facts:
    """What rules may ask of one pair: the plain facts, and for each side the codebook's classes and kinds."""
    pair = event.model_copy(update={"sources": source, "targets": target})
    plain, day = facts(pair, reading), event.date.start
    crowd_source = parties.is_crowd_act(event.action, event.sources)
    crowd_target = event.action in parties.CROWD_TARGET
    mass = any(count.what == "detained" and (count.best or count.low or 0) >= MASS for count in event.counts)
    return {**plain,
            "source": plain["source"] | parties.words(source, "source", home, day, crowd_source),
            "target": plain["target"] | parties.words(target, "target", home, day, crowd_target),
            "outcome": plain["outcome"] | ({"mass"} if mass else set()) | (
                {"grave"} if event.action in _HURTS and is_grave(event, reading.article.text) else set())}


def _uncoded(event: Event, reading: Reading) -> str:
    family = reading.families.get(event.action, "this kind of act")
    return f"no rule codes {event.action} ({family}) between these sides: not an event of this codebook"
