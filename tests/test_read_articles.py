"""Articles from files of many kinds: what is read, what is told of it, and that nothing goes away unseen."""

from __future__ import annotations

import csv
import gzip
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import eventcode as ec
from eventcode.article import Article
from eventcode.dataset.articles.days import check, day
from eventcode.dataset.articles.layouts import LAYOUTS, pick
from eventcode.errors import InputError

DATA = Path(__file__).parent / "data" / "articles"
TODAY = date(2024, 6, 1)


def read(data: Any, **options: Any) -> ec.Articles:
    return ec.read_articles(data, today=TODAY, **options)


def only(name: str, **options: Any) -> Article:
    (article,) = read(DATA / name, **options).articles
    return article


def told(articles: ec.Articles) -> tuple[int, int, int]:
    return articles.report.found, articles.report.read, articles.report.failed


@pytest.mark.parametrize(("name", "layout", "expected"), [
    ("news-please.json", "news-please", Article(
        "Insurgents raided a village near Palma on Sunday.\nTwo fishermen were killed.", id="news-please-1",
        title="Two dead in raid near Palma", published=date(2021, 4, 19), outlet="diario.example",
        url="https://diario.example/cabo")),
    ("fundus.json", "fundus", Article(
        "Five people were hurt.\n\nHerders and farmers clashed in Benue State on Friday.\n\nSoldiers were sent.\n\n"
        "What comes next\n\nTalks are planned for Monday.", id="fundus-1", title="Herders and farmers clash in Benue",
        published=date(2023, 3, 11), outlet="The Lagos Ledger")),
    ("newspaper4k.json", "newspaper4k", Article(
        "The truce in Hodeidah held for a third day.", id="newspaper4k-1", title="Truce holds in Hodeidah",
        published=date(2019, 1, 14), outlet="The Courier", url="https://courier.example/a")),
    ("ngec.jsonl", "ngec", Article(
        "Police arrested a union leader in Dhaka.", id="20190801-0007", title="Union leader arrested",
        published=date(2019, 8, 2), outlet="Dhaka Daily")),
])
def test_objects_of_crawlers_are_read_by_their_layout(name: str, layout: str, expected: Article) -> None:
    articles = read(DATA / name)
    assert articles.articles == [expected]
    assert told(articles) == (1, 1, 0)
    assert articles.report.files[0].format.endswith(f"({layout})")


def test_an_object_without_text_is_rejected_with_its_line() -> None:
    articles = read(DATA / "trafilatura.jsonl")
    (article,) = articles.articles
    assert (article.outlet, article.url, article.published) == (
        "El Altiplano", "https://altiplano.example/mineros", date(2022, 9, 7))
    assert articles.rejects[["row", "reason"]].to_numpy().tolist()[0][0] == 2
    assert articles.rejects["reason"][0].startswith("no text in it (trafilatura)")
    assert "https://altiplano.example/leer" in articles.rejects["excerpt"][0]
    assert articles.report.files[0].fields["outlet"] == "source-hostname"


def test_every_layout_is_told_apart_from_the_others() -> None:
    for layout in LAYOUTS:
        item = dict.fromkeys([name for marks in layout.marks for name in marks[:1]], "x")
        assert pick(item, {}).layout == layout.name


def test_rows_of_a_table_cost_each_other_nothing() -> None:
    articles = read(DATA / "table.csv")
    assert [(article.id, article.published) for article in articles] == [
        ("F-1", date(2021, 6, 5)), ("F-2", date(2021, 6, 6)), ("F-4", date(2021, 6, 8))]
    assert articles.articles[0].text == 'Gunmen ambushed a convoy near Djibo.\n\nThe driver said: "We ran."'
    assert articles.articles[1].text == 'A 5" shell fell on Kaya.'
    assert articles.rejects["row"].tolist() == [6, 8, 9]
    assert articles.rejects["reason"].tolist()[:2] == ["not CSV: unexpected end of data", "2 cells, the header has 5"]
    assert told(articles) == (6, 3, 3)


def test_a_stray_mark_swallows_no_article_behind_it(tmp_path: Path) -> None:
    rows = [f'"Article {n} has marks ""within"" it\nand two lines",2020-01-{n:02}' for n in range(1, 10)]
    rows[4] = '"Article 5 never ends,2020-01-05'
    path = tmp_path / "a.csv"
    path.write_text("text,date\n" + "\n".join(rows) + "\n", encoding="utf-8")
    articles = read(path)
    assert [article.published.day for article in articles if article.published] == [1, 2, 3, 4, 6, 7, 8, 9]
    assert articles.rejects["excerpt"].tolist() == ['"Article 5 never ends,2020-01-05']


@settings(deadline=None, max_examples=80)
@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1).filter(str.strip),
                min_size=1, max_size=6))
