"""Discard lists and issue lists: plain phrases looked for in the text.

Discards: `PHRASE` drops the sentence, `+PHRASE` the whole article; a final `_` asks for a word's end there, else the
phrase is a stem. Issues: `phrase [CODE]` in sections `<ISSUE ...>`; before a word `n:` adds its plural, `v:` its verb
forms; `a+b` is "a b" and "a-b"; `~phrase` takes the issues off the sentence, `~~phrase` off the article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from eventcode.dictionaries.english import plural, verb_forms
from eventcode.dictionaries.files import Findings, Format, Line, Place, lines

_BLANKS = re.compile(r"\s+")
_CODE = re.compile(r"\[([^\[\]]*)\]")
#: Phrases are found by their first letters.
_KEY = 4
#: More wordings than this of one issue line are refused.
MOST_WORDINGS = 256


@dataclass(frozen=True, slots=True)
class Listed:
    """A phrase of a list. `whole`: a word must end where it ends. `scope`: what a discard or `~` concerns."""

    phrase: str
    place: Place
    whole: bool
    scope: str = ""
    code: str = ""


class PhraseList:
    """Phrases found in running text, at the beginnings of words, whatever their letter case."""

    def __init__(self) -> None:
        self.entries: list[Listed] = []
        self._by_key: dict[str, list[Listed]] = {}

    def add(self, entry: Listed) -> None:
        self.entries.append(entry)
        self._by_key.setdefault(entry.phrase[:_KEY], []).append(entry)

    def find(self, text: str) -> Iterator[Listed]:
        """Each phrase where it stands in the text, from left to right."""
        flat = _BLANKS.sub(" ", text).upper()
        by_key = self._by_key
        for at in _word_starts(flat):
            for length in range(1, _KEY + 1):
                for entry in by_key.get(flat[at:at + length], ()):
                    if len(entry.phrase[:_KEY]) == length and flat.startswith(entry.phrase, at) and (
                            not entry.whole or not flat[at + len(entry.phrase):][:1].isalnum()):
                        yield entry


def _word_starts(text: str) -> Iterator[int]:
    return (i for i, letter in enumerate(text) if not letter.isspace() and (i == 0 or not text[i - 1].isalnum()))


def read_discards(found: PhraseList, path: Path, findings: Findings, format: Format) -> None:
    """Add a discard list; `scope` of its entries is "sentence" or "article"."""
    for line in lines(path, findings, format):
        text = line.text.lstrip("+").strip()
        whole = text.endswith("_")
        phrase = _flat(text.replace("_", " "))
        if phrase:
            found.add(Listed(phrase, line.place, whole, "article" if line.text.startswith("+") else "sentence"))
        else:
            findings.error(line, "no phrase")


def read_issues(found: PhraseList, path: Path, findings: Findings, format: Format) -> None:
    """Add an issue list; an entry has a code, or the scope ("sentence", "article") from which it takes all issues."""
    for line in lines(path, findings, format):
        if not line.text.upper().startswith(("<ISSUE", "</ISSUE")):
            for entry in _issue(line, findings):
                found.add(entry)


def _issue(line: Line, findings: Findings) -> Iterator[Listed]:
    code = _CODE.search(line.text)
    text = line.text[:code.start()] if code else line.text
    tildes = len(text) - len(text.lstrip("~"))
    if code is None and not tildes:
        findings.error(line, "an issue without a code")
        return
    wordings = list(_wordings(text.lstrip("~").strip()))
    if not wordings or len(wordings) > MOST_WORDINGS:
        findings.error(line, "no phrase" if not wordings else "too many wordings")
        return
    scope = {0: "", 1: "sentence"}.get(tildes, "article")
    for wording in dict.fromkeys(wordings):
        yield Listed(wording, line.place, True, scope, "" if scope or code is None else code[1].strip())


def _wordings(text: str) -> Iterator[str]:
    ways = [_ways(word) for word in text.replace("_", " ").split()]
    total = 1
    for way in ways:
        total *= len(way)
    if ways and total <= MOST_WORDINGS:
        yield from (_flat(" ".join(words)) for words in product(*ways))
    elif ways:
        yield from [""] * (MOST_WORDINGS + 1)


def _ways(word: str) -> tuple[str, ...]:
    word = word.upper()
    if word.startswith("N:") and len(word) > 2:
        return word[2:], plural(word[2:])
    if word.startswith("V:") and len(word) > 2:
        return verb_forms(word[2:])
    if "+" in word.strip("+"):
        return word.replace("+", " "), word.replace("+", "-")
    return (word,)


def _flat(text: str) -> str:
    return _BLANKS.sub(" ", text).strip().upper()
