"""CAMEO actor codes for users: composed from parts in the manual's order, and read back.

Manual 1.1b3, chapter 3. A domestic actor: country, domestic region, primary roles, party, identity, secondary and
tertiary roles, organization. An international one: generic code, location, identity, roles, organization. An
organization can be followed by a specialty and a suborganization. Elements have three letters, a code at most 15.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from eventcode.errors import InputError
from eventcode.ontologies.cameo import tables
from eventcode.ontologies.cameo.elements import Element, parse, split, state

_TIERS = {"primary": 4, "party": 5, "secondary": 7, "tertiary": 8}
_RANKS = {"generic": 0, "country": 1, "region": 1, "area": 2, "organization": 9}
_UNIT = 10  # what an organization adds to the ranks of its own specialty and suborganization
_LONGEST = 15


@dataclass(frozen=True)
class Actor:
    """What an actor code says. `str()` of it is its title: "Afghanistan: military".

    Parts that the code does not have are None or empty. `country` is CAMEO's code (ROM, not ROU); of an international
    actor it is the state that it is linked to. `region` is a region of the world, or one within the country. `roles`
    are those before the organization. `unit` is what follows the organization: ("REF", "HCR") in IGOUNOREFHCR.
    """

    elements: tuple[Element, ...]

    @property
    def code(self) -> str:
        return "".join(element.code for element in self.elements)

    @property
    def international(self) -> str | None:
        return self._first("generic")

    @property
    def country(self) -> str | None:
        return self._first("country")

    @property
    def region(self) -> str | None:
        return self._first("region", "area")

    @property
    def identity(self) -> str | None:
        return self._first("identity")

    @property
    def roles(self) -> tuple[str, ...]:
        return tuple(element.code for element in self.elements[:self._whole] if element.kind == "role")

    @property
    def organization(self) -> str | None:
        return self._first("organization")

    @property
    def unit(self) -> tuple[str, ...]:
        return tuple(element.code for element in self.elements[self._whole:])

    @property
    def title(self) -> str:
        first, *rest = (element.label for element in self.elements)
        return f"{first}: {', '.join(rest)}" if rest else first

    def __str__(self) -> str:
        return self.title

    def parts(self) -> dict[str, Any]:
        """The arguments of `compose_actor` that give this actor's code; parts that it does not have are left out."""
        told = {"country": self.country, "role": self.roles, "region": self.region, "organization": self.organization,
                "international": self.international, "identity": self.identity, "unit": self.unit}
        return {name: part for name, part in told.items() if part}

    def _first(self, *kinds: str) -> str | None:
        return next((element.code for element in self.elements if element.kind in kinds), None)

    @property
    def _whole(self) -> int:
        """How many elements there are up to the organization."""
        kinds = [element.kind for element in self.elements]
        return kinds.index("organization") + 1 if "organization" in kinds else len(kinds)


def parse_actor(code: str) -> Actor:
    """What an actor code means, part by part: parse_actor("AFGMIL").title is "Afghanistan: military".

    Raises InputError, naming the part and where it stands, for a part that is on no list and for an order or a
    combination that the manual does not allow.
    """
    elements = parse(code)
    for i, element in enumerate(elements):
        if element.kind == "unknown":
            raise InputError(f"{code}: {element.code} (letters {3 * i + 1} to {3 * i + 3}) is on no list of CAMEO's "
                             "countries, regions, roles and known groups")
    if fault := _fault(elements):
        raise InputError(f"{code}: {fault}")
    return Actor(elements)


def compose_actor(country: str | None = None, role: str | Sequence[str] = (), secondary: str | Sequence[str] = (), *,
                  region: str | None = None, organization: str | None = None, group: str | None = None,
                  international: str | None = None, identity: str | None = None,
                  unit: str | Sequence[str] = ()) -> str:
    """The actor code made of these parts, in the manual's order: compose_actor("AFG", "MIL") is "AFGMIL".

    `country` is CAMEO's or the ISO 3166 alpha-3 code; `region` one of the world (WAF) or within the country (GZS).
    `role` takes one role or several ("GOVPTY" or ("GOV", "PTY")), `secondary` only secondary and tertiary ones. A
    generic code (IGO, NGO, NGM, MNC, IMG, INT, UIS) is the part `international`, and may be given as a role as well.
    `organization` is the three letters of a group; `unit` what follows them: ("REF", "HCR"). `group` names a known
    group, by its letters or name ("ISI", "Islamic State"), and brings all parts of its code with it; other parts add
    to them, roles replace its own, for roles change.

    Raises InputError for unknown parts, parts that contradict each other, and codes of more than 15 letters.
    """
    roles = [*_several(role), *_several(secondary)]
    generics = [international] if international else []
    generics += [part for part in roles if _tier(part) == "generic" and part not in generics]
    if len(generics) > 1:
        raise InputError(f"{' and '.join(generics)} contradict each other: a code has one generic international part")
    _check_secondary(_several(secondary))
    parts = {"country": country and state(country), "region": region, "organization": organization,
             "international": generics[0] if generics else None, "identity": identity, "unit": tuple(_several(unit)),
             "role": tuple(_ordered(part for part in roles if _tier(part) != "generic"))}
    return _joined(_with_group(group, parts) if group else parts)


