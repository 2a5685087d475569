"""The queue: candidates that wait for review, filtered, ordered, in pages."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

import msgspec
from sqlalchemy import ColumnElement, Connection, Select, func, literal_column, select, tuple_

from avocet import cards, counters, search
from avocet.db import Database
from avocet.errors import InvalidRequest
from avocet.models import SCORE, Candidate, Run

Order = Literal["imported", "lowest_score", "newest", "random", "same_prompt"]
PER_PAGE = 20
MAX_PER_PAGE = 200
_PRIME = 4_294_967_291  # the largest below 2**32: every multiplier gives another permutation
AnySelect = Select[*tuple[Any, ...]]

_score: ColumnElement[float] = literal_column(SCORE)


class QueueFilter(msgspec.Struct, frozen=True, kw_only=True):
    """What to show. None means any; `q` is a full-text query (see `search`).

    `like` is a card's id: it and all that say the same but for case and white space.
    """

    run_id: str | None = None
    model_name: str | None = None
    task_type: str | None = None
    source: str | None = None
    min_score: float | None = None
    max_score: float | None = None
    q: str | None = None
    like: str | None = None
    order: Order = "imported"
    seed: int = 0


class QueuePage(msgspec.Struct, frozen=True):
    items: list[cards.Card]
    total: int
    page: int
    per_page: int
    search: search.SearchState | None
    """How much of the desk the query saw; None without `q`."""


class _Sort(NamedTuple):
    keys: tuple[ColumnElement[Any], ...]
    descending: bool = False


def page(
    database: Database,
    filters: QueueFilter,
    *,
    page: int = 1,
    per_page: int = PER_PAGE,
    after: str | None = None,
) -> QueuePage:
    """One page of the queue, by number or, faster on deep pages, the one after the card with the id `after`.

    Raises:
        InvalidRequest: `after` names no candidate.
    """
    sort = _sort(filters)
    with database.read() as connection:
        query = matching(connection, select(*cards.CARD_COLUMNS).join(Run, Run.pk == Candidate.run_pk), filters)
        if after is not None:
            query = query.where(_is_after(connection, sort, after))
        query = query.order_by(*(key.desc() if sort.descending else key for key in sort.keys)).limit(per_page)
        if after is None and page > 1:
            query = query.offset((page - 1) * per_page)
        items = [cards.card(row) for row in connection.execute(query)]
        total = count(connection, filters)
        searched = search.state(connection) if filters.q else None
    return QueuePage(items, total, page, per_page, searched)


def matching(connection: Connection, query: AnySelect, filters: QueueFilter) -> AnySelect:
    """`query`, which selects from candidates joined to runs, narrowed to the cards that wait and match."""
    query = query.where(Candidate.status == "needs_review", Run.removed_at.is_(None))
    if filters.run_id is not None:
        query = query.where(Run.run_id == filters.run_id)
    for column, wanted in (
        (Candidate.model_name, filters.model_name),
        (Candidate.task_type, filters.task_type),
        (Candidate.source, filters.source),
    ):
        if wanted is not None:
            query = query.where(column == wanted)
    if filters.min_score is not None or filters.max_score is not None:
        highest = 1.0 if filters.max_score is None else min(filters.max_score, 1.0)
        query = query.where(_score >= (filters.min_score or 0.0), _score <= highest)
    if filters.q:
        query = query.where(search.condition(connection, filters.q))
    if filters.like is not None:
        pattern = select(Candidate.like_hash).where(Candidate.id == filters.like).scalar_subquery()
        query = query.where(Candidate.like_hash == pattern)
    return query


def _sort(filters: QueueFilter) -> _Sort:
    seq: ColumnElement[Any] = Candidate.seq.expression
    match filters.order:
        case "imported":
            return _Sort((seq,))
        case "newest":
            return _Sort((seq,), descending=True)
        case "lowest_score":
            return _Sort((_score, seq))
        case "random":
            multiplier = (filters.seed * 2_654_435_761 + 1_013_904_223) % (_PRIME - 1) + 1
            return _Sort(((seq * multiplier) % _PRIME, seq))
        case "same_prompt":
            return _Sort((Candidate.text_hash.expression, seq))


def _is_after(connection: Connection, sort: _Sort, after: str) -> ColumnElement[bool]:
    row = None
    if "\x00" not in after:
        row = connection.execute(select(*sort.keys).where(Candidate.id == after)).one_or_none()
    if row is None:
        raise InvalidRequest(f"after names no candidate: {after!r:.120}.")
    here, there = tuple_(*sort.keys), tuple_(*row)
    comparison: ColumnElement[bool] = here < there if sort.descending else here > there
    return comparison


def count(connection: Connection, filters: QueueFilter) -> int:
    """How many match: from the counters where they know, so that it costs the same at any size."""
    beyond_counters = (filters.q or None, filters.source, filters.min_score, filters.max_score, filters.like)
    if any(value is not None for value in beyond_counters):
        query = select(func.count()).select_from(Candidate).join(Run, Run.pk == Candidate.run_pk)
        found: int = connection.execute(matching(connection, query, filters)).scalar_one()
        return found
    return counters.total(
        connection,
        status="needs_review",
        run_id=filters.run_id,
        model_name=filters.model_name,
        task_type=filters.task_type,
    )
