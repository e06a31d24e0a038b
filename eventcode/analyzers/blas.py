"""Matrix products by numpy's BLAS on one thread.

thinc multiplies with a library of its own (blis) that on many processors takes two to four times as long as the BLAS
that numpy brings; the trees come out the same. numpy's would start a thread per core, which costs more than it gives on
matrices of a few dozen sentences and would let worker processes fight for the cores, so it is held to one here.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import cache
from typing import Any

from threadpoolctl import ThreadpoolController


@cache
def _libraries() -> Any:
    """The BLAS libraries of this process; asked for after numpy is imported."""
    return ThreadpoolController().select(user_api="blas")


def is_limitable() -> bool:
    """Is there a BLAS whose threads can be counted? (Apple's Accelerate is none.)"""
    return bool(_libraries().info())


def one_thread() -> AbstractContextManager[Any]:
    """Within this, matrix products take one thread; after it, as many as before."""
    limit: AbstractContextManager[Any] = _libraries().limit(limits=1)
    return limit
