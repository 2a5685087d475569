"""The database: its connections, the differences between SQLite and PostgreSQL, its file, copies and upgrades."""

from __future__ import annotations

from avocet.db.database import Database, now, time_text
from avocet.db.dialect import (
    AnySelect,
    SomeSelect,
    add_up,
    find_among,
    give_room,
    hold_rows,
    in_order_of_bytes,
    insert_chosen,
    insert_missing,
    insert_numbered,
    insert_rows,
    put,
    queue_for,
    replace_rows,
    sorting_on_disk,
    undecoded,
)

__all__ = [
    "AnySelect",
    "Database",
    "SomeSelect",
    "add_up",
    "find_among",
    "give_room",
    "hold_rows",
    "in_order_of_bytes",
    "insert_chosen",
    "insert_missing",
    "insert_numbered",
    "insert_rows",
    "now",
    "put",
    "queue_for",
    "replace_rows",
    "sorting_on_disk",
    "time_text",
    "undecoded",
]
