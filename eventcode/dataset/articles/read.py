"""`read_articles`: articles from the files people have, with an account of every one that could not be read."""

from __future__ import annotations

import codecs
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from glob import glob, has_magic
from hashlib import blake2b
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from pydantic import ValidationError

from eventcode.article import Article
from eventcode.dataset.articles import days
from eventcode.dataset.articles.formats import check_format, chosen, read_as, suffix
from eventcode.dataset.articles.found import Broken, Found, Options, Source, Unreadable, excerpt
from eventcode.dataset.articles.layouts import FIELDS, language
from eventcode.dataset.articles.report import OTHER_FLAGS, FileReport, Flag, ReadReport, Reject, kind_of, table
from eventcode.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

Given: TypeAlias = "str | Path | pd.DataFrame | Iterable[str | Path]"


def read_articles(data: Given, *, format: str | None = None, columns: Mapping[str, str] | None = None,
                  encoding: str = "utf-8", date_format: str | None = None, today: date | None = None,
                  published: date | None = None) -> Articles:
    """Articles from files, folders or a data frame.

    data: a path, a pattern ("corpus/*.jsonl.gz"), a folder (all its files, those of folders in it too, in order of
    name), a list of these, or a frame with one article per row. Files may be gzipped.
    format: "text", "html", "json", "jsonl", "csv", "parquet", "rss", "newsml-g2", "nitf", "warc", "nexis", "factiva",
    or the layout of JSON objects ("news-please", "trafilatura", "fundus", "newspaper4k", "ngec"); None: by the suffix,
    and by what the file holds.
    columns: which of the file's columns or fields has which of Article's ({"text": "body_en", "published": "day"});
    "crawled" is the day of the crawl. Those left out are found by the names that such columns usually have.
    encoding: of files that have no byte order mark and do not tell their own. date_format: as of `datetime.strptime`,
    for days that are not ISO 8601 ("%d/%m/%Y"). today: the day after which no article can have been published; the
    day of the call where it is None. published: the day of the articles that tell none of their own.

    An article without an id is called after its file, and the row where the file has several. Nothing is read before
    the result is looked at: iterate it to stream, or take `.articles`, `.report`, `.rejects`, `.flags`.

    Raises InputError where there is nothing to read, for an unknown format, field or column, and where a format needs
    a package that is not installed (it names the extra). Whatever is wrong with a file is in the rejects.
    """
    check_format(format)
    strange = sorted(set(columns or {}) - set(FIELDS))
    if strange:
        raise InputError(f"columns: an article has no {', '.join(strange)}; it has {', '.join(FIELDS)}")
    try:
        codecs.lookup(encoding)
    except LookupError:
        raise InputError(f"there is no encoding {encoding!r}") from None
    options = Options(dict(columns or {}), encoding, date_format, today or date.today(), published)
    return Articles(tuple(_sources(data, options)), format)


class Articles:
    """The articles of some files; iterating reads them anew, one at a time, in order of file and row.

    `articles`: all of them as a list. `report`: how many were found, read and failed, and why. `rejects`: what could
    not be read. `flags`: what is doubtful about articles that were read. The last three read everything once, unless
    the articles have been iterated to the end before.
    """

    def __init__(self, sources: tuple[Source, ...], format: str | None = None) -> None:
        self._sources, self._format = sources, format
        self._told: _Told | None = None

    def __iter__(self) -> Iterator[Article]:
        told = _Told()
        for source in self._sources:
            yield from _read(source, self._format, told)
        self._told = told

    @cached_property
    def articles(self) -> list[Article]:
        """All articles."""
        return list(self)

    @property
    def report(self) -> ReadReport:
        """Counts by file, reason and flag."""
        told = self._account()
        reasons = Counter(kind_of(reject.reason) for reject in told.rejects)
        return ReadReport(tuple(told.files), reasons, Counter(flag.flag for flag in told.flags))

    @property
    def rejects(self) -> pd.DataFrame:
        """One row per article or file that could not be read: file, row, reason, excerpt."""
        return table(self._account().rejects, Reject._fields, integers=("row",))

    @property
    def problems(self) -> list[str]:
        """The rejects as lines: where, and why."""
        return [f"{reject.file}{'' if reject.row is None else f', row {reject.row}'}: {reject.reason}"
                for reject in self._account().rejects]

    @property
    def flags(self) -> pd.DataFrame:
        """One row per doubt about an article that was read: file, row, article_id, flag, value, message."""
        return table(self._account().flags, Flag._fields, integers=("row",))

    def __repr__(self) -> str:
        return f"<Articles of {len(self._sources)} files{'' if self._told is None else ': ' + str(self.report)}>"

    def _account(self) -> _Told:
        if self._told is None:
            for _ in self:
                pass
        assert self._told is not None
        return self._told


