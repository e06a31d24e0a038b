"""Columns of an ontology, read off its record class: kind, dtype, allowed values. Written nowhere else.

The record class is the specification; its JSON Schema says the kind of each column, `Ontology.allowed` its codes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import TypeAdapter
from pydantic.fields import FieldInfo

from eventcode.ontologies.base import Ontology
from eventcode.plugins import ontology as by_name
from eventcode.records import Record, is_filled

Kind = Literal["text", "integer", "number", "boolean", "date", "nested"]

_KINDS: dict[str, Kind] = {"string": "text", "integer": "integer", "number": "number", "boolean": "boolean"}


@dataclass(frozen=True)
class Column:
    """One column: what it holds, whether it may be empty, and its codes where the codebook closes the list."""

    name: str
    kind: Kind
    required: bool
    allowed: frozenset[str] | None
    adapter: TypeAdapter[Any]

    @property
    def dtype(self) -> str:
        """The pandas dtype, the same whatever the rows. Lists and entities stay Python objects."""
        return {"text": text_dtype(), "integer": "Int64", "number": "float64", "boolean": "boolean",
                "date": "datetime64[s]", "nested": "object"}[self.kind]


def columns(ontology: Ontology) -> dict[str, Column]:
    """Name to column, in the codebook's order."""
    properties = schema(ontology)["properties"]
    return {name: _column(name, properties[name], ontology) for name in ontology.record.columns()}


def resolve(ontology: str | Path | Ontology) -> Ontology:
    """An ontology from itself, its name or the path of its folder. Raises PluginError or RuleError."""
    return ontology if isinstance(ontology, Ontology) else by_name(ontology)


def schema(ontology: Ontology) -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of one row: the codebook's columns, all there, nothing else."""
    whole = ontology.record.model_json_schema()
    names = ontology.record.columns()
    rows = {name: _with_codes(_or_empty(whole["properties"][name]), ontology.allowed.get(name)) for name in names}
    made = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": f"{ontology.name} record",
            "description": _first_line(ontology.record), "type": "object", "additionalProperties": False,
            "required": list(names), "properties": rows}
    definitions = _definitions(rows, whole.get("$defs", {}))
    return {**made, "$defs": definitions} if definitions else made


def _column(name: str, spec: Mapping[str, Any], ontology: Ontology) -> Column:
    types = {str(part.get("type", "nested")) + str(part.get("format", "")) for part in _alternatives(spec)}
    info = ontology.record.model_fields[name]
    required = "null" not in types and (info.is_required() or is_filled(info.get_default(call_default_factory=True)))
    return Column(name, _kind(types - {"null"}), required, ontology.allowed.get(name),
                  _adapter(ontology.record, name))


def _kind(types: set[str]) -> Kind:
    if types == {"stringdate"}:
        return "date"
    if types == {"integer", "number"}:
        return "number"
    return _KINDS.get(next(iter(types)), "nested") if len(types) == 1 else "nested"


def _alternatives(spec: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The parts of an `anyOf`, with a list of types and an enum without type taken apart."""
    for part in spec.get("anyOf", (spec,)):
        if isinstance(part.get("type"), list):
            yield from ({**part, "type": kind} for kind in part["type"])
        else:
            yield part


@cache
def _adapter(record: type[Record], name: str) -> TypeAdapter[Any]:
    """Checks one cell as the record class would: its annotation and its constraints."""
    info: FieldInfo = record.model_fields[name]
    made: Any = info.annotation
    for constraint in info.metadata:
        made = Annotated[made, constraint]
    return TypeAdapter(made)


def _or_empty(spec: Mapping[str, Any]) -> Mapping[str, Any]:
    """Text whose default is "" is null where it is empty, as any other empty cell."""
    if spec.get("default") != "":
        return spec
    about = {key: spec[key] for key in ("description",) if key in spec}
    parts = [{key: value for key, value in part.items() if key not in ("default", "title", "description")}
             for part in spec.get("anyOf", (spec,)) if part.get("const") != ""]
    for part in parts:
        if "enum" in part:
            part["enum"] = [value for value in part["enum"] if value != ""]
    return {"anyOf": [*parts, {"type": "null"}], "default": None, **about}


def _with_codes(spec: Mapping[str, Any], allowed: frozenset[str] | None) -> dict[str, Any]:
    """The column's schema with the codebook's codes as its enumeration, of the text or of the list's items."""
    plain = {key: value for key, value in spec.items() if key != "title"}
    if allowed is None:
        return plain
    if "anyOf" in plain:
        return {**plain, "anyOf": [_with_codes(part, allowed) for part in plain["anyOf"]]}
    if plain.get("type") == "string":
        return {**plain, "enum": sorted(allowed)}
    if plain.get("type") == "array":
        return {**plain, "items": _with_codes(plain.get("items", {}), allowed)}
    return plain


def _definitions(rows: Any, known: Mapping[str, Any]) -> dict[str, Any]:
    """The definitions that these schemas refer to, and those that they refer to in turn."""
    needed: dict[str, Any] = {}
    todo = list(_references(rows))
    while todo:
        name = todo.pop()
        if name not in needed:
            needed[name] = known[name]
            todo += _references(known[name])
    return dict(sorted(needed.items()))


def _references(spec: Any) -> Iterator[str]:
    if isinstance(spec, dict):
        if isinstance(spec.get("$ref"), str):
            yield spec["$ref"].rpartition("/")[2]
        spec = list(spec.values())
    if isinstance(spec, list):
        for part in spec:
            yield from _references(part)


def _first_line(record: type[Record]) -> str:
    return (record.__doc__ or "").strip().partition("\n")[0]


@cache
def text_dtype() -> str:
    """The text dtype of the installed pandas: `str` from 3 on, `string` before."""
    import pandas as pd

    return "str" if int(pd.__version__.partition(".")[0]) >= 3 else "string"
