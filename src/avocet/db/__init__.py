"""The database: its connections, every difference between SQLite and PostgreSQL, its file, copies and upgrades."""

from __future__ import annotations

from avocet.db.database import (
    AnySelect,
    Database,
    give_room,
    insert_numbered,
    insert_rows,
    now,
    put,
    queue_for,
    time_text,
    upsert,
)

__all__ = [
    "AnySelect",
    "Database",
    "give_room",
    "insert_numbered",
    "insert_rows",
    "now",
    "put",
    "queue_for",
    "time_text",
    "upsert",
]
