"""Habits of the project that a machine can check."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest

import eventcode

ROOT = Path(__file__).parent.parent
SOURCES = sorted((ROOT / "eventcode").rglob("*.py"))
#: Everything that is committed and is text, as far as these tests look.
PATTERNS = ("*.md", "*.toml", "*.cff", "*.yaml", ".ci/run", "docs/**/*", "examples/**/*", "eventcode/**/*", "schemas/*",
            "tests/**/*", "benchmarks/**/*")
TEXTS = [path for pattern in PATTERNS for path in sorted(ROOT.glob(pattern))
         if path.is_file() and "__pycache__" not in path.parts]


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node


def output(command: list[str]) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function's body without its docstring."""
    body = node.body[1:] if ast.get_docstring(node) is not None else node.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_and_functions_stay_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) < 400
    assert [node.name for node in functions(path) if length(node) > 50] == []


def test_most_functions_are_under_ten_lines() -> None:
    assert median(length(node) for path in SOURCES for node in functions(path)) < 10


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_public_things_have_docstrings(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    kinds = (ast.FunctionDef, ast.ClassDef)
    bare = [node.name for node in tree.body if isinstance(node, kinds) and not node.name.startswith("_")
            and not path.name.startswith("_") and ast.get_docstring(node) is None]
    assert ast.get_docstring(tree) or not tree.body, "the module itself"
    assert bare == []


def test_there_is_one_version_number() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["dynamic"] == ["version"]
    cited = re.search(r"^version: (.*)$", (ROOT / "CITATION.cff").read_text(encoding="utf-8"), re.MULTILINE)
    assert cited is not None
    assert cited[1] == eventcode.__version__


def test_no_machine_paths_or_registry_hosts() -> None:
    strange = re.compile(r"/(?:work|root|home/\w+)/|pypi\.org|pythonhosted|githubusercontent")
    found = [f"{path.relative_to(ROOT)}: {match[0]}" for path in TEXTS if path != Path(__file__)
             and (match := strange.search(path.read_text(encoding="utf-8")))]
    assert found == []


def test_no_output_is_committed_beside_the_readme() -> None:
    """What a command that was tried in the root writes there is easily committed with the rest."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode != 0:
        pytest.skip("not a git checkout")
    top = {name for name in listed.stdout.splitlines() if "/" not in name}
    assert {Path(name).suffix for name in top if not name.startswith(".")} <= {".md", ".toml", ".cff", ".yml", ""}, top


def test_import_is_quick_and_pulls_in_neither_pandas_nor_spacy() -> None:
    script = ("import sys, time; start = time.perf_counter(); import eventcode; "
              "print(time.perf_counter() - start, *sorted({'pandas', 'spacy', 'numpy', 'rich'} & set(sys.modules)))")
    runs = [output([sys.executable, "-c", script]).split() for _ in range(3)]  # the best of three: machines are busy
    assert [heavy for _, *heavy in runs] == [[]] * 3
    assert min(float(seconds) for seconds, *_ in runs) < 0.3


@pytest.mark.parametrize("name", [name for name in eventcode.__all__ if name != "__version__"])
def test_every_exported_name_loads(name: str) -> None:
    assert getattr(eventcode, name).__doc__


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        eventcode.nonsense  # noqa: B018


def test_the_wheel_takes_every_data_file() -> None:
    """hatchling packs the folder `eventcode`; what git ignores would be missing from it."""
    files = [path for path in (ROOT / "eventcode").rglob("*") if path.suffix in (".yaml", ".csv")]
    assert len(files) > 50
    ignored = subprocess.run(["git", "check-ignore", "--no-index", *map(str, files)], cwd=ROOT, capture_output=True)
    assert ignored.stdout == b""


def test_generated_pages_are_fresh() -> None:
    assert output([sys.executable, str(ROOT / "docs" / "generate.py"), "--check"]) == ""
