"""Beta-binomial chances and their sums, against rational arithmetic, published values and brute force."""

from __future__ import annotations

from fractions import Fraction
from math import comb, fsum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avocet.scores.betabin import (
    MOST_POINTS,
    Distribution,
    beta_binomial,
    common_scale,
    convolve,
    in_units_of,
    limits,
    limits_of_sum,
    mirrored,
    on_scale,
    total,
)

chances = st.lists(st.floats(0, 1), min_size=1, max_size=80).map(lambda weights: _normed([*weights, 0.5]))
halves = st.integers(0, 30).map(lambda count: count + Fraction(1, 2))


def _normed(weights: list[float]) -> list[float]:
    return [weight / fsum(weights) for weight in weights]


def rising(start: Fraction, steps: int) -> Fraction:
    product = Fraction(1)
    for step in range(steps):
        product *= start + step
    return product


def exact(trials: int, alpha: Fraction, beta: Fraction) -> list[Fraction]:
    """C(m, k)·B(α + k, β + m - k)/B(α, β), by rising factorials."""
    whole = rising(alpha + beta, trials)
    return [comb(trials, k) * rising(alpha, k) * rising(beta, trials - k) / whole for k in range(trials + 1)]


def convolved(one: list[float], other: list[float]) -> list[float]:
    sums = [0.0] * (len(one) + len(other) - 1)
    for i, first in enumerate(one):
        for j, second in enumerate(other):
            sums[i + j] += first * second
    return sums


def mean(distribution: Distribution) -> float:
    first, each, scale = distribution
    return fsum((first + at) * chance for at, chance in enumerate(each)) / float(scale)


@given(st.integers(0, 60), halves, halves)
def test_chances_are_those_of_rational_arithmetic(trials: int, alpha: Fraction, beta: Fraction) -> None:
    first, found, _ = beta_binomial(trials, float(alpha), float(beta))
    right = exact(trials, alpha, beta)
    assert found == pytest.approx([float(chance) for chance in right[first : first + len(found)]], rel=1e-12)
    left_out = sum(right[:first]) + sum(right[first + len(found) :])
    assert left_out < 1e-12


@pytest.mark.parametrize(("alpha", "beta"), [(0.5, 0.5), (0.5, 9.5), (9.5, 0.5), (1.0, 1.0), (0.5, 1e-3)])
def test_the_mode_may_lie_at_an_end(alpha: float, beta: float) -> None:
    first, found, _ = beta_binomial(7, alpha, beta)
    assert (first, len(found)) == (0, 8)
    assert found == pytest.approx([float(c) for c in exact(7, Fraction(alpha), Fraction(beta))], rel=1e-12)


def test_a_million_trials() -> None:
    first, found, _ = found_of_a_million = beta_binomial(999_950, 5.5, 45.5)
    assert found[100_000 - first] == pytest.approx(9.50629136e-6, rel=5e-9)
    assert found[1_000 - first] == pytest.approx(1.00058361e-12, rel=5e-9)
    assert limits(found_of_a_million, 0.95) == (Fraction(39_191), Fraction(205_347))


def test_no_trials_are_no_successes() -> None:
    assert beta_binomial(0, 3.5, 0.5) == Distribution(0, [1.0])
    assert total([]) == Distribution(0, [1.0])


@given(chances, chances)
def test_a_convolution_is_every_pair_multiplied(one: list[float], other: list[float]) -> None:
    assert convolve(one, other) == pytest.approx(convolved(one, other), abs=1e-15)


def test_both_ways_to_convolve_agree() -> None:
    """The short way ends at 2,000 products; 44 times 45 and 45 times 45 points lie on either side."""
    for points in (44, 45):
        one, other = beta_binomial(points - 1, 20.5, 20.5).chances, beta_binomial(44, 10.5, 20.5).chances
        assert convolve(one, other) == pytest.approx(convolved(one, other), abs=1e-16)


@given(chances, st.integers(-50, 50), st.fractions(Fraction(1, 9), 9, max_denominator=9))
def test_another_lattice_keeps_the_mean_and_the_whole(each: list[float], first: int, scale: Fraction) -> None:
    before = Distribution(first, each)
    after = on_scale(before, scale)
    assert fsum(after.chances) == pytest.approx(1)
    assert mean(after) == pytest.approx(mean(before), abs=1e-9)


def test_a_point_between_two_is_divided_by_its_distance() -> None:
    assert on_scale(Distribution(5, [0.4, 0.6]), Fraction(1, 4)).chances == pytest.approx([0.6, 0.4])
    assert on_scale(Distribution(5, [0.4, 0.6]), Fraction(1, 4)).first == 1


def test_a_lattice_is_exact_as_long_as_it_is_small() -> None:
    small = Distribution(0, [1 / 8192] * 8192)
    assert common_scale([small, small]) == 1
    assert common_scale([small, small, small]) == Fraction(1, 2)
    third, half = in_units_of(Distribution(0, [0.5, 0.5]), 3), in_units_of(Distribution(0, [0.5, 0.5]), 2)
    assert common_scale([third, half]) == 6
    assert MOST_POINTS == 16_384


def test_shares_of_different_sizes_add_up() -> None:
    """A third or two thirds of one, none or half of the other."""
    third, half = in_units_of(Distribution(1, [0.5, 0.5]), 3), in_units_of(Distribution(0, [0.25, 0.75]), 2)
    first, each, scale = total([third, half])
    assert first == 2
    assert scale == 6
    assert each[:6] == pytest.approx([0.125, 0, 0.125, 0.375, 0, 0.375])


def test_the_negative_is_mirrored() -> None:
    assert mirrored(Distribution(2, [0.1, 0.2, 0.7])) == Distribution(-4, [0.7, 0.2, 0.1])


def test_limits_are_the_least_values_that_hold_so_much() -> None:
    assert limits(Distribution(3, [0.025, 0.5, 0.45, 0.025]), 0.95) == (Fraction(3), Fraction(5))
    assert limits(Distribution(3, [0.0249, 0.5, 0.45, 0.0251]), 0.95) == (Fraction(4), Fraction(6))
    assert limits(Distribution(6, [1.0]), 0.95) == (Fraction(6), Fraction(6))


@given(st.lists(st.tuples(st.integers(-50, 50), chances), max_size=4), st.sampled_from([0.5, 0.95]))
def test_the_limits_of_a_sum_need_no_whole_distribution(parts: list[tuple[int, list[float]]], level: float) -> None:
    distributions = [Distribution(first, each) for first, each in parts]
    assert limits_of_sum(distributions, level) == limits(total(distributions), level)
