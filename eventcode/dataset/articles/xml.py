"""XML of articles: feeds (RSS, Atom), NewsML-G2 and NITF. A file that declares entities is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html.entities import html5
from itertools import pairwise
from typing import Any
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from eventcode.dataset.articles.found import Broken, Found, Item, Source, Unreadable, excerpt
from eventcode.dataset.articles.pages import html_lines

#: Elements may be nested this deep; no format of news comes near it.
MAX_DEPTH = 200

_BODY = frozenset({"p", "hl2", "li"})
#: Elements that are one article each.
_ITEMS = frozenset({"item", "entry", "newsItem", "nitf"})


def parse(content: bytes) -> Element:
    """The tree of an XML document, element names without their namespaces.

    Nothing outside the document is read. Raises Unreadable on what is not XML, and on entities of its own: a few lines
    of them can stand for gigabytes. Entities of HTML (&eacute;) are read where a DTD is named that has them.
    """
    root, fault = parse_what_is_whole(content)
    if fault:
        raise Unreadable(fault)
    return root


def parse_what_is_whole(content: bytes) -> tuple[Element, str]:
    """As `parse`; of a document that breaks off, the elements that are whole (and their parents), and what is wrong.

    Raises Unreadable where that leaves nothing, and on what no document of news has.
    """
    parser = expat.ParserCreate(namespace_separator="}")
    tree = _Tree(parser)
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, LookupError, ValueError) as problem:  # the last two of an encoding Python does not know
        fault = f"not XML: {problem}"
        if not tree.open:
            raise Unreadable(fault) from None
        return tree.cut(), fault
    return tree.builder.close(), ""


class _Tree:
    """Builds the tree from expat's events, and stops at what no article needs."""

    def __init__(self, parser: Any) -> None:
        self.builder = TreeBuilder()
        self.open: list[Element] = []
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = self.start, self.end
        parser.CharacterDataHandler = self.builder.data
        parser.EntityDeclHandler, parser.SkippedEntityHandler = self.declared, self.skipped

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self.open) == MAX_DEPTH:
            raise Unreadable(f"not XML of articles: elements nested more than {MAX_DEPTH} deep")
        made = self.builder.start(_local(name), {_local(key): value for key, value in attributes.items()})
        self.open.append(made)

    def end(self, name: str) -> None:
        self.open.pop()
        self.builder.end(_local(name))

    def cut(self) -> Element:
        """The tree without the article that was being read: what is open is closed, an open item is taken out."""
        path = list(self.open)
        for element in reversed(path):
            self.builder.end(element.tag)
        for parent, child in pairwise(path):
            if child.tag in _ITEMS:
                parent.remove(child)
                break
        return self.builder.close()

    def declared(self, *_: Any) -> None:
        raise Unreadable("declares entities of its own: refused, they can stand for any amount of text")

    def skipped(self, name: str, is_parameter: bool) -> None:
        if not is_parameter:
            if f"{name};" not in html5:
                raise Unreadable(f"not XML: unknown entity &{name};")
            self.builder.data(html5[f"{name};"])


#: Namespaces whose elements would be taken for a feed's own: a picture's title is not the item's.
_PREFIXES = {"http://search.yahoo.com/mrss/": "media", "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes"}


def _local(name: str) -> str:
    space, _, local = name.rpartition("}")
    return f"{_PREFIXES[space]}:{local}" if space in _PREFIXES else local


def read_xml(source: Source) -> Iterator[Item]:
    """Whichever of the known formats the root element tells of."""
    root, fault = parse_what_is_whole(source.bytes())
    read = _ROOTS.get(root.tag)
    if read is None:
        raise Unreadable(fault or f"XML of an unknown kind: its root is {root.tag}; known are {', '.join(_ROOTS)}")
    if not fault or root.tag not in _ITEMS:
        yield from read(root, source)
    if fault:
        raise Unreadable(fault)


def _feed(root: Element, source: Source) -> Iterator[Item]:
    """RSS 0.9x, 1.0 and 2.0: items; the channel's title is the outlet."""
    channel = root.find("channel")
    head = channel if channel is not None else root
    for number, item in enumerate(root.iter("item"), 1):
        full, short = _first(item, "encoded"), _first(item, "description")
        yield _entry(source, number, item, full, short, {
            "title": _plain(_first(item, "title")), "published": _first(item, "pubDate", "date"),
            "url": _first(item, "link"), "id": _first(item, "guid") or item.get("about"),
            "outlet": _first(item, "source", "publisher") or _first(head, "title"),
            "language": _first(item, "language") or _first(head, "language")})


def _atom(root: Element, source: Source) -> Iterator[Item]:
    """Atom: entries; the feed's title is the outlet."""
    for number, entry in enumerate(root.iter("entry"), 1):
        links = [link for link in entry.iter("link") if link.get("rel", "alternate") == "alternate"]
        yield _entry(source, number, entry, _text(entry.find("content")), _text(entry.find("summary")), {
            "title": _plain(_text(entry.find("title"))), "published": _first(entry, "published", "updated"),
            "url": links[0].get("href") if links else None, "id": _first(entry, "id"),
            "outlet": _first(root, "title"), "language": entry.get("lang") or root.get("lang")})


