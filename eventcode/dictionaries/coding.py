"""From a parsed sentence to events: verbs, their patterns, and who did it to whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from eventcode.dictionaries.dates import NULL
from eventcode.dictionaries.files import Place
from eventcode.dictionaries.framing import match_frame
from eventcode.dictionaries.match import Match, Sides, match_sequence
from eventcode.dictionaries.nouns import ActorReader, NounPhrase, Party
from eventcode.dictionaries.patterns import Code
from eventcode.dictionaries.sentence import Commas, Text
from eventcode.dictionaries.verbs import SENTENCE_CODES, Verb, Verbs
from eventcode.dictionaries.words import split_words
from eventcode.document import Sentence

_SMALL = frozenset({"THE", "A", "AN", "HAS", "HAD", "HAVE", "IT", "HE", "THEY", "HER", "THAT"})
_SOURCE_PREPS = ("BY", "FROM", "IN")


@dataclass(frozen=True, slots=True)
class Coded:
    """One event: code, parties, and the words and the dictionary's line that gave the code."""

    source: Party
    target: Party
    code: str
    words: tuple[int, ...]
    place: Place

    @property
    def triple(self) -> tuple[str, str, str]:
        return self.source.code, self.target.code, self.code


@dataclass(slots=True)
class Looked:
    """A verb that was looked at: the words, the line that coded it (if one did), and what came of it."""

    words: tuple[int, ...]
    outcome: str
    place: Place | None = None


@dataclass(slots=True)
class SentenceCoding:
    """Everything found in one sentence."""

    text: Text
    phrases: list[NounPhrase]
    events: list[Coded] = field(default_factory=list)
    looked: list[Looked] = field(default_factory=list)
    discarded: str | None = None


@dataclass(frozen=True)
class SentenceCoder:
    """Codes parsed sentences with dictionaries."""

    verbs: Verbs
    actors: ActorReader
    commas: Commas = field(default_factory=Commas)
    require_dyad: bool = True

    def is_candidate(self, text: str) -> bool:
        """Does a sentence hold a word that is a form of a verb of the dictionary?"""
        return any(word in self.verbs.forms for word, _, _ in split_words(text))

    def code(self, sentence: Sentence, day: date | None) -> SentenceCoding:
        """The events of one parsed sentence, as of a day (for the actors' dates)."""
        text = Text(sentence, self.commas)
        phrases = self.actors.phrases(text, day)
        coding = SentenceCoding(text, phrases)
        phrase_of = {word: phrase for phrase in phrases for word in phrase.words}
        done = -1
        for at in range(len(text)):
            if at <= done or at in text.dropped:
                continue
            verb = self._verb(text, at)
            if verb is not None:
                ended = _Clause(self, coding, phrase_of, at, verb).code()
                done = max(done, ended)
                if coding.discarded:
                    coding.events.clear()
                    return coding
        return coding

    def _verb(self, text: Text, at: int) -> tuple[Verb, ...] | None:
        """The verbs of the dictionary that this word is a form of, all of the same (the longest) wording."""
        known = self.verbs.forms.get(text.words[at])
        if not known:
            return None
        fitting = [verb for verb in known if _fits(text, at, verb)]
        return tuple(v for v in fitting if (v.before, v.after) == (fitting[0].before, fitting[0].after)) or None


def _fits(text: Text, at: int, verb: Verb) -> bool:
    """Is this word the verb, and do the other words of a multi-word verb stand beside it?"""
    places = _places(text, at, verb)
    return places is not None and any(text.is_verb(i) for i in places)


def _places(text: Text, at: int, verb: Verb) -> tuple[int, ...] | None:
    before = _beside(text, at, verb.before[::-1], -1)
    after = _beside(text, at, verb.after, 1)
    if before is None or after is None:
        return None
    return (*reversed(before), at, *after)


