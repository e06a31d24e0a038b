"""Event mentions on our own marked sentences: sound, in two parts, the development part read well.

`historical` is marked where the act lies years before the story and is told as past: another year than the story's
(each sentence is taken as published in May 2024), anniversaries, old acts before a court, features. Acts of the story's
own course, days to months old, are `actual`.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import cache
from typing import get_args

import action_gold as gold
import pytest
from action_gold import Marked, Sentence
from gold_parts import DEVELOPMENT, SET_ASIDE, part_of

from eventcode.neutral import EventMention, Party, Span, Status

SENTENCES = gold.read_sentences()
SCORED = [event for sentence in SENTENCES for event in sentence.scored]
MADE = "Togo freed 2 men and Mali met Niger."


@cache
def scores() -> gold.Scores:
    return gold.score(gold.answers(gold.read_sentences(DEVELOPMENT)))


def at(words: str) -> tuple[int, int]:
    return MADE.index(words), MADE.index(words) + len(words)


def marked(trigger: str, action: str, source: str, target: str, status: Status = "actual") -> Marked:
    return Marked((at(trigger),), action, (at(source),), (at(target),), status, None, None, False)


FREED, MET = marked("freed", "release", "Togo", "men"), marked("met", "meet", "Mali", "Niger")


def sentence(*events: Marked, part: str = DEVELOPMENT) -> Sentence:
    return Sentence("s", "easy", MADE, events, part)


def mention(trigger: str, action: str, source: str, target: str, status: Status = "actual") -> EventMention:
    def party(words: str) -> tuple[Party, ...]:
        return (Party(start=at(words)[0], end=at(words)[1], text=words),) if words else ()

    start, end = at(trigger)
    return EventMention(action=action, trigger=Span(start=start, end=end, text=trigger), sources=party(source),
                        targets=party(target), status=status, sentence=Span(start=0, end=len(MADE), text=MADE))


def test_every_span_is_whole_words() -> None:
    for s in SENTENCES:
        for event in s.events:
            said = [event.attributed_to] if event.attributed_to else []
            for start, end in (*event.triggers, *event.sources, *event.targets, *said):
                assert 0 <= start < end <= len(s.text), s.id
                assert s.text[start:end] == s.text[start:end].strip(), s.id
                assert not s.text[start - 1:start].isalnum(), s.id
                assert not s.text[end:end + 1].isalnum(), s.id


def test_actions_and_statuses_exist() -> None:
    events = [event for s in SENTENCES for event in s.events]
    assert {event.action for event in events} | {event.about for event in events} <= {*gold.actions(), None}
    assert {event.status for event in events} <= set(get_args(Status))
    assert not {event.action for event in SCORED} & set(gold.UNSCORED)


def test_no_event_is_marked_twice() -> None:
    for s in SENTENCES:
        assert len({(event.triggers[0], event.action) for event in s.events}) == len(s.events), s.id


def test_no_sentence_stands_twice() -> None:
    assert [s.id for s in SENTENCES] == [f"a{n:03d}" for n in range(1, len(SENTENCES) + 1)]
    assert len({s.text.casefold() for s in SENTENCES}) == len(SENTENCES)


def test_parts_follow_the_hash_of_the_id() -> None:
    assert [s.part for s in SENTENCES] == [part_of(s.id) for s in SENTENCES]


def test_half_are_traps() -> None:
    kinds = Counter(s.kind for s in SENTENCES)
    assert set(kinds) == set(gold.KINDS)
    assert min(kinds.values()) >= 220
    assert sum(not s.events for s in SENTENCES) >= 100
    assert sum(s.text.isupper() for s in SENTENCES) >= 12
    assert all(s.events for s in SENTENCES if s.kind == "easy")


def test_the_inventory_is_covered() -> None:
    counts = Counter(event.action for event in SCORED)
    assert len(counts) >= 170
    assert {gold.actions()[action].family for action in counts} >= {a.family for a in gold.actions().values()} - {
        "casualties", "statement"}
    assert min(counts[action] for action in ("kill", "attack", "clash", "bombard", "explode", "shoot", "arrest",
                                             "abduct", "release", "protest", "meet", "accuse")) >= 9
    assert min(Counter(event.status for event in SCORED)[status] for status in get_args(Status)) >= 10


def test_action_f1_of_the_development_part() -> None:
    assert scores().action.f1 >= 0.92


def test_status_of_the_development_part() -> None:
    assert scores().status.precision >= 0.955


def test_parties_of_the_development_part() -> None:
    assert scores().source.f1 >= 0.945
    assert scores().target.f1 >= 0.865


def test_attribution_of_the_development_part() -> None:
    assert scores().attribution.precision >= 0.97


def test_embedded_actions_of_the_development_part() -> None:
    assert scores().about.precision >= 0.77


def test_sentences_without_events_stay_empty() -> None:
    assert scores().empty.precision >= 0.95


def test_scores_by_hand() -> None:
    """One event found with a wrong status and source, one missed, one mention too many."""
    given = gold.answer(sentence(FREED, MET), [mention("freed", "release", "Mali", "men", "negated"),
                                               mention("men", "protest", "", "")])
    made = gold.score([given])
    assert (made.action.right, made.action.answered, made.action.marked) == (1, 2, 2)
    assert made.action.f1 == made.lenient.f1 == 0.5
    assert made.status.precision == 0.0
    assert (made.source.f1, made.target.f1) == (0.0, 1.0)
    assert gold.score([gold.answer(sentence(), [])]).empty.precision == 1.0
    assert gold.score([gold.answer(sentence(), [mention("men", "protest", "", "")])]).empty.precision == 0.0


def test_a_kind_of_the_action_agrees() -> None:
    assert gold.agree("ambush", "attack")
    assert gold.agree("attack", "ambush")
    assert not gold.agree("ambush", "shoot")


def test_the_same_action_is_served_first() -> None:
    given = gold.answer(sentence(marked("freed", "ambush", "Togo", "men"), marked("freed", "attack", "Togo", "men")),
                        [mention("freed", "attack", "Togo", "men"), mention("freed", "ambush", "Togo", "men")])
    assert [(event.action, found.action) for event, found in given.pairs] == [("ambush", "ambush"),
                                                                             ("attack", "attack")]


def test_other_words_count_only_without_triggers() -> None:
    given = gold.answer(sentence(FREED), [mention("men", "release", "Togo", "men")])
    assert (len(given.pairs), given.lenient) == (0, 1)
    also = replace(FREED, triggers=(at("freed"), at("men")))
    assert len(gold.answer(sentence(also), [mention("men", "release", "Togo", "men")]).pairs) == 1


def test_outcomes_and_bare_statements_count_neither_way() -> None:
    known = replace(FREED, outcome=True)
    given = gold.answer(sentence(known), [mention("freed", "release", "Togo", "men"), mention("met", "say", "", "")])
    assert (given.pairs, given.missed, given.extra) == ((), (), ())


def test_sides_of_a_meeting_may_be_swapped() -> None:
    source, target = gold.parties(MET, mention("met", "meet", "Niger", "Mali"))
    assert (source.f1, target.marked) == (1.0, 0)


def test_no_sentences_have_no_score() -> None:
    with pytest.raises(ValueError, match="no sentences"):
        gold.score([])


def test_errors_tell_what_is_wrong() -> None:
    given = gold.answer(sentence(FREED, MET), [mention("freed", "release", "Mali", "men", "negated"),
                                               mention("men", "protest", "", "")])
    assert gold.errors([given], 5).splitlines()[1:] == [
        f"s  {MADE}", "    missed meet 'met'", "    extra  protest 'men' actual ()",
        "    release 'freed': status negated, not actual; source ['Mali']"]


def test_errors_of_the_set_aside_part_stay_hidden(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ValueError, match="not shown"):
        gold.errors([gold.answer(sentence(FREED, part=SET_ASIDE), [])], 5)
    with pytest.raises(SystemExit):
        gold.main(["--part", SET_ASIDE, "--errors", "1"])
    assert "not shown" in capsys.readouterr().err
