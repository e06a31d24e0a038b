"""Verb dictionaries of all four formats: verbs with their forms and codes, synsets, and blocks of patterns.

PETRARCH: `--- NAME [code] ---` opens a block of verbs that share its patterns. TABARI: every verb is a block.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from eventcode.dictionaries.english import plural, verb_forms
from eventcode.dictionaries.files import Findings, Format, Line, Place, lines
from eventcode.dictionaries.frames import choices_of, read_frame
from eventcode.dictionaries.patterns import (
    Choice,
    Code,
    Pattern,
    PatternError,
    Words,
    key_of,
    read_code,
    read_sequence,
    specificity,
)
from eventcode.dictionaries.words import words_of

_CODE = re.compile(r"\[([^\[\]]*)\]")
_FORMS = re.compile(r"\{([^{}]*)\}?")
_PLAIN_CODE = re.compile(r"[0-9A-Za-z]+")
_SECTION = re.compile(r"</?([A-Z]+)>")
#: Codes that TABARI reads as "do not code this sentence" and "too complex"; the PETRARCHs know neither.
SENTENCE_CODES = frozenset({"###", "+++"})
#: Shorter stems are taken for whole words: nearly any word would begin so.
SHORTEST_STEM = 2


@dataclass(slots=True, eq=False)
class Block:
    """Verbs that share patterns. Patterns are found by a word that they need; the most specific is first."""

    name: str
    code: Code
    place: Place
    patterns: list[Pattern] = field(default_factory=list)
    bodies: dict[str, Pattern] = field(default_factory=dict)
    by_word: dict[str, list[int]] = field(default_factory=dict)
    anywhere: list[int] = field(default_factory=list)

    def add(self, pattern: Pattern) -> bool:
        """Add a pattern; one of the same words gives way to it (then False): the programs keep the later code."""
        words = " ".join(pattern.text.split())
        new = words not in self.bodies
        self.bodies[words] = pattern
        return new

    def finish(self) -> None:
        """Sort and index the patterns, once all are read."""
        self.patterns = list(self.bodies.values())
        self.patterns.sort(key=lambda pattern: (-pattern.rank[0], -pattern.rank[1]))
        self.by_word, self.anywhere = {}, []
        for number, pattern in enumerate(self.patterns):
            for word in pattern.key:
                self.by_word.setdefault(word, []).append(number)
            if not pattern.key:
                self.anywhere.append(number)

    def candidates(self, words: frozenset[str]) -> list[Pattern]:
        """Patterns that these words of a sentence may fit, the most specific first."""
        found = set(self.anywhere)
        for word in words & self.by_word.keys():
            found.update(self.by_word[word])
        return [self.patterns[number] for number in sorted(found)]


@dataclass(frozen=True, slots=True)
class Verb:
    """One form of a verb. `before`, `after`: the words that make it a multi-word verb, in text order.

    `stem`: TABARI's open ending, for which any word that begins so is a form.
    """

    head: str
    before: Words
    after: Words
    block: Block
    code: Code
    place: Place
    stem: bool = False

    @property
    def length(self) -> int:
        return len(self.before) + len(self.after)


class Verbs:
    """The verbs, synsets and patterns of a dictionary."""

    def __init__(self, format: Format) -> None:
        self.format = format
        self.synsets: dict[str, tuple[Words, ...]] = {}
        self.forms: dict[str, list[Verb]] = {}
        self.blocks: dict[str, Block] = {}
        self.transformations: list[Line] = []
        self.count = 0

    @property
    def frames(self) -> bool:
        """Are the patterns those of PETRARCH-2?"""
        return self.format in ("petrarch2", "universalpetrarch")

    def read(self, paths: Iterable[Path], findings: Findings) -> None:
        """Add the verbs of some files, in order; synsets of one hold in those after it."""
        for path in paths:
            _Reader(self, findings).read(lines(path, findings, self.format))
        for block in self.blocks.values():
            block.finish()

    def forms_of(self, word: str) -> Sequence[Verb]:
        """The verbs that a word is a form of; TABARI's stems from the longest to the shortest."""
        if self.format != "tabari":
            return self.forms.get(word, ())
        ends = range(len(word), SHORTEST_STEM - 1, -1)
        return [verb for end in ends for verb in self.forms.get(word[:end], ()) if verb.stem or end == len(word)]

    def add_form(self, verb: Verb) -> bool:
        """Store a form, the longest of a head first, later ones before earlier ones; False where it stands earlier.

        A form of two blocks has the patterns of both and the code of the later one.
        """
        known = self.forms.setdefault(verb.head, [])
        others = [v for v in known if (v.before, v.after, v.block) != (verb.before, verb.after, verb.block)]
        self.forms[verb.head] = sorted([verb, *others], key=lambda v: -v.length)
        return not any((v.before, v.after) == (verb.before, verb.after) for v in known)


