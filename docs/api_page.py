"""The page of the Python interface: every public name of `eventcode` with its signature and docstring."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from functools import cached_property
from operator import attrgetter
from typing import Any

from ontology_pages import escaped, table
from pydantic import BaseModel

import eventcode

HEAD = """# Python

Generated from the docstrings by `python docs/generate.py`; do not edit. Everything here is reached as `ec.name` after
`import eventcode as ec`. Names that are not here, and names that begin with an underscore, may change without notice.
"""

#: Heading, and how the names of the modules under it begin. What fits nowhere stands under the last.
GROUPS = (
    ("Coding", ("eventcode.loading", "eventcode.coder", "eventcode.article", "eventcode.records", "eventcode.explain")),
    ("Corpora and runs", ("eventcode.runs", "eventcode.dataset.articles")),
    ("Clusters", ("eventcode.clusters", "eventcode.dask", "eventcode.spark")),
    ("Tables", ("eventcode.dataset.frame", "eventcode.dataset.releases", "eventcode.dataset.write",
                "eventcode.dataset.package", "eventcode.validation")),
    ("Other formats and codebooks", ("eventcode.views", "eventcode.crosswalks", "eventcode.dataset.one_a_day")),
    ("Merging, counting, comparing", ("eventcode.dataset",)),
    ("What is read before any ontology", ("eventcode.neutral", "eventcode.figures")),
    ("Errors", ("eventcode.errors",)),
    ("More", ("",)),
)

#: Functions of modules of their own, beside what `eventcode` exports.
IN_MODULES = ("dask.code", "spark.code", "clusters.records", "clusters.evidence", "clusters.rejects")


class _Written(str):
    """An annotation that shows as it is written, without quotation marks."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


def api_page() -> str:
    """The page in Markdown."""
    groups: dict[str, list[str]] = {heading: [] for heading, _ in GROUPS}
    for name in (*eventcode.__all__, *IN_MODULES):
        if name != "__version__":
            groups[_group(_thing(name).__module__)].append(name)
    parts = [HEAD]
    for heading, names in groups.items():
        parts += [f"## {heading}\n"] if names else []
        parts += [part for name in names for part in _entry(name, _thing(name))]
    return "\n".join(parts)


def _thing(name: str) -> Any:
    return attrgetter(name)(eventcode)


def _group(module: str) -> str:
    return next(heading for heading, starts in GROUPS if module.startswith(starts))


def _entry(name: str, thing: Any) -> Iterator[str]:
    yield f"### {name}\n"
    if inspect.isclass(thing):
        yield from _class(name, thing)
    else:
        yield f"{_signature(name, thing)}\n"
        yield f"{prose(thing.__doc__ or '', list(inspect.signature(thing).parameters))}\n"


def _class(name: str, kind: type) -> Iterator[str]:
    yield f"{prose(kind.__doc__ or '', list(getattr(kind, '__annotations__', {})))}\n"
    if issubclass(kind, BaseModel):
        yield f"{_fields(kind)}\n"
    for member, thing in vars(kind).items():
        if not member.startswith("_") and _told(thing):
            yield from _member(f"{name}.{member}", thing)


def _told(thing: Any) -> bool:
    """Is this a method or property with words of its own?"""
    return isinstance(thing, (property, cached_property, classmethod)) or inspect.isfunction(thing)


def _member(name: str, thing: Any) -> Iterator[str]:
    if isinstance(thing, (property, cached_property)):
        yield f"**`{name}`**" + (f": {prose(thing.__doc__, [])}\n" if thing.__doc__ else "\n")
        return
    function: Callable[..., Any] = thing.__func__ if isinstance(thing, classmethod) else thing
    yield f"{_signature(name, function)}\n"
    yield f"{prose(function.__doc__ or '', list(inspect.signature(function).parameters))}\n"


def _fields(kind: type[BaseModel]) -> str:
    """A pydantic model's fields, with what they mean where the model says so."""
    rows = [(f"`{name}`", f"`{_type(field.annotation)}`", escaped(field.description or ""))
            for name, field in kind.model_fields.items()]
    if not any(means for *_, means in rows):
        return table(("field", "type"), [row[:2] for row in rows])
    return table(("field", "type", "means"), rows)


def _type(annotation: Any) -> str:
    """A type as code has it, without the modules."""
    return re.sub(r"\b(?:eventcode|datetime|typing|collections)\.(?:\w+\.)*", "", inspect.formatannotation(annotation))


def _signature(name: str, function: Callable[..., Any]) -> str:
    """A block with the call as it is written, one parameter a line where it is long."""
    told = inspect.signature(function)
    parameters = [one for one in told.parameters.values() if one.name not in ("self", "cls")]
    parameters = [one.replace(annotation=_Written(one.annotation)) if isinstance(one.annotation, str) else one
                  for one in parameters]
    result = told.return_annotation
    told = told.replace(parameters=parameters,
                        return_annotation=_Written(result) if isinstance(result, str) else result)
    line = f"{name}{told}"
    if len(line) > 100:
        inner, _, returned = line[len(name) + 1:].rpartition(") -> ")
        line = f"{name}(\n    " + ",\n    ".join(_split(inner)) + f",\n) -> {returned}"
    return f"```python\n{line}\n```"


def _split(parameters: str) -> list[str]:
    """Parameters apart at the commas that no bracket encloses."""
    parts, depth = [""], 0
    for letter in parameters:
        depth += (letter in "([{") - (letter in ")]}")
        if letter == "," and not depth:
            parts.append("")
        else:
            parts[-1] += letter
    return [part.strip() for part in parts]


def prose(docstring: str, parameters: list[str]) -> str:
    """A docstring as Markdown: a sentence that begins with parameters and a colon becomes an item of a list."""
    text = re.sub(r"Parameters\n-+\n", "", inspect.cleandoc(docstring))
    paragraphs = re.sub(r"(?<=[.:])\sRaises (?=[A-Z])", "\n\nRaises ", text).split("\n\n")
    return "\n\n".join(_paragraph(paragraph, parameters) for paragraph in paragraphs)


def _paragraph(text: str, parameters: list[str]) -> str:
    names = "|".join(sorted(map(re.escape, parameters), key=len, reverse=True))
    start = re.compile(rf"(?:^|(?<=[.;] ))((?:{names})(?:(?:, | and )(?:{names}))*): ") if names else None
    flat = escaped(" ".join(text.split()))
    if start is None or not start.search(flat):
        return flat
    pieces = start.split(flat)
    items = [f"* `{name.replace(', ', '`, `').replace(' and ', '` and `')}`: {said.strip()}"
             for name, said in zip(pieces[1::2], pieces[2::2], strict=True)]
    return "\n".join([f"{pieces[0].strip()}\n", *items] if pieces[0].strip() else items)
