"""Strata: what they hold, what they pool to, and on what ground a row stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avocet.scores.strata import Basis, Cell, Facts, OutcomeReads, Stratum, effective_reads, pooled
from tests.scores.reads import reads


@pytest.mark.parametrize(
    ("size", "read", "right", "set_aside", "undecided"),
    [(5, 6, 0, 0, 0), (5, -1, 0, 0, 0), (5, 3, 4, 0, 0), (5, 3, 2, 1, 1), (5, 3, -1, 0, 0), (5, 3, 0, -1, 0)],
)
def test_impossible_strata_are_refused(size: int, read: int, right: int, set_aside: int, undecided: int) -> None:
    with pytest.raises(ValueError, match=r"can't have|don't fit"):
        Stratum(size, read, right, set_aside, undecided)


def test_more_facts_than_items_are_refused() -> None:
    with pytest.raises(ValueError, match="more than the 9 items"):
        reads((10, 5, 2, 1), facts=Facts(5, 5))


def test_what_is_set_aside_is_replaced_by_the_share_of_the_reads() -> None:
    assert Stratum(412, 100, 12, 2).within_scope() == Stratum(404, 98, 12)
    # two thirds of 4, rounded
    assert Stratum(4, 3, 1, 1).within_scope() == Stratum(3, 2, 1)
    assert Stratum(5, 3, 0, 3).within_scope() == Stratum(0, 0, 0)
    assert Stratum(412, 100, 12, undecided=2).within_scope() == Stratum(404, 98, 12)


def test_turned_exchanges_right_and_wrong() -> None:
    assert reads((20, 10, 3, 1), facts=Facts(4, 7)).turned() == reads((20, 10, 6, 1), facts=Facts(7, 4))


@pytest.mark.parametrize(
    ("outcome", "basis"),
    [
        (reads((5, 5, 1), (3, 3, 0)), "all"),
        (reads(), "all"),
        (reads((5, 5, 1), (30, 3, 0)), "sample"),
        (reads((5, 5, 1), (30, 0, 0)), "other"),
        (reads((30, 0, 0), facts=Facts(1, 0)), "other"),
        (reads((30, 0, 0), facts=Facts(0, 0)), "none"),
        (reads((30, 0, 0)), "none"),
    ],
)
def test_basis(outcome: OutcomeReads, basis: Basis) -> None:
    assert outcome.basis == basis


def test_one_cell_counts_all_its_reads() -> None:
    assert pooled([Cell(312, 100, 12)]) == (312, 0.12, 100)
    assert pooled([]) == (0, 0.0, 0.0)


@given(st.lists(st.tuples(st.integers(1, 50), st.integers(1, 20), st.integers(0, 20)), min_size=2, max_size=6))
def test_cells_are_never_worth_more_than_their_reads(numbers: list[tuple[int, int, int]]) -> None:
    cells = [Cell(weight, read, min(found, read)) for weight, read, found in numbers]
    joint = pooled(cells)
    assert 0 < joint.effective <= sum(cell.reads for cell in cells) + 1e-9
    assert 0 <= joint.share <= 1
    assert joint.weight == sum(cell.weight for cell in cells)


def test_effective_reads_of_what_is_fully_read_are_its_reads() -> None:
    assert effective_reads(reads((12, 12, 4), (3, 3, 1, 1))) == 14
    assert effective_reads(reads((12, 12, 4), (30, 6, 1))) == 6
