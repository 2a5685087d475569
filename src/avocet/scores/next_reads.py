"""Where the next reads tell most of the score, and how much narrower its interval would become."""

from __future__ import annotations

from collections.abc import Sequence
from heapq import nlargest
from math import floor, sqrt

import msgspec

from avocet.scores.estimate import corrected_score
from avocet.scores.prediction import LEAST_READS
from avocet.scores.strata import Cell, Facts, OutcomeReads, Stratum, pooled, prior_share
from avocet.scores.told import Told


class NextReads(msgspec.Struct, frozen=True):
    """How many reads each stratum should get, in the order of the strata.

    The widths are those of the corrected score's interval, now and as expected after these reads; None where it can't
    be told.
    """

    failed: tuple[int, ...]
    passed: tuple[int, ...]
    width_now: float | None
    width_after: float | None


def next_reads(
    failed: OutcomeReads,
    passed: OutcomeReads,
    reads: int,
    *,
    cards: tuple[int, int] | None = None,
    least_reads: float = LEAST_READS,
) -> NextReads:
    """Split the next reads over the strata in proportion to unread × √(q(1 - q)) (Neyman, 1934).

    No stratum gets more than it has unread, and no outcome more than it has `cards` (of failures, of passes); what is
    over goes to the others.
    """
    to_failed, to_passed = _split(failed, passed, reads, cards)
    after = corrected_score(_after(failed, to_failed), _after(passed, to_passed), least_reads=least_reads)
    now = corrected_score(failed, passed, least_reads=least_reads)
    return NextReads(tuple(to_failed), tuple(to_passed), _width(now), _width(after))


def _split(
    failed: OutcomeReads, passed: OutcomeReads, reads: int, cards: tuple[int, int] | None
) -> tuple[list[int], list[int]]:
    outcomes = (failed.strata, passed.strata)
    weights = [_weights(strata) for strata in outcomes]
    unread = [[stratum.unread for stratum in strata] for strata in outcomes]
    joint = allocate([*weights[0], *weights[1]], [*unread[0], *unread[1]], reads)
    wanted = [sum(joint[: len(weights[0])]), sum(joint[len(weights[0]) :])]
    if cards is not None:
        short = [max(n - there, 0) for n, there in zip(wanted, cards, strict=True)]
        wanted = [min(n + more, there) for n, more, there in zip(wanted, reversed(short), cards, strict=True)]
    to_failed, to_passed = (allocate(*one) for one in zip(weights, unread, wanted, strict=True))
    return to_failed, to_passed


def _width(told: Told) -> float | None:
    return None if told.low is None or told.high is None else told.high - told.low


def _weights(strata: Sequence[Stratum]) -> list[float]:
    """Unread × the standard deviation of a read. A stratum without reads is taken to be like the others."""
    joint = _joint_share(strata)
    weights = []
    for stratum in strata:
        # before its first read, all of a stratum is taken to be in scope
        scope = stratum.within_scope() if stratum.reads else stratum
        share = prior_share(Cell(scope.unread, scope.reads, scope.right), joint)
        weights.append(scope.unread * sqrt(share * (1 - share)))
    return weights


def _joint_share(strata: Sequence[Stratum]) -> float:
    scopes = [stratum.within_scope() for stratum in strata]
    return pooled([Cell(s.unread, s.reads, s.right) for s in scopes if s.unread and s.reads]).prior_share


def allocate(weights: Sequence[float], most: Sequence[int], whole: int) -> list[int]:
    """Split a whole number in proportion to weights, into whole numbers that are no greater than `most`."""
    split = [0] * len(weights)
    open_ = {at for at, weight in enumerate(weights) if weight > 0 and most[at] > 0}
    left = min(whole, sum(most[at] for at in open_))
    while open_:
        share = left / sum(weights[at] for at in open_)
        full = {at for at in open_ if weights[at] * share >= most[at]}
        if not full:
            break
        for at in full:
            split[at] = most[at]
        left -= sum(most[at] for at in full)
        open_ -= full
    if open_ and left:
        exact = {at: weights[at] * share for at in open_}
        for at, number in exact.items():
            split[at] = floor(number)
        rest = left - sum(split[at] for at in open_)
        for at in nlargest(rest, sorted(open_), key=lambda at: exact[at] - floor(exact[at])):
            split[at] += 1
    return split


def _after(outcome: OutcomeReads, more: Sequence[int]) -> OutcomeReads:
    """The reads as expected after so many more of each stratum, which then show what they showed before.

    What rounding takes from one stratum it gives to the next.
    """
    joint = _joint_share(outcome.strata)
    strata, rights, asides = [], 0.0, 0.0
    for stratum, reads in zip(outcome.strata, more, strict=True):
        rights += reads * (stratum.right / stratum.reads if stratum.reads else joint)
        asides += reads * (stratum.aside / stratum.reads if stratum.reads else 0.0)
        aside = min(round(asides), reads)
        right = min(round(rights), reads - aside)
        rights, asides = rights - right, asides - aside
        strata.append(Stratum(stratum.size, stratum.reads + reads, stratum.right + right, stratum.aside + aside))
    read = OutcomeReads(tuple(strata))
    return OutcomeReads(read.strata, _facts(read, outcome.facts) if outcome.facts else None)


def _facts(read: OutcomeReads, before: Facts) -> Facts:
    """What is known after the expected reads, of which some may have been known before."""
    right = max(before.known_right, read.known.known_right)
    items = sum(stratum.size - stratum.aside for stratum in read.strata)
    return Facts(right, min(max(before.known_wrong, read.known.known_wrong), items - right))
