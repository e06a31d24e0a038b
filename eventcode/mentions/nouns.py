"""The role walk from a noun: the words that fill its slots, also where the parser hangs them elsewhere."""

from __future__ import annotations

from eventcode.document import Sentence
from eventcode.mentions.known import once_a_tree
from eventcode.mentions.slots import PREPOSITIONS, child, conjuncts, governor_verb, is_verb, prepositional

_OF_THE_NOUN = frozenset({"by", "against"})


@once_a_tree
def noun_slot(sentence: Sentence, i: int, slot: str) -> list[int]:
    """Head tokens of what fills a slot of noun i."""
    if slot in ("possessive", "compound", "adjective"):
        return [c for c in sentence.children(i) if sentence.tokens[c].dep == slot]
    if slot in ("subject", "object", "indirect", "agent"):
        return prepositional(sentence, i, "by") if slot == "agent" else []
    return prepositional(sentence, i, slot) or _misattached(sentence, i, slot) or _hung_on_verb(sentence, i, slot)


def _hung_on_verb(sentence: Sentence, i: int, preposition: str) -> list[int]:
    """'crushed a mutiny [by cadets]', 'died in a clash [with troops]': the parser hangs on the verb what follows its
    object, or the noun under its preposition."""
    token = sentence.tokens[i]
    within = token.dep == "prep_object" and preposition in ("with", "by")
    verb = sentence.tokens[token.head].head if within else token.head
    if not within and (preposition not in _OF_THE_NOUN or token.dep != "object"):
        return []
    if not is_verb(sentence.tokens[verb]):
        return []
    return [j for j in prepositional(sentence, verb, preposition) if sentence.tokens[j].head == i + 1]


def between_far(sentence: Sentence, i: int) -> list[int]:
    """'clashes raged around the port [between X and Y]': the parser hangs the phrase anywhere under the verb."""
    verb = governor_verb(sentence, i)
    for token in sentence.tokens[i:] if verb is not None else ():
        inner = child(sentence, token.i, "prep_object") if token.lower == "between" else None
        if inner is None or verb not in list(sentence.ancestors(inner)):
            continue
        if any(child(sentence, j, "conjunct") is not None for j in (inner, *_modifiers(sentence, inner))):
            return [inner]
    return []


def _modifiers(sentence: Sentence, i: int) -> list[int]:
    return [c for c in sentence.children(i) if sentence.tokens[c].dep in ("adjective", "compound")]


def _misattached(sentence: Sentence, i: int, preposition: str) -> list[int]:
    """'the arrest of a leader by police': the parser often hangs the second phrase on the noun of the first."""
    for c in sentence.children(i):
        if sentence.tokens[c].dep in PREPOSITIONS and sentence.tokens[c].lower != preposition:
            inner = child(sentence, c, "prep_object")
            for j in conjuncts(sentence, inner) if inner is not None else ():
                if found := prepositional(sentence, j, preposition):
                    loose = preposition in ("of", "in") and not _is_when_or_where(sentence, c, j, preposition)
                    return [] if loose else found
    return []


def _is_when_or_where(sentence: Sentence, above: int, i: int, preposition: str) -> bool:
    """'the murder [in Guatemala] of two leaders', 'the killing [on 22 March] of a judge': names and days own nobody."""
    named = sentence.tokens[i].tag in ("NNP", "CD")
    return preposition == "of" and named and sentence.tokens[above].lower in ("in", "on", "at")
