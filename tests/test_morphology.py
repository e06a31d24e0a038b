"""Word forms: regular spelling rules, irregular words, and that the lemma is always among them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventcode.languages.en import language


@pytest.mark.parametrize(
    ("lemma", "form"),
    [
        ("attack", "attacked"),
        ("stop", "stopping"),
        ("visit", "visiting"),
        ("kidnap", "kidnapped"),
        ("carry", "carried"),
        ("flee", "fled"),
        ("shoot", "shot"),
        ("die", "dying"),
        ("clash", "clashes"),
        ("agree", "agreeing"),
        ("seize", "seizing"),
        ("gunman", "gunmen"),
        ("herdsman", "herdsmen"),
        ("army", "armies"),
        ("overthrow", "overthrew"),
        ("deploy", "deployed"),
        ("occur", "occurred"),
    ],
)
def test_forms(lemma: str, form: str) -> None:
    assert form in language.forms(lemma)


@pytest.mark.parametrize(
    ("lemma", "wrong"),
    [("visit", "visitting"), ("shoot", "shooted"), ("carry", "carryed"), ("deploy", "deploied"), ("fight", "fighted")],
)
def test_forms_that_nobody_writes(lemma: str, wrong: str) -> None:
    assert wrong not in language.forms(lemma)


@given(st.from_regex(r"[a-z]{2,12}", fullmatch=True))
def test_the_lemma_is_a_form(lemma: str) -> None:
    assert lemma in language.forms(lemma)
