"""The English that the readings of a story look for, from `wording/en/`: patterns and word lists, each with what it
tells and examples that a test walks. A reading names what it needs: `pattern("taken-for")`, `words("mobs")`."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Literal

from eventcode.errors import RuleError
from eventcode.rules import Data, Words, check, read_yaml

FOLDER = Path(__file__).parent / "wording" / "en"
_PART = re.compile(r"<<([\w-]+)>>")


class Pattern(Data):
    """A regular expression in pieces; <<id>> stands for another pattern. `matches` says how a reading applies it."""

    id: str
    tells: str
    matches: Literal["whole", "start", "anywhere"]
    case: Literal["any", "kept"] = "any"
    pattern: Words
    examples: Words
    counterexamples: Words


class WordList(Data):
    """Lower-case words of one kind."""

    id: str
    tells: str
    words: Words


class _File(Data):
    patterns: tuple[Pattern, ...] = ()
    words: tuple[WordList, ...] = ()


@cache
def patterns() -> dict[str, Pattern]:
    """Every pattern by its id. Raises RuleError that names the file where one is not as it should be."""
    return {one.id: one for file in _files() for one in file.patterns}


def pattern(name: str) -> re.Pattern[str]:
    """The compiled pattern of this id. Raises RuleError where there is none or it cannot be compiled."""
    known = patterns()
    if name not in known:
        raise RuleError(f"no pattern {name!r} in the wording of the ACLED-style ontology", path=FOLDER)
    flags = re.IGNORECASE if known[name].case == "any" else re.NOFLAG
    whole = _PART.sub(lambda found: "".join(known[found[1]].pattern), "".join(known[name].pattern))
    try:
        return re.compile(whole, flags)
    except re.error as problem:
        raise RuleError(f"pattern {name}: {problem}", path=FOLDER) from None


def words(name: str) -> frozenset[str]:
    """The word list of this id. Raises RuleError where there is none."""
    found = next((one for file in _files() for one in file.words if one.id == name), None)
    if found is None:
        raise RuleError(f"no word list {name!r} in the wording of the ACLED-style ontology", path=FOLDER)
    return frozenset(found.words)


@cache
def _files() -> tuple[_File, ...]:
    return tuple(check(read_yaml(path), _File, path) for path in sorted(FOLDER.glob("*.yaml")))
