"""PLOVER's own lists, read once on first use from codes/*.csv."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

from eventcode.rules import read_csv

FOLDER = Path(__file__).parent
_CODES = FOLDER / "codes"


class EventEntry(NamedTuple):
    """One of the 16 events: definition, quad code, base score, whether a recipient is required (P11)."""

    event: str
    definition: str
    quad: int
    score: float
    needs_recipient: bool


@cache
def events() -> dict[str, EventEntry]:
    """The 16 events by name."""
    columns = ("code", "title", "quad", "score", "recipient_required")
    return {row["code"]: EventEntry(row["code"], row["title"], int(row["quad"]), float(row["score"]),
                                    row["recipient_required"] == "yes")
            for _, row in read_csv(_CODES / "events.csv", columns)}


@cache
def modes() -> dict[tuple[str, str], float]:
    """(event, mode) to the mode's score."""
    return {(row["event"], row["code"]): float(row["score"])
            for _, row in read_csv(_CODES / "modes.csv", ("event", "code", "title", "score"))}


@cache
def contexts() -> dict[str, str]:
    """Context, or auxiliary mode kept among the contexts, to its meaning."""
    return _titles("contexts")


@cache
def sectors() -> dict[str, str]:
    """Sector to its meaning."""
    return _titles("sectors")


@cache
def nonstate() -> dict[str, str]:
    """Codes that stand where a country's would: IGO, UNO, EUR, NGO, ISM, IMG, MNC."""
    return _titles("nonstate")


@cache
def gives_way() -> frozenset[tuple[str, str]]:
    """(event, stronger event): the first is part of the second where one sentence tells both of one actor."""
    return frozenset((row["event"], row["to"]) for _, row in read_csv(_CODES / "gives_way.csv", ("event", "to", "why")))


@cache
def sectors_of_traits() -> dict[str, str]:
    """Neutral trait to sector, in the order in which traits decide."""
    return {row["trait"]: row["sector"]
            for _, row in read_csv(_CODES / "sectors_of_traits.csv", ("trait", "sector"))}


def score(event: str, found: tuple[str, ...]) -> float:
    """The score of an event with these modes: the one farthest from zero, else the event's base score."""
    return max((modes()[event, mode] for mode in found), key=abs, default=events()[event].score)


def _titles(table: str) -> dict[str, str]:
    return {row["code"]: row["title"] for _, row in read_csv(_CODES / f"{table}.csv", ("code", "title"))}
