"""One verb of a sentence: its code, by pattern or by itself, and who did it to whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from eventcode.dictionaries.combine import CodeNumbers
from eventcode.dictionaries.dates import NULL
from eventcode.dictionaries.files import Place
from eventcode.dictionaries.framing import match_frame
from eventcode.dictionaries.match import Match, Sides, match_sequence
from eventcode.dictionaries.nouns import NounPhrase, Party
from eventcode.dictionaries.patterns import Code
from eventcode.dictionaries.result import Coded, Looked, Result
from eventcode.dictionaries.sentence import Text
from eventcode.dictionaries.transform import Transformation
from eventcode.dictionaries.verbs import SENTENCE_CODES, Verb, Verbs

_SMALL = frozenset({"THE", "A", "AN", "HAS", "HAD", "HAVE", "IT", "HE", "THEY", "HER", "THAT"})
_SOURCE_PREPS = ("BY", "FROM", "IN")
_NOT = frozenset({"NOT", "N'T"})
_GOVERNED = frozenset({"conjunct", "infinitive", "auxiliary", "prep_object", "adverbial_clause", "prep", "attribute",
                       "clause"})
#: Codes of cooperation: of several actors without a target each is taken to do it with each other.
_COOPERATION = ("03", "04", "05", "06")


@dataclass(frozen=True)
class Rules:
    """What codes verbs: the dictionary and, for PETRARCH-2's formats, how codes of two verbs combine."""

    verbs: Verbs
    numbers: CodeNumbers | None = None
    transformations: tuple[Transformation, ...] = ()


def places_of(text: Text, at: int, verb: Verb) -> tuple[int, ...] | None:
    """The words of this form of a verb at a word, in order; None where they are not all there."""
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


