"""Whether intervals hold the truth as often as they say: all samples counted, or many drawn with a seed.

The figures to compare with come from an enumeration with scipy's beta-binomial chances, written apart from this code.
"""

from __future__ import annotations

from itertools import product
from math import comb, sqrt
from random import Random

import pytest

from avocet.scores.estimate import corrected_score
from avocet.scores.strata import OutcomeReads, Stratum

Truth = tuple[int, int, int]
"""Size, how many are read, how many are right in truth."""

WORST = 0.927
DRAWS = 200
SIZES = (10, 20, 40, 80, 160, 320, 500, 700, 900, 1_000)


def truth(size: int, reads: int, share: float) -> Truth:
    return size, reads, round(share * size)


def samples(stratum: Truth) -> list[tuple[OutcomeReads, float]]:
    """Every sample and its chance (hypergeometric), but for the rarest."""
    size, reads, right = stratum
    found = []
    for seen in range(max(0, reads - size + right), min(reads, right) + 1):
        chance = comb(right, seen) * comb(size - right, reads - seen) / comb(size, reads)
        if chance > 1e-6:
            found.append((OutcomeReads((Stratum(size, reads, seen),)), chance))
    return found


@pytest.mark.parametrize(
    ("failed", "passed", "covered", "width"),
    [
        pytest.param(truth(30, 5, 0.2), truth(40, 5, 0.95), 0.994, 0.3640, id="few reads"),
        pytest.param(truth(200, 10, 0.1), truth(300, 10, 0.95), 0.971, 0.2442, id="ten reads"),
        pytest.param(truth(400, 50, 0.05), truth(600, 50, 1), 0.934, 0.0581, id="no false pass"),
        pytest.param(truth(400, 30, 0), truth(600, 30, 1), 1.000, 0.0670, id="no error"),
        pytest.param(truth(60, 60, 0.3), truth(940, 50, 0.98), 0.985, 0.0757, id="failures all read"),
        pytest.param(truth(100, 50, 0.02), truth(100, 50, 0.98), 1.000, 0.0463, id="half read"),
    ],
)
def test_over_all_samples(failed: Truth, passed: Truth, covered: float, width: float) -> None:
    right = (failed[2] + passed[2]) / (failed[0] + passed[0])
    held = wide = whole = 0.0
    for (one, p), (other, q) in product(samples(failed), samples(passed)):
        told = corrected_score(one, other, least_reads=0)
        assert told.low is not None
        assert told.high is not None
        whole += p * q
        held += p * q * (told.low - 1e-9 <= right <= told.high + 1e-9)
        wide += p * q * (told.high - told.low)
    assert held / whole == pytest.approx(covered, abs=6e-4)
    assert wide / whole == pytest.approx(width, abs=6e-5)


@pytest.mark.parametrize(
    ("failed", "passed"),
    [
        pytest.param(
            [truth(20, 5, i % 5 * 0.05) for i in range(20)],
            [truth(30, 5, 29 / 30 if i % 3 else 1) for i in range(20)],
            id="twenty tasks, five read of each",
        ),
        pytest.param(
            [truth(size, 10, 0.4 * i / 9) for i, size in enumerate(SIZES)],
            [truth(2 * size, 10, 0.98) for size in SIZES],
            id="ten tasks of very different sizes",
            marks=pytest.mark.long,
        ),
        pytest.param([truth(20, 5, 0.1)] * 50, [truth(400, 50, 0.99)] * 50, id="fifty tasks"),
        pytest.param(
            [truth(400, 10, 0.5), *[truth(400, 100, 0)] * 9],
            [truth(600, 50, 0.98)] * 10,
            id="one task unlike",
            marks=pytest.mark.long,
        ),
        pytest.param(
            [truth(2_000, 20, 0.02), *[truth(50, 25, 0.2)] * 9],
            [truth(1_000, 50, 0.99)] * 10,
            id="one large task",
            marks=pytest.mark.long,
        ),
    ],
)
def test_with_many_strata(failed: list[Truth], passed: list[Truth]) -> None:
    """One prior for each stratum would hold in 0.29 of the samples with fifty tasks."""
    random = Random(1)
    right = sum(stratum[2] for stratum in failed + passed) / sum(stratum[0] for stratum in failed + passed)
    held = 0
    for _ in range(DRAWS):
        told = corrected_score(drawn(failed, random), drawn(passed, random), least_reads=0)
        assert told.low is not None
        assert told.high is not None
        held += told.low - 1e-9 <= right <= told.high + 1e-9
    # two standard errors of so many draws
    assert held / DRAWS >= WORST - 2 * sqrt(WORST * (1 - WORST) / DRAWS)


def drawn(strata: list[Truth], random: Random) -> OutcomeReads:
    return OutcomeReads(
        tuple(
            Stratum(size, reads, sum(item < right for item in random.sample(range(size), reads)))
            for size, reads, right in strata
        )
    )
