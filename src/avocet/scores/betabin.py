"""Beta-binomial distributions of counts, and of their sums, without numpy, draws or a seed.

Reading n of N items by lot and finding a of them right leaves the rights among the N - n others distributed as
BetaBinomial(N - n; a + 1/2, n - a + 1/2), by Jeffreys' prior.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import partial, reduce
from itertools import accumulate, count
from math import ceil, fsum, gcd, lcm
from operator import mul
from struct import pack, unpack
from typing import Final, NamedTuple

MOST_POINTS: Final = 16_384
"""How many points a lattice has at most; sums with fewer possible values are exact."""

_NEGLIGIBLE = 1e-15
# chances are sums of rounded numbers: one that should be just 0.025 may be a little less
_ROUNDING = 1e-12
_FEW_PRODUCTS = 2_000
_SLOT = 16
_ONE = 2.0**62
_WHOLE = _ONE * _ONE
_UPPER = _WHOLE / 2.0**64


class Distribution(NamedTuple):
    """The chances of the points `first`, `first + 1`, ... of a lattice; point k stands for the value k/scale."""

    first: int
    chances: list[float]
    scale: Fraction = Fraction(1)


def beta_binomial(trials: int, alpha: float, beta: float) -> Distribution:
    """How many of so many trials succeed, if the rate of success is Beta(alpha, beta); both are above 0.

    Chances follow from their neighbours by p(k + 1)/p(k) = (m - k)(α + k)/((k + 1)(β + m - k - 1)), from the mode
    outwards until they are negligible, and are divided by their sum. Relative error below 1e-13; by logarithms of
    the gamma function it would be 5e-9 at a million trials.
    """
    mode = _mode(trials, alpha, beta)
    above = list(_upwards(mode, trials, alpha, beta))
    # counted from the other end, the lower half is an upper one
    below = list(_upwards(trials - mode, trials, beta, alpha))
    weights = [*reversed(below), 1.0, *above]
    total = fsum(weights)
    return Distribution(mode - len(below), [weight / total for weight in weights])


def _mode(trials: int, alpha: float, beta: float) -> int:
    if alpha <= 1:
        return 0
    if beta <= 1:
        return trials
    return min(int((trials + 1) * (alpha - 1) / (alpha + beta - 2)), trials)


def _upwards(mode: int, trials: int, alpha: float, beta: float) -> Iterator[float]:
    """The chances above the mode, as multiples of the mode's own."""
    weight = 1.0
    for k, left in zip(range(mode, trials), range(trials - mode, 0, -1), strict=True):
        weight *= left * (alpha + k) / ((k + 1) * (beta + (left - 1)))
        if weight < _NEGLIGIBLE:
            return
        yield weight


def mirrored(distribution: Distribution) -> Distribution:
    """The distribution of the negative of a number."""
    first, chances, scale = distribution
    return Distribution(1 - first - len(chances), chances[::-1], scale)


def in_units_of(distribution: Distribution, unit: int) -> Distribution:
    """The distribution of a number divided by `unit`: of a share, where that of a count is given."""
    return distribution._replace(scale=distribution.scale * unit)


def total(distributions: Sequence[Distribution]) -> Distribution:
    """The distribution of the sum of independent numbers; of none, the number 0."""
    if not distributions:
        return Distribution(0, [1.0])
    first, parts, scale = _halves(distributions)
    return Distribution(first, reduce(convolve, parts), scale)


def _halves(distributions: Sequence[Distribution]) -> tuple[int, list[list[float]], Fraction]:
    """The sum as the least point, the chances of what two parts add to it (or one), and the scale."""
    scale = common_scale(distributions)
    placed = [on_scale(distribution, scale) for distribution in distributions]
    parts = [each.chances for each in placed]
    # two by two: a product of equals is cheaper than one of a large and a small number
    while len(parts) > 2:
        parts = [reduce(convolve, parts[at : at + 2]) for at in range(0, len(parts), 2)]
    return sum(each.first for each in placed), parts, scale


