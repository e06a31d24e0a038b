"""Coding in several processes: order kept, a bounded number of batches under way, models loaded once a worker."""

from __future__ import annotations

import warnings
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from typing import Any, Protocol


class BatchCoder(Protocol):
    """What a worker needs of a coder."""

    def code_batch(self, articles: list[Any]) -> list[tuple[list[Any], str | None]]:
        """For each article its records and None, or [] and what went wrong."""
        ...


_coder: BatchCoder | None = None


def batches(items: Iterable[Any], size: int) -> Iterator[list[Any]]:
    """Lists of at most `size` items, lazily."""
    stream = iter(items)
    while batch := list(islice(stream, size)):
        yield batch


def run(
    make: Callable[..., BatchCoder],
    origin: tuple[Any, ...],
    articles: Iterable[Any],
    n_process: int,
    batch_size: int,
    as_tuples: bool,
) -> Iterator[Any]:
    """What `Coder.pipe` yields, made by `n_process` workers (started afresh: safe on every platform).

    make, origin: a function that can be imported, and its arguments; each worker makes its coder with them.
    """
    waiting: deque[tuple[list[Any], Future[Any]]] = deque()
    with ProcessPoolExecutor(n_process, get_context("spawn"), _start, (make, origin)) as pool:
        for batch in batches(articles, batch_size):
            texts = [item[0] for item in batch] if as_tuples else batch
            waiting.append((batch, pool.submit(_work, texts)))
            if len(waiting) > n_process:
                yield from _done(*waiting.popleft(), as_tuples)
        while waiting:
            yield from _done(*waiting.popleft(), as_tuples)


def _start(make: Callable[..., BatchCoder], origin: tuple[Any, ...]) -> None:
    global _coder
    _coder = make(*origin)


def _work(articles: list[Any]) -> list[tuple[list[Any], str | None]]:
    assert _coder is not None
    return _coder.code_batch(articles)


def _done(batch: list[Any], future: Future[Any], as_tuples: bool) -> Iterator[Any]:
    for item, (records, problem) in zip(batch, future.result(), strict=True):
        if problem:
            warnings.warn(problem, UserWarning, stacklevel=3)
        yield (records, item[1]) if as_tuples else records
