"""How many answers are right, worked out from those that people read.

The strata are the outcomes of the harness's check, cut by task and model (Begg and Greenes, Biometrics 39, 1983).
The interval is one of prediction: it speaks only of what nobody has read, and of nothing once all is read.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from avocet.scores.prediction import LEAST_READS, is_rough, predict, told, untellable
from avocet.scores.strata import Facts, OutcomeReads, Stratum
from avocet.scores.told import Told, untold

FAILED = "failed items"
PASSED = "passed items"
_UNDECIDED_MOVES = 0.01
_ROUNDING = 1e-9


class UndecidedEnds(NamedTuple):
    """The score if every answer that a reader could not decide was wrong, and if every one was right."""

    all_wrong: Told
    all_right: Told


def corrected_score(failed: OutcomeReads, passed: OutcomeReads, *, least_reads: float = LEAST_READS) -> Told:
    """The share of right answers among all items in scope."""
    return _share(((failed, FAILED), (passed, PASSED)), least_reads)


def false_fails(failed: OutcomeReads, *, least_reads: float = LEAST_READS) -> Told:
    """The share of the failed items whose answer was right."""
    return _share(((failed, FAILED),), least_reads)


def false_passes(passed: OutcomeReads, *, least_reads: float = LEAST_READS) -> Told:
    """The share of the passed items whose answer was wrong."""
    return _share(((passed.turned(), PASSED),), least_reads)


def category_share(failed: OutcomeReads, *, least_reads: float = LEAST_READS) -> Told:
    """The share of the failures with a category; its reads are given as the right ones.

    The strata are those of the sampling. The intervals of several categories do not hold jointly.
    """
    return _share(((failed, FAILED),), least_reads)


def at_most(failed: OutcomeReads, passed: int, *, least_reads: float = LEAST_READS) -> Told:
    """The score if every passed answer is right. Only its `high` deserves the words "at most"."""
    return corrected_score(failed, OutcomeReads((Stratum(passed, passed, passed),)), least_reads=least_reads)


def at_least(failed: int, passed: OutcomeReads, *, least_reads: float = LEAST_READS) -> Told:
    """The score if every failed answer is wrong. Only its `low` deserves the words "at least"."""
    return corrected_score(OutcomeReads((Stratum(failed, failed, 0),)), passed, least_reads=least_reads)


def known_limits(items: int, facts: Facts) -> Told:
    """What reads in any order leave possible of the score of so many items: limits, and no estimate."""
    if not items:
        return _nothing()
    return Told(None, facts.known_right / items, (items - facts.known_wrong) / items)


def undecided_ends(
    failed: OutcomeReads, passed: OutcomeReads, *, least_reads: float = LEAST_READS
) -> UndecidedEnds | None:
    """Both ends of what the undecided reads may be, if they move the score by more than a point; else None."""
    if not any(stratum.undecided for outcome in (failed, passed) for stratum in outcome.strata):
        return None
    ends = UndecidedEnds(
        corrected_score(_decided(failed, right=False), _decided(passed, right=False), least_reads=least_reads),
        corrected_score(_decided(failed, right=True), _decided(passed, right=True), least_reads=least_reads),
    )
    low, high = (end.value for end in ends)
    return None if low is None or high is None or high - low <= _UNDECIDED_MOVES + _ROUNDING else ends


def _decided(outcome: OutcomeReads, *, right: bool) -> OutcomeReads:
    strata = tuple(
        msgspec.structs.replace(stratum, undecided=0, right=stratum.right + (stratum.undecided if right else 0))
        for stratum in outcome.strata
    )
    return OutcomeReads(strata, outcome.facts)


def _share(outcomes: Sequence[tuple[OutcomeReads, str]], least_reads: float) -> Told:
    for outcome, items in outcomes:
        if reason := untellable(outcome, items, least_reads):
            return reason
    reads = [outcome for outcome, _ in outcomes]
    prediction = predict(reads)
    return told(prediction, rough=is_rough(*reads)) if prediction else _nothing()


def _nothing() -> Told:
    return untold("no_items", "there is no item of which right or wrong can be said")
