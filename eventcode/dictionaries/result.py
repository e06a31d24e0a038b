"""What comes of a verb of a sentence: events, or why there are none."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from eventcode.dictionaries.files import Place
from eventcode.dictionaries.nouns import Party
from eventcode.dictionaries.sentence import Text


@dataclass(frozen=True, slots=True)
class Coded:
    """One event: code, parties, and the words and the dictionary's lines that gave the code."""

    source: Party
    target: Party
    code: str
    words: tuple[int, ...]
    places: tuple[Place, ...]

    @property
    def triple(self) -> tuple[str, str, str]:
        return self.source.code, self.target.code, self.code

    @property
    def is_dyad(self) -> bool:
        return self.source.known and self.target.known

    def with_names(self, text: Text, longest: int) -> Coded:
        """The event with the words of unknown parties, in quotation marks, as their codes, if not too many."""
        if longest == 0 or self.is_dyad:
            return self
        return replace(self, source=_named(self.source, text, longest), target=_named(self.target, text, longest))


def _named(party: Party, text: Text, longest: int) -> Party:
    if party.known or not party.words or len(party.words) > longest:
        return party
    return replace(party, code='"' + " ".join(text.words[i] for i in party.words) + '"')


@dataclass(slots=True)
class Looked:
    """A verb that was looked at: the words, the line that coded it (if one did), and what came of it."""

    words: tuple[int, ...]
    outcome: str
    place: Place | None = None


@dataclass(slots=True)
class Result:
    """What became of a clause. `coded`: its verb has a code, even if no event came of it."""

    looked: Looked
    events: list[Coded] = field(default_factory=list)
    coded: bool = False
    why_not: str = ""
    discarded: str | None = None
