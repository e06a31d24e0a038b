"""Validation: every fault of a table against an ontology's or format's columns, codes and consistency checks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eventcode.dataset.frame import Records, plain, to_frame
from eventcode.dataset.read import read_table
from eventcode.errors import InputError
from eventcode.ontologies.base import Ontology
from eventcode.validation.cells import Cells, of_frame, of_table
from eventcode.validation.formats import FORMATS, spec_of
from eventcode.validation.frames import frame_schema
from eventcode.validation.linter import WHOLE
from eventcode.validation.report import Issue, ValidationReport
from eventcode.validation.run import Run
from eventcode.validation.spec import Spec

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["FORMATS", "Issue", "ValidationReport", "check_row", "frame_schema", "validate"]


def validate(data: pd.DataFrame | str | Path | Records, schema: str | Ontology, *,
             today: date | None = None) -> ValidationReport:
    """Check a table against a schema and find every fault, not the first.

    data: a frame, the path of a .csv, .jsonl, .json or .parquet file, or records. schema: name, folder or ontology, or
    one of the formats "gdelt", "icews", "polecat" and "phoenix". today: the day after which a day lies in the future
    (default: the computer's).

    Found are: missing, unknown and repeated columns, columns out of order (a warning), wrong dtypes (frames of
    ontologies), empty cells where the codebook wants a value, values of the wrong kind or outside the codebook's codes,
    rows of the wrong length, and whatever the schema's own checks find (codes that do not go together, sums, orders).
    Over the whole table: repeated ids, impossible, early and future days, points at 0, 0, outside their country, with
    latitude and longitude exchanged or a sign turned, and code columns that lost their leading zeros.

    Raises InputError where the data cannot be read at all, PluginError or RuleError on an unknown schema.
    """
    import pandas as pd

    spec = spec_of(schema)
    if isinstance(data, (str, Path)):
        made = _of_file(spec, data, today or date.today())
    elif isinstance(data, pd.DataFrame):
        made = _of_frame(spec, data, today or date.today())
    elif spec.ours:
        made = _of_frame(spec, to_frame(data, schema), today or date.today())
    else:
        raise InputError(f"{spec.name} is checked on frames and files: give eventcode.view(records, {spec.name!r})")
    return made.report(WHOLE)


def check_row(row: Mapping[str, Any], spec: Spec, *, today: date | None = None) -> tuple[Issue, ...]:
    """What `validate` finds in a table of this one row of plain values (None where empty), in less time."""
    cells = {name: Cells(column, None, [plain(row.get(name))]) for name, column in spec.columns.items()}
    return Run(spec, list(spec.columns), 1, cells, today or date.today()).report(WHOLE).issues


def _of_file(spec: Spec, path: str | Path, today: date) -> Run:
    table = read_table(path)
    places = {name: table.header.index(name) for name in spec.columns if name in table.header}
    cells = {name: of_table([row[i] for row in table.rows], spec.columns[name], table.untyped)
             for name, i in places.items()}
    return Run(spec, table.header, len(table.rows), cells, today, table.faults)


def _of_frame(spec: Spec, frame: pd.DataFrame, today: date) -> Run:
    header = [str(name) for name in frame.columns]
    places = {name: header.index(name) for name in spec.columns if name in header}
    cells = {name: of_frame(frame.iloc[:, i], spec.columns[name]) for name, i in places.items()}
    return Run(spec, header, len(frame), cells, today, [], {name: frame.iloc[:, i].dtype for name, i in places.items()})
