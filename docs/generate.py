"""Writes the generated pages: docs/cli.md from the command line's own help.

    python docs/generate.py            # writes
    python docs/generate.py --check    # exit code 1 where a committed page is stale
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from eventcode.cli import app

HEAD = """# The command line

Generated from the commands themselves by `python docs/generate.py`; do not edit.
"""


def cli_page() -> str:
    return "\n".join([HEAD, *_command(typer.main.get_command(app), "eventcode")])


def _command(command: Any, path: str) -> Iterator[str]:
    """A section for a command, then one for each of its own commands."""
    yield f"## `{path}`\n"
    yield _text(command.help or "")
    rows = [_row(param) for param in command.params if not getattr(param, "hidden", False)]
    if rows:
        yield "\n".join(["| | |", "| --- | --- |", *rows]) + "\n"
    for name, sub in getattr(command, "commands", {}).items():
        yield from _command(sub, f"{path} {name}")


def _text(text: str) -> str:
    """Help as Markdown: a paragraph marked as not to be wrapped becomes a block of shell."""
    parts = [part.strip("\n") for part in text.replace("\b\n", "\b").split("\n\n")]
    return "\n\n".join(f"```sh\n{part[1:]}\n```" if part.startswith("\b") else part for part in parts) + "\n"


def _row(param: Any) -> str:
    option = param.param_type_name == "option"
    names = ", ".join(f"`{name}`" for name in param.opts) if option else f"`{param.metavar or param.name.upper()}`"
    said = getattr(param, "help", "") or ""
    shown = getattr(param, "show_default", False) and param.default not in (None, False)
    facts = "required" if param.required else f"default: `{param.default}`" if shown else ""
    return f"| {names} | {said}{f' ({facts})' if facts else ''} |"


def main(arguments: list[str]) -> int:
    pages = {Path(__file__).with_name("cli.md"): cli_page()}
    stale = [path for path, text in pages.items()
             if not path.is_file() or path.read_text(encoding="utf-8") != text]
    if "--check" in arguments:
        for path in stale:
            print(f"docs/{path.name} is stale: run python docs/generate.py", file=sys.stderr)
        return 1 if stale else 0
    for path in stale:
        path.write_bytes(pages[path].encode())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
