"""The dataset of a training: written from the desk by a recipe, or an existing one."""

from __future__ import annotations

import hashlib
from collections import Counter as Tally
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import msgspec

from avocet import exports
from avocet.db import Database
from avocet.errors import InvalidRequest, Prerequisite
from avocet.exports import Recipe, Splits, manifest, recipe
from avocet.exports.groups import group_of
from avocet.exports.manifest import Manifest
from avocet.training import rows
from avocet.training.config import FORMATS, TrainConfig
from avocet.training.rows import Row

FOLDER = "dataset"

OpenDesk = Callable[[], AbstractContextManager[Database]]


class Dataset(msgspec.Struct, kw_only=True):
    """Rows to train on and to measure on, and where they come from.

    `by_category` and `by_outcome` count the rows read (training and validation), `used_by_category` and
    `used_by_outcome` those that the filter left; `test_rows` are those of a test split, which is never looked at.
    `left_out` names the cards that can't be trained on, by reason; the manifest names those that the export left out.
    """

    path: str
    manifest_sha256: str | None
    train: list[Row]
    validation: list[Row]
    by_category: dict[str, int]
    used_by_category: dict[str, int]
    by_outcome: dict[str, int]
    used_by_outcome: dict[str, int]
    test_rows: int
    left_out: dict[str, list[str]] = {}


def write(config: TrainConfig, open_desk: OpenDesk, reviewer: str) -> Path:
    """The path of the dataset. That of a recipe is written first, once for a training and all its resumes.

    Raises:
        AvocetError: as for an export.
    """
    if config.dataset is not None:
        return Path(config.dataset).expanduser().absolute()
    target = Path(config.out) / FOLDER
    if not (target / manifest.NAME).is_file():
        with open_desk() as database:
            wanted = _wanted(recipe.read(database, config.recipe or ""), config)
            exports.make(database, wanted, target, reviewer=reviewer, recipe_name=config.recipe, as_folder=True)
    return target


def _wanted(saved: Recipe, config: TrainConfig) -> Recipe:
    """The recipe in the method's format, with a validation split if it has no split."""
    wanted = msgspec.structs.replace(saved, format=FORMATS[config.method][0])
    if saved.splits is None and config.validation:
        splits = Splits(train=1 - config.validation, validation=config.validation)
        wanted = msgspec.structs.replace(wanted, splits=splits)
    return wanted


def read(path: Path, config: TrainConfig) -> Dataset:
    """Read a dataset, and keep the rows that the configuration wants.

    Raises:
        Prerequisite: there is no dataset, or it isn't what its manifest says.
        InvalidRequest: the format is not the method's, rows have another shape, or none is left.
    """
    described = _manifest(path)
    if described is not None:
        _check(path, described, config)
    files = _files(path, described)
    outcome = _outcome(described)
    read_rows: dict[str, list[Row]] = {}
    left_out: dict[str, list[str]] = {}
    for split, found in files.items():
        for file in found:
            one = rows.read(file, config.method, outcome)
            read_rows.setdefault(split, []).extend(one.rows)
            for why, names in one.left_out.items() if split != "test" else ():
                left_out.setdefault(why, []).extend(names)
    test_rows = len(read_rows.get("test", []))
    train, validation = read_rows.get("train", []), read_rows.get("validation", [])
    chosen, measured = rows.choose(train, config), rows.choose(validation, config)
    used = [*chosen.rows, *measured.rows]
    by_category = Tally(chosen.by_category) + Tally(measured.by_category)
    if not chosen.rows:
        raise InvalidRequest(_nothing_left(rows.in_order(by_category), left_out))
    if not measured.rows and "validation" not in files and config.validation:
        chosen.rows, measured.rows = _split(chosen.rows, config.validation)
    return Dataset(
        path=str(path),
        manifest_sha256=_sha256(_manifest_path(path)) if described else None,
        train=chosen.rows,
        validation=measured.rows,
        by_category=rows.in_order(by_category),
        used_by_category=rows.count(used, rows.category_of),
        by_outcome=rows.in_order(Tally(chosen.by_outcome) + Tally(measured.by_outcome)),
        used_by_outcome=rows.count(used, rows.outcome_of),
        test_rows=test_rows,
        left_out=left_out,
    )


def _nothing_left(by_category: dict[str, int], left_out: dict[str, list[str]]) -> str:
    if not by_category:
        reasons = "".join(f" Left out {len(names):,}: {why}" for why, names in left_out.items())
        return f"The dataset has no rows to train on.{reasons}"
    listed = ", ".join(f"{name} {count:,}" for name, count in by_category.items())
    return f"The chosen categories leave no row to train on. The dataset has: {listed}."


def _split(all_rows: list[Row], share: float) -> tuple[list[Row], list[Row]]:
    """Split rows into training and validation by prompt, so that no prompt is in both; the same every time."""
    train: list[Row] = []
    validation: list[Row] = []
    for row in all_rows:
        group = group_of(None, None, msgspec.json.encode(row.value["prompt"]))
        (validation if recipe.fraction("validation", group) < share else train).append(row)
    return (train, validation) if train else (all_rows, [])


def _manifest_path(path: Path) -> Path:
    return path / manifest.NAME if path.is_dir() else path.with_name(f"{path.name}.{manifest.NAME}")


def _manifest(path: Path) -> Manifest | None:
    """The manifest of a dataset; None for a single file of rows that never had one."""
    place = _manifest_path(path)
    if not path.exists():
        raise Prerequisite(f"There is no dataset at {path}.")
    if path.is_file() and not place.is_file():
        return None
    try:
        return manifest.decode(place.read_bytes())
    except OSError as error:
        raise Prerequisite(f"{path} isn't a dataset: {place.name} can't be read ({error.strerror}).") from None
    except msgspec.DecodeError as error:
        raise Prerequisite(f"{place} isn't a manifest of an export: {error}.") from None


def _outcome(described: Manifest | None) -> str:
    """The outcome of rows that tell none themselves: without passes, a recipe takes one outcome."""
    if described is None or described.recipe.passes:
        return rows.NOT_SAID
    wanted = described.recipe.filter.outcome or "failed"
    return rows.NOT_SAID if wanted == "any" else wanted


def _check(path: Path, described: Manifest, config: TrainConfig) -> None:
    if described.recipe.format not in FORMATS[config.method]:
        wanted = " or ".join(FORMATS[config.method])
        raise InvalidRequest(
            f"{config.method} trains on {wanted}; {path} was exported as {described.recipe.format}. Export it anew."
        )
    if problems := exports.verify(path).problems:
        raise Prerequisite(f"{path} isn't what its manifest says. {problems[0]}")


def _files(path: Path, described: Manifest | None) -> dict[str, list[Path]]:
    if described is None or path.is_file():
        return {"train": [path]}
    files: dict[str, list[Path]] = {}
    for file in described.files:
        if file.rows is not None:
            files.setdefault(file.split or "train", []).append(path / file.name)
    return files


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
