"""The progress of a training, in files that outlive its process: `training.json` and `progress.jsonl`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from avocet.disk import pretty, write_whole
from avocet.errors import Prerequisite
from avocet.processes import WrittenState

STATE = "training.json"
POINTS = "progress.jsonl"


class Training(msgspec.Struct, kw_only=True):
    """The newest state of a training. `seconds` is the time spent in all resumes together; `pid` is its process."""

    state: WrittenState
    pid: int
    base: str
    method: str
    step: int
    total_steps: int
    seconds: float
    started_at: str
    finished_at: str | None = None
    error: str | None = None


class TrainingPoint(msgspec.Struct, kw_only=True, omit_defaults=True):
    """One step's report: losses, learning rate, answer tokens learned from and seconds spent so far.

    `checks` is the share of the validation rows' items whose answers passed their checks, if these were asked.
    """

    step: int
    seconds: float
    tokens: int
    loss: float | None = None
    eval_loss: float | None = None
    checks: float | None = None
    learning_rate: float | None = None


def write_state(folder: Path, training: Training) -> None:
    # written at every logged step: training waits for no disk, and what a resume needs is in the checkpoints
    write_whole(folder / STATE, pretty(training), is_durable=False)


def read_state(folder: Path) -> Training | None:
    """The newest state in a folder; None if nothing was trained yet.

    Raises:
        Prerequisite: the file exists and can't be read.
    """
    try:
        return msgspec.json.decode((folder / STATE).read_bytes(), type=Training)
    except FileNotFoundError:
        return None
    except (OSError, msgspec.DecodeError) as error:
        raise Prerequisite(f"{folder / STATE} can't be read: {error}.") from None


def add_point(folder: Path, point: TrainingPoint) -> None:
    with (folder / POINTS).open("ab") as stream:
        stream.write(msgspec.json.encode(point) + b"\n")


def read_points(folder: Path) -> list[TrainingPoint]:
    """Every point, oldest first; a line that was cut off by a kill is left out."""
    try:
        content = (folder / POINTS).read_bytes()
    except FileNotFoundError:
        return []
    points: list[TrainingPoint] = []
    for line in content.split(b"\n"):
        try:
            points.append(msgspec.json.decode(line, type=TrainingPoint))
        except msgspec.DecodeError:
            continue
    return points


def forget_after(folder: Path, step: int) -> list[TrainingPoint]:
    """Drop the points after `step`, which a resume makes again, and return the rest."""
    kept = [point for point in read_points(folder) if point.step <= step]
    write_whole(folder / POINTS, b"".join(msgspec.json.encode(point) + b"\n" for point in kept))
    return kept


def as_float(value: Any) -> float | None:  # noqa: ANN401 (what a trainer logs)
    return float(value) if isinstance(value, int | float) else None
