"""Data packages: CSV files with datapackage.json (Table Schema) and a codebook page, for archives."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eventcode.dataset.columns import Column, columns
from eventcode.dataset.columns import schema as json_schema
from eventcode.dataset.frame import plain_cells
from eventcode.dataset.hxl import about
from eventcode.dataset.write import atomically, write
from eventcode.dataset.writing import is_day, metadata_of
from eventcode.errors import InputError, PluginError, RuleError
from eventcode.ontologies.base import Ontology
from eventcode.plugins import ontology as by_name

if TYPE_CHECKING:
    import pandas as pd

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
TABLE_PROFILE = "https://datapackage.org/profiles/2.0/tableschema.json"
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]*")
_CONSTRAINTS = ("minimum", "maximum", "pattern", "minLength")
_GUARD = "Text that a spreadsheet would run as a formula has an apostrophe before it."


def write_package(frames: pd.DataFrame | Mapping[str, pd.DataFrame], folder: str | Path, *, name: str | None = None,
                  title: str | None = None, metadata: Mapping[str, Any] | None = None) -> Path:
    """Write frames as a data package: a CSV each, datapackage.json with their Table Schemas, and codebook.md.

    frames: one frame (its file is events.csv), or file names without suffix to frames. folder: is made where it is
    missing; files of these names in it are replaced. name: of the package (the folder's name in lower case), title:
    for people. metadata: what to add to datapackage.json ("licenses", "sources", "contributors" ...).

    A frame that `to_frame` or `read_records` made has the columns' descriptions, codes and limits in its schema.
    Returns the path of datapackage.json. Raises InputError on a name that a package cannot have.
    """
    home = Path(folder)
    named = dict(frames) if isinstance(frames, Mapping) else {"events": frames}
    package = name or re.sub(r"[^a-z0-9._-]+", "-", home.resolve().name.lower()).strip("-._") or "events"
    for given in (package, *named):
        if not _NAME.fullmatch(given):
            raise InputError(f"{given!r} is no name for a package or its files: lower case letters, digits, . _ -")
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise InputError(f"{home}: cannot be made: {problem.strerror or problem}") from None
    resources = [_resource(given, frame, home) for given, frame in named.items()]
    made = {"$schema": PROFILE, "name": package, **({"title": title} if title else {}), **(metadata or {}),
            "resources": resources}
    _text(home / "codebook.md", "\n".join(_codebook(title or package, named)) + "\n")
    return _text(home / "datapackage.json", json.dumps(made, ensure_ascii=False, indent=2, default=str) + "\n")


def table_schema(frame: pd.DataFrame) -> dict[str, Any]:
    """The Table Schema (version 2) of a frame as `write` puts it into CSV."""
    told = _Told(frame)
    return {"$schema": TABLE_PROFILE, "fields": [told.field(i) for i in range(frame.shape[1])], "missingValues": [""]}


class _Told:
    """What is known of a frame's columns: its schema's name, and the ontology's columns where there is one."""

    def __init__(self, frame: pd.DataFrame) -> None:
        self.frame, self.about = frame, metadata_of(frame, None)
        schema = self.about.get("schema")
        self.schema = schema if isinstance(schema, str) else None
        self.ontology = _ontology(self.schema)
        self.columns: dict[str, Column] = columns(self.ontology) if self.ontology else {}
        self.properties: dict[str, Any] = json_schema(self.ontology)["properties"] if self.ontology else {}

    def field(self, number: int) -> dict[str, Any]:
        """One column's field of the Table Schema."""
        name = str(self.frame.columns[number])
        tag, description = about(self.schema, name)
        made = {"name": name, "type": self.kind(number), "description": description,
                "constraints": self.constraints(name)}
        return {key: value for key, value in made.items() if value} | ({"hxl": tag} if tag else {})

    def kind(self, number: int) -> str:
        """The Table Schema's type of a column."""
        import pandas.api.types as dtypes

        name, dtype = self.frame.columns[number], self.frame.dtypes.iloc[number]
        if is_day(self.frame, name):
            return "date"
        for kind, fits in (("boolean", dtypes.is_bool_dtype), ("integer", dtypes.is_integer_dtype),
                           ("number", dtypes.is_numeric_dtype)):
            if fits(dtype):
                return kind
        if str(name) in self.columns and self.columns[str(name)].kind == "nested":
            types = {part.get("type", "object") for part in self._parts(str(name))} - {"null"}
            return types.pop() if len(types) == 1 else "any"
        cells = self.frame.iloc[:, number].dropna() if dtypes.is_object_dtype(dtype) else ()
        return "string" if all(isinstance(cell, str) for cell in cells) else "any"

    def constraints(self, name: str) -> dict[str, Any]:
        """What the ontology asks of a column's values."""
        column = self.columns.get(name)
        if column is None:
            return {}
        parts = self._parts(name) if column.kind != "nested" else []
        made = {key: part[key] for part in parts for key in _CONSTRAINTS if key in part}
        if column.kind == "text" and column.allowed is not None:
            made["enum"] = sorted(column.allowed)
        return {"required": True, **made} if column.required else made

    def _parts(self, name: str) -> list[dict[str, Any]]:
        """The alternatives of a column's JSON Schema."""
        spec: dict[str, Any] = self.properties[name]
        parts: list[dict[str, Any]] = spec.get("anyOf", [spec])
        return parts


def _ontology(name: str | None) -> Ontology | None:
    try:
        return by_name(name) if name else None
    except (PluginError, RuleError):
        return None


def _resource(name: str, frame: pd.DataFrame, home: Path) -> dict[str, Any]:
    path = write(frame, home / f"{name}.csv")
    content = path.read_bytes()
    return {"name": name, "type": "table", "path": path.name, "format": "csv", "mediatype": "text/csv",
            "encoding": "utf-8", "description": _GUARD, "bytes": len(content),
            "hash": f"sha256:{hashlib.sha256(content).hexdigest()}", "eventcode": metadata_of(frame, None),
            "schema": table_schema(frame)}


def _text(path: Path, text: str) -> Path:
    def make(unfinished: Path) -> None:
        unfinished.write_text(text, encoding="utf-8", newline="\n")

    return atomically(path, make)


def _codebook(title: str, frames: Mapping[str, pd.DataFrame]) -> Iterator[str]:
    """A page of Markdown: each file's origin and columns, and the codes that stand in it with their titles."""
    yield f"# {title}"
    for name, frame in frames.items():
        told = _Told(frame)
        yield from ("", f"## {name}.csv", "", f"{len(frame)} rows. {_GUARD}", "")
        if told.ontology is not None:
            yield from (f"Codebook: {told.ontology.description.codebook}.", "", told.ontology.description.terms, "")
        versions = told.about.get("versions")
        made_by = {**{key: told.about[key] for key in ("schema", "version", "eventcode") if told.about.get(key)},
                   **(versions if isinstance(versions, Mapping) else {})}
        yield from (f"- {key}: {value}" for key, value in made_by.items())
        yield from ("", "| column | type | filled | HXL | description |", "| --- | --- | --- | --- | --- |")
        for i in range(frame.shape[1]):
            field = told.field(i)
            cells = (field["name"], field["type"], str(int(frame.iloc[:, i].notna().sum())), field.get("hxl", ""),
                     field.get("description", ""))
            yield f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"
        yield from _codes(told)


def _codes(told: _Told) -> Iterator[str]:
    """A table for each coded column: the codes in the file, their titles, how often they stand there."""
    if told.ontology is None:
        return
    for column, titles in told.ontology.titles.items():
        if column not in told.frame.columns:
            continue
        cells = plain_cells(told.frame, list(map(str, told.frame.columns)).index(column))
        found = Counter(str(code) for cell in cells if cell is not None
                        for code in (cell if isinstance(cell, list) else [cell]))
        if found:
            yield from ("", f"### {column}", "", "| code | title | rows |", "| --- | --- | --- |")
            yield from (f"| {code} | {titles.get(code, '')} | {found[code]} |" for code in sorted(found))


