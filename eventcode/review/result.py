"""What came of a review: gold, scores of the run against it, agreement of coders, annotations, proposals."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eventcode.dataset.columns import text_dtype
from eventcode.dataset.frame import series
from eventcode.dataset.write import atomically
from eventcode.errors import InputError
from eventcode.report.facts import fields_of
from eventcode.review.form import Row
from eventcode.review.proposals import Proposals, propose
from eventcode.review.queue import Queue, Step, added
from eventcode.review.store import FILE, Decision, State, Store, standing
from eventcode.runs import Run, read_run

if TYPE_CHECKING:
    import pandas as pd

    from eventcode.dataset.agreement import Agreement
    from eventcode.dataset.align import Compare
    from eventcode.dataset.evaluate import Evaluation

#: What an added, accepted ... event is called in tables.
DECISIONS = {"accept": "accepted", "correct": "corrected", "reject": "rejected", "add": "added"}
_KEPT = ("accept", "correct", "add")
#: What a coder who rejects a record, or leaves a cell empty, has given for its columns.
NO_EVENT, EMPTY = "(no event)", "(empty)"


@dataclass(frozen=True)
class Review:
    """The decisions on a run. `history`: every decision of everyone, oldest first, also those taken back."""

    queue: Queue
    history: tuple[Decision, ...]

    @property
    def run(self) -> Run:
        """The run that is reviewed."""
        return self.queue.run

    @cached_property
    def coders(self) -> tuple[str, ...]:
        """Who has decided something, in the order in which they began."""
        return tuple(dict.fromkeys(one.coder for one in self.history))

    @property
    def fields(self) -> tuple[str, ...]:
        """The columns that `evaluate` compares and agreement is told of: type, sides, day, place and deaths."""
        return tuple(self.compare())

    def states(self, coder: str | None = None) -> dict[str, State]:
        """Step to where it stands for one coder (who need not be named where there is only one)."""
        name = self._coder(coder)
        return standing([one for one in self.history if one.coder == name])

    def gold(self, coder: str | None = None) -> pd.DataFrame:
        """The events as a coder wants them: accepted, corrected and added ones; a row each, rejected ones have none.

        Columns: article (its id), then the codebook's, then: record (row in the run's records, from 0; missing for an
        added event), decision, note, coder, and finished: whether all records of the article are decided and the coder
        said that nothing (more) is missing in it. `evaluate(run.records..., gold, fields=..., article="article")` takes
        it; so does `Review.evaluate`, which leaves out articles that are not finished.

        Raises InputError where there are several coders and none is named.
        """
        return self._gold(self._coder(coder), finished=False)

    def coded(self, coder: str | None = None) -> pd.DataFrame:
        """The run's records of the articles that this coder has finished, with `article` before the columns."""
        done = self._finished(self.states(coder))
        rows = [(step, self.queue.rows[step.record]) for step in self.queue.fixed.values()
                if step.record is not None and step.article in done]
        return self._frame(rows, {})

    def evaluate(self, coder: str | None = None, *, fields: Mapping[str, Compare] | None = None,
                 **options: Any) -> Evaluation:
        """Precision and recall of the run against this coder's gold, over the articles that are finished.

        fields: column to how it is compared, as for `eventcode.evaluate` (default: type, sides, day, place, deaths);
        options: its others. Raises InputError where no article is finished.
        """
        from eventcode.dataset.evaluate import evaluate

        name = self._coder(coder)
        if not self._finished(self.states(name)):
            raise InputError(f"no article is finished by {name}: decide on all records of one, then say that nothing "
                             "is missing in it")
        return evaluate(self.coded(name), self._gold(name, finished=True), fields=fields or self.compare(),
                        article="article", **options)

    def compare(self) -> dict[str, Compare]:
        """The columns that `evaluate` compares if it is not told, and how."""
        known = fields_of(self.queue.ontology.name, tuple(self.queue.ontology.description.codes))
        asked: dict[str, Compare] = {known.type: "exact", known.subtype: "exact", known.source: "text",
                                     known.target: "text", known.day: "day", known.place: "text",
                                     known.deaths: "number"}
        form = self.queue.form
        return {name: "set" if name in form.lists else how for name, how in asked.items()
                if name in form.columns and (form.columns[name].kind != "nested" or name in form.lists)}

    def agreement(self, column: str | None = None, **options: Any) -> Agreement:
        """How far the coders agree, on what each two of them have decided.

        column: None for the decisions (accepted, corrected, rejected; of articles: something missing or not), or a
        column: the value each coder wants in the record; rejecting it counts as a value of its own. options: those of
        `eventcode.agreement`. Raises InputError with fewer than two coders.
        """
        import pandas as pd

        from eventcode.dataset.agreement import agreement

        if column is not None and column not in self.queue.form.columns:
            raise InputError(f"there is no column {column!r}")
        if len(self.coders) < 2:
            raise InputError(f"agreement needs two coders; this review has {len(self.coders)}")
        given = {name: dict(self._labels(self.states(name), column)) for name in self.coders}
        steps = [step for step in self.queue.fixed if any(step in labels for labels in given.values())]
        table = pd.DataFrame({name: [labels.get(step) for step in steps] for name, labels in given.items()},
                             index=pd.Index(steps, name="step"), dtype="object")
        return agreement(table, **options)

    def _labels(self, states: Mapping[str, State], column: str | None) -> Iterator[tuple[str, str]]:
        more = {step.article for step in added(states) if states[step.id].decision_kind in _KEPT}
        for name, step in self.queue.fixed.items():
            state = states.get(name, State())
            if step.record is None:
                if column is None and (step.article in more or state.decision is not None):
                    yield name, "something missing" if step.article in more else "nothing missing"
            elif state.decision is not None:
                kind = state.decision.kind
                value = self.queue.form.shown(self.queue.row(step, state))[column] if column else DECISIONS[kind]
                yield name, NO_EVENT if column and kind == "reject" else value or EMPTY

    def annotations(self, coder: str | None = None) -> Iterator[dict[str, Any]]:
        """An object per article and coder that decided on it, in doccano's format (`read_annotations`): id, text,
        annotator, and for each event [start, end, type]: the words of its action, or those marked by hand.
        """
        known = fields_of(self.queue.ontology.name, tuple(self.queue.ontology.description.codes))
        for name in (coder,) if coder is not None else self.coders:
            states = self.states(name)
            for n, story in enumerate(self.queue.stories):
                seen = [step for step in self._steps(states, n) if step.id in states and states[step.id].decision]
                if not seen or story.article is None:
                    continue
                labels = [label for step in seen if (label := self._label(step, states[step.id], known.type))]
                yield {"id": self._name(n), "text": story.article.text, "annotator": name, "label": labels}

    def write_annotations(self, path: str | Path, coder: str | None = None) -> Path:
        """Write `annotations` as JSON Lines."""
        def make(unfinished: Path) -> None:
            with unfinished.open("w", encoding="utf-8", newline="\n") as out:
                out.writelines(json.dumps(one) + "\n" for one in self.annotations(coder))

        return atomically(Path(path), make)

    def proposals(self, coder: str | None = None, *, times: int = 2) -> Proposals:
        """What the corrections propose to add to the rules: actors that were named otherwise at least `times` times,
        and rules for types that were corrected. To be read, narrowed and tested before they are used.
        """
        return propose(self.queue, self.states(coder), times)

    def __str__(self) -> str:
        lines = [f"{len(self.history)} decisions in the history of {self.run.folder}"]
        for name in self.coders:
            states = self.states(name)
            kinds = [state.decision_kind for state in states.values()]
            told = ", ".join(f"{kinds.count(kind)} {word}" for kind, word in DECISIONS.items())
            lines.append(f"{name}: {told}; {len(self._finished(states))} of {len(self.queue.stories)} articles "
                         "finished")
        return "\n".join(lines)

    def _coder(self, coder: str | None) -> str:
        if coder is None and len(self.coders) != 1:
            raise InputError(f"whose decisions? Name a coder: {', '.join(self.coders)}" if self.coders else
                             "nobody has decided anything yet")
        if coder is not None and coder not in self.coders:
            raise InputError(f"{coder!r} has decided nothing; coders are {', '.join(self.coders) or 'none'}")
        return coder if coder is not None else self.coders[0]

    def _gold(self, coder: str, finished: bool) -> pd.DataFrame:
        import pandas as pd

        states = self.states(coder)
        done = self._finished(states)
        steps = [step for n in range(len(self.queue.stories)) for step in self._steps(states, n)
                 if step.what != "article" and (n in done or not finished)]
        kept = [(step, states[step.id]) for step in steps if step.id in states
                and states[step.id].decision_kind in _KEPT]
        text = text_dtype()
        more = {"record": pd.Series([step.record for step, _ in kept], dtype="Int64"),
                "decision": pd.Series([_word(step, state) for step, state in kept], dtype=text),
                "note": pd.Series([state.note or None for _, state in kept], dtype=text),
                "coder": pd.Series([coder] * len(kept), dtype=text),
                "finished": pd.Series([step.article in done for step, _ in kept], dtype="boolean")}
        return self._frame([(step, self.queue.row(step, state)) for step, state in kept], more)

    def _frame(self, rows: Sequence[tuple[Step, Row]], more: Mapping[str, pd.Series[Any]]) -> pd.DataFrame:
        import pandas as pd

        cells = {name: series([row.get(name) for _, row in rows], column)
                 for name, column in self.queue.form.columns.items()}
        articles = pd.Series([self._name(step.article) for step, _ in rows], dtype=text_dtype())
        frame = pd.DataFrame({"article": articles, **cells, **more})
        frame.attrs["eventcode"] = {"schema": self.queue.ontology.name, "versions": dict(self.run.about["versions"])}
        return frame

    def _steps(self, states: Mapping[str, State], n: int) -> list[Step]:
        return [*self.queue.of_article(n), *(step for step in added(states) if step.article == n)]

    def _finished(self, states: Mapping[str, State]) -> set[int]:
        """The articles that are decided whole."""
        return {n for n in range(len(self.queue.stories))
                if all(step.id in states and states[step.id].decision for step in self.queue.of_article(n))}

    @cached_property
    def _names(self) -> tuple[str, ...]:
        found: dict[str, int] = {}
        made = []
        for n, story in enumerate(self.queue.stories):
            name = story.id or f"article {n + 1}"
            found[name] = found.get(name, 0) + 1
            made.append(name if found[name] == 1 else f"{name} ({found[name]})")
        return tuple(made)

    def _name(self, n: int) -> str:
        """An article's id; where several have it, with a number from the second on."""
        return self._names[n]

    def _label(self, step: Step, state: State, column: str) -> list[Any] | None:
        if step.what == "article" or state.decision_kind not in _KEPT:
            return None
        lines = {line.field: line for line in self.queue.item(step, state).lines}
        line, told = lines.get(column), self.queue.facts(self.queue.row(step, state)).type
        start, end = state.span or ((line.start, line.end) if line is not None else (None, None))
        return [start, end, told] if start is not None and told else None


def _word(step: Step, state: State) -> str:
    return "added" if step.what == "added" else DECISIONS[state.decision_kind]


def read_review(run: str | Path | Run) -> Review:
    """The review of a run: of its folder, or of what `read_run` gave.

    Raises InputError where the folder has no run or no review, or one that was made of other records.
    """
    found = run if isinstance(run, Run) else read_run(run)
    path = found.folder / FILE
    if not path.is_file():
        raise InputError(f"{path}: there is no review here yet; begin with: eventcode review {found.folder}")
    queue = Queue(found)
    store = Store(path, queue.mark)
    history = tuple(store.all())
    store.close()
    return Review(queue, history)