def test_any_text_survives_a_table(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    path = tmp_path_factory.mktemp("table") / "articles.csv"
    frame = pd.DataFrame({"text": texts, "id": [f"n{i}" for i in range(len(texts))]})
    frame.to_csv(path, index=False, quoting=csv.QUOTE_ALL)
    wanted = [text for text in texts if text.strip().lower() not in ("none", "null", "nan", "nat", "n/a", "<na>")]
    assert [article.text for article in read(path)] == wanted


def test_a_frame_is_read_by_the_callers_columns() -> None:
    frame = pd.DataFrame({"body_en": ["Rebels shelled Taiz.", None], "when": ["03/02/2016", "04/02/2016"],
                          "paper": ["Sanaa News", "Sanaa News"]})
    articles = read(frame, columns={"text": "body_en", "published": "when", "outlet": "paper"}, date_format="%d/%m/%Y")
    assert articles.articles == [Article("Rebels shelled Taiz.", id="row-1", published=date(2016, 2, 3),
                                         outlet="Sanaa News")]
    assert articles.rejects["row"].tolist() == [2]


def test_a_dotted_column_leads_into_objects(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"content": {"en": "Shots in Juba."}, "meta": {"day": "2016-07-08"}}), encoding="utf-8")
    (article,) = read(path, columns={"text": "content.en", "published": "meta.day"})
    assert (article.text, article.published) == ("Shots in Juba.", date(2016, 7, 8))


