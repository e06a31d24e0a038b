"""Hostile and broken input: a clear error or a sound reading, never a crash, and never a stopped run."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from expectations import ONTOLOGIES, coder
from pydantic import BaseModel, ValidationError
from typer.testing import CliRunner, Result

import eventcode as ec
from eventcode.cli import app
from eventcode.dataset.articles import read_article
from eventcode.errors import EventcodeError, InputError, RuleError

PUBLISHED = "2020-09-16"  # a Wednesday
PLAIN = "Rebels attacked an army base near Mopti in Mali on Monday, killing 12 soldiers."
CORE = ("event_date", "sub_event_type", "actor1", "actor2", "country", "location", "geo_precision", "fatalities")


def _core(text: str) -> list[tuple[Any, ...]]:
    records = coder("acled").code(text, published=PUBLISHED)
    return [tuple(getattr(record, name) for name in CORE) for record in records]


@pytest.fixture(scope="module")
def plain() -> list[tuple[Any, ...]]:
    """What the sentence reads as when nothing is odd about it; the odd texts must read the same."""
    found = _core(PLAIN)
    assert len(found) == 1
    assert str(found[0][0]) == "2020-09-14"
    assert found[0][-1] == 12
    return found


def _spans(data: Any) -> Iterator[Any]:
    """Every model with start, end and text, however deep."""
    if isinstance(data, BaseModel):
        if isinstance(getattr(data, "start", None), int) and hasattr(data, "text"):
            yield data
        for name in type(data).model_fields:
            yield from _spans(getattr(data, name))
    elif isinstance(data, dict):
        for value in data.values():
            yield from _spans(value)
    elif isinstance(data, (list, tuple)):
        for value in data:
            yield from _spans(value)


def _check_offsets(text: str, name: str = "acled") -> Any:
    """The trace of a text all of whose spans are the text's own words."""
    trace = coder(name).trace(text, published=PUBLISHED)
    stages = (trace.mentions, trace.event_mentions, trace.events, trace.records, trace.rejections)
    for span in _spans(stages):
        assert text[span.start:span.end] == span.text, span
    for sentence in trace.sentences:
        assert text[sentence.start:sentence.end] == sentence.text
    return trace


# nothing to read


@pytest.mark.parametrize("text", ["", " ", "\n\n\t \r\n", "\u00a0\u2003", "\ufeff", ".", "!!! ??? ...", "0", "—"])
@pytest.mark.parametrize("name", ONTOLOGIES)
def test_nothing_to_read(name: str, text: str) -> None:
    assert coder(name).code(text, published=PUBLISHED) == []
    assert coder(name).events(text) == []
    assert coder(name).trace(text).records in ((), [])


def test_only_a_title() -> None:
    assert isinstance(coder("acled").code("", title="Bomb kills five in Kabul", published=PUBLISHED), list)


# odd characters: the sentence reads as it reads alone, and offsets are true

ODD: dict[str, Callable[[str], str]] = {
    "emoji": lambda s: f"\U0001f525\U0001f525 {s} \U0001f1f2\U0001f1f1 \U0001f468\u200d\U0001f469\u200d\U0001f467",
    "right to left before": lambda s: f"قال السكان إن المتاجر أغلقت أبوابها. {s}",
    "right to left after": lambda s: f"{s} החנויות היו סגורות.",
    "direction marks": lambda s: f"\u202b{s}\u202c",
    "chinese": lambda s: f"商店关门了。\n\n{s}",
    "NUL": lambda s: f"\x00{s}\x00",
    "control characters": lambda s: f"\x01\x02 {s} \x07\x1b[31m",
    "byte order mark": lambda s: f"\ufeff{s}",
    "windows line ends": lambda s: f"LOCAL NEWS\r\n\r\n{s}\r\n",
    "line separators": lambda s: f"{s}\u2028\u2029",
    "no-break spaces": lambda s: s.replace(" near ", "\u00a0near\u00a0"),
    "a line break inside": lambda s: s.replace(" an army ", " an army\n"),
    "many blanks": lambda s: s.replace(" killing ", "  \t killing   "),
    "decomposed accents": lambda s: f"Le cafe\u0301 e\u0301tait ferme\u0301. {s}",
    "private use": lambda s: f"\ue000\U0010ffff {s}",
    "brackets after": lambda s: f"{s} [Photo: agency] {{caption}} (file)",
}