class _Reader:
    """Reads lines one after the other; knows the block and the synset that they belong to."""

    def __init__(self, verbs: Verbs, findings: Findings) -> None:
        self.verbs, self.findings = verbs, findings
        self.block: Block | None = None
        self.header: tuple[Code, Place] | None = None
        self.synset: tuple[str, bool] | None = None
        self.last: tuple[Line, str, Code] | None = None
        self.section = ""

    def read(self, found: Iterable[Line]) -> None:
        for line in found:
            self._line(line)

    def _line(self, line: Line) -> None:
        text = line.text
        section = _SECTION.fullmatch(text)
        if section:
            self.section = "" if text.startswith("</") else section[1]
        elif self.section and self.section != "SYNSETS":
            self.findings.note(line, f"the section {self.section} is not read")
        elif text.startswith("---"):
            self._header(line)
        elif text.startswith("&"):
            self._synset(line)
        elif text.startswith("+") and self.synset is not None:
            self._member(line)
        else:
            self.synset = None
            self._entry(line)

    def _entry(self, line: Line) -> None:
        text = line.text
        if text.startswith("~"):
            self.verbs.transformations.append(line)
        elif text.startswith("-") or (text.startswith("*") and self.verbs.frames):
            self._pattern(line)
        elif text.startswith("{") and self.last is not None:
            self._forms(self.last[0], f"{self.last[1]} {text}", self.last[2])
        else:
            self._verb(line)

    def _header(self, line: Line) -> None:
        self.synset, self.block = None, None
        code = _CODE.search(line.text)
        if code is None:
            self.findings.note(line, "a block without a code: its verbs code nothing by themselves")
        self.header = (self._code(line, code[1]) if code else Code(), line.place)

    def _code(self, line: Line, inside: str) -> Code:
        for part in inside.split(":"):
            plain = part.strip() in ("", "---", *SENTENCE_CODES) or _PLAIN_CODE.fullmatch(part.strip())
            if not plain:
                self.findings.note(line, f"an odd code, kept as it stands: {part.strip()}")
        return read_code(inside)

    def _synset(self, line: Line) -> None:
        name = line.text.split()[0]
        self.synset = (name.rstrip("_"), not name.endswith("_"))
        if self.synset[0] in self.verbs.synsets:
            self.findings.note(line, "defined before: the words are added to those")
        self.verbs.synsets.setdefault(self.synset[0], ())

    def _member(self, line: Line) -> None:
        name, plurals = self.synset or ("", False)
        text = line.text[1:].strip()
        if text.startswith("&"):
            inner = self.verbs.synsets.get(text.rstrip("_"))
            if inner is None:
                self.findings.error(line, f"the synset {text} is not defined before it")
            self._extend(name, inner or ())
            return
        bare = text.strip("()_ ")
        self._extend(name, [words_of(bare)])
        if plurals and bare and not text.endswith(("_", ")")):
            self._extend(name, [words_of(plural(bare))])

    def _extend(self, name: str, phrases: Sequence[Words]) -> None:
        known = self.verbs.synsets[name]
        self.verbs.synsets[name] = (*known, *(phrase for phrase in phrases if phrase and phrase not in known))

    def _verb(self, line: Line) -> None:
        code = _CODE.search(line.text)
        own = self._code(line, code[1]) if code else None
        tabari = self.verbs.format == "tabari"
        if self.header is None and not tabari:
            self.findings.error(line, "a verb outside a block: no line --- NAME [code] --- before it")
            return
        given, place = self.header or (Code(), line.place)
        verb = line.text.partition("[")[0].strip()
        name = _FORMS.sub("", verb).strip()
        if not words_of(name.replace("+", "")):
            self.findings.error(line, "no verb")
            return
        if self.block is None or tabari:
            self.block = self.verbs.blocks.setdefault(name, Block(name, own or given, place))
        self.verbs.count += 1
        self.last = (line, name, given if own is None else own)
        self._forms(line, verb, self.last[2])

    def _forms(self, line: Line, verb: str, code: Code) -> None:
        braces = _FORMS.search(verb)
        base = _FORMS.sub("", verb).strip()
        if braces is not None and "}" not in verb:
            self.findings.note(line, "read as if closed by }")
        stem = self.verbs.format == "tabari" and not base.endswith("_")
        given = braces[1].replace(",", " ").split() if braces else []
        forms = [base, *given] if given or stem else _regular(base.rstrip("_"))
        for form in dict.fromkeys(forms):
            self._form(line, form, base, code)

    def _form(self, line: Line, form: str, base: str, code: Code) -> None:
        parts = [part for part in re.split(r"[_\s]+", form) if part]
        heads = [i for i, part in enumerate(parts) if part.startswith("+")]
        tabari = self.verbs.format == "tabari"
        if len(parts) > 1 and not heads and "_" in form and not tabari:
            self.findings.note(line, f"no + marks the verb of {form}: the first word is taken")
        head = heads[0] if heads else 0
        words = [words_of(part.lstrip("+")) for part in parts]
        if self.block is None or not words or len(words[head]) != 1:
            self.findings.error(line, f"no verb form: {form}")
            return
        before = tuple(word for part in words[:head] for word in part)
        after = tuple(word for part in words[head + 1:] for word in part)
        stem = tabari and form == base and not base.endswith("_")
        made = Verb(words[head][0], before, after, self.block, code, line.place, stem)
        if not self.verbs.add_form(made) and form == base:
            self.findings.note(line, f"{form} stands earlier; the later code holds, the patterns of both")

    def _pattern(self, line: Line) -> None:
        if self.block is None:
            self.findings.error(line, "a pattern without a verb before it")
            return
        code = _CODE.search(line.text)
        if code is None:
            self.findings.error(line, "a pattern without a code")
            return
        body = line.text[:code.start()].lstrip("-").strip()
        if not line.text.startswith("-"):
            self.findings.note(line, "read as a pattern, though it lacks its -")
        try:
            pattern = self._read(body, self._code(line, code[1]), line.place)
        except PatternError as problem:
            self.findings.error(line, str(problem))
            return
        if code[1].strip() in SENTENCE_CODES and self.verbs.format != "tabari":
            self.findings.error(line, f"{code[1].strip()} is TABARI's: no such code in this format")
            return
        if not self.block.add(pattern):
            self.findings.note(line, "this pattern stands earlier in its block; the later code holds")

    def _read(self, body: str, code: Code, place: Place) -> Pattern:
        synsets = self.verbs.synsets
        if self.verbs.frames:
            before, after = read_frame(body, synsets)
            choices: list[Choice] = [*choices_of(before), *choices_of(after)]
            rank = (len(choices) * 100 + sum(c.isalnum() for c in body), 0)
            return Pattern(code, place, body, before, after, rank, key_of(choices))
        upper, lower = read_sequence(body, synsets, self.verbs.format == "tabari")
        elements = (*upper, *lower)
        choices = [element.choice for element in elements if element.choice is not None]
        return Pattern(code, place, body, upper, lower, specificity(body, elements), key_of(choices))


def _regular(base: str) -> list[str]:
    """The forms of a verb without braces; of a multi-word verb those of its head."""
    parts = re.split(r"([_\s]+)", base)
    heads = [i for i, part in enumerate(parts) if part.startswith("+")] or [0]
    head = heads[0]
    plus = "+" if parts[head].startswith("+") else ""
    return ["".join([*parts[:head], plus + form, *parts[head + 1:]]) for form in verb_forms(parts[head].lstrip("+"))]
