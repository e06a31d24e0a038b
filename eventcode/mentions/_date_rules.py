"""The wordings of times in a language, read from `dates/*.yaml`: which words make a date expression, and where."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import Field

from eventcode.errors import RuleError
from eventcode.mentions.numbers import NumberReader
from eventcode.rules import Data, Example, Words, check, read_items, read_yaml

_WORD = re.compile(r"[^\W\d_]+|\d+")
_DIGITS = frozenset({"digit", "number"})
_YEAR = _DIGITS | {"year"}


class Calendar(Data):
    """Calendar words of a language (`dates/words.yaml`)."""

    months: dict[str, int]
    month_abbreviations: dict[str, int]
    ambiguous_months: frozenset[str]
    weekdays: dict[str, int]
    weekday_abbreviations: dict[str, int]
    weekday_names: frozenset[str]
    units: dict[str, str]
    seasons: dict[str, str]
    dayparts: dict[str, str]
    ordinals: dict[str, int]
    vague_numbers: tuple[str, ...]
    singular_numbers: tuple[str, ...]
    vague: dict[str, str]
    sets: dict[str, str]
    future_cues: frozenset[str]
    clock_words: frozenset[str]
    past_cues: frozenset[str]
    past_forms: frozenset[str]
    opening_words: frozenset[str]
    past_endings: tuple[str, ...]
    aside_cues: frozenset[str]
    limits: tuple[str, ...]
    infinitive_cues: frozenset[str]
    appointing_words: frozenset[str]
    clause_ends: frozenset[str]
    year_cues: frozenset[str]
    weak_year_cues: frozenset[str]
    month_cues: frozenset[str]


class Holiday(Data):
    """A holiday: its names, and its day as MM-DD, easter+N or MM-weekday-nth."""

    id: str
    names: tuple[str, ...]
    day: str = Field(pattern=r"\d\d-\d\d|easter[+-]\d+|\d+-[1-7]-[1-5]")


class DateRule(Data):
    """One wording of times: a pattern with macros, the resolver that reads it, the word classes that a sentence needs
    for it, and words of which it needs one, if there are any."""

    id: str
    pattern: str
    kind: str
    needs: Words
    words: frozenset[str] = frozenset()
    examples: tuple[Example, ...] = Field(min_length=1)
    counterexamples: tuple[Example, ...] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class Match:
    """One wording found: the rule, where, and its named groups with their offsets."""

    rule: DateRule
    order: int
    found: re.Match[str]

    @property
    def start(self) -> int:
        return self.found.start()

    @property
    def end(self) -> int:
        return self.found.end()


def alternatives(words: Any) -> str:
    """Words as an alternation, longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w)))


