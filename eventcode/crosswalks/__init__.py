"""Crosswalks: records of one ontology in the columns of another, with an account of what went on the way.

A layer above the ontologies, which do not know each other. `tables/*.csv` says which code becomes which and how sure
that is; `convert` walks rows over it.
"""
