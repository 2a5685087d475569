"""One pass over the failed cards, which the database counts: the harness's scores, and the shapes of the reasons."""

from __future__ import annotations

from collections import Counter as Tally
from collections import defaultdict
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection, case, func, select

from avocet.models import Candidate
from avocet.scores.narrowed import Narrowed

BINS = 10
_UNOPENED = "unopened"
_EDGES = [edge / BINS for edge in range(1, BINS)]


class ScoreBin(msgspec.Struct, frozen=True):
    """The failed cards whose score is at least `low` and below `high`, the last bin's included; both null: no score.

    `right` ones were read and are false fails; `aside` ones were set aside or can't be decided. `waiting` ones wait
    for review; `unopened` ones are decided, but nobody opened them.
    """

    low: float | None
    high: float | None
    waiting: int
    unopened: int
    wrong: int
    right: int
    aside: int


class ShapeCount(NamedTuple):
    """How many cards have a shape, how many of them wait, and how many were read."""

    cards: int
    waiting: int
    read: int


class Counted(NamedTuple):
    """The failed cards by score, those without one last; and by the shape of their reason, None for no reason."""

    scores: list[ScoreBin]
    shapes: dict[str | None, ShapeCount]


def count(connection: Connection, narrowed: Narrowed) -> Counted:
    score = Candidate.quality_score
    edges = ((score < edge, place) for place, edge in enumerate(_EDGES))
    place = case((score.is_(None), BINS), *edges, else_=BINS - 1).label("place")
    is_unopened = Candidate.reading.is_not(None) & ~Candidate.is_read
    reading = case((is_unopened, _UNOPENED), else_=Candidate.reading).label("reading")
    query = narrowed.of_failures(select(Candidate.reason_shape, place, reading, func.count()))
    scores: defaultdict[int, Tally[str | None]] = defaultdict(Tally)
    shapes: defaultdict[str | None, Tally[str | None]] = defaultdict(Tally)
    for shape, its_place, its_reading, n in connection.execute(
        query.group_by(Candidate.reason_shape, place, reading)
    ):
        scores[its_place][its_reading] += n
        shapes[shape][its_reading] += n
    places = range(BINS + 1 if BINS in scores else BINS)
    return Counted(
        [_bin(its_place, scores[its_place]) for its_place in places],
        {shape: _shape(counts) for shape, counts in shapes.items()},
    )


def _shape(counts: Tally[str | None]) -> ShapeCount:
    cards, waiting = counts.total(), counts[None]
    return ShapeCount(cards, waiting, cards - waiting - counts[_UNOPENED])


def _bin(place: int, counts: Tally[str | None]) -> ScoreBin:
    is_scored = place < BINS
    return ScoreBin(
        low=place / BINS if is_scored else None,
        high=(place + 1) / BINS if is_scored else None,
        waiting=counts[None],
        unopened=counts[_UNOPENED],
        wrong=counts["wrong"],
        right=counts["right"],
        aside=counts["set_aside"] + counts["undecided"],
    )
