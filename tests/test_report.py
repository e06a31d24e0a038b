"""The report page: whole, honest, safe from what articles hold, and to be used without a mouse or a network."""

from __future__ import annotations

import json
import re
import subprocess
from collections import Counter
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType, SimpleNamespace
from typing import Any

import pytest
from browser import CHROMIUM, Browser
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

import eventcode as ec
from eventcode.cli import app
from eventcode.markup import safe
from eventcode.records import Alternative
from eventcode.report.days import days_html
from eventcode.report.facts import facts, kind_of
from eventcode.report.land import map_html
from eventcode.report.lists import by_actor, by_place, by_type
from eventcode.report.matter import Facts, Item, Line, Span, Story
from eventcode.report.spans import LANES, LONG, cuts, lanes, text_html

HOSTILE = ("Gunmen killed four farmers in Gao on Monday. <script>window.hacked = 1</script>"
           '<img src="https://x.invalid/a" '
           "onerror=\"window.hacked = 2\"></div></script><!-- =HYPERLINK(\"https://x.invalid\") @SUM(A1) ]]> &lt;b&gt; "
           "\u0645\u0631\u062d\u0628\u0627 \u05e9\u05dc\u05d5\u05dd $data ${title} {x} \u2028 '\" end")
TEXTS = {
    "blast": "A car bomb exploded in Baidoa on Tuesday, killing 12 people and wounding at least 30. Al-Shabaab "
             "claimed it.",
    "march": "Several hundred teachers marched through Nairobi on Thursday to demand higher pay.",
    "<b>hostile</b>": HOSTILE,
    "formula": "=Soldiers shot dead 5 rebels\r\nnear Beni on Monday, \tofficials\x0b said.\r\n\r\n'+@Police arrested a "
               "\"student\" in Taiz on Sunday.",
    "quiet": "The market was busy all week, and the price of maize fell.",
    "repeated": "Rebels shelled Kandahar on Sunday, killing two soldiers. Residents fled to the hills.",
}


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> ec.Run:
    """A run of these articles, one that cannot be read, and two that have the same id."""
    home = tmp_path_factory.mktemp("report")
    rows = [{"id": name, "text": text, "title": f"{name} & more", "published": "2023-05-12",
             "url": "javascript:window.hacked=3"} for name, text in TEXTS.items()]
    rows.append({**rows[-1], "text": "Protesters burned tyres in Lima on Tuesday."})
    lines = [*map(json.dumps, rows), '{"id": "broken", <i>']
    (home / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return ec.code_corpus(home / "a.jsonl", "acled", home / "run", part_size=3)


@pytest.fixture(scope="module")
def page(run: ec.Run) -> Page:
    return Page(ec.render(run).html)


class Page(HTMLParser):
    """A page as a reader of HTML sees it: elements with their attributes, and the text within some of them."""

    VOID = frozenset({"meta", "br", "input", "link", "img"})
    #: Elements that end where the next of these begins, or what they are in ends.
    OPEN = MappingProxyType({"th": {"th", "td", "tr", "tbody"}, "td": {"th", "td", "tr", "tbody"},
                             "tr": {"tr", "tbody"}, "thead": {"tbody"}, "li": {"li"}, "p": {"ul", "details"}})

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.html, self.elements, self._stack = html, list[SimpleNamespace](), list[SimpleNamespace]()
        self.feed(html)
        self.close()
        assert self._stack == [], "something is not closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        while self._stack and tag in self.OPEN.get(self._stack[-1].tag, ()):
            self._stack.pop()
        made = SimpleNamespace(tag=tag, text="", parents=tuple(self._stack), at=dict(attrs))
        self.elements.append(made)
        if tag not in self.VOID:
            self._stack.append(made)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(SimpleNamespace(tag=tag, text="", parents=tuple(self._stack), at=dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        while self._stack[-1].tag != tag and self._stack[-1].tag in (*self.OPEN, "tbody"):
            self._stack.pop()
        assert self._stack[-1].tag == tag, f"</{tag}> within {self._stack[-1].tag}"
        self._stack.pop()

    def handle_data(self, data: str) -> None:
        for element in self._stack:
            element.text += data

    def all(self, tag: str | None = None, **wanted: str) -> list[SimpleNamespace]:
        """Elements of this tag whose attributes have these words (`class_` for class)."""
        return [one for one in self.elements if (tag is None or one.tag == tag) and all(
            word in (one.at.get(name.rstrip("_")) or "").split() for name, word in wanted.items())]

    def within(self, outer: SimpleNamespace, tag: str, **wanted: str) -> list[SimpleNamespace]:
        return [one for one in self.all(tag, **wanted) if outer in one.parents]


def item(number: int, **told: Any) -> Item:
    return Item(number, (), Facts(**told))


def test_every_article_and_record_is_there_with_its_evidence(run: ec.Run, page: Page) -> None:
    articles = list(run.articles())
    stories = page.all("article")
    assert len(stories) == len(articles) == len(TEXTS) + 1
    assert len(page.all("section", class_="record")) == len(run.records) >= 5
    places = {one.at["id"]: one for one in page.all("mark") + page.all("u") if "id" in one.at}
    evident = 0
    for story, article in zip(stories, articles, strict=True):
        shown = page.within(story, "div", class_="body")[0].text
        assert shown == article.text.replace("\r\n", "\n").replace("\x0b", "\u240b")
        for link in page.within(story, "a"):
            if (target := places.get(link.at["href"][1:])) is not None:
                assert story in target.parents
                words, there = (" ".join(one.text.split())[:10] for one in (link, target))
                assert words.startswith(there) or there.startswith(words)
                evident += 1
    assert evident > 25
    fields = Counter(one.text.partition(" ")[0] for one in page.all("b"))
    assert fields["event_type"] == fields["actor1"] == len(run.records)


def test_a_record_tells_its_rule_and_the_codebook(run: ec.Run, page: Page) -> None:
    rules = ec.load("acled").ontology.rules
    used = {rule for told in run.evidence["rules"] for rule in str(told).split("; ") if rule in {r.id for r in rules}}
    told = {row.text for row in page.all("code")}
    assert used
    assert used <= told
    for record in page.all("section", class_="record"):
        why = page.within(record, "ul", class_="why")[0].text
        assert any(rules[name].title in why and rules[name].codebook in why for name in used)


def test_articles_of_one_id_keep_their_own_records(page: Page) -> None:
    twice = [story for story in page.all("article") if "repeated & more" in story.text]
    assert [len(page.within(story, "section", class_="record")) for story in twice] == [1, 1]
    assert "Kandahar, Afghanistan" in page.within(twice[0], "p", class_="sum")[0].text
    assert "Lima, Peru" in page.within(twice[1], "p", class_="sum")[0].text


def test_a_hostile_article_is_text(page: Page) -> None:
    assert len(page.all("script")) == 2
    assert page.all("img") == page.all("a", href="javascript:window.hacked=3") == []
    assert not [name for one in page.elements for name in one.at if name.startswith("on")]
    assert "<b>hostile</b> & more" in [one.text for one in page.all("h3")]
    assert any(one.text == HOSTILE for one in page.all("div", class_="body"))
    policy = next(one.at["content"] for one in page.all("meta") if "http-equiv" in one.at)
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    data = page.all("script", id="data")[0].text
    assert not re.search(r"[<>&\u2028\u2029]", data)
    assert len(json.loads(data)["rows"]) == len(page.all("section", class_="record"))


def test_nothing_leads_out_of_the_page(page: Page) -> None:
    ids = [one.at["id"] for one in page.elements if "id" in one.at]
    assert [name for name, times in Counter(ids).items() if times > 1] == []
    assert {one.at["href"][1:] for one in page.all("a")} <= set(ids)
    assert all(one.at["href"].startswith("#") for one in page.all("a"))
    assert not [one for one in page.elements if "src" in one.at or "srcset" in one.at or one.tag in ("link", "object")]
    assert "url(" not in "".join(one.text for one in page.all("style"))


@pytest.mark.parametrize("filling", ["x", "<i>", "\u0645 "])
def test_a_line_of_a_million_characters_is_shown_in_excerpts(filling: str) -> None:
    last = "Police arrested 40 students in Taiz on Wednesday."
    text = "Soldiers waited." + filling * (1_000_000 // len(filling)) + " " + last
    coder, where = ec.load("acled"), len(text) - len(last)
    events = [event.model_validate(_moved(event.model_dump(), where))
              for event in coder.events(last, published="2023-05-12")]
    article = ec.Article(text, id="long", published="2023-05-12")
    page = Page(ec.render(coder.code_events(events, article), articles=[article]).html)
    body = page.all("div", class_="body")[0]
    gaps = [one.text for one in page.within(body, "span", class_="gap")]
    shown = re.sub(r"\[[\d,]+ characters are left out here\]", "", body.text)
    assert len(shown) + sum(int(re.sub(r"\D", "", gap)) for gap in gaps) == len(text)
    assert shown.startswith(text[:2000])
    assert shown.endswith(last)
    assert "arrested" in [one.text for one in page.within(body, "mark")]
    assert len(page.html) < 150_000


def _moved(told: Any, by: int) -> Any:
    """Fields of an event with all offsets so much greater."""
    if isinstance(told, dict):
        return {name: value + by if name in ("start", "end") and isinstance(value, int) else _moved(value, by)
                for name, value in told.items()}
    return tuple(_moved(part, by) for part in told) if isinstance(told, tuple) else told


def test_a_reader_of_screens_finds_its_way(page: Page) -> None:
    assert page.all("html")[0].at["lang"] == "en"
    assert all(len(page.all(tag)) == 1 for tag in ("main", "nav", "h1", "form"))
    levels = [int(one.tag[1]) for one in page.elements if re.fullmatch("h[1-6]", one.tag)]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    ids = {one.at.get("id") for one in page.elements}
    assert all(one.at["aria-labelledby"] in ids for one in page.elements if "aria-labelledby" in one.at)
    for one in page.all("section"):
        assert "aria-labelledby" in one.at
    for one in page.all("input") + page.all("select"):
        assert any(parent.tag == "label" for parent in one.parents)
    for one in page.all("table"):
        assert page.within(one, "th"), "a table without headers"
    for one in page.all("svg"):
        assert one.at.get("aria-hidden") == "true" or (one.at["role"] == "img" and one.at["aria-label"])
    assert page.all("p", role="status")
    assert page.all("a", class_="skip")[0].at["href"] == "#articles"
    assert any(one.at.get("name") == "viewport" for one in page.all("meta"))


def test_what_was_not_read_is_told(run: ec.Run, page: Page) -> None:
    quality = page.all("section", id="quality")[0].text
    assert str(run.rejects["reason"].iloc[0]) in quality
    assert "id-repeated" in quality
    versions = page.all("section", id="versions")[0].text
    assert all(version in versions for version in run.about["versions"].values())
    assert "a.jsonl" in versions
    assert str(run.folder.parent) not in page.html, "the page may be handed on: it tells nothing of the machine"


def test_tables_count_every_record(page: Page, run: ec.Run) -> None:
    tables = page.all("section", id="tables")[0]
    kinds, _, places = page.within(tables, "table")
    for one in (kinds, places):
        assert sum(int(cell.text) for cell in page.within(one, "td", class_="n")) == len(run.records)
        assert sum(int(cell.text) for cell in page.within(one, "td", class_="k")) == run.records["fatalities"].sum()


def test_a_page_of_too_many_articles_shows_those_with_records(run: ec.Run) -> None:
    made = Page(ec.render(run, limit=2, title="Few <of> many").html)
    assert [len(made.within(one, "section", class_="record")) > 0 for one in made.all("article")] == [True, True]
    assert "2 of 7 articles are shown" in made.html
    assert len(json.loads(made.all("script", id="data")[0].text)["rows"]) == len(run.records)
    assert made.all("h1")[0].text == "Few <of> many"


@pytest.mark.parametrize("ontology", ["acled", "cameo", "plover", "ucdp-ged"])
def test_traces_show_what_was_not_coded(ontology: str) -> None:
    coder = ec.load(ontology)
    trace = coder.trace(TEXTS["blast"] + " The army will attack Kismayo.", id="a", published="2023-05-12")
    made = Page(ec.render([trace]).html)
    assert len(made.all("section", class_="record")) == len(trace.records)
    assert len(made.all("mark", class_="p0")) >= 1
    assert trace.rejections
    assert all(found.reason in made.html or safe(found.reason) in made.html for found in trace.rejections)
    assert set(trace.records[0].meta.versions.values() if trace.records else ()) <= {
        one.text for one in made.within(made.all("section", id="versions")[0], "td")}
    assert ec.render(trace).html == made.html


def test_records_stand_with_their_articles_or_alone() -> None:
    article = ec.Article(TEXTS["blast"], id="a", published="2023-05-12")
    records = ec.load("acled").code(article)
    alone, beside = Page(ec.render(records).html), Page(ec.render([records], articles=[article]).html)
    assert "The article is not here" in alone.all("article")[0].text
    assert beside.all("div", class_="body")[0].text == article.text
    words = [one.text for one in beside.all("a") if one.at["href"].startswith("#a1-")]
    assert [one.text for one in alone.all("q")] == words != []
    assert ec.render(records, articles={"a": article}).html == beside.html
    assert Page(ec.render(records[0]).html).all("section", class_="record")
    assert Page(ec.render([]).html).all("article") == []
    with pytest.raises(ec.InputError, match="not the text"):
        ec.render(records, articles=[ec.Article("Another text.", id="a")])


def test_what_lost_is_told_beside_the_record() -> None:
    record = ec.load("acled").code(TEXTS["blast"], published="2023-05-12")[0]
    lost = {"event_type": (Alternative(value="Battles <x>", rule="acled/battles/armed-clash", reason="was beaten"),)}
    page = Page(ec.render(record.model_copy(update={"alternatives": lost})).html)
    assert [one.text for one in page.all("li", class_="lost")] == [
        "not Battles <x>: was beaten (acled/battles/armed-clash)"]
    assert "not Battles &lt;x&gt;: was beaten" in record.model_copy(update={"alternatives": lost})._repr_html_()


def test_three_hundred_articles_make_a_small_page_that_opens_at_once(tmp_path: Path) -> None:
    more = ["Gunmen killed four farmers in Gao on Wednesday.", "Police arrested 40 students in Taiz on Sunday."]
    text = " ".join([TEXTS["blast"], TEXTS["march"], TEXTS["repeated"], *more, *[TEXTS["quiet"]] * 5])
    made = ec.load("acled").code(ec.Article(text, published="2023-05-12"))
    assert len(made) == 5
    articles = [ec.Article(text, id=str(n), published="2023-05-12") for n in range(300)]
    records = [record.model_copy(update={"meta": record.meta.model_copy(update={"article_id": article.id})})
               for article in articles for record in made]
    saved = ec.render(records, articles=articles).save(tmp_path / "large.html")
    assert saved.stat().st_size < 4_200_000
    if CHROMIUM is not None:
        with Browser() as browser:
            assert min(browser.open(saved) for _ in range(3)) < 2
            assert browser.run(VISIBLE) == 1500


def test_what_cannot_be_rendered_is_told(run: ec.Run, tmp_path: Path) -> None:
    with pytest.raises(ec.InputError, match="takes a run"):
        ec.render(3)  # type: ignore[arg-type]
    with pytest.raises(ec.InputError, match="have their own"):
        ec.render(run, articles=[])
    with pytest.raises(ec.InputError, match="no run here"):
        ec.render(tmp_path)
    with pytest.raises(ec.InputError, match="expected records"):
        ec.render(["words"])
    with pytest.raises(ec.InputError, match="there is no folder"):
        ec.render([]).save(tmp_path / "no" / "such" / "folder.html")


def test_a_run_of_a_folder_of_rules(tmp_path: Path) -> None:
    rules = Path(__file__).parent.parent / "examples" / "incident_log"
    made = ec.code_corpus(_corpus(tmp_path, "A bomb exploded near a school in Quetta on Monday.", "Nothing happened."),
                          rules, tmp_path / "run")
    page = Page(ec.render(made).html)
    assert len(page.all("section", class_="record")) == len(made.records) == 1
    assert page.all("ul", class_="why")
    assert page.all("circle", class_="untold"), "the records of a folder do not tell how exact a place is"


def test_a_run_without_records(tmp_path: Path) -> None:
    made = ec.code_corpus(_corpus(tmp_path, "Nothing happened."), "ucdp-ged", tmp_path / "run")
    page = Page(ec.render(tmp_path / "run").html)
    assert len(page.all("article")) == 1
    assert "No record has a place" in page.html
    assert "No record has a day" in page.html
    assert made.counts["records"] == 0


def _corpus(folder: Path, *texts: str) -> Path:
    rows = [{"id": str(n), "text": text, "published": "2023-05-12"} for n, text in enumerate(texts)]
    (folder / "a.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return folder / "a.jsonl"


SPANS = st.builds(lambda a, n, kind: Span(a, a + n, kind), st.integers(0, 40), st.integers(1, 12),
                  st.sampled_from(("actor", "action", "place", "date", "count", "text")))


@given(st.lists(SPANS, max_size=12))
def test_spans_that_overlap_lie_on_lanes_of_their_own(spans: list[Span]) -> None:
    text = "abcdefghij" * 6
    marked = lanes(dict.fromkeys(spans, (1,)))
    pieces = cuts(marked, 0, len(text))
    assert "".join(text[cut.start:cut.end] for cut in pieces) == text
    for cut in pieces:
        held = {mark.span for mark in cut.marks}
        assert held == {span for span in spans if span.start < cut.end and span.end > cut.start}
        taken = Counter(mark.lane for mark in cut.marks if mark.lane is not None)
        if sum(taken.values()) <= 1 or len({s for s in spans if s.kind != "text"}) <= LANES:
            assert set(taken.values()) <= {1}


def test_text_of_any_characters_stands_in_the_page() -> None:
    text = "a\x00b\ud800c\u202ed\r\ne\x85 <f>"
    line = Line("x", "v", "actor", 2, 4, text[2:4], ("r",))
    html = text_html(Story("1", ec.Article("x").model_copy(update={"text": text}), (Item(1, (line,), Facts()),)), "a1")
    html.encode("utf-8")
    assert Page(f"<p>{html}</p>").all("p")[0].text == "a\u2400b\ufffdc\ufffdd\ne\ufffd <f>"
    record = ec.load("cameo").code("Rebels attacked\ud800 the town of Gao on Monday.", published="2023-05-12")
    assert Page(ec.render(record).html).all("section", class_="record")


def test_long_texts_are_cut_only_beyond_a_length() -> None:
    story = Story("1", ec.Article("y" * LONG))
    assert text_html(story, "a1") == "y" * LONG
    assert "characters are left out" in text_html(Story("1", ec.Article("y" * (LONG + 1))), "a1")


def test_the_map_is_honest_about_precision() -> None:
    told = [item(1, place="Gao", country="Mali", latitude=16.27, longitude=-0.04, precision="exact", deaths=40),
            item(2, place="Gao", country="Mali", latitude=16.27, longitude=-0.04, precision="near", deaths=0),
            item(3, place="Mopti", country="Mali", latitude=14.5, longitude=-4.2, precision="area", deaths=3),
            item(4, place="Mali", country="Mali", latitude=17.0, longitude=-4.0, precision="country"),
            item(5, country="Niger"), item(6), item(7, place="Kidal", country="MLI", latitude=18.4, longitude=1.4)]
    page = Page(map_html(told))
    marks = {one.at["data-r"]: one for one in page.elements if "data-r" in one.at}
    assert {numbers: one.at["class"].split()[1] for numbers, one in marks.items()} == {
        "1": "exact", "2": "near", "3": "area", "4": "country", "5": "country", "7": "untold"}
    assert {one.tag for numbers, one in marks.items() if numbers in "45"} == {"path"}
    assert float(marks["1"].at["r"]) > float(marks["2"].at["r"])
    assert "40 killed" in marks["1"].text
    assert map_html([item(1)]) == '<p class="none">No record has a place that is known.</p>'


@pytest.mark.parametrize(("last", "period"), [("2020-02-20", "day"), ("2020-12-30", "week"), ("2023-05-05", "month"),
                                              ("2060-01-01", "year")])
def test_the_time_line_takes_a_period_that_fits(last: str, period: str) -> None:
    page = Page(days_html([item(1, day="2020-01-31"), item(2, day="2020-01-31"), item(3, day=last), item(4)]))
    bars = page.all("rect")
    assert [one.at["data-r"] for one in bars] == ["1 2", "3"]
    assert float(bars[0].at["height"]) == pytest.approx(2 * float(bars[1].at["height"]), abs=0.2)
    assert page.all("th")[0].text == period
    assert sum(int(one.text) for one in page.all("td")[::2]) == 3


def test_tables_by_type_actor_and_place() -> None:
    told = [item(1, type="A", sources=("x",), targets=("y",), deaths=2), item(2, type="A", sources=("y",), deaths=1),
            item(3, type="B", place="Gao", country="Mali", latitude=1.0, longitude=1.0, precision="near")]
    rows = [[cell.text for cell in Page(f"<table>{row}</table>").elements if cell.tag in ("th", "td")]
            for row in re.findall(r"<tr data-r.*?</tr>", by_type(told) + by_actor(told) + by_place(told))]
    assert rows == [["A", "", "2", "3"], ["B", "", "1", "0"], ["y", "1", "1", "2", "3"], ["x", "1", "0", "1", "2"],
                    ["(none)", "", "", "the records do not say how exactly", "2", "3"],
                    ["Gao", "", "Mali", "near the place", "1", "0"]]


def test_fields_of_codebooks_become_facts() -> None:
    ged = facts("ucdp-ged", {"type_of_violence": "1", "side_a": "Government of Mali", "where_prec": "6", "best": "4",
                             "latitude": "0", "longitude": "0", "date_start": "2020-01-05"})
    assert (ged.type, ged.precision, ged.deaths) == ("1 State-based conflict", "country", 4)
    assert (ged.latitude, ged.longitude, ged.day) == (None, None, "2020-01-05")
    plover = facts("plover", {"event": ["ASSAULT"], "actor": [{"code": "MLI", "sector": "MIL"}, {"entity_text": "men"}],
                              "event_loc": {"resolved_place": "Gao", "lat": 16.2, "lon": -0.1, "resolution": 2}})
    assert (plover.type, plover.sources, plover.place, plover.precision) == (
        "ASSAULT", ("MLIMIL", "men"), "Gao", "area")
    assert facts("mine", {"kind": "raid", "date": date(2020, 1, 5)}, ("kind",)).type == "raid"
    assert [kind_of("acled", name) for name in ("actor1", "event_date", "fatalities", "location", "notes")] == [
        "actor", "date", "count", "place", "text"]
    assert [kind_of("plover", name) for name in ("actor", "event_loc", "comment", "text_info")] == [
        "actor", "place", "count", "text"]


def test_the_command_writes_the_page(run: ec.Run, tmp_path: Path) -> None:
    target = tmp_path / "r.html"
    done = CliRunner().invoke(app, ["report", str(run.folder), "-o", str(target), "--title", "Ours"])
    assert (done.exit_code, done.stdout.strip()) == (0, str(target))
    assert target.read_text(encoding="utf-8") == ec.render(run, title="Ours").html
    wrong = CliRunner().invoke(app, ["report", str(tmp_path), "-o", str(target)])
    assert (wrong.exit_code, "no run here" in wrong.stderr) == (2, True)


def test_the_wheel_has_the_parts_of_the_page() -> None:
    home = Path(ec.__file__).parent / "report"
    parts = [home / name for name in ("page.html", "page.css", "page.js")]
    assert all(part.is_file() for part in parts)
    ignored = subprocess.run(["git", "check-ignore", "--no-index", *map(str, parts)], cwd=home, capture_output=True)
    assert ignored.stdout == b"", "hatchling leaves out what git ignores"


def test_notebooks_show_results_as_text() -> None:
    trace = ec.load("acled").trace(HOSTILE, id="<i>", published="2023-05-12")
    shown = [trace, *trace.records, *trace.events, *trace.event_mentions, trace.mentions, trace.events[0].date,
             trace.events[0].place, ec.render(trace)]
    for one in shown:
        made = Page(one._repr_html_())
        assert not [e for e in made.elements if e.tag in ("script", "img") or any(n.startswith("on") for n in e.at)]
    text = Page(trace.records[0]._repr_html_()).elements[0].text
    assert all(name in text for name in ("event_type", "Violence against civilians", "killed", "acled/"))
    event = Page(trace.events[0]._repr_html_()).elements[0].text
    assert all(name in event for name in ("Gunmen", "four farmers", "2023-05-08", "Gao"))
    scores = ec.evaluate(["a", "<b>"], ["a", "<b>"])
    assert "<b>" not in scores._repr_html_()


@pytest.fixture(scope="module")
def browser() -> Any:
    if CHROMIUM is None:
        pytest.skip("no Chromium here")
    with Browser() as made:
        yield made


@pytest.fixture(scope="module")
def saved(run: ec.Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return ec.render(run).save(tmp_path_factory.mktemp("page") / "report.html")


VISIBLE = "[...document.querySelectorAll('.record')].filter(one => one.offsetParent).length"


@pytest.mark.parametrize("width", [1400, 390])
@pytest.mark.parametrize("dark", [False, True])
def test_it_opens_at_once_without_network_or_error(browser: Browser, saved: Path, width: int, dark: bool) -> None:
    assert browser.open(saved, width, dark=dark) < 2
    assert browser.errors == []
    assert {address.partition(":")[0] for address in browser.requests} <= {"file", "data"}
    assert browser.run("window.hacked === undefined")
    assert browser.run("document.documentElement.scrollWidth") <= width
    ground = browser.run("getComputedStyle(document.body).backgroundColor")
    assert (sum(map(int, re.findall(r"\d+", ground)[:3])) < 200) == dark


def test_keys_lead_from_record_to_record(browser: Browser, saved: Path, run: ec.Run) -> None:
    browser.open(saved)
    focus = "document.activeElement.id"
    seen = []
    for key in ("j", "j", "k", "ArrowDown", "ArrowUp"):
        browser.press(key)
        seen.append(browser.run(focus))
    assert seen == ["r1", "r2", "r1", "r2", "r1"]
    assert browser.run("document.querySelectorAll('#a1 mark.on').length") > 2
    browser.press("/")
    assert browser.run(focus) == "f-text"
    browser.press("j", "Escape")
    assert browser.run("document.getElementById('f-text').value + document.activeElement.tagName") == "BODY"
    browser.press(*"j" * 20)
    assert browser.run(focus) == f"r{len(run.records)}"


def test_filters_act_on_records_tables_map_and_bars(browser: Browser, saved: Path, run: ec.Run) -> None:
    browser.open(saved)
    state = "document.getElementById('state').textContent"
    total = len(run.records)
    assert browser.run(VISIBLE) == total

    def choose(name: str, value: str) -> str:
        return str(browser.run(
            "document.getElementById('filters').reset();"
            f"document.getElementById('f-{name}').value = {json.dumps(value)};"
            "document.getElementById('filters').dispatchEvent(new Event('input', {bubbles: true}));"
            f"new Promise(done => setTimeout(() => done({state}), 300))"))

    protests = int((run.records["event_type"] == "Protests").sum())
    assert protests > 0
    assert choose("type", "Protests") == f"{protests} of {total} records"
    assert browser.run(VISIBLE) == protests
    counted = "[...document.querySelectorAll('#tables table:first-of-type')][0].querySelectorAll('tr:not(.gone) .n')"
    assert browser.run(f"[...{counted}].reduce((sum, one) => sum + Number(one.textContent), 0)") == protests
    assert browser.run("document.querySelectorAll('#chart .m:not(.gone)').length") == protests
    assert choose("country", "Somalia").startswith("1 of")
    assert choose("text", "wounding at least").startswith("1 of")
    assert choose("text", "price of maize") == f"0 of {total} records"
    assert browser.run("[...document.querySelectorAll('.story')].filter(one => !one.hidden).length") == 1
    assert choose("from", "2024-01-01") == f"0 of {total} records"
    assert choose("actor", "teachers").startswith("1 of") or choose("actor", "protesters (kenya)").startswith("1 of")


def test_it_reads_without_javascript(browser: Browser, saved: Path, run: ec.Run) -> None:
    browser.open(saved, script=False)
    assert browser.run(VISIBLE) == len(run.records)
    assert browser.run("document.getElementById('filters').offsetParent === null")
