"""Text in HTML: everything that comes from articles goes through `safe` on its way into a page or a notebook."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

#: What HTML cannot hold: control characters, halves of surrogate pairs, code points that are no characters. And the two
#: that make a reader see other text than is written: the overrides of direction.
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202d\u202e\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def safe(value: Any) -> str:
    """A value as text of an HTML page or of an attribute in double quotes; None is "".

    Control characters of ASCII are shown by their pictures (U+2400 ...), others, and overrides of direction, as U+FFFD;
    a line feed stays.
    """
    return "" if value is None else escape(_UNFIT.sub(_picture, str(value).replace("\r\n", "\n")))


def table(head: Sequence[str], rows: Iterable[Sequence[Any]], caption: str = "") -> str:
    """A table of safe cells; the first cell of a row is its header."""
    top = "".join(f'<th scope="col">{safe(name)}</th>' for name in head)
    body = "".join(_row(row) for row in rows)
    named = f"<caption>{safe(caption)}</caption>" if caption else ""
    return f"<table>{named}<thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"


def wide_html(content: str, name: str) -> str:
    """What may be wider or longer than there is room for, in a part of the page that scrolls, by keys too."""
    return f'<div class="wide" role="region" aria-label="{safe(name)}" tabindex="0">{content}</div>'


def _row(row: Sequence[Any]) -> str:
    cells = "".join(f"<td>{safe(cell)}</td>" for cell in row[1:])
    return f'<tr><th scope="row">{safe(row[0])}</th>{cells}</tr>'


def _picture(found: re.Match[str]) -> str:
    code = ord(found[0])
    return chr(0x2400 + code) if code < 0x20 else "\N{REPLACEMENT CHARACTER}"
