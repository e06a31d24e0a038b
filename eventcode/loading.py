"""`eventcode.load` without its weight: the coder and its models are imported when a coder is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from eventcode.analyzers.base import Analyzer
    from eventcode.coder import Coder
    from eventcode.ontologies.base import Ontology


def load(
    name_or_path: str | Path | Ontology,
    *,
    language: str = "en",
    analyzer: str | Analyzer | None = None,
    actors: Sequence[Any] = (),
) -> Coder:
    """A coder for one ontology. Loading costs about two seconds: hold on to the coder.

    name_or_path: "acled", "cameo", "plover", "ucdp-ged", an installed plug-in's name, or a rule-set folder;
    or an ontology that has been made.
    language: code of an installed language pack. analyzer: name of an installed analyzer, or one.
    actors: extra actor tables (paths or frames with the columns of languages/en/actors/*.csv), laid over the built-in.
    Raises PluginError, RuleError or ModelError.
    """
    from eventcode.coder import make_coder

    return make_coder(name_or_path, language, analyzer, actors)
