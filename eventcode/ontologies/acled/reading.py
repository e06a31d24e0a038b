"""How a story is read before its events are coded: steps in order, each of which completes the events by what the rest
of the story tells. A step finds the events as the ones before have left them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from eventcode.neutral import Event, Mentions
from eventcode.ontologies.acled import completed, gatherings, raids, stories, suspects, towns
from eventcode.ontologies.claims import attributed, known_by_story
from eventcode.ontologies.told import Told, together, with_bare_figures, without_totals


class _Story(NamedTuple):
    mentions: Mentions
    text: str


_Events = Sequence[Event]
_Step = Callable[[_Events, _Story], _Events]


def _by_events(step: Callable[[_Events], _Events]) -> _Step:
    return lambda events, story: step(events)


def _by_mentions(step: Callable[[_Events, Mentions], _Events]) -> _Step:
    return lambda events, story: step(events, story.mentions)


def _by_text(step: Callable[[_Events, Mentions, str], _Events]) -> _Step:
    return lambda events, story: step(events, story.mentions, story.text)


#: What each event is and who took part in it, before the reports of one act are joined.
_EACH: tuple[_Step, ...] = (
    _by_events(gatherings.unopposed),
    _by_events(gatherings.truces),
    _by_events(gatherings.arms_seized),
    lambda events, story: completed.into_custody(events, story.text),
    _by_events(gatherings.in_the_midst),
    _by_events(gatherings.rival_groups),
    _by_events(gatherings.mobs),
    _by_events(gatherings.without_grievances),
    _by_text(gatherings.with_organizers),
    _by_events(raids.by_no_mob),
    _by_events(raids.among_the_armed),
    _by_events(raids.broken_open),
    _by_text(suspects.believed_to_be),
    lambda events, story: completed.vanished(events, story.text),
    _by_events(stories.without_place_names),
    _by_text(towns.out_of_brackets),
    _by_events(stories.one_spelling),
    _by_text(completed.with_places_and_forces),
    _by_events(stories.fought_out),
    _by_mentions(completed.with_sides),
    _by_mentions(stories.of_the_police),
    _by_events(attributed),
    _by_mentions(known_by_story),
    _by_events(raids.killed_by_raiders),
    _by_events(without_totals),
)
#: What the joined events tell of each other.
_JOINED: tuple[_Step, ...] = (
    _by_mentions(with_bare_figures),
    _by_mentions(raids.by_those_told),
    _by_mentions(stories.taken_over),
    _by_events(raids.without_stormed_villages),
    _by_events(raids.without_raided_places),
    _by_events(stories.stopped),
    _by_events(stories.without_moves),
    _by_events(stories.without_clearances),
    _by_events(stories.at_protests),
    _by_events(stories.by_the_crowd),
    _by_mentions(stories.with_crowds),
    _by_text(towns.in_towns),
)


def read_together(events: Sequence[Event], mentions: Mentions, text: str = "") -> Told:
    """The events of a story with all that others tell of them; `absorbed` are those that tell nothing more. `text` is
    the article's."""
    story = _Story(mentions, text)
    told = together(_through(_EACH, events, story))
    return Told(tuple(_through(_JOINED, told.events, story)), told.absorbed)


def _through(steps: tuple[_Step, ...], events: _Events, story: _Story) -> _Events:
    for step in steps:
        events = step(events, story)
    return events
