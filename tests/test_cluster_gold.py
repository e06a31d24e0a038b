"""Merged mentions on our own articles: the set is sound, its parts kept apart, the development part read well."""

from __future__ import annotations

from functools import cache

import cluster_gold as gold
import pytest
from cluster_gold import Answer, Story, Telling
from gold_parts import DEVELOPMENT, SET_ASIDE, Share, part_of

STORIES = gold.read_stories()


@cache
def scores() -> gold.Scores:
    return gold.score(gold.answers(gold.read_stories(DEVELOPMENT)))


def story(part: str = DEVELOPMENT) -> Story:
    mentions = tuple(Telling((n, n + 1), cluster) for n, cluster in enumerate("AAB"))
    return Story("s", "xyz", "2024-01-01", mentions, {"A": "main", "B": "background"}, part)


def test_every_story_is_sound() -> None:
    for s in STORIES:
        assert s.roles.keys() == {m.cluster for m in s.mentions}, s.id
        assert set(s.roles.values()) <= {"main", "background", "consequence", "other"}, s.id
        for m in s.mentions:
            start, end = m.trigger
            assert s.text[start:end].strip() == s.text[start:end] != "", s.id
            assert not s.text[start - 1:start].isalnum(), s.id
            assert not s.text[end:end + 1].isalnum(), s.id


def test_parts_follow_the_hash_of_the_id() -> None:
    assert len(STORIES) == 60
    assert [s.part for s in STORIES] == [part_of(s.id) for s in STORIES]
    assert len({s.text for s in STORIES}) == len(STORIES)


def test_merges_of_the_development_part() -> None:
    assert scores().merged.f1 >= 0.81
    assert scores().merged.precision >= 0.89


def test_roles_of_the_development_part() -> None:
    assert scores().role.recall >= 0.73


def test_scores_by_hand() -> None:
    """The one pair of the gold is found and a wrong one beside it twice; then one mention of the pair is not read."""
    one_event = gold.score([Answer(story(), ("e1", "e1", "e1"), {"e1": "main"})])
    assert one_event.merged == Share(1, 3, 1)
    assert one_event.role == Share(1, 2, 2)
    unread = gold.score([Answer(story(), ("e1", None, "e2"), {"e1": "main", "e2": "background"})])
    assert (unread.merged, unread.all_pairs) == (Share(0, 0, 0), Share(0, 0, 1))
    assert unread.found == Share(2, 3, 3)


def test_nothing_has_no_score() -> None:
    with pytest.raises(ValueError, match="no articles"):
        gold.score([])


def test_errors_of_the_set_aside_part_stay_hidden(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ValueError, match="not shown"):
        gold.errors([Answer(story(SET_ASIDE), ("e1", "e2", "e2"), {})], 5)
    with pytest.raises(SystemExit):
        gold.main(["--part", SET_ASIDE, "--errors", "1"])
    assert "not shown" in capsys.readouterr().err
    assert "x[A e1]  y[A e2]  z[B -]" in gold.errors([Answer(story(), ("e1", "e2", None), {})], 5)
