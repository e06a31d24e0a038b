"""Editors' notes in square brackets ("[Text]", "[passage omitted]", "[begin recording]") are no language."""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path

from eventcode.rules import Data, Words, check, read_yaml

#: What may stand beside the words that make a note one.
_BEHIND, _BEFORE = r"\b(?: [^\]\[\s]{1,20}){0,4}", r"(?:[^\]\[\s]{1,20} ){0,4}"


class Notes(Data):
    """The lists of a language's `editing.yaml`, lower case; its comments say what each is for."""

    alone: Words
    opens: Words
    closes: Words
    inside: Words


class Editing:
    """Blanks the notes of editors in a text, one for one."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "editing.yaml"

    @cached_property
    def _note(self) -> re.Pattern[str] | None:
        if not self._path.exists():
            return None
        lists = check(read_yaml(self._path), Notes, self._path)
        alone, opens, closes, inside = map(_any_of, (lists.alone, lists.opens, lists.closes, lists.inside))
        return re.compile(rf"\[(?:({inside}{_BEHIND})|{alone}|{opens}{_BEHIND}|{_BEFORE}{closes})\]", re.IGNORECASE)

    def blanked(self, text: str) -> str:
        """The text without its editors' notes, of the same length."""
        return text if "[" not in text or self._note is None else self._note.sub(_blank, text)


def _blank(note: re.Match[str]) -> str:
    """Blanks, and a line's end on either side of a note that does not stand within a sentence."""
    length = len(note.group())
    return " " * length if note[1] is not None else "\n" + " " * (length - 2) + "\n"


def _any_of(words: Words) -> str:
    return f"(?:{'|'.join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))})"
