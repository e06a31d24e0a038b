"""Places of a sentence that are not where its act took place: of who speaks, of other times, of people's origin."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from itertools import takewhile

from eventcode.document import Sentence, Token
from eventcode.languages.base import Language
from eventcode.mentions.slots import is_verb
from eventcode.rules import Data, Words, check, read_yaml

_AT = frozenset(("at", "near", "outside", "inside", "around"))


class SceneWords(Data):
    """The lists of `scenes.yaml`; its comments say what each is for."""

    saying: Words
    happening: Words
    lying: Words
    taking: Words
    here: Words
    violent: Words
    staying: Words
    parting: Words
    times: Words
    grounds: Words
    strife: Words
    sites: Words
    local: Words


class SceneReader:
    """Tells the scene of an act from the other scenes of its sentence, for one language."""

    def __init__(self, language: Language) -> None:
        self._path = language.folder / "scenes.yaml"

    @cached_property
    def _words(self) -> dict[str, frozenset[str]]:
        lists = check(read_yaml(self._path), SceneWords, self._path)
        return {name: frozenset(getattr(lists, name)) for name in SceneWords.model_fields}

    def is_apart(self, sentence: Sentence, j: int, i: int, own: set[int]) -> bool:
        """Does a place with head j belong to another scene than act i: an origin, another time, who speaks, a stay?"""
        first = next((t for t in map(sentence.tokens.__getitem__, sentence.ancestors(j)) if t.dep == "prep"),
                     sentence.tokens[j])
        return self._is_where_said(sentence, j, i, first) or any(
            self._parts(sentence, a, i, own, first) for a in self._path_up(sentence, j, i, own))

    def _is_where_said(self, sentence: Sentence, j: int, i: int, first: Token) -> bool:
        """"..., a doctor said in Bangui" and "a doctor said in Bangui that ...": where the word was given."""
        said = first.head
        told = first.dep == "prep" and said != i and sentence.tokens[said].lower in self._words["saying"]
        return told and (i < said < j or said < j < i)

    @staticmethod
    def _path_up(sentence: Sentence, j: int, i: int, own: set[int]) -> Iterator[int]:
        """Token j and those above it, below where it meets the act."""
        met = {i, *own, *sentence.ancestors(i)}
        return takewhile(lambda a: a not in met, [j, *sentence.ancestors(j)])

    def _parts(self, sentence: Sentence, above: int, i: int, own: set[int], first: Token) -> bool:
        """Does the word above the place part it from act i? `first` is the preposition nearest to the place."""
        token = sentence.tokens[above]
        if token.dep in ("prep", "agent"):
            if token.lower == "from":
                town = sentence.tokens[first.head]  # "shot a judge from Tikrit in Kirkuk"
                parted = first is not token and (first.head == above or (town.pos == "PROPN" and town.head == above))
                return not parted and self._is_origin(sentence, token.head, own)
            if token.lower == "over":  # "jailed over a bombing in Suruc"
                return first is not token
            return token.lower in self._words["parting"] and not self._is_time(sentence, above)
        if not is_verb(token):
            return False
        if token.lower in self._words["staying"]:
            return True
        if token.dep == "conjunct" and token.head in own and i < above < first.i and self._is_whole(sentence, i):
            return token.lower not in self._words["violent"]  # "captured a village and converged on Bihac"
        opening = {sentence.tokens[c].lower for c in sentence.children(above) if c < above}
        if not opening.isdisjoint(self._words["parting"]):
            return True
        exempt = self._words["happening"] | self._words["lying"]
        aside = "which" in opening or self._is_aside(sentence, above)
        return token.dep == "relative" and aside and token.lower not in exempt

    @staticmethod
    def _is_aside(sentence: Sentence, verb: int) -> bool:
        """Is it said by the way: ", who was ordained in Rome,"?"""
        who = next((c for c in sentence.children(verb) if sentence.tokens[c].lower == "who"), 0)
        return who > 0 and sentence.tokens[who - 1].text == ","

    @staticmethod
    def _is_whole(sentence: Sentence, verb: int) -> bool:
        """Has the verb an object, or a subject it was done to? "Captured and levelled the camp" shares one."""
        return any(sentence.tokens[c].dep in ("object", "auxiliary_passive") for c in sentence.children(verb))

    def _is_time(self, sentence: Sentence, prep: int) -> bool:
        under = [sentence.tokens[c] for c in sentence.children(prep)]
        return not under or any(t.lower in self._words["times"] or t.text[:1].isdigit() for t in under)

    def _is_origin(self, sentence: Sentence, head: int, own: set[int]) -> bool:
        """"A man from Kobane", "had travelled from Mauritius"; not "abducted from", nor "40 km from"."""
        token = sentence.tokens[head]
        if head in own:
            return False
        if is_verb(token):
            return token.lower not in self._words["taking"]
        at = token.dep == "prep_object" and sentence.tokens[token.head].lower in _AT  # "at a school from"
        return token.pos in ("NOUN", "PROPN", "PRON") and not at

    def refers_back(self, sentence: Sentence, i: int) -> int | None:
        """The word under act i by which a place told before is meant: "killed him there", "died in the town"."""
        for c in sentence.children(i):
            token = sentence.tokens[c]
            if token.lower == "there" and token.dep in ("adverb", "prep_object") and c > i:
                return c
            if token.dep == "prep" and token.lower in ("in", "at", "inside", "near", "outside"):
                for noun in sentence.children(c):
                    under = {sentence.tokens[k].lower for k in sentence.children(noun)}
                    if sentence.tokens[noun].lower in self._words["here"] and under <= {"the", "this", "that", "same"} \
                            and under:
                        return noun
        return None

    def has_ground(self, noun: str, owned: bool = False) -> bool:
        """Is this noun, named by a country, a place in it ("the Syria border"; owned: "Syria's war" too)?"""
        return noun in self._words["grounds"] or (owned and noun in self._words["strife"])

    def has_site(self, noun: str) -> bool:
        """Is this noun, named by a town, a place in it ("a Baghdad cafe")?"""
        return noun in self._words["sites"] or self.has_ground(noun)

    def acts_at_home(self, noun: str) -> bool:
        """Is who is named by a town and this noun at home in it when he acts ("Los Angeles police")?"""
        return noun in self._words["local"]
