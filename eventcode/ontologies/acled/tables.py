"""The tables of this folder, read on first use and kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

from eventcode.rules import read_csv

FOLDER = Path(__file__).parent
Targeting = Literal["always", "never", "depends"]


@dataclass(frozen=True)
class SubEvent:
    """A sub-event type: what it belongs to, its rank (1 is highest), and what the codebook fixes with it."""

    name: str
    event_type: str
    rank: int
    disorder_type: str
    one_sided: bool
    targeting: str


@dataclass(frozen=True)
class KnownActor:
    """How a named actor is written and its class, from `start` until before `end` (None: open).

    `place` is the country of the event for which the row holds (None: any): the Islamic State has a name in each.
    """

    place: str | None
    name: str
    inter: str
    country: str | None
    start: date | None
    end: date | None


@dataclass(frozen=True)
class Regime:
    """The years that stand behind a state actor's name; `since` is the first day where it is known."""

    start: int
    end: int | None
    since: date | None


@cache
def sub_events() -> dict[str, SubEvent]:
    """Sub-event types by name, in the order of the codebook."""
    columns = ("code", "title", "event_type", "rank", "disorder_type", "one_sided", "civilian_targeting", "definition")
    rows = (row for _, row in read_csv(FOLDER / "codes" / "sub_event_types.csv", columns))
    return {row["code"]: SubEvent(row["code"], row["event_type"], int(row["rank"]), row["disorder_type"],
                                  row["one_sided"] == "yes", row["civilian_targeting"]) for row in rows}


@cache
def inter_numbers() -> dict[str, int]:
    """The number of each actor class, 1 to 8."""
    rows = (row for _, row in read_csv(FOLDER / "codes" / "inter.csv", ("code", "title", "number", "definition")))
    return {row["code"]: int(row["number"]) for row in rows}


@cache
def interactions() -> dict[int, str]:
    """Labels of the 44 interactions by number: 12, State forces-Rebel group; 60, Protesters only."""
    rows = (row for _, row in read_csv(FOLDER / "codes" / "interactions.csv", ("code", "title", "number")))
    return {int(row["number"]): row["code"] for row in rows}


def interaction(inter1: str, inter2: str) -> str:
    """The label of two actor classes in either order; `inter2` is "" in a one-sided event."""
    first, second = sorted((inter_numbers()[inter1], inter_numbers().get(inter2, 0)))
    return interactions()[second * 10 if first == 0 else first * 10 + second]


@cache
def regions() -> frozenset[str]:
    """Names of the world regions."""
    return frozenset(row["code"] for _, row in read_csv(FOLDER / "codes" / "regions.csv", ("code", "title", "number")))


@cache
def designations() -> dict[str, str]:
    """Trait to the name of the associated actor that shows it: student, Students."""
    return {row["trait"]: row["name"] for _, row in read_csv(FOLDER / "codes" / "designations.csv", ("trait", "name"))}


@cache
def designation_words() -> dict[str, str]:
    """Word or words for people to the name of the associated actor that they show: lawyers, Lawyers."""
    rows = read_csv(FOLDER / "codes" / "designation_words.csv", ("word", "name"))
    return {row["word"]: row["name"] for _, row in rows}


@cache
def organizer_names() -> dict[str, str]:
    """Parties, unions and movements by actor id, as they are written as associated actors of a demonstration."""
    rows = read_csv(FOLDER / "codes" / "organizers.csv", ("actor_id", "name"))
    return {row["actor_id"]: row["name"] for _, row in rows}


@cache
def _known() -> dict[str, tuple[KnownActor, ...]]:
    found: dict[str, tuple[KnownActor, ...]] = {}
    columns = ("actor_id", "place", "name", "inter", "country", "start", "end")
    for _, row in read_csv(FOLDER / "codes" / "actor_names.csv", columns):
        actor = KnownActor(row["place"] or None, row["name"], row["inter"], row["country"] or None,
                           _day(row["start"]), _day(row["end"]))
        found[row["actor_id"]] = (*found.get(row["actor_id"], ()), actor)
    return found


