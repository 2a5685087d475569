"""The simulation finds more of a larger gain, of more items and of more seeds, and seldom what is not there."""

from __future__ import annotations

from examples.flywheel.power import ALPHA, POWER, curve, finds, smallest_found

TRIES = 120


def test_a_gain_that_is_not_there_is_seldom_found() -> None:
    assert finds(0.0, 80, 3, tries=TRIES) <= 2 * ALPHA


def test_more_is_found_of_a_larger_gain_and_of_more_items() -> None:
    found = [share for _, share in curve(80, 3, (0.0, 0.08, 0.2), tries=TRIES)]
    assert found == sorted(found)
    assert found[-1] > POWER > found[0]
    assert finds(0.1, 160, 3, tries=TRIES) > finds(0.1, 40, 3, tries=TRIES)


def test_the_smallest_gain_is_one_that_is_found_and_none_smaller_is() -> None:
    smallest = smallest_found(80, 3, tries=TRIES)
    assert smallest is not None
    assert finds(smallest, 80, 3, tries=TRIES) >= POWER > finds(smallest - 0.005, 80, 3, tries=TRIES)
    more = smallest_found(160, 3, tries=TRIES)
    assert more is not None
    assert more < smallest


def test_of_a_handful_of_items_nothing_is_found() -> None:
    assert smallest_found(6, 3, tries=20) is None
