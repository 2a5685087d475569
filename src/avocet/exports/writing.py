"""Export: decided candidates become a file or a folder, whole or not at all, from one state of the desk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from avocet import exporters
from avocet.db import Database
from avocet.errors import InvalidRequest
from avocet.exporters import Exporter, RecordExporter
from avocet.exporters.base import Split
from avocet.exports import encoding, manifest, placing, recipe, selection
from avocet.exports.files import SUFFIXES, DatasetFiles
from avocet.exports.manifest import Manifest
from avocet.exports.recipe import HoldOut, Recipe
from avocet.exports.rows import Tallies, rows
from avocet.exports.state import AsOf, DeskState, present

CHUNK_BYTES = 256 * 1024
ROWS_A_STEP = 1_000

OnProgress = Callable[[int], None]


def stream(
    database: Database,
    wanted: Recipe,
    as_of: AsOf | None = None,
    split: Split | None = None,
    tallies: Tallies | None = None,
) -> Iterator[bytes]:
    """A dataset of one text file, or one split of it, in chunks. Checks before the first; empty when nothing matches.

    `tallies` is given back filled, once the last chunk is taken.

    Raises:
        UnknownFormat, UnknownFilterValue, InvalidRequest: the recipe makes no sense here.
    """
    exporter = checked(database, wanted, as_of)
    if split and not wanted.splits:
        raise InvalidRequest("To take one split, say the shares: the recipe has none.")
    if is_several(exporter, msgspec.structs.replace(wanted, splits=None) if split else wanted):
        raise InvalidRequest(f"{wanted.format} makes several files here: give a folder to write them to.")
    return _stream(database, exporter, wanted, as_of, split, tallies or Tallies())


def is_several(exporter: Exporter, wanted: Recipe) -> bool:
    """Whether a recipe makes more than one text file."""
    if isinstance(exporter, RecordExporter):
        return False
    return bool(exporter.is_folder or exporter.has_sidecar or wanted.splits or exporter.encoding == "parquet")


def file_name(wanted: Recipe) -> str:
    """The name a dataset is offered under: `avocet_sft_20261122T180328Z.jsonl`."""
    exporter = exporters.choose(wanted.format)
    ending = ".zip" if is_several(exporter, wanted) else SUFFIXES[exporter.encoding]
    return f"avocet_{wanted.format}_{datetime.now(UTC):%Y%m%dT%H%M%SZ}{ending}"


def write_file(
    database: Database,
    wanted: Recipe,
    target: Path,
    *,
    as_of: AsOf | None = None,
    hold_out: HoldOut | None = None,
    on_progress: OnProgress | None = None,
    overwrite: bool = False,
) -> Manifest:
    """Write a dataset of one file, and `FILE.manifest.json` beside it. Each appears only when it is whole.

    What is there already is replaced if it is an earlier export, as it was written, or with `overwrite`.

    Raises:
        UnknownFormat, UnknownFilterValue, InvalidRequest: the recipe makes no sense here.
        DiskFull, Prerequisite: the file can't be written; what was there before is still there.
    """
    if is_several(checked(database, wanted, as_of), wanted):
        raise InvalidRequest(f"{wanted.format} makes several files: give a folder.")
    with placing.beside(target) as folder:
        placing.check_file(target, overwrite=overwrite)
        written = _write(database, wanted, folder, as_of, hold_out, on_progress, single=target.name)
        placing.place_file(folder, target)
    return written


def write_folder(
    database: Database,
    wanted: Recipe,
    target: Path,
    *,
    as_of: AsOf | None = None,
    hold_out: HoldOut | None = None,
    on_progress: OnProgress | None = None,
    overwrite: bool = False,
) -> Manifest:
    """Write a dataset as a folder with `manifest.json`. It appears only when it is whole.

    An earlier dataset in its place is replaced, one that was changed since only with `overwrite`; any other folder
    that holds something is left alone.

    Raises:
        UnknownFormat, UnknownFilterValue, InvalidRequest: the recipe makes no sense here.
        DiskFull, Prerequisite: the folder can't be written; what was there before is still there.
    """
    checked(database, wanted, as_of)
    with placing.beside(target) as folder:
        placing.check_folder(target, overwrite=overwrite)
        written = _write(database, wanted, folder, as_of, hold_out, on_progress)
        placing.place_folder(folder, target)
    return written


def write(
    database: Database,
    wanted: Recipe,
    target: Path,
    *,
    as_of: AsOf | None = None,
    hold_out: HoldOut | None = None,
    on_progress: OnProgress | None = None,
    overwrite: bool = False,
) -> Manifest:
    """Write a dataset as a file or as a folder, whichever its format is."""
    several = is_several(exporters.choose(wanted.format), wanted)
    write_one = write_folder if several else write_file
    return write_one(
        database, wanted, target, as_of=as_of, hold_out=hold_out, on_progress=on_progress, overwrite=overwrite
    )


def checked(database: Database, wanted: Recipe, as_of: AsOf | None) -> Exporter:
    """The exporter of a recipe that makes sense here.

    Raises:
        UnknownFormat, UnknownFilterValue, InvalidRequest: it does not.
    """
    recipe.check(wanted)
    exporter = exporters.choose(wanted.format)
    if as_of and isinstance(exporter, RecordExporter) and not exporter.only_decided:
        raise InvalidRequest(f"{wanted.format} moves the desk as it is now; for an earlier state, restore a backup.")
    with database.read() as connection:
        selection.check(connection, wanted.filter, of_now=as_of is None)
        if as_of and as_of.decision > (newest := present(connection).decision):
            raise InvalidRequest(f"There is no decision {as_of.decision} yet; the newest is {newest}.")
    return exporter


def _stream(
    database: Database,
    exporter: Exporter,
    wanted: Recipe,
    as_of: AsOf | None,
    split: Split | None,
    tallies: Tallies,
) -> Iterator[bytes]:
    buffer, is_first = bytearray(), True
    held = recipe.hold_out(database)
    with database.read() as connection:
        for one in rows(connection, wanted, held, DeskState(as_of), tallies):
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
    """All the dataset's files, the manifest last."""
    exporter = exporters.choose(wanted.format)
    held = hold_out or recipe.hold_out(database)
    with database.read() as connection:
        state = as_of or present(connection)
        tallies = Tallies()
        with DatasetFiles(folder, wanted, single) as files:
            for number, one in enumerate(rows(connection, wanted, held, DeskState(as_of), tallies), start=1):
                files.add(one)
                if on_progress and number % ROWS_A_STEP == 0:
                    on_progress(number)
            written = files.finish()
        if on_progress:
            on_progress(tallies.rows)
        if not isinstance(exporter, RecordExporter):
            for name, content in exporter.companions(written).items():
                (folder / name).write_bytes(content)
        described = manifest.make(connection, folder, wanted, held, state, tallies, written)
    path = folder / manifest.NAME
    path.write_bytes(msgspec.json.format(msgspec.json.encode(described), indent=2) + b"\n")
    return described
