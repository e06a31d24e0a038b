"""Deeds: words that say what one given party does to another, though alone they would report no act in a text.

"gave back", "let in", "sold", "queued outside": too common for the lexicon, telling where both parties are known. A cue
of kind `deed` in the language's folder `relation` is read as lexicon entries here: roles, status and turns hold for it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pydantic import Field

from eventcode.document import Sentence, Token
from eventcode.languages.base import Language, Reworded
from eventcode.lexicon import Action, Entry
from eventcode.mentions.actions import ActionFinder, Compiled
from eventcode.mentions.gate import Forms
from eventcode.mentions.guards import among
from eventcode.mentions.slots import child, is_verb
from eventcode.rules import Words

if TYPE_CHECKING:
    from eventcode.relation.words import RelationCue

#: Where a deed's target is looked for, first filled first.
_VERB_TARGETS = ("indirect", "object", "to", "with", "on", "against", "at", "for", "from", "of", "into", "over")
_NOUN_TARGETS = ("to", "on", "against", "for", "with", "at", "of", "from", "over", "between")
#: How many tokens after the verb a phrase's other words may stand, however the parser hangs them.
_REACH = 9
#: Marks before the second word of a phrase: what it is beside the verb. Without one it is a particle.
_COMPANY = {"+": "object", "~": "clause", "<": "subject"}


class DeedFinder(ActionFinder):
    """Finds phrases by the tree and, where the parser hangs their words oddly, by their nearness to the verb."""

    def _readings(self, sentence: Sentence, token: Token) -> list[tuple[Compiled, bool]]:
        found = [(c, verb) for c, verb in super()._readings(sentence, token)
                 if self._leads_both(sentence, token.i, c) and _is_particle_near(sentence, token.i, c)]
        after = _after(sentence, token.i) if is_verb(token) else []
        return found + [(_bare(c), True) for c, verb in found
                        if verb and _is_phrase(c) and _stands_in(sentence, after, c)]

    def _leads_both(self, sentence: Sentence, i: int, compiled: Compiled) -> bool:
        """Does the second preposition, if the phrase names one, stand behind the verb over one of its nouns?"""
        second = compiled.entry.second if isinstance(compiled.entry, DeedEntry) else {}
        return not second or any(
            not second[token.lower] or among(sentence, sentence.children(token.i), self._forms(second[token.lower]))
            for token in sentence.tokens[i + 1:] if token.lower in second)


class DeedEntry(Entry):
    """An entry that may ask for a second preposition: 'struck [off] the list [of] partners'."""

    second: dict[str, Words] = Field(default_factory=dict)


def _after(sentence: Sentence, i: int) -> list[Token]:
    """The tokens close behind token i, up to the next verb (it may be a noun misread: "took X to court") or stop."""
    following = sentence.tokens[i + 1:i + 1 + _REACH]
    stops = (n for n, t in enumerate(following) if (t.pos == "VERB" and is_verb(t)) or t.text in (",", ";", ":"))
    return following[:next(stops, _REACH) + 1]


def _is_particle_near(sentence: Sentence, i: int, compiled: Compiled) -> bool:
    """Is the particle it asks for, if any, no preposition of a phrase before the verb or farther off?

    'called in the envoy', but not 'called for talks [in] Bonn' or '[On] Sunday he called'.
    """
    asked = compiled.particle | compiled.modifier
    hung = [c for c in sentence.children(i) if sentence.tokens[c].lower in asked]
    return not hung or any(sentence.tokens[c].dep != "prep" or sentence.tokens[c].tag != "IN" or c == i + 1 or (
        c > i and child(sentence, c, "prep_object") is None) for c in hung)


def _is_phrase(compiled: Compiled) -> bool:
    """Does it name a noun beside its verb?"""
    nouns = compiled.object or any(compiled.prep.values())
    return bool(nouns) and not (compiled.subject or compiled.modifier or compiled.clause)


def _stands_in(sentence: Sentence, after: Sequence[Token], compiled: Compiled) -> bool:
    """Are all the words it asks for among these?

    A particle away from its verb leads no phrase of its own ("sent troops [in Belarus]"). No object is what a
    preposition rules ("gave ... for [weeks]"), unless that is the particle ("dug in its [heels]").
    """
    words = {token.lower for token in after}
    free = {token.lower for token in after
            if token.pos != "VERB" and (token.dep != "prep_object"
                                        or sentence.tokens[token.head].lower in compiled.particle)}
    loose = {token.lower for n, token in enumerate(after) if not n or token.dep != "prep"
             or child(sentence, token.i, "prep_object") is None}
    led = (frozenset(compiled.prep), *compiled.prep.values())
    return _has(free, compiled.object) and _has(loose, compiled.particle) and all(_has(words, w) for w in led)


def _has(words: Collection[str], wanted: Forms) -> bool:
    return not wanted or not wanted.isdisjoint(words)


def _bare(compiled: Compiled) -> Compiled:
    """The same without the company that the tree would have to show."""
    return replace(compiled, object=frozenset(), particle=frozenset(), prep={})


def is_loose(compiled: Compiled) -> bool:
    """Were its words found near the verb only, not where the tree would have them?"""
    return bool(compiled.entry.object or compiled.entry.prep) and not (compiled.object or compiled.prep)


def deed_finder(language: Language, cues: Iterable[RelationCue], actions: Mapping[str, Action]) -> ActionFinder:
    """Finds the deeds among these cues as triggers whose entries bear the cues' ids."""
    entries = tuple(entry for cue in cues if cue.kind == "deed" for entry in _entries(cue))
    return DeedFinder(Reworded(language, entries), actions)


