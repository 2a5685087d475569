"""Where a desk is: its files with sizes and versions, the copies kept of it, and how to remove everything."""

from __future__ import annotations

import os
import platform
import shlex
import sqlite3
from pathlib import Path

import msgspec
from sqlalchemy import text

from avocet import __version__, migrations
from avocet.db.copies import copies, files_of
from avocet.db.database import Database
from avocet.settings import Settings

FOLDERS = {
    "uploads": "files that a browser sent, until they are imported",
    "trainings": "trainings that the page started",
    "scratch": "datasets while they are downloaded",
    "locks": "who imports what",
}


class Stored(msgspec.Struct, frozen=True):
    """A file or folder that belongs to the desk; `schema` is the newest migration in it, if it is a database."""

    path: str
    bytes: int
    what: str
    schema: str | None = None


class Versions(msgspec.Struct, frozen=True):
    """Versions of the software and the schema.

    `schema` is the desk's, None if there is no desk yet; `newest_schema` is the one that this version brings it to.
    """

    avocet: str
    python: str
    database: str
    schema: str | None
    newest_schema: str


class Whereabouts(msgspec.Struct, frozen=True, kw_only=True):
    """Where everything is: the database (`desk`), the `folders` beside it, the `copies` kept of it.

    `remove` are the commands that remove all of it.
    """

    desk: Stored
    folders: list[Stored]
    copies: list[Stored]
    versions: Versions
    remove: list[str]


def find(settings: Settings) -> Whereabouts:
    """Find the desk of these settings, without making or changing one.

    Raises:
        AvocetError: its database does not answer, or is no desk.
    """
    database = None
    if not settings.url.startswith("sqlite") or _sqlite_file(settings).is_file():
        database = Database(settings.url)
    try:
        desk, versions = _desk(database, settings)
    finally:
        if database:
            database.close()
    file = _sqlite_file(settings) if settings.url.startswith("sqlite") else None
    folders = [
        Stored(str(path), _size(path), what)
        for name, what in FOLDERS.items()
        for path in dict.fromkeys((settings.data_dir / name, (file or settings.data_dir).parent / name))
        if path.is_dir()
    ]
    kept = [Stored(str(copy.path), copy.bytes, "as it was", copy.revision) for copy in (copies(file) if file else ())]
    return Whereabouts(
        desk=desk,
        folders=folders,
        copies=kept,
        versions=versions,
        remove=_removing(database, file, [*folders, *kept]),
    )


def _desk(database: Database | None, settings: Settings) -> tuple[Stored, Versions]:
    schema, size, product = None, 0, f"SQLite {sqlite3.sqlite_version}"
    address = str(_sqlite_file(settings)) if settings.url.startswith("sqlite") else settings.url
    if database:
        with database.read() as connection:
            schema = migrations.revision(connection)
            if database.file is None:
                address = database.address
                size = int(connection.scalar(text("SELECT pg_database_size(current_database())")) or 0)
                product = f"PostgreSQL {connection.scalar(text('SHOW server_version'))}"
            else:
                size = sum(path.stat().st_size for path in files_of(database.file))
    versions = Versions(__version__, platform.python_version(), product, schema, migrations.HEAD)
    return Stored(address, size, "the desk" if database else "no desk yet", schema), versions


def _sqlite_file(settings: Settings) -> Path:
    return Path(settings.url.partition("sqlite:///")[2]).absolute()


def _removing(database: Database | None, file: Path | None, beside: list[Stored]) -> list[str]:
    """The commands that remove the desk. They name its files one by one, since its folder may hold other files."""
    commands = []
    if database and file is None:
        url = database.engine.url
        where = f"--host={url.host} " if url.host else ""
        commands.append(f"dropdb {where}{shlex.quote(url.database or '')}")
    paths = [str(path) for path in files_of(file)] if file else []
    paths += [stored.path for stored in beside]
    if paths:
        commands.append(f"rm -r {' '.join(map(shlex.quote, paths))}")
    return [*commands, "pip uninstall avocet-desk"]


def _size(folder: Path) -> int:
    total = 0
    for where, _, names in os.walk(folder):
        for name in names:
            try:
                total += os.lstat(os.path.join(where, name)).st_size
            except OSError:
                # removed while we were looking
                continue
    return total
