"""What may count as the reference, and what harnesses keep in the same place though it is no answer."""

from __future__ import annotations

import re

from avocet.domain import Json
from avocet.importers.reading.values import several

# how HumanEval, MBPP and the like check a program: assertions, a function that makes them, or inputs and outputs;
# only at the start of a line, since indented ones may just as well be part of a program
_TEST = re.compile(
    r"^(?:assert\b|def (?:check|test_?\w*)\s*\(|import unittest\b|class Test\w*\b)"
    r"|\A\s*\[\s*\{\s*\"(?:input|stdin)\"\s*:",
    re.MULTILINE,
)


def reference_or_none(value: Json) -> Json:
    """The reference, or of a list those that are not blank; None if nothing is left."""
    if isinstance(value, list):
        return [item for item in value if not _is_blank(item)] or None
    return None if _is_blank(value) else value


def unit_tests_in(value: Json) -> str | None:
    """The unit tests in the place of an answer; None if the value is something else."""
    texts = several(value)
    if not texts or not all(isinstance(text, str) and _TEST.search(text) for text in texts):
        return None
    return "\n".join(texts)


def _is_blank(value: Json) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())
