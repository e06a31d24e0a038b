"""What of a text is language: markup, control characters and broken code points are blanked, one for one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

_LOOKS_LIKE_HTML = re.compile(r"</(?:p|div|html|body|span|a|h\d|li|script|article)>|<br\s*/?>|<!doctype", re.IGNORECASE)
_OPENS = re.compile(r"<(?:(script|style|head)\b|(!--)|[/!?a-z])", re.IGNORECASE)
_CLOSES = {name: re.compile(rf"</{name}\s*+>", re.IGNORECASE) for name in ("script", "style", "head")} | {
    "!--": re.compile("-->")
}
_TAG = re.compile(r"<[^<>]{0,2000}>")
_BLOCK = re.compile(r"</?(?:p|div|h\d|li|ul|ol|br|tr|table|article|section|body|title|head)\b", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8}\d{0,2});", re.IGNORECASE)
_ODD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x9f\u200b-\u200f\u202a-\u202e\u2060\ufeff\ud800-\udfff]")


def readable(text: str) -> tuple[str, tuple[str, ...]]:
    """The text as it is analysed, of the same length, and notes on what was blanked."""
    notes: list[str] = []
    if not text.strip():
        return text, ("the article has no text",)
    if _LOOKS_LIKE_HTML.search(text):
        text = _without_markup(text)
        notes.append("HTML: tags are read as blanks")
    text = _ENTITY.sub(_entity, text)
    if _ODD.search(text):
        text = _ODD.sub(" ", text)
        notes.append("control characters or broken code points are read as blanks")
    return text, tuple(notes)


def spoken(words: str) -> str:
    """Some words of an article as they are analysed, of the same length: a sentence with its tags blanked."""
    return _ODD.sub(" ", _ENTITY.sub(_entity, _without_markup(words)))


def _without_markup(text: str) -> str:
    parts, at = [], 0
    for start, end in _markup(text):
        parts += [text[at:start], _blank(text, start, end)]
        at = end
    return "".join([*parts, text[at:]])


def _markup(text: str) -> Iterator[tuple[int, int]]:
    """Tags, comments, and scripts and the like up to their closing tag; what is never closed is no more than a tag.

    Each kind's missing end is looked for once: that keeps "<!--<!--<!--" linear.
    """
    at, endless = 0, set[str]()
    while opening := _OPENS.search(text, at):
        name = (opening[1] or opening[2] or "").lower()
        closing = _CLOSES[name].search(text, opening.end()) if name and name not in endless else None
        if name and closing is None:
            endless.add(name)
        found = closing or _TAG.match(text, opening.start())
        at = found.end() if found else opening.start() + 1
        if found:
            yield opening.start(), at


def _blank(text: str, start: int, end: int) -> str:
    """Blanks of the same length; a block's tag ends a sentence."""
    length = end - start
    return "\n\n" + " " * (length - 2) if _BLOCK.match(text, start) else " " * length


def _entity(match: re.Match[str]) -> str:
    """The one character that an entity stands for and blanks; what stands for none is left."""
    written = match.group()
    meant = unescape(written)
    return (meant or " ") + " " * (len(written) - 1) if len(meant) <= 1 else written
