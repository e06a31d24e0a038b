"""Neutral events made by hand for the tests of ontologies: parties, places, dates, counts and the events of them.

Every span has offsets of its own, in the order in which things are made.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

from eventcode.article import Article
from eventcode.lexicon import read_actions
from eventcode.neutral import Count, Event, EventDate, EventMention, Mentions, Party, Place, Span
from eventcode.ontologies.base import Reading

ACTIONS = read_actions(Path(__file__).parents[1] / "eventcode" / "actions.yaml")
FAMILIES = {name: action.family for name, action in ACTIONS.items()}
REBEL = ("armed", "organized", "rebel")
_start = count(0, 40)


class Seat(NamedTuple):
    """A provincial capital, as a gazetteer would give it."""

    name: str
    latitude: float | None
    longitude: float | None


def span(text: str) -> dict[str, Any]:
    start = next(_start)
    return {"start": start, "end": start + len(text), "text": text}


def party(text: str, *traits: str, **more: Any) -> Party:
    return Party(**span(text), traits=traits, rules=("test/party",), **more)


def army(country: str | None = None, text: str = "soldiers") -> Party:
    return party(text, "state", "military", "armed", "organized", country=country, sector="MIL")


def police() -> Party:
    return party("police", "state", "police", "armed", "organized", sector="COP")


def rebels(actor_id: str, name: str, country: str | None = None) -> Party:
    return party(name, *REBEL, actor_id=actor_id, name=name, country=country, sector="REB")


def gunmen() -> Party:
    return party("gunmen", "armed", "unidentified", sector="UAF")


def villagers() -> Party:
    return party("villagers", "civilian", "person", sector="CVL")


def protesters() -> Party:
    return party("protesters", "civilian", "protester", sector="CVL")


def place(name: str = "Baidoa", precision: str = "exact", **more: Any) -> Place:
    here = {"name": name, "country": "SOM", "admin1": "Bay", "latitude": 3.11383, "longitude": 43.6498}
    return Place(**{**span(name), **here, "precision": precision, "rules": ("test/place",), **more})


def day(first: str = "2024-05-13", last: str | None = None, basis: str = "text", precision: str = "day") -> EventDate:
    start = date.fromisoformat(first)
    words = Span(**span("Monday")) if basis == "text" else None
    end = date.fromisoformat(last) if last else start
    return EventDate(start=start, end=end, precision=precision, basis=basis, words=words, rules=("test/date",))


def killed(best: int | None, who: str = "people", beside: Party | None = None, **more: Any) -> Count:
    """A count of dead; its words are those of the party it counts, if one is given."""
    where = {"start": beside.start, "end": beside.end, "text": beside.text} if beside else span(f"{best} {who}")
    figures = {"what": "killed", "who": who, "low": best, "best": best, "high": best}
    return Count(**{**where, **figures, **more})


def event(action: str, sources: Iterable[Party] = (), targets: Iterable[Party] = (), counts: Iterable[Count] = (), *,
          where: Place | None, on: EventDate | None = None, asserted: bool = True, **more: Any) -> Event:
    """An event told in one sentence, which begins with its trigger and holds whatever is made in the next calls."""
    words = span(action)
    sentence = Span(start=words["start"], end=words["end"] + 400, text=f"A sentence of {action}.")
    mention = EventMention(action=action, trigger=Span(**words), sentence=sentence, asserted=asserted,
                           rules=(f"en/{action}",))
    return Event(id=f"e{words['start']}", action=action, sources=tuple(sources), targets=tuple(targets), place=where,
                 counts=tuple(counts), date=on or day(), reports=(mention,), **more)


def told_here(made: Event) -> Event:
    """The event with a sentence that holds its date and place, too."""
    spans = [x.start for x in (made.date.words, made.place) if x is not None and x.start is not None]
    report = made.reports[0]
    sentence = report.sentence.model_copy(update={"start": min([report.sentence.start, *spans])})
    return made.model_copy(update={"reports": (report.model_copy(update={"sentence": sentence}),)})


def reading(*events: Event, actors: Iterable[Party] = (), published: str | None = "2024-05-15") -> Reading:
    article = Article("x" * 50, id="a1", outlet="The Daily Example", title="Raid near Beni", published=published)
    return Reading(article, events, Mentions(actors=tuple(actors)), FAMILIES)
