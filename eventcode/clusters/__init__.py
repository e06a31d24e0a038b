"""Coding tables of articles on a cluster, and the tables that come out of it. `eventcode.dask` and `eventcode.spark`
are the ways in."""

from eventcode.clusters.tables import evidence as evidence
from eventcode.clusters.tables import records as records
from eventcode.clusters.tables import rejects as rejects
