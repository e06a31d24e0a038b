"""Which fields of an object or a table's row are the text, the day, the outlet ... of an article.

The layouts are those of the tools that people crawl and extract with; a row of anything else is read by the names that
such columns usually have. The caller's own names win.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

#: What can be read of an article: the fields of Article, and the day on which it was crawled.
FIELDS = ("text", "id", "title", "published", "outlet", "url", "language", "crawled")

Names = tuple[str, ...]


class Layout(NamedTuple):
    """How a tool writes an article. An object is of this layout that has all of `marks`, or one of each of `one_of`.

    fields: Article's field (or `crawled`) to the tool's names of it, the preferred first.
    """

    name: str
    marks: tuple[Names, ...]
    fields: Mapping[str, Names]


#: Layouts by what tells them apart; an object is of the first that fits.
LAYOUTS = (
    # news-please: NewsArticle.get_serializable_dict
    Layout("news-please", (("maintext",), ("date_publish", "source_domain")), {
        "text": ("maintext",), "title": ("title",), "published": ("date_publish",), "outlet": ("source_domain",),
        "url": ("url",), "language": ("language",), "crawled": ("date_download",)}),
    # NGEC: the list of stories that its models take
    Layout("ngec", (("event_text",),), {
        "text": ("event_text",), "id": ("id", "story_id"), "title": ("headline",), "published": ("pub_date", "date"),
        "outlet": ("publisher",), "language": ("lang",)}),
    # fundus: Article.to_json, whose body is a summary and sections of headline and paragraphs
    Layout("fundus", (("publishing_date",), ("body", "plaintext")), {
        "text": ("plaintext", "body"), "title": ("title",), "published": ("publishing_date",),
        "outlet": ("publisher", "html.source_info.publisher"), "language": ("lang",),
        "url": ("html.responded_url", "html.requested_url", "url"), "crawled": ("html.crawl_date",)}),
    # newspaper4k: Article.to_json
    Layout("newspaper4k", (("text",), ("publish_date",), ("meta_site_name", "canonical_link", "read_more_link",
                                                          "top_image", "movies")), {
        "text": ("text",), "title": ("title",), "published": ("publish_date",),
        "outlet": ("meta_site_name", "source_url"), "url": ("canonical_link", "url"),
        "language": ("language", "meta_lang")}),
    # trafilatura: its JSON output (source is the address there) and bare_extraction
    Layout("trafilatura", (("text",), ("fingerprint", "source-hostname", "sitename", "filedate", "pagetype")), {
        "text": ("text",), "id": ("id",), "title": ("title",), "published": ("date",),
        "outlet": ("source-hostname", "sitename", "hostname"), "url": ("source", "url"), "language": ("language",),
        "crawled": ("filedate",)}),
    # this library: Article.model_dump
    Layout("eventcode", (("text",), ("published",), ("outlet",)), {name: (name,) for name in FIELDS}),
)

#: Names that columns of articles have elsewhere, in lower case with "_" between words, the preferred first.
USUAL: Mapping[str, Names] = {
    "text": ("text", "full_text", "fulltext", "article_text", "articletext", "maintext", "plaintext", "body",
             "body_text", "articlebody", "content", "article", "story", "story_text", "news", "event_text"),
    "id": ("id", "article_id", "articleid", "doc_id", "docid", "document_id", "story_id", "storyid", "news_id", "guid",
           "uuid", "uid", "an"),
    "title": ("title", "headline", "heading", "hd"),
    "published": ("published", "published_at", "publishedat", "published_date", "publication_date", "publicationdate",
                  "publish_date", "publishdate", "publishing_date", "date_published", "datepublished", "date_publish",
                  "pub_date", "pubdate", "published_on", "date", "datetime", "article_date", "story_date", "pd"),
    "outlet": ("outlet", "publisher", "newspaper", "publication", "source_name", "source", "site_name", "sitename",
               "source_domain", "hostname", "domain", "media", "sn"),
    "url": ("url", "link", "article_url", "web_url", "weburl", "canonical_url", "permalink", "source_url", "uri"),
    "language": ("language", "lang", "la"),
    "crawled": ("crawled", "crawled_at", "crawl_date", "date_crawled", "date_download", "downloaded", "downloaded_at",
                "scraped_at", "date_scraped", "scraped", "retrieved", "retrieved_at", "fetched_at", "filedate"),
}

#: What tools write for nothing.
_NOTHING = frozenset({"", "none", "null", "nan", "nat", "n/a", "<na>"})


class Picked(NamedTuple):
    """One article's fields, the layout they were found by, and which field of the file each came from."""

    fields: dict[str, Any]
    layout: str
    used: dict[str, str]