@pytest.mark.parametrize("kind", list(ODD))
def test_odd_characters(kind: str, plain: list[tuple[Any, ...]]) -> None:
    text = ODD[kind](PLAIN)
    _check_offsets(text)
    assert _core(text) == plain


def test_control_characters_inside_words_do_no_harm() -> None:
    _check_offsets(PLAIN.replace("attacked", "att\x00acked").replace("killing", "kil\u200bling"))


def test_lone_surrogates_are_named_or_read() -> None:
    """They come from files opened with surrogateescape. No offset may shift, so: read them or say what is wrong."""
    text = f"\ud800 {PLAIN} \udfff"
    try:
        article, problem = ec.Article(text, published=PUBLISHED), ""
    except ValidationError as refused:
        article, problem = None, str(refused)
    if article is None:
        assert "text" in problem
    else:
        assert isinstance(coder("acled").code(article), list)
        _check_offsets(text)


def test_text_in_capitals(plain: list[tuple[Any, ...]]) -> None:
    _check_offsets(PLAIN.upper())
    assert _core(PLAIN.upper()) == plain


@pytest.mark.parametrize("text", [
    "Police fired tear gas at protesters in Nairobi, Kenya.",
    "Taliban fighters ambushed a police convoy in Helmand province, Afghanistan, killing nine officers.",
    "Gunmen shot dead four villagers in Kano, Nigeria, on Monday.",
])
def test_capitals_change_no_record(text: str) -> None:
    found = _core(text)
    assert found
    assert _core(text.upper()) == found


def test_text_in_lower_case() -> None:
    """Without capitals no name is sure, but who did what is still there."""
    _check_offsets(PLAIN.lower())
    events = coder("acled").events(PLAIN.lower(), published=PUBLISHED)
    assert [event.action for event in events] == ["attack"]
    assert [(count.what, count.best) for count in events[0].counts] == [("killed", 12)]


def test_curly_and_straight_quotes_read_alike() -> None:
    straight, curly = ("The army's spokesman said the town's people fled. " + PLAIN for _ in range(2))
    assert _core(curly.replace("'", "\u2019")) == _core(straight)


# HTML

HTML = ('<div class="attack bombing"><h1>News</h1>'
        '<script>var s = "Police killed 40 protesters in Lagos on Monday.";</script>'
        "<style>.raid { color: red }</style><!-- Gunmen shot dead 50 people in Kano on Monday. -->"
        '<p>Rebels <b>attacked</b> an <em>army base</em> near <a href="/killed-90-people?x=1&amp;y=2">Mopti</a> '
        'in Mali on Monday, <span title="wounding 70">killing 12 soldiers</span>.</p>'
        '<img alt="blast" src="bombing.jpg"></div>')


def test_html_tags_are_no_words(plain: list[tuple[Any, ...]]) -> None:
    _check_offsets(HTML)
    assert _core(HTML) == plain


def test_a_note_on_html_has_no_tags() -> None:
    notes = [record.notes for record in coder("acled").code(HTML, published=PUBLISHED)]
    assert notes
    assert not [note for note in notes if "<" in note or "href" in note]


MARKED_UP = [
    "<p>Rebels in S&atilde;o Paulo <b>killed</b> 12 <i>soldiers</i> of the <b>Malian</b> army near <a>Timbuktu</a> on "
    "<b>3</b> May.</p><p>They&rsquo;re said to have attacked the <b>mayor&#39;s</b> house. &quot;The attack&quot; was "
    "condemned by Kenya&#39;s president <b>John</b> Kamau.</p>",
    "Police in Trinidad &amp; Tobago arrested 12 of the people&rsquo;s leaders on Monday. \U0001f525 Boko&nbsp;Haram "
    "fighters killed two traders in Kano&#x2C; Nigeria.",
    "At\u200btacks in Mo\u200bpti killed 12 sol\u00addiers. Al-\u200bShabaab raided Moga\x00dishu and killed "
    "\U0001f468 men.",
    "Prices &lt; 5 &amp; rising. <p>Police &unknown; shot dead 3&nbsp;men in Kano.</p> &#xd800; &#0; &#9999999;",
]


