"""Files that appear whole or not at all: written beside their target, synced to the disk, then renamed into place."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec

from avocet.disk import sync, sync_folder
from avocet.errors import DiskFull, Prerequisite
from avocet.exports import manifest
from avocet.exports.manifest import Manifest

_SIDECARS = (".meta.jsonl", ".lists.jsonl")


@contextmanager
def disk_errors(target: Path) -> Iterator[None]:
    """Turn errors of the disk into sentences.

    Raises:
        DiskFull, Prerequisite: for every error of the disk.
    """
    try:
        yield
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise DiskFull(f"The disk is full: {target} was not written.") from None
        raise Prerequisite(f"{target} can't be written: {error.strerror}.") from None


@contextmanager
def beside(target: Path) -> Iterator[Path]:
    """A folder beside the target, on the same disk, that is removed at the end.

    Missing folders above the target are made, and removed again if nothing was put into them.

    Raises:
        DiskFull, Prerequisite: for every error of the disk until the end.
    """
    with disk_errors(target):
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
                # a folder that holds the dataset is not empty, and stays
                with suppress(OSError):
                    parent.rmdir()


def check_file(target: Path, *, overwrite: bool = False) -> None:
    """Refuse to replace what isn't a file, or without `overwrite` one that isn't an export as it was written.

    Raises:
        Prerequisite: the target is a folder, a device or a pipe, or a file that isn't an unchanged export.
    """
    if target.exists() and not target.is_file():
        raise Prerequisite(f"{target} isn't a file; for standard output, use -.")
    beside = target.with_name(f"{target.name}.{manifest.NAME}")
    if overwrite or not (_holds_something(target) or _holds_something(beside)):
        return
    stored = _read(beside)
    if stored is None or (target.exists() and target.name not in {file.name for file in stored.files}):
        there = target if target.exists() else beside
        raise Prerequisite(f"{there} is there and is no export of Avocet. Give another name, or say --overwrite.")
    _check_unchanged(stored, target.parent)


def check_folder(target: Path, *, overwrite: bool = False) -> None:
    """Refuse to replace what isn't a dataset, or without `overwrite` one that isn't as it was written.

    Raises:
        Prerequisite: the target is a file, or a folder of other things, or was changed or added to since.
    """
    if target.exists() and not target.is_dir():
        raise Prerequisite(f"{target} is a file; this dataset is a folder of several.")
    if not target.is_dir() or not any(target.iterdir()):
        return
    stored = _read(target / manifest.NAME)
    if stored is None:
        raise Prerequisite(f"{target} holds something else. Give a new folder, or one of an earlier export.")
    if overwrite:
        return
    known = {file.name for file in stored.files} | {manifest.NAME}
    for path in sorted(path for path in target.rglob("*") if not path.is_dir()):
        if path.relative_to(target).as_posix() not in known:
            raise Prerequisite(f"{path} is no part of that export. Give another folder, or say --overwrite.")
    _check_unchanged(stored, target)


def _holds_something(path: Path) -> bool:
    return path.exists() and path.stat().st_size > 0


def _read(path: Path) -> Manifest | None:
    try:
        return manifest.decode(path.read_bytes())
    except (OSError, msgspec.DecodeError):
        return None


def _check_unchanged(stored: Manifest, folder: Path) -> None:
    for file in stored.files:
        if (folder / file.name).is_file() and not manifest.is_whole(file, folder):
            raise Prerequisite(
                f"{folder / file.name} was changed after it was exported. Give another name, or say --overwrite."
            )


def place_file(folder: Path, target: Path, *, overwrite: bool = False) -> None:
    """Put a dataset of one file, its sidecars and its manifest in place.

    Raises:
        Prerequisite: a file that isn't an export has the name of a sidecar, and `overwrite` is false.
    """
    if not overwrite:
        _check_sidecars(folder, target)
    _sync_all(folder)
    # first the data: a manifest without its file would promise what is not there
    (folder / target.name).replace(target)
    beside = target.with_name(f"{target.name}.{manifest.NAME}")
    stale = _sidecars_of(_read(beside), target)
    for sidecar in _sidecars(folder, target):
        sidecar.replace(target.with_name(sidecar.name))
        stale.discard(sidecar.name)
    (folder / manifest.NAME).replace(beside)
    for name in stale:
        target.with_name(name).unlink(missing_ok=True)
    sync_folder(target.parent)


def _check_sidecars(folder: Path, target: Path) -> None:
    known = _sidecars_of(_read(target.with_name(f"{target.name}.{manifest.NAME}")), target)
    for sidecar in _sidecars(folder, target):
        there = target.with_name(sidecar.name)
        if _holds_something(there) and there.name not in known:
            raise Prerequisite(f"{there} is there and is no export of Avocet. Give another name, or say --overwrite.")


def _sidecars(folder: Path, target: Path) -> list[Path]:
    """The sidecars of a dataset of one file."""
    return [path for path in (folder / f"{target.name}{ending}" for ending in _SIDECARS) if path.is_file()]


def _sidecars_of(stored: Manifest | None, target: Path) -> set[str]:
    return {f"{target.name}{ending}" for ending in _SIDECARS} & {
        file.name for file in (stored.files if stored else ())
    }


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
    sync_folder(target.parent)
    shutil.rmtree(old, ignore_errors=True)


def _sync_all(folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.is_dir():
            sync_folder(path)
        else:
            sync(path)
    sync_folder(folder)
