"""Counts on our own sentences: the set is sound, its parts are kept apart, the development part is read well."""

from __future__ import annotations

from functools import cache

import count_gold as gold
import pytest
from count_gold import Answer, Marked, Phrase
from gold_parts import DEVELOPMENT, SET_ASIDE, Share, part_of

from eventcode.neutral import Count, Party

PHRASES = gold.read_phrases()


@cache
def scores() -> gold.Scores:
    return gold.score(gold.answers(gold.read_phrases(DEVELOPMENT)))


def count(start: int, end: int, number: int, what: str = "killed", who: str | None = "men", **more: object) -> Count:
    return Count(start=start, end=end, text="", what=what, who=who, low=number, best=number, high=number, **more)


def phrase(*counts: Marked, part: str = DEVELOPMENT) -> Phrase:
    return Phrase("p", "Two Omani men and a boy were killed.", counts, part)


TWO = Marked((0, 13), ("killed",), 2, 2, 2, ("men",), side="Omani")


def test_every_count_is_sound() -> None:
    for p in PHRASES:
        for marked in p.counts:
            start, end = marked.span
            assert 0 <= start < end <= len(p.text), p.id
            assert p.text[start:end] == p.text[start:end].strip(), p.id
            assert marked.open or (marked.best is not None and marked.who), p.id
            assert marked.side is None or marked.side in p.text[start:end + 40], p.id
            assert (marked.low or 0) <= (marked.best or 0) <= (marked.high or marked.best or 0), p.id


def test_the_set_is_large_and_has_all_kinds() -> None:
    kinds = {what for p in PHRASES for marked in p.counts for what in marked.what}
    assert len(PHRASES) >= 250
    assert kinds >= {"killed", "injured", "missing", "detained", "abducted", "released", "surrendered", "displaced",
                     "participants", "destroyed", "escaped", "casualties"}
    assert {marked.role for p in PHRASES for marked in p.counts} == {None, "part", "increment", "toll"}
    assert sum(not p.counts for p in PHRASES) >= 10


def test_parts_follow_the_hash_of_the_id() -> None:
    assert [p.part for p in PHRASES] == [part_of(p.id) for p in PHRASES]
    assert len({p.text for p in PHRASES}) == len(PHRASES)


def test_amounts_of_the_development_part() -> None:
    assert scores().amount.recall >= 0.95
    assert scores().amount.precision >= 0.96


def test_who_is_counted_in_the_development_part() -> None:
    assert scores().who.recall >= 0.94
    assert scores().what.recall >= 0.95


def test_nobody_is_counted_where_nobody_is() -> None:
    assert scores().empty.recall == 1.0


def test_a_list_may_be_told_in_its_parts() -> None:
    all_three = Marked((0, 23), ("killed",), 3, 3, 3, ("people", "men"))
    made = gold.answer(phrase(all_three), [count(0, 13, 2), count(18, 23, 1, who="boy")])
    assert gold.faults(*made.pairs[0]) == []
    assert made.extra == ()


def test_scores_by_hand() -> None:
    """One of two counts right but for the side, the other missing, and one too many."""
    boy = Marked((18, 23), ("killed",), 1, 1, 1, ("boy",))
    made = gold.answer(phrase(TWO, boy), [count(0, 13, 2), count(24, 28, 5), count(29, 30, 1, what="quantity")])
    found = gold.score([made])
    assert found.amount == Share(1, 2, 2)
    assert found.who == Share(0, 2, 2)
    assert found.side == Share(0, 1, 1)
    omani = Party(start=4, end=13, text="Omani men", country="OMN")
    assert gold.score([gold.answer(phrase(TWO), [count(0, 13, 2, party=omani)])]).whole == Share(1, 1, 1)


def test_nothing_has_no_score() -> None:
    with pytest.raises(ValueError, match="no sentences"):
        gold.score([])


def test_errors_of_the_set_aside_part_stay_hidden(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ValueError, match="not shown"):
        gold.errors([Answer(phrase(part=SET_ASIDE), (), ())], 5)
    with pytest.raises(SystemExit):
        gold.main(["--part", SET_ASIDE, "--errors", "1"])
    assert "not shown" in capsys.readouterr().err
    told = gold.errors([gold.answer(phrase(TWO), [])], 5)
    assert "missing" in told