@pytest.mark.parametrize("text", MARKED_UP)
@pytest.mark.parametrize("name", ONTOLOGIES)
def test_every_span_is_the_articles_own_words(name: str, text: str) -> None:
    trace = _check_offsets(text, name)
    assert trace.mentions.actors
    assert trace.mentions.counts
    assert trace.event_mentions


def test_entities_are_read_as_what_they_mean() -> None:
    written = "Boko&nbsp;Haram fighters killed two traders in Bogot&aacute;, Colombia."
    found, meant = (coder("acled").mentions(text) for text in (written, unescape(written)))
    assert len(found.places) == 2
    assert [place.geonameid for place in found.places] == [place.geonameid for place in meant.places]
    assert [actor.actor_id for actor in found.actors] == [actor.actor_id for actor in meant.actors]
    assert found.actors[0].actor_id


def test_html_mentions_are_outside_tags() -> None:
    found = coder("acled").mentions(ec.Article(HTML, published=PUBLISHED))
    assert found.actions
    inside = [span.text for span in _spans(found) if HTML.rfind("<", 0, span.start) > HTML.rfind(">", 0, span.start)]
    assert not inside


def test_a_lone_angle_bracket_is_text() -> None:
    text = f"Turnout was < 5 and > 3 per cent. {PLAIN}"
    _check_offsets(text)
    assert len(_core(text)) == 1


# dates


def test_without_a_publication_date_nothing_relative_is_resolved() -> None:
    made = coder("acled")
    events = made.events(PLAIN)
    assert events
    assert {(event.date.start, event.date.end, event.date.basis) for event in events} == {(None, None, "unknown")}
    dates = made.mentions(PLAIN).dates
    assert [one.text for one in dates] == ["Monday"] or [one.text for one in dates] == ["on Monday"]
    assert {one.first for one in dates} == {None}
    assert not [record for record in made.code(PLAIN) if record.event_date]


def test_without_a_publication_date_a_full_date_still_holds() -> None:
    events = coder("acled").events(PLAIN.replace("on Monday", "on 14 September 2020"))
    assert {(str(event.date.start), event.date.basis) for event in events} == {("2020-09-14", "text")}


def test_without_date_words_the_publication_date_says_so() -> None:
    events = coder("acled").events(ec.Article(PLAIN.replace(" on Monday", ""), published=PUBLISHED))
    assert events
    assert {event.date.basis for event in events} <= {"published", "unknown"}


@pytest.mark.parametrize("published", ["yesterday", "2020-13-01", "16/09/2020", "2020-02-30", 20200916.5, object()])
def test_a_wrong_publication_date_is_refused(published: Any) -> None:
    with pytest.raises(ValueError, match="published"):
        ec.Article(PLAIN, published=published)


@pytest.mark.parametrize("published", ["0001-01-01", "1899-12-31", "2101-01-01", "9999-12-31", date(1, 1, 1)])
def test_a_publication_day_of_no_newspaper_is_refused(published: Any) -> None:
    with pytest.raises(ValueError, match="1900 to 2100"):
        ec.Article(PLAIN, published=published)


FAR = ("Rebels attacked a base near Mopti in Mali last week, killing two, and will attack again next year. "
       "In 9999 police shot dead three people in Lagos. On 12 May 1066 soldiers killed 50 civilians in Kabul. "
       "Troops killed nine people in Goma on 31 December 9998, a year after police shot dead three people in Bukavu.")


@pytest.mark.parametrize("published", ["1900-01-01", "2100-12-31", None])
@pytest.mark.parametrize("name", ONTOLOGIES)
def test_days_at_the_ends_of_time(name: str, published: str | None) -> None:
    trace = coder(name).trace(FAR, published=published)
    assert len(trace.events) > 2
    assert trace.records or trace.rejections


