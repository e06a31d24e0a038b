"""Stories and items from runs, traces and records."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from eventcode.article import Article
from eventcode.dataset.columns import columns, resolve
from eventcode.dataset.frame import as_text, flat, rows_of
from eventcode.errors import EventcodeError, InputError
from eventcode.explain import Trace
from eventcode.neutral import Event, Mentions
from eventcode.ontologies.base import Ontology
from eventcode.records import Record, is_filled, shown
from eventcode.report.facts import facts, kind_of
from eventcode.report.known import Rules
from eventcode.report.matter import Item, Line, Matter, Precision, Span, Story, Table
from eventcode.runs import Run

#: What the page says of the precision of a neutral place.
_PRECISION: dict[str, Precision] = {"exact": "exact", "near": "near", "district": "area", "province": "area",
                                    "country": "country"}
_ABOUT_QUALITY = {
    "failed": ("Read, but not coded", "These articles have no records because something went wrong with them."),
    "rejects": ("Not read", "What could not be read of the files."),
    "flags": ("Doubtful", "These articles were read; something about them is doubtful."),
}
_FILE = ("file", "format", "found", "read", "failed")
_TOLD = {"found": "articles found", "read": "articles read", "rejected": "could not be read",
         "failed": "could not be coded", "records": "records"}


def of_run(run: Run, title: str | None) -> Matter:
    """A finished run, with all its articles."""
    ontology = _ontology(run.about["ontology"])
    evidence = list(_records_of(run))
    problems = dict(rows_of(run.failed[["article_id", "reason"]]))
    schema = _Schema.of(ontology, str(run.about["ontology"]))
    stories = tuple(_stories(run.articles(), evidence, problems, schema))
    home = _home(file["file"] for file in run.about["files"])
    quality = tuple(_table(*told, run, name, home) for name, told in _ABOUT_QUALITY.items())
    rows = [[file["file"].removeprefix(home), *(shown(file[name]) for name in _FILE[1:])]
            for file in run.about["files"]]
    files = Table("Files", "Where the articles came from.", _FILE, rows)
    versions = {**run.about["versions"], "python": run.about["python"], "started": run.about["started"],
                "finished": run.about["finished"]}
    counts = {_TOLD[name]: number for name, number in run.counts.items()}
    return Matter(title or f"Run {run.folder.resolve().name}", (schema.name,), stories, counts, versions,
                  _rules([ontology] if ontology else []), quality, files)


def of_records(records: Iterable[Any], articles: Iterable[Article] | Mapping[str, Article] | None, title: str | None,
               ) -> Matter:
    """Records, or lists of them, of any ontologies; beside their articles where these are given."""
    told = articles.values() if isinstance(articles, Mapping) else articles or ()
    known = {article.id or "": article for article in told}
    made = list(flat(records))
    by_article: dict[str, list[Item]] = {}
    for number, record in enumerate(made, start=1):
        by_article.setdefault(record.meta.article_id or "", []).append(_item(record, number, None))
    for name, items in by_article.items():
        _check(items, known.get(name))
    ids = dict.fromkeys([*by_article, *known])
    stories = tuple(Story(name, known.get(name), tuple(by_article.get(name, ()))) for name in ids)
    return _matter(stories, made, title or "Event records")


def of_traces(traces: Sequence[Trace], title: str | None) -> Matter:
    """Traces: what was found beside the records too, and why something was not coded."""
    stories, made = list[Story](), list[Record]()
    for trace in traces:
        events = {event.id: event for event in trace.events}
        items = tuple(_item(record, number, _event(record, events))
                      for number, record in enumerate(trace.records, start=len(made) + 1))
        made += trace.records
        stories.append(Story(trace.article.id or "", trace.article, items, tuple(_spans(trace.mentions)),
                             trace.rejections))
    return _matter(tuple(stories), made, title or "Event records, traced")


def _matter(stories: tuple[Story, ...], records: Sequence[Record], title: str) -> Matter:
    makers = {record.ontology: getattr(record, "folder", record.ontology) for record in records}
    found = [made for name in makers.values() if (made := _ontology(name)) is not None]
    versions = {name: version for record in records for name, version in record.meta.versions.items()}
    counts = {"articles": len(stories), "records": len(records)}
    return Matter(title, tuple(makers), stories, counts, versions, _rules(found))


def _event(record: Record, events: Mapping[str, Event]) -> Event | None:
    return next((events[name] for name in record.meta.events if name in events), None)


def _item(record: Record, number: int, event: Event | None) -> Item:
    values, lines = record.values(), []
    for name in record.columns():
        if is_filled(values[name]):
            found = record.provenance[name]
            lines.append(Line(name, shown(values[name]), kind_of(record.ontology, name), found.start, found.end,
                              found.text, found.rules, record.alternatives.get(name, ())))
    told = facts(record.ontology, values, _coded(_ontology(getattr(record, "folder", record.ontology))))
    if event is not None and event.place is not None and told.precision is None:
        told = replace(told, precision=_PRECISION[event.place.precision])
    return Item(number, tuple(lines), told, record.meta.warnings)


def _coded(ontology: Ontology | None) -> tuple[str, ...]:
    return tuple(ontology.description.codes) if ontology is not None else ()


def _spans(mentions: Mentions) -> Iterator[Span]:
    """Everything that was found in the text, whether or not a record uses it."""
    yield from (Span(found.start, found.end, "actor") for found in mentions.actors)
    yield from (Span(found.start, found.end, "action") for found in mentions.actions)
    yield from (Span(found.start, found.end, "date") for found in mentions.dates)
    yield from (Span(found.start, found.end, "count") for found in mentions.counts)
    yield from (Span(found.start, found.end, "place") for found in mentions.places
                if found.start is not None and found.end is not None)


def _check(items: Sequence[Item], article: Article | None) -> None:
    """Raises InputError where the words behind a record do not stand in its article."""
    if article is not None and not all(_stands(line, article) for item in items for line in item.lines):
        raise InputError(f"article {article.id} is not the text that its records were coded from")


def _stands(line: Line, article: Article) -> bool:
    return line.start is None or article.text[line.start:line.end] == line.text


def _records_of(run: Run) -> Iterator[tuple[str, list[list[Any]]]]:
    """(article id, rows of evidence) of each record of a run, in order."""
    last, rows = None, list[list[Any]]()
    for row in rows_of(run.evidence):
        if row[0] != last and rows:
            yield str(rows[0][1] or ""), rows
            rows = []
        last = row[0]
        rows.append(row)
    if rows:
        yield str(rows[0][1] or ""), rows


def _stories(articles: Iterable[Article], records: Sequence[tuple[str, list[list[Any]]]], problems: Mapping[str, str],
             schema: _Schema) -> Iterator[Story]:
    """Articles with their records. Both are in one order; words tell articles apart that have the same id."""
    at = 0
    for article in articles:
        items: list[Item] = []
        while at < len(records) and records[at][0] == (article.id or ""):
            item = _from_rows(records[at][1], at + 1, schema)
            if not all(_stands(line, article) for line in item.lines):
                break
            items.append(item)
            at += 1
        yield Story(article.id or "", article, tuple(items), problem=problems.get(article.id or "", ""))
    if at < len(records):
        raise InputError(f"the articles of the run lack those of {len(records) - at} records, first {records[at][0]}")


class _Schema(NamedTuple):
    """What the rows of a run are read with: the ontology's name, its columns of JSON, and those that rules fill."""

    name: str
    nested: frozenset[str]
    coded: tuple[str, ...]

    @classmethod
    def of(cls, ontology: Ontology | None, name: str) -> _Schema:
        if ontology is None:
            return cls(name, frozenset(), ())
        nested = (column.name for column in columns(ontology).values() if column.kind == "nested")
        return cls(ontology.name, frozenset(nested), _coded(ontology))


