"""Kinds of parties as bits of a number: those that an entry asks for, and those that a text may name by its bare words.

What a text may name is taken widely: a word that begins a name of the actor tables, with the next word of that name
somewhere in the text, brings whatever that name may mean, in any company. So a kind that is missing is named nowhere.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence

from eventcode.lexicon import Needs
from eventcode.mentions._actor_phrases import NUMBERED_UNIT, UNIT_NOUNS
from eventcode.mentions._actor_tables import ActorTables, Entry
from eventcode.rules import Words

#: What words may be taken for that no table of actors has: names, numbers, "the wounded", "her", a town.
ANYBODY = frozenset({"party", "person", "group", "civilian", "place", "name"})
#: What arms are taken for: "warplanes flattened".
BEARERS = frozenset({"military", "armed"})
#: Whose men become armed sides where a role word joins a community's name.
_SOLDIERLY = frozenset({"MIL", "UAF", "PRM", "REB"})
_OF_A_COUNTRY = frozenset({"adjective", "country", "metonym", "people"})
_RUN, _LETTERS = re.compile(r"[^\W_]+"), re.compile(r"[^\W\d_]+")
_DIGIT = re.compile(r"\d")
_WITH_APOSTROPHE = re.compile(r"[^\W\d_]+(?:['’‘][^\W\d_]+)+")


class Kinds:
    """Each kind with a bit of its own."""

    def __init__(self) -> None:
        self._bits: dict[str, int] = {}

    def bits(self, kinds: Iterable[str]) -> int:
        """The number of these kinds together."""
        found = 0
        for kind in kinds:
            found |= self._bits.setdefault(kind, 1 << len(self._bits))
        return found

    def asked(self, needs: Needs) -> tuple[int, ...]:
        """For each side of which an entry asks what not anybody is: the kinds that it may be of."""
        sides: tuple[Words, ...] = (needs.source, needs.target, needs.either)
        return tuple(self.bits(wanted) for wanted in sides if wanted and ANYBODY.isdisjoint(wanted))


class _Names:
    """What names may give that begin with one word: by that word alone, and where another word is in the text too."""

    def __init__(self) -> None:
        self.alone = 0
        self.longer: dict[str, int] = {}

    def add(self, runs: Sequence[str], bits: int) -> None:
        if len(runs) > 1:
            self.longer[runs[1]] = self.longer.get(runs[1], 0) | bits
        else:
            self.alone |= bits

    def among(self, words: Collection[str]) -> int:
        """What these words of a text make of it."""
        found = self.alone
        for following in self.longer.keys() & words if self.longer else ():
            found |= self.longer[following]
        return found


class NamedKinds:
    """The kinds that a text may name, by its words. What a word may begin is looked up when a text first has it."""

    def __init__(self, kinds: Kinds, tables: ActorTables, arms: Iterable[str],
                 domains: Mapping[str, Iterable[str]]) -> None:
        """arms: first words of weapons. domains: by its name with the "@", the words of each."""
        self._kinds, self._tables = kinds, tables
        self._known: dict[str, tuple[_Names, _Names]] = {}
        self._pieces: dict[str, list[str]] = {}  # word to those first words of names that are no plain words
        for piece in tables.trie.first_words():
            if not piece.isalpha() and (runs := _RUN.findall(piece)):
                self._pieces.setdefault(runs[0], []).append(piece)
        self._anyhow, self._capital = dict[str, int](), dict[str, int]()
        for words, entry in tables.organizations.items():
            self._add(self._capital, words[-1:], entry.traits)
        self._add(self._capital, UNIT_NOUNS, NUMBERED_UNIT)
        self._add(self._anyhow, arms, BEARERS)
        for name, listed in domains.items():
            self._add(self._anyhow, listed, (name,))
        self._telling = frozenset({*tables.trie.first_words(), *self._pieces, *self._anyhow, *self._capital})

    def _add(self, index: dict[str, int], words: Iterable[str], kinds: Iterable[str]) -> None:
        bits = self._kinds.bits(kinds)
        for word in words:
            for run in (word,) if word.isalpha() else _RUN.findall(word)[:1]:
                index[run] = index.get(run, 0) | bits

    def named_in(self, text: str, caseless: bool = False) -> int:
        """The kinds that this text may name. caseless: a capital says nothing here."""
        written = _runs(text)
        words = {run.lower() for run in written}
        capitals = words if caseless else {run.lower() for run in written if run[0].isupper()}
        found = 0
        for word in words & self._telling:
            anyhow, capital = self._known.get(word) or self._learn(word)
            found |= anyhow.among(words)
            if word in capitals:
                found |= capital.among(words)
        return found

    def _learn(self, word: str) -> tuple[_Names, _Names]:
        """What this word alone and the names that it begins may give: written anyhow, and with a capital."""
        anyhow, capital = _Names(), _Names()
        anyhow.alone, capital.alone = self._anyhow.get(word, 0), self._capital.get(word, 0)
        for piece in (word, *self._pieces.get(word, ())):
            for words, entries in self._tables.trie.beginning_with(piece):
                runs = [run for name in words for run in _RUN.findall(name)]
                for entry in entries:
                    names = capital if entry.demand and entry.demand[0] else anyhow
                    names.add(runs, self._kinds.bits(_may_be(entry, self._tables)))
        self._known[word] = anyhow, capital
        return anyhow, capital


def _runs(text: str) -> set[str]:
    """The words of a text without diacritics; those with an apostrophe within also without it ("Sana'a")."""
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    found = set(_RUN.findall(text))
    if _DIGIT.search(text):
        found.update(_LETTERS.findall(text))  # a tokenizer may part "5PM"
    for word in _WITH_APOSTROPHE.findall(text) if "'" in text or "’" in text or "‘" in text else ():
        parts = _RUN.findall(word)
        found.add("".join(parts))
        found.add("".join(parts[:-1] if parts[-1] in "sS" else parts))
    return found


def _may_be(entry: Entry, tables: ActorTables) -> set[str]:
    """What a name may mean, in whatever company: see `Composer`."""
    kinds: set[str] = set(entry.traits)
    if entry.kind in _OF_A_COUNTRY:
        kinds.add("country")
    elif entry.kind == "community":
        kinds.add("identity")
    elif entry.kind == "role":
        kinds |= {"state", "government", "official"} if "gov" in entry.flags else set()
        kinds |= {"official"} if entry.sector == "GOV" else set()
        kinds |= {"armed", "identity"} if entry.sector in _SOLDIERLY else set()
    actors = {entry.key} if entry.kind == "actor" else {entry.parent} if entry.kind == "leader" else set()
    for actor in actors:
        rows = (*tables.actors.get(actor, ()), *tables.branches_of(actor))
        kinds |= {trait for row in rows for trait in row.traits}
    return kinds
