"""Matching the patterns of PETRARCH-2 (nouns and prepositional phrases on both sides of a verb)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from eventcode.dictionaries.match import NOTHING, Bound, Match, Sides
from eventcode.dictionaries.nouns import NounPhrase
from eventcode.dictionaries.patterns import Choice, Kind, Noun, Pattern, Prep, Slot

#: How many words before a noun its adjectives may stand.
FARTHEST = 6



@dataclass(frozen=True, slots=True)
class State:
    """How far a pattern is filled: who its marks stand for, the words met, and where the next mark may begin."""

    bound: Bound
    met: tuple[int, ...] = ()
    after: int = -1

    def meeting(self, words: Sequence[int]) -> State:
        return State(self.bound, (*self.met, *words), max(self.after, *words) if words else self.after)

    def binding(self, kind: Kind, phrase: NounPhrase) -> State:
        return State({**self.bound, kind: phrase}, self.met, max(self.after, phrase.words[-1]))

    def passing(self, phrase: NounPhrase) -> State:
        return State(self.bound, self.met, max(self.after, phrase.words[-1]))


def match_frame(pattern: Pattern, sides: Sides) -> Match | None:
    """How this pattern fits around the verb, or None."""
    lower = [i for i in sides.lower if sides.text.in_clause_of(i, sides.verb)]
    upper = list(reversed(sides.upper))
    frame = _Frame(sides)
    for state in frame.fill(pattern.lower, lower, State(NOTHING)):  # type: ignore[arg-type]
        for done in frame.fill(pattern.upper, upper, State(state.bound, state.met)):  # type: ignore[arg-type]
            return Match(pattern, done.bound, done.met)
    return None


class _Frame:
    """Fills the slots of one pattern with the words around one verb; each word fills one slot at most.

    Nouns and prepositional phrases may stand in any order; a mark stands after the slot before it.
    """

    def __init__(self, sides: Sides) -> None:
        self.sides, self.words = sides, sides.text.words

    def fill(self, slots: Sequence[Slot], places: Sequence[int], state: State) -> Iterator[State]:
        """Ways to fill these slots with the words at these places, best first."""
        if not slots:
            yield state
            return
        for filled in self._fill_one(slots[0], places, state):
            yield from self.fill(slots[1:], places, filled)

    def _fill_one(self, slot: Slot, places: Sequence[int], state: State) -> Iterator[State]:
        if isinstance(slot, Noun):
            yield from self._noun(slot, places, state)
        elif isinstance(slot, Prep):
            yield from self._prep(slot, places, state)
        else:
            yield from self._mark(slot, places, state)

    def _noun(self, slot: Noun, places: Sequence[int], state: State) -> Iterator[State]:
        for at, taken in self._hits(slot.head, places, state.met):
            before = self._before(slot, places, at)
            if before is not None:
                yield state.meeting((*before, *taken))

    def _hits(self, choice: Choice, places: Sequence[int], met: Sequence[int]) -> list[tuple[int, list[int]]]:
        """Where a choice stands: (index in places, its words); heads of noun phrases before their modifiers."""
        spelled = [self.words[i] for i in places]
        found: list[tuple[int, list[int]]] = []
        for at in range(len(places)):
            if places[at] not in met:
                end = choice.end(spelled, at)
                if end is not None:
                    found.append((at, list(places[at:end])))
        return sorted(found, key=lambda hit: not self._heads_phrase(hit[1][-1]))

    def _heads_phrase(self, word: int) -> bool:
        phrase = self.sides.phrase_of.get(word)
        return phrase is None or self.sides.text.deps[word] not in ("compound", "adjective", "possessive")

    def _before(self, slot: Noun, places: Sequence[int], at: int) -> list[int] | None:
        """The words that the slot asks for before its noun, each in the same noun phrase; None where one is missing."""
        phrase = self.sides.phrase_of.get(places[at])
        found: list[int] = []
        for choice in slot.before:
            reach = [i for i in places[max(0, at - FARTHEST):at] if self.sides.phrase_of.get(i) is phrase]
            hit = next(iter(self._hits(choice, reach, found)), None)
            if hit is None:
                return None
            found += hit[1]
        return found

    def _prep(self, slot: Prep, places: Sequence[int], state: State) -> Iterator[State]:
        for at, taken in self._hits(slot.prep, places, state.met):
            if not slot.objects and self.sides.text.is_auxiliary(taken[-1]):
                continue  # the TO of an infinitive is no preposition
            after = State(state.bound, (*state.met, *taken), taken[-1])
            yield from self.fill(slot.objects, self._reach(places, at + len(taken)), after)

    def _reach(self, places: Sequence[int], after: int) -> Sequence[int]:
        """The words that a preposition governs: to the end of the noun phrase that follows it."""
        for i in range(after, len(places)):
            phrase = self.sides.phrase_of.get(places[i])
            if phrase is not None:
                last = phrase.words[-1]
                end = next((k for k in range(i, len(places)) if places[k] > last), len(places))
                return places[after:end]
        return places[after:]

    def _mark(self, kind: Kind, places: Sequence[int], state: State) -> Iterator[State]:
        phrases = self._phrases(places, state.after)
        if kind == "skip":
            yield state.passing(phrases[0]) if phrases else state
            return
        for phrase in sorted(phrases, key=lambda p: not p.known):
            if phrase not in state.bound.values() and (kind != "both" or phrase.compound):
                yield state.binding(kind, phrase)

    def _phrases(self, places: Sequence[int], after: int) -> list[NounPhrase]:
        """The noun phrases after a word, as marks mean them."""
        found: dict[int, NounPhrase] = {}
        for place in places:
            phrase = self.sides.phrase_of.get(place)
            if phrase is not None and place > after:
                meant = phrase.at(place)
                found.setdefault(meant.head, meant)
        return list(found.values())
