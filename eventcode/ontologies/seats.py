"""The seat of a province: codebooks that need a point take it where a text names only the province."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol


class Town(Protocol):
    """What the gazetteer tells of a town."""

    @property
    def name(self) -> str: ...
    @property
    def latitude(self) -> float | None: ...
    @property
    def longitude(self) -> float | None: ...


#: Country (ISO alpha-3) and first-order unit to the unit's seat.
Seat = Callable[[str, str], Town | None]
