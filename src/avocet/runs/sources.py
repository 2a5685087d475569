"""Runs on disk: which files are runs, what they are called, and how many lines they hold."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from avocet.errors import RunUnreadable
from avocet.importers import CANDIDATES_FILE

SCAN_DEPTH = 3
_NAME_TIME = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)[-_T ](\d\d)[-:]?(\d\d)[-:]?(\d\d)")


@dataclass(frozen=True)
class RunSource:
    """One file to import. `name` is what the run is called unless that name is taken."""

    path: Path
    name: str
    timestamp: str


def find(path: Path) -> list[RunSource]:
    """The runs a path names: a file, a run folder, or a folder of runs.

    Raises:
        RunUnreadable: there is nothing at the path, or no run in the folder.
    """
    if os.path.isfile(path):
        if not _is_text(path.resolve()):
            raise RunUnreadable(f"The name of {str(path)!a} isn't UTF-8. Rename it and import it again.")
        return [_source(path.resolve())]
    if not os.path.isdir(path):
        raise RunUnreadable(f"There is no file or folder at {path}.")
    found = scan(path)
    if not found:
        raise RunUnreadable(f"No runs in {path}: looked for {CANDIDATES_FILE} there and {SCAN_DEPTH} folders deep.")
    return found


def scan(folder: Path) -> list[RunSource]:
    """Every run in a folder or below, by path. Links that lead out of the folder are left out."""
    root = folder.resolve()
    # a set: a link may lead to another run of the same folder
    files = sorted(set(_candidate_files(root, SCAN_DEPTH)))
    return [_source(path) for path in files if path.is_relative_to(root) and _is_text(path)]


def _candidate_files(folder: Path, depth: int) -> Iterator[Path]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        if entry.name == CANDIDATES_FILE and os.path.isfile(entry):
            yield Path(entry.path).resolve()
        elif depth and not entry.name.startswith(".") and entry.is_dir(follow_symlinks=False):
            yield from _candidate_files(Path(entry.path), depth - 1)


def _is_text(path: Path) -> bool:
    """Whether a path can be stored and shown: Linux allows any bytes in a name."""
    return not any("\ud800" <= character <= "\udfff" for character in str(path))


def _source(path: Path) -> RunSource:
    name = path.parent.name if path.name == CANDIDATES_FILE else path.stem
    return RunSource(path, name or path.name, _timestamp(name, path))


def _timestamp(name: str, path: Path) -> str:
    """When the run was made: from its name where that tells, else the file's last change (UTC)."""
    if match := _NAME_TIME.search(name):
        try:
            moment = datetime(*(int(part) for part in match.groups()))  # type: ignore[arg-type]
        except ValueError:
            pass
        else:
            return moment.isoformat()
    modified = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return modified.strftime("%Y-%m-%dT%H:%M:%SZ")


def count_lines(path: Path) -> int | None:
    """How many lines of a file are not blank; None when it can't be read. Remembered until the file changes."""
    try:
        stat = path.stat()
        return _count_lines(path, stat.st_size, stat.st_mtime_ns)
    except OSError:
        return None


@lru_cache(maxsize=4096)
def _count_lines(path: Path, _size: int, _mtime_ns: int) -> int:
    count, blank = 0, True
    with path.open("rb") as stream:
        # a line may be longer than memory: read pieces of it
        while piece := stream.readline(1024 * 1024):
            blank = blank and not piece.strip()
            if piece.endswith(b"\n"):
                count, blank = count + (not blank), True
    return count + (not blank)
