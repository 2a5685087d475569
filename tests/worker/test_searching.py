"""Where patterns are, and where they nearly are."""

from __future__ import annotations

import pytest

from avocet.worker import searching


@pytest.mark.parametrize(
    ("response", "pattern", "texts", "how"),
    [
        ("The capital is Tokyo.", "^Tokyo$", ["Tokyo"], "there, but not alone"),
        ("It is h2o, of course", "^(?-i:H2O)$", ["h2o"], "there, but not alone"),
        ("tac", "(?m)TAC", ["tac"], "there, but for capitals"),
        ("Born 2024 / 02 / 29.", "2024-02-29", ["2024 / 02 / 29"], "there, but for signs and spaces"),
        ("12 remainder 5", r"remainder\D{0,12}2\b", ["remainder"], "only a part is there"),
        ("no notion, No", "^no$", ["no", "No"], "there, but not alone"),
        ("In Zürich also", r"^\W*zürich\W*$", ["Zürich"], "there, but not alone"),
        ("the year 1999", "(?<year>1999)", ["1999"], "there, but for capitals"),
    ],
)
def test_what_is_missing_is_nearly_there(response: str, pattern: str, texts: list[str], how: str) -> None:
    found = searching.near(response, pattern)
    assert found is not None
    assert (found[0], [response[start:end] for start, end in found[1]]) == (how, texts)


@pytest.mark.parametrize(
    ("response", "pattern"),
    [("512", r"\b225\b"), ("Two sentences. Here.", "^[^.!?]+[.!?]$"), ("a cat", "^C$"), ("", "^x$"), ("x", "")],
)
def test_nothing_is_near(response: str, pattern: str) -> None:
    assert searching.near(response, pattern) is None


@pytest.mark.parametrize(
    ("pattern", "texts"),
    [
        ("sure", ["Sure", "Sure"]),
        ("of course", ["Of course"]),
        ("(x", ["(x"]),
        ("no", []),
        ("", []),
        (" ", [" "] * 4),
    ],
)
def test_what_is_forbidden(pattern: str, texts: list[str]) -> None:
    response = "Sure! Of course. Sure (x)"
    found = searching.forbidden(response, pattern)
    assert [response[start:end] for start, end in (found[1] if found else [])] == texts


def test_offsets_are_those_of_a_browser() -> None:
    response = "👍 yes 👨‍👩‍👧 yes"
    found = searching.forbidden(response, "yes")
    assert found is not None
    units = response.encode("utf-16-le")
    in_browser = searching.in_utf16(response, found[1])
    assert in_browser == [(3, 6), (16, 19)]
    assert {units[2 * start : 2 * end].decode("utf-16-le") for start, end in in_browser} == {"yes"}


def test_no_more_than_some_marks_a_pattern() -> None:
    assert len(searching.search("a" * 1000, "a")) == searching.MOST_MARKS
