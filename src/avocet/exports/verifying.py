"""Check that a dataset is still what its manifest says, and that the desk still makes the same."""

from __future__ import annotations

import tempfile
from pathlib import Path

import msgspec

from avocet import __version__, exporters
from avocet.db import Database
from avocet.errors import AvocetError, Prerequisite
from avocet.exporters import Exporter
from avocet.exports import manifest
from avocet.exports.made import check_can_be_again, wanted_again
from avocet.exports.manifest import DataFile, Manifest, SourceRun
from avocet.exports.rows import exporter_revision
from avocet.exports.writing import mended, or_pyarrow, write_file, write_folder


class Verified(msgspec.Struct, frozen=True):
    """The result of a check. `problems` are sentences, empty if all is well."""

    files: int
    rows: int
    against_desk: bool
    problems: list[str]


def verify(path: Path, database: Database | None = None) -> Verified:
    """Check a dataset (its folder, or its file) against its manifest and, with a desk, against its decisions.

    Raises:
        Prerequisite: there is no dataset, or no readable manifest.
    """
    folder, manifest_path = _places(path)
    if not path.exists() and not manifest_path.exists():
        raise Prerequisite(f"There is no dataset at {path}.")
    stored = _read(manifest_path)
    problems = _check_files(folder, stored, only_listed=path.is_file())
    if database is None:
        return Verified(len(stored.files), stored.rows, False, problems)
    exporter = exporters.choose(stored.recipe.format)
    # whole records hold the desk of that moment, which only a backup brings back
    if exporter.is_kept:
        problems += _check_desk(database, exporter, stored, is_file=manifest_path.name != manifest.NAME)
    return Verified(len(stored.files), stored.rows, exporter.is_kept, problems)


def manifest_of(path: Path) -> Manifest:
    """The manifest of a dataset: of its folder or its file, or the manifest itself.

    Raises:
        Prerequisite: there is no readable manifest.
    """
    return _read(manifest_place(path))


def manifest_place(path: Path) -> Path:
    """Where the manifest of a dataset is: in its folder, or beside its file."""
    return _places(path)[1]


def _places(path: Path) -> tuple[Path, Path]:
    if path.is_dir():
        return path, path / manifest.NAME
    if path.name == manifest.NAME:
        return path.parent, path
    name = path.name.removesuffix(f".{manifest.NAME}")
    return path.parent, path.with_name(f"{name}.{manifest.NAME}")


def _read(path: Path) -> Manifest:
    try:
        return manifest.decode(path.read_bytes())
    except OSError as error:
        raise Prerequisite(f"The manifest {path} can't be read: {error.strerror}.") from None
    except msgspec.DecodeError as error:
        raise Prerequisite(f"{path} isn't a manifest of an export: {error}.") from None


def _check_files(folder: Path, stored: Manifest, *, only_listed: bool) -> list[str]:
    problems = []
    for file in stored.files:
        path = folder / file.name
        if not path.is_file():
            problems.append(f"{file.name} is missing.")
        elif (now := _describe(path, folder)) is None:
            problems.append(f"{file.name} can't be read.")
        elif now.sha256 != file.sha256:
            problems.append(f"{file.name} was changed after it was written.")
    if not only_listed:
        known = {file.name for file in stored.files} | {manifest.NAME}
        found = (path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*")) if path.is_file())
        problems += [f"{name} is no part of the dataset." for name in found if name not in known]
    return problems


def _describe(path: Path, folder: Path) -> DataFile | None:
    try:
        return manifest.describe(path, folder, None)
    except OSError:
        return None


def _check_desk(database: Database, exporter: Exporter, stored: Manifest, *, is_file: bool) -> list[str]:
    """Make the dataset again and compare: sentences, empty if nothing differs."""
    # a dataset of one file is made under its own name; the name of a folder does not matter
    name = stored.files[0].name if is_file else "dataset"
    with tempfile.TemporaryDirectory() as scratch:
        try:
            check_can_be_again(exporter, stored)
            write_one = write_file if is_file else write_folder
            made = write_one(
                database,
                wanted_again(stored),
                Path(scratch) / Path(name).name,
                exporter=exporter,
                as_of=stored.as_of,
                hold_out=stored.hold_out,
            )
        except AvocetError as error:
            return [f"The desk can't make it again: {error.detail}"]
    if made.files != stored.files:
        if stored.revision != exporter_revision(exporter):
            return [mended(exporter, stored)]
        if stored.avocet_version != __version__:
            by = f"it was written by version {stored.avocet_version}{or_pyarrow(exporter)}"
            return [f"The desk makes another dataset now; {by}."]
        up_to = f"The desk's decisions up to number {stored.as_of.decision} say something else{or_pyarrow(exporter)}"
        return [f"{up_to}: is it the same desk?"]
    # a run's file may have been imported once more since, under another hash
    if _without_hashes(exporter, made, stored) != _without_hashes(exporter, stored, stored):
        return ["The manifest says something else than the desk: it was changed after it was written."]
    return []


def _without_hashes(exporter: Exporter, one: Manifest, stored: Manifest) -> Manifest:
    runs = [SourceRun(run.run_id, None, run.candidates) for run in one.runs]
    bare = msgspec.structs.replace(one, runs=runs, avocet_version="", recipe=stored.recipe)
    if stored.revision == exporter_revision(exporter):
        return bare
    # an earlier revision recorded less, and counted by other reasons
    return msgspec.structs.replace(
        bare, left_out={}, left_out_ids={}, by_split={}, contradictory=0, warnings=[], revision=stored.revision
    )
