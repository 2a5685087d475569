"""Scores corrected by another run's errors, against published values (R's epiR) and the code of arXiv 2511.21140."""

from __future__ import annotations

import pytest

from avocet.scores.borrowed import Rate, borrowed_score, lang_reiczigel, rates, rogan_gladen
from tests.scores.reads import numbers, reads

FAILED, PASSED = reads((412, 100, 12)), reads((588, 50, 49))


def test_published_values_without_interval() -> None:
    assert rogan_gladen(23 / 150, 0.96, 0.89) == pytest.approx(0.050980, abs=5e-7)
    assert rogan_gladen(6 / 151, 0.964, 0.927) == pytest.approx(-0.037334, abs=5e-7)


def test_intervals_of_lang_and_reiczigel() -> None:
    assert rogan_gladen(0.4, 0.9, 0.7) == pytest.approx(0.166667, abs=5e-7)
    limits = lang_reiczigel(Rate(0.4, 1_000), Rate(0.9, 200), Rate(0.7, 200))
    assert limits == pytest.approx((0.056351, 0.262733), abs=5e-7)
    low, high = lang_reiczigel(Rate(23 / 150, 150), Rate(0.96, 100), Rate(0.89, 100))
    assert low < 0
    assert high == pytest.approx(0.145668, abs=5e-7)


def test_reads_drawn_by_verdict_count_as_fewer() -> None:
    sensitivity, specificity = rates(FAILED, PASSED)
    assert sensitivity == pytest.approx((0.917982, 175.839266), abs=5e-7)
    assert specificity == pytest.approx((0.954285, 34.442133), abs=5e-7)


def test_a_borrowed_score() -> None:
    assert numbers(borrowed_score(620, 1_000, FAILED, PASSED)) == (0.661653, 0.589837, 0.707774)
    assert not borrowed_score(620, 1_000, FAILED, PASSED).rough
    assert borrowed_score(620, 1_000, FAILED, reads((588, 20, 19))).rough


def test_strata_pool_to_the_reads_they_are_worth() -> None:
    """Two tasks read at one rate are worth at most as much as one of both."""
    halves = borrowed_score(620, 1_000, reads((206, 50, 6), (206, 50, 6)), PASSED)
    assert halves.value == pytest.approx(borrowed_score(620, 1_000, FAILED, PASSED).value)
    assert (halves.high or 0) - (halves.low or 0) >= 0.707774 - 0.589837 - 1e-6


def test_a_score_beyond_the_ends_is_cut_if_the_interval_reaches_them() -> None:
    told = borrowed_score(12, 1_000, FAILED, PASSED)
    assert told.value == told.low == 0.0
    assert (told.high or 0) > 0


def test_rates_that_cannot_be_those_of_this_run_give_no_score() -> None:
    """Checks that fail a third of the right answers, or pass a sixth of the wrong ones, do so here too."""
    too_strict = (reads((500, 250, 125)), reads((500, 250, 250)))
    too_lax = (reads((500, 250, 0)), reads((500, 250, 200)))
    for passed, outcomes in ((1_000, too_strict), (0, too_lax)):
        told = borrowed_score(passed, 1_000, *outcomes)
        assert numbers(told) == (None, None, None)
        assert told.reason == "rates_do_not_fit"
        assert told.note == "the check can't have erred here as it did in the run that was read: the rates don't fit"


def test_a_check_that_tells_nothing_gives_no_score() -> None:
    told = borrowed_score(620, 1_000, reads((412, 100, 50)), reads((588, 100, 50)))
    assert (told.value, told.reason) == (None, "check_tells_too_little")


def test_the_rates_must_surely_tell_a_tenth_more_than_nothing() -> None:
    """Both rates are 1 - 40.5/101: their sum is 0.198 above 1, less 0.107 for 100 reads of each outcome."""
    assert borrowed_score(500, 1_000, reads((500, 100, 40)), reads((500, 100, 60))).reason == "check_tells_too_little"
    assert borrowed_score(500, 1_000, reads((500, 100, 38)), reads((500, 100, 62))).value == pytest.approx(0.5)


def test_reads_that_tell_nothing_give_no_score() -> None:
    assert borrowed_score(620, 1_000, reads((412, 9, 1)), PASSED).reason == "few_reads"
    assert borrowed_score(620, 1_000, FAILED, reads((588, 0, 0))).reason == "nobody_read"
    assert borrowed_score(0, 0, FAILED, PASSED).reason == "no_items"
    assert borrowed_score(620, 1_000, reads((9, 9, 1)), reads()).reason == "no_items"
