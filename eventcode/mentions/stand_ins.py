"""Words that stand for people named elsewhere in the clause: 'those', and the noun that a 'who' is hung on."""

from __future__ import annotations

from collections.abc import Iterator

from eventcode.document import Sentence

_OF_THEM = frozenset({"among", "amongst"})
_BEING = frozenset({"is", "are", "was", "were"})
_LISTING = frozenset({"include", "includes", "included", "including"})


def named_instead(sentence: Sentence, i: int) -> int:
    """'among [those] held was a priest', 'the mayor was among [those] held', '[those] held include a priest': who is
    named for the pronoun; else the token itself."""
    tokens = sentence.tokens
    if tokens[i].lower != "those":
        return i
    if tokens[i].dep == "subject" and tokens[tokens[i].head].lower in _LISTING:
        return _first(sentence, tokens[i].head, "object", i)
    if tokens[i].dep != "prep_object" or tokens[tokens[i].head].lower not in _OF_THEM:
        return i
    verb = tokens[tokens[i].head].head
    return _first(sentence, verb, "subject", _first(sentence, verb, "attribute", i)) \
        if tokens[verb].lower in _BEING else i


def is_of_those(sentence: Sentence, i: int) -> bool:
    """Is verb i what befell a number told before: 'two officers were among those [killed]'?"""
    those = sentence.tokens[i].head
    return sentence.tokens[those].lower == "those" and named_instead(sentence, those) != those


def _first(sentence: Sentence, head: int, relation: str, otherwise: int) -> int:
    return next((c for c in sentence.children(head) if sentence.tokens[c].dep == relation), otherwise)


def above_antecedent(sentence: Sentence, i: int) -> Iterator[int]:
    """'[men] with machetes who killed four and burned huts': the parser hangs a 'who' on the nearest noun, be it a
    thing; the nouns above that one, nearest first, for the verb of the clause and those coordinated with it."""
    tokens = sentence.tokens
    verb = next((a for a in (i, *sentence.ancestors(i)) if tokens[a].dep != "conjunct"), i)
    if tokens[verb].dep != "relative" or not any(tokens[c].lower == "who" for c in sentence.children(verb)):
        return
    noun = tokens[verb].head
    while tokens[noun].dep == "prep_object":
        noun = tokens[tokens[noun].head].head
        if tokens[noun].pos not in ("NOUN", "PROPN", "NUM"):
            return
        yield noun
