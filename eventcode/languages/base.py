"""What a language pack offers: where its data lies, how it splits sentences and which forms a lemma takes."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from eventcode.lexicon import Entry


class Language(Protocol):
    """One language. Its folder holds the data that the finders in `eventcode.mentions` read."""

    code: str
    folder: Path
    hash: str

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All lexicon entries, each id once, in order of id."""
        ...

    def split(self, text: str) -> list[tuple[int, int]]:
        """Offsets of the sentences of a text, in order, without surrounding blanks."""
        ...

    def forms(self, lemma: str) -> frozenset[str]:
        """All inflected forms of a verb or noun lemma, lower case, the lemma included."""
        ...
