"""What every writer is given beside the frame, and how cells are prepared for files that know no lists."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from eventcode import __version__
from eventcode.dataset.columns import text_dtype
from eventcode.dataset.frame import as_text, plain

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Writing:
    """How a frame is written: what is told of it in the file, and the options of `write`."""

    metadata: Mapping[str, Any] = field(default_factory=dict)
    bom: bool = False
    hxl: bool = False

    @property
    def schema(self) -> str | None:
        """Whose columns these are, where it is known."""
        told = self.metadata.get("schema")
        return told if isinstance(told, str) else None

    @property
    def told(self) -> str:
        """The metadata as JSON, always the same for the same."""
        return json.dumps(self.metadata, ensure_ascii=False, sort_keys=True, default=str)


def metadata_of(frame: pd.DataFrame, more: Mapping[str, Any] | None) -> dict[str, Any]:
    """What is known of a frame: the library's version, what `to_frame` or `read_records` noted, and the caller's."""
    noted = {key: value for key, value in frame.attrs.get("eventcode", {}).items() if key != "faults"}
    return {"eventcode": __version__, **noted, **(more or {})}


def flat(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with lists and entities as JSON text, for files that cannot hold them."""
    import pandas as pd

    made = frame.copy()
    for name in frame.columns:
        if frame[name].dtype == object:
            cells = map(plain, frame[name].tolist())
            made[name] = pd.Series([None if cell is None else as_text(cell) for cell in cells], dtype=text_dtype(),
                                   index=frame.index)
    return made


def is_day(frame: pd.DataFrame, name: str) -> bool:
    """Does this column hold days (or times)?"""
    import pandas as pd

    return pd.api.types.is_datetime64_any_dtype(frame[name].dtype)


def scalar(value: Any) -> Any:
    """A plain value as text, number or truth; days as ISO 8601, lists and entities as JSON."""
    if isinstance(value, (str, int, float)) or value is None:
        return value
    return value.isoformat() if isinstance(value, date) else as_text(value)
