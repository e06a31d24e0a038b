"""Numbers in place of values: rows that agree in some columns, found without a loop over the rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd


def numbered(cells: pd.Series[Any], meaning: Callable[[Any, int], Any]) -> np.ndarray:
    """A number for each cell, the same where the meaning is the same; -1 where `meaning` gives None.

    meaning: what a cell stands for (hashable), from its value and the first row that holds it. It is asked once for
    each different value, or for each row where the cells are lists.
    """
    import numpy as np
    import pandas as pd

    try:
        codes, distinct = pd.factorize(cells, use_na_sentinel=False)
        values = list(distinct)
    except TypeError:  # lists cannot be hashed
        codes, values = np.arange(len(cells)), cells.tolist()
    first = first_rows(codes)
    rows = np.flatnonzero(first == np.arange(len(codes)))
    known: dict[Any, int] = {}
    found = np.empty(len(values), dtype="int64")
    for row, number, value in zip(rows.tolist(), codes[rows].tolist(), values, strict=True):
        told = meaning(value, row)
        found[number] = -1 if told is None else known.setdefault(told, len(known))
    return found[codes] if len(codes) else np.empty(0, dtype="int64")


def combined(parts: Sequence[np.ndarray]) -> np.ndarray:
    """One number for each row, from 0 up, the same where all parts are; parts hold numbers from -1 up."""
    import numpy as np
    import pandas as pd

    key = np.zeros(len(parts[0]), dtype="int64")
    for part in parts:
        key = pd.factorize(key * (int(part.max(initial=-1)) + 2) + part + 1)[0]
    return key


def first_rows(numbers: np.ndarray) -> np.ndarray:
    """For each row the first one with its number; numbers from 0 up."""
    import numpy as np

    rows = np.arange(len(numbers))
    first = np.zeros(int(numbers.max(initial=-1)) + 1, dtype="int64")
    first[numbers[::-1]] = rows[::-1]
    found: np.ndarray = first[numbers]
    return found
