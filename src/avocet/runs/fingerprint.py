"""The fingerprint of a run's files: their sizes and hashes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path

import msgspec

from avocet.errors import Cancelled, RunUnreadable
from avocet.importers.base import SourceFile

_PIECE_BYTES = 1024 * 1024


class RunFile(msgspec.Struct, frozen=True):
    """One file of a run as it was imported."""

    name: str
    bytes: int
    sha256: str


def hash_files(files: Iterable[SourceFile], is_cancelled: Callable[[], bool] = lambda: False) -> list[RunFile]:
    """Read every file for its size and SHA-256.

    Raises:
        RunUnreadable: a file can't be read.
        Cancelled: `is_cancelled` returned True.
    """
    return [_hash_file(file, is_cancelled) for file in files]


def starts_with(path: Path, known: RunFile) -> bool:
    """Whether a file begins with all of a known one: the same file, or the same file grown."""
    digest, left = hashlib.sha256(), known.bytes
    with path.open("rb") as stream:
        while left and (piece := stream.read(min(left, _PIECE_BYTES))):
            digest.update(piece)
            left -= len(piece)
    return not left and digest.hexdigest() == known.sha256


def _hash_file(file: SourceFile, is_cancelled: Callable[[], bool]) -> RunFile:
    digest, size = hashlib.sha256(), 0
    try:
        with file.path.open("rb") as stream:
            while piece := stream.read(_PIECE_BYTES):
                digest.update(piece)
                size += len(piece)
                if is_cancelled():
                    raise Cancelled("Stopped while the file was being read.")
    except OSError as error:
        raise RunUnreadable(f"{file.name} can't be read: {error.strerror}.") from None
    return RunFile(file.name, size, digest.hexdigest())
