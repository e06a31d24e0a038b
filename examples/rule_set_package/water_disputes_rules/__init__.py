"""The rule set water-disputes: `eventcode.load("water-disputes")` once this package is installed."""

from pathlib import Path

from eventcode import plugins
from eventcode.ontologies.base import Ontology


def ontology() -> Ontology:
    """The ontology of the rule set's folder, which the wheel carries beside this file."""
    return plugins.ontology(Path(__file__).parent / "rule_set")
