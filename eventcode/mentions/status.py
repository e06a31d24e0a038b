"""Did it happen, and who says so: status and attribution of a trigger, from cue words and their place on the tree."""

from __future__ import annotations

from collections.abc import Iterator

from eventcode.document import Sentence, Token
from eventcode.languages.base import Language
from eventcode.languages.cues import Cue, read_status
from eventcode.mentions.clauses import are_parted, words_of_clause
from eventcode.mentions.slots import child, is_verb, surface_subject, verb_slot
from eventcode.mentions.speakers import SpeakerReader
from eventcode.mentions.telling import relation_of
from eventcode.neutral import Status

_BEHIND = frozenset({"after", "since", "following", "despite"})
_CONTENT = frozenset({"infinitive", "clause", "object", "prep_object"})
_DENYING = ("negation", "determiner", "preconj")
_QUOTES = frozenset({'"', "”", "»", "''"})
_DENIABLE = ("subject", "subject_passive", "object")
_TRANSPARENT = frozenset({"prep", "conjunct", "agent", "compound", "apposition"})
_LATER = frozenset({"on", "later"})
_OF_NEWS = frozenset({"prep", "prep_object", "clause", "participle_clause", "relative"})
_PERFECT = frozenset({"have", "has", "'ve", "’ve"})
_PAST_FUTURE = frozenset({"would", "'d", "’d"})
_MARKERS = ("marker", "adverb", "prep")
#: "will not talk" is denied, not announced, and "if they do not talk" is neither: what counts before the auxiliaries.
_SHARED = ("auxiliary", "negation", "marker", "preconj")
_RANK = {"marker": 0, "negation": 1}
#: Kinds of cues whose words are lemmas, a verb's particle with it.
_VERBS = ("governor", "temporal", "thwarted")


def _denies_one(sentence: Sentence, i: int, noun: int) -> bool:
    """'[not] a shot', '[not] one marcher', and not "not only": does a number or an article follow token i?"""
    before = i < noun and sentence.tokens[i].dep in ("negation", "adverb")
    return before and sentence.tokens[i + 1].dep in ("determiner", "number")


def _is_news(cue: Cue, word: Token) -> bool:
    """May what governs an act by this cue be denied with it: a plan, or talk of it ('dismissed rumours of a coup')?"""
    return cue.status == "intended" or (cue.status == "hypothetical" and word.pos == "NOUN")


def _spelled(words: str, language: Language) -> set[str]:
    """The forms of a lemma, or of a verb and its particle: 'called off'."""
    verb, _, particle = words.partition(" ")
    return {f"{form} {particle}".rstrip() for form in language.forms(verb)}


