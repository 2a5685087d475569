"""Export: decided candidates become a file or a folder, whole or not at all, from one state of the desk."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TypedDict, Unpack

import msgspec

from avocet import exporters
from avocet.db import Database
from avocet.disk import pretty
from avocet.errors import InvalidRequest
from avocet.exporters import Exporter
from avocet.exporters.base import Split
from avocet.exports import card, encoding, manifest, placing, recipe, selection, tagging
from avocet.exports.facts import Facts
from avocet.exports.files import SUFFIXES, DatasetFiles
from avocet.exports.manifest import Manifest
from avocet.exports.recipe import HoldOut, Recipe
from avocet.exports.rows import exporter_revision, rows
from avocet.exports.state import AsOf, DeskState, present
from avocet.exports.tallies import Tallies

CHUNK_BYTES = 256 * 1024
ROWS_A_STEP = 1_000
FILE_ENDINGS = frozenset({".csv", ".json", ".jsonl", ".md", ".ndjson", ".parquet", ".tsv", ".txt", ".yaml", ".zip"})
"""A target with one of these endings is meant to be a file."""

OnProgress = Callable[[int], None]


def stream(
    database: Database,
    wanted: Recipe,
    as_of: AsOf | None = None,
    split: Split | None = None,
    tallies: Tallies | None = None,
    scratch: Path | None = None,
    exporter: Exporter | None = None,
) -> Iterator[bytes]:
    """A dataset of one text file, or one split of it, in chunks; no chunk if nothing matches.

    The recipe is checked at once. `tallies` is filled by the time the last chunk is read. Training rows are collected
    in `scratch`, or in the system's temporary folder, before the first chunk: a late row may have to come first.
    `exporter` is the recipe's, if it was chosen already.

    Raises:
        UnknownFormat, UnknownFilterValue, InvalidRequest: the recipe makes no sense here.
        DiskFull, Prerequisite: with the first chunk, if `scratch` can't be written.
    """
    exporter = exporter or exporters.choose(wanted.format)
    check(database, exporter, wanted, as_of)
    if split and not wanted.splits:
        raise InvalidRequest("To take one split, say the shares: the recipe has none.")
    if is_several(exporter, msgspec.structs.replace(wanted, splits=None) if split else wanted):
        raise InvalidRequest(f"{wanted.format} makes several files here: give a folder to write them to.")
    tallies = tallies or Tallies()
    if not exporter.is_training:
        return _stream_records(database, exporter, wanted, as_of, tallies)
    return _stream_examples(database, exporter, wanted, as_of, split, tallies, scratch)


def is_several(exporter: Exporter, wanted: Recipe) -> bool:
    """Whether a recipe makes more than one text file."""
    return bool(exporter.is_folder or exporter.has_sidecar or wanted.splits or exporter.encoding == "parquet")


def file_name(exporter: Exporter, wanted: Recipe) -> str:
    """The name a dataset is offered under: `avocet_sft_20261122T180328Z.jsonl`."""
    ending = ".zip" if is_several(exporter, wanted) else SUFFIXES[exporter.encoding]
    return f"avocet_{wanted.format}_{datetime.now(UTC):%Y%m%dT%H%M%SZ}{ending}"


class Options(TypedDict, total=False):
    """How a dataset is written, apart from its recipe and its target.

    `exporter` is the recipe's, if it was chosen already. Nothing appears that differs from `like`, the dataset to
    make again. `overwrite` also replaces a target that isn't an earlier export as it was written.
    """

    exporter: Exporter
    as_of: AsOf | None
    hold_out: HoldOut | None
    on_progress: OnProgress | None
    like: Manifest | None
    overwrite: bool


def write_file(database: Database, wanted: Recipe, target: Path, **options: Unpack[Options]) -> Manifest:
    """Write a dataset of one file, and `FILE.manifest.json` beside it. Each appears only once it is whole.

    A format with a sidecar writes `FILE.meta.jsonl` too. What is there already is replaced if it is an earlier
    export, as it was written.

    Raises:
        UnknownFormat, UnknownFilterValue, InvalidRequest: the recipe makes no sense here, or the dataset differs
            from `like`.
        DiskFull, Prerequisite: the file can't be written; what was there before is still there.
    """
    exporter = _checked(database, wanted, options)
    overwrite = options.get("overwrite", False)
    if not can_be_file(exporter, wanted):
        raise InvalidRequest(f"{wanted.format} makes several files: give a folder.")
    with placing.beside(target) as folder:
        placing.check_file(target, overwrite=overwrite)
        written = _write(database, exporter, wanted, folder, options, single=target.name)
        check_alike(exporter, written, options.get("like"))
        placing.place_file(folder, target, overwrite=overwrite)
    return written


def write_folder(database: Database, wanted: Recipe, target: Path, **options: Unpack[Options]) -> Manifest:
    """Write a dataset as a folder with `manifest.json`. It appears only once it is whole.

    An earlier dataset in its place is replaced, one that was changed since only with `overwrite`; any other folder
    that holds something is left alone.

    Raises:
        UnknownFormat, UnknownFilterValue, InvalidRequest: the recipe makes no sense here.
        DiskFull, Prerequisite: the folder can't be written; what was there before is still there.
    """
    exporter = _checked(database, wanted, options)
    with placing.beside(target) as folder:
        placing.check_folder(target, overwrite=options.get("overwrite", False))
        written = _write(database, exporter, wanted, folder, options)
        check_alike(exporter, written, options.get("like"))
        placing.place_folder(folder, target)
    return written


def write(database: Database, wanted: Recipe, target: Path, **options: Unpack[Options]) -> Manifest:
    """Write a dataset as a file or as a folder, whichever its format is; if it can be both, the name decides."""
    options["exporter"] = exporter = options.get("exporter") or exporters.choose(wanted.format)
    write_one = write_file if writes_file(exporter, wanted, target) else write_folder
    return write_one(database, wanted, target, **options)


def writes_file(exporter: Exporter, wanted: Recipe, target: Path) -> bool:
    """Whether a target becomes a file.

    Raises:
        InvalidRequest: it has a file's name, and the dataset is a folder of several.
    """
    recipe.check(exporter, wanted)
    if not is_several(exporter, wanted):
        return True
    if target.suffix.lower() not in FILE_ENDINGS or target.is_dir():
        return False
    if not can_be_file(exporter, wanted):
        several = "with a split makes" if wanted.splits else "makes"
        raise InvalidRequest(
            f"{wanted.format} {several} several files, and {target.name} is a file's name. "
            f"Name a folder, such as {target.with_suffix('')}."
        )
    return True


def can_be_file(exporter: Exporter, wanted: Recipe) -> bool:
    """Whether a recipe makes one file of rows, with nothing but a sidecar beside it."""
    return not (exporter.is_folder or wanted.splits)


def check_alike(exporter: Exporter, written: Manifest, like: Manifest | None) -> None:
    """Refuse a dataset that differs from `like`, which was to be made again.

    Raises:
        InvalidRequest: the files differ; the error names both revisions of the format if those differ too.
    """
    if like is None or _contents(written) == _contents(like):
        return
    if like.revision != exporter_revision(exporter):
        raise InvalidRequest(mended(exporter, like))
    raise InvalidRequest(
        f"The desk's decisions up to number {like.as_of.decision} make another dataset now{or_pyarrow(exporter)}. "
        "Nothing was written."
    )


def or_pyarrow(exporter: Exporter) -> str:
    """One more reason for other bytes: those of Parquet depend on the release of the library."""
    return ", or another release of pyarrow wrote it" if exporter.encoding == "parquet" else ""


def mended(exporter: Exporter, like: Manifest) -> str:
    """Why a dataset of an earlier revision can't be made again."""
    name, today = like.recipe.format, exporter_revision(exporter)
    return (
        f"This was written by revision {like.revision} of {name}, and some of its rows were mended since: revision "
        f"{today} makes another dataset. Nothing was written; export it anew for today's rows."
    )


