"""What is worked out on a sentence's tree is kept with the sentence."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from eventcode.document import Sentence

_UNKNOWN = object()
_F = TypeVar("_F", bound=Callable[..., Any])


def once_a_tree(function: _F) -> _F:
    """A function of a token (and a slot) that is worked out once a tree: dozens of entries ask it of the same verb.

    What it returns must not be changed.
    """
    name = function.__name__

    @wraps(function)
    def known(sentence: Sentence, i: int, *slot: Any) -> Any:
        key = name, i, slot
        found = sentence.known.get(key, _UNKNOWN)
        if found is _UNKNOWN:
            found = sentence.known[key] = function(sentence, i, *slot)
        return found

    return cast(_F, known)
