"""How a sentence ties an act to others: named as known, another one, earlier than the story, or an answer to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from eventcode.document import Sentence, Token
from eventcode.languages.base import Language
from eventcode.mentions.slots import is_noun, prepositional, verb_slot
from eventcode.mentions.stand_ins import is_of_those
from eventcode.neutral import Count, Order
from eventcode.rules import Data, check, read_yaml

_REACH = 5
_NOMINAL = frozenset({"subject", "subject_passive", "object", "prep_object"})
#: Rules on whom a count counts: people told of before ("the three"), or a person by name.
KNOWN, NAMED = "count/known-people", "count/by-name"
#: Rules of a noun that names a known act: several of them, the one told last, the death of one; told of on and on.
SEVERAL, LAST, ONE_DEATH, GOES_ON = "order/names-several", "order/names-the-last", "order/one-death", "order/goes-on"
#: Of one person, by a title without article: "Senator".
TITLED = "count/by-title"


class OrderWords(Data):
    """`order.yaml` of a language."""

    known: frozenset[str]
    another: frozenset[str]
    new: frozenset[str]
    follows: frozenset[str]
    comes: frozenset[str]
    after: frozenset[str]
    earlier: frozenset[str]
    had: frozenset[str]
    answers: frozenset[str]
    answering: tuple[str, ...]
    people: frozenset[str]
    one: frozenset[str]
    ordinals: frozenset[str]
    same: frozenset[str]
    several: frozenset[str]
    pointing: frozenset[str]
    of_one: frozenset[str]
    unlike: frozenset[str]
    latest: frozenset[str]
    names: Mapping[str, tuple[str, ...]]
    goes_on: frozenset[str]
    harmed_by: tuple[str, ...]


class Tie(NamedTuple):
    """Is the act named as one that is known, is it another one, and does it stand before the story or answer it?"""

    known: bool = False
    another: bool = False
    order: Order | None = None


class OrderReader:
    """Reads the ties of one language's sentences."""

    def __init__(self, language: Language) -> None:
        self._path = language.folder / "order.yaml"

    @cached_property
    def _words(self) -> OrderWords:
        return check(read_yaml(self._path), OrderWords, self._path)

    @cached_property
    def _named(self) -> Mapping[str, str]:
        return {noun: action for action, nouns in self._words.names.items() for noun in nouns}

    def named(self, sentence: Sentence, is_date: Callable[[int], bool]) -> dict[int, str]:
        """Nouns that name an act as one that is known, each with that action: "the blast", "Tuesday's attacks"."""
        able = [t for t in sentence.tokens if t.lower in self._named and t.dep != "compound"
                and (is_noun(t) or (t.tag in ("JJ", "VBN") and t.dep in _NOMINAL))]  # 'two of [the injured]'
        return {t.i: self._named[t.lower] for t in able
                if self._is_definite(sentence, t.i, is_date) and not self._is_before(sentence, t.i)
                and not self._follows_others(sentence, t.i)}

    def _is_definite(self, sentence: Sentence, i: int, is_date: Callable[[int], bool]) -> bool:
        below = [sentence.tokens[c] for c in sentence.children(i) if c < i]
        others = self._words.ordinals | self._words.unlike
        if any(t.lower in others for t in below) or self._is_one_of_many(sentence, i):
            return False
        return any(t.lower in self._words.known for t in below) or self._is_dated_before(sentence, i, is_date)

    @staticmethod
    def _is_dated_before(sentence: Sentence, i: int, is_date: Callable[[int], bool]) -> bool:
        """"Monday's attack", also where the parser has not seen whose attack it is."""
        owners = [sentence.tokens[c] for c in sentence.children(i) if c < i and sentence.tokens[c].dep == "possessive"]
        beside = sentence.tokens[i - 2:i - 1] if i > 1 and sentence.tokens[i - 1].tag == "POS" else []
        return any(is_date(t.i) for t in (*owners, *beside))

    def _is_one_of_many(self, sentence: Sentence, i: int) -> bool:
        """"The heaviest clashes were in the east"; "it was the deadliest attack in years" speaks of the act itself."""
        below = (sentence.tokens[c] for c in sentence.children(i))
        return sentence.tokens[i].dep != "attribute" and any(
            t.tag == "JJS" and t.lower not in self._words.latest for t in below)

    def tells_of(self, sentence: Sentence, i: int, named: Mapping[int, str], harm: bool) -> int | None:
        """The known act of which verb i goes on to tell: "[the blast] wounded ten", "ten were hurt in [the blast]"."""
        if not named:
            return None
        spots = verb_slot(sentence, i, "subject") if sentence.tokens[i].lower in self._words.goes_on else []
        if harm:
            spots = [*spots, *(j for p in self._words.harmed_by for j in prepositional(sentence, i, p))]
        return next((j for j in spots if j in named), None)

    def naming_rules(self, sentence: Sentence, i: int) -> tuple[str, ...]:
        """Of a noun that names known acts: whether it names several of them, points back at the one told last or names
        the death of one person, and whether the sentence goes on to tell of it."""
        below = {sentence.tokens[c].lower for c in sentence.children(i) if c < i}
        told = ((SEVERAL, not self._words.several.isdisjoint(below)),
                (LAST, not self._words.pointing.isdisjoint(below)),
                (ONE_DEATH, sentence.tokens[i].lower in self._words.of_one), (GOES_ON, self.goes_on(sentence, i)))
        return tuple(rule for rule, holds in told if holds)

    def goes_on(self, sentence: Sentence, i: int) -> bool:
        """Does the sentence go on to tell of the act that noun i names, rather than of what came of it?"""
        token = sentence.tokens[i]
        verb = sentence.tokens[token.head].lower
        if any(sentence.tokens[c].lower in self._words.same for c in sentence.children(i)):
            return True
        if token.dep == "prep_object":
            return verb in self._words.harmed_by
        return token.dep == "subject" and verb in self._words.goes_on

    def tie(self, sentence: Sentence, i: int, verb: bool) -> Tie:
        """What ties the act at token i, a verb or a noun, to others."""
        below = {sentence.tokens[c].lower for c in sentence.children(i)}
        subjects = verb_slot(sentence, i, "subject") if verb else []
        spots = [*subjects, *(prepositional(sentence, i, "in") if verb else ())]
        beside = {sentence.tokens[c].lower for j in spots for c in sentence.children(j)}
        noun = not verb or is_noun(sentence.tokens[i])
        another = not self._words.another.isdisjoint(below | beside) or (noun and self._follows_others(sentence, i))
        known = noun and not (another or self._is_one_of_many(sentence, i)) and not self._words.known.isdisjoint(below)
        another = another or (not verb and not known and not self._words.new.isdisjoint(below))
        return Tie(known or is_of_those(sentence, i), another, self._order(sentence, i, below))

    def is_one(self, token: Token) -> bool:
        """Is this a pronoun for one person?"""
        return token.lower in self._words.one

    def of_whom(self, sentence: Sentence, count: Count) -> Count:
        """The count, with a rule that tells whether its people are told of before ("the three") or
        given by name or title."""
        inside = [t for t in sentence.tokens if t.start < count.end and count.start < t.end]
        if not inside or KNOWN in count.rules or NAMED in count.rules:
            return count
        first, head = inside[0], next((t for t in inside if sentence.tokens[t.head] not in inside), inside[-1])
        below = {sentence.tokens[c].lower for t in (head, first) for c in sentence.children(t.i) if c <= head.i}
        if {first.lower, head.lower} & self._words.one or not self._words.people.isdisjoint({first.lower, *below}):
            return count.model_copy(update={"rules": (*count.rules, KNOWN)})
        if count.best != 1 or head.tag not in ("NNP", "NN"):
            return count
        titled = all(sentence.tokens[c].dep not in ("determiner", "number") for c in sentence.children(head.i))
        rule = NAMED if head.tag == "NNP" else TITLED if titled and first.tag != "DT" else None
        return count.model_copy(update={"rules": (*count.rules, rule)}) if rule else count

    def _order(self, sentence: Sentence, i: int, below: set[str]) -> Order | None:
        said = sentence.tokens[i].dep == "clause"  # "said it had hit a store" tells no order
        if (not said and not self._words.had.isdisjoint(below)) or self._is_before(sentence, i):
            return "earlier"
        if any(sentence.tokens[j].lower in self._words.answers for j in prepositional(sentence, i, "in")):
            return "answer"
        told = (j for p in self._words.answering for j in prepositional(sentence, i, p))
        if any(sentence.tokens[c].lower in self._words.known for j in told for c in sentence.children(j)):
            return "answer"
        return None

    def _is_before(self, sentence: Sentence, i: int) -> bool:
        """Does the sentence say that something came after this act, or that it was days earlier?"""
        token = sentence.tokens[i]
        if token.dep == "object" and sentence.tokens[token.head].lower in self._words.follows:
            return True
        near = (sentence.tokens[d].lower for c in sentence.children(i) for d in (c, *sentence.children(c)))
        return not self._words.earlier.isdisjoint(near) or self._is_what_others_follow(sentence, i)

    def _follows_others(self, sentence: Sentence, i: int) -> bool:
        """"The strikes that followed the ambush": what a noun names came of another act."""
        told = (sentence.tokens[c] for c in sentence.children(i) if sentence.tokens[c].dep == "relative")
        return any(t.lower in self._words.follows for t in told)

    def _is_what_others_follow(self, sentence: Sentence, i: int) -> bool:
        """"It came a week after gunmen shot", "the worst since a bomb killed"."""
        path = [i, *list(sentence.ancestors(i))[:_REACH]]
        marks = {sentence.tokens[c].lower for c in self._marks(sentence, i)}
        for j in path[1:]:
            word = sentence.tokens[j].lower
            if not self._words.after.isdisjoint(marks) and word in self._words.comes:
                return True
            marks.add(word)
        return False

    @staticmethod
    def _marks(sentence: Sentence, i: int) -> Iterator[int]:
        return (c for c in sentence.children(i) if c < i)
