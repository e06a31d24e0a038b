"""A new rule-set folder that works at once, from the files in `starter/`."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path

from eventcode import plugins
from eventcode.errors import InputError

_STARTER = Path(__file__).with_name("starter")
_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")


def new(name: str, folder: Path | None = None, *, extends: str | None = None, package: bool = False
        ) -> tuple[Path, ...]:
    """Write a rule set of this name into a folder (its name's if None); returns the files written.

    extends: an installed ontology, or a folder, that it is laid over. package: a Python package around it, which
    `pip install` makes known by its name. Raises InputError on a name that is no lower-case-with-hyphens or is taken,
    and on a folder that has files; PluginError or RuleError where there is nothing to extend.
    """
    if not _NAME.fullmatch(name):
        raise InputError(f"{name!r}: a rule set's name is in lower-case letters, digits and hyphens")
    if name in plugins.names("ontologies"):
        raise InputError(f"{name!r} is the name of an installed ontology")
    home = Path(folder if folder is not None else name.replace("-", "_"))
    if home.exists() and (not home.is_dir() or any(home.iterdir())):
        raise InputError(f"{home}: there is something of that name")
    module = name.replace("-", "_")
    inner = home / module if package else home
    words = {"NAME": name, "MODULE": module, "EXTENDS": _extended(extends, inner) if extends else ""}
    written = _copied(_STARTER / ("layer" if extends else "own"), inner, words)
    if package:
        written += _copied(_STARTER / "package", home, words)
        written.append((home / "__init__.py.txt").rename(inner / "__init__.py"))
        written.remove(home / "__init__.py.txt")
    return tuple(sorted(written))


def _extended(extends: str, inner: Path) -> str:
    """What `extends:` has to say: an installed name as it is, a folder by its path from the new one."""
    plugins.ontology(extends)
    if extends in plugins.names("ontologies"):
        return extends
    path = Path(os.path.relpath(Path(extends).resolve(), inner.resolve())).as_posix()
    return path if path.startswith(".") else f"./{path}"


def _copied(source: Path, target: Path, words: Mapping[str, str]) -> list[Path]:
    """The files of a starter with names filled in."""
    pattern, written = re.compile("|".join(words)), []
    for path in sorted(path for path in source.rglob("*") if path.is_file()):
        goal = target / path.relative_to(source)
        goal.parent.mkdir(parents=True, exist_ok=True)
        text = pattern.sub(lambda found: words[found[0]], path.read_text(encoding="utf-8"))
        goal.write_text(text, encoding="utf-8")
        written.append(goal)
    return written
