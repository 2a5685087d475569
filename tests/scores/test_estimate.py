"""The corrected score against worked examples: rational arithmetic, mpmath and scipy, typed here by hand."""

from __future__ import annotations

import pytest

from avocet.scores.betabin import limits, total
from avocet.scores.estimate import (
    at_least,
    at_most,
    category_share,
    corrected_score,
    false_fails,
    false_passes,
    known_limits,
    undecided_ends,
)
from avocet.scores.prediction import predict
from avocet.scores.strata import Facts, OutcomeReads, Stratum, effective_reads
from avocet.scores.told import Told
from tests.scores.reads import Numbers, numbers, reads

NOTHING = (None, None, None)


@pytest.mark.parametrize(
    ("failed", "passed", "expected"),
    [
        pytest.param([(20, 10, 3)], [(30, 10, 9)], (0.66, 0.52, 0.76), id="1"),
        pytest.param([(20, 10, 0)], [(30, 10, 10)], (0.6, 0.5, 0.66), id="2 zero counts"),
        pytest.param([(12, 12, 4)], [(40, 8, 7)], (0.75, 0.519231, 0.826923), id="3 failures all read"),
        pytest.param([(12, 12, 4)], [(30, 30, 29)], (0.785714, 0.785714, 0.785714), id="3 all read"),
        pytest.param([(30, 6, 2), (10, 5, 0)], [(25, 5, 5), (35, 7, 6)], (0.65, 0.5, 0.77), id="4 two tasks"),
        pytest.param(
            [(60, 6, 3), (40, 20, 0)], [(50, 25, 25), (50, 10, 9)], (0.625, 0.515, 0.74), id="5 one task unlike"
        ),
        pytest.param([(412, 100, 12)], [(588, 50, 49)], (0.62568, 0.583, 0.654), id="5b larger"),
        pytest.param([(400, 100, 14, 30)], [(600, 100, 94, 2)], (0.714286, 0.670028, 0.753537), id="8 set aside"),
        pytest.param([(412, 100, 12, 2)], [(588, 50, 49)], (0.630878, 0.587165, 0.660384), id="8b set aside"),
    ],
)
def test_corrected_score(failed: list[Numbers], passed: list[Numbers], expected: tuple[float, float, float]) -> None:
    assert numbers(corrected_score(reads(*failed), reads(*passed), least_reads=0)) == expected


def test_the_chances_at_the_limits() -> None:
    """Example 1: P(S < 26) and P(S ≤ 38) of 50 items, 12 of the 20 read ones right."""
    prediction = predict([reads((20, 10, 3)), reads((30, 10, 9))])
    assert prediction
    first, chances, _ = total(prediction.unread)
    assert sum(chances[: 26 - 12 - first]) == pytest.approx(0.024417, abs=5e-7)
    assert sum(chances[: 38 - 12 - first + 1]) == pytest.approx(0.984086, abs=5e-7)


def test_a_million_unread_failures_and_passes() -> None:
    told = corrected_score(reads((1_000_000, 50, 5)), reads((1_000_000, 50, 49)))
    assert told.value == pytest.approx(0.54)
    assert (told.low, told.high) == pytest.approx((0.494278, 0.591386), abs=4e-5)


def test_effective_reads() -> None:
    assert effective_reads(reads((30, 6, 2), (10, 5, 0))) == pytest.approx(8.245087, abs=5e-7)
    assert effective_reads(reads((25, 5, 5), (35, 7, 6))) == pytest.approx(12)
    assert effective_reads(reads((60, 6, 3), (40, 20, 0))) == pytest.approx(10.560395, abs=5e-7)
    assert effective_reads(reads((50, 25, 25), (50, 10, 9))) == pytest.approx(21.816186, abs=5e-7)
    assert effective_reads(reads((412, 100, 12, 2))) == 98


def test_false_fails_and_false_passes() -> None:
    assert numbers(false_fails(reads((412, 100, 12)))) == (0.12, 0.072816, 0.184466)
    assert numbers(false_passes(reads((588, 50, 49)))) == (0.02, 0.003401, 0.086735)
    value, low, high = numbers(false_fails(reads((412, 100, 12, 2))))
    assert (value, round(low or 0, 3), round(high or 0, 3)) == (0.122449, 0.074, 0.188)


def test_the_interval_holds_the_estimate() -> None:
    """Of 100,000 failures all of 30 reads are right: 97.5 % of the prediction ends just below all of them."""
    assert false_fails(reads((100_000, 30, 30))).high == 1.0
    prediction = predict([reads((100_000, 30, 30))])
    assert prediction
    assert limits(prediction.unread[0], 0.95)[1] < 99_970


