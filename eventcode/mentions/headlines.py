"""Headlines: "Gunmen attack church in Jos" has a verb that a parser trained on whole sentences takes for a noun."""

from __future__ import annotations

from collections.abc import Callable

from eventcode.document import Sentence, Token

#: A longer sentence without a finite verb is a list or a broken line.
MOST_TOKENS = 25
_FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})
_NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})
_MISTAKEN = _NOUNS | {"JJ", "VB", "CD"}

#: After a noun more often than after a verb that has an object.
_AFTER_NOUNS = frozenset({"IN", ".", ":", "POS", "CC"})


def hidden_verb(sentence: Sentence, is_verb: Callable[[str], bool]) -> int | None:
    """The token of a verbless headline that is its verb, or None.

    is_verb: is a lower-case word a form of a verb that reports an action? A form in -s follows a singular and has an
    object ("Army shells positions"); a bare form follows a plural ("Gunmen attack", "Protesters rally in Lima").
    """
    tokens = sentence.tokens
    if len(tokens) > MOST_TOKENS or any(token.tag in _FINITE for token in tokens):
        return None
    able = [i for i in range(1, len(tokens) - 1) if _may_be_verb(sentence, i) and is_verb(tokens[i].lower)]
    bare = [i for i in able if not tokens[i].lower.endswith("s")
            and (_is_plural(tokens[i - 1]) or tokens[i - 1].lower in _COLLECTIVE)]
    ending = [i for i in able if tokens[i].lower.endswith("s") and not _is_plural(tokens[i - 1])
              and tokens[i + 1].tag not in _AFTER_NOUNS]
    return next(iter((*bare, *ending)), None)


def _may_be_verb(sentence: Sentence, i: int) -> bool:
    token, before = sentence.tokens[i], sentence.tokens[i - 1]
    participle = token.lower.endswith(("ing", "ed"))
    return token.tag in _MISTAKEN and not participle and before.tag in _NOUNS


def _is_plural(token: Token) -> bool:
    return token.tag in ("NNS", "NNPS") or token.lower.endswith(("s", "men"))


_COLLECTIVE = frozenset({"police", "people", "militia", "military", "army", "opposition"})
