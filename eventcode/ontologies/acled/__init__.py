"""ACLED-style coding of events, written from the public codebook; not ACLED's own coding."""

from eventcode.ontologies.acled.ontology import AcledOntology
from eventcode.ontologies.acled.record import AcledRecord

ontology = AcledOntology()

__all__ = ["AcledOntology", "AcledRecord", "ontology"]