def test_a_category_of_all_failures() -> None:
    value, low, high = numbers(category_share(reads((412, 100, 61, 2))))
    assert (value, round(low or 0, 3), round(high or 0, 3)) == (0.622449, 0.537, 0.703)


def test_strata_are_weighted_by_their_size() -> None:
    """Example 7; the reads as one heap would say 0.3."""
    assert false_fails(reads((900, 30, 3), (100, 30, 15))).value == pytest.approx(0.14)


def test_at_most_and_at_least() -> None:
    assert numbers(at_most(reads((412, 100, 12)), 588)) == (0.63744, 0.618, 0.664)
    assert numbers(at_least(412, reads((588, 50, 49)))) == (0.57624, 0.537, 0.586)


def test_other_reads_cut_the_limits_and_the_estimate() -> None:
    """Example 20: 400 failures, 40 of them read by lot, 60 others by choice."""
    assert numbers(false_fails(reads((400, 40, 2))), times=400) == (20, 5, 58)
    assert numbers(known_limits(400, Facts(52, 48)), times=400) == (None, 52, 352)
    assert numbers(false_fails(reads((400, 40, 2), facts=Facts(52, 48))), times=400) == (52, 52, 58)


def test_a_sample_of_the_rest_uses_what_was_read_before() -> None:
    assert numbers(false_fails(reads((60, 60, 50), (340, 40, 2))), times=400) == (67, 54, 99)


def test_all_read_with_items_set_aside_has_no_interval() -> None:
    """3 of 40 are set aside; 7 and 19 of the other 37 are right."""
    told = corrected_score(reads((15, 15, 7, 3)), reads((25, 25, 19, 0)))
    assert numbers(told) == (0.702703, 0.702703, 0.702703)
    assert not told.rough


def test_undecided_reads_count_as_set_aside() -> None:
    undecided = OutcomeReads((Stratum(400, 100, right=14, set_aside=20, undecided=10),))
    assert corrected_score(undecided, reads((600, 100, 94, 2))) == corrected_score(
        reads((400, 100, 14, 30)), reads((600, 100, 94, 2))
    )


def test_undecided_reads_that_move_the_score_show_both_ends() -> None:
    """Of 400 failures, all read, 40 are undecided; 60 are right; with the 600 passes 660 to 700 of 1,000."""
    failed = OutcomeReads((Stratum(400, 400, right=60, undecided=40),))
    ends = undecided_ends(failed, reads((600, 600, 600)))
    assert ends
    assert (ends.all_wrong.value, ends.all_right.value) == (0.66, 0.7)
    few = OutcomeReads((Stratum(400, 400, right=60, undecided=10),))
    assert undecided_ends(few, reads((600, 600, 600))) is None
    assert undecided_ends(reads((400, 0, 0)), reads((600, 600, 600))) is None


@pytest.mark.parametrize(("count", "rough"), [(10, True), (29, True), (30, False)])
def test_few_reads_are_rough(count: int, rough: bool) -> None:
    told = corrected_score(reads((400, count, 3)), reads((600, 600, 590)))
    assert told.value is not None
    assert told.rough is rough
    assert corrected_score(reads((400, 100, 3)), reads((600, count, 3))).rough is rough


def test_fewer_than_ten_reads_tell_counts_alone() -> None:
    told = corrected_score(reads((400, 9, 3)), reads((600, 100, 94)))
    assert numbers(told) == NOTHING
    assert (told.reason, told.note) == (
        "few_reads",
        "the failed items read by lot tell as much as 9 reads, and 10 is the least",
    )
    assert corrected_score(reads((9, 9, 3)), reads((600, 100, 94))).value is not None


def test_a_part_that_nobody_sampled_leaves_no_estimate() -> None:
    told = corrected_score(reads((880, 100, 3), (120, 0, 0)), reads((600, 100, 94)))
    assert numbers(told) == NOTHING
    assert (told.reason, told.note) == ("part_unread", "12 % of the failed items are in parts that nobody sampled")
    assert corrected_score(reads((600, 100, 9)), reads((999, 100, 3), (1, 0, 0))).note == (
        "less than 1 % of the passed items are in parts that nobody sampled"
    )


def test_an_unread_outcome_leaves_no_score() -> None:
    told = corrected_score(reads((400, 100, 3)), reads((600, 0, 0)))
    assert told == Told(
        None, None, None, reason="nobody_read", note="none of the passed items was read at random yet"
    )


def test_nothing_in_scope_has_no_score() -> None:
    assert corrected_score(reads(), reads()).reason == "no_items"
    assert corrected_score(reads((5, 5, 0, 5)), reads()).reason == "no_items"
    assert known_limits(0, Facts(0, 0)).reason == "no_items"
