"""Intervals for another question than the corrected score's: how would the model do on other questions like these?

Wilson, Journal of the American Statistical Association 22, 1927. Epochs of an item are one cluster.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from typing import Final, NamedTuple

from avocet.domain import plural
from avocet.scores.told import Told, Z, untold

LEAST_ITEMS: Final = 20
"""With fewer items their epochs don't tell how much items differ."""


class ClusteredRate(NamedTuple):
    """The rate of items with epochs, its variance, and as how many items with one epoch the rows count."""

    rate: Told
    variance: float
    effective: float


def wilson(successes: float, trials: float) -> Told:
    """A rate and its 95 % interval. The counts may be effective ones."""
    if not trials:
        return untold("no_items", "there is no item")
    rate = successes / trials
    low, high = wilson_limits(rate, trials)
    return Told(rate, low, high)


def wilson_limits(rate: float, trials: float) -> tuple[float, float]:
    squared = Z * Z / trials
    centre = rate + squared / 2
    arm = sqrt(squared * (rate * (1 - rate) + squared / 4))
    low, high = (centre - arm) / (1 + squared), (centre + arm) / (1 + squared)
    # at 0 and at 1 an arm ends there; rounding may miss it
    return min(max(low, 0.0), rate), max(min(high, 1.0), rate)


def wilson_of_epochs(items: Sequence[tuple[int, int]], *, least_items: int = LEAST_ITEMS) -> ClusteredRate:
    """The rate over items, each given as passed epochs and epochs.

    The variance between items is G/(G - 1)·Σ(y - m·p)²/N² (Cochran, Sampling Techniques, 1977, 3.12). Where every
    epoch has the same outcome it says nothing, and each item counts once.
    """
    rows = sum(epochs for _, epochs in items)
    if not rows:
        return ClusteredRate(untold("no_items", "there is no item"), 0.0, 0.0)
    rate = sum(passed for passed, _ in items) / rows
    count = len(items)
    spread = sum((passed - epochs * rate) ** 2 for passed, epochs in items)
    variance = count / (count - 1) * spread / rows**2 if count > 1 else 0.0
    if rate in (0.0, 1.0):
        effective = float(count)
    else:
        effective = min(float(rows), rate * (1 - rate) / variance) if variance else float(rows)
    if count < least_items:
        few = f"{plural(count, 'item')} {'is' if count == 1 else 'are'} too few"
        note = f"{few} for an interval over epochs, and {least_items} is the least"
        return ClusteredRate(Told(rate, None, None, reason="few_items", note=note), variance, effective)
    low, high = wilson_limits(rate, effective)
    return ClusteredRate(Told(rate, low, high), variance, effective)


def questions_like_these(score: Told, items: float) -> Told:
    """The corrected score for other questions like these: each arm is √(its arm² + Wilson's arm²).

    `items` is how many were asked, with epochs their effective number.
    """
    if score.value is None or score.low is None or score.high is None or not items:
        return score
    value = score.value
    low, high = wilson_limits(value, items)
    lower, upper = (
        sqrt((value - score.low) ** 2 + (value - low) ** 2),
        sqrt((score.high - value) ** 2 + (high - value) ** 2),
    )
    return Told(value, max(value - lower, 0.0), min(value + upper, 1.0), rough=score.rough)
