"""Exports of Nexis Uni and Factiva: many articles in one Word, RTF or web document."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from eventcode.dataset.articles.found import MAX_BYTES, Broken, Found, Item, Source, Unreadable, excerpt
from eventcode.dataset.articles.layouts import LANGUAGES
from eventcode.dataset.articles.pages import html_lines
from eventcode.dataset.articles.xml import parse
from eventcode.dataset.extras import need

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
#: The line that ends an article of Nexis Uni, and the one that ends an article of Factiva.
_NEXIS_END = re.compile(r"End of Document")
_FACTIVA_END = re.compile(r"Document ([A-Za-z0-9]{20,30})")
#: "March 3, 2021 Wednesday 10:15 AM GMT" of Nexis Uni, "3 March 2021" of Factiva.
_NEXIS_DAY = re.compile(rf"((?:{_MONTHS}) \d{{1,2}}, \d{{4}})\b.*")
_FACTIVA_DAY = re.compile(rf"\d{{1,2}} (?:{_MONTHS}) \d{{4}}")
_WORDS = re.compile(r"[\d,.]+ words")
_RIGHTS = re.compile(r"(?:Copyright|\(c\)|©|All rights reserved)", re.IGNORECASE)
#: Factiva's field codes, alone on a line or parted from their value by a tab or a table's bar.
_CODE = re.compile(r"\|?(SE|HD|BY|CR|WC|PD|ET|SN|SC|ED|PG|VOL|LA|CY|LP|TD|CLM|ART|CT|RF|CO|IN|NS|RE|IPC|IPD|PUB|AN)"
                   r"\s*(?:[|\t]\s*(.*?)\s*\|?)?")


def read_export(source: Source) -> Iterator[Item]:
    """An export of either service, told by the line that ends its articles."""
    lines = document_lines(source)
    if any(_FACTIVA_END.fullmatch(line) for line in lines):
        yield from _factiva(lines, source)
    elif any(_NEXIS_END.fullmatch(line) for line in lines):
        yield from _nexis(lines, source)
    else:
        raise Unreadable("neither an export of Nexis Uni nor of Factiva: no line ends an article")


def read_nexis(source: Source) -> Iterator[Item]:
    """An export of Nexis Uni: docx, rtf, html or text."""
    yield from _nexis(document_lines(source), source)


def read_factiva(source: Source) -> Iterator[Item]:
    """An export of Factiva, with its field codes or without: docx, rtf, html or text."""
    yield from _factiva(document_lines(source), source)


def is_export(content: bytes) -> bool:
    """Is this web page an export of one of the two, not an article of its own?"""
    return b"articleParagraph" in content or bool(re.search(rb">\s*End of Document\s*<", content))


def document_lines(source: Source) -> list[str]:
    """The paragraphs of a document that are not empty, as its suffix says how to read them."""
    assert source.path is not None
    content, kind = source.bytes(), source.path.name.lower().removesuffix(".gz").rpartition(".")[2]
    if kind == "docx":
        lines = _docx(content)
    elif kind == "rtf":
        lines = need("striprtf.striprtf", "rtf", f"{source.name}: RTF").rtf_to_text(
            content.decode("latin-1"), errors="replace").split("\n")
    elif kind in ("html", "htm"):
        lines = html_lines(source.text())
    else:
        lines = source.text().split("\n")
    return [line for line in (line.replace("\xa0", " ").strip() for line in lines) if line.strip("| ")]


def _docx(content: bytes) -> list[str]:
    """The paragraphs of a Word document; a line break within one makes two of it."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            if packed.getinfo("word/document.xml").file_size > MAX_BYTES:
                raise Unreadable(f"larger than {MAX_BYTES} bytes")
            root = parse(packed.read("word/document.xml"))
    except (zipfile.BadZipFile, KeyError, ValueError, NotImplementedError) as problem:
        raise Unreadable(f"not a Word document: {problem}") from None
    signs = {"br": "\n", "cr": "\n", "tab": "\t"}
    return [line for paragraph in root.iter("p") for line in "".join(
        (part.text or "") if part.tag == "t" else signs.get(part.tag, "") for part in paragraph.iter()).split("\n")]


def _parts(lines: list[str], end: re.Pattern[str]) -> Iterator[tuple[list[str], str | None]]:
    """(lines, closing line) of each article; what follows the last has no closing line."""
    held: list[str] = []
    for line in lines:
        if end.fullmatch(line):
            yield held, line
            held = []
        else:
            held.append(line)
    yield held, None


