"""Where the patterns of a failure reason are in a response: searched by a process that can be stopped."""

from __future__ import annotations

from avocet.patterns.worker import Legend, Mark, PatternMarks, PatternWorker

__all__ = ["Legend", "Mark", "PatternMarks", "PatternWorker"]
