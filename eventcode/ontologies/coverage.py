"""Which codes of an ontology no rule gives, and which neutral actions no rule asks for, with the reasons on record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from eventcode.lexicon import lineage
from eventcode.ontologies.base import Ontology
from eventcode.ontologies.facets import builtin_actions
from eventcode.rules import read_csv


class Uncoded(NamedTuple):
    """A code that no rule gives (`column` is its column), or a neutral action that none asks for (column "action").

    `title` is the code's title or the action's definition; `reason` is "" where nobody has written one down.
    """

    column: str
    code: str
    title: str
    reason: str


class Coverage(NamedTuple):
    """What the rules of an ontology reach. `given`: coded column to (codes that rules give, all its codes)."""

    ontology: str
    rules: int
    given: Mapping[str, tuple[int, int]]
    codes: tuple[Uncoded, ...]
    actions: tuple[Uncoded, ...]

    def lines(self) -> list[str]:
        """For people: a line per column, and one per code or action without a rule."""
        told = [f"{self.ontology}: {self.rules} rules"]
        told += [f"  {column}: {given} of {of} codes have a rule" for column, (given, of) in self.given.items()]
        for what, missing in (("codes", self.codes), ("actions", self.actions)):
            told += [f"{len(missing)} {what} without a rule"] if missing else []
            told += [f"  {one.code}  {one.title}\n      {one.reason or 'no reason on record'}" for one in missing]
        return told


def coverage(ontology: Ontology) -> Coverage:
    """What the rules of this ontology reach: of each column to which some rule gives a code, all its codes.

    Reasons come from two optional files of the ontology's folder: `codes/unreached.csv` (code, reason) and
    `codes/uncoded_actions.csv` (action, reason). An action is reached where a rule asks for it or for what it is a
    kind of. Raises RuleError where a file is at fault.
    """
    given: dict[str, set[str]] = {}
    for rule in ontology.rules:
        for column, code in rule.codes.items():
            given.setdefault(column, set()).add(code)
    columns = [column for column in ontology.allowed if column in given]
    return Coverage(ontology.name, len(ontology.rules.rules),
                    {column: (len(given[column]), len(ontology.allowed[column])) for column in columns},
                    tuple(one for column in columns for one in _codes(ontology, column, given[column])),
                    tuple(_actions(ontology)))


def reasons(ontology: Ontology, name: str, key: str) -> dict[str, str]:
    """Code or action to reason, from a file of the ontology's `codes` folder; empty where there is none."""
    path = ontology.folder / "codes" / name
    return {row[key]: row["reason"] for _, row in read_csv(path, (key, "reason"))} if path.is_file() else {}


def _codes(ontology: Ontology, column: str, given: set[str]) -> Iterable[Uncoded]:
    why, titles = reasons(ontology, "unreached.csv", "code"), ontology.titles.get(column, {})
    return [Uncoded(column, code, titles.get(code, ""), why.get(code, ""))
            for code in sorted(ontology.allowed[column] - given)]


def _actions(ontology: Ontology) -> Iterable[Uncoded]:
    known = {**builtin_actions(), **ontology.own.actions}
    why = reasons(ontology, "uncoded_actions.csv", "action")
    asked = {action for rule in ontology.rules for action in rule.when.get("action", tuple(known))}
    return [Uncoded("action", action.id, action.definition, why.get(action.id, ""))
            for action in known.values() if asked.isdisjoint(lineage(action.id, known))]