def _entries(cue: RelationCue) -> list[DeedEntry]:
    """One entry for the bare verbs and nouns of a cue, and two for each company that others need.

    The parser hangs the words of such phrases in many ways ("gave them back", "kept the road shut"), so the last word
    may also stand anywhere right under the verb.
    """
    groups: dict[str, list[str]] = {}
    for phrase in cue.words:
        verb, _, beside = phrase.partition(" ")
        groups.setdefault(beside, []).append(verb)
    made = [_entry(cue, verb=tuple(verbs), **company) for beside, verbs in groups.items()
            for company in (_companies(beside.split()) if beside or not cue.objects else _goods(cue))]
    return made + ([_entry(cue, noun=cue.nouns)] if cue.nouns else [])


def _companies(beside: Sequence[str]) -> Iterator[dict[str, Any]]:
    """What the words after the verb ask for, as fields of an entry.

    Of two of one kind the second is any word below; of two prepositions both must stand.
    """
    found = _fields(beside)
    yield found
    if beside and beside[-1][0] not in "@<":
        yield {**_fields(beside[:-1]), "modifier": tuple(beside[-1].strip("+~").split("|"))}


def _fields(beside: Sequence[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for kind, words in map(_company, beside):
        again = "second" if kind == "prep" else "modifier"
        found[again if kind in found else kind] = words
    return found


def _goods(cue: RelationCue) -> list[dict[str, Any]]:
    """The objects that a cue's bare verbs ask for, however the parser hangs them."""
    return [{"object": cue.objects}, {"modifier": cue.objects}]


def _company(word: str) -> tuple[str, Any]:
    if word[0] == "@":
        prepositions, _, nouns = word[1:].partition(":")
        return "prep", {name: tuple(nouns.split("|")) if nouns else () for name in prepositions.split("|")}
    return _COMPANY.get(word[0], "particle"), tuple((word[1:] if word[0] in _COMPANY else word).split("|"))


def _entry(cue: RelationCue, **words: Any) -> DeedEntry:
    roles = {"target": _VERB_TARGETS, **cue.roles}
    return DeedEntry.model_validate({
        "id": cue.id, "action": cue.action, **words, "roles": roles,
        "noun_roles": {"target": _NOUN_TARGETS, **cue.roles}, "about": cue.about, "needs": cue.needs,
        "unless": cue.unless, "examples": cue.examples, "counterexamples": cue.counterexamples})
