"""What a side's model was trained on: told by its run's folder, by a training of its name, or by a person."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Literal, NamedTuple

import msgspec
from sqlalchemy import Connection, select

from avocet.benching.folder import read_head
from avocet.comparing.sides import Found
from avocet.db import Database
from avocet.errors import AvocetError, InvalidRequest
from avocet.exports import made
from avocet.exports.manifest import Manifest
from avocet.exports.verifying import manifest_of, manifest_place
from avocet.models import Run
from avocet.training import claiming, dataset, report, summary
from avocet.training.config import TrainConfig

How = Literal["run", "name", "given"]
"""What says so: the folder of the run, a training of the model's name, or a person."""
_PARTS = {claiming.ADAPTER, claiming.MERGED, claiming.CHECKPOINTS}
# avocet bench calls an adapter by its folder, and every training has one of this name
_NAMELESS = {claiming.ADAPTER, ""}

_NUMBER = re.compile("[0-9]{1,20}")
_CANNOT_TELL = "which items it was trained on can't be told"


class Sources(msgspec.Struct, frozen=True, kw_only=True):
    """Where to look for what the sides were trained on.

    `trainings` is the folder of the desk's own. `before` and `after` were named by a person: an export's number, the
    name of one of these trainings or, with `has_paths`, the path of a training, a dataset or its manifest.
    """

    trainings: Path | None = None
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    has_paths: bool = True


class Dataset(NamedTuple):
    """A dataset that a model was trained on; `name` is what sentences call it."""

    name: str
    how: How
    manifest: Manifest


class TrainedOn(NamedTuple):
    """The datasets of a side that are known, and sentences about trainings whose dataset can't be read."""

    datasets: list[Dataset]
    unread: list[str]


NOTHING_KNOWN = TrainedOn([], [])


def told_by_person(database: Database, names: Sequence[str], sources: Sources) -> TrainedOn:
    """What a person says that a side was trained on.

    Raises:
        InvalidRequest: a name is of nothing.
        UnknownExport: a number is of no export.
        Prerequisite: there is no manifest, or it can't be read.
    """
    return _joined([_named(database, name, sources) for name in dict.fromkeys(names)])


def told_by_run(connection: Connection, side: Found, sources: Sources) -> TrainedOn:
    """What can be told of a side: by the adapter and base of its run, else by a training of its model's name."""
    folders = [folder for path in _models_of(connection, side.run_pk) if (folder := _training_of(path))]
    if folders:
        return _joined([_of_training(folder, "run") for folder in dict.fromkeys(folders)])
    name = side.side.model_name.rpartition(" + ")[2].rpartition("/")[2]
    folder = None if name in _NAMELESS else _own_training(name, sources)
    return _of_training(folder, "name") if folder else NOTHING_KNOWN


def both(said: TrainedOn, seen: TrainedOn) -> TrainedOn:
    """What a person said and what was found; a dataset of both counts once, as the person named it."""
    known = [one.manifest for one in said.datasets]
    others = [one for one in seen.datasets if one.manifest not in known]
    return TrainedOn([*said.datasets, *others], [*said.unread, *seen.unread])


def _named(database: Database, name: str, sources: Sources) -> TrainedOn:
    if _NUMBER.fullmatch(name):
        return TrainedOn([Dataset(f"export {int(name)}", "given", made.read(database, int(name)).manifest)], [])
    path = _existing(name) if sources.has_paths else None
    if path:
        if folder := _training_of(path.resolve()):
            return _of_training(folder, "given")
        return TrainedOn([Dataset(name, "given", manifest_of(path))], [])
    if folder := _own_training(name, sources):
        return _of_training(folder, "given")
    others = ", or the path of a training, a dataset or its manifest" if sources.has_paths else ""
    raise InvalidRequest(
        f"{name!r:.200} is nothing that a model was trained on. Give the number of an export, the name of a training "
        f"of this desk{others}."
    )


def _existing(name: str) -> Path | None:
    """The path that a name is, if something is there; a name may be too long for one, or name nobody's home."""
    try:
        path = Path(name).expanduser()
        return path if path.exists() else None
    except (OSError, RuntimeError):
        return None


def _own_training(name: str, sources: Sources) -> Path | None:
    """The desk's training of a name; the name comes from outside, so that it is looked for and not put in a path."""
    folders = sources.trainings.iterdir() if sources.trainings and sources.trainings.is_dir() else ()
    return next((folder for folder in folders if folder.name == name and summary.config(folder)), None)


def _models_of(connection: Connection, run_pk: int) -> Iterator[Path]:
    """The adapter and the base of a run of `avocet bench`, if its folder still holds what was imported."""
    path, sha256 = connection.execute(select(Run.path, Run.sha256).where(Run.pk == run_pk)).one()
    place = Path(path or "")
    try:
        head = read_head(place.parent) if place.is_absolute() else None
        # a folder that was begun anew holds another run
        if head is None or sha256 != _sha256(place):
            return
    except (AvocetError, OSError):
        return
    for setting in ("--adapter", "--base"):
        value = head.settings.get(setting)
        # the folder may come from anywhere, and no path holds a NUL
        if isinstance(value, str) and "\0" not in value and Path(value).is_absolute():
            yield Path(value)


def _training_of(path: Path) -> Path | None:
    """The training that an adapter or a merged model comes from, or that a folder is."""
    for folder in (path, *path.parents[:2]):
        inside = path.relative_to(folder).parts[:1]
        if (not inside or inside[0] in _PARTS) and summary.config(folder):
            return folder
    return None


def _of_training(folder: Path, how: How) -> TrainedOn:
    """What a training learned from: its own dataset, and those of the trainings that made its base."""
    datasets: list[Dataset] = []
    unread: list[str] = []
    seen: set[Path] = set()
    at: Path | None = folder
    while at is not None and at not in seen and (config := summary.config(at)):
        seen.add(at)
        if manifest := _manifest(at, config):
            datasets.append(Dataset(f"the training {at.name}", how, manifest))
        else:
            unread.append(f"Of the training {at.name} there is no manifest as it was: {_CANNOT_TELL}.")
        base = Path(config.base)
        at = _training_of(base) if base.is_absolute() and "\0" not in config.base else None
    return TrainedOn(datasets, unread)


class _Report(msgspec.Struct):
    """The one fact of a training's report that is needed here."""

    manifest_sha256: str | None


def _manifest(folder: Path, config: TrainConfig) -> Manifest | None:
    """The manifest that a training was done on; None if it is gone or was changed since."""
    # a folder that was moved still has its own dataset
    places = [folder / dataset.FOLDER, *([Path(config.dataset)] if config.dataset else [])]
    place = manifest_place(next((place for place in places if place.exists()), places[-1]))
    try:
        told = (folder / report.JSON).read_bytes() if (folder / report.JSON).is_file() else None
        wanted = msgspec.json.decode(told, type=_Report).manifest_sha256 if told else None
        is_same = wanted is None or wanted == _sha256(place)
        return manifest_of(place) if is_same else None
    except (AvocetError, OSError, ValueError, msgspec.DecodeError):
        return None


def _sha256(file: Path) -> str:
    """Remembered until the file changes: a comparison is made again after each decision.

    Raises:
        OSError: it can't be read.
    """
    found = file.stat()
    return _digest(file, found.st_size, found.st_mtime_ns)


@lru_cache(maxsize=64)
def _digest(file: Path, _size: int, _mtime_ns: int) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _joined(parts: Sequence[TrainedOn]) -> TrainedOn:
    joined = NOTHING_KNOWN
    for part in parts:
        joined = both(joined, part)
    return joined
