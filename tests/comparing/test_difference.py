"""The difference of two sides: its range, and how often chance alone would part them so far."""

from __future__ import annotations

import random
from collections import Counter
from fractions import Fraction

import pytest

from avocet.comparing.difference import Pair, bootstrap, difference

RIGHT, WRONG = Fraction(1), Fraction(0)


def single(both: int, fixed: int, broken: int, neither: int) -> Counter[Pair]:
    pairs = {(RIGHT, RIGHT): both, (WRONG, RIGHT): fixed, (RIGHT, WRONG): broken, (WRONG, WRONG): neither}
    return Counter({pair: count for pair, count in pairs.items() if count})


def test_one_epoch_each_by_published_numbers() -> None:
    """Altman 2000, table 6.2, and the chance that statsmodels' `mcnemar(exact=True)` gives for 7 and 3."""
    told = difference(single(14, 5, 0, 22), has_epochs=False)
    assert told.difference is not None
    ends = (told.difference.value, told.difference.low, told.difference.high)
    assert tuple(round(end, 6) for end in ends) == (0.121951, 0.011483, 0.226493)
    assert told.p_value == pytest.approx(0.0625)
    assert difference(single(68, 7, 3, 42), has_epochs=False).p_value == pytest.approx(0.34375)


def test_no_item_in_common() -> None:
    assert difference(Counter(), has_epochs=False).difference is None


def test_epochs_by_their_means() -> None:
    half, third = Fraction(1, 2), Fraction(1, 3)
    pairs = Counter({(half, RIGHT): 2, (WRONG, third): 1, (RIGHT, RIGHT): 5})
    told = difference(pairs, has_epochs=True)
    assert told.method == "sign_flips_bootstrap"
    assert told.difference is not None
    assert told.difference.value == pytest.approx((1 + 1 / 3) / 8)
    # of the eight patterns of three signs, two are as far from 0
    assert told.p_value == pytest.approx(2 / 8)


@pytest.mark.parametrize("items", [5, 40, 700])
def test_the_bootstrap_is_the_limit_of_drawing(items: int) -> None:
    chance = random.Random(items)
    values = [Fraction(k, 4) for k in range(5)]
    pairs: Counter[Pair] = Counter((chance.choice(values), chance.choice(values)) for _ in range(items))
    sizes = [float(after - before) for before, after in pairs.elements()]
    drawn = sorted(sum(chance.choices(sizes, k=items)) / items for _ in range(4_000))
    low, high = bootstrap(pairs)
    # 4,000 draws tell the ends to about a tenth of the standard error
    error = (sum(size**2 for size in sizes) / items - (sum(sizes) / items) ** 2) ** 0.5 / items**0.5
    assert low == pytest.approx(drawn[99], abs=0.2 * error + 0.25 / items)
    assert high == pytest.approx(drawn[3899], abs=0.2 * error + 0.25 / items)


def test_a_bootstrap_of_a_million_items_stays_small() -> None:
    pairs = Counter({(Fraction(1, 7), Fraction(1, 3)): 400_000, (RIGHT, Fraction(1, 5)): 600_000})
    low, high = bootstrap(pairs)
    mean = 0.4 * (1 / 3 - 1 / 7) - 0.6 * 0.8
    assert low < mean < high
    assert high - low == pytest.approx(2 * 1.96 * 0.4848 / 1000, rel=0.1)
