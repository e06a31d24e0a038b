"""The data behind status and attribution: `status.yaml`, checked."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field, field_validator

from eventcode.neutral import Status
from eventcode.rules import Data, Example, Words, check, read_yaml, words


class Cue(Data):
    """Words that change whether an act happened.

    kind says where they stand: `auxiliary` beside the verb (will, would), `negation` on it or its determiner (not, no),
    `governor` above it (vowed to, failed to, plans an), `adverb` beside it, `marker` at the head of its clause (if,
    unless), `temporal` anywhere in its clause (anniversary of, years ago). `slots` limits a governor to these relations
    of the act below it (infinitive, clause, object, or a preposition); empty: any.
    """

    id: str
    status: Status
    kind: Literal["auxiliary", "negation", "governor", "adverb", "marker", "temporal"]
    words: Words
    slots: Words = ()
    examples: tuple[Example, ...] = Field(min_length=1)
    counterexamples: tuple[Example, ...] = Field(min_length=1)

    _words = field_validator("words", "slots", mode="before")(words)


class Attribution(Data):
    """Verbs and phrases that say who says so."""

    id: str
    kind: Literal["verb", "phrase"]
    stance: Literal["statement", "claim", "denial", "confirm"]
    words: Words
    examples: tuple[Example, ...] = Field(min_length=1)
    counterexamples: tuple[Example, ...] = ()

    _words = field_validator("words", mode="before")(words)


class StatusCues(Data):
    """All of `status.yaml`. `happening`: verbs that assert the noun before them; `harm`: verbs of casualties."""

    cues: tuple[Cue, ...]
    attribution: tuple[Attribution, ...]
    happening: Words
    harm: Words

    _words = field_validator("happening", "harm", mode="before")(words)


def read_status(path: Path) -> StatusCues:
    """The cues of a language. Raises RuleError with file and line."""
    return check(read_yaml(path), StatusCues, path)
