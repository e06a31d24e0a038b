"""What a change of rules does before it is made: the records of a corpus under two rule sets, compared one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, NamedTuple

from eventcode import plugins
from eventcode.article import Article
from eventcode.coder import Coder
from eventcode.dataset.frame import as_text
from eventcode.explain import Trace
from eventcode.loading import load
from eventcode.records import Record, is_filled

Span = tuple[int, int]
Mapped = Mapping[str, Any]


class Change(NamedTuple):
    """One difference: a record `added` or `removed`, or one column of a record `changed`.

    `old`, `new`: the values, as text; of a record its codes. `rules_before`, `rules`: ids of what gave them. `reason`:
    why there is no record under the other rule set, as far as it says. `start`, `end`: the words that report the event,
    in the article's text; `text`: the sentence around them.
    """

    article: str
    change: Literal["added", "removed", "changed"]
    column: str
    old: str
    new: str
    rules_before: tuple[str, ...]
    rules: tuple[str, ...]
    reason: str
    start: int
    end: int
    text: str


@dataclass
class Impact:
    """Two rule sets on one corpus. `same`: records without a difference. `failed`: articles that could not be coded."""

    old: str
    new: str
    articles: int = 0
    same: int = 0
    changes: list[Change] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def by_rule(self) -> list[tuple[str, int]]:
        """How many differences each rule has to do with, the most frequent first."""
        counts = Counter(rule for change in self.changes for rule in {*change.rules, *change.rules_before})
        return sorted(counts.items(), key=lambda item: (-item[1], item[0]))

    def summary(self) -> list[str]:
        """For people: how much changes, and by which rules."""
        kinds = Counter(str(change.change) for change in self.changes)
        told = ", ".join(f"{kinds[kind]} {what}" for kind, what in (
            ("added", "records added"), ("removed", "records removed"), ("changed", "values changed")))
        lines = [f"{self.old} -> {self.new} on {self.articles} articles: {told}, {self.same} records the same"]
        return [*lines, *(f"  {times}  {rule}" for rule, times in self.by_rule())]

    def lines(self) -> list[str]:
        """For people: every difference with its text, then the summary."""
        return [line for change in self.changes for line in _told(change)] + self.summary()


def diff(old: str | Path, new: str | Path, articles: Iterable[Article]) -> Impact:
    """Code each article with both rule sets and compare the records; names or folders, as of `eventcode.load`.

    Two versions of one rule set may have the same name. Records are paired by the words that report their events. An
    article that one of them cannot code is named in `failed`. Raises PluginError or RuleError on a broken rule set.
    """
    before, after = _coder(old), _coder(new)
    impact = Impact(str(old), str(new))
    for article in articles:
        try:
            one, two = before.trace(article), after.trace(article)
        except Exception as problem:  # one article must not cost the others
            impact.failed.append(f"article {article.id or '(no id)'}: {type(problem).__name__}: {problem}")
            continue
        impact.articles += 1
        _compare(_Side(one, before), _Side(two, after), impact)
    return impact


def _coder(name_or_path: str | Path) -> Coder:
    """A coder, of a folder even where an installed rule set or the other folder has its name."""
    is_name = isinstance(name_or_path, str) and name_or_path in plugins.names("ontologies")
    if not is_name and Path(name_or_path).is_dir():
        return load(plugins.folder_ontology(Path(name_or_path)))
    return load(name_or_path)


@dataclass
class _Side:
    """An article under one rule set: its records with the words that report their events."""

    trace: Trace
    coder: Coder
    spans: list[frozenset[Span]] = field(init=False)

    def __post_init__(self) -> None:
        triggers = {event.id: frozenset((report.trigger.start, report.trigger.end) for report in event.reports)
                    for event in self.trace.events}
        self.spans = [frozenset().union(*(triggers.get(key, frozenset()) for key in record.meta.events))
                      for record in self.trace.records]

    def reason(self, span: Span) -> str:
        """Why these words gave no record here."""
        found = [rejection for rejection in self.trace.rejections
                 if rejection.start < span[1] and span[0] < rejection.end]
        last = [rejection for rejection in found if rejection.stage == "records"] or found
        return "; ".join(dict.fromkeys(rejection.reason for rejection in last)) or "its words report no event"

    def deciding(self, rules: Iterable[str]) -> tuple[str, ...]:
        """Of these ids, those of coding rules and of wordings that the rule set brings; all where there are none."""
        known = {rule.id for rule in self.coder.ontology.rules} | {e.id for e in self.coder.ontology.own.entries}
        found = tuple(dict.fromkeys(rules))
        return tuple(rule for rule in found if rule in known) or found


def _compare(old: _Side, new: _Side, impact: Impact) -> None:
    pairs, left = _pairs(old, new)
    taken = {j for _, j in pairs}
    for i, j in pairs:
        changed = list(_changed(old, i, new, j))
        impact.same += not changed
        impact.changes += changed
    impact.changes += [_alone(old, i, new, "removed") for i in left]
    impact.changes += [_alone(new, j, old, "added") for j in range(len(new.spans)) if j not in taken]


def _pairs(old: _Side, new: _Side) -> tuple[list[tuple[int, int]], list[int]]:
    """Records of the same words, those with most equal values first; and the old ones without a partner."""
    scored = sorted((-_likeness(old.trace.records[i], new.trace.records[j]), i, j)
                    for i, one in enumerate(old.spans) for j, two in enumerate(new.spans) if one & two)
    rows: dict[int, int] = {}
    for _, i, j in scored:
        if i not in rows and j not in rows.values():
            rows[i] = j
    return sorted(rows.items()), [i for i in range(len(old.spans)) if i not in rows]


def _likeness(one: Record, two: Record) -> int:
    first, second = _values(one), _values(two)
    return sum(second.get(column) == value for column, value in first.items())


def _values(record: Record) -> Mapped:
    """The filled columns, without the ids that count the records of a run."""
    return {column: value for column, value in record.values().items()
            if is_filled(value) and not column.startswith("event_id") and column not in ("id", "timestamp")}


def _changed(old: _Side, i: int, new: _Side, j: int) -> Iterator[Change]:
    one, two = old.trace.records[i], new.trace.records[j]
    before, after = _values(one), _values(two)
    for column in dict.fromkeys((*one.columns(), *two.columns())):
        if before.get(column) != after.get(column):
            rules_before, rules = _rules(one, column), _rules(two, column)
            yield Change(_name(new), "changed", column, _text(before.get(column)), _text(after.get(column)),
                         old.deciding(_without(rules_before, rules)), new.deciding(_without(rules, rules_before)), "",
                         *_where(new, j))


def _alone(side: _Side, n: int, other: _Side, change: Literal["added", "removed"]) -> Change:
    record = side.trace.records[n]
    rules = side.deciding(rule for column in record.provenance for rule in _rules(record, column))
    codes = ", ".join(f"{column} {_text(value)}" for column, value in _values(record).items()
                      if column in side.coder.ontology.allowed)
    where = _where(side, n)
    reason = other.reason(where[:2])
    added = change == "added"
    return Change(_name(side), change, "", "" if added else codes, codes if added else "", () if added else rules,
                  rules if added else (), reason, *where)


def _rules(record: Record, column: str) -> tuple[str, ...]:
    evidence = record.provenance.get(column)
    return evidence.rules if evidence is not None else ()


def _without(rules: Sequence[str], others: Sequence[str]) -> tuple[str, ...]:
    """The rules that the other side has not; all where it has the same."""
    return tuple(rule for rule in rules if rule not in others) or tuple(rules)


def _where(side: _Side, n: int) -> tuple[int, int, str]:
    """The first words that report the record's event, and the sentence around them."""
    start, end = min(side.spans[n], default=(0, 0))
    sentence = next((" ".join(s.text.split()) for s in side.trace.sentences if s.holds(start)), "")
    return start, end, sentence


def _name(side: _Side) -> str:
    return side.trace.article.id or "(no id)"


def _text(value: Any) -> str:
    return as_text(value) if is_filled(value) else ""


def _told(change: Change) -> Iterator[str]:
    yield f'{change.article} [{change.start}:{change.end}] "{change.text}"'
    if change.change == "changed":
        yield f"    {change.column}: {change.old or '(empty)'} -> {change.new or '(empty)'}"
    else:
        yield f"    {change.change}: {change.old or change.new}"
    if change.rules_before:
        yield f"    before by {', '.join(change.rules_before)}"
    if change.rules:
        yield f"    now by {', '.join(change.rules)}"
    if change.reason:
        yield f"    {'before' if change.change == 'added' else 'now'}: {change.reason}"
