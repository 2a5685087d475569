"""Cards by the shape of their reason and their task, and what people said of those that were read."""

from __future__ import annotations

from typing import Any, Literal

import msgspec
from sqlalchemy import ColumnElement, Select, case, func, select

from avocet.db import AnySelect, Database
from avocet.domain import Outcome
from avocet.faults import READINGS
from avocet.models import HIDDEN, Candidate, ReasonShape, Run

PER_PAGE = 50
MAX_PER_PAGE = 500


class ShapeFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which cards to group, decided or not. None means any."""

    run_id: str | None = None
    model_name: str | None = None
    task_type: str | None = None
    outcome: Outcome | Literal["any"] = "failed"


class ShapeGroup(msgspec.Struct, frozen=True, kw_only=True):
    """The cards of one task whose reasons have one shape.

    `shape` is its hash, which the queue's filter takes, and `text` its words; both are null for cards without a
    reason. `waiting` of the `cards` wait for review. `read` ones were opened and decided, `unread` are all others,
    those that a bulk step decided too. `right` to `undecided` say what the read ones were, and add up to `read`.
    """

    task_type: str | None
    shape: str | None
    text: str | None
    cards: int
    waiting: int
    read: int
    unread: int
    right: int
    wrong: int
    set_aside: int
    undecided: int


class ShapePage(msgspec.Struct, frozen=True):
    items: list[ShapeGroup]
    total: int
    page: int
    per_page: int


def page(database: Database, filters: ShapeFilter, *, page: int = 1, per_page: int = PER_PAGE) -> ShapePage:
    """One page of the groups, those with the most cards first."""
    with database.read() as connection:
        rows = connection.execute(_page_query(filters, page, per_page)).all()
        # the window that counts the groups has no row to stand in on a page behind the last
        total = rows[0].total if rows else connection.execute(_count_query(filters)).scalar_one()
    return ShapePage([_group(row) for row in rows], total, page, per_page)


def _page_query(filters: ShapeFilter, page: int, per_page: int) -> AnySelect:
    cards = func.count()
    chosen = (
        _grouped(
            filters, *(column.label(name) for name, column in _counts().items()), func.count().over().label("total")
        )
        # the last two only make the order the same every time
        .order_by(cards.desc(), Candidate.task_type, Candidate.reason_shape)
        .limit(per_page)
        .offset((page - 1) * per_page)
        .subquery()
    )
    query = select(chosen, ReasonShape.shape.label("text"))
    query = query.outerjoin(ReasonShape, ReasonShape.hash == chosen.c.reason_shape)
    return query.order_by(chosen.c.cards.desc(), chosen.c.task_type, chosen.c.reason_shape)


def _count_query(filters: ShapeFilter) -> Select[int]:
    return select(func.count()).select_from(_grouped(filters).subquery())


def _counts() -> dict[str, ColumnElement[int]]:
    said: dict[str, ColumnElement[int]] = {
        reading: _number(Candidate.is_read & (Candidate.reading == reading)) for reading in READINGS
    }
    waiting, read = (
        _number(Candidate.status == "needs_review"),
        _number(Candidate.is_read & Candidate.reading.is_not(None)),
    )
    return {"cards": func.count(), "waiting": waiting, "read": read, **said}


def _number(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def _grouped(filters: ShapeFilter, *columns: Any) -> AnySelect:  # noqa: ANN401 (columns of any type)
    """Without a run or a model, every column stands in the index of the shapes: no card itself is read."""
    query: AnySelect = select(Candidate.task_type, Candidate.reason_shape, *columns)
    query = query.where(Candidate.status != HIDDEN)
    if filters.outcome != "any":
        query = query.where(Candidate.outcome == filters.outcome)
    if filters.run_id is not None:
        query = query.where(Candidate.run_pk.in_(select(Run.pk).where(Run.run_id == filters.run_id)))
    if filters.model_name is not None:
        query = query.where(Candidate.model_name == filters.model_name)
    if filters.task_type is not None:
        query = query.where(Candidate.task_type == filters.task_type)
    return query.group_by(Candidate.task_type, Candidate.reason_shape)


def _group(row: Any) -> ShapeGroup:  # noqa: ANN401 (a row of `_page_query`)
    said = {reading: getattr(row, reading) for reading in READINGS}
    return ShapeGroup(
        task_type=row.task_type,
        shape=row.reason_shape,
        text=row.text,
        cards=row.cards,
        waiting=row.waiting,
        read=row.read,
        unread=row.cards - row.read,
        **said,
    )
