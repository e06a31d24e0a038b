"""Finders: parties, actions, places, dates and counts in a document. They know words and offsets, no codes."""
