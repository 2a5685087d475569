"""A number as a person is told it: with its interval, or with the reason why it can't be told."""

from __future__ import annotations

from typing import Final, Literal

import msgspec

Reason = Literal[
    "no_items",
    "nobody_read",
    "part_unread",
    "few_reads",
    "few_items",
    "rates_do_not_fit",
    "check_tells_too_little",
    "one_verdict",
    "no_second_reads",
]
LEVEL: Final = 0.95
Z: Final = 1.959963984540054
"""The standard normal distribution has 95 % of its mass between -Z and Z."""


class Told(msgspec.Struct, frozen=True):
    """A number and its 95 % interval. What can't be told is None, and then `reason` and `note` say why.

    `rough` says that few reads stand behind it. Without sampling error `low` and `high` equal `value`; where only
    limits are known, `value` alone is None.
    """

    value: float | None
    low: float | None
    high: float | None
    rough: bool = False
    reason: Reason | None = None
    note: str | None = None


def untold(reason: Reason, note: str) -> Told:
    """A number that can't be told; `note` is a sentence for a person."""
    return Told(None, None, None, reason=reason, note=note)
