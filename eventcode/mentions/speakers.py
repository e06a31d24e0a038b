"""Who says so: the speaker to whom a sentence hands an act."""

from __future__ import annotations

from typing import cast

from eventcode.document import Sentence
from eventcode.languages.base import Language
from eventcode.languages.cues import StatusCues
from eventcode.mentions.clauses import are_parted
from eventcode.mentions.slots import is_verb, surface_subject
from eventcode.mentions.telling import TellingReader


class SpeakerReader(TellingReader):
    """Reads the words of `attribution` in the language's `status.yaml`."""

    def __init__(self, data: StatusCues, language: Language) -> None:
        super().__init__(data, language)
        self._speech = {
            form for a in data.attribution if a.kind == "verb" for word in a.words for form in language.forms(word)
        }

    def is_made_up(self, sentence: Sentence, i: int) -> bool:
        """As by its base; also what is told "according to legend"."""
        if super().is_made_up(sentence, i):
            return True
        speaker = None if self._stories.isdisjoint(sentence.vocabulary) else self.speaker(sentence, i)
        return speaker is not None and sentence.tokens[speaker].lower in self._stories

    def tells_when_said(self, sentence: Sentence, offset: int, i: int) -> bool:
        """Does the date at this offset say when act i was spoken of ('officials said on Friday that ...')?"""
        at = next((t.i for t in sentence.tokens if t.start <= offset < t.end), None)
        verb = None if at is None else next((a for a in sentence.ancestors(at) if is_verb(sentence.tokens[a])), None)
        return (
            verb is not None
            and verb != i
            and sentence.tokens[verb].lower in self._speech
            and verb in sentence.ancestors(i)
        )

    def speaker(self, sentence: Sentence, i: int) -> int | None:
        """The head token of whoever the sentence says reports the act at token i, or None; worked out once a tree."""
        if ("speaker", i) not in sentence.known:
            sentence.known["speaker", i] = self._speaker(sentence, i)
        return cast("int | None", sentence.known["speaker", i])

    def _speaker(self, sentence: Sentence, i: int) -> int | None:
        here = i
        for above in [i, *sentence.ancestors(i)]:
            if are_parted(sentence, here, above):
                return None
            token = sentence.tokens[above]
            if (
                above != i
                and token.lower in self._speech
                and sentence.tokens[here].dep in ("clause", "infinitive", "adverbial_clause")
            ):
                found = surface_subject(sentence, above)
                if found is not None:
                    return found
            beside = self._speaker_beside(sentence, above)
            if beside is not None and beside != i:
                return beside
            here = above
        return None

    def _speaker_beside(self, sentence: Sentence, i: int) -> int | None:
        """'..., police said' hung on the verb as a parenthesis, or 'according to police'."""
        for c in sentence.children(i):
            token = sentence.tokens[c]
            if token.dep == "parataxis" and token.lower in self._speech:
                return surface_subject(sentence, c)
            if token.lower == "according":
                for d in sentence.children(c):
                    if sentence.tokens[d].lower == "to":
                        return next((k for k in sentence.children(d) if sentence.tokens[k].dep == "prep_object"), None)
        return None
