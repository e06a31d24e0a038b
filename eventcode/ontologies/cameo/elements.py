"""The elements of CAMEO actor codes: three letters each, from lists of countries, regions, roles and groups."""

from __future__ import annotations

import re
from typing import NamedTuple

from eventcode.errors import InputError
from eventcode.ontologies.cameo import tables

#: Lists in the order in which they are asked. MUS is Mauritius at the head of a code and Muslim within IMGMUSISI.
_FIRST = ("countries", "roles", "organizations", "identities")
_LATER = ("roles", "organizations", "identities", "countries")
_KINDS = {"roles": "role", "organizations": "organization", "identities": "identity", "countries": "country"}


class Element(NamedTuple):
    """One three-letter part of an actor code.

    `kind` is generic (IGO, IMG ...), country, region (of the world), area (within the country before it), role,
    identity, organization, or unknown: on no list of this pack. `tier` is that of a role: primary, party, secondary or
    tertiary. `label` is the short form of `title` that the title of a whole actor uses.
    """

    code: str
    kind: str
    title: str = ""
    label: str = ""
    tier: str = ""

    @property
    def what(self) -> str:
        """Its kind for the eye, of a role with the tier: "primary role"."""
        return f"{self.tier} {self.kind}" if self.tier else self.kind

    def __str__(self) -> str:
        return f"{self.code} ({self.what})"


def parse(code: str) -> tuple[Element, ...]:
    """The elements of an actor code, in whatever order they come; one of no list has the kind "unknown".

    Ethnic groups and religions are unknown here, but for the few that known groups' codes contain: their lists are
    CC BY-NC. Raises InputError for what cannot be an actor code: it has one to five groups of three capital letters.
    """
    if not re.fullmatch(r"(?:[A-Z]{3}){1,5}", code):
        raise InputError(f"{code!r} is not an actor code: one to five groups of three capital letters")
    first, *later = split(code)
    found = [_element(first, _FIRST)]
    for part in later:
        found.append(_within(_element(part, _LATER), found[-1]))
    return tuple(found)


def split(code: str) -> list[str]:
    """A code in groups of three letters; the last is shorter where the letters do not add up."""
    return [code[i:i + 3] for i in range(0, len(code), 3)]


def state(country: str) -> str:
    """CAMEO's code of a country that is given by its ISO 3166 alpha-3 code or by CAMEO's own."""
    return tables.country_codes().get(country, country)


def _element(part: str, lists: tuple[str, ...]) -> Element:
    for table in lists:
        row = tables.rows(table).get(part)
        if row is not None:
            return _made(part, _KINDS[table], row)
    return Element(part, "unknown")


def _made(part: str, kind: str, row: dict[str, str]) -> Element:
    label, tier = row.get("label") or row["title"].partition(" (")[0], row.get("tier", "")
    if tier == "generic":
        return Element(part, "generic", row["title"], label)
    return Element(part, "region" if row.get("kind") == "region" else kind, row["title"], label, tier)


def _within(element: Element, before: Element) -> Element:
    """A country or territory as a region of the state before it: SRB in YUGSRB, GZS in PSEGZS (manual, 3.1.2)."""
    if element.kind == "country" and before.code in tables.rows("countries")[element.code]["within"].split("|"):
        return element._replace(kind="area")
    return element
