"""A score corrected by the errors that the check made in another run, where people read.

Rogan and Gladen, American Journal of Epidemiology 107, 1978; the interval is Lang and Reiczigel's, Preventive
Veterinary Medicine 113, 2014. It assumes that P(verdict | truth) is the same in both runs: same check, references,
prompt and mix of tasks, and a model that errs in the same manner. Nothing in the numbers can show that it does.
"""

from __future__ import annotations

from math import sqrt
from typing import Final, NamedTuple

from avocet.scores.check_errors import check_errors
from avocet.scores.prediction import is_rough
from avocet.scores.strata import Cell, OutcomeReads, Pooled, pooled
from avocet.scores.told import Told, Z, untold

LEAST_DISCRIMINATION: Final = 0.1
"""How far sensitivity + specificity must surely lie above 1, where a check would tell nothing."""


class Rate(NamedTuple):
    """A rate, and of how many items it was found."""

    share: float
    items: float

    @property
    def variance(self) -> float:
        return self.share * (1 - self.share) / self.items

    @property
    def shrunk(self) -> float:
        """With one success and one failure more."""
        return (self.items * self.share + 1) / (self.items + 2)


def rogan_gladen(passed: float, sensitivity: float, specificity: float) -> float:
    """The share of right answers from the share that passed; it may lie outside 0 to 1."""
    return (passed + specificity - 1) / (specificity + sensitivity - 1)


def lang_reiczigel(passed: Rate, sensitivity: Rate, specificity: Rate) -> tuple[float, float]:
    """The 95 % interval of Rogan's and Gladen's share, not cut to 0 to 1."""
    q1, q0, square = sensitivity.shrunk, specificity.shrunk, Z * Z
    share = (passed.items * passed.share + square / 2) / (passed.items + square)
    right = rogan_gladen(share, q1, q0)
    of_right, of_wrong = q1 * (1 - q1) / (sensitivity.items + 2), q0 * (1 - q0) / (specificity.items + 2)
    centre = right + 2 * square * (right * of_right - (1 - right) * of_wrong)
    variance = share * (1 - share) / (passed.items + square) + right**2 * of_right + (1 - right) ** 2 * of_wrong
    arm = Z * sqrt(variance) / abs(q0 + q1 - 1)
    return centre - arm, centre + arm


def borrowed_score(passed: int, items: int, failed_reads: OutcomeReads, passed_reads: OutcomeReads) -> Told:
    """The score of a run that nobody read, of which so many items passed, by the reads of another run."""
    errors = check_errors(failed_reads, passed_reads)
    for told in errors:
        if told.value is None:
            return told
    if not items or not (failed_reads.scope and passed_reads.scope):
        return untold("no_items", "there are no items to borrow from, or none to borrow for")
    fails_right, passes_wrong = (told.value or 0.0 for told in errors)
    sensitivity, specificity = rates(failed_reads, passed_reads)
    surely = sensitivity.share + specificity.share - 1 - Z * sqrt(sensitivity.variance + specificity.variance)
    if surely <= LEAST_DISCRIMINATION:
        return untold(
            "check_tells_too_little", "the check of the run that was read hardly tells right from wrong answers"
        )
    low, high = lang_reiczigel(Rate(passed / items, items), sensitivity, specificity)
    if high < 0 or low > 1:
        return untold(
            "rates_do_not_fit",
            "the check can't have erred here as it did in the run that was read: the rates don't fit",
        )
    value, low, high = (
        min(max(number, 0.0), 1.0)
        for number in (rogan_gladen(passed / items, 1 - fails_right, 1 - passes_wrong), low, high)
    )
    return Told(value, min(low, value), max(high, value), rough=is_rough(failed_reads, passed_reads))


def rates(failed: OutcomeReads, passed: OutcomeReads) -> tuple[Rate, Rate]:
    """Sensitivity and specificity of a check, each with the number of items that would tell as much of it.

    The reads were drawn by verdict, not by truth. Half a read is added to either side, so that no rate is 0 or 1.
    """
    fails, passes = _pooled(failed), _pooled(passed.turned())
    x, y, n, m = fails.prior_share, passes.prior_share, fails.effective, passes.effective
    sizes = 1 / fails.weight + 1 / passes.weight
    passed_right, passed_wrong = passes.weight * (1 - y), passes.weight * y
    failed_right, failed_wrong = fails.weight * x, fails.weight * (1 - x)
    q1, q0 = passed_right / (passed_right + failed_right), failed_wrong / (failed_wrong + passed_wrong)
    m1 = 1 / (q1 * (1 - q1) * ((1 - x) / (x * n) + y / ((1 - y) * m) + sizes))
    m0 = 1 / (q0 * (1 - q0) * (x / ((1 - x) * n) + (1 - y) / (y * m) + sizes))
    return Rate(q1, m1), Rate(q0, m0)


def _pooled(outcome: OutcomeReads) -> Pooled:
    strata = [stratum.within_scope() for stratum in outcome.strata]
    return pooled([Cell(stratum.size, stratum.reads, stratum.right) for stratum in strata if stratum.size])
