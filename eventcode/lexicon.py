"""The neutral actions, and the lexicon entries with which a language words them. Words and actions, no codes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from pydantic import Field, field_validator, model_validator

from eventcode.errors import RuleError
from eventcode.neutral import TRAITS, Status
from eventcode.rules import Data, Example, Words, read_items, read_yaml, words

#: Grammatical slots from which an argument may be taken. A preposition stands for its object ("on", "against").
SLOTS = frozenset({"subject", "object", "indirect", "agent", "possessive", "compound", "adjective", "clause_subject"})
SlotName = str

Family = Literal[
    "fighting",
    "remote violence",
    "violence on civilians",
    "detention",
    "abduction",
    "protest",
    "repression",
    "surrender",
    "territory",
    "agreement",
    "talks",
    "mediation",
    "statement",
    "support",
    "appeal",
    "demand",
    "accusation",
    "rejection",
    "threat",
    "force posture",
    "sanction",
    "breaking relations",
    "aid",
    "asylum",
    "investigation",
    "legal action",
    "coercion",
    "property",
    "displacement",
    "cyber",
    "cooperation",
    "concession",
    "politics",
    "casualties",
]


#: Weapons and means: a dimension of their own beside the action. Rules name these words.
Weapon = Literal[
    "aircraft",
    "drone",
    "helicopter",
    "artillery",
    "mortar",
    "rocket",
    "missile",
    "tank",
    "bomb",
    "ied",
    "car_bomb",
    "suicide_vest",
    "grenade",
    "landmine",
    "chemical",
    "nuclear",
    "wmd",
    "guided_bomb",
    "cyber",
    "firearm",
    "knife",
    "arson",
    "stones",
    "vehicle",
    "batons",
    "tear_gas",
    "water_cannon",
    "rubber_bullets",
    "live_fire",
]


class Action(Data):
    """A neutral action: what was done, in no language and no ontology.

    `counts` says what a number on the target (or, with `source:` before it, the source) counts: killed, detained ...
    `speech` marks acts of speech, which embed other actions and give way to them. `kind_of` names the wider action,
    whose coding rules hold for this one too where no rule names this one. `unlike` maps the actions that are easily
    taken for this one to what tells them from it.
    """

    id: str
    family: Family
    kind_of: str | None = None
    definition: str
    source: str
    target: str
    unlike: dict[str, str] = Field(min_length=1)
    counts: str | None = None
    source_counts: str | None = None
    reciprocal: bool = False
    speech: bool = False
    material: bool = Field(default=False, description="physical force: outranks words in one sentence")


class Needs(Data):
    """What the words in a slot must be: traits of a party, or a word of another kind.

    'party' is any known actor, 'place' the name of a place, 'name' any proper name, and '@sites' a word of that domain
    in the language's domains.yaml. A personal pronoun that points to nobody known is a person or a group.

    `either` asks it of one of the two sides, whichever: "rebels attacked" and "was attacked by rebels", not "attacked
    the problem". `before` asks for an act of one of these families in an earlier sentence: "fourteen died" goes on with
    a story of violence and tells no event by itself.
    """

    source: Words = ()
    target: Words = ()
    either: Words = ()
    before: tuple[Family, ...] = ()

    _words = field_validator("source", "target", "either", "before", mode="before")(words)

    @field_validator("source", "target", "either")
    @classmethod
    def _known(cls, value: Words) -> Words:
        unknown = {word for word in value if not word.startswith("@")} - TRAITS - {"party", "place", "name"}
        if unknown:
            raise ValueError(f"not traits: {', '.join(sorted(unknown))}")
        return value


class Guard(Data):
    """Words that mean something else: lemmas which, found in that slot, stop the entry ("killed the bill")."""

    subject: Words = ()
    object: Words = ()
    modifier: Words = ()
    particle: Words = ()
    prep: dict[str, Words] = Field(default_factory=dict)
    nearby: Words = Field(
        default=(),
        description="lemmas anywhere in the sentence; '@sport' stands for "
        "the words of that domain in the language's domains.yaml",
    )
    clause: Words = Field(
        default=(), description="lemmas in the clause of the word itself: not in one that reports it or goes beside it")

    _words = field_validator("subject", "object", "modifier", "particle", "nearby", "clause", mode="before")(words)

    @field_validator("prep", mode="before")
    @classmethod
    def _preps(cls, value: Any) -> Any:
        return {key: words(item) for key, item in value.items()} if isinstance(value, dict) else value


class Entry(Data):
    """One way of a language to word an action: its words, what must stand with them, who fills the roles.

    verb, noun, adjective: head words (lemmas; an adjective counts after a copula and with its content: "is ready to
    go"). `particle`, `subject`, `object`, `prep`, `modifier` are required company (lemmas): one of each list. For
    `prep`, the key is the preposition and the value the lemmas of its object (empty: any). `modifier` is a compound or
    adjective of the noun, or of a verb's named subject, or an adverb. `clause` asks for an embedded clause whose verb
    is one of these or has one as its auxiliary ("said that Libya must ..."); the slot `clause_subject` is that clause's
    subject. `roles` and `noun_roles` give, per
    role, the slots to look in, first filled first; a verb's default is source: subject or agent, target: object (or the
    passive's subject). Slots name the active voice: the walk itself turns passives round. `light` are verbs whose
    subject is the noun's source ("launched an attack").
    """

    id: str
    action: str
    verb: Words = ()
    noun: Words = ()
    adjective: Words = ()
    particle: Words = ()
    subject: Words = ()
    object: Words = ()
    prep: dict[str, Words] = Field(default_factory=dict)
    modifier: Words = ()
    clause: Words = ()
    roles: dict[Literal["source", "target"], Words] = Field(default_factory=dict)
    noun_roles: dict[Literal["source", "target"], Words] = Field(default_factory=dict)
    light: Words = ()
    about: Words = Field(
        default=(), description="slots of the embedded action: clause, infinitive, for, to, of, object"
    )
    weapon: tuple[Weapon, ...] = ()
    counts: str | None = Field(default=None, description="what a number on the target counts, where not the action's")
    status: Status | None = None
    needs: Needs = Needs()
    unless: Guard = Guard()
    over: Words = ()
    examples: tuple[Example, ...] = Field(min_length=1)
    counterexamples: tuple[Example, ...] = Field(min_length=1)

    _words = field_validator(
        "verb", "noun", "adjective", "particle", "subject", "object", "modifier", "clause", "light", "about", "weapon",
        "over", mode="before",
    )(words)

    @field_validator("roles", "noun_roles", mode="before")
    @classmethod
    def _slots(cls, value: Any) -> Any:
        return {key: words(item) for key, item in value.items()} if isinstance(value, dict) else value

    @field_validator("prep", mode="before")
    @classmethod
    def _preps(cls, value: Any) -> Any:
        return {key: words(item) for key, item in value.items()} if isinstance(value, dict) else value

    @model_validator(mode="after")
    def _has_a_head(self) -> Entry:
        if not self.verb and not self.noun and not self.adjective:
            raise ValueError("needs a verb, a noun or an adjective")
        return self

    @property
    def weight(self) -> int:
        """How much company the entry demands: the more specific of two entries on one word wins."""
        company = (self.particle, self.subject, self.object, self.prep, self.modifier, self.clause)
        return sum(map(bool, company)) * 2 + sum(map(bool, (self.needs.source, self.needs.target)))


def read_actions(path: Path, known: Mapping[str, Action] = MappingProxyType({})) -> dict[str, Action]:
    """The neutral actions of a file, by id. `known`: those of another file that it may name but not define again."""
    actions = {action.id: action for action in read_items(path, Action, "actions")}
    for action in actions.values():
        kin = {action.kind_of or action.id, *action.unlike}
        strange = kin - set(actions) - set(known)
        if strange:
            raise RuleError(f"no such action: {', '.join(sorted(strange))}", path=path, rule=action.id)
        if action.id in known:
            raise RuleError("there is an action of this id", path=path, rule=action.id)
    for action in actions.values():
        try:
            lineage(action.id, {**known, **actions})
        except ValueError as problem:
            raise RuleError(str(problem), path=path, rule=action.id) from None
    return actions


def lineage(action: str, actions: Mapping[str, Action]) -> Words:
    """The action and all that it is a kind of, nearest first: `(ambush, attack)`. ValueError on a circle."""
    line: list[str] = []
    here: str | None = action
    while here is not None:
        if here in line:
            raise ValueError(f"action {here} is a kind of itself")
        line.append(here)
        here = actions[here].kind_of
    return tuple(line)


def lineages(actions: Mapping[str, Action]) -> dict[str, Words]:
    """The lineage of each action."""
    return {action: lineage(action, actions) for action in actions}


def read_domains(path: Path) -> dict[str, Words]:
    """The word lists of a language's `domains.yaml` ("@sport" and the like), by name without the "@"."""
    content = read_yaml(path)
    return {str(name): words(listed) for name, listed in content["domains"].items()}


def with_domains(entry: Entry, domains: Mapping[str, Words]) -> Entry:
    """The entry with that domain's words for each "@name" of its company and guards; KeyError on an unknown name.

    Those in `needs` stay as they are and are only checked: there the words are asked of whom a slot stands for.
    """
    for wanted in (*entry.needs.source, *entry.needs.target, *entry.needs.either):
        if wanted.startswith("@"):
            domains[wanted[1:]]
    company = _spelled_out(entry, ("subject", "object", "modifier", "prep"), domains)
    guards = _spelled_out(entry.unless, ("subject", "object", "modifier", "prep", "nearby", "clause"), domains)
    if guards:
        company["unless"] = entry.unless.model_copy(update=guards)
    return entry.model_copy(update=company) if company else entry


def _spelled_out(data: Data, names: Sequence[str], domains: Mapping[str, Words]) -> dict[str, Any]:
    """Those of the named lists of words that hold a domain, with its words in its place."""
    found: dict[str, Any] = {}
    for name in names:
        listed = getattr(data, name)
        if isinstance(listed, dict):
            spelled: Any = {key: _with_words(item, domains) for key, item in listed.items()}
        else:
            spelled = _with_words(listed, domains)
        if spelled != listed:
            found[name] = spelled
    return found


def _with_words(listed: Words, domains: Mapping[str, Words]) -> Words:
    if not any(word.startswith("@") for word in listed):
        return listed
    return tuple(word for item in listed for word in (domains[item[1:]] if item.startswith("@") else (item,)))
