"""Whom an act is aimed at by what is told of it further on: 'marched to press their demands on the government'.

Looks along the words behind a trigger, where its grammar names nobody: what a protest is against or asks for, whose
deed is condemned, against whom forces are readied.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from eventcode.document import Sentence
from eventcode.lexicon import Action
from eventcode.mentions.actors import ActorMention
from eventcode.mentions.homes import says_whose
from eventcode.neutral import Party

#: Families of acts whose target may stand further on.
AIMED = frozenset({"protest", "accusation", "force posture", "investigation"})
#: So many words behind the cue may the party stand.
_REACH = 14
_AGAINST = frozenset({"against"})
#: Words behind which a protest names whom it is against; those of a pair need the preposition behind them.
_COMPLAINING = frozenset({"against", "over", "denouncing", "denounce", "condemning", "condemn", "opposing", "oppose",
                          "accusing", "accuse", "blaming", "blame", "criticizing", "criticising", "decrying"})
_DEEDS = frozenset({"committed", "perpetrated", "inflicted", "abuses", "violations", "crimes", "atrocities"})
_FEELING = frozenset({"protest", "defiance", "disapproval", "anger", "outrage", "fury", "frustration", "discontent",
                      "dissatisfaction", "opposition", "dissent", "grievances"})
_BEHIND_FEELING = frozenset({"of", "at", "for", "over", "with", "to", "towards", "against", "about"})
_ASKING = frozenset({"demand", "demands", "demanding", "demanded", "urging", "urge"})
_CALLING = frozenset({"call", "calls", "calling", "called"})
#: What is asked for somebody's good: 'the release of X' asks nothing of X.
_BOONS = frozenset({"release", "freedom", "freeing", "return", "reinstatement", "justice", "support", "protection",
                    "recognition", "rights", "aid", "solidarity", "compensation", "pardon", "amnesty", "acquittal"})
#: What somebody suffered: 'over the killing of X' is no protest against X.
_HARMS = frozenset({"killing", "killings", "death", "deaths", "murder", "arrest", "arrests", "detention", "beating",
                    "shooting", "abduction", "kidnapping", "execution", "expulsion", "eviction", "treatment", "rape",
                    "torture", "jailing", "disappearance", "imprisonment", "attack", "attacks", "assault"})
_DOERS = frozenset({"by", "from", "on", "upon"})
_FINITE = frozenset({"VBD", "VBZ"})
_ENDS = frozenset({",", ";", ":", "--", "-", "–", "—", "(", ")", ".", "after", "while", "before", "as", "when",
                   "where", "although", "though", "despite", "because", "said"})

Mention = Callable[[int], ActorMention | None]


def aimed_at(
    sentence: Sentence, i: int, family: str, mention: Mention, not_meant: Collection[str]
) -> tuple[Party, ...]:
    """The party that an act of this family, told by token i, is aimed at; () where the words name nobody.

    family: one of AIMED; of force posture only 'against ...' is read, of an investigation 'committed by ...'.
    not_meant: keys of those who act, or are told.
    """
    for k in range(i, len(sentence.tokens)):
        asked = _cue(sentence, k, i, family)
        if asked is None:
            continue
        found = _named(sentence, k + 1, mention, not_meant, _BOONS if asked else _HARMS)
        if found is not None:
            return (found.model_copy(update={"rules": (*found.rules, "parties/grievance")}),)
    return ()


def tells_whom(action: Action, targets: Iterable[Party]) -> bool:
    """Do the targets say whom the act is aimed at? Those who are hit do without a country: 'pelted police'."""
    return any(says_whose(p) or (action.material and p.traits) for p in targets if not _told_to(p, action.id))


def _told_to(party: Party, action: str) -> bool:
    """'complained to the United Nations over the raids': who is told of a deed, not whose it is."""
    return action == "complain" and "igo" in party.traits


def _cue(sentence: Sentence, k: int, i: int, family: str) -> bool | None:
    """Does token k begin what is complained of (False) or asked for (True)? None where it does neither."""
    word, before = sentence.tokens[k].lower, sentence.tokens[k - 1].lower if k else ""
    if family == "accusation":
        return False if k == i else None
    if family == "investigation":
        return False if word == "by" and before in _DEEDS else None
    if family != "protest":
        return False if word in _AGAINST and k > i else None
    if word in _ASKING or (word in ("for", "on", "upon") and before in _CALLING):
        return True
    return False if word in _COMPLAINING or (word in _BEHIND_FEELING and before in _FEELING) else None


def _named(sentence: Sentence, first: int, mention: Mention, not_meant: Collection[str],
           spared: Collection[str]) -> Party | None:
    """The first party from token `first` on that the words say of whom it is, none for whose sake the act is."""
    sake = False
    for j in range(first, min(first + _REACH, len(sentence.tokens))):
        word, before = sentence.tokens[j].lower, sentence.tokens[j - 1].lower
        named_as = word == "as" and (j == first or sentence.tokens[j - 1].tag == "VBN")  # "denounced as", "removed as"
        if (word in _ENDS and not named_as) or sentence.tokens[j].tag in _FINITE:
            return None
        one = mention(j)
        if one is None or one.first != j:
            sake = sake or word in spared
        elif says_whose(one.party) and one.party.key not in not_meant and (not sake or before in _DOERS):
            return one.party
    return None
