"""CAMEO: verb codes of the Conflict and Mediation Event Observations framework, coded as dyads.

`compose_actor` makes an actor code of its parts, `parse_actor` says what a code means. `conflict_class` and
`goldstein` give an event code's class and value in a named convention.
"""

from eventcode.ontologies.cameo.actor_codes import Actor, compose_actor, parse_actor
from eventcode.ontologies.cameo.elements import Element
from eventcode.ontologies.cameo.ontology import Cameo
from eventcode.ontologies.cameo.scales import class_title, conflict_class, goldstein

ontology = Cameo()

__all__ = ["Actor", "Cameo", "Element", "class_title", "compose_actor", "conflict_class", "goldstein", "ontology",
           "parse_actor"]
