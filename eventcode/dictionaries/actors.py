"""Actor dictionaries: phrases, their synonyms, and codes that hold for a time.

A block is a phrase with optional codes, `+synonyms`, and indented lines of dated codes; all phrases of a block share
its codes. Evaluation is `dates.choose`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from eventcode.dictionaries.dates import NULL, Restriction, parse_restriction
from eventcode.dictionaries.files import Findings, Format, Line, Place, lines
from eventcode.dictionaries.words import Phrases, runs_of

_CODE = re.compile(r"\[([^\[\]]*)\]")
_SECTION = re.compile(r"<(/?)(NOUN|ADJECTIVE)>", re.IGNORECASE)
#: TABARI's codes for "don't code this sentence" and "too complex to code".
MARKS = frozenset({"###", "+++"})


@dataclass(slots=True)
class Block:
    """One actor: its first phrase and its codes in file order, each with its place."""

    name: str
    place: Place
    codes: list[Restriction] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)

    def add(self, code: Restriction, place: Place) -> None:
        self.codes.append(code)
        self.places.append(place)

    def place_of(self, code: str) -> Place:
        """Where a code of this block stands (the first of that code)."""
        return next((place for item, place in zip(self.codes, self.places, strict=True) if item.code == code),
                    self.place)


@dataclass(frozen=True, slots=True)
class Phrase:
    """One way to name an actor. `text`: as the file spells it."""

    block: Block
    place: Place
    text: str


class Actors:
    """All actors of some dictionary files, found by their words."""

    def __init__(self, format: Format) -> None:
        self.format = format
        self.blocks: list[Block] = []
        self.all: list[Phrase] = []
        self._phrases: Phrases[Phrase] = Phrases()

    @property
    def phrases(self) -> int:
        """How many phrases there are."""
        return len(self.all)

    def read(self, path: Path, findings: Findings) -> None:
        """Add the actors of one file; of two equal phrases the first stays, and the other is noted."""
        block: Block | None = None
        for line in lines(path, findings, self.format):
            if _SECTION.fullmatch(line.text):
                findings.note(line, "NOUN and ADJECTIVE sections are read as actors")
            elif line.text.startswith("["):
                self._codes(block, line, line.text, findings)
            elif line.text.startswith("+"):
                self._synonym(block, line, findings)
            else:
                block = self._primary(line, findings)

    def _primary(self, line: Line, findings: Findings) -> Block | None:
        phrase, bracket, codes = line.text.partition("[")
        name = phrase.strip()
        block = Block(" ".join(name.replace("_", " ").split()), line.place)
        if not self._add(block, name, line, findings):
            return block
        self.blocks.append(block)
        self._codes(block, line, bracket + codes, findings)
        return block

    def _synonym(self, block: Block | None, line: Line, findings: Findings) -> None:
        if block is None:
            findings.error(line, "a synonym without an actor before it")
            return
        phrase, bracket, codes = line.text[1:].partition("[")
        self._add(block, phrase.strip(), line, findings)
        if bracket:
            findings.note(line, "codes on a synonym's line hold for the whole block")
            self._codes(block, line, bracket + codes, findings)

    def _add(self, block: Block, phrase: str, line: Line, findings: Findings) -> bool:
        runs = runs_of(phrase.rstrip("="))
        if not runs:
            findings.error(line, "no words to look for")
            return False
        if self.format in ("petrarch2", "universalpetrarch"):
            runs = (tuple(word for run in runs for word in run),)
        entry = Phrase(block, line.place, phrase)
        self.all.append(entry)
        if not self._phrases.add(runs, entry):
            findings.note(line, "this phrase stands earlier; the first one holds")
        if self.format == "tabari" and len(runs) == 1 and not phrase.endswith("="):
            self._phrases.add(((*runs[0][:-1], runs[0][-1] + "S"),), entry)
        return True

    def at(self, words: Sequence[str], start: int) -> tuple[int, Phrase] | None:
        """The longest phrase that begins at this word: (index after it, phrase)."""
        return self._phrases.at(words, start)

    def _codes(self, block: Block | None, line: Line, text: str, findings: Findings) -> None:
        """Add the codes in brackets to the block; what is broken is named."""
        if not text:
            return
        if block is None:
            findings.error(line, "codes without an actor before them")
            return
        for inside in _CODE.findall(text):
            parsed = parse_restriction(inside)
            if isinstance(parsed, str):
                findings.error(line, parsed)
                continue
            if parsed.code in MARKS and self.format != "tabari":
                findings.error(line, f"{parsed.code} is TABARI's: in this format it codes nobody")
            block.add(parsed, line.place)
        left = _CODE.sub("", text)
        if "[" in left:
            findings.error(line, "a code without its closing bracket")
        elif left.replace("]", "").strip():
            findings.note(line, "what follows the code is not read")


def is_null(code: str | None) -> bool:
    """No actor: no code, `---`, or TABARI's marks for whole sentences."""
    return code is None or code in (NULL, "") or code in MARKS
