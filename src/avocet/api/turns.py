"""Turns at the worker: requests wait in line, and take no thread from the rest of the desk meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from anyio import CapacityLimiter, to_thread

from avocet.checks import Check
from avocet.worker import CheckOutcome, PatternMarks, Worker
from avocet.worker.checking import BUSY, slow

MAX_WAITING = 50


class WorkerTurns:
    """Searches or checks one text at a time, in one thread of its own."""

    def __init__(self, worker: Worker) -> None:
        self._worker = worker
        self._limiter: CapacityLimiter | None = None

    async def mark(self, text: str, missing: Sequence[str], forbidden: Sequence[str]) -> PatternMarks:
        """Search when it is this request's turn; if too many wait before it, all patterns count as given up."""
        if self._is_crowded():
            return PatternMarks([], [], [*missing, *forbidden])
        return await to_thread.run_sync(partial(self._worker.mark, text, missing, forbidden), limiter=self._limiter)

    async def check(self, check: Check, text: str) -> CheckOutcome:
        """Run a check when it is this request's turn; if too many wait before it, it is too slow.

        Raises:
            CheckUnusable: the check can't be run; says why.
        """
        if self._is_crowded():
            return slow(BUSY)
        return await to_thread.run_sync(partial(self._worker.check, check, text), limiter=self._limiter)

    async def close(self) -> None:
        await to_thread.run_sync(self._worker.close)

    def _is_crowded(self) -> bool:
        self._limiter = self._limiter or CapacityLimiter(1)
        return self._limiter.statistics().tasks_waiting >= MAX_WAITING
