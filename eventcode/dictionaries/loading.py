"""Loading dictionaries: one call for all formats."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from eventcode import plugins
from eventcode.analyzers.base import Analyzer
from eventcode.dictionaries.actors import Actors
from eventcode.dictionaries.agents import Agents
from eventcode.dictionaries.clause import Rules
from eventcode.dictionaries.coder import DictionaryCoder
from eventcode.dictionaries.coding import SentenceCoder
from eventcode.dictionaries.combine import read_numbers, standard
from eventcode.dictionaries.dates import Bounds, Default
from eventcode.dictionaries.files import Findings, Format, check_format
from eventcode.dictionaries.lists import PhraseList, read_discards, read_issues
from eventcode.dictionaries.nouns import ActorReader
from eventcode.dictionaries.sentence import Commas
from eventcode.dictionaries.transform import Transformation, read_transformation
from eventcode.dictionaries.verbs import Verbs
from eventcode.errors import InputError

Files = str | Path | Sequence[str | Path] | None


def load(*, verbs: Files, actors: Files, agents: Files = None, discards: Files = None, issues: Files = None,
         format: str = "petrarch2", bounds: Bounds = "inclusive", undated: Default = "last", require_dyad: bool = True,
         new_actor_length: int = 0, former: bool = True, ontology: str | Path | None = None,
         commas: Commas | None = None, language: str = "en", analyzer: str | Analyzer = "spacy") -> DictionaryCoder:
    """A coder that codes with old dictionaries of the field. Each file argument is a path or several.

    format: "tabari", "petrarch1", "petrarch2" or "universalpetrarch"; it decides how patterns, phrases and comments
    are read. bounds: do dated codes hold on the day that ends them ("inclusive": the documentation, TABARI,
    PETRARCH-1) or not ("exclusive": PETRARCH-2's program)? undated: is an undated code taken where no dated one holds
    ("last") or as soon as it comes ("first": PETRARCH-2's program)? require_dyad: only events whose source and target
    are known. new_actor_length: parties that no dictionary knows are given by their words, in quotation marks, where
    these are at most so many (0: never). former: FORMER or EX- before an agent makes its code ELI. ontology:
    UniversalPetrarch's file of code numbers, in place of PETRARCH-2's own. commas: which comma-delimited clauses are
    not read. language: the language pack that splits sentences. analyzer: the one that parses.

    Raises RuleError on a file that cannot be read; what of a file could not be honoured is in `findings`.
    """
    kind, findings = check_format(format), Findings()
    read_verbs, read_actors, read_agents = Verbs(kind), Actors(kind), Agents(kind)
    for path in _paths(verbs):
        read_verbs.read(path, findings)
    for path in _paths(actors):
        read_actors.read(path, findings)
    for path in _paths(agents):
        read_agents.read(path, findings)
    numbers = None
    if read_verbs.frames:
        numbers = read_numbers(Path(ontology), findings) if ontology is not None else standard()
    rules = Rules(read_verbs, numbers, tuple(_transformations(read_verbs, findings)))
    reader = ActorReader(read_actors, read_agents, bounds, undated, former)
    sentences = SentenceCoder(rules, reader, commas or Commas(), require_dyad, new_actor_length)
    made = plugins.analyzer(analyzer) if isinstance(analyzer, str) else analyzer
    files = [path for given in (verbs, actors, agents, discards, issues) for path in _paths(given)]
    return DictionaryCoder(sentences, _lists(discards, findings, kind), _lists(issues, findings, kind, issues=True),
                           plugins.language(language), made, files, findings.all)


def _transformations(verbs: Verbs, findings: Findings) -> Iterator[Transformation]:
    """The transformations of a dictionary; where there are none of their kind each line is a finding."""
    codes = {name: forms[0].code.active for name, forms in verbs.forms.items()}
    for line, _ in verbs.transformations:
        if not verbs.frames:
            findings.error(line, "transformations are PETRARCH-2's: not read in this format")
            continue
        found = read_transformation(line, codes, findings)
        if found is not None:
            yield found


def _lists(given: Files, findings: Findings, format: Format, issues: bool = False) -> PhraseList:
    read = read_issues if issues else read_discards
    found = PhraseList()
    for path in _paths(given):
        for entry in read(path, findings, format).entries:
            found.add(entry)
    return found


def _paths(given: Files) -> list[Path]:
    if given is None:
        return []
    paths = [given] if isinstance(given, (str, Path)) else list(given)
    if not all(isinstance(path, (str, Path)) for path in paths):
        raise InputError("dictionaries are given as paths")
    return [Path(path) for path in paths]