def pick(item: Mapping[str, Any], columns: Mapping[str, str], layout: str | None = None) -> Picked:
    """The fields of an article in an object or row.

    columns: the caller's names, which win; a dot leads into nested objects ("html.crawl_date"). layout: the name of
    the layout to read by; None: the first that fits, else the usual names.
    """
    name, wanted = _plan(tuple(map(str, item)), layout)
    fields: dict[str, Any] = {}
    used: dict[str, str] = {}
    for field in FIELDS:
        names = (columns[field],) if field in columns else wanted.get(field, ())
        for column in names:
            value = as_value(field, nested(item, column))
            if value is not None:
                fields[field], used[field] = value, column
                break
    return Picked(fields, name, used)


@lru_cache(maxsize=1024)
def _plan(keys: Names, layout: str | None) -> tuple[str, dict[str, Names]]:
    """The layout of objects with these keys, and what it reads each field from; usual names fill what it leaves out."""
    found = next((one for one in LAYOUTS if (one.name == layout if layout else _fits(one, keys))), None)
    usual = _usual(keys)
    if found is None:
        return "usual names", usual
    taken = {name for names in found.fields.values() for name in names}
    rest = {field: tuple(name for name in names if name not in taken) for field, names in usual.items()
            if field not in ("text", "published") or field not in found.fields}
    return found.name, {field: (*found.fields.get(field, ()), *rest.get(field, ())) for field in FIELDS}


def _fits(layout: Layout, keys: Sequence[str]) -> bool:
    return all(any(mark in keys for mark in marks) for marks in layout.marks)


def _usual(keys: Iterable[str]) -> dict[str, Names]:
    """Field to the keys that go by one of its usual names, in order of preference."""
    plain: dict[str, str] = {}
    for key in keys:
        plain.setdefault(_plain(key), key)
    return {field: tuple(plain[name] for name in names if name in plain) for field, names in USUAL.items()}


def _plain(name: str) -> str:
    """'Publication Date' and 'publication-date' are publication_date; 'pubDate' is pubdate."""
    return re.sub(r"[^a-z0-9]+", "_", name.strip().lower()).strip("_")


def nested(item: Mapping[str, Any], name: str) -> Any:
    """A value by its name, or by the dotted path to it; None where there is none."""
    if name in item or "." not in name:
        return item.get(name)
    value: Any = item
    for part in name.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return value


def as_value(field: str, value: Any) -> Any:
    """A value as Article takes it: paragraphs put together, an outlet's name out of its object; None for nothing."""
    if isinstance(value, Mapping):
        value = body_text(value) if field == "text" else value.get("name") or value.get("title")
    elif isinstance(value, (list, tuple)):
        texts = [part for part in value if isinstance(part, str)]
        value = "\n\n".join(texts) if field == "text" else next(iter(texts), None)
    if value is None or value != value or (isinstance(value, str) and value.strip().lower() in _NOTHING):
        return None
    return value


def body_text(body: Mapping[str, Any]) -> str:
    """The paragraphs of a fundus body: summary, then each section's headline and paragraphs; a blank line between."""
    parts = list(body.get("summary") or ())
    for section in body.get("sections") or ():
        if isinstance(section, Mapping):
            parts += [*(section.get("headline") or ()), *(section.get("paragraphs") or ())]
    return "\n\n".join(part for part in parts if isinstance(part, str) and part.strip())


#: How tools tell languages that have a name or three letters there.
LANGUAGES = {"english": "en", "eng": "en", "french": "fr", "fra": "fr", "fre": "fr", "spanish": "es", "spa": "es",
              "arabic": "ar", "ara": "ar", "portuguese": "pt", "por": "pt", "german": "de", "deu": "de", "ger": "de",
              "russian": "ru", "rus": "ru", "chinese": "zh", "zho": "zh", "chi": "zh"}


def language(told: str) -> str:
    """A language by its two letters: 'en-GB', 'English' and 'eng' are en; what is not known stays as it is."""
    lower = told.lower()
    return LANGUAGES.get(lower, lower.replace("_", "-").partition("-")[0])
