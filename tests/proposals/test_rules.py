"""Each rule: where it is sure, and where it says nothing."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from avocet.checks import Check, Exact, Includes, MissingPatterns, Number, Patterns
from avocet.proposals import Item, Proposal, propose
from avocet.proposals.item import literal_of

CAPITAL = "What is the capital of Peru?"


def proposed(
    answer: str, references: Sequence[str] | str, asked: str = CAPITAL, check: Check | None = None
) -> Proposal | None:
    return propose(Item(answer, [references] if isinstance(references, str) else references, asked, check))


def rule(
    answer: str, references: Sequence[str] | str, asked: str = CAPITAL, check: Check | None = None
) -> str | None:
    proposal = proposed(answer, references, asked, check)
    return proposal.rule if proposal else None


@pytest.mark.parametrize(
    ("answer", "references", "expected"),
    [
        ("Lima", "Lima", "equal"),
        ("  Lima\n", "Lima", "equal_but_for_space"),
        ('"Lima".', "Lima", "equal_but_for_punctuation"),
        ("LIMA.", "Lima", "equal_but_for_case"),
        ("LIMA", ["Quito", "Lima"], "equal_but_for_case"),
        ("1,250.0", "1250", "equal_but_for_numbers"),
        ('{"b": 1, "a": 2}', '{"a": 2, "b": 1}', "equal_json"),
        ("a  \nb\n", "a\nb", "equal_but_for_space"),
        # lines, marks within the text, and spaces between letters may be what was asked for
        ("- basil\n- mint", "basil, mint", None),
        ("Read the manual", "Read the **manual**", None),
        ("lima", "l i m a", None),
        ("def f():\nreturn 1", "def f():\n    return 1", None),
    ],
)
def test_an_answer_that_equals_a_reference_but_for_its_form(
    answer: str, references: Sequence[str] | str, expected: str | None
) -> None:
    assert rule(answer, references) == expected


def test_it_is_accepted_since_the_check_was_too_strict() -> None:
    assert proposed("LIMA.", "Lima") == Proposal(
        "equal_but_for_case", "accept", "scoring_artifact", None, "equal but for stop, case"
    )


@pytest.mark.parametrize(
    "asked",
    [
        "Name it in capital letters.",
        "Write it in lowercase.",
        "Spell it.",
        "In this format: …",
        "Without a full stop.",
    ],
)
def test_no_difference_of_form_is_beside_the_point_where_the_prompt_asks_for_a_form(asked: str) -> None:
    assert rule("LIMA.", "Lima", asked) is None
    assert rule("Lima", "Lima", asked) == "equal"


def test_capitals_are_not_beside_the_point_where_a_pattern_minds_them() -> None:
    check = MissingPatterns(missing=("(?-i:Lima)",))
    assert rule("LIMA", "Lima", check=check) is None
    assert rule("Lima.", "Lima", check=check) == "equal_but_for_punctuation"


@pytest.mark.parametrize(
    ("answer", "asked", "expected"),
    [
        ("The capital of Peru is Lima.", CAPITAL, "in_a_sentence"),
        ('The answer is: "Lima".', CAPITAL, "in_a_sentence"),
        ("The capital of Peru is Lima.", "The capital of Peru? Only the name.", "not_alone"),
        ("The answer is Lima.", "The capital of Peru? Answer in one word.", "not_alone"),
        ("The answer is Lima.", "The capital of Peru? Be brief.", None),
        ("The capital of Peru is not Lima.", CAPITAL, None),
        ("The capital of Peru could be Lima.", CAPITAL, None),
        ("It is Quito or it is Lima.", CAPITAL, None),
        ("I love Lima.", CAPITAL, None),
        ("Lima is the answer. The answer is Lima.", CAPITAL, None),
        ("It is Quito.\nIt is Lima.", CAPITAL, None),
        ("The capital is Lima.", "Is it Lima or Quito?", None),
        ("The capital is Kalima.", CAPITAL, None),
    ],
)
def test_an_answer_that_says_the_reference_in_a_sentence(answer: str, asked: str, expected: str | None) -> None:
    assert rule(answer, "Lima", asked) == expected


def test_words_around_the_reference_break_what_the_prompt_or_the_check_says() -> None:
    assert proposed("The answer is Lima.", "Lima", "Only the name.") == Proposal(
        "not_alone", "correct", "style_violation", "Lima", "words around it"
    )
    check = MissingPatterns(missing=("^Lima$",), max_words=1)
    assert rule("The answer is Lima.", "Lima", CAPITAL, check) is None


@pytest.mark.parametrize(
    ("answer", "asked", "expected"),
    [
        ("Quito Quito " * 20, CAPITAL, "stuck"),
        ("Lima Quito " * 20, CAPITAL, None),
        ("Quito Quito " * 20, "Write Quito forty times.", None),
        ("Quito Quito", CAPITAL, None),
    ],
)
def test_an_answer_that_only_repeats_itself(answer: str, asked: str, expected: str | None) -> None:
    assert rule(answer, "Lima", asked) == expected


@pytest.mark.parametrize(
    ("answer", "references", "check", "expected"),
    [
        ("She gets 7 euros.", "She gets 6.35 euros.", None, "other_number"),
        ("She gets 7 euros.", "6 and then 5", Number(value=11), "other_number"),
        ("She gets 11 euros.", "6 and then 5", Number(value=11), None),
        ("She gets 6.35, no, 7.", "6.35", None, None),
        ("She gets seven euros.", "6.35", None, None),
        ("7", ["6", "six"], None, None),
        ("7", '{"a": 6}', None, None),
        ("H2O", "6", None, None),
        ("It is 12.50 euros.", "12.5", None, None),
        ("It is 1/2.", "0.5", None, None),
        ("It is 50 %.", "0.5", None, None),
        ("It is 5e3.", "5000", None, None),
    ],
)
def test_an_answer_with_other_numbers(
    answer: str, references: Sequence[str] | str, check: Check | None, expected: str | None
) -> None:
    assert rule(answer, references, "How much is it?", check) == expected


@pytest.mark.parametrize(
    ("answer", "references", "check", "expected"),
    [
        ("It is Quito.", "Lima", MissingPatterns(missing=(r"^Lima\.?$",)), "absent"),
        ("It is Quito.", ["Lima", "lima"], Exact(expected=("Lima", "lima")), "absent"),
        ("It is Quito.", "Lima", Includes(expected=("Lima",)), "absent"),
        ("It is Quito.", "Lima", Patterns(required=(r"\bLima\b",)), "absent"),
        ("It is Quito.", "Lima", None, None),
        ("It is L-I-M-A, or Líma.", "Lima", MissingPatterns(missing=("^Lima$",)), None),
        ("It is Quito.", "Lima", MissingPatterns(missing=("^(Lima|Quito)$",)), None),
        ("It is Quito.", "Lima", MissingPatterns(missing=("Lima", "Peru")), None),
        ("It is Quito.", "Lima, the city of kings", Includes(expected=("Lima, the city of kings",)), None),
        ("It is Quito.", ["Lima", "Ciudad"], Includes(expected=("Lima",)), None),
        ("4 July", "2021-07-04", MissingPatterns(missing=("2021-07-04",)), None),
    ],
)
def test_an_answer_with_nothing_of_what_the_check_asks_for(
    answer: str, references: Sequence[str] | str, check: Check | None, expected: str | None
) -> None:
    assert rule(answer, references, CAPITAL, check) == expected


@pytest.mark.parametrize(
    ("answer", "references"),
    [("", ["Lima"]), ("\u200b\n", ["Lima"]), ("Lima", []), ("Lima" * 6_000, ["Lima" * 6_000])],
)
def test_nothing_is_proposed_on_what_is_blank_long_or_without_a_reference(answer: str, references: list[str]) -> None:
    assert propose(Item(answer, references, CAPITAL)) is None


@pytest.mark.parametrize(
    ("pattern", "literal"),
    [
        ("^Lima$", "Lima"),
        (r"^Lima\.?$", "Lima"),
        (r"^Bonjour[.!]?$", "Bonjour"),
        (r"\bnot spam\b", "not spam"),
        (r"^\W*negative", "negative"),
        (r"^(?-i:Au)\.?$", "Au"),
        (r"l-e-m-o-n", "l-e-m-o-n"),
        (r"desk@example\.org", "desk@example.org"),
        (r"^\d+$", None),
        ("^(a )?dog$", None),
        ("^.*Lima", None),
        ("^$", None),
        ("(", None),
    ],
)
def test_the_text_that_a_pattern_stands_for(pattern: str, literal: str | None) -> None:
    assert literal_of(pattern) == literal
