"""Who is counted: the party behind a count, with its role, side and nationality as far as its words tell."""

from __future__ import annotations

import re
from collections.abc import Sequence

from eventcode.document import Sentence
from eventcode.mentions.actors import ActorMention
from eventcode.neutral import Count, Party

#: "four members | of the | Gulf Clan": what may stand between a counted noun and whose they are.
_OF_WHOM = re.compile(r"\W*(?:\w+ )?(?:of|from|belonging to|loyal to) (?:the )?", re.IGNORECASE)


def with_parties(counts: Sequence[Count], actors: Sequence[ActorMention], sentence: Sentence) -> list[Count]:
    """The counts, each with the party that its words are about where the sentence names one."""
    if not counts or not actors:
        return list(counts)
    return [count.model_copy(update={"party": party}) if (party := _party(count, actors, sentence)) else count
            for count in counts]


def _party(count: Count, actors: Sequence[ActorMention], sentence: Sentence) -> Party | None:
    """The party at the counted noun, else one named in the count's words, else the one that the noun is said to be of."""
    inside = [m.party for m in actors if m.party.start < count.end and count.start < m.party.end]
    if inside:
        return max(inside, key=_known)
    behind = _OF_WHOM.match(sentence.text, count.end - sentence.start)
    start = sentence.start + behind.end() if behind else None
    return next((m.party for m in actors if m.party.start == start), None)


def _known(party: Party) -> tuple[bool, bool, int]:
    return party.actor_id is not None, party.country is not None, party.end
