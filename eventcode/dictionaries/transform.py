"""Transformations of PETRARCH-2: `~ a (a b ATTACK) SAY = a b 015`, what two verbs, one in the other, are coded as.

Small letters are actors (equal letters, equal actors), `.` any actor, `_` none, `Q` any verb. A verb stands for all
verbs of its code.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from eventcode.dictionaries.files import Findings, Line, Place

_TRANSFORMATION = re.compile(
    r"~\s*(?P<top>[a-z._])\s*\(\s*(?P<source>[a-z._])\s+(?P<target>[a-z._])\s+(?P<inner>[A-Z_&]+)\s*\)\s*"
    r"(?P<outer>[A-Z_]+)\s*=\s*(?P<from>[a-z])\s+(?P<to>[a-z])\s+(?P<code>\w+)\s*")
ANY_VERB = "Q"


@dataclass(frozen=True, slots=True)
class Transformation:
    """One rule. `outer` and `inner` are codes of verbs; None for any. `code` None: the inner verb's own code."""

    outer: str | None
    inner: str | None
    pattern: tuple[str, str, str]
    result: tuple[str, str]
    code: str | None
    place: Place

    def fits(self, outer: str, inner: str) -> bool:
        return self.outer in (None, outer) and self.inner in (None, inner)

    def bind(self, actors: tuple[str | None, str | None, str | None]) -> Mapping[str, int] | None:
        """Letter to the position of its actor among (top, inner source, inner target); None where it does not fit."""
        bound: dict[str, int] = {}
        for at, (letter, actor) in enumerate(zip(self.pattern, actors, strict=True)):
            if letter == "_":
                if actor is not None:
                    return None
            elif letter != ".":
                if actor is None or actors[bound.setdefault(letter, at)] != actor:
                    return None
                if any(actors[i] == actor for other, i in bound.items() if other != letter):
                    return None
        return bound if set(self.result) <= bound.keys() else None


def read_transformation(line: Line, codes: Mapping[str, str | None], findings: Findings) -> Transformation | None:
    """A transformation line; `codes` gives the code of a verb's name. None, with a finding, where it can't be read."""
    found = _TRANSFORMATION.fullmatch(line.text)
    if found is None:
        findings.error(line, "no transformation that can be read")
        return None
    verbs: list[str | None] = []
    for name in (found["outer"], found["inner"]):
        code = None if name == ANY_VERB else codes.get(name)
        if code is None and name != ANY_VERB:
            findings.error(line, f"no verb {name} with a code of its own")
            return None
        verbs.append(code)
    given = found["code"]
    return Transformation(verbs[0], verbs[1], (found["top"], found["source"], found["target"]),
                          (found["from"], found["to"]), None if given == ANY_VERB else given, line.place)
