"""PLOVER 2.0 (draft): 16 event categories with modes and contexts, actors and recipients as lists."""

from eventcode.ontologies.plover.ontology import Plover

ontology = Plover()

__all__ = ["Plover", "ontology"]
