"""CAMEO actor codes of neutral parties, as the coder writes them.

Manual 1.1b3, chapter 3: a domestic actor is country + role + specialty + organization, an international one a generic
code (IGO, NGO, IMG, MNC, INT) + location + role + organization; a country alone is the state. The order of the elements
is that of `actor_codes`. Rebels are REB, not INS or SEP: a party's aims are not known here.
"""

from __future__ import annotations

from eventcode.neutral import Party
from eventcode.ontologies.cameo import tables
from eventcode.ontologies.cameo.actor_codes import known_code
from eventcode.ontologies.cameo.elements import state
from eventcode.ontologies.grounds import transnational

#: Sectors and traits of armed groups.
_ARMED = frozenset({"armed", "rebel", "militia", "REB", "UAF"})
#: Primary roles whose area of concern a second role names: GOVMED, MILJUD, OPPLAB (manual, 3.1.4 and 3.1.6).
_SPECIALIZED = frozenset({"GOV", "MIL", "OPP"})
_LONGEST = 15


def compose(party: Party, country: str | None = None) -> tuple[str, tuple[str, ...]] | None:
    """(actor code, ids of the rules behind it), or None where CAMEO has no code for what is known of the party.

    `country` (ISO 3166 alpha-3) is used where the party has none of its own: its event's place or the article's
    usual country, as the caller decides. A role without any country stays a role alone (REB): allowed, and vague.
    A person or group of known country and no known role is CVL, the manual's catch-all. A group of the manual's list
    that belongs to a country has its letters last (LBNREBHEZ).
    """
    known = _known(party)
    if known is not None and len(known) > 3:
        return known, ("cameo/actor/known",)
    role = role_of(party)
    generic = _generic(party)
    if generic is not None:
        location = state(party.country) if party.country and generic != "IGOPKO" else ""
        return generic + location + _purpose(generic, role) + (known or ""), ("cameo/actor/international",)
    home = party.country or country
    if home is None:
        return (role, ("cameo/actor/role-alone",)) if role else None
    return _domestic(party, state(home), role, known)


def _domestic(party: Party, home: str, role: str | None, group: str | None) -> tuple[str, tuple[str, ...]] | None:
    if role is None and not {"person", "group"}.isdisjoint(party.traits):
        role = "CVL"
    if role is None and group is None:
        return (home, ("cameo/actor/country",)) if party.country else None
    rules = ("cameo/actor/country", *([f"cameo/actor/role/{role}"] if role else []),
             *(["cameo/actor/known"] if group else []))
    return home + (role or "") + (group or ""), rules


def role_of(party: Party) -> str | None:
    """CAMEO's role of a party, by its sector, else its traits; None for a state as such or an unknown role.

    A political party is GOVPTY or OPPPTY where its side is known. A trait that names a more exact role takes the place
    of CVL, the catch-all, and follows GOV, MIL or OPP: state media are GOVMED.
    """
    traits = frozenset(party.traits)
    if party.sector == "PTY":
        return "GOVPTY" if "government" in traits else "OPPPTY" if "opposition" in traits else "PTY"
    role = tables.roles("sector").get(party.sector or "")
    if role is None and "country" not in traits:
        role = next((role for trait, role in tables.roles("trait").items() if trait in traits), None)
    special = next((role for trait, role in tables.roles("specialty").items() if trait in traits), None)
    if role is None or special in (None, role):
        return role
    if role == "CVL":
        return special
    return f"{role}{special}" if role in _SPECIALIZED and special != "OPP" else role


def _generic(party: Party) -> str | None:
    """The generic code of an international actor; None for a domestic one.

    Peacekeepers are IGOPKO whatever their nationality; NGOs and multinational corporations stay such where their
    home is known, and take its code after the generic one (manual, 3.1.9).
    """
    traits = frozenset(party.traits) | {str(party.sector)}
    if "peacekeeper" in traits:
        return "IGOPKO"
    if "igo" in traits:
        return "IGO" if transnational(party) else None
    if "ngo" in traits:
        return "NGO"
    if "international" in traits and not traits.isdisjoint(("business", "BUS")) and not traits & _ARMED:
        return "MNC"
    return ("IMG" if traits & _ARMED else "INT") if transnational(party) else None


def _purpose(generic: str, role: str | None) -> str:
    """The role that tells what an international actor is for: IGOJUD is a court, NGOMED an association of reporters."""
    told = generic in ("IGO", "NGO", "INT") and role not in (None, "CVL")
    return str(role) if told else ""


def _known(party: Party) -> str | None:
    """The code of an actor that CAMEO lists by name, or the three letters of a group, by its id, else its name."""
    for name in filter(None, (party.actor_id, party.name)):
        if (code := known_code(name)) is not None:
            return code + _peacekeeping(party, code)
    return None


def _peacekeeping(party: Party, code: str) -> str:
    return "PKO" if "peacekeeper" in party.traits and code.startswith("IGO") and len(code) + 3 <= _LONGEST else ""
