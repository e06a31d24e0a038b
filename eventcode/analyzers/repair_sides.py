"""Repairs of whose the subject or object of a verb is, where the parser takes a word of it for another thing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from eventcode.document import Token

FINITE = frozenset({"VBD", "VBZ", "VBP"})
#: Verbs whose subject undergoes what their clause says.
_UNDERGOING = frozenset({"have", "has", "had", "having", "see", "sees", "saw", "seen", "seeing", "watched", "found"})
#: Participles that say of what somebody is guilty or not.
_CHARGED = frozenset({"accused", "suspected", "convicted", "acquitted", "cleared", "exonerated", "absolved"})


def reduced_relative(tokens: Sequence[Token], token: Token) -> None:
    """'kin of three fishermen [slain] last week rallied': a participle right behind its noun is no verb of a sentence
    that has one with neither a subject of its own nor a conjunction."""
    below = [t for t in tokens if t.head == token.i and t is not token]
    subject = next((t for t in below if t.dep == "subject"), None)
    verb = next((t for t in below if t.dep == "adverbial_clause" and t.tag in FINITE and t.i > token.i), None)
    noun = tokens[token.i - 1]
    if subject is None or verb is None or noun.tag[:2] != "NN" or any(t.dep.startswith("auxiliary") for t in below) or \
            any(t.head == verb.i and t.dep in ("subject", "marker", "auxiliary") for t in tokens):
        return
    verb.dep, verb.head, subject.head = "root", verb.i, verb.i
    token.dep, token.head = "participle_clause", noun.i
    for t in below:
        if t.i > verb.i:
            t.head = verb.i


def verb_in_phrase(tokens: Sequence[Token], token: Token) -> None:
    """'a constable [opened] fire when the crowd surged': a participle between two nouns, in no clause."""
    thing, doer = tokens[token.head], tokens[token.i - 1]
    if thing.i != token.i + 1 or thing.tag not in ("NN", "NNS") or doer.tag not in ("NN", "NNS", "NNP") or \
            doer.head != thing.i or doer.dep not in ("adjective", "compound"):
        return
    for t in tokens:
        if t.head == thing.i and t is not token:
            t.head = doer.i if t.i < doer.i else token.i
    doer.dep, doer.head, thing.dep, thing.head = "subject", token.i, "object", token.i
    token.tag, token.pos, token.dep, token.head = "VBD", "VERB", "root", token.i


def undergone(tokens: Sequence[Token], token: Token) -> None:
    """'had their huts [burned] by rebels', 'saw two outposts [overrun]': done to the subject of the clause."""
    above = tokens[token.head]
    if token.dep == "conjunct" and above.dep == "clause":
        above = tokens[above.head]
    if token.tag != "VBN" or token.dep not in ("clause", "conjunct") or above.lower not in _UNDERGOING:
        return
    below = [t for t in tokens if t.head == token.i]
    subject = next((t for t in below if t.dep == "subject" and t.i > above.i), None)
    if subject is not None and not any(t.dep in ("auxiliary", "marker", "object") for t in below):
        subject.dep = "subject_passive"


def listed_subject(tokens: Sequence[Token], token: Token) -> None:
    """'hundreds of nurses, [teachers] and clerks marched': no second subject but one more in the list."""
    first = next((t for t in tokens[:token.i] if t.head == token.head and t.dep == "subject"), None)
    opening = min((t.i for t in tokens[:token.i] if t.head == token.i), default=token.i)
    before, listed = tokens[opening - 2], any(t.head == token.i and t.dep == "conjunct" for t in tokens[token.i:])
    if first is None or not listed or opening < 2 or tokens[opening - 1].text != "," or before.tag[:2] != "NN" or \
            before.dep not in ("subject", "prep_object") or first.i not in (before.i, *ancestors(tokens, before.i)):
        return
    token.dep, token.head = "conjunct", before.i


def clause_beside_noun(tokens: Sequence[Token], token: Token) -> None:
    """'a tapper and his wife were [shot]': no noun and a clause beside it, but a clause with two subjects."""
    first = tokens[token.head]
    subject = next((t for t in tokens if t.head == token.i and t.dep.startswith("subject")), None)
    joined = next((t for t in tokens if t.head == first.i and t.dep == "coordinator"), None)
    if subject is None or joined is None or first.tag[:2] != "NN" or not first.i < joined.i < subject.i < token.i:
        return
    if any(t.head == first.i and t.i > joined.i and t not in (token, joined) and t.dep != "punct" for t in tokens):
        return
    for t in tokens:
        if t.head == first.i and t.i > token.i:
            t.head = token.i
    token.dep, token.head = "root", token.i
    first.dep, first.head = subject.dep, token.i
    subject.dep, subject.head = "conjunct", first.i


def object_of_both(tokens: Sequence[Token], token: Token) -> None:
    """'police arrested, and later freed, [two teachers]': whom both verbs are done to, and no name of the police."""
    verb = tokens[tokens[token.head].head]
    about_subject = token.dep == "apposition" and tokens[token.head].dep == "subject" and verb.i < token.i
    if not about_subject or tokens[verb.i + 1].text != ",":
        return
    second = next((t for t in tokens[verb.i + 2:token.i] if t.head == verb.i and t.dep == "conjunct"), None)
    if second is not None and not any(t.head in (verb.i, second.i) and t.dep == "object" for t in tokens):
        token.head, token.dep = second.i, "object"


def charged_with(tokens: Sequence[Token], token: Token) -> None:
    """'accused by the prosecution of [ordering] a murder': what follows is of the charge, and not of who makes it."""
    of = tokens[token.head]
    maker = tokens[of.head]
    by = tokens[maker.head]
    if of.lower == "of" and maker.dep == "prep_object" and by.lower == "by" and tokens[by.head].lower in _CHARGED:
        of.head = by.head


def way_to_work(tokens: Sequence[Token], token: Token) -> None:
    """'shot on his way to [work] by two men': where he went, and no work by two men."""
    to, way = tokens[token.i - 1], tokens[token.i - 2]
    if token.i < 2 or to.lower != "to" or way.lower != "way" or token.head in (to.i, token.i):
        return
    for t in tokens:
        if t.head == token.i and t.dep in ("prep", "agent"):
            t.head = token.head
    to.dep, to.head = "prep", way.i
    token.tag, token.pos, token.dep, token.head = "NN", "NOUN", "prep_object", to.i


def noun_behind_to(tokens: Sequence[Token], token: Token) -> None:
    """'set fire to [olive] trees': a noun behind "to" is no verb of an aim."""
    to, behind = tokens[token.i - 1], tokens[token.i + 1] if token.i + 1 < len(tokens) else token
    if to.tag != "TO" or to.head != token.i or any(t.head == token.i and t.i < to.i for t in tokens):
        return
    head = behind if behind.head == token.i and behind.dep == "object" and behind.tag[:2] == "NN" else token
    to.tag, to.pos, to.dep, to.head = "IN", "ADP", "prep", token.head
    if head is not token:
        for t in tokens:
            if t.head == token.i and t is not head:
                t.head = head.i
        token.dep, token.head = "compound", head.i
    head.dep, head.head = "prep_object", to.i


def ancestors(tokens: Sequence[Token], i: int) -> Iterator[int]:
    """The heads above token i, nearest first; of a circle no more than there are tokens."""
    for _ in tokens:
        if tokens[i].head == i:
            return
        i = tokens[i].head
        yield i
