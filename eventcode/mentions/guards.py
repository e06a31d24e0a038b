"""What stands with a trigger's word and shows that it means something else: entries' guards, figures of speech.

A figure of speech ("killed the hopes", "a storm of protest") is the same for every word of force, so the language's
`figures.yaml` lists it once; an entry's `unless` has what is said with its own words alone.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from eventcode.document import Sentence
from eventcode.languages.base import Language
from eventcode.languages.figures import read_figures
from eventcode.lexicon import Guard
from eventcode.mentions.clauses import words_of_clause
from eventcode.mentions.gate import Forms
from eventcode.mentions.nouns import noun_slot
from eventcode.mentions.slots import prepositional, surface_subject, verb_slot
from eventcode.rules import Words

#: What counts as a head's company for an entry; a guard asks of heads alone: "cattle rustlers" are no cattle.
_WITH, BESIDE = ("conjunct", "compound"), ("conjunct",)
_NONE: Forms = frozenset()
#: Names ("Tamil Tigers") and acts ("began by storming the base") are no subjects that a guard means.
_NO_SUBJECT = ("NNPS", "VBG")
#: Where a guard looks for what an act by a noun is done to: "a war [on] plastic".
_OBJECTS_OF_NOUNS = ("of", "on", "against")


@dataclass(frozen=True, slots=True)
class Banned:
    """A guard with every lemma replaced by its forms."""

    subject: Forms = _NONE
    object: Forms = _NONE
    modifier: Forms = _NONE
    particle: Forms = _NONE
    prep: Mapping[str, Forms] = field(default_factory=dict)
    nearby: Forms = _NONE
    clause: Forms = _NONE


NO_GUARD = Banned()


def spelled(guard: Guard, forms: Callable[[Words], Forms]) -> Banned:
    """The guard by the forms of its lemmas."""
    return Banned(
        subject=forms(guard.subject), object=forms(guard.object),
        modifier=forms(guard.modifier) | frozenset(guard.modifier), particle=frozenset(guard.particle),
        prep={p: forms(nouns) for p, nouns in guard.prep.items()}, nearby=forms(guard.nearby),
        clause=forms(guard.clause))


class FigureReader:
    """Reads the language's `figures.yaml` (no figures without the file)."""

    def __init__(self, language: Language, forms: Callable[[Words], Forms]) -> None:
        self._banned: dict[str, list[tuple[Banned, str]]] = {}  # by each of its words
        for figure in read_figures(language.folder):
            banned = spelled(figure.guard, forms)
            for word in sorted(_all_words(banned)):
                self._banned.setdefault(word, []).append((banned, figure.id))

    def possible(self, sentence: Sentence) -> dict[str, Banned]:
        """The figures of which the sentence has a word, by id."""
        words = sorted(self._banned.keys() & sentence.vocabulary)
        return {name: banned for word in words for banned, name in self._banned[word]}


def _all_words(banned: Banned) -> Forms:
    return frozenset().union(banned.subject, banned.object, banned.modifier, banned.clause, *banned.prep.values())


def stopped(sentence: Sentence, i: int, banned: Banned, verb: bool) -> str:
    """Why the word does not mean what its entry says, or ""."""
    tokens, below = sentence.tokens, sentence.children(i)
    if not banned.nearby.isdisjoint(sentence.vocabulary):
        stray = next(t.lower for t in tokens if t.lower in banned.nearby)
        return f"figurative beside {stray!r}"
    if not banned.clause.isdisjoint(sentence.vocabulary) and (strays := banned.clause & words_of_clause(sentence, i)):
        return f"figurative beside {min(strays)!r} in one clause"
    for slot, words in (("subject", banned.subject), ("object", banned.object)):
        if words and among(sentence, _guarded_slot(sentence, i, slot, verb), words, BESIDE):
            return f"figurative with this {slot}"
    if banned.modifier and any(
        tokens[c].lower in banned.modifier for c in (below if verb else modifiers_of(sentence, i))
    ):
        return "figurative with this modifier"
    if verb and banned.particle and any(tokens[c].lower in banned.particle for c in below):
        return "another meaning with this particle"
    if banned.prep and has_preposition(sentence, i, banned.prep, verb):
        return "figurative with this prepositional phrase"
    return ""


def _guarded_slot(sentence: Sentence, i: int, slot: str, verb: bool) -> list[int]:
    """Where a guard looks for the subject or object of a verb, or its like by a noun."""
    if verb:
        found = verb_slot(sentence, i, slot) or (patient(sentence, i) if slot == "subject" else [])
        return [j for j in found if slot != "subject" or not j or sentence.tokens[j].tag not in _NO_SUBJECT]
    if slot == "object":
        follows = [t.i for t in sentence.tokens[i + 2:i + 3] if sentence.tokens[i + 1].lower == "of"]  # however parsed
        return follows + [j for preposition in _OBJECTS_OF_NOUNS for j in prepositional(sentence, i, preposition)]
    owners = (j for own in ("possessive", "compound", "by") for j in noun_slot(sentence, i, own))
    return [j for j in owners if sentence.tokens[j].tag not in _NO_SUBJECT]


def patient(sentence: Sentence, i: int) -> list[int]:
    """The surface subject of verb i."""
    found = surface_subject(sentence, i)
    return [] if found is None else [found]


def modifiers_of(sentence: Sentence, i: int) -> list[int]:
    """The modifiers of noun i: its adjectives and compounds with theirs, and a word it is hyphenated to."""
    found = [
        c
        for c in sentence.children(i)
        if sentence.tokens[c].dep in ("compound", "adjective", "participle_clause", "possessive")
    ]
    return found + [
        d
        for c in found
        for d in sentence.children(c)
        if sentence.tokens[d].dep in ("compound", "adjective", "conjunct")
    ]


def has_preposition(sentence: Sentence, i: int, wanted: Mapping[str, Forms], verb: bool) -> bool:
    """Stands one of these prepositions with token i, and under it one of its nouns, where it has any?"""
    for preposition, nouns in wanted.items():
        found = verb_slot(sentence, i, preposition) if verb else noun_slot(sentence, i, preposition)
        if found and (not nouns or among(sentence, found, nouns)):
            return True
    return False


def among(sentence: Sentence, heads: Sequence[int], forms: Forms, relations: Collection[str] = _WITH) -> bool:
    """Is one of these heads, or what it is coordinated or compounded with, one of these words?"""
    for head in heads:
        near = [head] + [c for c in sentence.children(head) if sentence.tokens[c].dep in relations]
        if any(sentence.tokens[j].lower in forms for j in near):
            return True
    return False
