"""The schema's history: Alembic scripts that travel inside the wheel.

Here is only what every start asks, without loading Alembic; `running` brings a desk up to date.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

HEAD = "0006"
"""The newest script's revision; a test holds it equal to what Alembic finds."""
SCRIPTS: tuple[Path, ...] = (Path(__file__).parent / "versions",)
UNDER_WAY = "migrating:"
"""How the setting begins that says how far a script's batches are."""


def is_current(connection: Connection) -> bool:
    """Whether the desk is this version's, and whole."""
    return revision(connection) == HEAD and not under_way(connection)


def revision(connection: Connection) -> str | None:
    """The newest script that ran here; None for a database that has no desk yet."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found


def under_way(connection: Connection) -> dict[str, int]:
    """The scripts whose batches were begun and have not ended, each with how far it got."""
    query = text("SELECT key, value FROM settings WHERE key LIKE :begin")
    rows = connection.execute(query, {"begin": f"{UNDER_WAY}%"})
    return {row.key.removeprefix(UNDER_WAY): int(row.value) for row in rows}
