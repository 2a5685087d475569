"""Two runs compared: on the same items by what the harness said, and by their corrected scores."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from itertools import accumulate
from math import fsum, sqrt
from typing import Final, NamedTuple

from avocet.scores.betabin import Distribution, in_units_of, limits_of_sum, mirrored, total
from avocet.scores.estimate import FAILED, PASSED
from avocet.scores.prediction import LEAST_READS, is_rough, predict, untellable, widened
from avocet.scores.strata import OutcomeReads
from avocet.scores.told import LEVEL, Told, untold
from avocet.scores.wilson import wilson_limits

_ROUNDING: Final = 1e-9


class McNemar(NamedTuple):
    """Two-sided chances of so unequal a split of the items that only one run passed, if neither run were better."""

    p: float
    mid_p: float


class EpochPair(NamedTuple):
    """An item that two runs asked several times each."""

    first_passed: int
    first_epochs: int
    second_passed: int
    second_epochs: int

    @property
    def difference(self) -> Fraction:
        return Fraction(self.first_passed, self.first_epochs) - Fraction(self.second_passed, self.second_epochs)


class SignPermutation(NamedTuple):
    """The mean difference over items, and the two-sided chance of one so large if each sign were a coin's."""

    difference: float | None
    p: float | None


class ScoreReads(NamedTuple):
    """What was read of one run."""

    failed: OutcomeReads
    passed: OutcomeReads


def mcnemar(only_first: int, only_second: int) -> McNemar:
    """McNemar's exact test, and mid-p: Fagerland, Lydersen and Laake, BMC Medical Research Methodology 13, 2013."""
    trials = only_first + only_second
    if not trials:
        return McNemar(1.0, 1.0)
    chances = _coins(trials)
    least = min(only_first, only_second)
    at_most = 2 * fsum(chances[: least + 1])
    if only_first == only_second:
        return McNemar(1.0, 1 - chances[least] / 2)
    return McNemar(min(at_most, 1.0), at_most - chances[least])


def _coins(trials: int) -> list[float]:
    """The chances of 0, 1, ... heads: ratios from the middle outwards, divided by their sum."""
    middle = trials // 2
    outwards = ((trials - k) / (k + 1) for k in range(middle, trials))
    upper = list(accumulate(outwards, float.__mul__, initial=1.0))
    # an even number has one middle, an odd one two alike
    weights = upper[:0:-1] + upper[trials % 2 :]
    whole = fsum(weights)
    return [weight / whole for weight in weights]


def newcombe(both: int, only_first: int, only_second: int, neither: int) -> Told:
    """The first run's pass rate less the second's, on the same items: Newcombe's method 10.

    Statistics in Medicine 17, 1998, 2635; φ is corrected for continuity and not below 0 where it is positive.
    """
    items = both + only_first + only_second + neither
    if not items:
        return untold("no_items", "no item was scored in both runs")
    first, second = (both + only_first) / items, (both + only_second) / items
    (low1, high1), (low2, high2) = wilson_limits(first, items), wilson_limits(second, items)
    phi = _phi(both, only_first, only_second, neither)

    def arm(one: float, other: float) -> float:
        return sqrt(max(one**2 - 2 * phi * one * other + other**2, 0.0))

    difference = first - second
    return Told(
        difference, difference - arm(first - low1, high2 - second), difference + arm(second - low2, high1 - first)
    )


def _phi(both: int, only_first: int, only_second: int, neither: int) -> float:
    margins = (both + only_first) * (only_second + neither) * (both + only_second) * (only_first + neither)
    if not margins:
        return 0.0
    product: float = both * neither - only_first * only_second
    if product > 0:
        product = max(product - (both + only_first + only_second + neither) / 2, 0.0)
    return product / sqrt(margins)


def permute_signs(pairs: Sequence[EpochPair]) -> SignPermutation:
    """Compare runs with epochs, whose rows are no pairs: by the means of each item.

    All sign patterns are counted, not drawn. Chances below 1e-15 are told as 0.
    """
    if not pairs:
        return SignPermutation(None, None)
    differences = [pair.difference for pair in pairs]
    found = sum(differences, Fraction(0))
    sizes = Counter(abs(difference) for difference in differences if difference)
    mean = float(found / len(pairs))
    if not found:
        return SignPermutation(mean, 1.0)
    # with k of the equal differences positive, the sum is 2·k·size above its least
    first, chances, scale = total([_positive(count, size) for size, count in sizes.items()])
    least = sum(size * count for size, count in sizes.items()) - abs(found)
    tail = fsum(chances[: max(int(least * scale + Fraction(_ROUNDING)) - first + 1, 0)])
    return SignPermutation(mean, min(2 * tail / fsum(chances), 1.0))


def _positive(count: int, size: Fraction) -> Distribution:
    chances = _coins(count)
    negligible = max(chances) * 1e-15
    first = next(k for k, chance in enumerate(chances) if chance > negligible)
    return Distribution(first, chances[first : count + 1 - first], 1 / (2 * size))


def score_difference(one: ScoreReads, other: ScoreReads, *, least_reads: float = LEAST_READS) -> Told:
    """The corrected score of one run less that of another; their reads are independent."""
    for reads, run in ((one, "first"), (other, "second")):
        for outcome, items in ((reads.failed, FAILED), (reads.passed, PASSED)):
            if reason := untellable(outcome, f"{items} of the {run} run", least_reads):
                return reason
    first, second = predict(one), predict(other)
    if not first or not second:
        return untold("no_items", "one of the runs has no item of which right or wrong can be said")
    unread = [in_units_of(each, first.size) for each in first.unread]
    unread += [mirrored(in_units_of(each, second.size)) for each in second.unread]
    known = Fraction(first.known, first.size) - Fraction(second.known, second.size)
    low, high = widened(
        *(float(known + limit) for limit in limits_of_sum(unread, LEVEL)),
        centre=first.rights / first.size - second.rights / second.size,
        estimate=first.share - second.share,
        aside=first.aside + second.aside,
    )
    least, most = first.lowest - second.highest, first.highest - second.lowest
    value = first.cut(first.share) - second.cut(second.share)
    low, high = (min(max(limit, least), most) for limit in (min(low, value), max(high, value)))
    return Told(value, low, high, rough=is_rough(*one, *other))
