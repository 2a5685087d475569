"""The queue's groups by the shape of a reason: the largest first, and how many cards of each wait."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, func, select

from avocet.db import AnySelect
from avocet.models import HIDDEN, Candidate, ReasonShape
from avocet.review.card_filter import NONE

_shape = func.coalesce(Candidate.reason_shape, NONE)
# of all cards and not of those that wait: a place in the order stays while cards are decided
_sizes = (
    select(_shape.label("shape"), func.count().label("cards"))
    .where(Candidate.status != HIDDEN)
    .group_by(_shape)
    .subquery("reason_sizes")
)
KEYS: tuple[ColumnElement[Any], ...] = (-_sizes.c.cards, _shape, Candidate.seq.expression)
"""The order of the groups, for a query that `beside_sizes` has joined to their sizes."""


class ReasonGroup(msgspec.Struct, frozen=True):
    """The waiting cards whose reasons have one shape.

    `shape` is its hash and `text` its words; both are null for cards without a reason.
    """

    shape: str | None
    text: str | None
    waiting: int


def beside_sizes(query: AnySelect) -> AnySelect:
    """Join candidates to the sizes of their groups."""
    return query.select_from(Candidate).join(_sizes, _sizes.c.shape == _shape)


def groups(connection: Connection, cards: AnySelect, shapes: Collection[str | None]) -> list[ReasonGroup]:
    """The groups of these shapes, counted among the candidates of `cards`."""
    if not shapes:
        return []
    counted = cards.with_only_columns(Candidate.reason_shape, func.count().label("waiting"))
    counted = counted.where(_shape.in_([shape or NONE for shape in shapes]))
    found = counted.group_by(Candidate.reason_shape).subquery()
    query = select(found.c.reason_shape, ReasonShape.shape, found.c.waiting)
    query = query.outerjoin(ReasonShape, ReasonShape.hash == found.c.reason_shape)
    return [ReasonGroup(*row) for row in connection.execute(query)]
