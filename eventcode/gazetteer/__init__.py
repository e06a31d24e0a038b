"""The gazetteer: towns, districts and provinces of the world by name."""

from eventcode.gazetteer.names import key, plain
from eventcode.gazetteer.store import Candidate, Gazetteer, cache_folder

__all__ = ["Candidate", "Gazetteer", "cache_folder", "key", "plain"]
