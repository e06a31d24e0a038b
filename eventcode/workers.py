"""Coding in several processes: order kept, a bounded number of batches under way, models loaded once a worker."""

from __future__ import annotations

import warnings
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from eventcode.coder import Coder

_coder: Coder | None = None


def _start(name: str, language: str, analyzer: str | None, actors: tuple[Any, ...]) -> None:
    global _coder
    from eventcode.coder import make_coder

    _coder = make_coder(name, language, analyzer, actors)


def _work(articles: list[Any]) -> list[tuple[list[Any], str | None]]:
    assert _coder is not None
    return _coder.code_batch(articles)


def run(coder: Coder, articles: Iterable[Any], n_process: int, batch_size: int, as_tuples: bool) -> Iterator[Any]:
    """What `Coder.pipe` yields, made by `n_process` workers (started afresh: safe on every platform)."""
    from eventcode.coder import batches

    if coder.origin is None:
        raise ValueError("only a coder made by eventcode.load can work in several processes")
    waiting: deque[tuple[list[Any], Future[Any]]] = deque()
    with ProcessPoolExecutor(n_process, get_context("spawn"), _start, coder.origin) as pool:
        for batch in batches(articles, batch_size):
            texts = [item[0] for item in batch] if as_tuples else batch
            waiting.append((batch, pool.submit(_work, texts)))
            if len(waiting) > n_process:
                yield from _done(*waiting.popleft(), as_tuples)
        while waiting:
            yield from _done(*waiting.popleft(), as_tuples)


def _done(batch: list[Any], future: Future[Any], as_tuples: bool) -> Iterator[Any]:
    for item, (records, problem) in zip(batch, future.result(), strict=True):
        if problem:
            warnings.warn(problem, UserWarning, stacklevel=3)
        yield (records, item[1]) if as_tuples else records
