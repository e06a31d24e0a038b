"""The cells of one record: every column of a group of reports with its evidence."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from eventcode.neutral import Count, Evidence, Party, Span
from eventcode.ontologies.acled import parties, wording
from eventcode.ontologies.acled.names import COMMUNAL, Actor, Naming
from eventcode.ontologies.acled.notes import crowd_size, notes
from eventcode.ontologies.acled.record import AcledRecord
from eventcode.ontologies.acled.reports import Group, Report, Side
from eventcode.ontologies.acled.tables import interaction, regions
from eventcode.ontologies.acled.whenwhere import When, Where
from eventcode.ontologies.base import Reading
from eventcode.ontologies.counts import DEADLY, Tally, is_deadly, lowest, tally, uncounted_dead
from eventcode.records import Alternative

if TYPE_CHECKING:
    from eventcode.ontologies.acled.ontology import AcledOntology

_CROWD_EVENTS = ("Protests", "Riots")
_BOMBER_AMONG = wording.pattern("bomber-among-the-dead")
#: Who counts these among the dead has counted the bomber.
_ATTACKERS = (["attackers"], ["assailants"], ["bombers"], ["bomber"], ["attacker"])
_PRONOUNS = wording.words("pronouns")
_BRAWLS = wording.words("brawls")
#: From how many people on those driven away are a crowd, and not those who were hurt.
_CROWD = 30
_VIOLENCE = ("Battles", "Explosions/Remote violence", "Violence against civilians")


@dataclass
class Cells:
    """Values and evidence of one row as it is filled."""

    values: dict[str, Any] = field(default_factory=dict)
    provenance: dict[str, Evidence] = field(default_factory=dict)

    def put(self, evidence: Evidence, **values: Any) -> None:
        """Fill columns that share one evidence; what is blank or None needs none and stays without."""
        for column, value in values.items():
            if value not in (None, ""):
                self.values[column], self.provenance[column] = value, evidence


def record(ontology: AcledOntology, together: Group, told: When | None, located: Where,
           reading: Reading) -> AcledRecord:
    """The record of one group of reports."""
    winner = together.winner
    cells = Cells()
    home = located.country.iso3 if located.country else None
    naming = Naming(home, told.day if told else None, winner.sub_event.event_type, winner.sub_event.name)
    actor1, actor2 = _actors(winner, together, naming)
    _put_type(cells, winner)
    if told is not None:
        cells.put(told.evidence, event_date=told.day, year=told.day.year, time_precision=told.precision)
    else:
        naming.warnings.append("no date in the text, and the day of publication was not given")
    _put_where(cells, located)
    _put_actors(cells, actor1, actor2)
    _put_targeting(cells, winner, actor1, actor2)
    _put_deaths(cells, together)
    _put_words(cells, together, told, located, reading)
    events = {report.event.id: report.event for report in together.reports}
    return AcledRecord(**cells.values, provenance=cells.provenance, alternatives=_alternatives(together),
                       meta=ontology.meta(reading, *events.values(),
                                          warnings=(*located.warnings, *dict.fromkeys(naming.warnings))))


def _put_type(cells: Cells, winner: Report) -> None:
    report = winner.event.reports[0]
    kind = winner.sub_event
    why = _words(report.trigger, (*report.rules, winner.match.rule.id))
    cells.put(why, event_type=kind.event_type, sub_event_type=kind.name)
    cells.put(_words(report.trigger, (winner.match.rule.id, "acled/disorder-type")), disorder_type=kind.disorder_type)


def _put_where(cells: Cells, located: Where) -> None:
    if country := located.country:
        cells.put(located.evidence, iso=int(country.iso_numeric or 0), country=country.acled_name or country.name,
                  region=country.acled_region if country.acled_region in regions() else None)
    cells.put(located.evidence, admin1=located.admin1,
              admin2=located.admin2, location=located.location, latitude=located.latitude, longitude=located.longitude,
              geo_precision=located.precision)


def _actors(winner: Report, together: Group, naming: Naming) -> tuple[Actor, Actor | None]:
    """actor1 and actor2: source and target, but a crowd comes first in Protests and Riots, and whoever suffers
    Violence against civilians comes second (A9). An armed side that no words name is unidentified."""
    source, target = _both_sides(winner, together)
    event_type = winner.sub_event.event_type
    crowds = event_type != "Battles"
    first = _named(source, winner, naming, winner.crowd_source and crowds) if source else None
    second = _named(target, winner, naming, winner.crowd_target and crowds, suffers=True) if target else None
    if event_type in _CROWD_EVENTS and _is_crowd(second) and not (_is_crowd(first) and _ranks(first) >= _ranks(second)):
        first, second = second, first
    if first is not None and second is not None and _hands_over(winner):
        return second, first
    hurt = second is not None and ("acled/actors/counted" in second.evidence.rules or _is_of_a_brawl(winner))
    if first is not None and (second is None or hurt) and winner.sub_event.name == "Mob violence" and _is_brawl(winner):
        return first, naming.other_crowd()
    if first is not None and second is None and winner.sub_event.name in _UNTOLD:
        return first, _UNTOLD[winner.sub_event.name](naming)
    if winner.event.action == "find_grave":
        return naming.unidentified(), second
    if first is not None and second is None and winner.sub_event.name == "Excessive force against protesters":
        broken_up = any(report.event.action in ("disperse", "crackdown") for report in together.reports)
        return first, naming.police() if broken_up else naming.unidentified()
    if second is not None and first is None and winner.sub_event.name == "Arrests":
        return naming.police(), second
    if second is not None and first is None and event_type not in _VIOLENCE:
        return second, None
    if second is None and event_type == "Battles":
        second = naming.unidentified()
        naming.warnings.append("the other side of the battle is not told")
    return first or naming.unidentified(), second


def _hands_over(winner: Report) -> bool:
    """"The army left the fort to the rebels": told by what the side does that loses the place; who gains it is named
    first, as in the codebook's examples."""
    return winner.event.action == "transfer_territory" \
        and winner.event.reports[0].action in ("transfer_territory", "withdraw_forces")


