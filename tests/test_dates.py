"""Dates: every rule's examples, resolution against a reference, false friends, and the choice of an event's date."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import eventcode as ec
from eventcode.analyzers.spacy import analyzer
from eventcode.article import Article
from eventcode.document import Document, Sentence, Token
from eventcode.errors import RuleError
from eventcode.languages.en import language
from eventcode.mentions import _date_calendar as cal
from eventcode.mentions._date_rules import DateRule
from eventcode.mentions.dates import DateFinder
from eventcode.neutral import DateMention, EventDate
from eventcode.rules import read_items

FINDER = DateFinder(language)
RULES = read_items(language.folder / "dates" / "rules.yaml", DateRule, "rules")


def tokenize(text: str, offset: int) -> list[Token]:
    return [Token(i, m.start() + offset, m.end() + offset, m[0], m[0].lower())
            for i, m in enumerate(re.finditer(r"\w+|[^\w\s]", text))]


def document(text: str, published: str | None = "2018-08-02") -> Document:
    sentences = [Sentence(i, start, end, text[start:end], tokenize)
                 for i, (start, end) in enumerate(language.split(text))]
    return Document(Article(text, published=published), text, sentences)


def found(text: str, published: str | None = "2018-08-02") -> dict[str, str]:
    return {mention.text: mention.value for mention in FINDER.find(document(text, published))}


def mention(text: str, published: str | None = "2018-08-02") -> DateMention:
    (only,) = FINDER.find(document(text, published))
    return only


def chosen(text: str, trigger: str, published: str | None = "2018-08-02", parse: bool = False) -> EventDate:
    doc = document(text, published)
    at = text.index(trigger)
    sentence = doc.sentence_at(at)
    assert sentence is not None
    if parse:
        sentence.set_parse(next(analyzer.parse([(sentence.text, sentence.start, None)])))
    return FINDER.chooser.choose(at, sentence, FINDER.find(doc), doc, FINDER.reference(doc))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_rule_fires_on_its_examples_and_not_on_its_counterexamples(rule: DateRule) -> None:
    for example in rule.examples:
        mentions = FINDER.find(document(example.text))
        assert example.expect.items() <= {m.text: m.value for m in mentions}.items()
        assert any(rule.id in m.rules for m in mentions)
    for example in rule.counterexamples:
        assert not any(rule.id in m.rules for m in FINDER.find(document(example.text)))


@pytest.mark.parametrize(("text", "words", "value"), [
    ("Two people died on Thursday.", "Thursday", "2018-08-02"),
    ("Two people died on Friday.", "Friday", "2018-07-27"),
    ("Envoys will meet on Friday.", "Friday", "2018-08-03"),
    ("The rivals are set to meet in Juba on Monday.", "Monday", "2018-08-06"),
    ("They were killed last Friday.", "last Friday", "2018-07-27"),
    ("The union called a strike for Tuesday.", "Tuesday", "2018-08-07"),
    ("Shops closed for Tuesday.", "Tuesday", "2018-07-31"),
    ("The two are to meet on Saturday.", "Saturday", "2018-08-04"),
    ("A vote is planned next Tuesday.", "next Tuesday", "2018-08-07"),
    ("The minister said on Monday that talks would resume on Friday.", "Monday", "2018-07-30"),
    ("The minister said on Monday that talks would resume on Friday.", "Friday", "2018-08-03"),
    ("He was shot on Wednesday night in Lagos.", "Wednesday night", "2018-08-01TNI"),
    ("Police clashed with youths overnight.", "overnight", "2018-08-02TNI"),
    ("The road was closed last month.", "last month", "2018-07"),
    ("It has been shut since last year.", "last year", "2017"),
    ("They fled two weeks ago.", "two weeks ago", "2018-W29"),
    ("The village fell just over a month ago.", "just over a month ago", "2018-07"),
    ("It began in mid-January.", "mid-January", "2018-01"),
    ("It began in December.", "December", "2017-12"),
    ("The camp was hit on 20 December.", "20 December", "2017-12-20"),
    ("The camp will close on 20 December.", "20 December", "2018-12-20"),
    ("The rains lasted over the last several weeks.", "the last several weeks", "PXW"),
    ("He was killed on Christmas Day.", "Christmas Day", "2017-12-25"),
    ("The year ended badly: in late 2016, the bridge fell.", "late 2016", "2016"),
    ("In recent weeks the front moved.", "recent weeks", "PAST_REF"),
    ("The ceasefire holds for now.", "now", "PRESENT_REF"),
])
def test_value(text: str, words: str, value: str) -> None:
    assert found(text)[words] == value


@pytest.mark.parametrize("text", [
    "M23 took Bunagana.", "Rebels may march on the capital.", "He sat in the sun for a second.",
    "Theresa May resigned.",
    "Black Friday sales were slow.", "The 34-year-old teacher was freed.", "They won 3-1.", "Ten people died.",
    "Some 2000 soldiers were sent.", "MH17 was shot down.", "The 209th Corps withdrew.", "Prices may fall.",
    "Article 5 was invoked.", "Mark Spring called.", "The Sun reported it.", "Shell $2018 million.",
])
def test_false_friends(text: str) -> None:
    assert found(text) == {}


@pytest.mark.parametrize(("text", "first", "last", "precision"), [
    ("It fell on 3 July 2018.", date(2018, 7, 3), date(2018, 7, 3), "day"),
    ("It fell last week.", date(2018, 7, 23), date(2018, 7, 29), "week"),
    ("It fell over the weekend.", date(2018, 7, 28), date(2018, 7, 29), "week"),
    ("It fell in February 2016.", date(2016, 2, 1), date(2016, 2, 29), "month"),
    ("It fell in 2016.", date(2016, 1, 1), date(2016, 12, 31), "year"),
    ("It fell in the third quarter of 2016.", date(2016, 7, 1), date(2016, 9, 30), "year"),
    ("It fell in the 1990s.", date(1990, 1, 1), date(1999, 12, 31), None),
    ("It fell recently.", None, None, None),
    ("It lasted three days.", None, None, None),
])
def test_bounds(text: str, first: date | None, last: date | None, precision: str | None) -> None:
    only = mention(text)
    assert (only.first, only.last, only.precision) == (first, last, precision)


@pytest.mark.parametrize("text", [
    "It fell yesterday.", "It fell on Monday.", "It fell last week.", "It fell three days ago.", "It fell on 3 May.",
    "It fell in March.", "It fell the next day.", "It fell at Christmas."])
def test_nothing_relative_is_resolved_without_a_reference(text: str) -> None:
    assert mention(text, None).first is None


def test_dates_count_from_the_date_last_mentioned() -> None:
    text = "On 3 July 2018 rebels entered the town. Two days later they left. A week earlier it had been shelled."
    assert found(text) == {"3 July 2018": "2018-07-03", "Two days later": "2018-07-05", "A week earlier": "2018-W26"}


def test_a_narrative_without_a_date_hands_its_year_on() -> None:
    text = "The war began in June 1994. On May 3 they met. In December the talks failed; in January they resumed."
    assert found(text, None) == {"June 1994": "1994-06", "May 3": "1994-05-03", "December": "1994-12",
                                 "January": "1995-01"}


@pytest.mark.parametrize(("text", "day"), [
    ("GOMA, 2 August 2018 - Rebels fled.", date(2018, 8, 2)),
    ("Bridge destroyed\nMarch 1, 2017\nA bridge was destroyed.", date(2017, 3, 1)),
    ("KABUL, Aug 2 (Reuters) - Rebels fled.", None),
    ("LOME, 9 JAN 91 (RADIO LOME) -- [TEXT] THE PORT WAS SHUT.", date(1991, 1, 9)),
    ("The bridge fell on 2 August 2018 in Goma.", None),
])
def test_a_dateline_gives_the_reference(text: str, day: date | None) -> None:
    assert FINDER.reference(document(text, None)) == day
    assert FINDER.reference(document(text, "2020-01-01")) == date(2020, 1, 1)


def test_numeric_dates_are_not_guessed_without_a_reference() -> None:
    assert found("Filed on 03/04/2018.", None) == {"03/04/2018": "XXXX-XX-XX"}
    assert found("Filed on 03/04/2018.", "2018-04-05") == {"03/04/2018": "2018-04-03"}
    assert found("Filed on 03/04/2018.", "2018-03-05") == {"03/04/2018": "2018-03-04"}


@pytest.mark.parametrize(("text", "trigger", "start", "end", "precision"), [
    ("Rebels shelled Goma on Monday, and on Tuesday the army attacked.", "shelled", "2018-07-30", "2018-07-30", "day"),
    ("Rebels shelled Goma on Monday, and on Tuesday the army attacked.", "attacked", "2018-07-31", "2018-07-31", "day"),
    ("Talks were held July 15-17 in Doha.", "held", "2018-07-15", "2018-07-17", "week"),
    ("They fought from Monday to Wednesday.", "fought", "2018-07-30", "2018-08-01", "week"),
    ("They fought in the north last month.", "fought", "2018-07-01", "2018-07-31", "month"),
    ("Troops have fought in the north for three weeks.", "fought", "2018-08-02", "2018-08-02", "day"),
    ("Fighters gave up on Wednesday, barely a month after troops retook the valley.", "gave up",
     "2018-08-01", "2018-08-01", "day"),
])
def test_event_date(text: str, trigger: str, start: str, end: str, precision: str) -> None:
    when = chosen(text, trigger)
    assert (str(when.start), str(when.end), when.precision) == (start, end, precision)
    assert when.rules


@pytest.mark.parametrize(("text", "trigger", "start"), [
    ("Rebels who seized the mine in 2012 attacked a convoy.", "attacked", "2018-08-02"),
    ("Rebels who seized the mine in 2012 attacked a convoy.", "seized", "2012-01-01"),
    ("A mayor elected in March 2016 was shot dead.", "shot", "2018-08-02"),
    ("A truck bomb planted on Monday killed nine guards.", "killed", "2018-07-30"),
    ("Soldiers fired on crowds who gathered on Tuesday.", "fired", "2018-07-31"),
    ("Gunmen killed a witness to the 2016 riots.", "killed", "2018-08-02"),
    ("The army attacked the camp in 2016.", "attacked", "2016-01-01"),
    ("On Monday, police said, gunmen raided a village and on Tuesday burned another.", "burned", "2018-07-31"),
])
def test_a_tree_keeps_background_dates_apart(text: str, trigger: str, start: str) -> None:
    when = chosen(text, trigger, parse=True)
    assert str(when.start) == start


@pytest.mark.parametrize("text", [
    "Militias have attacked farms since 2011.", "Rebels attacked farms before Friday's vote.",
    "They attacked again and will hold the town until Friday.",
])
def test_the_limit_of_a_span_dates_nothing(text: str) -> None:
    assert chosen(text, "attacked").basis == "published"


def test_event_date_says_where_it_comes_from() -> None:
    assert chosen("Rebels shelled Goma.", "shelled").basis == "published"
    assert chosen("Rebels recently shelled Goma.", "shelled").basis == "published"
    assert chosen("Rebels shelled Goma.", "shelled", None) == EventDate(rules=("event-date/unknown",))
    words = chosen("Rebels shelled Goma on Monday.", "shelled").words
    assert words is not None
    assert words.text == "Monday"


def test_an_offset_dates_the_clause_behind_it() -> None:
    when = chosen("Fighters gave up on Wednesday, barely a month after troops retook the valley.", "retook")
    assert when.precision == "month"
    assert when.basis == "text"
    assert when.start is not None
    assert when.end is not None
    assert when.start < date(2018, 7, 1) < when.end < date(2018, 8, 1)
    assert when.words is not None
    assert when.words.text == "barely a month after"


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_written_days_come_back(day: date) -> None:
    for form in (day.isoformat(), f"{day:%B} {day.day}, {day.year}", f"{day.day} {day:%B} {day.year}"):
        assert found(f"It happened on {form}.") == {form: day.isoformat()}


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_a_bare_weekday_lies_in_the_last_seven_days(published: date) -> None:
    name = f"{published - timedelta(3):%A}"
    assert found(f"It happened on {name}.", published.isoformat()) == {name: (published - timedelta(3)).isoformat()}


_PIECES = [
    "on", "May", "3", "last", "week", "Monday", "2018", "the", "end of", ",", ".", "-", "ago", "two", "years",
    "later", "Q3", "Christmas", "1990s", "BC", "at", "10:30", "early", "31", "February", "99999", "’", "é",
    "\n", "after", "before", "next", "9999", "1000", "centuries", "day", "earlier", "million", "decades",
    "summer", "'92", "31/02/18",
]


@settings(max_examples=200)
@given(st.lists(st.sampled_from(_PIECES), max_size=14).map(" ".join) | st.text(max_size=60),
       st.sampled_from([None, "2018-08-02", "1900-01-01", "2100-12-31"]))
def test_any_text_gives_true_offsets(text: str, published: str | None) -> None:
    doc = document(text, published)
    mentions = FINDER.find(doc)
    assert [m.start for m in mentions] == sorted(m.start for m in mentions)
    for each in mentions:
        assert text[each.start:each.end] == each.text != ""
        assert (each.first is None) == (each.last is None)
        assert each.first is None or each.last is None or each.first <= each.last
    for sentence in doc.sentences:
        FINDER.chooser.choose(sentence.start, sentence, mentions, doc, FINDER.reference(doc))


def test_easter_and_nth_weekdays() -> None:
    assert [cal.easter(year) for year in (2000, 2018, 2024, 2038)] == [
        date(2000, 4, 23), date(2018, 4, 1), date(2024, 3, 31), date(2038, 4, 25)]
    assert cal.holiday("11-4-4", 2023) == date(2023, 11, 23)


def test_a_wrong_rule_file_names_file_and_rule(tmp_path: Path) -> None:
    source = language.folder
    (tmp_path / "dates").mkdir()
    for name in ("counts.yaml", "dates/words.yaml", "dates/holidays.yaml"):
        (tmp_path / name).write_text((source / name).read_text(encoding="utf-8"), encoding="utf-8")
    rules = (source / "dates" / "rules.yaml").read_text(encoding="utf-8")
    (tmp_path / "dates" / "rules.yaml").write_text(rules.replace("{MONTH} {DAY}", "{MOON} {DAY}", 1), encoding="utf-8")

    class Broken:
        folder = tmp_path

    with pytest.raises(RuleError, match=r"rules\.yaml: rule date/month-day: unknown macro \{MOON\}"):
        DateFinder(Broken()).find(document("It fell on July 3."))  # type: ignore[arg-type]


@pytest.mark.parametrize(("text", "day"), [
    ("In early June herders killed four farmers near Jos.", "2023-06-01"),
    ("On 20 June herders killed four farmers near Jos.", "2023-06-20"),
    ("In June rebels will march on Jos.", "2024-06-01"),
    ("On 16 May herders killed four farmers near Jos.", "2024-05-16"),  # a day later there than here
])
def test_what_follows_a_date_that_opens_a_sentence_says_whether_it_is_past(text: str, day: str) -> None:
    assert str(ec.load("acled").events(text, published="2024-05-15")[0].date.start) == day
