"""Tests of rule sets as data: every example must fire its rule, every counterexample must not.

`eventcode rules test` and the library's own tests run these; a plug-in's tests can do the same:

    assert eventcode.testing.walk("my-ontology") == []
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from eventcode.article import Article
from eventcode.coder import Coder
from eventcode.dataset.frame import as_text
from eventcode.explain import Trace
from eventcode.lexicon import Entry
from eventcode.loading import load
from eventcode.neutral import Event, EventMention, Party
from eventcode.ontologies.base import ALSO_FIRES
from eventcode.ontologies.facets import unknown_words
from eventcode.plugins import language as language_pack
from eventcode.plugins import names
from eventcode.records import Record, is_filled
from eventcode.rules import Example


@dataclass(frozen=True, slots=True)
class Failure:
    """One example that does not do what its rule or lexicon entry says."""

    rule: str
    kind: Literal["example", "counterexample", "facet"]
    text: str
    reason: str

    def __str__(self) -> str:
        quoted = f' "{" ".join(self.text.split())}"' if self.text else ""
        return f"{self.rule}: {self.kind}{quoted}: {self.reason}"


def walk(name_or_path: str | Path, *, coder: Coder | None = None) -> list[Failure]:
    """Run the examples and counterexamples of an ontology's rules through the whole path, in order of the rules.

    An example passes when a record names its rule in its provenance, no other rule fires there unbeaten, and one such
    record has every expected value; a value is as expected when the column's text contains it, letter case aside.
    An example of an extended rule set may be coded by a rule of the layer instead.
    Besides the record's columns, `source` and `target` may be expected of the neutral event behind it. A
    counterexample passes when no record names the rule. Wordings that the rule set brings are walked as `walk_language`
    does.

    Raises PluginError or RuleError where the ontology cannot be loaded.
    """
    runner = coder or load(name_or_path)
    known = frozenset(rule.id for rule in runner.ontology.rules)
    inherited = frozenset(rule.id for lower in runner.ontology.layers[1:] for rule in lower.rules)
    failures: list[Failure] = []
    for rule in runner.ontology.rules:
        failures += [Failure(rule.id, "facet", "", fault) for fault in unknown_words(rule, runner.ontology.words)]
        for example in rule.examples:
            trace = _trace(runner, example)
            if rule.id in inherited and any(_rules(record) & (known - inherited) for record in trace.records):
                continue  # the layer codes it by a rule of its own
            reason = _ontology_fault(rule.id, example, trace, known)
            failures += [Failure(rule.id, "example", example.text, reason)] if reason else []
        for example in rule.counterexamples:
            if any(rule.id in _rules(record) for record in _trace(runner, example).records):
                failures.append(Failure(rule.id, "counterexample", example.text, "fires"))
    return failures + _walk_entries(runner.ontology.own.entries, runner)


def walk_language(code: str, *, coder: Coder | None = None) -> list[Failure]:
    """Run the examples and counterexamples of a language's lexicon entries, in order of the entries' ids.

    An example passes when an event mention names the entry, and one such mention has every expected value: `source`,
    `target`, `place` (words or name), `status`, `action`, `about` or `weapon`. A counterexample passes when none names
    the entry.
    """
    return _walk_entries(language_pack(code).entries, coder or load(names("ontologies")[0], language=code))


def _walk_entries(entries: Iterable[Entry], runner: Coder) -> list[Failure]:
    failures: list[Failure] = []
    for entry in entries:
        for example in entry.examples:
            reason = _entry_fault(entry.id, example, _trace(runner, example))
            failures += [Failure(entry.id, "example", example.text, reason)] if reason else []
        for example in entry.counterexamples:
            if any(entry.id in mention.rules for mention in _trace(runner, example).event_mentions):
                failures.append(Failure(entry.id, "counterexample", example.text, "fires"))
    return failures


def _trace(coder: Coder, example: Example) -> Trace:
    return coder.trace(Article(example.text, published=example.published))


def _ontology_fault(rule: str, example: Example, trace: Trace, known: frozenset[str]) -> str | None:
    """What is wrong with this example of a coding rule, or None; `known` are the ids of all rules."""
    tied = sorted({other for record in trace.records for other in _tied(record, known) if rule in _tied(record, known)})
    if tied:
        return f"{', '.join(tied)} fire together: one must name the other in `over`"
    made = [record for record in trace.records if rule in _rules(record)]
    if not made:
        return _silence(name for record in trace.records for name in _rules(record) & known)
    events = {event.id: event for event in trace.events}
    found = [{**_neutral(events[key] for key in record.meta.events if key in events), **record.values()}
             for record in made]
    return _mismatch(example.expect, found)


def _tied(record: Record, known: frozenset[str]) -> frozenset[str]:
    """The rules that fired on this record with none of them beaten, where there is more than one."""
    others = {lost.rule for column in record.alternatives.values() for lost in column if lost.reason == ALSO_FIRES}
    return frozenset(others | (_rules(record) & known)) if others else frozenset()


def _silence(others: Iterable[str]) -> str:
    return f"does not fire; these do: {', '.join(sorted(set(others))) or 'none'}"


def _entry_fault(entry: str, example: Example, trace: Trace) -> str | None:
    """What is wrong with this example of a lexicon entry, or None."""
    made = [mention for mention in trace.event_mentions if entry in mention.rules]
    if not made:
        return _silence(rule for mention in trace.event_mentions for rule in mention.rules)
    return _mismatch(example.expect, [_neutral([mention]) for mention in made])


def _mismatch(expect: Mapping[str, str], found: list[dict[str, Any]]) -> str | None:
    """The expected values that the best of these readings lacks, or None where one has them all."""
    faults = [[f"{name} is {_said(values.get(name)) or 'empty'!s}, expected {wanted}" for name, wanted in expect.items()
               if wanted.casefold() not in _said(values.get(name)).casefold()] for values in found]
    best = min(faults, key=len)
    return "; ".join(best) or None


def _said(value: Any) -> str:
    return as_text(value) if is_filled(value) else ""


def _neutral(reports: Iterable[Event | EventMention]) -> dict[str, str]:
    """The neutral fields that an example may expect, as text."""
    fields: dict[str, list[str]] = {}
    for report in reports:
        said: dict[str, list[str]] = {
            "source": _parties(report.sources), "target": _parties(report.targets), "action": [report.action],
            "about": [report.about or ""], "status": [report.status],
            "weapon": list(report.weapons),
            "place": [report.place.text, report.place.name] if report.place else []}
        for name, words in said.items():
            fields.setdefault(name, []).extend(words)
    return {name: "; ".join(filter(None, words)) for name, words in fields.items()}


def _parties(parties: tuple[Party, ...]) -> list[str]:
    return [words for party in parties for words in dict.fromkeys((party.text, party.name or "", party.country or ""))]


def _rules(record: Record) -> frozenset[str]:
    """Ids of everything that filled this record."""
    return frozenset(rule for evidence in record.provenance.values() for rule in evidence.rules)
