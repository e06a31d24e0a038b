"""An ontology from a folder alone: a researcher's own codes and rules, no Python.

The folder holds `ontology.yaml` (see Description), one CSV with the columns `code` and `title` for each coded
column named there, and coding rules in `rules/*.yaml`; it may bring words of its own (see own_words) and extend another
rule set (see layers). Its records have the columns of GenericRecord, then the coded columns in the order of
`ontology.yaml`, those of an extended set first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date as Day
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, ClassVar, cast

from pydantic import create_model

from eventcode.errors import RuleError
from eventcode.neutral import HAPPENED, Event, Evidence, Party
from eventcode.ontologies.base import Coding, Match, Ontology, Reading
from eventcode.ontologies.facets import unknown_words
from eventcode.ontologies.layers import (
    MOST_LAYERS,
    ByName,
    base_of,
    describe,
    layer,
    layer_hash,
    overlaid,
    own_facets,
    refuse_namesakes,
    rule_files,
    table,
)
from eventcode.ontologies.own_words import NO_WORDS, own_words
from eventcode.records import Record
from eventcode.rules import Rule, RuleSet, content_hash, read_csv


class GenericRecord(Record):
    """The columns that every ontology made of a folder has; its coded columns follow them.

    date: first possible day of the event. source, target: names or words of the parties, "; " between them.
    country: ISO 3166 alpha-3 code of the place. latitude, longitude: WGS 84 degrees. action: the neutral action's id.
    """

    folder: ClassVar[Path]
    made_from: ClassVar[str]
    base: ClassVar[Ontology | None]

    event_id: str | None = None
    date: Day | None = None
    source: str | None = None
    target: str | None = None
    place: str | None = None
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    action: str | None = None

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickled as folder and fields: the class is made from the folder, so no import can find it."""
        fields = {name: getattr(self, name) for name in type(self).model_fields}
        return _remake, (self.folder, self.made_from, self.base, fields)


class GenericOntology(Ontology):
    """The ontology of one folder. Reads all its files at once, so that a fault shows when it is loaded.

    Raises RuleError naming file, line and rule.
    """

    codes_by_action = True

    def __init__(self, folder: Path | str, base: GenericOntology | None = None) -> None:
        self.folder, self.base = Path(folder).resolve(), base
        self.name = self.description.name
        self.own_hash = content_hash(rule_files(self.folder, self.description))
        self.hash = layer_hash(self.folder, self.description, base)
        self.own = own_words(self.folder, base.own if base is not None else NO_WORDS)
        self.words = own_facets(self.own)
        self.record = _record_class(self)
        if not self.rules.rules:
            raise RuleError("no rule in rules/*.yaml", path=self.folder)

    def __reduce__(self) -> tuple[Any, ...]:
        return _made, (self.folder, self.own_hash, self.base)

    @cached_property
    def files(self) -> tuple[Path, ...]:
        """The files that make this rule set what it is, those of an extended one after its own."""
        return (*rule_files(self.folder, self.description), *(self.base.files if self.base is not None else ()))

    @cached_property
    def titles(self) -> Mapping[str, Mapping[str, str]]:
        """Coded column to its codes with their titles, from the CSVs that ontology.yaml names."""
        found: dict[str, dict[str, str]] = {}
        if self.base is not None:
            found = {column: dict(codes) for column, codes in self.base.titles.items()}
        for column, file in self.description.codes.items():
            rows = read_csv(table(self.folder, file), ("code", "title"))
            found.setdefault(column, {}).update((row["code"], row["title"]) for _, row in rows)
        return found

    @cached_property
    def allowed(self) -> Mapping[str, frozenset[str]]:
        """Coded column to its codes."""
        return {column: frozenset(codes) for column, codes in self.titles.items()}

    @cached_property
    def rules(self) -> RuleSet:
        own = self._read_rules(self.folder)
        if self.base is not None:
            return overlaid(self.base.rules, own, self.description, self.folder)
        if self.description.disable or any(rule.replaces for rule in own):
            raise RuleError("`disable` and `replaces` ask for a rule set to extend", path=self.folder)
        return RuleSet(own, str(self.folder))

    def _check_rule(self, rule: Rule, path: Path) -> None:
        super()._check_rule(rule, path)
        for fault in unknown_words(rule, self.words):
            raise RuleError(fault, path=path, rule=rule.id)

    def code(self, reading: Reading) -> Coding:
        """One record for each event that a rule fits; a rejection with its reason for each other event."""
        coding = Coding()
        for event in reading.events:
            match = self.match(event, reading)
            if match is None:
                coding.rejections.append(self.reject(event, f"no rule fits {event.action}"))
            elif event.status not in HAPPENED and "status" not in match.rule.when:
                reason = f"it is {event.status}, and the rule does not ask for that status"
                coding.rejections.append(self.reject(event, reason, match.rule.id))
            else:
                coding.records.append(self._record(event, match, reading))
        return coding

    def _record(self, event: Event, match: Match, reading: Reading) -> Record:
        cells = {**self._plain_cells(event), **self._coded_cells(event, match)}
        filled = {column: cell for column, cell in cells.items() if cell[0] is not None}
        return self.record(
            **{column: value for column, (value, _) in filled.items()},
            provenance={column: evidence for column, (_, evidence) in filled.items()},
            alternatives=dict.fromkeys(match.rule.codes, match.lost) if match.lost else {},
            meta=self.meta(reading, event))

    def _plain_cells(self, event: Event) -> dict[str, tuple[Any, Evidence]]:
        """Column to value and evidence, as the event has them; a value of None is left out by the caller."""
        words, place = event.date.words, event.place
        cells: dict[str, tuple[Any, Evidence]] = {
            "event_id": (event.id, self._evidence("event_id", event.reports[0].trigger)),
            "date": (event.date.start, self._evidence("date", words, event.date.rules)),
            "source": self._parties("source", event.sources),
            "target": self._parties("target", event.targets),
            "action": (event.action, self._evidence("action", event.reports[0].trigger, event.reports[0].rules)),
        }
        if place is not None:
            evidence = self._evidence("place", place if place.start is not None else None, place.rules)
            cells |= {"place": (place.name, evidence), "country": (place.country, evidence),
                      "latitude": (place.latitude, evidence), "longitude": (place.longitude, evidence)}
        return cells

    def _coded_cells(self, event: Event, match: Match) -> dict[str, tuple[Any, Evidence]]:
        report = event.reports[0]
        evidence = Evidence(start=report.trigger.start, end=report.trigger.end, text=report.trigger.text,
                            rules=(*report.rules, match.rule.id))
        return {column: (code, evidence) for column, code in match.rule.codes.items()}

    def _parties(self, column: str, parties: tuple[Party, ...]) -> tuple[str | None, Evidence]:
        names = "; ".join(party.name or " ".join(party.text.split()) for party in parties)
        return names or None, self._evidence(column, next(iter(parties), None),
                                             dict.fromkeys(rule for party in parties for rule in party.rules))

    def _evidence(self, column: str, words: Any, rules: Iterable[str] = ()) -> Evidence:
        span = {"start": words.start, "end": words.end, "text": words.text} if words is not None else {}
        return Evidence(**span, rules=(*rules, f"{self.name}/{column}"))


