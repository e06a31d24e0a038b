"""JSON and JSON Lines: what crawlers and extractors write, one object per article."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from eventcode.dataset.articles.found import Broken, Found, Item, Source, Unreadable, excerpt, lines_of
from eventcode.dataset.articles.layouts import pick

_DECODER, _OBJECT = json.JSONDecoder(), re.compile(r"\{")
#: Keys under which a JSON file may hold its list of articles.
_LISTS = ("articles", "items", "results", "data", "docs", "documents", "entries", "stories")


def read_jsonl(source: Source, layout: str | None = None) -> Iterator[Item]:
    """One object per line; a line that is broken costs no other."""
    with source.stream() as opened:
        for number, line in enumerate(lines_of(opened, source.options.encoding), 1):
            if line.strip():
                yield _line(line, number, source, layout)


def read_json(source: Source, layout: str | None = None) -> Iterator[Item]:
    """A list of objects, an object that holds such a list, one object, or JSON Lines under another name."""
    text = source.text()
    try:
        content = json.loads(text)
    except ValueError as problem:
        lines = [line for line in text.split("\n") if line.strip()]
        if len(lines) > 1 and _is_object(lines[0]):
            yield from read_jsonl(source, layout)
            return
        yield from _salvaged(text, f"not JSON: {problem}", source, layout)
        return
    except RecursionError:
        raise Unreadable("not JSON of articles: nested too deeply") from None
    for number, (item, more) in enumerate(_objects(content), 1):
        yield object_found(item, number, source, layout, more)


def object_found(item: Any, row: int, source: Source, layout: str | None = None,
                 more: Mapping[str, Any] | None = None) -> Item:
    """An object or row as an article. more: fields that stand outside of it, for those that it leaves empty."""
    if not isinstance(item, Mapping):
        return Broken(row, f"expected an object, got {type(item).__name__}", excerpt(item))
    fields, name, used = pick(item, source.options.columns, layout)
    if "text" not in fields:
        names = ", ".join(map(str, item)) or "none"
        return Broken(row, f"no text in it ({name}); its fields: {names[:150]}", excerpt(item))
    source.tell(name, used)
    return Found(row, {**(more or {}), **fields}, excerpt(item))


def _line(line: bytes, number: int, source: Source, layout: str | None) -> Item:
    try:
        return object_found(json.loads(line.decode("utf-8")), number, source, layout)
    except UnicodeDecodeError as problem:
        return Broken(number, f"not UTF-8 at byte {problem.start} of the line", excerpt(line))
    except (ValueError, RecursionError) as problem:
        return Broken(number, f"not JSON: {problem}", excerpt(line))


def _salvaged(text: str, fault: str, source: Source, layout: str | None) -> Iterator[Item]:
    """The articles of a list that is broken: what is whole is read, each stretch between is one reject.

    A crawler that was stopped while it wrote leaves such a file.
    """
    number, at, lost = 0, text.find("[") + 1 if text.lstrip().startswith("[") else len(text), -1
    while begin := _OBJECT.search(text, at):
        if lost < 0 and text[at:begin.start()].strip(" \t\r\n,"):
            lost = at  # something that is no object
        try:
            item, end = _DECODER.raw_decode(text, begin.start())
            found = object_found(item, number + 1 + (lost >= 0), source, layout)
        except (ValueError, RecursionError):
            found = None
        if found is None or (lost >= 0 and isinstance(found, Broken)):  # within what is broken there are objects too
            lost, at = (begin.start() if lost < 0 else lost), begin.start() + 1
            continue
        if lost >= 0:
            number += 1
            yield Broken(number, fault, excerpt(text[lost:begin.start()]))
        number, at, lost = number + 1, end, -1
        yield found
    if lost >= 0 or not number:
        yield Broken(number + 1 if number else None, fault, excerpt(text[max(lost, 0):]))


def _is_object(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except ValueError:
        return False


def _objects(content: Any) -> Iterable[tuple[Any, dict[str, Any]]]:
    """(object, fields from outside it) of a file's content; fundus writes publisher: [articles]."""
    if isinstance(content, list):
        return [(item, {}) for item in content]
    if not isinstance(content, dict):
        raise Unreadable(f"not JSON of articles: expected objects, got {type(content).__name__}")
    held = next((content[key] for key in _LISTS if isinstance(content.get(key), list)), None)
    if held is not None and all(isinstance(item, dict) for item in held):
        return [(item, {}) for item in held]
    lists = content and all(isinstance(part, list) and all(isinstance(item, dict) for item in part)
                            for part in content.values())
    if lists:
        return [(item, {"outlet": name}) for name, part in content.items() for item in part]
    return [(content, {})]
