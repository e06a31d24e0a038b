"""WARC: what crawlers keep of web pages; every page that was answered with HTML is an article."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from eventcode.dataset.articles.found import Broken, Item, Source, Unreadable, excerpt
from eventcode.dataset.articles.pages import page
from eventcode.dataset.extras import need


def read_warc(source: Source) -> Iterator[Item]:
    """The pages of a WARC file (.warc, .warc.gz); requests, pictures and the like are no articles and not counted.

    The address is the record's, its date the day of the crawl. Rows count the file's records from 1.
    """
    iterator = need("warcio.archiveiterator", "warc", f"{source.name}: WARC")
    fault = need("warcio.exceptions", "warc", f"{source.name}: WARC").ArchiveLoadFailed
    need("trafilatura", "html", f"{source.name}: HTML")
    assert source.path is not None
    try:
        with source.path.open("rb") as opened:
            for number, record in enumerate(iterator.ArchiveIterator(opened), 1):
                if record.rec_type == "response" and "html" in (_header(record, "Content-Type") or "").lower():
                    yield _page(source, number, record)
    except (fault, EOFError, ValueError) as problem:
        raise Unreadable(f"broken WARC: {problem}") from None
    except OSError as problem:
        raise Unreadable(f"cannot be read: {problem.strerror or problem}") from None


def _page(source: Source, number: int, record: Any) -> Item:
    url, content = record.rec_headers.get_header("WARC-Target-URI"), record.content_stream().read()
    status = record.http_headers.get_statuscode()
    if status != "200":
        return Broken(number, f"HTTP status {status}: {url}", excerpt(content))
    known = {"url": url, "crawled": record.rec_headers.get_header("WARC-Date")}
    try:
        return page(source, content, number, {name: value for name, value in known.items() if value})
    except Unreadable as problem:
        return Broken(number, f"{problem}: {url}", excerpt(content))


def _header(record: Any, name: str) -> str | None:
    found: str | None = record.http_headers.get_header(name) if record.http_headers else None
    return found
