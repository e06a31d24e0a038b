"""Headlines: "Gunmen attack church in Jos" has a verb that a parser trained on whole sentences takes for a noun."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from eventcode.document import Sentence, Token

#: A longer sentence without a finite verb is a list or a broken line.
MOST_TOKENS = 25
_STOPS = frozenset(".!?\"”'’)")
#: What people in numbers suffer, where a note leaves out "were".
_SUFFERED = frozenset({"killed", "wounded", "injured", "hurt", "abducted", "kidnapped", "arrested", "detained",
                       "murdered", "executed", "beheaded", "displaced"})
_ACTIVE = frozenset({"object", "clause", "infinitive", "auxiliary", "auxiliary_passive", "particle", "attribute"})
_MAIN = frozenset({"root", "parataxis", "conjunct", "clause"})
_FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})
_NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})
#: What opens an object.
_OPENING = frozenset({"DT", "CD", "PRP$"})
_MISTAKEN = _NOUNS | {"JJ", "VB", "CD"}

#: After a noun more often than after a verb that has an object.
_AFTER_NOUNS = frozenset({"IN", ".", ":", "POS", "CC"})


def reads_passive(sentence: Sentence, i: int, particle: Collection[str] = ()) -> bool:
    """Is this the verb of a headline that says what befell its subject ('Protesters detained in Minsk')?

    True of any past form without object, auxiliary and full stop: ask it only of verbs that need an object; with
    their particle, if they have one ('Two gunned down in Cebu').
    """
    tokens, token = sentence.tokens, sentence.tokens[i]
    particle = {*particle, "hostage", "captive", "prisoner"}  # "and one taken hostage"
    below = {tokens[c].dep for c in sentence.children(i) if tokens[c].lower not in particle}
    if token.dep == "conjunct" and token.tag in ("VBD", "VBN") and "subject" in below and below.isdisjoint(_ACTIVE) \
            and any(tokens[c].dep == "auxiliary_passive" for c in sentence.children(token.head)):
        return True  # "three suspects were killed and an officer wounded"
    told = [tokens[c] for c in sentence.children(i)]
    if any(t.dep == "conjunct" and any(tokens[g].dep == "object" for g in sentence.children(t.i)) for t in told):
        return False  # "soldiers shot and injured a boy"
    short = token.dep == "root" and token.tag in ("VBD", "VBN") and len(tokens) <= MOST_TOKENS
    if short and token.lower in _SUFFERED and below.isdisjoint(_ACTIVE):
        subject = next((t for t in told if t.dep == "subject"), None)
        if subject is not None and (subject.tag == "CD" or any(
                tokens[g].dep == "number" for g in sentence.children(subject.i))):
            return True  # "At least 27 people killed and over 50 injured."
    headline = len(tokens) <= MOST_TOKENS and tokens[-1].text[-1:] not in _STOPS and token.dep in _MAIN
    return headline and token.tag in ("VBD", "VBN") and "subject" in below and below.isdisjoint(_ACTIVE)


def hidden_verb(sentence: Sentence, is_verb: Callable[[str], bool]) -> int | None:
    """The token of a verbless headline that is its verb, or None.

    is_verb: is a lower-case word a form of a verb that reports an action? A form in -s follows a singular and has an
    object ("Army shells positions"); a bare form follows a plural ("Gunmen attack", "Protesters rally in Lima").
    """
    tokens = sentence.tokens
    shot = next((t.i for t in tokens[1:-2] if t.lower == "shot" and t.tag in _NOUNS
                 and tokens[t.i - 1].tag in _NOUNS and _is_fired(tokens, t.i)), None)
    if shot is not None or len(tokens) > MOST_TOKENS:
        return shot
    mistaken = next((t.i for t in tokens if _is_modifier_of_verbless(sentence, t) and is_verb(t.lower)), None)
    if mistaken is not None or any(token.tag in _FINITE for token in tokens):
        return mistaken
    able = [i for i in range(1, len(tokens) - 1) if _may_be_verb(sentence, i) and is_verb(tokens[i].lower)]
    bare = [i for i in able if not tokens[i].lower.endswith("s")
            and (_is_plural(tokens[i - 1]) or tokens[i - 1].lower in _COLLECTIVE or _ends_list(tokens, i - 1))]
    ending = [i for i in able if tokens[i].lower.endswith("s") and not _is_plural(tokens[i - 1])
              and tokens[i + 1].tag not in _AFTER_NOUNS]
    return next(iter((*bare, *ending)), None)


def _is_fired(tokens: Sequence[Token], i: int) -> bool:
    """'the NPA [shot] and killed a guard', 'men on a motorcycle [shot] dead a clerk', '[shot] a clerk dead'."""
    behind, next_but_one = tokens[i + 1], tokens[i + 2]
    if behind.lower == "dead" or (behind.lower == "and" and next_but_one.tag in ("VBD", "VBN")):
        return True
    return behind.tag in _OPENING and not any(token.tag in _FINITE for token in tokens)


def verb_behind(sentence: Sentence, ends: Collection[int], is_verb: Callable[[str], bool]) -> int | None:
    """The token right behind a known party, taken for a noun, that must be the verb of a sentence without one, or None.

    ends: where the parties' words end (characters of the document); is_verb: as in `hidden_verb`.
    """
    tokens = sentence.tokens
    if any(token.dep == "root" and token.tag in _FINITE for token in tokens):
        return None
    behind = [t for t in tokens[1:-1] if tokens[t.i - 1].end in ends and t.tag in _MISTAKEN and t.pos != "VERB"]
    return next((t.i for t in behind if is_verb(t.lower) and tokens[t.i + 1].tag not in _AFTER_NOUNS
                 and not t.lower.endswith(("ing", "ed"))), None)


def _is_modifier_of_verbless(sentence: Sentence, token: Token) -> bool:
    """'India and Nepal shared files', 'declared an emergency and dissolved parliament': the verb as adjective."""
    if token.dep not in ("adjective", "compound") or token.tag not in ("VBD", "VBN"):
        return False
    noun = sentence.tokens[token.head]
    if noun.dep == "root":
        return token.tag == "VBD"
    before = sentence.tokens[token.i - 1].lower if token.i else ""
    return noun.dep == "conjunct" and before == "and" and sentence.tokens[noun.head].tag in ("VBD", "VBN")


def _may_be_verb(sentence: Sentence, i: int) -> bool:
    token, before = sentence.tokens[i], sentence.tokens[i - 1]
    participle = token.lower.endswith(("ing", "ed"))
    return token.tag in _MISTAKEN and not participle and before.tag in _NOUNS


def _ends_list(tokens: Sequence[Token], i: int) -> bool:
    """'India, Pakistan trade fire': is name i the second of two with which a headline opens?"""
    return i == 2 and tokens[1].lower in (",", "and", "&") and all(tokens[j].tag == "NNP" for j in (0, 2))


def _is_plural(token: Token) -> bool:
    return token.tag in ("NNS", "NNPS") or token.lower.endswith(("s", "men"))


_COLLECTIVE = frozenset({"police", "people", "militia", "military", "army", "opposition"})
