"""Shelf A: analyzers turn text into tokens and trees. Each registers under the entry point `eventcode.analyzers`."""