#: Who is on the other side where no words say so: those who intervene, and those whose home or goods are destroyed.
_UNTOLD = {"Protest with intervention": Naming.police, "Mob violence": Naming.owners,
           "Looting/property destruction": Naming.owners}


def _is_brawl(winner: Report) -> bool:
    """"Clashes broke out between villagers of two hamlets", "two groups clashed": both sides are crowds."""
    nobody = winner.event.action == "mob_violence" and not winner.event.sources
    return nobody or winner.event.action == "clash"


def _is_of_a_brawl(winner: Report) -> bool:
    """"Nine people were hurt when two groups clashed": those hurt are of the groups, which no words name."""
    first = winner.event.reports[0]
    fought = first.trigger.text.casefold() in _BRAWLS
    return winner.event.action == "mob_violence" and not winner.event.sources and fought


def _ranks(actor: Actor | None) -> int:
    """In which order two crowds stand: who protests before who attacks them."""
    return int(actor is not None and actor.inter == parties.PROTESTERS)


def _is_crowd(actor: Actor | None) -> bool:
    return actor is not None and actor.inter in (parties.RIOTERS, parties.PROTESTERS)


def _both_sides(winner: Report, together: Group) -> tuple[Side, Side]:
    """The winner's sides; an empty one is filled from another report of the group that knows both."""
    source, target = (_with_allies(side, winner, together) for side in (winner.source, winner.target))
    if winner.sub_event.name == "Violent demonstration" and not any(map(_is_force, (source, target))):
        target = next((side for report in together.reports for side in (report.source, report.target)
                       if _is_force(side)), target) if source else target
    if (source and target) or len(together.reports) == 1:
        return source, target
    for report in together.reports:
        for side in (report.source, report.target):
            if side and report.side_key(side) not in winner.keys:
                return (source or side), (target or side if source else target)
    return source, target


def _is_force(side: Side) -> bool:
    """Soldiers or police: with them a crowd fights, whoever else is hurt."""
    return bool(side) and parties.is_armed_state(side[0])


