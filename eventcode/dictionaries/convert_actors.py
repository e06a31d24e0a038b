"""Actors of a dictionary as rows of our actor tables: who, under which names, of what country and kind, and when."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from eventcode.countries import by_iso3
from eventcode.dictionaries.actors import Actors, Block, is_null
from eventcode.dictionaries.dates import Restriction
from eventcode.dictionaries.files import Finding, Place
from eventcode.errors import InputError
from eventcode.ontologies.cameo.elements import parse
from eventcode.rules import read_csv

#: A word of so few letters may be an acronym; the dictionaries, all in capitals, do not tell.
LONGEST_ACRONYM = 4
COLUMNS = ("id", "name", "aliases", "country", "sector", "traits", "start", "end", "note")


def actor_rows(actors: Actors, lost: list[Finding]) -> Iterator[dict[str, str]]:
    """A row for each code of each actor; what a row cannot say is added to `lost`."""
    names: dict[int, list[str]] = {}
    for phrase in actors.all:
        names.setdefault(id(phrase.block), []).append(phrase.text)
    used: set[str] = set()
    for block in actors.blocks:
        several = len(block.codes) > 1
        for code, place in zip(block.codes, block.places, strict=True):
            if is_null(code.code):
                lost.append(Finding(place, "error", "a code for nobody: actor tables have none", block.name))
                continue
            if several and not code.dated:
                lost.append(Finding(place, "error", "an undated code beside dated ones: it gets no days", block.name))
            yield _row(block, code, place, names[id(block)], used, lost)


def _row(block: Block, code: Restriction, place: Place, names: list[str], used: set[str], lost: list[Finding]
         ) -> dict[str, str]:
    country, sector, traits = _meaning(code.code)
    if not (country or sector or traits):
        lost.append(Finding(place, "error", f"{code.code} tells neither a country nor a role of CAMEO's", block.name))
    spelled = list(dict.fromkeys(way for name in names for way in _spellings(name)))
    return {"id": _unused(_slug(block.name), used), "name": spelled[0], "aliases": "|".join(spelled[1:]),
            "country": country, "sector": sector, "traits": traits,
            "start": code.first.isoformat() if code.first else "", "end": code.last.isoformat() if code.last else "",
            "note": f"{code.code} at {place}"}


def _meaning(code: str) -> tuple[str, str, str]:
    """(country, sector, traits) of a CAMEO actor code, as far as it can be read; of several actors the first."""
    try:
        parts = parse(code.split("/")[0])
    except InputError:
        return "", "", ""
    countries = [part.code for part in parts if part.kind == "country" and by_iso3(part.code)]
    country = countries[0] if countries else ""
    roles = [part.code for part in parts if part.kind in ("role", "generic") and part.code in _sectors()]
    if roles:
        return country, *_sectors()[roles[-1]]
    return country, "", "state|government" if country and len(parts) == 1 else ""


@cache
def _sectors() -> dict[str, tuple[str, str]]:
    rows = read_csv(Path(__file__).with_name("role_sectors.csv"), ("role", "sector", "traits"))
    return {row["role"]: (row["sector"], row["traits"]) for _, row in rows}


def _spellings(phrase: str) -> Iterator[str]:
    """The dictionary's capitals as names are written: "Barack Obama"; one short word also as it stands (NATO)."""
    words = phrase.replace("_", " ").split()
    yield " ".join(re.sub(r"[^\W\d_]+", lambda part: part[0].capitalize(), word) for word in words)
    if len(words) == 1 and len(words[0]) <= LONGEST_ACRONYM:
        yield words[0]


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "actor"


def _unused(slug: str, used: set[str]) -> str:
    number, made = 1, slug
    while made in used:
        number += 1
        made = f"{slug}-{number}"
    used.add(made)
    return made
