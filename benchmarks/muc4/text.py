"""A MUC message as an article: the wire's own marks are no language."""

from __future__ import annotations

import re

#: "[TEXT]", "[REPORT]", "[PASSAGE OMITTED]", "[WORD INDISTINCT]": the editors' notes, not the speaker's words.
_NOTE = re.compile(
    r"\[(?:TEXT|REPORT|COMMUNIQUE|EXCERPTS?|COMMENTARY|EDITORIAL|SPEECH|INTERVIEW|ARTICLE|STATEMENT|NEWS CONFERENCE|"
    r"(?:STATION|UNATTRIBUTED|RECORDED|LIVE|PASSAGE|WORDS?|FEW|VIDEO|BEGIN|END|TELEVISED|NO VIDEO|TELEPHONE)\b"
    r"[^\]\n]{0,40}|[^\]\n]{0,30}\b(?:INDISTINCT|OMITTED|RECORDING|REPORT|CORRESPONDENT)|CONTINUED)\]"
)


def body(message: str) -> str:
    """The message with the editors' notes blanked, of the same length."""
    return _NOTE.sub(
        lambda note: "\n" + " " * (len(note.group()) - 2) + "\n" if len(note.group()) > 1 else " ", message
    )
