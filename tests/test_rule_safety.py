"""A rule set is data from anywhere: it cannot run code, read what it should not, fill the memory or hang."""

from __future__ import annotations

import os
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rule_folders import edit, incidents, starter

import eventcode as ec
from eventcode import plugins
from eventcode.errors import EventcodeError, RuleError
from eventcode.ontologies.layers import MOST_FILES
from eventcode.rules import MAX_BYTES, MAX_DEPTH, MAX_PARTS, MAX_TABLE_BYTES, MAX_TEXT, read_csv, read_yaml
from eventcode.rulesets import lint

#: Refusing a hostile file may take so long, and so much memory beside the file's own size.
SECONDS, MEGABYTES = 5.0, 200

_LAUGHS = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(20))

HOSTILE: dict[str, tuple[str, str]] = {
    "billion laughs": (_LAUGHS, "anchors and aliases"),
    "an alias to itself": ("a: &a [*a]\n", "anchors and aliases"),
    "merged keys": ("a: &a {x: y}\nb: {<<: *a}\n", "anchors and aliases"),
    "code": ("rules: !!python/object/apply:os.system ['touch hacked']\n", "tags"),
    "code in a name": ("rules: !!python/name:os.system\n", "tags"),
    "brackets": ("rules: " + "[" * 1_000_000, "nested too deeply"),
    "braces": ("{a: " * 100_000, "nested too deeply"),
    "blocks": ("".join(" " * n + "a:\n" for n in range(1_500)), "nested too deeply"),
    "lists in lists": ("- " * 100_000 + "a", "nested too deeply"),
    "many parts": ("rules:\n" + "- a\n" * 1_200_000, "more than 200000 parts"),
    "a long text": ("rules: " + "x" * (MAX_TEXT + 1), "a text of more than 10000 characters"),
    "a long key": ("x" * 2_000_000 + ": y", "."),
    "a large file": ("#" * (MAX_BYTES + 1), "larger than"),
    "null bytes": ("\0" * 1_000_000, "."),
    "open quotes": ("'" * 999_999, "."),
    "question marks": ("? " * 500_000, "."),
    "blanks": (" " * 2_000_000 + "\t", "."),
    "directives": ("%YAML 9.9\n" * 10_000, "."),
}


@pytest.mark.parametrize("kind", list(HOSTILE))
def test_a_hostile_file_is_refused_fast_and_small(kind: str, tmp_path: Path) -> None:
    content, message = HOSTILE[kind]
    path = tmp_path / "rules.yaml"
    path.write_text(content, encoding="utf-8")
    tracemalloc.start()
    began = time.process_time()
    try:
        with pytest.raises(RuleError, match=message) as told:
            read_items_of(path)
        used = tracemalloc.get_traced_memory()[1] / 1e6
    finally:
        tracemalloc.stop()
    assert time.process_time() - began < SECONDS
    assert used < MEGABYTES
    assert "rules.yaml" in str(told.value)
    assert not Path("hacked").exists()


def read_items_of(path: Path) -> None:
    """What a rule file goes through: a file that is YAML but holds no rules is refused too."""
    content = read_yaml(path)
    if not isinstance(content, dict) or set(content) != {"rules"}:
        raise RuleError("no rules", path=path)


def test_what_is_at_the_limits_is_read(tmp_path: Path) -> None:
    path = tmp_path / "deep.yaml"
    path.write_text("[" * MAX_DEPTH + "]" * MAX_DEPTH, encoding="utf-8")
    assert read_yaml(path) == [[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]
    path.write_text("a: " + "x" * MAX_TEXT, encoding="utf-8")
    assert read_yaml(path) == {"a": "x" * MAX_TEXT}
    path.write_text("- a\n" * (MAX_PARTS - 5), encoding="utf-8")
    assert len(read_yaml(path)) == MAX_PARTS - 5


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.sampled_from("[]{}&*!|>-?:,'\"#% \n\tab1\u2028"), max_size=60))
def test_any_text_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.mktemp("any") / "any.yaml"
    path.write_text(text, encoding="utf-8")
    try:
        content = read_yaml(path)
    except RuleError:
        return
    assert only_text(content)


def only_text(content: object) -> bool:
    if isinstance(content, dict):
        return all(isinstance(key, str) and only_text(value) for key, value in content.items())
    return all(map(only_text, content)) if isinstance(content, list) else content is None or isinstance(content, str)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no devices and pipes")
@pytest.mark.parametrize("make", [lambda path: path.symlink_to("/dev/zero"), os.mkfifo, Path.mkdir],
                         ids=["a device", "a pipe", "a folder"])
@pytest.mark.parametrize("reader", [read_yaml, lambda path: list(read_csv(path, ("code",)))], ids=["yaml", "csv"])
def test_what_is_no_file_is_not_read(make: Callable[[Path], None], reader: Callable[[Path], object],
                                     tmp_path: Path) -> None:
    path = tmp_path / "rules.yaml"
    make(path)
    with pytest.raises(RuleError, match="not a file"):
        reader(path)


