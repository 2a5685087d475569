"""A training as its files and its process show it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from avocet.errors import AlreadyTraining, Prerequisite
from avocet.exports import manifest
from avocet.processes import Folders, Kind, Process, WorkState, process, state_of
from avocet.training import claiming, dataset, progress, report
from avocet.training.choosing import ChecksReport, kept_point
from avocet.training.config import Method, TrainConfig
from avocet.training.groups import RowGroup
from avocet.training.progress import Training, TrainingPoint
from avocet.training.report import TrainingReport

TRAINING = Kind(noun="training", log="train.log", already=AlreadyTraining)


def folders_of(place: Path) -> Folders:
    """The folders of the trainings in a folder."""
    return Folders(place, TRAINING)


class TrainingSummary(msgspec.Struct, kw_only=True):
    """A training in brief. Losses are the newest; `seconds` is the time spent training in all resumes together."""

    name: str
    state: WorkState
    base: str
    method: Method
    recipe: str | None
    export_id: int | None
    step: int
    total_steps: int
    seconds: float
    seconds_left: float | None
    loss: float | None
    eval_loss: float | None
    best_eval_loss: float | None
    started_at: str
    finished_at: str | None
    error: str | None
    has_report: bool
    log_bytes: int


class TrainingView(TrainingSummary, kw_only=True):
    """A training with all that is known of it. What only its report tells is null until it is done."""

    folder: str
    config: dict[str, Any]
    by_category: dict[str, int]
    used_by_category: dict[str, int]
    outcomes: dict[str, RowGroup]
    categories: dict[str, RowGroup]
    checks: ChecksReport | None
    train_rows: int | None
    validation_rows: int | None
    notes: list[str]
    device: str | None
    points: list[TrainingPoint]


def summary(folder: Path, config: TrainConfig, started: Process, points: list[TrainingPoint]) -> TrainingSummary:
    training = _newest_state(folder, started)
    alive = process.is_alive(folder, started)
    state = state_of(training.state if training else None, started, is_alive=alive)
    folders = folders_of(folder.parent)
    step, total = (training.step, training.total_steps) if training else _newest_step(points)
    kept = kept_point(points)
    measured = [point.eval_loss for point in points if point.eval_loss is not None]
    return TrainingSummary(
        name=folder.name,
        state=state,
        base=config.base,
        method=config.method,
        recipe=config.recipe,
        export_id=started.export_id,
        step=step,
        total_steps=total,
        seconds=points[-1].seconds if points else 0.0,
        seconds_left=_seconds_left(points, total) if state == "running" else None,
        loss=next((point.loss for point in reversed(points) if point.loss is not None), None),
        eval_loss=measured[-1] if measured else None,
        best_eval_loss=kept.eval_loss if kept else None,
        started_at=started.started_at,
        finished_at=training.finished_at if training else None,
        error=(training.error if training else None) or (folders.last_words(folder) if state == "failed" else None),
        has_report=(folder / report.HTML).is_file() and state == "done",
        log_bytes=folders.log_bytes(folder),
    )


def view(folder: Path, config: TrainConfig, started: Process, points: list[TrainingPoint]) -> TrainingView:
    short = summary(folder, config, started, points)
    made = _report(folder) if short.state == "done" else None
    counted = made.by_category if made else written(config)
    return TrainingView(
        **msgspec.structs.asdict(short),
        folder=str(folder),
        config=msgspec.json.decode(msgspec.json.encode(config)),
        by_category=counted,
        used_by_category=made.used_by_category if made else used(counted, config),
        outcomes=made.outcomes if made else {},
        categories=made.categories if made else {},
        checks=made.checks if made else None,
        train_rows=made.train_rows if made else None,
        validation_rows=made.validation_rows if made else None,
        notes=made.notes if made else [],
        device=made.device if made else None,
        points=points,
    )


def config(folder: Path) -> TrainConfig | None:
    """The configuration of a training; None if the folder is no training's."""
    try:
        return msgspec.json.decode((folder / claiming.CONFIG).read_bytes(), type=TrainConfig)
    except (OSError, msgspec.DecodeError):
        return None


def _newest_state(folder: Path, started: Process) -> Training | None:
    """The state that the newest process wrote; None if there is only that of an earlier one."""
    try:
        training = progress.read_state(folder)
    except Prerequisite:
        return None
    return training if training and training.started_at >= started.started_at else None


def _newest_step(points: list[TrainingPoint]) -> tuple[int, int]:
    return (points[-1].step if points else 0), 0


def _seconds_left(points: list[TrainingPoint], total: int) -> float | None:
    if not points or not points[-1].step:
        return None
    last = points[-1]
    return round(last.seconds / last.step * max(0, total - last.step), 1)


def _report(folder: Path) -> TrainingReport | None:
    try:
        return msgspec.json.decode((folder / report.JSON).read_bytes(), type=TrainingReport)
    except (OSError, msgspec.DecodeError):
        return None


def written(config: TrainConfig) -> dict[str, int]:
    """The rows of the dataset by category, as its manifest counts them."""
    place = Path(config.dataset) if config.dataset else Path(config.out) / dataset.FOLDER
    try:
        return manifest.decode((place / manifest.NAME).read_bytes()).by_category
    except (OSError, msgspec.DecodeError):
        return {}


def used(counted: dict[str, int], config: TrainConfig) -> dict[str, int]:
    """The rows by category that the configuration's filter leaves."""
    return {
        name: count
        for name, count in counted.items()
        if (not config.include_category or name in config.include_category) and name not in config.exclude_category
    }
