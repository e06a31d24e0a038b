"""The gate loses nothing: parsing every sentence gives the same records as parsing those that it lets through."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import eventcode as ec
from eventcode.languages.en import language
from eventcode.mentions.actions import ActionFinder
from eventcode.mentions.prospects import Prospects
from eventcode.records import Record

HERE = Path(__file__).parent
BENCH = HERE.parents[1] / "shared" / "bench" / "data"


def codes(texts: list[str]) -> list[list[Record]]:
    coder = ec.load("cameo")
    return [records for records, _ in coder.code_batch([ec.Article(text=text, published="2024-05-15")
                                                        for text in texts])]


def same_with_and_without(texts: list[str], monkeypatch: pytest.MonkeyPatch) -> int:
    """How many records; an AssertionError where a text's differ."""
    gated = codes(texts)
    monkeypatch.setattr(ActionFinder, "is_candidate", lambda finder, sentence: True)
    monkeypatch.setattr(Prospects, "any_worded", lambda prospects, document, actions: True)
    for text, one, two in zip(texts, gated, codes(texts), strict=True):
        assert one == two, text
    return sum(map(len, gated))


def test_golden_articles_and_quiet_text(monkeypatch: pytest.MonkeyPatch) -> None:
    paths = [*sorted((HERE / "golden").glob("*/article.txt")), *sorted((HERE / "quiet").glob("*.txt"))]
    assert same_with_and_without([path.read_text(encoding="utf-8") for path in paths], monkeypatch) > 10


def test_examples_of_the_lexicon(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [example.text for entry in language.entries for example in (*entry.examples, *entry.counterexamples)]
    paragraphs = ["\n\n".join(texts[n:n + 40]) for n in range(0, len(texts), 40)]
    assert same_with_and_without(paragraphs, monkeypatch) > 100


@pytest.mark.skipif(not BENCH.exists(), reason="the shared development data are not here")
def test_development_articles(monkeypatch: pytest.MonkeyPatch) -> None:
    with (BENCH / "muc4_speed.jsonl").open(encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line, _ in zip(lines, range(60), strict=False)]
    assert same_with_and_without(texts, monkeypatch) > 50