def test_parquet_is_read_as_a_table(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    days = pd.to_datetime(["2016-07-08", "2016-07-09"])
    pd.DataFrame({"Text": ["Shots in Juba.", ""], "Date": days}).to_parquet(path)
    articles = read(path)
    assert [(article.id, article.published) for article in articles] == [("a-1", date(2016, 7, 8))]
    assert told(articles) == (2, 1, 1)


def test_a_folder_is_read_in_order_whatever_its_files_are(tmp_path: Path) -> None:
    (tmp_path / "2020" / "b").mkdir(parents=True)
    (tmp_path / "2020" / "b" / "story.txt").write_text("Shots in Juba.\r\n", encoding="utf-8")
    (tmp_path / "a.txt").write_bytes("Café burned.".encode("utf-16"))
    (tmp_path / "b.txt.gz").write_bytes(gzip.compress("\ufeffBéni fell.".encode()))
    (tmp_path / "c.txt").write_bytes(b"Caf\xe9 burned.")
    (tmp_path / "d.pdf").write_bytes(b"%PDF")
    (tmp_path / "e.txt").write_text(" \n", encoding="utf-8")
    (tmp_path / ".hidden.txt").write_text("Not for reading.", encoding="utf-8")
    articles = read(tmp_path)
    assert [(article.id, article.text) for article in articles] == [
        ("2020/b/story", "Shots in Juba.\r\n"), ("a", "Café burned."), ("b", "Béni fell.")]
    assert [Path(name).name for name in articles.rejects["file"]] == ["c.txt", "d.pdf", "e.txt"]
    assert articles.rejects["reason"].tolist() == [
        "not UTF-8 at byte 3: give encoding=, for example 'cp1252'", "unknown suffix .pdf: name the format", "empty"]
    assert told(articles) == (6, 3, 3)


def test_another_encoding_is_named_by_the_caller(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("Café à Béni".encode("cp1252"))
    (tmp_path / "b.csv").write_bytes("text,date\nCafé à Béni,2020-01-01\n".encode("cp1252"))
    (tmp_path / "c.jsonl").write_bytes('{"text": "Café à Béni"}\n'.encode("cp1252"))
    assert [article.text for article in read(tmp_path, encoding="cp1252")] == ["Café à Béni"] * 3


def test_a_line_of_another_encoding_costs_no_other(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b'{"text": "one"}\n{"text": "Caf\xe9"}\n\n{"text": \n["x"]\n{"text": "two"}')
    articles = read(tmp_path / "a.jsonl")
    assert [(article.id, article.text) for article in articles] == [("a-1", "one"), ("a-6", "two")]
    assert articles.rejects["row"].tolist() == [2, 4, 5]
    assert articles.rejects["reason"][0] == "not UTF-8 at byte 13 of the line"
    assert articles.rejects["reason"][2] == "expected an object, got list"


def test_utf_16_tables_and_lines_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes("text\tdate\n\"Béni\nfell\"\t2020-01-01\n".encode("utf-16"))
    (tmp_path / "b.jsonl").write_bytes('{"text": "one"}\n{"text": "Béni"}\n'.encode("utf-16"))
    assert [article.text for article in read(tmp_path)] == ["Béni\nfell", "one", "Béni"]


def test_a_broken_archive_keeps_what_came_before(tmp_path: Path) -> None:
    lines = "".join(json.dumps({"text": f"Article {n} {'é' * (n % 37)}"}) + "\n" for n in range(2000))
    packed = gzip.compress(lines.encode())
    (tmp_path / "a.jsonl.gz").write_bytes(packed[:len(packed) // 2])
    (tmp_path / "b.jsonl.gz").write_bytes(b"no gzip at all")
    articles = read(tmp_path)
    assert 0 < len(articles.articles) < 2000
    assert articles.articles[0].text == "Article 0 "
    assert [reason.partition(":")[0] for reason in articles.rejects["reason"]] == ["broken gzip", "broken gzip"]


def test_jsonl_under_the_name_of_json_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"text": "one"}\n{"text": "two"}\n{"text"\n', encoding="utf-8")
    articles = read(tmp_path / "a.json")
    assert [article.text for article in articles] == ["one", "two"]
    assert articles.rejects["row"].tolist() == [3]


def test_a_list_that_breaks_off_keeps_what_is_whole(tmp_path: Path) -> None:
    text = json.dumps([{"text": f"Article {n}, \"quoted\" [1]"} for n in range(5)], indent=1)
    (tmp_path / "a.json").write_text(text[:-20], encoding="utf-8")
    articles = read(tmp_path / "a.json")
    assert [article.id for article in articles] == ["a-1", "a-2", "a-3", "a-4"]
    assert told(articles) == (5, 4, 1)


def test_an_object_that_is_broken_costs_a_list_no_other(tmp_path: Path) -> None:
    texts = [json.dumps({"text": f"Article {n}", "images": [{"src": "x"}, {"src": "y"}]}) for n in range(5)]
    texts[2] = texts[2].replace('"Article 2"', '"Article 2')
    (tmp_path / "a.json").write_text("[" + ",\n".join(texts) + "]", encoding="utf-8")
    articles = read(tmp_path / "a.json")
    assert [article.id for article in articles] == ["a-1", "a-2", "a-4", "a-5"]
    assert articles.rejects["row"].tolist() == [3]
    assert "Article 2" in articles.rejects["excerpt"][0]


@pytest.mark.parametrize(("content", "reason"), [
    ("[", "not JSON"), ("3", "expected objects, got int"), ("[]", "no article in it"), ("", "empty"),
    ("[" * 100_000, "nested too deeply"),
])
def test_a_json_file_that_is_no_articles_is_one_reject(tmp_path: Path, content: str, reason: str) -> None:
    (tmp_path / "a.json").write_text(content, encoding="utf-8")
    articles = read(tmp_path / "a.json")
    assert told(articles) == (1, 0, 1)
    assert reason in articles.rejects["reason"][0]


@pytest.mark.parametrize("content", [
    {"articles": [{"content": "one", "source": {"id": None, "name": "BBC Local"}}]},
    [{"content": ["one"], "source": "BBC Local"}],
])
def test_lists_within_objects_and_named_outlets_are_found(tmp_path: Path, content: Any) -> None:
    (tmp_path / "a.json").write_text(json.dumps(content), encoding="utf-8")
    assert read(tmp_path / "a.json").articles == [Article("one", id="a-1", outlet="BBC Local")]


def test_a_web_page_gives_its_article_and_the_day_it_states() -> None:
    article = only("page.html")
    assert article.text.startswith("Two")
    assert "stay at home" in article.text
    assert "all rights reserved" not in article.text
    assert (article.published, article.outlet) == (date(2019, 10, 22), "Puerto Noticias")


def test_a_page_without_an_article_is_a_reject(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<html><body><script>1</script></body></html>", encoding="utf-8")
    assert read(tmp_path / "a.html").rejects["reason"].tolist() == ["no article found on the page"]


@pytest.mark.parametrize(("name", "module", "extra"), [
    ("page.html", "trafilatura", "html"), ("a.warc", "warcio.archiveiterator", "warc"),
    ("a.rtf", "striprtf.striprtf", "rtf"), ("a.parquet", "pyarrow.parquet", "parquet")])
def test_a_missing_package_is_named_with_its_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str,
                                                   module: str, extra: str) -> None:
    (tmp_path / name).write_bytes(b"<html><body><p>x</p></body></html>")
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(InputError, match=rf"needs {module.partition('.')[0]}: pip install 'eventcode\[{extra}\]'"):
        list(read(tmp_path / name))


@pytest.mark.parametrize(("raw", "crawled", "value", "flag"), [
    (None, None, None, "no-date"),
    ("yesterday", None, None, "date-unreadable"),
    ("03/04/2020", None, None, "date-unreadable"),
    ("0025-03-01", None, None, "date-before-1900"),
    ("1899-12-31", None, None, "date-before-1900"),
    ("1900-01-01", None, date(1900, 1, 1), ""),
    ("2024-06-02", None, date(2024, 6, 2), ""),
    ("2024-06-03", None, date(2024, 6, 3), "date-future"),
    ("2190-01-01", None, None, "date-future"),
    ("2024-05-04", "2024-05-02T10:00:00Z", date(2024, 5, 4), "date-future"),
    ("2024-05-02 08:00", "2024-05-02T10:00:00Z", date(2024, 5, 2), "date-is-crawl-day"),
    ("2024-05-01", "2024-05-02T10:00:00Z", date(2024, 5, 1), ""),
])
def test_days_are_checked(raw: Any, crawled: Any, value: date | None, flag: str) -> None:
    assert check(raw, crawled, TODAY) == (value, flag)


@pytest.mark.parametrize("raw", [
    "2018-08-02", "20180802", "20180802T101500Z", "2018-08-02T23:59:00-11:00", "Thu, 02 Aug 2018 10:00:00 GMT",
    "2 August 2018", 1533204000, 1533204000000, "1533204000", 20180802.0, pd.Timestamp("2018-08-02 10:00")])
def test_days_are_read_as_tools_write_them(raw: Any) -> None:
    assert day(raw) == date(2018, 8, 2)


def test_flags_name_the_article_and_what_it_means() -> None:
    frame = pd.DataFrame({"text": ["a", "b", "c"], "date": ["2030-01-01", None, "2020-01-01"], "id": ["x", "x", "y"]})
    articles = read(frame)
    assert articles.flags[["row", "article_id", "flag", "value"]].fillna("").to_numpy().tolist() == [
        [1, "x", "date-future", "2030-01-01"], [2, "x", "no-date", ""], [2, "x", "id-repeated", "x"]]
    assert dict(articles.report.flags) == {"date-future": 1, "no-date": 1, "id-repeated": 1}
    assert "another article has this id" in str(articles.report)


def test_the_account_is_the_same_whoever_asks_first() -> None:
    asked, streamed = read(DATA), read(DATA)
    count = sum(1 for _ in streamed)
    assert count == asked.report.read == len(asked.articles)
    assert streamed.report == asked.report
    assert streamed.rejects.equals(asked.rejects)
    assert str(asked.report).startswith(f"{asked.report.found} articles found in 12 files: ")
    assert asked.report._repr_html_().startswith("<pre>")


def test_tables_have_the_same_dtypes_without_rows(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x", encoding="utf-8")
    full, bare = read(DATA), read(pd.DataFrame({"text": ["a"], "date": ["2020-01-01"]}))
    assert len(bare.rejects) == len(bare.flags) == 0
    assert bare.rejects.dtypes.equals(full.rejects.dtypes)
    assert bare.flags.dtypes.equals(full.flags.dtypes)
    assert full.report.to_frame()["found"].sum() == full.report.found


@pytest.mark.parametrize(("arguments", "message"), [
    ({"data": "nowhere.csv"}, "there is no such file"),
    ({"data": "no/*.csv"}, "no file fits this pattern"),
    ({"data": DATA, "format": "pdf"}, "there is no format 'pdf' of articles; known are text, html, json"),
    ({"data": DATA, "columns": {"body": "x"}}, "an article has no body; it has text, id"),
    ({"data": DATA, "encoding": "klingon"}, "there is no encoding 'klingon'"),
    ({"data": 3}, "expected a path, a pattern, a folder or a data frame, got int"),
])
def test_wrong_arguments_are_named(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        ec.read_articles(**arguments)


def test_a_column_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no column lead; there is text"):
        list(read(pd.DataFrame({"text": ["a"]}), columns={"title": "lead"}))
    with pytest.raises(InputError, match="there is no column lead; there is Headline"):
        list(read(DATA / "table.csv", columns={"title": "lead"}))


def test_a_table_without_a_column_of_text_is_a_reject() -> None:
    articles = read(pd.DataFrame({"a": ["x"], "b": ["y"]}))
    assert articles.rejects["reason"].tolist() == ["no column of text: say columns={'text': ...}, one of a, b"]


def test_a_pattern_names_articles_from_where_it_begins(tmp_path: Path) -> None:
    for name in ("x/a/1.txt", "x/b/1.txt", "x/b/2.md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name, encoding="utf-8")
    assert [article.id for article in read(str(tmp_path / "x/*/1.txt"))] == ["a/1", "b/1"]
    assert [article.id for article in read([tmp_path / "x/b/1.txt", tmp_path / "x/a/1.txt"])] == ["1", "1"]


def test_languages_are_two_letters() -> None:
    frame = pd.DataFrame({"text": ["a"] * 4, "lang": ["en-GB", "English", "fra", "pt_BR"]})
    assert [article.language for article in read(frame)] == ["en", "en", "fr", "pt"]
