"""Files that appear whole or not at all: written beside their place, put on the disk, then renamed into it."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from avocet.errors import DiskFull, Prerequisite
from avocet.exports import manifest


@contextmanager
def beside(target: Path) -> Iterator[Path]:
    """A folder beside the target, on the same disk, that is gone at the end.

    The target's own folder is made where it is missing, and is gone again where nothing was put into it.

    Raises:
        DiskFull, Prerequisite: for every error of the disk until the end.
    """
    try:
        place = target.absolute()
        folder = place.with_name(f".{place.name[:200]}.{os.getpid()}.part")
        shutil.rmtree(folder, ignore_errors=True)
        made = [parent for parent in place.parents if not parent.exists()]
        folder.mkdir(parents=True)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)
            for parent in made:
                # what holds the dataset stays
                with suppress(OSError):
                    parent.rmdir()
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise DiskFull(f"The disk is full: {target} was not written.") from None
        raise Prerequisite(f"{target} can't be written: {error.strerror}.") from None


def check_file(target: Path) -> None:
    """Refuse to replace what isn't a file.

    Raises:
        Prerequisite: there is a folder, a device or a pipe.
    """
    if target.exists() and not target.is_file():
        raise Prerequisite(f"{target} isn't a file; for standard output, use -.")


def check_folder(target: Path) -> None:
    """Refuse to replace what isn't a dataset.

    Raises:
        Prerequisite: there is a file, or a folder of other things.
    """
    if target.exists() and not target.is_dir():
        raise Prerequisite(f"{target} is a file; this dataset is a folder of several.")
    if target.is_dir() and any(target.iterdir()) and not (target / manifest.NAME).is_file():
        raise Prerequisite(f"{target} holds something else. Give a new folder, or one of an earlier export.")


def place_file(folder: Path, target: Path) -> None:
    """Put a dataset of one file and its manifest in place."""
    _sync_all(folder)
    # first the data: a manifest without its file would promise what is not there
    (folder / target.name).replace(target)
    for sidecar in folder.glob("*.meta.jsonl"):
        sidecar.replace(target.with_name(sidecar.name))
    (folder / manifest.NAME).replace(target.with_name(f"{target.name}.{manifest.NAME}"))
    _sync_folder(target.parent)


def place_folder(folder: Path, target: Path) -> None:
    """Put a dataset's folder in place of the earlier one."""
    _sync_all(folder)
    target = target.resolve()
    old = folder.with_name(folder.name + ".old")
    if target.exists():
        target.replace(old)
    try:
        folder.replace(target)
    except OSError:
        if old.exists():
            old.replace(target)
        raise
    _sync_folder(target.parent)
    shutil.rmtree(old, ignore_errors=True)


def _sync_all(folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.is_dir():
            _sync_folder(path)
        else:
            _sync(path)
    _sync_folder(folder)


def _sync_folder(path: Path) -> None:
    # not every file system syncs a folder
    with suppress(OSError):
        _sync(path)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
