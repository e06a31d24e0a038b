"""What a page is made of, whatever it came from: stories (articles) with items (records), and what is told beside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from eventcode.article import Article
from eventcode.neutral import Rejection
from eventcode.records import Alternative
from eventcode.report.known import Rules

#: What words of an article are evidence of.
Kind = Literal["actor", "action", "place", "date", "count", "text"]
#: How exact a place is: the place itself, near it, somewhere in a unit or a country; None where nothing tells it.
Precision = Literal["exact", "near", "area", "country"]


class Span(NamedTuple):
    """Words of an article: offsets, and what they are evidence of."""

    start: int
    end: int
    kind: Kind


@dataclass(frozen=True)
class Line:
    """A filled field of a record, with the words and rules behind it, and what lost against it."""

    field: str
    value: str
    kind: Kind
    start: int | None
    end: int | None
    text: str
    rules: tuple[str, ...]
    lost: tuple[Alternative, ...] = ()


@dataclass(frozen=True)
class Facts:
    """What lists, map and filters know of a record. `deaths` is None where the codebook counts none."""

    type: str = ""
    subtype: str = ""
    sources: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    day: str = ""
    place: str = ""
    province: str = ""
    country: str = ""
    latitude: float | None = None
    longitude: float | None = None
    precision: Precision | None = None
    deaths: int | None = None

    @property
    def actors(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*self.sources, *self.targets)))


@dataclass(frozen=True)
class Item:
    """A record: its number on the page (from 1), its fields and what is known of it."""

    number: int
    lines: tuple[Line, ...]
    facts: Facts
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Story:
    """An article, as far as it is there, with its records, what was found beside them, and why the rest was not coded.
    """

    id: str
    article: Article | None
    items: tuple[Item, ...] = ()
    mentions: tuple[Span, ...] = ()
    rejections: tuple[Rejection, ...] = ()
    problem: str = ""


class Table(NamedTuple):
    """A heading, what it tells, and rows under a header."""

    heading: str
    about: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True)
class Matter:
    """All that a page tells. `counts` and `versions` are shown as they are; `rules`: id to coding rule."""

    title: str
    ontologies: tuple[str, ...]
    stories: tuple[Story, ...]
    counts: Mapping[str, int]
    versions: Mapping[str, str]
    rules: Rules
    quality: tuple[Table, ...] = ()
    files: Table | None = None
    notes: tuple[str, ...] = field(default=())

    def items(self) -> Iterator[Item]:
        """The records of all articles, in order."""
        for story in self.stories:
            yield from story.items
