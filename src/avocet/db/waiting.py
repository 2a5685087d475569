"""How long a writer waits for others: all who wait too long give up, whoever holds the database and why."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from sqlalchemy import Connection, Transaction

from avocet.db.driver_errors import BUSY

WRITE_WAIT_S = 10
"""So long a writer waits for others, unless its `patience` says otherwise."""
_until: ContextVar[float | None] = ContextVar("until", default=None)


@contextmanager
def patience(until: float) -> Iterator[None]:
    """Let what is written in this block wait for other writers until then (`time.monotonic`)."""
    token = _until.set(until)
    try:
        yield
    finally:
        _until.reset(token)


def deadline() -> float:
    """When a writer that asks now gives up."""
    until = _until.get()
    return time.monotonic() + WRITE_WAIT_S if until is None else until


class Turns:
    """The writers of this process, one at a time: SQLite's own waiting polls with growing pauses."""

    def __init__(self) -> None:
        self._lock = threading.Lock()

    @contextmanager
    def take(self, until: float) -> Iterator[None]:
        """Wait for this process's other writers.

        Raises:
            DatabaseBusy: they are not done by then.
        """
        if not self._lock.acquire(timeout=max(0.0, until - time.monotonic())):
            error, sentence = BUSY
            raise error(sentence)
        try:
            yield
        finally:
            self._lock.release()


@contextmanager
def begun(connection: Connection, until: float) -> Iterator[Transaction]:
    """A writer's transaction, which on SQLite waits until then for other processes. PostgreSQL counts by itself."""
    if connection.dialect.name != "sqlite":
        with connection.begin() as transaction:
            yield transaction
        return
    driver: Any = connection.connection.driver_connection
    driver.execute(f"PRAGMA busy_timeout = {max(0, round((until - time.monotonic()) * 1000))}")
    try:
        taken = connection.begin()
    finally:
        driver.execute(f"PRAGMA busy_timeout = {WRITE_WAIT_S * 1000}")
    with taken as transaction:
        yield transaction


def bound_locks(connection: Any, _record: object) -> None:  # noqa: ANN401 (psycopg's)
    """Bound PostgreSQL's waiting for locks, for a new connection, unless the server's settings bound it already."""
    connection.execute(
        f"SELECT set_config('lock_timeout', '{WRITE_WAIT_S}s', false) WHERE current_setting('lock_timeout') = '0'"
    )
    connection.commit()
