"""From a parsed sentence to events: which of its verbs are coded, in what order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from eventcode.dictionaries.clause import Clause, Rules, places_of
from eventcode.dictionaries.nouns import ActorReader, NounPhrase
from eventcode.dictionaries.result import Coded, Looked
from eventcode.dictionaries.sentence import Commas, Text
from eventcode.dictionaries.verbs import Verb
from eventcode.dictionaries.words import split_words
from eventcode.document import Sentence


@dataclass(slots=True)
class SentenceCoding:
    """Everything found in one sentence. `discarded`: why TABARI's codes drop it, if they do."""

    text: Text
    phrases: list[NounPhrase]
    events: list[Coded] = field(default_factory=list)
    looked: list[Looked] = field(default_factory=list)
    discarded: str | None = None


@dataclass(frozen=True)
class SentenceCoder:
    """Codes parsed sentences with dictionaries. `new_actor_length`: see `load`."""

    rules: Rules
    actors: ActorReader
    commas: Commas = field(default_factory=Commas)
    require_dyad: bool = True
    new_actor_length: int = 0

    def is_candidate(self, text: str) -> bool:
        """Does a sentence hold a word that is a form of a verb of the dictionary?"""
        verbs = self.rules.verbs
        return any(verbs.forms_of(word) for word, _, _ in split_words(text))

    def is_form(self, word: str) -> bool:
        """Is a lower-case word a form of a verb of the dictionary?"""
        return bool(self.rules.verbs.forms_of(word.upper()))

    def code(self, sentence: Sentence, day: date | None) -> SentenceCoding:
        """The events of one parsed sentence, as of a day (for the actors' dates)."""
        text = Text(sentence, self.commas)
        phrases = self.actors.phrases(text, day)
        coding = SentenceCoding(text, phrases, discarded=self._marked(phrases))
        phrase_of = {word: phrase for phrase in phrases for word in phrase.words}
        done = -1
        for at in range(len(text)):
            if at > done and at not in text.dropped and coding.discarded is None:
                verbs = self._verbs(text, at)
                if verbs:
                    done = max(done, self._code_clause(coding, Clause(self.rules, text, phrase_of, at, verbs)))
        if coding.discarded is not None:
            coding.events.clear()
        return coding

    def _code_clause(self, coding: SentenceCoding, clause: Clause) -> int:
        """Add a clause's events; gives the last word that needs no further look."""
        result = clause.result()
        coding.looked.append(result.looked)
        coding.discarded = result.discarded
        known = {event.triple for event in coding.events}
        named = [event.with_names(coding.text, self.new_actor_length) for event in result.events]
        made = {event.triple: event for event in named if event.is_dyad or not self.require_dyad}
        coding.events += [event for triple, event in made.items() if triple not in known]
        result.looked.outcome = result.looked.outcome or ", ".join(map(" ".join, made)) or result.why_not
        # PETRARCH-1 looks at no verb within the phrase of one that has a code, whether or not it made an event
        return clause.end - 1 if made or (result.coded and not self.rules.verbs.frames) else clause.verb

    def _marked(self, phrases: Sequence[NounPhrase]) -> str | None:
        """Why TABARI would not code a sentence with these actors (`###`, `+++`); None in other formats."""
        parties = (party for phrase in phrases for party in phrase.parties if self.rules.verbs.format == "tabari")
        return next((f"{party.mark} at {party.places[0]}" for party in parties if party.mark), None)

    def _verbs(self, text: Text, at: int) -> tuple[Verb, ...]:
        """The verbs of the dictionary that this word is a form of, all of the same (the longest) wording."""
        fitting = [verb for verb in self.rules.verbs.forms_of(text.words[at]) if _fits(text, at, verb)]
        return tuple(v for v in fitting if (v.before, v.after) == (fitting[0].before, fitting[0].after))


def _fits(text: Text, at: int, verb: Verb) -> bool:
    """Is this word the verb, and do the other words of a multi-word verb stand beside it?"""
    places = places_of(text, at, verb)
    return places is not None and (len(places) > 1 or text.is_verb(at))
