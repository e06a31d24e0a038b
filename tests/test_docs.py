"""The pages of docs/: every block of those that are run, links, navigation, and what is generated."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from generated import ROOT, generate

import eventcode as ec
from eventcode.plugins import names, ontology

DOCS = ROOT / "docs"
PAGES = sorted(DOCS.rglob("*.md"))


def heading_ids(page: Path) -> set[str]:
    """The anchors of a page, as Python-Markdown makes them of headings."""
    made = set()
    for title in re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE):
        plain = re.sub(r"[^\w\s-]", "", title.replace("`", "")).strip().lower()
        made.add(re.sub(r"[-\s]+", "-", plain))
    return made


@pytest.mark.parametrize("page", generate.run_pages(), ids=lambda page: page.stem)
def test_every_block_prints_what_the_page_says(page: Path) -> None:
    assert generate.run_page(page) == page.read_text(encoding="utf-8")


def test_what_is_meant_to_be_run_is_run() -> None:
    whole = [DOCS / f"{name}.md" for name in ("concepts", "crosswalks", "data", "index", "review", "tutorial", "views")]
    assert generate.run_pages() == sorted([*whole, *(DOCS / "howto").glob("*.md")])
    for page in generate.run_pages():
        assert any(block["output"] for block in generate.BLOCK.finditer(page.read_text(encoding="utf-8"))), page


def test_a_block_that_fails_or_prints_otherwise_is_found(tmp_path: Path) -> None:
    said = "```python\nprint(6 * 7)\n```\n\n```text\n{}\n```\n"
    assert generate.page_with_outputs(said.format(42), tmp_path) == said.format(42)
    assert generate.page_with_outputs(said.format(41), tmp_path) == said.format(42)
    with pytest.raises(NameError):
        generate.page_with_outputs("```python\nunheard_of()\n```\n", tmp_path)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(DOCS)))
def test_links_lead_somewhere(page: Path) -> None:
    text = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    for target in re.findall(r"\]\((?!https?:)([^)\s]+)\)", text):
        name, _, anchor = target.partition("#")
        other = (page.parent / name).resolve() if name else page
        assert other.is_file(), target
        assert not anchor or anchor in heading_ids(other), target


def test_every_page_is_in_the_navigation_once() -> None:
    def named(entries: object) -> list[str]:
        if isinstance(entries, str):
            return [entries]
        parts = entries.values() if isinstance(entries, dict) else entries
        return [page for part in parts for page in named(part)]  # type: ignore[attr-defined]

    nav = named(yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))["nav"])
    assert sorted(nav) == [str(page.relative_to(DOCS)) for page in PAGES]


def test_the_site_builds_without_a_warning(tmp_path: Path) -> None:
    pytest.importorskip("material", reason="mkdocs-material is in the extra `docs`")
    built = subprocess.run([sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(tmp_path)], cwd=ROOT,
                           capture_output=True, text=True)
    assert built.returncode == 0, built.stderr
    assert "eventcode" in (tmp_path / "tutorial" / "index.html").read_text(encoding="utf-8")


def test_every_built_in_ontology_has_its_page_with_every_rule() -> None:
    ours = {name for name in names("ontologies") if (Path(ec.__file__).parent) in ontology(name).folder.parents}
    assert ours == set(generate.BUILT_IN)
    for name in ours:
        text = (DOCS / "ontologies" / f"{name}.md").read_text(encoding="utf-8")
        for rule in ontology(name).rules:
            assert f"(`{rule.id}`" in text, rule.id
            assert "* Coded: \"" in text


def test_the_python_page_has_every_public_name() -> None:
    from api_page import IN_MODULES

    headings = re.findall(r"^### ([\w.]+)$", (DOCS / "api.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(headings) == sorted({*ec.__all__, *IN_MODULES} - {"__version__"})


def test_a_docstring_becomes_markdown() -> None:
    from api_page import prose

    told = prose("Reads a *.csv file.\n\npath: where it is. size, level: how much\nof it.\nRaises InputError on none.",
                 ["path", "size", "level"])
    assert told == ("Reads a \\*.csv file.\n\n* `path`: where it is.\n* `size`, `level`: how much of it.\n\n"
                    "Raises InputError on none.")


def test_limits_and_accuracy_tell_the_same_numbers() -> None:
    accuracy, limits = ((DOCS / name).read_text(encoding="utf-8") for name in ("accuracy.md", "limits.md"))
    numbers = re.findall(r"^\| (.+) \| (0\.\d{3} \(.+\)) \|$", limits, re.MULTILINE)
    assert len(numbers) > 10
    for name, value in numbers:
        assert re.search(rf"^\| {re.escape(name)} \| .* \| {re.escape(value)} \|$", accuracy, re.MULTILINE), name