def _with_allies(side: Side, winner: Report, together: Group) -> Side:
    """The side with what other reports of the group call the same actor: "protesters" here, "teachers" there."""
    if not side:
        return side
    mine = winner.side_key(side)
    others = [more for report in together.reports if report is not winner for more in (report.source, report.target)
              if more and report.side_key(more) == mine]
    found = {party.text.casefold(): party for more in reversed([side, *others]) for party in reversed(more)
             if more is side or not (mine == "crowd" and parties.is_combatant(party, "target"))}
    return (side[0], *(party for party in reversed(found.values()) if party.text.casefold() != side[0].text.casefold()))


def _named(side: Side, winner: Report, naming: Naming, crowd: bool, suffers: bool = False) -> Actor:
    event_type, lead = naming.event_type, side[0]
    armed = parties.is_combatant(lead, "target" if suffers else "source") or parties.is_crowd(lead) or crowd
    if event_type == "Protests" and not suffers and not armed and not winner.target:
        return naming.actor(side, crowd=True)
    if event_type == "Protests" and not suffers and not armed:  # people who set upon protesters are rioters
        side = (lead.model_copy(update={"traits": (*lead.traits, "rioter")}), *side[1:])
        return naming.actor(side, crowd=True)
    if event_type == "Battles" and not armed and not COMMUNAL.isdisjoint(lead.traits):
        return naming.actor(side)
    if event_type == "Battles":
        side = tuple(party for party in side if parties.camp(party) != "people") or side
    if not suffers and event_type in _VIOLENCE and not armed:  # whoever blows up a device is armed, whatever the words
        return replace(naming.unidentified(), evidence=_words(lead, (*lead.rules, "acled/actors/unidentified")))
    if event_type == "Riots" and not armed and not (suffers and winner.event.action != "clash"):
        return naming.actor(side, crowd=True)
    if event_type == "Riots" and suffers and ("criminal" in lead.traits or "country" in lead.traits):
        return naming.actor(side, crowd, victims=True)  # whom a mob suspects of a crime is a civilian to the codebook
    unarmed = suffers and not armed and "country" not in lead.traits and (
        event_type in _VIOLENCE or event_type == "Riots" or winner.sub_event.name == "Arrests")
    return naming.actor(side, crowd, victims=(suffers and event_type == "Violence against civilians") or unarmed)


def _put_actors(cells: Cells, actor1: Actor, actor2: Actor | None) -> None:
    cells.put(actor1.evidence, actor1=actor1.name, inter1=actor1.inter)
    cells.put(actor1.allies_evidence, assoc_actor_1="; ".join(actor1.allies))
    if actor2 is not None:
        cells.put(actor2.evidence, actor2=actor2.name, inter2=actor2.inter)
        cells.put(actor2.allies_evidence, assoc_actor_2="; ".join(actor2.allies))
    rules = (*actor1.evidence.rules[-1:], *(actor2.evidence.rules[-1:] if actor2 else ()), "acled/interaction")
    label = interaction(actor1.inter, actor2.inter if actor2 else "")
    cells.put(Evidence(rules=tuple(dict.fromkeys(rules))), interaction=label)


def _put_targeting(cells: Cells, winner: Report, actor1: Actor, actor2: Actor | None) -> None:
    """Civilians targeted: fixed by the sub-event type, or where civilians are the target (A10)."""
    hit = actor2 is not None and actor2.inter == parties.CIVILIANS
    if winner.sub_event.targeting == "always" or (winner.sub_event.targeting == "depends" and hit):
        evidence = actor2.evidence if actor2 is not None and hit else actor1.evidence
        cells.put(evidence.model_copy(update={"rules": (*evidence.rules, "acled/civilian-targeting")}),
                  civilian_targeting="Civilians targeted")


def _put_deaths(cells: Cells, together: Group) -> None:
    """The most conservative figure reported, 0 where none is; a suicide bomber who dies is counted (A13)."""
    found = fatalities(together)
    words = found.counts[0] if found and found.counts else None
    rules = (*(words.rules if words else ()), *(found.rules if found else ()),
             "acled/fatalities/lowest" if found else "acled/fatalities/none-reported")
    cells.put(_words(words, tuple(dict.fromkeys(rules))), fatalities=found.low if found else 0)


