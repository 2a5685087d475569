"""The counters: how many candidates stand where, moved in the transaction that moves the candidate."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import Connection, Table, func, select

from avocet.db import upsert
from avocet.models import Candidate, Counter, Run


class CounterKey(NamedTuple):
    """What is counted apart; the empty string stands for null."""

    run_pk: int
    model_name: str
    task_type: str
    status: str
    failure_category: str


_table: Table = Counter.__table__  # type: ignore[assignment]
_KEYS = list(CounterKey._fields)


def key_of(
    run_pk: int, model_name: str | None, task_type: str | None, status: str, failure_category: str | None
) -> CounterKey:
    return CounterKey(run_pk, model_name or "", task_type or "", status, failure_category or "")


def move(connection: Connection, changes: Mapping[CounterKey, int]) -> None:
    """Add each change to its counter. In one order, so that two PostgreSQL transactions can't deadlock."""
    rows = [{**key._asdict(), "n": change} for key, change in sorted(changes.items()) if change]
    if rows:
        statement = upsert(connection, _table)
        statement = statement.on_conflict_do_update(
            index_elements=_KEYS, set_={"n": _table.c.n + statement.excluded.n}
        )
        connection.execute(statement, rows)


def read(connection: Connection) -> list[tuple[CounterKey, int]]:
    """Every counter that is not zero, of the runs that are not taken back."""
    query = (
        select(
            Counter.run_pk,
            Counter.model_name,
            Counter.task_type,
            Counter.status,
            Counter.failure_category,
            Counter.n,
        )
        .join(Run, Run.pk == Counter.run_pk)
        .where(Counter.n != 0, Run.removed_at.is_(None))
    )
    return [(CounterKey(*row[:5]), row[5]) for row in connection.execute(query)]


def recount(connection: Connection) -> dict[CounterKey, int]:
    """What the counters should say, from the candidates themselves; for checks, not for the hot path."""
    query = select(
        Candidate.run_pk,
        Candidate.model_name,
        Candidate.task_type,
        Candidate.status,
        Candidate.failure_category,
    )
    return dict(Tally(key_of(*row) for row in connection.execute(query)))


def total(
    connection: Connection,
    *,
    status: str,
    run_id: str | None = None,
    model_name: str | None = None,
    task_type: str | None = None,
) -> int:
    """How many candidates have this status, and this run, model and task type where given."""
    query = (
        select(func.coalesce(func.sum(Counter.n), 0))
        .join(Run, Run.pk == Counter.run_pk)
        .where(Counter.status == status, Run.removed_at.is_(None))
    )
    for column, wanted in (
        (Run.run_id, run_id),
        (Counter.model_name, model_name),
        (Counter.task_type, task_type),
    ):
        if wanted is not None:
            query = query.where(column == wanted)
    return connection.execute(query).scalar_one()