@pytest.mark.parametrize("name", ["acled", "ucdp-ged"])
def test_an_event_before_the_codebooks_years_is_rejected_with_its_reason(name: str) -> None:
    trace = coder(name).trace("On 12 May 1866 soldiers killed 50 civilians in Kabul.")
    assert not trace.records
    assert any("1900" in one.reason or "1866" in one.reason for one in trace.rejections)


# not text at all


@pytest.mark.parametrize("raw", [b"Rebels attacked.", bytearray(b"x"), "é".encode("latin-1")])
def test_bytes_are_refused_with_a_hint(raw: Any) -> None:
    with pytest.raises(ValueError, match="decode"):
        ec.Article(raw)


@pytest.mark.parametrize("wrong", [None, 7, 1.5, ["text"], {"text": "x"}, b"bytes"])
def test_what_is_no_article_is_refused(wrong: Any) -> None:
    with pytest.raises((InputError, ValueError), match=r"text|Article"):
        coder("acled").code(wrong)


def test_unknown_keywords_are_refused() -> None:
    with pytest.raises(ValueError, match="publishd"):
        coder("acled").code(PLAIN, publishd=PUBLISHED)


def test_a_file_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    path = tmp_path / "latin.txt"
    path.write_bytes("Des rebelles ont attaqué Mopti.".encode("latin-1"))
    with pytest.raises(InputError, match=r"latin\.txt: not UTF-8 at byte 23"):
        read_article(path)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"absent\.txt: cannot be read"):
        read_article(tmp_path / "absent.txt")


# languages


@pytest.mark.parametrize("call", ["code", "events", "mentions", "trace"])
def test_an_article_in_another_language_is_refused(call: str) -> None:
    article = ec.Article(PLAIN, id="a7", language="xx", published=PUBLISHED)
    with pytest.raises(InputError, match=r"a7 .*'xx'.*'en'"):
        getattr(coder("acled"), call)(article)
    with pytest.raises(InputError, match=r"'xx'.*'en'"):
        getattr(coder("acled"), call)(PLAIN, language="xx")


# the command line


def _cli(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_a_bad_file_among_good_ones_is_named_and_the_others_are_coded(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PLAIN, encoding="utf-8")
    (tmp_path / "b.txt").write_bytes("Des rebelles ont attaqué Mopti.".encode("latin-1"))
    (tmp_path / "c.txt").write_bytes(b"")
    (tmp_path / "d.txt").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "e.txt").write_text(PLAIN.replace("Mopti", "Gao"), encoding="utf-8")
    done = _cli("code", tmp_path, "-O", "acled", "-p", PUBLISHED, "-f", "jsonl")
    assert done.exit_code == 1
    assert "b.txt" in done.stderr
    assert "d.txt" in done.stderr
    assert "a.txt" not in done.stderr
    assert len(done.stdout.splitlines()) == 2
    assert "Traceback" not in done.output


