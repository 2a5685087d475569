"""Search and check texts by what came from a file, in one process that can be stopped (ADR 0028)."""

from __future__ import annotations

from collections.abc import Sequence

from avocet.checks import Check
from avocet.worker.checking import CheckOutcome, outcome_of, unknown, with_lines
from avocet.worker.marks import FoundPattern, PatternMark, PatternMarks, marks_of
from avocet.worker.process import WorkProcess

__all__ = ["CheckOutcome", "FoundPattern", "PatternMark", "PatternMarks", "Worker", "unknown", "with_lines"]


class Worker:
    """Searches or checks one text at a time. Call `close` at the end."""

    def __init__(self) -> None:
        self._work = WorkProcess()

    def mark(self, text: str, missing: Sequence[str], forbidden: Sequence[str]) -> PatternMarks:
        """Find where the forbidden patterns match, and where the missing ones nearly do."""
        with self._work.turn:
            return marks_of(self._work, text, missing, forbidden)

    def check(self, check: Check, text: str) -> CheckOutcome:
        """Run a check on a text.

        Raises:
            CheckUnusable: the check can't be run; says why.
        """
        with self._work.turn:
            return outcome_of(self._work, check, text)

    def close(self) -> None:
        with self._work.turn:
            self._work.stop()
