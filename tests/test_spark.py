"""Coding on Spark with two workers: the rows of one process."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from cluster_articles import READING, articles, cache_copy, check, opened

import eventcode.spark

sql = pytest.importorskip("pyspark.sql")
pytestmark = [pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java"),
              pytest.mark.filterwarnings("ignore:::pyspark")]  # of its use of pandas 3


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return cache_copy(tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="module")
def spark(cache: Path) -> Iterator[Any]:
    """Two executors in processes of their own, with a cache folder that is told to them alone."""
    tests = str(Path(__file__).parent)
    settings = {"spark.executorEnv.EVENTCODE_CACHE": str(cache), "spark.ui.enabled": "false",
                "spark.executorEnv.PYTHONPATH": os.pathsep.join([tests, *filter(None, sys.path)]),
                "spark.pyspark.python": sys.executable, "spark.sql.session.timeZone": "UTC",
                "spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1",
                "spark.sql.shuffle.partitions": "3", "spark.log.level": "ERROR"}
    builder = sql.SparkSession.builder.master("local-cluster[2,1,1024]").appName("eventcode")
    for name, value in settings.items():
        builder = builder.config(name, value)
    made = builder.getOrCreate()
    yield made
    made.stop()


@pytest.mark.parametrize(("ontology", "parts"), [("acled", 5), ("plover", 3)])
def test_rows_are_those_of_one_process(spark: Any, ontology: str, parts: int) -> None:
    table = spark.createDataFrame(articles()).repartition(parts)
    made = eventcode.spark.code(table, ontology, evidence=True, **READING)
    coded = made.toPandas()
    check(coded, ontology)
    assert [name for name, _ in made.dtypes] == list(coded.columns)


def test_the_schema_is_declared(spark: Any) -> None:
    table = spark.createDataFrame(articles())
    types = dict(eventcode.spark.code(table, "acled", **READING).dtypes)
    assert {name: types[name] for name in ("article_id", "record", "event_date", "fatalities", "latitude")} == {
        "article_id": "string", "record": "bigint", "event_date": "date", "fatalities": "bigint", "latitude": "double"}


def test_days_and_numbers_of_spark(spark: Any) -> None:
    """Days as dates, ids as numbers of which one is missing: 7 must not become 7.0."""
    text = "Rebels attacked a police post near Gao on Monday, killing four officers."
    rows = [(7, text, date(2023, 5, 11)), (None, text, date(2023, 5, 11)), (8, None, None)]
    table = spark.createDataFrame(rows, "id bigint, text string, date date").coalesce(1)
    coded = eventcode.spark.code(table, "acled").orderBy("article_id").collect()
    assert [(row["article_id"], row["result"]) for row in coded] == [
        (None, "rejected"), ("7", "record"), ("8", "rejected")]
    assert coded[1]["event_date"] == date(2023, 5, 8)


def test_workers_open_the_cache_that_they_are_told(spark: Any, cache: Path) -> None:
    def paths(parts: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        for _ in parts:
            yield pd.DataFrame({"path": [opened()]})

    found = {Path(row["path"]).parent for row in spark.range(4, numPartitions=2).mapInPandas(paths, "path string")
             .collect()}
    assert found == {cache}
