"""What a conversion tells of each row: every distinction that went, and every value that is a guess."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal, NamedTuple, TypeVar

from eventcode.records import is_filled

#: `merged distinction`: other values of the source land on the same target, `note` names them; `wider target`: the
#: target holds more than the source said; `no counterpart`: the value has nowhere to go; `guessed`: the target is the
#: likeliest of several; `swapped sides`: actor and recipient change places; `older label`: a label of an older
#: PLOVER version was read, `note` names the version; `not given`: the target asks for what the source does not say.
Kind = Literal["merged distinction", "wider target", "no counterpart", "guessed", "swapped sides", "older label",
               "not given"]

Row = Mapping[str, Any]

T = TypeVar("T")


class Loss(NamedTuple):
    """One value of one row. `column` and `value` are the source's, `to` is the target's value or None."""

    column: str
    value: Any
    to: Any
    kind: Kind
    note: str


class Unconvertible(Exception):
    """Why a row has no place in the target ontology."""


class Ledger:
    """The losses of one row. Without `guess`, what would be a guess is left out."""

    def __init__(self, guess: bool = True) -> None:
        self.guess = guess
        self.losses: list[Loss] = []

    def note(self, column: str, value: Any, to: Any, kind: Kind, note: str = "") -> None:
        self.losses.append(Loss(column, value, to, kind, note))

    def guessed(self, column: str, value: Any, to: T, note: str) -> T | None:
        """`to`, noted as a guess; None, noted as lost, where guesses are not wanted."""
        self.note(column, value, to if self.guess else None, "guessed" if self.guess else "no counterpart", note)
        return to if self.guess else None

    def needed(self, column: str, value: Any, to: Any, note: str) -> None:
        """As `guessed`, of a value without which there is no row: raises Unconvertible where guesses are not wanted."""
        if not self.guess:
            raise Unconvertible(f"{column} {value}: {to} would be a guess: {note}")
        self.note(column, value, to, "guessed", note)

    def coded(self, column: str, value: Any, to: Any, kind: str, also: Iterable[str], note: str) -> None:
        """A code that became another one, with the kind its crosswalk row gives (see `tables`)."""
        told = "; ".join(filter(None, (note, _also(also))))
        if kind in ("narrower", "partial"):
            self.needed(column, value, to, told or f"{to} is not all of {value}")
        elif _also(also):
            self.note(column, value, to, "merged distinction", told)
        elif kind == "broader":
            self.note(column, value, to, "wider target", told)

    def dropped(self, row: Row, carried: Iterable[str]) -> None:
        """Every filled column that the target has no place for."""
        for column in row:
            if column not in carried and is_filled(row[column]):
                self.note(column, row[column], None, "no counterpart")


def _also(also: Iterable[str]) -> str:
    names = ", ".join(also)
    return f"also {names}" if names else ""
