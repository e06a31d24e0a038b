"""A table of articles with faults among them, and what one process makes of it. For the tests of clusters."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pandas as pd
from expectations import coder
from raw_corpus import day, story

import eventcode as ec
from eventcode import clusters
from eventcode.gazetteer import Gazetteer

SIZE = 48
#: How the columns of `articles` are named, and the day after which nothing can have been published.
READING = {"columns": {"text": "words", "published": "printed"}, "today": pd.Timestamp("2026-01-01").date()}
#: Article to the result of it: two cannot be read, one has no name, two cannot be coded.
FAULTS = {"n005": "rejected", "n017": "rejected", None: "rejected", "n023": "failed", "n041": "failed"}


def articles() -> pd.DataFrame:
    """Ids, texts, days (some of them no days), languages: faults at rows 5, 11, 17, 23 and 41."""
    frame = pd.DataFrame({
        "doc_id": [f"n{number:03}" for number in range(SIZE)], "words": [story(number) for number in range(SIZE)],
        "printed": [day(number) if number % 9 else "last week" for number in range(SIZE)], "lang": "en", "views": 3})
    frame.loc[[5, 17], "words"] = [None, "   "]
    frame.loc[11, "doc_id"] = None
    frame.loc[[23, 41], "lang"] = "fr"
    return frame


@cache
def one_process(ontology: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Records and their evidence by `Coder.stream` over the same table."""
    named = articles().dropna(subset=["doc_id"])
    read = ec.read_articles(named, **READING)
    records = [record for _, found, _ in coder(ontology).stream(read) for record in found]
    return ec.to_frame(records, ontology), ec.provenance_frame(records)


def check(coded: pd.DataFrame, ontology: str) -> None:
    """The rows that a cluster gave are those of one process, and every fault is told of."""
    records, evidence = one_process(ontology)
    assert len(records) > 30
    pd.testing.assert_frame_equal(clusters.records(coded, ontology), records)
    pd.testing.assert_frame_equal(clusters.evidence(coded, ontology), evidence)
    told = clusters.rejects(coded)
    assert {name if isinstance(name, str) else None: result
            for name, result in zip(told["article_id"], told["result"], strict=True)} == FAULTS
    assert len(told) == len(FAULTS)
    assert set(coded["article_id"].dropna()) <= set(articles()["doc_id"].dropna())


def cache_copy(folder: Path) -> Path:
    """Another cache folder that has the gazetteer of this machine."""
    known = Gazetteer.open().path
    (folder / known.name).symlink_to(known)
    return folder


def opened(_: object = None) -> str:
    """Where the gazetteer of this process lies."""
    return str(Gazetteer.open().path)