def known_code(name: str) -> str | None:
    """The code of a known actor by its id or name, or the three letters of a group; None where nobody is so called.

    Longer names count where the table says so: "Islamic State in Libya" has the code of the Islamic State.
    """
    parts = re.findall(r"[a-z0-9]+", name.casefold())
    for length in range(len(parts), 0, -1):
        code, longer = tables.known_actors().get("-".join(parts[:length]), ("", False))
        if code and (longer or length == len(parts)):
            return code
    return None


def _fault(elements: Sequence[Element]) -> str | None:
    """What the manual does not allow about these elements or their order; None where all is well."""
    if elements[0].kind in ("organization", "identity"):
        return f"{elements[0]} cannot lead: it needs the country or the generic code that it belongs to"
    international, highest, tier, organizations = elements[0].kind in ("generic", "region"), -1, 0, 0
    for i, element in enumerate(elements):
        rank = _rank(element, international) + _UNIT * organizations
        alone = element.kind != "role" and rank == highest
        if rank < highest or alone or (organizations and element.kind not in ("role", "organization")):
            return f"{element} cannot follow {elements[i - 1]}"
        if element.kind == "role" and rank % _UNIT < tier:
            return f"{element} stands after a role of a lower tier: primary, party, secondary, tertiary is the order"
        if element in elements[:i]:
            return f"{element.code} stands in it twice"
        if element.code == "PKO" and elements[0].code != "IGO":
            return "peacekeepers (PKO) belong to an inter-governmental organization (IGO)"
        highest, tier = rank, rank % _UNIT if element.kind == "role" else tier
        organizations += element.kind == "organization"
    return "a code has at most an organization and one suborganization" if organizations > 2 else None


def _rank(element: Element, international: bool) -> int:
    """Where an element's kind stands in the order; of an international actor the identity precedes the roles."""
    if element.kind == "identity":
        return 3 if international else 6
    return _TIERS[element.tier] if element.kind == "role" else _RANKS[element.kind]


def _several(parts: str | Sequence[str]) -> list[str]:
    return [three for part in ([parts] if isinstance(parts, str) else parts) for three in split(part)]


def _tier(role: str) -> str:
    row = tables.rows("roles").get(role)
    if row is None:
        raise InputError(f"role {role!r} is on no list of CAMEO's roles")
    return row["tier"]


def _ordered(roles: Iterable[str]) -> list[str]:
    return sorted(roles, key=lambda role: _TIERS[_tier(role)])


def _check_secondary(roles: Sequence[str]) -> None:
    for role in roles:
        if _tier(role) not in ("secondary", "tertiary"):
            raise InputError(f"{role} is no secondary or tertiary role: give it as the role")


def _with_group(group: str, parts: Mapping[str, Any]) -> dict[str, Any]:
    """These parts and those of a known group; its own roles only where none are given."""
    own = _group(group)
    for name, given in parts.items():
        if given and name in own and given != own[name] and name != "role":
            raise InputError(f"{name} {given} contradicts the group {group}, whose {name} is {own[name]}")
    return {name: given or own.get(name) or given for name, given in parts.items()}


def _group(group: str) -> dict[str, Any]:
    """The parts of a known group's code, or its letters alone where the lists do not settle what goes before them."""
    listed = tables.rows("organizations")
    code = group if group in listed else known_code(group)
    if code is None:
        raise InputError(f"group {group!r} is on no list of CAMEO's known groups")
    if code not in listed:
        return parse_actor(code).parts()
    return parse_actor(listed[code]["actor"]).parts() if listed[code]["actor"] else {"organization": code}


def _joined(parts: Mapping[str, Any]) -> str:
    """The code of checked parts; it must say the same when read back."""
    _check_lists(parts)
    early = [role for role in parts["role"] if _tier(role) in ("primary", "party")]
    middle = [parts["identity"], *early] if parts["international"] or not parts["country"] else [
        *early, parts["identity"]]
    ordered = [parts["international"], parts["country"], parts["region"], *middle, *parts["role"][len(early):],
               parts["organization"], *parts["unit"]]
    code = "".join(filter(None, ordered))
    if not code:
        raise InputError("an actor code needs at least one part")
    if len(code) > _LONGEST:
        raise InputError(f"{code} has {len(code)} letters; an actor code has at most {_LONGEST}")
    read = parse_actor(code).parts()
    for name, part in parts.items():
        if part and read.get(name) != part:
            raise InputError(f"{code} would not be read as {name} {part}, but as {Actor(parse(code)).title!r}")
    return code


def _check_lists(parts: Mapping[str, Any]) -> None:
    for name, table in (("country", "countries"), ("region", "countries"), ("identity", "identities"),
                        ("organization", "organizations")):
        if parts[name] and parts[name] not in tables.rows(table):
            raise InputError(f"{name} {parts[name]!r} is on no list of CAMEO's {table}")
    if parts["international"] and _tier(parts["international"]) != "generic":
        raise InputError(f"{parts['international']} is no generic international code: give it as the role")
    for part in parts["unit"]:
        if part not in tables.rows("organizations"):
            _tier(part)
