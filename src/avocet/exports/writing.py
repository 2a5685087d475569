"""Export: decided candidates become a file or a folder, whole or not at all, from one state of the desk."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from sqlalchemy import Connection

from avocet import __version__, exporters
from avocet.db import Database
from avocet.errors import DiskFull, InvalidRequest, Prerequisite
from avocet.exporters import Exporter, RecordExporter
from avocet.exporters.base import SPLITS, Split, WrittenPart
from avocet.exports import encoding, manifest, recipe, selection
from avocet.exports.encoding import RowFile
from avocet.exports.manifest import Manifest
from avocet.exports.recipe import HoldOut, Recipe
from avocet.exports.rows import OutRow, Tallies, rows
from avocet.exports.state import AsOf, DeskState, present

CHUNK_BYTES = 256 * 1024
_SUFFIXES = {"jsonl": ".jsonl", "csv": ".csv", "parquet": ".parquet"}

OnProgress = Callable[[int], None]


def stream(
    database: Database, wanted: Recipe, as_of: AsOf | None = None, split: Split | None = None
) -> Iterator[bytes]:
    """A dataset of one text file, or one split of it, in chunks. Checks before the first; empty when nothing matches.

    Raises:
        UnknownFormat, UnknownFilterValue, InvalidRequest: the recipe makes no sense here.
    """
    exporter = _checked(database, wanted, as_of)
    if split and not wanted.splits:
        raise InvalidRequest("To take one split, say the shares: the recipe has none.")
    if is_several(exporter, msgspec.structs.replace(wanted, splits=None) if split else wanted):
        raise InvalidRequest(f"{wanted.format} makes several files here: give a folder to write them to.")
    return _stream(database, exporter, wanted, as_of, split)


def is_several(exporter: Exporter, wanted: Recipe) -> bool:
    """Whether a recipe makes more than one text file."""
    if isinstance(exporter, RecordExporter):
        return False
    return bool(exporter.is_folder or exporter.has_sidecar or wanted.splits or exporter.encoding == "parquet")


def file_name(wanted: Recipe) -> str:
    """The name a dataset is offered under: `avocet_sft_20261122T180328Z.jsonl`."""
    exporter = exporters.choose(wanted.format)
    ending = ".zip" if is_several(exporter, wanted) else _SUFFIXES[exporter.encoding]
    return f"avocet_{wanted.format}_{datetime.now(UTC):%Y%m%dT%H%M%SZ}{ending}"


def write_file(
    database: Database,
    wanted: Recipe,
    target: Path,
    *,
    as_of: AsOf | None = None,
    hold_out: HoldOut | None = None,
    on_progress: OnProgress | None = None,
) -> Manifest:
    """Write a dataset of one file, and `FILE.manifest.json` beside it. Each appears only when it is whole.

    Raises:
        UnknownFormat, UnknownFilterValue, InvalidRequest: the recipe makes no sense here.
        DiskFull, Prerequisite: the file can't be written; what was there before is still there.
    """
    if is_several(_checked(database, wanted, as_of), wanted):
        raise InvalidRequest(f"{wanted.format} makes several files: give a folder.")
    with _explained(target):
        if target.exists() and not target.is_file():
            raise Prerequisite(f"{target} isn't a file; for standard output, use -.")
        with _scratch(target) as folder:
            written = _write(database, wanted, folder, as_of, hold_out, on_progress, single=target.name)
            # first the data: a manifest without its file would promise what is not there
            (folder / target.name).replace(target)
            (folder / manifest.NAME).replace(target.with_name(f"{target.name}.{manifest.NAME}"))
    return written


def write_folder(
    database: Database,
    wanted: Recipe,
    target: Path,
    *,
    as_of: AsOf | None = None,
    hold_out: HoldOut | None = None,
    on_progress: OnProgress | None = None,
) -> Manifest:
    """Write a dataset as a folder with `manifest.json`. It appears only when it is whole.

    An earlier dataset in its place is replaced; any other folder that holds something is left alone.

    Raises:
        UnknownFormat, UnknownFilterValue, InvalidRequest: the recipe makes no sense here.
        DiskFull, Prerequisite: the folder can't be written; what was there before is still there.
    """
    _checked(database, wanted, as_of)
    with _explained(target):
        if target.is_dir() and any(target.iterdir()) and not (target / manifest.NAME).is_file():
            raise Prerequisite(f"{target} holds something else. Give a new folder, or one of an earlier export.")
        with _scratch(target) as folder:
            written = _write(database, wanted, folder, as_of, hold_out, on_progress)
            _put_in_place(folder, target)
    return written


def _put_in_place(folder: Path, target: Path) -> None:
    old = folder.with_name(folder.name + ".old")
    if target.exists():
        target.replace(old)
    try:
        folder.replace(target)
    except OSError:
        if old.exists():
            old.replace(target)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _checked(database: Database, wanted: Recipe, as_of: AsOf | None) -> Exporter:
    recipe.check(wanted)
    exporter = exporters.choose(wanted.format)
    if as_of and isinstance(exporter, RecordExporter) and not exporter.only_decided:
        raise InvalidRequest(f"{wanted.format} moves the desk as it is now; for an earlier state, restore a backup.")
    with database.read() as connection:
        selection.check(connection, wanted.filter)
    return exporter


def _stream(
    database: Database, exporter: Exporter, wanted: Recipe, as_of: AsOf | None, split: Split | None
) -> Iterator[bytes]:
    buffer, is_first = bytearray(), True
    held = recipe.hold_out(database)
    with database.read() as connection:
        for one in rows(connection, wanted, held, DeskState(as_of), Tallies()):
            if split and one.split != split:
                continue
            is_csv = exporter.encoding == "csv"
            buffer += encoding.csv_line(one.row, is_first=is_first) if is_csv else encoding.line(one.row)
            is_first = False
            if len(buffer) >= CHUNK_BYTES:
                yield bytes(buffer)
                buffer.clear()
    if buffer:
        yield bytes(buffer)


def _write(
    database: Database,
    wanted: Recipe,
    folder: Path,
    as_of: AsOf | None,
    hold_out: HoldOut | None,
    on_progress: OnProgress | None,
    single: str | None = None,
) -> Manifest:
    """All the dataset's files, on the disk, the manifest last."""
    exporter = exporters.choose(wanted.format)
    held = hold_out or recipe.hold_out(database)
    with database.read() as connection:
        state = as_of or present(connection)
        tallies = Tallies()
        files = _Files(folder, exporter, single)
        try:
            for one in rows(connection, wanted, held, DeskState(as_of), tallies):
                files.add(one)
                if on_progress and tallies.rows % 1_000 == 0:
                    on_progress(tallies.rows)
        finally:
            files.close()
        written = files.parts(wanted)
        if not isinstance(exporter, RecordExporter):
            for name, content in exporter.companions(written).items():
                (folder / name).write_bytes(content)
        described = _describe(folder, connection, wanted, held, state, tallies, written)
    path = folder / manifest.NAME
    path.write_bytes(msgspec.json.format(msgspec.json.encode(described), indent=2) + b"\n")
    for file in [*folder.rglob("*"), folder]:
        _sync(file)
    return described


