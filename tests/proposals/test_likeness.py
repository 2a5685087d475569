"""How an answer differs from a reference, where it is little."""

from __future__ import annotations

import pytest

from avocet.proposals import likeness


@pytest.mark.parametrize(
    ("answer", "reference", "says"),
    [
        ("Lima", "Lima", "Equals the reference."),
        ("LIMA", "Lima", "Equals the reference but for case."),
        ("Lima.", "Lima", "Equals the reference but for a full stop."),
        ("“Lima”", "Lima", "Equals the reference but for punctuation at its ends."),
        ("LIMA.", "Lima", "Equals the reference but for a full stop and case."),
        ("a  b\n", "a b", "Equals the reference but for white space."),
        ("a\u200b b", "a b", "Equals the reference but for white space and invisible characters."),
        ("1,250", "1250", "Equals the reference but for how its numbers are written."),
        ("+5.0", "5", "Equals the reference but for how its numbers are written."),
        ('{"b": 1, "a": [2]}', '{"a":[2],"b":1}', "The same JSON as the reference, in another order or layout."),
        ("16 km/h", "16", "Equals the reference but for a unit."),
        ("16", "16 km/h", "Equals the reference but for a unit."),
        ("$5", "5", "Equals the reference but for a unit."),
        ("It is Lima, in Peru.", "Lima", "Holds the reference, with words around it."),
    ],
)
def test_a_little_difference_is_named(answer: str, reference: str, says: str) -> None:
    found = likeness(answer, [reference])
    assert found is not None
    assert found.says == says


@pytest.mark.parametrize(
    ("answer", "reference"),
    [
        ("", "Lima"),
        (" \n", "Lima"),
        ("...", "..!"),
        ("Quito", "Lima"),
        ("Limassol", "Lima"),
        ("13.5", "5"),
        ("5 and 5", "5"),
        ("1.250", "1250"),
        ("v1.10", "v1.1"),
        ("1.10", "1.1"),
        ('{"a": 1}', '{"a": "1"}'),
        ('{"a": true}', '{"a": 1}'),
        ("x" * 500 + " Lima", "Lima"),
        ("[" * 5_000, "[" * 4_000),
    ],
)
def test_more_is_not(answer: str, reference: str) -> None:
    assert likeness(answer, [reference]) is None


def test_the_reference_most_like_the_answer_is_meant() -> None:
    found = likeness("The moon.", ["moon", "A tide", "the moon"])
    assert found is not None
    assert (found.reference, found.differences) == (2, ["punctuation", "case"])
