"""The words of a language's `relation.yaml`: obligations, endings, attempts, and hints of last resort."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from pydantic import Field, field_validator, model_validator

from eventcode.languages.base import Language
from eventcode.rules import Data, Example, Words, read_items
from eventcode.rules import words as as_words


class RelationCue(Data):
    """Words of one kind; see the head of relation.yaml. `action` is what words of last resort hint at."""

    id: str
    kind: Literal["obligation", "ending", "granting", "attempt", "last-resort"]
    action: str | None = None
    words: Words = Field(min_length=1)
    examples: tuple[Example, ...] = Field(min_length=1)
    counterexamples: tuple[Example, ...] = Field(min_length=1)

    _words = field_validator("words", mode="before")(as_words)

    @model_validator(mode="after")
    def _hints_have_actions(self) -> RelationCue:
        if (self.kind == "last-resort") != (self.action is not None):
            raise ValueError("a hint of last resort needs an action, and nothing else has one")
        return self


@dataclass(frozen=True)
class RelationWords:
    """The cues by word form: verb form and particle or object for endings and grants, form alone for the rest; values are cue ids."""

    obligation: dict[str, str]
    ending: dict[tuple[str, str], str]
    granting: dict[tuple[str, str], str]
    attempt: dict[str, str]
    hints: dict[str, RelationCue]


def relation_words(language: Language, actions: Collection[str]) -> RelationWords:
    """The cues of a language; empty where it has no relation.yaml. ValueError on a hint of an unknown action."""
    path = language.folder / "relation.yaml"
    cues = read_items(path, RelationCue, "cues") if path.exists() else []
    unknown = sorted({cue.action for cue in cues if cue.action} - set(actions))
    if unknown:
        raise ValueError(f"{path.name}: unknown actions {', '.join(unknown)}")
    found = RelationWords({}, {}, {}, {}, {})
    for cue in cues:
        for word in cue.words:
            _add(found, cue, word, language)
    return found


def _add(found: RelationWords, cue: RelationCue, word: str, language: Language) -> None:
    head, _, particle = word.partition(" ")
    forms = sorted(language.forms(head))
    if cue.kind == "obligation":
        found.obligation[word] = cue.id
    elif cue.kind in ("ending", "granting"):
        phrases = found.ending if cue.kind == "ending" else found.granting
        beside = sorted(language.forms(particle)) if particle else [""]
        phrases.update({(form, other): cue.id for form in forms for other in beside})
    elif cue.kind == "attempt":
        found.attempt.update(dict.fromkeys(forms, cue.id))
    else:
        for form in forms:
            found.hints.setdefault(form, cue)
