"""CAMEO: verb codes of the Conflict and Mediation Event Observations framework, coded as dyads.

`compose_actor` makes an actor code of its parts, `parse_actor` says what a code means.
"""

from eventcode.ontologies.cameo.actor_codes import Actor, compose_actor, parse_actor
from eventcode.ontologies.cameo.elements import Element
from eventcode.ontologies.cameo.ontology import Cameo

ontology = Cameo()

__all__ = ["Actor", "Cameo", "Element", "compose_actor", "ontology", "parse_actor"]
