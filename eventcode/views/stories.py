"""What stands beside the records of a view: the articles they were coded from and the neutral events behind them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

from eventcode import plugins
from eventcode.article import Article
from eventcode.errors import InputError
from eventcode.neutral import Event, Evidence, Party, Place, Span
from eventcode.records import Record
from eventcode.text import readable

Articles: TypeAlias = Mapping[str, Article] | Iterable[Article]
Events: TypeAlias = Mapping[str, Sequence[Event]]

#: What ends a paragraph: a blank line, in a text without one a line break.
_BREAKS = (re.compile(r"\n[ \t\r]*+\n"), re.compile(r"\n"))


@dataclass(frozen=True)
class Source:
    """One article, its sentences and its lead."""

    article: Article

    @cached_property
    def sentences(self) -> list[tuple[int, int]]:
        """Offsets of the sentences, as the coder splits them."""
        return plugins.language(self.article.language).split(readable(self.article.text)[0])

    @cached_property
    def lead(self) -> tuple[int, int]:
        """Offsets of the lead: the first paragraph; in a text without line breaks, the first sentence."""
        text = self.article.text
        first = len(text) - len(text.lstrip())
        ends = (found.start() for found in (a.search(text, first, len(text.rstrip())) for a in _BREAKS) if found)
        end = next(ends, None)
        return next(iter(self.sentences), (0, 0)) if end is None else (first, end)


@dataclass(frozen=True)
class Report:
    """One sentence that reports a record: the words of the act in it, and where the sentence is, if that is known."""

    words: Span | Evidence
    sentence: Span | None = None

    def start_of(self, words: Evidence) -> int | None:
        """Where these words begin; None where they stand in another sentence."""
        if self.sentence is None or words.start is None:
            return words.start
        return words.start if self.sentence.start <= words.start < self.sentence.end else None


@dataclass(frozen=True)
class Story:
    """What is known beside one record. `source` and `events` are empty where they were not handed in."""

    record: Record
    source: Source | None = None
    events: tuple[Event, ...] = ()

    @property
    def article(self) -> Article | None:
        return self.source.article if self.source else None

    def sentence_number(self, words: Span | Evidence) -> int | None:
        """Number, from 1, of the sentence that these words begin in."""
        if self.source is None or words.start is None:
            return None
        return next((n for n, (_, end) in enumerate(self.source.sentences, start=1) if words.start < end), None)

    def in_lead(self, words: Evidence) -> bool | None:
        """Do these words begin in the lead of the article?"""
        if self.source is None or words.start is None:
            return None
        return words.start < self.source.lead[1]

    @property
    def place(self) -> Place | None:
        """The place of the first event that has one."""
        return next((event.place for event in self.events if event.place is not None), None)

    def reports(self, words: Evidence) -> tuple[Report, ...]:
        """The sentences that report the events, in text order; without events the one that holds these words."""
        told = {report.sentence.start: Report(report.trigger, report.sentence)
                for event in reversed(self.events) for report in reversed(event.reports)}
        return tuple(told[start] for start in sorted(told)) or (Report(words),)

    def party(self, words: Evidence) -> Party | None:
        """The party of the events that these words name."""
        parties = (party for event in self.events for party in (*event.sources, *event.targets))
        return next((party for party in parties if (party.start, party.end) == (words.start, words.end)), None)


@dataclass(frozen=True)
class Stories:
    """Articles and events by article id, as they were handed in; `of` finds those of a record."""

    sources: Mapping[str, Source] = field(default_factory=dict)
    events: Events = field(default_factory=dict)

    @classmethod
    def made(cls, articles: Articles | None, events: Events | None) -> Stories:
        """From a mapping of id to Article, or Articles that have an id. Raises InputError on anything else."""
        pairs = list(articles.items()) if isinstance(articles, Mapping) else [_named(a) for a in articles or ()]
        for key, article in pairs:
            if not isinstance(article, Article):
                raise InputError(f"articles: {key!r} is a {type(article).__name__}, not an Article")
        known = {key: Source(article) for key, article in pairs}
        if len(known) != len(pairs):
            raise InputError("articles: two of them have the same id")
        return cls(known, events or {})

    def of(self, record: Record, number: int) -> Story:
        """What is known beside this record, the `number`-th. Raises InputError where it is of another text."""
        key = record.meta.article_id
        if key is None:
            return Story(record)
        source = self.sources.get(key)
        strange = source is not None and any(_differs(words, source.article) for words in record.provenance.values())
        if strange:
            raise InputError(f"record {number}: article {key!r} is not the text that it was coded from")
        known = {event.id: event for event in self.events.get(key, ())}
        unknown = [name for name in record.meta.events if name not in known]
        if known and unknown:
            raise InputError(f"record {number}: the events of article {key!r} lack {', '.join(unknown)}")
        return Story(record, source, tuple(known[name] for name in record.meta.events) if known else ())


def _named(article: Article) -> tuple[str, Article]:
    if not isinstance(article, Article):
        raise InputError(f"articles: expected Articles or a mapping of id to Article, got {type(article).__name__}")
    if article.id is None:
        raise InputError("articles: one of them has no id, so no record can be of it")
    return article.id, article


def _differs(words: Evidence, article: Article) -> bool:
    return words.start is not None and article.text[words.start:words.end] != words.text
