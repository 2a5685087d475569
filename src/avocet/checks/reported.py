"""The check of an older card, as far as its failure reason tells it."""

from __future__ import annotations

from avocet.checks.kinds import MissingPatterns
from avocet.reasons import pattern_report


def missing_patterns_of(failure_reason: str | None) -> MissingPatterns | None:
    """The patterns that a failure reason names as missing or as forbidden and found; None if it names none."""
    report = pattern_report(failure_reason) if failure_reason else None
    if report is None:
        return None
    return MissingPatterns(
        missing=tuple(report.missing), forbidden=tuple(report.forbidden), max_words=report.max_words
    )
