"""Exports of news services, feeds, news XML and web archives."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

import eventcode as ec
from eventcode.article import Article
from eventcode.dataset.articles.found import Unreadable
from eventcode.dataset.articles.xml import parse
from eventcode.errors import InputError

DATA = Path(__file__).parent / "data" / "articles"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

NEXIS = """User Name: A. Reader
Date and Time: Monday, 8 March 2021 10:00:00 GMT
Documents (2)
1. Gunmen seize bus in Niger
Client/Matter: -None-
Gunmen seize bus in Niger
Niamey Herald
March 3, 2021 Wednesday 10:15 AM GMT
Copyright 2021 Niamey Herald All Rights Reserved
Section: NEWS; Version:1
Length:\u00a041 words
Byline: Idrissa Oumarou
Body
Gunmen seized a bus near Tillaberi on Tuesday.
Body
They let the driver go.
Classification
Language: ENGLISH
Publication-Type: Newspaper
Load-Date: March 4, 2021
End of Document
A picture only
Niamey Herald
March 4, 2021 Thursday
Graphic
End of Document
Elders meet in Diffa
Niamey Herald
March 5, 2021
Length: 12 words
Body
Elders met in Diffa."""

FACTIVA = """News
Strikers close port of Durban
By Thandi Nkosi
1,204 words
3 August 2022
10:31
The Natal Star
NATSTA
English
Copyright 2022, The Natal Star.
Dock workers closed the port of Durban on Tuesday.
They want 10 percent.
2 words remain unread in this list.
Document NATSTA0020220803ei830001p
Talks resume
88 words
4 August 2022
The Natal Star
NATSTA
12
English
(c) 2022 The Natal Star
Talks resumed in Durban.
Document NATSTA0020220804ei840000q
Nobody knows
when
Document NATSTA0020220804ei840000r
Search Summary
Durban"""


def docx(path: Path, text: str) -> Path:
    """A Word document of these lines, one paragraph each, in two runs."""
    paragraphs = "".join('<w:p><w:pPr><w:pStyle w:val="Normal"/></w:pPr>'
                         f'<w:r><w:t xml:space="preserve">{escape(line[:3])}</w:t></w:r>'
                         f"<w:r><w:t>{escape(line[3:])}</w:t></w:r></w:p>" for line in text.split("\n"))
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("word/document.xml", f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{WORD}">'
                                             f"<w:body>{paragraphs}</w:body></w:document>")
    return path


def rtf(path: Path, text: str) -> Path:
    """An RTF document of these lines."""
    body = "\\par\n".join("".join(char if ord(char) < 128 else f"\\u{ord(char)}?" for char in line)
                          for line in text.split("\n"))
    path.write_text("{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0 Arial;}}\\f0 " + body + "}", encoding="ascii")
    return path


def html(path: Path, text: str) -> Path:
    """A web page of these lines."""
    path.write_text("<html><body>" + "".join(f"<p>{escape(line)}</p>" for line in text.split("\n")) + "</body></html>",
                    encoding="utf-8")
    return path


@pytest.mark.parametrize("make", [docx, rtf, html], ids=lambda make: str(make.__name__))
def test_nexis_uni_is_read_from_every_kind_of_document(tmp_path: Path, make: object) -> None:
    assert callable(make)
    articles = ec.read_articles(make(tmp_path / f"export.{make.__name__}", NEXIS))
    assert articles.articles == [Article(
        "Gunmen seized a bus near Tillaberi on Tuesday.\n\nBody\n\nThey let the driver go.", id="export-1",
        title="Gunmen seize bus in Niger", published=date(2021, 3, 3), outlet="Niamey Herald")]
    assert articles.rejects["row"].tolist() == [2, 3]
    assert articles.rejects["reason"].tolist() == ["no line 'Body' before its text",
                                                   "the article breaks off: no line 'End of Document'"]
    assert "nexis" in articles.report.files[0].format


@pytest.mark.parametrize("make", [docx, rtf], ids=lambda make: str(make.__name__))
def test_factiva_without_codes_is_read(tmp_path: Path, make: object) -> None:
    assert callable(make)
    articles = ec.read_articles(make(tmp_path / f"f.{make.__name__}", FACTIVA))
    first, second = articles.articles
    assert first == Article("Dock workers closed the port of Durban on Tuesday.\n\nThey want 10 percent.\n\n"
                            "2 words remain unread in this list.", id="NATSTA0020220803ei830001p",
                            title="Strikers close port of Durban", published=date(2022, 8, 3), outlet="The Natal Star")
    assert (second.title, second.text, second.published) == ("Talks resume", "Talks resumed in Durban.",
                                                             date(2022, 8, 4))
    assert articles.rejects["reason"].tolist() == ["no line says how many words it has"]


def test_factiva_with_codes_is_read_and_its_body_is_left_alone() -> None:
    articles = ec.read_articles(DATA / "factiva-codes.html")
    assert articles.articles == [Article(
        "Soldiers retook a town in Shan State on Thursday.\n\nFighters withdrew to the hills.\n\n"
        "IN the town, shops stayed shut.", id="YANPOS0020210304eh340001x", title="Army retakes town in Shan State",
        published=date(2021, 3, 4), outlet="The Yangon Post")]
    assert articles.rejects["reason"].tolist() == ["no text in it"]


def test_an_export_as_plain_text_is_read_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "f.txt").write_text(FACTIVA, encoding="utf-8")
    assert ec.read_articles(tmp_path / "f.txt", format="factiva").report.read == 2


@pytest.mark.parametrize(("name", "content", "reason"), [
    ("a.docx", b"PK nothing", "not a Word document"), ("a.docx", b"", "empty"),
    ("a.rtf", b"{\\rtf1 A letter.}", "neither an export of Nexis Uni nor of Factiva"),
])
def test_documents_that_are_no_exports_are_rejects(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    (tmp_path / name).write_bytes(content)
    articles = ec.read_articles(tmp_path / name)
    assert (articles.report.found, articles.report.failed) == (1, 1)
    assert articles.rejects["reason"][0].startswith(reason)


def test_a_word_document_without_its_text_is_a_reject(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as made:
        made.writestr("other.xml", "<x/>")
    (tmp_path / "a.docx").write_bytes(packed.getvalue())
    assert ec.read_articles(tmp_path / "a.docx").rejects["reason"][0].startswith("not a Word document")


def test_a_feed_is_read_and_summaries_are_told() -> None:
    articles = ec.read_articles(DATA / "feed.rss")
    assert articles.articles == [
        Article("Shells fell on Sake on Wednesday.\n\nThree people were wounded & a school burned.", id="kivu-1",
                title="Shelling in Sake & Mushaki", published=date(2024, 2, 7), outlet="Radio Kivu",
                url="https://kivu.example/1"),
        Article("The market of Goma reopened.", id="feed-2", title="Market reopens", published=date(2024, 2, 8),
                outlet="Radio Kivu", url="https://kivu.example/2")]
    assert articles.flags[["article_id", "flag"]].to_numpy().tolist() == [["feed-2", "summary-only"]]
    assert articles.rejects["row"].tolist() == [3]


def test_a_feed_that_breaks_off_keeps_what_is_whole(tmp_path: Path) -> None:
    whole = (DATA / "feed.rss").read_bytes()
    (tmp_path / "feed.rss").write_bytes(whole[:whole.index(b"reopened")])
    articles = ec.read_articles(tmp_path / "feed.rss")
    assert [article.id for article in articles] == ["kivu-1"]
    assert articles.report.failed == 1
    assert articles.rejects["reason"][0].startswith("not XML: ")


def test_an_atom_feed_is_read() -> None:
    (article,) = ec.read_articles(DATA / "feed.atom").articles
    assert article == Article("Thousands rallied in Tbilisi.\n\nPolice used water cannon.",
                              id="tag:wire.example,2024:9", title="Crowds outside parliament",
                              published=date(2024, 5, 14), outlet="Tbilisi Wire",
                              url="https://wire.example/9")


def test_newsml_is_read_item_by_item() -> None:
    articles = ec.read_articles(DATA / "newsml.xml")
    first, second = articles.articles
    assert first == Article("Dock workers protested in Beirut on Tuesday.\n\nThey demanded unpaid wages.",
                            id="urn:newsml:agency.example:20200804:BEY1", title="Protest at the port of Beirut",
                            published=date(2020, 8, 4), outlet="Levant News Agency")
    assert (second.text, second.outlet, second.published) == ("The port stayed closed.\n\nShips waited outside.", "LNA",
                                                              date(2020, 8, 4))
    assert articles.rejects["row"].tolist() == [2]


def test_nitf_gives_the_full_text_once_with_the_letters_of_its_dtd() -> None:
    (article,) = ec.read_articles(DATA / "nitf.xml").articles
    assert article == Article("Rebels left Bouaké on Friday.\n\nPeacekeepers moved in.", id="1815754",
                              title="Rebels Quit Bouaké", published=date(2005, 6, 11), outlet="The Abidjan Observer",
                              url="https://observer.example/1815754")


BOMB = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><rss><channel><item>&b;</item></channel></rss>'


@pytest.mark.parametrize(("content", "reason"), [
    (BOMB, "declares entities of its own"),
    (b'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/hostname">]><rss>&f;</rss>', "declares entities of its own"),
    (b'<!DOCTYPE x [<!ENTITY % p SYSTEM "file:///etc/hostname"> %p;]><rss/>', "declares entities of its own"),
    (b"<rss><channel>", "not XML"),
    (b"<html><p>x</p></html>", "XML of an unknown kind: its root is html"),
    (b"<a>" * 300 + b"</a>" * 300, "nested more than 200 deep"),
    (b'<?xml version="1.0" encoding="klingon"?><rss/>', "not XML"),
    (b'<!DOCTYPE rss SYSTEM "x.dtd"><rss>&nosuch;</rss>', "unknown entity &nosuch;"),
    (b"<nitf><body><body.content/></body></nitf>", "no text in it"),
    (b"<rss><channel/></rss>", "no article in it"),
])
def test_xml_that_is_broken_or_hostile_is_a_reject(tmp_path: Path, content: bytes, reason: str) -> None:
    (tmp_path / "a.xml").write_bytes(content)
    articles = ec.read_articles(tmp_path / "a.xml")
    assert articles.articles == []
    assert reason in articles.rejects["reason"][0]


def test_xml_in_another_encoding_is_read() -> None:
    assert parse('<?xml version="1.0" encoding="windows-1252"?><p>Bouaké</p>'.encode("cp1252")).text == "Bouaké"
    with pytest.raises(Unreadable):
        parse("<p>Bouaké</p>".encode("cp1252"))


def warc(path: Path, *records: tuple[str, str, str, bytes]) -> Path:
    """A WARC file of these responses, written with warcio, each after its request."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    with path.open("wb") as out:
        writer = WARCWriter(out, gzip=path.suffix == ".gz")
        for url, status, kind, body in records:
            sent = StatusAndHeaders("GET / HTTP/1.1", [("Host", "puerto.example")], is_http_request=True)
            writer.write_record(writer.create_warc_record(url, "request", http_headers=sent))
            answer = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
            writer.write_record(writer.create_warc_record(
                url, "response", payload=io.BytesIO(body), http_headers=answer,
                warc_headers_dict={"WARC-Date": "2019-10-22T15:00:00Z"}))
    return path


