"""Actors between codebooks: CAMEO's composed codes, PLOVER's entities, the names of ACLED and UCDP."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, NamedTuple, cast, get_args

from eventcode import countries
from eventcode.crosswalks import tables
from eventcode.crosswalks.ledger import Ledger, Unconvertible
from eventcode.errors import InputError
from eventcode.neutral import Party, Sector, Trait
from eventcode.ontologies.cameo import tables as cameo
from eventcode.ontologies.cameo.actors import compose
from eventcode.ontologies.cameo.elements import Element, parse
from eventcode.ontologies.plover import tables as plover
from eventcode.ontologies.plover.record import Entity

#: PLOVER's codes in a country's place, as traits of a party and as what CAMEO's actor table knows them by.
_TRAITS: dict[str, tuple[Trait, ...]] = {"IGO": ("international", "igo"), "NGO": ("international", "ngo"),
                                         "IMG": ("international", "armed"), "MNC": ("international", "business"),
                                         "UNO": ("international", "igo"), "EUR": ("international", "igo")}
_NAMES = {"UNO": "United Nations", "EUR": "European Union"}
_KOSOVO = {"KOS": "XKX", "XKX": "KOS"}

#: Sectors of armed parties.
ARMED = frozenset({"MIL", "REB", "UAF", "PRM"})

#: "Military Forces of Mali (2021-)", "Government of Kenya", "Protesters (Chile)".
_STATE = re.compile(r"^(?:Military Forces|Police Forces|Government) of (?:the )?(?P<country>.+?)(?: \(\d{4}-.*)?$")
_PEOPLE = re.compile(r"\((?P<country>[^()]+)\)$")


class Who(NamedTuple):
    """One actor between codebooks.

    country: ISO 3166 alpha-3. code: PLOVER's code in a country's place (IGO, IMG ...). sectors: PLOVER's, at most two.
    text: the words of the article; name: the canonical name.
    """

    text: str | None = None
    name: str | None = None
    country: str | None = None
    code: str | None = None
    sectors: tuple[str, ...] = ()

    @property
    def armed(self) -> bool:
        return self.code == "IMG" or not ARMED.isdisjoint(self.sectors)


def entity(who: Who) -> dict[str, Any]:
    """The actor as a PLOVER entity, with every key."""
    code = who.code or _KOSOVO.get(who.country or "", who.country)
    return Entity(code=code, sector="".join(who.sectors) or None, entity_text=who.text,
                  identifier_text=who.name).model_dump()


def cameo_code(who: Who, column: str, told: Ledger) -> str:
    """The actor's CAMEO code. Raises Unconvertible where CAMEO has none for what is known of it."""
    if who.code == "ISM":
        told.note(column, "ISM", "NGM", "wider target", "a non-governmental movement, of social aims or others")
        return "NGM"
    traits = list(_TRAITS.get(who.code or "", ()))
    first, *rest = who.sectors or ("",)
    role = cameo.roles("sector").get(first)
    traits += [cast(Trait, side) for side, code in (("government", "GOV"), ("opposition", "OPP")) if code in rest]
    traits += ["group"] if first and role is None else []  # of a sector that CAMEO lacks: not the state itself
    composed = compose(Party(start=0, end=0, text=who.text or who.name or "",
                             name=_NAMES.get(who.code or "", who.name), country=who.country,
                             sector=cast(Sector, first) if first in get_args(Sector) and role else None,
                             traits=tuple(traits)))
    if composed is None:
        raise Unconvertible(f"{column}: CAMEO has no code for {who.name or who.text or 'an actor'} without a country")
    return composed[0]


def tell_sectors(code: str, sectors: tuple[str, ...], column: str, told: Ledger) -> None:
    """Which of an entity's sectors its code does not show, or shows as a role that stands for others too."""
    roles = cameo.roles("sector")
    for sector in sectors:
        role = roles.get(sector)
        if role is None or role not in [code[i:i + 3] for i in range(0, len(code), 3)]:
            told.note(column, sector, code, "no counterpart", "the sector is not in the code")
        elif others := ", ".join(other for other in roles if roles[other] == role and other != sector):
            told.note(column, sector, role, "merged distinction", f"also {others}")


def of_cameo(code: Any, text: str | None, column: str, told: Ledger) -> Who:
    """The actor of a CAMEO code. Raises Unconvertible for what is no such code."""
    if not isinstance(code, str):
        raise Unconvertible(f"{column} {code!r} is no actor code")
    try:
        elements = parse(code)
    except InputError as problem:
        raise Unconvertible(f"{column}: {problem}") from None
    who = Who(text=text)
    for element in elements:
        iso3 = tables.iso3_of_cameo().get(element.code) if element.kind == "country" else None
        if iso3 and who.country is None:
            who = who._replace(country=iso3)
        elif element.kind == "generic" and element.code in plover.nonstate():
            who = who._replace(code=element.code)
        elif element.code == "NGM":
            told.note(column, code, "ISM", "wider target", "an international social movement")
            who = who._replace(code="ISM")
        elif element.kind == "organization":
            who = who._replace(name=element.title)
        else:
            who = _with_role(who, element, column, told)
    if who.code and who.country:
        told.note(column, who.country, who.code, "no counterpart", "PLOVER has one code an actor")
        who = who._replace(country=None)
    return who._replace(sectors=_main_two(who.sectors, column, told))


