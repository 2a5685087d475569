"""How often the harness's check fails a right answer, and how often it passes a wrong one.

Both are of all items in scope, never of the reads, which were drawn by what the check said (verification bias).
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import accumulate
from math import ceil, floor, fsum
from operator import mul
from typing import NamedTuple

from avocet.scores.betabin import Distribution, common_scale, on_scale
from avocet.scores.estimate import FAILED, PASSED
from avocet.scores.prediction import LEAST_READS, is_rough, rights, untellable
from avocet.scores.strata import OutcomeReads
from avocet.scores.told import LEVEL, Told, untold

# shares of a few thousand items lie further apart
_NEAR = 1e-7
_ROUNDING = 1e-9
_CHANCE_ROUNDING = 1e-12


class CheckErrors(NamedTuple):
    """The share of right answers that failed, and of wrong ones that passed."""

    fails_right: Told
    passes_wrong: Told


def check_errors(failed: OutcomeReads, passed: OutcomeReads, *, least_reads: float = LEAST_READS) -> CheckErrors:
    for outcome, items in ((failed, FAILED), (passed, PASSED)):
        if reason := untellable(outcome, items, least_reads):
            return CheckErrors(reason, reason)
    rough = is_rough(failed, passed)
    fails_right = _part(failed, passed, "right", rough=rough)
    return CheckErrors(fails_right, _part(passed.turned(), failed.turned(), "wrong", rough=rough))


def _part(part: OutcomeReads, rest: OutcomeReads, what: str, *, rough: bool) -> Told:
    """The rights of one outcome as a share of those of both."""
    whole = part.rights + rest.rights
    if not whole:
        return untold("no_items", f"no answer was found {what}")
    value = part.rights / whole
    low, high = _limits(part, rest, value)
    least, most = _possible(part, rest)
    value, low, high = (min(max(number, least), most) for number in (value, min(low, value), max(high, value)))
    return Told(value, low, high, rough=rough)


def _possible(part: OutcomeReads, rest: OutcomeReads) -> tuple[float, float]:
    """What the facts allow of the share."""
    (part_least, part_most), (rest_least, rest_most) = (_count_limits(outcome) for outcome in (part, rest))
    low = part_least / (part_least + rest_most) if part_least else 0.0
    high = part_most / (part_most + rest_least) if rest_least else 1.0
    return low, high


def _count_limits(outcome: OutcomeReads) -> tuple[int, int]:
    known = outcome.known
    return known.known_right, sum(s.size - s.aside for s in outcome.strata) - known.known_wrong


class _Counts(NamedTuple):
    """The possible counts of one outcome, in order: (first + i)/scale has chance i."""

    first: float
    scale: float
    chances: list[float]
    at_least: list[float]
    """The chances of each count or more; of none at the end."""


def _counts(outcome: OutcomeReads) -> _Counts:
    known, unread = rights(outcome)
    distribution = unread or Distribution(0, [1.0])
    first, chances, scale = on_scale(distribution, common_scale([distribution]))
    at_least = [*accumulate(reversed(chances), initial=0.0)][::-1]
    return _Counts(float(known * scale + first), float(scale), chances, at_least)


def _limits(part: OutcomeReads, rest: OutcomeReads, value: float) -> tuple[float, float]:
    parts, rests = _counts(part), _counts(rest)
    if len(parts.chances) == len(rests.chances) == 1:
        return value, value
    tail = (1 - LEVEL) / 2
    return _least_share(parts, rests, tail), _least_share(parts, rests, 1 - tail)


def _least_share(parts: _Counts, rests: _Counts, chance: float) -> float:
    """The least share a/(a + g) that is not exceeded by so much chance."""
    needed = (chance - _CHANCE_ROUNDING) * parts.at_least[0] * rests.at_least[0]
    low, high = 0.0, 1.0
    while high - low > _NEAR:
        middle = (low + high) / 2
        low, high = (low, middle) if _chance(parts, rests, middle) >= needed else (middle, high)
    return _attained(parts, rests, high)


def _chance(parts: _Counts, rests: _Counts, share: float) -> float:
    """The chance of a share up to this one, which grows with a and falls with g: one pass over the chances of a."""
    # count i of a needs count start + i·step of g, or a greater one
    step, start = _needed(parts, rests, share)
    any_rest = _within(floor(-start / step) + 1, parts)
    no_rest = _within(floor((len(rests.chances) - 1 - start) / step) + 1, parts)
    at_least = rests.at_least
    between: list[float] = [at_least[ceil(start + i * step)] for i in range(any_rest, no_rest)]
    sure = (parts.at_least[0] - parts.at_least[any_rest]) * at_least[0]
    return sure + fsum(map(mul, parts.chances[any_rest:no_rest], between))


def _within(at: int, counts: _Counts) -> int:
    return min(max(at, 0), len(counts.chances))


def _needed(parts: _Counts, rests: _Counts, share: float) -> tuple[float, float]:
    step = (1 - share) / share * rests.scale / parts.scale
    return step, parts.first * step - rests.first - _ROUNDING


def _attained(parts: _Counts, rests: _Counts, most: float) -> float:
    """The greatest possible share up to one."""
    step, start = _needed(parts, rests, most)
    end = bisect_left(range(len(parts.chances)), len(rests.chances), key=lambda i: ceil(start + i * step))
    first, scale, rest_first, rest_scale = parts.first, parts.scale, rests.first, rests.scale
    counts = (((first + i) / scale, (rest_first + max(ceil(start + i * step), 0)) / rest_scale) for i in range(end))
    return max((part / (part + rest) for part, rest in counts if part), default=0.0)
