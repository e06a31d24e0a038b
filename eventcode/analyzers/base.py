"""What an analyzer must do, and the role layer's names for grammatical relations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from eventcode.document import Token

#: The grammatical relations that the rest of the library reads. An analyzer maps its own label scheme to these;
#: any other label passes through unchanged and is ignored.
RELATIONS = frozenset({
    "root", "subject", "subject_passive", "object", "indirect", "agent",  # agent: the `by` of a passive
    "prep", "prep_object",            # a preposition, and the noun or clause under it
    "possessive", "compound", "adjective", "number", "determiner", "apposition", "relative", "participle_clause",
    "conjunct", "coordinator", "particle", "negation", "auxiliary", "auxiliary_passive",
    "clause",                         # finite complement: said that ...
    "infinitive",                     # open complement: vowed to ...
    "adverbial_clause", "adverb", "marker", "attribute", "parataxis", "punct",
})


class Analyzer(Protocol):
    """Tokens and trees for one language. Deterministic: batch size and process count change nothing."""

    name: str
    version: str

    def tokenize(self, text: str, offset: int) -> list[Token]:
        """Plain tokens of one sentence; token offsets are `offset` plus the position in `text`."""
        ...

    def parse(self, sentences: Iterable[tuple[str, int, int | None]], batch_size: int) -> Iterator[list[Token]]:
        """Tokens with tag, pos, dep and head, for each (text, offset, verb), in order.

        verb: index of a token that is to be taken for the finite verb of the sentence, or None. Headlines need it.
        """
        ...

    def is_word(self, word: str) -> bool:
        """Is this (lower case) a word of the language's dictionary in any form? For texts all in capitals."""
        ...
