"""When an act was: by its own words, else the day that the story tells of, else when it was told."""

from __future__ import annotations

from datetime import date

from eventcode import circumstances
from eventcode.drafts import Draft, DraftReader
from eventcode.mentions.dates import looking_ahead
from eventcode.mentions.stage import dateline_end
from eventcode.neutral import HAPPENED, DateMention, EventDate, EventMention
from eventcode.sameness import WHEN_SAID

#: An act that only dates another ("a month after troops flushed them out") is background once it is this many days old.
_BACKGROUND_DAYS = 7
#: From how many days on what is told of a year is no news: "300 women were murdered last year".
_OLD_DAYS = {"year": 0}
_STORY_DAYS = 14  # so long ago is part of the story
_SCENE = 3  # in so many first sentences the scene is set


class DatedReader(DraftReader):
    """Reads the drafts of a sentence and their dates."""

    def is_recent(self, told: DateMention) -> bool:
        """A day of the last weeks: since then is the story itself."""
        return self.reference is not None and told.precision == "day" and told.first is not None and (
            0 <= (self.reference - told.first).days <= _STORY_DAYS)

    def date_of(self, draft: Draft, status: str) -> EventDate:
        """The act's own date; else the story's day; else when it was told of, and at last the publication."""
        start = self.sentence.tokens[draft.i].start
        own = self._own_dates(draft)
        chosen = self.tools.choose_date(start, self.sentence, own, self.document, self.reference)
        told = draft.action.speech or status not in HAPPENED
        if chosen.basis == "text":
            self._note_past(chosen)
            if not told and chosen.precision == "day" and "event-date/offset" not in chosen.rules:
                self.memory.day = self.memory.day or chosen
                self.memory.latest = chosen, self.sentence.index
            return looking_ahead(chosen, self.reference) if status == "intended" else chosen
        past = None if told else self._past(draft) or self._story_day(draft)
        if past is not None:
            return past
        any_day = self.tools.choose_date(start, self.sentence, self.found.dates, self.document, self.reference)
        said = any_day.basis == "text" and not draft.action.speech and len(own) < len(self.found.dates)
        return any_day.model_copy(update={"rules": (*any_day.rules, WHEN_SAID)}) if said else any_day

    def _own_dates(self, draft: Draft) -> list[DateMention]:
        """The dates that do not tell when the act was spoken of; of a noun that is only referred to those that stand
        under it: "today he condemned [the killing of 16 November]"."""
        own = [d for d in self.found.dates if not self.tools.status.tells_when_said(self.sentence, d.start, draft.i)]
        if circumstances.is_asserted(self.sentence, draft.trigger, self.tools.status):
            return own
        return [d for d in own if self.stands_under(d, draft.i)] or own

    def stands_under(self, told: DateMention, i: int) -> bool:
        """Does the date stand under token i in the tree?"""
        at = next((t.i for t in self.sentence.tokens if told.start <= t.start < told.end), None)
        return at is not None and i in self.sentence.ancestors(at)

    def _story_day(self, draft: Draft) -> EventDate | None:
        """The day that the sentence before in this paragraph tells of, else that of the story's first act."""
        if self.memory.day is None or not self._is_told_of_the_day(draft):
            return None
        day, (latest, told_in) = self.memory.day, self.memory.latest or (self.memory.day, -1)
        if self._goes_on_from(told_in):
            self.memory.latest = latest, self.sentence.index
            day = latest
        return day.model_copy(update={"rules": (*day.rules, "event-date/story-day")})

    def note_scene_day(self) -> None:
        """"On Monday the square was white with coats. Police cleared it": a sentence that tells no act sets the day of
        those that follow, where none is told before it. The day in a dateline is that of the writing."""
        if self.sentence.start < dateline_end(self.document):
            return
        days = [told for told in self.found.dates if self.sentence.start <= told.start < self.sentence.end
                and told.type in ("DATE", "TIME") and self.is_recent(told)]
        if self.memory.day is None and len(days) == 1 and self.sentence.index < _SCENE:
            chosen = self.tools.choose_date(days[0].start, self.sentence, days, self.document, self.reference)
            if chosen.basis == "text" and chosen.precision == "day":
                self.memory.day = chosen
                self.memory.latest = chosen, self.sentence.index

    def _goes_on_from(self, told_in: int) -> bool:
        """Is this the sentence with that index or the next one, in one paragraph with it?"""
        index = self.sentence.index
        between = self.document.reading[self.document.sentences[index - 1].end:self.sentence.start] if index else ""
        return told_in == index or (told_in == index - 1 and "\n" not in between)

    def _note_past(self, chosen: EventDate) -> None:
        if self.reference is not None and chosen.end is not None:
            old = (self.reference - chosen.end).days > circumstances.NEWS_DAYS
            self.memory.past = (chosen, self.sentence.index) if old else None

    def _past(self, draft: Draft) -> EventDate | None:
        """'War broke out in 2011. Thousands were killed.': no date of its own, next in one paragraph, past tense."""
        dated = any(self.sentence.start <= d.start < self.sentence.end for d in self.found.dates)
        if self.memory.past is None or dated or not self._is_told_of_the_day(draft):
            return None
        past, told_in = self.memory.past
        if not self._goes_on_from(told_in):
            return None
        self.memory.past = past, self.sentence.index
        return past.model_copy(update={"rules": (*past.rules, "event-date/past-told-before")})

    def _is_told_of_the_day(self, draft: Draft) -> bool:
        """Does the sentence go on with the story, in the past tense, rather than refer to an act of some time?"""
        status, trigger = self.tools.status, draft.trigger
        return circumstances.is_asserted(self.sentence, trigger, status) and not status.is_perfect(
            self.sentence, draft.i, trigger.light
        )


def aged(report: EventMention, reference: date | None) -> EventMention:
    """What the text itself dates long before its publication, or only names to date another act, is history; what it
    dates after it has not happened ("arrives next Monday")."""
    told = report.date
    if reference is None or told.basis != "text" or told.end is None or report.status not in HAPPENED:
        return report
    if told.start is not None and told.start > reference and report.about is None:  # else the day of what was agreed
        return report.model_copy(update={"status": "intended"})
    offset = "event-date/offset" in told.rules
    limit = _BACKGROUND_DAYS if offset else _OLD_DAYS.get(str(told.precision), circumstances.NEWS_DAYS)
    return report.model_copy(update={"status": "historical"}) if (reference - told.end).days > limit else report
