"""The counters: how many candidates each run, model, task type, status, category and outcome has, and what was read.

They change in the same transaction as the candidates.
"""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple, cast

from sqlalchemy import Connection, Select, bindparam, func, select

from avocet.categories import FailureCategory
from avocet.db import add_up
from avocet.domain import ItemOutcome, Outcome
from avocet.faults import CheckFault, Reading
from avocet.models import HIDDEN, Candidate, Counter, ReadingCounter, Run


class CounterKey(NamedTuple):
    """The values that one counter counts; the empty string stands for null."""

    run_pk: int
    model_name: str
    task_type: str
    status: str
    failure_category: str
    outcome: str


class ReadingKey(NamedTuple):
    """The values that one counter of readings counts; the empty string stands for null."""

    run_pk: int
    model_name: str
    task_type: str
    outcome: str
    reading: str
    is_read: bool
    failure_category: str
    check_fault: str


class CardState(NamedTuple):
    """What of a candidate is counted. `reading` is None while it is undecided."""

    run_pk: int
    model_name: str | None
    task_type: str | None
    status: str
    failure_category: FailureCategory | None
    outcome: Outcome
    item_outcome: ItemOutcome
    check_fault: CheckFault | None
    reading: Reading | None
    is_read: bool

    @property
    def key(self) -> CounterKey:
        """The counter that the card is counted in."""
        return key_of(self.run_pk, self.model_name, self.task_type, self.status, self.failure_category, self.outcome)

    @property
    def reading_key(self) -> ReadingKey | None:
        """The counter of readings that the card is counted in; None while it is undecided."""
        if self.reading is None:
            return None
        return ReadingKey(
            self.run_pk,
            self.model_name or "",
            self.task_type or "",
            self.item_outcome,
            self.reading,
            self.is_read,
            self.failure_category or "",
            self.check_fault or "",
        )


STATE_COLUMNS = tuple(getattr(Candidate, name) for name in CardState._fields)
_KEYS = CounterKey._fields
_READING_KEYS = ReadingKey._fields
# statements of the hot path are built once: SQLAlchemy takes longer to build one than SQLite to run it
_all = select(
    Counter.run_pk,
    Counter.model_name,
    Counter.task_type,
    Counter.status,
    Counter.failure_category,
    Counter.outcome,
    Counter.n,
).where(Counter.n != 0)
_in_sight = _all.where(Counter.status != HIDDEN)
# decided cards are hidden only together with their whole run
_faults = (
    select(ReadingCounter.check_fault, func.sum(ReadingCounter.n))
    .join(Run, Run.pk == ReadingCounter.run_pk)
    .where(ReadingCounter.check_fault != "", Run.removed_at.is_(None))
    .group_by(ReadingCounter.check_fault)
)
_of_run = select(Counter.status, func.sum(Counter.n)).where(Counter.run_pk == bindparam("run_pk"))
_of_run = _of_run.group_by(Counter.status)


def key_of(
    run_pk: int,
    model_name: str | None,
    task_type: str | None,
    status: str,
    failure_category: str | None,
    outcome: Outcome = "failed",
) -> CounterKey:
    return CounterKey(run_pk, model_name or "", task_type or "", status, failure_category or "", outcome)


def change(connection: Connection, changes: Iterable[tuple[CardState, int]]) -> None:
    """Count that many cards more (or fewer, if negative) of each state, in both kinds of counters."""
    moves: Tally[CounterKey] = Tally()
    readings: Tally[ReadingKey] = Tally()
    for state, n in changes:
        moves[state.key] += n
        if state.reading_key is not None:
            readings[state.reading_key] += n
    move(connection, moves)
    rows = [{**key._asdict(), "n": n} for key, n in sorted(readings.items()) if n]
    if rows:
        add_up(connection, ReadingCounter.__table__, _READING_KEYS, "n", rows)


def move(connection: Connection, changes: Mapping[CounterKey, int]) -> None:
    """Add each change to its counter, in a fixed order, so that two PostgreSQL transactions can't deadlock."""
    rows = [{**key._asdict(), "n": change} for key, change in sorted(changes.items()) if change]
    if rows:
        add_up(connection, Counter.__table__, _KEYS, "n", rows)


def read(connection: Connection, *, hidden_too: bool = False) -> list[tuple[CounterKey, int]]:
    """Every counter that is not zero; cards that were taken back are included only with `hidden_too`."""
    query = _all if hidden_too else _in_sight
    return [
        (CounterKey(run_pk, model_name, task_type, status, failure_category, outcome), n)
        for run_pk, model_name, task_type, status, failure_category, outcome, n in connection.execute(query)
    ]


def by_status(connection: Connection, run_pk: int) -> Tally[str]:
    """The number of a run's candidates by status, hidden ones included."""
    return Tally(dict(connection.execute(_of_run, {"run_pk": run_pk}).all()))


def recount(connection: Connection) -> dict[CounterKey, int]:
    """What the counters should be, counted from the candidates themselves: slow, for checks."""
    return dict(Tally(state.key for state in _states(connection)))


def readings(connection: Connection) -> dict[ReadingKey, int]:
    """Every counter of readings that is not zero."""
    columns = (*(getattr(ReadingCounter, name) for name in _READING_KEYS), ReadingCounter.n)
    rows = connection.execute(select(*columns).where(ReadingCounter.n != 0))
    return {ReadingKey(*key): n for *key, n in rows}


def faults(connection: Connection, outcome: Outcome | None) -> list[tuple[CheckFault, int]]:
    """How many decided cards in sight name each fault, of one outcome or of all."""
    query = _faults if outcome is None else _faults.where(ReadingCounter.outcome == outcome)
    return [(cast("CheckFault", fault), n) for fault, n in connection.execute(query)]


def recount_readings(connection: Connection) -> dict[ReadingKey, int]:
    """What the counters of readings should be, counted from the candidates themselves: slow, for checks."""
    return dict(Tally(key for state in _states(connection) if (key := state.reading_key)))


def _states(connection: Connection) -> Iterable[CardState]:
    return map(CardState._make, connection.execute(select(*STATE_COLUMNS)))


def total(connection: Connection, *, status: str, outcome: Outcome | None = None, **asked: Sequence[str]) -> int:
    """The number of candidates with this status and, where given, this outcome.

    `asked` are the values of `run_id`, `model_name` and `task_type`, of which any will do; those of `not_run_id` and
    the like are left out. Without values, any is meant.
    """
    given = {name: values for name, values in asked.items() if values}
    outcomes = {} if outcome is None else {"outcome": outcome}
    query = _sum(frozenset(given), outcome is not None)
    return connection.execute(query, {"status": status, **outcomes, **given}).scalar_one()


@cache
def _sum(given: frozenset[str], has_outcome: bool) -> Select[int]:
    """The sum of the counters that have one of the given values in each column, and none of those left out."""
    query = select(func.coalesce(func.sum(Counter.n), 0)).where(Counter.status == bindparam("status"))
    if has_outcome:
        query = query.where(Counter.outcome == bindparam("outcome"))
    if given & {"run_id", "not_run_id"}:
        query = query.join(Run, Run.pk == Counter.run_pk)
    for column in (Run.run_id, Counter.model_name, Counter.task_type):
        if column.key in given:
            query = query.where(column.in_(bindparam(column.key, expanding=True)))
        if f"not_{column.key}" in given:
            query = query.where(column.not_in(bindparam(f"not_{column.key}", expanding=True)))
    return query
