"""CAMEO actor codes: composing one from a neutral party, and reading one back.

Manual 1.1b3, chapter 3: a domestic actor is country + role + specialty, an international one a generic code (IGO,
NGO, IMG, MNC, INT) + region + role + organization; elements of three letters, at most 15; a country alone is the
state. This pack leaves out ethnic and religious elements, whose lists are CC BY-NC.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from eventcode.neutral import Party
from eventcode.ontologies.cameo import tables
from eventcode.ontologies.grounds import transnational

#: Sectors and traits of armed groups.
_ARMED = frozenset({"armed", "rebel", "militia", "REB", "UAF"})


_KINDS = {"countries": "country", "roles": "role", "organizations": "organization"}


class Element(NamedTuple):
    """One three-letter part of an actor code: what kind of list it is from and what it means there."""

    code: str
    kind: str
    title: str


def compose(party: Party, country: str | None = None) -> tuple[str, tuple[str, ...]] | None:
    """(actor code, ids of the rules behind it), or None where CAMEO has no code for what is known of the party.

    `country` (ISO 3166 alpha-3) is used where the party has none of its own: its event's place or the article's
    usual country, as the caller decides. A role without any country stays a role alone (REB): allowed, and vague.
    A person or group of known country and no known role is CVL, the manual's catch-all.
    """
    if (known := _known(party)) is not None:
        return known, ("cameo/actor/known",)
    role = role_of(party)
    if transnational(party):
        return _international(party, role), ("cameo/actor/international",)
    home = party.country or country
    if home is None:
        return (role, ("cameo/actor/role-alone",)) if role else None
    state = tables.country_codes().get(home, home)
    if role is None and not {"person", "group"}.isdisjoint(party.traits):
        role = "CVL"
    if role is None:
        return (state, ("cameo/actor/country",)) if party.country else None
    return state + role, ("cameo/actor/country", f"cameo/actor/role/{role}")


def role_of(party: Party) -> str | None:
    """CAMEO's role of a party, by its sector, else its traits; None for a state as such or an unknown role.

    A political party is GOVPTY or OPPPTY where its side is known.
    """
    traits = frozenset(party.traits)
    if party.sector == "PTY":
        return "GOVPTY" if "government" in traits else "OPPPTY" if "opposition" in traits else "PTY"
    if party.sector is not None and (role := tables.roles("sector").get(party.sector)):
        return role
    if "country" in traits:
        return None
    return next((role for trait, role in tables.roles("trait").items() if trait in traits), None)


def _international(party: Party, role: str | None) -> str:
    traits = frozenset(party.traits) | {str(party.sector)}
    if "peacekeeper" in traits:
        return "IGOPKO"
    if "igo" in traits:
        return "IGO"
    if "ngo" in traits:
        return "NGO"
    if traits & _ARMED:
        return "IMG"
    return "MNC" if role == "BUS" else f"INT{role or ''}"


def _known(party: Party) -> str | None:
    """The code of an actor that CAMEO lists by name, by its id, else its name."""
    table = tables.known_actors()
    for key in filter(None, (party.actor_id, slug(party.name or ""))):
        parts = key.split("-")
        for length in range(len(parts), 0, -1):
            code, longer = table.get("-".join(parts[:length]), ("", False))
            if code and (longer or length == len(parts)):
                return code + _peacekeeping(party, code)
    return None


def _peacekeeping(party: Party, code: str) -> str:
    return "PKO" if "peacekeeper" in party.traits and code.startswith("IGO") and len(code) <= 12 else ""


def slug(name: str) -> str:
    """A name as an actor id: "Islamic State (ISIS)" is islamic-state-isis."""
    return "-".join(re.findall(r"[a-z0-9]+", name.casefold()))


def parse(code: str) -> tuple[Element, ...]:
    """The elements of an actor code with their meaning. Raises ValueError for a code that CAMEO cannot have.

    An element of no list here (ethnic groups, religions, named persons) has the kind "unknown".
    """
    if not re.fullmatch(r"(?:[A-Z]{3}){1,5}", code):
        raise ValueError(f"{code!r} is not an actor code: one to five groups of three capital letters")
    parts = [code[i:i + 3] for i in range(0, len(code), 3)]
    return tuple(_element(part, first=i == 0) for i, part in enumerate(parts))


def _element(part: str, *, first: bool) -> Element:
    """Countries lead, roles and organizations follow: MUS is Mauritius at the head and Muslim within IMGMUSISI."""
    order = ("countries", "roles", "organizations") if first else ("roles", "organizations", "countries")
    for table in order:
        title = tables.titles(table).get(part)
        if title is not None:
            return Element(part, _KINDS[table], title)
    return Element(part, "unknown", "")