def _contents(one: Manifest) -> list[tuple[str, str, str]]:
    return sorted((file.part or "", file.split or "", file.sha256) for file in one.files if file.rows is not None)


def check(database: Database, exporter: Exporter, wanted: Recipe, as_of: AsOf | None) -> None:
    """Refuse a recipe that makes no sense here.

    Raises:
        UnknownFilterValue, InvalidRequest: it makes none.
    """
    recipe.check(exporter, wanted)
    if as_of and not exporter.is_kept:
        raise InvalidRequest(f"{wanted.format} moves the desk as it is now; for an earlier state, restore a backup.")
    with database.read() as connection:
        selection.check(connection, wanted.filter, of_now=as_of is None)
        tagging.check(connection, wanted)
        if as_of and as_of.decision > (newest := present(connection).decision):
            raise InvalidRequest(f"There is no decision {as_of.decision} yet; the newest is {newest}.")


def _checked(database: Database, wanted: Recipe, options: Options) -> Exporter:
    exporter = options.get("exporter") or exporters.choose(wanted.format)
    check(database, exporter, wanted, options.get("as_of"))
    return exporter


def _stream_records(
    database: Database, exporter: Exporter, wanted: Recipe, as_of: AsOf | None, tallies: Tallies
) -> Iterator[bytes]:
    buffer, is_first = bytearray(), True
    is_csv = exporter.encoding == "csv"
    held = recipe.hold_out(database)
    with database.read() as connection:
        for one in rows(connection, exporter, wanted, held, DeskState(as_of), tallies):
            buffer += encoding.csv_line(one.row, is_first=is_first) if is_csv else encoding.line(one.row)
            is_first = False
            if len(buffer) >= CHUNK_BYTES:
                yield bytes(buffer)
                buffer.clear()
    if buffer:
        yield bytes(buffer)


