"""Who did it: individuals, organizations, and with what confidence."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from phrases import Story
from tables import types

from eventcode.neutral import Event, EventMention, Party

_PERSONAL = frozenset({"he", "she", "they", "who", "it", "which", "that", "we", "i", "those", "them", "some"})
_NUMBERS = frozenset({"one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "several", "many", "others", "people",
                      "gunship", "gunships"})
_STATE = frozenset({"state", "military", "police", "government"})
_ARMED = frozenset({"rebel", "criminal", "militia", "unidentified"})
_SUSPECTED = re.compile(r"\b(?:SUSPECT(?:ED|S)?|ALLEGED(?:LY)?|PRESUMED|ACCUSED|BLAMED|ATTRIBUTED|ACCUSE[SD]?|BLAMES?)\b")
_POSSIBLE = re.compile(r"\b(?:POSSIBLY|APPARENTLY|PRESUMABLY|PROBABLY|BELIEVED|MAY HAVE|MIGHT HAVE|COULD HAVE)\b")
_CLAIMED = re.compile(r"\bCLAIM(?:ED|S|ING)? (?:CREDIT|RESPONSIBILITY)|\bADMITTED\b")
_AUTHORITY = frozenset({"police", "military", "government", "judiciary"})


@dataclass
class Blame:
    """The perpetrators of an incident."""

    individuals: list[str] = field(default_factory=list)
    organizations: dict[str, str] = field(default_factory=dict)  # as the text names it, to the confidence
    keys: set[str] = field(default_factory=set)
    traits: set[str] = field(default_factory=set)

    @property
    def known(self) -> bool:
        return bool(self.individuals or self.organizations)

    @property
    def category(self) -> str:
        return "STATE-SPONSORED VIOLENCE" if self.by_state else "TERRORIST ACT"

    @property
    def by_state(self) -> bool:
        return bool(_STATE & self.traits) and not _ARMED & self.traits


def blame(story: Story, event: Event) -> Blame:
    found = Blame()
    for report in event.reports:
        for party in report.sources:
            _add(found, story, report, party)
    for party in event.sources:
        if "events/claimed-responsibility" in party.rules:
            _organization(found, story, party, "CLAIMED OR ADMITTED")
    return found


def _add(found: Blame, story: Story, report: EventMention, party: Party) -> None:
    if "country" in party.traits and not {"military", "police", "government"} & set(party.traits):
        return
    span = party.refers_to or party
    phrase = story.phrase(span.start, span.end)
    if phrase is None or phrase.head.lower in _PERSONAL:
        return
    if (not party.traits and party.actor_id is None and phrase.name is None) or not phrase.head.text[0].isalpha():
        return
    if phrase.head.lower in _NUMBERS or phrase.head.lower in types("instruments") or phrase.head.lower in types("physical_types"):
        return
    found.traits |= set(party.traits)
    names = _named_inside(story, phrase.start, phrase.end)
    for name in names:
        _organization(found, story, name, confidence(report))
    head = next((n for n in names if n.start <= phrase.head.start < n.end), None)
    person = phrase.head.tag.endswith("S") or "person" in party.traits or phrase.name is not None and party.actor_id is None
    if head is None and person:
        text = phrase.text if phrase.name is None or phrase.plural else phrase.name.text
        if text not in found.individuals:
            found.individuals.append(text)
    elif head is None and not names and "organized" in party.traits:
        found.organizations.setdefault(phrase.text, confidence(report))


def _named_inside(story: Story, start: int, end: int) -> list[Party]:
    """The organizations of the actor tables that a phrase names."""
    return [p for p in story.trace.mentions.actors if p.start < end and start < p.end and p.actor_id
            and "country" not in p.traits and not {"person"} & set(p.traits)]


def _organization(found: Blame, story: Story, party: Party, sure: str) -> None:
    key = party.actor_id or party.text
    if key not in found.keys:
        found.keys.add(key)
        found.traits |= set(party.traits)
        phrase = story.phrase(party.start, party.end)
        found.organizations[_name(story, party) if phrase else party.text] = sure


def _name(story: Story, party: Party) -> str:
    """The organization's own words inside a phrase ("members of the ELN" names the ELN)."""
    words = story.words(party.start, party.end)
    return words.split(" OF THE ")[-1] if " OF THE " in words else words


def confidence(report: EventMention) -> str:
    text = " ".join(report.sentence.text.upper().split())
    if _CLAIMED.search(text):
        return "CLAIMED OR ADMITTED"
    if _POSSIBLE.search(text):
        return "POSSIBLE"
    authority = report.attributed_to is not None and _AUTHORITY & set(report.attributed_to.traits)
    if _SUSPECTED.search(text):
        return "SUSPECTED OR ACCUSED BY AUTHORITIES" if authority else "SUSPECTED OR ACCUSED"
    return "REPORTED AS FACT"
