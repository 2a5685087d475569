"""Find the patterns of a failure reason in a response, in a process that can be stopped."""

from __future__ import annotations

from avocet.patterns.worker import FoundPattern, PatternMark, PatternMarks, PatternWorker

__all__ = ["FoundPattern", "PatternMark", "PatternMarks", "PatternWorker"]
