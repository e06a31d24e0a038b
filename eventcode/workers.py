"""Coding in several processes: order kept, a bounded number of batches under way, models loaded once a worker."""

from __future__ import annotations

import warnings
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from typing import Any, Protocol, TypeAlias

from eventcode.errors import InputError, ModelError


class BatchCoder(Protocol):
    """What a worker needs of a coder."""

    def code_batch(self, articles: list[Any]) -> list[tuple[list[Any], str | None]]:
        """For each article its records and None, or [] and what went wrong."""
        ...


#: A function that makes a coder, and its arguments.
Origin: TypeAlias = "tuple[Callable[..., BatchCoder], tuple[Any, ...]]"

_coder: BatchCoder | None = None


def batches(items: Iterable[Any], size: int) -> Iterator[list[Any]]:
    """Lists of at most `size` items, lazily."""
    stream = iter(items)
    while batch := list(islice(stream, size)):
        yield batch


def one_by_one(code: Callable[[Any], list[Any]], articles: Iterable[Any]) -> list[tuple[list[Any], str | None]]:
    """For each article its records and None, or [] and what went wrong: one that fails costs no other.

    Raises ModelError: a model that is missing is no fault of the article, and every other would fail as well.
    """
    made: list[tuple[list[Any], str | None]] = []
    for n, article in enumerate(articles):
        try:
            made.append((code(article), None))
        except ModelError:
            raise
        except Exception as problem:
            name = getattr(article, "id", None) or f"number {n} of its batch"
            made.append(([], f"article {name} was not coded: {type(problem).__name__}: {problem}"))
    return made


def stream(coder: BatchCoder, origin: Origin | None, pairs: Iterable[tuple[Any, Any]], n_process: int,
           batch_size: int) -> Iterator[tuple[Any, list[Any], str | None]]:
    """For each pair of an article and its context: the context, the records, and what went wrong; lazily, in order.

    origin: a function that can be imported and its arguments, with which workers make coders of their own. Raises
    InputError where several processes are asked for and there is none.
    """
    if n_process > 1 and origin is None:
        raise InputError("only a coder made by load, its analyzer given by name, can work in several processes")
    if n_process > 1:
        yield from _spread(origin, pairs, n_process, batch_size)
        return
    for batch in batches(pairs, batch_size):
        yield from _done([context for _, context in batch], coder.code_batch([article for article, _ in batch]))


def pipe(coder: BatchCoder, origin: Origin | None, articles: Iterable[Any], n_process: int, batch_size: int,
         as_tuples: bool) -> Iterator[Any]:
    """The records of each article, or pairs of them and the context with `as_tuples`; failures are warned of."""
    pairs = articles if as_tuples else ((article, None) for article in articles)
    for context, records, problem in stream(coder, origin, pairs, n_process, batch_size):
        if problem:
            warnings.warn(problem, UserWarning, stacklevel=2)
        yield (records, context) if as_tuples else records


def _spread(origin: Any, pairs: Iterable[tuple[Any, Any]], n_process: int,
            batch_size: int) -> Iterator[tuple[Any, list[Any], str | None]]:
    """By workers that are started afresh: safe on every platform."""
    waiting: deque[tuple[list[Any], Future[Any]]] = deque()
    with ProcessPoolExecutor(n_process, get_context("spawn"), _start, origin) as pool:
        for batch in batches(pairs, batch_size):
            waiting.append(([context for _, context in batch], pool.submit(_work, [article for article, _ in batch])))
            if len(waiting) > n_process:
                contexts, future = waiting.popleft()
                yield from _done(contexts, future.result())
        for contexts, future in waiting:
            yield from _done(contexts, future.result())


def _start(make: Callable[..., BatchCoder], origin: tuple[Any, ...]) -> None:
    global _coder
    _coder = make(*origin)


def _work(articles: list[Any]) -> list[tuple[list[Any], str | None]]:
    assert _coder is not None
    return _coder.code_batch(articles)


def _done(contexts: list[Any], coded: list[tuple[list[Any], str | None]],
          ) -> Iterator[tuple[Any, list[Any], str | None]]:
    for context, (records, problem) in zip(contexts, coded, strict=True):
        yield context, records, problem
