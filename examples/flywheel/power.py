"""What difference this design finds 8 times in 10, by simulation, before anything is trained."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Final

from avocet.scores import EpochPair, permute_signs

ALPHA: Final = 0.05
POWER: Final = 0.8
SHARE: Final = 0.29
"""Of the held-out items a trained model passed 14 of 48 in the round before this one."""
AGREE: Final = 0.5
"""Both parameters of the items' Beta distribution together: well below 1, since seeds mostly agree on an item (of 48,
three seeds passed 13 to 16)."""
UNLIKE: Final = 0.2
"""The share of items on which the second training set leads to another chance of passing, for better or worse."""
TRIES: Final = 400
STEP: Final = 0.005
_SEED: Final = 17


def finds(gain: float, items: int, seeds: int, *, share: float = SHARE, tries: int = TRIES) -> float:
    """How often the paired test has p below 0.05 if the second training set passes `gain` more of the items.

    An item's chance of passing after the first training is drawn from a Beta distribution with mean `share`. After
    the second it is the same; on the items of `UNLIKE` it is drawn anew, and of the others as many are passed for
    certain as make the gain. Each seed then passes the item or not.
    """
    chance = random.Random(_SEED)
    found = 0
    for _ in range(tries):
        pairs = [_item(chance, gain, seeds, share) for _ in range(items)]
        p = permute_signs(pairs).p
        found += p is not None and p < ALPHA
    return found / tries


def _item(chance: random.Random, gain: float, seeds: int, share: float) -> EpochPair:
    before = chance.betavariate(share * AGREE, (1 - share) * AGREE)
    # an item that is passed already gains nothing
    if chance.random() < gain / (1 - share):
        after = 1.0
    else:
        after = chance.betavariate(share * AGREE, (1 - share) * AGREE) if chance.random() < UNLIKE else before
    passed = [sum(chance.random() < each for _ in range(seeds)) for each in (after, before)]
    return EpochPair(passed[0], seeds, passed[1], seeds)


def smallest_found(items: int, seeds: int, *, share: float = SHARE, tries: int = TRIES) -> float | None:
    """The smallest gain, in steps of half a point, that is found 8 times in 10; None if none up to 40 points is."""
    low, high = 0, int(0.4 / STEP)
    if finds(high * STEP, items, seeds, share=share, tries=tries) < POWER:
        return None
    while high - low > 1:
        middle = (low + high) // 2
        if finds(middle * STEP, items, seeds, share=share, tries=tries) >= POWER:
            high = middle
        else:
            low = middle
    return high * STEP


def curve(items: int, seeds: int, gains: Sequence[float], *, tries: int = TRIES) -> list[tuple[float, float]]:
    """Each gain with how often it is found."""
    return [(gain, finds(gain, items, seeds, tries=tries)) for gain in gains]
