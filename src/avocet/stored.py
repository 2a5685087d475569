"""The settings that are stored in the desk, each a text under its key.

Those from the environment are in `settings`. The same table also holds how far an upgrade is
(`migrations.UNDER_WAY`).
"""

from __future__ import annotations

from typing import Literal

from sqlalchemy import Connection, delete, select

from avocet.db import Database, put
from avocet.models import Setting

Key = Literal[
    "bench_results_dir",  # where the benchmark results lie
    "hold_out",  # the share of every task that stays out of every export
    "older_cards",  # the number of the last card that an older version imported
    "search_indexed",  # how many texts the search index holds
    "told_open_to_others",  # that a person was warned that others can read the desk
]


def read(connection: Connection, key: Key) -> str | None:
    """The stored value; None if there is none."""
    value: str | None = connection.scalar(select(Setting.value).where(Setting.key == key))
    return value


def store(connection: Connection, key: Key, value: str) -> None:
    """Store a value, in place of any stored before."""
    put(connection, Setting.__table__, {"key": key}, {"value": value})


def forget(connection: Connection, key: Key) -> None:
    """Delete the stored value."""
    connection.execute(delete(Setting).where(Setting.key == key))


def is_first_time(database: Database, key: Key) -> bool:
    """Whether nothing was stored under the key until now; this call stores something there."""
    with database.read() as connection:
        if read(connection, key) is not None:
            return False
    database.change(lambda connection: store(connection, key, "yes"))
    return True
