"""Finds ontologies, languages and analyzers by name, ours and other people's alike, through entry points.

Three groups, one per shelf: `eventcode.ontologies`, `eventcode.languages`, `eventcode.analyzers`. Each entry point
names the ontology, language or analyzer itself, or a function without arguments that returns it. Only the one that is
asked for is loaded, so a broken plug-in never stands in the way of another.
"""

from __future__ import annotations

import difflib
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import Any, Literal, cast

from eventcode.analyzers.base import Analyzer
from eventcode.errors import PluginError, RuleError
from eventcode.languages.base import Language
from eventcode.ontologies.base import Ontology
from eventcode.ontologies.generic import at
from eventcode.ontologies.generic import extended as base_ontology
from eventcode.ontologies.layers import home_of

Group = Literal["ontologies", "languages", "analyzers"]
#: Names of plug-ins that are being made: one may be made of a folder that has its name.
_loading: list[str] = []


def names(group: Group) -> tuple[str, ...]:
    """Names of everything installed in one group, sorted, without loading any of it."""
    return tuple(sorted(_points(group)))


def ontology(name_or_path: str | Path) -> Ontology:
    """The ontology of this name, or the one in this folder (`ontology.yaml` and `rules/`, no Python needed).

    A name wins over a folder of the same name; write `./name` for the folder. Raises PluginError (no such name, or
    it failed to load) or RuleError (a broken file of the folder, or its name is that of an installed ontology).
    """
    name = str(name_or_path)
    if isinstance(name_or_path, str) and name in _points("ontologies"):
        return _installed(name)
    folder = Path(name_or_path)
    if folder.name == "ontology.yaml" and folder.is_file():
        folder = folder.parent
    if folder.is_dir():
        return _own_name(folder_ontology(folder))
    if isinstance(name_or_path, Path) or folder.name != name:
        raise RuleError("there is no such rule-set folder", path=folder)
    raise PluginError(_unknown("ontologies", name) + "; a folder of your own is named by its path")


def folder_ontology(folder: Path) -> Ontology:
    """The ontology in a folder, even where an installed one has its name. Raises RuleError or PluginError."""
    return at(folder, _installed)


def extended(folder: Path) -> Ontology | None:
    """The rule set that the one in a folder extends, if any. Raises RuleError or PluginError."""
    return base_ontology(folder.resolve(), _installed)


def _installed(name: str) -> Ontology:
    return cast(Ontology, _load("ontologies", name))


def _own_name(made: Ontology) -> Ontology:
    """RuleError with both paths where another installed ontology has the name of this folder's."""
    if made.name in _points("ontologies") and made.name not in _loading:
        installed = _installed(made.name)
        if home_of(installed) != home_of(made):
            raise RuleError(f"an installed rule set has the name {made.name!r} too: {home_of(installed)}",
                            path=home_of(made))
    return made


def language(code: str) -> Language:
    """The language pack of this ISO 639-1 code. Raises PluginError."""
    return cast(Language, _load("languages", code))


def analyzer(name: str) -> Analyzer:
    """The analyzer of this name. Raises PluginError; a missing or altered model is a ModelError of its own."""
    return cast(Analyzer, _load("analyzers", name))


@cache
def _points(group: Group) -> dict[str, EntryPoint]:
    """Entry points by name; where two distributions give one name, neither can be meant (see _load)."""
    found: dict[str, EntryPoint] = {}
    for point in entry_points(group=f"eventcode.{group}"):
        rival = found.setdefault(point.name, point)
        if rival.value != point.value:
            found[point.name] = EntryPoint(point.name, f"{_whence(rival)} and {_whence(point)}", "two")
    return found


def _whence(point: EntryPoint) -> str:
    """What an entry point names, and the distribution and folder that it was installed from."""
    return f"{point.value} ({point.dist.name} in {point.dist.locate_file('')})" if point.dist else point.value


@cache
def _load(group: Group, name: str) -> Any:
    point = _points(group).get(name)
    if point is None:
        raise PluginError(_unknown(group, name))
    if point.group == "two":
        raise PluginError(f"two distributions offer {_singular(group)} {name!r}: {point.value}")
    try:
        make = point.load()
    except Exception as problem:
        raise PluginError(_failed(group, point, problem)) from problem
    _loading.append(name)
    try:
        return make() if callable(make) else make
    except PluginError:
        raise
    except Exception as problem:
        if _is_ours(problem):
            raise
        raise PluginError(_failed(group, point, problem)) from problem
    finally:
        _loading.remove(name)


def _is_ours(problem: Exception) -> bool:
    """RuleError and ModelError already name the file at fault; wrapping them would hide it."""
    return type(problem).__module__ == PluginError.__module__


def _failed(group: Group, point: EntryPoint, problem: Exception) -> str:
    return f"{_singular(group)} {point.name!r} ({point.value}) failed to load: {type(problem).__name__}: {problem}"


def _unknown(group: Group, name: str) -> str:
    there = names(group)
    close = difflib.get_close_matches(name.casefold(), there, n=1)
    hint = f" (did you mean {close[0]!r}?)" if close else ""
    return f"no {_singular(group)} {name!r}{hint}; there is: {', '.join(there) or 'none'}"


def _singular(group: Group) -> str:
    return {"ontologies": "ontology", "languages": "language", "analyzers": "analyzer"}[group]
