"""Contexts of a PLOVER record, from words near the event, its parties and its action (P12)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pydantic import Field, field_validator

from eventcode.neutral import Event, Evidence, Party, Span
from eventcode.ontologies.grounds import evidence
from eventcode.ontologies.plover import tables
from eventcode.patterns import TokenTrie
from eventcode.rules import Data, Words, read_items
from eventcode.rules import words as as_words
from eventcode.text import spoken

_WORD = re.compile(r"\w+(?:['’\-]\w+)*")


class Context(Data):
    """One way to tell a context; see contexts.yaml."""

    id: str
    context: str
    words: Words = ()
    sectors: Words = ()
    traits: Words = ()
    actors: Words = Field(default=(), description="actor ids, or what they begin with")
    actions: Words = ()

    _listed = field_validator("words", "sectors", "traits", "actors", "actions", mode="before")(as_words)

    @field_validator("context")
    @classmethod
    def _known(cls, value: str) -> str:
        if value not in tables.contexts():
            raise ValueError(f"{value!r} is not a PLOVER context")
        return value

    def party(self, parties: tuple[Party, ...]) -> Party | None:
        """The first party that tells this context."""
        return next((p for p in parties if p.sector in self.sectors or not set(self.traits).isdisjoint(p.traits)
                     or any(_begins(p.actor_id or "", actor) for actor in self.actors)), None)


@dataclass(frozen=True)
class Told:
    """The contexts of an event and the evidence of the first; all their rules are in its rules."""

    names: tuple[str, ...]
    evidence: Evidence


def told(event: Event) -> Told:
    """All contexts of an event, in the order of contexts.yaml."""
    near: dict[str, Span] = {}
    tellers = [report for report in event.reports if report.asserted] or event.reports
    for report in reversed(tellers):
        near |= _hits(report.sentence)
    found = {item.id: (item.context, span) for item in items() if (span := _grounds(item, event, near)) is not None}
    if not found:
        return Told((), Evidence())
    names = tuple(dict.fromkeys(context for context, _ in found.values()))
    return Told(names, evidence(next(iter(found.values()))[1], *found))


@cache
def items() -> tuple[Context, ...]:
    """The entries of contexts.yaml."""
    return tuple(read_items(tables.FOLDER / "contexts.yaml", Context, "contexts"))


@cache
def _trie() -> TokenTrie[str]:
    return TokenTrie((_WORD.findall(phrase), item.id) for item in items() for phrase in item.words)


def _grounds(item: Context, event: Event, near: dict[str, Span]) -> Span | None:
    """What tells this context: a party, else words of a reporting sentence, else the trigger of the action."""
    party = item.party((*event.sources, *event.targets))
    if party is not None:
        return Span(start=party.start, end=party.end, text=party.text)
    if item.id in near:
        return near[item.id]
    return event.reports[0].trigger if {event.action, event.about} & set(item.actions) else None


def _hits(sentence: Span) -> dict[str, Span]:
    """Entry id to the first of its words in a sentence."""
    text, start = sentence.text, sentence.start
    tokens = list(_WORD.finditer(spoken(text)))
    found: dict[str, Span] = {}
    for hit in _trie().find([token.group().casefold().replace("’", "'") for token in tokens]):
        first, end = tokens[hit.first].start(), tokens[hit.last].end()
        for value in hit.values:
            found.setdefault(value, Span(start=start + first, end=start + end, text=text[first:end]))
    return found


def _begins(actor_id: str, key: str) -> bool:
    return actor_id == key or actor_id.startswith(f"{key}-")
