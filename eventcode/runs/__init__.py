"""Coding a corpus into a folder: in parts that a kill cannot harm, to be resumed, told of and cited."""

from __future__ import annotations

from eventcode.runs.corpus import Progress, code_corpus
from eventcode.runs.result import Run, read_run
from eventcode.runs.telling import cite, methods

__all__ = ["Progress", "Run", "cite", "code_corpus", "methods", "read_run"]
