"""Writing to disk: files that appear whole or not at all, free names, readable JSON, and errors as sentences."""

from __future__ import annotations

import errno
import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec

from avocet.errors import AvocetError, DiskFull, ReadOnly

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_CLOSED = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})


def explained(error: OSError) -> AvocetError | None:
    """The error as one with a sentence for a person; None if neither a full disk nor missing rights caused it."""
    if error.errno in _FULL:
        return DiskFull("The disk of the data folder is full. Make room and try again.")
    if error.errno in _CLOSED:
        where = f"{error.filename}: " if error.filename else ""
        return ReadOnly(f"{where}{error.strerror}. Check the permissions of the data folder.")
    return None


def pretty(value: object) -> bytes:
    """A value as indented JSON, ending in a newline."""
    return msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n"


def write_whole(path: Path, content: bytes, *, is_durable: bool = True) -> None:
    """Write a file that appears whole or not at all, whatever happens to this process.

    If it `is_durable` (fsync), that holds whatever happens to the machine too.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    with part.open("wb") as file:
        file.write(content)
        if is_durable:
            file.flush()
            os.fsync(file.fileno())
    part.replace(path)


@contextmanager
def private_part(target: Path) -> Iterator[Path]:
    """An empty file beside the target, for its owner alone.

    It replaces the target when the block ends, and is deleted if the block raises.

    Raises:
        OSError: it can't be made, or can't replace the target.
    """
    part = target.with_name(f"{target.name}.part")
    try:
        part.unlink(missing_ok=True)
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        yield part
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        part.replace(target)
    finally:
        with suppress(OSError):
            part.unlink()


def make_private(folder: Path) -> None:
    """Make a folder, and any missing ones above it, that only its owner can use; an existing folder is left as it is.

    Raises:
        OSError: it can't be made.
    """
    if not folder.is_dir():
        if not folder.parent.exists():
            make_private(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)


def sync(path: Path) -> None:
    """Make sure that a file, or a folder's list of files, is on the disk (fsync)."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_folder(path: Path) -> None:
    """Make sure that a folder's list of files is on the disk, if the file system supports that."""
    with suppress(OSError):
        sync(path)


def numbered(name: str) -> Iterator[str]:
    """The name, then `name-2`, `name-3` … without end."""
    number = 1
    yield name
    while True:
        number += 1
        yield f"{name}-{number}"


def free_name(name: str, taken: Collection[str]) -> str:
    """The name, or the first of `name-2`, `name-3` … that is not taken."""
    return next(free for free in numbered(name) if free not in taken)
