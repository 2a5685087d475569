"""Where a command may write: never over the desk itself, and over a file of another kind only when told to."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import msgspec
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from avocet.errors import Prerequisite
from avocet.settings import Settings

SQLITE_SIDES = ("-wal", "-shm", "-journal")
_DESK_TABLES = frozenset({"candidates", "decisions", "runs"})


class Own(msgspec.Struct, frozen=True):
    """What belongs to a desk: its database file, if it has one, and its data folder.

    Anybody may write in the results folder, even if it lies in the data folder.
    """

    database: Path | None
    folder: Path | None
    results: Path | None = None

    @property
    def files(self) -> list[Path]:
        """The database file and the files that SQLite keeps beside it; empty without a database file."""
        path = self.database
        return [path, *(path.with_name(path.name + side) for side in SQLITE_SIDES)] if path else []


def own(settings: Settings) -> Own:
    """What belongs to the desk of these settings, whether or not it has been made yet."""
    return Own(sqlite_file(settings.url), settings.data_dir, settings.bench_results_dir)


def sqlite_file(url: str) -> Path | None:
    """The file of a SQLite URL; None for any other URL."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        return None
    return Path(parsed.database) if parsed.get_backend_name() == "sqlite" and parsed.database else None


def check(target: Path, own: Own) -> None:
    """Refuse a target that belongs to the desk, lies in its data folder, holds the desk, or is a device or a pipe.

    Links are followed, and files are compared by what they are, not by their names.

    Raises:
        Prerequisite: the target is one of these.
    """
    if target.exists() and not target.is_file() and not target.is_dir():
        raise Prerequisite(f"{target} isn't a file: it is a device, a pipe or a socket. Nothing was written.")
    for file in own.files:
        if _is_same(target, file):
            raise Prerequisite(f"{target} is the desk itself ({file.name}). Give another name. Nothing was written.")
    # a link is itself replaced, not what it leads to: both places are checked
    places = {_resolved(target), _resolved(target.parent) / target.name}
    if own.folder is not None and any(_is_in(place, own.folder, own.results) for place in places):
        raise Prerequisite(
            f"{target} lies in the desk's data folder {own.folder}. Give a place outside it. Nothing was written."
        )
    held = [path for path in (own.folder, own.database) if path is not None and path.exists()]
    if target.is_dir() and any(_is_in(_resolved(path), target, None) for path in held):
        raise Prerequisite(f"{target} holds the desk itself. Give another folder. Nothing was written.")


def check_backup(target: Path, own: Own, *, overwrite: bool = False) -> None:
    """Refuse a backup target that exists and is no earlier backup, unless `overwrite` allows another kind of file.

    Raises:
        Prerequisite: as for `check`; also for a folder, a file of another kind, and a desk that is open.
    """
    check(target, own)
    if target.is_dir():
        raise Prerequisite(f"{target} is a folder: give the copy a file's name.")
    for side in SQLITE_SIDES:
        beside = target.with_name(target.name + side)
        if beside.exists():
            raise Prerequisite(
                f"{beside} is there: {target.name} is in use, or was not closed. Give the copy another name."
            )
    if target.exists() and not overwrite and target.stat().st_size and not is_desk(target):
        raise Prerequisite(f"{target} is there and is no backup of a desk. Give another name, or say --overwrite.")


def is_desk(path: Path) -> bool:
    """Whether a file is a SQLite desk. It is only read: no file appears beside it."""
    try:
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    except sqlite3.Error:
        return False
    try:
        named = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        return {name for (name,) in named} >= _DESK_TABLES
    except sqlite3.Error:
        return False
    finally:
        connection.close()


def _is_in(place: Path, folder: Path, free: Path | None) -> bool:
    """Whether a resolved path is a folder or lies in it, but not in the folder `free` further in."""
    for one in (place, *place.parents):
        if _is_same(one, folder):
            return True
        if free is not None and _is_same(one, free):
            return False
    return False


def _is_same(path: Path, other: Path) -> bool:
    try:
        return path.samefile(other)
    except OSError:
        # one of them isn't there, or can't be seen
        return _resolved(path) == _resolved(other)


def _resolved(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError):
        # a circle of links
        return path.absolute()
