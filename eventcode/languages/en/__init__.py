"""English: sentence splitting, word forms, and the data files in this folder."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from eventcode.errors import RuleError
from eventcode.languages.en.morphology import Morphology
from eventcode.languages.en.sentences import split
from eventcode.languages.stored import stored_entries
from eventcode.lexicon import Entry, read_domains, with_domains
from eventcode.rules import content_hash, read_csv, read_items, read_yaml


def _read(files: list[Path]) -> tuple[Entry, ...]:
    """The entries of these files in order of id. Raises RuleError on what is wrong with them."""
    found: dict[str, Entry] = {}
    for path in files:
        for entry in read_items(path, Entry, "entries"):
            if entry.id in found:
                raise RuleError("this id is used in two files", path=path, rule=entry.id)
            found[entry.id] = entry
    return tuple(found[key] for key in sorted(found))


class English:
    """The English language pack; data are read when first asked for."""

    code = "en"
    folder = Path(__file__).parent

    @cached_property
    def files(self) -> tuple[Path, ...]:
        """The data files that make this pack what it is."""
        return tuple(sorted(p for p in self.folder.rglob("*") if p.suffix in (".yaml", ".csv")))

    @cached_property
    def hash(self) -> str:
        """Content hash of the pack's data."""
        return content_hash(self.files)

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """All lexicon entries, in order of id."""
        domains = read_domains(self.folder / "domains.yaml")
        files = sorted((self.folder / "actions").glob("*.yaml"))
        return tuple(with_domains(entry, domains) for entry in stored_entries(self.code, files, lambda: _read(files)))

    @cached_property
    def hyphenated(self) -> frozenset[str]:
        """All forms of the words that some write with a hyphen and others without ("cease-fire", "re-arrested")."""
        listed = read_csv(self.folder / "hyphenated.csv", ("word",))
        return frozenset(form for _, row in listed for form in self.forms(row["word"]))

    @cached_property
    def calendar_names(self) -> frozenset[str]:
        """The names of months and weekdays and the short forms of the months, lower case."""
        words = read_yaml(self.folder / "dates" / "words.yaml")
        return frozenset({*words["months"], *words["month_abbreviations"], *words["weekdays"]})

    @cached_property
    def _morphology(self) -> Morphology:
        return Morphology(self.folder / "irregular.csv")

    def split(self, text: str) -> list[tuple[int, int]]:
        """Offsets of the sentences of a text, in order, without surrounding blanks."""
        return split(text)

    def forms(self, lemma: str) -> frozenset[str]:
        """All inflected forms of a verb or noun lemma, lower case, the lemma included."""
        return self._morphology.forms(lemma)


language = English()
