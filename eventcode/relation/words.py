"""The words of a language's folder `relation`: obligations, endings, attempts, and hints of last resort."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cached_property
from pathlib import Path
from typing import Literal

from pydantic import Field, field_validator, model_validator

from eventcode.errors import RuleError
from eventcode.languages.base import Language
from eventcode.lexicon import Action, Guard, Needs
from eventcode.mentions.actions import ActionFinder
from eventcode.relation.deeds import deed_finder
from eventcode.rules import Data, Example, Words, read_items
from eventcode.rules import words as as_words

Phrases = dict[tuple[str, str], str]


class RelationCue(Data):
    """Words of one kind; see the heads of the files in `relation`. `action` is what deeds and hints mean.

    Only deeds have `nouns`, `objects` (one of which every bare verb must have), `roles`, `about`, `needs` and
    `unless`, which mean what they mean in a lexicon entry.
    """

    id: str
    kind: Literal["obligation", "ending", "granting", "carrying", "attempt", "transfer", "copula", "deed",
                  "calling-off", "announcing", "together", "joint-words", "topic", "last-resort",
                  "denying", "distant", "longer", "unfailing", "retracting", "trading",
                  "condition", "preparing", "exempting", "glad", "deciding", "permission", "arsenal",
                  "opposing", "impossible", "groundless", "authorship",
                  "ordering", "penalty", "duty", "spirit", "whole", "hoping", "received", "bestowing",
                  "addressed", "harm", "labelling", "said-thing", "alleging"]
    action: str | None = None
    words: Words = Field(min_length=1)
    nouns: Words = ()
    objects: Words = ()
    roles: dict[Literal["source", "target"], Words] = Field(default_factory=dict)
    about: Words = ()
    needs: Needs = Needs()
    unless: Guard = Guard()
    examples: tuple[Example, ...] = Field(min_length=1)
    counterexamples: tuple[Example, ...] = Field(min_length=1)

    _words = field_validator("words", "nouns", "objects", "about", mode="before")(as_words)

    @model_validator(mode="after")
    def _hints_have_actions(self) -> RelationCue:
        if (self.kind in ("deed", "topic", "last-resort", "spirit", "received")) != (self.action is not None):
            raise ValueError("a deed, spirit, thing received or hint needs an action, and nothing else has one")
        return self


class RelationWords:
    """The cues of a language by word form, read on first use; empty where it has no folder `relation`.

    `actions` are the ids of the neutral actions. Raises RuleError on a fault of the file, or an unknown action in it.
    """

    def __init__(self, language: Language, actions: Collection[str]) -> None:
        self.language, self._actions = language, frozenset(actions)
        self._deeds: ActionFinder | None = None

    @cached_property
    def cues(self) -> tuple[RelationCue, ...]:
        """All cues, in the order of their files' names and in each in its order."""
        files = sorted((self.language.folder / "relation").glob("*.yaml"))
        return tuple(cue for path in files for cue in self._read(path))

    def _read(self, path: Path) -> list[RelationCue]:
        found = read_items(path, RelationCue, "cues")
        for cue in found:
            if cue.action is not None and cue.action not in self._actions:
                raise RuleError(f"{cue.action!r} is not an action", path=path, rule=cue.id)
        return found

    @cached_property
    def bestowing(self) -> dict[str, str]:
        """Preposition over those for whom a thing received is meant ("scorn [for]") to the cue's id."""
        return self._as_written("bestowing")

    @cached_property
    def obligation(self) -> dict[str, str]:
        """Auxiliary, as written, to the cue's id."""
        return self._as_written("obligation")

    @cached_property
    def carrying(self) -> dict[str, str]:
        """Preposition to the cue's id."""
        return self._as_written("carrying")

    @cached_property
    def copula(self) -> dict[str, str]:
        """Form of the bare copula, as written, to the cue's id."""
        return self._as_written("copula")

    @cached_property
    def ending(self) -> Phrases:
        """(verb form, particle or object form, or "") to the cue's id."""
        return self._phrases("ending")

    @cached_property
    def calling_off(self) -> Phrases:
        """The same for verbs that take back what was to come."""
        return self._phrases("calling-off")

    @cached_property
    def granting(self) -> Phrases:
        """The same for verbs that grant."""
        return self._phrases("granting")

    @cached_property
    def transfer(self) -> Phrases:
        """(preposition over the source, "") or ("", preposition over the target) to the cue's id."""
        pairs = ((cue.id, *word.split()) for cue in self._of("transfer") for word in cue.words)
        return {(word, "") if side == "source" else ("", word): name for name, side, word in pairs}

    @cached_property
    def announcing(self) -> dict[str, str]:
        """Form of a verb that announces a measure to the cue's id."""
        return self._by_form("announcing")

    @cached_property
    def together(self) -> dict[str, str]:
        """Word, as written, by which parties do one thing together, to the cue's id."""
        return self._as_written("together")

    @cached_property
    def denying(self) -> dict[str, str]:
        """Word, as written, that denies the act it stands beside to the cue's id."""
        return self._as_written("denying")

    @cached_property
    def distant(self) -> dict[str, str]:
        """Word, as written, that denies what hangs below it to the cue's id."""
        return self._as_written("distant")

    @cached_property
    def exempting(self) -> dict[str, str]:
        """Word, as written, that right behind a denying word takes the denial back to the cue's id."""
        return self._as_written("exempting")

    @cached_property
    def glad(self) -> dict[str, str]:
        """Adjective, as written, that says that its subject will gladly act to the cue's id."""
        return self._as_written("glad")

    @cached_property
    def deciding(self) -> dict[str, str]:
        """Form of a verb by which somebody in power says what others may do to the cue's id."""
        return self._by_form("deciding")

    @cached_property
    def permission(self) -> dict[str, str]:
        """Auxiliary, as written, that says what one is allowed to do to the cue's id."""
        return self._as_written("permission")

    @cached_property
    def arsenal(self) -> dict[str, str]:
        """Form of a noun for what a force has to fight with to the cue's id."""
        return self._by_form("arsenal")

    @cached_property
    def longer(self) -> dict[str, str]:
        """Word, as written, that after a denying word tells what has ended to the cue's id."""
        return self._as_written("longer")

    @cached_property
    def unfailing(self) -> dict[str, str]:
        """Form of a verb whose denial affirms what it governs to the cue's id."""
        return self._by_form("unfailing")

    @cached_property
    def retracting(self) -> Phrases:
        """(verb form, particle or object form, or "") of a verb that takes back words to the cue's id."""
        return self._phrases("retracting")

    @cached_property
    def trading(self) -> dict[str, str]:
        """Form of a noun that says that something is given for something to the cue's id."""
        return self._by_form("trading")

    @cached_property
    def condition(self) -> dict[str, str]:
        """Word, as written, over what must happen lest an act follow, to the cue's id."""
        return self._as_written("condition")

    @cached_property
    def preparing(self) -> dict[str, str]:
        """Form of a verb whose content is being prepared to the cue's id."""
        return self._by_form("preparing")

    @cached_property
    def opposing(self) -> dict[str, str]:
        """Preposition over those against whom others are called upon to the cue's id."""
        return self._as_written("opposing")

    @cached_property
    def impossible(self) -> dict[str, str]:
        """Form of a word that says that its subject will not be to the cue's id."""
        return self._by_form("impossible")

    @cached_property
    def groundless(self) -> dict[str, str]:
        """Form of a word that says that what its subject alleges is false to the cue's id."""
        return self._by_form("groundless")

    @cached_property
    def authorship(self) -> dict[str, str]:
        """Form of a word that says whose deed its subject is to the cue's id."""
        return self._by_form("authorship")

    @cached_property
    def ordering(self) -> dict[str, str]:
        """Form of a verb that orders forces to make ready to the cue's id."""
        return self._by_form("ordering")

    @cached_property
    def penalty(self) -> dict[str, str]:
        """Form of a word that, behind "or", says what befalls who does not comply to the cue's id."""
        return self._by_form("penalty")

    @cached_property
    def duty(self) -> dict[str, str]:
        """Form of a word by which a speaker says what somebody has to do to the cue's id."""
        return self._by_form("duty")

    @cached_property
    def hoping(self) -> dict[str, str]:
        """Form of a verb by which somebody hopes aloud that another will act to the cue's id."""
        return self._by_form("hoping")

    @cached_property
    def labelling(self) -> dict[str, str]:
        """Form of a verb that says what its object is to the cue's id."""
        return self._by_form("labelling")

    @cached_property
    def said_things(self) -> dict[str, str]:
        """Form of a noun for what was said or proposed to the cue's id."""
        return self._by_form("said-thing")

    @cached_property
    def alleging(self) -> dict[str, str]:
        """Form of a verb that reports what others did as their fault to the cue's id."""
        return self._by_form("alleging")

    @cached_property
    def harm(self) -> dict[str, str]:
        """Form of a noun for harm that is held out or not ruled out to the cue's id."""
        return self._by_form("harm")

    @cached_property
    def addressed(self) -> dict[str, str]:
        """Pronoun, as written, for those who are spoken to, to the cue's id."""
        return self._as_written("addressed")

    @cached_property
    def whole(self) -> dict[str, str]:
        """Form of a noun that with a possessive pronoun stands for the party itself to the cue's id."""
        return self._by_form("whole")

    @cached_property
    def spirit(self) -> dict[str, RelationCue]:
        """Form of a noun that after "in" says in what spirit something is done ("in protest") to its cue."""
        return self._cue_by_form("spirit")

    @cached_property
    def received(self) -> dict[str, RelationCue]:
        """Form of a noun for what one side gets from the other, whatever the verb ("drew praise from") to its cue."""
        return self._cue_by_form("received")

    def deed_finder(self, actions: Mapping[str, Action]) -> ActionFinder:
        """Finds the deeds; made on first use, for the inventory of actions that every later use shares."""
        if self._deeds is None:
            self._deeds = deed_finder(self.language, self.cues, actions)
        return self._deeds

    @cached_property
    def speech_nouns(self) -> dict[str, str]:
        """Form of a noun for what parties say or hold together to the cue's id."""
        return self._by_form("joint-words")

    @cached_property
    def deeds(self) -> frozenset[str]:
        """The ids of the deeds."""
        return frozenset(cue.id for cue in self._of("deed"))

    @cached_property
    def goods(self) -> frozenset[str]:
        """The ids of the deeds that are done with things ("sent rice")."""
        return frozenset(cue.id for cue in self._of("deed") if cue.objects)

    @cached_property
    def attempt(self) -> dict[str, str]:
        """Form of a verb or noun to the cue's id."""
        return self._by_form("attempt")

    def _as_written(self, kind: str) -> dict[str, str]:
        return {word: cue.id for cue in self._of(kind) for word in cue.words}

    def _by_form(self, kind: str) -> dict[str, str]:
        listed = ((word, cue.id) for cue in self._of(kind) for word in cue.words)
        return {form: name for word, name in listed for form in sorted(self.language.forms(word))}

    def _cue_by_form(self, kind: str) -> dict[str, RelationCue]:
        return {form: cue for cue in self._of(kind) for word in cue.words for form in sorted(self.language.forms(word))}

    @cached_property
    def hints(self) -> dict[str, RelationCue]:
        """Form of a word to the first cue of last resort that has it."""
        found: dict[str, RelationCue] = {}
        for cue in self._of("last-resort"):
            for form in sorted(form for word in cue.words for form in self.language.forms(word)):
                found.setdefault(form, cue)
        return found

    @cached_property
    def topics(self) -> dict[str, RelationCue]:
        """Form of a word to the first topic that has it."""
        found: dict[str, RelationCue] = {}
        for cue in self._of("topic"):
            for form in sorted(form for word in cue.words for form in self.language.forms(word)):
                found.setdefault(form, cue)
        return found

    @cached_property
    def nouns(self) -> dict[str, tuple[str, ...]]:
        """Noun form to the actions that entries of the lexicon word with it, whatever company they ask for."""
        found: dict[str, dict[str, None]] = {}
        for entry in self.language.entries:
            for form in sorted(form for noun in entry.noun for form in self.language.forms(noun)):
                found.setdefault(form, {})[entry.action] = None
        return {form: tuple(actions) for form, actions in found.items()}

    def _of(self, kind: str) -> list[RelationCue]:
        return [cue for cue in self.cues if cue.kind == kind]

    def _phrases(self, kind: str) -> Phrases:
        found: Phrases = {}
        for cue in self._of(kind):
            for verb, _, beside in (word.partition(" ") for word in cue.words):
                others = sorted(self.language.forms(beside)) if beside else [""]
                found.update({(form, other): cue.id for form in sorted(self.language.forms(verb)) for other in others})
        return found
