"""Kinds of event across formats: class, kind and act of each code, so that an ACLED row can meet a GED row.

`taxonomy.csv` is our own proposal, level by level from the widest (violence, demonstration, coercion, posture,
cooperation, statement, other). A CAMEO code that is not listed is as its base code, then as its root.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from eventcode.rules import read_csv

#: A path from the widest level to the narrowest.
Path3 = tuple[str, ...]

#: Format to the one whose codes it uses.
_CODES_OF = {"gdelt": "cameo", "icews": "cameo", "phoenix": "cameo", "polecat": "plover"}


@cache
def taxonomy(name: str) -> Mapping[str, Path3]:
    """Code to its path, for a format; empty for one that the table does not have."""
    format_ = _CODES_OF.get(name, name)
    rows = read_csv(Path(__file__).with_name("taxonomy.csv"), ("format", "code", "class", "kind", "act"))
    return {row["code"]: (row["class"], row["kind"], row["act"]) for _, row in rows if row["format"] == format_}


def path_of(code: str | None, known: Mapping[str, Any]) -> Path3:
    """The path of a code: its own, else that of its first three or two characters, else () for an unknown one.

    Of several events joined with semicolons (PLOVER) the first that is known. A path may be given as one word.
    """
    for one in (code or "").split("; "):
        found = known.get(one) or known.get(one[:3]) or known.get(one[:2])
        if found:
            return (found,) if isinstance(found, str) else tuple(found)
    return ()


def depth(one: Path3, other: Path3) -> int:
    """How many levels two paths share, from the widest on."""
    shared = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        shared += 1
    return shared
