"""Numbers in text: digits, number words, ranges and vague quantities, each with its span and what qualifies it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import NamedTuple, cast

from eventcode.neutral import Qualifier
from eventcode.patterns import Hit, TokenTrie
from eventcode.rules import Data, check, read_yaml

_WORD = re.compile(
    r"[^\W\d_]+\d\w*|\d+(?:[.,]\d+)*|(?:[^\W\d_]\.){2,}|"
    r"[^\W\d_]+(?:['’.](?=[^\W\d_])[^\W\d_]+)*\.?(?<=\w)|\S"
)
_DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+|\d+")
#: The largest number that is read: more is a phone number or a serial number.
LARGEST = 10**12


class Word(NamedTuple):
    """One word of a text: offsets in it, the word in lower case, and whether it was written with a capital."""

    start: int
    end: int
    lower: str
    capital: bool = False
    upper: bool = False


class Quantity(NamedTuple):
    """One quantity: words first..last (inclusive), its bounds, and what qualifies it.

    `best` of a range is its lower end; `low` and `high` are None where the words leave that side open.
    """

    first: int
    last: int
    low: int | None
    best: int
    high: int | None
    qualifier: Qualifier


class CountWords(Data):
    """`counts.yaml` of a language: number words, and the words that tell what is counted."""

    numbers: dict[str, int]
    scales: dict[str, int]
    plurals: dict[str, int]
    several: tuple[str, ...]
    pairs: dict[str, int]
    zeros: tuple[str, ...]
    perhaps: frozenset[str]
    fractions: dict[str, str]
    before: dict[str, Qualifier]
    after: dict[str, Qualifier]
    measures: frozenset[str]
    labels: frozenset[str]
    persons: frozenset[str]
    irregular_persons: dict[str, str]
    outcome_nouns: dict[str, str]
    outcome_yields: frozenset[str]
    passive: dict[str, str]
    active: dict[str, str]
    links_right: frozenset[str]
    links_left: frozenset[str]
    shares: frozenset[str]
    parts: tuple[str, ...]
    possessives: frozenset[str]
    others: frozenset[str]
    phrase_ends: frozenset[str]
    not_counted: frozenset[str]
    intransitive: frozenset[str]
    losing: frozenset[str]
    next_ones: frozenset[str]
    speaking: frozenset[str]
    collectives: dict[str, int]
    object_starts: frozenset[str]
    phrase_links: frozenset[str]
    noun_links: frozenset[str]
    adjectival: frozenset[str]
    tolls: dict[str, str]
    toll_moves: frozenset[str]
    toll_links: frozenset[str]
    echoes: frozenset[str]
    claiming: frozenset[str]
    on_top: frozenset[str]
    groups: dict[str, str]
    manned: frozenset[str]
    fates: frozenset[str]
    months: frozenset[str]
    things: frozenset[str]
    agent_endings: tuple[str, ...]
    surviving: frozenset[str]
    repeating: frozenset[str]
    places_behind: frozenset[str]
    each_side: frozenset[str]
    negated_verbs: frozenset[str]


def read_count_words(folder: Path) -> CountWords:
    """The count words of a language's folder. Raises RuleError where the file is wrong."""
    path = folder / "counts.yaml"
    return check(read_yaml(path), CountWords, path)


def scan(text: str) -> list[Word]:
    """The words, numbers and signs of a text, with offsets; independent of any tokenizer."""
    return [Word(found.start(), found.end(), found[0].lower(), found[0][0].isupper(), found[0].isupper())
            for found in _WORD.finditer(text)]


def phrase(text: str) -> list[str]:
    """A phrase of a word list as the words that `scan` gives."""
    return [word.lower for word in scan(text)]


class _Value(NamedTuple):
    last: int
    number: int
    qualifier: Qualifier


_PLURAL_QUALIFIER: dict[int, Qualifier] = {24: "dozens", 40: "scores", 200: "hundreds"}


