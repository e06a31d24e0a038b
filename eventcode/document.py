"""The document: an article split into sentences, its tokens and, where a sentence was parsed, its tree.

Split, gate, then parse: sentences are always there, tokens are made when first asked for, and only sentences that
may report an action are parsed. Everything is in offsets of `Article.text`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from eventcode.article import Article
from eventcode.neutral import DateMention, Place, Span

_M = TypeVar("_M", Place, DateMention)


@dataclass(slots=True)
class Token:
    """One token. `head` is an index into the sentence's tokens (its own index for the root, -1 when unparsed).

    `tag`, `pos` and `dep` are empty in a sentence that was not parsed. `dep` uses the role layer's names
    (eventcode.analyzers.roles), which hide the label scheme of the parser.
    """

    i: int
    start: int
    end: int
    text: str
    lower: str
    tag: str = ""
    pos: str = ""
    dep: str = ""
    head: int = -1


@dataclass
class Sentence:
    """One sentence of a document: offsets, tokens (made on first use), and the tree once parsed.

    `text` is the sentence as analysed (a stretch of `Document.reading`), `words` the article's own characters, which
    are others where markup or control characters were blanked; spans handed out quote `words`.
    """

    index: int
    start: int
    end: int
    text: str
    _tokenize: Callable[[str, int], list[Token]] = field(repr=False)
    parsed: bool = False
    words: str = ""
    #: What the gate found in its bare words, once it was asked.
    fitting: Sequence[Any] | None = field(default=None, repr=False, compare=False)
    #: What `mentions.slots` has worked out on the tree, by function, token and slot; it goes when the tree goes.
    known: dict[tuple[Any, ...], Any] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        self.words = self.words or self.text

    @cached_property
    def tokens(self) -> list[Token]:
        """The plain tokens, or the parser's once it has read the sentence."""
        return self._tokenize(self.text, self.start)

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The words of its tokens, in lower case."""
        return frozenset(token.lower for token in self.tokens)

    def set_parse(self, tokens: list[Token]) -> None:
        """Take the parser's tokens in place of the plain ones."""
        self.tokens, self.parsed, self.known = tokens, True, {}
        for worked_out in ("_above", "_below", "vocabulary"):
            vars(self).pop(worked_out, None)

    @cached_property
    def _below(self) -> list[list[int]]:
        """Of each token the tokens that it is the head of, left to right."""
        below: list[list[int]] = [[] for _ in self.tokens]
        for token in self.tokens:
            if token.head >= 0 and token.head != token.i:
                below[token.head].append(token.i)
        return below

    def children(self, i: int) -> list[int]:
        """Indices of the tokens whose head is token i, left to right; not to be changed."""
        return self._below[i]

    def subtree(self, i: int) -> list[int]:
        """Token i and everything below it, in text order."""
        found, todo = [], [i]
        while todo:
            here = todo.pop()
            found.append(here)
            todo += self.children(here)
        return sorted(found)

    def ancestors(self, i: int) -> Iterator[int]:
        """The heads above token i, nearest first."""
        above = self._above.get(i)
        if above is None:
            tokens, found = self.tokens, list[int]()
            at = i
            while (head := tokens[at].head) >= 0 and head != at:
                found.append(head)
                at = head
            above = self._above[i] = found
        return iter(above)

    @cached_property
    def _above(self) -> dict[int, list[int]]:
        return {}

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Offsets in the article of the tokens first..last (inclusive)."""
        return self.tokens[first].start, self.tokens[last].end

    def quote(self, start: int, end: int) -> str:
        """The article's own words between two of its offsets, both in this sentence."""
        return self.words[start - self.start : end - self.start]

    def as_span(self) -> Span:
        return Span(start=self.start, end=self.end, text=self.words)


@dataclass(slots=True)
class Document:
    """An article, its sentences, and `reading`: the text as analysed.

    `reading` has the same length as the article's text; what is not language (HTML tags, URLs) is blanked out, so
    every offset into it is an offset into the article.
    """

    article: Article
    reading: str
    sentences: Sequence[Sentence]
    warnings: tuple[str, ...] = ()

    def words(self, start: int, end: int) -> str:
        """The article's own words between two offsets."""
        return self.article.text[start:end]

    def grouped(self, mentions: Iterable[_M]) -> dict[int, list[_M]]:
        """Mentions by the index of the sentence that they begin in."""
        found: dict[int, list[_M]] = {}
        for mention in mentions:
            sentence = None if mention.start is None else self.sentence_at(mention.start)
            if sentence is not None:
                found.setdefault(sentence.index, []).append(mention)
        return found

    def sentence_at(self, offset: int) -> Sentence | None:
        """The sentence that holds this offset."""
        at = bisect_right(self.sentences, offset, key=lambda s: s.start) - 1
        return self.sentences[at] if at >= 0 and offset < self.sentences[at].end else None