class StatusReader(SpeakerReader):
    """Reads the language's `status.yaml`."""

    def __init__(self, language: Language) -> None:
        data = read_status(language.folder / "status.yaml")
        super().__init__(data, language)
        self._by_kind: dict[str, dict[str, list[Cue]]] = {}
        for cue in data.cues:
            forms = self._by_kind.setdefault(cue.kind, {})
            for word in cue.words:
                for form in sorted(_spelled(word, language) if cue.kind in _VERBS else {word}):
                    forms.setdefault(form, []).append(cue)
        self._past = frozenset({*self._by_kind["era"], *self._by_kind["looked_back"]})
        self._untrue_words, self._nowise = (frozenset(self._by_kind[kind]) for kind in ("untrue", "nowise"))
        #: The cues of what has gone on for a time.
        self.spans = frozenset(cue.id for cue in data.cues if cue.kind in ("lasting", "running"))

    def status(self, sentence: Sentence, i: int, light: int | None = None) -> tuple[Status, tuple[str, ...]]:
        """The status of trigger i (its light verb, if it has one), and the ids of the cues that gave it."""
        for cue in self._cues(sentence, i, light):
            return cue.status, (cue.id,)
        return "actual", ()

    def _cues(self, sentence: Sentence, i: int, light: int | None) -> Iterator[Cue]:
        """The cues that touch a trigger, nearest first."""
        yield from self._question(sentence, i)
        if sentence.tokens[i].dep == "attribute":  # 'is [not] ready to': what is said of the act stands on the copula
            light = sentence.tokens[i].head
        verb = i if is_verb(sentence.tokens[i]) and light is None else light
        spots = [i] if verb is None or verb == i else [i, verb]
        for spot in spots:
            yield from self._beside(sentence, spot)
        yield from self._generic(sentence, i if verb is None else verb)
        last = spots[-1]
        if verb is None:
            last = self._own_clause(sentence, i)
            yield from self._predicate(sentence, last) if last != i else ()
            if last != i and sentence.tokens[last].lower in self._happening:
                yield from self._beside(sentence, last)
        yield from () if self._untrue_words.isdisjoint(sentence.vocabulary) else self._untrue(sentence, i)
        yield from self._above(sentence, i if verb is None else last)
        yield from self._dating(sentence, i if light is None else light)
        yield from self._ranked(sentence, i)
        if not self._past.isdisjoint(sentence.vocabulary):
            yield from self._of_an_era(sentence, i)
            yield from self._looked_back_at(sentence, i) if verb is None else ()
        yield from self._lasting(sentence, i, light)

    def _question(self, sentence: Sentence, i: int) -> Iterator[Cue]:
        """A sentence that asks, or the words quoted around trigger i: '"Will they attack?" a farmer asked.'"""
        if not are_parted(sentence, i, len(sentence.tokens) - 1):
            yield from self._look("question", sentence.text.rstrip("\"'”’) ")[-1:])
        if _QUOTES.isdisjoint(sentence.vocabulary):
            return
        after = [token.text for token in sentence.tokens[i + 1:]]
        closed = next((n for n, text in enumerate(after) if text in _QUOTES), 0)
        yield from self._look("question", after[closed - 1]) if closed else ()

    def _own_clause(self, sentence: Sentence, i: int) -> int:
        """The verb of the clause that noun i is subject of, or i."""
        token = sentence.tokens[i]
        return token.head if token.dep in ("subject", "subject_passive") else i

    def _predicate(self, sentence: Sentence, verb: int) -> Iterator[Cue]:
        """'an attack is [imminent]', 'a raid [could] drown thousands': what a noun's clause says of it."""
        for c in sentence.children(verb):
            if sentence.tokens[c].dep == "attribute" and sentence.tokens[c].pos == "ADJ":
                yield from self._look("adverb", sentence.tokens[c].lower)
            if sentence.tokens[c].dep == "auxiliary" and not self.is_perfect(sentence, verb, None):
                cues = self._look("auxiliary", sentence.tokens[c].lower)
                yield from (cue for cue in cues if cue.status == "hypothetical")

    def _untrue(self, sentence: Sentence, i: int) -> Iterator[Cue]:
        """'rumours of a coup are [fantasy]': what is said of the news of act i."""
        for here in (i, *sentence.ancestors(i)):
            token = sentence.tokens[here]
            if token.dep == "subject":
                for c in sentence.children(token.head):
                    yield from self._look("untrue", sentence.tokens[c].lower)
            if token.dep not in _OF_NEWS:
                return

    def _beside(self, sentence: Sentence, i: int) -> Iterator[Cue]:
        """Negation, auxiliaries, adverbs and clause markers directly under token i."""
        nowise = not self._nowise.isdisjoint(sentence.vocabulary)
        for c in sorted(self._modifiers(sentence, i), key=lambda c: _RANK.get(sentence.tokens[c].dep, 2)):
            token = sentence.tokens[c]
            if token.dep in _DENYING:
                yield from self._look("negation", token.lower)
            if token.dep == "auxiliary" and self._is_inverted(sentence, i, c):
                yield from self._look("inverted", token.lower)
            if token.dep == "auxiliary":
                yield from self._forestalled(sentence, i, token.lower)
                reported = token.lower in _PAST_FUTURE and self._is_reported(sentence, i)
                yield from self._look("auxiliary", "will" if reported else token.lower)
                yield from self._look("headline", token.lower) if sentence.tokens[i].dep == "root" else ()
            if token.dep in _DENIABLE:  # 'nobody was killed', 'no soldiers were hurt', 'arrested none'
                yield from self._look("negation", token.lower)
                for d in sentence.children(c):
                    if sentence.tokens[d].dep == "determiner" or _denies_one(sentence, d, c):
                        yield from self._look("negation", sentence.tokens[d].lower)
            if token.dep == "prep" and nowise:  # '[at no point] did they enter the town'
                yield from (cue for j in sentence.children(c) for cue in self._look("nowise", sentence.tokens[j].lower)
                            if any(self._look("negation", sentence.tokens[d].lower) for d in sentence.children(j)))
            timed = token.dep == "prep" and child(sentence, c, "prep_object") is not None  # 'until noon'
            if token.dep in _MARKERS and not timed:
                yield from self._look("marker", token.lower)
            if token.dep in ("adverb", "adjective", "npadvmod"):
                yield from self._look("habit", token.lower) if self._is_present(sentence, i) else ()
                yield from self._look("adverb", token.lower)
                yield from self._look("negation", token.lower)
            if token.dep in ("adjective", "compound", "npadvmod", "adverb"):
                yield from self._look("temporal", token.lower)

    def _forestalled(self, sentence: Sentence, i: int, auxiliary: str) -> Iterator[Cue]:
        """'was shot [before] he [could] detonate it': an act that something came before."""
        if cues := self._look("forestalled", auxiliary):
            yield from (cue for c in sentence.children(i) for cue in cues if sentence.tokens[c].lower == "before")

    @staticmethod
    def _is_inverted(sentence: Sentence, i: int, auxiliary: int) -> bool:
        """'[Had] the bomb exploded, ...': does the auxiliary of a clause stand before its subject?"""
        subject = child(sentence, i, "subject", "subject_passive")
        return sentence.tokens[i].dep == "adverbial_clause" and subject is not None and auxiliary < subject

    def _is_present(self, sentence: Sentence, i: int) -> bool:
        """'guards routinely beat', 'are often denied': is verb i, or the auxiliary of its passive, in the present?"""
        tags = {sentence.tokens[c].tag for c in sentence.children(i)
                if sentence.tokens[c].dep in ("auxiliary", "auxiliary_passive")} or {sentence.tokens[i].tag}
        return not tags.isdisjoint({"VBZ", "VBP"}) and not self.is_perfect(sentence, i, None)

    def _is_reported(self, sentence: Sentence, i: int) -> bool:
        """'said that it would march': the future of what somebody said in the past."""
        return any(
            sentence.tokens[a].lower in self._speech and sentence.tokens[a].tag == "VBD" for a in sentence.ancestors(i)
        )

    def _modifiers(self, sentence: Sentence, i: int) -> list[int]:
        """The children of i, and where i has no subject of its own, the auxiliaries of what it is coordinated with."""
        found = sentence.children(i)
        if "[" in sentence.text:
            found = [c for c in found if not self._is_note(sentence, i, c)]
        token = sentence.tokens[i]
        below = {sentence.tokens[c].dep for c in found}
        if token.dep == "conjunct" and is_verb(token) and below.isdisjoint({"subject", "subject_passive"}):
            apart = "auxiliary" in below or self._is_opposed(sentence, i)
            shared = ("marker",) if apart else _SHARED
            return found + [c for c in self._modifiers(sentence, token.head) if sentence.tokens[c].dep in shared]
        return found

    def _is_note(self, sentence: Sentence, i: int, c: int) -> bool:
        """'held a rally. [size=no report]': a coder's note in brackets says nothing of what stands before it."""
        return i < c and any(token.text.startswith("[") for token in sentence.tokens[i:c])

    def _is_opposed(self, sentence: Sentence, i: int) -> bool:
        """'did not storm the town but shelled it': has a finite verb after "but" nothing of what denies the first?"""
        between = sentence.tokens[sentence.tokens[i].head:i]
        return sentence.tokens[i].tag in ("VBD", "VBZ") and any(t.lower == "but" for t in between)

    def _above(self, sentence: Sentence, i: int) -> Iterator[Cue]:
        """Governors: each word above i as long as i stands in its content, up to the main verb."""
        here = i
        for above in sentence.ancestors(i):
            if are_parted(sentence, here, above):
                return
            relation, word = relation_of(sentence, here), sentence.tokens[above]
            if word.lower in _BEHIND and word.dep == "prep" and not is_verb(sentence.tokens[here]):
                return  # 'asked to leave after the murder': what it comes after is not asked for
            if relation == "adverbial_clause":
                yield from self._clause_markers(sentence, here)
                if sentence.tokens[here].tag == "VB":  # 'were deployed to fight'
                    yield from (c for c in self._governing(sentence, above) if self._slot_fits(sentence, c, here))
                yield from self._passed_on(sentence, here, above) if sentence.tokens[here].tag == "VB" else ()
                return
            if relation not in _CONTENT and relation not in _TRANSPARENT:
                return
            if relation == "infinitive":
                yield from self._clause_markers(sentence, above)  # 'if they were to attack'
            if relation in _CONTENT or relation == "prep":
                yield from self._unattested(sentence, above)
                for cue in self._governing(sentence, above):
                    if self._slot_fits(sentence, cue, here):
                        yield from self._unplanned(sentence, above) if _is_news(cue, word) else ()
                        yield from self._achieved(sentence, above)
                        yield from () if word.lower in cue.done_forms else (cue,)
                yield from self._look("temporal", word.lower)
                if word.dep == "prep":  # 'without attacking', 'instead of attacking'
                    yield from self._look("negation", word.lower)
                    yield from (cue for c in sentence.children(above) if sentence.tokens[c].dep == "adverb"
                                for cue in self._look("negation", sentence.tokens[c].lower))
            if relation in ("infinitive", "clause") and sentence.tokens[here].tag == "VB":
                yield from self._permitted(sentence, above)
            if relation in _CONTENT and word.dep == "root":
                yield from self._headline(sentence, above if is_verb(word) else here)
                if is_verb(word):
                    return
            if relation == "clause" and word.lower not in self._speech:
                yield from self._beside(sentence, above)
            here = above

    def _passed_on(self, sentence: Sentence, here: int, above: int) -> Iterator[Cue]:
        """'[will] use drones to attack': what the auxiliaries of a verb say, its aim shares."""
        spoken = {cue.id for c in sentence.children(above) if sentence.tokens[c].dep == "auxiliary"
                  for cue in self._look("auxiliary", sentence.tokens[c].lower)}
        yield from (cue for cue in self._beside(sentence, above) if here > above and cue.id in spoken
                    and cue.status != "ongoing")

    def _permitted(self, sentence: Sentence, i: int) -> Iterator[Cue]:
        """'[would] let police detain', 'the [law] lets police detain': what is true of verb i, its content shares."""
        if sentence.tokens[i].lower not in self._speech:
            yield from (cue for cue in self._beside(sentence, i) if cue.status != "ongoing")
        subject = surface_subject(sentence, i) if is_verb(sentence.tokens[i]) else None
        yield from self._look("norm", sentence.tokens[subject].lower) if subject is not None else ()

    def _generic(self, sentence: Sentence, i: int) -> Iterator[Cue]:
        """'[anyone] who attacks the police': an act in the present of somebody who may be anybody."""
        if sentence.tokens[i].tag not in ("VBZ", "VBP"):
            return
        who = sentence.tokens[i].head if sentence.tokens[i].dep == "relative" else surface_subject(sentence, i)
        if sentence.tokens[i].dep == "relative":  # 'soldiers who mutiny [may] be shot'
            above = sentence.tokens[sentence.tokens[i].head].head
            yield from (cue for c in sentence.children(above) if sentence.tokens[c].dep == "auxiliary"
                        for cue in self._look("auxiliary", sentence.tokens[c].lower) if cue.status == "hypothetical")
        yield from self._look("generic", sentence.tokens[who].lower) if who is not None else ()

    def _headline(self, sentence: Sentence, i: int) -> Iterator[Cue]:
        """'Nurses to strike': what stands for an auxiliary before a headline's verb."""
        for c in sentence.children(i):
            if sentence.tokens[c].dep == "auxiliary":
                yield from self._look("headline", sentence.tokens[c].lower)

    def _unplanned(self, sentence: Sentence, i: int) -> Iterator[Cue]:
        """'no plans to attack', 'have yet to', 'foiled a plot to': what denies the announcing denies the act."""
        for c in sentence.children(i):
            if sentence.tokens[c].dep in ("negation", "determiner"):
                yield from self._look("negation", sentence.tokens[c].lower)
            yield from self._look("undone", sentence.tokens[c].lower)
            if sentence.tokens[c].dep == "conjunct":  # 'tried to storm the fort but were driven back'
                yield from self._phrasal("thwarted", sentence, c)
        if is_verb(sentence.tokens[i]):  # 'would have to arrest him'
            yield from (cue for cue in self._beside(sentence, i) if cue.kind == "auxiliary" and
                        cue.status == "hypothetical")
        link, slot = sentence.tokens[i].head, relation_of(sentence, i)
        if slot == "prep_object":  # 'failed in their attempt to'
            link, slot = sentence.tokens[link].head, sentence.tokens[link].lower
        if slot == "object" or link != sentence.tokens[i].head:
            yield from (cue for cue in self._governing(sentence, link) if cue.status == "negated" and slot in cue.slots)

    def _unattested(self, sentence: Sentence, i: int) -> Iterator[Cue]:
        """'[no] sign of a withdrawal', '[no] evidence that rebels attacked': what nothing tells of."""
        for cue in self._look("unattested", sentence.tokens[i].lower):
            yield from (cue for c in sentence.children(i) if sentence.tokens[c].dep == "determiner"
                        and self._look("negation", sentence.tokens[c].lower))

    def _achieved(self, sentence: Sentence, i: int) -> list[Cue]:
        """'succeeded in their attempt to take the town': has what noun i announces come about?"""
        above = sentence.tokens[sentence.tokens[i].head].head
        return self._look("achieved", sentence.tokens[above].lower) if sentence.tokens[i].dep == "prep_object" else []

    def _slot_fits(self, sentence: Sentence, cue: Cue, here: int) -> bool:
        """Does the content hang on its governor in one of the cue's slots (a relation, or a preposition)?"""
        token = sentence.tokens[here]
        slot = token.lower if token.dep in ("prep", "agent") else relation_of(sentence, here)
        return not cue.slots or slot in cue.slots

    def _clause_markers(self, sentence: Sentence, i: int) -> Iterator[Cue]:
        for c in sentence.children(i):
            if sentence.tokens[c].dep in _MARKERS:
                yield from self._look("marker", sentence.tokens[c].lower)

    def _governing(self, sentence: Sentence, i: int) -> list[Cue]:
        return self._phrasal("governor", sentence, i)

    def _phrasal(self, kind: str, sentence: Sentence, i: int) -> list[Cue]:
        """The cues of word i, with its particle if it has one: 'called [off] a march'."""
        word = sentence.tokens[i].lower
        beside = (sentence.tokens[c] for c in sentence.children(i))
        phrases = [f"{word} {t.lower}" for t in beside if t.dep in ("particle", "adverb", "prep")]
        return [cue for phrase in (*phrases, word) for cue in self._look(kind, phrase)]

    def _look(self, kind: str, word: str) -> list[Cue]:
        return self._by_kind.get(kind, {}).get(word, [])

    def _dating(self, sentence: Sentence, i: int) -> Iterator[Cue]:
        """'comes weeks after rebels took the town': told before, and only to say when something else happened."""
        tokens = sentence.tokens
        for here in (i, *sentence.ancestors(i)):
            after = next((c for c in sentence.children(here) if tokens[c].lower == "after"), 0)
            if tokens[here].dep == "adverbial_clause" and after:
                span = after - 1  # the parser hangs it on either verb; "two weeks after" has a date of its own
                if not sentence.children(span):
                    yield from self._look("background", tokens[span].lower)
                return

    def _lasting(self, sentence: Sentence, i: int, light: int | None) -> Iterator[Cue]:
        """'have hounded them for years': begun long ago and not over."""
        if sentence.tokens[i].lower not in self._terms and self._is_perfect_of_any_time(sentence, i, light):
            for span in verb_slot(sentence, i if light is None else light, "for"):
                yield from self._look("lasting", sentence.tokens[span].lower)
            yield from self._running(sentence, i if light is None else light)

    def _ranked(self, sentence: Sentence, i: int) -> Iterator[Cue]:
        """'the worst raid since rebels burned Konna': what has had no like since lies in the past."""
        if sentence.vocabulary.isdisjoint(self._by_kind["ranked"]):
            return
        for above in (i, *sentence.ancestors(i)):
            near = (above, *(c for c in sentence.children(above) if sentence.tokens[c].dep == "marker"))
            for since in (j for j in near if j < i and sentence.tokens[j].pos != "VERB"):
                if any(t.tag in ("JJS", "RBS") or t.lower == "first" for t in sentence.tokens[:since]):
                    yield from self._look("ranked", sentence.tokens[since].lower)

    def _of_an_era(self, sentence: Sentence, i: int) -> Iterator[Cue]:
        """'during the [Blitz]', 'shot by the [Gestapo]': a word of times gone by in the act's own clause."""
        eras = self._by_kind["era"]
        yield from (cue for word in sorted(eras.keys() & words_of_clause(sentence, i)) for cue in eras[word])

    def _looked_back_at(self, sentence: Sentence, i: int) -> Iterator[Cue]:
        """'[decades after] the massacre', '[decades on], survivors of the attack': an act that years lie behind."""
        spans = self._by_kind["looked_back"]
        if sentence.tokens[i].dep != "prep_object":
            return
        tokens, preposition = sentence.tokens, sentence.tokens[i].head
        for j, token in enumerate(tokens[:-1]):
            behind = tokens[j + 1]
            if token.lower in spans and (preposition == j + 1 or behind.lower in _LATER):
                yield from spans[token.lower]

    def _is_perfect_of_any_time(self, sentence: Sentence, i: int, light: int | None) -> bool:
        """Also 'said they had hounded them for years'."""
        had = any(sentence.tokens[c].lower == "had" for c in sentence.children(i if light is None else light))
        return had or self.is_perfect(sentence, i, light)

    def _running(self, sentence: Sentence, i: int) -> Iterator[Cue]:
        """'have been killed since May', 'since the war began': a phrase or a clause that tells the beginning."""
        for c in sentence.children(i):
            yield from self._look("running", sentence.tokens[c].lower)
            if sentence.tokens[c].dep == "adverbial_clause":
                for marker in sentence.children(c):
                    yield from self._look("running", sentence.tokens[marker].lower)

    def is_perfect(self, sentence: Sentence, i: int, light: int | None) -> bool:
        """'have held talks': done at some time before, on no day that the story tells; 'claimed to have killed two'
        tells of the story's day like 'said it killed two'."""
        spots = (i,) if light is None else (i, light)
        beside = {sentence.tokens[c].lower for spot in spots for c in sentence.children(spot)
                  if sentence.tokens[c].dep == "auxiliary"}
        return "to" not in beside and not _PERFECT.isdisjoint(beside)
