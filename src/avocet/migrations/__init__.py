"""The schema's history: Alembic scripts, which are part of the wheel.

This module has only what every start asks, without loading Alembic; `avocet.db.upgrade` brings a desk up to date.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

HEAD = "0013"
"""The newest script's revision; a test holds it equal to what Alembic finds."""
SCRIPTS: tuple[Path, ...] = (Path(__file__).parent / "versions",)
UNDER_WAY = "migrating:"
"""The prefix of the setting that says how far a script's batches are; the script's revision follows it."""


def is_current(connection: Connection) -> bool:
    """Whether the desk has this version's schema, and no script's batches are left to do."""
    return revision(connection) == HEAD and not under_way(connection)


def revision(connection: Connection) -> str | None:
    """The revision of the newest script that ran on this database; None if it has no desk yet."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found


def under_way(connection: Connection) -> dict[str, int]:
    """The scripts whose batches are begun and not finished, by revision: the last row number that is done."""
    query = text("SELECT key, value FROM settings WHERE key LIKE :begin")
    rows = connection.execute(query, {"begin": f"{UNDER_WAY}%"})
    return {row.key.removeprefix(UNDER_WAY): int(row.value) for row in rows}
