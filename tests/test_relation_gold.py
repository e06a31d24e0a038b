"""Relations on our own marked pairs: the set is sound, its parts are kept apart, the development part is read well."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest
import relation_gold as gold
from gold_parts import DEVELOPMENT, SET_ASIDE, part_of
from relation_gold import Answer, Pair

from eventcode.ontologies.plover import tables

PAIRS = gold.read_pairs()


@cache
def scores() -> gold.Scores:
    return gold.score(gold.answers(gold.read_pairs(DEVELOPMENT)))


def pair(event: str, part: str = DEVELOPMENT) -> Pair:
    return Pair("p", "Ghana met Togo.", (0, 5), (10, 14), event, part)


def test_every_pair_is_sound() -> None:
    for p in PAIRS:
        for start, end in (p.source, p.target):
            assert 0 <= start < end <= len(p.text), p.id
            assert p.text[start:end] == p.text[start:end].strip(), p.id
            assert not p.text[start - 1:start].isalnum(), p.id
            assert not p.text[end:end + 1].isalnum(), p.id
        assert p.source[1] <= p.target[0] or p.target[1] <= p.source[0], p.id


def test_no_pair_stands_twice() -> None:
    assert len({p.id for p in PAIRS}) == len({(p.text, p.source, p.target) for p in PAIRS}) == len(PAIRS)


def test_every_event_has_its_pairs() -> None:
    marked = Counter(p.event for p in PAIRS)
    assert set(marked) == set(tables.events())
    assert min(marked.values()) >= 18


def test_parts_follow_the_hash_of_the_id() -> None:
    assert [p.part for p in PAIRS] == [part_of(p.id) for p in PAIRS]


def test_no_text_is_in_both_parts() -> None:
    assert not {p.text for p in PAIRS if p.part == DEVELOPMENT} & {p.text for p in PAIRS if p.part == SET_ASIDE}


def test_macro_f1_of_the_development_part() -> None:
    assert scores().macro_f1 >= 0.91


def test_quad_of_the_development_part() -> None:
    assert scores().quad >= 0.94


def test_scores_by_hand() -> None:
    """Two of four right; SUPPORT for CONSULT keeps the quad. F1 of CONSULT and REJECT is 2/3, of AID 0."""
    made = gold.score([Answer(pair("CONSULT"), "CONSULT"), Answer(pair("CONSULT"), "SUPPORT"),
                       Answer(pair("REJECT"), "REJECT"), Answer(pair("AID"), "REJECT")])
    assert (made.root, made.quad) == (0.5, 0.75)
    assert made.macro_f1 == pytest.approx((2 / 3 + 2 / 3 + 0) / 3)
    assert (made.events["CONSULT"].precision, made.events["CONSULT"].recall) == (1.0, 0.5)
    assert gold.score([Answer(pair("AID"), None)]).quad == 0.0


def test_no_pairs_have_no_score() -> None:
    with pytest.raises(ValueError, match="no pairs"):
        gold.score([])


def test_errors_tell_text_gold_got_and_rules() -> None:
    told = gold.errors([Answer(pair("CONSULT"), "AID", ("en/aid/give",)), Answer(pair("AID"), "AID")], 5)
    assert told.splitlines()[1:] == ["p  gold CONSULT, got AID  (en/aid/give)",
                                     "  [source Ghana] met [target Togo]."]


def test_errors_of_the_set_aside_part_stay_hidden(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ValueError, match="not shown"):
        gold.errors([Answer(pair("CONSULT", SET_ASIDE), "AID")], 5)
    with pytest.raises(SystemExit):
        gold.main(["--part", SET_ASIDE, "--errors", "1"])
    assert "not shown" in capsys.readouterr().err
