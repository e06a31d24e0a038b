"""Shelf B: ontologies turn neutral events into records. Each registers under the entry point `eventcode.ontologies`."""
