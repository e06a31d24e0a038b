"""Is an act told here at all: what says of a noun that it took place, and what only tells a story or names a topic."""

from __future__ import annotations

from eventcode.document import Sentence
from eventcode.languages.base import Language
from eventcode.languages.cues import StatusCues
from eventcode.mentions.slots import is_verb, prepositional, surface_subject
from eventcode.neutral import Status


def relation_of(sentence: Sentence, i: int) -> str:
    """How token i hangs on its head; 'a plan to attack' is an infinitive, and a passive's subject an object."""
    token = sentence.tokens[i]
    if token.tag == "VB" and (token.dep in ("participle_clause", "relative") or (
            token.dep == "clause" and any(sentence.tokens[c].lower == "to" for c in sentence.children(i)))):
        return "infinitive"  # also 'expect the army to attack'
    return "object" if token.dep == "subject_passive" else token.dep


def _forms(data: StatusCues, kind: str, language: Language) -> frozenset[str]:
    return frozenset(form for word in data.telling_of(kind) for form in language.forms(word))


class TellingReader:
    """Reads the words of `telling` in the language's `status.yaml`."""

    def __init__(self, data: StatusCues, language: Language) -> None:
        self._happening, self._heard, self._others, self._works, self._depicts = (
            _forms(data, kind, language) for kind in ("happens", "heard", "others", "works", "depicts"))
        self._stories, self._terms, self._topics, self.harm = (
            _forms(data, kind, language) for kind in ("stories", "terms", "topics", "harm"))
        self._characters, self._replays = (_forms(data, kind, language) for kind in ("characters", "replays"))
        self._prefixes, self._mock = (frozenset(data.telling_of(kind)) for kind in ("prefixes", "mock"))
        self._games = frozenset(word for work in self._works if " " in work for word in [work.split()[-1]])
        self._unreal = self._games | self._works | self._stories | self._characters | self._replays | self._mock

    def happens(self, sentence: Sentence, i: int) -> bool:
        """Is noun i the subject of a verb that says it took place ('clashes erupted', 'the attack left 5 dead'), or
        what somebody heard or saw of it ('heard an exchange of fire')?"""
        token = sentence.tokens[i]
        if token.dep == "object":
            return sentence.tokens[token.head].lower in self._heard
        return token.dep in ("subject", "subject_passive") and sentence.tokens[token.head].lower in self._happening

    def is_topic(self, sentence: Sentence, i: int) -> bool:
        """Does noun i only say what something is about ('a [murder] trial', 'an expert on [torture]')?"""
        token, tokens = sentence.tokens[i], sentence.tokens
        if i >= 2 and tokens[i - 1].text == "-" and tokens[i - 2].lower in self._prefixes:
            return True
        if any(tokens[c].dep in ("prep", "agent", "possessive") for c in sentence.children(i)):
            return False
        head = token.head
        if token.dep in ("compound", "adjective"):
            return tokens[head].lower in self._topics
        above = tokens[head].head
        return token.dep == "prep_object" and tokens[head].dep == "prep" and not is_verb(tokens[above]) \
            and tokens[above].lower in self._topics

    def is_made_up(self, sentence: Sentence, i: int) -> bool:
        """Is act i only told by a work of fiction or a lesson ('the film follows a deserter'), or done by one who is
        no real person ('a cartoon villain blows up the moon'), or played ('re-enact the battle')?"""
        if self._unreal.isdisjoint(sentence.vocabulary) and "re" not in sentence.vocabulary:
            return False
        for here in (i, *sentence.ancestors(i)):
            token = sentence.tokens[here]
            if here != i and (token.lower in self._replays or self._is_enacted(sentence, here)):
                return True
            depicts = token.lower in self._depicts
            subject = surface_subject(sentence, here) if depicts or (here == i and is_verb(token)) else None
            if subject is not None and subject != here and (
                    (depicts and self._tells_stories(sentence, subject, here)) or
                    (here == i and self._acts_in_one(sentence, subject))):
                return True
            if any(self._is_one_of(sentence, j, self._stories) for p in ("in", "during")
                   for j in prepositional(sentence, here, p)):
                return True
            if here != i and token.lower == "about" and sentence.tokens[token.head].lower in self._works:
                return True  # 'a book about the siege'
        return False

    def _tells_stories(self, sentence: Sentence, subject: int, verb: int) -> bool:
        """Is the subject of this verb a work, or a part of one ('[the museum's] new wing tells of')?"""
        return self._is_one_of(sentence, subject, self._works) or (subject < verb and any(
            sentence.tokens[c].lower in self._works for c in sentence.children(subject)
            if sentence.tokens[c].dep in ("possessive", "compound")))

    def _acts_in_one(self, sentence: Sentence, subject: int) -> bool:
        """Is this no real person ('the villain'), or one who only plays ('mock hijackers')?"""
        below = {sentence.tokens[c].lower for c in sentence.children(subject)}
        player = any(self._is_game(sentence, j) for j in prepositional(sentence, subject, "of"))
        return player or sentence.tokens[subject].lower in self._characters or not self._mock.isdisjoint(below)

    def _is_one_of(self, sentence: Sentence, i: int, words: frozenset[str]) -> bool:
        """Is noun i one of these words, and no measure of something else ('a series [of] raids')?"""
        named = sentence.tokens[i].lower in words or self._is_game(sentence, i)
        return named and not prepositional(sentence, i, "of")

    def _is_game(self, sentence: Sentence, i: int) -> bool:
        """'a video game': a work of two words."""
        word = sentence.tokens[i].lower
        return i > 0 and word in self._games and f"{sentence.tokens[i - 1].lower} {word}" in self._works

    @staticmethod
    def _is_enacted(sentence: Sentence, i: int) -> bool:
        """'re-enact' is three tokens."""
        return i >= 2 and sentence.tokens[i].lower.startswith("enact") and sentence.tokens[i - 2].lower == "re"

    def is_plan_of_others(self, sentence: Sentence, i: int) -> bool:
        """Is verb i what a noun announces that somebody else dealt with ('police uncovered a plot to bomb ...')?"""
        noun = sentence.tokens[i].head
        return relation_of(sentence, i) == "infinitive" and relation_of(sentence, noun) == "object" and \
            sentence.tokens[sentence.tokens[noun].head].lower in self._others


def worded_status(worded: Status | None, cued: Status) -> Status:
    """The status of an act whose wording has one of its own: "did not respond" is a refusal made, no refusal denied."""
    if worded == "intended" and cued == "ongoing":
        return worded  # "are planning a march" is a plan that goes on
    if worded is None or (cued != "actual" and not (worded == "actual" and cued == "negated")):
        return cued
    return worded
