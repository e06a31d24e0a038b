from __future__ import annotations

import re
from pathlib import Path

from generated import ROOT, generate

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_snippet_prints_what_the_readme_says() -> None:
    assert generate.readme_page(README) == README


def test_the_first_screen_has_two_commands_and_python_with_output() -> None:
    blocks = list(generate.BLOCK.finditer(README))
    assert [block["kind"] for block in blocks[:3]] == ["sh", "sh", "python"]
    assert "eventcode code examples/articles/" in blocks[0]["code"]
    assert blocks[1]["code"].endswith("pytest\n")
    assert len(blocks[2]["code"].strip().splitlines()) <= 9
    assert blocks[2]["output"].strip()
    assert README[:blocks[1].end()].count("\n") < 20


def test_links_lead_somewhere() -> None:
    for page in (ROOT / "README.md", ROOT / "CONTRIBUTING.md"):
        for target in re.findall(r"\]\((?!http)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (ROOT / target).exists(), (page.name, target)


def test_the_ci_script_finds_the_readmes_commands() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    patterns = re.findall(r"grep -m1 -E '(.*)' README\.md", script)
    assert len(patterns) == 2
    for pattern in patterns:
        assert re.search(pattern, README, re.MULTILINE)


def test_files_named_in_contributing_are_there() -> None:
    text = Path(ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    for name in re.findall(r"`((?:eventcode|examples|tests)/[\w./-]+)`", text):
        assert (ROOT / name).exists(), name
