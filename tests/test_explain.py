from __future__ import annotations

import pytest
from sample import record

from eventcode.article import Article
from eventcode.errors import InputError
from eventcode.explain import SentenceTrace, Trace
from eventcode.neutral import Event, EventMention, Mentions, Party, Rejection, Span
from eventcode.records import RecordMeta

TEXT = "Rebels shelled the camp. It rained. The coach attacked his critics. Troops may fire."
STARTS = (0, 25, 36, 68)


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start=start, end=start + len(words), text=words)


def trace() -> Trace:
    ends = (*(start - 1 for start in STARTS[1:]), len(TEXT))
    flags = ((True, True), (False, False), (True, True), (True, True))
    sentences = tuple(SentenceTrace(start, end, TEXT[start:end], *flag)
                      for start, end, flag in zip(STARTS, ends, flags, strict=True))
    rebels = Party(**span("Rebels").model_dump())
    mention = EventMention(action="bombard", trigger=span("shelled"), sentence=span("Rebels shelled the camp."),
                           sources=(rebels,), rules=("en/shell",))
    event = Event(id="e1", action="bombard", reports=(mention,))
    figurative = span("attacked")
    rejection = Rejection(
        stage="actions", reason="figurative: critics", rules=("en/attack",), **figurative.model_dump())
    coded = record().model_copy(update={"meta": RecordMeta(events=("e1",))})
    return Trace(Article(TEXT, id="a1"), "acled", sentences, Mentions(), (mention,), (event,), (coded,), (rejection,),
                 ("no date of publication",))


def test_the_trace_tells_each_sentences_fate() -> None:
    assert str(trace()).splitlines() == [
        "article a1: 4 sentences, 3 candidates, 1 event mention, 1 event, 1 acled record",
        "! no date of publication",
        "[0:24] Rebels shelled the camp.",
        '    found: bombard, actual, at "shelled" [7:14], by en/shell',
        '        "Rebels" -> nobody named',
        "        event e1: record 1",
        "[25:35] It rained.",
        "    not coded: no word of the lexicon",
        "[36:67] The coach attacked his critics.",
        '    not coded: "attacked" [46:54]: figurative: critics (en/attack), at the stage of actions',
        "[68:84] Troops may fire.",
        "    not coded: a word of the lexicon, but no entry fits its company",
    ]


@pytest.mark.parametrize("where", [46, "ATTACKED his"])
def test_why_answers_for_an_offset_or_for_words(where: int | str) -> None:
    assert trace().why(where).splitlines()[1].strip().startswith('not coded: "attacked"')


def test_why_answers_for_every_sentence_with_the_words() -> None:
    assert trace().why("R").count("\n[") == 3


@pytest.mark.parametrize("where", [9999, "elephants"])
def test_why_refuses_what_no_sentence_holds(where: int | str) -> None:
    with pytest.raises(InputError, match="no sentence of article a1 holds"):
        trace().why(where)