def test_only_bad_files_is_an_error_of_usage(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_bytes(b"caf\xe9")
    done = _cli("code", tmp_path / "b.txt", "-O", "acled")
    assert done.exit_code == 2
    assert "b.txt" in done.stderr
    assert "UTF-8" in done.stderr


@pytest.mark.parametrize("arguments", [
    ("code", "absent.txt", "-O", "acled"),
    ("code", __file__, "-O", "no-such-ontology"),
    ("code", __file__, "-O", "acled", "-p", "16/09/2020"),
    ("code", __file__),
])
def test_wrong_usage_ends_with_2_and_no_traceback(arguments: tuple[str, ...]) -> None:
    done = _cli(*arguments)
    assert done.exit_code == 2
    assert "Traceback" not in done.output


# size and shape

WORDS = ("the harvest was good this year and the market of the old town stood open until late in the evening while "
         "children played beside the river and traders counted their coins before the long way home")


def _filler(size: int) -> str:
    """Quiet sentences of many lengths, `size` characters of them."""
    words, made, length, i = WORDS.split(), [], 0, 0
    while length < size:
        sentence = " ".join(words[(i * 7 + k) % len(words)] for k in range(6 + i % 17)).capitalize() + ". "
        made.append(sentence)
        length += len(sentence)
        i += 1
    return "".join(made)[:size]


def _seconds(text: str) -> float:
    """Seconds of this process's own computing: what others do on the machine does not count."""
    began = time.process_time()
    coder("acled").code(text, published=PUBLISHED)
    return time.process_time() - began


def _grows_in_proportion(small: str, large: str, slack: float) -> bool:
    """`large` has four times the text and takes at most eight times as long, and `slack` seconds, in one of five
    tries: a machine that others use can slow any one of them, and a square would be over the limit in all."""
    _seconds(small)
    return any(_seconds(large) < 8 * _seconds(small) + slack for _ in range(5))


def test_five_megabytes(plain: list[tuple[Any, ...]]) -> None:
    """A sentence near each end of 5 MB of quiet text. Only those two need a parse: two minutes are ample."""
    text = f"{PLAIN} {_filler(5_000_000)}. {PLAIN.replace('Mopti', 'Gao')}"
    began = time.perf_counter()
    found = _core(text)
    assert time.perf_counter() - began < 120
    assert {row[CORE.index("location")] for row in found} == {plain[0][CORE.index("location")], "Gao"}


#: One unit of each text is repeated; its time must grow in proportion.
REPEATED = {
    "quiet sentences": _filler(5_000), "one word": "a", "one trigger": "attack ", "numbers": "killed 3 ",
    "weekdays": "Monday, ", "places": "Aleppo, Syria, ", "place sentences": "They went to Aleppo in Syria. ",
    "persons": "General Peter Mwangi spoke. ", "line breaks": "\n", "broken lines": "a\r\n \n", "full stops": ".",
    "quoted stops": ".\"", "dots and blanks": ". ", "quotes": '"', "angle brackets": "<", "open tags": "<p ",
    "open comments": "</p><!--", "open scripts": "</p><script>", "entities": "&amp;",
    "abbreviations": "U.S. Gen. Lt. Col. ", "digits": "9", "lists of digits": "3,",
    "number words": "twenty-five hundred and ", "links": "http://",
    "datelines": "KABUL, Aug 2 (Reuters) - \n", "capitals": "REBELS ATTACKED MOPTI. ", "hyphens": "Al-",
    "days": "May 3 ", "roles": "police in ", "titles": "Gen. ", "adjectives": "Afghan and U.S. and ",
    "years": "in 2015 ", "ranges": "3 May 2018 to ", "possessives": "'s ", "emoji": "\U0001f525",
    "Arabic": "\u0642\u0627\u0644 ",
}


@pytest.mark.parametrize("kind", list(REPEATED))
def test_time_grows_with_length_and_not_with_its_square(kind: str) -> None:
    """Four times the text may take eight times as long (and half a second for what else the machine does)."""
    unit = REPEATED[kind]
    small, large = (f"{PLAIN}\n\n{(unit * (size // len(unit) + 1))[:size]}" for size in (8_000, 32_000))
    assert _grows_in_proportion(small, large, 0.5)


def test_many_events_take_time_in_proportion() -> None:
    one = " ".join(f"Rebels attacked village number {i} near Mopti on Monday, killing {i % 9 + 2} soldiers."
                   for i in range(50))
    assert _grows_in_proportion(one, " ".join([one] * 4), 1)


@pytest.mark.parametrize("text", [
    pytest.param(PLAIN[:-1] + " and " + _filler(300_000).replace(".", ""), id="no full stop"),
    pytest.param(PLAIN + "a" * 1_000_000, id="one word"),
    pytest.param(PLAIN + "." * 1_000_000, id="full stops"),
    pytest.param(PLAIN + "\n" * 1_000_000, id="line breaks"),
    pytest.param(PLAIN + "</p><!--" * 100_000, id="open comments"),
    pytest.param(PLAIN + "soldiers of " * 10_000, id="nested phrases"),
    pytest.param(PLAIN + "(" * 100_000, id="brackets"),
])
def test_monsters_end_in_time(text: str) -> None:
    assert _seconds(text) < 30


def test_ten_thousand_brackets(plain: list[tuple[Any, ...]]) -> None:
    text = "(" * 10_000 + "nothing" + ")" * 10_000
    _check_offsets(f"{text}. {PLAIN}")
    assert plain[0] in _core(f"{PLAIN}\n\n{text}")
    assert isinstance(_core("(" * 10_000 + PLAIN + ")" * 10_000), list)
    assert isinstance(_core("([{<" * 2_500 + PLAIN), list)


# one bad article never stops a run

BAD: dict[str, Any] = {
    "bytes": b"Rebels attacked.",
    "nothing": None,
    "a number": 7,
    "another language": ec.Article(PLAIN, language="xx", published=PUBLISHED),
}


@pytest.mark.parametrize("kind", list(BAD))
def test_a_bad_article_never_stops_a_run(kind: str) -> None:
    good = ec.Article(PLAIN, id="good", published=PUBLISHED)
    made = coder("acled")
    with pytest.warns(UserWarning, match="(?i)article"):
        found = list(made.pipe([good, BAD[kind], good], batch_size=2))
    assert found == [made.code(good), [], made.code(good)]


def test_bad_articles_never_stop_a_run_of_two_processes() -> None:
    good = ec.Article(PLAIN, id="good", published=PUBLISHED)
    with pytest.warns(UserWarning, match="(?i)article") as warned:
        found = list(coder("acled").pipe([good, *BAD.values(), good], n_process=2, batch_size=2))
    assert found == [coder("acled").code(good), *[[] for _ in BAD], coder("acled").code(good)]
    assert len(warned) == len(BAD)


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_lone_surrogates_do_not_stop_a_run() -> None:
    good = ec.Article(PLAIN, id="good", published=PUBLISHED)
    found = list(coder("acled").pipe([good, "\ud800 Rebels attacked.", good]))
    assert len(found) == 3
    assert found[0] == found[2] == coder("acled").code(good)


def test_an_analyzer_that_breaks_on_one_article_does_not_stop_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    made = ec.load("acled")
    good = ec.Article(PLAIN, id="good", published=PUBLISHED)
    expected = made.code(good)
    parse = made.analyzer.parse

    def breaks(sentences: Any, batch_size: int) -> Any:
        sentences = list(sentences)
        if any("poison" in text for text, *_ in sentences):
            raise RuntimeError("the parser broke")
        return parse(sentences, batch_size)

    monkeypatch.setattr(made.analyzer, "parse", breaks)
    with pytest.warns(UserWarning, match="the parser broke"):
        found = list(made.pipe([good, ec.Article("Rebels attacked a poison factory in Mopti.", id="bad"), good]))
    assert found == [expected, [], expected]


# broken rule sets

RULES = """rules:
- id: mine/raid
  title: Cattle are raided
  when: {action: loot}
  codes: {kind: RAID}
  codebook: Own book, 1
  examples:
  - text: Herders from Turkana looted cattle from a village near Lokichar.
  counterexamples:
  - text: Farmers sold cattle in Lokichar.
"""
EXAMPLE = "  - text: Herders from Turkana looted cattle from a village near Lokichar."
HEAD = """name: mine
title: Own ontology
version: '1'
codebook: Own book
terms: CC0
codes: {kind: kinds.csv}
"""


@pytest.fixture
def rule_set(tmp_path: Path) -> Path:
    (tmp_path / "rules").mkdir()
    (tmp_path / "ontology.yaml").write_text(HEAD, encoding="utf-8")
    (tmp_path / "kinds.csv").write_text("code,title\nRAID,Raid\n", encoding="utf-8")
    (tmp_path / "rules" / "mine.yaml").write_text(RULES, encoding="utf-8")
    return tmp_path


def test_the_rule_set_itself_is_sound(rule_set: Path) -> None:
    made = ec.load(rule_set)
    assert [rule.id for rule in made.ontology.rules] == ["mine/raid"]


BROKEN: dict[str, tuple[str | bytes, str]] = {
    "duplicate key": (RULES.replace("  codebook:", "  title: Again\n  codebook:"),
                      r"mine\.yaml:6.*duplicate key 'title'"),
    "unknown key": (RULES.replace("  codebook:", "  colour: red\n  codebook:"), r"mine\.yaml:2.*mine/raid.*colour"),
    "unknown top key": (RULES + "extra: x\n", r"mine\.yaml.*extra"),
    "missing key": (RULES.replace("  codebook: Own book, 1\n", ""), r"mine\.yaml:2.*mine/raid.*codebook"),
    "code not of the ontology": (RULES.replace("RAID", "PARTY"), r"mine\.yaml.*mine/raid.*PARTY"),
    "column not of the ontology": (RULES.replace("{kind:", "{sort:"), r"mine\.yaml.*mine/raid.*sort"),
    "unknown facet": (RULES.replace("{action: loot}", "{action: loot, mood: bad}"), r"mine\.yaml.*mine/raid.*mood"),
    "unknown action": (RULES.replace("{action: loot}", "{action: lute}"), r"mine\.yaml.*mine/raid.*lute"),
    "not YAML": (RULES.replace("{kind: RAID}", "{kind: RAID"), r"mine\.yaml:\d+.*not YAML"),
    "a tab": (RULES.replace("  title:", "\ttitle:"), r"mine\.yaml:3.*not YAML"),
    "an anchor": (RULES.replace("when: {", "when: &x {"), r"mine\.yaml:4.*anchor"),
    "an alias": (RULES.replace("{action: loot}", "*x"), r"mine\.yaml:4.*(anchor|alias)"),
    "a tag": (RULES.replace("Cattle are raided", "!!python/object:os.system x"), r"mine\.yaml:3.*tag"),
    "not UTF-8": (RULES.encode() + b"# caf\xe9\n", r"mine\.yaml.*not UTF-8 at byte \d+"),
    "no example": (RULES.replace(EXAMPLE, "    []"), r"mine\.yaml:2.*mine/raid.*examples"),
    "the same id twice": (RULES + RULES.removeprefix("rules:\n"), r"mine\.yaml:11.*mine/raid.*twice"),
    "a list at the top": ("- a\n- b\n", r"mine\.yaml.*rules"),
    "an empty file": ("", r"mine\.yaml.*rules"),
    "binary": (b"\x00\x01\x02\xff", r"mine\.yaml"),
    "nested too deeply": ("rules: " + "[" * 5_000, r"mine\.yaml"),
    "too large": ("#" * 5_000_001, r"mine\.yaml.*larger"),
    "over names nobody": (RULES + "  over: [mine/nobody]\n", r"mine/raid.*mine/nobody"),
}


@pytest.mark.parametrize("kind", list(BROKEN))
def test_a_broken_rule_file_is_named(kind: str, rule_set: Path) -> None:
    content, message = BROKEN[kind]
    path = rule_set / "rules" / "mine.yaml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(RuleError, match=message):
        _ = ec.load(rule_set).ontology.rules.rules


@pytest.mark.parametrize(("table", "message"), [
    ("code,name\nRAID,Raid\n", r"kinds\.csv:1.*title"),
    ("code,title\nRAID\n", r"kinds\.csv:2"),
    ("code,title\nRAID,Raid,more\n", r"kinds\.csv:2"),
    ("code,title\nRA\"ID,\"x\n", r"kinds\.csv"),
    ("", r"kinds\.csv:1"),
])
def test_a_broken_table_is_named(table: str, message: str, rule_set: Path) -> None:
    (rule_set / "kinds.csv").write_text(table, encoding="utf-8")
    with pytest.raises(RuleError, match=message):
        _ = ec.load(rule_set).ontology.rules.rules


def test_a_folder_that_is_no_rule_set(tmp_path: Path) -> None:
    with pytest.raises(EventcodeError, match=r"ontology\.yaml|rule-set"):
        ec.load(tmp_path)
