"""The lexicon in the cache folder: the same entries, whatever is wrong with the cache."""

from __future__ import annotations

from pathlib import Path

import pytest

from eventcode.languages.en import English, language
from eventcode.languages.stored import stored_entries
from eventcode.lexicon import Entry, Example
from eventcode.rules import read_items


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("EVENTCODE_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def entry(word: str) -> Entry:
    example = (Example(text=f"Rebels {word}ed a convoy."),)
    return Entry(id=f"en/{word}", action="attack", verb=(word,), examples=example, counterexamples=example)


def test_entries_from_the_cache_are_those_of_the_files(cache: Path) -> None:
    files = sorted((language.folder / "actions").glob("*.yaml"))
    ids = {item.id for path in files for item in read_items(path, Entry, "entries")}
    first, second = English().entries, English().entries
    assert first == second == language.entries
    assert {item.id for item in first} == ids
    assert len(list(cache.iterdir())) == 1


def test_the_cache_follows_the_files_and_keeps_one(cache: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    read: list[str] = []

    def entries(word: str) -> tuple[Entry, ...]:
        def make() -> tuple[Entry, ...]:
            read.append(word)
            return (entry(word),)

        file.write_text(word)
        return stored_entries("xx", [file], make)

    assert [entries(word)[0].verb for word in ("raid", "raid", "shell", "shell")] == [
        ("raid",), ("raid",), ("shell",), ("shell",)]
    assert read == ["raid", "shell"]
    assert len(list(cache.iterdir())) == 1


@pytest.mark.parametrize("content", [b"", b"[{", b'[{"id": 3}]', b"\xff\xfe"])
def test_a_broken_cache_costs_time_only(cache: Path, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.yaml").write_text("x")
    made = (entry("raid"),)
    assert stored_entries("xx", [tmp_path / "a.yaml"], lambda: made) == made
    (kept,) = cache.iterdir()
    kept.write_bytes(content)
    assert stored_entries("xx", [tmp_path / "a.yaml"], lambda: made) == made
    assert kept.read_bytes() != content


def test_a_cache_that_cannot_be_written_does_no_harm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.yaml").write_text("x")
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("EVENTCODE_CACHE", str(tmp_path / "file"))
    assert stored_entries("xx", [tmp_path / "a.yaml"], lambda: (entry("raid"),)) == (entry("raid"),)
