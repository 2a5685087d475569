"""Whether new kinds of failures are to be expected: a worked example, and the ends."""

from __future__ import annotations

import pytest

from avocet.scores.saturation import none_new, saturation
from tests.scores.reads import numbers


def test_worked_example() -> None:
    found = saturation([20, 10, 5, 2, 2, 1, 1, 1])
    assert (found.reads, found.kinds, found.unseen_kinds) == (42, 8, 1.0)
    # 0.071429 less the same arm would be below 0
    assert numbers(found.next_is_new) == (0.071429, 0.0, 0.19299)


def test_where_no_kind_was_seen_once() -> None:
    found = saturation([20, 10, 0, 10])
    assert (found.reads, found.kinds, found.unseen_kinds) == (40, 3, 0.0)
    assert numbers(found.next_is_new) == (0.0, 0.0, 0.072158)


def test_where_every_kind_was_seen_once() -> None:
    found = saturation([1, 1, 1])
    assert numbers(found.next_is_new) == (1.0, 1.0, 1.0)
    assert found.unseen_kinds == 3.0


def test_none_new() -> None:
    assert none_new(20) == pytest.approx(0.139108, abs=5e-7)
    assert none_new(40) == pytest.approx(0.072158, abs=5e-7)
    assert none_new(0) == 1.0


def test_nothing_read() -> None:
    found = saturation([])
    assert found.next_is_new.reason == "nobody_read"
    assert found.unseen_kinds is None