class NumberReader:
    """Reads quantities with the number words of one language."""

    def __init__(self, words: CountWords) -> None:
        self.words = words

    @cached_property
    def _before(self) -> TokenTrie[Qualifier]:
        return _trie(self.words.before)

    @cached_property
    def _after(self) -> TokenTrie[Qualifier]:
        return _trie(self.words.after)

    @cached_property
    def _shares(self) -> TokenTrie[float]:
        return _trie({name: float(share) for name, share in self.words.fractions.items()})

    @cached_property
    def _vague(self) -> TokenTrie[tuple[int, Qualifier]]:
        made: dict[str, tuple[int, Qualifier]] = dict.fromkeys(self.words.several, (3, "several"))
        made |= {name: (number, "exact" if number <= 3 else "about") for name, number in self.words.pairs.items()}
        made |= dict.fromkeys(self.words.zeros, (0, "none"))
        return _trie(made)

    @cached_property
    def openings(self) -> frozenset[str]:
        """The words that a quantity can begin with, beside digits."""
        own = self.words
        phrases = (*own.before, *own.several, *own.pairs, *own.zeros, *own.fractions)
        first = {words[0] for words in map(phrase, phrases) if words}
        alone = {"tens", "a", "an", "half", "between", "from", "every", "each"}
        return frozenset({*first, *own.numbers, *own.plurals, *alone})

    def parse(self, text: str) -> int | None:
        """The number that a whole text spells, in digits or words: "1,200", "twenty-five"; None if it is none."""
        words = [word.lower for word in scan(text)]
        value = self._plain(words, 0) if words else None
        return value.number if value and value.last == len(words) - 1 else None

    def at(self, words: Sequence[str], i: int) -> Quantity | None:
        """The quantity that begins at word i, with "at least" before it and "or more" behind it."""
        if words[i] not in self.openings and not words[i][:1].isdigit():
            return None
        lead = self._before.longest_at(words, i)
        core = self._core(words, lead.last + 1) if lead else None
        if lead and core:
            return self._trail(words, _qualified(core._replace(first=i), lead.values[0]))
        core = self._range_between(words, i) or self._each_of(words, i) or self._core(words, i)
        return self._trail(words, core) if core else None

    def _each_of(self, words: Sequence[str], i: int) -> Quantity | None:
        """"every one of the 29 men": all of them."""
        if words[i] not in ("every", "each") or "of" not in words[i + 1:i + 3]:
            return None
        start = next(j for j in range(i + 1, i + 3) if words[j] == "of") + 1
        core = self._core(words, start + (words[start:start + 1] == ["the"]))
        return core._replace(first=i) if core and core.qualifier == "exact" else None

    def find(self, words: Sequence[str]) -> list[Quantity]:
        """All quantities of a text's words, left to right, never overlapping."""
        found, i = [], 0
        while i < len(words):
            quantity = self.at(words, i)
            if quantity:
                found.append(quantity)
            i = quantity.last + 1 if quantity else i + 1
        return found

    def _core(self, words: Sequence[str], i: int) -> Quantity | None:
        value = self._value(words, i)
        if value is None:
            return self._share(words, i)
        high = self._upper(words, value)
        if high:
            return Quantity(i, high.last, value.number, value.number, high.number, "range")
        top = value.number if value.qualifier in ("exact", "none") else None
        low = None if value.qualifier == "about" else value.number
        return Quantity(i, value.last, low, value.number, top, value.qualifier)

    def _share(self, words: Sequence[str], i: int) -> Quantity | None:
        """"half of the 60 hostages" is about 30, "most of the 120" is 61 to 120."""
        hit = self._shares.longest_at(words, i)
        if hit is None or words[hit.last + 1:hit.last + 2] != ["of"]:
            return None
        start = hit.last + 2
        whole = self._plain(words, start + (words[start:start + 1] == ["the"]))
        if whole is None or whole.qualifier != "exact":
            return None
        if not hit.values[0]:
            least = whole.number // 2 + 1
            return Quantity(i, whole.last, least, least, whole.number, "range")
        return Quantity(i, whole.last, None, round(whole.number * hit.values[0]), None, "about")

    def _upper(self, words: Sequence[str], low: _Value) -> _Value | None:
        """The upper end of "10-15", "10 to 15", "two or three"."""
        i = low.last + 1
        if i + 1 >= len(words) or words[i] not in ("-", "–", "—", "to", "or") or low.qualifier != "exact":
            return None
        high = self._plain(words, i + 1)
        if high and words[i] == "-" and high.number <= low.number:
            return None
        return high if high and low.number < high.number else None

    def _range_between(self, words: Sequence[str], i: int) -> Quantity | None:
        """"between 10 and 15", "from 10 to 15"."""
        link = {"between": "and", "from": "to"}.get(words[i])
        low = self._plain(words, i + 1) if link and i + 1 < len(words) else None
        if low is None or low.last + 2 >= len(words) or words[low.last + 1] != link:
            return None
        high = self._plain(words, low.last + 2)
        if high is None or high.number <= low.number:
            return None
        return Quantity(i, high.last, low.number, low.number, high.number, "range")

    def _trail(self, words: Sequence[str], core: Quantity) -> Quantity:
        core = self._perhaps(words, core) or core
        i = core.last + 1
        if i + 1 < len(words) and words[i] == "-" and words[i + 1] in self.words.after:
            return _qualified(core._replace(last=i + 1), self.words.after[words[i + 1]])
        hit = self._after.longest_at(words, i)
        if hit is None or (hit.first == hit.last and words[i] == "plus"):
            plus = words[i:i + 1] == ["+"]
            return core._replace(last=i, low=core.best, high=None, qualifier="at_least") if plus else core
        return _qualified(core._replace(last=hit.last), hit.values[0])

    def _perhaps(self, words: Sequence[str], low: Quantity) -> Quantity | None:
        """"at least 200, and perhaps 400,": a range with the more certain number first."""
        i = low.last + 1
        i += words[i:i + 1] == [","]
        i += i < len(words) and words[i] in ("and", "or", "but")
        if low.qualifier not in ("exact", "at_least") or i >= len(words) or words[i] not in self.words.perhaps:
            return None
        lead = self._before.longest_at(words, i + 1)
        high = self._plain(words, lead.last + 1 if lead else i + 1)
        if high is None or high.number <= low.best:
            return None
        last = high.last + (words[high.last + 1:high.last + 2] == [","] and words[low.last + 1] == ",")
        return Quantity(low.first, last, low.best, low.best, high.number, "range")

    def _value(self, words: Sequence[str], i: int) -> _Value | None:
        if i >= len(words):
            return None
        vague: Hit[tuple[int, Qualifier]] | None = self._vague.longest_at(words, i)
        if vague:
            number, qualifier = vague.values[0]
            return self._several_scale(words, vague.last, number, qualifier) or _Value(vague.last, number, qualifier)
        return self._plural(words, i) or self._plain(words, i)

    def _several_scale(self, words: Sequence[str], last: int, number: int, vague: Qualifier) -> _Value | None:
        """"several hundred", "a few dozen"; "a couple of dozen" is two dozen."""
        scale = self.words.scales.get(words[last + 1]) if last + 1 < len(words) else None
        if scale is None or number == 0:
            return None
        if vague == "exact":
            return _Value(last + 1, number * scale, "about")
        qualifier: Qualifier = "dozens" if scale == 12 else "hundreds" if scale == 100 else "thousands"
        return _Value(last + 1, number * scale, qualifier)

    def _plural(self, words: Sequence[str], i: int) -> _Value | None:
        """"dozens", "tens of thousands", "hundreds of thousands"."""
        number = self.words.plurals.get(words[i], 20 if words[i] == "tens" else None)
        if number is None:
            return None
        if words[i + 1:i + 2] == ["of"] and i + 2 < len(words) and words[i + 2] in self.words.plurals:
            unit = self.words.plurals[words[i + 2]] // 2
            return _Value(i + 2, number * unit, "thousands" if unit >= 1000 else "hundreds")
        if words[i] == "tens":
            return None
        return _Value(i, number, _PLURAL_QUALIFIER.get(number, "thousands"))

    def _plain(self, words: Sequence[str], i: int) -> _Value | None:
        """A number in digits, in words, or both ("2.5 million", "three hundred and five")."""
        if i >= len(words):
            return None
        if words[i][:1].isdigit():
            return self._digits(words, i)
        if words[i] in ("a", "an", "half"):
            return self._article(words, i)
        return self._spelled(words, i)

    def _digits(self, words: Sequence[str], i: int) -> _Value | None:
        scale = self.words.scales.get(words[i + 1]) if i + 1 < len(words) else None
        if scale and re.fullmatch(r"\d+(?:\.\d+)?", words[i]) and len(words[i]) < 10:
            return _Value(i + 1, round(float(words[i]) * scale), "exact")
        if not _DIGITS.fullmatch(words[i]) or len(words[i]) > 15 or not words[i].isascii():
            return None
        number = int(words[i].replace(",", ""))
        return _Value(i, number, "exact") if number < LARGEST else None

    def _article(self, words: Sequence[str], i: int) -> _Value | None:
        """"a dozen", "a hundred and twenty", "half a dozen"."""
        if words[i] == "half":
            joined = i + 2 < len(words) and words[i + 1] in ("a", "-")
            unit = self.words.scales.get(words[i + 2], 0) if joined else 0
            return _Value(i + 2, unit // 2, "about") if unit else None
        scale = self.words.scales.get(words[i + 1]) if i + 1 < len(words) else None
        if scale is None:
            return None
        spelled = self._spelled(["one", *words[i + 1:i + 12]], 0)
        exact: Qualifier = "exact" if spelled and spelled.number % 10 and scale != 12 else "about"
        return _Value(i + spelled.last, spelled.number, exact) if spelled else None

    def _spelled(self, words: Sequence[str], i: int) -> _Value | None:
        """A number in words: hundreds collect units, scales collect hundreds."""
        total = current = 0
        last, ceiling, first = -1, LARGEST, i
        while i < len(words):
            word, number = words[i], self.words.numbers.get(words[i])
            after = words[i + 1] if i + 1 < len(words) else ""
            if word in ("-", "and") and last >= 0 and self._continues(current, total, after, word):
                i += 1
                continue
            if number is not None and (last < 0 or self._continues(current, total, word, "")):
                current += number
            elif word in self.words.scales and last >= 0 and self._takes(current, self.words.scales[word], ceiling):
                scale = self.words.scales[word]
                if scale == 100:
                    current *= 100
                else:
                    total, current, ceiling = total + current * scale, 0, scale
            else:
                break
            last, i = i, i + 1
        if last < 0:
            return None
        about: Qualifier = "about" if words[last] == "dozen" and last > first else "exact"
        return _Value(last, total + current, about)

    @staticmethod
    def _takes(current: int, scale: int, ceiling: int) -> bool:
        return (0 < current < 100 if scale == 100 else current > 0) and scale < ceiling

    def _continues(self, current: int, total: int, word: str, link: str) -> bool:
        """May this number word go on with a number begun? twenty + five, three hundred (and) + twelve."""
        number = self.words.numbers.get(word)
        if number is None or number == 0:
            return False
        if link == "and" and (total or current) % 100 != 0:
            return False
        tail = current % 100
        if current == 0:
            return (total > 0 and total % 12 != 0) or total >= 1000
        return (tail == 0 and current >= 100) or (20 <= tail <= 90 and tail % 10 == 0 and number < 10 and link != "and")


def _trie(table: Mapping[str, object]) -> TokenTrie:  # type: ignore[type-arg]
    return TokenTrie((phrase(text), value) for text, value in table.items())


def _qualified(core: Quantity, word: Qualifier) -> Quantity:
    """A quantity under "at least", "up to", "about"; vague ones keep their own qualifier."""
    if core.qualifier not in ("exact", "about", "range"):
        return core._replace(high=None)
    if word == "exact" or core.qualifier == "range":
        return core
    low = core.best if word == "at_least" else None
    high = core.best if word == "at_most" else None
    return core._replace(low=low, high=high, qualifier=cast(Qualifier, word))
