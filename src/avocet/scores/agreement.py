"""How far people who read the same cards, neither knowing the other's verdict, agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import combinations
from math import ceil, sqrt
from random import Random
from typing import Final, Literal

import msgspec

from avocet.scores.told import LEVEL, Told, Z, untold

Measurement = Literal["nominal", "ordinal", "interval", "ratio"]
DRAWS: Final = 2_000
_SEED: Final = 20_110

_Counts = tuple[int, ...]
"""How often each value was given to one card."""


class Agreement(msgspec.Struct, frozen=True):
    """`cards` were read twice or more; `percent` of their pairs of readings agree, each card counting the same.

    `kappa` is told if the same two people read all of them.
    """

    cards: int
    percent: float | None
    kappa: Told
    alpha: Told


def agreement(cards: Sequence[Mapping[str, str]]) -> Agreement:
    """From the blind verdicts on each card, by reader. Cards with one reading say nothing."""
    twice = [card for card in cards if len(card) > 1]
    alpha = krippendorff_alpha([list(card.values()) for card in twice])
    return Agreement(len(twice), _percent(twice), _kappa(twice), alpha)


def _percent(cards: Sequence[Mapping[str, str]]) -> float | None:
    if not cards:
        return None
    pairs = [list(combinations(card.values(), 2)) for card in cards]
    return sum(sum(one == other for one, other in each) / len(each) for each in pairs) / len(cards)


def _kappa(cards: Sequence[Mapping[str, str]]) -> Told:
    readers = sorted({reader for card in cards for reader in card})
    if len(readers) != 2:
        return untold("no_second_reads", "kappa is for two people who read the same cards")
    verdicts = sorted({verdict for card in cards for verdict in card.values()})
    pairs = Counter((card[readers[0]], card[readers[1]]) for card in cards)
    return cohen_kappa([[pairs[one, other] for other in verdicts] for one in verdicts])


def cohen_kappa(table: Sequence[Sequence[int]]) -> Told:
    """Cohen's κ of a square table: one reader's verdicts by the other's.

    Interval by Fleiss, Cohen and Everitt, Psychological Bulletin 72, 1969.
    """
    cards = sum(map(sum, table))
    if not cards:
        return untold("no_second_reads", "no card was read twice")
    size = range(len(table))
    shares = [[count / cards for count in row] for row in table]
    rows, columns = [sum(row) for row in shares], [sum(shares[i][j] for i in size) for j in size]
    if any(table[i][i] == cards for i in size):
        return untold("one_verdict", "every verdict is the same")
    agreed, expected = sum(shares[i][i] for i in size), sum(rows[i] * columns[i] for i in size)
    kappa = (agreed - expected) / (1 - expected)
    on = sum(shares[i][i] * (1 - (rows[i] + columns[i]) * (1 - kappa)) ** 2 for i in size)
    off = sum(shares[i][j] * (columns[i] + rows[j]) ** 2 for i in size for j in size if i != j)
    variance = (on + (1 - kappa) ** 2 * off - (kappa - expected * (1 - kappa)) ** 2) / (1 - expected) ** 2 / cards
    arm = Z * sqrt(max(variance, 0.0))
    return Told(kappa, max(kappa - arm, -1.0), min(kappa + arm, 1.0))


def krippendorff_alpha(
    cards: Sequence[Sequence[str | float]],
    measurement: Measurement = "nominal",
    *,
    draws: int = DRAWS,
    seed: int = _SEED,
) -> Told:
    """Krippendorff's α of the values that each card was given, by however many readers.

    Values are numbers unless the measurement is nominal, and none is below 0 if it is a ratio. Content Analysis, 4th
    edition, 2019, chapter 12. The interval is the middle of a bootstrap over cards. Resamples
    in which all values are the same have no α and are left out.
    """
    read = [card for card in cards if len(card) > 1]
    values = list(dict.fromkeys(value for card in read for value in card))
    if not read:
        return untold("no_second_reads", "no card was read twice")
    if len(values) < 2:
        return untold("one_verdict", "every verdict is the same")
    numbers: list[float] = []
    if measurement != "nominal":
        values.sort(key=float)
        numbers = list(map(float, values))
    patterns = Counter(tuple(map(Counter(card).__getitem__, values)) for card in read)
    value = _alpha(patterns, numbers, measurement)
    random, kinds, weights = Random(seed), list(patterns), list(patterns.values())  # noqa: S311
    found = (_alpha(Counter(random.choices(kinds, weights, k=len(read))), numbers, measurement) for _ in range(draws))
    drawn = sorted(alpha for alpha in found if alpha is not None)
    return _with_middle(value, drawn)


def _with_middle(value: float | None, drawn: list[float]) -> Told:
    if value is None or not drawn:
        return Told(value, None, None)
    tail = (1 - LEVEL) / 2
    low, high = (drawn[ceil(share * len(drawn)) - 1] for share in (tail, 1 - tail))
    return Told(value, min(low, value), max(high, value))


def _alpha(patterns: Mapping[_Counts, int], numbers: Sequence[float], measurement: Measurement) -> float | None:
    """1 less the observed disagreement by that expected of the same values in any order; None if all are the same."""
    totals = [0] * len(next(iter(patterns)))
    for counts, cards in patterns.items():
        totals = [total + count * cards for total, count in zip(totals, counts, strict=True)]
    given = sum(totals)
    pairs = [(v, w) for v, w in combinations(range(len(totals)), 2) if totals[v] and totals[w]]
    distance = _distance(measurement, numbers, totals)
    far = {(v, w): distance(v, w) for v, w in pairs}
    expected = sum(totals[v] * totals[w] * far[v, w] for v, w in pairs) / (given - 1)
    if not expected:
        return None
    observed = sum(
        cards * sum(counts[v] * counts[w] * far[v, w] for v, w in pairs) / (sum(counts) - 1)
        for counts, cards in patterns.items()
    )
    return 1 - observed / expected


def _distance(
    measurement: Measurement, numbers: Sequence[float], totals: Sequence[int]
) -> Callable[[int, int], float]:
    match measurement:
        case "nominal":
            return lambda v, w: 1.0
        case "ordinal":
            return lambda v, w: (sum(totals[v : w + 1]) - (totals[v] + totals[w]) / 2) ** 2
        case "interval":
            return lambda v, w: (numbers[v] - numbers[w]) ** 2
        case "ratio":
            return lambda v, w: ((numbers[v] - numbers[w]) / (numbers[v] + numbers[w])) ** 2
