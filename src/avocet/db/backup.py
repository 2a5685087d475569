"""A copy of a desk, whole and consistent while others write."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from sqlalchemy import text

from avocet.db.database import Database
from avocet.db.file import stamp
from avocet.disk import private_part
from avocet.errors import Prerequisite


def back_up(database: Database, target: Path) -> None:
    """Write a consistent copy of a SQLite desk to `target`, which appears only when it is whole.

    Raises:
        Prerequisite: the desk is in PostgreSQL, or the copy can't be written there.
    """
    if not database.is_sqlite:
        raise Prerequisite("This desk is kept in PostgreSQL: back it up with pg_dump.")
    if target.resolve() == Path(database.engine.url.database or "").resolve():
        raise Prerequisite(f"{target} is the desk itself: give the copy another name.")
    try:
        # SQLite wants an empty file or none
        with private_part(target) as part:
            with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.execute(text("VACUUM INTO :path"), {"path": str(part)})
            stamp(part)
    except OSError as error:
        raise Prerequisite(f"{target} can't be written: {error.strerror}.") from None
    except sqlite3.Error as error:
        raise Prerequisite(f"{target} can't be written: {error}.") from None
