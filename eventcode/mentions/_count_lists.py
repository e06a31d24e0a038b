"""Counts that a list or a clipped clause leaves half said: who did not survive, "and the rebels five", each side's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from eventcode.mentions._count_groups import Found
from eventcode.mentions.numbers import CountWords, NumberReader, Quantity, Word

_ENDS = frozenset({".", ";", ",", ":"})
_LONGEST_NAME = 4


class Lists:
    """Completes the counts of a sentence from those beside them, by the count words of one language."""

    def __init__(self, words: CountWords, reader: NumberReader, people: frozenset[str]) -> None:
        self._words, self._reader, self._persons = words, reader, people | words.persons

    def listed(self, words: Sequence[Word], found: Sequence[Found]) -> list[Found]:
        """The counts, with the persons that no list knows beside those that one does: "an usher and a hired hand"."""
        made: list[Found] = []
        ends = [*(item.first for item in found[1:]), len(words)] if found else []
        for item, end in zip(found, ends, strict=True):
            made.append(item)
            while self._counts_a_person(made[-1]) and (other := self._listed_behind(words, made[-1].last + 1, end)):
                made.append(other)
        return made

    def _counts_a_person(self, item: Found) -> bool:
        return item.rule == "count/listed" or not self._persons.isdisjoint((item.noun or "").split()[-1:])

    def _listed_behind(self, words: Sequence[Word], start: int, end: int) -> Found | None:
        """"..., a hired hand": an article and a noun for who does something, closed by a sign, "and" or the verb."""
        i = start + sum(word.lower in (",", "and") for word in words[start:start + 2])
        if i == start or i >= end or words[i].lower not in ("a", "an"):
            return None
        for j in range(i + 1, min(end, i + 1 + _LONGEST_NAME)):
            if words[j].lower in self._words.phrase_ends or not words[j].lower[0].isalpha():
                return None
            after = words[j + 1].lower if j + 1 < len(words) else "."
            closed = after in _ENDS or after in self._words.phrase_ends
            if closed and words[j].lower.endswith(self._words.agent_endings) and \
                    words[j].lower not in self._words.things:
                return Found(i, j, Quantity(i, i, 1, 1, 1, "exact"), words[j].lower, rule="count/listed")
        return None

    def completed(self, words: Sequence[Word], found: Sequence[Found]) -> list[Found]:
        """The counts, each with what a clipped clause takes from the one before, and twice what each side lost."""
        made: list[Found] = []
        for item in found:
            item = self._of_survivors(words, item)
            before = next((other for other in reversed(made) if other.what is not None and not other.part), None)
            if item.what is None and before is not None and self._is_clipped(words, item):
                item = replace(item, what=before.what, more=item.noun is None)
            made.append(self._of_each_side(words, item))
        return made

    def _of_survivors(self, words: Sequence[Word], item: Found) -> Found:
        """"None of the six guards survived": all six are dead."""
        if item.quantity.qualifier != "none" or not self._say(words, item.last + 1, self._words.surviving):
            return item
        lower = [word.lower for word in words]
        numbers = (self._reader.at(lower, i) for i in range(item.first + 1, item.last + 1))
        whole = next((number for number in numbers if number is not None and number.best > 0), None)
        return item if whole is None else replace(item, quantity=whole, what="killed", rule="count/no-survivor")

    def _is_clipped(self, words: Sequence[Word], item: Found) -> bool:
        """"three in the second and two in the third", "and the rebels five", "as was his nephew"."""
        before = [word.lower for word in words[max(0, item.first - _LONGEST_NAME):item.first]]
        if " ".join(before[-2:]) in self._words.repeating:
            return True
        if item.noun is not None or item.quantity.qualifier != "exact":
            return False
        after = words[item.last + 1].lower if item.last + 1 < len(words) else "."
        in_a_row = bool(before) and before[-1] in (",", "and") and after in self._words.places_behind
        sides = "and" in before and "the" in before[before.index("and"):][1:2] and after in _ENDS
        return in_a_row or sides

    def _of_each_side(self, words: Sequence[Word], item: Found) -> Found:
        """"Each side lost one man": as many on the other."""
        before = " ".join(word.lower for word in words[max(0, item.first - 3):item.first])
        if item.what is None or not (before in self._words.each_side
                                     or self._say(words, item.last + 1, self._words.each_side)):
            return item
        low, best, high = item.quantity.low, item.quantity.best, item.quantity.high
        twice = item.quantity._replace(low=low and 2 * low, best=2 * best, high=high and 2 * high)
        return replace(item, quantity=twice, rule="count/each-side")

    @staticmethod
    def _say(words: Sequence[Word], start: int, phrases: frozenset[str]) -> bool:
        """Do the words from `start` on begin with one of the phrases?"""
        following = [word.lower for word in words[start:start + _LONGEST_NAME]]
        return any(" ".join(following[:n]) in phrases for n in range(1, len(following) + 1))
