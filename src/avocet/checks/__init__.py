"""An item's own check: what an answer must hold, must not hold, or be. Bench, importers and the desk share it."""

from __future__ import annotations

from avocet.checks.answering import CheckAnswer, answer_to
from avocet.checks.containing import LineMet, lines_met
from avocet.checks.kinds import (
    CHECK_KINDS,
    AllOf,
    Assertion,
    Assertions,
    Check,
    CheckKind,
    Exact,
    Extract,
    Includes,
    InvalidCheck,
    JsonSchema,
    MissingPatterns,
    Number,
    Patterns,
    as_json,
    read,
)
from avocet.checks.reported import kind_of, missing_patterns_of
from avocet.checks.results import CheckResult, Part, PartKind
from avocet.checks.running import Runner, prepare, run

__all__ = [
    "CHECK_KINDS",
    "AllOf",
    "Assertion",
    "Assertions",
    "Check",
    "CheckAnswer",
    "CheckKind",
    "CheckResult",
    "Exact",
    "Extract",
    "Includes",
    "InvalidCheck",
    "JsonSchema",
    "LineMet",
    "MissingPatterns",
    "Number",
    "Part",
    "PartKind",
    "Patterns",
    "Runner",
    "answer_to",
    "as_json",
    "kind_of",
    "lines_met",
    "missing_patterns_of",
    "prepare",
    "read",
    "run",
]
