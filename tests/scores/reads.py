"""Strata written briefly: (size, reads, right) or (size, reads, right, set aside)."""

from __future__ import annotations

from avocet.scores.strata import Facts, OutcomeReads, Stratum
from avocet.scores.told import Told

Numbers = tuple[int, int, int] | tuple[int, int, int, int]


def reads(*strata: Numbers, facts: Facts | None = None) -> OutcomeReads:
    return OutcomeReads(tuple(Stratum(*numbers) for numbers in strata), facts)


def numbers(told: Told, *, times: int = 1) -> tuple[float | None, float | None, float | None]:
    """Value and limits, with six digits after the point."""
    value, low, high = (
        None if number is None else round(number * times, 6) for number in (told.value, told.low, told.high)
    )
    return value, low, high