def _entry(source: Source, number: int, item: Element, full: str | None, short: str | None,
           fields: dict[str, Any]) -> Item:
    """An item of a feed: its full text where it has one, else its summary, which is told."""
    text = "\n\n".join(html_lines(full or "")) or "\n\n".join(html_lines(short or ""))
    if not text:
        return Broken(number, "no text in it: neither content nor description", excerpt("".join(item.itertext())))
    named = {name: value for name, value in fields.items() if value}
    source.tell("feed", {"text": "content" if full else "description", **dict.fromkeys(named, "feed")})
    return Found(number, {"text": text, **named}, excerpt(text), "" if full else "summary-only")


def _newsml(root: Element, source: Source) -> Iterator[Item]:
    """NewsML-G2: every newsItem of a newsMessage, or one alone; its text is NITF, XHTML or plain text inside it."""
    for number, item in enumerate(root.iter("newsItem"), 1):
        content = item.find("contentSet")
        text = _inline(content) if content is not None else ""
        if not text:
            yield Broken(number, "no text in it: content is elsewhere or of another kind", excerpt(_heard(item)))
            continue
        language = next((tag.get("tag") for tag in item.iter("language")), None) or item.get("lang")
        provider = next(iter(item.iter("provider")), None)
        fields = {"text": text, "id": item.get("guid"), "title": _first_below(item, "headline"), "language": language,
                  "published": _first_below(item, "contentCreated", "firstCreated", "versionCreated"),
                  "outlet": _first_below(item, "infoSource") or _named(provider)}
        yield _told(source, "newsml-g2", number, fields)


def _inline(content: Element) -> str:
    """The paragraphs inside a contentSet."""
    paragraphs = [_heard(part) for part in content.iter() if part.tag in _BODY]
    if not paragraphs:
        plain = [part.text or "" for part in content.iter("inlineData") if part.get("contenttype") != "text/html"]
        markup = [part.text or "" for part in content.iter("inlineData") if part.get("contenttype") == "text/html"]
        paragraphs = [*("".join(plain).split("\n")), *html_lines("".join(markup))]
    return "\n\n".join(filter(None, map(str.strip, paragraphs)))


def _named(provider: Element | None) -> str | None:
    """What a provider is called: its name, else its literal or the last part of its code."""
    if provider is None:
        return None
    code = provider.get("qcode") or provider.get("uri") or ""
    return _first(provider, "name") or provider.get("literal") or code.rpartition(":")[2] or None


def _nitf(root: Element, source: Source) -> Iterator[Item]:
    """NITF: one article; of a body with blocks by class (The New York Times corpus) the full text, not the lead."""
    bodies = list(root.iter("body.content"))
    blocks = [block for body in bodies for block in body.iter("block") if block.get("class") == "full_text"]
    parts = [part for block in blocks or bodies for part in block.iter() if part.tag in _BODY]
    text = "\n\n".join(filter(None, map(_heard, parts)))
    if not text:
        raise Unreadable("no text in it: the body has no paragraph")
    data, issue, release, number = (next(iter(root.iter(name)), Element(name))
                                    for name in ("pubdata", "date.issue", "date.release", "doc-id"))
    yield _told(source, "nitf", None, {
        "text": text, "id": number.get("id-string"), "title": _first_below(root, "hl1") or _first_below(root, "title"),
        "published": issue.get("norm") or data.get("date.publication") or release.get("norm"),
        "outlet": data.get("name") or _first_below(root, "distributor"), "url": data.get("ex-ref"),
        "language": root.get("lang")})


def _told(source: Source, layout: str, row: int | None, fields: dict[str, Any]) -> Found:
    named = {name: value for name, value in fields.items() if value}
    source.tell(layout, dict.fromkeys(named, layout))
    return Found(row, named, excerpt(named["text"]))


def _first(parent: Element, *names: str) -> str | None:
    """The text of the first child that has one, by the names in order."""
    for name in names:
        for child in parent.findall(name):
            found = _heard(child)
            if found:
                return found
    return None


def _first_below(parent: Element, *names: str) -> str | None:
    """As `_first`, however deep."""
    return next((heard for name in names for part in parent.iter(name) if (heard := _heard(part))), None)


def _text(element: Element | None) -> str | None:
    """Text as it stands, with markup that is part of the tree written as text blocks."""
    if element is None:
        return None
    return "".join(f"<p>{part}</p>" for part in element.itertext()) if len(element) else element.text


def _heard(element: Element) -> str:
    """All text of an element on one line."""
    return " ".join("".join(element.itertext()).split())


def _plain(markup: str | None) -> str | None:
    """A title without markup."""
    return " ".join(html_lines(markup)) if markup else None


_ROOTS: dict[str, Callable[[Element, Source], Iterator[Item]]] = {
    "rss": _feed, "RDF": _feed, "feed": _atom, "newsMessage": _newsml, "newsItem": _newsml, "nitf": _nitf}
