"""Dates: temporal expressions in a document with their TIMEX3 values, and which of them dates an event."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property
from itertools import pairwise

from eventcode.document import Document, Sentence
from eventcode.languages.base import Language
from eventcode.mentions._date_calendar import Period
from eventcode.mentions._date_choice import DateChoice, looking_ahead
from eventcode.mentions._date_guards import plausible, previous_word
from eventcode.mentions._date_resolve import KINDS, resolve
from eventcode.mentions._date_rules import Calendar, DateRules, Match, without_overlap
from eventcode.mentions._date_timeline import Timeline
from eventcode.mentions.numbers import NumberReader, read_count_words
from eventcode.neutral import DateMention

__all__ = ["DateChoice", "DateFinder", "looking_ahead"]

#: So many days before it comes out may a report have been filed.
_FILED_BEFORE = 90
_HEAD = 400
_FULL_YEAR = re.compile(r"\b(?:[A-Z][a-z]{2,8}\.?(?: \d{1,2},?)? |in |since |of )(1[5-9]\d\d|20\d\d)\b")
_NARRATIVE_YEARS = 4


class DateFinder:
    """Finds and resolves the temporal expressions of one language."""

    def __init__(self, language: Language) -> None:
        self._folder = language.folder

    @cached_property
    def _rules(self) -> DateRules:
        reader = NumberReader(read_count_words(self._folder))
        return DateRules(self._folder / "dates", reader, KINDS)

    @cached_property
    def chooser(self) -> DateChoice:
        """What chooses the day of an event among the dates found."""
        return DateChoice(self._rules.calendar.limits)

    def find(self, document: Document, taken: Sequence[tuple[int, int]] = ()) -> tuple[DateMention, ...]:
        """All temporal expressions in text order, resolved against publication and against each other.

        `taken` are spans of the article that are names: what is only the first part of one is no date.
        Without a publication day (or a dateline that gives one) nothing relative is resolved: such a mention has
        first and last None, and a value with X where digits are unknown.
        """
        reference = self.reference(document)
        line = Timeline(reference, _is_narrative(document, reference))
        return tuple(mention for sentence in document.sentences
                     for mention in self._in_sentence(document, sentence, line)
                     if not _in_a_name(document, mention, taken))

    def reference(self, document: Document) -> date | None:
        """The day that relative dates count from: the article's publication day, else that of its dateline; also that
        of the dateline of a report that came out some days after it was filed."""
        published = document.article.published
        if published is None:
            return self._dateline(document)
        filed = self._dateline(document, published)
        return filed if filed is not None and 0 <= (published - filed).days <= _FILED_BEFORE else published

    def _dateline(self, document: Document, published: date | None = None) -> date | None:
        """"GOMA, 2 August 2018 -" or a full date alone on one of the first lines; one without its year is of that of
        the publication or the one before."""
        for row in document.reading[:_HEAD].splitlines()[:4]:
            for match in self._rules.matches(row[:120]):
                if match.rule.kind in ("day", "iso") and _is_dateline(row, match):
                    found = resolve(match, Timeline(published), self._rules, False, False)
                    if found and found[0][2].first:
                        return found[0][2].first
        return None

    def _in_sentence(self, document: Document, sentence: Sentence, line: Timeline) -> list[DateMention]:
        text = document.reading[sentence.start:sentence.end]
        found = (match for match in self._rules.matches(text) if plausible(match, text, self._rules.calendar))
        made: list[DateMention] = []
        for match in without_overlap(list(found)):
            ahead, behind = _direction(text, match, self._rules.calendar)
            for start, end, period in resolve(match, line, self._rules, ahead, behind):
                start, end = _trimmed(text, start, end)
                made.append(_mention(document, sentence.start + start, sentence.start + end, period, match))
                line.note(period, previous_word(text, start).lower() in self._rules.calendar.aside_cues)
        return _clocks_on_days(document, made)


def _in_a_name(document: Document, mention: DateMention, taken: Sequence[tuple[int, int]]) -> bool:
    """Is more of a name behind the date? "The March 23 Movement" tells no day."""
    after = document.reading[mention.end + 1:mention.end + 2]
    return after.isupper() and any(start < mention.end < end for start, end in taken)


def _clocks_on_days(document: Document, found: list[DateMention]) -> list[DateMention]:
    """"18:30 on 3 July": a clock time beside a day is on that day."""
    made = list(found)
    for i, (one, other) in enumerate(pairwise(found)):
        clock, day = (i, other) if "time/clock" in one.rules[0] else (i + 1, one)
        if not _CLOCK.search(made[clock].value) or not _DAY.fullmatch(day.value):
            continue
        if _BESIDE.fullmatch(document.reading[one.end:other.start]):
            value = day.value + made[clock].value[made[clock].value.index("T"):]
            made[clock] = made[clock].model_copy(update={"value": value, "first": day.first, "last": day.last,
                                                         "precision": day.precision, "relative": day.relative})
    return made


_CLOCK = re.compile(r"T\d\d:")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_BESIDE = re.compile(r"\s*,?\s*(?:on|at)?\s*")


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Without blanks at either side."""
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), end - (len(words) - len(words.rstrip()))