def known_actor(actor_id: str | None, day: date | None, place: str | None = None) -> KnownActor | None:
    """The row of an actor that holds on this day and in this country; without a day the last such row."""
    rows = [row for row in _known().get(actor_id or "", ()) if row.place in (None, place)]
    if day is None:
        return next((row for row in rows if row.place == place), rows[-1]) if rows else None
    return next((r for r in rows if (r.start is None or r.start <= day) and (r.end is None or day < r.end)), None)


@cache
def _local_names() -> dict[str, tuple[tuple[str, KnownActor], ...]]:
    found: dict[str, tuple[tuple[str, KnownActor], ...]] = {}
    for _, row in read_csv(FOLDER / "codes" / "local_names.csv", ("country", "word", "name", "inter")):
        actor = KnownActor(row["country"], row["name"], row["inter"], None, None, None)
        found[row["country"]] = (*found.get(row["country"], ()), (row["word"], actor))
    return found


def local_name(words: str, country: str | None) -> KnownActor | None:
    """The group that rebels of this description belong to in this country: Maoist guerrillas in India."""
    said = words.casefold()
    return next((actor for word, actor in _local_names().get(country or "", ()) if word in said), None)


@cache
def _described() -> tuple[tuple[str, str, str], ...]:
    return tuple((row["words"], row["name"], row["inter"])
                 for _, row in read_csv(FOLDER / "codes" / "described.csv", ("words", "name", "inter")))


def described(words: str) -> tuple[str, str] | None:
    """What an armed group without a name of its own is called by these words, and its class: settlers, private guards.
    """
    said = words.casefold()
    return next(((name, inter) for called, name, inter in _described() if called in said), None)


@cache
def _units() -> tuple[tuple[str, str, str, str], ...]:
    columns = ("country", "words", "forces", "unit")
    return tuple((row["country"], row["words"], row["forces"], row["unit"])
                 for _, row in read_csv(FOLDER / "codes" / "units.csv", columns))


def unit(words: str, country: str | None) -> tuple[str, str] | None:
    """Of state forces that are called this in a country (ISO alpha-3): whether they are Military or Police Forces, and
    the unit's name, which stands behind them; None where the table has no such unit."""
    said = words.casefold()
    found = [(where, forces, name) for where, called, forces, name in _units()
             if called in said and where in ("", country)]
    best = max(found, key=lambda row: bool(row[0]), default=None)  # a country's own word before that of any
    return best[1:] if best else None


@cache
def theatres() -> dict[str, str]:
    """Of forces that are no country's, the country (ISO alpha-3) where they fight: actor id to country."""
    return {row["actor_id"]: row["country"]
            for _, row in read_csv(FOLDER / "codes" / "theatres.csv", ("actor_id", "country"))}


@cache
def _regimes() -> dict[str, tuple[Regime, ...]]:
    found: dict[str, tuple[Regime, ...]] = {}
    for _, row in read_csv(FOLDER / "codes" / "regimes.csv", ("country", "start", "end", "since")):
        regime = Regime(int(row["start"]), int(row["end"]) if row["end"] else None, _day(row["since"]))
        found[row["country"]] = (*found.get(row["country"], ()), regime)
    return found


def regime(country: str | None, day: date | None) -> Regime | None:
    """The regime of a country (ISO alpha-3) on a day, None where the table does not reach.

    In a year of change without a known day the outgoing regime stands.
    """
    if day is None:
        return None
    for found in _regimes().get(country or "", ()):
        began = found.since <= day if found.since else found.start <= day.year
        if began and not _over(found, country, day):
            return found
    return None


def _over(regime: Regime, country: str | None, day: date) -> bool:
    """Has another regime followed by this day?"""
    if regime.end is None:
        return False
    later = (other for other in _regimes()[country or ""] if other.start == regime.end and other is not regime)
    following = next((other.since for other in later if other.since), None)
    return day >= following if following else day.year > regime.end


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
