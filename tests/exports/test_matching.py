"""How much of an answer was changed."""

from __future__ import annotations

import pytest

from avocet.exports.matching import MAX_LETTERS, distance

LONG = "word " * MAX_LETTERS


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("", "", 0.0),
        ("", "abc", 1.0),
        ("It is 3.", "It is 9.", 1 / 8),
        (LONG, LONG + "x", 1 / (len(LONG) + 1)),
        ("x" + LONG, LONG, 1 / (len(LONG) + 1)),
        (LONG + "a" + LONG, LONG + "b" + LONG, 1 / (2 * len(LONG) + 1)),
        (LONG, "", 1.0),
        (LONG, "other" * MAX_LETTERS, 1.0),
    ],
)
def test_is_the_edit_distance_over_the_longer_text(one: str, other: str, expected: float) -> None:
    assert distance(one, other) == distance(other, one) == pytest.approx(expected)


def test_long_texts_that_differ_throughout_are_compared_by_words() -> None:
    """Two of a megabyte took half a minute by letters."""
    one = " ".join(f"{number} same" for number in range(MAX_LETTERS))
    other = " ".join(f"x{number} same" for number in range(MAX_LETTERS))
    assert distance(one, other) == pytest.approx(0.5, abs=0.01)
