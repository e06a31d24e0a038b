"""Files that are one article each: plain text and web pages."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

from eventcode.dataset.articles.found import Found, Item, Source, Unreadable, excerpt
from eventcode.dataset.extras import need

_BLOCKS = frozenset({
    "p", "div", "br", "hr", "ul", "ol", "li", "dl", "dt", "dd", "table", "tr", "td", "th", "h1", "h2", "h3", "h4", "h5",
    "h6", "blockquote", "section", "article", "header", "footer", "figure", "pre"})
_QUIET = logging.NullHandler()
_HIDDEN = frozenset({"script", "style", "head", "template", "noscript"})


def read_text(source: Source) -> Iterator[Item]:
    """A text file is an article: its name is the id, its characters stay as they are."""
    text = source.text()
    source.tell("text", {"text": "the file", "id": "the file's name"})
    yield Found(None, {"text": text}, excerpt(text))


def read_page(source: Source) -> Iterator[Item]:
    """A web page is an article: trafilatura (an extra) takes its text, headline, day and outlet out."""
    yield page(source, source.bytes(), None, {})


def page(source: Source, content: bytes, row: int | None, known: dict[str, Any]) -> Item:
    """The article on a web page. known: what is known of it from elsewhere (address, day of the crawl).

    The day is one that the page itself states. Raises Unreadable where the page has no article, InputError without
    trafilatura.
    """
    logging.getLogger("trafilatura").addHandler(_QUIET)  # what it warns of is in the rejects
    trafilatura = need("trafilatura", "html", f"{source.name}: HTML")
    made = trafilatura.bare_extraction(content, url=known.get("url"), with_metadata=True, include_comments=False,
                                       date_extraction_params={"extensive_search": False, "original_date": True})
    told = made.as_dict() if hasattr(made, "as_dict") else made
    if not told or not (told.get("text") or "").strip():
        raise Unreadable("no article found on the page")
    fields = {"text": told["text"], "title": told.get("title"), "published": told.get("date"),
              "outlet": told.get("sitename") or told.get("hostname"), "url": told.get("url"),
              "language": told.get("language"), **known}
    fields = {name: value for name, value in fields.items() if value}
    source.tell("html", {name: "trafilatura" for name in fields if name not in known})
    return Found(row, fields, excerpt(content))


def html_lines(html: str) -> list[str]:
    """The text of simple HTML (of a feed, of an export), a line per block; blanks are run together."""
    parser = _Lines()
    parser.feed(html)
    parser.close()
    lines = (" ".join(line.split()) for line in "".join(parser.parts).split("\n"))
    return [line for line in lines if line]


class _Lines(HTMLParser):
    """Collects text; a block begins and ends a line, a line end in the source is a blank."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag in _HIDDEN:
            self.hidden += 1
        elif tag in _BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _HIDDEN:
            self.hidden = max(0, self.hidden - 1)
        elif tag in _BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.parts.append(data.replace("\n", " ").replace("\r", " "))