def _with_role(who: Who, element: Element, column: str, told: Ledger) -> Who:
    part = element.code
    found = tables.sectors_of_roles().get(part) if element.kind in ("role", "generic") else None
    if found is None or found.word is None:
        told.note(column, part, None, "no counterpart", found.note if found else f"PLOVER has no place for: {element}")
        return who
    if found.kind == "broader":
        others = ", ".join(r for r, word in tables.sectors_of_roles().items() if word.word == found.word and r != part)
        told.note(column, part, found.word, "merged distinction", f"also {others}; {found.note}")
    return who._replace(sectors=tuple(dict.fromkeys((*who.sectors, found.word))))


def _main_two(sectors: tuple[str, ...], column: str, told: Ledger) -> tuple[str, ...]:
    """PLOVER has one sector and a second one; a party comes before its side."""
    ordered = tuple(sorted(sectors, key=lambda sector: sector != "PTY"))
    for sector in ordered[2:]:
        told.note(column, sector, None, "no counterpart", "PLOVER has two sectors at most")
    return ordered[:2]


def of_entity(found: dict[str, Any], column: str, told: Ledger) -> Who:
    """The actor of a PLOVER entity; what CAMEO has no place for is told."""
    code, sector = found.get("code"), found.get("sector") or ""
    for key in ("identifier_id", "religion", "ethnicity", "office", "gender", "age"):
        if found.get(key) is not None:
            told.note(column, found[key], None, "no counterpart", key)
    sectors = tuple(sector[i:i + 3] for i in range(0, len(sector), 3))
    special = code if code in plover.nonstate() else None
    return Who(found.get("entity_text"), found.get("identifier_text"),
               None if special else _KOSOVO.get(code or "", code), special, sectors)


def of_acled(name: str, inter: str | None, home: str | None, column: str, told: Ledger) -> Who:
    """The actor of an ACLED name and class; `home` is the country of the event."""
    who = Who(name=name, country=_country_in(name))
    if inter:
        classes = tables.sectors_of_classes()
        found = next(word for (label, start), word in classes.items() if label == inter and name.startswith(start))
        if found.kind == "partial":
            who = _sector(who, told.guessed(column, inter, found.word, found.note))
        else:
            who = _sector(who, found.word)
            _tell_class(inter, found, column, told)
        if who.country is None and home and inter != "External/Other forces":
            who = who._replace(country=told.guessed(column, name, home, "taken for an actor of the event's country"))
    return who


def _tell_class(inter: str, found: tables.Word, column: str, told: Ledger) -> None:
    others = [label for (label, _), word in tables.sectors_of_classes().items()
              if word.word == found.word and label != inter]
    if found.word is None:
        told.note(column, inter, None, "no counterpart", found.note)
    elif found.kind == "broader":
        also = f"also {', '.join(dict.fromkeys(others))}; {found.note}"
        told.note(column, inter, found.word, "merged distinction", also)


def of_ucdp(name: str, number: Any, home: str | None, state_based: bool, column: str, told: Ledger) -> Who:
    """The side of a GED event; `number` is its Gleditsch and Ward number where it is a government."""
    state = countries.by_gw(int(number)) if str(number or "").isdigit() else None
    who = Who(name=name, country=state.iso3 if state else _country_in(name))
    if name.startswith("Government of "):
        return _sector(who, "GOV")
    if name == "Civilians":
        who = _sector(who, "CVL")
    else:
        who = _sector(who, told.guessed(column, name, "REB" if state_based else "UAF",
                                        "organized against a government" if state_based else "an organized group"))
    if who.country is None and home:
        who = who._replace(country=told.guessed(column, name, home, "taken for an actor of the event's country"))
    return who


def of_names(names: Iterable[str]) -> list[Who]:
    """Associated actors, of which only the name is known."""
    return [Who(name=name, country=_country_in(name)) for name in names]


def _sector(who: Who, sector: str | None) -> Who:
    return who._replace(sectors=(sector,) if sector else ())


def _country_in(name: str) -> str | None:
    """The country that an actor's name holds; None where it holds none."""
    found = _STATE.match(name) or _PEOPLE.search(name)
    country = countries.by_name(found["country"]) if found else None
    return country.iso3 if country else None

