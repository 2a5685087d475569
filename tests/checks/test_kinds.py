"""What a candidate's `check` holds, and what is no check."""

from __future__ import annotations

import math
from typing import Any

import pytest

from avocet.checks import (
    AllOf,
    Assertion,
    Assertions,
    Check,
    Exact,
    Extract,
    Includes,
    JsonSchema,
    MissingPatterns,
    Number,
    Patterns,
    as_json,
    read,
)

WRITTEN: list[tuple[Check, dict[str, Any]]] = [
    (
        Patterns(required=("a",), forbidden=("b",), max_words=9),
        {"kind": "patterns", "required": ["a"], "forbidden": ["b"], "max_words": 9},
    ),
    (MissingPatterns(missing=("a",)), {"kind": "missing_patterns", "missing": ["a"]}),
    (
        Exact(expected=("a",), extract=Extract(pattern="b", which=-1), ignore_case=True),
        {"kind": "exact", "expected": ["a"], "extract": {"pattern": "b", "which": -1}, "ignore_case": True},
    ),
    (Includes(expected=("a",), at="end"), {"kind": "includes", "expected": ["a"], "at": "end"}),
    (Number(value=4.5, tolerance=0.5), {"kind": "number", "value": 4.5, "tolerance": 0.5}),
    (JsonSchema(schema={"type": "object"}), {"kind": "json_schema", "schema": {"type": "object"}}),
    (
        Assertions(assertions=(Assertion(type="not-contains", value="a"),), others=("llm-rubric",)),
        {
            "kind": "promptfoo",
            "assertions": [{"type": "not-contains", "value": "a"}],
            "others": ["llm-rubric"],
        },
    ),
    (
        AllOf(checks=(Patterns(required=("a",)), Number(value=1.0))),
        {"kind": "all", "checks": [{"kind": "patterns", "required": ["a"]}, {"kind": "number", "value": 1.0}]},
    ),
]


@pytest.mark.parametrize(("check", "written"), WRITTEN, ids=lambda part: getattr(type(part), "__name__", ""))
def test_a_check_is_written_and_read(check: Check, written: dict[str, Any]) -> None:
    assert as_json(check) == written
    assert read(written) == check


@pytest.mark.parametrize(
    "value",
    [
        None,
        "patterns",
        [],
        {},
        {"kind": "patterns", "required": "a"},
        {"kind": "patterns", "required": ["a"], "at_least": 1},
        {"kind": "judge", "model": "large"},
        {"required": ["a"]},
        {"kind": "exact", "expected": []},
        {"kind": "number", "value": "4"},
        {"kind": "number", "value": 4, "tolerance": -1},
        {"kind": "number", "value": math.nan, "tolerance": "x"},
        {"kind": "all", "checks": [{"kind": "missing_patterns", "missing": ["a"]}]},
    ],
)
def test_what_is_not_wholly_understood_is_no_check(value: Any) -> None:
    assert read(value) is None
