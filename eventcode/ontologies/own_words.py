"""What a rule-set folder may bring beside codes and rules: neutral actions, wordings of actions, actors of its own.

`actions.yaml` holds actions as `eventcode/actions.yaml` does, `lexicon/*.yaml` entries as the `actions/*.yaml` of a
language do, `actors.csv` is an actor table. All three are optional and hold only for coders of this rule set.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from eventcode.errors import RuleError
from eventcode.lexicon import Action, Entry, read_actions
from eventcode.ontologies.facets import builtin_actions
from eventcode.rules import read_items


@dataclass(frozen=True)
class OwnWords:
    """Actions by id, lexicon entries and actor tables that come with a rule set."""

    entries: tuple[Entry, ...] = ()
    actions: Mapping[str, Action] = field(default_factory=dict)
    actors: tuple[Path, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.entries or self.actions or self.actors)


NO_WORDS = OwnWords()


def own_words(folder: Path, base: OwnWords) -> OwnWords:
    """Those of this folder laid over those of the rule set it extends. Raises RuleError naming file and entry."""
    known = {**builtin_actions(), **base.actions}
    path = folder / "actions.yaml"
    actions = read_actions(path, known) if path.is_file() else {}
    entries = {entry.id: entry for entry in base.entries}
    for path in sorted((folder / "lexicon").glob("*.yaml")):
        for entry in read_items(path, Entry, "entries"):
            if entry.id in entries:
                raise RuleError("this id is used in two files", path=path, rule=entry.id)
            if entry.action not in known and entry.action not in actions:
                raise RuleError(f"{entry.action!r} is not an action", path=path, rule=entry.id)
            entries[entry.id] = entry
    tables = [table for table in (folder / "actors.csv",) if table.is_file()]
    return OwnWords(tuple(entries.values()), {**base.actions, **actions}, (*base.actors, *tables))
