"""Figures of speech that words of force stand in: the data of `figures.yaml`."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, field_validator

from eventcode.lexicon import Guard
from eventcode.rules import Data, Example, Words, read_items
from eventcode.rules import words as as_words


class Figure(Data):
    """Company by which any word of force means something else, worded as an entry's `unless`: `object` is the verb's,
    or what a noun is "of", "on" or "against"."""

    id: str
    subject: Words = ()
    object: Words = ()
    modifier: Words = ()
    prep: dict[str, Words] = Field(default_factory=dict)
    clause: Words = ()
    examples: tuple[Example, ...] = Field(min_length=1, description="texts that tell no act")
    counterexamples: tuple[Example, ...] = Field(min_length=1, description="texts that tell one")

    _words = field_validator("subject", "object", "modifier", "clause", mode="before")(as_words)

    @property
    def guard(self) -> Guard:
        """What stops an act."""
        return Guard(subject=self.subject, object=self.object, modifier=self.modifier, prep=self.prep,
                     clause=self.clause)


def read_figures(folder: Path) -> list[Figure]:
    """The figures of a language; none without the file. Raises RuleError on anything unknown or missing."""
    path = folder / "figures.yaml"
    return read_items(path, Figure, "figures") if path.exists() else []