def _from_rows(rows: Sequence[Sequence[Any]], number: int, schema: _Schema) -> Item:
    """A record of a run from its rows of evidence, which have every filled field."""
    values = {str(row[3]): json.loads(row[4]) if row[3] in schema.nested else row[4] for row in rows}
    lines = tuple(Line(str(row[3]), shown(values[row[3]]), kind_of(schema.name, row[3]), row[5], row[6],
                       row[7] or "", tuple(str(row[8]).split("; "))) for row in rows)
    return Item(number, lines, facts(schema.name, values, schema.coded))


def _ontology(name: Any) -> Ontology | None:
    """The ontology, to tell its rules; None where it is not installed here: a page can do without."""
    try:
        return resolve(name)
    except EventcodeError:
        return None


def _rules(ontologies: Iterable[Ontology]) -> Rules:
    return Rules(rule for ontology in ontologies for rule in ontology.rules)


def _home(files: Iterable[str]) -> str:
    """The folder that all files are in, as their names begin: it tells of a machine, and the page may be handed on."""
    try:
        common = os.path.commonpath(sorted({os.path.dirname(file) for file in files}))
    except ValueError:  # no file, or some from the root on and some not
        return ""
    return os.path.join(common, "")


def _table(heading: str, about: str, run: Run, name: str, home: str) -> Table:
    frame = getattr(run, name)
    rows = [[as_text(cell).removeprefix(home) if cell is not None else "" for cell in row] for row in rows_of(frame)]
    return Table(heading, about, [str(column) for column in frame.columns], rows)
