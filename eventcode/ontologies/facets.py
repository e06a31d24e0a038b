"""The words that a coding rule may ask for, facet by facet: a misspelt one would never fire and never be noticed."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import get_args

from eventcode import neutral
from eventcode.lexicon import Action, Family, Weapon, read_actions
from eventcode.rules import Rule

_ACTIONS = Path(__file__).resolve().parent.parent / "actions.yaml"


@cache
def builtin_actions() -> Mapping[str, Action]:
    """The neutral actions that every ontology shares, by id."""
    return MappingProxyType(read_actions(_ACTIONS))


@cache
def vocabulary() -> Mapping[str, frozenset[str]]:
    """Facet to the words that an event can have in it. `outcome` is open: counts may count anything."""
    actions = frozenset(builtin_actions())
    party = neutral.TRAITS | frozenset(get_args(neutral.Sector)) | {"none", "unknown"}
    return {
        "action": actions, "about": actions | {"none"}, "family": frozenset(get_args(Family)),
        "source": party, "target": party, "weapon": frozenset(get_args(Weapon)) | {"none"},
        "status": frozenset(get_args(neutral.Status)),
        "place": frozenset(get_args(neutral.PlacePrecision)) | {"none"},
        "date": frozenset(get_args(neutral.DatePrecision)) | frozenset(get_args(neutral.DateBasis)) | {"none"},
        "venue": frozenset({"third", "own", "unknown"}),
        "reciprocal": frozenset({"yes", "no"}), "asserted": frozenset({"yes", "no"}),
    }


def unknown_words(rule: Rule, more: Mapping[str, frozenset[str]] = MappingProxyType({})) -> Iterator[str]:
    """A sentence for each word of `when` and `unless` that no event can have; `more` are an ontology's own words."""
    for part, wanted in (("when", rule.when), ("unless", rule.unless)):
        for facet, words in wanted.items():
            known = vocabulary().get(facet)
            for word in words:
                if known is not None and word not in known | more.get(facet, frozenset()):
                    close = difflib.get_close_matches(word, sorted(known), n=1)
                    hint = f" (did you mean {close[0]!r}?)" if close else ""
                    yield f"{part}: {word!r} is no word of the facet {facet}{hint}"
