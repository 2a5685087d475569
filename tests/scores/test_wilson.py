"""Wilson's interval against statsmodels, and epochs as clusters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from avocet.scores.told import Told
from avocet.scores.wilson import questions_like_these, wilson, wilson_of_epochs
from tests.scores.reads import numbers


@pytest.mark.parametrize(
    ("successes", "trials", "low", "high"),
    [
        (588, 1_000, 0.557214, 0.618113),
        (81, 263, 0.255289, 0.366210),
        (0, 20, 0.0, 0.161125),
        (15, 148, 0.062386, 0.160487),
    ],
)
def test_worked_examples(successes: int, trials: int, low: float, high: float) -> None:
    assert numbers(wilson(successes, trials))[1:] == (low, high)


@given(st.integers(1, 5_000).flatmap(lambda trials: st.tuples(st.integers(0, trials), st.just(trials))))
def test_as_statsmodels_has_it(counts: tuple[int, int]) -> None:
    told = wilson(*counts)
    assert (told.low, told.high) == pytest.approx(proportion_confint(*counts, method="wilson"), abs=1e-12)
    assert told.low is not None
    assert told.high is not None
    assert told.value == counts[0] / counts[1]
    assert told.low <= counts[0] / counts[1] <= told.high


def test_epochs_of_an_item_are_one_cluster() -> None:
    """Fifteen rows of five items; the rows alone would say 0.357468 to 0.801755."""
    items = [(3, 3), (0, 3), (2, 3), (3, 3), (1, 3)]
    rate, variance, effective = wilson_of_epochs(items, least_items=0)
    assert numbers(rate) == (0.6, 0.259239, 0.865397)
    assert (variance, effective) == pytest.approx((0.037778, 6.352941), abs=5e-7)
    shown = wilson_of_epochs(items).rate
    assert (shown.value, shown.low, shown.high, shown.reason) == (0.6, None, None, "few_items")
    assert shown.note == "5 items are too few for an interval over epochs, and 20 is the least"


def test_twenty_items_are_enough() -> None:
    assert wilson_of_epochs([(1, 2), (2, 2)] * 10).rate.low is not None
    assert wilson_of_epochs([(1, 2), (2, 2)] * 9).rate.low is None


def test_epochs_that_never_differ_count_each_item_once() -> None:
    assert wilson_of_epochs([(3, 3)] * 20).effective == 20
    assert wilson_of_epochs([(0, 5)] * 20).rate == wilson(0, 20)


def test_items_that_all_pass_half_their_epochs_count_every_row() -> None:
    assert wilson_of_epochs([(1, 2)] * 20).effective == 40


def test_nothing_has_no_rate() -> None:
    assert wilson(0, 0).reason == "no_items"
    assert wilson_of_epochs([]).rate.reason == "no_items"


def test_other_questions_are_less_sure_than_these() -> None:
    """Arms 0.04 and 0.03 of the reads, 0.030787 and 0.030113 of 1,000 questions (Wilson for 588)."""
    told = questions_like_these(Told(0.588, 0.548, 0.618, rough=True), 1_000)
    assert told.value == 0.588
    assert told.low == pytest.approx(0.588 - (0.04**2 + (0.588 - 0.557214) ** 2) ** 0.5, abs=1e-6)
    assert told.high == pytest.approx(0.588 + (0.03**2 + (0.618113 - 0.588) ** 2) ** 0.5, abs=1e-6)
    assert told.rough


def test_once_all_is_read_other_questions_have_wilsons_interval() -> None:
    assert numbers(questions_like_these(Told(0.588, 0.588, 0.588), 1_000)) == (0.588, 0.557214, 0.618113)
    assert questions_like_these(Told(1.0, 0.9, 1.0), 10).high == 1.0
    untold = Told(None, None, None, reason="few_reads", note="few")
    assert questions_like_these(untold, 10) == untold