class DateRules:
    """All date wordings of a language. `matches` finds them in a sentence."""

    def __init__(self, folder: Path, numbers: NumberReader, kinds: frozenset[str]) -> None:
        self.folder = folder
        self.number = numbers.parse
        self.calendar: Calendar = check(read_yaml(folder / "words.yaml"), Calendar, folder / "words.yaml")
        self.holidays = read_items(folder / "holidays.yaml", Holiday, "holidays")
        self.rules = read_items(folder / "rules.yaml", DateRule, "rules")
        self._number_words = (*numbers.words.numbers, *numbers.words.scales)
        self._scales = rf"(?:{alternatives(numbers.words.scales)})\b(?! days\b)"
        for rule in self.rules:
            if rule.kind not in kinds:
                raise RuleError(f"unknown kind {rule.kind!r}", path=folder / "rules.yaml", rule=rule.id)

    @cached_property
    def day_of_holiday(self) -> dict[str, str]:
        return {name: item.day for item in self.holidays for name in item.names}

    @cached_property
    def _macros(self) -> dict[str, str]:
        cal = self.calendar
        plain_units = alternatives(cal.units)
        numbers, plain = alternatives(self._number_words), alternatives((*cal.vague_numbers, *cal.singular_numbers))
        made = {
            "MONTH": f"(?P<month>{_month_words(cal)})",
            "WEEKDAY": f"(?P<weekday>{_weekday_words(cal)})",
            "WEEKDAYS": _weekday_words(cal),
            "YEAR": r"(?P<year>1\d{3}|20\d{2})(?![.,]\d|\d|[%:]\d|-\d(?!\d{3}\b))",
            "ISOYEAR": r"(?:1\d{3}|20\d{2})",
            "DAY": r"(?P<day>3[01]|[12]\d|0?[1-9])(?![\d:]|[.,]\d(?!\d{3})|%)",
            "DAYEND": r"st|nd|rd|th|",
            "ORDDAY": r"(?P<day>3[01](?=st|th)|[12]\d(?=st|nd|rd|th)|[1-9](?=st|nd|rd|th))(?:st|nd|rd|th)",
            "END": r"(?=\s*(?:[,.;:)\]]|$)|\s+(?:in|at|when|as|after|before|during|by|with|the|for|against)\b)",
            "RELYEAR": r"(?P<relyear>this year|last year|next year|that year|the same year|the following year|"
                       r"the previous year|that same year)",
            "PARTOF": r"(?P<part>(?:the )?(?:very )?(?:early|late|mid|end|beginning|start|middle|close|first half|"
                      r"second half|eve)(?: in| of|)[ -](?:the )?)",
            "PARTOF2": r"(?:early|late|mid)[ -]",
            "UNIT": f"(?P<unit>{plain_units})",
            "UNITS": f"(?P<unit>{plain_units})s?",
            "UNITWORD": plain_units,
            "PLURALUNITS": f"(?:{plain_units})s",
            "SEASON": rf"(?P<season>{alternatives(cal.seasons)})",
            "DAYPART": f"(?P<daypart>{alternatives(cal.dayparts)})",
            "HOLIDAY": f"(?P<holiday>{alternatives(self.day_of_holiday)})",
            "NUM": rf"(?P<num>{plain}|a couple(?: of)?|half an?|"
                   rf"(?!{self._scales})(?:{numbers})(?:[- ](?:{numbers})){{0,4}}|"
                   r"\d{1,3}(?:,\d{3})*(?:\.\d+)?)",
            "MOD": r"(?P<mod>(?:(?:only|just|almost|nearly|about|around|roughly|approximately|exactly|barely|some|over|"
                   r"under|well over|more than|less than|fewer than|at least|at most|up to|a little|little|as long as|"
                   r"within|not) ){0,3})",
            "SETWORD": rf"(?P<set>{_lower_or_sentence(cal.sets)})",
            "VAGUE": rf"(?P<vague>{_lower_or_sentence(cal.vague)})",
        }
        for name in ("MONTH", "DAY", "YEAR", "WEEKDAY", "UNIT"):
            made[f"{name}_B"] = made[name].replace(f"<{name.lower()}>", f"<{name.lower()}_b>")
        return made

    @cached_property
    def _compiled(self) -> list[tuple[frozenset[str], DateRule, re.Pattern[str]]]:
        return [(frozenset(rule.needs), rule, self._compile(rule)) for rule in self.rules]

    def _compile(self, rule: DateRule) -> re.Pattern[str]:
        def fill(macro: re.Match[str]) -> str:
            if macro[1] not in self._macros:
                raise RuleError(f"unknown macro {macro[0]}", path=self.folder / "rules.yaml", rule=rule.id)
            return self._macros[macro[1]]

        pattern = re.sub(r"\{([A-Z][A-Z_0-9]*)\}", fill, rule.pattern)
        try:
            return re.compile(rf"(?<![\w$£€#])(?:{pattern})(?!\w)", re.IGNORECASE)
        except re.error as problem:
            raise RuleError(f"pattern: {problem}", path=self.folder / "rules.yaml", rule=rule.id) from None

    @cached_property
    def _classes(self) -> dict[str, tuple[str, ...]]:
        """Word to its classes; an expression of several words is known by its longest. Of digits the form tells."""
        cal = self.calendar
        lists: dict[str, Any] = {
            "month": (*cal.months, *cal.month_abbreviations), "season": cal.seasons,
            "weekday": (*cal.weekdays, *cal.weekday_abbreviations, *(f"{name}s" for name in cal.weekdays)),
            "unit": (*cal.units, *(f"{unit}s" for unit in cal.units)),
            "daypart": (*cal.dayparts, *(f"{part}s" for part in cal.dayparts)),
            "deictic": ("today", "tonight", "yesterday", "tomorrow", "overnight"),
            "holiday": self.day_of_holiday, "set": cal.sets, "vague": cal.vague,
            "number": (*self._number_words, *cal.vague_numbers, *cal.singular_numbers, "couple", "half"),
            "ordinal": ("st", "nd", "rd", "th"),
        }
        made: dict[str, tuple[str, ...]] = {}
        for name, words in lists.items():
            for word in sorted({max(_WORD.findall(word), key=len) for word in words}):
                made[word] = (*made.get(word, ()), name)
        return made

    def classes_of(self, words: Iterable[str]) -> set[str]:
        """The classes that words of a sentence are of; hardly any in most sentences without a date."""
        found: set[str] = set()
        for word in words:
            if word in self._classes:
                found.update(self._classes[word])
            elif word.isdigit():
                found |= _YEAR if len(word) == 4 and word[0] in "12" else _DIGITS
        return found

    def matches(self, text: str) -> list[Match]:
        """Every wording in a sentence, in order of rules; they may overlap."""
        words = set(_WORD.findall(text.lower()))
        present = self.classes_of(words)
        return [Match(rule, order, hit) for order, (needs, rule, pattern) in enumerate(self._compiled)
                if needs <= present and not (rule.words and rule.words.isdisjoint(words))
                for hit in pattern.finditer(text)]


def without_overlap(found: list[Match]) -> Iterator[Match]:
    """Longest first, then the earlier rule; whatever overlaps a kept one goes."""
    kept: list[Match] = []
    for match in sorted(found, key=lambda m: (m.start - m.end, m.order, m.start)):
        at = bisect(kept, match.start, key=lambda m: m.start)
        free_before = at == 0 or kept[at - 1].end <= match.start
        if free_before and (at == len(kept) or match.end <= kept[at].start):
            kept.insert(at, match)
    return iter(kept)


def _month_words(cal: Calendar) -> str:
    names = [*cal.months, *cal.month_abbreviations]
    cased = [form for name in names for form in (name.capitalize(), name.upper())]
    lower = [name for name in cal.months if name not in cal.ambiguous_months]
    dotted = "|".join(f"{form}\\.?" if form.lower() in cal.month_abbreviations else form
                      for form in sorted({*cased, *lower}, key=lambda w: (-len(w), w)))
    return f"(?-i:(?:{dotted})(?![A-Za-z]))"


def _weekday_words(cal: Calendar) -> str:
    full = [form for name in cal.weekdays for form in (name, name.capitalize(), name.upper())]
    short = [name.capitalize() + r"\.?" for name in sorted(cal.weekday_abbreviations, key=len, reverse=True)]
    return f"(?-i:(?:{'|'.join([*full, *short])})(?![A-Za-z]))"


def _lower_or_sentence(words: dict[str, str]) -> str:
    """Lower case anywhere, a capital only at the start of the sentence: 'Daily Trust' and 'Future Party' are names."""
    capital = alternatives(word.capitalize() for word in words)
    return rf"(?-i:{alternatives(words)}|(?:^|(?<=^[\"“'‘(]))(?:{capital}))"
