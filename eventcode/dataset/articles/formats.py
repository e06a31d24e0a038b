"""The formats of articles: by name, by suffix, and by what a file begins with."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from eventcode.dataset.articles import documents, layouts, objects, pages, tables, warc, xml
from eventcode.dataset.articles.found import Item, Reader, Source
from eventcode.errors import InputError

#: Format to its reader. The names of layouts (news-please ...) are formats too: JSON that is read by that layout.
READERS: dict[str, Reader] = {
    "text": pages.read_text, "html": pages.read_page, "json": objects.read_json, "jsonl": objects.read_jsonl,
    "csv": tables.read_csv, "parquet": tables.read_parquet, "frame": tables.read_frame,
    "xml": xml.read_xml, "rss": xml.read_xml, "newsml-g2": xml.read_xml, "nitf": xml.read_xml, "warc": warc.read_warc,
    "export": documents.read_export, "nexis": documents.read_nexis, "factiva": documents.read_factiva,
}

#: Suffix (before .gz) to format.
SUFFIXES = {".txt": "text", ".html": "html", ".htm": "html", ".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl",
            ".csv": "csv", ".tsv": "csv", ".tab": "csv", ".parquet": "parquet", ".pq": "parquet", ".xml": "xml",
            ".rss": "xml", ".atom": "xml", ".rdf": "xml", ".nitf": "xml", ".warc": "warc", ".docx": "export",
            ".rtf": "export"}


def chosen(path: Path, named: str | None) -> str | None:
    """The format to read a file as: the one that is named, else by its suffix; None for an unknown suffix."""
    return named or SUFFIXES.get(suffix(path))


def suffix(path: Path) -> str:
    """The suffix that tells the format: of story.json.gz it is .json."""
    name = path.name.lower().removesuffix(".gz")
    return Path(name).suffix


def check_format(name: str | None) -> None:
    """Raises InputError with the known names for an unknown one."""
    known = (*READERS, *(one.name for one in layouts.LAYOUTS))
    if name is not None and name not in known:
        raise InputError(f"there is no format {name!r} of articles; known are {', '.join(known)}")


def read_as(source: Source, name: str) -> Iterator[Item]:
    """The articles of a source, read as this format."""
    if name == "html" and source.path is not None and documents.is_export(source.bytes()):
        name = "export"
    if name in READERS:
        return READERS[name](source)
    lines = source.path is not None and suffix(source.path) in (".jsonl", ".ndjson")
    return partial(objects.read_jsonl if lines else objects.read_json, layout=name)(source)
