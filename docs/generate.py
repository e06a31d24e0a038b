"""Writes what is generated from the code: docs/cli.md, the outputs in README.md, and examples/expected/*.txt.

    python docs/generate.py            # writes
    python docs/generate.py --check    # exit code 1 where docs/cli.md is stale; the tests compare the rest
"""

from __future__ import annotations

import contextlib
import io
import re
import runpy
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer
from typer.testing import CliRunner

from eventcode.cli import app

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = sorted((ROOT / "examples").glob("0*.py"))

HEAD = """# The command line

Generated from the commands themselves by `python docs/generate.py`; do not edit.
"""

#: A block of Python or shell, with the block of its output where one follows.
BLOCK = re.compile(r"```(?P<kind>python|sh)\n(?P<code>.*?)```\n(?:\n```text\n(?P<output>.*?)```\n)?", re.DOTALL)


def cli_page() -> str:
    """The page of the command line."""
    return "\n".join([HEAD, *_command(typer.main.get_command(app), "eventcode")])


def readme_page(text: str) -> str:
    """README with the output of each block as it is now; blocks of Python share their names, in order."""
    names: dict[str, Any] = {}

    def run(block: re.Match[str]) -> str:
        kind, code = block["kind"], block["code"]
        made = _python(code, names) if kind == "python" else _shell(code) if block["output"] is not None else ""
        told = f"\n```text\n{made}```\n" if block["output"] is not None else ""
        return f"```{kind}\n{code}```\n{told}"

    with contextlib.chdir(ROOT):
        return BLOCK.sub(run, text)


def example_output(path: Path) -> str:
    """What an example prints."""
    return _printed(lambda: runpy.run_path(str(path), run_name="__main__"))


def expected(path: Path) -> Path:
    """The committed output of an example."""
    return path.parent / "expected" / f"{path.stem}.txt"


def _python(code: str, names: dict[str, Any]) -> str:
    return _printed(lambda: exec(compile(code, "README.md", "exec"), names))


def _shell(code: str) -> str:
    """Output of a block's `eventcode` commands."""
    lines = [shlex.split(line)[1:] for line in code.splitlines() if line.startswith("eventcode ")]
    return _clean("".join(CliRunner().invoke(app, line, catch_exceptions=False).stdout for line in lines))


def _printed(run: Any) -> str:
    with contextlib.redirect_stdout(io.StringIO()) as out:
        run()
    return _clean(out.getvalue())


def _clean(text: str) -> str:
    """Text without blanks at the ends of lines and of the whole."""
    return "\n".join(line.rstrip() for line in text.rstrip().splitlines()) + "\n"


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
    """Write or check; returns the exit code."""
    page, readme = ROOT / "docs" / "cli.md", ROOT / "README.md"
    if "--check" in arguments:
        stale = not page.is_file() or page.read_text(encoding="utf-8") != cli_page()
        print("docs/cli.md is stale: run python docs/generate.py\n" if stale else "", end="", file=sys.stderr)
        return int(stale)
    page.write_bytes(cli_page().encode())
    readme.write_bytes(readme_page(readme.read_text(encoding="utf-8")).encode())
    for path in EXAMPLES:
        expected(path).write_bytes(example_output(path).encode())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
