"""Rule sets laid over others: rules added, replaced and disabled without copying the rest.

A rule of the layer has an id of its own, so that the evidence of a record says which of the sets coded it. The rules
that it `replaces` and those that the layer disables are told among a record's alternatives where they would have fired.
"""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from eventcode.errors import RuleError
from eventcode.ontologies.base import Description, Ontology
from eventcode.ontologies.facets import unknown_words
from eventcode.ontologies.own_words import OwnWords, own_words
from eventcode.rules import (
    MAX_BYTES,
    MAX_TABLE_BYTES,
    Retired,
    Rule,
    RuleSet,
    check,
    check_size,
    content_hash,
    read_yaml,
)

ByName = Callable[[str], Ontology]
#: A rule set may stand on so many others.
MOST_LAYERS = 8
#: A rule-set folder may have so many files.
MOST_FILES = 500


def describe(folder: Path) -> Description:
    """What `ontology.yaml` of this folder says. Raises RuleError."""
    path = folder / "ontology.yaml"
    if not path.is_file():
        raise RuleError("no ontology.yaml: this is no rule-set folder", path=folder)
    return check(read_yaml(path), Description, path)


def rule_files(folder: Path, description: Description) -> tuple[Path, ...]:
    """The files that make a folder the rule set it is: nothing else in it is read."""
    patterns = ("ontology.yaml", "actions.yaml", "actors.csv", "rules/*.yaml", "lexicon/*.yaml", "codes/*.csv")
    found = {path for pattern in patterns for path in folder.glob(pattern) if path.is_file()}
    found |= {table(folder, file) for file in description.codes.values()}
    if len(found) > MOST_FILES:
        raise RuleError(f"{len(found)} files; a rule set has {MOST_FILES} at most", path=folder)
    for path in sorted(found):
        check_size(path, MAX_TABLE_BYTES if path.suffix == ".csv" else MAX_BYTES)
    return tuple(sorted(found))


def table(folder: Path, file: str) -> Path:
    """The table of codes that ontology.yaml names; RuleError where it is not one inside the folder."""
    path = folder / file
    if not path.resolve().is_relative_to(folder.resolve()):
        raise RuleError(f"codes: {file!r} lies outside the folder", path=folder / "ontology.yaml")
    if not path.is_file():
        raise RuleError("cannot be read: No such file or directory", path=path)
    return path


def base_of(folder: Path, extends: str, at: Callable[[Path], Ontology], by_name: ByName | None) -> Ontology:
    """The rule set that a folder extends: a path from it if it begins with a dot or has a slash, else a name."""
    if extends.startswith(".") or "/" in extends:
        return at((folder / extends).resolve())
    if by_name is None:
        raise RuleError(f"extends: {extends!r} is a name; load the folder with eventcode.load",
                        path=folder / "ontology.yaml")
    return by_name(extends)


def refuse_namesakes(name: str, folder: Path, base: Ontology) -> None:
    """RuleError with both paths where a rule set that this one extends has its name."""
    for other in base.layers:
        if other.name == name:
            raise RuleError(f"the rule set that it extends has the same name {name!r}: {home_of(other)}", path=folder)


def home_of(ontology: Ontology) -> Path:
    """The folder with the ontology.yaml of this rule set: of a layer its own, not that of what it extends."""
    return getattr(ontology, "layer_folder", ontology.folder)


def layer_hash(folder: Path, description: Description, base: Ontology | None) -> str:
    """The identity of a rule set: of its own files, and of the set that it extends."""
    own = content_hash(rule_files(folder, description))
    return own if base is None else hashlib.sha256(f"{own} {base.hash}".encode()).hexdigest()[:16]


def overlaid(base: RuleSet, own: Sequence[Rule], description: Description, folder: Path) -> RuleSet:
    """The rules of an extended set with those of a layer over them. Raises RuleError."""
    known, heirs = {rule.id: rule for rule in base}, _heirs(own, folder)
    for rule in own:
        if rule.id in known:
            raise RuleError("the extended rule set has a rule of this id: take another and name this in `replaces`",
                            path=folder, rule=rule.id)
    for named in (*heirs, *description.disable):
        if named not in known:
            raise RuleError(f"{named} is no rule of the rule set that it extends", path=folder / "ontology.yaml")
    gone = {**dict.fromkeys(description.disable, ()), **heirs}
    kept = [_with_over(rule, gone) for rule in base if rule.id not in gone]
    added = [_with_over(_heir(rule, known), gone) for rule in own]
    retired = [Retired(known[old], f"{' and '.join(new)} of {description.name} replaces it" if new
                       else f"{description.name} disables it") for old, new in gone.items()]
    return RuleSet([*kept, *added], str(folder), [*base.retired, *retired])


def _heirs(own: Sequence[Rule], folder: Path) -> dict[str, tuple[str, ...]]:
    """Replaced rule to the rules that take its place."""
    found: dict[str, tuple[str, ...]] = {}
    for rule in own:
        for old in rule.replaces:
            found[old] = (*found.get(old, ()), rule.id)
    return found


def _heir(rule: Rule, known: Mapping[str, Rule]) -> Rule:
    """A rule that beats what the rules that it replaces did."""
    return rule.model_copy(update={"over": (*rule.over, *(over for old in rule.replaces for over in known[old].over))})


def _with_over(rule: Rule, gone: Mapping[str, tuple[str, ...]]) -> Rule:
    """A rule whose `over` names, for rules that are gone, those in their place."""
    if gone.keys().isdisjoint(rule.over):
        return rule
    over = dict.fromkeys(new for old in rule.over for new in gone.get(old, (old,)) if new != rule.id)
    return rule.model_copy(update={"over": tuple(over)})


def own_facets(own: OwnWords) -> Mapping[str, frozenset[str]]:
    """The words that a rule set's own actions add to facets."""
    return MappingProxyType(dict.fromkeys(("action", "about"), frozenset(own.actions)) if own.actions else {})


def layer(base: Ontology, folder: Path) -> Ontology:
    """A folder laid over an ontology with a record class of its own: the same columns and codes, other rules."""
    description = describe(folder)
    if description.codes:
        raise RuleError(f"codes: columns and codes are those of {base.name}; a layer of it changes rules",
                        path=folder / "ontology.yaml")
    made = copy.copy(base)
    told = description.model_copy(update={"codes": base.description.codes})
    vars(made).update(name=description.name, description=told, base=base, layer_folder=folder,
                      files=(*rule_files(folder, description), *base.files), hash=layer_hash(folder, description, base),
                      titles=base.titles, own=own_words(folder, base.own))
    made.words = {facet: base.words.get(facet, frozenset()) | own_facets(made.own).get(facet, frozenset())
                  for facet in sorted({*base.words, *own_facets(made.own)})}
    own, always = made._read_rules(folder), frozenset[str].intersection(*(frozenset(r.codes) for r in base.rules))
    for rule, fault in _faults(own, made, always):
        raise RuleError(fault, path=folder, rule=rule.id)
    vars(made)["rules"] = overlaid(base.rules, own, description, folder)
    return made


def _faults(rules: Sequence[Rule], ontology: Ontology, always: frozenset[str]) -> Iterator[tuple[Rule, str]]:
    """Words that no event has, and columns that every rule of the extended ontology fills (`always`) left out."""
    for rule in rules:
        yield from ((rule, fault) for fault in unknown_words(rule, ontology.words))
        missing = sorted(always - set(rule.codes))
        if missing:
            yield rule, f"codes: every rule must give {' and '.join(missing)}"
