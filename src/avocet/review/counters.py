"""The counters: how many candidates each run, model, task type, status and category has.

They change in the same transaction as the candidates.
"""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from sqlalchemy import Connection, Select, bindparam, func, select

from avocet.db import add_up
from avocet.models import HIDDEN, Candidate, Counter, Run


class CounterKey(NamedTuple):
    """The values that one counter counts; the empty string stands for null."""

    run_pk: int
    model_name: str
    task_type: str
    status: str
    failure_category: str


_KEYS = CounterKey._fields
# statements of the hot path are built once: SQLAlchemy takes longer to build one than SQLite to run it
_all = select(
    Counter.run_pk,
    Counter.model_name,
    Counter.task_type,
    Counter.status,
    Counter.failure_category,
    Counter.n,
).where(Counter.n != 0)
_in_sight = _all.where(Counter.status != HIDDEN)
_of_run = select(Counter.status, func.sum(Counter.n)).where(Counter.run_pk == bindparam("run_pk"))
_of_run = _of_run.group_by(Counter.status)


def key_of(
    run_pk: int, model_name: str | None, task_type: str | None, status: str, failure_category: str | None
) -> CounterKey:
    return CounterKey(run_pk, model_name or "", task_type or "", status, failure_category or "")


def move(connection: Connection, changes: Mapping[CounterKey, int]) -> None:
    """Add each change to its counter, in a fixed order, so that two PostgreSQL transactions can't deadlock."""
    rows = [{**key._asdict(), "n": change} for key, change in sorted(changes.items()) if change]
    if rows:
        add_up(connection, Counter.__table__, _KEYS, "n", rows)


def read(connection: Connection, *, hidden_too: bool = False) -> list[tuple[CounterKey, int]]:
    """Every counter that is not zero; cards that were taken back are included only with `hidden_too`."""
    query = _all if hidden_too else _in_sight
    return [
        (CounterKey(run_pk, model_name, task_type, status, failure_category), n)
        for run_pk, model_name, task_type, status, failure_category, n in connection.execute(query)
    ]


def by_status(connection: Connection, run_pk: int) -> Tally[str]:
    """The number of a run's candidates by status, hidden ones included."""
    return Tally(dict(connection.execute(_of_run, {"run_pk": run_pk}).all()))


def recount(connection: Connection) -> dict[CounterKey, int]:
    """What the counters should be, counted from the candidates themselves: slow, for checks."""
    query = select(
        Candidate.run_pk,
        Candidate.model_name,
        Candidate.task_type,
        Candidate.status,
        Candidate.failure_category,
    )
    return dict(Tally(key_of(**row._mapping) for row in connection.execute(query)))


def total(
    connection: Connection,
    *,
    status: str,
    run_id: str | None = None,
    model_name: str | None = None,
    task_type: str | None = None,
) -> int:
    """The number of candidates with this status and, where given, this run, model and task type."""
    values = {"status": status, "run_id": run_id, "model_name": model_name, "task_type": task_type}
    values = {name: value for name, value in values.items() if value is not None}
    return connection.execute(_sum(frozenset(values)), values).scalar_one()


@cache
def _sum(given: frozenset[str]) -> Select[int]:
    """The sum of the counters that have the given columns' values."""
    query = select(func.coalesce(func.sum(Counter.n), 0))
    if "run_id" in given:
        query = query.join(Run, Run.pk == Counter.run_pk)
    columns = (Counter.status, Run.run_id, Counter.model_name, Counter.task_type)
    return query.where(*(column == bindparam(column.key) for column in columns if column.key in given))
