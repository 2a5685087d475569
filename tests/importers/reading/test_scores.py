"""Scores: what is a number, and what is none, told apart."""

from __future__ import annotations

from math import inf, nan
from typing import Any

import pytest

from avocet.importers.base import Metric, passes
from avocet.importers.reading.scores import (
    BLANK,
    NOT_A_NUMBER,
    NOT_ONE_NUMBER,
    NULL,
    decimal_sign,
    score_of,
    storable,
    told_number,
    why_unscored,
)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        *(("0.5", 0.5), ("0,5", 0.5), ("1,0", 1), ("-0,25", -0.25), (",5", 0.5), ("1e-3", 0.001), (" 1 ", 1)),
        *(("50%", 0.5), ("50 %", 0.5), ("12,5 %", 0.125), ("1.234,5", 1234.5), ("1,234.5", 1234.5)),
        *(("1 234,5", 1234.5), ("1'234.5", 1234.5), ("1.234.567", 1234567), ("true", 1), ("FALSE", 0)),
        *(("WAHR", 1), ("FALSCH", 0), ("VRAI", 1), ("Falso", 0)),
        *(("inf", inf), ("-Infinity", -inf), ("∞", inf), ("nan", None), ("", None), ("x", None), ("1,2,3", None)),
        *(("--1", None), ("1..2", None), ("error", None), ("%", None), (",", None), (".", None), ("1_000", None)),
    ],
)
def test_a_number_as_people_write_it(text: str, number: float | None) -> None:
    assert told_number(text) == number


@pytest.mark.parametrize(
    ("value", "why"),
    [
        *((None, NULL), (nan, NOT_A_NUMBER), ("NaN", NOT_A_NUMBER), ("", BLANK), (" ", BLANK), ("n/a", BLANK)),
        *(("–", BLANK), ("k.A.", BLANK), ("#N/A", BLANK)),
        *(([1, 2], NOT_ONE_NUMBER), ({}, NOT_ONE_NUMBER), ("good", NOT_ONE_NUMBER)),
    ],
)
def test_why_a_value_is_no_score(value: Any, why: str) -> None:
    assert score_of(value) is None
    assert why_unscored(value) == why


@pytest.mark.parametrize(
    ("column", "sign"),
    [
        *(
            (["1.234", "5,5"], ","),
            (["1,234", "0.25"], "."),
            (["1.500"], None),
            (["1.234,5"], ","),
            (["1,234.5"], "."),
        ),
        *((["1.234.567"], ","), (["n/a", None, 3, "12 %"], None), (["12,5 %"], ",")),
    ],
)
def test_the_decimal_sign_of_a_column(column: list[Any], sign: str | None) -> None:
    assert decimal_sign(column) == sign


@pytest.mark.parametrize(
    ("text", "sign", "number"),
    [("1.500", ",", 1500), ("1,500", ",", 1.5), ("1.500", ".", 1.5), ("1,500", ".", 1500), ("1.500", None, 1.5)],
)
def test_digits_that_may_be_grouped_are_read_as_their_column_is(text: str, sign: str | None, number: float) -> None:
    assert told_number(text, sign) == number


@pytest.mark.parametrize("up", [True, False])
@pytest.mark.parametrize("score", [inf, -inf])
def test_infinity_is_the_worst_there_is(score: float, up: bool) -> None:
    assert score_of(score) == score
    assert not passes(score, Metric("m", up), 0)


def test_what_is_stored() -> None:
    told = {"a": inf, "b": [nan, -inf, 1], "c": None}
    assert storable(told) == {"a": "Infinity", "b": [None, "-Infinity", 1], "c": None}


def test_an_integer_that_no_float_holds() -> None:
    assert score_of(10**400) == inf
