"""Numbers that speak of numbers told before: running totals, another source's figure, and what comes on top."""

from __future__ import annotations

from collections.abc import Sequence

from eventcode.mentions.numbers import CountWords, Word

_REACH, _REACH_OF = 24, 6
_GUESSED = frozenset({"put", "puts", "putting", "estimated"})
_BREAKS = frozenset({";", ".", "?", "!"})


class Totals:
    """Reads what stands before a number as "the toll rose to" and the like."""

    def __init__(self, words: CountWords) -> None:
        self._words = words

    def toll(self, lower: Sequence[str], first: int, told: Sequence[str]) -> tuple[str | None, bool]:
        """"the death toll rose to 17", "bringing the number of wounded to 40": what the total is of, and if it runs on.

        "The total" alone is of what was told last (`told`). None where the number is no such total; one that somebody
        "puts at 100" is a total beside others and takes the place of none.
        """
        link = self._link(lower, first)
        if link is None:
            return None, False
        for i in range(link, max(-1, link - _REACH), -1):
            if lower[i] in _BREAKS:
                break
            if lower[i] in self._words.tolls:
                moves = self._words.toll_moves.intersection(lower[max(0, i - 4):link])
                if lower[link] in ("to", "at") and not moves:
                    break
                what = self._of(lower, i) or (told[-1] if told and lower[i + 1:i + 2] != ["of"] else None)
                return what, what is not None and not (moves and moves <= _GUESSED)
        return None, False

    def crowd(self, words: Sequence[Word], first: int) -> str | None:
        """"the crowd, estimated at 50,000": what a group's own number tells."""
        if first < 2 or words[first].lower != "estimated" or words[first - 1].lower != ",":
            return None
        return self._words.groups.get(words[first - 2].lower) or None

    def _link(self, lower: Sequence[str], first: int) -> int | None:
        """The word that ties the number to what is before it: "rose to a provisional 17"."""
        for i in range(first - 1, max(-1, first - 3), -1):
            if lower[i] in self._words.toll_links:
                return i
        return None

    def _of(self, lower: Sequence[str], i: int) -> str | None:
        """What this word for a total is a total of: by itself, or by the words behind it."""
        own = self._words.tolls[lower[i]]
        if own or lower[i + 1:i + 2] != ["of"]:
            return own or None
        behind = lower[i + 2:i + 2 + _REACH_OF]
        known = (self._words.outcome_nouns.get(word) or self._words.passive.get(word) for word in behind)
        return next((what for what in known if what), None)

    def echo(self, lower: Sequence[str], first: int, told: Sequence[str]) -> str | None:
        """"organisers spoke of 20,000", "the hospital counted 19": another figure for what was told last."""
        lead = " ".join(lower[max(0, first - 2):first])
        said = lead in self._words.echoes or (first > 0 and lower[first - 1] in self._words.echoes)
        return told[-1] if said and told else None

    def is_more(self, lower: Sequence[str], first: int, last: int) -> bool:
        """"another 15 captives", "eight more people": on top of those told before."""
        phrase = [lower[i] for i in range(first, last + 1)
                  if lower[i + 1:i + 2] != ["than"] and lower[i - 1:i] != ["or"]]
        before = lower[max(0, first - 1):first]
        return not self._words.on_top.isdisjoint((*phrase, *before, *(lower[last + 1:last + 2])))

    def past_old(self, lower: Sequence[str], i: int) -> int:
        """Word i, or the word behind the old number that a total has left: "the toll rose | from 12 to | 15"."""
        if i >= len(lower) or lower[i] != "from" or "to" not in lower[i + 2:i + 5]:
            return i
        total = any(word in self._words.tolls for word in lower[max(0, i - 8):i])
        return lower.index("to", i + 2) + 1 if total else i