class _Told:
    """The account of one reading, as it grows."""

    def __init__(self) -> None:
        self.files: list[FileReport] = []
        self.rejects: list[Reject] = []
        self.flags: list[Flag] = []
        self._ids: set[bytes] = set()

    def reject(self, source: Source, broken: Broken) -> None:
        self.rejects.append(Reject(source.name, broken.row, broken.reason, broken.excerpt))

    def flag(self, source: Source, found: Found, article_id: str, flag: str, value: Any = None) -> None:
        shown = None if value is None else str(value)
        self.flags.append(Flag(source.name, found.row, article_id, flag, shown, (days.FLAGS | OTHER_FLAGS)[flag]))

    def is_new(self, article_id: str) -> bool:
        """Is this id one that was not seen before? Eight bytes are kept of each."""
        seen, key = len(self._ids), blake2b(article_id.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        self._ids.add(key)
        return len(self._ids) > seen


def _read(source: Source, named: str | None, told: _Told) -> Iterator[Article]:
    """The articles of one source; what is wrong with it goes to the account."""
    source.layouts.clear()
    source.used.clear()
    name = "frame" if source.path is None else chosen(source.path, named)
    read = failed = 0
    for item in _items(source, name):
        made = item if isinstance(item, Broken) else _article(item, source, told)
        if isinstance(made, Broken):
            failed += 1
            told.reject(source, made)
        else:
            read += 1
            yield made
    layouts = ", ".join(layout for layout in sorted(source.layouts) if layout != name)
    fields = {field: " or ".join(sorted(source.used[field])) for field in FIELDS if field in source.used}
    shown = f"{name} ({layouts})" if layouts else str(name or "unknown")
    told.files.append(FileReport(source.name, shown, fields, read + failed, read, failed))


def _items(source: Source, name: str | None) -> Iterator[Found | Broken]:
    """What a source holds; a fault of the whole file comes last, in the place of what it kept from being read."""
    if name is None:
        assert source.path is not None
        yield Broken(None, f"unknown suffix {suffix(source.path) or '(none)'}: name the format")
        return
    empty = True
    try:
        for item in read_as(source, name):
            empty = False
            yield item
    except Unreadable as problem:
        yield Broken(None, str(problem))
    else:
        if empty:
            yield Broken(None, "no article in it")


def _article(found: Found, source: Source, told: _Told) -> Article | Broken:
    """The article of what was found, its day checked."""
    fields = {name: value for name, value in found.fields.items() if name != "crawled"}
    options = source.options
    told_day = fields.get("published") or options.published
    day = days.check(told_day, found.fields.get("crawled"), options.today, options.date_format)
    name = str(fields.get("id") or source.numbered(found.row))
    if not str(fields["text"]).strip():
        return Broken(found.row, "empty", found.excerpt)
    try:
        article = Article(**{**{key: _told_as_text(key, value) for key, value in fields.items()},
                             "id": name, "published": day.value})
    except ValidationError as problem:
        faults = "; ".join(f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in problem.errors())
        return Broken(found.row, faults, found.excerpt or excerpt(fields["text"]))
    for flag, value in ((day.flag, fields.get("published")), (found.note, None),
                        ("" if told.is_new(name) else "id-repeated", name)):
        if flag:
            told.flag(source, found, name, flag, value)
    return article


def _told_as_text(field: str, value: Any) -> Any:
    """Numbers as text where Article wants text; a language by its two letters."""
    if field == "text":
        return value
    text = str(value).strip()
    return language(text) if field == "language" else text


def _sources(data: Any, options: Options) -> Iterator[Source]:
    if isinstance(data, (str, Path)):
        yield from _files(data, options)
    elif hasattr(data, "itertuples"):
        yield Source("data frame", "row", options, frame=data)
    elif isinstance(data, Iterable):
        for part in data:
            yield from _sources(part, options)
    else:
        raise InputError(f"expected a path, a pattern, a folder or a data frame, got {type(data).__name__}")


def _files(given: str | Path, options: Options) -> Iterator[Source]:
    """The files of a path, a folder or a pattern, in order of name; hidden ones are left out."""
    path = Path(given)
    if path.is_dir():
        root, found = path, _below(path)
    elif path.exists():
        root, found = path.parent, [path]
    elif has_magic(str(given)):
        root = Path(*takewhile(lambda part: not has_magic(part), path.parts))
        found = [file for file in sorted(map(Path, glob(str(given), recursive=True))) if file.is_file()]
    else:
        raise InputError(f"{path}: there is no such file")
    if not found:
        raise InputError(f"{path}: no file in it" if path.is_dir() else f"{path}: no file fits this pattern")
    for file in found:
        name = file.relative_to(root).as_posix()
        yield Source(str(file), name.removesuffix(".gz").removesuffix(suffix(file)), options, path=file)


def _below(folder: Path) -> list[Path]:
    return sorted(file for file in folder.rglob("*") if file.is_file()
                  and not any(part.startswith(".") for part in file.relative_to(folder).parts))
