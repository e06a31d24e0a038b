"""What there is to decide: the records of each article, the events that were added to it, then whether any is missing.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, Literal, NamedTuple

from eventcode.dataset.columns import resolve
from eventcode.dataset.frame import rows_of
from eventcode.errors import InputError
from eventcode.ontologies.base import Ontology
from eventcode.records import is_filled, shown
from eventcode.report.facts import facts, fields_of, kind_of
from eventcode.report.gather import of_run
from eventcode.report.matter import Facts, Item, Line, Matter, Story
from eventcode.review.form import Form, Row
from eventcode.review.store import State, fingerprint
from eventcode.runs import Run

BY_HAND = "by hand"


class Step(NamedTuple):
    """One decision to take. `article` counts from 0 over the run; `record` is the row in records.csv (record only)."""

    id: str
    what: Literal["record", "added", "article"]
    article: int
    record: int | None = None


class Queue:
    """The steps of a run, in the order of its articles. Raises InputError where its ontology is not installed."""

    def __init__(self, run: Run, sample: int | None = None) -> None:
        self.run, self.mark = run, fingerprint(run)
        self.ontology: Ontology = resolve(run.about["ontology"])
        self.matter: Matter = of_run(run, None)
        if sample is not None and sample < 1:
            raise InputError("a sample has one article or more")
        self.articles = _sample(len(self.matter.stories), sample, self.mark)

    @property
    def stories(self) -> tuple[Story, ...]:
        """All articles of the run with their records."""
        return self.matter.stories

    @cached_property
    def rows(self) -> list[Row]:
        """The records of the run as plain values."""
        names = [str(name) for name in self.run.records.columns]
        return [dict(zip(names, row, strict=True)) for row in rows_of(self.run.records)]

    @cached_property
    def form(self) -> Form:
        return Form(self.ontology, self.rows)

    @cached_property
    def fixed(self) -> dict[str, Step]:
        """The steps that are there before anybody decides: of records and of articles, of the whole run."""
        return {step.id: step for n in range(len(self.stories)) for step in self.of_article(n)}

    def of_article(self, n: int) -> Iterator[Step]:
        """The steps of one article, without added events."""
        yield from (Step(f"r{item.number - 1}", "record", n, item.number - 1) for item in self.stories[n].items)
        yield Step(f"a{n}", "article", n)

    def steps(self, states: Mapping[str, State]) -> list[Step]:
        """All steps of the articles that are reviewed, added events before the question what is missing."""
        made = []
        for n in self.articles:
            *records, whole = self.of_article(n)
            made += [*records, *(step for step in added(states) if step.article == n), whole]
        return made

    def find(self, step: str, states: Mapping[str, State]) -> Step:
        """A step by its id. Raises InputError."""
        found = self.fixed.get(step) or next((one for one in added(states) if one.id == step), None)
        if found is None:
            raise InputError(f"there is no step {step!r}")
        return found

    def row(self, step: Step, state: State) -> Row:
        """The record of a step as the coder left it; as it was coded where nobody changed it."""
        if state.decision is not None and state.decision.cells is not None:
            return self.form.typed(state.decision.cells)
        return self.rows[step.record] if step.record is not None else {}

    def facts(self, row: Mapping[str, Any]) -> Facts:
        """What a row says of type, actors, day and place."""
        return facts(self.ontology.name, row, tuple(self.ontology.description.codes))

    def story(self, n: int, states: Mapping[str, State]) -> Story:
        """An article with its records, and the events that were added to it, numbered on after those of the run."""
        story, more = self.stories[n], []
        for step in added(states):
            if step.article == n:
                more.append(self.item(step, states[step.id]))
        return Story(story.id, story.article, (*story.items, *more), problem=story.problem)

    def item(self, step: Step, state: State) -> Item:
        """The record of a step as the page shows it: with the engine's evidence, or with the words that were marked."""
        if step.record is not None:
            return next(item for item in self.stories[step.article].items if item.number == step.record + 1)
        row, span = self.row(step, state), state.span or (0, 0)
        article = self.stories[step.article].article
        words = article.text[slice(*span)] if article is not None else ""
        lines = tuple(Line(name, shown(value), kind_of(self.ontology.name, name), *span, words, (BY_HAND,))
                      for name, value in row.items() if is_filled(value))
        return Item(len(self.rows) + int(step.id.rpartition("-")[2]), lines, self.facts(row))

    def fields(self) -> tuple[str, ...]:
        """The columns that tell type, first and second side, day and place, those that the ontology has."""
        known = fields_of(self.ontology.name, tuple(self.ontology.description.codes))
        return tuple(name for name in (known.type, known.subtype, known.source, known.target, known.day, known.place)
                     if name in self.form.columns)


def added(states: Mapping[str, State]) -> list[Step]:
    """The events that one coder added, by article and in order."""
    made = []
    for name, state in states.items():
        if name.startswith("n") and state.decision is not None:
            made.append(Step(name, "added", int(name[1:].partition("-")[0])))
    return sorted(made, key=lambda step: (step.article, int(step.id.rpartition("-")[2])))


def _sample(size: int, sample: int | None, mark: str) -> list[int]:
    """The articles to be reviewed: all, or so many by chance, the same for everyone; a larger sample has the smaller.
    """
    order = list(range(size))
    if sample is None:
        return order
    random.Random(mark).shuffle(order)
    return sorted(order[:sample])
