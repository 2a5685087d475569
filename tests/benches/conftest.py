"""Benches of a desk, and a model to ask."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import suppress

import pytest

from avocet.benches import Benches, TaskFiles
from avocet.db import Database
from avocet.processes import process
from avocet.settings import Settings
from tests.benching.conftest import model
from tests.processes import wait_until

__all__ = ["model"]


@pytest.fixture
def files(settings: Settings) -> TaskFiles:
    return TaskFiles(settings.tasks_dir)


@pytest.fixture
def benches(database: Database, settings: Settings, files: TaskFiles) -> Iterator[Benches]:
    yield Benches(database, settings, files)
    end_all(settings)


def end_all(settings: Settings) -> None:
    """No bench outlives its test."""
    for folder in settings.benches_dir.glob("*/"):
        started = process.read(folder)
        if started and process.is_alive(folder, started):
            with suppress(ProcessLookupError):
                os.kill(started.pid, signal.SIGKILL)
    wait_until(lambda: process.reap() == 0, "the end of every bench's process")
