"""Main verbs that the parser took for nouns or adjectives: "Chad break off talks with Mali after troops withdrew"."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from eventcode.dictionaries.sentence import NOUNS
from eventcode.document import Sentence, Token
from eventcode.mentions.headlines import hidden_verb

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_MISTAKEN = NOUNS | {"JJ", "VB", "VBN", "VBD", "VBP", "VBZ", "RB", "IN"}
_MODIFIES = frozenset({"adjective", "compound", "number", "participle_clause"})
_BEFORE = NOUNS | {"RB", "TO", "PRP"}
#: After one of these a finite verb is not the main clause's.
_SUBORDINATES = frozenset({"after", "before", "when", "while", "because", "as", "since", "until", "if", "although",
                           "though", "that", "which", "who", "where", ","})


def mistaken_verb(sentence: Sentence, is_form: Callable[[str], bool]) -> int | None:
    """The token that is to be read as the main verb, where the tree has none; None where it has.

    is_form: is a lower-case word a form of a verb of the dictionary?
    """
    found = hidden_verb(sentence, is_form)
    if found is not None:
        return found
    tokens = sentence.tokens
    first = next((t.i for t in tokens if t.tag in _FINITE and t.dep not in _MODIFIES), len(tokens))
    if not _is_subordinate(tokens, first):
        return None
    return next((t.i for t in tokens[1:first] if _may_be_verb(tokens, t) and is_form(t.lower)), None)


def _is_subordinate(tokens: Sequence[Token], verb: int) -> bool:
    """Is there no finite verb, or is the first one that of a clause within the main one?"""
    return verb == len(tokens) or any(t.lower in _SUBORDINATES for t in tokens[:verb])


def _may_be_verb(tokens: Sequence[Token], token: Token) -> bool:
    modifies = token.dep in _MODIFIES or token.tag not in ("VB", "VBN", "VBD", "VBP", "VBZ")
    before = tokens[token.i - 1]
    return token.tag in _MISTAKEN and modifies and before.tag in _BEFORE and token.i + 1 < len(tokens)
