"""The trace of one article: every stage's output, and for each sentence why it was or was not coded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from eventcode.article import Article
from eventcode.document import Token
from eventcode.errors import InputError
from eventcode.markup import safe
from eventcode.neutral import Event, EventMention, Mentions, Party, Rejection
from eventcode.records import Record

#: Said of a sentence that the gate let go: nothing in it is a word that an entry could begin from.
NO_WORD = "no word of the lexicon"


@dataclass(frozen=True, slots=True)
class SentenceTrace:
    """One sentence: its offsets and words, whether the gate let it through, whether it was parsed.

    `tokens` are those of a parsed sentence, each with the index of its head and how it hangs on it.
    """

    start: int
    end: int
    text: str
    candidate: bool
    parsed: bool
    tokens: tuple[Token, ...] = ()

    def holds(self, start: int) -> bool:
        """Does something that begins at this offset belong to this sentence?"""
        return self.start <= start < self.end


@dataclass(frozen=True)
class Trace:
    """What every stage made of one article, and every candidate that was rejected, with the reason.

    `reading` is the text as it was analysed, of the same length: markup blanked, capitals in plain case where all of it
    is in capitals. `contents` are acts that another act is about ("accused of the murder of X"): no mentions of their
    own, and no events. `str(trace)` is for people: sentence by sentence what was found and why something was not coded.
    """

    article: Article
    ontology: str
    sentences: tuple[SentenceTrace, ...]
    mentions: Mentions
    event_mentions: tuple[EventMention, ...]
    events: tuple[Event, ...]
    records: tuple[Record, ...]
    rejections: tuple[Rejection, ...]
    warnings: tuple[str, ...] = ()
    reading: str = ""
    contents: tuple[EventMention, ...] = ()

    def __str__(self) -> str:
        lines = [self._head(), *(f"! {warning}" for warning in self.warnings)]
        for sentence in self.sentences:
            lines += self._sentence(sentence)
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        """For notebooks: the same, each sentence with a list of what became of it; `eventcode.render` shows more."""
        made = [f"<p>{safe(line)}</p>" for line in (self._head(), *self.warnings)]
        for sentence in self.sentences:
            head, *told = self._sentence(sentence)
            made.append(f"<p>{safe(head)}</p><ul>{''.join(f'<li>{safe(line.strip())}</li>' for line in told)}</ul>")
        return "".join(made)

    def why(self, where: str | int) -> str:
        """What became of one place in the text, and why.

        `where` is an offset into the article's text, or words of it (letter case is ignored); the answer covers the
        sentence at that offset, or every sentence that holds the words.

        Raises InputError where no sentence holds it.
        """
        found = [sentence for sentence in self.sentences if _is_at(sentence, where)]
        if not found:
            raise InputError(f"no sentence of article {self._name} holds {where!r}")
        return "\n".join(line for sentence in found for line in self._sentence(sentence))

    @property
    def _name(self) -> str:
        return self.article.id or "(no id)"

    def _head(self) -> str:
        counts = ", ".join((
            _many(len(self.sentences), "sentence"), _many(sum(s.candidate for s in self.sentences), "candidate"),
            _many(len(self.event_mentions), "event mention"), _many(len(self.events), "event"),
            _many(len(self.records), f"{self.ontology} record")))
        return f"article {self._name}: {counts}"

    def _sentence(self, sentence: SentenceTrace) -> list[str]:
        lines = [f"[{sentence.start}:{sentence.end}] {_short(sentence.text)}"]
        told = [line for mention in self.event_mentions if sentence.holds(mention.trigger.start)
                for line in self._mention(mention)]
        told += [_rejection(rejection) for rejection in self.rejections if sentence.holds(rejection.start)]
        return lines + [f"    {line}" for line in told or [_nothing(sentence)]]

    def _mention(self, mention: EventMention) -> Iterator[str]:
        about = f" ({mention.about})" if mention.about else ""
        by = f", by {', '.join(mention.rules)}" if mention.rules else ""
        yield (f"found: {mention.action}{about}, {mention.status}, at \"{_flat(mention.trigger.text)}\" "
               f"[{mention.trigger.start}:{mention.trigger.end}]{by}")
        yield f"    {_parties(mention.sources)} -> {_parties(mention.targets)}"
        yield f"    {self._fate(mention)}"

    def _fate(self, mention: EventMention) -> str:
        """Which event took this mention up, and which records came of that event."""
        event = next((event for event in self.events if mention in event.reports), None)
        if event is None:
            return "no event took it up"
        coded = self._coded.get(event.id, ())
        records = ", ".join(f"record {number}" for number in coded) or "no record"
        return f"event {event.id}: {records}"

    @cached_property
    def _coded(self) -> dict[str, tuple[int, ...]]:
        """Event id to the numbers (from 1) of the records made from it."""
        coded: dict[str, tuple[int, ...]] = {}
        for number, record in enumerate(self.records, start=1):
            for event in record.meta.events:
                coded[event] = (*coded.get(event, ()), number)
        return coded


def _is_at(sentence: SentenceTrace, where: str | int) -> bool:
    if isinstance(where, int):
        return sentence.holds(where)
    return _flat(where).casefold() in _flat(sentence.text).casefold()


def _nothing(sentence: SentenceTrace) -> str:
    if not sentence.candidate:
        return f"not coded: {NO_WORD}"
    if not sentence.parsed:
        return "not coded: not parsed"
    return "not coded: a word of the lexicon, but no entry fits its company"


def _rejection(rejection: Rejection) -> str:
    by = f" ({', '.join(rejection.rules)})" if rejection.rules else ""
    return (f"not coded: \"{_short(rejection.text)}\" [{rejection.start}:{rejection.end}]: {rejection.reason}"
            f"{by}, at the stage of {rejection.stage}")


def _parties(parties: tuple[Party, ...]) -> str:
    return " + ".join(f'"{_flat(party.text)}"' for party in parties) or "nobody named"


def _many(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _flat(text: str) -> str:
    return " ".join(text.split())


def _short(text: str, width: int = 160) -> str:
    flat = _flat(text)
    return flat if len(flat) <= width else flat[:width - 4].rstrip() + " ..."