def _stream_examples(
    database: Database,
    exporter: Exporter,
    wanted: Recipe,
    as_of: AsOf | None,
    split: Split | None,
    tallies: Tallies,
    scratch: Path | None,
) -> Iterator[bytes]:
    held = recipe.hold_out(database)
    place = scratch or Path(tempfile.gettempdir())
    with placing.disk_errors(place), encoding.SuitedLines(place) as lines:
        with database.read() as connection:
            for one in rows(connection, exporter, wanted, held, DeskState(as_of), tallies):
                if not split or one.split == split:
                    lines.add(one.row)
        yield from lines.chunks(CHUNK_BYTES)


def _write(
    database: Database, exporter: Exporter, wanted: Recipe, folder: Path, options: Options, single: str | None = None
) -> Manifest:
    """Write all files of a dataset, the manifest last."""
    as_of, on_progress = options.get("as_of"), options.get("on_progress")
    if wanted.revision is msgspec.UNSET:
        wanted = msgspec.structs.replace(wanted, revision=exporter_revision(exporter))
    held = options.get("hold_out") or recipe.hold_out(database)
    with database.read() as connection:
        state = as_of or present(connection)
        tallies, facts = Tallies(), Facts(exporter, wanted)
        with DatasetFiles(folder, exporter, wanted, single) as files:
            for number, one in enumerate(
                rows(connection, exporter, wanted, held, DeskState(as_of), tallies), start=1
            ):
                files.add(one, shows_type=facts.add(one))
                if on_progress and number % ROWS_A_STEP == 0:
                    on_progress(number)
            written = files.finish(tools_as_text=facts.mixes_tools)
        if on_progress:
            on_progress(tallies.rows)
        companions = exporter.companions(written)
        shapes = facts.shapes() if exporter.is_training and wanted.revision != 1 else {}
        if single is None and shapes:
            companions = {card.NAME: card.card(wanted.format, written, shapes), **companions}
        for name, content in companions.items():
            (folder / name).write_bytes(content)
        wanted = tagging.kept(wanted, tagging.names(connection, wanted), tallies.tag_numbers)
        described = manifest.make(connection, folder, wanted, held, state, tallies, written, facts)
    path = folder / manifest.NAME
    path.write_bytes(pretty(described))
    return described
