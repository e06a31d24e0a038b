"""Figures of speech: each silences the words of force of its examples, and of its counterexamples none."""

from __future__ import annotations

from pathlib import Path

import pytest
from sentence_reading import coder

import eventcode as ec
from eventcode.languages.figures import Figure, read_figures
from eventcode.lexicon import read_actions

FOLDER = Path(ec.__file__).parent
FIGURES = read_figures(FOLDER / "languages" / "en")
FORCE = {name for name, action in read_actions(FOLDER / "actions.yaml").items() if action.material}


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.id)
def test_a_figure_of_speech_tells_no_act_of_force(figure: Figure) -> None:
    for example in figure.examples:
        trace = coder().trace(example.text, published=example.published)
        assert any(figure.id in rejection.reason for rejection in trace.rejections), example.text
        assert not [m for m in trace.event_mentions if m.action in FORCE], example.text


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.id)
def test_the_same_words_tell_acts_elsewhere(figure: Figure) -> None:
    for example in figure.counterexamples:
        trace = coder().trace(example.text, published=example.published)
        assert [m for m in trace.event_mentions if m.action in FORCE], example.text
        assert not any(figure.id in rejection.reason for rejection in trace.rejections), example.text


def test_a_language_without_figures_has_none(tmp_path: Path) -> None:
    assert read_figures(tmp_path) == []
