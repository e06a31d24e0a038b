"""Who did it: individuals, organizations, and with what confidence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from phrases import Phrase, Story
from tables import types, words

from eventcode.neutral import Event, EventMention, Party

_PERSONAL = words("pronouns_of_sources")
_NUMBERS = words("counted_sources")
_STATE = frozenset({"state", "military", "police", "government"})
_ARMED = frozenset({"rebel", "criminal", "militia", "unidentified"})
#: Nouns for a body rather than for its people: "army", "front", "cartel".
_BODIES = words("bodies")
#: Civilians whom a wire names as perpetrators; others as subjects of violence are misread.
_ANYBODY = words("anybody_as_source")
_SUSPECTED = re.compile(
    r"\b(?:SUSPECT(?:ED|S)?|ALLEGED(?:LY)?|PRESUMED|ACCUSED|BLAMED|ATTRIBUTED|ACCUSE[SD]?|BLAMES?|CHARGED)\b"
)
_POSSIBLE = re.compile(r"\b(?:POSSIBL[EY]|APPARENTLY|PRESUMABLY|PROBABLY|BELIEVED|MAY HAVE|MIGHT HAVE|COULD HAVE)\b")
_CLAIMED = re.compile(r"\bCLAIM(?:ED|S|ING)? (?:CREDIT|RESPONSIBILITY)|\bADMITTED\b|\bTOOK RESPONSIBILITY\b")
#: Acts whose source undoes what another has done.
_UNDOING = frozenset({"disrupt_weapon", "repel_attack"})
#: What says who did an act, and the acts that may be told by one another's words.
ACCUSING = frozenset({"accuse", "charge", "arrest", "convict", "condemn", "sue", "extradite"})
_TAKING = frozenset({"abduct", "hijack"})
_VIOLENCE = frozenset({"assassinate", "attack", "execute", "explode", "kill", "massacre", "shoot"})
_AUTHORITY = frozenset({"police", "military", "government", "judiciary"})


@dataclass
class Blame:
    """The perpetrators of an incident."""

    individuals: dict[str, Phrase] = field(default_factory=dict)
    organizations: dict[str, str] = field(default_factory=dict)  # as the text names it, to the confidence
    keys: set[str] = field(default_factory=set)
    traits: set[str] = field(default_factory=set)

    @property
    def known(self) -> bool:
        return bool(self.individuals or self.organizations)

    @property
    def by_state(self) -> bool:
        return bool(_STATE & self.traits) and not _ARMED & self.traits

    @property
    def category(self) -> str:
        return "STATE-SPONSORED VIOLENCE" if self.by_state else "TERRORIST ACT"

    def take(self, other: Blame) -> None:
        """Join the perpetrators of another telling; a bare "guerrillas" tells nothing beside others of its noun."""
        for text, phrase in other.individuals.items():
            twin = next((known for known, p in self.individuals.items() if p.head.lower == phrase.head.lower), None)
            if twin is None:
                self.individuals[text] = phrase
        for name, sure in other.organizations.items():
            self.organizations.setdefault(name, sure)
        self.keys |= other.keys
        self.traits |= other.traits


def blame(story: Story, event: Event) -> Blame:
    found = Blame()
    for report in event.reports:
        for party in report.sources if report.action not in _UNDOING else ():
            one = Blame()
            _add(one, story, party, confidence(report))
            _join(found, one)
    for party in event.sources:
        if "events/claimed-responsibility" in party.rules:
            one = Blame()
            _organization(one, story, party, None, "CLAIMED OR ADMITTED")
            _join(found, one)
    return found


def culprits(report: EventMention) -> tuple[Party, ...]:
    """Whom a report says to have done what it is about: who is accused of it, or claims it."""
    if report.status == "negated":
        return ()
    return report.targets if report.action in ACCUSING else \
        report.sources if report.action == "claim_responsibility" else ()


def is_about(report: EventMention, told: Iterable[EventMention]) -> bool:
    """Is the act that a report is about of the kind that these tell?"""
    kind = next((kind for kind in (_TAKING, _VIOLENCE) if report.about in kind), frozenset())
    return any(one.action in kind for one in told)


def accuse(story: Story, found: Blame, report: EventMention) -> None:
    """Add whom a report elsewhere in the article says to have done it."""
    sure = confidence(report)
    for party in culprits(report):
        one = Blame()
        _add(one, story, party, "SUSPECTED OR ACCUSED" if sure == "REPORTED AS FACT" else sure)
        _join(found, one)


def _join(found: Blame, one: Blame) -> None:
    fresh = one.keys - found.keys
    if one.keys and not fresh:
        one.organizations = {}
    found.take(one)


def _add(found: Blame, story: Story, party: Party, sure: str) -> None:
    if "country" in party.traits and not {"military", "police", "government"} & set(party.traits):
        return
    phrase = story.phrase(party.start, party.end)
    if phrase is not None and phrase.head.lower in _PERSONAL and party.refers_to is not None:
        phrase = story.phrase(party.refers_to.start, party.refers_to.end)
    if phrase is None or not _can_act(phrase, party):
        return
    found.traits |= set(party.traits)
    if _is_person(phrase, party):
        found.individuals[_who(phrase)] = phrase
    if phrase.head.lower in _BODIES or party.actor_id is not None or phrase.acronym is not None:
        _organization(found, story, party, phrase, sure)


def complete(story: Story, found: Blame, reports: Iterable[EventMention]) -> None:
    """Guerrillas of no name are those of the one group that the article names; so is who did it where none is named."""
    group = main_group(story)
    if group is None or found.organizations:
        return
    if "rebel" in found.traits:
        found.organizations[group] = next((confidence(report) for report in reports), "REPORTED AS FACT")
    elif (cue := _blamed(story, group)) is not None and (cue == "CLAIMED OR ADMITTED" or not found.individuals):
        found.organizations[group] = cue
        found.traits |= {"rebel"}


def main_group(story: Story) -> str | None:
    """The armed organization that the article names, if it names one more than all others together."""
    votes = Counter(
        p.actor_id for p in story.trace.mentions.actors if p.actor_id and {"rebel", "criminal"} & set(p.traits)
    )
    if not votes:
        return None
    best, number = votes.most_common(1)[0]
    return next(_first_names(story, best), None) if 2 * number > votes.total() else None


def _blamed(story: Story, group: str) -> str | None:
    """How sure the article is that a group did it, where a sentence that names it speaks of responsibility."""
    for sentence in story.trace.sentences:
        text = " ".join(sentence.text.upper().split())
        if group in text:
            if _CLAIMED.search(text):
                return "CLAIMED OR ADMITTED"
            if _SUSPECTED.search(text) or "RESPONSIB" in text:
                return "SUSPECTED OR ACCUSED"
    return None


def _can_act(phrase: Phrase, party: Party) -> bool:
    word = phrase.head.lower
    if word in _PERSONAL or word in _NUMBERS or not word[0].isalpha() or word in types("instruments"):
        return False
    if word in types("physical_types") and word not in _BODIES:
        return False
    if not party.traits and party.actor_id is None:
        return phrase.name is not None and not phrase.plural
    civilian = "civilian" in party.traits and not _ARMED & set(party.traits)
    return not civilian or word in _ANYBODY or phrase.name is not None


def _is_person(phrase: Phrase, party: Party) -> bool:
    word = phrase.head.lower
    if word in _BODIES or word.isupper():
        return False
    return phrase.plural or "person" in party.traits or (phrase.name is not None and party.actor_id is None)


def _who(phrase: Phrase) -> str:
    return phrase.text if phrase.name is None or phrase.plural else phrase.name.text


def _organization(found: Blame, story: Story, party: Party, phrase: Phrase | None, sure: str) -> None:
    """The organization behind a perpetrator, in the article's own words."""
    name = _named(phrase) if phrase is not None else " ".join(party.text.split())
    if name is None and party.actor_id is not None:
        name = next(_first_names(story, party.actor_id), None)
    if name is not None and not any(name in known or known in name for known in found.organizations):
        found.organizations[name] = sure
        found.keys.add(party.actor_id or name)


def _named(phrase: Phrase) -> str | None:
    """The name inside a phrase ("members of the Shining Path"), or the whole phrase if it names a body."""
    if phrase.head.lower in _BODIES and not phrase.has_name:
        return phrase.text
    return phrase.longest_name


def _first_names(story: Story, actor_id: str) -> Iterator[str]:
    """How the article names an actor where it first names it."""
    for party in story.trace.mentions.actors:
        if party.actor_id == actor_id and (phrase := story.phrase(party.start, party.end)) and (name := _named(phrase)):
            yield name


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
