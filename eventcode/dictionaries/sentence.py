"""A parsed sentence as the dictionaries look at it: its words, their tree, and how far a verb phrase reaches.

The programs read constituents of the Penn Treebank; here they are made of the analyzer's dependencies.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from eventcode.dictionaries.words import split_words
from eventcode.document import Sentence, Token

NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})
_PREMODIFIERS = frozenset({"compound", "adjective", "number", "determiner", "possessive", "predet", "quantmod", "nmod",
                           "adverb"})
_CLAUSES = frozenset({"clause", "adverbial_clause", "relative", "parataxis"})


@dataclass(frozen=True, slots=True)
class Commas:
    """Lengths in words of the comma-delimited clauses that are read as if they were not there; 0 at most: kept.

    PETRARCH's options comma_min, comma_max (inside a sentence), comma_emin, comma_emax (at its end), and comma_bmin,
    comma_bmax (at its beginning).
    """

    least: int = 2
    most: int = 8
    end_least: int = 2
    end_most: int = 8
    begin_least: int = 0
    begin_most: int = 0


class Text:
    """The words of a parsed sentence. Indices count words; `heads[i] == i` for the root."""

    def __init__(self, sentence: Sentence, commas: Commas) -> None:
        pieces = list(split_words(sentence.text))
        self.sentence, self.commas = sentence, commas
        self.words = [word for word, _, _ in pieces]
        self.starts = [sentence.start + start for _, start, _ in pieces]
        self.ends = [sentence.start + end for _, _, end in pieces]
        self._from_tokens()

    def __len__(self) -> int:
        return len(self.words)

    def _from_tokens(self) -> None:
        """Tag, relation and head of each word: those of the highest of its tokens."""
        tokens = self.sentence.tokens
        word_of, at = [-1] * len(tokens), 0
        for token in tokens:
            while at < len(self.words) and self.ends[at] <= token.start:
                at += 1
            if at < len(self.words) and token.end > self.starts[at]:
                word_of[token.i] = at
        top = _highest(tokens, word_of, len(self.words))
        self.tags = ["" if t is None else tokens[t].tag for t in top]
        self.deps = ["" if t is None else tokens[t].dep for t in top]
        self.heads = [i if t is None else _head(tokens, word_of, t, i) for i, t in enumerate(top)]
        for verb, dep in enumerate(self.deps):
            if dep in ("clause", "root"):
                self._part_subjects(verb)

    def _part_subjects(self, verb: int) -> None:
        """Take from a clause with two subjects, and a marker between them, the one that is not its own.

        "Mali expressed doubts years after troops left": the doubts did not leave, they are what was expressed. "Mali
        policy allowed it years after troops left": no participle, but the main verb, whose subject is the policy.
        """
        below = [i for i, head in enumerate(self.heads) if head == verb and i < verb]
        marker = next((i for i in below if self.deps[i] == "marker" and self.tags[i] == "IN"), None)
        subjects = [i for i in below if self.deps[i] == "subject"]
        if marker is None or not subjects or not subjects[0] < marker < subjects[-1]:
            return
        above, role = self.heads[verb], "object"
        if self.deps[verb] == "root":
            found = [i for i in range(subjects[0], marker)
                     if self.heads[i] == subjects[0] and self.deps[i] == "participle_clause"]
            if not found:
                return
            above, role = found[0], "subject"
            self.heads[above], self.deps[above] = above, "root"
        self.heads[verb], self.deps[verb] = above, "adverbial_clause"
        for i in below:
            if i < marker:
                self.heads[i] = above
                self.deps[i] = role if self.deps[i] == "subject" else self.deps[i]

    @cached_property
    def children(self) -> list[list[int]]:
        """Indices of the words under each word, left to right."""
        found: list[list[int]] = [[] for _ in self.words]
        for i, head in enumerate(self.heads):
            if head != i:
                found[head].append(i)
        return found

    @cached_property
    def bag(self) -> frozenset[str]:
        """The words as a set."""
        return frozenset(self.words)

    def subtree(self, i: int, without: frozenset[str] = frozenset()) -> Iterator[int]:
        """The word and all below it, but for what hangs by a relation of `without` on the word itself."""
        yield i
        todo = [c for c in self.children[i] if self.deps[c] not in without]
        while todo:
            here = todo.pop()
            yield here
            todo += self.children[here]

    def span(self, words: Sequence[int]) -> tuple[int, int]:
        """Offsets in the article from the first to the last of these words."""
        return self.starts[min(words)], self.ends[max(words)]

    def is_verb(self, i: int) -> bool:
        """A verb of a verb phrase: no participle before its noun, nor one used as a preposition ("according to")."""
        return self.tags[i].startswith("VB") and self.deps[i] not in ("adjective", "compound", "prep")

    def is_auxiliary(self, i: int) -> bool:
        return self.deps[i] in ("auxiliary", "auxiliary_passive")

    def phrase_end(self, verb: int) -> int:
        """The index after the last word of the verb's phrase; what is coordinated with it has a phrase of its own."""
        top = self.heads[verb] if self.is_auxiliary(verb) else verb
        below = [verb]
        for child in self.children[top]:
            own = self.deps[child] == "conjunct" and self.is_verb(child)
            if child > verb and not own and self.deps[child] != "coordinator":
                below += self.subtree(child)
        return max(max(below), top) + 1

    def left_edge(self, noun: int) -> int:
        """The first word of a noun's phrase: determiners, adjectives, owners, compounds before it."""
        edge = noun
        for child in reversed(self.children[noun]):
            if child < noun and self.deps[child] in _PREMODIFIERS:
                edge = min(edge, min(self.subtree(child)))
        return edge

    def in_clause_of(self, word: int, verb: int) -> bool:
        """Does the word belong to the verb, and to no finite clause below it but as what that says of its subject?

        "SAY * UNABLE" fits "Chad said Mali was unable to pay".
        """
        attribute = self.deps[word] == "attribute"
        while word != verb:
            said = attribute and self.deps[word] == "clause" and self.heads[word] == verb
            if (self.deps[word] in _CLAUSES and not said) or self.heads[word] == word:
                return False
            word = self.heads[word]
        return True

    def is_main(self, word: int, verb: int) -> bool:
        """Does no adverbial or relative clause stand between the word and the verb above it?"""
        while word != verb and self.heads[word] != word:
            if self.deps[word] in ("adverbial_clause", "relative"):
                return False
            word = self.heads[word]
        return True

    @cached_property
    def dropped(self) -> frozenset[int]:
        """Words of the comma-delimited clauses that are not read, and the commas themselves."""
        return frozenset(self._dropped())

    def _dropped(self) -> Iterator[int]:
        bounds = [i for i, word in enumerate(self.words) if word == "," and not self._joins_nouns(i)]
        if not bounds:
            return
        lengths = self.commas
        if lengths.begin_most and lengths.begin_least <= self._length(-1, bounds[0]) <= lengths.begin_most:
            yield from range(bounds[0])
        end = len(self.words)
        for first, last in zip(bounds, [*bounds[1:], end], strict=True):
            least, most = (lengths.end_least, lengths.end_most) if last == end else (lengths.least, lengths.most)
            if most and least <= self._length(first, last) <= most and not self._holds_root(first, last):
                yield from range(first, last)

    def _length(self, first: int, last: int) -> int:
        return sum(self.words[i][0].isalpha() for i in range(first + 1, last))

    def _holds_root(self, first: int, last: int) -> bool:
        """Is the main verb between these commas, and no mere "officials said" to what stands outside of them?"""
        for i in range(first + 1, last):
            if self.deps[i] == "root":
                return not any(self.deps[c] in ("clause", "parataxis") and not first < c < last
                               for c in self.children[i])
        return False

    def _joins_nouns(self, comma: int) -> bool:
        """Is the comma one of a list ("Chad, Niger and Mali") or within a noun's own words?"""
        head = self.heads[comma]
        listed = any(self.deps[c] == "conjunct" and c > comma for c in self.children[head])
        return self.tags[head] in NOUNS and listed and head < comma


def _highest(tokens: Sequence[Token], word_of: Sequence[int], count: int) -> list[int | None]:
    """For each word the token in it whose head is outside of it."""
    top: list[int | None] = [None] * count
    for token in tokens:
        i = token.i
        word, head = word_of[i], token.head
        if word >= 0 and (top[word] is None or word_of[head] != word or head == i):
            top[word] = i
    return top


def _head(tokens: Sequence[Token], word_of: Sequence[int], token: int, word: int) -> int:
    """The word above; what hangs on a token of no word (a quotation mark) hangs on that token's head."""
    head = tokens[token].head
    while word_of[head] in (-1, word):
        above = tokens[head].head
        if above == head:
            return word
        head = above
    return word_of[head]
