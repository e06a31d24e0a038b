"""The small dictionaries of the tests, all of our own phrases, and coders made of them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from eventcode.dictionaries import DictionaryCoder, DictionaryRecord, load

FOLDER = Path(__file__).parent / "data" / "dictionaries"
DAY = "2005-03-09"
_VERBS = {"petrarch1": "petrarch1.verbs.txt", "petrarch2": "petrarch2.verbs.txt",
          "universalpetrarch": "petrarch2.verbs.txt", "tabari": "tabari.verbs"}


@cache
def coder(format: str, **options: object) -> DictionaryCoder:
    """A coder of the tests' dictionaries in this format; options as of `load`."""
    actors = "tabari.actors" if format == "tabari" else "actors.txt"
    return load(verbs=FOLDER / _VERBS[format], actors=FOLDER / actors, agents=FOLDER / "agents.txt",
                discards=FOLDER / "discards.txt", issues=FOLDER / "issues.txt", format=format,
                **options)  # type: ignore[arg-type]


def records(format: str, text: str, published: str | None = DAY, **options: object) -> list[DictionaryRecord]:
    return coder(format, **options).code(text, published=published)


def triples(format: str, text: str, published: str | None = DAY, **options: object) -> list[str]:
    """The events of a text as "SOURCE TARGET CODE", sorted."""
    found = records(format, text, published, **options)
    return sorted(f"{r.source or '---'} {r.target or '---'} {r.code}" for r in found)


def line_of(file: str, text: str) -> str:
    """`file:line` of the first line that is this text, comment aside: the rule id of what it codes."""
    lines = (FOLDER / file).read_text(encoding="utf-8").splitlines()
    return f"{file}:{[line.partition('#')[0].strip() for line in lines].index(text) + 1}"
