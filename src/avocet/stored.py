"""The settings that are stored in the desk, each a text under its key.

Those of the environment are in `settings`. How far an upgrade is stands in the same table (`migrations.UNDER_WAY`).
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
    "told_open_to_others",  # that a person was warned of a desk which others can read
]


def read(connection: Connection, key: Key) -> str | None:
    """What is stored; None if nothing is."""
    value: str | None = connection.scalar(select(Setting.value).where(Setting.key == key))
    return value


def store(connection: Connection, key: Key, value: str) -> None:
    """Store a setting in place of what was stored before."""
    put(connection, Setting.__table__, {"key": key}, {"value": value})


def forget(connection: Connection, key: Key) -> None:
    """Store nothing any more."""
    connection.execute(delete(Setting).where(Setting.key == key))


def is_first_time(database: Database, key: Key) -> bool:
    """Whether nothing was stored under a key until now; something is from now on."""
    with database.read() as connection:
        if read(connection, key) is not None:
            return False
    database.change(lambda connection: store(connection, key, "yes"))
    return True
