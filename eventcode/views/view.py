"""A view: the same records in the columns of another format."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from eventcode.dataset.frame import Records, flat
from eventcode.errors import InputError
from eventcode.ontologies.cameo.record import CameoRecord
from eventcode.ontologies.plover.record import PloverRecord
from eventcode.records import Record
from eventcode.views.columns import frame
from eventcode.views.gdelt import gdelt_rows, mention_rows
from eventcode.views.icews import icews_rows
from eventcode.views.polecat import polecat_rows
from eventcode.views.stories import Articles, Events, Stories

if TYPE_CHECKING:
    import pandas as pd


class Format(NamedTuple):
    """A format: the records it is made of, and how."""

    record: type[Record]
    rows: Callable[..., Iterator[dict[str, Any]]]


FORMATS = {"polecat": Format(PloverRecord, polecat_rows), "gdelt": Format(CameoRecord, gdelt_rows),
           "gdelt-mentions": Format(CameoRecord, mention_rows), "icews": Format(CameoRecord, icews_rows)}


def view(records: Records, name: Literal["polecat", "gdelt", "gdelt-mentions", "icews"], *,
         articles: Articles | None = None, events: Events | None = None) -> pd.DataFrame:
    """The records in another format's columns, in its order.

    name: "polecat" (of PLOVER records); "gdelt", "gdelt-mentions" or "icews" (of CAMEO records).
    records: records of that one ontology, or lists of them, as `coder.pipe` gives them. GDELT 2's event table and ICEWS
    have one row per record, GDELT's table of mentions one per record and reporting sentence (one per record without
    `events`). POLECAT has one per event, actor and recipient, so a compound record makes several.
    articles: the articles they were coded from (a mapping of id to Article, or Articles with ids): outlet, url,
    sentence number, lead. events: article id to its `coder.events`: kind and province of the place, canonical names of
    actors, number of reporting sentences. What neither the record nor these hold stays empty; nothing is made up.

    The dtypes depend on the format alone: text (codes too) is `str` (pandas 2: `string`), integers are `Int64`,
    numbers `Float64`, days `datetime64[s]`; without records there are no rows. `views.columns.view_columns` says
    where each column comes from, or why it is always empty.

    Raises InputError on another format, on records of another ontology than the format's, on an article that is not
    the text that a record was coded from, and on events that lack a record's own.
    """
    known = FORMATS.get(name)
    if known is None:
        raise InputError(f"there is no view {name!r}; known are {', '.join(FORMATS)}")
    rows = [_checked(record, name, known.record) for record in flat(records)]
    stories = Stories.made(articles, events)
    beside = [stories.of(record, number) for number, record in enumerate(rows)]
    return frame(name, list(known.rows(rows, beside)))


def _checked(record: Record, name: str, needed: type[Record]) -> Record:
    if not isinstance(record, needed):
        ontology = needed.ontology
        raise InputError(f"a {name} view is made of {ontology} records, not of {record.ontology or 'other'} ones: "
                         f"code the articles with eventcode.load({ontology!r})")
    return record
