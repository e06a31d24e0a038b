"""The role walk from a noun: the words that fill its slots, also where the parser hangs them elsewhere."""

from __future__ import annotations

from eventcode.document import Sentence
from eventcode.mentions.slots import PREPOSITIONS, child, conjuncts, governor_verb, is_verb, prepositional

_OF_THE_NOUN = frozenset({"by", "against"})


def noun_slot(sentence: Sentence, i: int, slot: str) -> list[int]:
    """Head tokens of what fills a slot of noun i."""
    if slot in ("possessive", "compound", "adjective"):
        return [c for c in sentence.children(i) if sentence.tokens[c].dep == slot]
    if slot in ("subject", "object", "indirect", "agent"):
        return prepositional(sentence, i, "by") if slot == "agent" else []
    return prepositional(sentence, i, slot) or _misattached(sentence, i, slot) or _hung_on_verb(sentence, i, slot)


def _hung_on_verb(sentence: Sentence, i: int, preposition: str) -> list[int]:
    """'crushed a mutiny [by cadets]': the parser hangs the phrase on the active verb that the noun is the object of."""
    verb = sentence.tokens[i].head
    if preposition not in _OF_THE_NOUN or sentence.tokens[i].dep != "object" or not is_verb(sentence.tokens[verb]):
        return []
    return [j for j in prepositional(sentence, verb, preposition) if sentence.tokens[j].head == i + 1]


def between_far(sentence: Sentence, i: int) -> list[int]:
    """'clashes raged around the port [between X and Y]': the parser hangs the phrase anywhere under the verb."""
    verb = governor_verb(sentence, i)
    for token in sentence.tokens[i:] if verb is not None else ():
        inner = child(sentence, token.i, "prep_object") if token.lower == "between" else None
        if inner is None or token.head == verb or verb not in list(sentence.ancestors(inner)):
            continue
        if child(sentence, inner, "conjunct") is not None:
            return [inner]
    return []


def _misattached(sentence: Sentence, i: int, preposition: str) -> list[int]:
    """'the arrest of a leader by police': the parser often hangs the second phrase on the noun of the first."""
    for c in sentence.children(i):
        if sentence.tokens[c].dep in PREPOSITIONS and sentence.tokens[c].lower != preposition:
            inner = child(sentence, c, "prep_object")
            for j in conjuncts(sentence, inner) if inner is not None else ():
                if found := prepositional(sentence, j, preposition):
                    return found if preposition not in ("of", "in") else []
    return []