@pytest.mark.parametrize("name", ["crawl.warc", "crawl.warc.gz"])
def test_web_archives_give_their_pages(tmp_path: Path, name: str) -> None:
    page = (DATA / "page.html").read_bytes()
    path = warc(tmp_path / name, ("https://puerto.example/1", "200 OK", "text/html; charset=utf-8", page),
                ("https://puerto.example/p.jpg", "200 OK", "image/jpeg", b"\xff\xd8"),
                ("https://puerto.example/2", "404 Not Found", "text/html", b"<p>gone</p>"),
                ("https://puerto.example/3", "200 OK", "text/html", b"<html></html>"))
    articles = ec.read_articles(path)
    (article,) = articles.articles
    assert (article.id, article.url, article.published) == ("crawl-2", "https://puerto.example/1", date(2019, 10, 22))
    assert articles.flags["flag"].tolist() == ["date-is-crawl-day"]
    assert articles.rejects["row"].tolist() == [6, 8]
    assert articles.rejects["reason"].tolist() == ["HTTP status 404: https://puerto.example/2",
                                                   "no article found on the page: https://puerto.example/3"]


def test_a_torn_web_archive_keeps_what_came_before(tmp_path: Path) -> None:
    page = (DATA / "page.html").read_bytes()
    path = warc(tmp_path / "crawl.warc.gz", ("https://puerto.example/1", "200 OK", "text/html", page),
                ("https://puerto.example/2", "200 OK", "text/html", page * 50))
    path.write_bytes(path.read_bytes()[:-200])
    articles = ec.read_articles(path)
    assert articles.report.found == articles.report.read + articles.report.failed >= 2
    (tmp_path / "no.warc").write_bytes(b"this is no archive\n")
    assert ec.read_articles(tmp_path / "no.warc").report.failed == 1


def test_an_unknown_kind_of_file_can_be_named(tmp_path: Path) -> None:
    (tmp_path / "feed.php").write_bytes((DATA / "feed.rss").read_bytes())
    assert ec.read_articles(tmp_path / "feed.php", format="rss").report.read == 2
    with pytest.raises(InputError, match="no format 'rsss'"):
        ec.read_articles(tmp_path / "feed.php", format="rsss")
