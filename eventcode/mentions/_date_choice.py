"""Which of a text's dates is the day of an event: the one in the trigger's clause, then in its sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise

from eventcode.document import Document, Sentence
from eventcode.mentions import _date_calendar as cal
from eventcode.neutral import DateMention, DatePrecision, EventDate, Span

_BOUNDARY = re.compile(r"[,;:—]|\b(?:and|but|while|after|before|when|because|although|that|who|which|as|since|where)\b")
_RANGE_LINK = re.compile(r"\s*(?:-|–|—|to|and|through|until)\s*")
_AFTER = re.compile(r"\s*(after|before)\b", re.IGNORECASE)
_DECADE = re.compile(r"\d{3}")
_OFFSET = re.compile(r"P(\d+)(D|W|M|Y)")

#: Days before publication within which a date in a side clause may still be the event's.
_RECENT = 31
_MODIFIERS = frozenset({"compound", "number", "adjective"})


class DateChoice:
    """Chooses the day of an event, for one language."""

    def __init__(self, limits: Sequence[str]) -> None:
        """limits: the words before the limit of a span ("since 2011", "prior to Friday") or before a clause of it."""
        self._limits = frozenset(limits)
        self._limit = re.compile(rf"\b(?:{'|'.join(map(re.escape, limits))})\s+(?:(?:the|its|their|his|her)\s+)?"
                                 r"(?:\w+\s+(?:of|in)\s+)?$", re.IGNORECASE)

    def choose(self, trigger_start: int, sentence: Sentence, dates: Sequence[DateMention], document: Document,
               reference: date | None) -> EventDate:
        """The date of an event from the expressions of its sentence.

        trigger_start: offset of the event's trigger in the article. dates: all mentions of the article (others than
        the sentence's are ignored). reference: what DateFinder.reference gave. The expression nearest to the trigger
        within its clause comes first, then the nearest in the sentence, then the publication day (basis "published");
        durations and vague references ("recently") never become a day, nor does the limit of a span ("since 2011",
        "until Friday"), nor an old date in a relative clause of its own. Without any of these the date is unknown.
        """
        here = [mention for mention in dates if sentence.start <= mention.start < sentence.end]
        usable = [mention for mention in here if mention.first is not None
                  and (mention.precision or _is_decade(mention))
                  and mention.type in ("DATE", "TIME") and not self._is_limit(document, mention)
                  and not self._is_background(trigger_start, sentence, mention, reference)]
        nearest = _nearest(trigger_start, sentence, usable, document) if usable else None
        base = _chosen(nearest, here, document) if nearest else _published(reference)
        return _offset(trigger_start, sentence, here, usable, document, reference) or base

    def _is_limit(self, document: Document, mention: DateMention) -> bool:
        return self._limit.search(document.reading, max(0, mention.start - 40), mention.start) is not None

    def _is_background(self, trigger: int, sentence: Sentence, mention: DateMention, reference: date | None) -> bool:
        """Does the date belong to something else: "rebels who took the town in 2012 attacked", "the 2016 election"?

        Needs a tree. A recent date beside the trigger's clause ("an attack carried out on Monday killed ...") still
        counts.
        """
        if not sentence.parsed or mention.last is None:
            return False
        own, other = _token_at(sentence, trigger), _head_of(sentence, mention)
        recent = mention.precision != "year" and (reference is None or reference - mention.last <= timedelta(_RECENT))
        if own is None or other is None or recent:
            return False
        above = {own, *sentence.ancestors(own)}
        token = sentence.tokens[other]
        led = other > 0 and sentence.tokens[other - 1].lower == "in"  # 'In 1976 police ...': of no noun behind it
        if token.dep in _MODIFIERS and token.head != own and token.head >= 0 and not led:
            return True
        path = [i for i in (other, *sentence.ancestors(other)) if i not in above]
        return any(_is_clause_behind(sentence, i, other) or self._is_limit_clause(sentence, i)
                   for i in path)

    def _is_limit_clause(self, sentence: Sentence, i: int) -> bool:
        """"The worst raid since rebels took the town in 2012": a clause of another time."""
        return sentence.tokens[i].dep == "adverbial_clause" and any(
            sentence.tokens[c].dep == "marker" and sentence.tokens[c].lower in self._limits
            for c in sentence.children(i))


def looking_ahead(chosen: EventDate, reference: date | None) -> EventDate:
    """The day of an act that is yet to come: a bare weekday is the next, not the last ('plans a march on Sunday')."""
    bare = chosen.words is not None and "date/weekday" in chosen.rules and " " not in chosen.words.text
    if not bare or reference is None or chosen.start is None or chosen.end is None or chosen.start >= reference:
        return chosen
    week = timedelta(days=7)
    return chosen.model_copy(update={"start": chosen.start + week, "end": chosen.end + week,
                                     "rules": (*chosen.rules, "event-date/ahead")})


def _is_decade(mention: DateMention) -> bool:
    """"three decades ago", "in the 1980s": too wide for a precision of its own, but surely years of the past."""
    return _DECADE.fullmatch(mention.value) is not None


def _is_clause_behind(sentence: Sentence, i: int, told: int) -> bool:
    """A clause behind a noun that the date stands behind, too: not "two years ago a van packed with petrol blew up"."""
    token = sentence.tokens[i]
    return token.dep in ("relative", "participle_clause") and token.head <= told


def _head_of(sentence: Sentence, mention: DateMention) -> int | None:
    """The token of a date that the others hang on: "ago" of "two years ago"."""
    inside = [t for t in sentence.tokens if mention.start <= t.start < mention.end]
    own = {t.i for t in inside}
    return next((t.i for t in inside if t.head not in own or t.head == t.i), None)


def _token_at(sentence: Sentence, offset: int) -> int | None:
    return next((token.i for token in sentence.tokens if token.start <= offset < token.end), None)


@lru_cache(maxsize=64)
def _published(reference: date | None) -> EventDate:
    if reference is None:
        return EventDate(rules=("event-date/unknown",))
    return EventDate(start=reference, end=reference, precision="day", basis="published",
                     rules=("event-date/published",))


def _nearest(trigger: int, sentence: Sentence, usable: Sequence[DateMention], document: Document) -> DateMention:
    head = _clause_head(sentence, trigger)

    def cost(mention: DateMention) -> tuple[int, int, int]:
        between = document.reading[min(trigger, mention.end):max(trigger, mention.start)]
        crossed = len(_BOUNDARY.findall(between))
        same = head is not None and _clause_head(sentence, mention.start) == head
        return (0 if same else 1 + crossed if head is None or crossed else 1, len(between), mention.start)

    return min(usable, key=cost)


def _clause_head(sentence: Sentence, offset: int) -> int | None:
    """The verb that governs the token at an offset; None in a sentence without a tree."""
    if not sentence.parsed:
        return None
    at = _token_at(sentence, offset)
    if at is None:
        return None
    return next((i for i in (at, *sentence.ancestors(at)) if sentence.tokens[i].pos in ("VERB", "AUX")), None)


def _chosen(mention: DateMention, here: Sequence[DateMention], document: Document) -> EventDate:
    """An event date of one mention, or of the range that it is an end of."""
    first, last = _range_of(mention, here, document)
    if first.first is None or last.last is None:
        return EventDate(rules=("event-date/unknown",))
    precision = mention.precision or "year" if first is last else _wider((last.last - first.first).days)
    words = Span(start=first.start, end=last.end, text=document.words(first.start, last.end))
    rules = (*mention.rules, "event-date/range" if first is not last else "event-date/text")
    return EventDate(start=first.first, end=last.last, precision=precision, basis="text", words=words, rules=rules)


def _range_of(mention: DateMention, here: Sequence[DateMention],
              document: Document) -> tuple[DateMention, DateMention]:
    """Both ends of "March 15-17" or "from Monday to Wednesday"; the mention itself twice where it stands alone."""
    for first, last in pairwise(here):
        if mention not in (first, last) or not (first.first and last.last and first.first < last.last):
            continue
        link = document.reading[first.end:last.start]
        opened = document.reading[max(0, first.start - 9):first.start].lower().strip().endswith(("from", "between"))
        if _RANGE_LINK.fullmatch(link) and (opened or link.strip().lower() not in ("and",)):
            return first, last
    return mention, mention


def _wider(days: int) -> DatePrecision:
    return "day" if days == 0 else "week" if days <= 7 else "month" if days <= 31 else "year"


def _offset(trigger: int, sentence: Sentence, here: Sequence[DateMention], usable: Sequence[DateMention],
            document: Document, reference: date | None) -> EventDate | None:
    """"X happened on Friday, a month after Y": Y, told after the "after", lies about a month before X.

    The date of X is that of the nearest expression before the offset, else the publication day.
    """
    for mention in here:
        amount = _OFFSET.fullmatch(mention.value)
        link = _AFTER.match(document.reading, mention.end)
        if amount is None or link is None or not _governs(trigger, link.end(), sentence, document):
            continue
        own = [m for m in usable if link.end() <= m.start]
        before = [m for m in usable if m.end <= mention.start]
        start = before[-1].first if before else reference
        if own or start is None:
            return None
        steps = -int(amount[1]) if link[1].lower() == "after" else int(amount[1])
        return _moved(start, steps, amount[2], mention, link.end(), document)
    return None


def _governs(trigger: int, link_end: int, sentence: Sentence, document: Document) -> bool:
    """Does the trigger stand in the clause that "after" opens?"""
    return link_end <= trigger < sentence.end and not re.search(r"[;,—]", document.reading[link_end:trigger])


def _moved(start: date, steps: int, unit: str, mention: DateMention, end: int, document: Document) -> EventDate | None:
    moved = cal.shift_months(start, steps * {"M": 1, "Y": 12}[unit]) if unit in ("M", "Y") else cal.shift_days(
        start, steps * {"D": 1, "W": 7}[unit])
    if moved is None:
        return None
    precision: DatePrecision = {"D": "day", "W": "week", "M": "month", "Y": "year"}[unit]  # type: ignore[assignment]
    slack = {"D": 0, "W": 3, "M": 15, "Y": 182}[unit]
    words = Span(start=mention.start, end=end, text=document.words(mention.start, end))
    return EventDate(start=moved - timedelta(slack), end=moved + timedelta(slack), precision=precision, basis="text",
                     words=words, rules=(*mention.rules, "event-date/offset"))
