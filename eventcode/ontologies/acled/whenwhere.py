"""Event date with time precision, and location with geo precision, by the codebook's rules."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from eventcode import countries
from eventcode.neutral import EventDate, Evidence, Place
from eventcode.ontologies.acled import wording
from eventcode.ontologies.seats import Seat, Town

Precision = Literal[1, 2, 3]
#: Countries and territories that are one town.
_CITIES = frozenset({"HKG", "MAC", "SGP", "MCO", "GIB", "VAT"})
_ABOUT = wording.pattern("about-before")
_LEVEL: dict[str, Precision] = {"exact": 1, "near": 2, "district": 2}


@dataclass(frozen=True)
class When:
    """The day that stands for the event, and how exact it is: 1 day, 2 week, 3 month."""

    day: date
    precision: Precision
    evidence: Evidence


def when(told: EventDate, text: str = "") -> When | None:
    """The codebook's date, or None where nothing at least as exact as a month is known (A2). `text` is the article's.

    A week or weekend takes its middle day, a month its middle, the beginning of a month its first and the end its last
    day. A day that only the article's publication gives counts as known to the week: the text names no day; so does
    "around 5 May".
    """
    if told.start is None or told.precision == "year":
        return None
    last = told.end or told.start
    if (last - told.start).days > 31:
        return None
    day, precision, rule = _day(told, told.start, last)
    if precision == 1 and told.words is not None and _ABOUT.search(text[:told.words.start][-16:]):
        precision, rule = 2, "acled/date/around"
    words, rules = told.words, (*told.rules, rule)
    if words is None:
        return When(day, precision, Evidence(rules=rules))
    return When(day, precision, Evidence(start=words.start, end=words.end, text=words.text, rules=rules))


def _day(told: EventDate, first: date, last: date) -> tuple[date, Precision, str]:
    middle = first + timedelta(days=(last - first).days // 2)
    if told.basis != "text":
        return first, 2, "acled/date/published"
    if told.precision == "day" and first == last:
        return first, 1, "acled/date/day"
    if (last - first).days <= 7:
        return middle, 2, "acled/date/week"
    whole = (last - first).days >= 26
    if not whole and first.day == 1:
        return first, 3, "acled/date/beginning-of-month"
    if not whole and last.day == monthrange(last.year, last.month)[1]:
        return last, 3, "acled/date/end-of-month"
    return middle, 3, "acled/date/month"


@dataclass(frozen=True)
class Where:
    """The location that stands for the event; geo precision 1 town, 2 near a town or district, 3 larger region. Where
    nothing is told of it the country is None, the location "" and the precision None."""

    country: countries.Country | None
    admin1: str
    admin2: str
    location: str
    latitude: float | None
    longitude: float | None
    precision: Precision | None
    evidence: Evidence
    warnings: tuple[str, ...] = ()


def where(place: Place | None, home: str | None, seat: Seat) -> Where | None:
    """The codebook's location of a place, or None where no country is known.

    `home` is the country where the place names none. A province is stood for by its seat, geo precision 3; a country
    by its name alone, which only some Strategic developments may have.
    """
    country = countries.by_iso3(place.country if place and place.country else home)
    if country is None:
        return None
    if place is None or place.precision == "country":
        return _country(place, country)
    if place.precision == "province" and place.admin1:
        town = seat(country.iso3, place.admin1)
        if town is not None:
            return _located(place, country, 3, "acled/place/provincial-capital", town)
    return _located(place, country, _LEVEL.get(place.precision, 3), f"acled/place/{place.precision}", None)


def nowhere() -> Where:
    """The location of an event of which no words tell where, or in which country, it was."""
    return Where(None, "", "", "", None, None, None, Evidence(rules=("acled/place/not-told",)),
                 ("no place in the text, and the parties point to no one country: fill in the country",))


def _located(place: Place, country: countries.Country, level: Precision, rule: str, town: Town | None) -> Where:
    here = town or place
    admin1 = place.admin1 or (place.name if place.kind in ("admin1", "region") else "")
    admin2 = place.admin2 or (place.name if place.kind == "admin2" else "")
    warnings = () if here.latitude is not None else (f"no coordinates known for {here.name}",)
    name = here.name if town else _as_told(place)
    return Where(country, admin1, admin2, name, _degrees(here.latitude), _degrees(here.longitude), level,
                 _evidence(place, rule), warnings)


_LISTED = frozenset({"places/gazetteer", "places/overrides"})
#: What gazetteers put before and behind the names of districts.
_KIND_OF_DISTRICT = re.compile(
    r"^(?:Municipio de|Circunscri[cç][aã]o d[eo]|Distrito de|Kota Administrasi|Kabupaten|Arrondissement d[eu]|"
    r"D[eé]partement d[eu]|Provincia de) | (?:District|County|Municipality|Parish|Township|Governorate|Province|"
    r"Raion)$")


def _as_told(place: Place) -> str:
    """The name of a place; a town's in the text's own spelling, where only the gazetteer gives another one."""
    told = " ".join(place.text.split())
    if place.kind == "admin2":
        return _KIND_OF_DISTRICT.sub("", place.name)
    own = place.kind == "settlement" and "acled/place/of-the-town" not in place.rules
    spelled = told[:1].isupper() and not (told.isupper() and len(told) > 3)
    return told if own and spelled and not _LISTED.isdisjoint(place.rules) else place.name


def _country(place: Place | None, country: countries.Country) -> Where:
    name = country.acled_name or country.name
    if place is not None and country.iso3 in _CITIES:
        return Where(country, "", "", name, _degrees(place.latitude), _degrees(place.longitude), 1,
                     _evidence(place, "acled/place/city-state"))
    rule = "acled/place/country" if place is not None else "acled/place/country-of-the-parties"
    return Where(country, "", "", name, None, None, 3, _evidence(place, rule),
                 ("only the country is known: no location within it",))


def _degrees(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _evidence(place: Place | None, rule: str) -> Evidence:
    if place is None or place.start is None:
        return Evidence(rules=(*(place.rules if place else ()), rule))
    return Evidence(start=place.start, end=place.end, text=place.text, rules=(*place.rules, rule))
