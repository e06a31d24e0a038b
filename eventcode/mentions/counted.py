"""Who is counted, and who counts: the party behind a count, and the one that gives the number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from eventcode.document import Sentence
from eventcode.mentions.actors import ActorMention
from eventcode.mentions.numbers import read_count_words
from eventcode.mentions.slots import surface_subject
from eventcode.mentions.status import StatusReader
from eventcode.neutral import Count, Party

#: "four members | of the | Gulf Clan": what may stand between a counted noun and whose they are.
_OF_WHOM = re.compile(r"\W*(?:\w+ )?(?:of|from|belonging to|loyal to) (?:the )?", re.IGNORECASE)


class Claims:
    """Who gives each number, in one language."""

    def __init__(self, folder: Path, status: StatusReader) -> None:
        self._folder, self._status = folder, status

    @cached_property
    def _verbs(self) -> frozenset[str]:
        return read_count_words(self._folder).claiming

    def told(self, counts: Sequence[Count], actors: Sequence[ActorMention], sentence: Sentence) -> list[Count]:
        """The counts, each with who says so: "the opposition put the number at 100"."""
        by = self._by if sentence.parsed else self._before_verb
        return [count.model_copy(update={"attributed_to": party}) if (party := by(count, actors, sentence))
                else count for count in counts]

    def _before_verb(self, count: Count, actors: Sequence[ActorMention], sentence: Sentence) -> Party | None:
        """Without a parse: the party right before the verb that gives the number."""
        tokens = sentence.tokens
        told = (m.party for m in actors if m.last + 1 < len(tokens) and tokens[m.last + 1].start < count.start
                and tokens[m.last + 1].lower in self._verbs)
        return next(told, None)

    def _by(self, count: Count, actors: Sequence[ActorMention], sentence: Sentence) -> Party | None:
        i = next((t.i for t in sentence.tokens if t.start >= count.start and t.lower[:1].isalnum()), None)
        if i is None:
            return None
        verb = next((j for j in sentence.ancestors(i) if sentence.tokens[j].lower in self._verbs), None)
        head = surface_subject(sentence, verb) if verb is not None else None
        head = self._status.speaker(sentence, i) if head is None else head
        if head is None or count.start <= sentence.tokens[head].start < count.end:
            return None
        known = next((m.party for m in actors if m.head == head or m.first <= head <= m.last), None)
        first = min([head, *(c for c in sentence.children(head) if sentence.tokens[c].dep == "compound")])
        start, end = sentence.span(first, head)  # "Dr. Halima Nur"
        return known or Party(start=start, end=end, text=sentence.quote(start, end), rules=("parties/words",))


def with_parties(counts: Sequence[Count], actors: Sequence[ActorMention], sentence: Sentence) -> list[Count]:
    """The counts, each with the party that its words are about where the sentence names one."""
    if not counts or not actors:
        return list(counts)
    return [count.model_copy(update={"party": party}) if (party := _party(count, actors, sentence)) else count
            for count in counts]


def _party(count: Count, actors: Sequence[ActorMention], sentence: Sentence) -> Party | None:
    """The party named in the count's words, the best known of several; else the one that the noun is said to be of."""
    inside = [m.party for m in actors if m.party.start < count.end and count.start < m.party.end]
    if inside:
        return max(inside, key=_known)
    behind = _OF_WHOM.match(sentence.text, count.end - sentence.start)
    start = sentence.start + behind.end() if behind else None
    return next((m.party for m in actors if m.party.start == start), None)


def _known(party: Party) -> tuple[bool, bool, int]:
    return party.actor_id is not None, party.country is not None, -party.start


def said_by(count: Count, speaker: Party | None) -> Count:
    """A number whose own words name another source than its act's keeps that source."""
    own = count.attributed_to
    resolved = own is None or (speaker is not None and own.start == speaker.start)
    return count.model_copy(update={"attributed_to": speaker}) if resolved else count
