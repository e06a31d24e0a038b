"""What of a text is language: markup, control characters and broken code points are blanked, character for character."""

from __future__ import annotations

import re

_LOOKS_LIKE_HTML = re.compile(r"</(?:p|div|html|body|span|a|h\d|li|script|article)>|<br\s*/?>|<!doctype", re.IGNORECASE)
_UNSPOKEN = re.compile(r"<(script|style|head)\b.*?</\1\s*>|<!--.*?-->|<[^<>]{0,2000}>", re.IGNORECASE | re.DOTALL)
_BLOCK = re.compile(r"</?(?:p|div|h\d|li|ul|ol|br|tr|table|article|section|body|title|head)\b", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8});", re.IGNORECASE)
_ENTITIES = {"&amp;": "&", "&quot;": '"', "&apos;": "'", "&#39;": "'", "&lt;": "<", "&gt;": ">", "&rsquo;": "’", "&lsquo;": "‘",
             "&ldquo;": "“", "&rdquo;": "”", "&ndash;": "–", "&mdash;": "—"}
_ODD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x9f\u200b-\u200f\u202a-\u202e\u2060\ufeff\ud800-\udfff]")


def readable(text: str) -> tuple[str, tuple[str, ...]]:
    """The text as it is analysed, of the same length, and notes on what was blanked."""
    notes: list[str] = []
    if not text.strip():
        return text, ("the article has no text",)
    if _LOOKS_LIKE_HTML.search(text):
        text = _ENTITY.sub(_entity, _UNSPOKEN.sub(_blank, text))
        notes.append("HTML: tags are read as blanks")
    if _ODD.search(text):
        text = _ODD.sub(" ", text)
        notes.append("control characters or broken code points are read as blanks")
    return text, tuple(notes)


def _blank(match: re.Match[str]) -> str:
    """Blanks of the same length; a block's tag ends a sentence."""
    length = len(match.group())
    return "\n\n" + " " * (length - 2) if length >= 2 and _BLOCK.match(match.group()) else " " * length


def _entity(match: re.Match[str]) -> str:
    spoken = _ENTITIES.get(match.group().lower(), " ")
    return spoken + " " * (len(match.group()) - 1)
