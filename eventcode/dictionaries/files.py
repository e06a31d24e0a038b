"""Lines of the field's dictionary files: encodings, comments, and where each line stands.

Every entry keeps its `Place` (file name and line), which becomes the rule id of what it codes; what could not be
honoured is a `Finding` that names the line, so nothing is skipped in silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from eventcode.errors import InputError, RuleError

Format = Literal["tabari", "petrarch1", "petrarch2", "universalpetrarch"]
FORMATS: tuple[Format, ...] = ("tabari", "petrarch1", "petrarch2", "universalpetrarch")

#: No dictionary of the field comes near: the largest public one has 4 MB.
MOST_BYTES = 64_000_000
#: A longer line is no entry; it is not looked at.
LONGEST_LINE = 5_000

_FINISH = re.compile(r"~+FINISH")
_INLINE_XML = re.compile(r"<!--.*?-->")


@dataclass(frozen=True, slots=True)
class Place:
    """Where an entry stands; as text `file:line`, the rule id of the field that it codes."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in a dictionary that could not be honoured (`error`) or is worth a look (`note`)."""

    place: Place
    level: Literal["error", "note"]
    message: str
    text: str = ""

    def __str__(self) -> str:
        shown = f": {self.text}" if self.text else ""
        return f"{self.place}: {self.level}: {self.message}{shown}"


@dataclass(frozen=True, slots=True)
class Line:
    """One line without its comment and outer blanks. `indented`: blanks or a tab stood before it."""

    place: Place
    text: str
    indented: bool


@dataclass
class Findings:
    """Collects what a reader could not honour."""

    all: list[Finding] = field(default_factory=list)

    def error(self, line: Line, message: str) -> None:
        self.all.append(Finding(line.place, "error", message, line.text[:120]))

    def note(self, line: Line, message: str) -> None:
        self.all.append(Finding(line.place, "note", message, line.text[:120]))


def check_format(format: str) -> Format:
    """The format's name as one of FORMATS. Raises InputError."""
    for known in FORMATS:
        if format == known:
            return known
    raise InputError(f"unknown dictionary format {format!r}: one of {', '.join(FORMATS)}")


def lines(path: Path, findings: Findings, format: Format) -> Iterator[Line]:
    """The lines of a file that hold something, in order, without comments. Raises RuleError where it can't be read.

    PETRARCH: `#` and `;` to the end of the line, `<!-- ... -->` also over lines. TABARI: `;`, and whole lines that
    start with `#` or `/`; `~FINISH` ends the file.
    """
    tabari = format == "tabari"
    kept = _tabari(_raw(path)) if tabari else _petrarch(path, _raw(path), findings)
    for number, raw in kept:
        place = Place(path.name, number)
        if len(raw) > LONGEST_LINE:
            findings.all.append(Finding(place, "error", f"a line of {len(raw)} characters is no entry", raw[:60]))
        elif raw.strip():
            yield Line(place, raw.strip(), raw[:1] in "\t ")


def _raw(path: Path) -> Sequence[str]:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise RuleError(f"larger than {MOST_BYTES:,} bytes: no dictionary", path=path)
        data = path.read_bytes()
    except OSError as problem:
        raise RuleError(f"cannot be read: {problem.strerror or problem}", path=path) from None
    if b"\0" in data:
        raise RuleError("is not a text file", path=path)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _tabari(raw: Sequence[str]) -> Iterator[tuple[int, str]]:
    for number, text in enumerate(raw, start=1):
        if _FINISH.match(text.strip()):
            return
        if not text.startswith(("#", "/")):
            yield number, text.partition(";")[0].rstrip()


def _petrarch(path: Path, raw: Sequence[str], findings: Findings) -> Iterator[tuple[int, str]]:
    opened: int | None = None
    for number, text in enumerate(raw, start=1):
        if opened is not None:
            closed = "-->" in text
            text = text.partition("-->")[2] if closed else ""
            opened = None if closed else opened
        if "<!" in text:
            text = _INLINE_XML.sub(" ", text).replace("<! --", "<!--")
            before, mark, rest = text.partition("<!--")
            if mark:
                text = before
                opened = None if "-->" in rest else number
        yield number, _uncommented(text)
    if opened is not None:
        findings.all.append(Finding(Place(path.name, opened), "error", "a comment <!-- that is never closed"))


def _uncommented(text: str) -> str:
    """The line up to `#` or `;`; within a code (`[###]`, TABARI's discard) `#` is no comment."""
    if "#" in text:
        kept = text.replace("[###]", "[\0]")
        text = kept.partition("#")[0].replace("[\0]", "[###]")
    return text.partition(";")[0].rstrip() if ";" in text else text.rstrip()
