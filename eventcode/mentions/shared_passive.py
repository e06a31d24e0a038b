"""Past forms that stand behind "were" and a first participle: "they were lined up and shot"."""

from __future__ import annotations

from collections.abc import Sequence

from eventcode.document import Sentence, Token

#: Past forms, like the participle, of verbs that always say whom.
_WITH_OBJECT = frozenset({"shot", "stabbed", "hacked", "killed", "executed", "murdered", "slaughtered", "wounded",
                          "kidnapped", "abducted", "tortured", "raped", "beheaded", "robbed", "lynched", "arrested",
                          "detained", "blindfolded", "strangled", "bludgeoned", "butchered", "injured", "assaulted"})
_BESIDE = frozenset({"there", "dead"})
_AIMED = frozenset({"at", "into", "towards", "toward"})


def may_share(token: Token, below: Sequence[Token], participle: bool) -> bool:
    """May the "were" of the verb before be this one's too? It has no object and no auxiliary of its own."""
    return token.dep == "conjunct" and (participle or _lacks_whom(token, below)) and not any(
        t.dep in ("object", "auxiliary") for t in below)


def _lacks_whom(token: Token, below: Sequence[Token]) -> bool:
    """Is it such a form without a subject of its own, aimed at nobody? "Were ambushed and shot back" is active."""
    return token.lower in _WITH_OBJECT and not any(
        t.lower in _AIMED or (t.dep in ("particle", "subject", "adverb") and t.lower not in _BESIDE) for t in below)


def carrier(sentence: Sentence, token: Token) -> int:
    """The verb that this conjunct shares "were" with: that above the infinitive of "were made to kneel and shot"."""
    head = sentence.tokens[token.head]
    return head.head if head.dep == "infinitive" and head.tag == "VB" else token.head
