"""A bench as its files and its process show it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from avocet.benches import config as configs
from avocet.benches import progress as progresses
from avocet.benches.config import BenchConfig
from avocet.benches.progress import BenchError, BenchModelProgress, Progress
from avocet.errors import AlreadyBenching
from avocet.processes import Folders, Kind, Process, WorkState, process, state_of

BENCH = Kind(noun="bench", log="bench.log", already=AlreadyBenching)


class BenchSummary(msgspec.Struct, kw_only=True):
    """A bench in brief. `done` of `total` tasks are answered, of all its models together; `tasks` says in words what
    is asked. `seconds` is the time spent in all resumes together. A bench that is done while some tasks errored can
    be resumed, which asks these again.
    """

    name: str
    state: WorkState
    error: str | None
    base: str
    models: list[BenchModelProgress]
    done: int
    total: int
    seconds: float
    started_at: str
    finished_at: str | None
    tasks: str
    log_bytes: int


class BenchView(BenchSummary, kw_only=True):
    """A bench with its configuration, and the first tasks of each model that could not be answered."""

    folder: str
    config: dict[str, Any]
    errors: list[BenchError]


def summary(folders: Folders, folder: Path, config: BenchConfig, started: Process) -> BenchSummary:
    progress = progresses.read(folder)
    newest = progress if progress and progress.started_at >= started.started_at else None
    alive = process.is_alive(folder, started)
    state = state_of(newest.state if newest else None, started, is_alive=alive)
    models = progress.models if progress else progresses.unbegun(config)
    return BenchSummary(
        name=folder.name,
        state=state,
        error=(newest.error if newest else None) or (folders.last_words(folder) if state == "failed" else None),
        base=config.base,
        models=models,
        done=sum(one.done for one in models),
        total=sum(one.total for one in models),
        seconds=progress.seconds if progress else 0.0,
        started_at=started.started_at,
        finished_at=newest.finished_at if newest else None,
        tasks=config.asked,
        log_bytes=folders.log_bytes(folder),
    )


def view(folders: Folders, folder: Path, config: BenchConfig, started: Process) -> BenchView:
    return BenchView(
        **msgspec.structs.asdict(summary(folders, folder, config, started)),
        folder=str(folder),
        config=msgspec.to_builtins(config),
        errors=_errors(progresses.read(folder)),
    )


def read_config(folder: Path) -> BenchConfig | None:
    """The configuration of a bench; None if the folder is no bench's."""
    try:
        return msgspec.json.decode((folder / configs.CONFIG).read_bytes(), type=BenchConfig)
    except (OSError, msgspec.DecodeError):
        return None


def _errors(progress: Progress | None) -> list[BenchError]:
    return [error for of_model in (progress.errors if progress else []) for error in of_model]
