"""Loading dictionaries: one call for all formats."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from eventcode import plugins
from eventcode.analyzers.base import Analyzer
from eventcode.dictionaries.coder import DictionaryCoder
from eventcode.dictionaries.coding import SentenceCoder
from eventcode.dictionaries.dates import Bounds, Default
from eventcode.dictionaries.nouns import ActorReader
from eventcode.dictionaries.reading import Files, read
from eventcode.dictionaries.sentence import Commas


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
    dictionary = read(verbs=verbs, actors=actors, agents=agents, discards=discards, issues=issues, format=format,
                      ontology=ontology)
    reader = ActorReader(dictionary.actors, dictionary.agents, bounds, undated, former)
    lengths = commas or Commas()
    sentences = SentenceCoder(dictionary.rules, reader, lengths, require_dyad, new_actor_length)
    made = plugins.analyzer(analyzer) if isinstance(analyzer, str) else analyzer
    coder = DictionaryCoder(sentences, dictionary, plugins.language(language), made)
    if isinstance(analyzer, str):
        coder.origin = {"verbs": verbs, "actors": actors, "agents": agents, "discards": discards, "issues": issues,
                        "format": format, "bounds": bounds, "undated": undated, "require_dyad": require_dyad,
                        "new_actor_length": new_actor_length, "former": former, "ontology": ontology,
                        "commas": lengths, "language": language, "analyzer": analyzer}
    return coder


def load_again(options: Mapping[str, Any]) -> DictionaryCoder:
    """A coder as `load` made it before, in a process of its own."""
    return load(**options)
