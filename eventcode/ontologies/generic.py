"""An ontology from a folder alone: a researcher's own codes and rules, no Python.

The folder holds `ontology.yaml` (see Description), one CSV with the columns `code` and `title` for each coded
column named there, and coding rules in `rules/*.yaml`. Its records have the columns of GenericRecord, then the coded
columns in the order of `ontology.yaml`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date as Day
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, ClassVar, cast

from pydantic import create_model

from eventcode.errors import RuleError
from eventcode.neutral import Event, Evidence, Party
from eventcode.ontologies.base import Coding, Match, Ontology, Reading
from eventcode.ontologies.facets import unknown_words
from eventcode.records import Record
from eventcode.rules import Rule, content_hash, read_csv

#: An event of another status is coded only by a rule that asks for that status.
HAPPENED = frozenset({"actual", "ongoing"})


class GenericRecord(Record):
    """The columns that every ontology made of a folder has; its coded columns follow them.

    date: first possible day of the event. source, target: names or words of the parties, "; " between them.
    country: ISO 3166 alpha-3 code of the place. latitude, longitude: WGS 84 degrees. action: the neutral action's id.
    """

    folder: ClassVar[Path]
    made_from: ClassVar[str]

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
        return _remake, (self.folder, self.made_from, {name: getattr(self, name) for name in type(self).model_fields})


class GenericOntology(Ontology):
    """The ontology of one folder. Reads all its files at once, so that a fault shows when it is loaded.

    Raises RuleError naming file, line and rule.
    """

    def __init__(self, folder: Path | str) -> None:
        self.folder = Path(folder).resolve()
        self.name = self.description.name
        self.record = _record_class(self)
        if not self.rules.rules:
            raise RuleError("no rule in rules/*.yaml", path=self.folder)

    def __reduce__(self) -> tuple[Any, ...]:
        return at, (self.folder,)

    @cached_property
    def allowed(self) -> Mapping[str, frozenset[str]]:
        """Coded column to its codes, from the CSVs that ontology.yaml names."""
        return {column: frozenset(row["code"] for _, row in read_csv(self.folder / file, ("code", "title")))
                for column, file in self.description.codes.items()}

    def _check_rule(self, rule: Rule, path: Path) -> None:
        super()._check_rule(rule, path)
        for fault in unknown_words(rule):
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
    made.ontology, made.folder, made.made_from = ontology.name, ontology.folder, ontology.hash
    return cast(type[Record], made)


def at(folder: Path | str) -> GenericOntology:
    """The ontology of a folder as its files now stand; the same object again as long as they do not change."""
    home = Path(folder).resolve()
    return _made(home, content_hash(path for path in home.rglob("*") if path.suffix in (".yaml", ".csv")))


@lru_cache(maxsize=16)
def _made(folder: Path, _hash: str) -> GenericOntology:
    return GenericOntology(folder)


def _remake(folder: Path, known_hash: str, fields: dict[str, Any]) -> Record:
    return _made(folder, known_hash).record(**fields)
