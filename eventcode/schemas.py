"""Writes the JSON Schemas (draft 2020-12) of records, rule files, lexicons and articles.

    python -m eventcode.schemas [FOLDER]      # writes them, to `schemas` if no folder is given
    python -m eventcode.schemas --check       # exit code 1 and their names where committed files are stale

The schemas are read off the pydantic models and the ontologies' codes, so they cannot say anything else than those.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from eventcode.article import Article
from eventcode.dataset.columns import schema as record_schema
from eventcode.lexicon import Entry
from eventcode.plugins import names, ontology
from eventcode.rules import Rule

#: Ours; a plug-in's schema is written by its own project, so that these files depend on nothing else installed.
BUILT_IN = ("acled", "cameo", "plover", "ucdp-ged")

_DRAFT = "https://json-schema.org/draft/2020-12/schema"


def schemas() -> Iterator[tuple[str, dict[str, Any]]]:
    """(file name, schema) of every schema that this project commits."""
    for name in names("ontologies"):
        if name in BUILT_IN:
            yield f"{name}.schema.json", record_schema(ontology(name))
    yield "rule.schema.json", _file_of("rules", Rule, "A file of coding rules: rules/*.yaml of an ontology")
    yield "lexicon.schema.json", _file_of("entries", Entry, "A file of lexicon entries: actions/*.yaml of a language")
    yield "article.schema.json", {"$schema": _DRAFT, **_plain(Article)}


def rendered(schema: dict[str, Any]) -> str:
    """A schema as its file has it: two blanks of indentation, a line end at the end."""
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def stale(folder: Path) -> list[str]:
    """Names of the schemas whose file in this folder is missing or differs."""
    return [name for name, schema in schemas()
            if not (folder / name).is_file() or (folder / name).read_text(encoding="utf-8") != rendered(schema)]


def _file_of(key: str, model: type[BaseModel], title: str) -> dict[str, Any]:
    """The schema of a rule file: a mapping with one key that holds a list of items."""
    item = _plain(model)
    definitions = {**item.pop("$defs", {}), model.__name__: item}
    return {"$schema": _DRAFT, "title": title, "type": "object", "additionalProperties": False, "required": [key],
            "properties": {key: {"type": "array", "items": {"$ref": f"#/$defs/{model.__name__}"}}},
            "$defs": dict(sorted(definitions.items()))}


def _plain(model: type[BaseModel]) -> dict[str, Any]:
    """The model's schema as a rule file may write it: one word may stand for a list of one."""
    made: dict[str, Any] = model.model_json_schema()
    return _written(made) if model in (Rule, Entry) else made


def _written(spec: Any) -> Any:
    if isinstance(spec, list):
        return [_written(part) for part in spec]
    if not isinstance(spec, dict):
        return spec
    made = {key: _written(value) for key, value in spec.items()}
    if spec.get("type") == "array" and "prefixItems" not in spec and _of_words(spec.get("items", {})):
        described = {key: made.pop(key) for key in ("title", "description", "default") if key in made}
        return {"anyOf": [made["items"], made], **described}
    return made


def _of_words(items: Any) -> bool:
    return isinstance(items, dict) and items.get("type") == "string"


def main(arguments: list[str]) -> int:
    """Write or check the schemas; returns the exit code."""
    check = "--check" in arguments
    folder = Path(next((word for word in arguments if word != "--check"), "schemas"))
    if check:
        found = stale(folder)
        for name in found:
            print(f"{folder / name} is stale: run python -m eventcode.schemas", file=sys.stderr)
        return 1 if found else 0
    folder.mkdir(parents=True, exist_ok=True)
    for name, schema in schemas():
        (folder / name).write_bytes(rendered(schema).encode())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
