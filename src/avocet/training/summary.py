"""A training as its files and its process show it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Literal

import msgspec

from avocet.errors import Prerequisite
from avocet.exports import manifest
from avocet.training import claiming, dataset, process, progress, report
from avocet.training.choosing import ChecksReport, kept_point
from avocet.training.config import Method, TrainConfig
from avocet.training.groups import RowGroup
from avocet.training.process import Process
from avocet.training.progress import Training, TrainingPoint
from avocet.training.report import TrainingReport

LOG_KB = 64
_SAID_LINES = 3
_SAID_CHARACTERS = 600

TrainingState = Literal["starting", "running", "stopping", "done", "stopped", "failed", "interrupted"]
OPEN = ("starting", "running", "stopping")


class TrainingSummary(msgspec.Struct, kw_only=True):
    """A training in brief. Losses are the newest; `seconds` is the time spent training in all resumes together."""

    name: str
    state: TrainingState
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
    state = _state(training, started, is_alive=process.is_alive(folder, started))
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
        error=(training.error if training else None) or (_last_words(folder) if state == "failed" else None),
        has_report=(folder / report.HTML).is_file() and state == "done",
        log_bytes=_size(folder / process.LOG),
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


def log(folder: Path, kb: int) -> str:
    """The last `kb` KiB of a training's log; empty if there is none."""
    try:
        with (folder / process.LOG).open("rb") as stream:
            size = stream.seek(0, os.SEEK_END)
            stream.seek(max(0, size - kb * 1024))
            text = stream.read().decode("utf-8", "replace")
    except OSError:
        return ""
    # the first line is dropped: the part may begin in the middle of it
    return text.partition("\n")[2] if size > kb * 1024 else text


def _newest_state(folder: Path, started: Process) -> Training | None:
    """The state that the newest process wrote; None if there is only that of an earlier one."""
    try:
        training = progress.read_state(folder)
    except Prerequisite:
        return None
    return training if training and training.started_at >= started.started_at else None


def _state(training: Training | None, started: Process, *, is_alive: bool) -> TrainingState:
    if training is not None and training.state != "running":
        return training.state
    if is_alive:
        if started.stop_asked:
            return "stopping"
        return "starting" if training is None else "running"
    if started.stop_asked:
        return "stopped"
    return "failed" if training is None else "interrupted"


def _newest_step(points: list[TrainingPoint]) -> tuple[int, int]:
    return (points[-1].step if points else 0), 0


def _seconds_left(points: list[TrainingPoint], total: int) -> float | None:
    if not points or not points[-1].step:
        return None
    last = points[-1]
    return round(last.seconds / last.step * max(0, total - last.step), 1)


def _last_words(folder: Path) -> str:
    """Why a process ended that could not report it: the last lines of its log since it was started."""
    said = log(folder, 16).rpartition(process.STARTED)[2].partition("\n")[2]
    lines = [line.strip() for line in said.split("\n") if line.strip()][-_SAID_LINES:]
    if lines and lines[-1].startswith("avocet: "):
        lines = [lines[-1].removeprefix("avocet: ")]
    return "\n".join(lines)[-_SAID_CHARACTERS:] or "It ended without a word."


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


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
