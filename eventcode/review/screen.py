"""What the review screen shows and does, apart from HTTP: steps, decisions, checks; every answer is plain JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from html import unescape
from typing import Any

from eventcode.errors import InputError
from eventcode.markup import safe
from eventcode.report.articles import about_html, heading, item_html, item_title
from eventcode.report.known import Rules
from eventcode.report.matter import Story
from eventcode.report.spans import evidence, excerpts, lanes, text_html
from eventcode.review.form import Fault, Row
from eventcode.review.queue import Queue, Step
from eventcode.review.store import FILE, State, Store, last, standing

#: Characters of a note, and of a cell.
LONGEST = 20_000


class Refused(InputError):
    """A decision that cannot be kept: the row has faults."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(f"{fault.column}: {fault.message}" for fault in faults))
        self.faults = faults


class Screen:
    """One coder's review of a run."""

    def __init__(self, queue: Queue, coder: str) -> None:
        """Raises InputError on a coder without a name, and on a file of decisions about another run."""
        if not coder.strip() or len(coder) > 100:
            raise InputError("a coder needs a name of at most 100 characters")
        self.queue, self.coder = queue, coder.strip()
        self.store = Store(queue.run.folder / FILE, queue.mark)

    def states(self) -> dict[str, State]:
        """Step to where it stands."""
        return standing(self.store.all(self.coder))

    def overview(self) -> dict[str, Any]:
        """What the page is opened with: the form, and every step with its decision."""
        return {"coder": self.coder, "ontology": self.queue.ontology.name, "fields": self.queue.form.fields(),
                "first": self.queue.fields(), **self.progress()}

    def progress(self) -> dict[str, Any]:
        """Every step with its decision, in order."""
        states = self.states()
        return {"steps": [[step.id, states.get(step.id, State()).decision_kind, step.article]
                          for step in self.queue.steps(states)]}

    def step(self, name: str) -> dict[str, Any]:
        """All that is shown of a step. `html` and `card` are safe HTML, everything else is text."""
        states = self.states()
        step, state = self.queue.find(name, states), states.get(name, State())
        story = self.queue.story(step.article, states)
        told = {"id": step.id, "what": step.what, "kind": state.decision_kind, "note": state.note,
                "heading": heading(story), "about": about_html(story), "html": text_html(story, "t"), "number": 0,
                "card": "", "cells": {}, "changed": []}
        if step.what != "article":
            item, row = self.queue.item(step, state), self.queue.row(step, state)
            told |= {"number": item.number, "title": item_title(item),
                     "card": item_html(item, "t", replace(story, items=(item,)), _PLAIN),
                     "rules": self._rules(item.lines), "cells": self.queue.form.shown(row),
                     "changed": self._changed(step, row)}
        return told

    def _rules(self, lines: Any) -> list[list[str]]:
        """The coding rules behind a record: id, title, passage of the codebook."""
        known = self.queue.matter.rules
        used = dict.fromkeys(rule for line in lines for rule in line.rules if rule in known)
        return [[name, known[name].title, known[name].codebook] for name in used]

    def _changed(self, step: Step, row: Row) -> list[list[str]]:
        """Column, value as coded and value as corrected of each cell that the coder changed."""
        if step.record is None:
            return []
        old, new = self.queue.form.shown(self.queue.rows[step.record]), self.queue.form.shown(row)
        return [[name, old[name], new[name]] for name in old if old[name] != new[name]]

    def decide(self, name: str, kind: str, cells: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Accept, reject or correct a record or an added event; or say that nothing is missing in an article.

        cells: of a correction, column to text as the form has it; the others stay as they are. Raises Refused where the
        row would have faults, InputError where this cannot be decided of that step.
        """
        states = self.states()
        step = self.queue.find(name, states)
        if kind == "complete" and step.what == "article":
            self.store.add(self.coder, name, "complete")
            return self._after([])
        if step.what == "article" or kind not in ("accept", "reject", "correct"):
            raise InputError(f"{kind!r} cannot be said of this step")
        if kind == "accept" and step.what == "record":
            self.store.add(self.coder, name, "accept")
            return self._after([])
        if kind == "reject":
            self.store.add(self.coder, name, "reject")
            return self._after([])
        row, warnings = self._checked(self.queue.row(step, states.get(name, State())), cells or {})
        same = step.record is not None and self.queue.form.shown(row) == self.queue.form.shown(
            self.queue.rows[step.record])
        self.store.add(self.coder, name, "accept" if same else "correct", cells=None if same else row)
        return self._after(warnings)

    def add(self, name: str, cells: Mapping[str, Any], shown: tuple[int, int], words: str) -> dict[str, Any]:
        """An event that the run lacks. shown: where the marked words begin and end in the text as the page shows it.

        Raises Refused and InputError as `decide` does, and where the words do not stand there.
        """
        n = self.queue.find(name, self.states()).article
        span = self._span(self.queue.story(n, self.states()), shown, words)
        row, warnings = self._checked({}, cells)
        known = [one.step for one in self.store.all(self.coder) if one.kind == "add"]
        number = 1 + max((int(step.rpartition("-")[2]) for step in known if step.startswith(f"n{n}-")), default=0)
        self.store.add(self.coder, f"n{n}-{number}", "add", cells=row, span=span)
        return {**self._after(warnings), "go": f"n{n}-{number}"}

    def check(self, name: str | None, cells: Mapping[str, Any]) -> dict[str, Any]:
        """What a row would be and what would be wrong with it; nothing is kept. No name: of a new event."""
        states = self.states()
        row = {} if name is None else self.queue.row(self.queue.find(name, states), states.get(name, State()))
        made, faults = self.queue.form.changed(row, _texts(cells, self.queue.form.columns))
        return {"cells": self.queue.form.shown(made), "faults": [fault._asdict() for fault in faults]}

    def note(self, name: str, text: str) -> dict[str, Any]:
        """Keep a remark on a step."""
        self.queue.find(name, self.states())
        if len(text) > LONGEST:
            raise InputError(f"a note has at most {LONGEST} characters")
        self.store.add(self.coder, name, "note", note=text)
        return self._after([])

    def undo(self) -> dict[str, Any]:
        """Take the last decision or note back that was not taken back yet; it stays in the history."""
        found = last(self.store.all(self.coder))
        if found is None:
            raise InputError("there is nothing to take back")
        self.store.add(self.coder, found.step, "undo", undoes=found.id)
        states = self.states()
        known = found.step in self.queue.fixed or found.step in states
        return {**self._after([]), "go": found.step if known else f"a{found.step[1:].partition('-')[0]}"}

    def _after(self, warnings: list[Fault]) -> dict[str, Any]:
        return {"warnings": [fault._asdict() for fault in warnings], **self.progress()}

    def _checked(self, row: Row, cells: Mapping[str, Any]) -> tuple[Row, list[Fault]]:
        made, faults = self.queue.form.changed(row, _texts(cells, self.queue.form.columns))
        if _errors(faults):
            raise Refused(faults)
        return made, faults

    def _span(self, story: Story, shown: tuple[int, int], words: str) -> tuple[int, int]:
        """Offsets in the article of words as the page shows them: excerpts, and each line end as one character."""
        text = story.article.text if story.article is not None else ""
        marked = [mark.span for mark in lanes(evidence(story, len(text)))]
        pieces = excerpts(len(text), marked)
        start, end = _place(text, pieces, shown[0]), _place(text, pieces, shown[1] - 1) + 1
        if not words.strip() or start >= end or unescape(safe(text[start:end])).split() != words.split():
            raise InputError("the marked words do not stand there: mark them again")
        return start, end


#: Rules are told beside the card; in it their ids stand alone.
_PLAIN = Rules()


def _errors(faults: list[Fault]) -> list[Fault]:
    return [fault for fault in faults if fault.severity == "error"]


def _texts(cells: Mapping[str, Any], known: Mapping[str, Any]) -> dict[str, str]:
    """Column to text. Raises InputError on anything else."""
    for name, text in cells.items():
        if name not in known:
            raise InputError(f"there is no column {name!r}")
        if not isinstance(text, str) or len(text) > LONGEST:
            raise InputError(f"{name}: a cell is text of at most {LONGEST} characters")
    return dict(cells)


def _place(text: str, pieces: list[tuple[int, int]], at: int) -> int:
    """The offset of the character that stands at this place of the text as it is shown."""
    for start, end in pieces:
        piece = text[start:end]
        shown = len(piece) - piece.count("\r\n")
        if at < shown:
            while (found := text.find("\r\n", start, end)) >= 0 and found - start < at:
                at -= found - start + 1
                start = found + 2
            return start + at
        at -= shown
    return len(text)
