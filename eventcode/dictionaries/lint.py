"""What of a dictionary could not be honoured, and what in it is worth a look, line by line."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from eventcode.dictionaries.actors import Block
from eventcode.dictionaries.dates import Restriction
from eventcode.dictionaries.files import Finding
from eventcode.dictionaries.reading import Dictionary, Files, read

_FIRST, _LAST = date.min, date.max


def lint(*, verbs: Files = None, actors: Files = None, agents: Files = None, discards: Files = None,
         issues: Files = None, format: str = "petrarch2", ontology: str | Path | None = None) -> list[Finding]:
    """Findings of a dictionary, ordered by file and line; the arguments are those of `load`.

    An "error" is a line, or a part of it, that has no effect; a "note" is one that has, but perhaps not the one meant:
    a phrase or pattern that stands twice, a date restriction that no day reaches, an actor without a code.
    Raises RuleError on a file that cannot be read.
    """
    dictionary = read(verbs=verbs, actors=actors, agents=agents, discards=discards, issues=issues, format=format,
                      ontology=ontology)
    return check(dictionary)


def check(dictionary: Dictionary) -> list[Finding]:
    """Findings of a dictionary that is read already."""
    order = {path.name: number for number, path in enumerate(dictionary.files)}
    found = [*dictionary.findings, *(f for block in dictionary.actors.blocks for f in _of_actor(block)),
             *_of_verbs(dictionary)]
    return sorted(found, key=lambda finding: (order.get(finding.place.file, -1), finding.place.line))


def _of_actor(block: Block) -> Iterator[Finding]:
    if not block.codes:
        yield Finding(block.place, "note", "an actor without a code: it codes nobody", block.name)
    for number, (code, place) in enumerate(zip(block.codes, block.places, strict=True)):
        if not code.dated:
            continue
        hidden = next((i for i in range(number) if block.codes[i].dated and _covers(block.codes[i], code)), None)
        if hidden is not None:
            yield Finding(place, "note", f"no day reaches {code.code}: line {block.places[hidden].line} has them all",
                          block.name)
    undated = [code.code for code in block.codes if not code.dated]
    if len(undated) > 1:
        yield Finding(block.place, "note", f"several undated codes, the last one holds: {', '.join(undated)}",
                      block.name)


def _covers(one: Restriction, other: Restriction) -> bool:
    return (one.first or _FIRST) <= (other.first or _FIRST) and (one.last or _LAST) >= (other.last or _LAST)


def _of_verbs(dictionary: Dictionary) -> Iterator[Finding]:
    """Codes that have no number where codes are combined, each once."""
    numbers = dictionary.rules.numbers
    if numbers is None:
        return
    told: set[str] = set()
    for block in dictionary.rules.verbs.blocks.values():
        for code, place in [(block.code, block.place), *((p.code, p.place) for p in block.patterns)]:
            for part in (code.active, code.passive):
                if part is not None and part not in told and not numbers.knows(part):
                    told.add(part)
                    yield Finding(place, "note", f"{part} has no number in the ontology: it combines with none")
