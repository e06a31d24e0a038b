"""UCDP GED-style coding of events, written from the public codebook; not UCDP's own coding."""

from eventcode.ontologies.ucdp_ged.ontology import UcdpGed
from eventcode.ontologies.ucdp_ged.record import UcdpGedRecord

ontology = UcdpGed()

__all__ = ["UcdpGed", "UcdpGedRecord", "ontology"]
