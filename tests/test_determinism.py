"""The same text gives the same bytes: whatever the batch size, the process count, the run or the hash seed."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import golden_stages
import pytest
from expectations import ONTOLOGIES, coder

import eventcode as ec


@pytest.fixture(scope="module")
def articles() -> list[ec.Article]:
    return [golden_stages.article(name) for name in golden_stages.names()]


def _bytes(results: Iterable[Any]) -> bytes:
    return json.dumps([[json.loads(record.model_dump_json()) for record in records] for records in results]).encode()


@pytest.fixture(scope="module")
def reference(articles: list[ec.Article]) -> dict[str, bytes]:
    return {name: _bytes(coder(name).code(one) for one in articles) for name in ONTOLOGIES}


def test_there_is_something_to_compare(reference: dict[str, bytes]) -> None:
    assert all(len(made) > 200 for made in reference.values())


@pytest.mark.parametrize("ontology", ONTOLOGIES)
def test_the_same_again(ontology: str, articles: list[ec.Article], reference: dict[str, bytes]) -> None:
    assert _bytes(coder(ontology).code(one) for one in articles) == reference[ontology]
    assert _bytes(ec.load(ontology).code(one) for one in reversed(articles)) == _bytes(
        coder(ontology).code(one) for one in reversed(articles))


@pytest.mark.parametrize("ontology", ONTOLOGIES)
@pytest.mark.parametrize("batch_size", [1, 3, 100])
def test_batch_size(ontology: str, batch_size: int, articles: list[ec.Article], reference: dict[str, bytes]) -> None:
    assert _bytes(coder(ontology).pipe(articles, batch_size=batch_size)) == reference[ontology]


def test_process_count(articles: list[ec.Article], reference: dict[str, bytes]) -> None:
    assert _bytes(coder("acled").pipe(articles, n_process=2, batch_size=2)) == reference["acled"]


def test_company_in_the_batch_changes_nothing(articles: list[ec.Article], reference: dict[str, bytes]) -> None:
    """An article is read alike whatever stands before it: nothing is carried over."""
    doubled = [one for pair in zip(articles, reversed(articles), strict=True) for one in pair]
    assert _bytes(list(coder("cameo").pipe(doubled))[::2]) == reference["cameo"]


_CHILD = """
import hashlib, json, sys
sys.path.insert(0, {tests!r})
import golden_stages
print(hashlib.sha256("".join(golden_stages.as_text(golden_stages.stages(golden_stages.article(name)))
      for name in golden_stages.names()).encode()).hexdigest())
"""


def _digest(seed: str) -> str:
    code = _CHILD.format(tests=str(Path(__file__).parent))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=300,
                          env={**os.environ, "PYTHONHASHSEED": seed})
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_hash_seed_and_fresh_processes(articles: list[ec.Article]) -> None:
    """Every stage, not only records: set and dict order must show nowhere."""
    here = hashlib.sha256("".join(golden_stages.as_text(golden_stages.stages(one)) for one in articles).encode())
    assert {_digest("0"), _digest("4242")} == {here.hexdigest()}
