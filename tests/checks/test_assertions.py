"""promptfoo's plain assertions. What each says of a text is what promptfoo's own code says of it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avocet.checks import Assertion, Assertions, CheckResult, InvalidCheck, run
from avocet.checks.assertions import is_plain
from avocet.checks.javascript import from_javascript

POINT = {"type": "object", "required": ["x"]}


def asserted(kind: str, value: Any, text: str) -> bool:
    return run(Assertions(assertions=(Assertion(type=kind, value=value),)), text).passed


@pytest.mark.parametrize(
    ("kind", "value", "text", "holds"),
    [
        ("equals", "Paris", "Paris", True),
        ("equals", "Paris", "Paris ", False),
        ("equals", 4, "4", True),
        ("equals", 4.0, "4", True),
        ("equals", 4.5, "4.5", True),
        ("equals", {"a": [1, True]}, ' {"a": [1.0, true]}', True),
        ("equals", {"a": [1, True]}, '{"a": [1, 1]}', False),
        ("equals", {"a": 1}, '{"a": 1, "b": 2}', False),
        ("equals", [1], "not JSON", False),
        ("contains", "ari", "Paris", True),
        ("contains", "ARI", "Paris", False),
        ("contains", 7, "seven is 7.", True),
        ("icontains", "ARI", "Paris", True),
        ("icontains", "oslo", "Paris", False),
        ("contains-any", ["Oslo", "Paris"], "in Paris", True),
        ("contains-any", ["Oslo", "Rome"], "in Paris", False),
        ("contains-any", "Oslo, Paris", "in Paris", True),
        ("contains-any", 'Oslo, "Paris, Texas"', "in Paris", False),
        ("contains-any", 'Oslo, "Paris, Texas"', "in Paris, Texas", True),
        ("icontains-any", ["OSLO", "PARIS"], "in Paris", True),
        ("contains-all", ["in", "Paris"], "in Paris", True),
        ("contains-all", ["in", "paris"], "in Paris", False),
        ("icontains-all", ["IN", "paris"], "in Paris", True),
        ("starts-with", "in ", "in Paris", True),
        ("starts-with", "Paris", "in Paris", False),
        ("ends-with", "Paris", "in Paris", True),
        ("ends-with", "in", "in Paris", False),
        ("regex", r"^\d{4}$", "2026", True),
        ("regex", r"^\d{4}$", "2026\n", False),
        ("regex", "paris", "Paris", False),
        ("is-json", None, '{"x": 1}', True),
        ("is-json", None, "```json\n{}\n```", False),
        ("is-json", POINT, '{"x": 1}', True),
        ("is-json", POINT, "{}", False),
        ("is-json", "type: object\nrequired: [x]", "{}", False),
        ("is-json", "type: object\nrequired: [x]", '{"x": 0}', True),
        ("contains-json", None, 'Here: {"x": {"y": 1}} done', True),
        ("contains-json", None, "Here: {x} done", False),
        ("contains-json", POINT, 'first {"y": 1}, then {"x": 1}', True),
        ("contains-json", POINT, 'first {"y": 1}, then {"z": 1}', False),
    ],
)
def test_an_assertion_and_its_opposite(kind: str, value: Any, text: str, holds: bool) -> None:
    assert asserted(kind, value, text) is holds
    assert asserted(f"not-{kind}", value, text) is not holds


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        (r"(?<year>\d+)-\k<year>", "12-12", True),
        (r"(?<year>\d+)-\k<year>", "12-13", False),
        (r"^[\w-.]+$", "a-b.c", True),
        (r"^[\w-.]+$", "a b", False),
        (r"^\w+$", "é", False),
        (r"^.$", "\u2028", False),
        (r"^[^]$", "\n", True),
        (r"a[]", "a", False),
        (r"^[[^x]$", "^", True),
        (r"^[[^x]$", "y", False),
        (r"\s", "\ufeff", True),
        (r"^\S+$", "a\ufeffb", False),
        (r"[\s,]", "a\u00a0b", True),
        (r"\bcat\b", "a cat.", True),
        (r"\/etc\/", "/etc/", True),
        (r"\A", "A", True),
        (r"\A", "B", False),
        (r"a{,3}", "a{,3}", True),
        (r"a{,3}", "aaa", False),
        (r"(?<=\$)\d", "$5", True),
        (r"(?:a|b)(?!c)", "ac", False),
        (r"\u00e9\x41", "éA", True),
        (r"[\b]", "\b", True),
    ],
)
def test_a_pattern_means_what_it_means_in_javascript(pattern: str, text: str, found: bool) -> None:
    assert (from_javascript(pattern).search(text) is not None) is found


@pytest.mark.parametrize("pattern", [r"\u{1F600}", r"\p{L}", "(?i)a", "(?P<n>a)", r"[\S]", "(", "[", r"\k<n>"])
def test_a_pattern_that_can_not_be_said_in_python_is_refused(pattern: str) -> None:
    with pytest.raises(InvalidCheck):
        from_javascript(pattern)


@given(st.text(r"ab01()[]{}<>?*+|^$\.-,wWsSdDkbu: "))
def test_any_pattern_is_compiled_or_refused(pattern: str) -> None:
    try:
        found = from_javascript(pattern)
    except InvalidCheck:
        return
    assert found.flags & re.ASCII


def of_two(text: str, threshold: float | None = None, weight: float = 1.0, **more: Any) -> CheckResult:
    both = (Assertion(type="contains", value="a", weight=weight), Assertion(type="equals", value="b"))
    return run(Assertions(assertions=both, threshold=threshold, **more), text)


@pytest.mark.parametrize(
    ("threshold", "weight", "text", "passed"),
    [
        (None, 1.0, "b", False),
        (None, 0.0, "b", True),
        (None, 0.0, "c", False),
        (0.5, 1.0, "b", True),
        (0.6, 1.0, "b", False),
        (0.25, 3.0, "b", True),
        (0.26, 3.0, "b", False),
        (0.75, 3.0, "a", True),
    ],
)
def test_weights_and_the_threshold(threshold: float | None, weight: float, text: str, passed: bool) -> None:
    assert of_two(text, threshold, weight).passed is passed


def test_the_sentence_names_what_does_not_hold_and_what_was_not_run() -> None:
    assert of_two("b").sentence == '1 of 2 assertions hold; does not hold: contains: "a".'
    assert of_two("b", 0.5).sentence == (
        '1 of 2 assertions hold, a share of 0.5 (passes at 0.5); does not hold: contains: "a".'
    )
    partly = of_two("ab", others=("llm-rubric", "javascript", "llm-rubric"))
    assert partly.is_partial
    assert (
        partly.sentence == '1 of 2 assertions hold; does not hold: equals: "b". Not run here: llm-rubric, javascript.'
    )


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("llm-rubric", "is polite"),
        ("contains", ""),
        ("contains", None),
        ("contains", ["a"]),
        ("contains-any", []),
        ("contains-all", {"a": 1}),
        ("equals", True),
        ("is-json", 7),
        ("is-json", "{: ["),
        ("contains-json", "just text"),
    ],
)
def test_an_assertion_that_can_not_be_run_is_named(kind: str, value: Any) -> None:
    with pytest.raises(InvalidCheck):
        asserted(kind, value, "text")


def test_which_assertions_are_plain() -> None:
    assert is_plain("not-icontains-any")
    assert not is_plain("similar")
    assert not is_plain("not-llm-rubric")
