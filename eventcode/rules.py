"""Rule sets as data: a strict YAML and CSV loader, coding rules, and which rules fire on a set of facts.

Strict means: every scalar is text (plain YAML makes 010 an 8 and NO a False), unknown and duplicate keys are
refused, and each error names file, line and rule. A rule set is data only: no tags, no anchors, no code.
"""

from __future__ import annotations

import csv
import hashlib
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from eventcode.errors import RuleError

M = TypeVar("M", bound=BaseModel)
Words = tuple[str, ...]


class Data(BaseModel):
    """Base of everything read from a rule file: frozen, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Example(Data):
    """A sentence of our own that a rule or entry must (or, as a counterexample, must not) fire on."""

    text: str
    expect: dict[str, str] = Field(default_factory=dict, description="column or field to the expected text")
    published: str = "2024-05-15"


def words(value: Any) -> Any:
    """One word or a list of words, as a tuple."""
    return (value,) if isinstance(value, str) else tuple(value) if isinstance(value, list) else value


class Rule(Data):
    """One coding rule: which neutral events get which codes.

    `when` and `unless` map a facet of the event (action, about, source, target, weapon, status, outcome, ...) to
    words; each facet must share a word with the event's (when) or must not (unless). `over` names the rules that
    this one beats where both fire, `replaces` those of the extended rule set that it takes the place of.
    """

    id: str
    title: str
    when: dict[str, Words]
    unless: dict[str, Words] = Field(default_factory=dict)
    codes: dict[str, str]
    codebook: str
    over: Words = ()
    replaces: Words = ()
    examples: tuple[Example, ...] = Field(min_length=1)
    counterexamples: tuple[Example, ...] = Field(min_length=1)

    _words = field_validator("over", "replaces", mode="before")(words)

    @field_validator("when", "unless", mode="before")
    @classmethod
    def _facets(cls, value: Any) -> Any:
        return {key: words(item) for key, item in value.items()} if isinstance(value, dict) else value

    def fires(self, facts: Mapping[str, frozenset[str]]) -> bool:
        """Do these facts of an event satisfy `when` and not touch `unless`?"""
        return all(not facts.get(facet, frozenset()).isdisjoint(wanted) for facet, wanted in self.when.items()) and all(
            facts.get(facet, frozenset()).isdisjoint(banned) for facet, banned in self.unless.items()
        )


class Retired(NamedTuple):
    """A rule of an extended rule set that no longer holds, and why: replaced or disabled."""

    rule: Rule
    reason: str


class RuleSet:
    """The rules of one ontology, indexed by action, with what beats what checked at load.

    `retired`: rules of an extended set that do not hold here.
    """

    def __init__(self, rules: Iterable[Rule], source: str = "", retired: Iterable[Retired] = ()) -> None:
        self.rules, self.retired = tuple(rules), tuple(retired)
        self._by_id = {rule.id: rule for rule in self.rules}
        self._by_action: dict[str, list[Rule]] = {}
        for rule in self.rules:
            for action in rule.when.get("action", ("*",)):
                self._by_action.setdefault(action, []).append(rule)
        for rule in self.rules:
            for beaten in set(rule.over) - set(self._by_id):
                raise RuleError(f"`over` names {beaten}, which is not a rule of this set", path=source, rule=rule.id)

    def __iter__(self) -> Iterator[Rule]:
        return iter(self.rules)

    def __getitem__(self, rule_id: str) -> Rule:
        return self._by_id[rule_id]

    def firing(self, facts: Mapping[str, frozenset[str]], nearest: Mapping[str, Words] = MappingProxyType({})
               ) -> tuple[list[Rule], list[Rule]]:
        """(winners, losers): the rules that fire and are beaten by no other, and those that fire and are.

        nearest: facet to its words from the narrowest to the widest; of two rules that fire unbeaten the one that names
        the narrower word wins. More than one winner left is a fault of the rule set that its tests must show; they
        come in order of id.
        """
        candidates = [
            rule
            for action in [*sorted(facts.get("action", frozenset())), "*"]
            for rule in self._by_action.get(action, ())
        ]
        fired = {rule.id: rule for rule in candidates if rule.fires(facts)}
        beaten = {loser for rule in fired.values() for loser in rule.over}
        ordered = [fired[key] for key in sorted(fired)]
        left = [rule for rule in ordered if rule.id not in beaten]
        if len(left) > 1:
            width = {rule.id: _width(rule, nearest) for rule in left}
            left = [rule for rule in left if width[rule.id] == min(width.values())]
        return left, [rule for rule in ordered if rule not in left]


def _width(rule: Rule, nearest: Mapping[str, Words]) -> int:
    """How many steps wider than told are the words by which this rule fires."""
    lines = ((rule.when[facet], line) for facet, line in nearest.items() if facet in rule.when)
    return sum(next((n for n, word in enumerate(line) if word in wanted), 0) for wanted, line in lines)


_SafeLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml is ten times faster where it is there


class _TextLoader(_SafeLoader):  # type: ignore[misc]
    """YAML in which every scalar is text; duplicate keys, anchors and tags are refused; nodes keep their line."""


_TextLoader.yaml_implicit_resolvers = {}


class _Map(dict[str, Any]):
    """A mapping that remembers the line it began on."""

    line: int = 0


def _no_duplicates(loader: _TextLoader, node: yaml.MappingNode) -> _Map:
    made = _Map()
    made.line = node.start_mark.line + 1
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if not isinstance(key, str):
            raise RuleError("a key must be text", line=key_node.start_mark.line + 1)
        if key in made:
            raise RuleError(f"duplicate key {key!r}", line=key_node.start_mark.line + 1)
        made[key] = loader.construct_object(value_node, deep=True)
    return made


_TextLoader.add_constructor("tag:yaml.org,2002:map", _no_duplicates)

#: What a rule file may be at most; the largest of ours has 200 kB, 6,000 parts and 6 levels, its longest text 301.
MAX_BYTES, MAX_PARTS, MAX_DEPTH, MAX_TEXT = 5_000_000, 200_000, 20, 10_000
#: What a table may have at most.
MAX_TABLE_BYTES = 64_000_000


def check_size(path: Path, most: int) -> None:
    """RuleError where this is no file (a device never ends) or a larger one than `most` bytes."""
    try:
        told = path.stat()
    except OSError as problem:
        raise RuleError(f"cannot be read: {problem.strerror}", path=path) from None
    if not stat.S_ISREG(told.st_mode):
        raise RuleError("cannot be read: not a file", path=path)
    if told.st_size > most:
        raise RuleError(f"larger than {most} bytes", path=path)


def read_yaml(path: Path) -> Any:
    """The content of a rule file, all scalars text. Raises RuleError with file and line."""
    check_size(path, MAX_BYTES)
    try:
        text = path.read_bytes().decode("utf-8")
        _check_parts(text)
        return yaml.load(text, Loader=_TextLoader)
    except OSError as problem:
        raise RuleError(f"cannot be read: {problem.strerror}", path=path) from None
    except UnicodeDecodeError as problem:
        raise RuleError(f"not UTF-8 at byte {problem.start}", path=path) from None
    except yaml.YAMLError as problem:
        mark = getattr(problem, "problem_mark", None)
        detail = str(getattr(problem, "problem", None) or problem)
        raise RuleError(f"not YAML: {detail}", path=path, line=mark.line + 1 if mark else None) from None
    except RecursionError:
        raise RuleError("nested too deeply", path=path) from None
    except RuleError as problem:
        raise problem if problem.path else RuleError(problem.message, path=path, line=problem.line) from None


def _check_parts(text: str) -> None:
    """RuleError, before anything is built of them, on what YAML could use to run code, grow without end or nest."""
    depth = 0
    for parts, event in enumerate(yaml.parse(text, Loader=_SafeLoader)):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        fault = (
            "anchors and aliases are not allowed" if getattr(event, "anchor", None)
            else "tags are not allowed" if getattr(event, "tag", None)
            else f"nested too deeply: more than {MAX_DEPTH} levels" if depth > MAX_DEPTH
            else f"more than {MAX_PARTS} parts" if parts > MAX_PARTS
            else f"a text of more than {MAX_TEXT} characters" if len(getattr(event, "value", "")) > MAX_TEXT
            else None
        )
        if fault is not None:
            raise RuleError(fault, line=event.start_mark.line + 1 if event.start_mark else None)


def read_items(path: Path, model: type[M], key: str) -> list[M]:
    """The list under `key` of a rule file, each item checked against `model`; ids must be unique in the file."""
    content = read_yaml(path)
    if not isinstance(content, dict) or not isinstance(content.get(key), list):
        raise RuleError(f"expected a mapping with a list under {key!r}", path=path, line=1)
    for stray in set(content) - {key}:
        raise RuleError(f"unknown key {stray!r}", path=path, line=1)
    made = [check(item, model, path) for item in content[key]]
    seen: set[str] = set()
    for item, raw in zip(made, content[key], strict=True):
        name = str(getattr(item, "id", ""))
        if name and name in seen:
            raise RuleError("this id is used twice", path=path, line=raw.line, rule=name)
        seen.add(name)
    return made


def check(item: Any, model: type[M], path: Path) -> M:
    """One mapping as `model`, or a RuleError that names file, line, rule and every fault."""
    line, name = getattr(item, "line", None), item.get("id") if isinstance(item, dict) else None
    try:
        return model.model_validate(item)
    except ValidationError as problem:
        faults = "; ".join(f"{'.'.join(map(str, e['loc'])) or 'item'}: {_plain(e)}" for e in problem.errors())
        raise RuleError(faults, path=path, line=line, rule=name if isinstance(name, str) else None) from None


def _plain(error: Any) -> str:
    return "unknown key" if error["type"] == "extra_forbidden" else str(error["msg"])


def read_csv(path: Path, columns: Sequence[str], optional: Sequence[str] = ()) -> Iterator[tuple[int, dict[str, str]]]:
    """(line number, row) of a comma-separated table with a header; all values text, stripped.

    The header must have every name of `columns` and none outside `columns` and `optional`.
    """
    check_size(path, MAX_TABLE_BYTES)
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines, strict=True)
            _check_header(path, reader.fieldnames or (), columns, optional)
            for row in reader:
                if None in row or None in row.values():
                    raise RuleError("wrong number of columns", path=path, line=reader.line_num)
                yield reader.line_num, {key: value.strip() for key, value in row.items()}
    except OSError as problem:
        raise RuleError(f"cannot be read: {problem.strerror}", path=path) from None
    except UnicodeDecodeError as problem:
        raise RuleError(f"not UTF-8 at byte {problem.start}", path=path) from None
    except csv.Error as problem:
        raise RuleError(f"not CSV: {problem}", path=path) from None


def _check_header(path: Path, header: Sequence[str], columns: Sequence[str], optional: Sequence[str]) -> None:
    missing, unknown = set(columns) - set(header), set(header) - set(columns) - set(optional)
    if missing or unknown or len(set(header)) != len(header):
        raise RuleError(f"header: missing {sorted(missing)}, unknown {sorted(unknown)}", path=path, line=1)


def content_hash(paths: Iterable[Path]) -> str:
    """SHA-256 (first 16 hex digits) over names and contents of files: the identity of a rule set."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(path.name.encode() + b"\0" + path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return digest.hexdigest()[:16]