def fatalities(together: Group) -> Tally | None:
    """The deaths of all reports of a group as one tally, or None where none is reported."""
    found = tally(count for report in together.reports for count in (*report.counts, *_beside(report)))
    if found is None:
        unnumbered = (uncounted_dead(report.event) for report in together.reports)
        found = next((dead for dead in unnumbered if dead is not None), None)
    bomb = next((r for r in together.reports if r.sub_event.name == "Suicide bomb"), None)
    counted = any((count.who or "").casefold().split()[-1:] in _ATTACKERS for report in together.reports
                  for count in report.counts if count.what == "killed")
    counted = counted or any(_BOMBER_AMONG.search(told.sentence.text)
                             for report in together.reports for told in report.event.reports)
    if bomb is not None and bomb is together.winner and not counted:
        size = next((party.size for party in bomb.source
                     if party.size is not None and "bomber" in party.text.casefold()), None)
        bombers = max(1, (lowest(size) or 1) if size is not None else 1)
        died = Tally(bombers, bombers, bombers, (), ("acled/fatalities/bomber",))
        found = died if found is None else found + died
    return found


def _told_dead(report: Report) -> tuple[Party, ...]:
    """Whom any sentence of the report's event tells to have been killed, or the report's target."""
    killed = (party for told in report.event.reports if told.action in DEADLY for party in told.targets)
    return tuple({party.start: party for party in (*report.target, *killed)}.values())


def _beside(report: Report) -> tuple[Count, ...]:
    """"A councillor and her driver were shot dead", "killing him and eight others": the one whom no count has."""
    killed = [count for count in report.counts if count.what == "killed" and (count.best == 1 or count.more)]
    if not killed or not is_deadly(report.event):
        return ()
    made = [Count(start=party.start, end=party.end, text=party.text, what="killed", who=party.text, low=1, best=1,
                  high=1, rules=("counts/one-person",))
            for party in _told_dead(report) if party.size is None and "person" in party.traits
            and (party.name is not None or party.text.casefold() in _PRONOUNS)
            for count in killed if party.end < count.start <= party.end + len(" and ")]
    return tuple(made[:1])


def _put_words(cells: Cells, together: Group, told: When | None, located: Where, reading: Reading) -> None:
    report = together.winner.event.reports[0]
    counts = _all_counts(together)
    cells.put(_words(report.sentence, ("acled/notes",)), notes=notes(told, located, together, counts))
    if reading.article.outlet:
        cells.put(Evidence(rules=("article/outlet",)), source=reading.article.outlet)
    if together.winner.sub_event.event_type in _CROWD_EVENTS:
        sizes = (*counts, *_dispersed(together))
        size = next((count for count in sizes if count.what == "participants" and count.qualifier != "none"), None)
        cells.put(_words(size, ("acled/tags/crowd-size",)), tags=f"crowd size={crowd_size(size)}")


def _dispersed(together: Group) -> tuple[Count, ...]:
    """How many a crowd was that was broken up: "fired in the air to disperse hundreds of demonstrators"."""
    return tuple(party.size.model_copy(update={"what": "participants"}) for report in together.reports
                 if report.event.action in parties.CROWD_TARGET for party in report.target
                 if party.size is not None and (party.size.best or party.size.low or 0) >= _CROWD
                 and party.size.start < report.event.reports[0].sentence.end)


def _all_counts(together: Group) -> tuple[Count, ...]:
    found = {(count.start, count.end, count.what): count for report in together.reports for count in report.counts}
    return tuple(found[span] for span in sorted(found))


def _alternatives(together: Group) -> dict[str, tuple[Alternative, ...]]:
    """What lost: other rules on the winning event, and other reports of the same pair, place and day."""
    winner = together.winner
    lost = list(winner.match.lost)
    for report in together.reports:
        if report is not winner:
            reason = f"same actors, place and day: {winner.sub_event.name} ranks before it" \
                if report.sub_event.name != winner.sub_event.name else "reports the same event"
            lost.append(Alternative(value=report.sub_event.name, rule=report.match.rule.id, reason=reason))
    return {"sub_event_type": tuple(dict.fromkeys(lost))} if lost else {}


def _words(span: Span | None, rules: tuple[str, ...]) -> Evidence:
    """Evidence of these words; without words, of the rules alone."""
    if span is None:
        return Evidence(rules=rules)
    return Evidence(start=span.start, end=span.end, text=span.text, rules=rules)
