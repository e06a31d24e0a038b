"""Five thousand raw articles with broken ones among them: each is read or rejected, once."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from raw_corpus import day, make

import eventcode as ec

SIZE = 5000


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> tuple[ec.Articles, set[int]]:
    folder = tmp_path_factory.mktemp("corpus")
    broken = make(folder, SIZE)
    return ec.read_articles(folder), broken


def number(text: str) -> int:
    found = re.search(r"report no\. (\d+)", " ".join(text.split()))
    assert found, text[:200]
    return int(found[1])


def test_every_article_is_read_or_rejected(corpus: tuple[ec.Articles, set[int]]) -> None:
    articles, broken = corpus
    read = Counter(number(article.text) for article in articles)
    assert set(read.values()) == {1}
    assert set(read) == set(range(SIZE)) - broken
    report = articles.report
    assert (report.found, report.read, report.failed) == (SIZE, SIZE - len(broken), len(broken))
    assert len(articles.rejects) == len(broken) > 150
    assert sum(report.reasons.values()) == len(broken)


def test_days_of_publication_are_those_of_the_articles(corpus: tuple[ec.Articles, set[int]]) -> None:
    dated = [article for article in corpus[0] if not str(article.id).startswith("texts/")]  # a text file has no day
    wrong = [article.id for article in dated if str(article.published) != day(number(article.text))]
    assert wrong == []


def test_ids_tell_articles_apart(corpus: tuple[ec.Articles, set[int]]) -> None:
    assert max(Counter(article.id for article in corpus[0]).values()) == 1
    assert "id-repeated" not in corpus[0].report.flags
