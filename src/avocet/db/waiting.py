"""How long a writer waits for other writers, in this process or another, before it gives up."""

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
"""How long a writer waits for others, in seconds, unless `patience` sets another limit."""
_until: ContextVar[float | None] = ContextVar("until", default=None)


@contextmanager
def patience(until: float) -> Iterator[None]:
    """Let writers in this block wait for others until that time (of `time.monotonic`)."""
    token = _until.set(until)
    try:
        yield
    finally:
        _until.reset(token)


def deadline() -> float:
    """The time (of `time.monotonic`) at which a writer that starts waiting now gives up."""
    until = _until.get()
    return time.monotonic() + WRITE_WAIT_S if until is None else until


class Turns:
    """Lets the writers of this process in one at a time, since SQLite's own waiting polls with growing pauses."""

    def __init__(self) -> None:
        self._lock = threading.Lock()

    @contextmanager
    def take(self, until: float) -> Iterator[None]:
        """Wait until `until` for the other writers of this process, then keep them out of the block.

        Raises:
            DatabaseBusy: they were not done by then.
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
    """A write transaction, which on SQLite waits for other processes up to `until` (PostgreSQL: `bound_locks`)."""
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
    """Limit how long a new PostgreSQL connection waits for locks, unless the server's settings limit it already."""
    connection.execute(
        f"SELECT set_config('lock_timeout', '{WRITE_WAIT_S}s', false) WHERE current_setting('lock_timeout') = '0'"
    )
    connection.commit()
