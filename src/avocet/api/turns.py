"""Turns at the pattern worker: requests wait in line, and take no thread from the rest of the desk meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from anyio import CapacityLimiter, to_thread

from avocet.patterns import PatternMarks, PatternWorker

MAX_WAITING = 50


class PatternTurns:
    """Searches one response at a time, in one thread of its own."""

    def __init__(self, worker: PatternWorker) -> None:
        self._worker = worker
        self._limiter: CapacityLimiter | None = None

    async def mark(self, text: str, missing: Sequence[str], forbidden: Sequence[str]) -> PatternMarks:
        """Search when it is this request's turn; if too many wait before it, all patterns count as given up."""
        limiter = self._limiter = self._limiter or CapacityLimiter(1)
        if limiter.statistics().tasks_waiting >= MAX_WAITING:
            return PatternMarks([], [], [*missing, *forbidden])
        return await to_thread.run_sync(partial(self._worker.mark, text, missing, forbidden), limiter=limiter)

    async def close(self) -> None:
        await to_thread.run_sync(self._worker.close)
