"""Repairs of parse trees."""

from __future__ import annotations

from eventcode.analyzers.repair import repair
from eventcode.document import Token


def test_a_range_of_days_hangs_in_no_circle() -> None:
    # A parser took the second number of "for 16 - 23 January, the army left" for a preposition under the first.
    rows = [("for", "IN", "prep", 8), ("16", "CD", "number", 4), ("-", "SYM", "punct", 3), ("23", "CD", "prep", 1),
            ("January", "NNP", "prep_object", 0), (",", ",", "punct", 8), ("the", "DT", "determiner", 7),
            ("army", "NN", "subject", 8), ("left", "VBD", "root", 8)]
    tokens = [Token(i, 2 * i, 2 * i + 1, text, text.lower(), tag=tag, dep=dep, head=head)
              for i, (text, tag, dep, head) in enumerate(rows)]
    repair(tokens)
    for token in tokens:
        steps, at = 0, token.i
        while tokens[at].head != at and steps <= len(tokens):
            at, steps = tokens[at].head, steps + 1
        assert steps < len(tokens), f"{token.text} hangs in a circle"
