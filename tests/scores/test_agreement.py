"""Agreement of readers against Krippendorff's own data, statsmodels and the package krippendorff."""

from __future__ import annotations

import math

import krippendorff
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.inter_rater import cohens_kappa

from avocet.scores.agreement import Measurement, agreement, cohen_kappa, krippendorff_alpha
from tests.scores.reads import numbers

# Krippendorff's 4 observers and 12 units; 0 is a value that is missing
OBSERVERS = (
    (1, 2, 3, 3, 2, 1, 4, 1, 2, 0, 0, 0),
    (1, 2, 3, 3, 2, 2, 4, 1, 2, 5, 0, 3),
    (0, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 0),
    (1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, 0),
)
CODERS = (
    (0, 0, 0, 0, 0, 3, 4, 1, 2, 1, 1, 3, 3, 0, 3),
    (1, 0, 2, 1, 3, 3, 4, 3, 0, 0, 0, 0, 0, 0, 0),
    (0, 0, 2, 1, 3, 4, 4, 0, 2, 1, 1, 3, 3, 0, 4),
)


def units(*observers: tuple[int, ...]) -> list[list[float]]:
    return [[float(value) for value in unit if value] for unit in zip(*observers, strict=True)]


@pytest.mark.parametrize(
    ("measurement", "alpha"),
    [("nominal", 0.743421), ("ordinal", 0.815388), ("interval", 0.849107), ("ratio", 0.797403)],
)
def test_krippendorffs_own_data(measurement: Measurement, alpha: float) -> None:
    assert numbers(krippendorff_alpha(units(*OBSERVERS), measurement, draws=20))[0] == alpha


def test_other_published_data() -> None:
    """Two observers and ten units; three coders and fifteen units (the package's own example)."""
    two = list(zip("0100000010", "1110010000", strict=True))
    assert numbers(krippendorff_alpha(two, draws=20))[0] == 0.095238
    assert numbers(krippendorff_alpha(units(*CODERS), draws=20))[0] == 0.691358
    assert numbers(krippendorff_alpha(units(*CODERS), "interval", draws=20))[0] == 0.810845


cards = st.lists(st.lists(st.integers(1, 4).map(float), min_size=1, max_size=4), min_size=1, max_size=12)


@given(cards, st.sampled_from(["nominal", "ordinal", "interval", "ratio"]))
def test_alpha_as_the_package_has_it(each: list[list[float]], measurement: Measurement) -> None:
    told = krippendorff_alpha(each, measurement, draws=0)
    read = [card for card in each if len(card) > 1]
    values = sorted({value for card in read for value in card})
    if len(values) < 2:
        assert told.reason == ("one_verdict" if read else "no_second_reads")
        return
    counts = [[card.count(value) for value in values] for card in read]
    right = krippendorff.alpha(value_counts=counts, value_domain=values, level_of_measurement=measurement)
    assert told.value == pytest.approx(right, abs=1e-9)


def test_the_interval_of_alpha_is_drawn_with_a_seed() -> None:
    """Ten cards out of 60 are disputed: the arms of two readers' agreement are those of a rate of 1/6, doubled."""
    disputed = [("a", "a")] * 25 + [("b", "b")] * 25 + [("a", "b")] * 5 + [("b", "a")] * 5
    told = krippendorff_alpha(disputed)
    assert told == krippendorff_alpha(disputed)
    assert told != krippendorff_alpha(disputed, seed=1)
    assert told.low is not None
    assert told.high is not None
    arm = 2 * 1.96 * math.sqrt(1 / 6 * 5 / 6 / 60)
    assert (told.low, told.high) == pytest.approx((0.669 - arm, 0.669 + arm), abs=0.03)


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ([[20, 5], [10, 15]], (0.4, 0.151092, 0.648908)),
        ([[75, 1, 4], [5, 4, 1], [0, 0, 10]], (0.676471, 0.504576, 0.848365)),
    ],
)
def test_kappa_of_worked_examples(table: list[list[int]], expected: tuple[float, float, float]) -> None:
    assert numbers(cohen_kappa(table)) == expected


tables = st.lists(st.lists(st.integers(1, 40), min_size=3, max_size=3), min_size=3, max_size=3)


@given(tables)
def test_kappa_as_statsmodels_has_it(table: list[list[int]]) -> None:
    right = cohens_kappa(table)
    told = cohen_kappa(table)
    assert told.value == pytest.approx(right.kappa, abs=1e-12)
    assert (told.low, told.high) == pytest.approx((max(right.kappa_low, -1), min(right.kappa_upp, 1)), abs=1e-9)


def test_agreement_of_two_readers() -> None:
    """Example 17's first table, card by card, and cards that only one read."""
    cells = {("r", "r"): 20, ("r", "w"): 5, ("w", "r"): 10, ("w", "w"): 15}
    read = [{"ann": one, "bo": other} for (one, other), count in cells.items() for _ in range(count)]
    found = agreement([*read, {"ann": "r"}, {}])
    assert (found.cards, found.percent) == (50, 0.7)
    assert numbers(found.kappa) == (0.4, 0.151092, 0.648908)
    assert found.alpha == krippendorff_alpha([tuple(card.values()) for card in read])


def test_of_three_readers_pairs_are_counted_and_kappa_is_not_told() -> None:
    found = agreement([{"ann": "r", "bo": "r", "cy": "w"}, {"ann": "w", "bo": "w"}])
    assert found.percent == pytest.approx((1 / 3 + 1) / 2)
    assert (found.kappa.value, found.kappa.reason) == (None, "no_second_reads")
    assert found.alpha.value is not None


def test_readers_who_always_say_the_same_measure_nothing() -> None:
    found = agreement([{"ann": "r", "bo": "r"}] * 5)
    assert found.percent == 1.0
    assert (found.kappa.reason, found.alpha.reason) == ("one_verdict", "one_verdict")


def test_nothing_was_read_twice() -> None:
    found = agreement([{"ann": "r"}])
    assert (found.cards, found.percent) == (0, None)
    assert (found.kappa.reason, found.alpha.reason) == ("no_second_reads", "no_second_reads")
    assert cohen_kappa([[0, 0], [0, 0]]).reason == "no_second_reads"
