"""eventcode: news articles to standardized conflict-event records, with the evidence behind every cell.

The names below are loaded when first used, so that `import eventcode` is quick and pulls in neither pandas nor spaCy.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from eventcode.article import Article as Article

_EXPORTS = {
    "Article": "eventcode.article",
}

__all__ = ["__version__", *_EXPORTS]


def __getattr__(name: str) -> Any:
    if name not in _EXPORTS:
        raise AttributeError(f"module 'eventcode' has no attribute {name!r}")
    return getattr(import_module(_EXPORTS[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
