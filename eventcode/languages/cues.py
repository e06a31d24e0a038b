"""The words that tell whether an action happened, who says so, and that it is told here: the data of `status.yaml`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, field_validator

from eventcode.errors import RuleError
from eventcode.neutral import Status
from eventcode.rules import Data, Example, Words, check, read_yaml
from eventcode.rules import words as as_words

#: Where a cue stands: `negation`, `auxiliary`, `adverb` (an adjective of a noun too) and `marker` (a conjunction)
#: under the trigger, `governor` over it ("fail to", "plan"), `temporal` beside or over it ("anniversary of");
#: `background` is a span before "after" in a clause that only dates another ("weeks after troops left"), `question`
#: the last mark, `headline` what stands for an auxiliary before a headline's main verb ("Kenya to host talks"),
#: `undone` what says beside a governor that nothing has come of it ("have yet to"), `lasting` the span of what has
#: gone on for it, `running` the word before what it has gone on from ("since"), `habit` an adverb beside a verb in
#: the present ("are routinely denied"), `thwarted` a verb joined to a governor by which nothing came of it ("tried
#: to storm the fort but were driven back"), `inverted` an auxiliary before its clause's subject ("had the bomb
#: exploded, ..."), `norm` the subject of a verb whose content is then only allowed or asked for ("the law lets
#: police detain"), `generic` who may be anybody ("anyone who"), `ranked` the word behind a superlative under which
#: lies what has had no like ("the worst raid since"), `forestalled` an auxiliary after "before" ("before he could"),
#: `untrue` what is said of the news of an act ("rumours of a coup are false"), `unattested` news
#: of an act that "no" denies ("no sign of"), `achieved` a verb by which an attempt under it came about ("succeed in"),
#: `nowise` what "no" denies the act with ("at no point"), `era` a word of times gone by in the act's clause ("the
#: Blitz"), `looked_back` a span before "after", "on" or "later" ("decades after the massacre").
CueKind = Literal["negation", "auxiliary", "adverb", "habit", "marker", "governor", "temporal", "background",
                  "question", "headline", "undone", "lasting", "running", "thwarted", "inverted", "norm", "generic",
                  "ranked", "forestalled", "untrue", "unattested", "achieved", "nowise", "era",
                  "looked_back"]
Stance = Literal["statement", "claim", "denial", "confirm"]


class Cue(Data):
    """Words that change an action's status: lemmas where `kind` is governor or temporal, else forms as written.

    `slots`, for a governor, are the relations by which the action may hang on it ("infinitive", "clause", "object" or a
    preposition); empty means any. `done_forms` are forms of a governor by which what it governs was done ("had to").
    """

    id: str
    status: Status
    kind: CueKind
    words: Words
    done_forms: Words = ()
    slots: Words = ()
    examples: tuple[Example, ...] = Field(min_length=1)
    counterexamples: tuple[Example, ...] = Field(min_length=1)

    _words = field_validator("words", "done_forms", "slots", mode="before")(as_words)


class Attribution(Data):
    """Words by which a text hands a statement to a speaker, and how the speaker stands to it."""

    id: str
    kind: Literal["verb", "phrase"]
    stance: Stance
    words: Words
    examples: tuple[Example, ...] = Field(min_length=1)
    counterexamples: tuple[Example, ...] = Field(min_length=1)

    _words = field_validator("words", mode="before")(as_words)


class Telling(Data):
    """Verbs that tell of an event noun that it took place: `happens` ("clashes erupted"), `harm` ("killed in a raid").

    `heard`: verbs whose object then took place ("heard an exchange of fire").
    `others`: verbs whose object is a plan of somebody else than their subject ("uncovered a plot to bomb the palace").
    `works` are what tells stories or lessons, `depicts` the verbs for that ("the film follows a deserter"), and what
    happens "in" one of the `stories` happened nowhere. `terms` are acts for a time to come ("jailed for two years"),
    `topics` what is about an act and tells none ("a murder trial", "an expert on torture"), `prefixes` what turns a
    noun into that ("the anti-kidnapping unit"). `characters` are no real persons ("the villain"), `mock` what is said
    of those who only play one ("mock hijackers"), `replays` verbs whose object is played ("re-enacted the battle").
    """

    id: str
    kind: Literal["happens", "heard", "harm", "others", "works", "depicts", "stories", "terms", "topics", "prefixes",
                  "characters", "replays", "mock"]
    words: Words
    examples: tuple[Example, ...] = Field(min_length=1)
    counterexamples: tuple[Example, ...] = Field(min_length=1)

    _words = field_validator("words", mode="before")(as_words)


@dataclass(frozen=True)
class StatusCues:
    """All of `status.yaml`, in the order of the file."""

    cues: tuple[Cue, ...]
    attribution: tuple[Attribution, ...]
    telling: tuple[Telling, ...]

    def telling_of(self, kind: str) -> Words:
        """The words of one kind of `Telling`."""
        return tuple(word for item in self.telling if item.kind == kind for word in item.words)


def read_status(path: Path) -> StatusCues:
    """The status cues of a language. Raises RuleError with file and line on anything unknown, missing or used twice."""
    content = read_yaml(path)
    if not isinstance(content, dict) or set(content) != {"cues", "attribution", "telling"}:
        raise RuleError("expected the lists 'cues', 'attribution' and 'telling' and nothing else", path=path, line=1)
    _unique(content, path)
    return StatusCues(cues=tuple(check(item, Cue, path) for item in content["cues"]),
                      attribution=tuple(check(item, Attribution, path) for item in content["attribution"]),
                      telling=tuple(check(item, Telling, path) for item in content["telling"]))


def _unique(content: dict[str, Any], path: Path) -> None:
    seen: set[str] = set()
    for item in (item for listed in content.values() for item in listed):
        name = item.get("id", "") if isinstance(item, dict) else ""
        if name in seen:
            raise RuleError("this id is used twice", path=path, line=item.line, rule=name)
        seen.add(name)
