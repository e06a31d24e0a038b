"""Scores which event mentions `Coder.events` takes for one happening, on our own articles (tests/gold/README.md).

`python tests/cluster_gold.py [--part development|"set aside"] [--errors N]`; the set-aside part gives numbers only.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from gold_parts import Share, only_development, read_rows, run

import eventcode as ec
from eventcode.neutral import Event

FILE = Path(__file__).parent / "gold" / "clusters.jsonl"


@dataclass(frozen=True)
class Telling:
    """A word that reports an event, in characters of the text, end exclusive, and the cluster it belongs to."""

    trigger: tuple[int, int]
    cluster: str


@dataclass(frozen=True)
class Story:
    """An article, its event mentions by cluster, and the role of each cluster in it."""

    id: str
    text: str
    published: str
    mentions: tuple[Telling, ...]
    roles: Mapping[str, str]
    part: str


@dataclass(frozen=True)
class Answer:
    """For each mention of a story the id of the engine's event that has it; None where it is not read."""

    story: Story
    events: tuple[str | None, ...]
    roles: Mapping[str, str]


@dataclass(frozen=True)
class Scores:
    """`merged`: pairs of mentions in one cluster, of mentions that were read; `all_pairs`: of all that are marked.

    `found`: mentions read. `role`: of clusters read, the role of the event that has their first mention.
    """

    merged: Share
    all_pairs: Share
    found: Share
    role: Share


def read_stories(part: str | None = None) -> list[Story]:
    """The articles of one part, or of both, in the file's order."""
    return read_rows(FILE, _story, part)


def _story(row: dict[str, Any]) -> Story:
    mentions = tuple(Telling(tuple(mention["trigger"]), mention["cluster"]) for mention in row["mentions"])
    return Story(**{**row, "mentions": mentions})


def answers(stories: Iterable[Story]) -> list[Answer]:
    """Which event of the engine has each of the marked mentions."""
    coder, found = ec.load("acled"), []
    for story in stories:
        events = coder.events(story.text, published=story.published)
        found.append(Answer(story, tuple(_event_at(m, events) for m in story.mentions), roles(events)))
    return found


def _event_at(mention: Telling, events: Sequence[Event]) -> str | None:
    start, end = mention.trigger
    return next((event.id for event in events for r in event.reports
                 if r.trigger.start < end and start < r.trigger.end), None)


def roles(events: Sequence[Event]) -> dict[str, str]:
    """What each event is in its article."""
    return {event.id: event.role for event in events}


def score(given: Sequence[Answer]) -> Scores:
    """The scores of these answers. Raises ValueError where there is none."""
    if not given:
        raise ValueError("no articles to score")
    read = [[(m.cluster, event) for m, event in zip(a.story.mentions, a.events, strict=True) if event] for a in given]
    pairs = [(one[0] == two[0], one[1] == two[1]) for told in read for one, two in combinations(told, 2)]
    together = Share(sum(g and e for g, e in pairs), sum(e for _, e in pairs), sum(g for g, _ in pairs))
    marked = sum(one.cluster == two.cluster for a in given for one, two in combinations(a.story.mentions, 2))
    mentions = sum(len(a.story.mentions) for a in given)
    told = [pair for a in given for pair in _roles(a)]
    return Scores(together, Share(together.right, together.answered, marked),
                  Share(sum(map(len, read)), mentions, mentions),
                  Share(sum(gold == got for gold, got in told), len(told), len(told)))


def _roles(given: Answer) -> list[tuple[str, str]]:
    """Of each cluster that is read, its role and the one that the event of its first mention has."""
    first: dict[str, str] = {}
    for mention, event in zip(given.story.mentions, given.events, strict=True):
        if event is not None:
            first.setdefault(mention.cluster, event)
    return [(given.story.roles[cluster], given.roles[event]) for cluster, event in first.items()]


def report(part: str, scores: Scores) -> str:
    """The scores as text."""
    lines = [f"{part}: {scores.found.marked} mentions, {scores.found.right} of them read"]
    for name, share in (("merged", scores.merged), ("all pairs", scores.all_pairs)):
        lines.append(f"{name:<10} precision {share.precision:.3f} recall {share.recall:.3f} F1 {share.f1:.3f}"
                     f"  ({share.marked} pairs)")
    return "\n".join([*lines, f"role in the article {scores.role.recall:.3f} of {scores.role.marked}"])


def errors(given: Sequence[Answer], most: int) -> str:
    """The first articles whose mentions are grouped otherwise. Raises ValueError if one of the set-aside part is
    among the answers: whoever reads those tunes to them."""
    only_development(a.story.part for a in given)
    told = [(a, lines) for a in given if (lines := list(_faulty(a)))]
    return "\n".join("\n".join([f"\n{a.story.id}  {a.story.text}", *lines]) for a, lines in told[:most])


def _faulty(given: Answer) -> Iterable[str]:
    rows = [(m.cluster, event, given.story.text[slice(*m.trigger)])
            for m, event in zip(given.story.mentions, given.events, strict=True)]
    read = [row for row in rows if row[1]]
    if any((one[0] == two[0]) != (one[1] == two[1]) for one, two in combinations(read, 2)) or len(read) < len(rows):
        yield "  " + "  ".join(f"{word}[{cluster} {event or '-'}]" for cluster, event, word in rows)


def main(arguments: Sequence[str]) -> None:
    """Print the scores of a part and, of the development part, errors on request."""
    run("merged event mentions on our own articles", arguments, lambda part: answers(read_stories(part)),
        lambda part, given: report(part, score(given)), errors)


if __name__ == "__main__":
    main(sys.argv[1:])
