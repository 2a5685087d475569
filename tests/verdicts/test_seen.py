"""Keys that were met already, without a set of all of them in memory."""

from __future__ import annotations

from contextlib import closing

from avocet.verdicts.seen import Seen


def test_a_key_is_new_once() -> None:
    with closing(Seen()) as seen:
        keys = [("a", 1), ("a", "1"), ("a", None), ("a1", None)]
        assert [seen.is_new(*key) for key in [*keys, *keys]] == [True] * 4 + [False] * 4
