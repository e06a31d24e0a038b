"""What a cluster gave, as the tables that one process makes: records, their evidence, and the articles with a fault."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from eventcode.clusters.partition import EVIDENCE, FAILED, KEYS, RECORD, REJECTED
from eventcode.dataset.articles.report import table
from eventcode.dataset.columns import columns, resolve
from eventcode.dataset.frame import PROVENANCE, plain_cells, series
from eventcode.dataset.read import of_kind
from eventcode.errors import InputError
from eventcode.ontologies.base import Ontology

if TYPE_CHECKING:
    import pandas as pd


def records(coded: pd.DataFrame, ontology: str | Path | Ontology) -> pd.DataFrame:
    """The records of a collected result, with the columns and dtypes of `to_frame`, in order of article id and number.

    coded: the frame of `eventcode.dask.code(...).compute()` or `eventcode.spark.code(...).toPandas()`, or a part of it.
    Raises InputError on a frame that is none of these.
    """
    import pandas as pd

    rows, made_by = _sorted(coded, (RECORD,)), resolve(ontology)
    known = columns(made_by)
    missing = [name for name in known if name not in rows.columns]
    if missing:
        raise InputError(f"these rows are not of {made_by.name}: they have no {', '.join(missing)}")
    made = pd.DataFrame({
        name: series([of_kind(cell, column, untyped=False) for cell in _cells(rows, name)], column)
        for name, column in known.items()})
    made.attrs["eventcode"] = {"schema": made_by.name}
    return made


def evidence(coded: pd.DataFrame, ontology: str | Path | Ontology) -> pd.DataFrame:
    """The rows of `provenance_frame` for `records` of the same result. Raises InputError where it was coded without
    `evidence=True`."""
    if EVIDENCE not in coded.columns:
        raise InputError("these rows were coded without evidence=True")
    rows = _sorted(coded, (RECORD,))
    told, name = zip(_cells(rows, "article_id"), _cells(rows, EVIDENCE), strict=True), resolve(ontology).name
    return table([(number, article_id, name, *(line[column] for column in list(PROVENANCE)[3:]))
                  for number, (article_id, lines) in enumerate(told) for line in json.loads(str(lines))],
                 list(PROVENANCE), integers=("record", "start", "end"))


def rejects(coded: pd.DataFrame) -> pd.DataFrame:
    """The articles that could not be read or coded, in order of id: article_id, result, problem."""
    rows = _sorted(coded, (REJECTED, FAILED))
    return rows[["article_id", "result", "problem"]]


def _sorted(coded: pd.DataFrame, kinds: tuple[str, ...]) -> pd.DataFrame:
    missing = [name for name in KEYS if name not in coded.columns]
    if missing:
        raise InputError(f"not what eventcode.dask.code or eventcode.spark.code give: there is no {', '.join(missing)}")
    rows = coded[coded["result"].isin(kinds)]
    return rows.sort_values(["article_id", "record", "problem"], kind="stable", ignore_index=True)


def _cells(frame: pd.DataFrame, name: str) -> list[object]:
    return plain_cells(frame, list(frame.columns).index(name))
