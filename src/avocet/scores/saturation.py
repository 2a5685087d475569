"""Whether reading on would show new kinds of failures: of random reads only, in their order."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

import msgspec

from avocet.scores.told import Told, Z, untold


class Saturation(msgspec.Struct, frozen=True):
    """`next_is_new` is the chance that the next random card is of an unseen kind, not how many kinds are unseen.

    That is `unseen_kinds`, and it is a lower bound: None if nothing was read.
    """

    reads: int
    kinds: int
    next_is_new: Told
    unseen_kinds: float | None


def saturation(counts: Sequence[int]) -> Saturation:
    """From how often each kind was seen.

    Good, Biometrika 40, 1953; the limit is Esty's, Annals of Statistics 11, 1983; the number of unseen kinds is
    Chao's, Scandinavian Journal of Statistics 11, 1984, in its form without bias.
    """
    seen = [count for count in counts if count]
    reads = sum(seen)
    if not reads:
        return Saturation(0, 0, untold("nobody_read", "no card was read by lot"), None)
    once, twice = seen.count(1), seen.count(2)
    unseen = once * (once - 1) / (2 * (twice + 1))
    return Saturation(reads, len(seen), _next_is_new(reads, once, twice), unseen)


def _next_is_new(reads: int, once: int, twice: int) -> Told:
    if not once:
        return Told(0.0, 0.0, none_new(reads))
    chance = once / reads
    arm = Z * sqrt((once + 2 * twice - once**2 / reads) / reads**2)
    return Told(chance, max(chance - arm, 0.0), min(chance + arm, 1.0))


def none_new(reads: int) -> float:
    """The chance of a new kind is at most this, by 95 %, if the last so many reads showed none."""
    return 1 - 0.05 ** (1 / reads) if reads else 1.0