class Clause:
    """One verb of the dictionary in a sentence, with the words before it and those of its phrase after it."""

    def __init__(self, rules: Rules, text: Text, phrase_of: Mapping[int, NounPhrase], at: int,
                 verbs: tuple[Verb, ...]) -> None:
        self.rules, self.text, self.phrase_of, self.verbs = rules, text, phrase_of, verbs
        self.places = places_of(text, at, verbs[0]) or (at,)
        self.verb = next((i for i in self.places if text.is_verb(i)), at)
        self.end = max(text.phrase_end(self.verb), self.places[-1] + 1)
        self.sides = Sides(text, self.verb, self._upper(), self._lower(), phrase_of)

    def _upper(self) -> list[int]:
        """Words before the verb, nearest first, to the sentence's beginning or a comma that was not dropped."""
        found: list[int] = []
        words, dropped = self.text.words, self.text.dropped
        for i in range(self.places[0] - 1, -1, -1):
            if words[i] == ",":
                if i not in dropped and not self._within_phrase(i):
                    break
            elif i not in dropped:
                found.append(i)
        return found

    def _within_phrase(self, comma: int) -> bool:
        before = self.phrase_of.get(comma - 1)
        return before is not None and before is self.phrase_of.get(comma + 1)

    def _lower(self) -> list[int]:
        dropped, words = self.text.dropped, self.text.words
        return [i for i in range(self.places[-1] + 1, self.end) if i not in dropped and words[i] != ","]

    def result(self) -> Result:
        """The clause's events, or why it has none."""
        match = self.match
        code, places = self.code
        words = tuple(sorted({*self.places, *(match.words if match else ())}))
        if {code.active, code.passive} & SENTENCE_CODES:
            why = f"{code} at {places[0]}"
            return Result(Looked(words, why, places[0]), coded=True, discarded=why)
        if code.is_null:
            return Result(Looked(words, self._why_null(), match.pattern.place if match else None))
        source, target = self._parties()
        events = self._embedding(code, source, words, places)
        if events is None:
            events = [Coded(a, b, name, words, places) for a, b, name in self._pairs(source, target, code)]
        return Result(Looked(words, "", places[0]), events, coded=True, why_not=_why_not(source, target))

    def _why_null(self) -> str:
        if self.match is not None:
            return "its code is null"
        return "no pattern fits, and the verb has no code of its own"

    @cached_property
    def match(self) -> Match | None:
        """The most specific pattern that fits; of equally specific ones that which meets most words."""
        fit = match_frame if self.rules.verbs.frames else match_sequence
        best: Match | None = None
        for block in dict.fromkeys(verb.block for verb in self.verbs):
            for pattern in block.candidates(self.text.bag):
                if best is not None and self._own(best) and best.pattern.rank > pattern.rank:
                    break
                found = fit(pattern, self.sides)
                if found is not None and (best is None or self._weight(found) > self._weight(best)):
                    best = found
        return best

    def _weight(self, match: Match) -> tuple[bool, tuple[int, int], int]:
        return self._own(match), match.pattern.rank, len(match.words)

    def _own(self, match: Match) -> bool:
        """Is a word that it met after the verb the verb's own, and not one of a clause that says when or why?"""
        after = [word for word in match.words if word > self.verb]
        return not after or any(self.text.is_main(word, self.verb) for word in after)

    @cached_property
    def code(self) -> tuple[Code, tuple[Place, ...]]:
        """The code and where it stands: the pattern's, else the verb's own; negated or intended where words say so."""
        match, verb = self.match, self.verbs[0]
        if match is None and self.text.is_auxiliary(self.verb):
            return Code(), (verb.place,)
        code, place = (match.pattern.code, match.pattern.place) if match else (verb.code, verb.place)
        numbers = self.rules.numbers
        if numbers is None or code.is_null:
            return code, (place,)
        if self._negated:
            return Code(code.active and numbers.negate(code.active),
                        code.passive and numbers.negate(code.passive)), (place,)
        return self._intended(code, place, numbers)

    @property
    def _negated(self) -> bool:
        met = {self.text.words[i] for i in self.match.words} if self.match else set()
        return not met & _NOT and any(self.text.deps[c] == "negation" and self.text.words[c] in _NOT
                                      for c in self.text.children[self.verb])

    def _intended(self, code: Code, place: Place, numbers: CodeNumbers) -> tuple[Code, tuple[Place, ...]]:
        """WILL and its like where PETRARCH-2's dictionary has them as verbs: WILL + HELP is 033, intent to help."""
        for child in self.text.children[self.verb]:
            known = self.rules.verbs.forms_of(self.text.words[child])
            if known and self.text.is_auxiliary(child) and self.rules.verbs.format == "petrarch2":
                above = known[0].code.active
                both = numbers.combine(above, code.active) if above and code.active else None
                if both is not None and both != code.active:
                    return Code(both, code.passive), (place, known[0].place)
        return code, (place,)

    def _parties(self) -> tuple[NounPhrase | None, NounPhrase | None]:
        bound = self.match.bound if self.match else {}
        if "both" in bound:
            return bound["both"], bound["both"]
        source, target = bound.get("source"), bound.get("target")
        if self._passive:
            target = target or self.subject(source)
            return source or self._agent(target), target
        target = target or self.target(source or self.subject(None))
        return source or self._source(target), target

    @property
    def _passive(self) -> bool:
        """Is the verb passive ("towns shelled by Mali")? With WAS, for TABARI and PETRARCH-1, only where BY follows."""
        if self.text.tags[self.verb] != "VBN":
            return False
        if self._modifies:
            return True
        words = self.text.words
        by = self.rules.verbs.frames or any(words[i] == "BY" for i in self.sides.lower)
        return by and any(self.text.deps[c] in ("auxiliary_passive", "subject_passive")
                          for c in self.text.children[self.verb])

    @property
    def _modifies(self) -> bool:
        """Is it a participle of a noun ("soldiers leaving Chad"), and not the only verb that the parser found?"""
        return self.text.deps[self.verb] == "participle_clause" and self.text.deps[self.text.heads[self.verb]] != "root"

    def _agent(self, target: NounPhrase | None) -> NounPhrase | None:
        """Who did it, of a passive verb: the noun after BY, else after FROM or IN."""
        for prep in _SOURCE_PREPS:
            for at, place in enumerate(self.sides.lower):
                if self.text.words[place] == prep:
                    phrase = next((p for p in self._phrases(self.sides.lower[at + 1:]) if p is not target), None)
                    if phrase is not None and phrase.known:
                        return phrase
        return None

    def _phrases(self, places: Sequence[int]) -> list[NounPhrase]:
        return list(dict.fromkeys(self.phrase_of[i] for i in places if i in self.phrase_of))

    def subject(self, other: NounPhrase | None) -> NounPhrase | None:
        """The grammatical subject, of the verb or of the one that governs it."""
        if self._modifies:
            modified = self.phrase_of.get(self.text.heads[self.verb])
            if modified is not None and modified is not other:
                return modified
        verb: int | None = self.verb
        seen = 0
        while verb is not None and seen < 6:
            for child in self.text.children[verb]:
                if self.text.deps[child] in ("subject", "subject_passive") and child < self.verb:
                    phrase = self.phrase_of.get(child)
                    if phrase is not None and phrase is not other:
                        return phrase
            verb, seen = self._governor(verb), seen + 1
        return None

    def own_subject(self) -> NounPhrase | None:
        """The subject of this very verb, if it has one."""
        places = [c for c in self.text.children[self.verb] if self.text.deps[c] == "subject"]
        return self.phrase_of.get(places[0]) if places else None

    def _governor(self, verb: int) -> int | None:
        head = self.text.heads[verb]
        return head if self.text.deps[verb] in _GOVERNED and head != verb else None

    def target(self, source: NounPhrase | None) -> NounPhrase | None:
        """The first known actor after the verb that is not the source; else whoever stands there first."""
        phrases = self._phrases(self.sides.lower)
        own = source.codes if source is not None else frozenset()
        known = [p for p in phrases if p.known]
        found = next((p for p in known if not own or p.codes - own or p.compound), None)
        if found is not None and found.only_agents and self.rules.verbs.frames:
            found = self._with_actor(found, known)
        return found or next(iter((*known, *phrases)), None)

    def _with_actor(self, agents: NounPhrase, known: Sequence[NounPhrase]) -> NounPhrase:
        """Agents with the actor of a prepositional phrase of the same verb ("sent troops to Chad"): PETRARCH-2."""
        for phrase in known:
            prep = self.text.heads[phrase.head]
            if not phrase.only_agents and self.text.deps[phrase.head] == "prep_object" \
                    and self.text.heads[prep] in (self.verb, agents.head):
                return agents.of(phrase)
        return agents

    def _source(self, target: NounPhrase | None) -> NounPhrase | None:
        """The subject if it is known and not the target, else the nearest known actor before the verb."""
        subject = self.subject(None)
        if subject is not None and subject.known and subject is not target:
            return subject
        before = self._phrases(self.sides.upper)
        codes = target.codes if target is not None else frozenset()
        known = next((p for p in before if p.known and p is not target and p.codes != codes), None)
        return known or subject or next((p for p in before if p is not target), None)

    def _pairs(self, source: NounPhrase | None, target: NounPhrase | None, code: Code
               ) -> Iterator[tuple[Party, Party, str]]:
        """Source, target and code of each event: each member with each, and back for an `A:B` code.

        What several do together, with nobody else, they do to each other: for `A:B` codes and cooperation.
        """
        sources, targets = _members(source), _members(target)
        mutual = code.active is not None and code.passive is not None
        together = self.rules.verbs.frames and (code.active or "").startswith(_COOPERATION)
        if (mutual or together) and len(sources) > 1 and not any(p.known for p in targets):
            targets = sources
        elif mutual and len(targets) > 1 and not any(p.known for p in sources):
            sources = targets
        for a in sources:
            for b in targets:
                if a.code != b.code or not a.known:
                    if code.active is not None:
                        yield a, b, code.active
                    if code.passive is not None:
                        yield b, a, code.passive

    def _embedding(self, code: Code, source: NounPhrase | None, words: tuple[int, ...], places: tuple[Place, ...]
                   ) -> list[Coded] | None:
        """The events of a verb whose content is another verb's act, where the two make one code; else None."""
        inner = self._content() if self.rules.numbers is not None else None
        if inner is None or code.active is None or source is None or not source.known:
            return None
        below, lower_places = inner.code
        if below.active is None:
            return None
        actor, target = inner.own_subject(), inner.target(source)
        found = self._transformed(code.active, below.active, source, actor, target) or self._combined(
            code.active, below.active, source, actor, target)
        if found is None:
            return None
        one, other, name, rule = found
        everything = tuple(sorted({*words, *inner.places}))
        evidence = (*places, *lower_places, *((rule,) if rule is not None else ()))
        return [Coded(a, b, name, everything, evidence) for a, b, _ in self._pairs(one, other, Code(name))]

    def _content(self) -> Clause | None:
        """The verb that tells what this one says, wants, promises; None where an object stands between."""
        for child in self.text.children[self.verb]:
            known = self.rules.verbs.forms_of(self.text.words[child])
            met = self.match is not None and child in self.match.words
            if self.text.deps[child] in ("infinitive", "clause") and known and child > self.verb and not met:
                inner = Clause(self.rules, self.text, self.phrase_of, child, (known[0],))
                objects = {p for p in self._phrases(self.text_between(child)) if p.known}
                own = inner.own_subject()
                return inner if objects <= ({own} if own is not None else set()) else None
        return None

    def text_between(self, other: int) -> list[int]:
        """The words between this verb and one after it."""
        return [i for i in self.sides.lower if i < other]

    def _transformed(self, outer: str, inner: str, source: NounPhrase, actor: NounPhrase | None,
                     target: NounPhrase | None) -> tuple[NounPhrase, NounPhrase, str, Place | None] | None:
        phrases = (source, actor, target)
        keys = tuple("/".join(sorted(p.codes)) if p is not None and p.known else None for p in phrases)
        for rule in self.rules.transformations:
            bound = rule.bind((keys[0], keys[1], keys[2])) if rule.fits(outer, inner) else None
            if bound is not None:
                one, other = phrases[bound[rule.result[0]]], phrases[bound[rule.result[1]]]
                if one is not None and other is not None:
                    return one, other, rule.code or inner, rule.place
        return None

    def _combined(self, outer: str, inner: str, source: NounPhrase, actor: NounPhrase | None,
                  target: NounPhrase | None) -> tuple[NounPhrase, NounPhrase, str, Place | None] | None:
        numbers = self.rules.numbers
        assert numbers is not None
        code = numbers.combine(outer, inner)
        other = target if actor is None else actor
        if code is None or other is None or not other.known or (actor is not None and not numbers.is_content(inner)):
            return None
        return source, other, code, None


def _members(phrase: NounPhrase | None) -> tuple[Party, ...]:
    return phrase.coded if phrase is not None else (Party(NULL, ()),)


def _why_not(source: NounPhrase | None, target: NounPhrase | None) -> str:
    if source is None or not source.known:
        return "no source is known"
    if target is None or not target.known:
        return "no target is known"
    return "source and target are the same"
