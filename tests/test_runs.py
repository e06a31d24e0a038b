"""Runs over a corpus: nothing lost, nothing doubled, the same bytes however often they were broken off."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import pandas as pd
import pytest
from raw_corpus import make, story
from typer.testing import CliRunner

import eventcode as ec
from eventcode.cli import app
from eventcode.runs.parts import Parts

TABLES = ("records.csv", "evidence.csv", "failed.csv", "rejects.csv", "flags.csv")
SIZE, PART = 240, 25


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int]:
    """A folder of articles in many formats, and how many of them are broken."""
    folder = tmp_path_factory.mktemp("corpus")
    return folder, len(make(folder, SIZE))


@pytest.fixture(scope="module")
def whole(corpus: tuple[Path, int], tmp_path_factory: pytest.TempPathFactory) -> ec.Run:
    """An unbroken run."""
    return ec.code_corpus(corpus[0], "acled", tmp_path_factory.mktemp("whole") / "run", part_size=PART)


def tables(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in TABLES}


def lines(path: Path, size: int) -> Path:
    path.write_text("".join(json.dumps({"id": str(n), "text": story(n), "published": "2023-05-12"}) + "\n"
                            for n in range(size)), encoding="utf-8")
    return path


def test_every_article_is_coded_or_told_of(whole: ec.Run, corpus: tuple[Path, int]) -> None:
    counts = whole.counts
    assert (counts["found"], counts["rejected"]) == (SIZE, corpus[1]) == (SIZE, len(whole.rejects))
    assert counts["read"] + counts["rejected"] == SIZE
    assert len(list(whole.articles())) == counts["read"]
    assert counts["records"] == len(whole.records) > 100
    assert whole.failed.empty


def test_tables_are_those_of_the_records(whole: ec.Run) -> None:
    records = [record for found in ec.load("acled").pipe(whole.articles()) for record in found]
    pd.testing.assert_frame_equal(whole.records, ec.to_frame(records), check_dtype=True)
    evidence = ec.provenance_frame(records)
    pd.testing.assert_frame_equal(whole.evidence, evidence)


def test_two_processes_write_the_same_bytes(whole: ec.Run, corpus: tuple[Path, int], tmp_path: Path) -> None:
    made = ec.code_corpus(corpus[0], "acled", tmp_path / "run", n_process=2, part_size=PART)
    assert tables(made.folder) == tables(whole.folder)


def test_a_killed_run_goes_on_to_the_same_bytes(whole: ec.Run, corpus: tuple[Path, int], tmp_path: Path) -> None:
    """Killed without warning after so many seconds, four times; some of it has to be done by then."""
    script = ("import sys, eventcode as ec\n"
              f"ec.code_corpus(sys.argv[1], 'acled', sys.argv[2], part_size={PART}, resume=len(sys.argv) > 3)\n")
    command = [sys.executable, "-c", script, str(corpus[0]), str(tmp_path / "run")]
    chance = random.Random(7)
    for _ in range(4):
        again = ["resume"] if (tmp_path / "run" / "run.json").exists() else []
        running = subprocess.Popen([*command, *again])
        before = len(list((tmp_path / "run").glob("parts/0*")))
        deadline = time.monotonic() + 60
        while running.poll() is None and time.monotonic() < deadline and \
                len(list((tmp_path / "run").glob("parts/0*"))) == before:
            time.sleep(0.01)
        time.sleep(chance.random() * 0.5)
        running.kill()
        running.wait()
    assert list((tmp_path / "run").glob("parts/0*"))
    made = ec.code_corpus(corpus[0], "acled", tmp_path / "run", part_size=PART, resume=True)
    assert tables(made.folder) == tables(whole.folder)
    assert made.counts == whole.counts


def test_what_a_kill_left_unfinished_is_taken_away(tmp_path: Path) -> None:
    source = lines(tmp_path / "a.jsonl", 12)
    made = ec.code_corpus(source, "cameo", tmp_path / "run", part_size=5)
    left = tmp_path / "run" / "parts" / ".000009.1"
    left.mkdir()
    (left / "records.csv").write_text("half")
    about = json.loads((tmp_path / "run" / "run.json").read_text())
    (tmp_path / "run" / "run.json").write_text(json.dumps(about | {"finished": None}))
    with pytest.raises(ec.InputError, match="broken off"):
        ec.read_run(tmp_path / "run")
    again = ec.code_corpus(source, "cameo", tmp_path / "run", part_size=5, resume=True)
    assert not left.exists()
    pd.testing.assert_frame_equal(again.records, made.records)


def test_a_run_cannot_go_on_with_other_things(tmp_path: Path) -> None:
    source, other = lines(tmp_path / "a.jsonl", 12), lines(tmp_path / "b.jsonl", 12)
    other.write_text(other.read_text().replace("Gao", "Kidal"))
    ec.code_corpus(source, "cameo", tmp_path / "run", part_size=5)
    with pytest.raises(ec.InputError, match="holds a run already"):
        ec.code_corpus(source, "cameo", tmp_path / "run", part_size=5)
    with pytest.raises(ec.InputError, match="part 0 of the run was made of other articles"):
        ec.code_corpus(other, "cameo", tmp_path / "run", part_size=5, resume=True)
    with pytest.raises(ec.InputError, match="begun with ontology cameo, now acled"):
        ec.code_corpus(source, "acled", tmp_path / "run", part_size=5, resume=True)
    with pytest.raises(ec.InputError, match="must be empty"):
        ec.code_corpus(source, "acled", tmp_path)
    with pytest.raises(ec.InputError, match=r"no run here"):
        ec.read_run(tmp_path)
    (tmp_path / "run" / "parts" / "000001").rename(tmp_path / "gone")
    with pytest.raises(ec.InputError, match="a part is missing"):
        Parts(tmp_path / "run").done()


def test_an_article_that_fails_is_listed_and_costs_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    coder = ec.load("cameo")
    coding = coder._coding

    def failing(read: object) -> object:
        if "no. 3." in read.document.article.text:  # type: ignore[attr-defined]
            raise ZeroDivisionError("of its own")
        return coding(read)  # type: ignore[arg-type]

    monkeypatch.setattr(coder, "_coding", failing)
    made = ec.code_corpus(lines(tmp_path / "a.jsonl", 6), coder, tmp_path / "run")
    assert made.failed["article_id"].tolist() == ["3"]
    assert "ZeroDivisionError: of its own" in made.failed["reason"][0]
    assert made.counts["failed"] == 1
    assert len(made.records) > 2


def test_half_a_surrogate_pair_stops_no_run(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": "Rebels \ud800 shelled Goma on Monday.", "id": "a"}) + "\n")
    made = ec.code_corpus(tmp_path / "a.jsonl", "cameo", tmp_path / "run")
    assert made.counts["read"] + made.counts["rejected"] == 1
    assert [article.id for article in made.articles()] == ["a"] * made.counts["read"]
    assert len(made.evidence["text"]) == len(made.evidence)


def test_no_article_gives_empty_tables(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": ""}\n')
    made = ec.code_corpus(tmp_path / "a.jsonl", "plover", tmp_path / "run")
    assert made.counts == {"found": 1, "read": 0, "rejected": 1, "failed": 0, "records": 0}
    assert list(made.records.columns) == list(ec.to_frame([], "plover").columns)
    assert len(made.rejects) == 1


def test_what_a_paper_says_of_a_run(whole: ec.Run) -> None:
    told = ec.methods(whole)
    assert f"{whole.counts['read']} news articles" in told
    assert f"{whole.counts['records']} event records" in told
    assert f"{whole.counts['rejected']} could not be read" in told
    for name, version in whole.about["versions"].items():
        assert version in told, name
        assert version in ec.cite(whole)
    assert ec.cite(whole).startswith("@software{eventcode,")


def test_the_command_makes_and_resumes_a_run(tmp_path: Path) -> None:
    source = lines(tmp_path / "a.jsonl", 8)
    arguments = ["code", str(source), "-O", "cameo", "--run", str(tmp_path / "run")]
    first = CliRunner().invoke(app, arguments)
    assert (first.exit_code, first.stdout.splitlines()[0]) == (0, "8 articles found: 8 read, 0 rejected, 0 failed")
    assert "8 articles, " in first.stderr
    assert CliRunner().invoke(app, arguments).exit_code == 2
    again = CliRunner().invoke(app, [*arguments, "--resume"])
    assert (again.exit_code, again.stdout) == (0, first.stdout)
    assert "leave -o" in CliRunner().invoke(app, [*arguments, "-o", "x.csv"]).stderr
    assert CliRunner().invoke(app, ["code", str(source), "-O", "cameo", "--resume"]).exit_code == 2


def test_columns_and_formats_are_named_at_the_command_line(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(json.dumps({"corps": story(1), "published": "2023-05-12"}) + "\n", encoding="utf-8")
    done = CliRunner().invoke(app, ["code", str(path), "-O", "acled", "--read-as", "jsonl", "--column", "text=corps",
                                    "-f", "csv"])
    assert done.exit_code == 0, done.stderr
    assert "Protests" in done.stdout
    wrong = CliRunner().invoke(app, ["code", str(path), "-O", "acled", "--column", "text"])
    assert (wrong.exit_code, "write FIELD=NAME" in wrong.stderr) == (2, True)


def test_a_missing_model_stops_a_run_instead_of_failing_every_article() -> None:
    class Without:
        """An analyzer whose model is not installed."""

        name, version = "none", "0"

        def is_word(self, word: str) -> bool:
            return True

        def tokenize(self, text: str, start: int) -> list[Any]:
            raise ec.ModelError("no English model")

        def parse(self, sentences: Sequence[Any], batch_size: int = 1) -> list[Any]:
            raise ec.ModelError("no English model")

    coder = ec.load("acled", analyzer=cast("Any", Without()))
    articles = ["Police arrested two men in Nairobi on Monday.", "Rebels shelled Goma on Monday."]
    with pytest.raises(ec.ModelError, match="no English model"):
        list(coder.pipe(articles))
