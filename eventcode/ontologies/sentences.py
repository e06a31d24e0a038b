"""The sentences that report an event, and the words before and behind a place in them."""

from __future__ import annotations

from eventcode.neutral import Event, EventMention, Span


def sentence_at(offset: int, event: Event) -> Span | None:
    """The sentence that reports the event and has this offset of the article, or None."""
    return next((report.sentence for report in event.reports
                 if report.sentence.start <= offset < report.sentence.end), None)


def is_told_at(offset: int, event: Event) -> bool:
    """Is this offset in a sentence that reports the event?"""
    return sentence_at(offset, event) is not None


def words_before(offset: int, event: Event) -> str:
    """What stands before the offset in its sentence; "" where no report of the event has it."""
    sentence = sentence_at(offset, event)
    return "" if sentence is None else sentence.text[:offset - sentence.start]


def words_behind(offset: int, end: int, event: Event) -> str:
    """What stands behind `end` in the sentence that has the offset; "" where no report of the event has it."""
    sentence = sentence_at(offset, event)
    return "" if sentence is None else sentence.text[end - sentence.start:]


def before_trigger(report: EventMention) -> str:
    """What stands before the trigger in its sentence."""
    return report.sentence.text[:report.trigger.start - report.sentence.start]


def behind_trigger(report: EventMention) -> str:
    """What stands behind the trigger in its sentence."""
    return report.sentence.text[report.trigger.end - report.sentence.start:]
