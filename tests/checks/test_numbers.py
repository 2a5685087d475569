"""The last number of an answer, and whether it is the one that is wanted."""

from __future__ import annotations

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avocet.checks import Number, run
from avocet.checks.numbers import last_number


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
    ("text", "check", "passed", "sentence"),
    [
        ("about 0.11", Number(value=0.1, tolerance=0.01), True, "The last number is 0.1 (± 0.01)."),
        ("0.111", Number(value=0.1, tolerance=0.01), False, "Number: the last one is 0.111, expected 0.1 (± 0.01)."),
        ("41", Number(value=42), False, "Number: the last one is 41, expected 42."),
        ("no", Number(value=42), False, "Number: none in the answer, expected 42."),
    ],
)
def test_the_number_that_is_wanted(text: str, check: Number, passed: bool, sentence: str) -> None:
    result = run(check, text)
    assert (result.passed, result.is_partial, result.sentence) == (passed, False, sentence)
