"""The form of a record: every column of the codebook with what it may hold; rows checked as `validate` checks them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from eventcode.dataset.columns import Column, columns, schema
from eventcode.dataset.frame import as_text
from eventcode.ontologies.base import Ontology
from eventcode.records import is_filled
from eventcode.validation import check_row
from eventcode.validation.spec import of_ontology

#: Values of the run that are offered for a column without a closed list.
OFFERS = 200

Row = dict[str, Any]


class Fault(NamedTuple):
    """What is wrong with a cell. A warning does not keep a row from being saved."""

    column: str
    message: str
    severity: str = "error"


class Form:
    """The columns of an ontology as a person fills them in. `rows`: those of the run, whose values are offered."""

    def __init__(self, ontology: Ontology, rows: Iterable[Mapping[str, Any]] = ()) -> None:
        self.ontology, self.columns = ontology, columns(ontology)
        self._spec, properties = of_ontology(ontology), schema(ontology)["properties"]
        self._closed = {name: _closed(column, self._spec.constraints.get(name))
                        for name, column in self.columns.items()}
        self.lists = {name for name, column in self.columns.items()
                       if column.kind == "nested" and _of_texts(properties[name])}
        self._offers = _offers(rows, [name for name, column in self.columns.items() if column.kind == "text"
                                      and not self._closed[name]])

    def fields(self) -> list[dict[str, Any]]:
        """For the page: name, kind, whether it must be filled, (code, title) of a closed list, values on offer."""
        return [{"name": name, "kind": "list" if name in self.lists else column.kind, "required": column.required,
                 "options": [[code, self._title(name, code)] for code in self._closed[name]],
                 "offers": self._offers.get(name, [])} for name, column in self.columns.items()]

    def _title(self, column: str, code: str) -> str:
        title = self.ontology.titles.get(column, {}).get(code, "")
        return "" if title == code else title

    def shown(self, row: Mapping[str, Any]) -> dict[str, str]:
        """The cells of a row as the form writes them."""
        return {name: self._shown(name, row.get(name)) for name in self.columns}

    def _shown(self, name: str, value: Any) -> str:
        if not is_filled(value):
            return ""
        return "; ".join(map(str, value)) if name in self.lists else as_text(value)

    def changed(self, row: Mapping[str, Any], given: Mapping[str, str]) -> tuple[Row, list[Fault]]:
        """A row with cells as somebody wrote them, and all that is wrong with it. Columns that the codebook fixes by
        those that were changed follow them, unless they were given too.
        """
        made, faults = dict(row), list[Fault]()
        for name, text in given.items():
            try:
                made[name] = self._read(name, text.strip())
            except ValueError as problem:
                faults.append(Fault(name, str(problem)))
        if faults:
            return made, faults
        before, after = self.ontology.follows(row), self.ontology.follows(made)
        made |= {name: value for name, value in after.items()
                 if name not in given and (name not in before or before[name] != value)}
        return made, self.faults(made)

    def _read(self, name: str, text: str) -> Any:
        if not text:
            return None
        if name in self.lists:
            return [part.strip() for part in text.split(";") if part.strip()]
        kind = self.columns[name].kind
        try:
            return _READ[kind](text) if kind in _READ else text
        except (ValueError, RecursionError):
            raise ValueError(f"{text[:60]!r} is not {_WANTED[kind]}") from None

    def faults(self, row: Mapping[str, Any]) -> list[Fault]:
        """All that `validate` finds in a row."""
        return [Fault(issue.column, " ".join(filter(None, (f"{issue.message}.", issue.advice))), issue.severity)
                for issue in check_row(row, self._spec)]

    def typed(self, cells: Mapping[str, Any]) -> Row:
        """A row that was kept as JSON, its days as days again."""
        return {name: date.fromisoformat(cells[name]) if column.kind == "date" and isinstance(cells.get(name), str)
                else cells.get(name) for name, column in self.columns.items()}


def _boolean(text: str) -> bool:
    if text.lower() not in ("true", "yes", "false", "no"):
        raise ValueError
    return text.lower() in ("true", "yes")


def _number(text: str) -> float:
    made = float(text)
    if made != made or abs(made) == float("inf"):
        raise ValueError
    return made


def _integer(text: str) -> int:
    made = int(text)
    if abs(made) >= 2**63:
        raise ValueError
    return made


def _day(text: str) -> date:
    made = date.fromisoformat(text)
    if len(text) != 10:
        raise ValueError
    return made


_READ: dict[str, Callable[[str], Any]] = {"integer": _integer, "number": _number, "boolean": _boolean, "date": _day,
                                          "nested": json.loads}
_WANTED = {"integer": "an integer", "number": "a number", "boolean": "true or false", "date": "a day (2024-05-15)",
           "nested": "JSON"}


def _closed(column: Column, constraints: Any) -> list[str]:
    """The codes of a closed list, as text."""
    if column.allowed is not None:
        return sorted(code for code in column.allowed if code)
    return [str(value) for value in constraints.allowed if is_filled(value)] if constraints is not None else []


def _of_texts(spec: Mapping[str, Any]) -> bool:
    parts = spec.get("anyOf", (spec,))
    return any(part.get("type") == "array" and part.get("items", {}).get("type") == "string" for part in parts)


def _offers(rows: Iterable[Mapping[str, Any]], names: list[str]) -> dict[str, list[str]]:
    counts: dict[str, Counter[str]] = {name: Counter() for name in names}
    for row in rows:
        for name in names:
            if isinstance(row.get(name), str) and len(row[name]) <= 120:
                counts[name][row[name]] += 1
    return {name: [value for value, _ in sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))[:OFFERS]]
            for name, found in counts.items()}
