"""Rule-set folders that tests write and change."""

from __future__ import annotations

import shutil
from pathlib import Path

from eventcode.rulesets import new

INCIDENTS = Path(__file__).parent.parent / "examples" / "incident_log"

RULE = """- id: {id}
  title: Students march
  when: {{action: protest, source: student}}
  codes: {{incident: "041", severity: "NO"}}
  codebook: Layer, 1
  {more}
  examples:
  - text: Hundreds of students marched through Dakar on Monday to demand cheaper meals.
    expect: {{incident: "041"}}
  counterexamples:
  - text: Hundreds of students sat an exam in Dakar on Monday.
"""


def starter(folder: Path, name: str = "own-set") -> Path:
    """A folder as `eventcode rules new` writes it."""
    new(name, folder)
    return folder


def incidents(folder: Path) -> Path:
    """A copy of the incident log."""
    return Path(shutil.copytree(INCIDENTS, folder))


def layered(folder: Path, *, head: str = "", more: str = "replaces: incident-log/demonstration",
            id: str = "field-office/students", base: str = str(INCIDENTS), name: str = "field-office") -> Path:
    """A layer over the incident log with one rule and one code more."""
    (folder / "rules").mkdir(parents=True)
    (folder / "ontology.yaml").write_text(
        f'name: {name}\ntitle: Layer\nversion: "2"\ncodebook: Layer\nterms: CC0\nextends: {base}\n'
        f"codes: {{incident: more.csv}}\n{head}", encoding="utf-8")
    (folder / "more.csv").write_text("code,title\n041,Student march\n", encoding="utf-8")
    (folder / "rules" / "more.yaml").write_text("rules:\n" + RULE.format(id=id, more=more), encoding="utf-8")
    return folder


def edit(path: Path, old: str, new: str) -> Path:
    """Change the first place where this stands in a file."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path
