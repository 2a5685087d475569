"""Failure reasons: what one says of patterns, and its shape, by which like reasons fall together."""

from __future__ import annotations

from avocet.reasons.patterns import PatternReport, pattern_report
from avocet.reasons.shapes import MOST_CHARACTERS, reason_shape, shape_hash

__all__ = ["MOST_CHARACTERS", "PatternReport", "pattern_report", "reason_shape", "shape_hash"]
