"""Physical targets of an incident, with type, number and effect."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from phrases import Phrase, Story
from tables import numeral, type_of, types, words

from eventcode.neutral import Event, EventMention

#: Acts that a wire tells of things as much as of people.
_ON_THINGS = frozenset({"explode", "suicide_bombing", "destroy_property"})
#: Types that say less than whose the building is.
_OWNED = frozenset({"ORGANIZATION OFFICE", "OTHER", "CIVILIAN RESIDENCE", "COMMERCIAL", "TRANSPORTATION FACILITY"})
_MILITARY = words("military_words")


@dataclass
class Site:
    """A thing hit, or meant to be."""

    text: str
    lower: tuple[str, ...]
    head: int
    type: str
    number: str
    nation: str | None = None
    effect: str | None = None

    @property
    def is_vague(self) -> bool:
        return self.number == "PLURAL" and len(self.lower) == 1

    def is_one_with(self, other: Site) -> bool:
        return self.lower[self.head] == other.lower[other.head]


def sites(story: Story, event: Event) -> list[Site]:
    """The things that the event's reports say were hit: what the act was done to, and what it happened at."""
    found: list[Site] = []
    for site in _sites(story, event):
        same = next((known for known in found if known.is_one_with(site)), None)
        if same is None:
            found.append(site)
        else:
            same.effect = same.effect or site.effect
    return found


def _sites(story: Story, event: Event) -> Iterator[Site]:
    for report in event.reports:
        for party in report.targets:
            phrase = story.thing(party.start, party.end)
            if phrase is not None and (site := _site(phrase, report)) is not None:
                yield site
        if report.action in _ON_THINGS:
            for phrase in story.struck(report.sentence.start):
                if (site := _site(phrase, report)) is not None:
                    yield site


def _site(phrase: Phrase, report: EventMention) -> Site | None:
    head = next(n for n, t in enumerate(phrase.tokens) if t.i == phrase.head.i)
    kind = type_of(phrase.lower, "physical_types", head)
    if kind is None or _MILITARY & set(phrase.lower):
        return None
    owners = types("owner_types")
    if kind in _OWNED:
        kind = next((owners[word] for word in phrase.lower if word in owners), kind)
    number = numeral(t.lower for t in phrase.tokens if t.dep == "number" or t.tag == "CD")
    return Site(
        phrase.text,
        phrase.lower,
        head,
        kind,
        number or ("PLURAL" if phrase.plural else "1"),
        phrase.nation,
        damage(report),
    )


def damage(report: EventMention) -> str | None:
    lower = report.sentence.text.lower()
    if "destroy" in lower:
        return "DESTROYED"
    return "SOME DAMAGE" if "damage" in lower or report.action == "destroy_property" else None
