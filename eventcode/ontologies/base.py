"""What every ontology is: codes and rules in a folder, a record class, and a way from neutral events to records."""

from __future__ import annotations

import csv
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from pydantic import Field, field_validator

from eventcode.article import Article
from eventcode.errors import RuleError
from eventcode.neutral import Event, Mentions, Party, Rejection
from eventcode.ontologies.own_words import NO_WORDS, OwnWords
from eventcode.ontologies.restated import restated
from eventcode.records import Alternative, Record, RecordMeta
from eventcode.rules import Data, Rule, RuleSet, Words, check, content_hash, read_items, read_yaml, words

Facts = Mapping[str, frozenset[str]]

#: Facets that a coding rule's `when` and `unless` may name.
FACETS = frozenset(
    {
        "action",
        "family",
        "about",
        "source",
        "target",
        "weapon",
        "status",
        "outcome",
        "place",
        "venue",
        "date",
        "reciprocal",
        "asserted",
    }
)

#: Why an alternative lost that no rule beat: a fault of the rule set, which the tests of its examples show.
ALSO_FIRES = "also fires"


class Description(Data):
    """The head of an ontology: `ontology.yaml`. `codes` maps each coded column to a CSV of its codes and titles.

    `extends` is the rule set that this one is laid over: an installed one by its name, a folder by its path from this
    one (`../incident_log`). `disable`: the ids of its rules that do not hold here.
    """

    name: str
    title: str
    version: str
    codebook: str
    terms: str
    codes: dict[str, str] = Field(default_factory=dict)
    extends: str | None = None
    disable: Words = ()

    _words = field_validator("disable", mode="before")(words)


@dataclass(frozen=True)
class Reading:
    """What an ontology is given: the article and everything neutral that was read from it."""

    article: Article
    events: tuple[Event, ...]
    mentions: Mentions
    families: Mapping[str, str] = field(default_factory=dict)  # action id to its family
    kinds: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # action id to itself and what it is a kind of
    versions: Mapping[str, str] = field(default_factory=dict)  # library, language, analyzer: what read the text


@dataclass
class Coding:
    """What an ontology gives back: its records, and the events that did not become one, with the reason.

    `unasked`: events that only the reading of relations told (`Ontology.codes_relations`).
    """

    records: list[Record] = field(default_factory=list)
    rejections: list[Rejection] = field(default_factory=list)
    unasked: list[Event] = field(default_factory=list)


@dataclass(frozen=True)
class Match:
    """The rule that codes an event, and the ones that fired and lost."""

    rule: Rule
    lost: tuple[Alternative, ...] = ()


@dataclass(frozen=True)
class Check:
    """One consistency rule of a codebook over a row: `fault` says what is wrong, or None. Five lines each.

    `columns` are all that `fault` reads, the one at fault first: it is given these columns alone. `advice` is a
    sentence on what to do. `suspect` may clear rows at a glance: given the whole columns (pandas series of their
    dtypes), a series of truth values, true at least wherever `fault` would find one; without it every row is asked.
    """

    id: str
    columns: tuple[str, ...]
    fault: Callable[[Mapping[str, Any]], str | None]
    severity: Literal["error", "warning"] = "error"
    advice: str = ""
    suspect: Callable[[Mapping[str, Any]], Any] | None = None


