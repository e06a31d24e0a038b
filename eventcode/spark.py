"""Articles in a Spark data frame to records, on the executors of a Spark cluster: `pip install 'eventcode[spark]'`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eventcode.clusters.partition import code_partition, job, kinds_of
from eventcode.dataset.extras import need
from eventcode.errors import InputError

if TYPE_CHECKING:
    import pandas as pd
    from pyspark.sql import DataFrame

_TYPES = {"text": "string", "integer": "bigint", "number": "double", "boolean": "boolean", "date": "date"}


def code(df: DataFrame, ontology: str | Path, *, columns: Mapping[str, str] | None = None, evidence: bool = False,
         language: str = "en", analyzer: str | None = None, actors: Sequence[Any] = (), **reading: Any) -> DataFrame:
    """The records of a table of articles, lazily; articles with a fault are rows of their own.

    Takes and gives what `eventcode.dask.code` takes and gives, but Spark's frames, and rows in any order: the columns
    article_id and record tell it. Declared types: text and JSON text are string, integers bigint, numbers double, days
    date.

    Raises InputError where the package is not installed, where a column is missing, and for a frame of another kind;
    what an executor lacks is raised when the result is computed.
    """
    need("pyspark.sql", "spark", "eventcode.spark")
    if not hasattr(df, "mapInPandas"):
        raise InputError(f"eventcode.spark needs a Spark data frame, not {type(df).__module__}.{type(df).__name__}: "
                         "spark.createDataFrame makes one; code_corpus and Coder.pipe need none")
    todo = job(df.columns, ontology, evidence,
               {"language": language, "analyzer": analyzer, "actors": tuple(actors)}, {"columns": columns, **reading})

    def work(parts: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        for part in parts:
            yield code_partition(part, todo)

    # A part in which ids are missing would have numbers as 7.0.
    table = df.withColumn(todo.id_column, df[f"`{todo.id_column}`"].cast("string"))
    return table.mapInPandas(work, ", ".join(f"`{name}` {_TYPES[kind]}" for name, kind in kinds_of(todo).items()))
