"""Places of a sentence that are not where its act took place: of who speaks, of other times, of people's origin."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import takewhile

from eventcode.document import Sentence, Token
from eventcode.languages.base import Language
from eventcode.mentions.slots import is_verb
from eventcode.rules import Data, Words, check, read_yaml


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
    at: Words
    beside: Words
    kinds: Words
    units: Words
    towns: Words
    fill: Words
    joints: Words
    topic: Words
    voicing: Words
    regional: Words
    persons: Words
    deeds: Words
    offices: Words
    leaving: Words
    following: Words
    here_told: Words
    one_of: Words
    journeys: Words


class SceneReader:
    """Tells the scene of an act from the other scenes of its sentence, for one language."""

    def __init__(self, language: Language) -> None:
        self._path = language.folder / "scenes.yaml"

    @cached_property
    def _words(self) -> dict[str, frozenset[str]]:
        lists = check(read_yaml(self._path), SceneWords, self._path)
        return {name: frozenset(getattr(lists, name)) for name in SceneWords.model_fields}

    def has(self, word: str, name: str) -> bool:
        """Is the word in this list of `scenes.yaml`?"""
        return word in self._words[name]

    def all_are(self, words: Iterable[str], *names: str) -> bool:
        """Is every word in one of these lists?"""
        return all(any(word in self._words[name] for name in names) for word in words)

    def none_is(self, words: Iterable[str], name: str) -> bool:
        """Is no word in this list?"""
        return self._words[name].isdisjoint(words)

    @cached_property
    def _here_told(self) -> re.Pattern[str]:
        return re.compile("|".join(sorted(self._words["here_told"])), re.IGNORECASE)

    def is_told_here(self, text: str) -> bool:
        """Do the words say that it was in the town that the article is filed from ("this city", "in the capital")?"""
        return self._here_told.search(text) is not None

    def is_apart(self, sentence: Sentence, j: int, i: int, own: set[int]) -> bool:
        """Does a place with head j belong to another scene than act i: an origin, another time, who speaks, a stay?"""
        first = next((t for t in map(sentence.tokens.__getitem__, sentence.ancestors(j)) if t.dep == "prep"),
                     sentence.tokens[j])
        return self._is_where_said(sentence, j, i, own, first) or any(
            self._parts(sentence, a, i, own, first) for a in self._path_up(sentence, j, i, own))

    def _is_where_said(self, sentence: Sentence, j: int, i: int, own: set[int], first: Token) -> bool:
        """"..., a doctor said in Bangui", "a doctor in Bangui told" and "a doctor said in Bangui that ...": where the
        word was given. "Speaking in Bangui, he accused" tells where he did."""
        said = first.head
        if sentence.tokens[said].dep == "subject":
            said = sentence.tokens[said].head
        token = sentence.tokens[said]
        if first.dep != "prep" or said in own or token.lower not in self._words["saying"]:
            return False
        if token.dep in ("adverbial_clause", "participle_clause") and own.intersection(
                (token.head, sentence.tokens[token.head].head)):
            return False
        return i < said < j or said < j < i or first.head != said

    def is_loose(self, sentence: Sentence, j: int, topic: int) -> bool:
        """"Protested against the price rise in Surabaya": the town under what a protest is about, a state of things and
        no deed, is where the protest is, too; a country is not."""
        prep = sentence.tokens[sentence.tokens[j].head]
        noun = sentence.tokens[prep.head]
        town = sentence.tokens[j].dep == "prep_object" and (prep.lower == "in" or self.has(prep.lower, "at"))
        return town and noun.head == topic and not self.has(noun.lower, "deeds")

    def is_under(self, sentence: Sentence, j: int, i: int, word: int) -> bool:
        """Does token j hang under this word and act i not?"""
        return word in self._path_up(sentence, j, i, set())

    def is_said_of(self, sentence: Sentence, j: int | None, own: set[int]) -> bool:
        """Does the place with head j stand right under a preposition of the act, and not of one before it?"""
        above = next(sentence.ancestors(j), -1) if j is not None else -1
        if above < 0 or sentence.tokens[above].dep != "prep":
            return False
        return sentence.tokens[above].head in own and not self.has(sentence.tokens[above].lower, "following")

    def is_of_subject(self, sentence: Sentence, j: int | None, own: set[int]) -> bool:
        """Does a preposition right under the subject of the act lead to token j: "a raid in Gao killed nine"?"""
        up = list(sentence.ancestors(j))[:2] if j is not None else []
        if len(up) < 2 or sentence.tokens[up[0]].dep != "prep" or sentence.tokens[up[0]].lower == "from":
            return False
        noun = sentence.tokens[up[1]]
        return noun.dep == "subject" and noun.head in own and self.has(noun.lower, "deeds")

    def is_of_another_act(self, sentence: Sentence, j: int | None, own: set[int]) -> bool:
        """Did what stands over it come before the act: "deployed troops to Gao after an attack on Ansongo"?"""
        above = map(sentence.tokens.__getitem__, sentence.ancestors(j)) if j is not None else ()
        return any(t.dep == "prep" and t.head in own and self.has(t.lower, "following") for t in above)

    def only_lies(self, sentence: Sentence, verb: int) -> bool:
        """Does this verb only say where or what a place is: "in a town that is a stronghold of"?"""
        return sentence.tokens[verb].dep == "relative" and sentence.tokens[verb].lower in self._words["lying"]

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
                town = sentence.tokens[first.head]  # "shot a judge from Tikrit in Kirkuk", but "from across Poland"
                parted = first is not token and first.i > above + 1 and (
                    first.head == above or (town.pos == "PROPN" and town.head == above))
                if token.head in own and self._enters(sentence, token.head):
                    return True
                return not parted and not self._is_taken_from(sentence, above, own) and \
                    self._is_origin(sentence, token.head, own)
            if token.lower == "over":  # "jailed over a bombing in Suruc", but "protested over prices in Surabaya"
                noun = sentence.tokens[first.head]
                return first is not token and (noun.head != above or self.has(noun.lower, "deeds"))
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
        who = self._is_aside(sentence, above)  # ", who was the only doctor in Rome,"
        if token.lower in self._words["happening"] or (token.lower in self._words["lying"] and not who):
            return False
        return token.dep == "relative" and ("which" in opening or who or "had" in opening)  # "who had worked in Rome"

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
        return token.pos in ("NOUN", "PROPN", "PRON") and not self.is_at(sentence, head)  # "at a school from"

    def _enters(self, sentence: Sentence, verb: int) -> bool:
        """"Crossed from Gaza into Israel": does it tell what is entered, and is it no flight or withdrawal?"""
        under = [sentence.tokens[c] for c in sentence.children(verb)]
        into = any(t.dep == "prep" and t.lower == "into" for t in under)
        return into and sentence.tokens[verb].lower not in self._words["leaving"]

    def _is_taken_from(self, sentence: Sentence, prep: int, own: set[int]) -> bool:
        """"Seized weapons from a house in Nablus": was what the act took in the thing under this "from"?"""
        token = sentence.tokens[sentence.tokens[prep].head]
        thing = any(sentence.tokens[c].pos == "NOUN" for c in sentence.children(prep))
        return thing and token.dep in ("object", "subject_passive") and token.head in own and \
            sentence.tokens[token.head].lower in self._words["taking"]

    def is_at(self, sentence: Sentence, noun: int) -> bool:
        """Does "at", "near" or the like stand over this noun?"""
        token = sentence.tokens[noun]
        return token.dep == "prep_object" and self.has(sentence.tokens[token.head].lower, "at")

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
