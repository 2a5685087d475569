"""Uploads: files that a browser sent, kept in the data folder until they are imported or given up."""

from __future__ import annotations

import re
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from avocet.disk import make_private
from avocet.errors import NotFound, TooLarge
from avocet.importers.base import SourceFile

KEPT_S = 24 * 3600.0
MAX_FILES = 5_000
MAX_BYTES = 20 * 1024**3
MAX_DEPTH = 12
MAX_NAME_BYTES = 200
_ID = re.compile(r"[0-9a-f]{32}")
_NO_NAME = re.compile(r'[\x00-\x1f\x7f<>:"|?*\ud800-\udfff]')


class Upload:
    """Files that were sent together, in a folder of their own, with their names and subfolders."""

    def __init__(self, upload_id: str, folder: Path) -> None:
        self.upload_id = upload_id
        self.folder = folder
        self.bytes = 0
        self.count = 0
        self._numbers: dict[Path, int] = {}

    def create(self, name: str) -> BinaryIO:
        """Open a new file for what the browser calls `name`; a second one of the same name gets a number.

        Raises:
            TooLarge: there are too many files already.
            OSError: the file can't be made.
        """
        self.count += 1
        if self.count > MAX_FILES:
            raise TooLarge(f"More than {MAX_FILES:,} files at once. Send them in parts, or use avocet import FOLDER.")
        path = self._free(self.folder / _safe(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.open("wb")

    def _free(self, path: Path) -> Path:
        """The path, with a number if it is taken. Each number is tried once, however many files share a name."""
        free = path
        while free.exists():
            number = self._numbers[path] = self._numbers.get(path, 1) + 1
            free = path.with_name(f"{path.stem} ({number}){path.suffix}")
        return free

    def write(self, file: BinaryIO, data: bytes) -> None:
        """Append to a file.

        Raises:
            TooLarge: all files together are too large.
            OSError: the data can't be written.
        """
        self.bytes += len(data)
        if self.bytes > MAX_BYTES:
            raise TooLarge(
                f"More than {MAX_BYTES // 2**30} GiB at once. Use avocet import FILE on the machine itself."
            )
        file.write(data)

    def files(self) -> list[SourceFile]:
        """Its files, ordered by name."""
        found = sorted(path for path in self.folder.rglob("*") if path.is_file())
        return [SourceFile(path, str(path.relative_to(self.folder))) for path in found]

    def remove(self) -> None:
        """Delete the folder and its files."""
        shutil.rmtree(self.folder, ignore_errors=True)


class Uploads:
    """The uploads that are kept in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def new(self) -> Upload:
        """Make an empty upload, and delete those that nobody has used for a day."""
        self._sweep()
        upload_id = secrets.token_hex(16)
        folder = self.folder / upload_id
        make_private(folder)
        return Upload(upload_id, folder)

    def get(self, upload_id: str) -> Upload:
        """An upload that is kept.

        Raises:
            NotFound: there is none of that id, or it was deleted.
        """
        folder = self.folder / upload_id
        if not _ID.fullmatch(upload_id) or not folder.is_dir():
            raise NotFound("These files are not here any more. Send them again.", id=upload_id[:64])
        return Upload(upload_id, folder)

    def _sweep(self) -> None:
        for folder in self._folders():
            with suppress(OSError):
                if time.time() - folder.stat().st_mtime > KEPT_S:
                    shutil.rmtree(folder, ignore_errors=True)

    def _folders(self) -> Iterator[Path]:
        if self.folder.is_dir():
            yield from (path for path in self.folder.iterdir() if _ID.fullmatch(path.name))


def _safe(name: str) -> Path:
    """The name as a path that can only lie below the upload's folder."""
    parts = [part for part in PurePosixPath(name.replace("\\", "/")).parts if part not in ("/", "..", ".")]
    clean = [_short(_NO_NAME.sub("_", part)) for part in parts[-MAX_DEPTH:]]
    return Path(*[part for part in clean if part.strip(". ")] or ["file"])


def _short(part: str) -> str:
    """The name cut to `MAX_NAME_BYTES` bytes, without its middle, which says less than its end."""
    data = part.encode()
    if len(data) <= MAX_NAME_BYTES:
        return part
    half = MAX_NAME_BYTES // 2
    return data[:half].decode(errors="ignore") + data[-half:].decode(errors="ignore")
