"""Articles on sport, shows or gadgets: everyday words of conflict mean something else in every sentence of theirs."""

from __future__ import annotations

from pathlib import Path

from sentence_reading import coder, mentions

from eventcode.document import Document
from eventcode.mentions.topics import Topics

SPORT = ("Ghana beat Togo 2-1 in the cup on Sunday. The coach praised his team and the players after the match. "
         "Togo twice threatened in the second half, and the captain hit the post from a penalty.")
UNREST = ("Ghana beat Togo 2-1 in the cup on Sunday. The coach praised his team and the players after the match. "
          "Police fired tear gas at fans who hurled stones outside the stadium.")


def _actions(text: str) -> list[str]:
    return [mention.action for mention in mentions(text)]


def test_a_match_is_no_fight() -> None:
    assert _actions(SPORT) == []


def test_the_trouble_after_a_match_is_told() -> None:
    assert "disperse" in _actions(UNREST)


def test_one_word_of_sport_makes_no_topic() -> None:
    assert _actions("Rebels captured the town of Wau. The players of a local team fled.")[0] == "capture_territory"


def test_a_topic_is_named_as_the_reason() -> None:
    reasons = {rejection.reason for rejection in coder().trace(SPORT).rejections}
    assert "in an article about sport" in reasons


def test_a_language_without_the_file_knows_no_topics(tmp_path: Path) -> None:
    document: Document = coder()._document(coder()._article(SPORT))
    assert Topics(tmp_path).of(document) == frozenset()
    assert Topics(coder()._finders.language.folder).of(document) == {"sport"}
