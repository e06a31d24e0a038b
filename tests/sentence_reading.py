"""One sentence in, its event mentions out: what the tests of the engine share."""

from __future__ import annotations

from functools import cache

import eventcode as ec
from eventcode.coder import Coder
from eventcode.neutral import Event, EventMention

PUBLISHED = "2024-05-15"


@cache
def coder() -> Coder:
    """Any coder will do: what comes before an ontology is the same for all."""
    return ec.load("acled")


def mentions(text: str) -> list[EventMention]:
    """The event mentions of a text published on a Wednesday."""
    return list(coder().trace(text, published=PUBLISHED).event_mentions)


def mention(text: str, action: str) -> EventMention:
    """The first mention of this action; an AssertionError that says what was read where there is none."""
    found = mentions(text)
    chosen = next((m for m in found if m.action == action), None)
    assert chosen is not None, f"no {action} in {text!r}: {[(m.action, m.trigger.text) for m in found]}"
    return chosen


def events(text: str) -> list[Event]:
    """The events of a text published on a Wednesday."""
    return coder().events(text, published=PUBLISHED)


def sides(found: EventMention | Event) -> tuple[list[str], list[str]]:
    """The words of the sources and of the targets."""
    return [p.text for p in found.sources], [p.text for p in found.targets]
