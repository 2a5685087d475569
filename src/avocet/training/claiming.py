"""Claim a folder for one training, and for nothing else."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import msgspec

from avocet.db import targets
from avocet.disk import pretty, write_whole
from avocet.errors import InvalidRequest, Prerequisite
from avocet.training import dataset, progress, report, to_ask
from avocet.training.config import TrainConfig

CONFIG = "training_config.json"
ADAPTER = "adapter"
MERGED = "merged"
CHECKPOINTS = "checkpoints"
# what a training may leave in its folder, with the files of the desk that started it
MADE = frozenset(
    {
        CONFIG,
        ADAPTER,
        MERGED,
        CHECKPOINTS,
        dataset.FOLDER,
        to_ask.FILE,
        progress.STATE,
        progress.POINTS,
        report.JSON,
        report.HTML,
        "process.json",
        "train.log",
    }
)


def claim(folder: Path, config: TrainConfig, *, fresh: bool, own: targets.Own | None = None) -> None:
    """Claim a folder for this training; `fresh` removes what an earlier one left there.

    Raises:
        InvalidRequest: the folder holds another training, or one that is done.
        Prerequisite: the folder holds something else, or belongs to the desk.
    """
    place = folder / CONFIG
    text = pretty(config)
    if place.is_file():
        known = _read(place)
        if fresh or (known != json.loads(text) and _was_refused(folder)):
            _clear(folder)
        elif differs := _differences(known, json.loads(text)):
            raise InvalidRequest(
                f"{folder} holds another training: {', '.join(differs)} differ. Give another --out, or --fresh."
            )
        elif (folder / report.JSON).is_file():
            raise InvalidRequest(f"The training in {folder} is done. Give another --out, or --fresh to do it again.")
        else:
            return
    elif own is not None:
        # not checked for a training of the desk: it lies in the data folder, and has its configuration already
        targets.check(folder, own)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Prerequisite(f"{folder} holds something else. Give a new folder.")
    folder.mkdir(parents=True, exist_ok=True)
    write_whole(place, text)


def _was_refused(folder: Path) -> bool:
    """Whether the training there failed before its first checkpoint: nothing of it is worth keeping."""
    state = progress.read_state(folder)
    if state is None or state.state != "failed" or state.step or any(folder.glob(f"{CHECKPOINTS}/checkpoint-*")):
        return False
    # a failed training removes its own dataset: one that is there was put there by somebody else
    return not (folder / dataset.FOLDER).exists()


def _read(place: Path) -> dict[str, Any]:
    try:
        known = json.loads(place.read_bytes())
    except (OSError, ValueError):
        known = None
    if not isinstance(known, dict) or not {"base", "out", "method"} <= set(known):
        raise Prerequisite(f"{place} is no configuration of a training. Give a new folder.")
    # a setting that came later had its default before
    return {**_defaults(), **known}


def _defaults() -> dict[str, Any]:
    fields = msgspec.structs.fields(TrainConfig)
    return {field.name: msgspec.to_builtins(field.default) for field in fields if not field.required}


def _clear(folder: Path) -> None:
    """Remove the folder of a training, unless something else is in it."""
    names = sorted(path.name for path in folder.iterdir())
    if strange := [name for name in names if name not in MADE and not name.startswith(".")]:
        raise Prerequisite(f"{folder / strange[0]} is no part of a training. Move it away, or give another --out.")
    shutil.rmtree(folder)


def _differences(was: dict[str, Any], wanted: dict[str, Any]) -> list[str]:
    # a longer training of the same kind is another one: its learning rate falls more slowly
    return [name for name in {**was, **wanted} if was.get(name) != wanted.get(name)]
