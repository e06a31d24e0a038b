"""All the files of a dictionary, read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from eventcode.dictionaries.actors import Actors
from eventcode.dictionaries.agents import Agents
from eventcode.dictionaries.clause import Rules
from eventcode.dictionaries.combine import read_numbers, standard
from eventcode.dictionaries.files import Finding, Findings, Format, check_format
from eventcode.dictionaries.lists import PhraseList, read_discards, read_issues
from eventcode.dictionaries.transform import Transformation, read_transformation
from eventcode.dictionaries.verbs import Verbs
from eventcode.errors import InputError

Files = str | Path | Sequence[str | Path] | None


@dataclass(frozen=True)
class Dictionary:
    """A researcher's dictionary: what codes verbs, who is who, what is left out, and what could not be honoured."""

    format: Format
    rules: Rules
    actors: Actors
    agents: Agents
    discards: PhraseList
    issues: PhraseList
    files: tuple[Path, ...]
    findings: tuple[Finding, ...]

    def counts(self) -> dict[str, int]:
        """How many entries of each kind there are."""
        verbs = self.rules.verbs
        return {"verbs": verbs.count, "verb forms": sum(map(len, verbs.forms.values())),
                "patterns": sum(len(block.patterns) for block in verbs.blocks.values()),
                "synsets": len(verbs.synsets), "transformations": len(self.rules.transformations),
                "actors": len(self.actors.blocks), "actor phrases": self.actors.phrases, "agents": self.agents.count,
                "discards": len(self.discards.entries), "issue phrases": len(self.issues.entries)}


def read(*, verbs: Files = None, actors: Files = None, agents: Files = None, discards: Files = None,
         issues: Files = None, format: str = "petrarch2", ontology: str | Path | None = None) -> Dictionary:
    """Read the files of a dictionary; each argument is a path or several, `format` one of `files.FORMATS`.

    ontology: UniversalPetrarch's file of code numbers, in place of PETRARCH-2's own.
    Raises RuleError on a file that cannot be read, InputError on an unknown format.
    """
    kind, findings = check_format(format), Findings()
    read_verbs, read_actors, read_agents = Verbs(kind), Actors(kind), Agents(kind)
    read_verbs.read(_paths(verbs), findings)
    for path in _paths(actors):
        read_actors.read(path, findings)
    for path in _paths(agents):
        read_agents.read(path, findings)
    numbers = None
    if read_verbs.frames:
        numbers = read_numbers(Path(ontology), findings) if ontology is not None else standard()
    rules = Rules(read_verbs, numbers, tuple(_transformations(read_verbs, findings)))
    files = [path for given in (verbs, actors, agents, discards, issues, ontology) for path in _paths(given)]
    dropped, topics = PhraseList(), PhraseList()
    for path in _paths(discards):
        read_discards(dropped, path, findings, kind)
    for path in _paths(issues):
        read_issues(topics, path, findings, kind)
    return Dictionary(kind, rules, read_actors, read_agents, dropped, topics, tuple(files), tuple(findings.all))


def _transformations(verbs: Verbs, findings: Findings) -> Iterator[Transformation]:
    """The transformations of a dictionary, where the format has them."""
    codes = {name: forms[0].code.active for name, forms in verbs.forms.items()}
    for line in verbs.transformations:
        if not verbs.frames:
            findings.error(line, "transformations are PETRARCH-2's: not read in this format")
            continue
        found = read_transformation(line, codes, findings)
        if found is not None:
            yield found


def _paths(given: Files) -> list[Path]:
    if given is None:
        return []
    paths = [given] if isinstance(given, (str, Path)) else list(given)
    if not all(isinstance(path, (str, Path)) for path in paths):
        raise InputError("dictionaries are given as paths")
    return [Path(path) for path in paths]
