"""Every error that eventcode raises on purpose. Each names the file, line, row or rule at fault."""

from __future__ import annotations

from pathlib import Path


class EventcodeError(Exception):
    """Base of all errors raised by eventcode; catch this one to catch them all."""


class InputError(EventcodeError):
    """Something handed in cannot be read: a file, an encoding, a date, a row."""


class RuleError(EventcodeError):
    """A rule set, lexicon or table is wrong. Says file, line and, where known, the rule's id."""

    def __init__(self, message: str, *, path: Path | str | None = None, line: int | None = None,
                 rule: str | None = None) -> None:
        self.path, self.line, self.rule, self.message = path, line, rule, message
        where = ":".join(str(part) for part in (path, line) if part is not None)
        super().__init__(": ".join(part for part in (where, rule and f"rule {rule}", message) if part))


class ModelError(EventcodeError):
    """The parsing model is missing or its files are not the published ones."""


class PluginError(EventcodeError):
    """No ontology, language or analyzer of that name, or it failed to load."""


class ProvenanceError(EventcodeError):
    """A record has a filled field without evidence."""
