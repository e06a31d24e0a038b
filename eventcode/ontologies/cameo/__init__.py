"""CAMEO: verb codes of the Conflict and Mediation Event Observations framework, coded as dyads."""

from eventcode.ontologies.cameo.ontology import Cameo

ontology = Cameo()

__all__ = ["Cameo", "ontology"]