class Ontology(ABC):
    """Base of ontologies: reads `ontology.yaml` and `rules/*.yaml` of its folder on first use.

    A subclass sets `name`, `record` and `folder` and writes `code`; `match` gives it the winning rule of an event.
    """

    name: str
    record: type[Record]
    folder: Path
    checks: tuple[Check, ...] = ()
    #: Words that this ontology's own facts add to a facet, beside those every event can have.
    words: Mapping[str, frozenset[str]] = MappingProxyType({})
    #: Actions, wordings and actors that hold for coders of this ontology only.
    own: OwnWords = NO_WORDS
    #: The rule set that this one extends.
    base: Ontology | None = None
    #: Is every record of an event whose own action (or family) one of the rules names? Then articles without such an
    #: action need not be read. False where an event may be coded as another act than it is, an intent as a promise.
    codes_by_action: bool = False
    #: Is what one named party does to another coded too where no event mention has both sides of it? So in codebooks
    #: of dyads, which code refusals, threats and hints of acts as readily as acts.
    codes_relations: bool = False

    @abstractmethod
    def code(self, reading: Reading) -> Coding:
        """The records of this ontology for one article's events; nothing is dropped without a Rejection."""

    def code_one(self, event: Event, reading: Reading) -> Record | None:
        """The record of one event whose sides somebody has given (`Coder.relation`), or None if it has no code here.

        An act that is denied, intended or only asked for is coded as the refusal, promise or demand that it is.
        """
        for told in (event, *(other for other, _ in restated(event, reading.families))):
            records = self.code(replace(reading, events=(told,))).records
            if records:
                return records[0]
        return None

    def as_coded(self, event: Event, reading: Reading) -> Event | None:
        """The event in the first of the words for it (as it is, refused, announced ...) that a rule codes."""
        for told, why in restated(event, reading.families):
            if self.match(told, reading) is not None:
                report = told.reports[0]
                report = report.model_copy(update={"rules": (*report.rules, why)})
                return told.model_copy(update={"reports": (report,)})
        return None

    def codable(self, families: Mapping[str, str], kinds: Mapping[str, tuple[str, ...]]) -> frozenset[str] | None:
        """The neutral actions that a rule may code, of all that have a family; None where that is not known."""
        if not self.codes_by_action:
            return None
        named: set[str] = set()
        for rule in self.rules:
            if "action" in rule.when:
                named |= {action for action in families if not set(kinds[action]).isdisjoint(rule.when["action"])}
            else:
                named |= {action for action, family in families.items() if family in rule.when.get("family", (family,))}
        return frozenset(named)

    @cached_property
    def description(self) -> Description:
        path = self.folder / "ontology.yaml"
        return check(read_yaml(path), Description, path)

    @cached_property
    def files(self) -> tuple[Path, ...]:
        """The files that make this rule set what it is."""
        return tuple(sorted(p for p in self.folder.rglob("*") if p.suffix in (".yaml", ".csv")))

    @cached_property
    def hash(self) -> str:
        return content_hash(self.files)

    @cached_property
    def rules(self) -> RuleSet:
        return RuleSet(self._read_rules(self.folder), str(self.folder))

    @cached_property
    def titles(self) -> Mapping[str, Mapping[str, str]]:
        """Coded column to its codes with their titles, in the order of the tables that ontology.yaml names."""
        return {column: code_titles(self.folder / file) for column, file in self.description.codes.items()}

    @property
    def versions(self) -> dict[str, str]:
        """Version and content hash of this rule set and of those that it extends."""
        return {f"{'extends' if n else 'ontology'} {one.name}": f"{one.description.version}+{one.hash}"
                for n, one in enumerate(self.layers)}

    @property
    def layers(self) -> tuple[Ontology, ...]:
        """This rule set and those that it extends, the lowest last."""
        return (self, *(self.base.layers if self.base is not None else ()))

    def _read_rules(self, folder: Path) -> list[Rule]:
        """The checked rules of a folder's rules/*.yaml."""
        rules: dict[str, Rule] = {}
        for path in sorted((folder / "rules").glob("*.yaml")):
            for rule in read_items(path, Rule, "rules"):
                self._check_rule(rule, path)
                if rule.id in rules:
                    raise RuleError("this id is used in two files", path=folder, rule=rule.id)
                rules[rule.id] = rule
        return list(rules.values())

    def _check_rule(self, rule: Rule, path: Path) -> None:
        for facet in (set(rule.when) | set(rule.unless)) - FACETS:
            raise RuleError(f"unknown facet {facet!r}", path=path, rule=rule.id)
        for column, value in rule.codes.items():
            allowed = self.allowed.get(column)
            if allowed is None:
                raise RuleError(f"codes: {column!r} is not a coded column", path=path, rule=rule.id)
            if value not in allowed:
                raise RuleError(f"codes: {value!r} is not a {column} of this ontology", path=path, rule=rule.id)

    @property
    @abstractmethod
    def allowed(self) -> Mapping[str, frozenset[str]]:
        """Coded column to its codes; a rule may give only these."""

    def follows(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """Columns that the codebook fixes by others of the row, with what they must be; for rows mended by hand."""
        return {}

    def match(self, event: Event, reading: Reading) -> Match | None:
        """The rule that codes this event, or None. Among several winners (a fault of the rules) the first id."""
        return self.matched(facts(event, reading), event, reading)

    def matched(self, told: Facts, event: Event, reading: Reading, column: str | None = None) -> Match | None:
        """As `match`, by facts that the ontology has of its own; alternatives are told by this column's codes (all)."""
        winners, losers = self.rules.firing(told, nearest(event, reading))
        if not winners:
            return None
        lost = [(rule, f"{winners[0].id} goes before it") for rule in losers]
        lost += [(rule, ALSO_FIRES) for rule in winners[1:]]
        lost += [(rule, reason) for rule, reason in self.rules.retired if rule.fires(told)]
        return Match(winners[0], tuple(Alternative(value=rule.codes[column] if column else _codes(rule), rule=rule.id,
                                                   reason=reason) for rule, reason in lost))

    def meta(self, reading: Reading, *events: Event, warnings: tuple[str, ...] = ()) -> RecordMeta:
        """The meta block of a record made from these events."""
        return RecordMeta(
            article_id=reading.article.id,
            ontology=self.name,
            ontology_version=self.description.version,
            events=tuple(event.id for event in events),
            versions={**reading.versions, **self.versions},
            warnings=warnings,
        )

    def reject(self, event: Event, reason: str, *rules: str) -> Rejection:
        """A Rejection of this event at the stage of records."""
        trigger = event.reports[0].trigger
        return Rejection(
            stage="records", reason=reason, start=trigger.start, end=trigger.end, text=trigger.text, rules=rules
        )


def nearest(event: Event, reading: Reading) -> dict[str, tuple[str, ...]]:
    """The event's action and what it is about, each with the wider actions that it is a kind of, nearest first."""
    about = event.about or "none"
    return {"action": reading.kinds.get(event.action, (event.action,)), "about": reading.kinds.get(about, (about,))}


def facts(event: Event, reading: Reading) -> Facts:
    """What coding rules may ask of an event, facet by facet, each a set of words.

    action, about: with the wider actions (an ambush is an attack too).
    source, target: traits and sectors of all parties of that side, "none" where it is empty. outcome: what was
    counted above zero (killed, injured ...). place and date: the precision, or "none". venue: see `venue`. weapon:
    "none" if none.
    """
    return {
        **{facet: frozenset(line) for facet, line in nearest(event, reading).items()},
        "family": frozenset({reading.families.get(event.action, "")}),
        "source": side(event.sources),
        "target": side(event.targets),
        "weapon": frozenset(event.weapons) or frozenset({"none"}),
        "status": frozenset({event.status}),
        "outcome": frozenset(count.what for count in event.counts if (count.high or count.best or 0) > 0)
        or frozenset({"none"}),
        "place": frozenset({event.place.precision if event.place else "none"}),
        "venue": frozenset({venue(event)}),
        "date": frozenset({event.date.precision or "none", event.date.basis}),
        "reciprocal": frozenset({"yes" if event.reciprocal else "no"}),
        "asserted": frozenset({"yes" if any(report.asserted for report in event.reports) else "no"}),
    }


def side(parties: tuple[Party, ...]) -> frozenset[str]:
    """Traits and sectors of the parties of one side; {"none"} where there is nobody."""
    found = {str(trait) for party in parties for trait in party.traits} | {str(p.sector) for p in parties if p.sector}
    return frozenset(found or {"unknown"}) if parties else frozenset({"none"})


def venue(event: Event) -> Literal["third", "own", "unknown"]:
    """Whose country the place lies in: one of the parties' ("own"), or that of none of them ("third").

    "unknown" where no words name the place, where a party's country is not known, or where all have one country.
    """
    countries = {party.country for party in (*event.sources, *event.targets)}
    place = event.place
    if place is None or place.start is None or place.country is None or None in countries or len(countries) < 2:
        return "unknown"
    return "own" if place.country in countries else "third"


def code_titles(path: Path) -> dict[str, str]:
    """Code to title, of a table of codes that may have more columns."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return {row["code"]: row["title"] for row in csv.DictReader(lines)}


def _codes(rule: Rule) -> str:
    return ", ".join(rule.codes.values())
