"""What is worked out on a sentence's tree is kept with the sentence."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from eventcode.document import Sentence

_T = TypeVar("_T")


def once_a_tree(function: Callable[[Sentence, int], _T]) -> Callable[[Sentence, int], _T]:
    """A function of a token on its tree that is worked out once: dozens of entries ask it of the same verb.

    What it returns must not be changed.
    """
    name = function.__name__

    @wraps(function)
    def known(sentence: Sentence, i: int) -> _T:
        key = name, i
        if key not in sentence.known:
            sentence.known[key] = function(sentence, i)
        found: _T = sentence.known[key]
        return found

    return known
