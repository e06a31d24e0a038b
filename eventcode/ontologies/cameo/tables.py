"""CAMEO's own lists, read once on first use from codes/*.csv."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

from eventcode.rules import read_csv

FOLDER = Path(__file__).parent
_CODES = FOLDER / "codes"
_MORE = {"roles": ("tier", "label"), "countries": ("kind", "iso3", "within"), "organizations": ("actor",),
         "identities": ()}


class CodeEntry(NamedTuple):
    """One CAMEO code: title, root, quad class, Goldstein value (GDELT's list), parent code ("" for a root).

    `goldstein_icews` is ICEWS's value, None where it has none.
    """

    code: str
    title: str
    root: str
    quad: int
    goldstein: float
    goldstein_basis: str
    parent: str
    goldstein_icews: float | None


@cache
def codes() -> dict[str, CodeEntry]:
    """All 318 codes, roots included."""
    columns = ("code", "title", "root", "quad", "goldstein", "goldstein_basis", "goldstein_icews", "parent")
    return {row["code"]: CodeEntry(row["code"], row["title"], row["root"], int(row["quad"]), float(row["goldstein"]),
                                   row["goldstein_basis"], row["parent"],
                                   float(row["goldstein_icews"]) if row["goldstein_icews"] else None)
            for _, row in read_csv(_CODES / "codes.csv", columns)}


@cache
def mirrors() -> dict[str, tuple[str, bool]]:
    """Code to (code of the other direction, whether it always holds or only for an event told as reciprocal)."""
    return {row["code"]: (row["mirror"], row["when"] == "always")
            for _, row in read_csv(_CODES / "mirrors.csv", ("code", "mirror", "when"))}


@cache
def absorbed() -> frozenset[tuple[str, str]]:
    """(code, stronger code) of one act told twice: the first gives way where both are read for one dyad and day."""
    return frozenset((row["code"], row["by"]) for _, row in read_csv(_CODES / "same_act.csv", ("code", "by", "why")))


@cache
def titles(table: str) -> dict[str, str]:
    """Code to title of roles, countries, organizations or identities."""
    return {code: row["title"] for code, row in rows(table).items()}


@cache
def rows(table: str) -> dict[str, dict[str, str]]:
    """The rows of one list of actor code elements by code: roles, countries, organizations or identities.

    Besides the title a role has its tier and a short label, a country its kind, ISO 3166 alpha-3 code and the
    states that it was or is a region of, an organization the whole code of the actor where that is settled.
    """
    return {row["code"]: row for _, row in read_csv(_CODES / f"{table}.csv", ("code", "title", *_MORE[table]))}


@cache
def country_codes() -> dict[str, str]:
    """ISO 3166 alpha-3 to CAMEO's country code (they differ for Romania, Montenegro, Timor-Leste and two more)."""
    return {row["iso3"]: code for code, row in rows("countries").items() if row["iso3"]}


@cache
def roles(kind: str) -> dict[str, str]:
    """PLOVER sector or neutral trait to CAMEO role; traits in the order in which they decide."""
    return {row["word"]: row["role"]
            for _, row in read_csv(_CODES / "party_roles.csv", ("kind", "word", "role")) if row["kind"] == kind}


@cache
def known_actors() -> dict[str, tuple[str, bool]]:
    """Actor id or slug of a name to (code, whether longer names that begin with it count too).

    A code of three letters is an organization's, to be put after the country and the role of the party.
    """
    return {row["key"]: (row["code"], row["longer_names"] == "yes")
            for _, row in read_csv(_CODES / "actors.csv", ("key", "code", "longer_names"))}
