"""Scales and classes of CAMEO codes as the projects that use them publish them: each by the name of its convention.

The conventions of classes, by root of the code (codes/classes.csv):

* `gdelt`: GDELT's QuadClass, the quad category of the R package icews, and this ontology's column `quad`:
  1 verbal cooperation (01-05), 2 material cooperation (06-08), 3 verbal conflict (09-13), 4 material conflict (14-20).
* `icews_penta`: the penta category of the R package icews: as above, with 0 for statements (01).
* `phoenix`: PentaClass of the Phoenix pipeline: 0 statements and appeals (01, 02), 1 (03-05), 2 (06-08),
  3 (09-13 and 16), 4 (14, 15, 17-20).
"""

from __future__ import annotations

from functools import cache
from typing import Literal, get_args

from eventcode.errors import InputError
from eventcode.ontologies.cameo import tables
from eventcode.rules import read_csv

Convention = Literal["gdelt", "icews_penta", "phoenix"]
Scale = Literal["gdelt", "icews"]

#: Codes that GDELT's look-up lists do not have, so that it publishes no value of them.
NOT_IN_GDELT = frozenset({"106", "1213", "1214", "155", "176", "1834", "1951", "1952"})


def conflict_class(code: str, convention: Convention = "gdelt") -> int:
    """The class of an event code in a convention: "190" is 4; "160" is 4 for GDELT and 3 for Phoenix.

    Raises InputError for a code or convention that does not exist.
    """
    if convention not in get_args(Convention):
        raise InputError(f"no convention {convention!r}; there is: {', '.join(get_args(Convention))}")
    return _classes()[_entry(code).root][convention]


def class_title(number: int, convention: Convention = "gdelt") -> str:
    """What a class of a convention is called, in lower case: 4 is "material conflict"."""
    if number == 0 and convention != "gdelt":
        return "statement"
    titles = {int(row["code"]): row["title"].lower()
              for _, row in read_csv(tables.FOLDER / "codes" / "quads.csv", ("code", "title"))}
    if number not in titles:
        raise InputError(f"no class {number} in {convention}")
    return titles[number]


def goldstein(code: str, scale: Scale | None = None) -> float | None:
    """The Goldstein value of an event code, -10 (conflict) to +10 (cooperation).

    scale: "gdelt" or "icews" for what that project publishes, None where it publishes none (they differ on 016, 022,
    164 and 165). Without it the value of the column `goldstein`: GDELT's, else ICEWS's, else the parent code's.
    Raises InputError for a code or scale that does not exist.
    """
    entry = _entry(code)
    if scale is None:
        return entry.goldstein
    if scale not in get_args(Scale):
        raise InputError(f"no scale {scale!r}; there is: {', '.join(get_args(Scale))}")
    if scale == "icews":
        return entry.goldstein_icews
    return None if code in NOT_IN_GDELT else entry.goldstein


def _entry(code: str) -> tables.CodeEntry:
    entry = tables.codes().get(code)
    if entry is None:
        raise InputError(f"{code!r} is no CAMEO code; codes are text, with their leading zero")
    return entry


@cache
def _classes() -> dict[str, dict[str, int]]:
    columns = ("root", *get_args(Convention))
    return {row["root"]: {name: int(row[name]) for name in columns[1:]}
            for _, row in read_csv(tables.FOLDER / "codes" / "classes.csv", columns)}