def _beside(text: Text, at: int, words: Sequence[str], step: int) -> list[int] | None:
    found: list[int] = []
    for word in words:
        at += step
        while 0 <= at < len(text) and text.words[at] in _SMALL and text.words[at] != word:
            at += step
        if not 0 <= at < len(text) or text.words[at] != word:
            return None
        found.append(at)
    return found


class _Clause:
    """One verb of the dictionary in a sentence."""

    def __init__(self, coder: SentenceCoder, coding: SentenceCoding, phrase_of: dict[int, NounPhrase], at: int,
                 verbs: tuple[Verb, ...]) -> None:
        self.coder, self.coding, self.text, self.verbs = coder, coding, coding.text, verbs
        self.phrase_of = phrase_of
        self.places = _places(self.text, at, verbs[0]) or (at,)
        self.verb = next((i for i in self.places if self.text.is_verb(i)), at)
        self.end = self.text.phrase_end(self.verb)
        self.sides = Sides(self.text, self.verb, self._upper(), self._lower(), phrase_of)

    def _upper(self) -> list[int]:
        """Words before the verb, nearest first, to the sentence's beginning or a comma that was not dropped."""
        found: list[int] = []
        for i in range(self.places[0] - 1, -1, -1):
            if i in self.text.dropped:
                continue
            if self.text.words[i] == ",":
                if i not in self._listed:
                    break
                continue
            found.append(i)
        return found

    @property
    def _listed(self) -> set[int]:
        """Commas within noun phrases."""
        return {i for p in self.coding.phrases for i in range(p.words[0], p.words[-1]) if p.compound}

    def _lower(self) -> list[int]:
        dropped, words = self.text.dropped, self.text.words
        return [i for i in range(self.places[-1] + 1, max(self.end, self.places[-1] + 1))
                if i not in dropped and words[i] != ","]

    def code(self) -> int:
        """Add the clause's events; returns the last word that needs no further look."""
        match = self._match()
        code, place = (match.pattern.code, match.pattern.place) if match else self._own_code()
        words = (*self.places, *(match.words if match else ()))
        if {code.active, code.passive} & SENTENCE_CODES:
            self.coding.discarded = f"{code} at {place}"
            return len(self.text)
        if code.is_null or (self.text.is_auxiliary(self.verb) and match is None):
            why = "its code is null" if match else "no pattern fits, and the verb has no code of its own"
            self.coding.looked.append(Looked(words, why, place if match else None))
            return self.verb
        return self._events(code, place, words, match)

    def _match(self) -> Match | None:
        fit = match_frame if self.coder.verbs.frames else match_sequence
        bag = self.text.bag
        for block in dict.fromkeys(verb.block for verb in self.verbs):
            for pattern in block.candidates(bag):
                found = fit(pattern, self.sides)
                if found is not None:
                    return found
        return None

    def _own_code(self) -> tuple[Code, Place]:
        return self.verbs[0].code, self.verbs[0].place

    def _events(self, code: Code, place: Place, words: tuple[int, ...], match: Match | None) -> int:
        source, target = self._parties(match)
        found = [Coded(a, b, name, tuple(sorted(set(words))), place)
                 for a, b, name in _pairs(source, target, code)]
        kept = [event for event in found if not self.coder.require_dyad or _is_dyad(event)]
        known = {event.triple for event in self.coding.events}
        for event in kept:
            if event.triple not in known:
                self.coding.events.append(event)
                known.add(event.triple)
        outcome = ", ".join(" ".join(event.triple) for event in kept) or _why_not(source, target)
        self.coding.looked.append(Looked(words, outcome, place))
        return self.end - 1 if kept or not self.coder.verbs.frames else self.verb

    def _parties(self, match: Match | None) -> tuple[NounPhrase | None, NounPhrase | None]:
        bound = match.bound if match else {}
        if "both" in bound:
            return bound["both"], bound["both"]
        source, target = bound.get("source"), bound.get("target")
        if self._passive:
            found_target = target or self._subject(source)
            return source or self._agent(found_target), found_target
        subject = source or self._subject(None)
        target = target or self._target(subject)
        if source is None:
            source = self._source(target)
        return source, target

    @property
    def _passive(self) -> bool:
        below = self.text.children[self.verb]
        return self.text.tags[self.verb] == "VBN" and any(
            self.text.deps[c] in ("auxiliary_passive", "subject_passive") for c in below)

    def _agent(self, target: NounPhrase | None) -> NounPhrase | None:
        """Who did it, of a passive verb: the noun after BY, else after FROM or IN."""
        lower = list(self.sides.lower)
        for prep in _SOURCE_PREPS:
            for at, place in enumerate(lower):
                if self.text.words[place] == prep:
                    after = (self.phrase_of.get(i) for i in lower[at + 1:])
                    found = next((p for p in after if p is not None and p is not target), None)
                    if found is not None and found.known:
                        return found
        return None

    def _subject(self, other: NounPhrase | None) -> NounPhrase | None:
        """The grammatical subject, of the verb or of the one that governs it."""
        verb: int | None = self.verb
        for _ in range(6):
            if verb is None:
                return None
            for child in self.text.children[verb]:
                if self.text.deps[child] in ("subject", "subject_passive") and child < self.verb:
                    phrase = self.phrase_of.get(child)
                    if phrase is not None and phrase is not other:
                        return phrase
            verb = self._governor(verb)
        return None

    def _governor(self, verb: int) -> int | None:
        head = self.text.heads[verb]
        linked = self.text.deps[verb] in ("conjunct", "infinitive", "auxiliary", "prep_object", "adverbial_clause",
                                          "prep", "attribute", "clause")
        return head if linked and head != verb else None

    def _target(self, source: NounPhrase | None) -> NounPhrase | None:
        """The first known actor after the verb that is not the source; else whoever stands there first."""
        phrases = self._after()
        own = source.codes if source is not None else frozenset()
        known = next((p for p in phrases if p.known and (not own or p.codes - own or p.compound)), None)
        if known is None and source is not None and source.compound and source.known:
            return source
        return known or next((p for p in phrases if p.known), None) or next(iter(phrases), None)

    def _after(self) -> list[NounPhrase]:
        return list(dict.fromkeys(self.phrase_of[i] for i in self.sides.lower if i in self.phrase_of))

    def _source(self, target: NounPhrase | None) -> NounPhrase | None:
        """The subject if it is known and not the target, else the nearest known actor before the verb."""
        subject = self._subject(None)
        if subject is not None and subject.known and subject is not target:
            return subject
        before = list(dict.fromkeys(self.phrase_of[i] for i in self.sides.upper if i in self.phrase_of))
        codes = target.codes if target is not None else frozenset()
        known = next((p for p in before if p.known and p is not target and p.codes != codes), None)
        return known or subject or next((p for p in before if p is not target), None)


def _pairs(source: NounPhrase | None, target: NounPhrase | None, code: Code
           ) -> Iterator[tuple[Party, Party, str]]:
    """Source, target and code of each event of two phrases: each member with each, and back for an `A:B` code."""
    nobody = (Party(NULL, ()),)
    sources = source.coded if source is not None else nobody
    targets = target.coded if target is not None else nobody
    if code.active is not None and code.passive is not None:
        if not any(p.known for p in targets):
            targets = sources
        elif not any(p.known for p in sources):
            sources = targets
    for a in sources:
        for b in targets:
            if a.code != b.code:
                if code.active is not None:
                    yield a, b, code.active
                if code.passive is not None:
                    yield b, a, code.passive


def _is_dyad(event: Coded) -> bool:
    return event.source.known and event.target.known


def _why_not(source: NounPhrase | None, target: NounPhrase | None) -> str:
    if source is None or not source.known:
        return "no source is known"
    if target is None or not target.known:
        return "no target is known"
    return "source and target are the same"
