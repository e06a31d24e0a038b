"""What a language pack offers: where its data lies, how it splits sentences and which forms a lemma takes."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from eventcode.errors import RuleError
from eventcode.lexicon import Entry, read_domains, with_domains


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


class Reworded:
    """A language with these entries in place of its own."""

    def __init__(self, language: Language, entries: tuple[Entry, ...]) -> None:
        self.language, self._entries = language, entries
        self.code, self.folder, self.hash = language.code, language.folder, language.hash

    @property
    def entries(self) -> tuple[Entry, ...]:
        return self._entries

    def split(self, text: str) -> list[tuple[int, int]]:
        return self.language.split(text)

    def forms(self, lemma: str) -> frozenset[str]:
        return self.language.forms(lemma)


def widened(language: Language, entries: tuple[Entry, ...]) -> Language:
    """The language with these entries beside its own. Raises RuleError on an id it has, and on unknown names."""
    domains, known = read_domains(language.folder / "domains.yaml"), {entry.id: entry for entry in language.entries}
    for entry in entries:
        if entry.id in known:
            raise RuleError(f"language {language.code!r} has an entry of this id", rule=entry.id)
        try:
            known[entry.id] = with_domains(entry, domains)
        except KeyError as problem:
            raise RuleError(f"no word list @{problem.args[0]} in language {language.code!r}", rule=entry.id) from None
    for entry in entries:
        strange = sorted(set(entry.over) - set(known))
        if strange:
            raise RuleError(f"`over` names {', '.join(strange)}, which is no entry", rule=entry.id)
    return Reworded(language, tuple(known[key] for key in sorted(known)))