def _describe(
    folder: Path,
    connection: Connection,
    wanted: Recipe,
    hold_out: HoldOut,
    state: AsOf,
    tallies: Tallies,
    written: list[WrittenPart],
) -> Manifest:
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    counts = {one.file: one for one in written}
    files = [manifest.describe(path, folder, counts.get(path.relative_to(folder).as_posix())) for path in paths]
    return Manifest(
        avocet_version=__version__,
        recipe=wanted,
        hold_out=hold_out,
        as_of=state,
        read=tallies.read,
        rows=tallies.rows,
        left_out=dict(sorted(tallies.left_out.items())),
        by_category=manifest.in_order(tallies.by_category),
        runs=manifest.source_runs(connection, tallies.by_run),
        items={task: sorted(items) for task, items in sorted(tallies.items.items())},
        rows_without_item=tallies.without_item,
        files=files,
    )


class _Files:
    """The dataset's data files, opened when their first row comes."""

    def __init__(self, folder: Path, exporter: Exporter, single: str | None) -> None:
        self._folder = folder
        self._exporter = exporter
        self._single = single
        self._open: dict[tuple[str, Split | None], RowFile] = {}
        self._meta: dict[tuple[str, Split | None], RowFile] = {}

    def add(self, one: OutRow) -> None:
        key = (one.part, one.split)
        if key not in self._open:
            self._begin(*key)
        self._open[key].add(one.row)
        if key in self._meta and one.example:
            self._meta[key].add(exporters.provenance(one.example))

    def close(self) -> None:
        for file in (*self._open.values(), *self._meta.values()):
            file.close()

    def parts(self, wanted: Recipe) -> list[WrittenPart]:
        """What was written; a split that got no row has an empty file, so that no one looks for it."""
        parts = {part for part, _ in self._open} or {""}
        if not isinstance(self._exporter, RecordExporter) and not self._exporter.is_folder:
            for key in [(part, split) for part in parts for split in (SPLITS if wanted.splits else (None,))]:
                if key not in self._open and self._exporter.encoding != "parquet" and _has_share(wanted, key[1]):
                    self._begin(*key)
                    self._open[key].close()
        elif isinstance(self._exporter, RecordExporter) and not self._open:
            self._begin("", None)
            self._open["", None].close()
        keys = sorted(self._open, key=lambda key: (key[0], SPLITS.index(key[1]) if key[1] else -1))
        return [
            WrittenPart(part, split, self._name(part, split), self._open[part, split].rows) for part, split in keys
        ]

    def _begin(self, part: str, split: Split | None) -> None:
        path = self._folder / self._name(part, split)
        self._open[part, split] = encoding.open_rows(path, self._exporter.encoding)
        if not isinstance(self._exporter, RecordExporter) and self._exporter.has_sidecar:
            meta = path.with_name(f"{path.stem}.meta.jsonl")
            self._meta[part, split] = encoding.open_rows(meta, "jsonl")

    def _name(self, part: str, split: Split | None) -> str:
        if self._single is not None:
            return self._single
        if isinstance(self._exporter, RecordExporter):
            return "data" + _SUFFIXES[self._exporter.encoding]
        return self._exporter.file(part, split)


def _has_share(wanted: Recipe, split: Split | None) -> bool:
    return split is None or wanted.splits is None or getattr(wanted.splits, split) > 0


@contextmanager
def _scratch(target: Path) -> Iterator[Path]:
    """A folder beside the target, on the same disk, that is gone at the end."""
    folder = target.absolute().with_name(f".{target.absolute().name}.{os.getpid()}.part")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _explained(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise DiskFull(f"The disk is full: {target} was not written.") from None
        raise Prerequisite(f"{target} can't be written: {error.strerror}.") from None


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        # not every file system syncs a folder
        with suppress(OSError):
            os.fsync(descriptor)
    finally:
        os.close(descriptor)
