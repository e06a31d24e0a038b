"""What a number counts, as far as the words around it tell: "12 people were killed", "wounding 12"."""

from __future__ import annotations

from collections.abc import Sequence

from eventcode.mentions.numbers import CountWords, Word

_BE = frozenset(["was", "were", "is", "are", "be", "been", "being", "got"])
_HAVE = frozenset(["has", "have", "had"])
_REACH_LEFT, _REACH_RIGHT, _REACH_PHRASE = 7, 9, 12


class Outcomes:
    """Reads the words on both sides of a counted noun."""

    def __init__(self, words: CountWords) -> None:
        self._words = words

    def of(self, words: Sequence[Word], first: int, last: int, noun: str | None, people: bool = False,
           things: bool = False) -> str | None:
        """What happened to the people counted by words first..last: killed, injured ...; None if these do not tell."""
        own = self._words.outcome_nouns.get(noun or "")
        if own is not None and noun not in self._words.outcome_yields:
            return own
        told = self._left(words, first) or self._right(words, last + 1) or self._beyond_phrase(words, last + 1)
        if (people and told == "destroyed") or (things and told == "released"):
            told = None
        return told or own or ("killed" if people and first and words[first - 1].lower in self._words.losing else None)

    def _left(self, words: Sequence[Word], first: int) -> str | None:
        """"killing at least 12": an active verb or its noun before the count, only link words between."""
        for i in range(first - 1, max(-1, first - 1 - _REACH_LEFT), -1):
            word, before = words[i].lower, words[i - 1].lower if i else ""
            found = self._words.active.get(f"{before} {word}") or self._words.active.get(word)
            if found:
                passive = i > 0 and words[i - 1].lower in _BE and word.endswith("ed")
                return None if passive else found
            if word not in self._words.links_left:
                return None
        return None

    def _right(self, words: Sequence[Word], start: int) -> str | None:
        """"were killed": a passive or an intransitive verb after the count, only link words between."""
        begin, seen = self._past_parts(words, start), set[str]()
        for i in range(begin, min(len(words), begin + _REACH_RIGHT)):
            word, following = words[i].lower, [w.lower for w in words[i:i + 4]]
            long = next((n for n in (4, 3, 2, 1) if " ".join(following[:n]) in self._words.passive), 0)
            if long:
                found = self._words.passive[" ".join(following[:long])]
                return found if self._is_passive(words, i, i + long, seen) else None
            if word not in self._words.links_right and not word.endswith("ly"):
                return None
            seen.add(word)
        return None

    def _past_parts(self, words: Sequence[Word], start: int) -> int:
        """The word behind ", including two children," or "aged 10 to 15", which stands between a count and its verb."""
        if words[start:start + 1] and words[start].lower == "aged":
            return next((i for i in range(start, min(len(words), start + 8)) if words[i].lower in _BE), start)
        lower = [word.lower for word in words[start:start + 4]]
        if lower[:2] in ([",", "including"], [",", "among"], [",", "mostly"]) or (
                lower[:1] == [","] and lower[2:] in (["of", "them"], ["of", "whom"])) or (
                lower[:1] == [","] and {"among", "them"} <= {word.lower for word in words[start + 1:start + 7]}):
            for i in range(start + 2, min(len(words), start + 14)):
                if words[i].lower == ",":
                    return i + 1
        return start

    def _is_passive(self, words: Sequence[Word], i: int, end: int, seen: set[str]) -> bool:
        """Not "12 rebels killed a guard", "12 rebels shot dead nine" nor "12 rebels have killed"."""
        if words[i].lower in self._words.intransitive or seen & _BE or "left" in seen:
            return True
        after = words[end].lower if end < len(words) else ""
        adverb = words[i].lower.endswith("ly")  # "two men fatally shot a guard", "a gunman shot dead former minister X"
        if (adverb or end > i + 1) and after[:1].isalnum() and after not in self._words.phrase_ends \
                and not after.endswith("day"):
            return False
        return not seen & _HAVE and after not in self._words.object_starts and not after[:1].isdigit()

    def _beyond_phrase(self, words: Sequence[Word], start: int) -> str | None:
        """"12 members of the group were killed": over one phrase that no sign interrupts, to "were" and its verb."""
        if start >= len(words) or words[start].lower not in self._words.phrase_links:
            return None
        for i in range(start + 1, min(len(words), start + _REACH_PHRASE)):
            word = words[i].lower
            if word in (",", ";", ":", "(", ")", "and", "that", "which", "after", "when", "while", "by"):
                return None
            if word in _BE or word in self._words.intransitive or word in self._words.negated_verbs:
                return self._right(words, i)
        return None
