"""The clause in which an act is told: not who reports it, nor what else is told beside it."""

from __future__ import annotations

from eventcode.document import Sentence
from eventcode.mentions.known import once_a_tree
from eventcode.mentions.slots import child, is_verb

#: Relations of a clause that tells something of its own, and of those that do so if they have a subject.
_APART = frozenset({"parataxis", "clause", "relative"})
_OFTEN_APART = frozenset({"conjunct", "adverbial_clause"})


@once_a_tree
def words_of_clause(sentence: Sentence, i: int) -> frozenset[str]:
    """The words, in lower case, of the clause that token i stands in: 'rebels [stormed the court], a judge said'."""
    line = [i]
    while not _is_top(sentence, line[-1]):
        line.append(sentence.tokens[line[-1]].head)
    top = sentence.tokens[line[-1]]
    found = {sentence.tokens[top.head].lower} if top.dep == "relative" else set()
    left = [top.i]
    while left:
        here = left.pop()
        found.add(sentence.tokens[here].lower)
        left += [c for c in sentence.children(here) if c in line or not _is_apart(sentence, c)]
    return frozenset(found)


def _is_top(sentence: Sentence, i: int) -> bool:
    """Does the clause of token i end here?"""
    return sentence.tokens[i].head == i or _is_apart(sentence, i)


def _is_apart(sentence: Sentence, i: int) -> bool:
    """Is token i the head of a clause of its own? An infinitive has none, nor a participle without a subject."""
    token = sentence.tokens[i]
    if token.dep in _APART:
        return token.dep != "clause" or token.tag != "VB"
    return token.dep in _OFTEN_APART and (is_verb(token) or token.pos == "AUX") \
        and child(sentence, i, "subject", "subject_passive") is not None


def are_parted(sentence: Sentence, a: int, b: int) -> bool:
    """Does a semicolon stand between two tokens? Then each is in a clause of its own, wherever the parser hangs it."""
    return ";" in sentence.vocabulary and any(token.text == ";" for token in sentence.tokens[min(a, b):max(a, b)])
