"""What may stand as the reference, and what a harness keeps in the same place that is no answer at all."""

from __future__ import annotations

import re

from avocet.domain import Json

# as HumanEval, MBPP and their like check a program: assertions, a function that makes them, or what goes in and comes
# out. What is indented may
# as well be part of a program
_TEST = re.compile(
    r"^(?:assert\b|def (?:check|test_?\w*)\s*\(|import unittest\b|class Test\w*\b)"
    r"|\A\s*\[\s*\{\s*\"(?:input|stdin)\"\s*:",
    re.MULTILINE,
)


def reference_or_none(value: Json) -> Json:
    """The reference, unless it is blank; of several, those that are not."""
    if isinstance(value, list):
        told = [item for item in value if not _is_blank(item)]
        return told or None
    return None if _is_blank(value) else value


def unit_tests_in(value: Json) -> str | None:
    """The unit tests that stand where an answer is expected; none if it is something else."""
    texts = value if isinstance(value, list) else [value]
    if not texts or not all(isinstance(text, str) and _TEST.search(text) for text in texts):
        return None
    return "\n".join(texts)


def _is_blank(value: Json) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())
