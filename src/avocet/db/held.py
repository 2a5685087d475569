"""Read a SQLite file beside the connections that this process has to it, without freeing their locks.

POSIX frees every lock that a process has on a file as soon as the process closes *any* descriptor of that file
(https://www.sqlite.org/howtocorrupt.html, 2.2). Another process would then take a desk that is being served for one
that nobody has open, and remove its log. So a descriptor is opened once a file, and closed with its last user.
"""

from __future__ import annotations

import os
import threading
from pathlib import Path

_BINARY = getattr(os, "O_BINARY", 0)

FileId = tuple[int, int]
"""A file's device and inode."""


class _Held:
    """A descriptor, how many hold it, and the lock for its position."""

    def __init__(self, descriptor: int) -> None:
        self.descriptor = descriptor
        self.users = 0
        self.reading = threading.Lock()


_held: dict[FileId, _Held] = {}
_changing = threading.Lock()


def hold(path: Path) -> FileId:
    """Hold a file open until `let_go`, as often as it is called.

    Raises:
        OSError: it can't be opened.
    """
    with _changing:
        found = os.stat(path)
        known = _held.get((found.st_dev, found.st_ino))
        if known is None:
            descriptor = os.open(path, os.O_RDONLY | _BINARY)
            opened = os.fstat(descriptor)
            # between the look and the opening, another file may have got the name
            known = _held.setdefault((opened.st_dev, opened.st_ino), _Held(descriptor))
            found = opened
        known.users += 1
        return found.st_dev, found.st_ino


def let_go(file: FileId) -> None:
    """End one `hold`. No connection of its user may be open any more."""
    with _changing:
        known = _held[file]
        known.users -= 1
        if not known.users:
            os.close(known.descriptor)
            del _held[file]


def read_head(file: FileId, size: int) -> bytes:
    """The first bytes of a file that is held.

    Raises:
        OSError: it can't be read.
    """
    known = _held[file]
    with known.reading:
        os.lseek(known.descriptor, 0, os.SEEK_SET)
        return os.read(known.descriptor, size)