def _record_class(ontology: GenericOntology) -> type[Record]:
    """The record class of a folder: the columns of every such ontology, then the coded ones."""
    taken = set(ontology.allowed) & set(GenericRecord.model_fields)
    if taken:
        raise RuleError(f"codes: {', '.join(sorted(taken))}: every ontology has a column of that name",
                        path=ontology.folder / "ontology.yaml")
    columns: dict[str, Any] = dict.fromkeys(ontology.allowed, (str | None, None))
    made = create_model(f"{ontology.name.title().replace('-', '')}Record", __base__=GenericRecord,
                        __module__=__name__, **columns)
    made.ontology, made.folder, made.made_from = ontology.name, ontology.folder, ontology.own_hash
    made.base = ontology.base
    return cast(type[Record], made)


def at(folder: Path | str, by_name: ByName | None = None, above: tuple[Path, ...] = ()) -> Ontology:
    """The ontology of a folder as its files now stand; the same object again as long as they do not change.

    by_name: gives the installed ontology that a folder extends by its name. above: folders that extend this one.
    Raises RuleError.
    """
    home = Path(folder).resolve()
    base = extended(home, by_name, above)
    return _made(home, content_hash(rule_files(home, describe(home))), base)


def extended(folder: Path, by_name: ByName | None = None, above: tuple[Path, ...] = ()) -> Ontology | None:
    """The rule set that a folder's ontology.yaml says it extends, None where it says none; arguments as of `at`."""
    if folder in above or len(above) > MOST_LAYERS:
        told = " extends ".join(map(str, (*above, folder)))
        raise RuleError(f"rule sets extend each other in a circle, or more than {MOST_LAYERS}: {told}", path=folder)
    description = describe(folder)
    if description.extends is None:
        return None
    base = base_of(folder, description.extends, lambda lower: at(lower, by_name, (*above, folder)), by_name)
    refuse_namesakes(description.name, folder, base)
    return base


@lru_cache(maxsize=16)
def _made(folder: Path, _hash: str, base: Ontology | None) -> Ontology:
    if base is None or isinstance(base, GenericOntology):
        return GenericOntology(folder, base)
    return layer(base, folder)


def _remake(folder: Path, known_hash: str, base: Ontology | None, fields: dict[str, Any]) -> Record:
    return _made(folder, known_hash, base).record(**fields)
