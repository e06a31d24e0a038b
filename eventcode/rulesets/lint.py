"""What is wrong with a rule-set folder, all of it at once, each with file, line and rule; no sentence is read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal, NamedTuple, TypeVar

from eventcode import plugins
from eventcode.errors import EventcodeError, RuleError
from eventcode.languages.base import widened
from eventcode.lexicon import Entry, read_actions
from eventcode.mentions.actor_lint import lint as lint_actors
from eventcode.mentions.actor_lint import tables_of
from eventcode.ontologies.base import FACETS, Ontology
from eventcode.ontologies.facets import builtin_actions, unknown_words
from eventcode.ontologies.layers import describe, own_facets
from eventcode.ontologies.own_words import NO_WORDS, OwnWords
from eventcode.records import Record
from eventcode.rules import Data, Example, Rule, check, read_csv, read_yaml

M = TypeVar("M", bound=Data)


class Finding(NamedTuple):
    """One fault. An `error` keeps the rule set from loading or a rule from ever coding; a `note` may be meant."""

    level: Literal["error", "note"]
    path: Path
    line: int | None
    rule: str | None
    message: str

    def __str__(self) -> str:
        where = ":".join(str(part) for part in (self.path, self.line) if part is not None)
        return ": ".join(part for part in (where, self.level, self.rule, self.message) if part)


@dataclass
class _Folder:
    """What of a folder could be read; `lines`: where each rule or entry stands."""

    home: Path
    base: Ontology | None = None
    codes: dict[str, dict[str, int]] = field(default_factory=dict)  # column to its codes and their lines
    tables: dict[str, Path] = field(default_factory=dict)
    rules: list[Rule] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    lines: dict[int, tuple[Path, int | None]] = field(default_factory=dict)  # by id() of a rule or entry
    own: OwnWords = NO_WORDS
    disable: tuple[str, ...] = ()
    findings: list[Finding] = field(default_factory=list)

    def fault(self, problem: EventcodeError, path: Path) -> None:
        """An error that a reader raised."""
        if isinstance(problem, RuleError):
            self.findings.append(Finding("error", Path(problem.path or path), problem.line, problem.rule,
                                         problem.message))
        else:
            self.findings.append(Finding("error", path, None, None, str(problem)))

    def say(self, level: Literal["error", "note"], item: Rule | Entry, message: str) -> None:
        path, line = self.lines[id(item)]
        self.findings.append(Finding(level, path, line, item.id, message))


def lint(folder: Path | str) -> list[Finding]:
    """All findings of a rule-set folder, in order of file and line; [] where it is sound.

    Looks at the description, tables of codes, rules, wordings, actions and actors; `eventcode.testing.walk` runs the
    examples. Nothing is raised for a fault of the folder.
    """
    home = Path(folder)
    found = _Folder(home.parent if home.name == "ontology.yaml" else home)
    if _read(found):
        _check_rules(found)
        _check_entries(found)
        _check_codes(found)
        if not any(finding.level == "error" for finding in found.findings):
            _load(found)
    distinct = dict.fromkeys(found.findings)
    return sorted(distinct, key=lambda one: (str(one.path), one.line or 0, one.level, one.message))


def _read(found: _Folder) -> bool:
    """Read what there is; False where ontology.yaml leaves nothing to go on."""
    home = found.home
    try:
        description = describe(home)
        found.base = plugins.extended(home)
    except EventcodeError as problem:
        found.fault(problem, home)
        return False
    found.disable = description.disable
    for column, file in description.codes.items():
        _read_codes(found, column, home / file)
    known = dict(builtin_actions()) | dict(found.base.own.actions if found.base else {})
    path = home / "actions.yaml"
    try:
        found.own = OwnWords(actions={**known, **(read_actions(path, known) if path.is_file() else {})})
    except RuleError as problem:
        found.fault(problem, path)
        found.own = OwnWords(actions=known)
    for path in sorted((home / "rules").glob("*.yaml")):
        found.rules += _items(found, path, Rule, "rules")
    for path in sorted((home / "lexicon").glob("*.yaml")):
        found.entries += _items(found, path, Entry, "entries")
    return True


def _read_codes(found: _Folder, column: str, path: Path) -> None:
    found.tables[column], codes = path, found.codes.setdefault(column, {})
    try:
        for line, row in read_csv(path, ("code", "title")):
            if row["code"] in codes:
                found.findings.append(Finding("note", path, line, None, f"code {row['code']!r} stands twice"))
            if not row["title"]:
                found.findings.append(Finding("note", path, line, None, f"code {row['code']!r} has no title"))
            codes.setdefault(row["code"], line)
    except RuleError as problem:
        found.fault(problem, path)


def _items(found: _Folder, path: Path, model: type[M], key: str) -> list[M]:
    """The sound items of a file; the others become findings."""
    try:
        content = read_yaml(path)
        listed = content.get(key) if isinstance(content, dict) else None
        if not isinstance(listed, list) or set(content) != {key}:
            raise RuleError(f"expected a mapping with a list under {key!r} and nothing else", path=path, line=1)
    except RuleError as problem:
        found.fault(problem, path)
        return []
    made: list[M] = []
    for raw in listed:
        try:
            item = check(raw, model, path)
        except RuleError as problem:
            found.fault(problem, path)
            continue
        found.lines[id(item)] = (path, getattr(raw, "line", None))
        made.append(item)
    return made


def _check_rules(found: _Folder) -> None:
    inherited = {rule.id: rule for rule in found.base.rules} if found.base else {}
    gone = {*found.disable, *(old for rule in found.rules for old in rule.replaces)}
    known = {**inherited, **{rule.id: rule for rule in found.rules}}
    columns = {**(found.base.allowed if found.base else {}), **found.codes}
    facets = own_facets(found.own)
    for rule in found.rules:
        for level, message in (*_facet_faults(rule, facets), *_code_faults(rule, columns, found),
                               *_example_faults(rule)):
            found.say(level, rule, message)
        for other in sorted(set(rule.over) - set(known)):
            found.say("error", rule, f"`over` names {other}, which is no rule")
        for other in sorted(set(rule.replaces) - set(inherited)):
            found.say("error", rule, f"`replaces` names {other}, which is no rule of an extended rule set")
        if rule.id in inherited:
            found.say("error", rule, "the extended rule set has a rule of this id")
    for other in sorted(set(found.disable) - set(inherited)):
        found.findings.append(Finding("error", found.home / "ontology.yaml", None, None,
                                      f"`disable` names {other}, which is no rule of an extended rule set"))
    _check_order(found, {name: rule for name, rule in known.items() if name not in gone})
    if not found.rules and not found.base:
        found.findings.append(Finding("error", found.home, None, None, "no rule in rules/*.yaml"))


Fault = tuple[Literal["error", "note"], str]


def _facet_faults(rule: Rule, facets: Mapping[str, frozenset[str]]) -> Iterator[Fault]:
    for facet in sorted((set(rule.when) | set(rule.unless)) - FACETS):
        yield "error", f"unknown facet {facet!r}"
    for fault in unknown_words(rule, facets):
        yield "error", fault
    for facet, words in rule.when.items():
        if words and set(words) <= set(rule.unless.get(facet, ())):
            yield "error", f"never fires: all words of {facet} stand under `unless` too"
    if not rule.when:
        yield "note", "fires on every event: `when` is empty"


def _code_faults(rule: Rule, columns: Mapping[str, Iterable[str]], found: _Folder) -> Iterator[Fault]:
    for column, code in rule.codes.items():
        if column not in columns:
            yield "error", f"{column!r} is not a coded column"
        elif code not in columns[column]:
            where = f" of {found.tables[column].name}" if column in found.tables else ""
            yield "error", f"{code!r} is not a {column}{where}"
    if not rule.codes:
        yield "error", "gives no code"


def _example_faults(item: Rule | Entry) -> Iterator[Fault]:
    texts = [" ".join(example.text.split()) for example in item.examples]
    for text in sorted({text for text in texts if texts.count(text) > 1}):
        yield "note", f"the same example twice: {text}"
    for example in item.counterexamples:
        if " ".join(example.text.split()) in texts:
            yield "error", f"both an example and a counterexample: {example.text}"
        if example.expect:
            yield "note", "`expect` of a counterexample is not looked at"
    for example in (*item.examples, *item.counterexamples):
        if not example.text.strip():
            yield "error", "an example without text"
        elif not _is_day(example):
            yield "error", f"published: {example.published!r} is no day (2024-05-15)"


def _is_day(example: Example) -> bool:
    try:
        date.fromisoformat(example.published)
    except ValueError:
        return False
    return True


def _check_order(found: _Folder, known: Mapping[str, Rule]) -> None:
    """Ids, circles of `over`, and rules of equal conditions that nothing puts in order."""
    seen: dict[str, Rule] = {}
    for rule in found.rules:
        if rule.id in seen:
            found.say("error", rule, "this id is used twice")
        seen.setdefault(rule.id, rule)
        if rule.id in _beaten(rule, known):
            found.say("error", rule, "`over` leads back to this rule: where they fire together none is left")
    same: dict[tuple[object, ...], Rule] = {}
    for rule in found.rules:
        asked = tuple(tuple(sorted((facet, tuple(sorted(words))) for facet, words in part.items()))
                      for part in (rule.when, rule.unless))
        other = same.setdefault(asked, rule)
        if other is not rule and other.id not in rule.over and rule.id not in other.over:
            found.say("error", rule, f"asks for the same as {other.id}, and neither is `over` the other")


def _beaten(rule: Rule, known: Mapping[str, Rule]) -> set[str]:
    """The ids of all rules that this one beats, directly or through others."""
    found: set[str] = set()
    rest = list(rule.over)
    while rest:
        name = rest.pop()
        if name not in found:
            found.add(name)
            rest += known[name].over if name in known else ()
    return found


def _check_entries(found: _Folder) -> None:
    actions = found.own.actions
    rules = [*found.rules, *(found.base.rules if found.base else ())]
    asked = {action for rule in rules for action in rule.when.get("action", tuple(actions))}
    asked |= {action for rule in rules for action in rule.when.get("about", ())}
    for entry in found.entries:
        for level, message in _example_faults(entry):
            found.say(level, entry, message)
        if entry.action not in actions:
            found.say("error", entry, f"{entry.action!r} is not an action")
        elif asked.isdisjoint(_wider(entry.action, found)):
            found.say("note", entry, f"no rule asks for {entry.action}")
    try:
        widened(plugins.language("en"), tuple(found.entries))
    except RuleError as problem:
        culprit = next((entry for entry in found.entries if entry.id == problem.rule), None)
        path, line = found.lines[id(culprit)] if culprit else (found.home / "lexicon", None)
        found.findings.append(Finding("error", path, line, problem.rule, problem.message))


def _wider(action: str, found: _Folder) -> Iterator[str]:
    here: str | None = action
    while here is not None:
        yield here
        here = found.own.actions[here].kind_of


def _check_codes(found: _Folder) -> None:
    """Codes that no rule gives, in columns to which some rule gives one, and the actor table."""
    given = {(column, code) for rule in found.rules for column, code in rule.codes.items()}
    for column, codes in found.codes.items():
        for code, line in codes.items():
            if (column, code) not in given and any(name == column for name, _ in given):
                found.findings.append(Finding("note", found.tables[column], line, None, f"no rule gives {code!r}"))
    actors = found.home / "actors.csv"
    if actors.is_file():
        try:
            built_in = tables_of(plugins.language("en").folder)
            for fault in lint_actors([actors], date.today(), beside=built_in).findings:
                found.findings.append(Finding("error", actors, fault.line, None, fault.message))
        except RuleError as problem:
            found.fault(problem, actors)


def _load(found: _Folder) -> None:
    """Whatever the checks above do not know of shows when the rule set is loaded."""
    try:
        made = plugins.ontology(found.home)
    except EventcodeError as problem:
        found.fault(problem, found.home)
        return
    columns = {*Record.model_fields, *made.record.columns(), "source", "target"}
    for rule in found.rules:
        for name in sorted({name for example in rule.examples for name in example.expect} - columns - _NEUTRAL):
            found.say("error", rule, f"expect: {name!r} is no column")


#: What an example may expect of the neutral event behind the record.
_NEUTRAL = frozenset({"source", "target", "action", "about", "status", "weapon", "place"})