def test_a_large_table_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "kinds.csv"
    with path.open("wb") as file:
        file.truncate(MAX_TABLE_BYTES + 1)
    with pytest.raises(RuleError, match=r"kinds\.csv: larger than"):
        list(read_csv(path, ("code", "title")))


def test_a_cell_without_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "kinds.csv"
    path.write_text('code,title\nA,"' + "x" * 3_000_000, encoding="utf-8")
    with pytest.raises(RuleError, match=r"kinds\.csv: not CSV"):
        list(read_csv(path, ("code", "title")))


@pytest.mark.parametrize("file", ["../secret.csv", "/etc/passwd", "codes/../../secret.csv"])
def test_tables_outside_the_folder_are_refused(file: str, tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text("code,title\n010,Secret\n", encoding="utf-8")
    folder = incidents(tmp_path / "set")
    (folder / "codes").mkdir()
    edit(folder / "ontology.yaml", "incidents.csv", file)
    with pytest.raises(RuleError, match="lies outside the folder"):
        plugins.ontology(folder)


def test_a_table_linked_from_outside_is_refused(tmp_path: Path) -> None:
    folder = incidents(tmp_path / "set")
    (folder / "incidents.csv").rename(tmp_path / "incidents.csv")
    (folder / "incidents.csv").symlink_to(tmp_path / "incidents.csv")
    with pytest.raises(RuleError, match="lies outside the folder"):
        plugins.ontology(folder)


def test_a_folder_of_too_many_files_is_refused(tmp_path: Path) -> None:
    folder = incidents(tmp_path / "set")
    for number in range(MOST_FILES):
        (folder / "rules" / f"{number}.yaml").write_text("rules: []\n", encoding="utf-8")
    with pytest.raises(RuleError, match="a rule set has 500 at most"):
        plugins.ontology(folder)


def test_other_files_of_a_folder_are_not_read(tmp_path: Path) -> None:
    folder = incidents(tmp_path / "set")
    known = plugins.ontology(folder)
    deep = folder / "notes" / "old"
    deep.mkdir(parents=True)
    (deep / "bomb.yaml").write_text(_LAUGHS, encoding="utf-8")
    (folder / "big.csv").write_bytes(b"x" * 1_000_000)
    assert plugins.ontology(folder) is known


def test_a_long_chain_of_layers_is_refused(tmp_path: Path) -> None:
    for number in range(12):
        folder = tmp_path / f"layer{number}"
        folder.mkdir()
        (folder / "ontology.yaml").write_text(f'name: layer{number}\ntitle: L\nversion: "1"\ncodebook: O\nterms: CC0\n'
                                              f"extends: ../layer{number + 1}\n", encoding="utf-8")
    incidents(tmp_path / "layer12")
    with pytest.raises(RuleError, match="more than 8"):
        plugins.ontology(tmp_path / "layer0")


def test_patterns_are_words_and_never_expressions(tmp_path: Path) -> None:
    """What would be a catastrophic regular expression is looked for letter by letter, and found nowhere."""
    folder = starter(tmp_path / "set")
    edit(folder / "lexicon" / "words.yaml", "[petition]", "['(a+)+$', '(.*)*petition', petition]")
    edit(folder / "actors.csv", "EGU", "(x+x+)+y|EGU")
    coder = ec.load(folder)
    text = "Villagers submitted a petition to the mayor of Cusco. " + "a" * 5_000 + "! " + "x" * 5_000
    began = time.process_time()
    assert [record.kind for record in coder.code(text)] == ["010"]  # type: ignore[attr-defined]
    assert time.process_time() - began < 4 * SECONDS


def test_many_rules_on_one_action_stay_fast(tmp_path: Path) -> None:
    folder = incidents(tmp_path / "set")
    rule = ("- id: incident-log/r{0}\n  title: T\n  when: {{action: protest, weapon: none, source: student}}\n"
            "  codes: {{incident: '040'}}\n  codebook: S\n  over: [{1}]\n  examples: [text: A.]\n"
            "  counterexamples: [text: B.]\n")
    chain = ["incident-log/demonstration", *(f"incident-log/r{n}" for n in range(3_000))]
    (folder / "rules" / "many.yaml").write_text(
        "rules:\n" + "".join(rule.format(n, chain[n]) for n in range(3_000)), encoding="utf-8")
    began = time.process_time()
    [record] = ec.load(folder).code("Hundreds of students marched through Dakar on Monday.")
    assert "incident-log/r2999" in record.provenance["incident"].rules
    assert time.process_time() - began < 30


@pytest.mark.parametrize("kind", list(HOSTILE))
def test_the_linter_and_the_loader_survive_a_hostile_file(kind: str, tmp_path: Path) -> None:
    folder = incidents(tmp_path / "set")
    (folder / "rules" / "more.yaml").write_text(HOSTILE[kind][0], encoding="utf-8")
    assert any(finding.level == "error" for finding in lint(folder))
    with pytest.raises(EventcodeError):
        plugins.ontology(folder)
