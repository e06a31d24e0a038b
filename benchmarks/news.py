"""News of our own making for measurements: any number of articles, always the same, no two sentences alike.

Sentences are drawn from news/events.txt (events of all kinds), from the quiet texts of the tests (words of violence and
no events) and from news/plain.txt (nothing of the kind), joined and varied, so that no store of sentences read before
makes a measurement better than it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import NamedTuple

import eventcode as ec

ROOT = Path(__file__).resolve().parent.parent


class Kind(NamedTuple):
    """A kind of news: sentences per article, which share of them tells an event, and which is plain."""

    sentences: int
    events: float
    plain: float


#: As in newswire: of general news one sentence in seven is about politics or violence, of conflict news more than half.
KINDS = {"general": Kind(8, 0.15, 0.5), "conflict": Kind(14, 0.55, 0.3), "short": Kind(3, 0.5, 0.3)}

FIRST = ("Amina", "Bakary", "Carla", "Daud", "Elena", "Farid", "Grace", "Hiroshi", "Ines", "Joseph", "Karim", "Leila",
         "Marta", "Nadia", "Omar", "Pavel", "Rosa", "Samuel", "Tariq", "Uma", "Viktor", "Wanjiru", "Yusuf", "Zainab")
LAST = ("Abdi", "Bello", "Castro", "Diallo", "Eriksen", "Fofana", "Gomez", "Haddad", "Ivanov", "Juma", "Keita", "Lopez",
        "Mensah", "Ndiaye", "Okello", "Petrov", "Qasim", "Rahman", "Santos", "Toure", "Usman", "Vargas", "Weber")
TOWNS = ("Arusha", "Bergen", "Bologna", "Cordoba", "Davao", "Ghent", "Graz", "Izmir", "Leeds", "Lyon", "Malmo", "Medan",
         "Merida", "Nagoya", "Porto", "Pune", "Quito", "Sapporo", "Tampere", "Windhoek")
COMPANIES = tuple(f"{name} {kind}" for name in ("Alvora", "Brenntal", "Corvia", "Delmar", "Estrella")
                  for kind in ("Foods", "Motors", "Optics", "Paper", "Systems"))
SLOTS = {"town": TOWNS, "company": COMPANIES,
         "thing": ("tablet", "scooter", "watch", "printer", "heater", "camera", "kettle", "bicycle"),
         "crop": ("apricots", "barley", "coffee", "lentils", "olives", "pepper", "rice", "tea"),
         "job": ("baker", "dentist", "gardener", "nurse", "painter", "pharmacist", "tailor", "translator")}
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
NUMBERS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_VARIED = re.compile(rf"\b(?:{'|'.join((*DAYS, *NUMBERS))}|[1-9]\d?)\b")
_LOWERED = frozenset(("A", "An", "At", "Both", "He", "Her", "His", "In", "It", "Its", "Many", "Most", "On", "She",
                      "Some", "The", "Their", "These", "They", "This", "Those", "Two", "Three"))


def articles(kind: str, size: int, first: int = 0) -> Iterator[ec.Article]:
    """Articles number `first` and on, of a kind of KINDS, one at a time."""
    for number in range(first, first + size):
        yield article(kind, number)


def article(kind: str, number: int) -> ec.Article:
    """One article; the same for the same number."""
    told, chance = KINDS[kind], Random(f"{kind} {number}")
    text = " ".join(_sentence(told, chance) for _ in range(told.sentences))
    day = date(2015, 1, 1) + timedelta(days=chance.randrange(3000))
    return ec.Article(text, id=f"{kind}-{number}", published=day, outlet="Wire")


def digest() -> str:
    """Tells whether two measurements were made of the same articles."""
    texts = (article(kind, number).text for kind in KINDS for number in range(20))
    return sha256("\n".join(texts).encode()).hexdigest()[:16]


def _sentence(told: Kind, chance: Random) -> str:
    events, quiet, plain = pools()
    if chance.random() < told.plain:
        slots = {name: chance.choice(words) for name, words in SLOTS.items()}
        return chance.choice(plain).format(**slots, number=chance.randint(12, 980), person=_person(chance))
    head = chance.choice(events if chance.random() < told.events else quiet)
    if chance.random() < 0.5:
        head = _joined(head, chance.choice(events if chance.random() < told.events / 2 else quiet))
    varied = _VARIED.sub(lambda word: _other(word[0], chance), head)
    if varied != head and chance.random() < 0.7:
        return varied
    return f"{varied[:-1]}, according to {_person(chance)}{varied[-1]}"


def _person(chance: Random) -> str:
    return f"{chance.choice(FIRST)} {chance.choice(LAST)}"


def _joined(one: str, two: str) -> str:
    word = two.split()[0]
    return f"{one[:-1]}, and {two[0].lower()}{two[1:]}" if word in _LOWERED else f"{one[:-1]}; {two}"


def _other(word: str, chance: Random) -> str:
    """A word of the same kind: another day, another number."""
    if word.isdecimal():
        return str(chance.randint(2, 98))
    return chance.choice(DAYS if word in DAYS else NUMBERS)


@cache
def pools() -> tuple[list[str], list[str], list[str]]:
    """Sentences of events, sentences without, and plain ones with slots."""
    quiet = [line for path in sorted((ROOT / "tests" / "quiet").glob("*.txt")) for line in _lines(path)]
    own = ROOT / "benchmarks" / "news"
    return (_lines(own / "events.txt"), [line for line in quiet if line[0].isupper() and line[-1] == "."],
            _lines(own / "plain.txt"))


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text(encoding="utf-8").splitlines() if line]
