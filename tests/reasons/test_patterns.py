"""What a failure reason says of patterns: the same reasons that the page's reader is tested with."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avocet.reasons import PatternReport, pattern_report


@pytest.mark.parametrize(
    ("reason", "missing"),
    [
        ('pattern_match: 1/3 required patterns matched; missing: ["a", "b \\"c\\""]', ["a", 'b "c"']),
        ("pattern_match: 0/2 required patterns matched; missing: ['it\\'s', \"x\"]", ["it's", "x"]),
        ("pattern_match: 0/1 required patterns matched; missing: [tac]", ["tac"]),
        ('pattern_match: 0/1 required patterns matched; missing: ["[a-z]; x]"]', ["[a-z]; x]"]),
        ("missing patterns: [a, b]", ["a", "b"]),
        (r"missing pattern: \b42\b", [r"\b42\b"]),
        (r"Missing pattern: a; missing pattern: [b]", ["a", "b"]),
    ],
)
def test_missing_patterns(reason: str, missing: list[str]) -> None:
    assert pattern_report(reason) == PatternReport(missing=missing)


def test_forbidden_patterns_a_length_and_what_is_said_beside_them() -> None:
    assert pattern_report(
        'pattern_match: 0/1 required patterns matched; missing: ["x"]; forbidden: ["sure", "a]b"]; '
        "23 words, at most 15; number: the last one is 7, expected 8"
    ) == PatternReport(["x"], ["sure", "a]b"], 15, "number: the last one is 7, expected 8")
    assert pattern_report("1 word, at most 0.") == PatternReport(max_words=0)


@pytest.mark.parametrize(
    "reason",
    [
        "",
        "wrong",
        "1/3",
        "2/2 required patterns matched",
        "pattern_match: 0/1 required patterns matched; missing: []",
        "judge: 1/3 required patterns matched, I think",
        'missing: ["cut off',
        "missing: the point",
        "23 words, at most 15 were asked for",
        "number: none in the answer, expected 42",
        f'missing: ["{"a" * 20_000}"]',
    ],
)
def test_a_reason_of_another_kind_names_no_pattern(reason: str) -> None:
    assert pattern_report(reason) is None


@given(st.lists(st.text(), min_size=1), st.sampled_from(["missing", "forbidden"]))
def test_a_list_is_read_as_it_was_written(patterns: list[str], name: str) -> None:
    written = "[" + ", ".join(map(repr, patterns)) + "]"
    report = pattern_report(f"{name}: {written}")
    if all(pattern.isprintable() and "\\" not in pattern for pattern in patterns):
        assert report is not None
        assert getattr(report, name) == patterns
