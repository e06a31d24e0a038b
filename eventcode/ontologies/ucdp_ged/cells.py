"""The cells of one GED-style record, each with its evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from eventcode import countries
from eventcode.neutral import Event, EventDate, Evidence, Place, Span
from eventcode.ontologies.base import Reading
from eventcode.ontologies.ucdp_ged.deaths import Deaths, deaths
from eventcode.ontologies.ucdp_ged.record import UcdpGedRecord, priogrid
from eventcode.ontologies.ucdp_ged.sides import Side, country_name

if TYPE_CHECKING:
    from eventcode.ontologies.ucdp_ged.ontology import Fight, UcdpGed


_WHERE = {"exact": 1, "near": 2, "district": 3, "province": 4, "country": 6}


@dataclass
class Cells:
    """Values and evidence of one row as it is filled."""

    values: dict[str, Any] = field(default_factory=dict)
    provenance: dict[str, Evidence] = field(default_factory=dict)

    def put(self, words: Span | Place | None, rules: Sequence[str], **values: Any) -> None:
        """Fill columns that share one evidence; None needs none."""
        evidence = Evidence(rules=tuple(dict.fromkeys(rules)))
        if words is not None and words.start is not None:
            evidence = evidence.model_copy(update={"start": words.start, "end": words.end, "text": words.text})
        for column, value in values.items():
            if value is not None:
                self.values[column], self.provenance[column] = value, evidence


@dataclass(frozen=True)
class Days:
    """First and last possible day and GED's date_prec."""

    first: date
    last: date
    precision: int
    rule: str


def days(told: EventDate) -> Days | None:
    """The days of an event, or None without a date or where they lie in two calendar years.

    date_prec: 1 a day, 2 two to six days, 3 a week, 4 up to a month, 5 up to a year. A day that only the publication
    gives is known to a few days, 2.
    """
    if told.start is None:
        return None
    last = told.end or told.start
    if last.year != told.start.year:
        return None
    if told.basis != "text":
        return Days(told.start, last, 2, "ucdp-ged/date/published")
    length = (last - told.start).days + 1
    precision = next(code for limit, code in ((1, 1), (6, 2), (7, 3), (31, 4), (366, 5)) if length <= limit)
    return Days(told.start, last, precision, "ucdp-ged/date/text")


def record(ontology: UcdpGed, fights: Sequence[Fight], reading: Reading) -> UcdpGedRecord | None:
    """The record of one dyad's fights at one place and time; None where none of the dead falls to this dyad."""
    main = fights[0]
    side_a, side_b = _ordered(main)
    counts = {(count.start, count.end): count for fight in fights for count in fight.counts}
    dead = deaths([fight.event for fight in fights], list(counts.values()), side_a, side_b, reading.mentions.actors)
    told = days(main.event.date)
    if told is None or max(dead.high, dead.best) == 0:
        return None
    cells = Cells()
    _put_dyad(cells, main, side_a, side_b)
    _put_days(cells, main.event, told)
    warnings = _put_place(cells, main, ontology)
    _put_deaths(cells, dead)
    _put_sources(cells, main.event, reading)
    events = {fight.event.id: fight.event for fight in fights}
    lost = {"type_of_violence": main.match.lost} if main.match.lost else {}
    return UcdpGedRecord(**cells.values, provenance=cells.provenance, alternatives=lost,
                         meta=ontology.meta(reading, *events.values(), warnings=warnings))


def _ordered(fight: Fight) -> tuple[Side, Side]:
    """Side A is the government (type 1) or whoever attacks civilians (type 3); two groups go by the alphabet, since
    their order says nothing; between two governments the one that acts comes first."""
    source, target = fight.source, fight.target
    if source.kind == "group" and target.kind == "government":
        return target, source
    if source.kind == target.kind == "group":
        source, target = sorted((source, target), key=lambda side: side.name(fight.home).casefold())
    return source, target


