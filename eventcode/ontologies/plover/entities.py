"""From a neutral party to a PLOVER entity: code, sector, mention and canonical name."""

from __future__ import annotations

from eventcode.neutral import Event, Party
from eventcode.ontologies.base import Reading
from eventcode.ontologies.grounds import home, transnational
from eventcode.ontologies.plover import tables
from eventcode.ontologies.plover.record import Entity

#: ISO's user-assigned code of Kosovo is KOS in PLOVER's table of countries.
_OWN_CODES = {"XKX": "KOS"}
#: The rule behind an attacker whom nothing in the text names: no words of it are a mention.
UNSEEN = "plover/entity/unidentified-attacker"


def entity(party: Party, event: Event, reading: Reading) -> tuple[Entity, tuple[str, ...]]:
    """(entity, ids of the rules behind it). A party whose country nobody knows keeps its words and no code."""
    code, rule = code_of(party, event, reading)
    sector = sector_of(party)
    why = (rule, f"plover/sector/{sector}" if sector else None)
    rules = (*party.rules, "plover/entity", *(found for found in why if found))
    mention = None if UNSEEN in party.rules else party.text
    return Entity(code=code, sector=sector, entity_text=mention, identifier_text=party.name), rules


def code_of(party: Party, event: Event, reading: Reading) -> tuple[str | None, str | None]:
    """(code, why) of a party: its country, or what kind of transnational actor it is; why is None for the former."""
    if transnational(party):
        return _transnational(party), "plover/entity/transnational"
    country, why = home(party, event, reading)
    return _OWN_CODES.get(country or "", country), f"plover/entity/{why}" if why else None


def _transnational(party: Party) -> str | None:
    """IGO for the United Nations and the European Union too: that is how PLOVER's gold standard records code them."""
    traits = frozenset(party.traits)
    if traits & {"igo", "peacekeeper"}:
        return "IGO"
    if "ngo" in traits:
        return "NGO"
    if traits & {"armed", "rebel", "militia"} or party.sector in ("REB", "UAF"):
        return "IMG"
    return "MNC" if "business" in traits or party.sector == "BUS" else None


def sector_of(party: Party) -> str | None:
    """The sector the actor table gives, else by the party's traits; None for a state as such.

    A political party carries its side as a second sector where it is known: PTYGOV, PTYOPP.
    """
    if party.sector == "PTY":
        return "PTYGOV" if "government" in party.traits else "PTYOPP" if "opposition" in party.traits else "PTY"
    if party.sector is not None:
        return party.sector
    if "country" in party.traits:
        return None
    return next((sector for trait, sector in tables.sectors_of_traits().items() if trait in party.traits), None)
