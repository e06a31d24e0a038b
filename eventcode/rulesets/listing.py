"""The rules that hold in a rule set, for people: what each asks for and gives, and from which layer it comes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from eventcode.errors import InputError
from eventcode.ontologies.base import Ontology
from eventcode.ontologies.layers import home_of
from eventcode.rules import Rule, Words


def listing(ontology: Ontology, rule: str | None = None) -> list[str]:
    """Lines that tell of all rules, or with examples of the one of this id. Raises InputError on an unknown id."""
    told = [line for one in ontology.layers
            for line in (f"{one.name} {one.description.version}  {one.description.title}", f"  {home_of(one)}")]
    rules = [one for one in ontology.rules if rule in (None, one.id)]
    retired = [one for one in ontology.rules.retired if rule in (None, one.rule.id)]
    if rule is not None and not rules and not retired:
        raise InputError(f"{rule!r} is no rule of {ontology.name}")
    for one in rules:
        told += _told(one, origin(one, ontology))
        told += _examples(one) if rule is not None else []
    return told + [line for old in retired
                   for line in (f"{old.rule.id}  {old.rule.title}", f"  does not hold: {old.reason}")]


def origin(rule: Rule, ontology: Ontology) -> str:
    """The name of the rule set, of those that this one is made of, that the rule comes from."""
    return next(one.name for one in reversed(ontology.layers) if any(other.id == rule.id for other in one.rules))


def _told(rule: Rule, origin: str) -> Iterator[str]:
    yield f"{rule.id}  {rule.title}  ({origin}; {rule.codebook})"
    yield f"  {_facets(rule.when)}" + (f"  unless {_facets(rule.unless)}" if rule.unless else "")
    yield "  gives " + ", ".join(f"{column} {code}" for column, code in rule.codes.items())
    for what, ids in (("goes before", rule.over), ("replaces", rule.replaces)):
        if ids:
            yield f"  {what} {', '.join(ids)}"


def _facets(facets: Mapping[str, Words]) -> str:
    return "; ".join(f"{facet}: {' or '.join(words)}" for facet, words in facets.items()) or "any event"


def _examples(rule: Rule) -> list[str]:
    return [f"  {what}: {' '.join(example.text.split())}"
            for what, some in (("yes", rule.examples), ("no", rule.counterexamples)) for example in some]
