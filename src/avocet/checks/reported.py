"""The kind of a card's check, and the check of an older card as far as its failure reason tells it."""

from __future__ import annotations

from functools import lru_cache

from avocet.checks.kinds import CHECK_KINDS, CheckKind, MissingPatterns
from avocet.domain import Json
from avocet.reasons import pattern_report


def missing_patterns_of(failure_reason: str | None) -> MissingPatterns | None:
    """The patterns that a failure reason names as missing or as forbidden and found; None if it names none."""
    report = pattern_report(failure_reason) if failure_reason else None
    if report is None:
        return None
    return MissingPatterns(
        missing=tuple(report.missing), forbidden=tuple(report.forbidden), max_words=report.max_words
    )


def kind_of(check: Json, failure_reason: str | None) -> CheckKind | None:
    """The kind of a card's own check or, without one, of what its failure reason tells; None if nothing is known."""
    if check is None:
        return "missing_patterns" if _tells_patterns(failure_reason) else None
    named = check.get("kind") if isinstance(check, dict) else None
    return next((kind for kind in CHECK_KINDS if kind == named), "unknown")


@lru_cache(maxsize=8192)
def _tells_patterns(failure_reason: str | None) -> bool:
    """Whether a reason names patterns; many cards give the same one."""
    return missing_patterns_of(failure_reason) is not None
