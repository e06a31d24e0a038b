"""Shelf C: languages hold the words. Each registers under the entry point `eventcode.languages`."""
