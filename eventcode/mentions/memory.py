"""What a document has named so far: whom pronouns and definite nouns point back to, and the story's day."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from eventcode.neutral import EventDate, Party

_THEY = frozenset({"they", "them", "their", "themselves", "theirs"})
_ONE_PERSON = frozenset({"he", "him", "his", "she", "her", "himself", "herself"})
_IT = frozenset({"it", "its", "itself"})
_OBJECT = frozenset({"them", "him", "themselves"})
#: Pronouns that may stand for a party.
PERSONAL = _THEY | _ONE_PERSON
PRONOUNS = PERSONAL | _IT
#: What "the group" does not mean.
_NO_GROUP = frozenset({"igo", "state", "country", "government", "military", "police", "business", "media"})
#: Pronouns for whoever speaks.
SPEAKING = frozenset({"i", "me", "my", "we", "us", "our", "ours", "ourselves"})
#: A pronoun does not point back over more sentences than this.
_REACH = 3
#: A definite noun does not point back over more mentions than this.
_LOOK_BACK = 200


@dataclass(frozen=True, slots=True)
class _Seen:
    """A party that was named: where, in how prominent a place, and whether 'they' may point to it."""

    party: Party
    plural: bool
    sentence: int
    subject: bool


@dataclass
class Memory:
    """The parties named so far in a document, for 'they', 'the group' and the like."""

    seen: list[_Seen] = field(default_factory=list)
    #: The day of the story's main event, for sentences that tell more of it and name no day.
    day: EventDate | None = None
    #: The day last told of, and the sentence that told it or went on with it.
    latest: tuple[EventDate, int] | None = None
    #: The date of history last told, and the sentence that told it or went on with it.
    past: tuple[EventDate, int] | None = None
    #: The families of the acts that the sentences so far have told.
    told: set[str] = field(default_factory=set)
    #: Does the text tell of arms that may have killed those who die in it?
    armed: bool = False
    #: The parties of the last act that told two of them against or with each other.
    sides: tuple[Party, ...] = ()

    def note(self, party: Party, plural: bool, sentence: int, subject: bool) -> None:
        """Remember a party that was named (not one that itself points back)."""
        if party.refers_to is None:
            self.seen.append(_Seen(party, plural, sentence, subject))

    def named(self, like: Party, sentence: int, not_meant: Collection[str] = ()) -> Party | None:
        """The named party that a definite noun ("the militants") points back to: a recent subject, else the latest."""
        fitting = [
            (seen, n)
            for n, seen in enumerate(self.seen[-_LOOK_BACK:])
            if seen.party.key not in not_meant and _compatible(seen.party, like)
        ]
        return max(fitting, key=lambda f: (_prominence(f[0], sentence, ""), f[1]))[0].party if fitting else None

    def meant(self, pronoun: str, sentence: int, at: int, not_meant: Collection[str],
              fits: Callable[[Party], bool] | None = None) -> Party | None:
        """The party that the pronoun at this offset points back to: subjects before others, recent sentences first."""
        fitting = [
            (seen, n)
            for n, seen in enumerate(self.seen[-_LOOK_BACK:])
            if seen.party.key not in not_meant
            and seen.party.start < at
            and sentence - seen.sentence <= _REACH
            and (fits is None or fits(seen.party))
            and _agrees(pronoun, seen.party, seen.plural)
        ]
        if not fitting:
            return None
        return max(fitting, key=lambda f: (_prominence(f[0], sentence, pronoun), f[1]))[0].party


def _prominence(seen: _Seen, sentence: int, pronoun: str) -> int:
    """A pronoun prefers the subject of its own or the last sentence; an object pronoun the words just before it."""
    if pronoun in _OBJECT:
        return 2 if seen.sentence == sentence else 1 if seen.sentence == sentence - 1 else 0
    recent = seen.sentence >= sentence - 1
    return (2 if seen.subject else 1) if recent else 0


def _compatible(party: Party, like: Party) -> bool:
    """May 'the militants' mean this named party? It must be named and share what the words say."""
    if party.actor_id is None or ("person" in party.traits and "person" not in like.traits):
        return False
    telling = set(like.traits) - {"group", "organized", "person"}
    if not telling and not _NO_GROUP.isdisjoint(party.traits):
        return False
    return not telling or not telling.isdisjoint(party.traits)


def _agrees(words: str, party: Party, plural: bool) -> bool:
    if words in _ONE_PERSON:
        return "person" in party.traits and not plural
    if words in _IT:
        return (
            "group" in party.traits or "country" in party.traits or "organized" in party.traits
        ) and "person" not in party.traits
    return plural or "group" in party.traits or "organized" in party.traits
