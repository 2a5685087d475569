"""Backups: a consistent copy of a desk, made while others write."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from sqlalchemy import text

from avocet.db.database import Database
from avocet.db.file import stamp
from avocet.disk import private_part
from avocet.errors import Prerequisite


def back_up(database: Database, target: Path) -> None:
    """Write a consistent copy of a SQLite desk to `target`, which appears only when it is complete.

    Raises:
        Prerequisite: the desk is in PostgreSQL, `target` is the desk itself, or it can't be written.
    """
    if not database.is_sqlite:
        raise Prerequisite("This desk is kept in PostgreSQL: back it up with pg_dump.")
    if target.resolve() == Path(database.engine.url.database or "").resolve():
        raise Prerequisite(f"{target} is the desk itself: give the copy another name.")
    try:
        # VACUUM INTO needs an empty file or none, and `private_part` makes an empty one
        with private_part(target) as part:
            with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.execute(text("VACUUM INTO :path"), {"path": str(part)})
            stamp(part)
    except OSError as error:
        raise Prerequisite(f"{target} can't be written: {error.strerror}.") from None
    except sqlite3.Error as error:
        raise Prerequisite(f"{target} can't be written: {error}.") from None
