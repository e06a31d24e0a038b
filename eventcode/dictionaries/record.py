"""The records of a dictionary coder: who did what to whom, each field with the dictionary's file and line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date as Day
from typing import ClassVar

from pydantic import BaseModel, ConfigDict, Field

from eventcode.dictionaries.files import Place
from eventcode.dictionaries.lists import Listed
from eventcode.dictionaries.nouns import Party
from eventcode.dictionaries.result import Coded
from eventcode.dictionaries.sentence import Text
from eventcode.neutral import Evidence
from eventcode.records import Record, RecordMeta


class Issue(BaseModel):
    """An issue of the sentence and how many of its phrases stand there."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    count: int = Field(ge=1)


class DictionaryRecord(Record):
    """One event as a dictionary codes it.

    date: the article's day of publication, as in the field's programs. source, target: actor codes as the dictionary
    composes them, `---` first where only an agent is known. code: the verb's or pattern's code, text unchanged.
    issues: issue codes of the sentence.
    """

    ontology: ClassVar[str] = "dictionary"

    date: Day | None = None
    source: str | None = None
    target: str | None = None
    code: str | None = None
    issues: tuple[Issue, ...] = ()


def make_record(event: Coded, text: Text, issues: Sequence[Listed], day: Day | None, meta: RecordMeta
                ) -> DictionaryRecord:
    """The record of one coded event of a sentence."""
    evidence = {"source": _party(event.source, text), "target": _party(event.target, text),
                "code": _evidence(text, event.words, event.places)}
    counted = _counted(issues)
    if day is not None:
        evidence["date"] = Evidence(rules=("article/published",))
    if counted:
        evidence["issues"] = Evidence(rules=tuple(dict.fromkeys(str(issue.place) for issue in issues)))
    source, target = _code(event.source), _code(event.target)
    kept = {name for name, value in (("source", source), ("target", target)) if value is None}
    return DictionaryRecord(date=day, source=source, target=target, code=event.code, issues=counted, meta=meta,
                            provenance={name: value for name, value in evidence.items() if name not in kept})


def _code(party: Party) -> str | None:
    return party.code if party.known else None


def _party(party: Party, text: Text) -> Evidence:
    """The words of an actor; one that no dictionary has is there by the option `new_actor_length`."""
    evidence = _evidence(text, party.words, party.places)
    return evidence if evidence.rules else evidence.model_copy(update={"rules": ("load/new_actor_length",)})


def _evidence(text: Text, words: Sequence[int], places: Iterable[Place]) -> Evidence:
    rules = tuple(str(place) for place in places)
    if not words:
        return Evidence(rules=rules)
    start, end = text.span(words)
    return Evidence(start=start, end=end, text=text.sentence.quote(start, end), rules=rules)


def _counted(issues: Sequence[Listed]) -> tuple[Issue, ...]:
    counts: dict[str, int] = {}
    for issue in issues:
        counts[issue.code] = counts.get(issue.code, 0) + 1
    return tuple(Issue(code=code, count=count) for code, count in counts.items())
