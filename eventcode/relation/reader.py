"""What one given party does to another in a text: which of the text's acts ties the two spans, read as one event.

The setting of relation-classification benchmarks. The parties are the caller's, so nothing is asked of them; the act is
looked for from the strongest tie to the weakest, and the event mention's rules say which tie it was
(`eventcode.relation.candidates.TIES`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any

from eventcode.document import Document, Sentence
from eventcode.drafts import ReadingTools, SentenceMentions
from eventcode.errors import InputError
from eventcode.mentions.actions import Refusal, Trigger
from eventcode.mentions.memory import Memory
from eventcode.mentions.parties import PartyReader
from eventcode.neutral import Event, EventMention, Party, Span
from eventcode.relation.acts import Scene
from eventcode.relation.candidates import CARRIERS, HINT, PATH, TIES, Candidate
from eventcode.relation.roles import Given
from eventcode.relation.words import RelationWords

_NAMES = frozenset({"NOUN", "PROPN", "PRON", "ADJ", "NUM"})


def check_spans(text: str, source: tuple[int, int], target: tuple[int, int]) -> None:
    """InputError where a span lies outside the text, is empty or blank, or both are the same."""
    for name, (start, end) in (("source", source), ("target", target)):
        if not 0 <= start < end <= len(text):
            raise InputError(f"{name}=({start}, {end}) is not a span of this text of {len(text)} characters")
        if not text[start:end].strip():
            raise InputError(f"{name}=({start}, {end}) holds no words")
    if tuple(source) == tuple(target):
        raise InputError(f"source and target are the same span {tuple(source)}")


def sentences_of(document: Document, *spans: tuple[int, int]) -> list[Sentence]:
    """The sentences that these spans touch, in order."""
    return [s for s in document.sentences if any(s.start < end and start < s.end for start, end in spans)]


class RelationReader:
    """Reads the relation of two given parties in a document whose sentences have been parsed and searched."""

    def __init__(self, tools: ReadingTools, words: RelationWords, document: Document,
                 found: Mapping[int, SentenceMentions], reference: date | None) -> None:
        self._tools, self._words, self._document = tools, words, document
        self._found, self._reference = found, reference
        self._acts: dict[int, tuple[list[Trigger], list[Refusal]]] = {}

    @cached_property
    def _readers(self) -> dict[int, PartyReader]:
        """One for each sentence; each knows the parties of the sentences before it."""
        memory, readers = Memory(), {}
        for sentence in self._document.sentences:
            found = self._found[sentence.index]
            reader = PartyReader(self._document, sentence, found.actors, found.counts, found.dates, found.places,
                                 memory)
            reader.note_all()
            readers[sentence.index] = reader
        return readers

    def events(self, source: tuple[int, int], target: tuple[int, int], mentions: Sequence[EventMention],
               force: bool = True) -> list[Event]:
        """The acts that may tie the two spans, each as an event of these two parties, the best first.

        `mentions` are the document's event mentions as usually read: one of the same act lends its place, date and
        counts. Without `force` only an act that grammar ties to both parties counts.
        """
        one, two = self.given(*source), self.given(*target)
        candidates = [c for c in self.candidates(one, two) if force or c.tie <= PATH]
        if any(c.tie < HINT and _tells(c) for c in candidates):  # an act is told: guesses would only hide it
            candidates = [c for c in candidates if c.tie < HINT]
        ranked = sorted(candidates, key=lambda c: rank(c, one, two))
        return [self._event(c, one, two, mentions) for c in ranked]

    def given(self, start: int, end: int) -> Given:
        """The party that the words from start to end name. InputError where the text has no words there."""
        touched = sentences_of(self._document, (start, end))
        tokens = [t.i for t in touched[0].tokens if t.start < end and start < t.end] if touched else []
        if not tokens:
            raise InputError(f"the span ({start}, {end}) holds no words")
        sentence, inside = touched[0], frozenset(tokens)
        outward = [i for i in tokens if sentence.tokens[i].head not in inside or sentence.tokens[i].head == i]
        head = next((i for i in outward if sentence.tokens[i].pos in _NAMES), outward[0] if outward else tokens[0])
        return Given(sentence, inside, head, self._party(sentence, tokens, head, start, end))

    def _party(self, sentence: Sentence, tokens: Sequence[int], head: int, start: int, end: int) -> Party:
        """Who the words are: the actor mention on their head, or any in them; a place's state; else words only."""
        reader, found = self._readers[sentence.index], self._found[sentence.index]
        words = Span(start=start, end=end, text=self._document.words(start, end)).model_dump()
        mention = next((m for i in (head, *tokens) if (m := reader.mention(i)) is not None), None)
        known = mention.party if mention is not None else reader.party(head, share=True)
        if known is not None and "parties/words" not in known.rules:
            return known.model_copy(update={**words, "rules": (*known.rules, "relation/given")})
        placed = [p for p in found.places if p.start is not None and p.end is not None and p.country]
        country = next((p.country for p in placed if (p.start or 0) < end and start < (p.end or 0)), None)
        return Party(**words, country=country, rules=(*(("parties/place",) if country else ()), "relation/given"))

    def candidates(self, one: Given, two: Given) -> list[Candidate]:
        """Every act told in the sentences of the two parties, with its tie to them."""
        found: list[Candidate] = []
        for sentence in dict.fromkeys((one.sentence.index, two.sentence.index)):
            here = self._document.sentences[sentence]
            scene = Scene(here, self._readers[sentence], self._tools.finder.actions, self._tools.status, self._words,
                          one, two)
            found += scene.candidates(*self._told_in(here))
        return found

    def _told_in(self, sentence: Sentence) -> tuple[list[Trigger], list[Refusal]]:
        """Acts and deeds of a sentence, and the refused; looked for once, whatever the parties."""
        if sentence.index not in self._acts:
            finder = self._tools.finder
            deeds, _ = self._words.deed_finder(finder.actions).triggers(sentence)
            triggers, refused = finder.triggers(sentence)
            self._acts[sentence.index] = [*triggers, *deeds], refused
        return self._acts[sentence.index]

    def _event(self, chosen: Candidate, one: Given, two: Given, mentions: Sequence[EventMention]) -> Event:
        sentence, token = chosen.sentence, chosen.sentence.tokens[chosen.i]
        twin = next((m for m in mentions if m.trigger.start == token.start and m.action == chosen.action.id), None)
        when = twin.date if twin else self._tools.choose_date(
            token.start, sentence, self._found[sentence.index].dates, self._document, self._reference)
        told = {"action": chosen.action.id, "about": chosen.about, "sources": (one.party,), "targets": (two.party,),
                "status": chosen.status, "place": twin.place if twin else None, "date": when,
                "counts": twin.counts if twin else (), "attributed_to": twin.attributed_to if twin else None,
                "weapons": twin.weapons if twin else chosen.weapons,
                "reciprocal": chosen.action.reciprocal or chosen.joint}
        words = sentence.quote(token.start, token.end)
        report = EventMention(
            **told, trigger=Span(start=token.start, end=token.end, text=words), sentence=sentence.as_span(),
            rules=(*chosen.rules, TIES[chosen.tie]))
        return Event(id="e1", **told, reports=(report,))


def _tells(c: Candidate) -> bool:
    """Is this more than that something was said, or that somebody died or got away?"""
    return c.action.family not in CARRIERS | {"casualties"} and c.action.id not in ("escape", "disrupt_weapon")


def rank(c: Candidate, one: Given, two: Given) -> tuple[Any, ...]:
    """Strongest tie first; then what is no aside, and more than that something was said; both sides; nearness."""
    middle = [g.head for g in (one, two) if g.sentence is c.sentence]
    carrier = c.action.family in CARRIERS and c.about is None
    return (c.tie, c.shadowed, c.aside, carrier, c.doubtful, -(c.source + c.target), -c.weight,
            sum(abs(c.i - m) for m in middle), c.i, c.rules)
