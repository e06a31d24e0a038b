"""Repairs of parse trees."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventcode.analyzers import repair as mending
from eventcode.analyzers.repair import repair
from eventcode.document import Token

_WORDS = ["on", "5", "May", "suspected", "rebels", "took", "soldiers", "hostage", "and", "shot", "Mora", ",", "after",
          "being", "killing", "that", "shelling"]
_TAGS = ["IN", "CD", "NNP", "NNS", "NN", "VBD", "VBN", "VBG", "VB", "CC", ","]
_DEPS = ["prep", "prep_object", "number", "compound", "subject", "object", "conjunct", "clause", "adverbial_clause",
         "participle_clause", "apposition", "npadvmod", "auxiliary", "auxiliary_passive", "marker", "adjective"]


def _tree(rows: Sequence[tuple[str, str, str, int]]) -> list[Token]:
    return [Token(i, 9 * i, 9 * i + len(text), text, text.lower(), tag=tag, dep=dep, head=head)
            for i, (text, tag, dep, head) in enumerate(rows)]


def _reaches_root(tokens: Sequence[Token], at: int) -> bool:
    for _ in tokens:
        at = tokens[at].head
    return tokens[at].head == at


def test_a_range_of_days_hangs_in_no_circle() -> None:
    # A parser took the second number of "for 16 - 23 January, the army left" for a preposition under the first.
    rows = [("for", "IN", "prep", 8), ("16", "CD", "number", 4), ("-", "SYM", "punct", 3), ("23", "CD", "prep", 1),
            ("January", "NNP", "prep_object", 0), (",", ",", "punct", 8), ("the", "DT", "determiner", 7),
            ("army", "NN", "subject", 8), ("left", "VBD", "root", 8)]
    tokens = _tree(rows)
    repair(tokens)
    assert all(_reaches_root(tokens, token.i) for token in tokens)


@st.composite
def _trees(draw: st.DrawFn) -> list[Token]:
    """Trees that no parser would make, but trees: each head is the root or hangs on an earlier token's."""
    size = draw(st.integers(2, 12))
    order = draw(st.permutations(range(size)))
    rows = [("", "", "", 0)] * size
    for n, i in enumerate(order):
        head = i if n == 0 else order[draw(st.integers(0, n - 1))]
        dep = "root" if n == 0 else draw(st.sampled_from(_DEPS))
        rows[i] = (draw(st.sampled_from(_WORDS)), draw(st.sampled_from(_TAGS)), dep, head)
    return _tree(rows)


@given(_trees())
def test_every_repaired_tree_is_a_tree(tokens: list[Token]) -> None:
    repair(tokens)
    assert all(_reaches_root(tokens, token.i) for token in tokens)


def test_a_repair_that_would_close_a_circle_is_undone(monkeypatch: pytest.MonkeyPatch) -> None:
    tokens = _tree([("rebels", "NNS", "subject", 1), ("shot", "VBD", "root", 1), ("Mora", "NNP", "object", 1)])

    def close(tokens: Sequence[Token], token: Token) -> None:
        tokens[1].head, tokens[1].dep = 2, "object"

    monkeypatch.setattr(mending, "_mend", close)
    repair(tokens)
    assert [(token.head, token.dep) for token in tokens] == [(1, "subject"), (1, "root"), (1, "object")]
