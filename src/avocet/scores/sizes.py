"""How much the corrections change."""

from __future__ import annotations

from bisect import bisect_left
from statistics import median

import msgspec
from sqlalchemy import Connection, select

from avocet.models import Candidate, Decision, Run
from avocet.scores.narrowed import Narrowed

MOST_CORRECTIONS = 1_000
_BOUNDS = (10, 40, 120, 400)


class SizeBin(msgspec.Struct, frozen=True):
    """The corrections that change at least `low` and at most `high` characters; null for no limit."""

    low: int
    high: int | None
    corrections: int


class CorrectionSizes(msgspec.Struct, frozen=True):
    """Corrections by size: the characters between the first and the last that differ, in the longer of both texts.

    `corrections` were measured, the newest of the standing ones; `is_all` is false where there are more.
    """

    corrections: int
    is_all: bool
    median: float | None
    bins: list[SizeBin]


def corrections(connection: Connection, narrowed: Narrowed) -> CorrectionSizes:
    query = (
        select(Candidate.model_response, Decision.corrected_response)
        .select_from(Decision)
        .join(Candidate, (Candidate.seq == Decision.candidate_seq) & (Candidate.decision_id == Decision.id))
        .join(Run, Run.pk == Candidate.run_pk)
        .where(Decision.action == "correct", *narrowed.failures())
        .order_by(Decision.id.desc())
        .limit(MOST_CORRECTIONS + 1)
    )
    sizes = [changed(before, after or "") for before, after in connection.execute(query)]
    is_all = len(sizes) <= MOST_CORRECTIONS
    sizes = sizes[:MOST_CORRECTIONS]
    counts = [0] * (len(_BOUNDS) + 1)
    for size in sizes:
        counts[bisect_left(_BOUNDS, size)] += 1
    lows = (0, *(bound + 1 for bound in _BOUNDS))
    bins = [SizeBin(low, high, n) for low, high, n in zip(lows, (*_BOUNDS, None), counts, strict=True)]
    return CorrectionSizes(len(sizes), is_all, float(median(sizes)) if sizes else None, bins)


def changed(before: str, after: str) -> int:
    """The characters between the first and the last that differ, in the longer of both texts."""
    start = _common(before, after)
    before, after = before[start:], after[start:]
    return max(len(before), len(after)) - _common(before[::-1], after[::-1])


def _common(one: str, other: str) -> int:
    """The length of the common beginning, found by halving: comparing whole slices is faster than each character."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if one[low:middle] == other[low:middle] else (low, middle - 1)
    return low
