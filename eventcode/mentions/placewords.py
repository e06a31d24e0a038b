"""What a language pack knows about places: its lists of words, countries, regions and conflict spellings.

Read from `places/` in the language's folder, once per folder.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import get_args

from eventcode import countries
from eventcode.errors import RuleError
from eventcode.gazetteer import Candidate, key
from eventcode.neutral import PlaceKind
from eventcode.rules import Data, Words, check, read_csv, read_yaml

#: Population that a country, a region or a spelling of our own counts with when places of one name compete.
COUNTRY_SIZE, OVERRIDE_SIZE = 20_000_000, 2_000_000


class CueWords(Data):
    """The lists of `words.yaml`; its comments say what each is for. All lower case."""

    locative: Words
    venue: Words
    overrun: Words
    taken: Words
    onslaught: Words
    name_heads: Words
    distance_units: Words
    weak_locative: Words
    near: Words
    vicinity: Words
    compass: Words
    directions: Words
    province_nouns: Words
    region_nouns: Words
    district_nouns: Words
    town_nouns: Words
    hamlet_nouns: Words
    city_nouns: Words
    many_nouns: Words
    site_kinds: Words
    sited: Words
    part_nouns: Words
    quarter_nouns: Words
    district_kinds: Words
    organisation_nouns: Words
    feature_nouns: Words
    streets: Words
    worn: Words
    feature_heads: Words
    site_nouns: Words
    site_names: Words
    small_sites: Words
    site_kin: Words
    public_sites: Words
    at_sites: Words
    site_heads: Words
    roads: Words
    numbered: Words
    aged: Words
    country_grounds: Words
    on_grounds: Words
    titles: Words
    speech: Words
    calendar: Words
    inside: Words
    stop: Words
    stop_phrases: Words


@dataclass(frozen=True, slots=True)
class Known:
    """A name of the language pack: the candidates it stands for, and the table it comes from (a rule id)."""

    candidates: tuple[Candidate, ...]
    rule: str


@dataclass(frozen=True)
class PlaceWords:
    """All of a language's knowledge of places, ready for look-up; names are keyed as `gazetteer.key` folds them."""

    cues: dict[str, frozenset[str]]
    common: frozenset[str]
    given_names: frozenset[str]
    countries: dict[str, Known]
    spelled: frozenset[str]  # country aliases that count only as written ("US", not "us")
    overrides: dict[str, Known]
    abbreviations: dict[str, tuple[str, str]]  # as written, to country and first-order unit
    adjectives: dict[str, str] = field(default_factory=dict)  # "afghan" to AFG: no place, but it votes
    peoples: frozenset[str] = frozenset()  # names of peoples: "the Dogon village" is no village called so

    def known(self, name: str, written: str) -> Known | None:
        """What this language knows under a key; `written` is the name as it stands in the text."""
        found = self.overrides.get(name) or self.countries.get(name)
        return None if found and name in self.spelled and not written.replace(".", "").isupper() else found


@cache
def read_place_words(folder: Path) -> PlaceWords:
    """The knowledge under `folder`/places. Raises RuleError with file and line on a wrong table."""
    places = folder / "places"
    lists = check(read_yaml(places / "words.yaml"), CueWords, places / "words.yaml")
    named, spelled = _countries(places / "countries.csv")
    return PlaceWords(
        cues={name: frozenset(getattr(lists, name)) for name in CueWords.model_fields},
        common=_column(places / "common_words.csv", "word") | frozenset(lists.stop),
        given_names=_column(places / "given_names.csv", "name"),
        countries=named, spelled=spelled, overrides=_overrides(places / "overrides.csv"),
        abbreviations={row["alias"]: (row["country"], row["admin1"])
                       for _, row in read_csv(places / "abbreviations.csv", ("alias", "country", "admin1"))},
        adjectives=_adjectives(folder / "demonyms.csv"), peoples=_peoples(folder / "communities.csv"))


def _peoples(path: Path) -> frozenset[str]:
    if not path.exists():
        return frozenset()
    rows = read_csv(path, ("id", "name", "aliases"), ("countries", "traits"))
    names = (name for _, row in rows for name in (row["name"], *row["aliases"].split("|")))
    return frozenset(name.lower() for name in names if name and " " not in name)


def _column(path: Path, name: str) -> frozenset[str]:
    return frozenset(row[name] for _, row in read_csv(path, (name,)))


def _countries(path: Path) -> tuple[dict[str, Known], frozenset[str]]:
    named = {key(c.name): _country(c) for c in countries.all_countries()}
    spelled = set()
    for line, row in read_csv(path, ("alias", "iso3")):
        country = countries.by_iso3(row["iso3"])
        if country is None:
            raise RuleError(f"{row['iso3']!r} is not a country", path=path, line=line)
        named[key(row["alias"])] = _country(country)
        if row["alias"].replace(".", "").isupper():
            spelled.add(key(row["alias"]))
    return named, frozenset(spelled)


def _country(country: countries.Country) -> Known:
    candidate = Candidate("country", country.name, country.iso3, None, None, country.latitude, country.longitude,
                          COUNTRY_SIZE, None)
    return Known((candidate,), "places/countries")


def _overrides(path: Path) -> dict[str, Known]:
    found: dict[str, Known] = {}
    columns = ("alias", "name", "kind", "country", "admin1", "latitude", "longitude")
    for line, row in read_csv(path, columns):
        if row["kind"] not in get_args(PlaceKind):
            raise RuleError(f"{row['kind']!r} is not a kind of place", path=path, line=line)
        try:
            latitude, longitude = (float(row[c]) if row[c] else None for c in columns[-2:])
        except ValueError:
            raise RuleError("coordinates are not numbers", path=path, line=line) from None
        candidate = Candidate(row["kind"], row["name"], row["country"], row["admin1"] or None, None, latitude,
                              longitude, OVERRIDE_SIZE, None)
        earlier = found.get(key(row["alias"]), Known((), "")).candidates
        found[key(row["alias"])] = Known((*earlier, candidate), "places/overrides")
    return found


def _adjectives(path: Path) -> dict[str, str]:
    return dict(_adjective_rows(path)) if path.exists() else {}


def _adjective_rows(path: Path) -> Iterator[tuple[str, str]]:
    for _, row in read_csv(path, ("iso3", "adjectives"), ("name", "aliases", "singular", "plural", "metonyms")):
        for column in ("adjectives", "singular", "plural"):
            for word in row.get(column, "").split("|"):
                if word.strip():
                    yield word.strip().lower(), row["iso3"]
