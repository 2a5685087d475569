"""What random reads say of the items that nobody read: how many are right, and how many are in scope."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import sqrt
from typing import Final, NamedTuple

from avocet.scores.betabin import Distribution, beta_binomial, limits, limits_of_sum
from avocet.scores.strata import Cell, Facts, OutcomeReads, effective_reads, pooled, unread_cells
from avocet.scores.told import LEVEL, Told, untold

LEAST_READS: Final = 10.0
"""Fewer effective reads of an outcome with unread items are told as counts only."""
PLAIN_READS: Final = 30.0
"""From so many effective reads on, an interval is not called rough."""
_ROUNDING = 1e-9


class Prediction(NamedTuple):
    """The right items of several outcomes, of those in scope (not set aside).

    `size` items are in scope, `known` of them were read and right, `unread` are the rights among the others. `rights`
    is their estimated total, `share` the estimate that is told: it differs from rights/size by the rounding of what
    is set aside. `lowest` and `highest` are the shares that the facts allow. `aside` is added to the square of each
    arm, because only the reads say what is set aside.
    """

    known: int
    unread: list[Distribution]
    size: int
    rights: float
    share: float
    lowest: float
    highest: float
    aside: float

    def cut(self, share: float) -> float:
        """A share as far as the facts allow it."""
        return min(max(share, self.lowest), self.highest)


def rights(outcome: OutcomeReads) -> tuple[int, Distribution | None]:
    """The rights that were read, and the distribution of those among the unread, if there are any."""
    strata = [stratum.within_scope() for stratum in outcome.strata]
    return sum(stratum.right for stratum in strata), _found(unread_cells(strata))


def _found(cells: Sequence[Cell]) -> Distribution | None:
    """How many of the unread have what was found in the reads.

    All strata of an outcome are predicted as one: with a Jeffreys prior for each, the priors' pulls would add up.
    """
    if not cells:
        return None
    joint = pooled(cells)
    found = joint.effective * joint.share
    return beta_binomial(joint.weight, found + 0.5, joint.effective - found + 0.5)


def predict(outcomes: Sequence[OutcomeReads]) -> Prediction | None:
    """Predict from the reads; None if nothing is in scope. Every stratum with unread items has reads."""
    scope = sum(outcome.scope for outcome in outcomes)
    if not scope:
        return None
    parts = [rights(outcome) for outcome in outcomes]
    strata = [stratum.within_scope() for outcome in outcomes for stratum in outcome.strata]
    share = sum(outcome.rights for outcome in outcomes) / scope
    items = sum(stratum.size - stratum.aside for outcome in outcomes for stratum in outcome.strata)
    known = _together([outcome.known for outcome in outcomes])
    return Prediction(
        known=sum(count for count, _ in parts),
        unread=[unread for _, unread in parts if unread],
        size=sum(stratum.size for stratum in strata),
        rights=sum(stratum.total(stratum.right) for stratum in strata),
        share=share,
        lowest=known.known_right / items,
        highest=(items - known.known_wrong) / items,
        aside=sum(_aside(outcome, share, scope) for outcome in outcomes),
    )


def _together(facts: Sequence[Facts]) -> Facts:
    return Facts(sum(each.known_right for each in facts), sum(each.known_wrong for each in facts))


def _aside(outcome: OutcomeReads, share: float, scope: float) -> float:
    """What an outcome adds to the squared arms of a share because only the reads say what is set aside."""
    if not outcome.scope or not any(stratum.aside for stratum in outcome.strata):
        return 0.0
    cells = tuple(Cell(s.unread, s.reads, s.aside) for s in outcome.strata if s.unread)
    if not cells:
        return 0.0
    low, high = _aside_limits(cells)
    expected = sum(stratum.total(stratum.aside) - stratum.aside for stratum in outcome.strata)
    arm = max(expected - low, high - expected)
    return ((outcome.rights / outcome.scope - share) / scope * arm) ** 2


# what is set aside is the same for each share of the same reads
@lru_cache(maxsize=256)
def _aside_limits(cells: tuple[Cell, ...]) -> tuple[float, float]:
    """The limits of how many of the unread are set aside."""
    unread = _found(cells)
    low, high = limits(unread, LEVEL) if unread else (0, 0)
    return float(low), float(high)


def told(prediction: Prediction, *, rough: bool) -> Told:
    """The share, with the limits of the predicted count: wider by what is set aside, cut to the facts."""
    counts = (prediction.known + float(limit) for limit in limits_of_sum(prediction.unread, LEVEL))
    low, high = widened(
        *(count / prediction.size for count in counts),
        centre=prediction.rights / prediction.size,
        estimate=prediction.share,
        aside=prediction.aside,
    )
    return Told(prediction.cut(prediction.share), prediction.cut(low), prediction.cut(high), rough=rough)


def widened(low: float, high: float, *, centre: float, estimate: float, aside: float) -> tuple[float, float]:
    """Limits that hold the estimate; where items are set aside, its arms are √(arm about the centre² + aside)."""
    if aside:
        low = estimate - sqrt(max(centre - low, 0.0) ** 2 + aside)
        high = estimate + sqrt(max(high - centre, 0.0) ** 2 + aside)
    return min(low, estimate), max(high, estimate)


def is_rough(*outcomes: OutcomeReads) -> bool:
    return any(_unread(outcome) and effective_reads(outcome) < PLAIN_READS - _ROUNDING for outcome in outcomes)


def _unread(outcome: OutcomeReads) -> bool:
    return any(stratum.unread for stratum in outcome.strata)


def untellable(outcome: OutcomeReads, items: str, least_reads: float) -> Told | None:
    """Why nothing is told of an outcome beyond counts; None if something is. `items`: "failed items"."""
    if outcome.unsampled and not any(stratum.reads for stratum in outcome.strata if stratum.unread):
        return untold("nobody_read", f"none of the {items} was read at random yet")
    if outcome.unsampled:
        share = outcome.unsampled / outcome.size
        return untold("part_unread", f"{_percent(share)} of the {items} are in parts that nobody sampled")
    effective = effective_reads(outcome)
    if _unread(outcome) and effective < least_reads - _ROUNDING:
        return untold(
            "few_reads",
            f"the {items} read by lot tell as much as {effective:.3g} reads, and {least_reads:g} is the least",
        )
    return None


def _percent(share: float) -> str:
    return "less than 1 %" if share < 0.01 else f"{share * 100:.0f} %"
