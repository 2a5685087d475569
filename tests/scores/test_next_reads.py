"""Where the next reads go: in proportion to what they tell, in whole numbers, never more than there are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avocet.scores.estimate import corrected_score
from avocet.scores.next_reads import allocate, next_reads
from avocet.scores.strata import Facts, OutcomeReads
from tests.scores.reads import reads
from tests.scores.test_estimate_properties import outcomes


def test_by_unread_and_spread() -> None:
    """One stratum an outcome: 312·√(q(1 - q)) = 101.4 and 538·√(q(1 - q)) = 75.7.

    q is (12 + t)/101 with t = 12.5/101, and (49 + t)/51 with t = 49.5/51.
    """
    split = next_reads(reads((412, 100, 12)), reads((588, 50, 49)), 100)
    assert (split.failed, split.passed) == ((57,), (43,))
    assert split.width_now == pytest.approx(0.654 - 0.583)


def test_the_width_after_is_that_of_the_reads_expected() -> None:
    """50 of 100 failures more are right, as were 10 of 20; the passes are all read."""
    split = next_reads(reads((400, 20, 10)), reads((600, 600, 600)), 100)
    assert (split.failed, split.passed) == ((100,), (0,))
    after = corrected_score(reads((400, 120, 60)), reads((600, 600, 600)))
    assert after.low is not None
    assert after.high is not None
    assert split.width_after == pytest.approx(after.high - after.low)


def test_what_rounding_takes_from_one_stratum_it_gives_to_the_next() -> None:
    """One read more of each of ten tasks of which half the reads were right: five more are, not ten or none."""
    failed = reads(*[(40, 4, 2)] * 10)
    split = next_reads(failed, reads((600, 600, 600)), 10)
    assert split.failed == (1,) * 10
    after = corrected_score(reads(*[(40, 5, 2), (40, 5, 3)] * 5), reads((600, 600, 600)))
    assert after.low is not None
    assert after.high is not None
    assert split.width_after == pytest.approx(after.high - after.low, abs=1.1e-3)


def test_a_part_that_nobody_sampled_gets_reads() -> None:
    """It is taken to be like the others: as large, it gets more than the one that was read."""
    split = next_reads(reads((400, 40, 10), (400, 0, 0)), reads((600, 600, 600)), 76)
    assert split.failed[0] < split.failed[1]
    assert sum(split.failed) == 76
    assert split.width_now is None
    assert split.width_after is not None


def test_before_any_read_reads_go_by_size() -> None:
    split = next_reads(reads((100, 0, 0)), reads((300, 0, 0)), 40)
    assert (split.failed, split.passed) == ((10,), (30,))


def test_what_is_set_aside_gets_no_reads() -> None:
    """All reads of one task were set aside: none of it is in scope."""
    split = next_reads(reads((400, 40, 10), (400, 40, 0, 40)), reads((600, 600, 600)), 50)
    assert split.failed == (50, 0)


def test_facts_stay_facts() -> None:
    """53 of 100 are known: the interval can't be wider than what is open."""
    split = next_reads(reads((100, 20, 10), facts=Facts(50, 40)), reads((100, 100, 100)), 30)
    assert split.width_now == pytest.approx(0.05)
    assert split.width_after is not None
    assert split.width_after <= 0.05 + 1e-9


def test_a_full_stratum_gives_its_reads_to_the_others() -> None:
    assert allocate([5.0, 3.0, 1.0], [2, 100, 100], 10) == [2, 6, 2]
    assert allocate([5.0, 3.0, 0.0], [2, 3, 100], 10) == [2, 3, 0]
    assert allocate([], [], 10) == []


def test_what_is_left_over_goes_to_the_greatest_rests() -> None:
    assert allocate([1.0, 1.0, 1.0], [9, 9, 9], 5) == [2, 2, 1]
    assert allocate([2.6, 1.1, 1.3], [9, 9, 9], 5) == [3, 1, 1]


@given(outcomes(), outcomes(), st.integers(0, 100))
def test_no_stratum_gets_more_than_it_has(failed: OutcomeReads, passed: OutcomeReads, count: int) -> None:
    split = next_reads(failed, passed, count, least_reads=0)
    strata = [*failed.strata, *passed.strata]
    given_ = [*split.failed, *split.passed]
    assert all(0 <= more <= stratum.unread for more, stratum in zip(given_, strata, strict=True))
    useful = sum(stratum.unread for stratum in strata if stratum.within_scope().unread)
    assert sum(given_) == min(count, useful)
