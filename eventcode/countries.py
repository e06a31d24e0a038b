"""Countries and their codes: ISO 3166-1, Correlates of War, Gleditsch and Ward, and the regions of ACLED and UCDP.

One table of our own, `countries.csv`: every entry of ISO 3166-1 and Kosovo (XKX, the code in common use). Read on
first use and kept.
"""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType

_TABLE = Path(__file__).with_name("countries.csv")

#: Names that stand beside the table's own: what codebooks, news agencies and older texts call a country.
_OTHER_NAMES = {
    "america": "USA", "u.s.": "USA", "us": "USA", "usa": "USA", "united states of america": "USA",
    "uk": "GBR", "u.k.": "GBR", "britain": "GBR", "great britain": "GBR", "holland": "NLD", "the netherlands": "NLD",
    "burma": "MMR", "swaziland": "SWZ", "cape verde": "CPV", "czech republic": "CZE", "east timor": "TLS",
    "ivory coast": "CIV", "dr congo": "COD", "drc": "COD", "congo-kinshasa": "COD", "congo": "COG",
    "democratic republic of congo": "COD", "republic of congo": "COG", "congo-brazzaville": "COG", "zaire": "COD",
    "russian federation": "RUS", "macedonia": "MKD", "turkiye": "TUR", "viet nam": "VNM", "uae": "ARE",
    "palestinian territories": "PSE", "palestinian territory": "PSE", "occupied palestinian territory": "PSE",
    "state of palestine": "PSE", "syrian arab republic": "SYR", "lao pdr": "LAO", "macau": "MAC",
    "republic of korea": "KOR", "democratic people's republic of korea": "PRK", "bosnia": "BIH",
    "bosnia-herzegovina": "BIH", "holy see": "VAT", "vatican": "VAT", "the gambia": "GMB", "the bahamas": "BHS",
    "republic of moldova": "MDA", "united republic of tanzania": "TZA", "brunei darussalam": "BRN",
    "islamic republic of iran": "IRN", "people's republic of china": "CHN", "yemen (north yemen)": "YEM",
    "north yemen": "YEM", "myanmar (burma)": "MMR", "dr congo (zaire)": "COD", "cambodia (kampuchea)": "KHM",
    "kingdom of eswatini": "SWZ", "russia (soviet union)": "RUS", "zimbabwe (rhodesia)": "ZWE",
    "serbia (yugoslavia)": "SRB", "madagascar (malagasy)": "MDG", "vietnam (north vietnam)": "VNM",
}


#: Numbers of states that stood where a country stands now, until a day: Correlates of War, Gleditsch and Ward.
_FORMER_NUMBERS = {
    "YEM": (date(1990, 5, 22), 678, 678), "SRB": (date(2006, 6, 5), 345, 345), "DEU": (date(1990, 10, 3), 260, 260),
    "CZE": (date(1993, 1, 1), 315, 315), "SSD": (date(2011, 7, 9), None, None), "MNE": (date(2006, 6, 3), None, None),
    "SVK": (date(1993, 1, 1), None, None), "ERI": (date(1993, 5, 24), None, None),
    "XKX": (date(2008, 2, 17), None, None),
    "TLS": (date(2002, 5, 20), None, None),
}


@dataclass(frozen=True, slots=True)
class Country:
    """One country. A code that a scheme does not give it is None.

    `cow` and `gw` are the state numbers of Correlates of War and of Gleditsch and Ward (the `country_id` of UCDP
    GED); `gw_from` is the first year of the present state under that number, where it is undisputed. `region` and
    `subregion` follow the UN's M49. `acled_name` and `acled_region` are as ACLED writes them, `ucdp_region` as UCDP.
    `latitude` and `longitude` are its middle in WGS 84 degrees, rounded: to measure from, no place of any event.
    """

    name: str
    iso2: str
    iso3: str
    iso_numeric: str | None
    cow: int | None
    gw: int | None
    gw_from: int | None
    capital: str | None
    region: str | None
    subregion: str | None
    acled_name: str | None
    acled_region: str | None
    ucdp_region: str | None
    latitude: float
    longitude: float


def state_numbers(iso3: str | None, day: date | None) -> tuple[int | None, int | None]:
    """The numbers of Correlates of War and of Gleditsch and Ward that hold for a country on a day (today's for None).

    Before a state's first day both are None, or those of the state that stood there ("Yemen" before 22 May 1990).
    """
    country = by_iso3(iso3)
    if country is None:
        return None, None
    until, cow, gw = _FORMER_NUMBERS.get(country.iso3, (date.min, None, None))
    return (cow, gw) if day is not None and day < until else (country.cow, country.gw)


def all_countries() -> tuple[Country, ...]:
    """Every country, in order of its alpha-3 code."""
    return tuple(_by_iso3().values())


def by_iso3(code: str | None) -> Country | None:
    """The country of an ISO 3166 alpha-3 code in any case; None for None or an unknown code."""
    return _by_iso3().get(code.upper()) if code else None


def by_iso2(code: str | None) -> Country | None:
    """The country of an ISO 3166 alpha-2 code in any case; None for None or an unknown code."""
    return _by_iso2().get(code.upper()) if code else None


def by_gw(number: int | None) -> Country | None:
    """The country of a Gleditsch and Ward state number; None for None or an unknown number."""
    return _by_gw().get(number) if number is not None else None


def by_name(name: str | None) -> Country | None:
    """The country of a name or common alias; case, accents and surrounding blanks do not count. None if unknown."""
    return _by_name().get(fold(name)) if name else None


def fold(name: str) -> str:
    """Lower case, no accents, straight apostrophes, single blanks: the form under which names are compared."""
    plain = unicodedata.normalize("NFKD", name.replace("’", "'").replace("ʼ", "'"))
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).casefold().split())


@cache
def _by_iso3() -> Mapping[str, Country]:
    with _TABLE.open(encoding="utf-8", newline="") as lines:
        read = [_country(row) for row in csv.DictReader(lines)]
    return MappingProxyType({country.iso3: country for country in read})


@cache
def _by_iso2() -> Mapping[str, Country]:
    return {country.iso2: country for country in _by_iso3().values()}


@cache
def _by_gw() -> Mapping[int, Country]:
    return {country.gw: country for country in _by_iso3().values() if country.gw is not None}


@cache
def _by_name() -> Mapping[str, Country]:
    found = {name: _by_iso3()[code] for name, code in _OTHER_NAMES.items()}
    for country in _by_iso3().values():
        for name in (country.acled_name, country.name):
            if name:
                found[fold(name)] = country
    return found


def _country(row: Mapping[str, str]) -> Country:
    def number(column: str) -> int | None:
        return int(row[column]) if row[column] else None

    return Country(
        name=row["name"], iso2=row["iso2"], iso3=row["iso3"], iso_numeric=row["iso_numeric"] or None,
        cow=number("cow"), gw=number("gw"), gw_from=number("gw_from"), capital=row["capital"] or None,
        region=row["region"] or None, subregion=row["subregion"] or None, acled_name=row["acled_name"] or None,
        acled_region=row["acled_region"] or None, ucdp_region=row["ucdp_region"] or None,
        latitude=float(row["latitude"]), longitude=float(row["longitude"]))
