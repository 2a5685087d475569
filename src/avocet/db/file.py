"""The file of a SQLite desk: made for its owner alone, watched for being replaced, read where it can't be written."""

from __future__ import annotations

import os
import secrets
import sqlite3
import threading
from contextlib import closing, suppress
from pathlib import Path
from typing import NamedTuple

from avocet.db import held
from avocet.disk import make_private
from avocet.errors import NOTHING_CHANGED, DatabaseReplaced, DatabaseUnavailable, OutcomeUnknown, ReadOnly

PAGE_BYTES = 8192
_HEADER_BYTES = 100
# in a SQLite file's header: how often the file was changed, and its `user_version`
_CHANGES, _STAMP = slice(24, 28), slice(60, 64)
_UNSTAMPED = bytes(4)
_STAMP_WAIT_S = 1.0


def stamp(path: Path) -> None:
    """Give a desk's file a random number of its own, so that a copy put in its place is noticed."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA page_size = {PAGE_BYTES}")
        _number(connection)


def _stamp_older(path: Path) -> None:
    """Stamp a desk that an older version made. If it is locked now, the next process that opens it will."""
    with suppress(sqlite3.Error), closing(sqlite3.connect(path, timeout=_STAMP_WAIT_S)) as connection:
        connection.isolation_level = None
        connection.execute("BEGIN IMMEDIATE")
        # another process may have stamped it meanwhile
        if connection.execute("PRAGMA user_version").fetchone() == (0,):
            _number(connection)
        connection.execute("COMMIT")


def _number(connection: sqlite3.Connection) -> None:
    connection.execute(f"PRAGMA user_version = {secrets.randbelow(2**31 - 1) + 1}")


class _Seen(NamedTuple):
    """What identifies a file: device and inode, its stamp (empty in an empty file), and its header's change count."""

    device: int
    number: int
    stamp: bytes
    changes: int

    def may_become(self, found: _Seen | None) -> bool:
        """Whether `found` can be the same file at a later time."""
        if found is None or (self.device, self.number) != (found.device, found.number):
            return False
        # a desk of an older version is stamped by whoever opens it next
        is_stamped = self.stamp not in (b"", _UNSTAMPED)
        return not is_stamped or (self.stamp == found.stamp and self.changes <= found.changes)


class DeskFile:
    """The file of the desk that this process has open."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._make()
        self.is_read_only = not _can_write(path)
        self._wal = path.with_name(path.name + "-wal")
        # the log that was written into last; SQLite removes it with the last of our connections
        self._wal_seen: held.FileId | None = None
        self._connections = 0
        # one look at a time: a slow thread must not put an older look in place of a newer one
        self._looking = threading.Lock()
        self._seen: _Seen | None = None
        self._held: held.FileId | None = None
        # modification time and size of the file when its header was last read
        self._read_at: tuple[int, int] | None = None
        self._seen = self._look()
        if self._seen is not None and self._seen.stamp == _UNSTAMPED and not self.is_read_only:
            _stamp_older(path)
            self._seen = self._look()

    def close(self) -> None:
        """Let the file go, unless a connection to it is open. It is held again by the next look."""
        with self._looking:
            if self._held is not None and not self._connections:
                held.let_go(self._held)
                self._held = None

    def count_opened(self, *_: object) -> None:
        """A connection to the file was opened."""
        with self._looking:
            self._connections += 1

    def count_closed(self, *_: object) -> None:
        """A connection to the file is about to be closed."""
        with self._looking:
            self._connections -= 1
            if not self._connections:
                self._wal_seen = None

    def uri(self) -> str:
        """The URI by which SQLite opens a desk that can't be written.

        Raises:
            ReadOnly: its newest work is in a log that can't be read without write access.
        """
        wal, index = self._wal, self._wal.with_name(f"{self.path.name}-shm")
        # whoever has the desk open keeps both files; without them, nothing changes while we read
        if not wal.exists() or (not wal.stat().st_size and not index.exists()):
            option = "mode=ro&immutable=1"
        elif index.exists():
            option = "mode=ro"
        else:
            raise ReadOnly(
                f"{wal.name} holds the newest work, and can't be read in a folder that can't be written. "
                f"Copy it and {self.path.name} to a folder of your own."
            )
        return f"{self.path.absolute().as_uri()}?{option}"

    def check(self) -> None:
        """Check that the file is still the one that was opened.

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
        """Check that what was just written is in the file that has the desk's name.

        Raises:
            OutcomeUnknown: it is not, or that is not certain.
        """
        try:
            self.check()
        except DatabaseReplaced:
            raise _may_be_lost("The desk's database file was removed or replaced") from None
        found = _id_of(self._wal)
        if self._wal_seen not in (None, found):
            raise _may_be_lost(f"{self._wal.name} was {'removed' if found is None else 'replaced'}")
        self._wal_seen = found

    def _look(self) -> _Seen | None:
        """The file as it is now, None if it can't be read. Its header is read again only if the file has changed."""
        try:
            found = self.path.stat()
            place, written_at, known = (found.st_dev, found.st_ino), (found.st_mtime_ns, found.st_size), self._seen
            if known is not None and (known.device, known.number) != place:
                # another file, whatever is in it
                return _Seen(*place, b"", 0)
            if known is not None and written_at == self._read_at:
                return known
            if self._held is None:
                self._held = held.hold(self.path)
            header = held.read_head(self._held, _HEADER_BYTES)
        except OSError:
            return None
        looked = _Seen(*self._held, header[_STAMP], int.from_bytes(header[_CHANGES], "big"))
        # the header of a file that was overwritten is read each time
        self._read_at = written_at if known is not None and known.may_become(looked) else None
        return looked

    def _make(self) -> None:
        """Make the file if there is none, whole at once, since two processes may start together."""
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


def _id_of(path: Path) -> held.FileId | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _may_be_lost(what: str) -> OutcomeUnknown:
    return OutcomeUnknown(
        f"{what} while this was being stored: it may have been stored, or be lost. Stop the desk, put the right file "
        "in its place, and start it again."
    )


def _put(part: Path, path: Path) -> None:
    """Give a new file its name, unless another file has it by now."""
    try:
        os.link(part, path)
    except FileExistsError:
        return
    except OSError:
        # a file system without hard links
        if not os.path.lexists(path):
            part.replace(path)


def _can_write(path: Path) -> bool:
    """Whether SQLite can write the file and, beside it, its log."""
    beside = [path.with_name(path.name + side) for side in ("-wal", "-shm")]
    return _may(path) and (_may(path.parent) or all(_may(file) for file in beside))


def _may(path: Path) -> bool:
    return os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids)