def _put_dyad(cells: Cells, fight: Fight, side_a: Side, side_b: Side) -> None:
    report, rule = fight.event.reports[0], fight.match.rule
    kind = int(rule.codes["type_of_violence"])
    name_a, name_b = side_a.name(fight.home), side_b.name(fight.home)
    dyad = f"{name_a} - {name_b}"
    cells.put(report.trigger, (*report.rules, rule.id), type_of_violence=kind, dyad_name=dyad,
              conflict_name=dyad if kind > 1 else None)
    cells.put(side_a.lead, (*side_a.lead.rules, "ucdp-ged/side"), side_a=name_a, gwnoa=_gw(side_a, fight))
    cells.put(side_b.lead, (*side_b.lead.rules, "ucdp-ged/side"), side_b=name_b, gwnob=_gw(side_b, fight))


def _gw(side: Side, fight: Fight) -> str | None:
    """The Gleditsch and Ward number of a government on the day of the event."""
    if side.kind != "government":
        return None
    number = countries.state_numbers(side.lead.country or fight.home, fight.event.date.start)[1]
    return None if number is None else str(number)


def _put_days(cells: Cells, event: Event, told: Days) -> None:
    rules = (*event.date.rules, told.rule)
    cells.put(event.date.words, rules, year=told.first.year, date_prec=told.precision, date_start=told.first,
              date_end=told.last)
    cells.put(event.date.words, (*rules, "ucdp-ged/event-clarity"), event_clarity=1 if told.first == told.last else 2)


def _put_place(cells: Cells, fight: Fight, ontology: UcdpGed) -> tuple[str, ...]:
    """Place and country. A province is stood for by its seat; a country has a name and no point."""
    place, country = fight.event.place, countries.by_iso3(fight.home)
    level = place.precision if place else "country-of-the-parties"
    rules = (*(place.rules if place else ()), f"ucdp-ged/place/{level}")
    _, number = countries.state_numbers(fight.home, fight.event.date.start)
    cells.put(place, rules, country=country_name(fight.home), country_id=number,
              region=country.ucdp_region if country else None)
    if place is None or place.precision == "country":
        cells.put(place, rules, where_prec=6, where_coordinates=country_name(fight.home))
        return ("only the country is known: no coordinates",)
    fuzzy = place.precision == "province" and not place.admin1
    town = ontology.find_seat(fight.home, place.admin1) if place.precision == "province" and place.admin1 else None
    here = town if town is not None and town.latitude is not None else place
    cells.put(place, rules, where_prec=5 if fuzzy else _WHERE[place.precision], where_coordinates=place.name,
              adm_1=place.admin1, adm_2=place.admin2)
    if here.latitude is None or here.longitude is None:
        return (f"no coordinates known for {place.name}",)
    if town is not None:
        rules = (*rules, "ucdp-ged/place/seat")
    latitude, longitude = round(here.latitude, 6), round(here.longitude, 6)
    cells.put(place, rules, latitude=latitude, longitude=longitude, geom_wkt=f"POINT ({longitude} {latitude})")
    cells.put(place, (*rules, "ucdp-ged/priogrid"), priogrid_gid=priogrid(latitude, longitude))
    return ()


def _put_deaths(cells: Cells, dead: Deaths) -> None:
    for column, number in dead.numbers.items():
        words = dead.words.get(column)
        rules = (*(words.rules if words else ()), *(dead.rules if number else ()), "ucdp-ged/deaths")
        cells.put(words, rules, **{column: number})
    first = next(iter(dead.words.values()), None)
    rules = (*(first.rules if first else ()), *dead.rules, "ucdp-ged/deaths/sum")
    cells.put(first, rules, best=dead.best, high=max(dead.high, dead.best), low=min(dead.low, dead.best))


def _put_sources(cells: Cells, event: Event, reading: Reading) -> None:
    article = reading.article
    published = article.published.isoformat() if article.published else None
    told = [part for part in (article.outlet, published, article.title) if part]
    cells.put(None, ("article/one-source",), number_of_sources=1)
    cells.put(None, ("article/citation",), source_article=f'"{",".join(told)}"' if told else None,
              source_office=article.outlet, source_date=published, source_headline=article.title)
    said = event.attributed_to
    if said is not None:
        cells.put(said, (*said.rules, "ucdp-ged/source-original"), source_original=" ".join(said.text.split()))
