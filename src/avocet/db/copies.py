"""The copies that upgrades keep beside a desk's file, each made before the upgrade."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from avocet import __version__
from avocet.db.file import stamp
from avocet.disk import numbered, private_part
from avocet.errors import BackupNeeded, Prerequisite

if TYPE_CHECKING:
    from avocet.db.database import Database

BEFORE = ".before-"
PAGES = 4096
SPARE_BYTES = 64 * 1024 * 1024


class Copy(NamedTuple):
    """A kept copy: its path, its size in bytes, and its newest migration (None if the file is no desk)."""

    path: Path
    bytes: int
    revision: str | None


def copies(desk: Path) -> list[Copy]:
    """The copies kept beside a desk's file, newest first."""
    found = [path for path in desk.parent.glob(f"{desk.name}{BEFORE}*") if path.is_file() and path.suffix != ".part"]
    found.sort(key=lambda path: (path.stat().st_mtime, path.name), reverse=True)
    return [Copy(path, path.stat().st_size, _revision(path)) for path in found]


def keep_copy(database: Database, agreed: bool, on_copied: Callable[[int, int], None]) -> Copy | None:
    """Keep a copy beside the desk; None if none can be kept here and the person agreed.

    `on_copied` gets the bytes copied and the total.

    Raises:
        BackupNeeded: no copy can be kept here and nobody agreed; the sentence says how to make one.
        Prerequisite: the copy can't be written.
    """
    desk = database.file
    if desk is None:
        if agreed:
            return None
        raise BackupNeeded(
            "This version changes stored rows, and Avocet keeps no copy of a desk in PostgreSQL itself. Make one: "
            f"pg_dump --format=custom --file=avocet-before-{__version__}.dump '{database.address}' "
            "Then run the same command again with --migrate. Nothing was changed."
        )
    needed = sum(path.stat().st_size for path in files_of(desk)) + SPARE_BYTES
    free = shutil.disk_usage(desk.parent).free
    if free < needed:
        if agreed:
            return None
        raise BackupNeeded(
            f"This version changes stored rows, and there is no room to keep a copy of {desk} beside it: it takes "
            f"{_mib(needed)}, {_mib(free)} are free. Make room; or stop every Avocet, copy "
            f"{' and '.join(path.name for path in files_of(desk))} elsewhere, and run the same command again with "
            "--migrate. Nothing was changed."
        )
    target = _free_name(desk)
    _copy(database, desk, target, on_copied)
    return Copy(target, target.stat().st_size, _revision(target))


def _copy(database: Database, desk: Path, target: Path, on_copied: Callable[[int, int], None]) -> None:
    """Copy the desk while nobody writes, whole or not at all; page by page, which is faster than VACUUM."""
    try:
        with private_part(target) as part:
            with database.write(), closing(sqlite3.connect(desk)) as source, closing(sqlite3.connect(part)) as copy:
                # safe, since the copy gets its name only once all of it is on the disk
                copy.execute("PRAGMA synchronous = OFF")
                size = source.execute("PRAGMA page_size").fetchone()[0]
                source.backup(
                    copy, pages=PAGES, progress=lambda _, left, pages: on_copied((pages - left) * size, pages * size)
                )
            # a stamp of its own: put back under an open desk, the copy is noticed
            stamp(part)
    except (OSError, sqlite3.Error) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise Prerequisite(f"The copy {target} can't be written: {reason}. Nothing was changed.") from None


def way_back(database: Database) -> str:
    """How to go on with this version of Avocet after a newer one has upgraded the desk, as the end of a sentence."""
    desk = database.file
    if desk is None:
        return (
            "restore the dump that you made before the upgrade, with pg_restore, and point AVOCET_DATABASE_URL at it."
        )
    for copy in copies(desk):
        if copy.revision is not None and _is_ours(copy.revision):
            return (
                f"go back to the copy from before, which holds no decision made since: stop every Avocet, remove "
                f"{desk.name}-wal and {desk.name}-shm, and cp '{copy.path}' '{desk}'"
            )
    return f"point AVOCET_DATA_DIR at another folder: no copy from before is kept in {desk.parent}."


def files_of(desk: Path) -> list[Path]:
    """The files of a SQLite desk that exist: the database, its log and its index."""
    return [path for end in ("", "-wal", "-shm") if (path := desk.with_name(desk.name + end)).is_file()]


def _is_ours(revision: str) -> bool:
    """Whether this version of Avocet can open a desk of that revision."""
    from avocet import migrations

    return revision <= migrations.HEAD


def _free_name(desk: Path) -> Path:
    names = numbered(f"{desk.name}{BEFORE}{__version__}")
    return next(path for path in map(desk.with_name, names) if not path.exists())


def _revision(path: Path) -> str | None:
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.Error:
        return None
    return None if row is None else str(row[0])


def _mib(count: int) -> str:
    return f"{count / 2**20:,.0f} MiB"
