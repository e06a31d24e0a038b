"""The pandera schema of a table: what can be told of a column by itself, checked over whole columns at once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from eventcode.dataset.columns import Column
from eventcode.ontologies.base import Ontology
from eventcode.validation.formats import spec_of
from eventcode.validation.spec import Constraints, Spec

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    import pandera.pandas as pa


def frame_schema(schema: str | Path | Ontology) -> pa.DataFrameSchema:
    """A pandera schema of an ontology's frame (`to_frame`): dtypes, empty cells, codes, patterns and ranges.

    For use in pipelines that already have pandera (`@pa.check_io`, `pa.DataFrameSchema.validate`). `validate` checks
    the same and more: what holds between columns and rows. Raises PluginError or RuleError on an unknown schema.
    """
    return made_of(spec_of(schema), tuple(spec_of(schema).columns))


def made_of(spec: Spec, names: tuple[str, ...]) -> pa.DataFrameSchema:
    """The pandera schema of some of a spec's columns."""
    import pandera.pandas as pa

    return pa.DataFrameSchema({name: _column(spec.columns[name], spec.constraints.get(name, Constraints()))
                               for name in names}, name=spec.name)


def suspects(spec: Spec, frame: pd.DataFrame) -> dict[str, np.ndarray]:
    """Column to the rows (sorted, from 0) whose cell pandera finds at fault; every column of its spec's dtype."""
    import pandera.pandas as pa

    try:
        made_of(spec, tuple(frame.columns)).validate(frame, lazy=True)
    except pa.errors.SchemaErrors as found:
        cases = found.failure_cases.dropna(subset=["index"])
        return {str(name): part["index"].astype("int64").drop_duplicates().sort_values().to_numpy()
                for name, part in cases.groupby("column", sort=False)}
    return {}


def _column(column: Column, asked: Constraints) -> pa.Column:
    import pandera.pandas as pa

    checks = []
    if column.allowed is not None and column.kind == "text":
        checks.append(pa.Check.isin(sorted(column.allowed)))
    elif asked.allowed:
        checks.append(pa.Check.isin([value for value in asked.allowed if value != ""]))
    if asked.pattern is not None:
        checks.append(pa.Check.str_matches(asked.pattern))
    if asked.minimum is not None:
        checks.append(pa.Check.ge(asked.minimum))
    if asked.maximum is not None:
        checks.append(pa.Check.le(asked.maximum))
    return pa.Column(column.dtype, checks, nullable=not column.required)
