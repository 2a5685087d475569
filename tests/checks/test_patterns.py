"""Checks by patterns: whole ones, and those of which only the missing patterns are known."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avocet.checks import (
    AllOf,
    Check,
    InvalidCheck,
    MissingPatterns,
    Number,
    Part,
    Patterns,
    missing_patterns_of,
    run,
)

SEA = Patterns(required=("tide", "^the moon", "twice"), forbidden=("as an ai",), max_words=8)


def test_each_part_is_told() -> None:
    result = run(SEA, " The Moon makes the tide, as an AI says. And it does so again.\n")
    assert result.parts == [
        Part("required", "tide", True),
        Part("required", "^the moon", True),
        Part("required", "twice", False),
        Part("forbidden", "as an ai", False),
        Part("max_words", "at most 8 words", False, "14 words, at most 8"),
    ]
    assert not result.passed
    assert not result.is_partial
    assert result.sentence == "2 of 3 patterns matched, 1 forbidden pattern found; 14 words, at most 8."


@pytest.mark.parametrize(
    ("check", "text", "passed", "sentence"),
    [
        (SEA, "The moon. Tide twice.", True, "3 of 3 patterns matched, none forbidden; at most 8 words."),
        (Patterns(required=("a",)), "b", False, "0 of 1 pattern matched."),
        (Patterns(required=("a",)), "A", True, "1 of 1 pattern matched."),
        (Patterns(required=("(?-i:a)",)), "A", False, "0 of 1 pattern matched."),
        (Patterns(forbidden=("a", "b")), "ab", False, "2 forbidden patterns found."),
        (Patterns(forbidden=("a", "b")), "c", True, "None forbidden."),
        (Patterns(max_words=2), "a b c", False, "3 words, at most 2."),
        (Patterns(), "", True, "Nothing was asked for."),
        (
            AllOf(checks=(Patterns(required=("a",)), Number(value=3.0))),
            "a 3",
            True,
            "1 of 1 pattern matched; the last number is 3.",
        ),
        (
            AllOf(checks=(Patterns(required=("a",)), Number(value=3.0))),
            "a 4",
            False,
            "1 of 1 pattern matched; number: the last one is 4, expected 3.",
        ),
    ],
)
def test_the_sentence(check: Check, text: str, passed: bool, sentence: str) -> None:
    result = run(check, text)
    assert (result.passed, result.is_partial, result.sentence) == (passed, False, sentence)


@pytest.mark.parametrize(
    ("text", "passed", "told"),
    [
        ("x y", True, "2 missing patterns now found; 1 forbidden pattern gone"),
        ("x sure", False, "1 pattern still missing, 1 missing pattern now found; 1 forbidden pattern found"),
        ("", False, "2 patterns still missing; 1 forbidden pattern gone"),
    ],
)
def test_a_check_that_is_known_in_part_says_just_that_part(text: str, passed: bool, told: str) -> None:
    result = run(MissingPatterns(missing=("x", "y"), forbidden=("sure",)), text)
    assert (result.passed, result.is_partial) == (passed, True)
    assert result.sentence == f"{told}. The rest of the check is not known and may still fail."


@given(st.lists(st.text("abc", min_size=1)), st.lists(st.text("abc", min_size=1)), st.text("abc "))
def test_a_part_of_a_check_never_says_of_how_many(missing: list[str], forbidden: list[str], text: str) -> None:
    result = run(MissingPatterns(missing=tuple(missing), forbidden=tuple(forbidden)), text)
    assert result.is_partial
    assert " of 3" not in result.sentence
    assert not any(character.isdigit() for character in result.sentence.partition(" of ")[2])


def test_an_older_card_tells_what_was_missing() -> None:
    reason = (
        'pattern_match: 1/3 required patterns matched; missing: ["x", "y"]; forbidden: ["z"]; 23 words, at most 15'
    )
    assert missing_patterns_of(reason) == MissingPatterns(missing=("x", "y"), forbidden=("z",), max_words=15)
    assert missing_patterns_of("pattern_match: 1/1 required patterns matched") is None
    assert missing_patterns_of('answered "x", expected "y"') is None
    assert missing_patterns_of(None) is None


def test_a_pattern_that_does_not_compile_is_named() -> None:
    with pytest.raises(InvalidCheck, match=r"'\(' does not compile"):
        run(Patterns(forbidden=("(",)), "a")
