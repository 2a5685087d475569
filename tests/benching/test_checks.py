"""Each check, its reason, and the score."""

from __future__ import annotations

import json
import math
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avocet.benching.checks import Checks, Expected, NumberCheck, Verdict, last_number

POINT: dict[str, Any] = {"type": "object", "properties": {"x": {"type": "number"}}, "required": ["x"]}


def verdict(response: str, **expected: Any) -> Verdict:
    return Checks(Expected(**expected)).verdict(response)


def test_patterns_are_searched_in_the_stripped_answer_ignoring_case() -> None:
    assert verdict(" PARIS \n", required=("^paris$",)) == Verdict(1.0)
    assert verdict("PARIS", required=("(?-i:paris)",)).outcome == "failed"


@pytest.mark.parametrize(
    ("response", "expected", "score", "reason"),
    [
        ("a", ("a", "b", "c"), 0.333, 'pattern_match: 1/3 required patterns matched; missing: ["b", "c"]'),
        ("sure a", ("a",), 0.5, 'pattern_match: 1/1 required patterns matched; forbidden: ["sure"]'),
        ("a b c d", ("a",), 0.5, "pattern_match: 1/1 required patterns matched; 4 words, at most 3"),
        (
            "x sure y z",
            ("é",),
            0.0,
            'pattern_match: 0/1 required patterns matched; missing: ["é"]; forbidden: ["sure"]; 4 words, at most 3',
        ),
        ("sure", (), 0.0, 'forbidden: ["sure"]'),
    ],
)
def test_the_words_of_the_reason(response: str, expected: tuple[str, ...], score: float, reason: str) -> None:
    assert verdict(response, required=expected, forbidden=("sure",), max_words=3) == Verdict(score, reason)


def test_without_checks_there_is_no_verdict() -> None:
    assert verdict("whatever") == Verdict(None)
    assert verdict("whatever").outcome == "unscored"


def test_only_rules_that_hold_pass() -> None:
    assert verdict("fine", forbidden=("sure",)) == Verdict(1.0)


@pytest.mark.parametrize(
    "response",
    [
        '{"x": 1}',
        ' \n{"x": 1}\n',
        'Here:\n```json\n{"x": 1}\n```\nDone.',
        '```\n{"x": 1}\n```',
        '```python\nx\n```\n```JSON\n{"x": 1}\n```',
    ],
)
def test_json_is_the_answer_or_its_first_fenced_block(response: str) -> None:
    assert verdict(response, json_schema=POINT) == Verdict(1.0)


@pytest.mark.parametrize(
    ("response", "told"),
    [
        ("x is 1", "the answer is not JSON"),
        ("```json\n{x: 1}\n```", "the fenced block is not JSON"),
        ('```json\n{"x": 1}', "the answer is not JSON"),
        ('{"x": NaN}', "the answer is not JSON"),
        ('{"x": "1"}', "$.x: '1' is not of type 'number'"),
        ("{}", "$: 'x' is a required property"),
        ("[]", "$: [] is not of type 'object'"),
        ("[" * 100 + "]" * 100, "nested too deeply to be checked"),
        ("[" * 100_000 + "]" * 100_000, "the answer is not JSON"),
    ],
)
def test_the_reason_of_a_schema(response: str, told: str) -> None:
    assert verdict(response, json_schema=POINT) == Verdict(0.0, f"json_schema: {told}")


def test_a_long_value_is_cut_in_the_reason() -> None:
    reason = verdict(json.dumps({"x": "long" * 1000}), json_schema=POINT).reason
    assert reason is not None
    assert len(reason) < 250


def test_a_value_that_the_library_stumbles_over_is_wrong() -> None:
    schema = {"multipleOf": 1e-300}
    assert verdict("1e300", json_schema=schema).outcome == "failed"


def test_an_empty_schema_takes_any_json() -> None:
    assert verdict("5", json_schema={}).outcome == "passed"
    assert verdict("five", json_schema={}).outcome == "failed"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("It is 42.", 42),
        ("6 * 7 = 41, no: 42", 42),
        ("1,234.5 euros", 1234.5),
        ("-3", -3),
        ("\N{MINUS SIGN}3.5", -3.5),
        ("7-4", 4),
        ("(7)-4", 4),
        ("5 - -2", -2),
        (".5", 0.5),
        ("$-1e3!", -1000),
        ("42kg", 42),
        ("42 of H2O", 42),
        ("version 1.2.3", 1.2),
        ("٤٢", 42),
        ("1e999", math.inf),
        ("9" * 1000, math.inf),
        ("none at all", None),
        ("", None),
        ("- . , e5", None),
    ],
)
def test_the_last_number(text: str, number: float | None) -> None:
    assert last_number(text) == number


@given(
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(["{}", "= {}.", "1 and {}", "it is **{}**", "\n{}\n"]),
)
def test_a_number_is_read_as_it_was_written(number: float, sentence: str) -> None:
    assert last_number(sentence.format(number)) == number


@given(st.text())
def test_any_text_has_a_last_number_or_none(text: str) -> None:
    number = last_number(text)
    assert number is None or re.search(r"\d", text)


@pytest.mark.parametrize(
    ("response", "check", "reason"),
    [
        ("0.11", NumberCheck(0.1, 0.01), None),
        ("0.111", NumberCheck(0.1, 0.01), "number: the last one is 0.111, expected 0.1 (± 0.01)"),
        ("41", NumberCheck(42), "number: the last one is 41, expected 42"),
        ("1e999", NumberCheck(42), "number: the last one is inf, expected 42"),
        ("no", NumberCheck(1234567.5), "number: none in the answer, expected 1234567.5"),
    ],
)
def test_a_number(response: str, check: NumberCheck, reason: str | None) -> None:
    assert verdict(response, number=check) == Verdict(1.0 if reason is None else 0.0, reason)


def test_checks_add_up() -> None:
    found = verdict("41 ok", required=("ok", "yes"), number=NumberCheck(41), json_schema={})
    assert found.score == 0.5
    assert found.reason == (
        'pattern_match: 1/2 required patterns matched; missing: ["yes"]; json_schema: the answer is not JSON'
    )


@given(
    response=st.text(),
    required=st.lists(st.text("abc", min_size=1), max_size=3),
    forbidden=st.lists(st.text("abc", min_size=1), max_size=3),
    max_words=st.none() | st.integers(1, 5),
    number=st.none() | st.builds(NumberCheck, st.integers(-9, 9).map(float)),
)
def test_a_failed_answer_scores_below_1_and_says_why(
    response: str, required: list[str], forbidden: list[str], max_words: int | None, number: NumberCheck | None
) -> None:
    found = verdict(
        response, required=tuple(required), forbidden=tuple(forbidden), max_words=max_words, number=number
    )
    if found.outcome == "failed":
        assert found.score is not None
        assert 0 <= found.score < 1
        assert found.reason
    elif found.outcome == "passed":
        assert (found.score, found.reason) == (1.0, None)


@given(st.text())
def test_no_answer_is_more_than_wrong_for_a_schema(response: str) -> None:
    assert verdict(response, json_schema=POINT).outcome in ("passed", "failed")
