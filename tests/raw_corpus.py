"""A corpus of raw articles in many formats, a known part of them broken in many ways; each has its number in it."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from xml.sax.saxutils import escape

TOWNS = ("Gao", "Maiduguri", "Baidoa", "Beni", "Mocimboa", "Idlib", "Taiz", "Kandahar", "Marawi", "Tumaco")
DEEDS = ("Gunmen attacked a police post near {town} on Monday, killing {n} officers.",
         "Several hundred people marched through {town} on Tuesday to demand higher wages.",
         "Soldiers shelled a village outside {town} on Sunday and {n} houses burned.",
         "The army and rebels signed a truce in {town} on Friday, officials said.",
         "Police arrested {n} students in {town} on Wednesday after a rally.",
         "The market of {town} was busy all week, and prices of maize fell.")
REST = ("Witnesses spoke of smoke over the eastern quarter. A spokesman for the governor did not answer calls.\n"
        "Shops stayed closed until the evening, and the road to the border was open again by night.")

#: The numbers of the articles that cannot be read.
Broken = set[int]


def story(number: int) -> str:
    """The text of an article; it names its own number."""
    lead = DEEDS[number % len(DEEDS)].format(town=TOWNS[number % len(TOWNS)], n=2 + number % 11)
    return f"{lead} This is report no. {number}.\n{REST}"


def day(number: int) -> str:
    """The day of publication, of ten years."""
    return f"{2012 + number % 10}-{1 + number % 12:02}-{1 + number % 28:02}"


def make(folder: Path, size: int) -> Broken:
    """Write `size` articles into files of eight kinds, and say which cannot be read."""
    broken: Broken = set()
    numbers = iter(range(size))
    shares = {_lines: 0.3, _table: 0.25, _feeds: 0.15, _texts: 0.1, _lists: 0.1, _pages: 0.06, _news: 0.04}
    for write, share in shares.items():
        write(folder / write.__name__.strip("_"), list(islice(numbers, round(size * share))), broken)
    return broken


def _every(numbers: list[int], step: int, broken: Broken) -> Iterator[tuple[int, int]]:
    """(number, which way it is broken from 0, -1 for sound) of articles, one in `step` broken."""
    for at, number in enumerate(numbers):
        way = at // step if at % step == step - 1 else -1
        if way >= 0:
            broken.add(number)
        yield number, way


def _lines(folder: Path, numbers: list[int], broken: Broken) -> None:
    """JSON Lines of news-please, packed, in files of 200: cut lines, another encoding, no text, not an object."""
    folder.mkdir()
    made = []
    for number, way in _every(numbers, 23, broken):
        item = {"maintext": story(number), "date_publish": f"{day(number)} 06:00:00", "source_domain": "wire.example",
                "date_download": "2023-01-01 00:00:00", "url": f"https://wire.example/{number}"}
        line = json.dumps(item).encode()
        ways = (line[:len(line) // 2], line.replace(b"Witnesses", b"T\xe9moins"), json.dumps([item]).encode(),
                json.dumps({**item, "maintext": None}).encode())
        made.append(ways[way % 4] if way >= 0 else line)
    for first in range(0, len(made), 200):
        (folder / f"{first:05}.jsonl.gz").write_bytes(gzip.compress(b"\n".join(made[first:first + 200]) + b"\n"))


def _table(folder: Path, numbers: list[int], broken: Broken) -> None:
    """One CSV: marks left open, rows too short and too long, another encoding, no text."""
    folder.mkdir()
    lines = [b"Headline,Full Text,Date,Source\n"]
    for number, way in _every(numbers, 31, broken):
        out = io.StringIO()
        text = story(number) if way < 0 else story(number).replace("\n", " ")
        csv.writer(out, lineterminator="\n").writerow([f"Report {number}", text, day(number), "The Gazette"])
        row = out.getvalue().encode()
        ways = (f'Report {number},"{text},2015-01-01,X\n'.encode(), f"Report {number},short\n".encode(),
                row.rstrip(b"\n") + b",more,cells\n", row.replace(b"Witnesses", b"T\xe9moins"),
                f"Report {number},,2015-01-01,X\n".encode())
        lines.append(ways[way % 5] if way >= 0 else row)
    (folder / "gazette.csv").write_bytes(b"".join(lines))


def _feeds(folder: Path, numbers: list[int], broken: Broken) -> None:
    """RSS feeds of 25 items: items without text; the last feed breaks off within its last item."""
    folder.mkdir()
    made = [(number, way, f"<item><title>Report {number}</title><pubDate>{day(number)}</pubDate>"
             + (f"<description>{escape(story(number))}</description>" if way < 0 else "") + "</item>")
            for number, way in _every(numbers, 41, broken)]
    for first in range(0, len(made), 25):
        items = "".join(item for _, _, item in made[first:first + 25])
        feed = f"<rss><channel><title>Radio</title>{items}</channel></rss>"
        if first + 25 >= len(made):
            feed = feed[:feed.rindex("</item>") - 10]
            broken.add(made[-1][0])
        (folder / f"{first:05}.rss").write_text(feed, encoding="utf-8")


def _texts(folder: Path, numbers: list[int], broken: Broken) -> None:
    """A text file each: empty ones, other encodings, pictures, torn archives."""
    folder.mkdir()
    for number, way in _every(numbers, 17, broken):
        name, content = f"report-{number}.txt", story(number).encode()
        ways = ((name, b" \n"), (name, content.replace(b"Witnesses", b"T\xe9moins")), (f"report-{number}.jpg", b"\xff"),
                (f"{name}.gz", gzip.compress(content)[:-20]))
        name, content = ways[way % 4] if way >= 0 else (name, content)
        (folder / name).write_bytes(content)


def _lists(folder: Path, numbers: list[int], broken: Broken) -> None:
    """JSON lists of 50 in three layouts: strings left open, no text, numbers in the place of objects."""
    folder.mkdir()
    made = []
    for number, way in _every(numbers, 29, broken):
        items = ({"event_text": story(number), "pub_date": day(number), "id": f"n{number}"},
                 {"body": {"summary": [], "sections": [{"headline": [], "paragraphs": [story(number)]}]},
                  "publishing_date": day(number), "title": f"Report {number}"},
                 {"text": story(number), "publish_date": day(number), "meta_site_name": "Herald", "movies": []})
        item = json.dumps(items[number % 3])
        ways = (item.replace("\\n", "\n", 1), json.dumps({"title": f"Report {number}"}), str(number))
        made.append(ways[way % 3] if way >= 0 else item)
    for first in range(0, len(made), 50):
        (folder / f"{first:05}.json").write_text("[" + ",\n".join(made[first:first + 50]) + "]", encoding="utf-8")


def _pages(folder: Path, numbers: list[int], broken: Broken) -> None:
    """A web page each: pages without an article, empty files."""
    folder.mkdir()
    for number, way in _every(numbers, 19, broken):
        paragraphs = "".join(f"<p>{line}</p>" for line in (story(number) + "\n" + REST).split("\n"))
        page = (f'<html><head><title>Report {number}</title><meta property="article:published_time" content="'
                f'{day(number)}"/></head><body><article><h1>Report {number}</h1>{paragraphs}</article></body></html>')
        ways = ("<html><head><script>1</script></head><body></body></html>", "")
        (folder / f"page-{number}.html").write_text(ways[way % 2] if way >= 0 else page, encoding="utf-8")


def _news(folder: Path, numbers: list[int], broken: Broken) -> None:
    """NITF files: cut ones, ones that declare entities, ones without a paragraph."""
    folder.mkdir()
    for number, way in _every(numbers, 13, broken):
        paragraphs = "".join(f"<p>{line}</p>" for line in story(number).split("\n"))
        page = (f'<nitf><head><docdata><doc-id id-string="nitf-{number}"/><date.issue norm="{day(number)}"/></docdata>'
                f"</head><body><body.content>{paragraphs}</body.content></body></nitf>")
        ways = (page[:-30], '<!DOCTYPE nitf [<!ENTITY a "b">]>' + page,
                page.replace("<p>", "<q>").replace("</p>", "</q>"))
        (folder / f"report-{number}.xml").write_text(ways[way % 3] if way >= 0 else page, encoding="utf-8")
