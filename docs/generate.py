"""Writes what is generated from the code: pages of docs/, the outputs in README.md and in the pages that are run, and
examples/expected/*.txt.

    python docs/generate.py            # writes all of it
    python docs/generate.py --pages    # writes docs/cli.md, docs/api.md and docs/ontologies/*.md only
    python docs/generate.py --check    # exit code 1 where one of these is stale; the tests compare the rest

A page is run where it holds the line `<!-- run -->`: its blocks of Python and of `eventcode` commands, in order, in a
folder that has a copy of examples/.
"""

from __future__ import annotations

import contextlib
import io
import re
import runpy
import shlex
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import typer
from api_page import api_page
from ontology_pages import ontology_page
from typer.testing import CliRunner

from eventcode.cli import app
from eventcode.plugins import ontology

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = sorted((ROOT / "examples").glob("0*.py"))

HEAD = """# The command line

Generated from the commands themselves by `python docs/generate.py`; do not edit.
"""

#: The ontologies that are part of the library.
BUILT_IN = ("acled", "cameo", "plover", "ucdp-ged")
RUN = "<!-- run -->"

#: A block of Python or shell, with the block of its output where one follows.
BLOCK = re.compile(r"```(?P<kind>python|sh)\n(?P<code>.*?)```\n(?:\n```text\n(?P<output>.*?)```\n)?", re.DOTALL)


def cli_page() -> str:
    """The page of the command line."""
    return "\n".join([HEAD, *_command(typer.main.get_command(app), "eventcode")])


def pages() -> dict[Path, Callable[[], str]]:
    """The pages that are generated whole, and what makes them."""
    docs = ROOT / "docs"
    return {docs / "cli.md": cli_page, docs / "api.md": api_page,
            **{docs / "ontologies" / f"{name}.md": partial(ontology_page, ontology(name)) for name in BUILT_IN}}


def run_pages() -> list[Path]:
    """The pages whose blocks are run."""
    return [path for path in sorted((ROOT / "docs").rglob("*.md"))
            if RUN in path.read_text(encoding="utf-8").splitlines()]


def run_page(path: Path) -> str:
    """A page with the output of each block as it is now, run in a passing folder with a copy of examples/."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "examples", Path(folder) / "examples")
        return page_with_outputs(path.read_text(encoding="utf-8"), Path(folder))


def readme_page(text: str) -> str:
    """README with the output of each block as it is now."""
    return page_with_outputs(text, ROOT)


def page_with_outputs(text: str, folder: Path) -> str:
    """A page with the output of each block run in this folder; blocks of Python share their names, in order.

    Commands whose output the page does not show are run too, except in the project's own folder.
    """
    names: dict[str, Any] = {}

    def run(block: re.Match[str]) -> str:
        kind, code = block["kind"], block["code"]
        needed = block["output"] is not None or folder != ROOT
        made = _python(code, names) if kind == "python" else _shell(code) if needed else ""
        told = f"\n```text\n{made}```\n" if block["output"] is not None else ""
        return f"```{kind}\n{code}```\n{told}"

    with contextlib.chdir(folder):
        return BLOCK.sub(run, text)


def example_output(path: Path) -> str:
    """What an example prints."""
    return _printed(lambda: runpy.run_path(str(path), run_name="__main__"))


def expected(path: Path) -> Path:
    """The committed output of an example."""
    return path.parent / "expected" / f"{path.stem}.txt"


def _python(code: str, names: dict[str, Any]) -> str:
    return _printed(lambda: exec(compile(code, "<a block of the page>", "exec"), names))


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
    made = {path: make() for path, make in pages().items()}
    if "--check" in arguments:
        stale = [path for path, text in made.items() if not path.is_file() or path.read_text(encoding="utf-8") != text]
        for path in stale:
            print(f"{path.relative_to(ROOT)} is stale: run python docs/generate.py", file=sys.stderr)
        return int(bool(stale))
    for path, text in made.items():
        _put(path, text)
    if "--pages" in arguments:
        return 0
    readme = ROOT / "README.md"
    _put(readme, readme_page(readme.read_text(encoding="utf-8")))
    for path in run_pages():
        _put(path, run_page(path))
    for path in EXAMPLES:
        _put(expected(path), example_output(path))
    return 0


def _put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
