"""The progress of a bench in `progress.json`, which its process writes and the server reads."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import msgspec

from avocet.benches.config import BenchConfig
from avocet.db import now
from avocet.disk import pretty, write_whole
from avocet.processes import WrittenState

PROGRESS = "progress.json"
ERRORS_KEPT = 5
_EVERY_S = 1.0


class BenchError(msgspec.Struct, frozen=True):
    """A task that could not be answered, and why."""

    task: str
    reason: str


class BenchModelProgress(msgspec.Struct, kw_only=True):
    """How far one model is. `run` is its run's id, null until it is begun and, if another run has it, changed by the
    import. What errored is asked again by a resume.

    `judged` counts the answers that a judge has read; null without one.
    """

    model_name: str
    adapter: str | None = None
    run: str | None = None
    imported: bool = False
    done: int = 0
    total: int = 0
    passed: int = 0
    failed: int = 0
    errored: int = 0
    unscored: int = 0
    judged: int | None = None


class Progress(msgspec.Struct, kw_only=True):
    """`progress.json`. `seconds` is the time spent in all resumes together; `errors` are the first of each model."""

    state: WrittenState
    pid: int
    started_at: str
    models: list[BenchModelProgress]
    errors: list[list[BenchError]]
    seconds: float = 0.0
    finished_at: str | None = None
    error: str | None = None


def read(folder: Path) -> Progress | None:
    """The newest progress in a folder; None if there is none, or none that can be read."""
    try:
        return msgspec.json.decode((folder / PROGRESS).read_bytes(), type=Progress)
    except (OSError, msgspec.DecodeError):
        return None


def unbegun(config: BenchConfig) -> list[BenchModelProgress]:
    """The models of a bench before any of them was asked."""
    return [BenchModelProgress(model_name=one.name, adapter=one.adapter, total=config.total) for one in config.models]


class Writer:
    """Writes the progress: at most once a second, and at every change of state."""

    def __init__(self, folder: Path, config: BenchConfig, clock: Callable[[], float] = time.monotonic) -> None:
        before = read(folder)
        self._folder = folder
        self._clock = clock
        self._begun = clock()
        self._before = before.seconds if before else 0.0
        self._written = 0.0
        models = before.models if before and len(before.models) == len(config.models) else unbegun(config)
        errors = before.errors if before and len(before.errors) == len(models) else [[] for _ in models]
        self.progress = Progress(
            state="running", pid=os.getpid(), started_at=now(), models=models, errors=errors, seconds=self._before
        )
        self.write()

    def tell(self) -> None:
        """Write, unless that was done less than a second ago."""
        if self._clock() - self._written >= _EVERY_S:
            self.write()

    def write(self) -> None:
        self._written = self._clock()
        self.progress.seconds = round(self._before + self._written - self._begun, 1)
        # the answers themselves are on the disk: no bench waits for this file to be
        write_whole(self._folder / PROGRESS, pretty(self.progress), is_durable=False)

    def end(self, state: WrittenState, error: str | None = None) -> None:
        self.progress.state, self.progress.error, self.progress.finished_at = state, error, now()
        self.write()
