"""Two runs compared: worked examples from textbooks, statsmodels, and every sign pattern counted."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.contingency_tables import mcnemar as statsmodels_mcnemar

from avocet.scores.betabin import Distribution
from avocet.scores.compared import EpochPair, ScoreReads, mcnemar, newcombe, permute_signs, score_difference
from avocet.scores.estimate import corrected_score
from avocet.scores.prediction import predict
from tests.scores.reads import numbers, reads


@pytest.mark.parametrize(
    ("table", "difference", "p"),
    [
        pytest.param((14, 5, 0, 22), (0.121951, 0.011483, 0.226493), 0.0625, id="Altman 2000, table 6.2"),
        pytest.param((59, 6, 16, 80), (-0.062112, -0.118621, -0.004625), 0.052479, id="Cavo 2012"),
        pytest.param((36, 12, 2, 0), (0.2, 0.05693, 0.340428), 0.012939, id="negative phi"),
        pytest.param((1, 1, 7, 12), (-0.285714, -0.50692, -0.025559), 0.070313, id="phi cut to 0"),
    ],
)
def test_worked_examples(table: tuple[int, int, int, int], difference: tuple[float, float, float], p: float) -> None:
    assert numbers(newcombe(*table)) == difference
    assert mcnemar(table[1], table[2]).p == pytest.approx(p, abs=5.1e-7)


def test_mid_p() -> None:
    assert mcnemar(5, 0).mid_p == pytest.approx(0.031250)
    assert mcnemar(6, 16).mid_p == pytest.approx(0.034690, abs=5e-7)
    # one less half the chance of 2 heads in 4 throws, which is 6/16
    assert mcnemar(2, 2) == pytest.approx((1.0, 0.8125))
    assert mcnemar(0, 0) == (1.0, 1.0)


@given(st.integers(0, 300), st.integers(0, 300))
def test_mcnemar_as_statsmodels_has_it(only_first: int, only_second: int) -> None:
    if only_first + only_second:
        right = statsmodels_mcnemar([[1, only_first], [only_second, 1]], exact=True).pvalue
        assert mcnemar(only_first, only_second).p == pytest.approx(right, rel=1e-9)
    assert mcnemar(only_first, only_second) == mcnemar(only_second, only_first)


def test_mcnemar_of_many_items() -> None:
    """By rational arithmetic: the sum of C(20000, k) for k up to 9,700, twice, by 2^20000."""
    terms, term = 0, 1
    for k in range(9_701):
        terms += term
        term = term * (20_000 - k) // (k + 1)
    assert mcnemar(9_700, 10_300).p == pytest.approx(float(Fraction(2 * terms, 2**20_000)), rel=1e-9)


def test_newcombe_with_an_empty_margin_and_with_nothing() -> None:
    told = newcombe(10, 0, 0, 0)
    assert told.value == 0.0
    assert (told.low, told.high) == pytest.approx((-0.277533, 0.277533), abs=5e-7)
    assert newcombe(0, 0, 0, 0).reason == "no_items"


def test_difference_of_corrected_scores() -> None:
    one = ScoreReads(reads((20, 10, 3)), reads((30, 10, 9)))
    other = ScoreReads(reads((30, 10, 2)), reads((20, 10, 10)))
    assert numbers(score_difference(one, other)) == (0.14, -0.06, 0.28)
    assert numbers(score_difference(other, one)) == (-0.14, -0.28, 0.06)


def chances_of(scored: ScoreReads) -> list[tuple[Fraction, float]]:
    prediction = predict(scored)
    assert prediction
    unread = [*prediction.unread, Distribution(0, [1.0]), Distribution(0, [1.0])][:2]
    return [
        (Fraction(prediction.known + one.first + i + other.first + j, prediction.size), p * q)
        for one, other in [unread]
        for i, p in enumerate(one.chances)
        for j, q in enumerate(other.chances)
    ]


def test_difference_of_runs_with_different_items_in_scope() -> None:
    """26 and 23 items: the limits by every pair of scores, none of which is on the other's lattice."""
    one = ScoreReads(reads((11, 5, 2)), reads((15, 15, 14)))
    other = ScoreReads(reads((13, 6, 1)), reads((10, 10, 10)))
    both = sorted((a - b, p * q) for (a, p), (b, q) in product(chances_of(one), chances_of(other)))
    told = score_difference(one, other, least_reads=0)
    for limit, share in ((told.low, 0.025), (told.high, 0.975)):
        reached, at = 0.0, 0
        while reached + both[at][1] < share:
            reached, at = reached + both[at][1], at + 1
        assert limit == pytest.approx(float(both[at][0]))


def test_what_is_set_aside_widens_the_difference_by_both_runs() -> None:
    """Against a run that is read to the end, the arms are those of the other run's score."""
    one = ScoreReads(reads((412, 100, 12, 2)), reads((588, 50, 49)))
    other = ScoreReads(reads((20, 20, 4)), reads((30, 30, 30)))
    score = corrected_score(*one)
    told = score_difference(one, other)
    assert score.value is not None
    assert score.low is not None
    assert score.high is not None
    assert (told.value, told.low, told.high) == pytest.approx(
        (score.value - 0.68, score.low - 0.68, score.high - 0.68)
    )


def test_a_run_that_tells_nothing_leaves_no_difference() -> None:
    one = ScoreReads(reads((412, 100, 12)), reads((588, 50, 49)))
    told = score_difference(one, ScoreReads(reads((412, 100, 12)), reads((588, 5, 5))))
    assert (told.value, told.reason) == (None, "few_reads")
    assert told.note
    assert "passed items of the second run" in told.note
    assert score_difference(ScoreReads(reads(), reads()), one).reason == "no_items"


epochs = st.integers(1, 4).flatmap(lambda count: st.tuples(st.integers(0, count), st.just(count)))
pairs = st.lists(st.tuples(epochs, epochs).map(lambda both: EpochPair(*both[0], *both[1])), min_size=1, max_size=9)


@given(pairs)
def test_signs_permuted_as_by_counting_every_pattern(items: list[EpochPair]) -> None:
    differences = [Fraction(one, k) - Fraction(two, m) for one, k, two, m in items]
    found = abs(sum(differences, Fraction(0)))
    signs = product((Fraction(1), Fraction(-1)), repeat=len(items))
    patterns = [sum(map(Fraction.__mul__, each, differences), Fraction(0)) for each in signs]
    right = sum(abs(each) >= found for each in patterns) / len(patterns)
    permuted = permute_signs(items)
    assert permuted.difference == pytest.approx(float(sum(differences) / len(items)))
    assert permuted.p == pytest.approx(right, abs=1e-9)


def test_with_one_epoch_the_permutation_is_mcnemars_test() -> None:
    items = [EpochPair(1, 1, 0, 1)] * 16 + [EpochPair(0, 1, 1, 1)] * 6 + [EpochPair(1, 1, 1, 1)] * 50
    assert permute_signs(items).p == pytest.approx(mcnemar(16, 6).p, rel=1e-9)


def test_permutation_of_nothing() -> None:
    assert permute_signs([]) == (None, None)
    assert permute_signs([EpochPair(1, 2, 2, 4)]) == (0.0, 1.0)