def _mention(document: Document, start: int, end: int, period: Period, match: Match) -> DateMention:
    return DateMention(start=start, end=end, text=document.words(start, end), value=period.value, type=period.kind,
                       first=period.first, last=period.last, precision=period.precision, relative=period.relative,
                       rules=(match.rule.id,))


def _is_dateline(row: str, match: Match) -> bool:
    """A full date alone on its line, or behind a place in capitals and before a dash or an agency."""
    before, after = row[:match.start].strip(" ,("), row[match.end:].strip(" ,)")
    if not before and not after:
        return True
    return bool(re.fullmatch(r"(?:[^\W\d_a-z]{3,}[^\d]*)?", before)) and bool(re.match(r"[-–—(]|$", after))


def _is_narrative(document: Document, reference: date | None) -> bool:
    """Is this a text about other years than that of its publication? Then bare dates belong to the year last told."""
    years = [int(year) for year in _FULL_YEAR.findall(document.reading[:20000])]
    if reference is None:
        return True
    others = sum(abs(year - reference.year) > 1 or (year < reference.year and len(years) > 25) for year in years)
    return others >= _NARRATIVE_YEARS and others > 0.6 * len(years)


#: Characters on either side of a date within which a cue is looked for.
_NEAR = 240
_WORDS = re.compile(r"[\w’']+|[;:,]")


def _direction(text: str, match: Match, cal: Calendar) -> tuple[bool, bool]:
    """(future, past): does a cue in the date's own clause say that it lies ahead, or behind?"""
    before = _clause(_WORDS.findall(text[max(0, match.start - _NEAR):match.start].lower())[::-1], cal)
    if before[:1] == ["for"] and not cal.appointing_words.isdisjoint(before):
        return True, False
    cues = list(_cues(before, -1, cal))
    if not cues and cal.opening_words.issuperset(before):  # "In early June gunmen killed": what follows tells
        before = _clause(_WORDS.findall(text[match.end:match.end + _NEAR].lower()), cal)
        cues = list(_cues(before, 1, cal))
    if not cues:
        return False, any(word.endswith(cal.past_endings) or word in cal.past_forms for word in before)
    return cues[0], not cues[0]


def _cues(words: list[str], order: int, cal: Calendar) -> Iterator[bool]:
    """True for each cue that looks ahead, False for each that looks back; `order` is -1 for words read backwards."""
    for i, word in enumerate(words):
        following = words[i + order] if 0 <= i + order < len(words) else ""
        if following in cal.clock_words and word in cal.aside_cues:
            continue
        to = following == "to"
        if (word in cal.infinitive_cues and to) or (word in cal.future_cues and not (word == "due" and to)):
            yield True
        elif word in cal.past_cues:
            yield False


def _clause(words: list[str], cal: Calendar) -> list[str]:
    """Words up to the end of the clause."""
    for i, word in enumerate(words):
        if word in cal.clause_ends:
            return words[:i]
    return words[:18]
