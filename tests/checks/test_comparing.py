"""Checks that compare an answer with expected texts, as lm-eval, Inspect and openai-evals compare them."""

from __future__ import annotations

import pytest

from avocet.checks import Exact, Extract, Includes, run

# the filters of lm-eval's gsm8k
STRICT = Extract(pattern=r"#### (\-?[0-9\.\,]+)", fallback="[invalid]")
FLEXIBLE = Extract(pattern=r"(-?[$0-9.,]{2,})|(-?[0-9]+)", which=-1, fallback="[invalid]")
IGNORED = (",", r"\$", r"(?s).*#### ", r"\.$")


@pytest.mark.parametrize(
    ("check", "text", "passed"),
    [
        (Exact(expected=("Paris",)), " Paris\n", True),
        (Exact(expected=("Paris",)), "paris", False),
        (Exact(expected=("Paris",), trim="nothing"), " Paris", False),
        (Exact(expected=("Paris", "Lutetia")), "Lutetia", True),
        (Exact(expected=("Paris",), ignore_case=True), "PARIS", True),
        (Exact(expected=("Paris",)), "Paris.", False),
        (Exact(expected=("Paris",), trim="punctuation"), "«Paris».", False),
        (Exact(expected=("Paris",), trim="punctuation"), ' "Paris".', True),
        (Exact(expected=("New York",), ignore_punctuation=True), "New-York", False),
        (Exact(expected=("NewYork",), ignore_punctuation=True), "New-York!", True),
        (Exact(expected=("1,234",), without=(",",)), "1234", True),
        (Exact(expected=("",)), " ", True),
        (Exact(expected=("72",), extract=STRICT, without=IGNORED), "6 * 12 = 72\n#### 72.", True),
        (Exact(expected=("72",), extract=STRICT, without=IGNORED), "It is 72", False),
        (Exact(expected=("72",), extract=FLEXIBLE, without=IGNORED), "6 times 12 is $72.", True),
        (Exact(expected=("72",), extract=FLEXIBLE, without=IGNORED), "72 apples and 1 pear", False),
        (Exact(expected=("b",), extract=Extract(pattern="x(.)", which=2)), "xa xb", False),
        (Exact(expected=("b",), extract=Extract(pattern="x(.)", which=1)), "xa xb", True),
        (Exact(expected=("xb",), extract=Extract(pattern="x.", which=-1)), "xa xb", True),
        (Includes(expected=("paris",)), "in paris.", True),
        (Includes(expected=("paris",)), "in Paris.", False),
        (Includes(expected=("paris",), ignore_case=True), "in Paris.", True),
        (Includes(expected=("rome", "paris")), "paris", True),
        (Includes(expected=("paris",), at="start"), "paris it is", True),
        (Includes(expected=("paris",), at="start"), "it is paris", False),
        (Includes(expected=("paris",), at="end"), "it is paris", True),
        (Includes(expected=("paris",), at="end"), "it is paris.", False),
        (Includes(expected=("paris",), at="end", trim="punctuation"), "it is paris. ", True),
    ],
)
def test_an_answer_is_compared(check: Exact | Includes, text: str, passed: bool) -> None:
    result = run(check, text)
    assert result.passed is passed
    assert [part.holds for part in result.parts] == [passed]


@pytest.mark.parametrize(
    ("check", "text", "sentence"),
    [
        (Exact(expected=("Paris",)), "Paris", 'The answer is "Paris".'),
        (Exact(expected=("Paris", "paris")), "Lyon", 'The answer is "Lyon", expected "Paris" or "paris".'),
        (
            Exact(expected=("72",), extract=STRICT),
            "72",
            'What is taken out of the answer is "[invalid]", expected "72".',
        ),
        (Includes(expected=("Paris",)), "Paris!", 'The answer contains "Paris".'),
        (Includes(expected=("Paris",), at="end"), "Paris!", 'The answer does not end with "Paris".'),
        (
            Includes(expected=("a", "b", "c", "d", "e", "f")),
            "",
            'The answer does not contain "a" or "b" or "c" or "d" or "e" or others.',
        ),
    ],
)
def test_the_sentence_of_a_comparison(check: Exact | Includes, text: str, sentence: str) -> None:
    assert run(check, text).sentence == sentence


def test_a_long_answer_is_cut_in_the_sentence() -> None:
    assert len(run(Exact(expected=("Paris",)), "long" * 1000).sentence) < 120
