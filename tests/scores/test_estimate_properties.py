"""What holds of every estimate: it lies in its interval and within the facts, and is the truth once all is read."""

from __future__ import annotations

from math import isclose

from hypothesis import given
from hypothesis import strategies as st

from avocet.scores.check_errors import check_errors
from avocet.scores.compared import ScoreReads, score_difference
from avocet.scores.estimate import at_most, corrected_score, false_fails, false_passes
from avocet.scores.strata import Facts, OutcomeReads, Stratum
from avocet.scores.told import Told


@st.composite
def strata(draw: st.DrawFn, *, fully_read: bool = False) -> Stratum:
    size = draw(st.integers(1, 40))
    reads = size if fully_read else draw(st.integers(1, size))
    right = draw(st.integers(0, reads))
    set_aside = draw(st.integers(0, reads - right))
    undecided = draw(st.integers(0, reads - right - set_aside))
    return Stratum(size, reads, right, set_aside, 0 if fully_read else undecided)


@st.composite
def outcomes(draw: st.DrawFn) -> OutcomeReads:
    """With facts as if some more of the unread had been read by choice."""
    reads = OutcomeReads(tuple(draw(st.lists(strata(), min_size=1, max_size=3))))
    unread = sum(stratum.unread for stratum in reads.strata)
    right = draw(st.integers(0, unread))
    wrong = draw(st.integers(0, unread - right))
    known = reads.known
    return OutcomeReads(reads.strata, Facts(known.known_right + right, known.known_wrong + wrong))


all_read = st.lists(strata(fully_read=True), min_size=1, max_size=3).map(lambda each: OutcomeReads(tuple(each)))


def assert_ordered(told: Told, low: float = 0.0, high: float = 1.0) -> None:
    if told.value is None:
        assert told.reason == "no_items"
        return
    assert told.low is not None
    assert told.high is not None
    assert low - 1e-12 <= told.low <= told.value <= told.high <= high + 1e-12


@given(outcomes(), outcomes())
def test_the_estimate_lies_in_its_interval_and_within_the_facts(failed: OutcomeReads, passed: OutcomeReads) -> None:
    items = sum(stratum.size - stratum.aside for outcome in (failed, passed) for stratum in outcome.strata)
    right = failed.known.known_right + passed.known.known_right
    wrong = failed.known.known_wrong + passed.known.known_wrong
    limits = (right / items, 1 - wrong / items) if items else (0.0, 1.0)
    assert_ordered(corrected_score(failed, passed, least_reads=0), *limits)


@given(outcomes(), outcomes(), outcomes(), outcomes())
def test_every_other_estimate_lies_in_its_interval(
    failed: OutcomeReads, passed: OutcomeReads, more: OutcomeReads, others: OutcomeReads
) -> None:
    assert_ordered(false_fails(failed, least_reads=0))
    assert_ordered(false_passes(passed, least_reads=0))
    assert_ordered(at_most(failed, 7, least_reads=0))
    for told in check_errors(failed, passed, least_reads=0):
        assert_ordered(told)
    one, other = ScoreReads(failed, passed), ScoreReads(more, others)
    assert_ordered(score_difference(one, other, least_reads=0), -1.0, 1.0)


@given(all_read, all_read)
def test_once_all_is_read_the_score_is_the_truth(failed: OutcomeReads, passed: OutcomeReads) -> None:
    each = [*failed.strata, *passed.strata]
    right, items = sum(s.right for s in each), sum(s.reads - s.set_aside for s in each)
    told = corrected_score(failed, passed)
    assert told.low == told.value == told.high
    assert not told.rough
    assert told.value is None if not items else isclose(told.value or 0.0, right / items, abs_tol=1e-12)


@given(outcomes())
def test_right_and_wrong_add_up(outcome: OutcomeReads) -> None:
    right, wrong = false_fails(outcome, least_reads=0), false_passes(outcome, least_reads=0)
    assert (right.value is None) == (wrong.value is None)
    assert right.value is None or isclose(right.value + (wrong.value or 0.0), 1)
