"""Kinds of failures: how many shapes reasons have, how many of these were read, and whether new ones are to come."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Mapping
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, func, select

from avocet.models import Candidate, ReasonShape, Sample, SampleMember
from avocet.review.samples import progress
from avocet.scores.narrowed import Narrowed
from avocet.scores.passing import ShapeCount
from avocet.scores.rows import Number
from avocet.scores.saturation import none_new, saturation

_MOST_SHAPES = 20


class UnreadShape(msgspec.Struct, frozen=True):
    """A shape of failure reasons that no read card has. `shape` is what the queue's filter calls it.

    `waiting` of its `cards` wait for review; a bulk step decided the others.
    """

    shape: str
    text: str
    cards: int
    waiting: int


class KindsPoint(msgspec.Struct, frozen=True):
    """So many kinds were seen after so many random reads."""

    reads: int
    kinds: int


class Kinds(msgspec.Struct, frozen=True):
    """The shapes of failure reasons, and what random reads in their order say of kinds yet unseen.

    Of `shapes` different ones, `shapes_unread` have no read card; `unread` lists the most frequent. `without_reason`
    cards have none. The rest is of the random reads of one `sample`, null if none was read: `next_is_new` is the
    chance that the next random card is of a new kind, `unseen_kinds` a lower bound of their number, `quiet` the
    reads since the last new kind, and `quiet_limit` the most that the chance is after so many without a new one.
    """

    shapes: int
    shapes_unread: int
    without_reason: int
    unread: list[UnreadShape]
    sample: str | None
    reads: int
    kinds: int
    next_is_new: Number | None
    unseen_kinds: float | None
    quiet: int
    quiet_limit: float | None
    points: list[KindsPoint]


def read(connection: Connection, narrowed: Narrowed, counted: Mapping[str | None, ShapeCount]) -> Kinds:
    """The kinds; `counted` are the cards of each shape."""
    shapes = {shape: one for shape, one in counted.items() if shape is not None}
    unread = sorted((-one.cards, shape) for shape, one in shapes.items() if not one.read)
    sample, in_order = _random_reads(connection, narrowed)
    counts = Tally(in_order)
    told = saturation(list(counts.values()))
    points = _points(in_order)
    last_new = next((point.reads for point in points if point.kinds == told.kinds), 0)
    quiet = len(in_order) - last_new
    chance = told.next_is_new
    return Kinds(
        shapes=len(shapes),
        shapes_unread=len(unread),
        without_reason=counted[None].cards if None in counted else 0,
        unread=_named(connection, {shape: shapes[shape] for _, shape in unread[:_MOST_SHAPES]}),
        sample=sample,
        reads=told.reads,
        kinds=told.kinds,
        next_is_new=None if chance.value is None else Number(chance.value, chance.low, chance.high),
        unseen_kinds=told.unseen_kinds,
        quiet=quiet,
        quiet_limit=none_new(quiet) if quiet else None,
        points=points,
    )


def _named(connection: Connection, shapes: Mapping[str, ShapeCount]) -> list[UnreadShape]:
    query = select(ReasonShape.hash, ReasonShape.shape).where(ReasonShape.hash.in_(shapes))
    names: dict[str, str] = {row.hash: row.shape for row in connection.execute(query)}
    return [UnreadShape(shape, names.get(shape, shape), one.cards, one.waiting) for shape, one in shapes.items()]


def _random_reads(connection: Connection, narrowed: Narrowed) -> tuple[str | None, list[str]]:
    """The kinds of the random reads, in order, of the sample that has most of them here."""
    query, is_before = progress.of_prefix(progress.members(), progress.stops(SampleMember.sample_pk.is_not(None)))
    query = query.add_columns(SampleMember.sample_pk, func.coalesce(Candidate.reason_shape, "").label("kind"))
    query = query.where(is_before, *narrowed.failures()).order_by(SampleMember.sample_pk, SampleMember.place)
    found: dict[int, list[str]] = {}
    row: Row[Any]
    for row in connection.execute(query):
        found.setdefault(row.sample_pk, []).append(row.kind)
    if not found:
        return None, []
    best = max(sorted(found), key=lambda pk: len(found[pk]))
    return connection.scalar(select(Sample.name).where(Sample.pk == best)), found[best]


def _points(in_order: list[str]) -> list[KindsPoint]:
    """The points at which a new kind was seen, and the last read."""
    seen: set[str] = set()
    points = [KindsPoint(0, 0)] if in_order else []
    for number, kind in enumerate(in_order, 1):
        if kind not in seen:
            seen.add(kind)
            points.append(KindsPoint(number, len(seen)))
    if points and points[-1].reads != len(in_order):
        points.append(KindsPoint(len(in_order), len(seen)))
    return points
