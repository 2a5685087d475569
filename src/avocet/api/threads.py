"""Thread pools of the routes: writing and long work have pools of their own, and never keep a reader waiting."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from functools import partial, wraps
from typing import ParamSpec, TypeVar

from avocet.db import waiting

P = ParamSpec("P")
T = TypeVar("T")

_writers = ThreadPoolExecutor(16, thread_name_prefix="avocet-writer")
_long = ThreadPoolExecutor(8, thread_name_prefix="avocet-long")


def writing(route: Callable[P, T]) -> Callable[P, Awaitable[T]]:
    """Run a route that writes in the writers' pool. It gives up with 503 if other writers take too long."""

    @wraps(route)
    async def in_turn(*args: P.args, **kwargs: P.kwargs) -> T:
        until = time.monotonic() + waiting.WRITE_WAIT_S
        return await _run(_writers, partial(_with_patience, until, partial(route, *args, **kwargs)))

    return in_turn


def long(route: Callable[P, T]) -> Callable[P, Awaitable[T]]:
    """Run a route that may take minutes in the pool for long work."""

    @wraps(route)
    async def aside(*args: P.args, **kwargs: P.kwargs) -> T:
        return await run_long(partial(route, *args, **kwargs))

    return aside


async def run_long(work: Callable[[], T]) -> T:
    """Run `work`, which may take minutes, in the pool for long work."""
    return await _run(_long, work)


async def piecewise(pieces: Iterator[T]) -> AsyncIterator[T]:
    """Yield pieces that take long to make. Each holds a thread while it is made, and none while it is sent."""
    end = object()
    while (piece := await run_long(lambda: next(pieces, end))) is not end:
        yield piece  # type: ignore[misc]


async def _run(pool: ThreadPoolExecutor, work: Callable[[], T]) -> T:
    return await asyncio.get_running_loop().run_in_executor(pool, partial(copy_context().run, work))


def _with_patience(until: float, work: Callable[[], T]) -> T:
    with waiting.patience(until):
        return work()
