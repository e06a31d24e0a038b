"""The one-a-day filter of the field: of the same source, target and event on one day, one row stands for all."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from eventcode.dataset.frame import Records, flat, plain, to_frame
from eventcode.dataset.keys import combined, first_rows, numbered
from eventcode.errors import InputError
from eventcode.ontologies.base import Ontology

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    Data = pd.DataFrame | Records

#: The two columns that are added, and the dtype of each.
MARKS = {"one_a_day": "boolean", "one_a_day_row": "Int64"}


class Key(NamedTuple):
    """The columns of a format that make the key. A side may take several columns; `or_name` stands in for them.

    `root` is the column of the root code, None where the event has no levels, "" where it is the code's first two
    digits. `nested`: the sides are lists of entities.
    """

    date: str
    source: tuple[str, ...]
    target: tuple[str, ...]
    event: str
    root: str | None = None
    or_name: tuple[str, str] | None = None
    nested: bool = False


KEYS = {
    "cameo": Key("date", ("source",), ("target",), "code", root="root"),
    "plover": Key("date", ("actor",), ("recipient",), "event", nested=True),
    "gdelt": Key("SQLDATE", ("Actor1Code",), ("Actor2Code",), "EventCode", root="EventRootCode"),
    "icews": Key("Event Date", ("Source Name",), ("Target Name",), "CAMEO Code", root=""),
    "polecat": Key("Event Date", ("Actor Country", "Actor Sectors"), ("Recipient Country", "Recipient Sectors"),
                   "Event Type", or_name=("Actor Name", "Recipient Name")),
}


def one_a_day(data: Data, ontology: str | Ontology | None = None, *,
              level: Literal["code", "root"] = "code") -> pd.DataFrame:
    """Mark, of the rows with the same day, source, target and event, the first; no row is ever dropped.

    data: a frame (of `to_frame`, `view`, or read back from a file), or records of CAMEO or PLOVER.
    ontology: "cameo", "plover", or the view's "gdelt", "icews" or "polecat"; needed for a frame.
    level: "code" compares full CAMEO codes, "root" only their first two digits.

    The field's definition (KEDS and CAMEO: one record per day, source code, target code and event code): what is
    reported again the same day is taken for the same event, whatever the outlet and the place. A PLOVER side is the
    set of its entities, each by code and sector, as in a CAMEO actor code; by its name only where it has neither. An
    ICEWS side is its name. A row without day, source, target or event is a repeat of no other.

    Returns a copy with two more columns: `one_a_day` (boolean: True for the row that stands, False for a repeat) and
    `one_a_day_row` (Int64: the row that stands for it, counted from 0 as `iloc` does; its own number where it stands).
    Keep one a day with `frame[frame["one_a_day"]]`. Columns of these names are replaced.

    Raises InputError on another ontology, on a missing column, on a day or list that cannot be read, and for the roots
    of codes that are no longer text.
    """
    import pandas as pd

    name, frame = _read(data, ontology)
    rows = _stands(_keys(frame, name, level))
    marks: dict[str, Any] = {"one_a_day": rows == range(len(rows)), "one_a_day_row": rows}
    return frame.assign(**{column: pd.Series(marks[column], dtype=dtype, index=frame.index)
                           for column, dtype in MARKS.items()})


def _stands(parts: list[np.ndarray]) -> np.ndarray:
    """For each row the first with the same key; itself where a part of the key is missing (-1)."""
    import numpy as np

    whole = np.all([part >= 0 for part in parts], axis=0)
    return np.where(whole, first_rows(combined([*parts, whole])), np.arange(len(whole)))


def _read(data: Data, ontology: str | Ontology | None) -> tuple[str, pd.DataFrame]:
    """The name of the key to use, and the rows as a frame."""
    import pandas as pd

    name = ontology.name if isinstance(ontology, Ontology) else ontology
    if isinstance(data, pd.DataFrame):
        if name is None:
            raise InputError(f"one_a_day needs to know what the frame holds: ontology is one of {', '.join(KEYS)}")
        return _known(name), data
    records = list(data)
    name = name or _maker(records)
    if _known(name) not in ("cameo", "plover"):
        raise InputError(f"one_a_day of {name} needs its frame: give eventcode.view(records, {name!r})")
    return name, to_frame(records, name)


def _maker(records: list[Any]) -> str:
    first = next(flat(records), None)
    if first is None:
        raise InputError("one_a_day of no records needs to know their ontology: cameo or plover")
    return first.ontology


def _known(name: str) -> str:
    if name not in KEYS:
        raise InputError(f"one_a_day is not defined for {name!r}: it needs a source, a target and an event of one day; "
                         f"known are {', '.join(KEYS)}")
    return name


def _keys(frame: pd.DataFrame, name: str, level: str) -> list[np.ndarray]:
    """Each part of the key as numbers, one a row; -1 where it is missing."""
    key = KEYS[name]
    if level not in ("code", "root") or (level == "root" and key.root is None):
        levels = "code" if key.root is None else "code, root"
        raise InputError(f"one_a_day: level {level!r} is not one of {name}: {levels}")
    days = numbered(_cells(frame, key.date, name), lambda cell, row: _day(plain(cell), f"row {row}: {key.date}"))
    sides = [_sides(frame, columns, other, key.nested, name)
             for columns, other in zip((key.source, key.target), key.or_name or ("", ""), strict=True)]
    return [days, *sides, _events(frame, key, name, level)]


def _cells(frame: pd.DataFrame, column: str, name: str) -> pd.Series[Any]:
    places = [i for i, found in enumerate(frame.columns) if found == column]
    if len(places) != 1:
        fault = "there is no column" if not places else "there are several columns"
        raise InputError(f"one_a_day of {name}: {fault} {column!r}")
    return frame.iloc[:, places[0]]


def _events(frame: pd.DataFrame, key: Key, name: str, level: str) -> np.ndarray:
    column = key.root if level == "root" and key.root else key.event
    cells = _cells(frame, column, name)
    if level == "root" and key.root == "":
        return numbered(cells, lambda cell, row: _root(plain(cell), f"one_a_day of {name}: {column!r}"))
    if key.nested:
        return numbered(cells, lambda cell, row: _in_order([str(code) for code in _list(plain(cell),
                                                                                        f"row {row}: {column}")]))
    return numbered(cells, lambda cell, row: plain(cell))


def _root(cell: Any, where: str) -> str | None:
    if cell is not None and not isinstance(cell, str):
        raise InputError(f"{where} holds numbers, whose roots are lost (010 is not 10): read the codes as text")
    return cell and cell[:2]


def _sides(frame: pd.DataFrame, columns: tuple[str, ...], or_name: str, nested: bool, name: str) -> np.ndarray:
    """The actor of each row on one side, as a number; -1 where nothing is known of it."""
    import numpy as np

    cells = [_cells(frame, column, name) for column in columns]
    if nested:
        return numbered(cells[0], lambda cell, row: _entities(_list(plain(cell), f"row {row}: {columns[0]}")))
    parts = [numbered(part, lambda cell, row: plain(cell)) for part in cells]
    known = np.any([part >= 0 for part in parts], axis=0)
    side = np.where(known, combined(parts), -1)
    if not or_name:
        return side
    named = numbered(_cells(frame, or_name, name), lambda cell, row: _folded(plain(cell)))
    return np.where(known | (named < 0), side, named + side.max(initial=-1) + 1)


def _day(cell: Any, where: str) -> str | None:
    """A day as ISO text, from a date, ISO text with or without a time, or YYYYMMDD."""
    if cell is None:
        return None
    if isinstance(cell, (date, datetime)):
        return cell.isoformat()[:10]
    text = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
    try:
        return datetime.fromisoformat(text.strip()).date().isoformat()
    except ValueError:
        raise InputError(f"{where}: {cell!r} is no day: give a date, 2018-08-01 or 20180801") from None


def _list(cell: Any, where: str) -> list[Any]:
    """A list from itself or from its JSON text, as `write` leaves it in CSV and Parquet."""
    if isinstance(cell, str):
        try:
            cell = json.loads(cell)
        except ValueError:
            raise InputError(f"{where}: {cell!r} is not the JSON text of a list") from None
    if cell is not None and not isinstance(cell, (list, tuple)):
        raise InputError(f"{where}: expected a list, got {type(cell).__name__}")
    return list(cell or ())


def _entities(entities: list[Any]) -> tuple[Any, ...] | None:
    """The entities of a side, each once and in order of code; None where one of them is nobody that is known."""
    found = [_entity(entity) for entity in entities if isinstance(entity, dict)]
    return None if None in found or len(found) < len(entities) else _in_order(found)


def _entity(entity: dict[str, Any]) -> tuple[str, ...] | None:
    code, sector = entity.get("code"), entity.get("sector")
    if code or sector:
        return code or "", sector or ""
    name = _folded(entity.get("identifier_text"))
    return name and ("", "", *name)


def _folded(name: Any) -> tuple[str] | None:
    return (str(name).casefold(),) if name else None


def _in_order(parts: list[Any]) -> tuple[Any, ...] | None:
    return tuple(sorted(set(parts))) or None
