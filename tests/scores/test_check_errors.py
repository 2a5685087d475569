"""How often the check errs: worked examples, published data, and every pair of counts counted."""

from __future__ import annotations

import pytest
from hypothesis import given

from avocet.scores.check_errors import check_errors
from avocet.scores.prediction import rights
from avocet.scores.strata import Facts, OutcomeReads, Stratum
from tests.scores.reads import numbers, reads
from tests.scores.test_estimate_properties import strata


def test_worked_examples() -> None:
    fails_right, passes_wrong = check_errors(reads((20, 10, 3)), reads((30, 10, 9)))
    assert numbers(fails_right) == (0.181818, 0.096774, 0.294118)
    assert numbers(passes_wrong) == (0.176471, 0.058824, 0.428571)
    assert fails_right.rough


def test_what_is_set_aside_belongs_to_neither() -> None:
    fails_right, passes_wrong = check_errors(reads((400, 100, 14, 30)), reads((600, 100, 94, 2)))
    assert (numbers(fails_right)[0], numbers(passes_wrong)[0]) == (0.090323, 0.096774)
    both = check_errors(reads((412, 100, 12, 2)), reads((588, 50, 49)))
    rounded = [tuple(round(number or 0, 3) for number in numbers(told)) for told in both]
    assert rounded == [(0.079, 0.05, 0.118), (0.032, 0.005, 0.126)]


def test_published_data() -> None:
    """Drum and Christacopoulos, Journal of Nuclear Medicine 13, 1972: hepatic scans, of which some were verified.

    The reads alone would say 0.895349 and 0.627907.
    """
    fails_right, passes_wrong = check_errors(reads((221, 81, 27)), reads((429, 263, 231)))
    assert 1 - (fails_right.value or 0) == pytest.approx(0.836467, abs=5e-7)
    assert 1 - (passes_wrong.value or 0) == pytest.approx(0.738398, abs=5e-7)


def counted(part: OutcomeReads, rest: OutcomeReads, chance: float) -> float:
    """The least share by going through every pair of counts."""
    pairs = []
    (known, unread), (others, unread_others) = rights(part), rights(rest)
    for i, p in enumerate(unread.chances if unread else [1.0]):
        for j, q in enumerate(unread_others.chances if unread_others else [1.0]):
            one, other = known + i + (unread.first if unread else 0), others + j
            other += unread_others.first if unread_others else 0
            pairs.append((one / (one + other) if one else 0.0, p * q))
    reached = 0.0
    for share, product in sorted(pairs):
        reached += product
        if reached >= chance - 1e-10:
            return share
    raise AssertionError("the chances don't add up to 1")


@given(strata(), strata())
def test_limits_are_those_of_every_pair_of_counts(one: Stratum, other: Stratum) -> None:
    failed, passed = OutcomeReads((one,)), OutcomeReads((other,))
    told = check_errors(failed, passed, least_reads=0).fails_right
    if not (rights(failed)[1] or rights(passed)[1]):
        assert told.low == told.value == told.high
    elif told.value is not None and told.low is not None and told.high is not None:
        assert told.low == pytest.approx(min(counted(failed, passed, 0.025), told.value), abs=1e-9)
        assert told.high == pytest.approx(max(counted(failed, passed, 0.975), told.value), abs=1e-9)


def test_on_a_coarse_lattice() -> None:
    """Two million unread: the limits of a hundredth of them are near."""
    large = check_errors(reads((1_000_000, 50, 5)), reads((1_000_000, 50, 49)))
    small = check_errors(reads((10_000, 50, 5)), reads((10_000, 50, 49)))
    for one, other in zip(large, small, strict=True):
        assert (one.value, one.low, one.high) == pytest.approx((other.value, other.low, other.high), abs=2e-3)


def test_facts_cut_the_limits() -> None:
    """Of the failures 50 to 100 are right, of the passes 100 to 110: 50/160 is the least, 100/200 the most."""
    failed, passed = reads((400, 40, 2), facts=Facts(50, 300)), reads((120, 110, 100))
    told = check_errors(failed, passed).fails_right
    assert numbers(told)[:2] == (0.3125, 0.3125)
    failed = reads((400, 40, 20), facts=Facts(50, 300))
    assert numbers(check_errors(failed, passed).fails_right)[2] == 0.5


def test_without_right_answers_nothing_is_told_of_them() -> None:
    fails_right, passes_wrong = check_errors(reads((20, 20, 0)), reads((30, 30, 0)))
    assert (fails_right.value, fails_right.reason, fails_right.note) == (
        None,
        "no_items",
        "no answer was found right",
    )
    assert numbers(passes_wrong) == (0.6, 0.6, 0.6)


@pytest.mark.parametrize("passed", [reads((30, 0, 0)), reads((30, 9, 8)), reads((30, 20, 8), (1, 0, 0))])
def test_an_outcome_that_tells_nothing_leaves_both_untold(passed: OutcomeReads) -> None:
    for told in check_errors(reads((20, 20, 0)), passed):
        assert numbers(told) == (None, None, None)
        assert told.note
        assert "passed items" in told.note
