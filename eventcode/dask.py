"""Articles in a Dask data frame to records, on the workers of a Dask cluster: `pip install 'eventcode[dask]'`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eventcode.clusters.partition import code_partition, job
from eventcode.dataset.extras import need
from eventcode.errors import InputError

if TYPE_CHECKING:
    import dask.dataframe as dd


def code(df: dd.DataFrame, ontology: str | Path, *, columns: Mapping[str, str] | None = None, evidence: bool = False,
         language: str = "en", analyzer: str | None = None, actors: Sequence[Any] = (), **reading: Any) -> dd.DataFrame:
    """The records of a table of articles, lazily, in its order; articles with a fault are rows of their own.

    df: one article a row, with a text and an id; see `read_articles` for the names that columns may have.
    columns: which of them has which of Article's fields. evidence: add the column of that name.
    ontology, language, analyzer, actors: as for `load`; paths must lead to the same files on every worker.
    reading: `published`, `today`, `date_format` of `read_articles`.

    The rows have the columns article_id, result ("record"; "rejected": could not be read; "failed": could not be
    coded), record (number within its article, from 0), problem, flags (doubts about the article), then the codebook's
    columns, its lists and entities as JSON text. `eventcode.clusters.records`, `evidence` and `rejects` make the tables
    of one process of a result that was computed. The number of parts changes no row.

    Raises InputError where the package is not installed, where a column is missing, and for a frame of another kind;
    what a worker lacks is raised when the result is computed.
    """
    need("dask.dataframe", "dask", "eventcode.dask")
    if not hasattr(df, "map_partitions"):
        raise InputError(f"eventcode.dask needs a Dask data frame, not {type(df).__module__}.{type(df).__name__}: "
                         "dask.dataframe.from_pandas makes one; code_corpus and Coder.pipe need none")
    todo = job([str(name) for name in df.columns], ontology, evidence,
               {"language": language, "analyzer": analyzer, "actors": tuple(actors)}, {"columns": columns, **reading})
    work = partial(code_partition, job=todo)
    return df.map_partitions(work, meta=work(df._meta)).clear_divisions()
