"""How much better the second side is, in which range, and how often chance alone would part them so far."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Mapping
from fractions import Fraction
from math import fsum, isqrt, lcm, sqrt
from typing import Literal

import msgspec

from avocet.scores import EpochPair, mcnemar, newcombe, permute_signs
from avocet.scores.betabin import Distribution, convolve, in_units_of, limits, on_scale
from avocet.scores.told import LEVEL, Told, Z

Method = Literal["mcnemar_newcombe", "sign_flips_bootstrap"]
MOST_CONVOLVED = 5_000
"""Items above which the sum's distribution is taken as normal."""
_MOST_POINTS = 65_536
_NEGLIGIBLE = 1e-15
Pair = tuple[Fraction, Fraction]
"""What two sides are worth on one item: the share of right answers, before and after."""


class Range(msgspec.Struct, frozen=True):
    """A difference of shares of right answers, after less before, with its 95 % interval on questions like these."""

    value: float
    low: float
    high: float


class Difference(msgspec.Struct, frozen=True):
    """The difference over the items; all of it None where no item can be judged on both sides.

    `p_value` is the two-sided chance of so unequal a split if neither side were better. With one epoch each `method`
    is McNemar's exact test and Newcombe's interval (method 10); with several, flips of the sign of each item's
    difference, and a percentile bootstrap over items; both count every case instead of drawing some.
    """

    difference: Range | None
    p_value: float | None
    method: Method


def difference(pairs: Mapping[Pair, int], *, has_epochs: bool) -> Difference:
    """The difference over items; `pairs` counts the items of each pair of values."""
    method: Method = "sign_flips_bootstrap" if has_epochs else "mcnemar_newcombe"
    if not pairs:
        return Difference(None, None, method)
    return _by_flips(pairs) if has_epochs else _of_single_answers(pairs)


def _of_single_answers(pairs: Mapping[Pair, int]) -> Difference:
    one, none = Fraction(1), Fraction(0)
    both, neither = pairs.get((one, one), 0), pairs.get((none, none), 0)
    broken, fixed = pairs.get((one, none), 0), pairs.get((none, one), 0)
    told = newcombe(both, fixed, broken, neither)
    return Difference(_range(told), mcnemar(fixed, broken).p, "mcnemar_newcombe")


def _range(told: Told) -> Range | None:
    if told.value is None or told.low is None or told.high is None:
        return None
    return Range(told.value, told.low, told.high)


def _by_flips(pairs: Mapping[Pair, int]) -> Difference:
    tested = permute_signs([_epochs(pair) for pair, count in pairs.items() for _ in range(count)])
    return Difference(_range(Told(tested.difference, *bootstrap(pairs))), tested.p, "sign_flips_bootstrap")


def _epochs(pair: Pair) -> EpochPair:
    before, after = pair
    return EpochPair(after.numerator, after.denominator, before.numerator, before.denominator)


def bootstrap(pairs: Mapping[Pair, int]) -> tuple[float, float]:
    """The middle 95 % of the mean difference of as many items drawn anew: every draw is counted, so there is no seed.

    The sum of n items drawn with replacement has the n-fold convolution of the items' own distribution; of many
    items, its normal limit.
    """
    sizes: Tally[Fraction] = Tally()
    for (before, after), count in pairs.items():
        sizes[after - before] += count
    items = sizes.total()
    if items > MOST_CONVOLVED:
        return _normal(sizes, items)
    one = _on_lattice(sizes, items)
    whole = _power(one, items)
    low, high = limits(in_units_of(whole, items), LEVEL)
    return float(low), float(high)


def _normal(sizes: Tally[Fraction], items: int) -> tuple[float, float]:
    mean = fsum(float(size) * count for size, count in sizes.items()) / items
    variance = fsum((float(size) - mean) ** 2 * count for size, count in sizes.items()) / items
    arm = Z * sqrt(variance / items)
    return mean - arm, mean + arm


def _on_lattice(sizes: Tally[Fraction], items: int) -> Distribution:
    """The distribution of one item's difference, on a lattice that is coarse enough for the sum of so many."""
    scale = lcm(*(size.denominator for size in sizes))
    chances = [0.0] * (2 * scale + 1)
    for size, count in sizes.items():
        chances[int(size * scale) + scale] = count / items
    # nearly all sums lie within eight standard deviations, each of at most 1
    coarsest = Fraction(_MOST_POINTS, 16 * max(isqrt(items), 1))
    return on_scale(Distribution(-scale, chances, Fraction(scale)), min(Fraction(scale), coarsest))


def _power(one: Distribution, times: int) -> Distribution:
    """The distribution of the sum of so many independent numbers, by squaring."""
    whole, square = Distribution(0, [1.0], one.scale), one
    while True:
        if times & 1:
            whole = _sum(whole, square)
        times >>= 1
        if not times:
            return whole
        square = _sum(square, square)


def _sum(one: Distribution, other: Distribution) -> Distribution:
    chances = convolve(one.chances, other.chances)
    kept = [place for place, chance in enumerate(chances) if chance > _NEGLIGIBLE]
    first = one.first + other.first + kept[0]
    return Distribution(first, chances[kept[0] : kept[-1] + 1], one.scale)
