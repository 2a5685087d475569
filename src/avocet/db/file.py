"""The file of a SQLite desk: made for its owner alone, told apart from another in its place, or only looked at."""

from __future__ import annotations

import os
import secrets
import sqlite3
import threading
from contextlib import closing, suppress
from pathlib import Path
from typing import NamedTuple

from avocet.disk import make_private
from avocet.errors import NOTHING_CHANGED, DatabaseReplaced, DatabaseUnavailable, OutcomeUnknown, ReadOnly

PAGE_BYTES = 8192
_HEADER_BYTES = 100
# of a SQLite file's header: how often its first page was changed, and its `user_version`
_CHANGES, _STAMP = slice(24, 28), slice(60, 64)
_UNSTAMPED = bytes(4)
_STAMP_WAIT_S = 1.0


def stamp(path: Path) -> None:
    """Give a desk's file a number of its own, by which a copy in its place is told from it."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA page_size = {PAGE_BYTES}")
        _number(connection)


def _stamp_older(path: Path) -> None:
    """Stamp a desk that an older version made, if it can be done now: the next process that opens it may."""
    with suppress(sqlite3.Error), closing(sqlite3.connect(path, timeout=_STAMP_WAIT_S)) as connection:
        connection.isolation_level = None
        connection.execute("BEGIN IMMEDIATE")
        # another process may have been here in between
        if connection.execute("PRAGMA user_version").fetchone() == (0,):
            _number(connection)
        connection.execute("COMMIT")


def _number(connection: sqlite3.Connection) -> None:
    connection.execute(f"PRAGMA user_version = {secrets.randbelow(2**31 - 1) + 1}")


class _Seen(NamedTuple):
    """Device and number of a file, its stamp (empty in an empty file), and the changes that its header counts."""

    device: int
    number: int
    stamp: bytes
    changes: int

    def may_become(self, found: _Seen | None) -> bool:
        """Whether that is the same file, later."""
        if found is None or (self.device, self.number) != (found.device, found.number):
            return False
        # who opens a desk of an older version stamps it
        is_stamped = self.stamp not in (b"", _UNSTAMPED)
        return not is_stamped or (self.stamp == found.stamp and self.changes <= found.changes)


class DeskFile:
    """The file that this process opened the desk by."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._make()
        self.is_read_only = not _can_write(path)
        self._wal = path.with_name(path.name + "-wal")
        self._has_wal = False
        # what one thread saw is older than what another one sees next
        self._looking = threading.Lock()
        self._seen: _Seen | None = None
        # when its header was read last
        self._read_at: tuple[int, int] | None = None
        self._seen = self._look()
        if self._seen is not None and self._seen.stamp == _UNSTAMPED and not self.is_read_only:
            _stamp_older(path)
            self._seen = self._look()

    def uri(self) -> str:
        """How SQLite opens a desk that can't be written.

        Raises:
            ReadOnly: its newest work lies in a log that nobody can read without writing.
        """
        wal, index = self._wal, self._wal.with_name(f"{self.path.name}-shm")
        # whoever has it open keeps both; without them nothing changes under our eyes
        if not wal.exists() or (not wal.stat().st_size and not index.exists()):
            option = "mode=ro&immutable=1"
        elif index.exists():
            option = "mode=ro"
        else:
            raise ReadOnly(
                f"{wal.name} holds the newest work, and can't be read where nothing can be written. "
                f"Copy it and {self.path.name} to a folder of your own."
            )
        return f"{self.path.absolute().as_uri()}?{option}"

    def check(self) -> None:
        """Look whether the file is still the one that was opened.

        Raises:
            DatabaseReplaced: it was removed, replaced or restored meanwhile.
        """
        with self._looking:
            found = self._look()
            is_right = self._seen is None or self._seen.may_become(found)
            if is_right:
                self._seen = found
        if not is_right:
            what = "isn't there any more" if found is None else "is another one now"
            raise DatabaseReplaced(
                f"The desk's database file {what}: what is decided now would be lost. {NOTHING_CHANGED}. Stop the "
                "desk, put the right file in its place, and start it again."
            )

    def check_written(self) -> None:
        """Look whether what was just written is in the file that bears the desk's name.

        Raises:
            OutcomeUnknown: it is not, or not for sure.
        """
        try:
            self.check()
        except DatabaseReplaced:
            raise _may_be_lost("The desk's database file was removed or replaced") from None
        has_wal = self._wal.exists()
        if self._has_wal and not has_wal:
            raise _may_be_lost(f"{self._wal.name} was removed")
        self._has_wal = has_wal

    def _look(self) -> _Seen | None:
        """The file as it is; its header is read again only after it was written to."""
        try:
            found = self.path.stat()
            written_at, known = (found.st_mtime_ns, found.st_size), self._seen
            is_known = known is not None and (known.device, known.number) == (found.st_dev, found.st_ino)
            if is_known and written_at == self._read_at:
                return known
            with self.path.open("rb") as file:
                header = file.read(_HEADER_BYTES)
        except OSError:
            return None
        looked = _Seen(found.st_dev, found.st_ino, header[_STAMP], int.from_bytes(header[_CHANGES], "big"))
        # another file is looked at again each time
        self._read_at = written_at if known is not None and known.may_become(looked) else None
        return looked

    def _make(self) -> None:
        """Make the file where none is, whole at once: two processes may begin together."""
        if os.path.lexists(self.path):
            return
        try:
            make_private(self.path.parent)
        except OSError as error:
            raise ReadOnly(f"The data folder {self.path.parent} can't be made: {error.strerror}.") from None
        part = self.path.with_name(f".{self.path.name}.{secrets.token_hex(8)}.new")
        try:
            os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            stamp(part)
            _put(part, self.path)
        except OSError as error:
            raise ReadOnly(f"The data folder {self.path.parent} can't be written: {error.strerror}.") from None
        except sqlite3.Error as error:
            raise DatabaseUnavailable(f"The desk's database {self.path} can't be made: {error}.") from None
        finally:
            with suppress(OSError):
                part.unlink()


def _may_be_lost(what: str) -> OutcomeUnknown:
    return OutcomeUnknown(
        f"{what} while this was being stored: it may have been stored, or be lost. Stop the desk, put the right file "
        "in its place, and start it again."
    )


def _put(part: Path, path: Path) -> None:
    """Give a new file its name, unless another one has it by now."""
    try:
        os.link(part, path)
    except FileExistsError:
        return
    except OSError:
        # a file system without hard links
        if not os.path.lexists(path):
            part.replace(path)


def _can_write(path: Path) -> bool:
    """Whether SQLite can write the file, and beside it its log."""
    beside = [path.with_name(path.name + side) for side in ("-wal", "-shm")]
    return _may(path) and (_may(path.parent) or all(_may(file) for file in beside))


def _may(path: Path) -> bool:
    return os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids)
