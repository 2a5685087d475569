"""The schema's history: Alembic scripts that travel inside the wheel."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from avocet.errors import DatabaseTooNew

HEAD = "0004"
"""The newest script's revision; a test holds it equal to what Alembic finds."""


def is_current(connection: Connection) -> bool:
    """Whether the schema is this version's. Asks without loading Alembic: the server starts faster."""
    return _revision(connection) == HEAD


def upgrade(connection: Connection) -> None:
    """Run the scripts that are missing, inside the caller's transaction.

    Raises:
        DatabaseTooNew: the schema's revision is not one of ours.
    """
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["connection"] = connection
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    present = _revision(connection)
    if present is not None and present not in known:
        raise DatabaseTooNew(
            f"This database was made by a newer Avocet (schema {present}, this one knows up to {HEAD}). "
            "Nothing was changed; upgrade avocet-desk, or point AVOCET_DATA_DIR at another folder."
        )
    command.upgrade(config, "head")


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    revision: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return revision
