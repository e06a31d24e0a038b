"""What must hold within one CAMEO row, whoever coded it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from eventcode.errors import InputError
from eventcode.ontologies.base import Check
from eventcode.ontologies.cameo import tables
from eventcode.ontologies.cameo.elements import parse

Row = Mapping[str, Any]


def _entry(row: Row) -> tables.CodeEntry | None:
    return tables.codes().get(str(row.get("code")))


def _code(row: Row) -> str | None:
    return None if _entry(row) else f"{row.get('code')!r} is not a CAMEO code"


def _root(row: Row) -> str | None:
    entry = _entry(row)
    wrong = entry is not None and row["root"] != entry.root
    return f"code {entry.code} has root {entry.root}, not {row['root']}" if entry and wrong else None


def _quad(row: Row) -> str | None:
    entry = _entry(row)
    wrong = entry is not None and str(row["quad"]) not in (str(entry.quad), f"{entry.quad}.0")
    return f"root {entry.root} has quad {entry.quad}, not {row['quad']}" if entry and wrong else None


def _goldstein(row: Row) -> str | None:
    entry = _entry(row)
    try:
        given = float(row["goldstein"])
    except (TypeError, ValueError):
        return f"{row['goldstein']!r} is not a number"
    return f"code {entry.code} has {entry.goldstein}, not {given}" if entry and given != entry.goldstein else None


def _actor(column: str) -> Any:
    def fault(row: Row) -> str | None:
        try:
            unknown = [element.code for element in parse(str(row[column])) if element.kind == "unknown"]
        except InputError as problem:
            return str(problem)
        return f"{', '.join(unknown)} of {row[column]}: on no list of this pack" if unknown else None

    return fault


def follows(row: Row) -> dict[str, Any]:
    """What the code fixes."""
    entry = _entry(row)
    return {"title": entry.title, "root": entry.root, "quad": entry.quad, "goldstein": entry.goldstein} if entry else {}


CHECKS = (
    Check("cameo/code-known", ("code",), _code, advice="Use a code of the codebook, as text with its zeros."),
    Check("cameo/root-of-code", ("code", "root"), _root, advice="Recompute the root: the code's first two digits."),
    Check("cameo/quad-of-root", ("code", "quad"), _quad, advice="Recompute the quad class from the root: 01-05 are 1, "
          "06-08 are 2, 09-13 are 3, 14-20 are 4."),
    Check("cameo/goldstein-of-code", ("code", "goldstein"), _goldstein,
          advice="Recompute the Goldstein value from the code."),
    Check("cameo/source-elements", ("source",), _actor("source"), "warning",
          advice="Make sure that each three letters are a country, group or role of CAMEO's lists."),
    Check("cameo/target-elements", ("target",), _actor("target"), "warning",
          advice="Make sure that each three letters are a country, group or role of CAMEO's lists."),
)
