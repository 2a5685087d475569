"""The reason and the score of each check of a task."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avocet.benching import Task
from avocet.benching.tasks import NumberWanted
from avocet.benching.verdicts import Verdict

POINT: dict[str, Any] = {"type": "object", "properties": {"x": {"type": "number"}}, "required": ["x"]}


def verdict(response: str, **expected: Any) -> Verdict:
    return Task(id="t", task_type="t", prompt_messages=[], **expected).checker.verdict(response)


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
    ("response", "check", "reason"),
    [
        ("0.11", NumberWanted(0.1, 0.01), None),
        ("0.111", NumberWanted(0.1, 0.01), "number: the last one is 0.111, expected 0.1 (± 0.01)"),
        ("41", NumberWanted(42), "number: the last one is 41, expected 42"),
        ("1e999", NumberWanted(42), "number: the last one is inf, expected 42"),
        ("no", NumberWanted(1234567.5), "number: none in the answer, expected 1234567.5"),
    ],
)
def test_a_number(response: str, check: NumberWanted, reason: str | None) -> None:
    assert verdict(response, number=check) == Verdict(1.0 if reason is None else 0.0, reason)


def test_checks_add_up() -> None:
    found = verdict("41 ok", required=("ok", "yes"), number=NumberWanted(41), json_schema={})
    assert found.score == 0.5
    assert found.reason == (
        'pattern_match: 1/2 required patterns matched; missing: ["yes"]; json_schema: the answer is not JSON'
    )


@given(
    response=st.text(),
    required=st.lists(st.text("abc", min_size=1), max_size=3),
    forbidden=st.lists(st.text("abc", min_size=1), max_size=3),
    max_words=st.none() | st.integers(1, 5),
    number=st.none() | st.builds(NumberWanted, st.integers(-9, 9).map(float)),
)
def test_a_failed_answer_scores_below_1_and_says_why(
    response: str, required: list[str], forbidden: list[str], max_words: int | None, number: NumberWanted | None
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
