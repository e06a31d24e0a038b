"""Coding on a Dask cluster of two processes: the rows of one process."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from cluster_articles import READING, articles, cache_copy, check, opened

import eventcode.dask

dd = pytest.importorskip("dask.dataframe")
distributed = pytest.importorskip("distributed")


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return cache_copy(tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="module")
def client(cache: Path) -> Iterator[Any]:
    """A cluster of two processes, with two threads each, and a cache folder of their own."""
    tests = str(Path(__file__).parent)
    here = {"EVENTCODE_CACHE": str(cache), "PYTHONPATH": os.pathsep.join([tests, os.environ.get("PYTHONPATH", "")])}
    with distributed.LocalCluster(n_workers=2, threads_per_worker=2, processes=True, dashboard_address=None,
                                  env=here) as cluster, distributed.Client(cluster) as made:
        yield made


@pytest.mark.parametrize(("ontology", "parts"), [("acled", 1), ("acled", 5), ("plover", 3)])
def test_rows_are_those_of_one_process(client: Any, ontology: str, parts: int) -> None:
    table = dd.from_pandas(articles(), npartitions=parts)
    made = eventcode.dask.code(table, ontology, evidence=True, **READING)
    coded = made.compute()
    check(coded, ontology)
    assert dict(made.dtypes) == dict(coded.dtypes)
    assert coded["article_id"].dropna().is_monotonic_increasing  # the table's order


def test_parts_without_rows_are_no_fault(client: Any) -> None:
    table = dd.from_pandas(articles(), npartitions=4)
    coded = eventcode.dask.code(table[table["doc_id"] < "n003"], "acled", **READING).compute()
    assert set(coded["article_id"]) <= {"n000", "n001", "n002"}


def test_actor_tables_reach_the_workers(client: Any) -> None:
    actors = pd.DataFrame({"id": ["own/zorvan"], "name": ["Zorvan Brigade"], "aliases": [""], "country": ["MLI"],
                           "sector": ["REB"], "traits": ["armed|organized|rebel"], "start": [""], "end": [""],
                           "note": [""]})
    known = pd.DataFrame({"id": ["z1"], "text": ["The Zorvan Brigade attacked a police post near Gao, killing four."]})
    coded = eventcode.dask.code(dd.from_pandas(known, npartitions=1), "acled", actors=[actors]).compute()
    assert coded["actor1"].tolist() == ["Zorvan Brigade"]


def test_workers_open_the_cache_that_they_are_told(client: Any, cache: Path) -> None:
    assert {Path(path).parent for path in client.run(opened).values()} == {cache}