def common_scale(distributions: Sequence[Distribution]) -> Fraction:
    """The lattice for a sum: one that holds every value, or the finest multiple of it that is small enough."""
    scales = [distribution.scale for distribution in distributions]
    finest = Fraction(lcm(*(scale.numerator for scale in scales)), gcd(*(scale.denominator for scale in scales)))
    points = sum(len(distribution.chances) * finest / distribution.scale for distribution in distributions)
    return finest / ceil(points / MOST_POINTS)


def on_scale(distribution: Distribution, scale: Fraction) -> Distribution:
    """The same distribution on another lattice.

    What lies between two points of it is divided between them so that the mean stays.
    """
    if scale == distribution.scale:
        return distribution
    ratio = scale / distribution.scale
    up, down = ratio.numerator, ratio.denominator
    first = distribution.first * up // down
    last = (distribution.first + len(distribution.chances) - 1) * up // down
    chances = [0.0] * (last + 2 - first)
    start = 0
    for at, point in enumerate(range(first, last + 1)):
        end = -(-(point + 1) * down // up) - distribution.first
        between = distribution.chances[start:end]
        distance = (distribution.first + start) * up - point * down
        onwards = sum(map(mul, between, count(distance, up))) / down
        chances[at] += sum(between) - onwards
        chances[at + 1] += onwards
        start = end
    return Distribution(first, chances, scale)


def convolve(one: list[float], other: list[float]) -> list[float]:
    """The chances of the sum of two independent numbers: one product of big integers (Kronecker, 1882).

    Each chance has a slot of 16 bytes, in which 2^62 stands for 1: the sums of products never fill theirs.
    """
    points = len(one) + len(other) - 1
    if len(one) * len(other) < _FEW_PRODUCTS:
        sums = [0.0] * points
        for i, first in enumerate(one):
            for j, second in enumerate(other, start=i):
                sums[j] += first * second
        return sums
    product = (_packed(one) * _packed(other)).to_bytes((points + 1) * _SLOT, "little")
    halves = unpack(f"<{2 * points}Q", product[: points * _SLOT])
    return [upper / _UPPER + lower / _WHOLE for lower, upper in zip(halves[::2], halves[1::2], strict=True)]


def _packed(chances: list[float]) -> int:
    halves = [0] * (2 * len(chances))
    halves[::2] = [int(chance * _ONE) for chance in chances]
    return int.from_bytes(pack(f"<{len(halves)}Q", *halves), "little")


def limits(distribution: Distribution, level: float) -> tuple[Fraction, Fraction]:
    """The middle part of a distribution: the least values that it stays at or below by (1 ± level)/2."""
    sums = list(accumulate(distribution.chances))
    tail = (1 - level) / 2
    low, high = (min(bisect_left(sums, (share - _ROUNDING) * sums[-1]), len(sums) - 1) for share in (tail, 1 - tail))
    return (distribution.first + low) / distribution.scale, (distribution.first + high) / distribution.scale


def limits_of_sum(distributions: Sequence[Distribution], level: float) -> tuple[Fraction, Fraction]:
    """`limits` of the `total`, without its last product, which takes most of the time."""
    if len(distributions) < 2:
        return limits(total(distributions), level)
    first, parts, scale = _halves(distributions)
    one, other = sorted(parts, key=len)
    up_to = partial(_chance_up_to, one, [*accumulate(one, initial=0.0)], [*accumulate(other, initial=0.0)])
    last = len(one) + len(other) - 2
    whole = up_to(last)
    tail = (1 - level) / 2
    low, high = (bisect_left(range(last), (share - _ROUNDING) * whole, key=up_to) for share in (tail, 1 - tail))
    return (first + low) / scale, (first + high) / scale


def _chance_up_to(one: list[float], ones: list[float], others: list[float], point: int) -> float:
    """The chance that the sum of two is at most `point`; `ones` and `others` are the sums of the first chances."""
    # up to `sure`, any of the others will do; from `last` on, none does
    sure = min(max(point + 2 - len(others), 0), len(one))
    last = min(point + 1, len(one))
    some = others[point + 2 - last : point + 2 - sure]
    return ones[sure] * others[-1] + fsum(map(mul, one[sure:last], reversed(some)))
