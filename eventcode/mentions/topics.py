"""Articles on sport, shows or gadgets: every sentence of theirs is about what entries guard themselves against."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path

from pydantic import field_validator

from eventcode.document import Document, Sentence
from eventcode.lexicon import read_domains
from eventcode.mentions.actions import Refusal, Trigger
from eventcode.rules import Data, Words, check, read_yaml
from eventcode.rules import words as as_words

#: How many different words of a topic an article must have, and of how many of its words every one must be of it: a few
#: close together, or more of them further apart.
_DENSE, _LONG = (3, 16), (6, 32)
#: So many different words of the world outside take an article out of its topic.
_SERIOUS = 4
_WORD = re.compile(r"\w+(?:[-']\w+)*")


class TopicLists(Data):
    """The lists of a language's `topics.yaml`; its comments say what each is for."""

    topics: Mapping[str, Words]
    serious: Words

    _words = field_validator("serious", mode="before")(as_words)


class Topics:
    """What a document is about as a whole, by the words of its language's `topics.yaml` (none without the file)."""

    def __init__(self, folder: Path) -> None:
        self._path, self._folder = folder / "topics.yaml", folder
        self._guarded: dict[Words, frozenset[str]] = {}

    @cached_property
    def _lists(self) -> tuple[dict[str, frozenset[str]], frozenset[str]]:
        if not self._path.exists():
            return {}, frozenset()
        lists = check(read_yaml(self._path), TopicLists, self._path)
        return {name: frozenset(listed) for name, listed in lists.topics.items()}, frozenset(lists.serious)

    @cached_property
    def _domains(self) -> dict[str, Words]:
        domains = read_domains(self._folder / "domains.yaml")
        return {topic: domains[topic] for topic in self._lists[0]}

    def of(self, document: Document) -> frozenset[str]:
        """The topics of a document, by the domains of the same names."""
        topics, serious = self._lists
        said = [word for sentence in document.sentences for word in _WORD.findall(sentence.text.lower())]
        if len(serious.intersection(said)) >= _SERIOUS:
            return frozenset()
        return frozenset(name for name, words in topics.items() if _is_about(said, words))

    def sift(self, document: Document, found: Mapping[int, tuple[list[Trigger], list[Refusal]]],
             ) -> dict[int, tuple[list[Trigger], list[Refusal]]]:
        """The triggers of each sentence without those that mean something else in an article on this topic."""
        topics = self.of(document) if any(taken for taken, _ in found.values()) else frozenset()
        if not topics:
            return dict(found)
        return {index: one if self._is_serious(document.sentences[index]) else self._told(topics, *one)
                for index, one in found.items()}

    def _told(self, topics: frozenset[str], taken: Sequence[Trigger], refused: Sequence[Refusal],
              ) -> tuple[list[Trigger], list[Refusal]]:
        told = [trigger for trigger in taken if topics.isdisjoint(self._guards(trigger.entry.unless.nearby))]
        reason = f"in an article about {', '.join(sorted(topics))}".replace("@", "")
        return told, [*refused, *(Refusal(t.i, t.entry, reason) for t in taken if t not in told)]

    def _guards(self, nearby: Words) -> frozenset[str]:
        """The topics of whose domain all words are among these."""
        if nearby not in self._guarded:
            listed = frozenset(nearby)
            self._guarded[nearby] = frozenset(
                topic for topic, domain in self._domains.items() if listed.issuperset(domain))
        return self._guarded[nearby]

    def _is_serious(self, sentence: Sentence) -> bool:
        return not self._lists[1].isdisjoint(sentence.vocabulary)


def _is_about(said: Sequence[str], words: frozenset[str]) -> bool:
    hits = [word for word in said if word in words]
    return any(len(hits) * one_in >= len(said) and len(set(hits)) >= different for different, one_in in (_DENSE, _LONG))