def _nexis(lines: list[str], source: Source) -> Iterator[Item]:
    """Articles of Nexis Uni: title, outlet, day, rights, "Length: 512 words" and the like, "Body", text."""
    for number, (part, closing) in enumerate(_parts(lines, _NEXIS_END), 1):
        if closing is None and "Body" not in part:
            continue  # what stands after the last article
        made = _nexis_fields(part) if closing else "the article breaks off: no line 'End of Document'"
        if isinstance(made, str):
            yield Broken(number, made, excerpt(" ".join(part)))
        else:
            source.tell("nexis", dict.fromkeys(made, "nexis"))
            yield Found(number, made, excerpt(made["text"]))


def _nexis_fields(part: list[str]) -> dict[str, Any] | str:
    """The fields of one article, or why there are none. The outlet stands before the day, the title before it."""
    start = next((i for i, line in enumerate(part) if line in ("Body", "Text")), None)
    if start is None:
        return "no line 'Body' before its text"
    end = next((i for i in range(len(part) - 1, start, -1) if part[i] == "Classification"), len(part))
    text = "\n\n".join(part[start + 1:end])
    if not text:
        return "no text between 'Body' and 'End of Document'"
    fields: dict[str, Any] = {"text": text}
    at, day = next(((i, found[1]) for i in range(start - 1, -1, -1) if (found := _NEXIS_DAY.fullmatch(part[i]))),
                   (None, None))
    if at is not None:
        fields["published"] = day
        fields |= {name: part[at - back] for name, back in (("outlet", 1), ("title", 2)) if at >= back}
    told = next((line.partition(":")[2].split(";")[0].strip() for line in part[end:] if line.startswith("Language:")),
                "")
    return {**fields, "language": told} if told else fields


def _factiva(lines: list[str], source: Source) -> Iterator[Item]:
    """Articles of Factiva; each ends in its number ("Document REUT000020210304eh340001x")."""
    for number, (part, closing) in enumerate(_parts([_number(line) for line in lines], _FACTIVA_END), 1):
        coded = any((code := _CODE.fullmatch(line)) and code[1] == "HD" for line in part)
        if closing is None and not coded and not any(map(_WORDS.fullmatch, part)):
            continue  # the summary of the search, after the last article
        made: dict[str, Any] | str = "the article breaks off: no line 'Document ...'"
        if closing:
            made = _coded(part) if coded else _uncoded(part)
        if isinstance(made, dict) and not made["text"]:
            made = "no text in it"
        if isinstance(made, str):
            yield Broken(number, made, excerpt(" ".join(part)))
        else:
            fields = {name: value for name, value in {**made, "id": (closing or "").split()[-1]}.items() if value}
            source.tell("factiva", dict.fromkeys(fields, "factiva"))
            yield Found(number, fields, excerpt(made["text"]))


def _number(line: str) -> str:
    """'AN|Document X|' of a table is the line 'Document X'."""
    found = _CODE.fullmatch(line)
    return found[2] if found and found[1] == "AN" and found[2] else line


def _coded(part: list[str]) -> dict[str, Any]:
    """An article whose fields have their codes."""
    fields: dict[str, list[str]] = {}
    held: list[str] = []
    for line in part:
        code = _CODE.fullmatch(line)
        if code:
            held = fields.setdefault(code[1], [])
        value = (code[2] or "") if code else line.strip("| ")
        if value:
            held.append(value)
    one = {code: " ".join(values) for code, values in fields.items()}
    return {"text": "\n\n".join([*fields.get("LP", []), *fields.get("TD", [])]), "title": one.get("HD"),
            "published": one.get("PD"), "outlet": one.get("SN"), "language": one.get("LA")}


def _uncoded(part: list[str]) -> dict[str, Any] | str:
    """An article without codes: title, author, length, day, hour, outlet, code, page, language, rights, text.

    Of the lines before its length the longest of the last three is the title: the others are a section or an author.
    """
    words = next((i for i, line in enumerate(part) if _WORDS.fullmatch(line)), None)
    if words is None:
        return "no line says how many words it has"
    day = next((i for i in range(words + 1, min(words + 4, len(part))) if _FACTIVA_DAY.fullmatch(part[i])), None)
    if day is None:
        return "no day of publication after its number of words"
    outlet = next((i for i in range(day + 1, len(part)) if not re.fullmatch(r"[\d:.]+( GMT)?", part[i])), day)
    head = next((i for i in range(outlet, min(outlet + 8, len(part))) if part[i].lower() in LANGUAGES), outlet + 1)
    rights = next((i for i in range(head + 1, min(head + 4, len(part))) if _RIGHTS.match(part[i])), head)
    return {"text": "\n\n".join(part[rights + 1:]), "title": max(part[max(0, words - 3):words], key=len, default=None),
            "published": part[day], "outlet": part[outlet] if outlet > day else None,
            "language": part[head] if head > outlet + 1 or part[head].lower() in LANGUAGES else None}
