"""Where the patterns of a failure reason are in a response: searched by a process that can be stopped."""

from __future__ import annotations

from avocet.patterns.worker import FoundPattern, PatternMark, PatternMarks, PatternWorker

__all__ = ["FoundPattern", "PatternMark", "PatternMarks", "PatternWorker"]
